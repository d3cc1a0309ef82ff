"""Reading a form sheet: one label and one value in each row."""

from __future__ import annotations

from dataclasses import dataclass, field

from lakip_xlsx.excel.headings import near_miss, plain_heading
from lakip_xlsx.excel.raw import RawCell, RawSheet
from lakip_xlsx.excel.values import convert, settled
from lakip_xlsx.finding import Cell, column_letters
from lakip_xlsx.numbers import bare
from lakip_xlsx.workbook.book import Form
from lakip_xlsx.workbook.pilihan import Words
from lakip_xlsx.workbook.spec import SheetSpec

_MANY = 40  # unknown labels that are looked at; a form has some twenty rows


@dataclass(slots=True)
class FormRead:
    """A form as read, and what is wrong with its labels."""

    form: Form
    misspelt: list[tuple[Cell, str, str]] = field(default_factory=list)  # cell, text, what was meant
    doubled: list[tuple[Cell, str, Cell]] = field(default_factory=list)  # cell, label, the cell that is read
    unknown: list[tuple[Cell, str]] = field(default_factory=list)  # labels with a value that is not read
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Columns:
    label: int
    value: int
    heading: int = 0  # the row with "Isian" and "Nilai"; 0 if there is none

    def value_of(self, cells: dict[int, RawCell]) -> int:
        """The column of a row's value: under "Nilai", or the next filled cell where no heading says so."""
        if self.heading or self.value in cells:
            return self.value
        return min((column for column in cells if column > self.label), default=self.value)


def read_form(sheet: RawSheet, spec: SheetSpec, *, date1904: bool) -> FormRead:
    """Read the values that stand to the right of their labels, wherever the rows are."""
    labels = {plain_heading(name): f.key for f in spec.fields for name in (f.heading, *f.aliases)}
    columns = _columns(sheet, labels)
    form = Form(spec, sheet.name, {}, {})
    result = FormRead(form)
    strangers: list[tuple[Cell, str, bool]] = []
    for row in sorted(sheet.rows):
        cells = sheet.rows[row]
        label = cells.get(columns.label)
        if label is None or label.kind != "s" or row == columns.heading:
            continue
        key = labels.get(plain_heading(label.text))
        place = Cell(sheet.name, f"{column_letters(columns.label)}{row}")
        column = columns.value_of(cells)
        if key is None:
            has_value = row > columns.heading > 0 and column in cells and bool(bare(cells[column].text))
            strangers.append((place, label.text, has_value))
        elif key in form.cells:
            result.doubled.append((place, spec.field(key).heading, form.cells[key]))
        else:
            form.cells[key] = Cell(sheet.name, f"{column_letters(column)}{row}")
            _keep(form, key, cells.get(column), date1904=date1904)
    open_names = {name: spec.field(key).heading for name, key in labels.items() if key not in form.cells}
    for cell, text, has_value in strangers[:_MANY]:
        meant = near_miss(text, open_names)
        if meant is not None:
            result.misspelt.append((cell, text, meant))
        elif has_value:
            result.unknown.append((cell, text))
    told = {meant for _, _, meant in result.misspelt}
    result.missing = [
        f.heading for f in spec.fields if f.required and f.key not in form.cells and f.heading not in told
    ]
    return result


def _keep(form: Form, key: str, cell: RawCell | None, *, date1904: bool) -> None:
    declared = form.spec.field(key)
    words = Words(declared) if declared.closed else None
    converted = settled(convert(cell, declared.kind, date1904=date1904), words)
    form.values[key] = converted.value
    if converted.unit:
        form.units[key] = converted.unit
    if converted.note is not None:
        form.notes[key] = converted.note


def _columns(sheet: RawSheet, labels: dict[str, str]) -> _Columns:
    """The column that holds most labels, and the one that holds their values.

    The heading "Nilai" says where the values are; without it they stand right of the labels.
    """
    hits: dict[int, int] = {}
    for row in sorted(sheet.rows):
        texts = {plain_heading(cell.text): column for column, cell in sheet.rows[row].items() if cell.kind == "s"}
        if "isian" in texts and "nilai" in texts:
            return _Columns(texts["isian"], texts["nilai"], row)
        for text, column in texts.items():
            if text in labels:
                hits[column] = hits.get(column, 0) + 1
    label = max(hits, key=lambda column: (hits[column], -column), default=1)
    return _Columns(label, label + 1)
