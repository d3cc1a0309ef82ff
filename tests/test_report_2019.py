"""The real report of 2019, entered as it was printed: every fault in it is found, and nothing that is right.

The list below is the whole result. A line is a code, the cells in which it is found, and what the reader of
the report would have seen.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from lakip_xlsx import pipeline
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Finding, Severity
from lakip_xlsx.layouts.catalog import find
from samples.build import as_standard
from samples.markdown import read_markdown

SAMPLE = Path(__file__).parent.parent / "samples" / "kesbangpol-tebo-2019.md"

MONEY = {
    "ANG-002 Anggaran Sasaran!C15": "the same budget is 1.351.829.790 by source and 1.351.829.800 by sasaran",
    "ANG-006 Anggaran Sasaran!E9": "100,00 is printed, and Rp 100 are left",
    "ANG-006 Anggaran!E7": "0,00 is printed where there is no budget at all",
    "ANG-007 Anggaran!D8": "what is left is told: 18.209.203",
    "ANG-007 Anggaran Sasaran!D15": "by sasaran it is 18.209.213",
    "NAR-009 Anggaran Sasaran!E14": "sasaran 9 absorbs 87,98 % only, and nobody says why",
}
INDICATORS = {
    "IND-010 Indikator!H6": "all five results are exactly their targets, 70 of 70",
    "NAR-004 Narasi!B38": "the conclusion counts four indicators, the table five",
    "NAR-001 Narasi!B39": "no indicator is called very good, all five are; and the classes add up to four",
    "NAR-001 Narasi!B40": "four are called good, none is",
    "NAR-008 Narasi!B43": "the targets were not reached, says the conclusion; every capaian is 100",
    "REN-001 Renstra!E15": "sasaran 5 is called good, and nothing measures it",
    "REN-001 Renstra!E16": "the same, sasaran 6",
    "REN-001 Renstra!E17": "the same, sasaran 7",
    "REN-001 Renstra!E18": "the same, sasaran 8",
    "REN-001 Renstra!E19": "the same, sasaran 9",
    **{f"SIL-001 Anggaran Sasaran!A{row}": f"sasaran {row - 5} has money and no indicator" for row in range(6, 15)},
}
WORDS = {
    "NAR-006 Narasi!B26": "a sentence about 2014 in a report on 2019",
    "NAR-007 Instansi!B22": "LAN 239/2003 is chosen for 2019, five years after PermenPANRB 53/2014",
    "NAR-007 Narasi!B7": "Inpres 7/1999 and LAN 239/2003 as legal basis, five years after they were replaced",
    "NAR-012 Narasi!B34": "98.65 % in a sentence, 98,65 in the table",
    "NAR-013 Narasi!B43": "the list of the conclusion is numbered 1, 2, 2",
    "SIL-004 Anggaran Sasaran!B12": "penjangkaran in the table of money, penjangkauan in the summary",
    "SIL-004 Anggaran Sasaran!B14": "admsitrasi in the table of money, administrasi in the summary",
    "SIL-004 Renstra!D22": "penjangkaran again, and without dan trantibmas, in the list of policies",
    "SIL-005 Renstra!D15": "sasaran 5 is sasaran 2 with one word more",
}
STAFF = {"PGW-003 Pegawai!D14": "12 become 13, without a word"}
MISSING = {
    "NAR-002 Narasi!A5": "tasks and organisation are not in the text that we have",
    "REN-002 Renstra!A5": "neither are vision and mission",
    "REN-003 Renstra!C11": "no sasaran names what it serves",
    "SEL-007 Program!A6": "programs have no code",
    "SEL-007 Indikator!B6": "indicators name no sasaran",
    "SEL-007 Indikator!F6": "indicators name no direction",
}
"""What was not printed, or not on the pages that we have; it is left empty and said to be."""

TWICE = {"NAR-001 Narasi!B39", "NAR-007 Narasi!B7", "NAR-002 Narasi!A5", "REN-002 Renstra!A5"}
EXPECTED = {**MONEY, **INDICATORS, **WORDS, **STAFF, **MISSING}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Checked:
    layout = find("LAN 239/2003")
    assert layout is not None
    path = tmp_path_factory.mktemp("tebo") / "kesbangpol.xlsx"
    write_workbook(path, as_standard(read_markdown(SAMPLE)), layout=layout)
    return pipeline.check(path)


def line(finding: Finding) -> str:
    return f"{finding.code} {finding.cell}"


def test_every_fault_is_found_and_nothing_else(checked: pipeline.Checked) -> None:
    found = Counter(map(line, checked.findings))
    assert found == Counter({place: 2 if place in TWICE else 1 for place in EXPECTED})


def test_what_is_found_is_what_was_printed(checked: pipeline.Checked) -> None:
    said = {(line(finding), finding.expected, finding.actual) for finding in checked.findings}
    assert {
        ("ANG-002 Anggaran Sasaran!C15", "1.351.829.790", "1.351.829.800"),
        ("NAR-009 Anggaran Sasaran!E14", "penjelasan di Narasi", "87,98%"),
        ("NAR-004 Narasi!B38", "5 (lima)", "4"),
        ("NAR-001 Narasi!B39", "5", "0"),
        ("NAR-001 Narasi!B39", "5", "4"),
        ("NAR-001 Narasi!B40", "0", "4"),
        ("NAR-006 Narasi!B26", "2019", "Tahun 2014"),
        ("NAR-012 Narasi!B34", "98,65 %", "98.65 %"),
        ("NAR-013 Narasi!B43", "3", "2"),
    } <= said


def test_what_is_right_in_the_report_is_not_blamed(checked: pipeline.Checked) -> None:
    """All row percentages recompute, the sums of staff are right, and there are ten programs as it says."""
    codes = {finding.code for finding in checked.findings}
    assert codes.isdisjoint({"ANG-001", "ANG-003", "ANG-004", "ANG-005", "ANG-009", "PGW-001", "PGW-002", "NAR-005"})
    assert not any("program" in finding.message for finding in checked.findings if finding.code == "NAR-004")


def test_what_cannot_be_verified_is_said_to_be_skipped(checked: pipeline.Checked) -> None:
    """32 kegiatan: the pages that we have do not list them, nor the codes of the programs."""
    said = [(skip.code, "tidak memuat kegiatan" in skip.reason) for skip in checked.skipped]
    assert said == [("IND-015", False), ("NAR-004", True)]


def test_the_clean_report_is_told_nothing_but_what_is_left(tmp_path: Path) -> None:
    layout = find("LAN 239/2003")
    assert layout is not None
    path = tmp_path / "dinas.xlsx"
    write_workbook(path, as_standard(read_markdown(SAMPLE.parent / "dinas-contoh-2025.md")), layout=layout)
    checked = pipeline.check(path)
    assert {(finding.code, finding.severity) for finding in checked.findings} <= {("ANG-007", Severity.INFO)}
    assert checked.skipped == ()
