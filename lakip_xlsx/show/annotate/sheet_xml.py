"""Changing a few cells of a worksheet's XML in place: every other byte stays as it is.

One pass of the parser says at which byte each wanted cell stands, or where it has to be put; the new
pieces are then cut in. So a long sheet needs little memory, and what we know nothing about survives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.finding import column_letters, column_number

Place = tuple[int, int]  # row, column

_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_RELATIONSHIPS = "/relationships"
_AFTER_NOTES = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
        "AlternateContent",
    }
)
"""Children of a worksheet that stand after the reference to its notes."""
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 8.43, 15.0


@dataclass(slots=True)
class Target:
    """A wanted cell: where its element starts, or where a new one belongs; ``style`` is what it looks like now."""

    at: int
    exists: bool
    style: int


@dataclass(slots=True)
class Sizes:
    """Widths of columns (in characters) and heights of rows (in points), as far as they are stated."""

    width: float = _DEFAULT_WIDTH
    height: float = _DEFAULT_HEIGHT
    columns: list[tuple[int, int, float]] = field(default_factory=list)
    rows: dict[int, float] = field(default_factory=dict)

    def column(self, number: int) -> int:
        """The width of a column in pixels."""
        width = next((width for first, last, width in self.columns if first <= number <= last), self.width)
        return round(width * 7 + 5) if width else 0

    def row(self, number: int) -> int:
        """The height of a row in pixels."""
        return round(self.rows.get(number, self.height) * 4 / 3)


@dataclass(slots=True)
class SheetXml:
    """A scanned worksheet: its bytes and the places of what may change."""

    data: bytes
    name: str  # for messages
    prefix: str = ""  # of its elements: "" or "x:"
    relation_prefix: str = ""  # that stands for relationship ids; empty if the sheet declares none
    targets: dict[Place, Target] = field(default_factory=dict)
    sizes: Sizes = field(default_factory=Sizes)
    legacy_drawing: str | None = None  # relationship id of the drawing that holds the notes
    _edits: list[tuple[int, int, bytes]] = field(default_factory=list)
    _new_rows: dict[int, int] = field(default_factory=dict)  # row number → byte before which it belongs
    _row_tags: dict[int, tuple[int, int]] = field(default_factory=dict)  # row number → its tag's first byte, end
    _dimension: tuple[int, str] | None = None
    _selected: list[int] = field(default_factory=list)
    _empty_data: tuple[int, int] | None = None  # first byte and end of a <sheetData/> without rows
    _tail: int = 0

    def paint(self, styles: Mapping[Place, int]) -> None:
        """Give cells another style; cells and rows that are not there are made."""
        fresh: dict[int, list[tuple[int, int]]] = {}
        rows: list[tuple[int, bytes]] = []
        for place, style in sorted(styles.items()):
            target = self.targets[place]
            if target.exists:
                self._change_tag(target.at, "s", str(style))
            else:
                fresh.setdefault(place[0], []).append((place[1], style))
        for row, cells in fresh.items():
            if row in self._new_rows:
                body = b"".join(self._cell(row, column, style) for column, style in cells)
                rows.append((self._new_rows[row], self._element("row", f' r="{row}"', body)))
            else:
                self._fill_row(row, cells)
        if self._empty_data is None:
            for at, new in rows:
                self._insert(at, new)
        elif rows:
            body = b"".join(new for _, new in rows)
            self._edits.append((*self._empty_data, self._element("sheetData", "", body)))
        self._widen_dimension([(row, column) for row, cells in fresh.items() for column, _ in cells])

    def deselect(self) -> None:
        """Take the sheet out of the selected ones; otherwise typing in one sheet would write into all."""
        for at in self._selected:
            self._change_tag(at, "tabSelected", None)

    def add_notes_drawing(self, relation: str, namespace: str) -> None:
        """Refer to a new drawing of notes; ``namespace`` is that of relationship ids."""
        declared = "" if self.relation_prefix else f' xmlns:r="{namespace}"'
        attributes = f'{declared} {self.relation_prefix or "r"}:id="{escape(relation)}"'
        self._insert(self._tail, self._element("legacyDrawing", attributes, b""))

    def edited(self) -> bytes:
        """The bytes of the sheet with all changes."""
        pieces, done = [], 0
        for start, end, new in sorted(self._edits, key=lambda edit: edit[:2]):
            pieces += [self.data[done:start], new]
            done = end
        return b"".join([*pieces, self.data[done:]])

    def _fill_row(self, row: int, cells: list[tuple[int, int]]) -> None:
        """Put cells into a row that is there."""
        start, end = self._row_tags[row]
        tag = self.data[start:end]
        outside = not _spans(tag, [column for column, _ in cells])
        if tag.endswith(b"/>"):
            body = b"".join(self._cell(row, column, style) for column, style in cells)
            head = _with_attribute(tag, "spans", None) if outside else tag
            self._edits.append((start, end, head[:-2].rstrip() + b">" + body + f"</{self.prefix}row>".encode()))
            return
        if outside:
            self._edits.append((start, end, _with_attribute(tag, "spans", None)))
        for column, style in cells:
            self._insert(self.targets[row, column].at, self._cell(row, column, style))

    def _cell(self, row: int, column: int, style: int) -> bytes:
        return self._element("c", f' r="{column_letters(column)}{row}" s="{style}"', b"")

    def _element(self, name: str, attributes: str, body: bytes) -> bytes:
        head = f"<{self.prefix}{name}{attributes}"
        return head.encode() + (b">" + body + f"</{self.prefix}{name}>".encode() if body else b"/>")

    def _insert(self, at: int, new: bytes) -> None:
        """Cut in before a byte; several at the same byte stay in the order in which they come."""
        self._edits.append((at, at, new))

    def _change_tag(self, at: int, name: str, value: str | None) -> None:
        tag = _tag(self.data, at)
        self._edits.append((at, at + len(tag), _with_attribute(tag, name, value)))

    def _widen_dimension(self, added: list[Place]) -> None:
        if not added or self._dimension is None:
            return
        at, text = self._dimension
        ends = [_REF.fullmatch(part) for part in text.split(":")]
        held = [(int(end[2]), column_number(end[1].upper())) for end in ends if end is not None]
        rows, columns = zip(*held, *added, strict=True)
        first = f"{column_letters(min(columns))}{min(rows)}"
        last = f"{column_letters(max(columns))}{max(rows)}"
        if len(held) == len(ends) and (new := f"{first}:{last}") != text:
            self._change_tag(at, "ref", new)


def scan(data: bytes, name: str, wanted: Iterable[Place] = ()) -> SheetXml:
    """Find the wanted cells in a worksheet, and what else may have to change.

    Raises:
        UnreadableError: the XML is damaged or declares a DOCTYPE.
    """
    encoding = re.match(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""", data)
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or (encoding and encoding[1].lower() not in {b"utf-8", b"us-ascii"}):
        data = _as_utf8(data, name)
    scanner = _Scanner(SheetXml(data, name), wanted)
    scanner.run()
    return scanner.sheet


