"""What may be written into a workbook: typed cells, rows and sheets, under the names of the declaration.

The same types carry a blank workbook, a filled one and a deliberately broken one: a sheet may have other
headings, another order of columns or a name that the declaration does not know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lakip_xlsx.excel.headings import plain_heading
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.sheets import BY_KEY, SHEETS
from lakip_xlsx.workbook.spec import Field, SheetSpec


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A number as Excel stores it; with ``percent`` it is a ratio (0.9865) shown as 98,65%."""

    value: Decimal
    percent: bool = False


@dataclass(frozen=True, slots=True)
class TextCell:
    """A text, never taken for a formula or a number."""

    text: str


@dataclass(frozen=True, slots=True)
class DateCell:
    """A date."""

    day: dt.date


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula that somebody typed; ``cached`` is its last result, None if it was never calculated."""

    formula: str
    cached: Decimal | str | None = None


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that shows an error, such as ``#REF!``."""

    code: str


@dataclass(frozen=True, slots=True)
class BlankCell:
    """A cell that is empty, also where the standard workbook has a formula."""


@dataclass(frozen=True, slots=True)
class StandardCell:
    """The formula that the standard workbook has here, with its result."""


CellInput = NumberCell | TextCell | DateCell | FormulaCell | ErrorCell | BlankCell | StandardCell


@dataclass(frozen=True, slots=True)
class Row:
    """One row: field key (of an undeclared column: its heading) → cell.

    A column that is not named gets its standard formula if it has one, and stays empty otherwise.
    ``total`` marks a printed Jumlah row. ``notes`` are the notes of its cells, by field key.
    """

    cells: Mapping[str, CellInput]
    total: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableData:
    """One sheet with a table. ``key`` is empty for a sheet that the declaration does not know.

    ``headings`` are written as they stand, in this order; without them those of the declaration.
    """

    key: str
    name: str
    rows: tuple[Row, ...] = ()
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the form: the field's key (or empty), the label as written, and the value."""

    key: str
    label: str
    value: CellInput = BlankCell()


@dataclass(frozen=True, slots=True)
class FormData:
    """The sheet of label and value."""

    key: str
    name: str
    lines: tuple[FormLine, ...]


SheetData = FormData | TableData


@dataclass(frozen=True, slots=True)
class WorkbookData:
    """The sheets of a workbook, in the order of their tabs. ``removed`` matters only as an overlay."""

    sheets: tuple[SheetData, ...]
    removed: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, form: Mapping[str, CellInput], tables: Mapping[str, Sequence[Row | Mapping[str, CellInput]]]
    ) -> WorkbookData:
        """All standard sheets with these values; a sheet that is not named has its headings only."""
        sheets: list[SheetData] = []
        for spec in SHEETS:
            if spec.form:
                sheets.append(form_of(spec, form))
            else:
                rows = tuple(row if isinstance(row, Row) else Row(row) for row in tables.get(spec.key, ()))
                sheets.append(TableData(spec.key, spec.name, rows))
        return cls(tuple(sheets))

    def sheet(self, name: str) -> SheetData | None:
        """The sheet with this name or key."""
        return next((sheet for sheet in self.sheets if fold(name) in {fold(sheet.name), sheet.key}), None)

    def overlaid(self, changes: WorkbookData) -> WorkbookData:
        """The same workbook with the sheets of ``changes`` in place of its own, new ones at the end.

        A sheet is the same if it fills the same declared sheet or bears the same name.
        """
        new = {identity(sheet): sheet for sheet in changes.sheets}
        kept = [new.pop(identity(sheet), sheet) for sheet in self.sheets]
        gone = {fold(name) for name in changes.removed}
        sheets = (sheet for sheet in (*kept, *new.values()) if fold(sheet.name) not in gone)
        return replace(self, sheets=tuple(sheets))


def identity(sheet: SheetData) -> str:
    """What makes two sheets the same sheet."""
    return sheet.key or f"?{fold(sheet.name)}"


def form_of(spec: SheetSpec, values: Mapping[str, CellInput]) -> FormData:
    """A form with all its declared lines."""
    lines = (FormLine(field.key, starred(field), values.get(field.key, BlankCell())) for field in spec.fields)
    return FormData(spec.key, spec.name, tuple(lines))


def starred(field: Field) -> str:
    """A heading as the blank workbook shows it: a required one with a star."""
    return f"{field.heading} *" if field.required else field.heading


def standard_headings(spec: SheetSpec | None) -> tuple[str, ...]:
    """The headings of a declared sheet as the blank workbook shows them; none for a sheet that is not ours."""
    return tuple(starred(each) for each in (spec.fields if spec else ()) if not each.proposal)


def find_spec(name: str) -> SheetSpec | None:
    """The declared sheet with this name or alias."""
    wanted = fold(name)
    return next((spec for spec in SHEETS if wanted in {fold(each) for each in (spec.name, *spec.aliases)}), None)


def find_field(spec: SheetSpec, heading: str) -> Field | None:
    """The declared field with this heading or alias, apart from case, blanks and the star."""
    wanted = plain_heading(heading)
    for declared in spec.fields:
        if wanted in {plain_heading(each) for each in (declared.heading, *declared.aliases)}:
            return declared
    return None


def column_keys(spec: SheetSpec | None, headings: Sequence[str]) -> list[tuple[str, Field | None]]:
    """For each heading the key of its cells and its field; an unknown or doubled heading is its own key."""
    keys: list[tuple[str, Field | None]] = []
    seen: set[str] = set()
    for heading in headings:
        field = find_field(spec, heading) if spec else None
        keys.append((field.key, field) if field is not None and field.key not in seen else (heading, None))
        seen.add(keys[-1][0])
    return keys


def spec_of(sheet: SheetData) -> SheetSpec | None:
    """The declaration that a sheet follows."""
    return BY_KEY.get(sheet.key)
