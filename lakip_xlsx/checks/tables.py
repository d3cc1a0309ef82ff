"""What several rules ask of a table: its Jumlah rows, what could not be read, how to speak of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal

from lakip_xlsx.checks.places import At
from lakip_xlsx.numbers import HUNDRED, fold, rupiah, show
from lakip_xlsx.workbook.book import Oddity, Table, Value
from lakip_xlsx.workbook.spec import Kind

UNREADABLE = frozenset({Oddity.ERROR, Oddity.UNCALCULATED, Oddity.AMBIGUOUS, Oddity.NOT_NUMBER})
"""What makes a sum over the column unknowable; each has a finding of its own."""

HALF_PLACE = Decimal("0.005")
"""Half a unit of the last printed place of a percentage with two decimals."""

_MEAN_STARTS = ("rata-rata", "rerata")
_UNIT = re.compile(r" \((?:Rp|%)\)$")


def heading(table: Table, key: str) -> str:
    """The name of a column without its unit, for sentences."""
    return _UNIT.sub("", table.spec.field(key).heading)


def money_tables(*tables: Table | None) -> list[Table]:
    """The tables that are there and have both columns of money."""
    return [table for table in tables if table is not None and all(key in table for key in ("anggaran", "realisasi"))]


def unread(table: Table, rows: Iterable[int], key: str) -> list[int]:
    """The rows in which this column holds something that could not be read."""
    if not table.notes:
        return []
    return [row for row in rows if table.note(row, key) in UNREADABLE]


def is_blank(table: Table, row: int, key: str, value: Value) -> bool:
    """Whether a cell is truly empty; a dash is a statement, not a blank."""
    return value is None and (row, key) not in table.notes


def jumlah_rows(table: Table) -> list[int]:
    """The printed Jumlah rows, without rows that call themselves a mean."""
    return [row for row, is_mean in _printed(table) if not is_mean]


def mean_rows(table: Table) -> list[int]:
    """The printed rows of means."""
    return [row for row, is_mean in _printed(table) if is_mean]


def _printed(table: Table) -> Iterator[tuple[int, bool]]:
    """The printed rows, each with whether one of its texts says that it is a mean."""
    for row, values in table.records(table.totals):
        yield row, any(isinstance(value, str) and fold(value).startswith(_MEAN_STARTS) for value in values.values())


def total_place(table: Table, key: str) -> At:
    """Where a table says its total: the last Jumlah cell, or the heading if no Jumlah is printed."""
    rows = jumlah_rows(table)
    return At(table, rows[-1] if rows else table.header_row, key)


def total(values: dict[int, Decimal]) -> Decimal:
    """The exact sum of some rows."""
    return sum(values.values(), Decimal(0))


def rp(value: Decimal) -> str:
    """An amount in a sentence: "Rp 10"."""
    return f"Rp {rupiah(value)}"


def amount(table: Table, key: str, value: Decimal) -> str:
    """An amount or a number of people in a sentence, by the kind of its column."""
    return rp(value) if table.spec.field(key).kind is Kind.MONEY else f"{show(value)} orang"


def differs(percent: Decimal, exact: Decimal) -> bool:
    """Whether a printed percentage is further from the exact one than rounding to two decimals explains."""
    return abs(percent - exact) > HALF_PLACE


def prints_as_hundred(value: Decimal) -> bool:
    """Whether a percentage with two decimals prints "100,00"."""
    return HUNDRED - HALF_PLACE <= value < HUNDRED + HALF_PLACE


def nearest(rows: list[int], row: int) -> int:
    """The row of a sorted, non-empty list that is nearest to another; the upper one of two."""
    position = bisect_left(rows, row)
    around = rows[max(0, position - 1) : position + 1]
    return min(around, key=lambda line: abs(line - row))
