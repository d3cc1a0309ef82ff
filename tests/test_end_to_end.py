"""The whole way: a workbook as people leave it, through the program, to the document as a reader sees it."""

import re
import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from lakip_xlsx import pipeline, tools
from lakip_xlsx.finding import Severity, column_number
from lakip_xlsx.layouts.catalog import find
from tests.libreoffice import SOFFICE, needs_libreoffice

SAMPLES = Path(__file__).parent.parent / "samples"
REAL, CLEAN = SAMPLES / "kesbangpol-tebo-2019.xlsx", SAMPLES / "dinas-contoh-2025.xlsx"


def found(path):
    """The findings of a workbook, without their addresses."""
    return [(f.code, f.cell.sheet, f.message, f.expected, f.actual) for f in pipeline.check(path).findings]


def placed(path):
    return [(f.code, str(f.cell)) for f in pipeline.check(path).findings]


# -- A blank workbook, filled by a script that knows only sheet names and headings ------------------------------

FORM = {
    "Nama Instansi": "Dinas Uji Kabupaten Contoh",
    "Pemerintah Daerah": "Pemerintah Kabupaten Contoh",
    "Awal Periode Renstra": 2025,
    "Akhir Periode Renstra": 2029,
    "Tempat": "Kota Contoh",
    "Tanggal Penandatanganan": "15 Januari 2026",
    "Nama Kepala": "Sri Uji, S.E.",
    "Jabatan Kepala": "Kepala Dinas Uji Kabupaten Contoh",
    "NIP": "197001011995032001",
}
ROWS = {
    "Renstra": [
        {"Jenis": "Visi", "Kode": "V", "Uraian": "Daerah yang maju"},
        {"Jenis": "Misi", "Kode": "M1", "Uraian": "Melayani dengan baik"},
        {"Jenis": "Tujuan", "Kode": "T1", "Induk": "M1", "Uraian": "Pelayanan prima"},
        {"Jenis": "Sasaran", "Kode": "S1", "Induk": "T1", "Uraian": "Meningkatnya mutu pelayanan"},
        {"Jenis": "Kebijakan", "Kode": "K1", "Induk": "S1", "Uraian": "Mempercepat layanan"},
    ],
    "Pegawai": [{"Kelompok": "Pendidikan", "Uraian": "S 1", "Awal Tahun": 5, "Akhir Tahun": 5}],
    "Program": [{"Kode": "1.01", "Jenis": "Program", "Uraian": "Program Pelayanan", "Kode Sasaran": "S1"}],
    "Indikator": [
        {
            "Kode": "I1",
            "Kode Sasaran": "S1",
            "Indikator Kinerja": "Indeks kepuasan masyarakat",
            "Satuan": "indeks",
            "Arah": "Naik",
            "Target": 80,
            "Realisasi": 84,
        }
    ],
    "Anggaran": [{"Sumber Dana": "APBD", "Anggaran (Rp)": 1_000_000_000, "Realisasi (Rp)": 970_000_000}],
    "Anggaran Sasaran": [{"Kode Sasaran": "S1", "Anggaran (Rp)": 1_000_000_000, "Realisasi (Rp)": 970_000_000}],
    "Narasi": [
        {"Bagian": "Tugas Pokok dan Fungsi", "Teks": "Dinas melaksanakan pelayanan <umum> & administrasi."},
        {"Bagian": "Struktur Organisasi", "Teks": "Dinas dipimpin oleh seorang kepala."},
        {"Bagian": "Strategi Pemecahan Masalah", "Teks": "Memperbaiki jadwal layanan."},
    ],
}


def fill_by_headings(path):
    """Type into a workbook as a stranger would: find the heading row, then write below it."""
    workbook = openpyxl.load_workbook(path)
    form = workbook["Instansi"]
    labels = {str(row[0].value or "").rstrip(" *"): row[0].row for row in form.iter_rows()}
    for label, value in FORM.items():
        form.cell(labels[label], 2, value)
    for name, rows in ROWS.items():
        sheet = workbook[name]
        wanted = set(rows[0])
        for row in sheet.iter_rows(max_row=30):
            columns = {str(cell.value).rstrip(" *"): cell.column for cell in row if cell.value}
            if wanted <= set(columns):
                break
        for below, values in enumerate(rows, row[0].row + 1):
            for heading, value in values.items():
                sheet.cell(below, columns[heading], value)
    workbook.save(path)


