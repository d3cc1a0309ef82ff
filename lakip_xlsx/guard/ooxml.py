"""The build of a Word file: every part that its relations lead to is there, is whole, and is what it is said to be.

Only a file that went through here is given to a library that builds trees of it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard import limits, sniff
from lakip_xlsx.guard.limits import Limits
from lakip_xlsx.guard.package import Package, open_package
from lakip_xlsx.guard.sniff import WORD

TYPES: Final = "[Content_Types].xml"
PACKAGE: Final = "_rels/.rels"
_OPC: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE: Final = "application/vnd.openxmlformats-officedocument."
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_DEEPEST: Final = 24  # relations from the document to a part
_NAME: Final = re.compile(r"[^\x00-\x1f\\?%*:|\"<>]{1,200}")


def _word(root: str, kind: str = "") -> tuple[str, str]:
    return f"{_TYPE}wordprocessingml.{kind or root}+xml", f"{_WORD} {root}"


_PARTS: Final = {
    "officeDocument": _word("document", "document.main"),
    "glossaryDocument": _word("glossaryDocument", "document.glossary"),
    "styles": _word("styles"),
    "settings": _word("settings"),
    "webSettings": _word("webSettings"),
    "numbering": _word("numbering"),
    "fontTable": _word("fonts", "fontTable"),
    "footnotes": _word("footnotes"),
    "endnotes": _word("endnotes"),
    "comments": _word("comments"),
    "header": _word("hdr", "header"),
    "footer": _word("ftr", "footer"),
    "theme": (f"{_TYPE}theme+xml", "http://schemas.openxmlformats.org/drawingml/2006/main theme"),
    "chart": (f"{_TYPE}drawingml.chart+xml", "http://schemas.openxmlformats.org/drawingml/2006/chart chartSpace"),
    "extended-properties": (f"{_TYPE}extended-properties+xml", f"{_OFFICE}/extended-properties Properties"),
    "custom-properties": (f"{_TYPE}custom-properties+xml", f"{_OFFICE}/custom-properties Properties"),
    "core-properties": (
        "application/vnd.openxmlformats-package.core-properties+xml",
        f"{_OPC}/metadata/core-properties coreProperties",
    ),
}
"""What a relation of a kind leads to: the content type, and the root element."""
_MANY: Final = frozenset({"header", "footer", "chart"})


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part (or of the package); ``target`` is a part's name, or an address outside."""

    source: str
    key: str
    type: str
    target: str
    is_external: bool

    @property
    def kind(self) -> str:
        """The last step of the type, by which it is known."""
        return self.type.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Built:
    """A sound Word file: its relations, and the content types of the parts that they lead to."""

    relations: tuple[Relation, ...]
    types: dict[str, str]

    def xml_parts(self) -> Iterator[str]:
        """The names of the parts that are XML."""
        return (name for name, kind in self.types.items() if is_xml(kind))


def is_xml(content_type: str) -> bool:
    """Whether a part of this type is XML."""
    return content_type.endswith("+xml") or content_type in {"application/xml", "text/xml"}


def open_word(source: Path | bytes, name: str, *, allowed: Limits | None = None) -> Package:
    """Open a ``.docx`` as a package.

    Raises:
        UnreadableError: as :func:`lakip_xlsx.guard.package.open_package`.
    """
    return open_package(source, name=name, kind=WORD, allowed=allowed or limits.current())


def read_word(path: Path, *, allowed: Limits | None = None) -> bytes:
    """The bytes of a ``.docx``, once it is known to be a regular file of a sensible size.

    Raises:
        UnreadableError: it is none, or cannot be read.
    """
    try:
        with sniff.look(path, allowed or limits.current(), WORD) as stream:
            return stream.read()
    except OSError as error:
        raise UnreadableError(f"{path}: tidak dapat dibaca. {sniff.AGAIN}") from error


def built(package: Package) -> Built:
    """Walk through all that belongs to the document.

    Raises:
        UnreadableError: a part is missing, damaged, too large, or not what it is said to be; the line says which.
    """
    types = _Types(package)
    reached: dict[str, str] = {}
    found: list[Relation] = []
    waiting = [("", 0)]
    while waiting:
        source, depth = waiting.pop()
        if depth > _DEEPEST:
            raise broken(package, source, "terlalu dalam tersusun")
        own = _relations(package, source)
        _must_be_single(package, source, own)
        found += own
        for relation in own:
            if relation.is_external:
                if relation.kind in _PARTS:
                    raise broken(package, source or PACKAGE, f"menyebut {relation.kind} di luar berkas")
                continue
            kind = types.of(relation)
            _must_be(package, relation, kind)
            if relation.target not in reached:
                reached[relation.target] = kind
                _must_be_whole(package, relation, kind)
                waiting.append((relation.target, depth + 1))
    if "officeDocument" not in {relation.kind for relation in found}:
        raise broken(package, PACKAGE, "tidak menyebut isi dokumen")
    return Built(tuple(found), reached)


def broken(package: Package, part: str, why: str) -> UnreadableError:
    """The failure of a part, in one line."""
    return UnreadableError(f"{package.path.name}: berkas rusak, bagian {part[:80]} {why[:120]}. {WORD.save_as}")


