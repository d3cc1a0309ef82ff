"""Where everything stands: the places of headings, rows and columns before anything is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lakip_xlsx.excel.write_data import (
    FormData,
    Row,
    SheetData,
    TableData,
    WorkbookData,
    column_keys,
    spec_of,
    standard_headings,
)
from lakip_xlsx.finding import column_letters
from lakip_xlsx.workbook.spec import Field, SheetSpec

TITLE_ROW, PURPOSE_ROW, CHECK_ROW, CLAIM_ROW, HEADING_ROW = 1, 2, 3, 4, 5
FORM_HEADINGS = ("Isian", "Nilai", "Keterangan")
_REACH = 500  # rows below the heading that a lookup looks at, at least


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a planned sheet; ``field`` is None where the declaration does not know the heading."""

    key: str
    heading: str
    field: Field | None
    letters: str
    index: int


@dataclass(frozen=True, slots=True)
class PlannedTable:
    """A table with its places. Row numbers are Excel's."""

    data: TableData
    spec: SheetSpec | None
    columns: tuple[Column, ...]

    @property
    def first(self) -> int:
        """The first row under the heading."""
        return HEADING_ROW + 1

    @property
    def last(self) -> int:
        """The last row of the table; the heading row if there is none."""
        return HEADING_ROW + len(self.data.rows)

    @property
    def reach(self) -> int:
        """The last row that lookups into this table look at, with room for rows that are added."""
        return HEADING_ROW + max(_REACH, len(self.data.rows) + 100)

    def column(self, key: str) -> Column | None:
        """The column of a field, if the sheet has it."""
        return next((column for column in self.columns if column.key == key), None)

    def row(self, number: int) -> Row:
        """The row at an Excel row number."""
        return self.data.rows[number - self.first]

    def numbers(self) -> range:
        """The Excel row numbers of all rows."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class PlannedForm:
    """The form with its places: label in A, value in B, note in C."""

    data: FormData
    spec: SheetSpec

    def number(self, key: str) -> int | None:
        """The row of a field's value, if its line is there."""
        for position, line in enumerate(self.data.lines):
            if line.key == key:
                return HEADING_ROW + 1 + position
        return None


@dataclass(frozen=True, slots=True)
class Plan:
    """All sheets with their places."""

    form: PlannedForm | None
    tables: tuple[PlannedTable, ...]
    order: tuple[SheetData, ...]

    def table(self, key: str) -> PlannedTable | None:
        """The table that fills a declared sheet, if it is there."""
        return next((table for table in self.tables if table.data.key == key), None)


def plan(data: WorkbookData) -> Plan:
    """Give every heading and row its place.

    Raises:
        ValueError: a form sheet's data carries the key of a table sheet; a mistake in our own code.
    """
    form: PlannedForm | None = None
    tables: list[PlannedTable] = []
    for sheet in data.sheets:
        spec = spec_of(sheet)
        if isinstance(sheet, TableData):
            tables.append(PlannedTable(sheet, spec, _columns(sheet, spec)))
        elif spec is None or not spec.form:
            raise ValueError(sheet.key)
        else:
            form = PlannedForm(sheet, spec)
    return Plan(form, tuple(tables), data.sheets)


def _columns(sheet: TableData, spec: SheetSpec | None) -> tuple[Column, ...]:
    headings = sheet.headings or standard_headings(spec)
    return tuple(
        Column(key, heading, field, column_letters(index + 1), index)
        for index, (heading, (key, field)) in enumerate(zip(headings, column_keys(spec, headings), strict=True))
    )


def safe_name(*parts: str) -> str:
    """A defined name that Excel accepts, made of names that people see."""
    return re.sub(r"\W+", "_", "_".join(parts)).strip("_")


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"
