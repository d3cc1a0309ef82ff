"""A foreign table as it stands in its file: cells by row and column, exact, with what is odd about them.

Whatever it was read from, an Excel sheet, a CSV file, a table in Word or a page of a PDF, the rest of this room
sees only this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from lakip_xlsx.finding import column_letters


class Medium(StrEnum):
    """What a table was read from; it decides how a place in it is called."""

    EXCEL = "Excel"
    CSV = "CSV"
    WORD = "Word"
    PDF = "PDF"


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that holds something, but nothing to be trusted: an error, a formula without a result, lost digits."""

    what: str


class Content(NamedTuple):
    """What a cell holds. A number with ``percent`` is in percent points; ``indent`` counts steps to the right."""

    value: str | Decimal | Odd
    percent: bool = False
    indent: int = 0

    @property
    def text(self) -> str:
        """What is seen, where it is a text."""
        return self.value if isinstance(self.value, str) else ""


Merge = tuple[int, int, int, int]  # row, column, last row, last column


@dataclass(slots=True)
class Grid:
    """One table, or one sheet that may hold several, with the texts that stand before it."""

    file: str
    part: str  # "lembar DPA", "tabel 3", "halaman 2"
    medium: Medium
    rows: dict[int, dict[int, Content]]
    merges: list[Merge] = field(default_factory=list)
    before: list[str] = field(default_factory=list)  # the last texts in front of a table in Word
    partial: bool = False  # rows of it are hidden, and not read: no sum of its rows is whole

    def place(self, row: int, column: int = 0) -> str:
        """A cell, or a whole row, as a person finds it."""
        where = f"{self.file}, {self.part}" if self.part else self.file
        if self.medium is Medium.EXCEL and column:
            return f"{where}, sel {column_letters(column)}{row}"
        return f"{where}, baris {row}" + (f" kolom {column}" if column else "")

    def text(self, row: int, column: int) -> str:
        """The text in a cell, or nothing."""
        content = self.rows.get(row, {}).get(column)
        return content.text if content else ""

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """Column and text of the cells of a row that hold a text."""
        for column, content in sorted(self.rows.get(row, {}).items()):
            if content.text:
                yield column, content.text


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of a Word document with the paragraphs under it; ``above`` are the headings over it."""

    title: str
    paragraphs: tuple[str, ...]
    above: tuple[str, ...] = ()


@dataclass(slots=True)
class Source:
    """A file as read: its tables, and of a report its chapters. ``title`` is where its year is looked for."""

    file: str
    medium: Medium
    grids: list[Grid]
    chapters: list[Chapter] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what could not be read, in plain words