class _Types:
    """The content types of the parts, by name or by ending."""

    def __init__(self, package: Package) -> None:
        self._package = package
        root = package.xml(TYPES)
        if root.tag != f"{{{_OPC}/content-types}}Types":
            raise broken(package, TYPES, "bukan daftar jenis")
        self._by_name = self._listed(root, "Override", "PartName")
        self._by_ending = self._listed(root, "Default", "Extension")

    def _listed(self, root: etree._Element, tag: str, key: str) -> dict[str, str]:
        entries = root.findall(f"{{{_OPC}/content-types}}{tag}")
        if any(entry.get(key) is None or not entry.get("ContentType") for entry in entries):
            raise broken(self._package, TYPES, "tidak lengkap")
        return {str(entry.get(key)).lower(): str(entry.get("ContentType")) for entry in entries}

    def of(self, relation: Relation) -> str:
        name = relation.target
        kind = self._by_name.get(f"/{name}".lower()) or self._by_ending.get(name.rpartition(".")[2].lower())
        if kind is None:
            raise broken(self._package, name, "tidak ada jenisnya")
        return kind


def _relations(package: Package, source: str) -> list[Relation]:
    folder, base = posixpath.split(source)
    rels = posixpath.join(folder, "_rels", f"{base}.rels")
    if rels not in package:
        return []
    root = package.xml(rels)
    if root.tag != f"{{{_OPC}/relationships}}Relationships":
        raise broken(package, rels, "bukan daftar hubungan")
    found = []
    for entry in root.iterfind(f"{{{_OPC}/relationships}}Relationship"):
        key, kind, target = entry.get("Id"), entry.get("Type"), entry.get("Target")
        mode = entry.get("TargetMode", "Internal")
        if not key or not kind or target is None or mode not in {"Internal", "External"}:
            raise broken(package, rels, "memuat hubungan yang tidak lengkap")
        if kind.startswith(_STRICT):
            raise UnreadableError(f"{package.path.name}: format Strict Open XML. {WORD.save_as}")
        external = mode == "External"
        found.append(Relation(source, key, kind, target if external else _joined(folder, target), external))
    if len({relation.key for relation in found}) < len(found):
        raise broken(package, rels, "memuat hubungan ganda")
    return found


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _must_be_single(package: Package, source: str, own: list[Relation]) -> None:
    """One part of a kind, where a document has one; which of two would count nobody knows."""
    kinds = [relation.kind for relation in own if relation.kind in _PARTS and relation.kind not in _MANY]
    for kind in kinds:
        if kinds.count(kind) > 1:
            raise broken(package, source or PACKAGE, f"menyebut {kind} lebih dari sekali")


def _must_be(package: Package, relation: Relation, kind: str) -> None:
    """The part that a relation leads to is there, under this very name, and is of the kind that it is said to be."""
    if not _NAME.fullmatch(relation.target) or relation.target not in package.spelt:
        raise broken(package, relation.target, f"tidak ada, padahal disebut oleh {relation.source or PACKAGE}")
    if relation.kind == "officeDocument" and (other := _other(kind)):
        raise UnreadableError(
            f"{package.path.name} adalah {other}. Buka di Word, lalu Simpan Sebagai Dokumen Word (.docx)."
        )
    wanted = _PARTS.get(relation.kind)
    if wanted is not None and kind != wanted[0]:
        raise broken(package, relation.target, f"bukan {relation.kind}")


def _other(content_type: str) -> str:
    """What a Word file is that is no plain document; empty for a document (or no Word file at all)."""
    if "macroEnabled" in content_type:
        return "berkas Word bermakro (.docm atau .dotm)"
    return "templat Word (.dotx)" if "wordprocessingml.template.main" in content_type else ""


def _must_be_whole(package: Package, relation: Relation, kind: str) -> None:
    """Read a part to its end; XML is well-formed, and has the root that its kind has."""
    if not is_xml(kind):
        package.pass_over(relation.target)
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    top = _Top(parser, of_document=relation.kind == "officeDocument")
    held = 0
    try:
        for chunk in package.checked(relation.target):
            held += chunk.count(b"<") + chunk.count(b"=")
            if held > package.limits.tree:
                raise UnreadableError(
                    f"{package.path.name}: isi bagian {relation.target[:80]} terlalu besar. {WORD.save_as}"
                )
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise package.damaged(relation.target) from error
    wanted = _PARTS.get(relation.kind)
    if wanted is not None and top.root != wanted[1]:
        raise broken(package, relation.target, f"bukan {relation.kind}")
    if top.of_document and not top.has_body:
        raise broken(package, relation.target, "tidak berisi dokumen")


class _Top:
    """The root element of a part, and whether the document's body stands in it."""

    def __init__(self, parser: expat.XMLParserType, *, of_document: bool) -> None:
        self._parser = parser
        self.of_document = of_document
        self.root = ""
        self.has_body = False
        parser.StartElementHandler = self.note

    def note(self, name: str, _: dict[str, str]) -> None:
        if not self.root:
            self.root = name
        elif name == f"{_WORD} body":
            self.has_body = True
        if self.has_body or not self.of_document:
            self._parser.StartElementHandler = None  # the rest goes by without a word, ten times faster
