"""The workbook that offices fill: complete, honest in Excel and LibreOffice alike, and kind to its users."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from lakip_xlsx.errors import OutputError
from lakip_xlsx.excel import guide
from lakip_xlsx.excel.blank import blank_data
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import VERSION_PROPERTY, write_workbook
from lakip_xlsx.excel.write_data import DateCell, ErrorCell, FormulaCell, NumberCell, Row, TextCell, WorkbookData
from lakip_xlsx.excel.write_plan import HEADING_ROW
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.workbook.sheets import BY_KEY, GUIDE, SHEETS, VERSION
from lakip_xlsx.workbook.spec import Kind
from samples.markdown import parse_markdown
from tests.libreoffice import LibreOffice, delete, insert, needs_libreoffice, number, shown, text

LAYOUT = LAYOUTS[0]
SHIPPED = Path(__file__).parent.parent / "workbook_templates" / "lakip-standar.xlsx"
TABLES = [spec for spec in SHEETS if not spec.form]

FORM = """
## Instansi
| Isian | Nilai |
|---|---|
| Skala Predikat | Skala LAKIP (4 kelas) |
| Batas Capaian | {batas} |
| ... | |

## Skala
| Skala | Batas Bawah (%) | Predikat | Termasuk Batas | ... |
|---|---|---|---|---|
| Skala LAKIP (4 kelas) | 0 | Kurang Baik | Ya |
| Skala LAKIP (4 kelas) | 70 | Sedang | |
| Skala LAKIP (4 kelas) | 85 | Baik | Ya |
| Skala LAKIP (4 kelas) | 100 | Sangat Baik | Ya |
| Skala Kantor | 90 | Tinggi | Tidak |
| Skala Kantor | 0 | Rendah | |

