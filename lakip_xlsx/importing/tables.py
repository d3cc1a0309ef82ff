"""Finding the tables in a grid by the words of their headings, and what each column means.

A heading may be stacked over several rows, merged or not, and may be printed again on every page. Rows of column
numbers are passed over. What stands above a heading is kept: a form says there which sub kegiatan it is about.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from lakip_xlsx import numbers
from lakip_xlsx.importing.codes import leading
from lakip_xlsx.importing.grid import Content, Grid, Medium, Merge, Odd
from lakip_xlsx.importing.vocabulary import Concept, Meaning, is_heading, is_lower_heading, meaning
from lakip_xlsx.numbers import fold

_TALLEST = 4  # rows of a stacked heading
_NUMBERING = re.compile(r"\(?([0-9]{1,2})\)?(?: ?= ?[-+*/x:0-9() %]{1,30})?")
_CODE = re.compile(r"[0-9Xx]{1,4}(?:\.[0-9Xx]{1,5})*\.?")
_YEARS = range(1990, 2101)
_ASIDE = frozenset({Concept.NO, Concept.LAIN, Concept.HITUNGAN, Concept.KETERANGAN, Concept.JUMLAH})
_NOTHING = Meaning(Concept.LAIN)
_SPAN = 12  # rows of a merged range in a heading


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading as people read it, and what it means."""

    number: int
    heading: str
    meaning: Meaning | None

    @property
    def about(self) -> Meaning:
        """What the heading means; that of a column that has no place in the workbook where it says nothing."""
        return self.meaning or _NOTHING


@dataclass(slots=True)
class Table:
    """A table that was found: its columns, the numbers of its data rows, and the texts above it."""

    grid: Grid
    top: int
    bottom: int
    columns: dict[int, Column]
    rows: list[int] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    before: list[int] = field(default_factory=list)  # rows of the sheet above the first heading
    filled: dict[int, dict[int, Content]] = field(default_factory=dict)  # texts that merged cells give to lower rows

    def having(self, *concepts: Concept) -> list[Column]:
        """The columns of these concepts, from left to right."""
        return [c for c in self.columns.values() if c.meaning is not None and c.meaning.concept in concepts]

    def has(self, *concepts: Concept) -> bool:
        """Whether all of these concepts have a column."""
        return all(self.having(concept) for concept in concepts)

    def cell(self, row: int, column: Column | None) -> Content | None:
        """What stands in a cell, also where a merged cell above gives it."""
        if column is None:
            return None
        return self.grid.rows.get(row, {}).get(column.number) or self.filled.get(row, {}).get(column.number)

    def text(self, row: int, column: Column | None) -> str:
        """The text of a cell on one line; a number as it would be written in a code."""
        content = self.cell(row, column)
        if content is None or isinstance(content.value, Odd):
            return ""
        return f"{content.value:f}" if isinstance(content.value, Decimal) else numbers.squeeze(content.value)

    def place(self, row: int, column: Column | None = None) -> str:
        """Where a cell or a row stands."""
        return self.grid.place(row, column.number if column else 0)

    @property
    def name(self) -> str:
        """What the table is called in messages."""
        where = f"{self.grid.file}, {self.grid.part}" if self.grid.part else self.grid.file
        return f"{where} (judul di baris {self.top})" if self.grid.medium is not Medium.WORD else where


def tables_of(grid: Grid) -> list[Table]:
    """The tables of a grid, in their order; a heading printed again goes on with the same table."""
    finder = _Finder(grid)
    found: list[Table] = []
    above: list[str] = []
    before: list[int] = []
    rows = sorted(grid.rows)
    at = 0
    while at < len(rows):
        row = rows[at]
        head = finder.heading(rows, at, strict=bool(found))
        if head is None:
            if found:
                found[-1].rows.append(row)
            else:
                above.append(_line(grid, row))
                before.append(row)
            at += 1
            continue
        if not (found and _is_same(found[-1], head)):
            head.above, head.before = (above, before) if not found else (_tail(grid, found[-1]), [])
            found.append(head)
        at = next((place for place in range(at, len(rows)) if rows[place] > head.bottom), len(rows))
        while at < len(rows) and finder.is_numbering(rows[at]):
            at += 1
    for table in found:
        table.filled = _filled(grid, table)
    return found


def _is_same(table: Table, head: Table) -> bool:
    """Whether a heading is that of the table printed once more."""
    first = {number: fold(column.heading) for number, column in table.columns.items()}
    return first == {number: fold(column.heading) for number, column in head.columns.items()}


def _tail(grid: Grid, table: Table) -> list[str]:
    """The last lines of a table, which may say what the next one is about."""
    return [_line(grid, row) for row in table.rows[-12:]]


def _line(grid: Grid, row: int) -> str:
    texts = (
        content.value if isinstance(content.value, str) else f"{content.value:f}"
        for _, content in sorted(grid.rows[row].items())
        if not isinstance(content.value, Odd)
    )
    return numbers.squeeze(" ".join(texts))


