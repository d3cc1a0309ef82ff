"""A Word document as the rules on documents see it: its texts in order, its tables, and what leads where.

It says nothing of Word: :mod:`lakip_xlsx.word.reading` makes it, and the rules need no Word to be understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from lakip_xlsx.finding import Spot
from lakip_xlsx.numbers import fold, squeeze


class BlockKind(StrEnum):
    """What a text is in its document."""

    HEADING = "judul"
    TEXT = "alinea"
    CAPTION = "keterangan"
    CONTENTS = "daftar"  # an entry of a table of contents
    CELL = "sel"
    EDGE = "kepala"  # in the head or foot of a page
    NOTE = "catatan"  # a footnote or endnote


class Mark(NamedTuple):
    """Where a bookmark stands in a text: its name, and the letters between which it holds."""

    name: str
    start: int
    end: int


class Label(NamedTuple):
    """What a caption calls itself: "Tabel", "9"."""

    name: str
    number: str


@dataclass(slots=True, eq=False)
class Block:
    """One paragraph, or one cell of a table, as it reads today: insertions in it, deletions not.

    ``outside``: it stands on a page that is no part of the report (findings, exceptions, checklist).
    ``column`` is the number of the cell in its row, from 0, as Word counts cells.
    """

    spot: Spot
    kind: BlockKind
    text: str
    style: str = ""
    marks: tuple[Mark, ...] = ()
    yellow: str = ""  # the words that are highlighted in yellow, or marked as missing
    leads: tuple[str, ...] = ()  # the bookmarks that its references name
    label: Label | None = None
    outside: bool = False
    grid: int = -1  # the number of its table in the document
    row: int = -1
    column: int = -1

    @property
    def is_prose(self) -> bool:
        """Whether it is written in sentences."""
        return self.kind in {BlockKind.TEXT, BlockKind.NOTE} or (self.kind is BlockKind.CELL and len(self.text) > 60)


@dataclass(eq=False)
class Grid:
    """One table. ``rows`` hold a block for every column; a joined cell stands in each of its columns."""

    number: int
    label: str  # "Tabel 9", or what else it is called
    caption: str
    rows: list[list[Block]]
    head: int  # how many rows are headings
    outside: bool = False

    @cached_property
    def _headings(self) -> list[str]:
        width = max((len(row) for row in self.rows), default=0)
        return [self._heading(column) for column in range(width)]

    def _heading(self, column: int) -> str:
        said = (squeeze(row[column].text) for row in self.rows[: self.head] if column < len(row))
        return " ".join(dict.fromkeys(text for text in said if text))

    def heading(self, column: int) -> str:
        """What stands above a column, of several heading rows together."""
        return self._headings[column] if column < len(self._headings) else ""

    def body(self) -> Iterator[tuple[int, list[Block]]]:
        """The rows below the headings, with their numbers in ``rows``."""
        yield from enumerate(self.rows[self.head :], self.head)


class Remark(NamedTuple):
    """Something that was left for later: a tracked change or a comment, with the text that it is about."""

    spot: Spot
    kind: str  # "sisipan", "hapusan", "komentar"
    text: str
    author: str


@dataclass(slots=True)
class Paper:
    """A whole document."""

    blocks: list[Block] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    bookmarks: set[str] = field(default_factory=set)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def report(self) -> Iterator[Block]:
        """The texts that belong to the report."""
        return (block for block in self.blocks if not block.outside)

    @property
    def start(self) -> Spot:
        """Where the document begins, for what is said of all of it."""
        return Spot("Seluruh dokumen")

    def year(self) -> int | None:
        """The year of the report by its cover: the first "tahun 2025" that a line says alone or in a title."""
        for block in self.report:
            if block.kind in {BlockKind.TEXT, BlockKind.HEADING, BlockKind.EDGE} and len(block.text) < _TITLE:
                words = fold(block.text).replace(",", " ").split()
                for before, said in zip(["", *words], words, strict=False):
                    if before in {"tahun", "anggaran"} and len(said) == 4 and said.isdigit() and said[:2] == "20":
                        return int(said)
        return None


_TITLE = 120  # letters of a line that may be a title
