"""The share of a budget that was spent, row by row: what is typed, and what follows from the amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.checks.tables import HALF_PLACE, half_unit
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.figures.hierarchy import MONEY
from lakip_xlsx.figures.ledger import compare, records
from lakip_xlsx.numbers import mean, percentage
from lakip_xlsx.workbook.book import Table


@dataclass(frozen=True, slots=True)
class Share:
    """A row or printed Jumlah with its amounts, the percentage that is typed there, and the one that follows."""

    sheet: str
    row: int
    printed: bool
    open: bool  # an amount is not filled yet
    anggaran: Decimal | None
    realisasi: Decimal | None
    amount: Decimal | None  # the typed percentage
    expected: Decimal | None  # with 60 digits; None where it cannot be calculated
    of_means: bool = False  # of a Jumlah: it is the mean of its rows' percentages, not the sum over the sum


def shares(tables: Mapping[str, Table], figures: Figures) -> pd.DataFrame:
    """One :class:`Share` for each row and printed Jumlah of the sheets with money that could be read.

    A Jumlah without amounts is measured by the sums of its rows. ``counted`` as in the ledger.
    """
    ledger = figures.ledger
    money = ledger[ledger["sheet"].isin(tables) & ledger["key"].isin(MONEY)]
    budget, spent = (money[money["key"] == key].reset_index(drop=True) for key in MONEY)  # the same rows in both
    lines = budget[["sheet", "row", "printed", "counted"]].assign(
        anggaran=budget["amount"], realisasi=spent["amount"], open=budget["open"] | spent["open"]
    )
    kept = [
        not unread and (printed or tables[sheet].is_data(row))
        for sheet, row, printed, unread in zip(
            lines["sheet"], lines["row"], lines["printed"], budget["unread"] | spent["unread"], strict=True
        )
    ]
    lines = lines[kept].astype({"anggaran": object, "realisasi": object})
    typed = [tables[sheet].number(row, "serapan") for sheet, row in zip(lines["sheet"], lines["row"], strict=True)]
    exact = [
        _exact(anggaran, realisasi) or (figures.totals[sheet].serapan if printed else None)
        for sheet, printed, anggaran, realisasi in zip(
            lines["sheet"], lines["printed"], lines["anggaran"], lines["realisasi"], strict=True
        )
    ]
    return lines.assign(amount=pd.Series(typed, lines.index, object), expected=pd.Series(exact, lines.index, object))


def _exact(anggaran: Decimal | None, realisasi: Decimal | None) -> Decimal | None:
    """Realisasi / anggaran in percent, or None where that says nothing."""
    return None if not anggaran or realisasi is None else percentage(realisasi, anggaran)


def wrong_shares(lines: pd.DataFrame) -> pd.DataFrame:
    """The typed percentages that do not follow from the amounts, at the places as they are written."""
    typed = lines[lines["amount"].notna()]
    tolerance = typed["amount"].map(half_unit)
    expected = lines.set_index(["sheet", "row"])[["expected"]]
    wrong = compare(typed.drop(columns="expected"), expected, ["sheet", "row"], tolerance)
    of_means = [
        line.printed and _is_mean(line.amount or Decimal(0), lines[lines["sheet"] == line.sheet])
        for line in records(wrong, Share)
    ]
    return wrong.assign(of_means=pd.Series(of_means, wrong.index, bool))


def _is_mean(typed: Decimal, lines: pd.DataFrame) -> bool:
    """Whether a percentage is the mean of the rows' percentages, of the typed or of the computed ones."""
    rows = lines[lines["counted"]]
    both: list[list[Decimal]] = [rows[name].dropna().tolist() for name in ("amount", "expected")]
    return any(len(values) > 1 and abs(typed - mean(values)) <= max(HALF_PLACE, half_unit(typed)) for values in both)


def share_place(table: Table, row: int) -> At:
    """The cell of the percentage; without that column, of the amount spent."""
    return At(table, row, "serapan" if "serapan" in table else "realisasi")


def share_sources(table: Table, row: int) -> tuple[Place, ...]:
    """The two amounts from which the percentage follows."""
    return tuple(At(table, row, key) for key in MONEY)
