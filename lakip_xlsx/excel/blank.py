"""The blank workbook: empty rows to fill, what can be filled in beforehand, and the Jumlah rows."""

from __future__ import annotations

from decimal import Decimal

from lakip_xlsx.excel.write_data import CellInput, NumberCell, Row, TableData, TextCell, WorkbookData, form_of
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook import skala
from lakip_xlsx.workbook.sheets import SHEETS
from lakip_xlsx.workbook.spec import NUMERIC, SheetSpec

_SPARE = 2  # empty rows in each group of a grouped table, beside those with a label


def blank_data(layout: Layout, *, year: int | None = None, name: str = "") -> WorkbookData:
    """The blank standard workbook of a layout, with what is known already filled in."""
    form: dict[str, CellInput] = {"tata_letak": TextCell(layout.name), "skala": TextCell(skala.LAN_2003)}
    if year is not None:
        form["tahun"] = NumberCell(Decimal(year))
    if name:
        form["nama"] = TextCell(name)
    sheets = (
        form_of(spec, form) if spec.form else TableData(spec.key, spec.name, tuple(_blank_rows(spec)))
        for spec in SHEETS
    )
    return WorkbookData(tuple(sheets))


def _blank_rows(spec: SheetSpec) -> list[Row]:
    presets = [_preset(spec, texts) for texts in spec.presets]
    if spec.total is None:
        return presets + [Row({})] * max(0, spec.rows - len(presets))
    total = Row({spec.total.label: TextCell("Jumlah")}, total=True)
    if not spec.total.by:
        return [*presets, *[Row({})] * max(0, spec.rows - len(presets)), total]
    rows: list[Row] = []
    for group in spec.field(spec.total.by).choices:
        own = [row for row in presets if _in_group(row, spec.total.by, group)]
        rows += [*own, *[Row({})] * _SPARE, total]
    return rows


def _in_group(row: Row, key: str, group: str) -> bool:
    cell = row.cells.get(key)
    return isinstance(cell, TextCell) and fold(cell.text) == fold(group)


def _preset(spec: SheetSpec, texts: tuple[str, ...]) -> Row:
    """A row that is filled in beforehand; its texts stand in the order of the columns."""
    cells: dict[str, CellInput] = {}
    for field, text in zip(spec.fields, texts, strict=False):
        cells[field.key] = NumberCell(Decimal(text)) if field.kind in NUMERIC else TextCell(text)
    return Row(cells)
