"""The share of a budget that was spent, row by row: what is typed, and what follows from the amounts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from lakip_xlsx.figures.hierarchy import MONEY
from lakip_xlsx.figures.ledger import Ledger, compare, records
from lakip_xlsx.numbers import half_unit, mean, percentage

_HALF_PLACE = Decimal("0.005")  # a mean of many places, cut off at two, is still that mean


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
    wrong: bool = False  # what is typed does not follow, at the places as it is written
    of_means: bool = False  # of a Jumlah: it is the mean of its rows' percentages, not the sum over the sum


def shares(ledger: Ledger) -> pd.DataFrame:
    """One :class:`Share` for each row and printed Jumlah of the sheets with money that could be read.

    A Jumlah without amounts is measured by the sums of its rows, and is ``open`` until these are finished.
    """
    money = ledger.lines[ledger.lines["key"].isin(MONEY)]
    budget, spent = (money[money["key"] == key].reset_index(drop=True) for key in MONEY)  # the same rows in both
    lines = budget[["sheet", "row", "printed", "counted"]].assign(
        anggaran=budget["amount"], realisasi=spent["amount"], open=budget["open"] | spent["open"]
    )
    places = list(zip(lines["sheet"], lines["row"], lines["printed"], strict=True))
    is_line = [printed or ledger.tables[sheet].is_data(row) for sheet, row, printed in places]  # no row of means
    kept = pd.Series(is_line, lines.index, bool) & ~budget["unread"] & ~spent["unread"]
    own = [_exact(*pair) for pair in zip(lines["anggaran"], lines["realisasi"], strict=True)]
    whole = _wholes(ledger)
    exact = [
        whole.get(sheet) if printed and share is None else share
        for (sheet, _, printed), share in zip(places, own, strict=True)
    ]
    waits = [
        printed and share is None and sheet not in whole for (sheet, _, printed), share in zip(places, own, strict=True)
    ]
    lines = lines.assign(open=lines["open"] | pd.Series(waits, lines.index, bool))
    typed = [ledger.tables[sheet].number(row, "serapan") for sheet, row, _ in places]
    lines = lines.assign(amount=pd.Series(typed, dtype=object), expected=pd.Series(exact, dtype=object))[kept]
    wrong = compare(lines, lines[["expected"]], tolerance=lines["amount"].map(half_unit, na_action="ignore"))
    of_means = [
        line.row
        for line in records(wrong[wrong["printed"]], Share)
        if line.amount is not None and _is_mean(line.amount, lines[lines["sheet"] == line.sheet])
    ]
    return lines.assign(wrong=lines.index.isin(wrong.index), of_means=lines["row"].isin(of_means) & lines["printed"])


def _wholes(ledger: Ledger) -> dict[str, Decimal | None]:
    """Sheet → the share of its totals, where both are finished."""
    finished = zip(ledger.finished["sheet"], ledger.finished["key"], ledger.finished["amount"], strict=True)
    totals = {(sheet, key): amount for sheet, key, amount in finished}
    sheets = [sheet for sheet in ledger.tables if all((sheet, key) in totals for key in MONEY)]
    return {sheet: _exact(*(totals[sheet, key] for key in MONEY)) for sheet in sheets}


def _exact(anggaran: Decimal | None, realisasi: Decimal | None) -> Decimal | None:
    """Realisasi / anggaran in percent, or None where that says nothing."""
    return None if not anggaran or realisasi is None else percentage(realisasi, anggaran)


def _is_mean(typed: Decimal, lines: pd.DataFrame) -> bool:
    """Whether a percentage is the mean of the rows' percentages, of the typed or of the computed ones."""
    rows = lines[lines["counted"]]
    both: list[list[Decimal]] = [rows[name].dropna().tolist() for name in ("amount", "expected")]
    return any(len(values) > 1 and abs(typed - mean(values)) <= max(_HALF_PLACE, half_unit(typed)) for values in both)
