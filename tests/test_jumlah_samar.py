"""A row that is the sum of the rows right above it is asked about; the law holds for tables made by rule."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xlsx.checks.jumlah_samar import _sums
from lakip_xlsx.workbook.book import Table
from lakip_xlsx.workbook.sheets import BY_KEY

LETTERS = {"sumber_dana": "B", "anggaran": "C", "realisasi": "D"}
AMOUNT = st.integers(0, 4) | st.integers(1, 10**9)
ROWS = st.lists(st.tuples(st.none() | AMOUNT, st.none() | AMOUNT, st.booleans()), max_size=12)


def number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def table(rows: list[tuple[int | None, int | None, bool]]) -> Table:
    values = {at: ["x", number(paid), number(spent)] for at, (paid, spent, _) in enumerate(rows, 2)}
    totals = {row for row, (_, _, total) in enumerate(rows, 2) if total}
    data = {row: own for row, own in values.items() if row not in totals}
    return Table.of(BY_KEY["anggaran"], "Anggaran", 1, LETTERS, data, {row: values[row] for row in sorted(totals)})


def by_hand(rows: list[tuple[int | None, int | None, bool]]) -> set[int]:
    """The rows that are sums, by trying every beginning."""
    found = set()
    for row, (paid, spent, total) in enumerate(rows):
        if not paid or not spent or total:
            continue
        sums, many = [0, 0], 0
        for other in reversed(rows[:row]):
            if other[0] is None or other[1] is None or other[2]:
                break
            many += bool(other[0] or other[1])
            sums = [sums[0] + other[0], sums[1] + other[1]]
            if many > 1 and sums == [paid, spent]:
                found.add(row + 2)
    return found


@settings(max_examples=600, deadline=None)
@given(rows=ROWS)
def test_a_row_is_found_where_trying_every_beginning_finds_it(rows: list[tuple[int | None, int | None, bool]]) -> None:
    assert {row for row, _, _ in _sums(table(rows))} == by_hand(rows)


@settings(max_examples=200, deadline=None)
@given(amounts=st.lists(st.tuples(st.integers(1, 10**12), st.integers(1, 10**12)), min_size=2, max_size=8))
def test_a_hidden_total_is_always_found_with_its_rows(amounts: list[tuple[int, int]]) -> None:
    total = (sum(paid for paid, _ in amounts), sum(spent for _, spent in amounts), False)
    found = list(_sums(table([*((paid, spent, False) for paid, spent in amounts), total])))
    assert found[-1] == (len(amounts) + 2, 2, len(amounts) + 1)