def test_a_blank_workbook_filled_by_a_script_becomes_a_document_without_errors(tmp_path):
    path = tools.new_workbook(tmp_path / "isi.xlsx", year=2025, layout=find("LAN 239/2003"))
    fill_by_headings(path)
    converted = pipeline.convert(path)
    assert [f for f in converted.findings if f.severity is Severity.ERROR] == []
    document = docx.Document(str(converted.document))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "Dinas melaksanakan pelayanan <umum> & administrasi." in text
    assert {"970.000.000", "97,00", "105,00", "Sangat Baik"} <= cells


# -- Moved columns and inserted rows change nothing but addresses ----------------------------------------------


def rearranged(path, target):
    """Reverse two pairs of columns and push the table down three rows, in the sheet with the most findings."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Anggaran Sasaran"]
    grid = [[cell.value for cell in row] for row in sheet.iter_rows()]
    formats = {cell.coordinate: cell.number_format for row in sheet.iter_rows() for cell in row}
    order = [2, 3, 0, 1, *range(4, len(grid[0]))]  # the two money columns now stand in front
    new = workbook.create_sheet("baru", workbook.index(sheet))
    for at, row in enumerate(grid, 1):
        for column, old in enumerate(order, 1):
            cell = new.cell(at + 3, column, row[old])
            cell.number_format = formats[f"{get_column_letter(old + 1)}{at}"]
    workbook.remove(sheet)
    new.title = "Anggaran Sasaran"
    workbook.save(target)
    return {get_column_letter(old + 1): get_column_letter(new) for new, old in enumerate(order, 1)}


def test_moved_columns_and_inserted_rows_change_only_the_addresses(tmp_path):
    before, after = tmp_path / "asal.xlsx", tmp_path / "pindah.xlsx"
    openpyxl.load_workbook(REAL).save(before)  # the same writer for both: openpyxl drops cached results
    letters = rearranged(before, after)

    def moved(match):
        return f"Anggaran Sasaran!{letters[match[1]]}{int(match[2]) + 3}"

    expected = [(code, re.sub(r"^Anggaran Sasaran!([A-Z]+)(\d+)$", moved, cell)) for code, cell in placed(before)]
    assert sorted(placed(after)) == sorted(expected)
    assert sorted(found(after)) == sorted(found(before))
    assert any(cell.startswith("Anggaran Sasaran!") for _, cell in expected)


# -- Saved by LibreOffice, read again ---------------------------------------------------------------------------


def soffice(folder, *arguments):
    command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", *arguments]
    subprocess.run(command, check=True, timeout=180, capture_output=True)


@needs_libreoffice
@pytest.mark.parametrize("sample", [REAL, CLEAN], ids=lambda path: path.stem)
def test_a_workbook_saved_by_libreoffice_gives_the_same_findings(tmp_path, sample):
    soffice(tmp_path, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path), str(sample))
    again = tmp_path / sample.name
    assert placed(again) == placed(sample)
    assert found(again) == found(sample)


# -- The printed report -----------------------------------------------------------------------------------------


@needs_libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler (pdftotext) tidak terpasang")
@pytest.mark.parametrize("sample", [REAL, CLEAN], ids=lambda path: path.stem)
def test_every_amount_of_the_workbook_is_in_the_printed_report(tmp_path, sample):
    document = pipeline.convert(sample, tmp_path / "laporan.docx").document
    soffice(tmp_path, "--convert-to", "pdf", "--outdir", str(tmp_path), str(document))
    printed = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "laporan.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    checked = pipeline.check(sample)
    amounts = {
        f"{int(value):,}".replace(",", ".")
        for key in ("anggaran", "anggaran_sasaran")
        for column in ("anggaran", "realisasi")
        for value in checked.book.tables[key].numbers(column).values()
    }
    assert amounts
    assert {amount for amount in amounts if amount not in printed} == set()
    assert ("DRAF" in printed) == checked.has_errors


def test_column_numbers_are_the_inverse_of_letters():
    assert [column_number(get_column_letter(n)) for n in (1, 26, 27, 16384)] == [1, 26, 27, 16384]