def _as_utf8(data: bytes, name: str) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.tostring(etree.fromstring(data, parser), xml_declaration=True, encoding="UTF-8", standalone=True)
    except etree.XMLSyntaxError as error:
        raise _damaged(name) from error


def _damaged(name: str) -> UnreadableError:
    return UnreadableError(f"{name} rusak. Salin atau unduh ulang berkasnya, lalu coba lagi.")


class _Scanner:
    """The parser's handlers, with the place where they are."""

    def __init__(self, sheet: SheetXml, wanted: Iterable[Place]) -> None:
        self.sheet = sheet
        self._columns: dict[int, list[int]] = {}
        for row, column in sorted(set(wanted)):
            self._columns.setdefault(row, []).append(column)
        self._rows_ahead = sorted(self._columns, reverse=True)
        self._path: list[str] = []
        self._row = self._column = 0
        self._row_style: int | None = None
        self._row_at = 0
        self._cells_ahead: list[int] = []
        self._column_styles: list[tuple[int, int, int]] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse

    def run(self) -> None:
        """Read the whole sheet.

        Raises:
            UnreadableError: the XML is damaged or declares a DOCTYPE.
        """
        try:
            self._parser.Parse(self.sheet.data, True)
        except expat.ExpatError as error:
            raise _damaged(self.sheet.name) from error
        finally:
            del self._parser  # it holds this object, which holds it

    def _refuse(self, *_: object) -> None:
        raise UnreadableError(f"{self.sheet.name} memuat DOCTYPE, yang tidak pernah ada dalam workbook asli.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, colon, local = name.rpartition(":")
        depth = len(self._path)
        self._path.append(local)
        if depth == 3:
            if local == "c" and self._path[2] == "row":
                self._cell(attributes)
        elif depth == 2:
            self._second(local, attributes)
        elif depth == 1:
            self._first(local, attributes)
        elif depth == 0:
            self.sheet.prefix = prefix + colon
            declared = (key for key, value in attributes.items() if value.endswith(_RELATIONSHIPS))
            self.sheet.relation_prefix = next((key[6:] for key in declared if key.startswith("xmlns:")), "")

    def _first(self, local: str, attributes: dict[str, str]) -> None:
        """A child of the worksheet."""
        at = self._parser.CurrentByteIndex
        if local == "dimension":
            self.sheet._dimension = (at, attributes.get("ref", ""))
        elif local == "sheetFormatPr":
            self.sheet.sizes.height = _number(attributes.get("defaultRowHeight"), _DEFAULT_HEIGHT)
            self.sheet.sizes.width = _number(attributes.get("defaultColWidth"), _DEFAULT_WIDTH)
        elif local == "legacyDrawing":
            self.sheet.legacy_drawing = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), None)
        elif local == "sheetData":
            tag = _tag(self.sheet.data, at)
            self.sheet._empty_data = (at, at + len(tag)) if tag.endswith(b"/>") else None
        elif local in _AFTER_NOTES and not self.sheet._tail:
            self.sheet._tail = at

    def _second(self, local: str, attributes: dict[str, str]) -> None:
        """A grandchild of the worksheet."""
        parent, at = self._path[1], self._parser.CurrentByteIndex
        if parent == "sheetData" and local == "row":
            self._start_row(attributes, at)
        elif parent == "sheetViews" and local == "sheetView" and attributes.get("tabSelected") in {"1", "true"}:
            self.sheet._selected.append(at)
        elif parent == "cols" and local == "col":
            first, last = int(_number(attributes.get("min"), 0)), int(_number(attributes.get("max"), 0))
            hidden = attributes.get("hidden") in {"1", "true"}
            width = 0.0 if hidden else _number(attributes.get("width"), self.sheet.sizes.width)
            self.sheet.sizes.columns.append((first, last, width))
            self._column_styles.append((first, last, int(_number(attributes.get("style"), 0))))

    def _start_row(self, attributes: dict[str, str], at: int) -> None:
        text = attributes.get("r", "")
        self._row = int(text) if text.isdigit() else self._row + 1
        self._column, self._row_at = 0, at
        if attributes.get("hidden") in {"1", "true"}:
            self.sheet.sizes.rows[self._row] = 0.0
        elif "ht" in attributes:
            self.sheet.sizes.rows[self._row] = _number(attributes["ht"], self.sheet.sizes.height)
        custom = attributes.get("customFormat") in {"1", "true"}
        self._row_style = int(_number(attributes.get("s"), 0)) if custom else None
        while self._rows_ahead and self._rows_ahead[-1] < self._row:
            self.sheet._new_rows[self._rows_ahead.pop()] = at
        self._cells_ahead = self._columns.get(self._row, [])[::-1]

    def _cell(self, attributes: dict[str, str]) -> None:
        match = _REF.fullmatch(attributes.get("r", ""))
        self._column = column_number(match[1].upper()) if match else self._column + 1
        if not self._cells_ahead:
            return
        at = self._parser.CurrentByteIndex
        while self._cells_ahead and self._cells_ahead[-1] < self._column:
            self._absent(self._row, self._cells_ahead.pop(), at)
        if self._cells_ahead and self._cells_ahead[-1] == self._column:
            self.sheet.targets[self._row, self._cells_ahead.pop()] = Target(
                at, exists=True, style=int(_number(attributes.get("s"), 0))
            )

    def _absent(self, row: int, column: int, at: int) -> None:
        """A cell that is not there: it looks like its row, or else its column."""
        style = self._row_style
        if style is None:
            style = next((s for first, last, s in self._column_styles if first <= column <= last), 0)
        if (row, column) not in self.sheet.targets:
            self.sheet.targets[row, column] = Target(at, exists=False, style=style)

    def _end(self, name: str) -> None:
        self._path.pop()
        depth, at = len(self._path), self._parser.CurrentByteIndex
        if depth == 2 and self._path[1] == "sheetData" and name.rpartition(":")[2] == "row":
            self._end_row(at)
        elif depth == 1 and name.rpartition(":")[2] == "sheetData":
            self._row_style = None
            for row in self._rows_ahead:
                self.sheet._new_rows.setdefault(row, at)
            for row, position in list(self.sheet._new_rows.items()):
                for column in self._columns[row]:
                    self._absent(row, column, position)
        elif depth == 0 and not self.sheet._tail:
            self.sheet._tail = at

    def _end_row(self, at: int) -> None:
        for column in reversed(self._cells_ahead):
            self._absent(self._row, column, at)
        self._cells_ahead = []
        if self._row in self._columns:
            self.sheet._new_rows.pop(self._row, None)
            self.sheet._row_tags.setdefault(
                self._row, (self._row_at, self._row_at + len(_tag(self.sheet.data, self._row_at)))
            )
            if self._rows_ahead and self._rows_ahead[-1] == self._row:
                self._rows_ahead.pop()


