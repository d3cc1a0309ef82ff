"""What a Word file may hold that is passed on, into a report or to another program: a list of what may stay.

Looked at are all parts: the kinds of relations, where they are used, addresses outside, field codes, and the
elements that run or fetch something. What nobody misses is taken out; all else that is not on the list is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Final
from xml.parsers import expat

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard import fields, limits, ooxml
from lakip_xlsx.guard.package import Package
from lakip_xlsx.guard.story import WATCHED, Story
from lakip_xlsx.guard.words import Foreign, action, active, linked, loaded, outside, unknown

_KINDS: Final = frozenset(
    """
    officeDocument core-properties extended-properties custom-properties thumbnail styles stylesWithEffects
    settings webSettings fontTable font numbering theme themeOverride header footer footnotes endnotes
    comments commentsExtended commentsIds commentsExtensible people image hyperlink chart chartUserShapes
    chartStyle chartColorStyle package customXml customXmlProps glossaryDocument diagramData diagramLayout
    diagramQuickStyle diagramColors diagramDrawing hdphoto printerSettings
    """.split()  # noqa: SIM905  read as a page, not as a column
)
_MAKERS: Final = re.compile(
    r"http://schemas\.(?:openxmlformats\.org/(?:package|officeDocument)/2006|microsoft\.com/office/20\d\d(?:/\d\d)?)"
    r"/relationships/(?:metadata/)?\w[\w-]*"
)
TAKEN_OUT: Final = {
    "attachedTemplate": "templat induk",
    "mailMergeSource": "sumber surat massal",
    "mailMergeHeaderSource": "sumber surat massal",
    "recipientData": "sumber surat massal",
}
"""Links that a report does without: the kind of relation, and what it is called."""
_MISSED: Final = frozenset({"attachedTemplate", "dataSource", "headerSource", "recipientData", "src"})
"""The elements that name those links, and are taken out with them."""
_CONTENT: Final = re.compile(
    r"application/(?:xml|inkml\+xml|x-fontdata|vnd\.openxmlformats-officedocument\.(?:obfuscatedFont"
    r"|(?:wordprocessingml|drawingml|customXmlProperties|theme|themeOverride|extended-properties|custom-properties"
    r"|spreadsheetml\.sheet)(?:[.+][\w.+-]*)?)|vnd\.openxmlformats-package\.core-properties\+xml"
    r"|vnd\.ms-(?:word|office)\.[\w.+-]+\+xml)|image/[\w.+-]+"
)
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWN: Final = frozenset({"urn:schemas-microsoft-com:vml", "http://www.w3.org/2000/svg"})
_LINKS: Final = frozenset({"hlinkClick", "hlinkHover", "hlinkMouseOver"})
_TAKES: Final = {
    "headerReference": "header",
    "footerReference": "footer",
    "hyperlink": "hyperlink",
    "hlinkClick": "hyperlink",
    "chart": "chart",
    "imagedata": "image",
}
_NUMBERED: Final = {
    "num": "numId",
    "numId": "val",
    "abstractNum": "abstractNumId",
    "abstractNumId": "val",
    "lvl": "ilvl",
    "ilvl": "val",
    "outlineLvl": "val",
    "bookmarkStart": "id",
    "bookmarkEnd": "id",
}
"""Elements that are found by a whole number, and the attribute that holds it."""
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,10}")
_ADDRESSES: Final = frozenset({"src", "href", "althref", "embeddedHtml", "link"})
_CHILDREN_DEEP: Final = 120


class Fate(Enum):
    """What becomes of a relation."""

    STAYS = "stays"
    TAKEN_OUT = "taken out"
    REFUSED = "refused"


def fate(kind: str, type_: str, *, is_external: bool, is_used: bool) -> Fate:
    """What becomes of a relation; ``is_used`` says whether an element of its part names it."""
    if kind in TAKEN_OUT:
        return Fate.TAKEN_OUT
    if active(kind):
        return Fate.REFUSED
    known = kind in _KINDS and _MAKERS.fullmatch(type_) is not None
    if is_external:
        return Fate.REFUSED if kind != "hyperlink" else Fate.STAYS if is_used else Fate.TAKEN_OUT
    return Fate.STAYS if known else Fate.REFUSED if is_used else Fate.TAKEN_OUT


def admit(data: bytes, name: str) -> None:
    """Let a document pass that is given to another program, or say why it does not.

    Raises:
        UnreadableError: it is damaged, or holds what fetches or runs something.
    """
    with ooxml.open_word(data, name, allowed=limits.DOCUMENT) as package:
        whole = ooxml.built(package)
        kinds = {relation.kind for relation in whole.relations}
        reasons = [*foreign(package, whole), *(unknown(each, "") for each in sorted(kinds & TAKEN_OUT.keys()))]
    if reasons:
        raise UnreadableError(refusal(name, reasons))


def refusal(name: str, reasons: list[Foreign]) -> str:
    """One line that says what stands in the way, where, and how the first of it is taken out."""
    shown = "; ".join(str(reason) for reason in reasons[:2])
    more = f", dan {len(reasons) - 2} lainnya" if len(reasons) > 2 else ""
    return f"{Path(name).name[-60:]} tidak dipakai karena memuat {shown}{more}. {reasons[0].fix}"


def foreign(package: Package, whole: ooxml.Built) -> list[Foreign]:
    """All that the file holds and may not, each once.

    Raises:
        UnreadableError: a part is damaged.
    """
    found: list[Foreign] = []
    used: dict[str, set[str]] = {}
    for part in dict.fromkeys(["", *whole.xml_parts()]):
        own = {relation.key: relation for relation in whole.relations if relation.source == part}
        look = _Look(package, part, own)
        if part:
            look.through()
        found += look.found
        used[part] = look.used
    for relation in whole.relations:
        is_used = relation.key in used.get(relation.source, ())
        stays = fate(relation.kind, relation.type, is_external=relation.is_external, is_used=is_used)
        if stays is Fate.REFUSED:
            found.append(_why(relation))
        elif stays is Fate.STAYS and not relation.is_external:
            kind = whole.types[relation.target]
            embedded = relation.kind == "package" and "/charts/" not in f"/{relation.source}"
            if embedded or _CONTENT.fullmatch(kind) is None:
                found.append(active("oleObject", relation.source) or unknown(kind, relation.source))
    return list(dict.fromkeys(found))


def _why(relation: ooxml.Relation) -> Foreign:
    if relation.is_external and relation.kind not in {"attachedToolbars", "control"}:
        return active(relation.kind, relation.source) or outside(relation.target, relation.source)
    return active(relation.kind, relation.source) or unknown(relation.kind, relation.source)


@lru_cache(maxsize=2000)
def _about(tag: str, part: str) -> tuple[str, bool, bool, Foreign | None]:
    """Of an element: its local name, whether it is a link or a drawing with addresses, and why it may not stay."""
    space, _, local = tag.rpartition(" ")
    is_link = tag == f"{_W} hyperlink" or local in _LINKS
    return local, is_link, space in _DRAWN, action(local, part)


class _Look:
    """Walks through one part: fields, uses of relations, addresses."""

    def __init__(self, package: Package, part: str, relations: dict[str, ooxml.Relation]) -> None:
        self._package = package
        self._part = part
        self._relations = relations
        self._story = Story()
        self._depth = self._deepest = 0
        self.used: set[str] = set()
        self.found: list[Foreign] = []

    def through(self) -> None:
        """Look at every element.

        Raises:
            UnreadableError: the part is damaged or nested beyond reason.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._starts
        parser.EndElementHandler = self._ends
        parser.CharacterDataHandler = self._story.says
        try:
            for chunk in self._package.checked(self._part):
                parser.Parse(chunk, False)
                if self._deepest > _CHILDREN_DEEP:
                    raise ooxml.broken(self._package, self._part, "terlalu dalam tersusun")
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self._package.damaged(self._part) from error
        self.found += (loaded(name, self._part) for name in self._story.refused())

    def _starts(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._deepest = max(self._deepest, self._depth)
        if tag in WATCHED:
            self._story.starts(tag, attributes)
        local, is_link, is_drawn, reason = _about(tag, self._part)
        if local in _NUMBERED and tag.startswith(_W):
            self._must_be_number(local, attributes.get(f"{_W} {_NUMBERED[local]}", ""))
        if reason is not None:
            self.found.append(reason)
        for key, value in attributes.items():
            space, _, name = key.rpartition(" ")
            if space == _R or name == "relid":
                self._uses(local, value, may_link=is_link and key == f"{_R} id")
            elif (is_drawn or space) and name in _ADDRESSES:
                self.found += self._address(local, name, value)
            elif is_link and key == "action" and value:
                self.found.append(linked(value, self._part))

    def _must_be_number(self, element: str, value: str) -> None:
        if _NUMBER.fullmatch(value) is None:
            raise ooxml.broken(self._package, self._part, f"memuat {element} tanpa bilangan bulat ({value[:20]!r})")

    def _ends(self, tag: str) -> None:
        self._depth -= 1
        if tag in WATCHED:
            self._story.ends(tag)

    def _uses(self, element: str, key: str, *, may_link: bool) -> None:
        """Note that an element names a relation, which is there and of the kind that the element takes."""
        if not key:
            return
        relation = self._relations.get(key)
        missed = relation is not None and relation.kind in TAKEN_OUT and element in _MISSED
        if relation is not None and relation.is_external and not may_link and not missed:
            self.found.append(outside(relation.target, self._part))
        elif relation is None or _TAKES.get(element, relation.kind) != relation.kind:
            raise ooxml.broken(self._package, self._part, f"menyebut hubungan {key[:20]}, yang tidak ada atau keliru")
        elif relation.is_external and not missed and not fields.is_web(relation.target):
            self.found.append(linked(relation.target, self._part))
        self.used.add(key)

    def _address(self, element: str, attribute: str, value: str) -> Iterator[Foreign]:
        """An address that stands in an attribute itself: of a drawing in the old form, or in a vector picture."""
        inner = not value.strip() or value.startswith("#") or (value.startswith("data:image/") and attribute != "src")
        if inner or (attribute == "href" and element not in {"imagedata", "image", "use"} and fields.is_web(value)):
            return
        yield outside(value, self._part)
