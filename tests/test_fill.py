"""Filling a workbook that an office has: what is written, what the formulas give, and that nothing else changes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from lakip_xlsx import pipeline
from lakip_xlsx.excel.cells import read_listing
from lakip_xlsx.excel.edit.fill import PROPOSAL, Filling, copy_path, fill, write_filled
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Cell
from lakip_xlsx.guard.package import open_package
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.workbook.book import Book
from samples import build
from samples.markdown import parse_markdown

CLEAN = "dinas-contoh-2025-permenpan"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bersih") / "lakip.xlsx"
    write_workbook(path, build.as_standard(build.read(CLEAN)), layout=LAYOUTS[1])
    return path


def stored(path: Path) -> dict[str, tuple[str, str]]:
    """Every stored value of a workbook, results of formulas among them."""
    with open_package(path) as package:
        raw = read_listing(package)
        return {
            f"{entry.name}!{row}:{column}": (cell.kind, cell.text.rstrip("0") if cell.kind == "n" else cell.text)
            for entry in raw.entries
            for row, cells in raw.sheet(entry).rows.items()
            for column, cell in cells.items()
        }


def inputs(book: Book) -> list[Filling]:
    """Every typed value of a workbook, as something to fill in."""
    found = []
    for table in book.tables.values():
        for field in table.spec.fields:
            if field.computed or not field.read:
                continue
            for row, value in table.column(field.key):
                if value is not None:
                    is_percent = table.units.get((row, field.key)) == "%"
                    found.append(Filling(table.cell(row, field.key), value, "contoh", percent=is_percent))
    return found


def test_formulas_give_what_they_would_have_given_from_the_start(clean: Path, tmp_path: Path) -> None:
    """All typed values are taken out of a clean workbook and filled in again: every result is the same as before."""
    before, book = stored(clean), read_workbook(clean)
    values = inputs(book)
    empty, again = tmp_path / "kosong.xlsx", tmp_path / "lagi.xlsx"
    emptied = fill(clean, [Filling(each.cell, None) for each in values])
    empty.write_bytes(emptied.data)
    assert pipeline.check(empty).has_errors
    filled = fill(empty, values)
    again.write_bytes(filled.data)
    assert len(values) > 500
    assert (emptied.refused, filled.refused, filled.waiting) == ((), (), 0)
    assert stored(again) == before
    assert pipeline.check(again).findings == pipeline.check(clean).findings


def test_what_is_written_and_where_it_came_from(clean: Path, tmp_path: Path) -> None:
    path = tmp_path / "lakip.xlsx"
    path.write_bytes(clean.read_bytes())
    table = read_workbook(path).tables["indikator"]
    row = table.rows[0]
    fillings = [
        Filling(table.cell(row, "keterangan"), "=1+1 _x0041_\x07", "dari catatan"),
        Filling(table.cell(row, "target_akhir"), Decimal("70.5"), "dari Renstra.docx", percent=True),
        Filling(table.cell(row, "lalu1"), Decimal("61.25"), proposal=True),
        Filling(Cell("Instansi", "B14"), dt.date(2026, 1, 31)),
        Filling(table.cell(row, "capaian"), Decimal(1), "tidak boleh"),
        Filling(Cell("Tidak Ada", "A1"), "x"),
    ]
    written = write_filled(path, fillings)
    assert [str(cell) for cell in written.filled.refused] == [str(table.cell(row, "capaian")), "Tidak Ada!A1"]
    assert written.copy.name == "lakip.cadangan.xlsx"
    assert written.copy.read_bytes() == clean.read_bytes()
    assert copy_path(path).name == "lakip.cadangan-2.xlsx"
    now = read_workbook(path).tables["indikator"]
    assert now.text(row, "keterangan") == "=1+1 _x0041_"
    assert (now.number(row, "target_akhir"), now.units[row, "target_akhir"]) == (Decimal("70.5"), "%")
    sheet = openpyxl.load_workbook(path)["Indikator"]
    cell = sheet[table.cell(row, "lalu1").ref]
    assert (cell.value, cell.fill.fgColor.rgb) == (61.25, PROPOSAL)
    assert sheet[table.cell(row, "target_akhir").ref].comment.text == "dari Renstra.docx"
    assert OpenXmlValidator().validate(path).is_valid


def test_the_same_filling_gives_the_same_bytes_and_keeps_what_is_there(clean: Path) -> None:
    row = read_workbook(clean).tables["program"].rows[0]
    fillings = [Filling(Cell("Program", f"F{row}"), "APBD", "dari DPA")]
    filled = fill(clean, fillings)
    assert fill(clean, fillings).data == filled.data
    assert filled.lost == ()
    old, new = (openpyxl.load_workbook(each) for each in (clean, io.BytesIO(filled.data)))
    for sheet in old.worksheets:
        other = new[sheet.title]
        assert other.data_validations.count == sheet.data_validations.count
        assert len(other.conditional_formatting) == len(sheet.conditional_formatting)
        assert {at: c.number_format for at, c in sheet._cells.items()}.items() <= {
            at: c.number_format for at, c in other._cells.items()
        }.items()
    assert b'fullCalcOnLoad="1"' in zipfile.ZipFile(io.BytesIO(filled.data)).read("xl/workbook.xml")


def test_a_formula_of_the_office_that_may_count_with_it_loses_its_result(tmp_path: Path) -> None:
    """A number that no longer follows from the cells is never read as a figure."""
    data = parse_markdown(
        """
        ## Anggaran
        | Sumber Dana * | Anggaran (Rp) * | Realisasi (Rp) * |
        | --- | --- | --- |
        | APBD | 100 | 90 |
        | Hibah | =B6*2 -> 200 | 20 |

        ## Catatan
        | Apa | Berapa |
        | --- | --- |
        | dua | =1+1 -> 2 |
        | jumlah | =SUM(Anggaran!B6:B7) -> 300 |
        | lagi | =B7+1 -> 301 |
        """.replace("        ", ""),
    )
    path, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_workbook(path, data, layout=LAYOUTS[0])
    filled = fill(path, [Filling(Cell("Anggaran", "B6"), Decimal(150))])
    target.write_bytes(filled.data)
    assert filled.waiting == 3
    book = openpyxl.load_workbook(target, data_only=True)
    assert (book["Anggaran"]["B6"].value, book["Anggaran"]["B7"].value) == (150, None)
    assert [book["Catatan"][f"B{row}"].value for row in (6, 7, 8)] == [2, None, None]
