"""Sheets under other names are known by their headings, and never guessed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lakip_xlsx.excel.headings import plain_heading
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.workbook.book import Book
from lakip_xlsx.workbook.sheets import GUIDE, SHEETS, TEMUAN

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.xlsx"))
KNOWN = {plain_heading(name) for spec in SHEETS for name in (spec.name, *spec.aliases)}
OWN = {plain_heading(name) for name in (GUIDE, *TEMUAN)}
RULES = ("{} 2025", "Tabel {}", "{} Dinas", "Lembar{n}", "II.{n} {}", "{} (final)", "data_{n}")
SURE = {spec.key for spec in SHEETS if sum(field.required for field in spec.fields) > 1}  # one column says too little


def renamed(path: Path, target: Path, names: dict[str, str]) -> Path:
    """A copy of a workbook in which sheets have other names; everything else is as it was."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "xl/workbook.xml":
                text = data.decode()
                for old, new in names.items():
                    text, count = re.subn(
                        f"<sheet name={re.escape(quoteattr(old))}", f"<sheet name={quoteattr(new)}", text
                    )
                    assert count == 1
                data = text.encode()
            copy.writestr(info.filename, data)
    return target


def values(book: Book, key: str) -> object:
    if key == "instansi":
        return book.form and book.form.values
    table = book.tables[key]
    return table.letters, table.rows, table.totals, table.frame.to_dict()


def ours(book: Book) -> dict[str, str]:
    """Sheet key → its name in the file."""
    found = {key: table.name for key, table in book.tables.items()}
    return found | ({"instansi": book.form.name} if book.form else {})


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("rule", RULES)
def test_all_sheets_renamed_are_read_as_before(path: Path, rule: str, tmp_path: Path) -> None:
    before = read_workbook(path)
    names = {name: rule.format(name, n=n) for n, (key, name) in enumerate(ours(before).items()) if key in SURE}
    after = read_workbook(renamed(path, tmp_path / "isi.xlsx", names))
    for key in SURE & ours(before).keys():
        assert values(after, key) == values(before, key)
    told = {(f.actual, f.expected) for f in after.findings if f.code == "BRK-017"}
    meant = {key: spec.name for spec in SHEETS for key in [spec.key]}
    assert told == {
        (names[name], meant[key])
        for key, name in ours(before).items()
        if key in SURE and plain_heading(names[name]) not in KNOWN
    }


@settings(max_examples=30, deadline=None)
@given(
    chosen=st.sampled_from([spec.name for spec in SHEETS if spec.key in SURE]),
    name=st.text(
        st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="[]:*?/\\'"), min_size=1, max_size=31
    ),
)
def test_any_name_will_do(chosen: str, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    assume(plain_heading(name) not in KNOWN | OWN and name.strip())
    path = SAMPLES[0]
    before = read_workbook(path)
    assume(chosen in ours(before).values())
    target = tmp_path_factory.getbasetemp() / "nama.xlsx"
    after = read_workbook(renamed(path, target, {chosen: name}))
    key = next(key for key, each in ours(before).items() if each == chosen)
    assert values(after, key) == values(before, key)


def book_with(tmp_path: Path, sheets: dict[str, list[list[object]]]) -> Book:
    import openpyxl

    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        page = workbook.create_sheet(name)
        for row in rows:
            page.append(row)
    workbook.save(tmp_path / "isi.xlsx")
    return read_workbook(tmp_path / "isi.xlsx")


FORM = [["Isian", "Nilai"], ["Nama Instansi", "Dinas Contoh"]]
MONEY = [["Sumber Dana", "Anggaran (Rp)", "Realisasi (Rp)"], ["APBD", 5, 4]]
SHARES = [["Kode Sasaran", "Anggaran (Rp)", "Realisasi (Rp)"], ["S1", 5, 4]]
BOTH = [["Kode Sasaran", "Sumber Dana", "Anggaran (Rp)", "Realisasi (Rp)"], ["S1", "APBD", 5, 4]]
PROGRAMS = [["Kode", "Jenis", "Uraian", "Kode Sasaran", "Sumber Dana", "Anggaran (Rp)", "Realisasi (Rp)"]]


def test_a_sheet_that_two_explain_alike_is_not_guessed(tmp_path: Path) -> None:
    book = book_with(tmp_path, {"Instansi": FORM, "Rekap": BOTH})
    assert book.tables == {}
    assert ("BRK-012", "Rekap") in {(f.code, str(f.cell)) for f in book.findings}


def test_two_sheets_alike_are_asked_back(tmp_path: Path) -> None:
    book = book_with(tmp_path, {"Instansi": FORM, "Uang 2024": MONEY, "Uang 2025": MONEY})
    assert book.tables == {}
    found = next(f for f in book.findings if f.code == "BRK-006")
    assert ("Uang 2024" in found.message, "Uang 2025" in found.message, found.expected) == (True, True, "Anggaran")


def test_one_of_two_kinds_of_money_is_known_from_the_other(tmp_path: Path) -> None:
    book = book_with(tmp_path, {"Instansi": FORM, "A": SHARES, "B": MONEY})
    assert {key: table.name for key, table in book.tables.items()} == {"anggaran": "B", "anggaran_sasaran": "A"}


def test_a_copy_of_a_sheet_that_is_there_is_taken_for_no_other(tmp_path: Path) -> None:
    book = book_with(tmp_path, {"Instansi": FORM, "Program": PROGRAMS, "Program lama": PROGRAMS})
    assert list(book.tables) == ["program"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Sumber Dana", "Anggaran (Rp)"], ["APBD", 5]],
        [["No", "Judul", "Keterangan"], [1, "Peta", ""]],
        [["Sumber Dana", "Anggaran (Rp)", "Realisasi (Rp)", "a", "b", "c", "d"], ["APBD", 5, 4]],
        [["catatan"], ["apa saja"]],
        [],
    ],
)
def test_what_lacks_a_column_or_is_mostly_strange_stays_a_stranger(rows: list[list[object]], tmp_path: Path) -> None:
    book = book_with(tmp_path, {"Instansi": FORM, "Catatan": rows})
    assert book.tables == {}
    assert [f.code for f in book.findings if f.cell.sheet == "Catatan"] == ["BRK-012"]


def test_a_hidden_sheet_is_not_taken(tmp_path: Path) -> None:
    import openpyxl

    book_with(tmp_path, {"Instansi": FORM, "Uang": MONEY})
    workbook = openpyxl.load_workbook(tmp_path / "isi.xlsx")
    workbook["Uang"].sheet_state = "hidden"
    workbook.save(tmp_path / "isi.xlsx")
    assert read_workbook(tmp_path / "isi.xlsx").tables == {}
