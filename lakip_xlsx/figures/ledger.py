"""The ledger: every amount of a workbook in one long frame, its sums, and the one comparison.

One line for each cell of a column that is summed: money of Anggaran, Anggaran Sasaran, Belanja and Program with
its quarters, and the staff of Pegawai. What should be equal is then said as data: sums of lines (by sheet, by group,
by Jumlah, by parent, by row) joined with the lines that state them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Protocol, TypeVar

import numpy as np
import pandas as pd

from lakip_xlsx.figures.hierarchy import MONEY, levels, parents, top_level, unknown_rows
from lakip_xlsx.figures.jumlah import jumlah_rows, subtotal_rows, unreadable
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Book, Table

SHEETS = ("anggaran", "anggaran_sasaran", "program", "belanja", "pegawai")
"""The sheets that are summed, in the order in which the first one is the measure of the others."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger as a rule speaks of it, with the sum that it was compared with."""

    sheet: str
    key: str
    amount: Decimal
    row: int = 0
    group: str = ""
    whole: int = 0
    cell: int = 0
    segment: int = 0
    sub: bool = False
    expected: Decimal = Decimal(0)
    measure: int = 0  # of a total: the ``whole`` that it was compared with
    open_of_sum: int = 0  # how many cells of the sum are not filled


COLUMNS: dict[str, type] = {
    "sheet": object,  # key of the sheet
    "row": int,  # in Excel
    "key": object,  # of the column
    "amount": object,  # Decimal: rupiah, or people; None where the cell holds no number
    "printed": bool,  # whether the row is a Jumlah that the office printed
    "counted": bool,  # whether the row counts in its group's sum: no printed row; in Program only the highest Jenis
    "group": object,  # the Kelompok in Pegawai, folded; empty elsewhere
    "whole": int,  # a number for sheet, group and key: all lines that make up one total
    "cell": int,  # a number for row and key within the sheet
    "sub": bool,  # a printed Jumlah that calls itself a part: it is the sum of its segment
    "segment": int,  # the printed Jumlah that closes this row's part; of a printed Jumlah itself; 0 where none does
    "parent": int,  # the row in Program that this one belongs to; 0 where none
    "parent_cell": int,  # the ``cell`` of the same key in that row; 0 where none
    "sasaran": object,  # Kode Sasaran; empty where none
    "sumber_dana": object,
    "open": bool,  # the cell is truly empty: neither a number nor a dash
    "unread": bool,  # the cell holds what could not be read
}


