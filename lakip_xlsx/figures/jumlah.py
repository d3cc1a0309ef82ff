"""The printed rows of a table (Jumlah, Rata-rata), and the cells from which nothing can be computed."""

from __future__ import annotations

from collections.abc import Iterator

from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Oddity, Table
from lakip_xlsx.workbook.labels import MEAN_STARTS, plain_label

UNREADABLE = frozenset({Oddity.ERROR, Oddity.UNCALCULATED, Oddity.AMBIGUOUS, Oddity.NOT_NUMBER})
"""What makes a sum over the column unknowable; each has a finding of its own."""


def subtotal_rows(table: Table) -> frozenset[int]:
    """The printed Jumlah rows that call themselves a part: "Sub-jumlah", "Subtotal"."""
    return frozenset(
        row
        for row, values in table.records(table.totals)
        if any(isinstance(value, str) and plain_label(value).startswith("sub") for value in values.values())
    )


def unreadable(table: Table, row: int, key: str) -> bool:
    """Whether a cell holds something that could not be read."""
    return table.note(row, key) in UNREADABLE


def jumlah_rows(table: Table) -> list[int]:
    """The printed Jumlah rows, without rows that call themselves a mean."""
    return [row for row, is_mean in _printed(table) if not is_mean]


def mean_rows(table: Table) -> list[int]:
    """The printed rows of means."""
    return [row for row, is_mean in _printed(table) if is_mean]


def _printed(table: Table) -> Iterator[tuple[int, bool]]:
    """The printed rows, each with whether one of its texts says that it is a mean."""
    for row, values in table.records(table.totals):
        yield row, any(isinstance(value, str) and fold(value).startswith(MEAN_STARTS) for value in values.values())
