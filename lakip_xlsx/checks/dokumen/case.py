"""What the rules on a finished document receive: the document, its workbook if there is one, and what was signed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lakip_xlsx.checks.angka.account import Numbers
from lakip_xlsx.checks.angka.kinds import Figure as Known
from lakip_xlsx.checks.angka.read import mask
from lakip_xlsx.checks.dokumen.declared import DOCUMENT
from lakip_xlsx.checks.dokumen.grids import Figure, Table
from lakip_xlsx.checks.dokumen.paper import Block, BlockKind, Paper
from lakip_xlsx.finding import Cell, Finding, Spot, State
from lakip_xlsx.workbook.book import Book

COPIED = "disalin"
"""How a value came from its cell that was copied as it is: its sentences are the office's own."""
FIGURE = frozenset("0123456789")
_NAME = 6  # words of a copied text that may be a name or a number; what is longer is a sentence


def bare(text: str) -> str:
    """A text without blanks, and without a dash in front of its words: how it is set, not what it says."""
    return _BULLET.sub("", "".join(text.split()))


_BULLET = re.compile(r"^[–—•-]+(?=[^\W\d])")


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that the program put into the document, with what the workbook says of it now.

    ``block`` is where it stands; None where it is gone, then ``spot`` is near where it was. ``expected`` is None where
    that is not known. ``inserted`` is None where only its beginning is known.
    """

    kind: str  # "nilai", "tabel", "grafik" or "gambar"
    spot: Spot
    block: Block | None
    field: str
    sources: tuple[Cell, ...]
    how: str
    inserted: str | None
    now: str | None
    expected: str | None
    touched: bool  # a person changed it
    bookmark: str = ""
    outdated: bool = False  # the workbook is known to say something else than what was inserted
    begins: str = ""  # at least the beginning of what was inserted

    @property
    def agrees(self) -> bool:
        """Whether the document says what the workbook says; of an unknown workbook, what was put there."""
        known = self.expected if self.expected is not None else self.inserted
        if self.now is None:
            return False
        if self.kind != "nilai":  # of what is drawn the document lists numbers, cut short, and their hash
            return not self.touched and not self.outdated
        return not self.touched if known is None else bare(self.now) == bare(known)

    @property
    def is_own_words(self) -> bool:
        """Whether it is a sentence that the office wrote in the workbook."""
        words = (self.now or "").split()
        prose = self.block is not None and self.block.is_prose
        return prose and self.how == COPIED and len(words) > _NAME and len(self.sources) == 1


TypedCell = tuple[Figure, State, Known | None, str]
"""A number in a typed cell, what became of it, the figure that it is or should be, and the heading above it."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is no longer as it was when the document was signed."""

    spot: Spot
    was: str | None
    now: str | None
    signed: str  # by whom and when
    grid: int = -1  # the table of a new cell


@dataclass
class Case:
    """A finished document with all that is known about it."""

    paper: Paper
    book: Book | None = None
    numbers: Numbers | None = None
    values: Sequence[Value] = ()
    year: int | None = None
    people: Sequence[tuple[str, Cell]] = ()  # names that must be right, with their cells
    active: Sequence[tuple[str, str]] = ()  # what a document should not hold, and how it is taken out
    changes: Sequence[Change] = ()
    broken_seals: Sequence[str] = ()
    typed_cells: list[TypedCell] | None = None  # once they are worked out
    told: dict[int, list[str]] = field(default_factory=dict)  # numbers that a rule has spoken of, by their block

    def tell(self, spot: Spot, number: str) -> None:
        """Remember that a rule has spoken of a number here: no other one repeats it."""
        self.told.setdefault(spot.order, []).append(number)

    def has_told(self, spot: Spot, text: str) -> bool:
        """Whether a rule has spoken of the number of this text: "5.174" of "Rp 5.174"."""
        return any(said in text or text in said for said in self.told.get(spot.order, ()))

    def is_told(self, block: Block) -> bool:
        """Whether a rule has spoken of any number of this text."""
        return block.spot.order in self.told

    @cached_property
    def tables(self) -> list[Table]:
        """The numbers of the report's tables."""
        return [Table(grid) for grid in self.paper.grids if not grid.outside]

    @cached_property
    def by_block(self) -> dict[int, list[Value]]:
        """The values that stand in a block, by its place in the document."""
        found: dict[int, list[Value]] = {}
        for value in self.values:
            if value.block is not None and value.kind == "nilai":
                found.setdefault(value.block.spot.order, []).append(value)
        return found

    def settled(self, block: Block) -> Value | None:
        """The value that decides on all numbers of a block: the program wrote it, and it is still right."""
        held = self.by_block.get(block.spot.order, [])
        if not held or any(not value.agrees or value.is_own_words for value in held):
            return None
        if block.kind is BlockKind.CELL:
            return held[0]
        free = mask(without(block, held).lower())  # "Tabel 12" only names something
        return None if FIGURE.intersection(free) else held[0]

    def inserted(self, block: Block) -> list[Value]:
        """The sentences in a text that the program made and that are still right: nobody need judge them."""
        held = self.by_block.get(block.spot.order, [])
        return [one for one in held if one.agrees and not one.is_own_words and len((one.now or "").split()) > _NAME]

    def typed(self) -> Iterator[Block]:
        """The texts of the report that are not settled."""
        return (block for block in self.paper.report if self.settled(block) is None)


def fault(
    code: str,
    spot: Spot,
    message: str,
    expected: str = "",
    actual: str = "",
    related: tuple[Cell, ...] = (),
    fix: str | None = None,
) -> Finding:
    """A finding of the family DOK."""
    declared = DOCUMENT[code]
    advice = declared.fix if fix is None else fix
    return Finding(code, declared.severity, message, spot, expected, actual, advice, related, declared.kind)


def without(block: Block, values: Sequence[Value]) -> str:
    """The text of a block without these values."""
    marks = {mark.name: mark for mark in block.marks}
    letters = list(block.text)
    for mark in (marks.get(value.bookmark) for value in values):
        if mark is not None:
            letters[mark.start : mark.end] = " " * (mark.end - mark.start)
    return "".join(letters)


def short(text: str, most: int = 90) -> str:
    """A text as a message quotes it."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
