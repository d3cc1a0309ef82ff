"""A workbook as read: one frame per sheet, and the cell of every value recoverable.

The index of every frame is the row number in Excel; its columns are the field keys of the
declaration, so ``table.cell(row, key)`` needs no search. Frames are ``dtype=object`` and hold exact
values: :class:`decimal.Decimal` for numbers, ``str`` for text, :class:`datetime.date` for dates,
``None`` where there is no value. Nothing was converted by pandas.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pandas as pd

from lakip_xlsx.finding import Cell, Finding
from lakip_xlsx.workbook.spec import SheetSpec

Value = Decimal | str | dt.date | None


class Oddity(StrEnum):
    """What is special about a cell; kept beside the value, for the checks of the family SEL."""

    ERROR = "error"  # #REF!, #DIV/0! …; the value is None, the note holds the code
    UNCALCULATED = "uncalculated"  # a formula without a cached value; the value is None
    AMBIGUOUS = "ambiguous"  # "1.351"; the value is None
    NOT_NUMBER = "not-number"  # text in a numeric column; kept as text where the kind allows it
    TEXT_NUMBER = "text-number"  # a number stored as text; the value is the number
    DOT_DECIMAL = "dot-decimal"  # "98.65" as text; the value is the number
    DASH = "dash"  # "-", "nihil", "n/a"; the value is None
    LOST_DIGITS = "lost-digits"  # a code of over 15 digits stored as a number: already corrupt


@dataclass(frozen=True, slots=True)
class Note:
    """What a special cell held, as the user sees it."""

    oddity: Oddity
    raw: str


class _Plain:
    """A frame as plain lists, each made when it is first asked for: a single cell of a frame is slow to get at."""

    __slots__ = ("_columns", "_places", "frame", "rows")

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.rows: list[int] = frame.index.tolist()
        self._columns: dict[str, list[Value]] = {}
        self._places: dict[int, int] | None = None

    def column(self, key: str) -> list[Value]:
        """The values of a column, from the first row on."""
        found = self._columns.get(key)
        if found is None:
            found = self._columns[key] = self.frame[key].tolist()
        return found

    def at(self, row: int, key: str) -> Value:
        """The value of a cell.

        Raises:
            KeyError: there is no such row.
        """
        if self._places is None:
            self._places = {line: place for place, line in enumerate(self.rows)}
        return self.column(key)[self._places[row]]


@dataclass(slots=True)
class Table:
    """One sheet's table.

    ``frame`` holds the data rows, ``totals`` the printed Jumlah rows (the same columns), ``units`` the
    units that were written in a cell with the number (``70%`` → ``%``), ``formulas`` the formulas of
    computed columns. Rows that hold nothing but empty formulas are not there.
    """

    spec: SheetSpec
    name: str  # the sheet's name in this file
    header_row: int
    letters: dict[str, str]  # field key → column letters, only of the columns that are there
    frame: pd.DataFrame
    totals: pd.DataFrame
    notes: dict[tuple[int, str], Note] = field(default_factory=dict)
    units: dict[tuple[int, str], str] = field(default_factory=dict)
    formulas: dict[tuple[int, str], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    _plain: dict[int, _Plain] = field(default_factory=dict, repr=False, compare=False)

    def __contains__(self, key: str) -> bool:
        return key in self.letters

    def _read(self, frame: pd.DataFrame) -> _Plain:
        """A frame as plain lists. Those of the whole table are made once: checks read each cell many times."""
        plain = self._plain.get(id(frame))
        if plain is None or plain.frame is not frame:
            plain = _Plain(frame)
            if frame is self.frame or frame is self.totals:
                self._plain[id(frame)] = plain
        return plain

    def __len__(self) -> int:
        return len(self.frame)

    def cell(self, row: int, key: str) -> Cell:
        """The place of a field in a row; the whole row's first cell if the column is missing."""
        return Cell(self.name, f"{self.letters.get(key) or next(iter(self.letters.values()), 'A')}{row}")

    def header(self, key: str) -> Cell:
        """The heading cell of a column."""
        return self.cell(self.header_row, key)

    def note(self, row: int, key: str) -> Oddity | None:
        """What is special about this cell, if anything."""
        note = self.notes.get((row, key))
        return note.oddity if note else None

    def column(self, key: str, rows: pd.DataFrame | None = None) -> Iterator[tuple[int, Value]]:
        """Row number and value, for every row; empty if the column is missing."""
        frame = self.frame if rows is None else rows
        if key in self.letters:
            plain = self._read(frame)
            yield from zip(plain.rows, plain.column(key), strict=True)

    def records(self) -> Iterator[tuple[int, dict[str, Value]]]:
        """Row number and values by field key, for every row; in one pass, for long tables."""
        plain = self._read(self.frame)
        keys = list(self.frame.columns)
        for row, *values in zip(plain.rows, *map(plain.column, keys), strict=True):
            yield row, dict(zip(keys, values, strict=True))

    def numbers(self, key: str, rows: pd.DataFrame | None = None) -> dict[int, Decimal]:
        """Row number → value, of the rows that hold a number in this column."""
        return {row: value for row, value in self.column(key, rows) if isinstance(value, Decimal)}

    def number(self, row: int, key: str, rows: pd.DataFrame | None = None) -> Decimal | None:
        """The number in a cell, or None."""
        frame = self.frame if rows is None else rows
        value = self._read(frame).at(row, key) if key in self.letters else None
        return value if isinstance(value, Decimal) else None

    def text(self, row: int, key: str) -> str:
        """The text in a cell as the user sees it, or an empty string."""
        if key not in self.letters:
            return ""
        note = self.notes.get((row, key))
        if note is not None and note.oddity is Oddity.NOT_NUMBER:
            return note.raw
        value = self._read(self.frame).at(row, key)
        return "" if value is None else str(value)


@dataclass(slots=True)
class Form:
    """The sheet ``Instansi``: one value per field key, with its cell."""

    spec: SheetSpec
    name: str
    values: dict[str, Value]
    cells: dict[str, Cell]  # of every label that is in the sheet, also where the value is empty
    notes: dict[str, Note] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """The value as text, or an empty string."""
        value = self.values.get(key)
        return "" if value is None else str(value)

    def number(self, key: str) -> Decimal | None:
        """The value as a number, or None."""
        value = self.values.get(key)
        return value if isinstance(value, Decimal) else None

    def year(self, key: str) -> int | None:
        """The value as a year, or None."""
        value = self.number(key)
        return int(value) if value is not None and value == value.to_integral_value() else None

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
