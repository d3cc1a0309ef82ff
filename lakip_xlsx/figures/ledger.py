"""The ledger: every amount of a workbook in one long frame, its sums, and the one comparison.

One line for each cell of a column that is summed: money of Anggaran, Anggaran Sasaran and Program with its
quarters, and the staff of Pegawai. What should be equal is then said as data: sums of lines (by sheet, by group,
by Jumlah, by parent, by row) joined with the lines that state them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, ClassVar, Protocol, TypeVar

import numpy as np
import pandas as pd

from lakip_xlsx.figures.hierarchy import parents, top_level
from lakip_xlsx.figures.jumlah import jumlah_rows, unreadable
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Book, Table

SHEETS = ("anggaran", "anggaran_sasaran", "program", "pegawai")
"""The sheets that are summed, in the order in which the first one is the measure of the others."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger as a rule speaks of it, with the sum that it was compared with."""

    sheet: str
    key: str
    amount: Decimal
    row: int = 0
    group: str = ""
    expected: Decimal = Decimal(0)
    open_of_sum: int = 0  # how many cells of the sum are not filled


COLUMNS = (
    "sheet",  # key of the sheet
    "row",  # in Excel
    "key",  # of the column
    "amount",  # Decimal: rupiah, or people; None where the cell holds no number
    "printed",  # whether the row is a Jumlah that the office printed
    "counted",  # whether the row counts in its group's sum: no printed row; in Program only the highest Jenis
    "group",  # the Kelompok in Pegawai, folded; empty elsewhere
    "segment",  # the printed Jumlah that closes this row's part; of a printed Jumlah itself; 0 where none does
    "parent",  # the row in Program that this one belongs to; 0 where none
    "sasaran",  # Kode Sasaran; empty where none
    "sumber_dana",
    "open",  # the cell is truly empty: neither a number nor a dash
    "unread",  # the cell holds what could not be read
)


def build(book: Book) -> pd.DataFrame:
    """The ledger of a workbook, sheet by sheet, column by column; its columns are :data:`COLUMNS`."""
    parts = [_lines(table) for key in SHEETS if (table := book.table(key)) is not None and len(table.frame)]
    frame: dict[str, Any] = {name: np.concatenate([part[name] for part in parts]) if parts else [] for name in COLUMNS}
    texts = {name: pd.Series(frame[name], dtype=object) for name in ("sheet", "key", "amount", "group", "sasaran")}
    return pd.DataFrame(frame | texts | {"sumber_dana": pd.Series(frame["sumber_dana"], dtype=object)})


def _lines(table: Table) -> dict[str, np.ndarray]:
    """The lines of one sheet, as columns."""
    spec, frame = table.spec, table.frame
    keys = [key for key in (spec.total.fields if spec.total else ()) if key in table]
    rows = frame.index.tolist()
    at = {row: place for place, row in enumerate(rows)}
    jumlah, counted = set(jumlah_rows(table)), set(top_level(table))
    group = _groups(table)
    segment = _segments(rows, table, group)
    above = parents(table) if spec.key == "program" else {}
    amounts = frame[keys].to_numpy().ravel(order="F")
    is_open = np.array([amount is None for amount in amounts], dtype=bool)
    unread = np.zeros(len(amounts), dtype=bool)
    for row, key in table.notes:
        if key in keys and row in at:
            place = keys.index(key) * len(rows) + at[row]
            is_open[place], unread[place] = False, unreadable(table, row, key)

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
        "printed": each([row in jumlah for row in rows], bool),
        "counted": each([row in counted for row in rows], bool),
        "group": each([group.get(row, "") for row in rows], object),
        "segment": each([segment.get(row, 0) for row in rows], int),
        "parent": each([above.get(row, 0) for row in rows], int),
        "sasaran": texts("kode_sasaran"),
        "sumber_dana": texts("sumber_dana"),
        "open": is_open,
        "unread": unread,
    }


def _groups(table: Table) -> dict[int, str]:
    """Row → its Kelompok, folded. A Jumlah belongs to the Kelompok that it names, or to that of the row above it."""
    by = table.spec.total.by if table.spec.total else ""
    if not by or by not in table:
        return {}
    found = {row: fold(str(value or "")) for row, value in table.column(by)}
    named, last = set(found.values()), ""
    for row in sorted(table.frame.index):
        if row in found:
            last = found[row]
        else:
            said = fold(table.text(row, by))
            found[row] = said if said in named else last
    return found


def _segments(rows: list[int], table: Table, group: dict[int, str]) -> dict[int, int]:
    """Row → the first printed Jumlah of its group below it; a Jumlah → itself.

    A last Jumlah with rows below it closes nothing: it can only be the sum of all.
    """
    closing: dict[str, int] = {}
    jumlah, found = set(jumlah_rows(table)), {}
    for row in sorted(rows, reverse=True):
        name = group.get(row, "")
        if row in jumlah:
            closing[name] = row if name not in closing or closing[name] else 0
        else:
            closing.setdefault(name, 0)
        found[row] = closing[name]
    return found


def sums(lines: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The exact sums of some lines: ``expected``, and how many of them are ``open_of_sum`` and ``unread_of_sum``.

    The index is ``by``. A group in which no line holds a number has no sum, never 0.
    """
    groups = lines.groupby(list(by), sort=False)
    found = groups[["open", "unread"]].sum().add_suffix("_of_sum")
    known = lines[lines["amount"].notna()]
    found["expected"] = known.groupby(list(by), sort=False)["amount"].sum()
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
    stated: pd.DataFrame, expected: pd.DataFrame, on: Sequence[str], tolerance: pd.Series | None = None
) -> pd.DataFrame:
    """The lines that state something else than what follows: the one comparison of all rules on numbers.

    Both sides are joined on ``on`` (the index of ``expected``); what is stated or expected nowhere is not
    compared. ``tolerance`` is by the index of ``stated``; without it amounts must be equal to the last digit.
    The result has the columns of both.
    """
    both = stated[stated["amount"].notna()].join(expected, on=list(on))
    both = both[both["expected"].notna()]
    if tolerance is None:
        return both[both["amount"] != both["expected"]]
    return both[(both["amount"] - both["expected"]).abs() > tolerance.reindex(both.index)]
