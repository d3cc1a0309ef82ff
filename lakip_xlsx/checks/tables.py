"""What several rules ask of a table: its Jumlah rows, what could not be read, how to speak of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from decimal import Decimal

from lakip_xlsx.checks.places import At
from lakip_xlsx.figures.hierarchy import MONEY
from lakip_xlsx.figures.jumlah import jumlah_rows, unreadable
from lakip_xlsx.numbers import HUNDRED, half_unit, rupiah, show
from lakip_xlsx.workbook.book import Table, Value
from lakip_xlsx.workbook.spec import Kind

HALF_PLACE = Decimal("0.005")
"""Half a unit of the last printed place of a percentage with two decimals."""

_UNIT = re.compile(r" \((?:Rp|%)\)$")


def heading(table: Table, key: str) -> str:
    """The name of a column without its unit, for sentences."""
    return _UNIT.sub("", table.spec.field(key).heading)


def money_tables(*tables: Table | None) -> dict[str, Table]:
    """By key: the tables that are there and have both columns of money."""
    return {table.spec.key: table for table in tables if table is not None and all(key in table for key in MONEY)}


def unread(table: Table, rows: Iterable[int], key: str) -> list[int]:
    """The rows in which this column holds something that could not be read."""
    if not table.notes:
        return []
    return [row for row in rows if unreadable(table, row, key)]


def is_blank(table: Table, row: int, key: str, value: Value) -> bool:
    """Whether a cell is truly empty; a dash is a statement, not a blank."""
    return value is None and (row, key) not in table.notes


def total_place(table: Table, key: str) -> At:
    """Where a table says its total: the last Jumlah cell, or the heading if no Jumlah is printed."""
    rows = jumlah_rows(table)
    return At(table, rows[-1] if rows else table.header_row, key)


def rp(value: Decimal) -> str:
    """An amount in a sentence: "Rp 10"."""
    return f"Rp {rupiah(value)}"


def digits(table: Table, key: str, value: Decimal) -> str:
    """An amount or a number of people as it stands in a cell, by the kind of its column."""
    return rupiah(value) if table.spec.field(key).kind is Kind.MONEY else show(value)


def amount(table: Table, key: str, value: Decimal) -> str:
    """An amount or a number of people in a sentence, by the kind of its column."""
    return rp(value) if table.spec.field(key).kind is Kind.MONEY else f"{show(value)} orang"


def differs(written: Decimal, exact: Decimal) -> bool:
    """Whether a written percentage is further from the exact one than rounding to its own places explains."""
    return abs(written - exact) > half_unit(written)


def prints_as_hundred(value: Decimal) -> bool:
    """Whether a percentage with two decimals prints "100,00"."""
    return HUNDRED - HALF_PLACE <= value < HUNDRED + HALF_PLACE


def nearest(rows: list[int], row: int) -> int:
    """The row of a sorted, non-empty list that is nearest to another; the upper one of two."""
    position = bisect_left(rows, row)
    around = rows[max(0, position - 1) : position + 1]
    return min(around, key=lambda line: abs(line - row))
