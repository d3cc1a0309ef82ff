"""A workbook as read: one frame per sheet, and the cell of every value recoverable.

A row is named by its number in Excel everywhere, a column by its field key, so ``table.cell(row, key)``
needs no search. Values are exact: :class:`decimal.Decimal` for numbers, ``str`` for text,
:class:`datetime.date` for dates, ``None`` where there is no value; every column is ``dtype=object``, since
int64 overflows unseen and Arrow's decimals refuse percentages. What reconciles works on the frames
(:mod:`lakip_xlsx.figures.ledger`); what looks at single cells uses the accessors, which read the same memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd

from lakip_xlsx.finding import Cell, Finding
from lakip_xlsx.workbook.spec import SheetSpec

Value = Decimal | str | dt.date | None

YEARS = range(1990, 2101)
"""The years that a report can be about, or a Renstra; any other number in their place is a slip."""


class Oddity(StrEnum):
    """What is special about a cell; kept beside the value, for the checks of the family SEL."""

    ERROR = "error"  # #REF!, #DIV/0! …; the value is None, the note holds the code
    UNCALCULATED = "uncalculated"  # a formula without a cached value; the value is None
    AMBIGUOUS = "ambiguous"  # "1.351"; the value is None
    NOT_NUMBER = "not-number"  # text in a numeric column; kept as text where the kind allows it
    TEXT_NUMBER = "text-number"  # a number stored as text; the value is the number
    DOT_DECIMAL = "dot-decimal"  # "98.65" as text; the value is the number
    DASH = "dash"  # "-", "nihil", "n/a"; the value is None
    SYNONYM = "synonym"  # another word for a choice; the value is the choice, the note holds what was typed
    NOT_CHOICE = "not-choice"  # a word outside the list of a choice column; the value is the word as typed
    LOST_DIGITS = "lost-digits"  # a code of over 15 digits stored as a number: already corrupt


@dataclass(frozen=True, slots=True)
class Note:
    """What a special cell held, as the user sees it."""

    oddity: Oddity
    raw: str


def object_frame(columns: list[str], rows: Mapping[int, Sequence[object]]) -> pd.DataFrame:
    """A frame of exact values as they are: index the rows' keys, every column ``dtype=object``."""
    values = np.empty((len(rows), len(columns)), dtype=object)
    for place, row in enumerate(rows.values()):
        values[place] = row
    return pd.DataFrame(values, index=list(rows), columns=columns, dtype=object)