def _number(text: str | None, otherwise: float) -> float:
    """A number in an attribute, or what stands if it is missing or no number."""
    match = re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]*)?", text or "")
    return float(match[0]) if match else otherwise


def _tag(data: bytes, at: int) -> bytes:
    """The start tag at a byte where the parser found one."""
    match = _TAG.match(data, at)
    if match is None:
        raise ValueError(f"no start tag at byte {at}")
    return match[0]


def _with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """A start tag with an attribute set, or without it."""
    held = re.compile(rb"""(\s+)""" + name.encode() + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""")
    new = b"" if value is None else f' {name}="{escape(value)}"'.encode()
    head = re.match(rb"<[^\s/>]+", tag)
    at = head.end() if head else 0
    match = _find_attribute(held, tag, at)
    return tag[:at] + new + tag[at:] if match is None else tag[: match.start()] + new + tag[match.end() :]


def _find_attribute(held: re.Pattern[bytes], tag: bytes, at: int) -> re.Match[bytes] | None:
    """The attribute itself, walking from one to the next, so that nothing inside a value is taken for it."""
    any_attribute = re.compile(rb"""\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*')""")
    while match := any_attribute.match(tag, at):
        if held.fullmatch(match[0]):
            return match
        at = match.end()
    return None


def _spans(tag: bytes, columns: list[int]) -> bool:
    """Whether the row's stated span holds these columns; so it does where none is stated."""
    match = re.search(rb"""\sspans\s*=\s*["']([0-9]+):([0-9]+)["']""", tag)
    return match is None or (int(match[1]) <= min(columns) and max(columns) <= int(match[2]))