## Renstra
| Jenis | Kode | Induk | Uraian | ... |
|---|---|---|---|---|
| Sasaran | S1 | | Terciptanya kerukunan |
| Sasaran | #2 | | Meningkatnya "mutu" & layanan |
"""


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kosong") / "kosong.xlsx"
    write_workbook(path, layout=LAYOUT)
    return path


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    return LibreOffice(tmp_path_factory.mktemp("libreoffice"))


def written(tmp_path: Path, markdown: str) -> Path:
    path = tmp_path / "isi.xlsx"
    write_workbook(path, parse_markdown(markdown), layout=LAYOUT)
    return path


def parts(source: Path | bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(source) if isinstance(source, bytes) else source) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def column(path: Path, sheet: str, heading: str) -> list[object]:
    """What a column shows, from the first row under its heading; a trailing star does not matter."""
    table = openpyxl.load_workbook(path, data_only=True)[sheet]
    letters = {str(cell.value).rstrip(" *"): cell.column for cell in table[HEADING_ROW]}
    return [table.cell(row, letters[heading]).value for row in range(HEADING_ROW + 1, table.max_row + 1)]


# --- the file --------------------------------------------------------------------------------------------


def test_same_call_gives_the_same_bytes() -> None:
    first, second = BytesIO(), BytesIO()
    write_workbook(first, layout=LAYOUT)
    write_workbook(second, layout=LAYOUT)
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_shipped_workbook_is_fresh(blank: Path) -> None:
    shipped, fresh = parts(SHIPPED), parts(blank)
    assert sorted(shipped) == sorted(fresh)
    stale = [name for name in fresh if shipped[name] != fresh[name]]
    assert not stale, f"{SHIPPED.name} sudah usang: hapus, lalu jalankan lakip-xlsx new {SHIPPED.name}"


def test_excel_will_open_it_without_repair(blank: Path) -> None:
    result = OpenXmlValidator().validate(blank)
    assert result.errors == []


def test_version_and_title_are_properties(blank: Path) -> None:
    custom = parts(blank)["docProps/custom.xml"].decode()
    assert re.search(rf'name="{VERSION_PROPERTY}"><vt:lpwstr>{VERSION}</vt:lpwstr>', custom)
    properties = openpyxl.load_workbook(blank).properties
    assert properties.title == "Workbook LAKIP"
    assert properties.created.isoformat() == "2026-01-01T00:00:00"


def test_our_own_reader_finds_it_empty_and_without_fault(blank: Path) -> None:
    book = read_workbook(blank)
    assert book.findings == []
    assert book.unreadable == {}
    assert list(book.tables) == [spec.key for spec in TABLES]
    filled = {key: len(table) for key, table in book.tables.items() if len(table)}
    assert filled == {
        "skala": len(BY_KEY["skala"].presets)
    }  # the labels offered in Pegawai are no data until somebody counts
    assert book.form is not None
    assert {key: value for key, value in book.form.values.items() if value is not None} == {
        "tata_letak": LAYOUT.name,
        "skala": "Skala LAKIP (4 kelas)",
    }


def test_year_and_name_are_filled_in_when_known(tmp_path: Path) -> None:
    path = tmp_path / "baru.xlsx"
    write_workbook(path, blank_data(LAYOUT, year=2025, name="Dinas Contoh"), layout=LAYOUT)
    form = read_workbook(path).form
    assert form is not None
    assert (form.year("tahun"), form.text("nama")) == (2025, "Dinas Contoh")


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="tidak dapat ditulis"):
        write_workbook(tmp_path / "tidak-ada" / "x.xlsx", layout=LAYOUT)


def test_a_text_that_excel_cannot_hold_is_refused_and_never_cut() -> None:
    data = WorkbookData.of({}, {"narasi": [{"teks": TextCell("a" * 32_768)}]})
    with pytest.raises(ValueError, match="lebih dari 32767 huruf"):
        write_workbook(BytesIO(), data, layout=LAYOUT)


# --- the face --------------------------------------------------------------------------------------------


def test_all_declared_sheets_headings_and_notes_are_there(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    assert book.sheetnames == [GUIDE, *(spec.name for spec in SHEETS)]
    for spec in TABLES:
        cells = book[spec.name][HEADING_ROW]
        seen = [(cell.value, cell.comment.text if cell.comment else "") for cell in cells]
        assert seen == [(f.heading + " *" * f.required, f.note) for f in spec.fields if not f.proposal]
    for spec in SHEETS:
        assert book[spec.name]["A1"].value == spec.title
        assert book[spec.name]["A2"].value == spec.purpose


def test_form_has_a_line_and_a_note_for_every_field(blank: Path) -> None:
    spec = next(spec for spec in SHEETS if spec.form)
    sheet = openpyxl.load_workbook(blank)[spec.name]
    rows = [(row[0].value, row[2].value) for row in sheet.iter_rows(min_row=HEADING_ROW + 1)]
    assert rows == [(field.heading + " *" * field.required, field.note) for field in spec.fields]


def test_every_sheet_prints_on_a4_landscape_with_its_headings(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    for spec in TABLES:
        sheet = book[spec.name]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"
        widths = [field.width for field in spec.fields if not field.proposal]
        pages = sheet.page_setup.fitToWidth or 1
        again = (
            openpyxl.utils.column_index_from_string(sheet.print_title_cols.split("$")[-1])
            if sheet.print_title_cols
            else 0
        )
        assert sum(widths) + (pages - 1) * sum(widths[:again]) <= pages * 230  # letters of 6 points at least
        assert (pages == 1) == (again == 0)
        assert sheet.freeze_panes is not None


def test_guide_names_every_sheet_the_version_and_the_command(blank: Path) -> None:
    sheet = openpyxl.load_workbook(blank)[GUIDE]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert {spec.name for spec in SHEETS} <= set(texts)
    assert any(f"versi {VERSION}" in each for each in texts)
    assert any("lakip-xlsx convert" in each for each in texts)
    required = [row[4].value for row in sheet.iter_rows() if row[1].value in {spec.name for spec in SHEETS}]
    expected = ["wajib" if spec.key in LAYOUT.sheets else "boleh kosong" for spec in SHEETS]
    assert required[: len(SHEETS)] == expected


def test_choices_are_dropdowns_and_every_message_fits_excel(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    for spec in TABLES:
        sheet = book[spec.name]
        rules = {
            str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in sheet.data_validations.dataValidation
        }
        for position, field in enumerate(spec.fields, start=1):
            if field.key == "periksa":
                continue
            rule = rules.get(openpyxl.utils.get_column_letter(position))
            if rule is None:
                assert not field.options + "".join(field.choices)
                assert field.kind not in {Kind.MONEY, Kind.COUNT, Kind.PERCENT}
                continue
            assert rule.prompt is None  # the note on the heading says it already
            assert 0 < len(rule.error or "") <= 255
            if field.options:
                assert (rule.type, rule.errorStyle) == ("list", "warning")
                assert rule.formula1 in book.defined_names
            elif field.choices:
                assert rule.type == "list"
                assert rule.formula1 == f'"{",".join(field.choices)}"'


def test_narasi_offers_the_parts_of_the_layout(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    formula = book.defined_names["Daftar_Bagian"].attr_text
    areas = re.findall(rf"'{GUIDE}'!(\$[A-Z]+\$[0-9]+:\$[A-Z]+\$[0-9]+)", formula)
    offered = [[row[0].value for row in book[GUIDE][area.replace("$", "")]] for area in areas]
    assert [layout.name for layout in LAYOUTS[1:]] == re.findall(r'Tata_Letak="([^"]+)"', formula)
    assert offered == [[part.title for part in each.narasi().values()] for each in (*LAYOUTS[1:], LAYOUT)]


def test_narasi_list_follows_the_chosen_layout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = dataclasses.replace(LAYOUT, key="lain", name="Lain 1/2030", parts=LAYOUT.parts[:2])
    monkeypatch.setattr(guide, "LAYOUTS", (LAYOUT, other))
    path = tmp_path / "dua.xlsx"
    write_workbook(path, layout=LAYOUT)
    formula = openpyxl.load_workbook(path).defined_names["Daftar_Bagian"].attr_text
    match = re.fullmatch(r"IF\(Tata_Letak=\"Lain 1/2030\",'Petunjuk'!(\S+),'Petunjuk'!(\S+)\)", formula)
    assert match
    sheet = openpyxl.load_workbook(path)[GUIDE]
    counts = [len(sheet[area.replace("$", "")]) for area in match.groups()]
    assert counts == [len(other.narasi()), len(LAYOUT.narasi())]


def test_every_live_check_paints_its_column(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    checked = 0
    for spec in TABLES:
        summed = spec.total.fields if spec.total else ()
        declared = {
            openpyxl.utils.get_column_letter(position)
            for position, field in enumerate(spec.fields, start=1)
            if field.marks or field.key in summed
        }
        areas = {
            str(rules.sqref)
            for rules in book[spec.name].conditional_formatting
            if any("ISNUMBER(FIND(" in rule.formula[0] for rule in rules.rules)
        }
        assert {re.sub(r"[0-9].*", "", area) for area in areas} == declared
        checked += len(declared)
    assert checked > 10


def test_a_formula_always_has_its_result(blank: Path) -> None:
    sheets = [
        content.decode() for name, content in parts(blank).items() if "worksheets/sheet" in name and b"<f>" in content
    ]
    assert sheets
    for content in sheets:
        for attributes, result in re.findall(r"<c ([^>]*)><f>[^<]*</f>(.*?)</c>", content):
            assert result.startswith("<v>")
            assert result != "<v></v>" or 't="str"' in attributes


def test_no_formula_is_longer_than_excel_allows(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    formulas = [str(book[sheet][cell].value) for sheet, cell in all_formulas(blank)]
    names = [name.attr_text for name in book.defined_names.values()]
    assert max(map(len, [*formulas, *names])) <= 8192


# --- the figures -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("batas", "row", "capaian", "predikat", "periksa"),
    [
        ("", "Naik | 70% | 70% | = | =", 1, "Sangat Baik", None),
        ("", "Turun | 88,82 | 135,15 | = | =", Decimal("0.478383"), "Kurang Baik", None),
        ("", "Turun | 10 | 0 | = | =", 2, "Sangat Baik", None),
        ("120", "Turun | 10 | 0 | = | =", Decimal("1.2"), "Sangat Baik", None),
        ("", "Turun | 10 | 100 | = | =", -8, None, None),
        ("", "Naik | 0 | 0 | = | =", None, None, None),
        ("", "Naik | 10 | n/a | = | =", None, None, None),
        ("", " | 10 | 9 | = | =", None, None, None),
        ("", " | 10 | 10 | = | =", 1, "Sangat Baik", None),
        ("", "Naik | 20 | 17 | = | =", Decimal("0.85"), "Baik", None),
        ("", "Naik | 100.000 | 99.999,9 | = | =", Decimal("0.999999"), "Baik", None),
        ("", "Naik | 3 | 2 | 66,67 | kurang  baik", Decimal("0.6667"), "kurang  baik", None),
        ("", "Naik | 3 | 2 | #66,67 | Kurang Baik", Decimal("66.67"), "Kurang Baik", None),
        ("", "Naik | 3 | 2 | 66,68 | Kurang Baik", Decimal("0.6668"), "Kurang Baik", "Capaian (%): tidak cocok"),
        ("", "Naik | 3 | 2 | = | Baik", Decimal("0.666667"), "Baik", "Predikat: tidak cocok"),
        ("", "Naik | 0 | 2 | 100 | ", 1, None, "Capaian (%): tidak cocok"),
        ("100", "Naik | 10 | 20 | 200 | =", 2, "Sangat Baik", None),
        ("100", "Naik | 10 | 20 | 150 | =", Decimal("1.5"), "Sangat Baik", "Capaian (%): tidak cocok"),
    ],
)
def test_capaian_and_predikat(  # one row, so that every case reads alone
    tmp_path: Path, batas: str, row: str, capaian: object, predikat: object, periksa: object
) -> None:
    path = written(tmp_path, FORM.format(batas=batas) + indikator(row))
    value = column(path, "Indikator", "Capaian (%)")[0]
    assert value is None if capaian is None else float(str(value)) == pytest.approx(float(str(capaian)), abs=5e-7)
    assert column(path, "Indikator", "Predikat") == [predikat]
    assert column(path, "Indikator", "Periksa") == [periksa]


def indikator(*rows: str) -> str:
    lines = [f"| I{n} | S1 | Uraian | orang | {row} | = |" for n, row in enumerate(rows, start=1)]
    headings = "Kode | Kode Sasaran | Indikator Kinerja | Satuan | Arah | Target | Realisasi | Capaian (%) | Predikat"
    return "\n".join(["", "## Indikator", f"| {headings} | Periksa |", "|---" * 10 + "|", *lines, ""])


MONEY = FORM.format(batas="") + (
    """