class Ledger:
    """The ledger of a workbook with what several rules ask of it, computed once."""

    def __init__(self, book: Book) -> None:
        tables = [table for key in SHEETS if (table := book.table(key)) is not None]
        self.tables = {table.spec.key: table for table in tables if _is_summed(table)}
        parts = [_lines(table) for table in self.tables.values()]
        columns = {
            name: np.concatenate([np.empty(0, dtype=kind), *(part[name] for part in parts)])
            for name, kind in COLUMNS.items()
            if name != "whole"
        }
        groups = list(zip(columns["sheet"], columns["group"], columns["key"], strict=True))
        number = {group: at for at, group in enumerate(dict.fromkeys(groups), 1)}
        columns["whole"] = np.array([number[group] for group in groups], dtype=int)
        self.lines = pd.DataFrame({name: pd.Series(columns[name], dtype=kind) for name, kind in COLUMNS.items()})

    def of(self, sheet: str) -> pd.DataFrame:
        """The lines of the rows of one sheet, without its Jumlah."""
        return self.lines[(self.lines["sheet"] == sheet) & ~self.lines["printed"]]

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The lines that make up the totals."""
        return self.lines[self.lines["counted"]]

    @cached_property
    def printed(self) -> pd.DataFrame:
        """The lines of the Jumlah that the office printed."""
        return self.lines[self.lines["printed"]]

    @cached_property
    def wholes(self) -> pd.DataFrame:
        """The total of every column of every group; the index is ``whole``, see :func:`sums`."""
        return sums(self.counted, "whole")

    @cached_property
    def totals(self) -> pd.DataFrame:
        """The same as lines of the ledger, the sum as ``amount``, with ``open_of_sum`` and ``unread_of_sum``."""
        names = self.lines.drop_duplicates("whole").set_index("whole")[["sheet", "group", "key"]]
        return self.wholes.rename(columns={"expected": "amount"}).join(names).reset_index()

    @cached_property
    def finished(self) -> pd.DataFrame:
        """The totals whose cells are all filled and could be read."""
        totals = self.totals
        return totals[(totals["open_of_sum"] == 0) & (totals["unread_of_sum"] == 0)]

    @cached_property
    def misprinted(self) -> pd.DataFrame:
        """The printed Jumlah that are not the total."""
        return compare(self.printed, self.wholes, "whole")

    @cached_property
    def unequal(self) -> pd.DataFrame:
        """The totals that differ from the first known one of their column: of another sheet, or another group."""
        known = self.totals[(self.totals["unread_of_sum"] == 0) & self.totals["amount"].notna()]
        first = known.drop_duplicates("key").set_index("key")
        measures = first[["amount", "whole"]].set_axis(["expected", "measure"], axis="columns")
        return compare(known, measures, "key")


def _is_summed(table: Table) -> bool:
    """Whether a sheet has rows, and both columns of money if it is one with money."""
    fields = table.spec.total.fields if table.spec.total else ()
    return len(table.frame) > 0 and all(key in table for key in MONEY if key in fields)


def _lines(table: Table) -> dict[str, np.ndarray]:
    """The lines of one sheet, as columns."""
    spec, frame = table.spec, table.frame
    keys = [key for key in (spec.total.fields if spec.total else ()) if key in table]
    rows = frame.index.tolist()
    at = {row: place for place, row in enumerate(rows)}
    jumlah, counted, sub = jumlah_rows(table), set(top_level(table)), subtotal_rows(table)
    unknown = unknown_rows(table)
    group = _groups(table, unknown, jumlah)
    printed = frozenset(jumlah)
    segment = _segments(rows, group, printed, sub)
    above = parents(table) if spec.key == "program" else {}
    if unknown and spec.key == "program":
        counted |= set(unknown)
        above |= _holding(table, unknown, above)
    amounts = frame[keys].to_numpy().ravel(order="F")
    is_open = np.array([amount is None for amount in amounts], dtype=bool)
    unread = np.zeros(len(amounts), dtype=bool)
    for row, key in table.notes:
        if key in keys and row in at:
            place = keys.index(key) * len(rows) + at[row]
            is_open[place], unread[place] = False, unreadable(table, row, key)
    for row in _beside(table, unknown, jumlah):  # which sum its amounts belong to is not known
        for place in range(at[row], len(amounts), len(rows)):
            is_open[place], unread[place] = False, True

    def each(values: list[object], kind: type) -> np.ndarray:
        return np.tile(np.array(values, dtype=kind), len(keys))

    def texts(key: str) -> np.ndarray:
        column = frame[key].tolist() if key in table else [None] * len(rows)
        return each([value if isinstance(value, str) else "" for value in column], object)

    return {
        "sheet": np.full(len(amounts), spec.key, dtype=object),
        "row": each([*rows], int),
        "key": np.repeat(np.array(keys, dtype=object), len(rows)),
        "amount": np.array([each if isinstance(each, Decimal) else None for each in amounts], dtype=object),
        "printed": each([row in printed for row in rows], bool),
        "counted": each([row in counted for row in rows], bool),
        "group": each([group.get(row, "") for row in rows], object),
        "cell": each([row * 100 for row in rows], int) + np.repeat(np.arange(len(keys)), len(rows)),
        "sub": each([row in sub for row in rows], bool),
        "segment": each([segment.get(row, 0) for row in rows], int),
        "parent": each([above.get(row, 0) for row in rows], int),
        "parent_cell": each([above.get(row, 0) * 100 for row in rows], int)
        + np.repeat(np.arange(len(keys)), len(rows)) * each([row in above for row in rows], int),
        "sasaran": texts("kode_sasaran"),
        "sumber_dana": texts("sumber_dana"),
        "open": is_open,
        "unread": unread,
    }


def _holding(program: Table, unknown: list[int], above: dict[int, int]) -> dict[int, int]:
    """Row of unknown Jenis → the row that it may stand under: the family of the known row above it, if any."""
    known = list(levels(program))
    found: dict[int, int] = {}
    for row in unknown:
        at = bisect_left(known, row)
        if at:
            found[row] = above.get(known[at - 1]) or known[at - 1]
    return found


def _beside(table: Table, unknown: list[int], jumlah: list[int]) -> list[int]:
    """Rows of unknown Jenis or Kelompok; where no Jumlah parts two Kelompok, with the first row of the next."""
    if not (table.spec.total and table.spec.total.by):
        return unknown
    joined = []
    for row in unknown:
        after = table.rows[bisect_right(table.rows, row) :][:1]
        joined += [line for line in after if not _is_between(jumlah, row, line)]
    return [*dict.fromkeys((*unknown, *joined))]


def _is_between(rows: list[int], first: int, last: int) -> bool:
    """Whether one of some sorted rows lies between two others."""
    return bisect_right(rows, first) < bisect_left(rows, last)


def _groups(table: Table, unknown: list[int], jumlah: list[int]) -> dict[int, str]:
    """Row → its Kelompok, folded. A Jumlah belongs to the Kelompok that it names, or to that of the row above it."""
    by = table.spec.total.by if table.spec.total else ""
    if not by or by not in table:
        return {}
    found = {row: fold(str(value or "")) for row, value in table.column(by)}
    found |= _doubtful(found, unknown, jumlah)
    named, last = set(found.values()), ""
    for row in sorted(table.frame.index):
        if row in found:
            last = found[row]
        else:
            said = fold(table.text(row, by))
            found[row] = said if said in named else last
    return found


def _doubtful(found: dict[int, str], unknown: list[int], jumlah: list[int]) -> dict[int, str]:
    """Rows of an unknown Kelompok → the Kelompok that they may be of: the one above, or below a Jumlah the next."""
    left_out = frozenset(unknown)
    known = [row for row in found if row not in left_out]
    doubtful: dict[int, str] = {}
    for row in unknown:
        at = bisect_left(known, row)
        above, below = known[at - 1 : at] if at else [], known[at : at + 1]
        closed = not above or _is_between(jumlah, above[0], row)
        doubtful[row] = next((found[line] for line in (below or above if closed else above)), found[row])
    return doubtful


def _segments(rows: list[int], group: dict[int, str], printed: frozenset[int], sub: frozenset[int]) -> dict[int, int]:
    """Row → the first printed Jumlah of its group below it; a Jumlah → itself.

    A last Jumlah with rows below it closes nothing, unless it calls itself a part: it can only be the sum of all.
    """
    closing: dict[str, int] = {}
    found: dict[int, int] = {}
    for row in sorted(rows, reverse=True):
        name = group.get(row, "")
        if row in printed:
            closing[name] = row if name not in closing or closing[name] or row in sub else 0
        else:
            closing.setdefault(name, 0)
        found[row] = closing[name]
    return found


def sums(lines: pd.DataFrame, by: str) -> pd.DataFrame:
    """The exact sums of some lines: ``expected``, and how many of them are ``open_of_sum`` and ``unread_of_sum``.

    The index is ``by``. A group in which no line holds a number has no sum, never 0.
    """
    groups, names = pd.factorize(lines[by].to_numpy())
    found = pd.DataFrame(
        {
            f"{name}_of_sum": np.bincount(groups, weights=lines[name], minlength=len(names)).astype(int)
            for name in ("open", "unread")
        },
        index=pd.Index(names, name=by),
    )
    known = lines[lines["amount"].notna()].groupby(by, sort=False)["amount"].sum()
    found["expected"] = pd.Series(known.reindex(names).to_numpy(), found.index, dtype=object).where(
        found.index.isin(known.index), None
    )
    return found


class _Record(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


Record = TypeVar("Record", bound=_Record)


def records(frame: pd.DataFrame, kind: type[Record]) -> Iterator[Record]:
    """The rows of a frame as records of a dataclass, by the names of its fields; a missing column is its default."""
    names = [each.name for each in fields(kind) if each.name in frame]
    for values in zip(*(frame[name].tolist() for name in names), strict=True):
        yield kind(**dict(zip(names, values, strict=True)))


def compare(
    stated: pd.DataFrame, expected: pd.DataFrame, on: str | None = None, tolerance: pd.Series | None = None
) -> pd.DataFrame:
    """The lines that state something else than what follows: the one comparison of all rules on numbers.

    Each line is joined with the row of ``expected`` that its value of ``on`` (or its own index) names; what is
    stated or expected nowhere is not compared. ``tolerance`` is by the index of ``stated``; without it amounts
    must be equal to the last digit. The result are the differing lines with the columns of both; only they are
    put together, since there are few of them.
    """
    if expected.empty:
        return stated[:0].assign(**{str(name): None for name in expected})
    at = expected.index.get_indexer(pd.Index(stated[on]) if on else stated.index)
    amount = stated["amount"].to_numpy()
    should = expected["expected"].to_numpy()[at]
    known = (at >= 0) & stated["amount"].notna().to_numpy() & pd.notna(should)
    differs = np.zeros(len(stated), dtype=bool)
    if tolerance is None:
        differs[known] = amount[known] != should[known]
    else:
        differs[known] = abs(amount[known] - should[known]) > tolerance.to_numpy()[known]
    wanted = {str(name): expected[name].to_numpy()[at[differs]] for name in expected}
    return stated[differs].assign(**wanted)
