"""Last year's workbook as the beginning of the next, and the same year's anew: what comes along, and what must not."""

from __future__ import annotations

import random
import re
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from lakip_xlsx.carry.forward import NotCarriedError, carry
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import NumberCell, TableData, TextCell, WorkbookData
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.workbook.book import Book, Oddity, Table
from lakip_xlsx.workbook.next_year import CARRIED
from lakip_xlsx.workbook.sheets import SHEETS
from samples.markdown import parse_markdown, read_markdown
from tests.test_cli import lakip

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = ("dinas-contoh-2025", "dinas-contoh-2025-permenpan", "kesbangpol-tebo-2019")

EMPTY = {
    "instansi": {
        "tahun",
        "tanggal",
        "tanggal_perjanjian",
        "catatan_pengecualian",
        "tanggal_reviu",
    },  # the year is the new one, and nothing was signed yet
    "renstra": {"predikat"},
    "pegawai": {"akhir", "laki", "perempuan", "keterangan"},
    "program": {"anggaran", "realisasi", "serapan", "tw1", "tw2", "tw3", "tw4"}
    | {"target", "realisasi_keluaran", "capaian"},
    "indikator": {"target", "realisasi", "capaian", "predikat", "standar", "pembanding", "pembilang", "penyebut"}
    | {"analisis", "hambatan", "solusi", "keterangan"},
    "perjanjian": {"kode", "indikator", "target", "target_perubahan"},  # a new one is signed
    "anggaran": {"anggaran", "realisasi", "serapan"},
    "anggaran_sasaran": {"sasaran", "anggaran", "realisasi", "serapan"},
    "rencana_aksi": {"kode", "triwulan", "target", "realisasi", "kegiatan", "keterangan"},
    "belanja": {"anggaran", "realisasi", "serapan"},
    "sarana": {"tersedia", "kebutuhan", "kondisi", "keterangan"},
    "tindak_lanjut": {"rekomendasi", "tindak_lanjut", "status", "keterangan"},
    "penghargaan": {"nama", "pemberi", "tingkat", "tahun", "keterangan"},  # what was won last year was told last year
    "gambar": {"bagian", "berkas", "judul", "keterangan"},  # last year's pictures
    "pengecualian": {"kode", "lembar", "sel", "alasan"},  # every finding is looked at anew
}


@pytest.mark.parametrize("spec", SHEETS, ids=lambda spec: spec.key)
def test_of_every_column_it_is_known_whether_it_comes_along(spec) -> None:
    carried = set(CARRIED.get(spec.key, {}))
    assert carried | EMPTY.get(spec.key, set()) == {field.key for field in spec.fields if field.read}
    assert not carried & EMPTY.get(spec.key, set())


def written(data: WorkbookData, path: Path) -> Book:
    write_workbook(path, data, layout=LAYOUTS[0])
    return read_workbook(path)


def moved(book: Book, path: Path, year: int | None = None) -> Book:
    carried = carry(book, year)
    write_workbook(path, carried.data, layout=carried.layout)
    return read_workbook(path)


def sample(name: str) -> Book:
    return read_workbook(SAMPLES / f"{name}.xlsx")


@pytest.mark.parametrize("name", NAMES)
def test_the_next_year_begins_with_the_law_of_the_carried_columns(name: str, tmp_path: Path) -> None:
    """Every value of every sheet: the one that the law names, or nothing."""
    old = sample(name)
    new = moved(old, tmp_path / "baru.xlsx")
    year = old.form.year("tahun") + 1
    assert new.form.year("tahun") == year
    for key in CARRIED["instansi"]:
        ended = key in {"awal_renstra", "akhir_renstra"} and year > old.form.year("akhir_renstra")
        assert new.form.values.get(key) == (None if ended else old.form.values.get(key))
    for spec in SHEETS:
        if spec.form or spec.key == "skala":
            continue
        table, before = new.table(spec.key), old.table(spec.key)
        law = CARRIED.get(spec.key, {})
        rows = before.rows if law and before else []
        assert len(table) == len(rows) or (not rows and spec.key not in CARRIED)
        for row, origin in zip(table.rows, rows, strict=False):
            for field in spec.fields:
                if field.key in {"teks", "target"} or field.computed or not field.read:
                    continue  # proposals and the end target have tests of their own
                source = law.get(field.key, "")
                expected = before.text(origin, field.key if source == "=" else source) if source else ""
                assert table.text(row, field.key) == expected, (spec.key, origin, field.key)


