"""The samples: made anew they are the committed files, and they show what they are meant to show."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from lakip_xlsx import pipeline
from lakip_xlsx.figures import bagian
from samples import build
from samples.markdown import read_markdown

CLEAN, PRINTED = "dinas-contoh-2025", "kesbangpol-tebo-2019"
OTHER = "dinas-contoh-2025-permenpan"  # the clean one in the layout PermenPANRB 53/2014


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All samples, built now."""
    folder = tmp_path_factory.mktemp("contoh")
    build.main(["--ke", str(folder)])
    return folder


def test_samples_are_these() -> None:
    assert build.names() == [CLEAN, OTHER, PRINTED]


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".temuan.txt"])
@pytest.mark.parametrize("name", [CLEAN, OTHER, PRINTED])
def test_committed_file_is_a_fresh_build(name: str, suffix: str, fresh: Path) -> None:
    assert build.differences(fresh / f"{name}{suffix}", build.FOLDER / f"{name}{suffix}") == []


def test_difference_in_one_part_is_seen(fresh: Path, tmp_path: Path) -> None:
    other = tmp_path / f"{CLEAN}.xlsx"
    with zipfile.ZipFile(fresh / other.name) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"5322700000", b"5322700010") if "sheet9" in name else content)
    assert build.differences(other, fresh / other.name) == [f"{other.name}: xl/worksheets/sheet9.xml"]


def test_second_build_gives_the_same_bytes(fresh: Path, tmp_path: Path) -> None:
    build.build(CLEAN, tmp_path)
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (fresh / path.name).read_bytes(), path.name
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("name", [CLEAN, OTHER])
def test_clean_sample_gives_no_finding(name: str, fresh: Path) -> None:
    checked = pipeline.check(fresh / f"{name}.xlsx")
    assert checked.findings == ()
    assert checked.skipped == ()
    repealed = {"NAR-007"} if checked.layout.last_year else set()  # the layout, which the office must explain
    assert {accepted.finding.code for accepted in checked.accepted} == {"ANG-007"} | repealed  # what was not spent


def test_clean_sample_fills_every_sheet_and_column(fresh: Path) -> None:
    book = pipeline.check(fresh / f"{CLEAN}.xlsx").book
    empty = [
        f"{table.name}: {field.heading}"
        for table in book.tables.values()
        if table.spec.key != "gambar"  # pictures lie beside a workbook, and the samples have none
        for field in table.spec.fields
        if field.read and all(value is None for _, value in table.column(field.key))
    ]
    assert empty == []
    assert book.unreadable == {}
    assert book.form is not None
    open_fields = [field.heading for field in book.form.spec.fields if book.form.values.get(field.key) is None]
    of_a_government = ["Nama Inspektur", "NIP Inspektur", "Tanggal Pernyataan Reviu"]
    # an invented office has no logo, no review of its report, and prints its exceptions or not as is usual
    assert open_fields == ["Logo", *of_a_government, "Catatan Pengecualian"]


def test_sample_over_another_changes_only_what_it_says(fresh: Path) -> None:
    base, own = (pipeline.check(fresh / f"{name}.xlsx") for name in (CLEAN, OTHER))
    assert own.layout.key == "panrb-53-2014"
    assert base.book.form is not None
    assert own.book.form is not None
    differing = {key for key, value in base.book.form.values.items() if own.book.form.values[key] != value}
    assert differing == {"tata_letak"}
    same = {key for key, table in base.book.tables.items() if table.frame.equals(own.book.tables[key].frame)}
    assert set(base.book.tables) - same == {"narasi", "lampiran", "pengecualian"}


def test_clean_sample_writes_every_narrative_part(fresh: Path) -> None:
    checked = pipeline.check(fresh / f"{CLEAN}.xlsx")
    placed = bagian.read(checked.book.tables["narasi"], checked.layout)
    assert placed.written == set(checked.layout.narasi())
    assert [each.title for each in placed.own] == ["Inovasi Layanan", "Dasar Hukum"]


def test_printed_report_shows_its_known_faults(fresh: Path) -> None:
    """What is wrong in the figures of 2019: Rp 10 between two tables, 100,00 with Rp 100 left, and so on."""
    findings = pipeline.check(fresh / f"{PRINTED}.xlsx").findings
    said = {(found.code, str(found.cell)): (found.expected, found.actual) for found in findings}
    assert said["ANG-002", "Anggaran Sasaran!C15"] == ("1.351.829.790", "1.351.829.800")
    assert said["ANG-006", "Anggaran Sasaran!E9"][1] == "100,00"
    assert said["ANG-006", "Anggaran!E7"][1] == "0"
    assert said["PGW-003", "Pegawai!D14"][1] == "12 menjadi 13"
    counts = [(found.expected, found.actual) for found in findings if found.code == "NAR-001"]
    assert sorted(counts) == [("0", "4"), ("5", "0"), ("5", "4")]
    assert sum(found.code == "REN-001" for found in findings) == 5


def test_printed_report_keeps_every_sentence_and_figure(fresh: Path) -> None:
    """The workbook holds the data as typed: nothing repaired, nothing lost on the way."""
    book = pipeline.check(fresh / f"{PRINTED}.xlsx").book
    data = read_markdown(build.FOLDER / f"{PRINTED}.md")
    for sheet in data.sheets:
        table = book.tables.get(sheet.key)
        if table is not None and hasattr(sheet, "rows"):
            assert len(table.rows) + len(table.totals) == len(sheet.rows), sheet.name
    texts = [text for _, text in book.tables["narasi"].column("teks")]
    rows = next(sheet.rows for sheet in data.sheets if sheet.key == "narasi")
    assert texts == [row.cells["teks"].text for row in rows]
