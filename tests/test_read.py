"""Reading workbooks as people leave them: by heading, exactly, with every oddity told and nothing guessed."""

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.read import demand_sheets, read_workbook
from lakip_xlsx.excel.relative import relative_form
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.workbook.book import Oddity

ANGGARAN = ["No", "Sumber Dana", "Anggaran (Rp)", "Realisasi (Rp)", "Realisasi (%)"]


@pytest.fixture
def book_of(tmp_path):
    """Make a workbook from {sheet: rows} with openpyxl, which knows nothing of us, and read it."""

    def make(sheets, *, edit=None):
        path = tmp_path / "isi.xlsx"
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name)
            for row in rows:
                sheet.append(row)
        if edit:
            edit(workbook)
        workbook.save(path)
        return read_workbook(path)

    return make


def test_values_keep_their_cell_and_stay_exact(book_of):
    table = book_of({"Anggaran": [ANGGARAN, [1, "APBD", 1351829790, 1333620587, 98.65]]}).tables["anggaran"]
    assert table.value(2, "anggaran") == Decimal("1351829790")
    assert table.value(2, "serapan") == Decimal("98.65")
    assert str(table.cell(2, "realisasi")) == "Anggaran!D2"


def test_rows_above_moved_columns_and_blank_rows_change_only_the_addresses(book_of):
    rows = [["JUDUL"], [], ["Pemeriksaan"], ["Realisasi (Rp)", "catatan", "Anggaran\n(Rp) *", None, "SUMBER  DANA"]]
    rows += [[10, "x", 20, None, "APBD"], [], [1, None, 2, None, "DAK"]]
    table = book_of({"anggaran ": rows}).tables["anggaran"]
    assert dict(table.column("anggaran")) == {5: Decimal(20), 7: Decimal(2)}
    assert dict(table.column("sumber_dana")) == {5: "APBD", 7: "DAK"}
    assert str(table.cell(7, "realisasi")) == "anggaran !A7"


@pytest.mark.parametrize(
    ("typed", "value", "oddity"),
    [
        ("1.351.829.790", Decimal(1351829790), Oddity.TEXT_NUMBER),
        ("Rp 1.351.829.790,-", Decimal(1351829790), Oddity.TEXT_NUMBER),
        ("-", None, Oddity.DASH),
        ("1.351", None, Oddity.AMBIGUOUS),
        ("lima juta", None, Oddity.NOT_NUMBER),
        ("#REF!", None, Oddity.ERROR),
        ("=1+1", None, Oddity.UNCALCULATED),
        (None, None, None),
        (12.5, Decimal("12.5"), None),
    ],
)
def test_a_money_cell_is_a_number_or_its_oddity_is_told(book_of, typed, value, oddity):
    table = book_of({"Anggaran": [ANGGARAN, [1, "APBD", typed, 5]]}).tables["anggaran"]
    assert (table.value(2, "anggaran"), table.note(2, "anggaran")) == (value, oddity)


def test_percent_format_percent_text_and_percent_points_are_the_same(book_of):
    def percent_format(workbook):
        workbook["Anggaran"]["E2"].number_format = "0.00%"

    rows = [ANGGARAN, [1, "A", 1, 1, 0.9865], [2, "B", 1, 1, "98,65 %"], [3, "C", 1, 1, 98.65]]
    table = book_of({"Anggaran": rows}, edit=percent_format).tables["anggaran"]
    assert set(table.frame["serapan"].tolist()) == {Decimal("98.65")}


def test_targets_keep_their_unit_and_text_stays_text(book_of):
    heading = ["Kode", "Indikator Kinerja", "Satuan", "Target", "Realisasi"]
    rows = [heading, ["1", "A", "Lap", "2 Lap", "1:32"], ["2", "B", "%", "70%", "n/a"], ["3", "C", "", "BB", 3]]
    table = book_of({"Indikator": rows}).tables["indikator"]
    assert table.frame["target"].tolist() == [Decimal(2), Decimal(70), "BB"]
    assert table.units[2, "target"] == "Lap"
    assert table.value(2, "realisasi") == "1:32"
    assert table.note(3, "realisasi") is Oddity.DASH


def test_codes_stay_text_and_a_nip_stored_as_number_is_known_to_be_corrupt(book_of):
    form = [["Isian", "Nilai"], ["Nama Instansi", "X"], ["NIP", 196710111988102001], ["Tahun Laporan", "TA 2019"]]
    form += [["Tanggal Penandatanganan", dt.date(2020, 1, 31)]]
    program = [["Kode", "Jenis", "Uraian"], ["01.10", "Program", "P"], ["8.01.06.2.01.0006", "Kegiatan", "K"]]
    book = book_of({"Instansi": form, "Program": program})
    assert book.tables["program"].frame["kode"].tolist() == ["01.10", "8.01.06.2.01.0006"]
    assert book.form.notes["nip"].oddity is Oddity.LOST_DIGITS
    assert (book.form.year("tahun"), book.form.values["tanggal"]) == (2019, dt.date(2020, 1, 31))


def test_the_printed_total_is_no_data_row_and_a_note_under_it_is_told(book_of):
    rows = [ANGGARAN, [1, "APBD", 5, 4], [None, "Jumlah", 5, 4], [None, "Muara Tebo, Januari 2020"]]
    book = book_of({"Anggaran": rows})
    table = book.tables["anggaran"]
    assert (table.rows, table.totals) == ([2], [3])
    assert [(f.code, str(f.cell)) for f in book.findings] == [("BRK-008", "Anggaran!B4")]


