"""The cells of a workbook, exactly as stored: one streaming pass over each sheet's XML.

Excel's values are read from the XML text itself, so a number never passes through a float, and what
other readers hide is seen: error cells, formulas without a cached value, number formats, hidden rows.
Namespaces are ignored, so that Strict OOXML and transitional files read the same. A sheet is read only
when it is asked for: what stands in sheets that are not ours costs nothing and can break nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.formulas import RELATIVE, relative_form
from lakip_xlsx.excel.limits import MAX_COLUMN, MAX_ROW, Limits
from lakip_xlsx.excel.looks import PLAIN, Look, read_looks
from lakip_xlsx.excel.package import Package
from lakip_xlsx.excel.sniff import AGAIN, RELAX
from lakip_xlsx.excel.strings import shared_strings, string_of, unescape
from lakip_xlsx.finding import column_number

_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,8})")
_EPOCHS = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}  # noqa: DTZ001 - Excel knows no zones
_TRUE = frozenset({"1", "true", "on"})
_NAME_LENGTH = 100
_MOST_STYLES = 70_000  # Excel itself has 65,490


@dataclass(slots=True)
class RawCell:
    """A stored cell. ``kind`` is one of ``n`` number, ``s`` text, ``b`` boolean, ``e`` error, ``""`` empty."""

    kind: str
    text: str
    look: Look
    formula: str | None = None  # as stored; a shared one is in relative form already
    calculated: bool = True


@dataclass(slots=True)
class RawSheet:
    """One sheet as stored: row number → column number → cell. Empty cells are left out."""

    name: str
    hidden: bool
    rows: dict[int, dict[int, RawCell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # row, column, last row, last column


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet as the workbook lists it; its cells are not read yet."""

    name: str
    hidden: bool
    part: str


@dataclass(slots=True)
class RawWorkbook:
    """A workbook whose sheets are listed, and read one by one."""

    package: Package
    entries: list[SheetEntry]
    date1904: bool
    _strings_part: str | None
    _styles_part: str | None
    _context: _Context | None = None

    def sheet(self, entry: SheetEntry) -> RawSheet:
        """Read one sheet.

        Raises:
            UnreadableError: a needed part is missing or damaged, a cell address is impossible, or the file
                goes beyond the limits.
        """
        if self._context is None:
            strings = shared_strings(self.package, self._strings_part)
            looks = read_looks(self.package, self._styles_part)
            self._context = _Context(self.package, strings, looks, self.date1904)
        sheet = RawSheet(entry.name, entry.hidden)
        _read_sheet(entry.part, sheet, self._context)
        return sheet


def read_listing(package: Package) -> RawWorkbook:
    """Which worksheets there are. Chart sheets and old macro sheets hold no cells and are left out.

    Raises:
        UnreadableError: the workbook part is missing or damaged, or lists too many sheets.
    """
    book = _workbook_part(package)
    root = package.xml(book)
    relations = package.relations(book)
    by_type = {kind.rsplit("/", 1)[-1]: target for kind, target in relations.values()}
    props = root.find("{*}workbookPr")
    date1904 = props is not None and props.get("date1904") in _TRUE
    entries: list[SheetEntry] = []
    for entry in root.iterfind("{*}sheets/{*}sheet"):
        rel_id = next((value for key, value in entry.attrib.items() if str(key).endswith("}id")), "")
        name = str(entry.get("name", ""))[:_NAME_LENGTH]
        kind, target = relations.get(str(rel_id), ("", ""))
        if not kind:
            raise UnreadableError(f"{package.path.name}: lembar {name!r} tidak ada isinya; berkas rusak. {AGAIN}")
        if kind.endswith("/worksheet"):
            entries.append(SheetEntry(name, entry.get("state", "visible") != "visible", target))
        if len(entries) > package.limits.sheets:
            raise UnreadableError(
                f"{package.path.name}: lebih dari {package.limits.sheets} lembar. Hapus lembar yang tidak perlu."
            )
    return RawWorkbook(package, entries, date1904, by_type.get("sharedStrings"), by_type.get("styles"))


def _workbook_part(package: Package) -> str:
    for kind, target in package.relations("").values():
        if kind.endswith("/officeDocument"):
            return target
    raise UnreadableError(f"{package.path.name}: bukan workbook Excel, atau rusak. {AGAIN}")


@dataclass(slots=True)
class _Context:
    """What all sheets share, and how much was read so far."""

    package: Package
    strings: list[str]
    looks: list[Look]
    date1904: bool
    where: str = ""
    shared: dict[str, str] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    look_of: dict[str, Look] = field(default_factory=dict)
    rows: int = 0
    cells: int = 0
    blanks: int = 0
    text: int = 0

    @property
    def limits(self) -> Limits:
        return self.package.limits

    def must_fit(self, row: int) -> None:
        """Refuse to go on when more was read than the limits allow."""
        allowed = self.limits
        too_many = self.rows > allowed.rows or self.cells > allowed.cells or self.blanks > allowed.blank_cells
        if too_many or self.text > allowed.text:
            raise self.fault(
                f"terlalu besar (sampai baris {row}). Tekan Ctrl+End di Excel, hapus baris dan kolom kosong, "
                f"lalu simpan ulang. {RELAX}"
            )

    def new_look(self, style: str) -> Look:
        """What a cell style says that was not met before; a style that is not there says nothing."""
        look = self.looks[int(style)] if _is_index(style) and int(style) < len(self.looks) else PLAIN
        if len(self.look_of) < _MOST_STYLES:
            self.look_of[style] = look
        return look

    def fault(self, what: str) -> UnreadableError:
        """A failure in the sheet that is being read."""
        return UnreadableError(f"{self.where}: {what}")


