"""What a check says: a finding with its place, and a check that could not be run.

Findings are plain values: they compare, sort, hash and pickle. A fault of the user's workbook is
always a finding; exceptions are for the outside world (see :mod:`lakip_xlsx.errors`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs. An error marks the document DRAF."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class FindingKind(StrEnum):
    """Whether something is wrong, or only not there yet. Both keep a document a DRAF."""

    FAULT = "fault"
    UNFILLED = "unfilled"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A place in the user's workbook, under the names the user sees."""

    sheet: str
    ref: str = ""  # "D14"; empty when the whole sheet is meant

    def __str__(self) -> str:
        return f"{self.sheet}!{self.ref}" if self.ref else self.sheet

    @property
    def position(self) -> tuple[int, int]:
        """Row and column as numbers, for sorting by place; (0, 0) for a whole sheet."""
        match = re.fullmatch(r"([A-Z]{1,3})([0-9]+)", self.ref)
        if match is None:
            return (0, 0)
        return int(match[2]), column_number(match[1])


@dataclass(frozen=True, slots=True, order=True)
class Spot(Cell):
    """A place in a Word document, where a finding on a workbook has a cell.

    ``sheet`` is the path of the headings above it ("BAB III Akuntabilitas Kinerja > B. Realisasi Anggaran"),
    ``ref`` the paragraph or the cell of a table ("alinea 3"; "Tabel 9, baris 2, kolom Target"), ``order`` counts from
    the beginning of the document.
    """

    order: int = 0

    def __str__(self) -> str:
        return f"{self.sheet}, {self.ref}" if self.ref else self.sheet

    @property
    def position(self) -> tuple[int, int]:
        """Where it stands in the document, for sorting by place."""
        return (self.order, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: what is wrong, where, what was expected, and what to do about it."""

    code: str
    severity: Severity
    message: str
    cell: Cell | None = None
    expected: str = ""
    actual: str = ""
    fix: str = ""
    related: tuple[Cell, ...] = ()
    kind: FindingKind = FindingKind.FAULT


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that the office knows of and accepts, with its reason and the cell that says so."""

    finding: Finding
    reason: str
    cell: Cell


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """A check that was not run, and why."""

    code: str
    reason: str


class State(StrEnum):
    """What became of a number in a sentence."""

    TIED = "tied"  # it is a figure of the workbook, at the precision as written
    CONTRADICTED = "contradicted"  # the phrase names its subject, and the figure of that subject is another one
    TOLD = "told"  # the workbook holds no such figure: an award's year, a national figure, a distance


@dataclass(frozen=True, slots=True)
class SentenceNumber:
    """A number of a sentence: where it stands, as it is written, the phrase around it, and the cells of its figure."""

    cell: Cell
    text: str
    quote: str
    state: State
    source: tuple[Cell, ...] = ()


def ranges(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Cells as a person names them: neighbours in a column or a row as one range, ``Indikator!H23:H38``.

    The order of the first cell of each range is kept; a cell named twice is named once.
    """
    left = dict.fromkeys(cells)
    named: list[str] = []
    while left:
        first = next(iter(left))
        row, _ = first.position
        best = [first]
        for down, right in ((1, 0), (0, 1)) if row else ():
            run = [first]
            while (after := _moved(first, len(run) * down, len(run) * right)) in left:
                run.append(after)
            best = max(best, run, key=len)
        for cell in best:
            del left[cell]
        named.append(str(first) if len(best) == 1 else f"{first}:{best[-1].ref}")
    return tuple(named)


def _moved(cell: Cell, down: int, right: int) -> Cell:
    row, column = cell.position
    return Cell(cell.sheet, f"{column_letters(column + right)}{row + down}")


def column_number(letters: str) -> int:
    """Column letters to a number: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Column number to letters; the inverse of :func:`column_number`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