def test_texts_that_speak_of_a_year_or_a_figure_are_proposals_that_nobody_reads(tmp_path: Path) -> None:
    old = written(
        parse_markdown(
            """
## Instansi
| Isian | Nilai |
| --- | --- |
| Tahun Laporan | 2025 |
## Narasi
| Bagian | Teks |
| --- | --- |
| Kata Pengantar | Laporan tahun 2025 disusun sesuai ketentuan. |
| Gambaran Umum | Dinas dipimpin oleh seorang kepala. |
| Tugas dan Fungsi | 1. merumuskan kebijakan;<br>2. melaksanakan kebijakan. |
| Permasalahan | Pegawai berjumlah dua belas orang. |
| Penutup | Serapan mencapai 97,2%. |
"""
        ),
        tmp_path / "2025.xlsx",
    )
    new = moved(old, tmp_path / "2026.xlsx").table("narasi")
    texts = [new.text(row, "teks") for row in new.rows]
    assert texts == ["", old.table("narasi").text(7, "teks"), old.table("narasi").text(8, "teks"), "", ""]
    sheet = openpyxl.load_workbook(tmp_path / "2026.xlsx")["Narasi"]
    heading = next(cell for cell in sheet[5] if cell.value == "Usulan dari Tahun Lalu")
    first, *others = (sheet.cell(row, heading.column) for row in range(6, 11))
    assert first.value == "Laporan tahun 2025 disusun sesuai ketentuan."
    assert first.fill.fgColor.rgb == "FFFFF2CC"
    assert [cell.value is not None for cell in others] == [False, False, True, True]


def test_each_figure_names_the_cell_that_it_came_from(tmp_path: Path) -> None:
    old = sample(NAMES[0])
    moved(old, tmp_path / "2026.xlsx")
    book = openpyxl.load_workbook(tmp_path / "2026.xlsx")
    table, found = old.table("indikator"), 0
    for cells in book["Indikator"].iter_rows(min_row=6, max_row=5 + len(table)):
        for cell in cells:
            note = re.fullmatch(
                r"(Realisasi|Realisasi n-[12]) pada (\S+), Indikator!([A-Z]+)([0-9]+)\.",
                (cell.comment or openpyxl.comments.Comment("", "")).text,
            )
            if note:
                found += 1
                key = next(key for key, letters in table.letters.items() if letters == note[3])
                assert table.spec.field(key).heading == note[1]
                shown = (
                    Decimal(str(cell.value)) * (100 if "%" in cell.number_format else 1)
                    if not isinstance(cell.value, str)
                    else cell.value
                )
                assert str(shown) == table.text(int(note[4]), key) or shown == table.number(int(note[4]), key)
    assert found >= 2 * len(table)


def test_the_renstras_last_year_brings_its_target(tmp_path: Path) -> None:
    data = parse_markdown(
        """
## Instansi
| Isian | Nilai |
| --- | --- |
| Tahun Laporan | 2025 |
| Awal Periode Renstra | 2022 |
| Akhir Periode Renstra | 2026 |
## Indikator
| Kode | Indikator Kinerja | Satuan | Target | Realisasi | Target Akhir Renstra | Standar Nasional |
| --- | --- | --- | --- | --- | --- | --- |
| I1 | Indeks kepuasan | poin | 80 | 82,5 | 85 | 78 |
"""
    )
    new = moved(written(data, tmp_path / "2025.xlsx"), tmp_path / "2026.xlsx")
    table = new.table("indikator")
    assert (table.number(6, "target"), table.number(6, "lalu1"), table.value(6, "standar")) == (
        85,
        Decimal("82.5"),
        None,
    )
    notes = {
        cell.column_letter: cell.comment.text
        for cell in openpyxl.load_workbook(tmp_path / "2026.xlsx")["Indikator"][6]
        if cell.comment
    }
    assert notes[table.letters["target"]] == "Target akhir Renstra, dari 2025.xlsx, Indikator!F6."
    assert notes[table.letters["standar"]] == "Standar Nasional 2025: 78 (2025.xlsx, Indikator!G6)."


