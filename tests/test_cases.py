"""Every rule, run over the workbooks of its case file: real writer, real reader, real registry."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lakip_xlsx.checks.registry import RULES, run
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import WorkbookData
from lakip_xlsx.finding import Cell, Finding
from lakip_xlsx.layouts.catalog import LAYOUTS, find
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.workbook.book import Book
from samples.markdown import parse_markdown
from tests.case_files import CASES, Section, all_cases

FILES = all_cases()
SECTIONS = [
    pytest.param(file.code, section, id=f"{file.code} {section.title}") for file in FILES for section in file.sections
]


def findings_of(code: str, workbook: WorkbookData, folder: Path, previous: WorkbookData | None = None) -> list[Finding]:
    """The findings of one rule over a workbook, beside last year's if the case has one."""
    book = read(workbook, folder / "workbook.xlsx")
    last = read(previous, folder / "lalu.xlsx") if previous else None
    return list(run(book, layout_of(code, book), only=frozenset({code}), previous=last).findings)


def read(workbook: WorkbookData, path: Path) -> Book:
    for beside in (CASES / "berkas").iterdir():
        shutil.copy(beside, path.parent)
    write_workbook(path, workbook, layout=LAYOUTS[0])
    return read_workbook(path)


def layout_of(code: str, book: Book) -> Layout:
    """The layout that the workbook chooses; else the first one that the rule is meant for."""
    chosen = find(book.form.text("tata_letak")) if book.form else None
    return chosen or next(layout for layout in LAYOUTS if RULES[code].applies(layout))


@pytest.mark.parametrize(("code", "section"), SECTIONS)
def test_workbook_gives_exactly_the_findings_of_its_case(code: str, section: Section, tmp_path: Path) -> None:
    said = [
        f"{found.code} {found.cell}: {found.message}"
        for found in findings_of(code, section.workbook(), tmp_path, section.previous())
    ]
    whole = [text if text.startswith(start) else start for text, start in zip(said, section.expected, strict=False)]
    assert said == whole + list(section.expected[len(said) :])


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert FILES
    assert {file.code: file.title for file in FILES} == {code: rule.title for code, rule in RULES.items()}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.code)
def test_every_case_shows_the_rule_both_ways(file) -> None:
    assert {section.wrong for section in file.sections} == {True, False}
    assert all(line.startswith(f"{file.code} ") for section in file.sections for line in section.expected)


@pytest.mark.parametrize(("code", "section"), [part for part in SECTIONS if part.values[1].wrong])
def test_findings_can_be_acted_upon(code: str, section: Section, tmp_path: Path) -> None:
    for found in findings_of(code, section.workbook(), tmp_path, section.previous()):
        assert found.severity is RULES[code].severity
        assert found.fix
        assert found.expected or found.actual
        assert found.message.endswith((".", "?"))
        assert found.cell is not None
        assert found.cell not in found.related


def test_shown_cell_holds_what_was_found(tmp_path: Path) -> None:
    workbook = """
## Anggaran
| Realisasi (Rp) | Catatan | Sumber Dana | Anggaran (Rp) |
| --- | --- | --- | --- |
| 390.000 | | APBD | 400.000 |
| 390.000 | | Jumlah | 400.010 |
"""
    (found,) = findings_of("ANG-001", parse_markdown(workbook), tmp_path)
    assert (str(found.cell), found.actual, found.expected) == ("Anggaran!D7", "400.010", "400.000")


REPORT_2019 = """
## Pegawai
| Kelompok | Uraian | Awal Tahun | Akhir Tahun |
| --- | --- | --- | --- |
| Pendidikan | S 2 | 1 | 1 |
| Pendidikan | S 1 | 3 | 4 |
| Pendidikan | D III | 3 | 3 |
| Pendidikan | SLTA | 5 | 5 |
| Pendidikan | Jumlah | 12 | 13 |
## Anggaran
| No | Sumber Dana | Anggaran (Rp) | Realisasi (Rp) | Realisasi (%) |
| --- | --- | --- | --- | --- |
| 1 | APBD | 1.351.829.790 | 1.333.620.587 | 98,65 |
| 2 | Tugas Pembantuan | - | - | 0,00 |
| | Jumlah | 1.351.829.790 | 1.333.620.587 | 98,65 |
## Anggaran Sasaran
| Kode Sasaran | Sasaran Strategis | Anggaran (Rp) | Realisasi (Rp) | Realisasi (%) |
| --- | --- | --- | --- | --- |
| 1 | Infrastruktur politik | 475.910.410 | 471.451.874 | 99,06 |
| 2 | Komunikasi | 61.286.890 | 61.170.800 | 99,81 |
| 3 | Pembauran bangsa | 52.290.000 | 52.119.900 | 99,67 |
| 4 | Kerukunan beragama | 71.250.000 | 71.249.900 | 100,00 |
| 5 | Demokrasi | 43.450.000 | 43.403.900 | 99,89 |
| 6 | Koordinasi | 213.750.000 | 212.847.100 | 99,58 |
| 7 | Data dan informasi | 126.372.500 | 125.467.100 | 99,28 |
| 8 | Forum kebangsaan | 213.520.000 | 213.207.050 | 99,85 |
| 9 | Administrasi perkantoran | 94.000.000 | 82.702.963 | 87,98 |
| | Jumlah | 1.351.829.800 | 1.333.620.587 | 98,65 |
"""


def test_figures_of_the_2019_report(tmp_path: Path) -> None:
    """The money and staff of a real report: every fault that was printed, and none of the figures that are right."""
    path = tmp_path / "workbook.xlsx"
    write_workbook(path, parse_markdown(REPORT_2019), layout=LAYOUTS[0])
    found = run(read_workbook(path), LAYOUTS[0]).findings
    assert [(f.code, str(f.cell), f.expected, f.actual) for f in found] == [
        ("PGW-003", "Pegawai!D10", "", "12 menjadi 13"),
        ("ANG-006", "Anggaran!E7", "-", "0"),
        ("ANG-007", "Anggaran!D8", "", "18.209.203"),
        ("ANG-006", "Anggaran Sasaran!E9", "", "100,00"),
        ("ANG-002", "Anggaran Sasaran!C15", "1.351.829.790", "1.351.829.800"),
        ("ANG-007", "Anggaran Sasaran!D15", "", "18.209.213"),
    ]
    assert "Selisih Rp 10." in found[4].message
    assert "bersisa Rp 100." in found[3].message
    assert found[4].related == (Cell("Anggaran", "C8"),)
