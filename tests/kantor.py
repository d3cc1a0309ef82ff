"""Offices for tests: a sample's workbook in the standard form, with other lines, cells and sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import BlankCell, CellInput, FormData, FormLine, Row, TableData, TextCell
from lakip_xlsx.layouts import catalog
from samples import build

PANRB, LAN, PRINTED = "dinas-contoh-2025-permenpan", "dinas-contoh-2025", "kesbangpol-tebo-2019"
Cells = Mapping[tuple[str, int, str], str]


def office(
    path: Path,
    name: str = PANRB,
    *,
    form: Mapping[str, str] | None = None,
    cells: Cells | None = None,
    tables: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
) -> Path:
    """Write a sample's workbook with changes: lines of the form, cells (sheet, number of the row, column), sheets.

    Everything is typed as text, as people do; an empty text is an empty cell.
    """
    data = build.as_standard(build.read(name))
    for key, rows in (tables or {}).items():
        sheet = data.sheet(key)
        assert isinstance(sheet, TableData)
        data = data.overlaid(replace(data, sheets=(replace(sheet, rows=tuple(Row(_typed(row)) for row in rows)),)))
    for (key, number, column), value in (cells or {}).items():
        sheet = data.sheet(key)
        assert isinstance(sheet, TableData)
        changed = list(sheet.rows)
        changed[number] = replace(changed[number], cells={**changed[number].cells, column: _cell(value)})
        data = data.overlaid(replace(data, sheets=(replace(sheet, rows=tuple(changed)),)))
    lines = data.sheet("instansi")
    assert isinstance(lines, FormData)
    held = {line.key: line for line in lines.lines}
    for key, value in (form or {}).items():
        held[key] = FormLine(key, held[key].label if key in held else _label(key), _cell(value))
    data = data.overlaid(replace(data, sheets=(replace(lines, lines=tuple(held.values())),)))
    write_workbook(path, data, layout=catalog.LAYOUTS[1 if name == PANRB else 0])
    return path


def _label(key: str) -> str:
    spec = build.spec_of(build.as_standard(build.read(LAN)).sheet("instansi"))
    assert spec is not None
    return spec.field(key).heading


def _typed(row: Mapping[str, str]) -> dict[str, CellInput]:
    return {key: _cell(value) for key, value in row.items()}


def _cell(value: str) -> CellInput:
    return TextCell(value) if value else BlankCell()