def test_three_years_forward_keep_a_series_of_three_years(tmp_path: Path) -> None:
    """Each year new results are written; after three years n-1 … n-3 are the results of those years."""
    chance = random.Random(5)
    book = sample(NAMES[1])
    kinds = {row: book.table("indikator").units.get((row, "realisasi"), "") for row in book.table("indikator").rows}
    results: list[list[Decimal]] = []
    for year in (2026, 2027, 2028):
        carried = carry(book, year)
        figures = [Decimal(chance.randint(1, 9999)).scaleb(-2) for _ in kinds]
        results.insert(0, figures)
        sheets = [_with_results(each, figures, list(kinds.values())) for each in carried.data.sheets]
        book = written(WorkbookData(tuple(sheets)), tmp_path / f"{year}.xlsx")
    last = moved(book, tmp_path / "2029.xlsx").table("indikator")
    for at, row in enumerate(last.rows):
        assert [last.number(row, key) for key in ("lalu1", "lalu2", "lalu3")] == [year[at] for year in results]


def _with_results(sheet, figures: list[Decimal], units: list[str]):
    if not isinstance(sheet, TableData) or sheet.key != "indikator":
        return sheet
    rows = list(sheet.rows)
    for at, (figure, unit) in enumerate(zip(figures, units, strict=True)):
        cell = NumberCell(figure.scaleb(-2), percent=True) if unit == "%" else NumberCell(figure)
        rows[at] = type(rows[at])({**rows[at].cells, "realisasi": cell})
    return TableData(sheet.key, sheet.name, tuple(rows), sheet.headings)


def content(table: Table) -> list[dict[str, object]]:
    """What the rows say, wherever they stand; a word for a choice is the choice."""
    rows = sorted([*table.rows, *table.totals])
    return [
        {
            key: (value, table.units.get((row, key), ""), _note(table, row, key))
            for key, value in next(table.records([row]))[1].items()
            if table.spec.field(key).read and value not in (None, "")
        }
        | {
            "_": [_note(table, row, key) for key in table.letters if _note(table, row, key)],
            "total": not table.is_data(row),
        }
        for row in rows
    ]


def filled(values: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not None}


def _note(table: Table, row: int, key: str):
    note = table.notes.get((row, key))
    return None if note is None or note.oddity is Oddity.SYNONYM else note


@pytest.mark.parametrize("name", NAMES)
def test_the_same_year_anew_says_the_same(name: str, tmp_path: Path) -> None:
    old = sample(name)
    new = moved(old, tmp_path / "baru.xlsx", old.form.year("tahun"))
    assert filled(new.form.values) == filled(old.form.values)
    for key, table in old.tables.items():
        assert content(new.table(key)) == content(table), key


@pytest.mark.parametrize("seed", range(6))
def test_the_same_year_anew_keeps_every_odd_cell(seed: int, tmp_path: Path) -> None:
    """Texts for numbers, dashes, doubtful numbers, errors, results typed over formulas: as they were."""
    chance = random.Random(seed)
    odd = ("1.351", "98.65", "Rp 1.500.000,-", "-", "n/a", "12 dokumen", "70,00%", "BB", "2,5", "#REF!", "kira-kira 5")
    base = read_markdown(SAMPLES / f"{NAMES[0]}.md")
    sheets = []
    for each in base.sheets:
        if isinstance(each, TableData) and each.key in {"indikator", "program", "anggaran", "pegawai"}:
            rows = [
                type(row)(
                    {
                        key: TextCell(chance.choice(odd))
                        if isinstance(cell, NumberCell) and chance.random() < 0.15
                        else cell
                        for key, cell in row.cells.items()
                    },
                    row.total,
                )
                for row in each.rows
            ]
            sheets.append(TableData(each.key, each.name, tuple(rows), each.headings))
        else:
            sheets.append(each)
    old = written(WorkbookData(tuple(sheets)), tmp_path / "lama.xlsx")
    new = moved(old, tmp_path / "baru.xlsx", old.form.year("tahun"))
    for key, table in old.tables.items():
        assert content(new.table(key)) == content(table), key


