"""What the formulas of a workbook give, exactly: the results that are stored beside them.

Excel and LibreOffice calculate again when they open the file; readers that do not calculate (and our own)
find the right value all the same. Every result comes from the declared formula itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from lakip_xlsx.excel.calculate import UnknownFormulaError, calculate
from lakip_xlsx.excel.calculate_values import CalculationError, Column, ErrorValue, Value
from lakip_xlsx.excel.write_data import (
    BlankCell,
    CellInput,
    DateCell,
    ErrorCell,
    FormulaCell,
    NumberCell,
    StandardCell,
    TextCell,
)
from lakip_xlsx.excel.write_formulas import DIFFERENCES, NO_DIFFERENCE, UNREAD, Formulas, PlacedMark
from lakip_xlsx.excel.write_plan import Column as PlannedColumn
from lakip_xlsx.excel.write_plan import PlannedTable
from lakip_xlsx.numbers import plain
from lakip_xlsx.workbook.sheets import BY_KEY
from lakip_xlsx.workbook.spec import Kind

ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """The result of a formula with a function that only Excel knows."""


Result = Decimal | str | bool | ErrorValue | Uncalculated | None


@dataclass(slots=True)
class Values:
    """The value of every cell, whether typed or calculated; each is calculated once."""

    formulas: Formulas
    _known: dict[tuple[str, int, str], Result] = field(default_factory=dict)
    _columns: dict[tuple[str, str], Column] = field(default_factory=dict)
    _once: dict[str, Value] = field(default_factory=dict)

    def value(self, table: PlannedTable, number: int, key: str) -> Result:
        """What a cell shows: a number, a text, an error, or None where it is empty."""
        place = (table.data.name, number, key)
        if place not in self._known:
            cell = table.row(number).cells.get(key, StandardCell())
            self._known[place] = self.standard(table, number, key) if isinstance(cell, StandardCell) else typed(cell)
        return self._known[place]

    def standard(self, table: PlannedTable, number: int, key: str) -> Result:
        """The result of the standard formula of a cell; None if there is none."""
        column = table.column(key)
        if column is None or self.formulas.standard(table, number, key) is None:
            return None
        if key == "periksa":
            return "; ".join(mark.text for mark in self.wrong(table, number))
        try:
            return _stored(calculate(self.formulas.template(table, number, column), _Here(self, table, number, column)))
        except UnknownFormulaError:
            return Uncalculated()

    def wrong(self, table: PlannedTable, number: int) -> list[PlacedMark]:
        """The live checks of a row that find something."""
        marks = self.formulas.marks(table, total=table.row(number).total)
        return [mark for mark in marks if self._holds(table, number, mark)]

    def _holds(self, table: PlannedTable, number: int, mark: PlacedMark) -> bool:
        try:
            return calculate(mark.mark.wrong, _Here(self, table, number, mark.column)) is True
        except UnknownFormulaError:
            return False

    def summary(self, table: PlannedTable) -> str:
        """The line that counts what does not agree, and what is not looked at."""
        count = self.differences(table)
        cells = (self.value(table, number, key) for key in self.formulas.judged(table) for number in table.numbers())
        unread = sum(isinstance(value, str) and value not in {"", "-"} for value in cells)
        return f"Pemeriksaan: {f'{count}{DIFFERENCES}' if count else NO_DIFFERENCE}" + (
            UNREAD.format(unread) if unread else ""
        )

    def differences(self, table: PlannedTable) -> int:
        """How many live checks find something."""
        texts = (self.value(table, number, "periksa") for number in table.numbers())
        return sum(text.count(";") + 1 for text in texts if isinstance(text, str) and text)

    def column(self, table: PlannedTable, key: str) -> Column:
        """All values of a column, from the first row under the heading.

        Raises:
            CalculationError: the table does not have it.
        """
        place = (table.data.name, key)
        if place not in self._columns:
            if table.column(key) is None:
                raise CalculationError("#REF!")
            self._columns[place] = Column([_known(self.value(table, number, key)) for number in table.numbers()])
        return self._columns[place]

    def once(self, said: str, calculate: Callable[[], Value]) -> Value:
        """The result of what is the same for every row of the workbook."""
        if said not in self._once:
            self._once[said] = calculate()
        return self._once[said]

    def form(self, key: str) -> Result:
        """A value of the form, or None."""
        cell = self.form_cell(key)
        return typed(cell) if cell else None

    def form_cell(self, key: str) -> CellInput | None:
        """The cell of the form that holds a value, if its line is there."""
        form = self.formulas.plan.form
        line = next((line for line in form.data.lines if line.key == key), None) if form else None
        return line.value if line else None


@dataclass(frozen=True, slots=True)
class _Here:
    """The cell in which a formula stands, and what its placeholders mean there."""

    values: Values
    table: PlannedTable
    number: int
    column: PlannedColumn

    def place(self, first: str, second: str) -> Value:
        """What a placeholder holds; see :class:`~lakip_xlsx.excel.calculate.Cells`."""
        if first == "above":
            key = second or self.column.key
            heading = next(column.heading for column in self.table.columns if column.key == key)
            rows = range(self.table.first, self.number)
            return [heading, *(_known(self.values.value(self.table, row, key)) for row in rows)]
        if second:
            if BY_KEY[first].form:
                return _known(self.values.form(second))
            table = self.values.formulas.plan.table(first)
            if table is None:
                raise CalculationError("#REF!")
            return self.values.column(table, second)
        key = self.column.key if first == "self" else first
        if self.table.column(key) is None:
            raise CalculationError("#REF!")
        return _known(self.values.value(self.table, self.number, key))

    def is_percent(self, first: str, second: str) -> bool:
        """Whether a cell has a percent format: as it was typed, or else as its column has it."""
        if second:
            cell, kind = self.values.form_cell(second), BY_KEY[first].field(second).kind
        else:
            column = self.column if first == "self" else self.table.column(first)
            kind = column.field.kind if column and column.field else Kind.TEXT
            key = column.key if column else ""
            cell = self.table.row(self.number).cells.get(key, StandardCell())
        return cell.percent if isinstance(cell, NumberCell) else kind is Kind.PERCENT

    def once(self, said: str, calculate: Callable[[], Value]) -> Value:
        """The result of what is the same for every row."""
        return self.values.once(said, calculate)


def typed(cell: CellInput) -> Result:
    """What a typed cell shows. A date counts as text here: no formula uses one."""
    match cell:
        case NumberCell(value=value):
            return value
        case TextCell(text=text):
            return text
        case DateCell(day=day):
            return day.isoformat()
        case FormulaCell(cached=cached):
            return ErrorValue(cached) if isinstance(cached, str) and cached in ERRORS else cached
        case ErrorCell(code=code):
            return ErrorValue(code)
        case BlankCell() | StandardCell():
            return None


def _known(result: Result) -> Value:
    """A result as formulas see it."""
    if isinstance(result, Uncalculated):
        raise UnknownFormulaError("?")
    return result


def _stored(value: Value) -> Result:
    """A result as it is stored: a number with the 17 digits that Excel itself would keep."""
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None:
        return Decimal(0)
    if isinstance(value, Decimal):
        with localcontext() as context:
            context.prec = 17
            return plain(+value)
    return value if isinstance(value, str | bool | ErrorValue) else None
