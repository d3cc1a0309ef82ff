"""Reading a form sheet: one label and one value in each row."""

from __future__ import annotations

from dataclasses import dataclass, field

from lakip_xlsx.excel.cells import RawCell, RawSheet
from lakip_xlsx.excel.headings import near_miss, plain_heading
from lakip_xlsx.excel.values import convert
from lakip_xlsx.finding import Cell, column_letters
from lakip_xlsx.workbook.book import Form
from lakip_xlsx.workbook.spec import SheetSpec


@dataclass(slots=True)
class FormRead:
    """A form as read, the labels it lacks, and labels that look misspelt (cell, text, meant)."""

    form: Form
    misspelt: list[tuple[Cell, str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def read_form(sheet: RawSheet, spec: SheetSpec, *, date1904: bool) -> FormRead:
    """Read the values that stand to the right of their labels, wherever the rows are."""
    labels = {plain_heading(name): f.key for f in spec.fields for name in (f.heading, *f.aliases)}
    label_column, value_column = _columns(sheet, labels)
    form = Form(spec, sheet.name, {}, {})
    result = FormRead(form)
    strangers: list[tuple[Cell, str]] = []
    for row in sorted(sheet.rows):
        label = sheet.rows[row].get(label_column)
        if label is None or label.kind != "s":
            continue
        key = labels.get(plain_heading(label.text))
        if key is None:
            strangers.append((Cell(sheet.name, f"{column_letters(label_column)}{row}"), label.text))
        elif key not in form.cells:
            form.cells[key] = Cell(sheet.name, f"{column_letters(value_column)}{row}")
            _keep(form, key, sheet.rows[row].get(value_column), date1904=date1904)
    open_names = {name: spec.field(key).heading for name, key in labels.items() if key not in form.cells}
    for cell, text in strangers:
        meant = near_miss(text, open_names)
        if meant is not None:
            result.misspelt.append((cell, text, meant))
    told = {meant for _, _, meant in result.misspelt}
    result.missing = [
        f.heading for f in spec.fields if f.required and f.key not in form.cells and f.heading not in told
    ]
    return result


def _keep(form: Form, key: str, cell: RawCell | None, *, date1904: bool) -> None:
    converted = convert(cell, form.spec.field(key).kind, date1904=date1904)
    form.values[key] = converted.value
    if converted.note is not None:
        form.notes[key] = converted.note


def _columns(sheet: RawSheet, labels: dict[str, str]) -> tuple[int, int]:
    """The column that holds most labels, and the one that holds their values.

    The heading "Nilai" says where the values are; without it they stand right of the labels.
    """
    hits: dict[int, int] = {}
    for cells in sheet.rows.values():
        for column, cell in cells.items():
            if cell.kind == "s" and plain_heading(cell.text) in labels:
                hits[column] = hits.get(column, 0) + 1
    label_column = max(hits, key=lambda column: (hits[column], -column), default=1)
    for row in sorted(sheet.rows):
        texts = {plain_heading(cell.text): column for column, cell in sheet.rows[row].items() if cell.kind == "s"}
        if "isian" in texts and "nilai" in texts:
            return texts["isian"], texts["nilai"]
    return label_column, label_column + 1
