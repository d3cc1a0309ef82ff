"""A workbook as read: plain columns per sheet, and the cell of every value recoverable.

A row is named by its number in Excel everywhere, a column by its field key, so ``table.cell(row, key)``
needs no search. Values are exact: :class:`decimal.Decimal` for numbers, ``str`` for text,
:class:`datetime.date` for dates, ``None`` where there is no value. For work in pandas every table has
a view of itself as a frame; nothing here reads it, so a run that asks for none never loads pandas.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from lakip_xlsx.finding import Cell, Finding
from lakip_xlsx.workbook.spec import SheetSpec

if TYPE_CHECKING:
    import pandas as pd

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
    LOST_DIGITS = "lost-digits"  # a code of over 15 digits stored as a number: already corrupt


@dataclass(frozen=True, slots=True)
class Note:
    """What a special cell held, as the user sees it."""

    oddity: Oddity
    raw: str


@dataclass(slots=True)
class Table:
    """One sheet's table.

    ``rows`` are the numbers of the data rows, ``totals`` those of the printed Jumlah rows; ``columns`` holds
    the values of both by field key, first of ``rows``, then of ``totals``. ``units`` are the units that were
    written in a cell with the number (``70%`` → ``%``), ``formulas`` the formulas of computed columns. Rows
    that hold nothing but empty formulas are not there.
    """

    spec: SheetSpec
    name: str  # the sheet's name in this file
    header_row: int
    letters: dict[str, str]  # field key → column letters, only of the columns that are there
    rows: list[int]
    totals: list[int]
    columns: dict[str, list[Value]]
    notes: dict[tuple[int, str], Note] = field(default_factory=dict)
    units: dict[tuple[int, str], str] = field(default_factory=dict)
    formulas: dict[tuple[int, str], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    _places: dict[int, int] = field(init=False, repr=False, compare=False)
    _cells: dict[tuple[int, str], Cell] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._places = {row: place for place, row in enumerate((*self.rows, *self.totals))}

    def __contains__(self, key: str) -> bool:
        return key in self.letters

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def frame(self) -> pd.DataFrame:
        """The data rows as a new frame: index row in Excel, columns field keys, ``dtype=object``."""
        return self._frame(self.rows)

    @property
    def totals_frame(self) -> pd.DataFrame:
        """The printed Jumlah rows as a new frame, like :attr:`frame`."""
        return self._frame(self.totals)

    def _frame(self, rows: list[int]) -> pd.DataFrame:
        import pandas as pd  # noqa: PLC0415 - only for who asks for it: it takes longer than reading a workbook

        values = {key: self._of(key, rows) for key in self.columns}
        return pd.DataFrame(values, index=rows, columns=list(self.columns), dtype=object)

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
        return self.columns[key][self._places[row]] if key in self.letters else None

    def column(self, key: str, rows: Iterable[int] | None = None) -> Iterator[tuple[int, Value]]:
        """Row number and value, of every data row or of ``rows``; empty if the column is missing."""
        if key in self.letters:
            wanted = self.rows if rows is None else list(rows)
            yield from zip(wanted, self._of(key, wanted), strict=True)

    def _of(self, key: str, rows: list[int]) -> list[Value]:
        """The values of a column in these rows."""
        values, places = self.columns[key], self._places
        return values[: len(rows)] if rows is self.rows else [values[places[row]] for row in rows]

    def records(self, rows: Iterable[int] | None = None) -> Iterator[tuple[int, dict[str, Value]]]:
        """Row number and values by field key, of every data row or of ``rows``; in one pass, for long tables."""
        keys = list(self.columns)
        wanted = self.rows if rows is None else list(rows)
        for row, *values in zip(wanted, *(self._of(key, wanted) for key in keys), strict=True):
            yield row, dict(zip(keys, values, strict=True))

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
