"""Writing one sheet of the workbook: title, headings, rows, drop-downs, live checks and print set-up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from lakip_xlsx.excel import standing, write_help
from lakip_xlsx.excel.styles import Role, Styles
from lakip_xlsx.excel.write_cells import ExactWorksheet, Place, write_cell, write_formula
from lakip_xlsx.excel.write_data import Row, StandardCell
from lakip_xlsx.excel.write_formulas import Formulas
from lakip_xlsx.excel.write_plan import (
    CHECK_ROW,
    CLAIM_ROW,
    FORM_HEADINGS,
    HEADING_ROW,
    PURPOSE_ROW,
    TITLE_ROW,
    Column,
    PlannedForm,
    PlannedTable,
)
from lakip_xlsx.excel.write_values import Values
from lakip_xlsx.workbook.spec import Field, Kind, SheetSpec

FORM_WIDTHS = (28, 60, 84)
_UNKNOWN_WIDTH = 18.0
_LETTERS = 1.08  # average letters of a text for each character of column width
_WIDE = 150  # characters: beyond, the first columns stay in view
_PRINTED = 225  # characters on a page in letters of some 7 points
_REPEATED = 40  # characters that each of several pages may repeat
_FREEZE = 110  # characters that may stay in view beside a wide table


@dataclass(frozen=True, slots=True)
class Desk:
    """What every writing function needs: the workbook's formulas, results and styles."""

    formulas: Formulas
    values: Values
    styles: Styles


def write_table(desk: Desk, sheet: ExactWorksheet, table: PlannedTable) -> None:
    """Write a whole sheet with a table."""
    _write_top(desk, sheet, table.spec, table.data.name)
    summary = desk.formulas.summary(table)
    if summary is not None:
        look = desk.styles.role(Role.CHECK)
        sheet.write_formula(CHECK_ROW - 1, 0, summary, look, desk.values.summary(table))
        write_help.mark_summary(desk.styles, sheet)
        sheet.write_string(CLAIM_ROW - 1, 0, desk.formulas.claims(table), desk.styles.role(Role.PURPOSE))
        sheet.set_row(CLAIM_ROW - 1, None)
    elif table.spec is not None:
        sheet.write_string(CHECK_ROW - 1, 0, "Kolom bertanda * wajib diisi.", desk.styles.role(Role.CHECK))
    for column in table.columns:
        _write_heading(desk, sheet, column)
    for number in table.numbers():
        lines = max((_write_data(desk, sheet, table, number, column) for column in table.columns), default=1)
        if lines > 1:
            sheet.fit_row(number, lines)
    write_help.add_marks(desk.styles, sheet, table)
    write_help.add_missing(desk.styles, sheet, table)
    write_help.add_choices(desk.formulas, sheet, table)
    _set_up(sheet, table)


def write_form(desk: Desk, sheet: Worksheet, form: PlannedForm) -> None:
    """Write the sheet of label and value, with a note for every line."""
    _write_top(desk, sheet, form.spec, form.data.name)
    for index, (heading, width) in enumerate(zip(FORM_HEADINGS, FORM_WIDTHS, strict=True)):
        sheet.write_string(HEADING_ROW - 1, index, heading, desk.styles.role(Role.HEADING))
        sheet.set_column(index, index, width)
    fields = {field.key: field for field in form.spec.fields}
    for position, line in enumerate(form.data.lines):
        row, field = HEADING_ROW + 1 + position, fields.get(line.key)
        sheet.set_row(row - 1, 20)
        sheet.write_string(row - 1, 0, line.label, desk.styles.role(Role.LABEL))
        kind = field.kind if field else Kind.TEXT
        write_cell(sheet, desk.styles, Place(row, 1, kind, Role.FORM_INPUT), line.value)
        sheet.write_string(row - 1, 2, field.note if field else "", desk.styles.role(Role.NOTE))
    _write_missing(desk, sheet, form)
    write_help.add_form_help(desk.formulas, desk.styles, sheet, form)
    sheet.freeze_panes(HEADING_ROW, 0)
    _page(sheet)


def _write_missing(desk: Desk, sheet: Worksheet, form: PlannedForm) -> None:
    """The line above the headings: how many required values are still missing."""
    line = standing.summary_of_form(desk.values, form)
    sheet.write_formula(CHECK_ROW - 1, 0, line.formula, desk.styles.role(Role.CHECK), line.result)
    write_help.mark_summary(desk.styles, sheet)


