"""A workbook that lacks a sheet or a column still gives its findings and its document, never a crash."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from lakip_xlsx import pipeline
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import FormData, TableData
from lakip_xlsx.layouts.catalog import LAYOUTS
from samples.markdown import read_markdown

CLEAN = read_markdown(Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.md")
SHEETS = [sheet.name for sheet in CLEAN.sheets]
COLUMNS = [
    (sheet.name, heading) for sheet in CLEAN.sheets if isinstance(sheet, TableData) for heading in sheet.headings
]


def converted(data, tmp_path, layout):
    """The findings of this data after the document was made; a crash fails the test."""
    path = tmp_path / "isi.xlsx"
    buffer = io.BytesIO()
    write_workbook(buffer, data, layout=layout)
    path.write_bytes(buffer.getvalue())
    checked = pipeline.check(path, layout=layout)
    return pipeline.document(checked)


def without_sheet(name):
    return replace(CLEAN, sheets=tuple(sheet for sheet in CLEAN.sheets if sheet.name != name))


def without_column(name, heading):
    def cut(sheet):
        if sheet.name != name:
            return sheet
        return replace(sheet, headings=tuple(other for other in sheet.headings if other != heading))

    return replace(CLEAN, sheets=tuple(cut(sheet) for sheet in CLEAN.sheets))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
@pytest.mark.parametrize("name", SHEETS)
def test_without_a_sheet(tmp_path, name, layout):
    made = converted(without_sheet(name), tmp_path, layout)
    required = {sheet.name for sheet in CLEAN.sheets if sheet.key in layout.sheets}
    codes = {(finding.code, finding.cell.sheet) for finding in made.findings if finding.cell}
    assert (("BRK-001", name) in codes) == (name in required)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
@pytest.mark.parametrize(("name", "heading"), COLUMNS)
def test_without_a_column(tmp_path, name, heading, layout):
    assert converted(without_column(name, heading), tmp_path, layout).data[:2] == b"PK"


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_without_any_row(tmp_path, layout):
    def emptied(sheet):
        return replace(sheet, lines=()) if isinstance(sheet, FormData) else replace(sheet, rows=())

    made = converted(replace(CLEAN, sheets=tuple(map(emptied, CLEAN.sheets))), tmp_path, layout)
    assert {"BRK-014", "BRK-002"} <= {finding.code for finding in made.findings}
