"""Refreshing: the workbook's new figures come into a report that people edited, and nothing of theirs is lost."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from lakip_xlsx import pipeline
from lakip_xlsx.cli.main import cli
from lakip_xlsx.errors import OutputError, UnreadableError
from lakip_xlsx.refresh import Refreshed, refresh
from lakip_xlsx.word import imprint
from lakip_xlsx.word.follow import trace
from lakip_xlsx.word.refresh.changes import Group
from lakip_xlsx.word.refresh.words import merge
from tests.refresh import books
from tests.refresh.__main__ import prepare
from tests.refresh.judge import judge

SOURCE = "dinas-contoh-2025"
FORMER = Path(__file__).parent / "documents" / "anchors-1.docx"
KEPALA, BARU = "Drs. Bintang Rekaan, M.Hum.", "Dra. Melati Rekaan, M.Si."
UANG, UANG_BARU = "513.585.600", "513.585.700"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("laporan")
    return pipeline.convert(books.write(books.source(SOURCE), folder / "dinas.xlsx")).document


@pytest.fixture
def report(made, tmp_path) -> Path:
    """A report with its workbook beside it."""
    shutil.copy(made.with_suffix(".xlsx"), tmp_path)
    return Path(shutil.copy(made, tmp_path))


def correct(report: Path, *changes: tuple[str, str]) -> None:
    """The workbook beside a report is corrected."""
    text = books.source(SOURCE)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    books.write(text, report.with_suffix(".xlsx"))


def text(path: Path) -> str:
    return trace.text_of(docx.Document(str(path)).element.body)


def retype(report: Path, old: str, new: str) -> None:
    """A person types over a text, wherever a run holds it."""
    document = docx.Document(str(report))
    for node in document.element.body.iter(qn("w:t")):
        node.text = (node.text or "").replace(old, new)
    document.save(str(report))


def of(result: Refreshed, group: Group) -> list[str]:
    return [change.anchor for change in result.changes if change.group is group]


def test_a_corrected_figure_arrives_and_nothing_else_changes(report):
    before = text(report)
    correct(report, (UANG, UANG_BARU))
    result = refresh(report)
    assert text(report).count(UANG_BARU) == before.count(UANG) > 0
    assert UANG not in text(report)
    assert not of(result, Group.CONFLICT)
    assert result.backup == report.with_name("dinas.sebelum.docx")
    assert text(result.backup) == before


def test_a_second_refresh_changes_nothing(report):
    correct(report, (UANG, UANG_BARU), (KEPALA, BARU))
    refresh(report)
    once = report.read_bytes()
    again = refresh(report)
    assert (again.changed, again.changes, again.backup) == (False, (), None)
    assert report.read_bytes() == once


def test_a_report_that_nobody_edited_stays_one_and_an_edited_one_too(report):
    correct(report, (UANG, UANG_BARU))
    refresh(report)
    assert not imprint.changed_since_generated(report)
    retype(report, KEPALA, "Diketik Sendiri")
    correct(report)
    refresh(report)
    assert imprint.changed_since_generated(report)
    with pytest.raises(OutputError, match="refresh"):
        pipeline.convert(report.with_suffix(".xlsx"))


def test_what_a_hand_changed_stays_while_the_workbook_says_the_same(report):
    retype(report, KEPALA, "Diketik Sendiri")
    correct(report, (UANG, UANG_BARU))
    result = refresh(report)
    assert set(of(result, Group.KEPT)) == {"instansi.kepala"}
    assert "Diketik Sendiri" in text(report)
    assert KEPALA not in text(report)


def test_where_both_changed_the_hands_text_stays_with_a_comment(report):
    retype(report, KEPALA, "Diketik Sendiri")
    correct(report, (KEPALA, BARU))
    result = refresh(report)
    assert set(of(result, Group.CONFLICT)) == {"instansi.kepala"}
    assert BARU not in text(report)
    document = docx.Document(str(report))
    comments = [comment.text for comment in document.comments]
    assert comments
    assert all("Diketik Sendiri" in said and KEPALA in said and BARU in said for said in comments)
    assert not re.search("w:date", document.part._comments_part.blob.decode())
    assert not OpenXmlValidator().validate(report).errors
    assert not refresh(report).changed  # told once


def test_a_sentence_typed_into_a_generated_paragraph_stays_and_the_figure_moves_on(report):
    document = docx.Document(str(report))
    node = next(node for node in document.element.body.iter(qn("w:t")) if "Rp5.322.700.000" in (node.text or ""))
    node.text = f"Menurut kepala dinas, hal berikut perlu dicatat. {node.text}"
    document.save(str(report))
    correct(report, ("Rp5.322.700.000", "Rp5.322.700.999"))
    result = refresh(report)
    assert not of(result, Group.CONFLICT)
    assert text(report).count("Menurut kepala dinas, hal berikut perlu dicatat. ") == 1
    assert "Rp5.322.700.000" not in text(report)


def test_the_mark_draf_comes_and_goes_with_the_state_of_the_workbook(report):
    clean = text(report)
    correct(report, ("| 4.796.200.000 |", "| 4.796.200.001 |"))
    assert refresh(report).is_draft
    headers = [trace.text_of(section.header._element) for section in docx.Document(str(report)).sections]
    assert any("DRAF" in said for said in headers)
    assert "TEMUAN PEMERIKSAAN" in text(report)
    correct(report)
    refresh(report)
    assert text(report) == clean
    headers = [trace.text_of(section.header._element) for section in docx.Document(str(report)).sections]
    assert not any("DRAF" in said for said in headers)


def test_a_chart_has_the_new_numbers_in_its_picture_and_in_its_sheet(report):
    correct(report, ("| Naik | 68,5 | 70,2 |", "| Naik | 68,5 | 69,1 |"))
    result = refresh(report)
    assert "grafik" in {change.kind for change in result.changes if change.group is Group.UPDATED}
    fresh = pipeline.document(pipeline.check(report.with_suffix(".xlsx"))).data
    drawn = [item.now for item in trace.read(report).items if item.kind == "grafik"]
    assert drawn == [item.now for item in trace.read(fresh).items if item.kind == "grafik"]


def test_a_trial_writes_nothing_and_another_name_leaves_the_report(report, tmp_path):
    correct(report, (UANG, UANG_BARU))
    before, there = report.read_bytes(), set(tmp_path.iterdir())
    assert refresh(report, trial=True).changed
    assert (report.read_bytes(), set(tmp_path.iterdir())) == (before, there)
    refresh(report, output=tmp_path / "baru.docx")
    assert report.read_bytes() == before
    assert UANG_BARU in text(tmp_path / "baru.docx")


def test_an_earlier_copy_is_never_overwritten(report):
    for new, name in ((UANG_BARU, "dinas.sebelum.docx"), ("513.585.800", "dinas.sebelum-2.docx")):
        correct(report, (UANG, new))
        before = report.read_bytes()
        backup = refresh(report).backup
        assert backup is not None
        assert (backup.name, backup.read_bytes()) == (name, before)


def test_what_cannot_be_refreshed_is_said(report, tmp_path):
    old = Path(shutil.copy(FORMER, tmp_path / "lama.docx"))
    with pytest.raises(UnreadableError, match="versi lama"):
        refresh(old, report.with_suffix(".xlsx"))
    docx.Document().save(str(tmp_path / "lain.docx"))
    with pytest.raises(UnreadableError, match="jejak tidak ada"):
        refresh(tmp_path / "lain.docx", report.with_suffix(".xlsx"))
    report.with_suffix(".xlsx").unlink()
    with pytest.raises(UnreadableError, match=r"dinas\.xlsx tidak ada di samping"):
        refresh(report)


def test_the_command_tells_all_groups_and_ends_with_1_where_a_person_must_decide(report):
    retype(report, KEPALA, "Diketik Sendiri")
    correct(report, (KEPALA, BARU), (UANG, UANG_BARU))
    trial = CliRunner().invoke(cli, ["refresh", str(report), "--dry-run", "--format", "json"])
    told = json.loads(trial.stdout)
    assert trial.exit_code == 1
    assert {"updated", "kept", "conflicts", "added", "removed"} <= set(told)
    assert {(each["was"], each["now"], each["new"]) for each in told["conflicts"]} == {
        (KEPALA, "Diketik Sendiri", BARU)
    }
    assert all({"anchor", "was", "now", "new"} <= set(each) for each in told["updated"])
    done = CliRunner().invoke(cli, ["refresh", str(report), "--tanpa-halaman"])
    assert done.exit_code == 1
    assert "PERLU DIPUTUSKAN" in done.stdout
    assert "dinas.sebelum.docx" in done.stdout.replace("\n", " ")


WORDS = st.lists(st.sampled_from(["anggaran", "naik", "menjadi", "Rp", "tahun", "ini", "dan", "itu"]), min_size=6)


@settings(max_examples=150, deadline=None)
@given(WORDS, st.data())
def test_two_changes_of_a_text_are_woven_or_refused_but_never_lost(base, data):
    """What a person typed and what the workbook changed are both there afterwards."""
    numbered = [f"{word}{at}" for at, word in enumerate(base)]  # every word once, so that places are certain
    here, there = (data.draw(st.integers(0, len(base) - 1)) for _ in range(2))
    mine = [*numbered[:here], "KETIKAN", *numbered[here:]]
    new = [*numbered[:there], "BARU", *numbered[there + 1 :]]
    woven = merge(" ".join(numbered), " ".join(mine), " ".join(new))
    if woven is not None:
        assert woven.split() == ["BARU" if word == numbered[there] else word for word in mine]
    elif len(base) > 8:
        assert abs(here - there) <= 2  # they meet


def test_edits_by_rule(tmp_path):
    """A few cases of ``python -m tests.refresh``."""
    reports = {
        name: pipeline.document(pipeline.check(books.write(books.source(name), tmp_path / f"{name}.xlsx"))).data
        for name in books.SOURCES
    }
    for number in range(6):
        case = prepare(number, tmp_path, reports, 7)
        result = tmp_path / f"hasil{number}.docx"
        done = refresh(case.report, case.workbook, output=result)
        assert not judge(case.report, result, case.wanted, done, case.done, case.fresh).faults
