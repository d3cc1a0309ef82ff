"""Markdown as workbook data: what a clerk types becomes what Excel makes of it, and broken books stay broken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import (
    BlankCell,
    DateCell,
    ErrorCell,
    FormData,
    FormulaCell,
    NumberCell,
    StandardCell,
    TableData,
    TextCell,
)
from lakip_xlsx.excel.write_plan import HEADING_ROW
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.numbers import show
from lakip_xlsx.workbook.instansi import INSTANSI
from samples.markdown import MarkdownError, parse_markdown, read_markdown


def only(text: str) -> TableData:
    """The one sheet of a Markdown text."""
    (sheet,) = parse_markdown(text).sheets
    assert isinstance(sheet, TableData)
    return sheet


def cell_of(heading: str, typed: str) -> object:
    """What a typed cell becomes under a heading of the sheet Indikator."""
    table = only(f"## Indikator\n| Kode | {heading} |\n|---|---|\n| I1 | {typed} |")
    return next(cell for key, cell in table.rows[0].cells.items() if key != "kode")


@pytest.mark.parametrize(
    ("heading", "typed", "cell"),
    [
        ("Target", "1.351.829.790", NumberCell(Decimal(1351829790))),
        ("Target", "1.351", NumberCell(Decimal(1351))),
        ("Target", "-5", NumberCell(Decimal(-5))),
        ("Target", "98,65", NumberCell(Decimal("98.65"))),
        ("Target", "70%", NumberCell(Decimal("0.7"), percent=True)),
        ("Target", "70,5 %", NumberCell(Decimal("0.705"), percent=True)),
        ("Target", "98.65", TextCell("98.65")),
        ("Target", "2 Lap", TextCell("2 Lap")),
        ("Target", "-", TextCell("-")),
        ("Target", "BB", TextCell("BB")),
        ("Target", "Rp 5.000", TextCell("Rp 5.000")),
        ("Capaian (%)", "98,65", NumberCell(Decimal("0.9865"), percent=True)),
        ("Capaian (%)", "100%", NumberCell(Decimal(1), percent=True)),
        ("Capaian (%)", "#98,65", NumberCell(Decimal("98.65"))),
        ("Satuan", "100", TextCell("100")),
        ("Satuan", "#100", NumberCell(Decimal(100))),
        ("Target", "'1.351", TextCell("1.351")),
        ("Target", "'", TextCell("")),
        ("Target", "", BlankCell()),
        ("Target", "#REF!", ErrorCell("#REF!")),
        ("Target", "=A1+1", FormulaCell("=A1+1")),
        ("Target", "=A1+1 -> 1.500,5", FormulaCell("=A1+1", Decimal("1500.5"))),
        ("Satuan", '="a"&"b" -> ab', FormulaCell('="a"&"b"', "ab")),
        ("Capaian (%)", "=", StandardCell()),
        ("Kolom Asing", "12", TextCell("12")),
        ("Indikator Kinerja", r"a \| b<br>c", TextCell("a | b\nc")),
    ],
)
def test_typed_cells(heading: str, typed: str, cell: object) -> None:
    assert cell_of(heading, typed) == cell


@given(st.decimals(min_value=0, max_value=10**13, places=2, allow_nan=False))
def test_every_amount_in_our_notation_is_read_back(amount: Decimal) -> None:
    assert cell_of("Target", show(amount)) == NumberCell(amount)


def test_form_lines_keep_their_labels_and_the_rest_is_added() -> None:
    text = "## Instansi\n| Isian | Nilai |\n|---|---|\n| nama instansi | Kantor |\n| Warna | biru |\n"
    text += "| Tanggal Penandatanganan | 31 Januari 2020 |\n| NIP | 19671011 |\n"
    (form,) = parse_markdown(text).sheets
    assert isinstance(form, FormData)
    assert [(line.key, line.label, line.value) for line in form.lines] == [
        ("nama", "nama instansi", TextCell("Kantor")),
        ("", "Warna", TextCell("biru")),
        ("tanggal", "Tanggal Penandatanganan", DateCell(date(2020, 1, 31))),
        ("nip", "NIP", TextCell("19671011")),
    ]
    (whole,) = parse_markdown(text + "| ... | |\n").sheets
    assert isinstance(whole, FormData)
    assert len({line.key for line in whole.lines} - {""}) == len(INSTANSI.fields)


def test_a_month_without_a_day_stays_text() -> None:
    (form,) = parse_markdown(
        "## Instansi\n| Isian | Nilai |\n|---|---|\n| Tanggal Penandatanganan | Januari 2020 |"
    ).sheets
    assert isinstance(form, FormData)
    assert form.lines[0].value == TextCell("Januari 2020")


def test_jumlah_rows_are_known_by_their_label() -> None:
    table = only(
        "## Anggaran\n| No | Sumber Dana | Anggaran (Rp) | Realisasi (%) |\n|---|---|---|---|\n"
        "| 1 | APBD | 5 | |\n| | Jumlah | 6 | = |\n| Total | | = | |"
    )
    assert [row.total for row in table.rows] == [False, True, True]
    assert table.rows[1].cells["anggaran"] == NumberCell(Decimal(6))
    assert table.rows[2].cells["anggaran"] == StandardCell()


def test_a_table_without_jumlah_may_have_rows_that_begin_so() -> None:
    table = only("## Indikator\n| Indikator Kinerja | Target |\n|---|---|\n| Jumlah kasus | 5 |")
    assert not table.rows[0].total


def test_dots_stand_for_the_other_columns_with_their_formulas() -> None:
    table = only("## Anggaran\n| Anggaran (Rp) | Realisasi (Rp) | ... |\n|---|---|---|\n| 5 | 4 | |\n| 6 | 3 |")
    assert table.headings == ("Anggaran (Rp)", "Realisasi (Rp)", "No", "Sumber Dana *", "Realisasi (%)", "Periksa")
    assert [sorted(row.cells) for row in table.rows] == [["anggaran", "realisasi"]] * 2


def test_a_row_of_dashes_is_data() -> None:
    table = only("## Anggaran\n| Anggaran (Rp) | Realisasi (Rp) |\n|---|---|\n| - | - |")
    assert [dict(row.cells) for row in table.rows] == [{"anggaran": TextCell("-"), "realisasi": TextCell("-")}]


def test_prose_is_passed_over_and_an_empty_sheet_has_the_standard_headings(tmp_path: Path) -> None:
    data = parse_markdown("# Judul\nKata pengantar.\n\n## Lampiran\nBelum ada lampiran.\n")
    path = tmp_path / "x.xlsx"
    write_workbook(path, data, layout=LAYOUTS[0])
    sheet = openpyxl.load_workbook(path)["Lampiran"]
    assert [cell.value for cell in sheet[HEADING_ROW]] == ["No", "Judul *", "Keterangan"]


def test_broken_books_are_written_as_they_stand(tmp_path: Path) -> None:
    text = (
        "## anggaran \n| Realisasi (Rp) | Anggarn (Rp) | Sumber Dana | Sumber Dana |\n|---|---|---|---|\n"
        "| 4 | 5 | a | b |\n"
        "## Catatan Kami\n| Apa | Saja |\n|---|---|\n| satu | =1+1 -> 2 |\n"
    )
    path = tmp_path / "rusak.xlsx"
    write_workbook(path, parse_markdown(text), layout=LAYOUTS[0])
    book = openpyxl.load_workbook(path, data_only=True)
    assert book.sheetnames == ["Petunjuk", "anggaran", "Catatan Kami"]
    assert [cell.value for cell in book["anggaran"][HEADING_ROW]] == [
        "Realisasi (Rp)",
        "Anggarn (Rp)",
        "Sumber Dana",
        "Sumber Dana",
    ]
    assert [cell.value for cell in book["anggaran"][HEADING_ROW + 1]] == [4, "5", "a", "b"]
    assert [cell.value for cell in book["Catatan Kami"][HEADING_ROW + 1]] == ["satu", 2]


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    text = (
        "## Indikator\n| Kode | Indikator Kinerja | Target | Realisasi | Capaian (%) | ... |\n"
        "|---|---|---|---|---|---|\n| 01.10 | Dua<br>baris | 70% | 2,5 | 98,65 |\n| I2 | x | 2 Lap | n/a | |"
    )
    path = tmp_path / "isi.xlsx"
    write_workbook(path, parse_markdown(text), layout=LAYOUTS[0])
    table = read_workbook(path).tables["indikator"]
    row = dict(table.records())[6]
    assert (row["kode"], row["indikator"]) == ("01.10", "Dua\nbaris")
    assert (row["target"], table.units[6, "target"]) == (Decimal(70), "%")
    assert (row["realisasi"], row["capaian"]) == (Decimal("2.5"), Decimal("98.65"))
    assert (table.value(7, "target"), table.units[7, "target"]) == (Decimal(2), "Lap")
    assert table.value(7, "capaian") is None


def test_an_overlay_replaces_adds_and_removes_sheets() -> None:
    base = parse_markdown("## Renstra\n| Kode |\n|---|\n| S1 |\n## Lampiran\n## Narasi\n")
    changes = parse_markdown("## RENSTRA\n| Kode |\n|---|\n| S2 |\n## Baru\n## lampiran\n(tidak ada)\n")
    result = base.overlaid(changes)
    assert [sheet.name for sheet in result.sheets] == ["RENSTRA", "Narasi", "Baru"]
    renstra = result.sheet("renstra")
    assert isinstance(renstra, TableData)
    assert renstra.rows[0].cells == {"kode": TextCell("S2")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("## Renstra\n| Kode | Induk |\n|---|---|\n| S1 |", r"buku\.md:4: 1 sel, padahal judulnya 2"),
        ("## Renstra\n\n## renstra", r"buku\.md:3: lembar renstra ada dua kali"),
        ("| Kode |\n|---|", r"buku\.md:1: tabel tanpa nama lembar"),
        ("## Renstra\n| Kode |\n|---|\n| = |", r"buku\.md:4: tidak ada rumus baku di kolom ini"),
        (
            "## Instansi\n| Isian | Nilai |\n|---|---|\n| NIP | 1 | 2 |",
            r"buku\.md:4: 3 sel, padahal formulir punya dua",
        ),
    ],
)
def test_mistakes_name_file_and_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "buku.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MarkdownError, match=message):
        read_markdown(path)
