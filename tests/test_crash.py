"""A fault of our own in one rule or one part of the report costs that one, and is never kept quiet."""

import shutil
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from lakip_xlsx import pipeline
from lakip_xlsx.batch.job import run_chunk
from lakip_xlsx.batch.model import Item, Options, Status
from lakip_xlsx.checks import registry
from lakip_xlsx.report import compose

CLEAN = Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.xlsx"


@pytest.fixture
def clean(tmp_path):
    return Path(shutil.copy(CLEAN, tmp_path / "dinas.xlsx"))


def _fails(*_, **__):
    raise KeyError("tak terduga")


def _fails_late(**inputs):
    yield from ()
    raise KeyError("tak terduga")


@pytest.fixture(scope="module")
def whole():
    return pipeline.check(CLEAN)


@pytest.mark.parametrize("code", list(registry.CHECKS))
def test_the_failure_of_a_rule_costs_no_other_rule(code, whole, monkeypatch):
    check = registry.CHECKS[code]
    monkeypatch.setitem(registry.CHECKS, code, replace(check, function=_fails_late))
    checked = pipeline.check(CLEAN)
    if (
        "previous" in check.inputs
        or not check.rule.applies(checked.layout)
        or code in {each.code for each in whole.skipped}
    ):
        assert checked.crashes == ()
        return
    (crash,) = checked.crashes
    assert code in crash.message
    assert checked.has_errors
    rest = {finding for finding in checked.findings if finding is not crash}
    assert rest == {finding for finding in whole.findings if finding.code != code}
    assert [each for each in checked.skipped if each.code == code]


def ended(path, command):
    (outcome,) = run_chunk((Item(0, str(path), str(path.with_suffix(".docx"))),), Options(command=command))
    return outcome


def everywhere(path):
    document = docx.Document(str(path))
    return "".join(document.element.itertext()) + "".join(
        "".join(section.header._element.itertext()) for section in document.sections
    )


@pytest.mark.parametrize("command", ["check", "convert"])
def test_a_failed_rule_ends_as_a_crash_with_all_the_rest_done(clean, command, monkeypatch):
    monkeypatch.setitem(registry.CHECKS, "ANG-002", replace(registry.CHECKS["ANG-002"], function=_fails))
    outcome = ended(clean, command)
    assert outcome.status is Status.CRASHED
    assert ("ANG-002" in outcome.crashes[0], outcome.failure) == (True, "")
    assert outcome.entry is None
    if command == "convert":
        assert outcome.is_draft
        assert "Aturan ANG-002 gagal dijalankan" in everywhere(clean.with_suffix(".docx"))
        assert "DRAF" in everywhere(clean.with_suffix(".docx"))


@pytest.mark.parametrize("name", list(compose.MAKERS))
def test_a_failed_part_of_the_report_leaves_the_others(clean, name, monkeypatch):
    monkeypatch.setitem(compose.MAKERS, name, _fails)
    outcome = ended(clean, "convert")
    if outcome.status is Status.DONE:  # this layout's template does not name it
        assert outcome.crashes == ()
        return
    assert (outcome.status, outcome.is_draft) == (Status.CRASHED, True)
    assert any(f"Bagian {name} gagal" in each for each in outcome.crashes)
    assert f"Bagian {name} gagal disusun" in everywhere(clean.with_suffix(".docx"))
