"""Every class of bad file ends as it must: exit code, one clear line, nothing left behind, within limits."""

from __future__ import annotations

import pytest

from tests.hostile.base import MONEY, pack, plain, sheet
from tests.hostile.case import Case, refused, same, told
from tests.hostile.judge import ended, faults, plain_findings
from tests.hostile.make import all_cases
from tests.hostile.run import fresh

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_class_ends_as_it_must(case: Case, tmp_path):
    assert faults(case, ended(case, tmp_path), tmp_path) == []


def test_classes_have_names_of_their_own():
    assert len({case.name for case in CASES}) == len(CASES)


def test_sound_workbook_has_the_finding_by_which_the_others_are_known():
    assert ("ANG-001", "Anggaran!C4") in {(code, place) for code, place, _ in plain_findings()}


@pytest.mark.parametrize(
    ("case", "wrong"),
    [
        (refused("sehat", lambda: pack(plain()), "rusak"), "exit 1"),
        (refused("kosong", lambda: b"", "kata sandi"), "is not said"),
        (same("kosong", lambda: pack(plain() | {MONEY: sheet("")})), "other findings"),
        (told("sehat", lambda: pack(plain()), "SEL-001 Anggaran!C3"), "is not found"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_judge_sees_what_is_wrong(case: Case, wrong: str, tmp_path):
    assert any(wrong in fault for fault in faults(case, ended(case, tmp_path), tmp_path))


def test_something_left_behind_is_seen(tmp_path):
    case = refused("kosong", lambda: b"", "kosong")
    end = ended(case, tmp_path)
    (tmp_path / "sisa.tmp").touch()
    assert faults(case, end, tmp_path) == ["something is left behind"]


@pytest.mark.parametrize("name", ["terkunci kata sandi", "billion laughs", "teks terpanjang dipakai 200.000 kali"])
def test_interpreter_started_anew_ends_the_same(name: str, tmp_path):
    """The other tests fork; a few run as a user runs them."""
    case = next(case for case in CASES if case.name == name)
    path = tmp_path / case.file
    path.write_bytes(case.make())
    end = fresh("convert", path, folder=tmp_path)
    assert (end.code, end.out) == (3, "")
    assert case.says in end.err
    assert [each.name for each in tmp_path.iterdir()] == [case.file]


def test_limits_can_be_raised_for_one_run(tmp_path):
    path = tmp_path / "isi.xlsx"
    path.write_bytes(next(case for case in CASES if case.name == "300 lembar").make())
    assert fresh("check", path).code == 3
    assert fresh("check", path, environment={"LAKIP_BATAS": "longgar"}).code == 1
