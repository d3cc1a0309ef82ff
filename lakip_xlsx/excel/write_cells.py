"""Writing single cells with XlsxWriter, exactly as given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lakip_xlsx.excel.calculate_values import ErrorValue
from lakip_xlsx.excel.styles import DATE, PERCENT, SEN, Role, Styles
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
from lakip_xlsx.excel.write_values import Result, Uncalculated
from lakip_xlsx.workbook.spec import Kind

MAX_TEXT = 32_767
_LINE, _TALLEST = 15, 405  # points: one line of text, and the highest row that Excel allows


class EmptyText(str):
    """The result of a formula that shows nothing: a text of length 0, and not "never calculated"."""

    __slots__ = ()


class NeverCalculated(str):
    """The missing result of a formula that no program has calculated yet."""

    __slots__ = ()


class ExactWorksheet(Worksheet):
    """A worksheet that says two things which XlsxWriter has no words for.

    A formula may show nothing, or may never have been calculated: XlsxWriter writes both alike. And a row
    may have a height that still follows its text: XlsxWriter fixes every height that it is given.
    """

    def __init__(self) -> None:
        super().__init__()
        self.flexible: set[int] = set()

    def fit_row(self, row: int, lines: int) -> None:
        """Make a row (Excel's number) high enough for so many lines; it keeps following its text."""
        self.flexible.add(row)
        self.set_row(row - 1, min(_TALLEST, _LINE * lines))

    def _xml_start_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, object]] = ()) -> None:
        """Leave out that a height is fixed, where it is not (overrides XlsxWriter)."""
        if tag == "row" and dict(attributes).get("r") in self.flexible:
            attributes = [each for each in attributes if each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)

    def _xml_formula_element(self, formula: str, result: object, attributes: Sequence[tuple[str, object]] = ()) -> None:
        """Write one formula with its result (overrides XlsxWriter)."""
        if isinstance(result, NeverCalculated):
            self._xml_start_tag("c", attributes)
            self._xml_data_element("f", formula)
            self._xml_end_tag("c")
            return
        if isinstance(result, EmptyText):
            attributes = [*attributes, ("t", "str")]
        super()._xml_formula_element(formula, result, attributes)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands (Excel's row number, column from 0), and what its column holds."""

    row: int
    column: int
    kind: Kind
    role: Role


def write_cell(sheet: Worksheet, styles: Styles, place: Place, cell: CellInput) -> None:
    """Write a typed cell. A standard formula is written by :func:`write_formula`.

    Raises:
        ValueError: a text is longer than Excel allows; nothing is ever cut.
    """
    row, column, look = place.row - 1, place.column, styles.data(place.role, place.kind)
    match cell:
        case NumberCell(value=value):
            look = styles.data(place.role, place.kind, _number_format(place.kind, cell))
            sheet.write_number(row, column, cast("float", value), look)  # only formatted: the Decimal stays exact
        case TextCell(text=text):
            if len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
                raise ValueError(f"{sheet.name}: teks di baris {place.row} lebih dari {MAX_TEXT} huruf")
            sheet.write_string(row, column, text, look)
        case DateCell(day=day):
            midnight = dt.datetime.combine(day, dt.time())
            sheet.write_datetime(row, column, midnight, styles.data(place.role, place.kind, DATE))
        case ErrorCell(code=code):
            sheet.write_formula(row, column, f"={code}", look, code)
        case FormulaCell(formula=formula, cached=cached):
            write_formula(sheet, place, formula, look, NeverCalculated() if cached is None else cached)
        case BlankCell() | StandardCell():
            sheet.write_blank(row, column, None, look)


def write_formula(sheet: Worksheet, place: Place, formula: str, look: Format, result: Result | NeverCalculated) -> None:
    """Write a formula with its result."""
    match result:
        case NeverCalculated():
            stored: object = result
        case Uncalculated():
            stored = NeverCalculated()
        case ErrorValue(code=code):
            stored = code
        case None | "":
            stored = EmptyText()
        case _:
            stored = result
    sheet.write_formula(place.row - 1, place.column, formula, look, stored)


def _number_format(kind: Kind, cell: NumberCell) -> str:
    """A percent format for a ratio, sen where there are any; else the column's own format."""
    if cell.percent and kind is not Kind.PERCENT:
        points = cell.value * 100
        return "0%" if points == points.to_integral_value() else PERCENT
    if kind is Kind.PERCENT and not cell.percent:
        return "General"
    if kind is Kind.MONEY and cell.value != cell.value.to_integral_value():
        return SEN
    return ""
