"""New cell formats in a workbook's style sheet; those that are there keep their numbers."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from lakip_xlsx.finding import Severity
from lakip_xlsx.show.annotate.parts import Parts

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"

STRONG = {Severity.ERROR: "FFFFB3B3", Severity.WARNING: "FFFFE699", Severity.INFO: "FFBDD7EE"}
"""Fill of the cell that a finding is about (ARGB)."""
LIGHT = {Severity.ERROR: "FFFFE3E3", Severity.WARNING: "FFFFF7DB", Severity.INFO: "FFE9F2FA"}
"""Fill of the cells that have to do with it."""

_NAVY, _LINE, _WHITE, _BLUE = "FF1F3864", "FFBFC6D1", "FFFFFFFF", "FF0563C1"
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_EMPTY = (
    '<styleSheet xmlns="{}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Look(StrEnum):
    """The formats of the sheet of findings."""

    TITLE = "title"
    PLAIN = "plain"
    BOLD = "bold"
    HEADING = "heading"
    TEXT = "text"
    QUOTED = "quoted"  # a text that must never become a formula
    NUMBER = "number"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Paint:
    """A fill: of the cell itself, or lighter of a related one."""

    severity: Severity
    related: bool = False

    @property
    def colour(self) -> str:
        """Its ARGB colour."""
        return (LIGHT if self.related else STRONG)[self.severity]

    @property
    def rank(self) -> tuple[bool, int]:
        """What wins where several fall on one cell: the smallest."""
        return self.related, list(Severity).index(self.severity)


_INK = {Look.TITLE: _NAVY, Look.HEADING: _WHITE, Look.LINK: _BLUE}


class StyleSheet:
    """The workbook's style sheet with what is added to it."""

    def __init__(self, parts: Parts, workbook: str) -> None:
        self._parts = parts
        self._part = parts.target(workbook, "styles")
        root = parts.xml(workbook)
        main = etree.QName(root).namespace or ""
        self._root = etree.fromstring(_EMPTY.format(main)) if self._part is None else parts.xml(self._part)
        self._ns = etree.QName(self._root).namespace or ""
        self._formats = self._list("cellXfs")
        if not _items(self._formats):
            self._append("cellXfs", self._element("xf", numFmtId="0", fontId="0", fillId="0", borderId="0"))
        self._painted: dict[tuple[int, Paint], int] = {}
        self._fills: dict[str, int] = {}
        self._looks: dict[tuple[Look, str], int] = {}

    def painted(self, style: int, paint: Paint) -> int:
        """The format of a cell with another fill; number format, font, border and protection stay."""
        formats = _items(self._formats)
        key = (style if style < len(formats) else 0, paint)
        if key not in self._painted:
            clone = copy.deepcopy(formats[key[0]])
            clone.set("fillId", str(self._fill(paint.colour)))
            clone.set("applyFill", "1")
            self._painted[key] = self._append("cellXfs", clone)
        return self._painted[key]

    def look(self, look: Look, colour: str = "") -> int:
        """A format of the sheet of findings, with a fill where one is given."""
        key = (look, colour)
        if key not in self._looks:
            self._looks[key] = self._append("cellXfs", self._make(look, colour))
        return self._looks[key]

    def save(self, workbook: str, related: str, folder: str) -> None:
        """Put the style sheet back; ``related`` is the base of relationship types, ``folder`` that of the workbook."""
        part = self._part
        if part is None:
            part = self._parts.free_name(f"{folder}styles{{}}.xml")
            self._parts.relate(workbook, f"{related}/styles", part)
            self._parts.declare(part, CONTENT_TYPE)
        self._parts.put_xml(part, self._root)

    def _make(self, look: Look, colour: str) -> etree._Element:
        boxed = look not in {Look.TITLE, Look.PLAIN, Look.BOLD}
        fill = self._fill(_NAVY if look is Look.HEADING else colour) if look is Look.HEADING or colour else 0
        xf = self._element(
            "xf",
            numFmtId="0",
            fontId=str(self._font(look)),
            fillId=str(fill),
            borderId=str(self._border() if boxed else 0),
            xfId="0",
            applyFont="1",
            applyFill="1" if fill else "0",
            applyBorder="1" if boxed else "0",
            applyAlignment="1",
        )
        if look is Look.QUOTED:
            xf.set("quotePrefix", "1")
        middle = look in {Look.HEADING, Look.NUMBER}
        alignment = self._element("alignment", vertical="center" if look is Look.HEADING else "top")
        alignment.set("horizontal", "center" if middle else "left")
        if boxed and not middle:
            alignment.set("indent", "1")
        if boxed:
            alignment.set("wrapText", "1")
        xf.append(alignment)
        return xf

    def _fill(self, colour: str) -> int:
        if colour not in self._fills:
            fill, pattern = self._element("fill"), self._element("patternFill", patternType="solid")
            pattern.append(self._element("fgColor", rgb=colour))
            pattern.append(self._element("bgColor", indexed="64"))
            fill.append(pattern)
            self._fills[colour] = self._append("fills", fill)
        return self._fills[colour]

    def _font(self, look: Look) -> int:
        font = self._element("font")
        if look in {Look.TITLE, Look.BOLD, Look.HEADING}:
            font.append(self._element("b"))
        if look is Look.LINK:
            font.append(self._element("u"))
        font.append(self._element("sz", val="16" if look is Look.TITLE else "11"))
        font.append(self._element("color", rgb=_INK.get(look, "FF000000")))
        font.append(self._element("name", val="Calibri"))
        font.append(self._element("family", val="2"))
        return self._append("fonts", font)

    def _border(self) -> int:
        border = self._element("border")
        for side in ("left", "right", "top", "bottom"):
            edge = self._element(side, style="thin")
            edge.append(self._element("color", rgb=_LINE))
            border.append(edge)
        border.append(self._element("diagonal"))
        return self._append("borders", border)

    def _append(self, name: str, element: etree._Element) -> int:
        """Add an element to a list; returns its number. One that is there already is used again."""
        held = self._list(name)
        items = _items(held)
        if name != "cellXfs":
            wanted = etree.tostring(element, method="c14n", exclusive=True)
            for number, other in enumerate(items):
                if etree.tostring(other, method="c14n", exclusive=True) == wanted:
                    return number
        held.append(element)
        held.set("count", str(len(items) + 1))
        return len(items)

    def _list(self, name: str) -> etree._Element:
        found = self._root.find(f"{{{self._ns}}}{name}")
        if found is None:
            found = self._element(name)
            before = _ORDER[: _ORDER.index(name)]
            held = [index for index, child in enumerate(self._root) if _local(child) in before]
            self._root.insert(held[-1] + 1 if held else 0, found)
        return found

    def _element(self, name: str, **attributes: str) -> etree._Element:
        return self._root.makeelement(f"{{{self._ns}}}{name}", attributes)


def _items(held: etree._Element) -> list[etree._Element]:
    """The children that count: not the comments between them."""
    return [child for child in held if isinstance(child.tag, str)]


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
