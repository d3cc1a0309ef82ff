"""What a table of a document holds in numbers: which rows are totals, which columns are money or percent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lakip_xlsx.checks.dokumen.paper import Block, Grid
from lakip_xlsx.numbers import Ambiguous, Number, fold, parse, squeeze

_TOTAL = re.compile(
    r"(?:sub\s*-?\s*)?(?:jumlah|total|jml)\b|grand\s+total\b|j\s*u\s*m\s*l\s*a\s*h\b|t\s*o\s*t\s*a\s*l\b"
)
_CODE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,4}){1,7}\.?")
_COUNTING = re.compile(r"\(?[0-9]{1,2}\)?")
_NO = re.compile(r"(?:no|nomor|kode)\b")
_NEVER_ADDED = re.compile(
    r"%|\bpersen|\bcapaian\b|\brata|\bindeks\b|\bnilai\b|\brasio\b|\btahun\s+ke|\bpredikat\b|\bkemajuan\b|\bkode\b|"
    r"\bpembilang\b|\bperubahan\b|\bselisih\b|\btriwulan\s+terakhir"
)
_BUDGET = re.compile(r"\b(?:anggaran|pagu|alokasi|dpa)\b")
_SPENT = re.compile(r"\b(?:realisasi|penyerapan|serapan)\b")
_LEFT = re.compile(r"\b(?:sisa|selisih)\b")
_PERCENT = re.compile(r"%|\bpersen")
_PHYSICAL = re.compile(r"\bfisik\b|\bkinerja\b|\bkeluaran\b|\boutput\b")
_SCALED = re.compile(r"\b(?:ribu(?:an)?|juta(?:an)?|miliar|milyar|triliun)\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a cell, with its unit and how many decimals it was written with."""

    block: Block
    value: Decimal
    unit: str
    places: int

    @property
    def half(self) -> Decimal:
        """Half a unit of its last place."""
        return Decimal(5).scaleb(-self.places - 1)

    def fits(self, exact: Decimal) -> bool:
        """Whether an exact number is this one at the precision as written."""
        return abs(exact - self.value) <= self.half


def figure(block: Block) -> Figure | None:
    """The number of a cell; None if it holds none, or more than one."""
    text = squeeze(block.text)
    reading = parse(text)
    if isinstance(reading, Ambiguous):  # a document prints thousands with dots; which of both is asked elsewhere
        thousand = reading.readings[0] if "." in text else reading.readings[1]
        return Figure(block, thousand, "", 0 if "." in text else 3)
    if not isinstance(reading, Number):
        return None
    digits = re.search(r"[0-9][0-9.]*(?:,(?P<frac>[0-9]+))?", text)
    mark = "." if reading.dot else ","
    places = len(digits[0].rpartition(mark)[2]) if digits and mark in digits[0] else 0
    return Figure(block, reading.value, reading.unit, places)


class Table:
    """The numbers of one table."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.headings = [fold(grid.heading(column)) for column in range(max(map(len, grid.rows), default=0))]
        self.rows = {number: row for number, row in grid.body() if not _counts_columns(row)}
        self._figures: dict[tuple[int, int], Figure | None] = {}

    def at(self, row: int, column: int) -> Figure | None:
        """The number in a cell."""
        key = (row, column)
        if key not in self._figures:
            cells = self.rows.get(row, [])
            joined = column and column < len(cells) and cells[column] is cells[column - 1]
            self._figures[key] = None if joined or column >= len(cells) else figure(cells[column])
        return self._figures[key]

    def label(self, row: int) -> str:
        """The words of a row: its cells that hold no number."""
        cells = dict.fromkeys(self.rows[row])
        return " ".join(squeeze(cell.text) for cell in cells if squeeze(cell.text) and figure(cell) is None)

    def is_total(self, row: int) -> bool:
        """Whether the first words of a row call it a total."""
        first = next((fold(cell.text) for cell in self.rows[row] if squeeze(cell.text)), "")
        return _TOTAL.match(first) is not None

    def code(self, row: int) -> str:
        """The code of a program in a row."""
        said = (squeeze(cell.text) for cell in self.rows[row][:3])
        return next((text.rstrip(".") for text in said if _CODE.fullmatch(text)), "")

    @cached_property
    def is_scaled(self) -> bool:
        """Whether its amounts are in thousands or millions."""
        return any(_SCALED.search(text) for text in (*self.headings, fold(self.grid.caption)))

    def may_be_added(self, column: int) -> bool:
        """Whether a sum of this column means something."""
        heading = self.headings[column] if column < len(self.headings) else ""
        return not _NEVER_ADDED.search(heading) and not _NO.match(heading)

    def is_number_of_row(self, column: int) -> bool:
        """Whether a column only numbers its rows."""
        return bool(_NO.match(self.headings[column])) if column < len(self.headings) else False

    @cached_property
    def money(self) -> tuple[int | None, int | None, int | None, int | None]:
        """The columns of budget, spending, remainder and percent; None where there is none, or more than one."""
        kinds = [_kind(heading) for heading in self.headings]
        budget, spent, left, percent = (
            kinds.index(kind) if kinds.count(kind) == 1 else None for kind in ("budget", "spent", "left", "percent")
        )
        return budget, spent, left, percent


def _kind(heading: str) -> str:
    """Which of the columns of money this is, by its heading."""
    if _PHYSICAL.search(heading):
        return ""
    if _PERCENT.search(heading):
        return "percent"
    if _LEFT.search(heading):
        return "left"
    return "spent" if _SPENT.search(heading) else "budget" if _BUDGET.search(heading) else ""


def _counts_columns(row: list[Block]) -> bool:
    """Whether a row only numbers its columns: (1) (2) (3)."""
    texts = [squeeze(cell.text) for cell in dict.fromkeys(row)]
    digits = [int(text.strip("()")) for text in texts if _COUNTING.fullmatch(text)]
    return len(texts) > 2 and len(digits) == len(texts) and digits == list(range(digits[0], digits[0] + len(digits)))