def _read_sheet(part: str, sheet: RawSheet, context: _Context) -> None:
    context.where = f"{context.package.path.name}: lembar {sheet.name!r}"
    context.shared = {}
    number = 0
    for element in context.package.elements(part, "row", "mergeCell"):
        if str(element.tag).endswith("mergeCell"):
            _merge(sheet, element.get("ref", ""), context)
            continue
        number = _row_number(element.get("r"), number, context)
        if len(element):
            cells = _read_row(element, number, context)
            if cells:
                if number in sheet.rows:
                    raise context.fault(f"baris {number} tercatat dua kali. Simpan ulang berkas di Excel.")
                sheet.rows[number] = cells
                context.rows += 1
        if element.get("hidden") in _TRUE:
            sheet.hidden_rows.add(number)
        context.must_fit(number)


def _row_number(text: str | None, previous: int, context: _Context) -> int:
    number = previous + 1 if text is None else int(text) if _is_index(text) else 0
    if not 1 <= number <= MAX_ROW:
        raise context.fault(f"nomor baris {str(text)[:30]!r} tidak sah. Simpan ulang berkas di Excel.")
    return number


def _is_index(text: str) -> bool:
    return len(text) < 10 and text.isascii() and text.isdigit()


def _read_row(element: etree._Element, row: int, context: _Context) -> dict[int, RawCell]:
    cells: dict[int, RawCell] = {}
    columns, suffix = context.columns, str(row)
    column = visited = 0
    for entry in element.iterchildren("{*}c"):
        visited += 1
        reference = entry.get("r")
        if reference is None:
            column += 1
            if column > MAX_COLUMN:
                raise context.fault(f"baris {row} melampaui kolom XFD. Simpan ulang berkas di Excel.")
        else:
            letters = reference.removesuffix(suffix)
            column = columns.get(letters) or _new_column(letters, reference, row, context)
            if len(letters) == len(reference):
                raise _bad_address(reference, context)
        cell = _read_cell(entry, row, column, context) if len(entry) else None
        if cell is not None:
            if column in cells:
                raise context.fault(f"sel {reference} tercatat dua kali. Simpan ulang berkas di Excel.")
            cells[column] = cell
            context.text += len(cell.text)
    context.cells += len(cells)
    context.blanks += visited - len(cells)
    return cells


def _new_column(letters: str, reference: str, row: int, context: _Context) -> int:
    """The number of a column whose letters were not met before; they are remembered for the next rows."""
    match = _REF.fullmatch(reference)
    column = column_number(match[1].upper()) if match else 0
    if match is None or int(match[2]) != row or not 1 <= column <= MAX_COLUMN:
        raise _bad_address(reference, context)
    if match[1] == letters:
        context.columns[letters] = column
    return column


def _bad_address(reference: str, context: _Context) -> UnreadableError:
    return context.fault(f"alamat sel {reference[:30]!r} tidak sah. Simpan ulang berkas di Excel.")


def _read_cell(entry: etree._Element, row: int, column: int, context: _Context) -> RawCell | None:
    value, formula = _children(entry, row, column, context)
    look = context.look_of.get(style := entry.get("s", "")) or context.new_look(style)
    kind = entry.get("t", "n")
    if kind == "s" and value:
        return RawCell("s", _shared_string(value, entry, context), look, formula)
    if not value and (formula is None or kind != "str"):
        return None if formula is None else RawCell("", "", look, formula, calculated=False)
    if kind == "d":
        kind, value, look = _moment(value or "", look, date1904=context.date1904)
    elif kind == "str":
        kind, value = "s", unescape(value or "")
    return RawCell("s" if kind == "inlineStr" else kind, value or "", look, formula)


def _children(entry: etree._Element, row: int, column: int, context: _Context) -> tuple[str | None, str | None]:
    """The stored value and the formula of a cell element."""
    value: str | None = None
    formula: str | None = None
    for child in entry:
        name = str(child.tag)[-1]
        if name == "v":
            value = child.text or ""
        elif name == "f":
            formula = _formula(child, row, column, context)
        elif name == "s":
            value = string_of(child)
    return value, formula


def _shared_string(index: str, entry: etree._Element, context: _Context) -> str:
    try:
        number = int(index)
    except ValueError:
        number = -1
    if not 0 <= number < len(context.strings):
        raise context.fault(f"teks sel {str(entry.get('r'))[:30]} tidak ada dalam berkas. Simpan ulang di Excel.")
    return context.strings[number]


def _moment(text: str, look: Look, *, date1904: bool) -> tuple[str, str, Look]:
    """A date that is stored in ISO form, as the day number that other files store. No sheet of ours has hours."""
    try:
        moment = dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return "s", text, look
    since = moment - _EPOCHS[date1904]
    return "n", str(since.days), Look(date=True)


def _formula(element: etree._Element, row: int, column: int, context: _Context) -> str:
    """A formula as it is stored; one that cells share is in relative form, which is the same in all of them."""
    text, index = element.text or "", element.get("si")
    if not text and index is not None:
        return context.shared.get(index, "")
    context.text += len(text)
    if index is None:
        return text
    context.shared[index] = RELATIVE + relative_form(text, row, column)
    return context.shared[index]


def _merge(sheet: RawSheet, reference: str, context: _Context) -> None:
    """Remember a merged range; it is never expanded into its cells."""
    first, _, last = reference.partition(":")
    start, end = _REF.fullmatch(first), _REF.fullmatch(last or first)
    if start is None or end is None:
        return
    if len(sheet.merges) >= context.limits.merges:
        raise context.fault("memuat terlalu banyak sel gabungan. Batalkan penggabungan sel yang tidak perlu.")
    sheet.merges.append((int(start[2]), column_number(start[1].upper()), int(end[2]), column_number(end[1].upper())))
