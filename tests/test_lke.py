"""The criteria of the evaluation: "ya" with its place, "tidak" with the cells that are missing, the rest to people."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from lakip_xlsx import pipeline, tools
from lakip_xlsx.checks.registry import RULES
from lakip_xlsx.cli.main import cli
from lakip_xlsx.layouts.checklist import Jawaban, Putusan
from lakip_xlsx.layouts.lke import LKE
from lakip_xlsx.show import evidence_lke
from lakip_xlsx.show.checklist import Answer, checklist_lines, summary
from lakip_xlsx.workbook.indikator import INDIKATOR
from tests.kantor import LAN, PANRB, PRINTED, office


def answers(workbook: Path) -> dict[str, Answer]:
    return {answer.butir.no: answer for answer in pipeline.checklist(pipeline.check(workbook), LKE)}


def test_the_form_has_22_criteria_in_three_parts_and_every_name_in_it_is_known() -> None:
    assert Counter(butir.bagian for butir in LKE.butir) == {"3.a": 6, "3.b": 9, "3.c": 7}
    assert [butir.nomor for butir in LKE.butir] == [*range(1, 7), *range(1, 10), *range(1, 8)]
    assert len({butir.pernyataan for butir in LKE.butir}) == len(LKE.butir)
    assert {code for butir in LKE.butir for code in butir.codes} <= RULES.keys()
    assert {butir.evidence for butir in LKE.butir if butir.evidence} == evidence_lke.EVIDENCE.keys()


def test_the_clean_sample_is_answered_with_the_place_in_the_report(tmp_path: Path) -> None:
    none = {("indikator", row, key): "tidak ada" for row in range(10) for key in ("standar", "pembanding")}
    found = answers(office(tmp_path / "kantor.xlsx", cells=none))
    said = {no: answer.jawaban for no, answer in found.items()}
    assert [no for no, jawaban in said.items() if jawaban is Jawaban.YA] == ["3.b.3", "3.b.4", "3.b.5", "3.b.9"]
    assert Jawaban.TIDAK not in said.values()
    assert "bagian Perbandingan dengan Target Jangka Menengah" in found["3.b.4"].dasar
    assert "Pada yang lain tertulis tidak ada." in found["3.b.6"].dasar
    text = " ".join(" ".join(line.text for line in checklist_lines(LKE, list(found.values()))).split())
    assert summary(list(found.values())) in text
    assert text.endswith(LKE.catatan)


def test_what_only_people_know_is_never_answered_ya(tmp_path: Path) -> None:
    people = [butir.no for butir in LKE.butir if butir.putusan is not Putusan.PROGRAM]
    for name in (LAN, PANRB, PRINTED):
        found = answers(office(tmp_path / f"{name}.xlsx", name))
        assert all(found[no].jawaban is not Jawaban.YA and found[no].dasar for no in people)
    assert len(people) > 15
    assert Jawaban.YA not in [each.jawaban for each in answers(tools.new_workbook(tmp_path / "kosong.xlsx")).values()]


@pytest.mark.parametrize(("no", "key"), [("3.b.4", "target_akhir"), ("3.b.5", "lalu1"), ("3.b.7", "analisis")])
def test_one_empty_cell_is_named(no: str, key: str, tmp_path: Path) -> None:
    found = answers(office(tmp_path / "kantor.xlsx", cells={("indikator", 3, key): ""}))[no]
    assert found.jawaban is Jawaban.TIDAK
    assert re.search(rf"{INDIKATOR.field(key).heading} kosong di Indikator![A-Z]+9\b", found.dasar)


def test_a_new_indicator_has_no_last_year_and_a_benchmark_may_be_another_office(tmp_path: Path) -> None:
    cells = {("indikator", 0, "lalu1"): "indikator baru"}
    cells |= {("indikator", row, "standar"): "" for row in range(10)}
    cells |= {("indikator", row, "pembanding"): "70" for row in range(1, 10)}
    found = answers(office(tmp_path / "kantor.xlsx", cells=cells))
    assert (found["3.b.5"].jawaban, "2 lainnya indikator baru" in found["3.b.5"].dasar) == (Jawaban.YA, True)
    assert found["3.b.6"].jawaban is Jawaban.TIDAK
    cells[("indikator", 0, "pembanding")] = "71"
    whole = answers(office(tmp_path / "lengkap.xlsx", cells=cells))["3.b.6"]
    assert "ada pada 10 dari 10 indikator" in whole.dasar


def test_a_report_of_a_government_answers_for_its_review(tmp_path: Path) -> None:
    own = answers(office(tmp_path / "kantor.xlsx"))["3.a.4"]
    assert (own.jawaban, "tingkat kementerian, lembaga, atau pemda" in own.dasar) == (Jawaban.DINILAI, True)
    for head in ("Bupati Contoh Makmur", "Pj. Wali Kota Contoh", "GUBERNUR CONTOH"):
        whole = answers(office(tmp_path / "pemda.xlsx", form={"jabatan_kepala": head}))["3.a.4"]
        assert (whole.jawaban, "Nama Inspektur" in whole.dasar) == (Jawaban.TIDAK, True)


def test_the_command_tells_it_in_both_forms(tmp_path: Path) -> None:
    path = office(tmp_path / "kantor.xlsx")
    shown = CliRunner().invoke(cli, ["check", "--lke", str(path)])
    assert "3.b. Kualitas (4,5 poin)" in shown.output
    assert "Checklist reviu" not in shown.output
    told = json.loads(CliRunner().invoke(cli, ["check", "--lke", "--format", "json", str(path)]).output)
    assert [item["no"] for item in told["lke"]] == [butir.no for butir in LKE.butir]
    assert {"ya", "dinilai manusia"} <= {item["answer"] for item in told["lke"]}
    assert (told["lke_note"], "checklist" in told) == (LKE.catatan, False)
