"""The cells of a workbook, exactly as stored, sheet by sheet.

Excel's values are read from the XML text itself, so a number never passes through a float, and what
other readers hide is seen: error cells, formulas without a cached value, number formats, hidden rows.
Namespaces are ignored, so that Strict OOXML and transitional files read the same. A sheet is read only
when it is asked for: what stands in sheets that are not ours costs nothing and can break nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.raw import TRUE, Context, RawCell, RawSheet, row_number
from lakip_xlsx.excel.relative import Formula
from lakip_xlsx.excel.strings import string_of
from lakip_xlsx.guard.limits import MAX_COLUMN, MAX_ROW
from lakip_xlsx.guard.package import Package
from lakip_xlsx.guard.sniff import AGAIN

_NAME_LENGTH = 100
_ATTRIBUTES = rb'(?: [A-Za-z0-9:]{1,20}="[^"<>&]{0,80}"){0,12} ?'
_BLANK_ROWS = re.compile(
    rb'<row r="[0-9]{1,7}"%(said)b(?:/>|>(?:<c r="[A-Z]{1,3}[0-9]{1,7}"%(said)b/>)*</row>)(?=<row r=")'
    % {b"said": _ATTRIBUTES}
)
"""Formatted rows without content, of which a careless file has a million: only what comes before a row that says
its number can go, since one without a number counts from the row before it."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet as the workbook lists it; its cells are not read yet."""

    name: str
    hidden: bool
    part: str  # empty where the workbook says no part: that matters only if the sheet is asked for


@dataclass(slots=True)
class RawWorkbook:
    """A workbook whose sheets are listed, and read one by one."""

    package: Package
    entries: list[SheetEntry]
    date1904: bool
    context: Context

    def sheet(self, entry: SheetEntry, rows: int | None = None) -> RawSheet:
        """Read one sheet; of its first ``rows`` only the cells, without what stands behind them.

        Raises:
            UnreadableError: a needed part is missing or damaged, a cell address is impossible, or the file
                goes beyond the limits.
        """
        if not entry.part:
            name = self.package.path.name
            raise UnreadableError(f"{name}: lembar {entry.name!r} tidak ada isinya; berkas rusak. {AGAIN}")
        sheet = RawSheet(entry.name, entry.hidden)
        _read_cells(entry.part, sheet, self.context, rows or MAX_ROW)
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
    date1904 = props is not None and props.get("date1904") in TRUE
    entries: list[SheetEntry] = []
    for entry in root.iterfind("{*}sheets/{*}sheet"):
        rel_id = next((value for key, value in entry.attrib.items() if str(key).endswith("}id")), "")
        name = str(entry.get("name", ""))[:_NAME_LENGTH]
        kind, target = relations.get(str(rel_id), ("", ""))
        if not kind or kind.endswith("/worksheet"):
            entries.append(SheetEntry(name, entry.get("state", "visible") != "visible", target))
        if len(entries) > package.limits.sheets:
            raise UnreadableError(
                f"{package.path.name}: lebih dari {package.limits.sheets} lembar. Hapus lembar yang tidak perlu."
            )
    context = Context(package, by_type.get("sharedStrings"), by_type.get("styles"), date1904)
    return RawWorkbook(package, entries, date1904, context)


def _workbook_part(package: Package) -> str:
    for kind, target in package.relations("").values():
        if kind.endswith("/officeDocument"):
            return target
    raise UnreadableError(f"{package.path.name}: bukan workbook Excel, atau rusak. {AGAIN}")


def _read_cells(part: str, sheet: RawSheet, context: Context, last: int) -> None:
    """Read a sheet's cells, row by row; no more than one row of the XML is in memory."""
    context.begin(sheet.name)
    number = 0
    for element in context.package.elements(part, "row", "mergeCell", without=_BLANK_ROWS):
        if str(element.tag).endswith("mergeCell"):
            context.merge(sheet, element.get("ref", ""))
            continue
        said = element.get("r")
        number = row_number(said, number)
        if not number:
            raise context.fault(f"nomor baris {str(said)[:30]!r} tidak sah. Simpan ulang berkas di Excel.")
        if number > last:
            return
        if len(element):
            cells = _read_row(element, number, context)
            if cells:
                if number in sheet.rows:
                    raise context.fault(f"baris {number} tercatat dua kali. Simpan ulang berkas di Excel.")
                sheet.rows[number] = cells
                context.tally.rows += 1
        if element.get("hidden") in TRUE:
            sheet.hidden_rows.add(number)
        context.must_fit(number)


def _read_row(element: etree._Element, row: int, context: Context) -> dict[int, RawCell]:
    cells: dict[int, RawCell] = {}
    columns, suffix, tally = context.columns, str(row), context.tally
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
            column = columns.get(letters) or context.new_column(letters, reference, row)
            if len(letters) == len(reference):
                raise context.bad_address(reference)
        cell = _read_cell(entry, row, column, context) if len(entry) else None
        if cell is not None:
            if column in cells:
                raise context.fault(f"sel {reference} tercatat dua kali. Simpan ulang berkas di Excel.")
            cells[column] = cell
            tally.text += len(cell.text)
    tally.cells += len(cells)
    tally.blanks += visited - len(cells)
    return cells


def _read_cell(entry: etree._Element, row: int, column: int, context: Context) -> RawCell | None:
    value = ""
    formula: Formula | None = None
    for child in entry:
        name = str(child.tag)[-1]
        if name == "v":
            value = child.text or ""
        elif name == "f":
            formula = context.formula(child.text or "", child.get("si"), row, column)
        elif name == "s":
            value = string_of(child)
    kind, look = entry.get("t", "n"), context.look(entry.get("s", ""))
    if kind == "s" and value:
        return RawCell("s", context.string(value, entry.get("r", "")), look, formula)
    return context.cell(kind, value, look, formula)
