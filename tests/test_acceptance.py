"""The sheet Pengecualian: what it accepts, what stays open, and exceptions that are of no use."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from lakip_xlsx.checks.registry import accept, run
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Accepted, Cell, Finding, Severity
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.workbook.book import Book
from samples.markdown import parse_markdown

MONEY = """
## Anggaran
| No | Sumber Dana | Anggaran (Rp) | Realisasi (Rp) |
| --- | --- | --- | --- |
| A1 | APBD | 400 | 500 |
| A2 | Hibah | 300 | 310 |
| | Jumlah | 710 | 810 |
## Anggaran Sasaran
| Kode Sasaran | Sasaran Strategis | Anggaran (Rp) | Realisasi (Rp) |
| --- | --- | --- | --- |
| S1 | Sasaran satu | 400 | 500 |
| S2 | Sasaran dua | 300 | 310 |
## Pengecualian
| Kode | Lembar | Sel | Alasan |
| --- | --- | --- | --- |
"""
OVERSPENT = {"Anggaran!D6", "Anggaran!D7", "Anggaran Sasaran!D6", "Anggaran Sasaran!D7"}


def run_with(rows: str, folder: Path) -> tuple[set[str], tuple[Accepted, ...], tuple[Finding, ...], Book]:
    """The open findings of ANG-005 by cell, the accepted ones, and those about the exceptions."""
    path = folder / "workbook.xlsx"
    write_workbook(path, parse_markdown(MONEY + rows), layout=LAYOUTS[0])
    book = read_workbook(path)
    result = run(book, LAYOUTS[0], only=frozenset({"ANG-001", "ANG-005"}))
    left, accepted, useless = accept(result.findings, book)
    assert len(left) + len(accepted) == len(result.findings)
    return {str(one.cell) for one in left if one.code == "ANG-005"}, accepted, useless, book


@pytest.mark.parametrize(
    ("row", "covered"),
    [
        ("| ANG-005 | Anggaran | D6 | Gaji susulan menurut surat Bupati |", {"Anggaran!D6"}),
        ("| ang-005 | anggaran  sasaran | s2 | Gaji susulan |", {"Anggaran Sasaran!D7"}),
        ("| ANG-005 | Anggaran | $D$6, A2 | Gaji susulan |", {"Anggaran!D6", "Anggaran!D7"}),
        ("| ANG-005 | Anggaran Sasaran | | Gaji susulan |", {"Anggaran Sasaran!D6", "Anggaran Sasaran!D7"}),
        ("| ANG-005 | | D6 | Gaji susulan |", {"Anggaran!D6", "Anggaran Sasaran!D6"}),
        ("| ANG-005 | | | Gaji susulan |", OVERSPENT),
    ],
)
def test_findings_are_accepted_by_code_sheet_and_cell(row: str, covered: set[str], tmp_path: Path) -> None:
    left, accepted, useless, _ = run_with(row, tmp_path)
    assert left == OVERSPENT - covered
    assert {str(one.finding.cell) for one in accepted} == covered
    assert {str(one.cell) for one in accepted} == {"Pengecualian!A6"}
    assert all(one.reason.startswith("Gaji susulan") for one in accepted)
    assert useless == ()


def test_an_error_may_be_accepted_too(tmp_path: Path) -> None:
    _, accepted, useless, _ = run_with("| ANG-001 | Anggaran | | Pembulatan pada DPA |", tmp_path)
    assert [(one.finding.code, one.finding.severity, str(one.finding.cell), one.reason) for one in accepted] == [
        ("ANG-001", Severity.ERROR, "Anggaran!C8", "Pembulatan pada DPA")
    ]
    assert useless == ()
    assert pickle.loads(pickle.dumps(accepted)) == accepted


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        ("| ANG-005 | Anggaran | D6 | |", "D6", "Pengecualian ANG-005 tidak berlaku karena alasannya kosong."),
        ("| ANG-005 | Anggaran | D6 | - |", "D6", "Pengecualian ANG-005 tidak berlaku karena alasannya kosong."),
        ("| ANG-0O5 | Anggaran | D6 | Salah |", "A6", "Kode ANG-0O5 tidak ada. Apakah maksudnya ANG-005?"),
        ("| ANG-005 | Program | | Salah |", "A6", "Tidak ada temuan ANG-005 di tempat itu"),
        ("| ANG-005 | Anggaran | D8 | Salah |", "A6", "Tidak ada temuan ANG-005 di tempat itu"),
        ("| TPL-003 | | | Sengaja |", "A6", "Temuan TPL-003 tentang templat Word"),
        ("| ANG-006 | | | Sudah beres |", "A6", "Tidak ada temuan ANG-006; pengecualian ini tidak diperlukan."),
    ],
)
def test_useless_exceptions_are_findings_and_accept_nothing(row: str, cell: str, said: str, tmp_path: Path) -> None:
    left, accepted, useless, _ = run_with(row, tmp_path)
    assert (left, accepted) == (OVERSPENT, ())
    (finding,) = useless
    assert (finding.code, finding.severity) == ("BRK-013", Severity.WARNING)
    assert finding.message.startswith(said)
    assert finding.cell == Cell("Pengecualian", cell)
    assert finding.fix


def test_a_useless_exception_cannot_be_excepted(tmp_path: Path) -> None:
    _, _, useless, book = run_with("| ANG-006 | | | Sudah beres |\n| BRK-013 | | | Tidak mau tahu |", tmp_path)
    left, accepted, again = accept(useless, book)
    assert (left, accepted) == (useless, ())
    assert {str(finding.cell) for finding in again} == {"Pengecualian!A6", "Pengecualian!A7"}


def test_without_the_sheet_everything_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "workbook.xlsx"
    write_workbook(path, parse_markdown(MONEY.partition("## Pengecualian")[0]), layout=LAYOUTS[0])
    book = read_workbook(path)
    findings = run(book, LAYOUTS[0]).findings
    assert findings
    assert accept(findings, book) == (findings, (), ())