## Program
| Kode | Jenis | Uraian | Kode Sasaran | Anggaran (Rp) | Realisasi (Rp) | ... |
|---|---|---|---|---|---|---|
| 1.01 | Program | A | S1 | 1.351.829.700 | 1.333.620.587 |
| 1.01.1 | Kegiatan | B | S1, 2 | 1.351.829.700 | 1.333.620.587 |
| 1.02 | Program | C | S9 | 90 | 0 |
| | | Jumlah | | = | = |

## Anggaran
| No | Sumber Dana | Anggaran (Rp) | Realisasi (Rp) | Realisasi (%) | Periksa |
|---|---|---|---|---|---|
| 1 | APBD | 1.351.829.790 | 1.333.620.587 | 98,65 | = |
| 2 | Tugas Pembantuan | - | - | 0 | = |
| 3 | Hibah | 0 | 0 | = | = |
| | Jumlah | 1.351.829.790 | 1.333.620.500 | 98,75 | = |

## Anggaran Sasaran
| Kode Sasaran | Sasaran Strategis | Anggaran (Rp) | Realisasi (Rp) | ... |
|---|---|---|---|---|
| S1 | = | 1.351.829.700 | 1.333.620.587 |
| 2 | = | 100 | - |
| | Jumlah | = | = |

