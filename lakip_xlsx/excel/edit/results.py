"""The results of formulas after an edit: calculated where the formula is the standard one, else left to Excel.

A stored result that no longer follows from the cells would be read as a figure, so none of them stays that could
count with what was changed. The standard formulas are known letter for letter; any other is the office's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import partial

from openpyxl.cell.cell import Cell as BookCell
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from lakip_xlsx.excel import standing
from lakip_xlsx.excel.calculate_values import ErrorValue
from lakip_xlsx.excel.edit.open import Editable, Formula
from lakip_xlsx.excel.edit.source import Result
from lakip_xlsx.excel.write_data import (
    BlankCell,
    CellInput,
    ErrorCell,
    FormLine,
    FormulaCell,
    NumberCell,
    Row,
    StandardCell,
    TableData,
    TextCell,
    WorkbookData,
)
from lakip_xlsx.excel.write_data import FormData as Lines
from lakip_xlsx.excel.write_formulas import Formulas
from lakip_xlsx.excel.write_plan import CHECK_ROW, HEADING_ROW, PlannedTable, plan
from lakip_xlsx.excel.write_values import Uncalculated, Values
from lakip_xlsx.finding import column_letters, column_number
from lakip_xlsx.numbers import from_excel
from lakip_xlsx.workbook.book import Book, Table
from lakip_xlsx.workbook.sheets import GUIDE

_ONCE = re.compile(r"Hitung_[0-9]+")
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = re.compile(r"(?:(?<!')'((?:[^']|'')+)'|(?<![A-Za-z0-9_.])([A-Za-z_][A-Za-z0-9_.]*))!")
_OWN = re.compile(r"(?<![A-Za-z0-9_.!'])\$?[A-Z]{1,3}\$?[0-9]+(?![A-Za-z0-9_(])|(?<![A-Za-z0-9_.!'])\$?[A-Z]{1,3}:\$?")
_NAME = re.compile(r"(?<![A-Za-z0-9_.!'])[A-Za-z_][A-Za-z0-9_.]{2,}(?![A-Za-z0-9_.(!])")


def calculate_anew(editable: Editable, book: Book, touched: frozenset[str]) -> int:
    """Give the formulas the results that follow from the cells as they are now; ``book`` says where things stand.

    Returns how many formulas have no result until Excel opens the file.
    """
    editable.book.calculation.fullCalcOnLoad = True
    known = _Known(editable, book)
    counted = {(title, ref) for title, ref in known.results()}
    return _drop_stale(editable, counted, touched)


@dataclass(slots=True)
class _Known:
    """The standard formulas of a workbook as it stands, with what they give."""

    editable: Editable
    book: Book
    names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {name: str(each.attr_text) for name, each in self.editable.book.defined_names.items()}

    def results(self) -> Iterator[tuple[str, str]]:
        """Calculate; the places of all formulas that have their result."""
        tables = [table for table in self.book.tables.values() if table.header_row == HEADING_ROW]
        cells = {table.name: _Cells(self.editable.book[table.name], table) for table in tables}
        sheets: list[Lines | TableData] = [each.data for each in cells.values()]
        if self.book.form is not None:
            sheets.insert(0, self._lines())
        placed = plan(WorkbookData(tuple(sheets)))
        formulas = Formulas(placed)
        for planned in placed.tables:
            cells[planned.data.name].take(partial(self._is_standard, formulas, planned))
        values = Values(formulas)
        for planned in placed.tables:
            yield from self._table(planned, cells[planned.data.name], values)
        yield from self._guide(values)

    def _lines(self) -> Lines:
        form = self.book.form
        if form is None:
            raise ValueError("form")
        sheet = self.editable.book[form.name]
        lines = (FormLine(key, key, _typed(sheet[place.ref])) for key, place in form.cells.items())
        return Lines(form.spec.key, form.name, tuple(lines))

    def _is_standard(self, formulas: Formulas, table: PlannedTable, ref: str, said: str) -> bool:
        match = re.fullmatch(r"([A-Z]+)([0-9]+)", ref)
        column = table.columns[column_number(match[1]) - 1] if match else None
        if match is None or column is None or column.field is None:
            return False
        wanted = formulas.standard(table, int(match[2]), column.key)
        return wanted is not None and self._same(wanted, said, formulas)

    def _same(self, wanted: str, said: str, formulas: Formulas) -> bool:
        ours = _ONCE.sub(lambda match: f"({formulas.names.get(match[0], '')})", wanted)
        theirs = _ONCE.sub(lambda match: f"(={self.names.get(match[0], '')})", said)
        return _plain(ours) == _plain(theirs)

    def _table(self, table: PlannedTable, cells: _Cells, values: Values) -> Iterator[tuple[str, str]]:
        for ref, number, key in cells.standard:
            if self._store(table.data.name, ref, values.value(table, number, key)):
                yield table.data.name, ref
        summary = values.formulas.summary(table)
        place = f"A{CHECK_ROW}"
        said = _formula_of(self.editable.book[table.data.name][place])
        if summary is not None and said is not None and self._same(summary, said, values.formulas):
            self._store(table.data.name, place, values.summary(table))
            yield table.data.name, place

    def _guide(self, values: Values) -> Iterator[tuple[str, str]]:
        """Where each sheet stands: on the guidance sheet, and above the form."""
        placed, form = values.formulas.plan, self.book.form
        states = [each for table in placed.tables if (each := standing.of_table(values, table)) is not None]
        if placed.form is not None:
            states += [standing.of_form(values, placed.form), standing.summary_of_form(values, placed.form)]
        for title in (GUIDE, form.name if form else ""):
            for cell in self._formulas(title):
                said = _formula_of(cell) or ""
                state = next((each for each in states if self._same(each.formula, said, values.formulas)), None)
                if state is not None and self._store(title, cell.coordinate, state.result):
                    yield title, cell.coordinate

    def _formulas(self, title: str) -> Iterator[BookCell | MergedCell]:
        if title in self.editable.book.sheetnames:
            for row in self.editable.book[title].iter_rows():
                yield from (cell for cell in row if cell.data_type == "f")

    def _store(self, title: str, ref: str, value: Decimal | str | bool | ErrorValue | Uncalculated | None) -> bool:
        if isinstance(value, Uncalculated) or value is None:
            return False
        if isinstance(value, bool):
            result = Result("b", str(int(value)))
        elif isinstance(value, Decimal):
            result = Result("n", f"{value:f}" if -12 < value.adjusted() < 21 else f"{value:E}")
        elif isinstance(value, ErrorValue):
            result = Result("e", value.code)
        else:
            result = Result("str", value)
        held = self.editable.formulas.setdefault(title, {})
        held[ref] = Formula(self.editable.book[title][ref].value, result)
        return True


class _Cells:
    """The rows of a sheet as the engine of the standard formulas takes them, each in its own place."""

    def __init__(self, sheet: Worksheet, table: Table) -> None:
        self._sheet, self._keys = sheet, {column_number(letters): key for key, letters in table.letters.items()}
        last = max(sheet.max_row, HEADING_ROW)
        self._rows: list[dict[str, CellInput]] = [{} for _ in range(HEADING_ROW + 1, last + 1)]
        totals = frozenset(table.totals)
        rows = (Row(cells, total=HEADING_ROW + 1 + at in totals) for at, cells in enumerate(self._rows))
        headings = tuple(self._heading(table, column) for column in range(1, max(self._keys) + 1))
        self.data = TableData(table.spec.key, table.name, tuple(rows), headings)
        self.standard: list[tuple[str, int, str]] = []  # place, row and key of the standard formulas

    def _heading(self, table: Table, column: int) -> str:
        key = self._keys.get(column)
        return f"?{column_letters(column)}" if key is None else table.spec.field(key).heading

    def take(self, is_standard: Callable[[str, str], bool]) -> None:
        """Read the cells; a formula is standard or the office's own."""
        for at, cells in enumerate(self._rows):
            number = HEADING_ROW + 1 + at
            for column, key in self._keys.items():
                cell = self._sheet._cells.get((number, column))
                said = None if cell is None else _formula_of(cell)
                ref = f"{column_letters(column)}{number}"
                if cell is None:
                    cells[key] = BlankCell()
                elif said is not None and is_standard(ref, said):
                    cells[key] = StandardCell()
                    self.standard.append((ref, number, key))
                else:
                    cells[key] = _typed(cell)


