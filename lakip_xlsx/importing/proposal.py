"""What an import would write: records by the sheet they belong to, and everything that it leaves out, with the reason.

A record says what it is about (its key), never in which row it goes: that is found in the workbook.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from lakip_xlsx.numbers import fold

NONE = frozenset({"", "-", "–", "—", "n/a"})
"""Texts that say nothing."""


@dataclass(frozen=True, slots=True)
class Years:
    """The year of the report, and that of the source; None where it is not said."""

    report: int | None
    source: int | None

    @property
    def back(self) -> int:
        """How many years the source lies before the report."""
        return self.report - self.source if self.report is not None and self.source is not None else 0


@dataclass(frozen=True, slots=True)
class Given:
    """A value with the place it came from. ``percent`` is for a number in percent points.

    ``added`` says that the source prints no such amount: it is the sum of what stands below.
    """

    value: Decimal | str
    source: str
    percent: bool = False
    added: bool = False


@dataclass(slots=True)
class Record:
    """One row of a sheet: what names it, its values by field key, and the table that it was read from."""

    sheet: str
    key: tuple[str, ...]
    values: dict[str, Given] = field(default_factory=dict)
    table: str = ""

    def give(self, name: str, given: Given | None) -> None:
        """Set a value, if there is one."""
        if given is not None:
            self.values[name] = given


@dataclass(frozen=True, slots=True)
class Left:
    """What was left out: where, and why."""

    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount before and after: what the source adds up to, what it prints as its total, what is proposed."""

    what: str
    rows: Decimal
    printed: Decimal | None
    proposed: Decimal

    @property
    def agrees(self) -> bool:
        """Whether all of them are the same."""
        return self.rows == self.proposed and self.printed in {None, self.proposed}


@dataclass(slots=True)
class Taken:
    """What became of one table: as what it was recognised, what each column was taken for, what is left over."""

    table: str
    kind: str = ""  # empty where it is none that is known
    columns: list[tuple[str, str]] = field(default_factory=list)  # heading, and where it goes
    goes: dict[int, str] = field(default_factory=dict)  # column number → where its amounts go
    unused: list[str] = field(default_factory=list)  # headings
    rows: int = 0
    records: list[Record] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # what a person should know, though nothing is wrong

    def leave(self, place: str, why: str) -> None:
        """Note what is left out."""
        self.left.append(Left(place, why))


@dataclass(slots=True)
class Proposal:
    """What all sources together propose."""

    taken: list[Taken] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        """All records, in the order of the sources."""
        for each in self.taken:
            yield from each.records


def says_nothing(text: str) -> bool:
    """Whether a cell names nothing: it is empty, a dash, or a remark in brackets that something is missing."""
    return text in NONE or (text.startswith("[") and text.endswith("]"))


def name_key(text: str) -> str:
    """A name for comparing: no case, no blanks at its ends, no point behind it, no numbering before it."""
    plain = fold(text).strip(" .;:,")
    head, _, rest = plain.partition(" ")
    numbered = head.rstrip(".)").isdigit() and head[-1:] in ".)"
    return rest.strip() if numbered and rest else plain


def unnumbered(text: str) -> str:
    """A wording without the number in front of it ("1. ", "2)")."""
    head, _, rest = text.partition(" ")
    return rest.strip() if rest and head.rstrip(".)").isdigit() and head[-1:] in ".)" else text