## Pegawai
| Kelompok | Uraian | Awal Tahun | Akhir Tahun | ... |
|---|---|---|---|---|
| Pendidikan | S 1 | 3 | 4 |
| Pendidikan | SLTA | 2 | 1 |
| | Jumlah | = | = |
| Golongan | Golongan III | 3 | 4 |
| | Jumlah | 5 | = |
"""
)


def test_live_checks_of_money(tmp_path: Path) -> None:
    path = written(tmp_path, MONEY)
    assert column(path, "Anggaran", "Periksa")[:3] == [None, None, None]
    assert str(column(path, "Anggaran", "Periksa")[3]).split("; ") == [
        "Realisasi (Rp): bukan jumlah barisnya",
        "Realisasi (%): tidak cocok",
    ]
    assert column(path, "Anggaran Sasaran", "Periksa")[2] == "Anggaran (Rp): berbeda dengan lembar Anggaran"
    assert column(path, "Program", "Anggaran (Rp)")[3] == 1351829790  # kegiatan are not counted twice
    assert column(path, "Program", "Periksa")[2] == "Kode Sasaran: tidak cocok"
    assert column(path, "Anggaran Sasaran", "Sasaran Strategis")[1] == 'Meningkatnya "mutu" & layanan'
    assert column(path, "Anggaran Sasaran", "Realisasi (%)")[1] is None
    assert column(path, "Pegawai", "Periksa")[4] == (
        "Awal Tahun: bukan jumlah barisnya; Awal Tahun: berbeda antarkelompok; Akhir Tahun: berbeda antarkelompok"
    )
    book = openpyxl.load_workbook(path, data_only=True)
    assert book["Anggaran"]["A3"].value == "Pemeriksaan: 2 hal tidak cocok, lihat sel merah dan kolom Periksa."
    assert book["Instansi"]["A3"].value == "Pemeriksaan: 10 isian wajib belum terisi (sel kuning)."


def test_an_error_cell_reaches_its_jumlah(tmp_path: Path) -> None:
    table = """
