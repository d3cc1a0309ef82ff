"""Cells exactly as stored, and what is made of one."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.looks import PLAIN, Look, read_looks
from lakip_xlsx.excel.relative import Formula
from lakip_xlsx.excel.strings import shared_strings, unescape
from lakip_xlsx.finding import column_number
from lakip_xlsx.guard.limits import MAX_COLUMN, MAX_ROW, Limits
from lakip_xlsx.guard.package import Package
from lakip_xlsx.guard.sniff import RELAX

TRUE = frozenset({"1", "true", "on"})
"""How XML says yes."""

_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,8})")
_EPOCHS = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}  # noqa: DTZ001 - Excel knows no zones
_MOST_STYLES = 70_000  # Excel itself has 65,490


@dataclass(slots=True)
class RawCell:
    """A stored cell. ``kind`` is one of ``n`` number, ``s`` text, ``b`` boolean, ``e`` error, ``""`` empty."""

    kind: str
    text: str
    look: Look
    formula: Formula | None = None
    calculated: bool = True


@dataclass(slots=True)
class RawSheet:
    """One sheet as stored: row number → column number → cell. Empty cells are left out."""

    name: str
    hidden: bool
    rows: dict[int, dict[int, RawCell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # row, column, last row, last column


@dataclass(slots=True)
class Tally:
    """How much was read so far, over all sheets."""

    rows: int = 0
    cells: int = 0
    blanks: int = 0
    text: int = 0

    def beyond(self, allowed: Limits) -> bool:
        """Whether this is more than the limits allow."""
        too_many = self.rows > allowed.rows or self.cells > allowed.cells or self.blanks > allowed.blank_cells
        return too_many or self.text > allowed.text


@dataclass(slots=True)
class Context:
    """What all sheets share, how much was read so far, and the sheet that is being read."""

    package: Package
    strings_part: str | None
    styles_part: str | None
    date1904: bool
    where: str = ""
    shared: dict[str, Formula] = field(default_factory=dict)  # the shared formulas of this sheet
    columns: dict[str, int] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    _strings: list[str] | None = None
    _looks: list[Look] | None = None
    _look_of: dict[str, Look] = field(default_factory=dict)

    @property
    def strings(self) -> list[str]:
        """The shared texts, read when a cell first asks for one: where none does, they may be missing or damaged."""
        if self._strings is None:
            self._strings = shared_strings(self.package, self.strings_part)
        return self._strings

    @property
    def looks(self) -> list[Look]:
        """What the cell styles say, read when a cell that holds something first has one."""
        if self._looks is None:
            self._looks = read_looks(self.package, self.styles_part)
        return self._looks

    @property
    def limits(self) -> Limits:
        """The limits of this run."""
        return self.package.limits

    def begin(self, name: str) -> None:
        """Start with a sheet."""
        self.where = f"{self.package.path.name}: lembar {name!r}"
        self.shared = {}

    def must_fit(self, row: int) -> None:
        """Refuse to go on when more was read than the limits allow."""
        if self.tally.beyond(self.limits):
            raise self.fault(
                f"terlalu besar (sampai baris {row}). Tekan Ctrl+End di Excel, hapus baris dan kolom kosong, "
                f"lalu simpan ulang. {RELAX}"
            )

    def look(self, style: str) -> Look:
        """What a cell style says; a style that is not there says nothing."""
        found = self._look_of.get(style)
        if found is None:
            found = self.looks[int(style)] if is_index(style) and int(style) < len(self.looks) else PLAIN
            if len(self._look_of) < _MOST_STYLES:
                self._look_of[style] = found
        return found

    def fault(self, what: str) -> UnreadableError:
        """A failure in the sheet that is being read."""
        return UnreadableError(f"{self.where}: {what}")

    def new_column(self, letters: str, reference: str, row: int) -> int:
        """The number of a column whose letters were not met before; they are remembered for the next rows."""
        match = _REF.fullmatch(reference)
        column = column_number(match[1].upper()) if match else 0
        if match is None or int(match[2]) != row or not 1 <= column <= MAX_COLUMN:
            raise self.bad_address(reference)
        if match[1] == letters:
            self.columns[letters] = column
        return column

    def bad_address(self, reference: str) -> UnreadableError:
        """The failure of a cell whose address cannot be."""
        return self.fault(f"alamat sel {reference[:30]!r} tidak sah. Simpan ulang berkas di Excel.")

    def formula(self, text: str, index: str | None, row: int, column: int) -> Formula:
        """The formula of a cell; where cells share one (``index``), only the first of them holds its text."""
        if not text and index in self.shared:
            return self.shared[index]
        self.tally.text += len(text)
        formula = Formula(text, row, column)
        if index is not None:
            self.shared[index] = formula
        return formula

    def merge(self, sheet: RawSheet, reference: str) -> None:
        """Remember a merged range; it is never expanded into its cells."""
        first, _, last = reference.partition(":")
        start, end = _REF.fullmatch(first), _REF.fullmatch(last or first)
        if start is None or end is None:
            return
        if len(sheet.merges) >= self.limits.merges:
            raise self.fault("memuat terlalu banyak sel gabungan. Batalkan penggabungan sel yang tidak perlu.")
        corners = (int(start[2]), column_number(start[1].upper()), int(end[2]), column_number(end[1].upper()))
        sheet.merges.append(corners)

    def string(self, index: str, reference: str) -> str:
        """The shared text that the cell ``reference`` points to."""
        try:
            number = int(index)
        except ValueError:
            number = -1
        if not 0 <= number < len(self.strings):
            raise self.fault(f"teks sel {reference[:30]} tidak ada dalam berkas. Simpan ulang di Excel.")
        return self.strings[number]

    def cell(self, kind: str, value: str, look: Look, formula: Formula | None) -> RawCell | None:
        """A cell of its stored type, value and formula; None if it is empty."""
        if not value and (formula is None or kind != "str"):
            return None if formula is None else RawCell("", "", look, formula, calculated=False)
        if kind == "d":
            kind, value, look = _moment(value, look, date1904=self.date1904)
        elif kind == "str":
            kind, value = "s", unescape(value)
        return RawCell("s" if kind == "inlineStr" else kind, value, look, formula)


def is_index(text: str) -> bool:
    """Whether a text is a whole number of ours: digits only, and not too many."""
    return len(text) < 10 and text.isascii() and text.isdigit()


def row_number(text: str | None, previous: int) -> int:
    """A row's number, or the next one where none is said; 0 if it cannot be."""
    number = previous + 1 if text is None else int(text) if is_index(text) else 0
    return number if 1 <= number <= MAX_ROW else 0


def _moment(text: str, look: Look, *, date1904: bool) -> tuple[str, str, Look]:
    """A date that is stored in ISO form, as the day number that other files store. No sheet of ours has hours."""
    try:
        moment = dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return "s", text, look
    since = moment - _EPOCHS[date1904]
    return "n", str(since.days), Look(date=True)