def _write_top(desk: Desk, sheet: Worksheet, spec: SheetSpec | None, name: str) -> None:
    """Title and purpose."""
    sheet.hide_gridlines(2)
    sheet.set_row(TITLE_ROW - 1, 26)
    sheet.set_row(HEADING_ROW - 2, 6)
    sheet.write_string(TITLE_ROW - 1, 0, spec.title if spec else name, desk.styles.role(Role.TITLE))
    sheet.write_string(PURPOSE_ROW - 1, 0, spec.purpose if spec else "", desk.styles.role(Role.PURPOSE))


def _write_heading(desk: Desk, sheet: Worksheet, column: Column) -> None:
    field = column.field
    sheet.set_column(column.index, column.index, field.width if field else _UNKNOWN_WIDTH)
    sheet.write_string(HEADING_ROW - 1, column.index, column.heading, desk.styles.role(_heading_role(field)))
    if field is not None and field.note:
        sheet.write_comment(HEADING_ROW - 1, column.index, field.note, {"x_scale": 1.6, "y_scale": 0.9})


def _heading_role(field: Field | None) -> Role:
    if field is not None and field.computed:
        return Role.HEADING_COMPUTED
    return Role.HEADING if field is not None and field.required else Role.HEADING_OPTIONAL


def _write_data(desk: Desk, sheet: Worksheet, table: PlannedTable, number: int, column: Column) -> int:
    """One cell: what is given, else the standard formula, else empty; returns how many lines it needs."""
    row = table.row(number)
    cell = row.cells.get(column.key, StandardCell())
    kind = column.field.kind if column.field else Kind.TEXT
    place = Place(number, column.index, kind, _data_role(row, column))
    formula = desk.formulas.standard(table, number, column.key) if isinstance(cell, StandardCell) else None
    if formula is None:
        write_cell(sheet, desk.styles, place, cell)
    else:
        look = desk.styles.data(place.role, kind, "General" if kind in {Kind.TEXT, Kind.LONG_TEXT} else "")
        write_formula(sheet, place, formula, look, desk.values.value(table, number, column.key))
    if note := row.notes.get(column.key):
        sheet.write_comment(number - 1, column.index, note, {"x_scale": 1.8, "y_scale": 0.9})
    shown = desk.values.value(table, number, column.key)
    return _lines(shown, column) if isinstance(shown, str) else 1


def _lines(text: str, column: Column) -> int:
    """How many lines a text takes in its column."""
    width = (column.field.width if column.field else _UNKNOWN_WIDTH) * _LETTERS
    return sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n"))


def _data_role(row: Row, column: Column) -> Role:
    if row.total:
        return Role.TOTAL
    if column.field is not None and column.field.proposal:
        return Role.PROPOSAL
    return Role.COMPUTED if column.field is not None and column.field.computed else Role.INPUT


def _set_up(sheet: Worksheet, table: PlannedTable) -> None:
    """Frozen panes, repeated headings and the page."""
    sheet.set_row(HEADING_ROW - 1, 33)
    frozen = _frozen(table.columns)
    sheet.freeze_panes(HEADING_ROW, frozen)
    sheet.repeat_rows(HEADING_ROW - 1)
    _page(sheet, *_pages_wide(table.columns))


def _frozen(columns: Sequence[Column]) -> int:
    """How many first columns of a wide table stay in view: its codes, and its name where there is room for it."""
    widths = [column.field.width if column.field else _UNKNOWN_WIDTH for column in columns]
    if sum(widths) <= _WIDE:
        return 0
    name = next((at for at, each in enumerate(columns, 1) if each.field and each.field.kind is Kind.LONG_TEXT), 0)
    if name and sum(widths[:name]) <= _FREEZE:
        return name
    return sum(sum(widths[: count + 1]) <= _FREEZE for count in range(min(3, len(widths))))


def _pages_wide(columns: Sequence[Column]) -> tuple[int, int]:
    """How many pages a table is printed wide so that it can be read, and the first columns that each page repeats."""
    widths = [column.field.width if column.field else _UNKNOWN_WIDTH for column in columns]
    if sum(widths) <= _PRINTED:
        return 1, 0
    repeated = next((count for count in range(2, -1, -1) if sum(widths[:count]) <= _REPEATED), 0)
    return math.ceil((sum(widths) - sum(widths[:repeated])) / (_PRINTED - sum(widths[:repeated]))), repeated


def _page(sheet: Worksheet, wide: int = 1, repeated: int = 0) -> None:
    """A4 landscape, one page wide or what it takes to be readable, as many pages long as needed."""
    if repeated:
        sheet.repeat_columns(0, repeated - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(wide, 0)
    sheet.set_footer("&L&9&A&R&9Halaman &P dari &N")