class _Finder:
    """Looks for headings in a grid."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._spans: dict[int, list[Merge]] = {}
        for merge in grid.merges:
            for row in range(merge[0], min(merge[2], merge[0] + _SPAN) + 1):
                self._spans.setdefault(row, []).append(merge)

    def heading(self, rows: list[int], at: int, *, strict: bool) -> Table | None:
        """The heading that begins in a row, if one does; inside a table it must be beyond doubt."""
        row = rows[at]
        if not self._begins(row, strict=strict):
            return None
        band = [row]
        for following in rows[at + 1 : at + _TALLEST]:
            if not self._goes_on(following, band):
                break
            band.append(following)
        bottom = max(band[-1], self._reach(band))
        columns = self._columns(band)
        known = {column.meaning.concept for column in columns.values() if column.meaning} - _ASIDE
        return Table(self._grid, row, bottom, columns) if len(known) >= 2 else None

    def _begins(self, row: int, *, strict: bool) -> bool:
        texts = self._words(row)
        if texts is None or len(texts) < 2:
            return False
        meant = [text for text in texts if is_lower_heading(text)]
        concepts = {said.concept for text in texts if is_heading(text) and (said := meaning(text)) is not None}
        share = 0.8 if strict else 0.5
        return len(concepts) >= (3 if strict else 2) and len(meant) >= share * len(texts) and bool(concepts - _ASIDE)

    def _words(self, row: int) -> list[str] | None:
        """The texts of a row that may be headings; None if it holds an amount, a code or anything odd."""
        texts = []
        for content in self._grid.rows[row].values():
            if isinstance(content.value, Odd):
                return None
            if isinstance(content.value, Decimal):
                if content.value not in _YEARS:
                    return None
                texts.append(str(content.value))
            elif _is_figure(content.value) or content.value.strip() == ":" or leading(content.value)[0]:
                return None
            else:
                texts.append(content.value)
        return texts

    def _goes_on(self, row: int, band: list[int]) -> bool:
        """Whether a row belongs to the heading above it: words of headings only, each under another."""
        texts = self._grid.rows[row]
        if self.is_numbering(row) or not texts:
            return False
        known = self._stacks(band)
        for column, content in texts.items():
            said = str(content.value) if isinstance(content.value, Decimal) else content.text
            over = [*known.get(column, []), *self._spread(column, known)]
            if not said or not is_lower_heading(said) or not over:
                return False
        first = min(known)
        return first not in texts or is_lower_heading(self._grid.text(row, first))

    def _spread(self, column: int, known: dict[int, list[str]]) -> list[str]:
        """The heading that stands to the left, where no merged range says how far it goes."""
        left = max((each for each in known if each < column), default=None)
        return [] if left is None else known[left]

    def _reach(self, band: list[int]) -> int:
        """The last row that a merged heading reaches."""
        return max(
            (merge[2] for merge in self._spans.get(band[0], []) if merge[2] - merge[0] < _TALLEST),
            default=band[-1],
        )

    def _stacks(self, band: list[int]) -> dict[int, list[str]]:
        """Column → the texts of its heading from the top, those of merged ranges in each of their columns."""
        stacks: dict[int, list[str]] = {}
        for row in band:
            for column, content in self._grid.rows.get(row, {}).items():
                said = str(content.value) if isinstance(content.value, Decimal) else numbers.squeeze(content.text)
                wide = next((m for m in self._spans.get(row, []) if m[:2] == (row, column)), (row, column, row, column))
                for each in range(column, min(wide[3], column + 60) + 1):
                    stacks.setdefault(each, []).append(said)
        return stacks

    def _columns(self, band: list[int]) -> dict[int, Column]:
        stacks = self._stacks(band)
        if len(band) > 1:
            self._spread_groups(band, stacks)
        columns = {}
        for number, stack in sorted(stacks.items()):
            heading = " / ".join(dict.fromkeys(text for text in stack if text))
            columns[number] = Column(number, heading, meaning(heading))
        return columns

    def _spread_groups(self, band: list[int], stacks: dict[int, list[str]]) -> None:
        """Give a heading without merged cells to the columns on its right that have only a lower one."""
        merged = any(merge[3] > merge[1] for row in band[:-1] for merge in self._spans.get(row, []))
        if merged:
            return
        top, lower = self._grid.rows[band[0]], {c for row in band[1:] for c in self._grid.rows.get(row, {})}
        current = ""
        for number in sorted(stacks):
            if number in top:
                current = numbers.squeeze(top[number].text) if number in lower else ""
            elif current and number in lower:
                stacks[number].insert(0, current)

    def is_numbering(self, row: int) -> bool:
        """Whether a row holds the numbers of the columns: (1) (2) (3), or 1 2 3=2/1."""
        said = [
            f"{content.value:f}" if isinstance(content.value, Decimal) else content.text.strip()
            for _, content in sorted(self._grid.rows[row].items())
        ]
        found = [int(match[1]) for text in said if (match := _NUMBERING.fullmatch(text))]
        return len(said) >= 3 and len(found) == len(said) and all(a < b for a, b in pairwise(found))


def _is_figure(text: str) -> bool:
    """Whether a text is a number or a code rather than words."""
    if _CODE.fullmatch(text.strip()):
        return not text.strip().isdigit() or int(text) not in _YEARS
    return isinstance(numbers.parse(text), numbers.Number | numbers.Ambiguous)


def _filled(grid: Grid, table: Table) -> dict[int, dict[int, Content]]:
    """Texts that a vertically merged cell gives to the rows below its first one; never amounts."""
    found: dict[int, dict[int, Content]] = {}
    rows = table.rows
    for first, column, last, _ in grid.merges:
        content = grid.rows.get(first, {}).get(column)
        if first <= table.bottom or last == first or content is None or not content.text:
            continue
        for row in rows[bisect_right(rows, first) : bisect_right(rows, last)]:
            found.setdefault(row, {})[column] = content
    return found


def lines_above(table: Table) -> Iterator[str]:
    """The texts in front of a table: those above its heading, and in Word the paragraphs before it."""
    yield from table.grid.before
    yield from table.above