def test_a_formula_of_the_offices_own_leaves_its_figure(tmp_path: Path) -> None:
    """A sum that forgot a row is not repaired on the way; check finds it in the new workbook as in the old one."""
    data = parse_markdown(
        """
## Instansi
| Isian | Nilai |
| --- | --- |
| Tahun Laporan | 2025 |
## Anggaran
| Sumber Dana | Anggaran (Rp) | Realisasi (Rp) | Realisasi (%) |
| --- | --- | --- | --- |
| APBD | 400.000 | 390.000 | =C6/B6 -> 0,975 |
| DAK | 100.000 | 100.000 | =C7/B7 -> 0,9 |
| Jumlah | =B6 -> 400.000 | =SUM(C6:C7) -> 490.000 | |
"""
    )
    old = written(data, tmp_path / "lama.xlsx")
    new = moved(old, tmp_path / "baru.xlsx", 2025).table("anggaran")
    (total,) = new.totals
    assert new.number(total, "anggaran") == 400_000
    assert (total, "anggaran") not in new.formulas
    assert (total, "realisasi") in new.formulas
    assert [(new.number(row, "serapan"), (row, "serapan") in new.formulas) for row in new.rows] == [
        (Decimal("97.5"), True),
        (Decimal(90), False),
    ]
    assert "Anggaran!B8" in "".join(carry(old, 2025).left)


def test_columns_of_the_office_come_along_and_what_cannot_is_told(tmp_path: Path) -> None:
    path = tmp_path / "2025.xlsx"
    shutil.copy(SAMPLES / f"{NAMES[0]}.xlsx", path)
    book = openpyxl.load_workbook(path)
    sheet = book["Indikator"]
    column = sheet.max_column + 1
    sheet.cell(5, column, "Catatan Bidang")
    sheet.cell(6, column, "tanya Pak Budi")
    sheet.cell(7, column, 12.5)
    book.create_sheet("Rapat")["A1"] = "notulen"
    book.save(path)
    done = lakip("new", tmp_path / "2026.xlsx", "--from", path)
    assert done.returncode == 0
    assert "Rapat" in done.stdout
    assert "Isi dahulu, lalu jalankan: lakip-xlsx check" in done.stdout
    new = read_workbook(tmp_path / "2026.xlsx").table("indikator")
    assert new.own == {"Catatan Bidang": {6: "tanya Pak Budi", 7: Decimal("12.5")}}


def test_years_that_do_not_follow_are_refused(tmp_path: Path) -> None:
    book = sample(NAMES[0])
    with pytest.raises(NotCarriedError, match="setahun demi setahun"):
        carry(book, 2028)
    done = lakip("new", tmp_path / "x.xlsx", "--from", SAMPLES / f"{NAMES[0]}.xlsx", "--tahun", "2024")
    assert done.returncode == 3
    assert "2026" in done.stderr
    assert not (tmp_path / "x.xlsx").exists()
    assert lakip("new", tmp_path / "x.xlsx", "--from", tmp_path / "tidak-ada.xlsx").returncode == 3
    assert lakip("new", tmp_path / "x.xlsx", "--from", SAMPLES / f"{NAMES[0]}.xlsx", "--nama", "B").returncode == 2


def test_last_years_workbook_beside_this_one_is_compared_with(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / f"{NAMES[0]}.xlsx", tmp_path / "lakip-2025.xlsx")
    assert lakip("new", tmp_path / "lakip-2026.xlsx", "--from", tmp_path / "lakip-2025.xlsx").returncode == 0
    book = openpyxl.load_workbook(tmp_path / "lakip-2026.xlsx")
    sheet = book["Indikator"]
    column = next(cell.column for cell in sheet[5] if cell.value == "Realisasi n-1")
    sheet.cell(6, column, 1.23)
    book.save(tmp_path / "lakip-2026.xlsx")
    done = lakip("check", tmp_path / "lakip-2026.xlsx", "--select", "THN")
    assert done.returncode == 1
    assert "dibandingkan dengan lakip-2025.xlsx" in done.stdout
    assert done.stdout.count("THN-001") == 1
    (tmp_path / "lakip-2025.xlsx").rename(tmp_path / "lama.xlsx")
    assert "THN-001" not in lakip("check", tmp_path / "lakip-2026.xlsx", "--select", "THN").stdout
    named = lakip("check", tmp_path / "lakip-2026.xlsx", "--select", "THN", "--with", tmp_path / "lama.xlsx")
    assert "THN-001" in named.stdout
    (tmp_path / "lakip-2025.xlsx").write_bytes(b"bukan workbook")
    told = lakip("check", tmp_path / "lakip-2026.xlsx", "--select", "THN")
    assert "lakip-2025.xlsx di folder yang sama tidak terbaca" in told.stdout
    wrong = lakip("check", tmp_path / "lama.xlsx", "--with", tmp_path / "lakip-2026.xlsx")
    assert wrong.returncode == 3
    assert "bukan workbook tahun lalu" in wrong.stderr
