"""Texts of 32,000 characters, as a cell of Excel holds them: made to hurt, they are still read in linear time."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.patterns import measured, patterns
from lakip_xlsx.checks import near, registry
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import FormData, TextCell, WorkbookData
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.workbook.sheets import BY_KEY
from lakip_xlsx.workbook.spec import Kind
from samples.markdown import read_markdown

CLEAN = read_markdown(Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.md")
LONGEST = 32_000
WORDS = st.lists(st.sampled_from("abcd"), max_size=90)


def test_every_pattern_takes_time_that_grows_with_the_text():
    slow = {
        name: text
        for name, pattern, anchored in patterns()
        for seconds, text in [measured(pattern, LONGEST // 2, 1.0, anchored=anchored)]
        if seconds >= 1.0
    }
    assert slow == {}


@given(WORDS, WORDS)
def test_changes_lead_from_the_one_wording_to_the_other(left, right):
    found = near.changes(left, right)
    assert (found == ()) == (left == right)
    shared = len(left) - sum(len(change.left) for change in found)
    assert shared == len(right) - sum(len(change.right) for change in found)


@pytest.mark.parametrize("vocabulary", [1, 2, 50, 5000])
def test_long_wordings_are_compared_in_no_time(vocabulary):
    choose = random.Random(vocabulary)
    left, right = ([str(choose.randrange(vocabulary)) for _ in range(LONGEST // 2)] for _ in range(2))
    started = time.process_time()
    told = near.described(near.changes(left, right))
    near.alike(" ".join(left), " ".join(right))
    near.closest(" ".join(left), [" ".join(right)] * 100)
    assert time.process_time() - started < 2
    assert len(told) < 2000


PIECES = (
    *("sasaran ", "a ", "a b ", "1 ", "1.000 ", "tahun 2025 ", "(", "\n", "- ", "Dinas ", "dua puluh ", "Rp", ", "),
    *(f"{'x' * 50} ", "100% ", "tahun ", "s.d. ", "... ", '"', "1/"),
)
"""What a long text repeats; the one beside it in the list stands in the other rows."""


def _long(number: int, end: str) -> str:
    piece = PIECES[number % len(PIECES)]
    return (piece * LONGEST)[: LONGEST - len(end)] + end


def _filled(text: str, other: str, sheet_name: str) -> WorkbookData:
    """The clean workbook with two long texts in turn in all cells of text of one sheet."""

    def fill(sheet):
        if sheet.name != sheet_name:
            return sheet
        keys = [field.key for field in BY_KEY[sheet.key].fields if field.kind in {Kind.TEXT, Kind.LONG_TEXT}]
        rows = [
            replace(row, cells={**row.cells, **dict.fromkeys(keys, TextCell((text, other)[number % 2]))})
            for number, row in enumerate(sheet.rows[:6])
        ]
        return replace(sheet, rows=tuple(rows))

    return replace(CLEAN, sheets=tuple(map(fill, CLEAN.sheets)))


@pytest.mark.parametrize("sheet", [sheet.name for sheet in CLEAN.sheets if not isinstance(sheet, FormData)])
@pytest.mark.parametrize("seed", range(0, len(PIECES), 3))
def test_long_cells_are_checked_in_seconds(sheet, seed, tmp_path):
    write_workbook(tmp_path / "a.xlsx", _filled(_long(seed, ""), _long(seed + 1, " beda"), sheet), layout=LAYOUTS[0])
    book = read_workbook(tmp_path / "a.xlsx")
    started = time.process_time()
    registry.run(book, LAYOUTS[0])
    assert time.process_time() - started < 8