@dataclass(slots=True)
class Table:
    """One sheet's table.

    ``frame`` holds it: one row for each data row and then for each printed Jumlah row, its index the row's
    number in Excel; one column for each field that is there, by its key. ``totals`` are the numbers of the
    Jumlah rows. ``units`` are the units that were written in a cell with the number (``70%`` → ``%``),
    ``formulas`` the formulas of its cells. ``own`` are the columns that the office added, by heading: never
    looked at, only carried into the next year's workbook. Rows that hold nothing but empty formulas are not there.
    """

    spec: SheetSpec
    name: str  # the sheet's name in this file
    header_row: int
    letters: dict[str, str]  # field key → column letters, only of the columns that are there
    frame: pd.DataFrame
    totals: list[int]
    notes: dict[tuple[int, str], Note] = field(default_factory=dict)
    units: dict[tuple[int, str], str] = field(default_factory=dict)
    formulas: dict[tuple[int, str], str] = field(default_factory=dict)
    own: dict[str, dict[int, Value]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    rows: list[int] = field(init=False)  # the numbers of the data rows
    _values: np.ndarray = field(init=False, repr=False, compare=False)  # the frame's own memory, read faster
    _places: dict[int, int] = field(init=False, repr=False, compare=False)
    _columns: dict[str, int] = field(init=False, repr=False, compare=False)
    _cells: dict[tuple[int, str], Cell] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        every = self.frame.index.tolist()
        self.rows = every[: len(every) - len(self.totals)]
        self._values = self.frame.to_numpy()
        self._places = {row: place for place, row in enumerate(every)}
        self._columns = {key: place for place, key in enumerate(self.frame.columns)}

    @classmethod
    def of(
        cls,
        spec: SheetSpec,
        name: str,
        header_row: int,
        letters: dict[str, str],
        data: dict[int, list[Value]],
        totals: dict[int, list[Value]] | None = None,
    ) -> Self:
        """A table of rows (number in Excel → values in the order of ``letters``): data, and printed Jumlah."""
        printed = totals or {}
        return cls(spec, name, header_row, letters, object_frame([*letters], data | printed), list(printed))

    def __contains__(self, key: str) -> bool:
        return key in self.letters

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def data(self) -> pd.DataFrame:
        """The frame without the Jumlah rows."""
        return self.frame.iloc[: len(self.rows)]

    def is_data(self, row: int) -> bool:
        """Whether a row of this number is among the data rows."""
        return self._places.get(row, len(self.rows)) < len(self.rows)

    def cell(self, row: int, key: str) -> Cell:
        """The place of a field in a row; the whole row's first cell if the column is missing."""
        found = self._cells.get((row, key))
        if found is None:
            letters = self.letters.get(key) or next(iter(self.letters.values()), "A")
            found = self._cells[row, key] = Cell(self.name, f"{letters}{row}")
        return found

    def header(self, key: str) -> Cell:
        """The heading cell of a column."""
        return self.cell(self.header_row, key)

    def note(self, row: int, key: str) -> Oddity | None:
        """What is special about this cell, if anything."""
        note = self.notes.get((row, key))
        return note.oddity if note else None

    def value(self, row: int, key: str) -> Value:
        """The value of a cell; None if the column is missing.

        Raises:
            KeyError: there is no such row.
        """
        if key not in self._columns:
            return None
        value: Value = self._values[self._places[row], self._columns[key]]
        return value

    def column(self, key: str, rows: Iterable[int] | None = None) -> Iterator[tuple[int, Value]]:
        """Row number and value, of every data row or of ``rows``; empty if the column is missing."""
        if key in self.letters:
            wanted = self.rows if rows is None else list(rows)
            yield from zip(wanted, self._of(key, wanted), strict=True)

    def _of(self, key: str, rows: list[int]) -> list[Value]:
        """The values of a column in these rows."""
        values = self._values[:, self._columns[key]]
        if rows is not self.rows:
            values = values[[self._places[row] for row in rows]]
        found: list[Value] = values[: len(rows)].tolist()
        return found

    def records(self, rows: Iterable[int] | None = None) -> Iterator[tuple[int, dict[str, Value]]]:
        """Row number and values by field key, of every data row or of ``rows``; in one pass, for long tables."""
        wanted = self.rows if rows is None else list(rows)
        for row in wanted:
            yield row, dict(zip(self._columns, self._values[self._places[row]].tolist(), strict=True))

    def numbers(self, key: str, rows: Iterable[int] | None = None) -> dict[int, Decimal]:
        """Row number → value, of the rows that hold a number in this column."""
        return {row: value for row, value in self.column(key, rows) if isinstance(value, Decimal)}

    def number(self, row: int, key: str) -> Decimal | None:
        """The number in a cell, or None.

        Raises:
            KeyError: there is no such row.
        """
        value = self.value(row, key)
        return value if isinstance(value, Decimal) else None

    def text(self, row: int, key: str) -> str:
        """The text in a cell as the user sees it, or an empty string.

        Raises:
            KeyError: there is no such row.
        """
        note = self.notes.get((row, key))
        if note is not None and note.oddity is Oddity.NOT_NUMBER and key in self.letters:
            return note.raw
        value = self.value(row, key)
        return "" if value is None else str(value)


@dataclass(slots=True)
class Form:
    """The sheet ``Instansi``: one value per field key, with its cell."""

    spec: SheetSpec
    name: str
    values: dict[str, Value]
    cells: dict[str, Cell]  # of every label that is in the sheet, also where the value is empty
    notes: dict[str, Note] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)  # written with the number, or its percent format

    def text(self, key: str) -> str:
        """The value as text, or an empty string."""
        value = self.values.get(key)
        return "" if value is None else str(value)

    def number(self, key: str) -> Decimal | None:
        """The value as a number, or None."""
        value = self.values.get(key)
        return value if isinstance(value, Decimal) else None

    def year(self, key: str) -> int | None:
        """The value as a year, or None: a whole number of :data:`YEARS`, so that dates can be made of it."""
        value = self.number(key)
        return int(value) if value is not None and value in YEARS else None

    def cell(self, key: str) -> Cell:
        """The place of the value; the whole sheet if its label is missing."""
        return self.cells.get(key, Cell(self.name))


@dataclass(slots=True)
class Book:
    """A whole workbook as read, with what the reader itself has to say about its form."""

    path: Path
    sheet_names: tuple[str, ...]
    tables: dict[str, Table]  # by sheet key; a sheet that is missing or unreadable is not there
    form: Form | None
    findings: list[Finding] = field(default_factory=list)  # of the families BRK and SEL
    unreadable: dict[str, str] = field(default_factory=dict)  # sheet key → reason, in Indonesian

    def table(self, key: str) -> Table | None:
        """The table of a sheet, if it was read."""
        return self.tables.get(key)
