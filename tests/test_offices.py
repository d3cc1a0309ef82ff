"""Offices' tables as they print them: no right one is called wrong, and faults made by rule are found.

``python -m tests.offices`` runs all faults; here each office gets another part of them.
"""

from __future__ import annotations

import random

import pytest

from tests.offices.build import markdown, offices
from tests.offices.faults import FAULTS
from tests.offices.measure import Score, measure

LEAST_OFFICES = 30
RECALL, PRECISION = 0.95, 0.97
PART = 9  # of the faults of an office, one in so many


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> Score:
    return measure(offices(), tmp_path_factory.mktemp("kantor"), every=PART)


def test_there_are_enough_offices_and_every_fault_can_be_made_of_some() -> None:
    every = offices()
    assert len({office.name for office in every}) == len(every) >= LEAST_OFFICES
    grids = [office.grid() for office in every]
    seed = random.Random(1)
    assert [fault.name for fault in FAULTS if not any(fault.made(grid, seed) for grid in grids)] == []


def test_the_same_office_is_always_the_same() -> None:
    assert [markdown(office.grid()) for office in offices()] == [markdown(office.grid()) for office in offices()]


def test_no_right_table_is_called_wrong(score: Score) -> None:
    assert score.clean_errors == []


def test_faults_are_found(score: Score) -> None:
    assert score.recall >= RECALL, score.told()


def test_errors_are_true(score: Score) -> None:
    assert score.precision >= PRECISION, score.told()