def _typed(cell: BookCell | MergedCell) -> CellInput:
    """A cell that is no standard formula."""
    value = cell.value
    if value is None or isinstance(cell, MergedCell):
        return BlankCell()
    if _formula_of(cell) is not None:
        return FormulaCell("=", None)
    if cell.data_type == "e":
        return ErrorCell(str(value))
    if cell.data_type == "n":
        try:
            return NumberCell(from_excel(str(value)), "%" in cell.number_format)
        except InvalidOperation:
            return TextCell(str(value))
    return TextCell(str(value))


def _formula_of(cell: BookCell | MergedCell) -> str | None:
    if cell.data_type != "f":
        return None
    return str(cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value)


def _plain(formula: str) -> str:
    """A formula for comparing: what stands in quotes as it is, the rest without blanks and capitals."""
    pieces = _TEXT.split(formula)
    texts = [*_TEXT.findall(formula), ""]
    return "".join("".join(piece.split()).upper() + text for piece, text in zip(pieces, texts, strict=True))


def _drop_stale(editable: Editable, counted: set[tuple[str, str]], touched: frozenset[str]) -> int:
    """Take away the results that may count with what was changed; returns how many."""
    names = {name.upper() for name in editable.book.defined_names}
    open_ = {
        (title, ref): _reads(str(formula.value), title, names)
        for title, formulas in editable.formulas.items()
        for ref, formula in formulas.items()
        if (title, ref) not in counted
    }
    stale, sheets = set[tuple[str, str]](), {sheet.upper() for sheet in touched}
    while found := {
        place for place, read in open_.items() if place not in stale and (read is None or not sheets.isdisjoint(read))
    }:
        stale |= found
        sheets |= {title.upper() for title, _ in found}
    for title, ref in stale:
        del editable.formulas[title][ref]
    return len(stale)


def _reads(formula: str, title: str, names: set[str]) -> frozenset[str] | None:
    """The sheets that a formula reads, in capitals; None where it reads through a name or says it in a text."""
    bare = _TEXT.sub('""', formula)
    words = {word.upper() for word in _NAME.findall(bare)}
    if words & names or any(word in bare.upper() for word in ("INDIRECT(", "OFFSET(", "[")):
        return None
    found = {(quoted or plain).replace("''", "'").upper() for quoted, plain in _SHEET.findall(bare)}
    return frozenset(found | ({title.upper()} if _OWN.search(bare) else set()))