## Anggaran
| Sumber Dana | Anggaran (Rp) | Realisasi (Rp) | Realisasi (%) |
|---|---|---|---|
| APBD | #REF! | 1 | = |
| Hibah | 1 | 1 | = |
| Jumlah | = | = | = |
"""
    path = written(tmp_path, table)
    assert column(path, "Anggaran", "Anggaran (Rp)") == ["#REF!", 1, "#REF!"]
    assert column(path, "Anggaran", "Realisasi (%)") == [None, 1, None]


def test_money_is_stored_exactly_and_texts_are_never_formulas(tmp_path: Path) -> None:
    row = Row(
        {
            "sumber_dana": TextCell("=1+1 & <b>"),
            "anggaran": NumberCell(Decimal("1351829790.55")),
            "realisasi": FormulaCell("=C6/2"),
        }
    )
    data = WorkbookData.of({"tanggal": DateCell(dt.date(2020, 1, 31))}, {"anggaran": [row], "program": [{}]})
    path = tmp_path / "isi.xlsx"
    write_workbook(path, data, layout=LAYOUT)
    assert any(b"<v>1351829790.55</v>" in content for content in parts(path).values())
    book = read_workbook(path)
    assert book.tables["anggaran"].value(6, "sumber_dana") == "=1+1 & <b>"
    assert book.tables["anggaran"].value(6, "anggaran") == Decimal("1351829790.55")
    assert str(book.tables["anggaran"].note(6, "realisasi")) == "uncalculated"
    assert book.form is not None
    assert book.form.values["tanggal"] == dt.date(2020, 1, 31)


def test_an_error_code_without_a_formula_is_read_as_an_error(tmp_path: Path) -> None:
    path = tmp_path / "isi.xlsx"
    write_workbook(path, WorkbookData.of({}, {"anggaran": [{"anggaran": ErrorCell("#N/A")}]}), layout=LAYOUT)
    assert str(read_workbook(path).tables["anggaran"].note(6, "anggaran")) == "error"


# --- LibreOffice agrees ----------------------------------------------------------------------------------


def all_formulas(path: Path) -> list[tuple[str, str]]:
    book = openpyxl.load_workbook(path)
    return [(s.title, c.coordinate) for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]


def differences(path: Path, calculated: dict[str, dict[str, object]]) -> list[tuple[str, str, object, object]]:
    """Formulas whose stored result is not what LibreOffice calculates; nothing and an empty text are alike."""
    stored, found = shown(path), []
    for sheet, cell in all_formulas(path):
        ours, theirs = stored[sheet].get(cell), calculated[sheet].get(cell)
        if isinstance(ours, int | float) and isinstance(theirs, int | float):
            if ours != pytest.approx(theirs, rel=1e-12):
                found.append((sheet, cell, ours, theirs))
        elif (ours or "") != (theirs or ""):
            found.append((sheet, cell, ours, theirs))
    return found


@needs_libreoffice
def test_blank_workbook_calculates_to_nothing(blank: Path, libreoffice: LibreOffice) -> None:
    changed = libreoffice.change(blank)
    calculated = shown(changed)
    assert len(all_formulas(blank)) > 500
    assert differences(blank, calculated) == []
    visible = {
        str(calculated[sheet][cell])
        for sheet, cell in all_formulas(blank)
        if calculated[sheet].get(cell) not in {None, ""}
    }
    assert visible == {
        "Pemeriksaan: tidak ada selisih.",
        "Pemeriksaan: 9 isian wajib belum terisi (sel kuning).",
        *("9 sel wajib kosong", "lengkap", "belum diisi", "boleh kosong"),  # where one stands, on the guidance sheet
        "Skala LAKIP (4 kelas)",
        "Permendagri 86/2017 (5 kelas)",
        "Skala Ordinal (4 kelas)",
    }
    assert set(all_formulas(changed)) == set(all_formulas(blank))
    ours, theirs = openpyxl.load_workbook(blank), openpyxl.load_workbook(changed)
    assert set(ours.defined_names) <= set(theirs.defined_names)
    for spec in TABLES:
        assert len(theirs[spec.name].conditional_formatting) >= len(ours[spec.name].conditional_formatting)
        assert theirs[spec.name].data_validations.count >= ours[spec.name].data_validations.count


@needs_libreoffice
@pytest.mark.parametrize("batas", ["", "100", "120"])
def test_stored_results_are_what_libreoffice_calculates(batas: str, tmp_path: Path, libreoffice: LibreOffice) -> None:
    rows = [
        "Naik | 70% | 70% | = | =",
        "Turun | 88,82 | 135,15 | = | =",
        "Turun | 10 | 0 | = | =",
        "turun | 10 | 100 | = | =",
        "Naik | 0 | 0 | = | =",
        "Naik | 10 | - | = | =",
        " | 10 | 9 | = | =",
        " | 10 | 10 | = | =",
        "Naik | 100.000 | 99.999,9 | = | =",
        "Naik | 3 | 2 | 66,68 | baik",
        "Naik | 10 | 25 | 250 | =",
        "Naik | 0 | 1 | 50 | Sedang",
    ]
    money = MONEY.replace(FORM.format(batas=""), FORM.format(batas=batas))
    path = written(tmp_path, money + indikator(*rows) + "\n## Uji\n| A |\n|---|\n| =1+1 -> 5 |\n")
    found = differences(path, libreoffice.calculate(path))
    assert found == [("Uji", "A6", 5, 2)]  # the planted wrong result shows that LibreOffice did calculate


@needs_libreoffice
def test_own_scale_with_open_limits(tmp_path: Path, libreoffice: LibreOffice) -> None:
    form = FORM.format(batas="").replace(
        "| Skala Predikat | Skala LAKIP (4 kelas) |", "| Skala Predikat | Skala Kantor |"
    )
    path = written(tmp_path, form + indikator("Naik | 10 | 9 | = | =", "Naik | 1.000 | 901 | = | ="))
    assert column(path, "Indikator", "Predikat") == ["Rendah", "Tinggi"]
    assert differences(path, libreoffice.calculate(path)) == []


@needs_libreoffice
def test_jumlah_stays_right_wherever_rows_are_inserted(blank: Path, libreoffice: LibreOffice) -> None:
    """Directly under the heading, in the middle, and directly above the Jumlah."""
    spec = next(spec for spec in SHEETS if spec.key == "anggaran")
    total = HEADING_ROW + spec.rows + 1
    cells = libreoffice.calculate(
        blank,
        insert(spec.name, 6),
        number(spec.name, "C6", 1000),
        insert(spec.name, 9, 2),
        number(spec.name, "C10", 200),
        insert(spec.name, total + 3),
        number(spec.name, f"C{total + 3}", 30),
        number(spec.name, f"C{total + 2}", 4),
    )[spec.name]
    assert cells[f"B{total + 4}"] == "Jumlah"
    assert cells[f"C{total + 4}"] == 1234


@needs_libreoffice
def test_jumlah_of_each_kelompok_counts_its_own_rows(blank: Path, libreoffice: LibreOffice) -> None:
    rows = [row for row, value in enumerate(column(blank, "Pegawai", "Uraian"), start=6) if value == "Jumlah"]
    first, second = rows[:2]
    cells = libreoffice.calculate(
        blank,
        number("Pegawai", "C6", 7),
        insert("Pegawai", first),  # directly above the first Jumlah
        text("Pegawai", f"A{first}", "Pendidikan"),
        number("Pegawai", f"C{first}", 5),
        insert("Pegawai", first + 2),  # directly under it: the first row of the next group
        text("Pegawai", f"A{first + 2}", "Golongan"),
        number("Pegawai", f"C{first + 2}", 11),
    )["Pegawai"]
    assert (cells[f"C{first + 1}"], cells[f"C{second + 2}"]) == (12, 11)
    assert cells["A3"] == "Pemeriksaan: 1 hal tidak cocok, lihat sel merah dan kolom Periksa."


@needs_libreoffice
@pytest.mark.parametrize("kelompok", range(4))
def test_rows_of_a_kelompok_may_be_deleted(kelompok: int, blank: Path, libreoffice: LibreOffice) -> None:
    """With its Jumlah or without it: the other groups still count, and no formula loses what it refers to."""
    rows = [row for row, value in enumerate(column(blank, "Pegawai", "Uraian"), start=6) if value == "Jumlah"]
    first = [6, *(row + 1 for row in rows)][kelompok]
    for last in (rows[kelompok], rows[kelompok] - 1):
        changed = libreoffice.change(blank, delete("Pegawai", first, last - first + 1), number("Pegawai", "C7", 7))
        cells = shown(changed)["Pegawai"]
        assert not [cell for cell, value in cells.items() if str(value).startswith("#")]
        formulas = openpyxl.load_workbook(changed)["Pegawai"]
        assert not [cell.coordinate for row in formulas for cell in row if "#REF!" in str(cell.value)]
        assert 7 in [value for cell, value in cells.items() if cell != "C7" and cell.startswith("C")]


@needs_libreoffice
def test_jumlah_of_program_leaves_kegiatan_out(blank: Path, libreoffice: LibreOffice) -> None:
    steps = []
    for row, (jenis, amount) in enumerate([("Program", 500), ("Kegiatan", 500), ("Program", 70)], start=6):
        steps += [text("Program", f"B{row}", jenis), number("Program", f"G{row}", amount)]
    cells = libreoffice.calculate(blank, *steps)["Program"]
    total = next(row for row, value in enumerate(column(blank, "Program", "Uraian"), start=6) if value == "Jumlah")
    assert cells[f"G{total}"] == 570


@needs_libreoffice
def test_lookups_see_a_row_that_was_inserted_under_the_heading(blank: Path, libreoffice: LibreOffice) -> None:
    cells = libreoffice.calculate(
        blank,
        insert("Renstra", 6),
        text("Renstra", "A6", "Sasaran"),
        text("Renstra", "B6", "S1"),
        text("Renstra", "D6", "Sasaran satu"),
        text("Anggaran Sasaran", "A6", "S1"),
        text("Anggaran Sasaran", "A7", "S2"),
    )["Anggaran Sasaran"]
    assert cells["B6"] == "Sasaran satu"
    assert cells["F7"] == "Kode Sasaran: tidak cocok"


# --- where one stands ------------------------------------------------------------------------------------


def states(cells: dict[str, object]) -> dict[str, object]:
    """What the guidance sheet says of each sheet."""
    told = {cell: f"D{cell[1:]}" for cell in cells if cell[0] == "B" and f"D{cell[1:]}" in cells}
    return {str(cells[name]): cells[state] for name, state in told.items() if cells[name] != "Lembar"}


@needs_libreoffice
def test_the_guide_tells_where_one_stands(blank: Path, libreoffice: LibreOffice) -> None:
    before = states(libreoffice.calculate(blank)[GUIDE])
    assert set(before) == {spec.name for spec in SHEETS}
    assert (before["Instansi"], before["Skala"], before["Anggaran"]) == ("9 sel wajib kosong", "lengkap", "belum diisi")
    steps = [
        text("Anggaran", "B6", "APBD"),
        number("Anggaran", "C6", 400),
        text("Renstra", "A6", "Visi"),
        number("Pegawai", "C6", 3),
        number("Pegawai", "D6", 4),
        text("Program", "A6", "1.01"),
        text("Program", "B6", "Program"),
        text("Program", "C6", "Program Penunjang"),
        number("Program", "G6", 100),
        number("Program", "H6", 90),
        number("Program", "J6", 95),
        number("Program", "K6", 0),
        number("Program", "L6", 0),
        number("Program", "M6", 0),
    ]
    after = states(libreoffice.calculate(blank, *steps)[GUIDE])
    assert after["Anggaran"] == "1 sel wajib kosong"
    assert after["Renstra"] == "2 sel wajib kosong"
    assert after["Pegawai"] == "lengkap"
    assert after["Program"] == "ada yang keliru"
    finished = states(libreoffice.calculate(blank, *steps[:2], number("Anggaran", "D6", 390))[GUIDE])
    assert finished["Anggaran"] == "lengkap"
