"""Sheets in plain form, read as text: five times as fast as an XML parser, and never different from it.

The marks of a row and its cells must fill ``sheetData`` without a gap: a single character that is not
accounted for, an attribute that the parser would refuse, an address that cannot be, a limit that is
passed, and the whole sheet is left to the pass in :mod:`lakip_xlsx.excel.cells`. So this module refuses
nothing and has no message. Numbers stay the text that is stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lakip_xlsx.excel.looks import Look
from lakip_xlsx.excel.plain import KNOWN_PREFIX, NotPlainError, attributes, pieces, resolved, skeleton
from lakip_xlsx.excel.raw import TRUE, Context, RawCell, RawSheet, is_index
from lakip_xlsx.excel.strings import unescape
from lakip_xlsx.finding import column_number
from lakip_xlsx.guard.limits import MAX_COLUMN, MAX_ROW

_OPEN, _CLOSE, _ROW_END = "<sheetData>", "</sheetData>", "</row>"
_NUMBER = "[1-9][0-9]{0,6}"
_EMPTY_ROW = re.compile(f'<row r="({_NUMBER})"([^<>]*)/>')
_ROW = re.compile(f'((?:<row r="{_NUMBER}"[^<>]*/>)*)<row r="({_NUMBER})"([^<>]*)>')
_BLANK_LOOK = '(?: s="[0-9]{0,5}")?(?: t="[a-z]{1,9}")?/>'
_CELL = re.compile(
    f'(<c r="([A-Z]{{1,3}})({_NUMBER})"([^<>]*)>'
    "(<f(?:([^<>]*)/>|([^<>]*)>([^<]*)</f>))?"
    '(?:<v>([^<]*)</v>|<v ?/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
    f'|((?:<c r="[A-Z]{{1,3}}{_NUMBER}"{_BLANK_LOOK})+)'
)
_BLANKS = re.compile(f'(?:<c r="(?:[A-Z]{{1,2}}|[A-W][A-Z]{{2}}|X[A-E][A-Z]|XF[A-D])"{_BLANK_LOOK})+')
_MOST_KNOWN = 2_000


def scan_sheet(part: str, sheet: RawSheet, context: Context) -> RawSheet | None:
    """Fill the sheet with its cells; None if it is not in plain form, and then nothing has happened."""
    tally, inflated = replace(context.tally), context.package.inflated
    context.begin(sheet.name)
    try:
        _Scan(sheet, context).run(part)
    except NotPlainError:
        context.tally, context.package.inflated = tally, inflated
        return None
    return sheet


@dataclass(slots=True)
class _Shape:
    """What the attributes of a cell say, and the cells with a shared text that were met with them."""

    kind: str
    look: Look
    known: dict[str, RawCell]


class _Scan:
    """One sheet on its way through."""

    def __init__(self, sheet: RawSheet, context: Context) -> None:
        self._sheet = sheet
        self._context = context
        self._shapes: dict[str, _Shape] = {}  # by the attributes of a cell
        self._blanks: dict[str, int] = {}  # cells without content, without their row → how many they are
        self._prefixed = False

    def run(self, part: str) -> None:
        """Read the part.

        Raises:
            NotPlainError: anything is not as expected.
        """
        package, head, last = self._context.package, "", ""
        for text in pieces(package, part, _ROW_END.encode()):
            if not head and _OPEN in text:
                before, _, text = text.partition(_OPEN)  # noqa: PLW2901 - the rows begin behind it
                head = before + _OPEN
            *rows, last = text.split(_ROW_END)
            if rows and not head:
                raise NotPlainError
            for row in rows:
                self._row(row)
            if self._context.tally.beyond(package.limits):
                raise NotPlainError
        if head:
            empty, mark, tail = last.partition(_CLOSE)
            self._empty_rows(empty)
            last = head + mark + tail
        self._around(part, last)

    def _around(self, part: str, text: str) -> None:
        """What stands around the rows: whether it is sound, and the merged ranges."""
        root = skeleton(self._context.package, part, text)
        if next(root.iter("{*}row"), None) is not None:
            raise NotPlainError
        if self._prefixed and KNOWN_PREFIX not in root.nsmap:
            raise NotPlainError
        for merge in root.iter("{*}mergeCell"):
            if len(merge) or len(self._sheet.merges) >= self._context.limits.merges:
                raise NotPlainError
            self._context.merge(self._sheet, merge.get("ref", ""))

    def _empty_rows(self, text: str) -> None:
        """Rows without cells, one behind the other."""
        length = 0
        for match in _EMPTY_ROW.finditer(text):
            self._row_says(match[1], match[2])
            length += len(match[0])
        if length != len(text):
            raise NotPlainError

    def _row_says(self, number: str, rest: str) -> int:
        """The number of a row, once what its tag says is kept."""
        row = int(number)
        if row > MAX_ROW:
            raise NotPlainError
        if rest and self._attributes(rest).get("hidden") in TRUE:
            self._sheet.hidden_rows.add(row)
        return row

    def _row(self, text: str) -> None:
        """A row with cells, and the rows without cells in front of it."""
        head = _ROW.match(text)
        if head is None:
            raise NotPlainError
        if head[1]:
            self._empty_rows(head[1])
        digits = head[2]
        row = self._row_says(digits, head[3])
        columns, shapes = self._context.columns, self._shapes
        cells: dict[int, RawCell] = {}
        length, blanks, held = head.end(), 0, 0
        for whole, letters, number, rest, formula, empty, full, said, value, inline, run in _CELL.findall(text, length):
            length += len(run) + len(whole)
            if run:
                blanks += self._known_blanks(run, digits)
                continue
            column = columns.get(letters) or self._new_column(letters)
            shape = shapes.get(rest) or self._shape(rest)
            if number != digits or column in cells:
                raise NotPlainError
            if formula:
                formed = self._formula(empty or full, said, row, column)
                cell = self._cell(shape, value, inline, formed)
            else:
                cell = shape.known.get(value) or self._cell(shape, value, inline, None)
            if cell is None:
                blanks += 1
            else:
                cells[column] = cell
                held += len(cell.text)
        if length != len(text):
            raise NotPlainError
        self._count(row, cells, blanks, held)

    def _count(self, row: int, cells: dict[int, RawCell], blanks: int, held: int) -> None:
        """Keep a row, and how much it holds."""
        tally = self._context.tally
        tally.blanks += blanks
        tally.text += held
        if cells:
            if row in self._sheet.rows:
                raise NotPlainError
            self._sheet.rows[row] = cells
            tally.cells += len(cells)
            tally.rows += 1

    def _known_blanks(self, run: str, digits: str) -> int:
        """How many cells without content stand here, once their addresses are known to be right."""
        nowhere = run.replace(f'{digits}"', '"')
        count = self._blanks.get(nowhere)
        if count is None:
            if _BLANKS.fullmatch(nowhere) is None:
                raise NotPlainError
            count = nowhere.count("<c ")
            if len(self._blanks) < _MOST_KNOWN:
                self._blanks[nowhere] = count
        return count

    def _new_column(self, letters: str) -> int:
        column = column_number(letters)
        if column > MAX_COLUMN:
            raise NotPlainError
        self._context.columns[letters] = column
        return column

    def _shape(self, rest: str) -> _Shape:
        """What the attributes of a cell say."""
        said = self._attributes(rest) if rest else {}
        shape = _Shape(said.get("t", "n"), self._context.look(said.get("s", "")), {})
        if len(self._shapes) < _MOST_KNOWN:
            self._shapes[rest] = shape
        return shape

    def _attributes(self, rest: str) -> Mapping[str, str]:
        said = attributes(rest)
        self._prefixed = self._prefixed or said.prefixed
        return said.values

    def _formula(self, rest: str, text: str, row: int, column: int) -> str:
        index = self._attributes(rest).get("si") if rest else None
        return self._context.formula(resolved(text), index, row, column)

    def _cell(self, shape: _Shape, value: str, inline: str, formula: str | None) -> RawCell | None:
        kind, look = shape.kind, shape.look
        if kind == "n" and value and "&" not in value:
            return RawCell("n", value, look, formula)
        if kind == "s" and value and not inline:
            cell = RawCell("s", self._string(value), look, formula)
            if formula is None and len(shape.known) < _MOST_KNOWN:
                shape.known[value] = cell
            return cell
        value = unescape(resolved(inline)) if inline else resolved(value)
        return self._context.cell(kind, value, look, formula, self._string)

    def _string(self, index: str) -> str:
        strings = self._context.strings
        if not is_index(index) or int(index) >= len(strings):
            raise NotPlainError
        return strings[int(index)]
