"""The review checklist: "ya" only where the program really looked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lakip_xlsx import pipeline, tools
from lakip_xlsx.checks.registry import RULES
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Cell, Finding, Severity, Skipped
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.layouts.checklist import Butir, Jawaban, Putusan
from lakip_xlsx.layouts.reviu import REVIU
from lakip_xlsx.pipeline import Checked
from lakip_xlsx.show.checklist import (
    Answer,
    Checks,
    checklist,
    checklist_lines,
    checklist_rows,
    summary,
)
from lakip_xlsx.show.evidence import EVIDENCE
from samples import build
from samples.markdown import read_markdown

CLEAN, PRINTED = "dinas-contoh-2025", "kesbangpol-tebo-2019"


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Checked]:
    folder = tmp_path_factory.mktemp("contoh")
    found = {}
    for name in (CLEAN, PRINTED):
        path: Path = folder / f"{name}.xlsx"
        write_workbook(path, read_markdown(build.FOLDER / f"{name}.md"), layout=LAYOUTS[0])
        found[name] = pipeline.check(path)
    return found


def answers(checked: Checked, **changes: object) -> dict[str, Answer]:
    checks = replace(Checks(findings=checked.findings, skipped=checked.skipped), **changes)  # type: ignore[arg-type]
    return {
        answer.butir.no: answer for answer in checklist(REVIU, checked.book, checked.figures, checked.layout, checks)
    }


def finding(code: str, sheet: str = "Indikator", ref: str = "F6", related: tuple[Cell, ...] = ()) -> Finding:
    return Finding(code, Severity.WARNING, "Keliru.", Cell(sheet, ref), related=related)


def test_the_form_has_23_statements_numbered_in_three_parts() -> None:
    numbers = {bagian: [butir.nomor for butir in REVIU.butir if butir.bagian == bagian] for bagian in REVIU.bagian}
    assert numbers == {"I": list(range(1, 7)), "II": list(range(1, 8)), "III": list(range(1, 11))}
    assert len(REVIU.butir) == 23
    assert len({butir.pernyataan for butir in REVIU.butir}) == 23


def test_every_code_is_a_rule() -> None:
    named = {code for butir in REVIU.butir for code in butir.codes}
    assert len(named) > 20
    assert named - RULES.keys() == set()


def test_every_evidence_is_used_and_known() -> None:
    assert {butir.evidence for butir in REVIU.butir if butir.evidence} == EVIDENCE.keys()
    for butir in REVIU.butir:
        assert bool(butir.evidence) == (butir.putusan in {Putusan.PROGRAM, Putusan.SEBAGIAN}), butir.no
        assert bool(butir.syarat) == (butir.putusan is Putusan.BERSYARAT), butir.no
        assert butir.petunjuk.endswith("."), butir.no


def test_clean_workbook(checked: dict[str, Checked]) -> None:
    found = answers(checked[CLEAN])
    said = {no: answer.jawaban for no, answer in found.items()}
    assert [no for no, jawaban in said.items() if jawaban is Jawaban.YA] == [
        "I.1",
        "I.2",
        "I.5",
        "I.6",
        "III.1",
        "III.2",
        "III.4",
        "III.7",
    ]
    assert [no for no, jawaban in said.items() if jawaban is Jawaban.TIDAK] == []
    assert said["III.3"] is Jawaban.TIDAK_BERLAKU
    assert "5.322.700.000" in found["I.6"].dasar


def test_report_of_2019(checked: dict[str, Checked]) -> None:
    found = answers(checked[PRINTED])
    for no, part in {
        "I.1": "Belum diisi: Tugas Pokok dan Fungsi dan Struktur Organisasi.",
        "I.6": "ANG-002 di Anggaran Sasaran!C15",
        "II.2": "Sumber Data terisi pada 0 dari 5 indikator",
        "II.5": "kesalahan dalam workbook",
        "III.7": "realisasi tahun lalu 0",
        "III.8": "0 dari 9 sasaran mempunyai indikator.",
    }.items():
        assert (no, found[no].jawaban) == (no, Jawaban.TIDAK)
        assert part in found[no].dasar
    assert Cell("Anggaran Sasaran", "C15") in found["I.6"].cells
    assert found["III.4"].jawaban is Jawaban.MANUSIA  # no Perjanjian Kinerja in this workbook
    assert "Lembar Perjanjian Kinerja tidak diisi." in found["III.4"].dasar
    assert found["III.1"].jawaban is Jawaban.MANUSIA
    assert found["III.3"].jawaban is Jawaban.MANUSIA


@pytest.mark.parametrize("butir", [butir for butir in REVIU.butir if butir.codes], ids=lambda butir: butir.no)
def test_one_finding_of_any_named_code_answers_tidak(butir: Butir, checked: dict[str, Checked]) -> None:
    clean = checked[CLEAN]
    names = {code: clean.book.tables[key].name for code, key in butir.di_lembar}
    for code in butir.codes:
        changed = answers(clean, findings=[finding(code, names.get(code, "Indikator"))])[butir.no]
        assert changed.jawaban is Jawaban.TIDAK, code
        assert code in changed.dasar


@pytest.mark.parametrize("butir", [butir for butir in REVIU.butir if butir.demanded], ids=lambda butir: butir.no)
def test_check_that_did_not_run_never_gives_a_ya(butir: Butir, checked: dict[str, Checked]) -> None:
    for code in butir.demanded:
        skipped = answers(checked[CLEAN], skipped=[Skipped(code, "Lembar tidak ada.")])[butir.no]
        assert skipped.jawaban is Jawaban.MANUSIA
        assert f"emeriksaan {code} dilewati: Lembar tidak ada." in skipped.dasar
        left_out = answers(checked[CLEAN], only=frozenset(RULES) - {code})[butir.no]
        assert left_out.jawaban is Jawaban.MANUSIA
        assert f"emeriksaan {code} tidak dijalankan" in left_out.dasar


def test_unknown_check_never_gives_a_ya(checked: dict[str, Checked], monkeypatch: pytest.MonkeyPatch) -> None:
    without = {code: rule for code, rule in RULES.items() if code != "PKJ-002"}
    monkeypatch.setattr("lakip_xlsx.show.checklist.RULES", without)
    found = answers(checked[CLEAN])["III.4"]
    assert found.jawaban is Jawaban.MANUSIA
    assert "emeriksaan PKJ-002 belum tersedia" in found.dasar


def test_accepted_finding_takes_a_person(checked: dict[str, Checked]) -> None:
    found = answers(checked[CLEAN], accepted=[finding("PKJ-002")])["III.4"]
    assert found.jawaban is Jawaban.MANUSIA
    assert "diterima dengan alasan: PKJ-002 di Indikator!F6" in found.dasar


def test_wording_that_differs_elsewhere_says_nothing_about_the_agreement(checked: dict[str, Checked]) -> None:
    elsewhere = answers(checked[CLEAN], findings=[finding("SIL-004", "Anggaran Sasaran", "B6")])
    assert (elsewhere["III.1"].jawaban, elsewhere["III.2"].jawaban) == (Jawaban.YA, Jawaban.YA)
    related = answers(
        checked[CLEAN], findings=[finding("SIL-004", "Indikator", "C6", (Cell("Perjanjian Kinerja", "B6"),))]
    )
    assert (related["III.1"].jawaban, related["III.2"].jawaban) == (Jawaban.TIDAK, Jawaban.YA)


def test_what_only_people_know_is_never_answered(checked: dict[str, Checked]) -> None:
    only_people = [butir.no for butir in REVIU.butir if butir.putusan in {Putusan.MANUSIA, Putusan.SEBAGIAN}]
    assert len(only_people) > 10
    for each in checked.values():
        found = answers(each)
        assert all(found[no].jawaban is not Jawaban.YA for no in only_people)
        assert all(found[no].dasar for no in found)


def test_blank_workbook_gets_no_ya(tmp_path: Path) -> None:
    path = tools.new_workbook(tmp_path / "kosong.xlsx")
    found = answers(pipeline.check(path))
    assert [no for no, answer in found.items() if answer.jawaban is Jawaban.YA] == []


def test_lines_fit_the_width_and_say_everything(checked: dict[str, Checked]) -> None:
    found = list(answers(checked[PRINTED]).values())
    for width in (50, 80):
        lines = [line.text for line in checklist_lines(REVIU, found, width=width)]
        assert max(map(len, lines)) <= width
        text = " ".join(" ".join(lines).split())
        for answer in found:
            assert f"{answer.butir.nomor}. {answer.butir.pernyataan}" in text
            assert answer.dasar in text
        assert text.endswith(summary(found))
    coloured = [line for line in checklist_lines(REVIU, found) if line.severity is Severity.ERROR]
    assert len(coloured) == sum(answer.jawaban is Jawaban.TIDAK for answer in found)
    assert all(line.text.strip().startswith("TIDAK ") for line in coloured)


def test_rows_for_the_document(checked: dict[str, Checked]) -> None:
    found = list(answers(checked[PRINTED]).values())
    rows = checklist_rows(found)
    assert [row["no"] for row in rows] == [butir.no for butir in REVIU.butir]
    assert all(row.keys() == {"no", "pernyataan", "jawaban", "dasar"} and all(row.values()) for row in rows)
    assert rows[5]["dasar"].sources == found[5].cells != ()


def test_summary_counts_add_up(checked: dict[str, Checked]) -> None:
    assert summary(list(answers(checked[CLEAN]).values())) == "23 butir: 8 ya, 14 diperiksa manusia, 1 tidak berlaku."
