"""An .xlsx or .docx as a zip package: its parts by name, inflated step by step and within the limits.

Every XML part goes through the same checks while it is inflated: real size, encoding, DOCTYPE, and how much
of it would be in memory at once. Nothing is extracted to disk, no reference to the outside is followed.
"""

from __future__ import annotations

import codecs
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Self

from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard import directory, limits, sniff
from lakip_xlsx.guard.limits import Limits
from lakip_xlsx.guard.sniff import WORKBOOK, Kind

_STEP = 1 << 16
_AGAIN = sniff.AGAIN
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']{1,40})")
_SAFE_ENCODING = re.compile(rb"(?i)utf-?8|us-ascii|ascii|iso-8859-[0-9]{1,2}|windows-12[0-9]{2}")
_PROLOG_ITEMS = 100


@dataclass(slots=True)
class Package:
    """An opened package. Part names are matched without case, slashes either way."""

    path: Path
    limits: Limits
    _zip: zipfile.ZipFile
    _names: dict[str, zipfile.ZipInfo]
    _stream: BinaryIO
    kind: Kind = WORKBOOK
    inflated: int = field(default=0)  # bytes of all parts that were read; who reads a part again sets it back

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._stream.close()

    def __contains__(self, name: str) -> bool:
        return directory.fold(name) in self._names

    def names(self) -> list[str]:
        """The names of all parts as the file spells them, with forward slashes, in its order."""
        spelt = (info.filename.replace("\\", "/").lstrip("/") for info in self._names.values())
        return [name for name in spelt if not name.endswith("/")]

    @property
    def spelt(self) -> frozenset[str]:
        """The names of all parts exactly as the file spells them."""
        return frozenset(info.filename for info in self._names.values())

    def pass_over(self, name: str) -> None:
        """Inflate a part without keeping it, to know that it is whole and within the limits.

        Raises:
            UnreadableError: the part is missing, damaged, or beyond the limits.
        """
        for _ in self._inflate(name):
            pass

    def damaged(self, name: str) -> UnreadableError:
        """The failure of a part that is not what it should be."""
        return UnreadableError(f"{self.path.name}: berkas rusak pada bagian {name[:80]}. {_AGAIN}")

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            UnreadableError: the part is missing, damaged, or beyond the limits.
        """
        return b"".join(self._inflate(name))

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part, without entities, without the network.

        Raises:
            UnreadableError: the part is missing, damaged, beyond the limits, or declares a DOCTYPE.
        """
        return self._tree(self._inflate(name), name)

    def parse(self, data: bytes, name: str) -> etree._Element:
        """Parse the bytes of a part that was read before; ``name`` is for the message.

        Raises:
            UnreadableError: not well-formed, beyond the limits, or with a DOCTYPE.
        """
        return self._tree((data[at : at + _STEP] for at in range(0, len(data), _STEP)), name)

    def elements(self, name: str, *tags: str, without: re.Pattern[bytes] | None = None) -> Iterator[etree._Element]:
        """The elements of these names (without namespace) in the order in which they end.

        An element is complete when it is yielded, and is thrown away with everything before it when the
        next one is asked for: memory stays flat however long the part is. Whole elements that ``without``
        matches are taken out before the part is parsed, as far as no comment or CDATA may hold their like.

        Raises:
            UnreadableError: the part is missing, damaged, beyond the limits, or declares a DOCTYPE.
        """
        parser = etree.XMLPullParser(
            events=("end",),
            tag=[f"{{*}}{tag}" for tag in tags],
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        pending, end = 0, b""
        try:
            for chunk in self.checked(name):
                without = None if b"<!" in end + chunk else without
                end = chunk[-1:]
                if without is not None:
                    chunk = without.sub(b"", chunk)  # noqa: PLW2901 - it goes on without them
                pending += nodes(chunk)
                if pending > self.limits.branch:
                    raise directory.swelling(self.path, name, self._names[directory.fold(name)].file_size, self.kind)
                parser.feed(chunk)
                for _, element in parser.read_events():
                    yield element
                    _forget(element)
                    pending = 0
            parser.close()
        except (etree.XMLSyntaxError, LookupError) as error:
            raise self.damaged(name) from error

    def checked(self, name: str) -> Iterator[bytes]:
        """The bytes of an XML part in steps, within the limits, its head known to be harmless.

        Raises:
            UnreadableError: the part is missing, damaged, beyond the limits, or declares a DOCTYPE.
        """
        return self._checked(self._inflate(name), name)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (type, target part) of a part; external targets are left out."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for rel in self.xml(rels).iterfind("{*}Relationship"):
            target = str(rel.get("Target", "")).replace("\\", "/")
            if rel.get("TargetMode") != "External":
                full = target if target.startswith("/") else posixpath.join(folder, target)
                found[str(rel.get("Id"))] = (str(rel.get("Type", "")), posixpath.normpath(full).lstrip("/"))
        return found

    def _inflate(self, name: str) -> Iterator[bytes]:
        """The part in steps, its real size counted; the archive checks its sum at the end."""
        info = self._names.get(directory.fold(name))
        if info is None:
            raise UnreadableError(f"{self.path.name}: bagian {name[:80]} tidak ada; berkas rusak. {_AGAIN}")
        directory.must_be_sane(info, self.path, self.limits, self.kind)
        if info.file_size > self.limits.part or self.inflated + info.file_size > self.limits.total:
            raise directory.swelling(self.path, name, info.file_size, self.kind)
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_STEP):
                    size += len(chunk)
                    self.inflated += len(chunk)
                    yield chunk
        except (*directory.FAILURES, zlib.error) as error:
            raise self.damaged(name) from error
        if size != info.file_size:
            raise self.damaged(name)

    def _tree(self, chunks: Iterable[bytes], name: str) -> etree._Element:
        parser = etree.XMLParser(
            collect_ids=False, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        held = 0
        try:
            for chunk in self._checked(chunks, name):
                held += nodes(chunk)
                if held > self.limits.tree:
                    raise UnreadableError(
                        f"{self.path.name}: isi bagian {name[:80]} terlalu besar. {self.kind.save_as}"
                    )
                parser.feed(chunk)
            root: etree._Element = parser.close()
        except (etree.XMLSyntaxError, LookupError) as error:
            raise self.damaged(name) from error
        return root

    def _checked(self, chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
        """XML in steps, once its head is known to be harmless; no text or tag longer than the limit."""
        run, first = 0, True
        for chunk in self._in_utf8(chunks, name):
            if first:
                self._check_head(chunk, name)
                first = False
            start = chunk.find(b"<")
            run += start if start >= 0 else len(chunk)
            if run > self.limits.run:
                raise UnreadableError(
                    f"{self.path.name}: bagian {name[:80]} memuat teks yang terlalu panjang. {_AGAIN}"
                )
            if start >= 0:
                run = len(chunk) - chunk.rfind(b"<")
            yield chunk
        if first:
            raise self.damaged(name)

    def _in_utf8(self, chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
        """The chunks as they are; those of a part in UTF-16 as UTF-8 without its declaration."""
        decoder: codecs.IncrementalDecoder | None = None
        first = True
        for chunk in chunks:
            if first and chunk.startswith(_UTF16):
                order = "utf-16-le" if chunk.startswith((b"\xff\xfe", b"<\x00")) else "utf-16-be"
                decoder = codecs.getincrementaldecoder(order)()
            if decoder is None:
                yield chunk
            else:
                try:
                    text = decoder.decode(chunk).encode()
                except UnicodeError as error:
                    raise self.damaged(name) from error
                yield _DECLARATION.sub(b"", text.removeprefix(codecs.BOM_UTF8), count=1) if first else text
            first = False

    def _check_head(self, head: bytes, name: str) -> None:
        """Refuse an encoding in which marks could hide, and every DOCTYPE."""
        declared = _DECLARATION.match(head.removeprefix(codecs.BOM_UTF8))
        encoding = _ENCODING.search(declared[0]) if declared else None
        if encoding is not None and _SAFE_ENCODING.fullmatch(encoding[1]) is None:
            raise self.damaged(name)
        rest = head.removeprefix(codecs.BOM_UTF8).lstrip()
        for _ in range(_PROLOG_ITEMS):
            if rest.startswith(b"<!DOCTYPE"):
                raise UnreadableError(
                    f"{self.path.name}: bagian {name[:80]} memuat DOCTYPE, yang tidak pernah ada dalam "
                    f"{self.kind.name} asli. Minta berkas aslinya dari pengirim."
                )
            end = b"?>" if rest.startswith(b"<?") else b"-->" if rest.startswith(b"<!--") else b""
            if not end:
                break
            rest = rest.partition(end)[2].lstrip()
        if not rest.startswith(b"<") or rest.startswith((b"<!", b"<?")):
            raise self.damaged(name)


def open_package(
    source: Path | bytes, *, name: str = "", kind: Kind = WORKBOOK, allowed: Limits | None = None
) -> Package:
    """Open a file of this kind after looking at what it really is; bytes are called ``name``.

    Raises:
        UnreadableError: not there, not a regular file, none of its kind, damaged, or beyond the limits; the
            line says which, and how to mend it.
    """
    allowed = allowed or limits.current()
    path = Path(name) if isinstance(source, bytes) else source
    if isinstance(source, bytes):
        sniff.must_fit(len(source), path, allowed, kind)
    stream: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else sniff.look(source, allowed, kind)
    try:
        try:
            what = sniff.what_is(stream, path, kind)
        except OSError as error:
            raise UnreadableError(f"{path}: tidak dapat dibaca. {_AGAIN}") from error
        if what:
            raise UnreadableError(f"{path.name}: {what}")
        archive, names = directory.open_zip(stream, path, allowed, kind)
    except BaseException:
        stream.close()
        raise
    return Package(path, allowed, archive, names, stream, kind)


def nodes(chunk: bytes) -> int:
    """At most so many tags and attributes are in this piece of XML."""
    return chunk.count(b"<") + chunk.count(b"=")


def _forget(element: etree._Element) -> None:
    """Free an element that was used, and all that stands before it."""
    element.clear()
    while element is not None:
        parent = element.getparent()
        if parent is None:
            return
        while element.getprevious() is not None:
            del parent[0]
        element = parent