def test_an_indicator_that_begins_with_jumlah_is_an_indicator(book_of):
    heading = ["Kode", "Indikator Kinerja", "Satuan", "Target", "Realisasi"]
    rows = [heading, [None, "Jumlah konflik", "kasus", 3, 2], [None, "Jumlah", None, 3, 2]]
    table = book_of({"Indikator": rows}).tables["indikator"]
    assert (table.rows, table.totals) == ([2], [3])


def test_staff_totals_stand_between_the_groups(book_of):
    heading = ["Kelompok", "Uraian", "Awal Tahun", "Akhir Tahun"]
    rows = [
        heading,
        ["Pendidikan", "S 1", 3, 4],
        ["Pendidikan", "Jumlah", 3, 4],
        ["Golongan", "III", 3, 4],
        [None, "Jumlah", 3, 4],
    ]
    table = book_of({"Pegawai": rows}).tables["pegawai"]
    assert (table.rows, table.totals) == ([2, 4], [3, 5])


def test_a_merged_group_name_holds_for_the_rows_below_it(book_of):
    def merge(workbook):
        workbook["Pegawai"].merge_cells("A2:A3")

    rows = [["Kelompok", "Uraian", "Awal Tahun", "Akhir Tahun"], ["Pendidikan", "S 1", 3, 4], [None, "SLTA", 5, 5]]
    table = book_of({"Pegawai": rows}, edit=merge).tables["pegawai"]
    assert table.frame["kelompok"].tolist() == ["Pendidikan", "Pendidikan"]


def test_misspelt_names_are_asked_back_and_the_rest_is_still_read(book_of):
    sheets = {
        "Anggaran": [["Sumber Dana", "Angaran (Rp)", "Realisasi (Rp)", "Catatan saya"], ["APBD", 5, 4, "x"]],
        "Progam": [["Kode", "Jenis"]],
    }
    book = book_of(sheets)
    said = [(f.code, str(f.cell), f.expected) for f in book.findings]
    assert ("BRK-003", "Anggaran!B1", "Anggaran (Rp)") in said
    assert ("BRK-006", "Progam", "Program") in said
    assert ("BRK-005", "Anggaran!D1", "") in said
    assert book.tables["anggaran"].value(2, "realisasi") == Decimal(4)
    assert "anggaran" not in book.tables["anggaran"]


def test_a_missing_column_a_doubled_one_and_content_without_heading_are_told(book_of):
    rows = [["Sumber Dana", "Anggaran (Rp)", "Anggaran (Rp)"], ["APBD", 5, 6, "hilang?"]]
    said = {(f.code, str(f.cell)) for f in book_of({"Anggaran": rows}).findings}
    assert {("BRK-002", "Anggaran!A1"), ("BRK-004", "Anggaran!C1"), ("BRK-007", "Anggaran!D2")} <= said


def test_missing_sheets_are_demanded_by_the_layout_only(book_of):
    book = book_of({"Anggaran": [ANGGARAN, [1, "APBD", 5, 4]]})
    missing = {str(finding.cell) for finding in demand_sheets(book, LAYOUTS[0])}
    assert "Renstra" in missing
    assert missing.isdisjoint({"Anggaran", "Perjanjian Kinerja", "Lampiran"})


def test_hidden_rows_and_sheets_are_read_and_told(book_of):
    def hide(workbook):
        workbook["Anggaran"].row_dimensions[2].hidden = True
        workbook["Lampiran"].sheet_state = "hidden"

    sheets = {"Anggaran": [ANGGARAN, [1, "APBD", 5, 4]], "Lampiran": [["No", "Judul"], [1, "A"]]}
    book = book_of(sheets, edit=hide)
    assert [(f.code, str(f.cell)) for f in book.findings] == [("BRK-009", "Anggaran!A2"), ("BRK-009", "Lampiran")]
    assert len(book.tables["anggaran"]) == len(book.tables["lampiran"]) == 1


def test_copies_of_a_formula_have_one_relative_form():
    assert relative_form("=D6/C6", 6, 5) == relative_form("D7/C7", 7, 5) == "R[0]C[-1]/R[0]C[-2]"
    assert relative_form("SUM(C$5:C9)", 10, 3) == "SUM(R5C[0]:R[-1]C[0])"
    assert relative_form('IF(A1="B2",LOG10(2),0)', 1, 2) == 'IF(R[0]C[-1]="B2",LOG10(2),0)'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "kosong"),
        (b"No;Sumber Dana;Anggaran\n1;APBD;5\n", "CSV"),
        (b"<html><table></table></html>", "HTML"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "format Excel lama"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        (b"PK\x03\x04rusak", "rusak"),
    ],
)
def test_what_is_no_workbook_is_named(tmp_path, content, says):
    path = tmp_path / "isi.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=says):
        read_workbook(path)


def test_a_folder_a_missing_file_and_a_word_document_are_named(tmp_path):
    with pytest.raises(UnreadableError, match="folder"):
        read_workbook(tmp_path)
    with pytest.raises(UnreadableError, match="tidak ditemukan"):
        read_workbook(tmp_path / "tiada.xlsx")
    word = tmp_path / "surat.xlsx"
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(UnreadableError, match="dokumen Word"):
        read_workbook(word)


def test_a_doctype_is_refused(tmp_path):
    path = tmp_path / "isi.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active.title = "Anggaran"
    workbook.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    head, _, body = parts["xl/workbook.xml"].partition(b"<workbook")
    parts["xl/workbook.xml"] = head + b'<!DOCTYPE x [<!ENTITY e "Anggaran">]><workbook' + body
    _pack(path, parts)
    with pytest.raises(UnreadableError, match="DOCTYPE"):
        read_workbook(path)


def test_a_workbook_without_any_of_our_sheets_is_refused(book_of):
    with pytest.raises(UnreadableError, match="lembar standar"):
        book_of({"Data": [["a", "b"]]})


def _pack(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
