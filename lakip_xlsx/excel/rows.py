"""The rows of a table: data, printed totals, and what is neither."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from lakip_xlsx.excel.headings import Heading, plain_heading
from lakip_xlsx.excel.raw import RawCell, RawSheet
from lakip_xlsx.excel.relative import Formula
from lakip_xlsx.excel.values import EMPTY, convert, settled
from lakip_xlsx.finding import column_letters
from lakip_xlsx.numbers import DASHES, bare
from lakip_xlsx.workbook.book import Note, Oddity, Table, Value
from lakip_xlsx.workbook.labels import begins_as_total, is_bare_total, is_only_total, plain_label
from lakip_xlsx.workbook.pilihan import Words
from lakip_xlsx.workbook.spec import NUMERIC, Field, Kind, SheetSpec

_MOST_FORMULAS = 32_000_000  # characters; 100,000 rows of the blank workbook have fewer
_LABEL = 60  # characters of a first cell that tell whether a row is a Jumlah
_COLUMN_NUMBER = re.compile(r"\(?([0-9]{1,2})\)?(?: ?= ?[-+*/x:0-9() %]{1,30})?")
_MEAN_OF = ("rata-rata capaian", "rata-rata persentase capaian", "rerata capaian")


@dataclass(slots=True)
class TableRows:
    """A table as read, and what stands below it that is none of its data.

    ``remarks`` are the rows below the last Jumlah that are notes; ``second`` is the heading row of another
    table on the same sheet, at which reading stopped.
    """

    table: Table
    remarks: list[int] = field(default_factory=list)
    second: int | None = None


def read_rows(sheet: RawSheet, spec: SheetSpec, heading: Heading, *, date1904: bool) -> TableRows:
    """Read all rows under the heading."""
    fields = [(declared, heading.columns[declared.key]) for declared in spec.fields if declared.key in heading.columns]
    by_column = sorted(fields, key=lambda item: item[1])
    filled = _merged_texts(sheet, heading.row, fields)
    data: dict[int, list[Value]] = {}
    totals: dict[int, list[Value]] = {}
    remarks: list[int] = []
    second: int | None = None
    reader = _Cells(fields, date1904=date1904)
    places = [(declared.key, column) for declared, column in fields]
    computed = frozenset(declared.key for declared, _ in fields if declared.computed)
    again = _Again(heading, fields)
    first = True
    for row in sorted(row for row in sheet.rows if row > heading.row):
        stored = sheet.rows[row]
        cells = {key: stored[column] for key, column in places if column in stored}
        if not _says_something(cells, computed) or (first and _is_numbering(stored)):
            continue
        first = False
        if _is_untouched_preset(cells, spec) or again.repeats(stored, cells):
            continue
        if again.other:
            second = row
            break
        if row in filled:
            cells = filled[row] | cells
        is_total = _is_total(cells, by_column, spec)
        if not is_total and totals and not spec_by(spec) and _is_remark(cells, fields):
            remarks.append(row)
            continue
        (totals if is_total else data)[row] = reader.values(row, cells)
    letters = {declared.key: column_letters(column) for declared, column in fields}
    table = Table.of(spec, sheet.name, heading.row, letters, data, totals)
    table.notes, table.units, table.formulas = reader.notes, reader.units, reader.formulas
    table.own = _own_columns(sheet, heading, [*data, *totals], date1904=date1904)
    table.hidden_rows = frozenset(row for row in sheet.hidden_rows if row > heading.row)
    return TableRows(table, remarks, second)


def _own_columns(sheet: RawSheet, heading: Heading, rows: list[int], *, date1904: bool) -> dict[str, dict[int, Value]]:
    """The columns that the declaration does not know, as they stand: texts, numbers and dates."""
    own: dict[str, dict[int, Value]] = {}
    for column, title in heading.unknown.items():
        values: dict[int, Value] = {}
        for row in rows:
            cell = sheet.rows[row].get(column)
            if cell is not None:
                kind = Kind.LONG_TEXT if cell.kind == "s" else Kind.DATE if cell.look.date else Kind.QUANTITY
                value = convert(cell, kind, date1904=date1904).value
                values |= {row: value} if value is not None else {}
        if values:
            own.setdefault(title, values)
    return own


class _Again:
    """Headings met once more below: printed on a next page, or of a second table on the sheet."""

    def __init__(self, heading: Heading, fields: list[tuple[Field, int]]) -> None:
        self._names = heading.names
        self._columns = heading.columns
        self._numeric = [declared.key for declared, _ in fields if declared.kind in NUMERIC]
        self.other = False

    def repeats(self, stored: dict[int, RawCell], cells: dict[str, RawCell]) -> bool:
        """Whether the row is the same heading again; ``other`` tells that it is another table's heading."""
        suspects = [cells[key] for key in self._numeric if key in cells and cells[key].kind == "s"]
        if not any(plain_heading(cell.text) in self._names.exact for cell in suspects):
            return False
        texts = {column: plain_heading(cell.text) for column, cell in stored.items() if cell.text.strip()}
        found = {column: self._names.exact[text] for column, text in texts.items() if text in self._names.exact}
        if len(found) < 2 or len(found) * 2 < len(texts):
            return False
        self.other = any(self._columns.get(key) != column for column, key in found.items())
        return not self.other


def spec_by(spec: SheetSpec) -> str:
    """The column by which the table is grouped, with one Jumlah each; empty if there is one Jumlah."""
    return spec.total.by if spec.total else ""


class _Cells:
    """Turns the cells of a table's rows into values, and keeps what is special about them."""

    def __init__(self, fields: list[tuple[Field, int]], *, date1904: bool) -> None:
        self.notes: dict[tuple[int, str], Note] = {}
        self.units: dict[tuple[int, str], str] = {}
        self.formulas: dict[tuple[int, str], str] = {}
        self._date1904 = date1904
        self._places = [(declared.key, declared.kind, declared.read) for declared, _ in fields]
        self._held = 0  # characters
        self._words = {declared.key: Words(declared) for declared, _ in fields if declared.closed}

    def values(self, row: int, cells: dict[str, RawCell]) -> list[Value]:
        """The values of one row, in the order of the fields."""
        values: list[Value] = []
        for key, kind, read in self._places:
            cell = cells.get(key)
            if cell is None:
                values.append(None)
                continue
            value, unit, note = settled(convert(cell, kind, date1904=self._date1904), self._words.get(key))
            values.append(value)
            if note is not None:
                self.notes[row, key] = note
            if unit:
                self.units[row, key] = unit
            if cell.formula is not None and read:
                self._keep(row, key, cell.formula)
        return values

    def _keep(self, row: int, key: str, formula: Formula) -> None:
        """Keep a formula for comparing it; a table with an absurd amount of them is left uncompared."""
        self._held += len(formula.text)
        if self._held <= _MOST_FORMULAS:
            self.formulas[row, key] = formula.relative
        else:
            self.formulas.clear()


def _says_something(cells: dict[str, RawCell], computed: frozenset[str]) -> bool:
    """Whether a row holds anything besides blanks and the formulas that wait in an empty row."""
    for key, cell in cells.items():
        if cell.kind == "s" and not bare(cell.text):
            continue
        if cell.formula is not None and key in computed:
            continue
        return True
    return False


def _is_untouched_preset(cells: dict[str, RawCell], spec: SheetSpec) -> bool:
    """Whether this is a row that the blank workbook offers with its label only, and nobody filled.

    An office without staff of "S 3" may leave that row alone; a preset that is a whole row, such as a class
    of a scale, is data.
    """
    if not spec.presets:
        return False
    said = [(key, cell.text) for key, cell in cells.items() if cell.text.strip() and cell.formula is None]
    if len(said) >= sum(declared.required for declared in spec.fields):
        return False
    keys = [declared.key for declared in spec.fields]
    return sorted(said) in [sorted(zip(keys, preset, strict=False)) for preset in spec.presets]


def _is_numbering(stored: dict[int, RawCell]) -> bool:
    """Whether this is the row of column numbers under the headings: (1) (2) (3), or 1 2 3=2/1."""
    texts = [cell.text.strip() for _, cell in sorted(stored.items()) if cell.text.strip()]
    numbers = [int(match[1]) for text in texts if (match := _COLUMN_NUMBER.fullmatch(text))]
    return len(texts) >= 3 and len(numbers) == len(texts) and all(a < b for a, b in pairwise(numbers))


def _is_total(cells: dict[str, RawCell], fields: list[tuple[Field, int]], spec: SheetSpec) -> bool:
    """Whether a text of the row (``fields`` are in the order of their columns) says Jumlah or Total.

    The first text may begin so ("Jumlah belanja langsung"), any other must say nothing else: a program may well
    be named "Total Quality Management". In a table without a Jumlah of its own an indicator may begin with
    "Jumlah": there only the bare word counts. A row whose choice is made (Jenis) is data.
    """
    first = True
    for declared, _ in fields:
        cell = cells.get(declared.key)
        label = plain_label(cell.text[:_LABEL]) if cell is not None and cell.kind == "s" else ""
        if not label or label in DASHES or label.isdigit():
            continue
        if spec.total is None:
            measured = {"target", "realisasi"} & cells.keys()
            return is_bare_total(label) or (label.startswith(_MEAN_OF) and not measured)
        if is_only_total(label) or (first and begins_as_total(label)):
            return True
        if declared.choices and declared.key != spec_by(spec):
            return False
        first = first and declared.key == spec_by(spec)  # the group's name may stand in its Jumlah row too
    return False


def _is_remark(cells: dict[str, RawCell], fields: list[tuple[Field, int]]) -> bool:
    """Whether a row under the Jumlah is a note or a signature: texts only, no number anywhere."""
    numeric = {declared.key for declared, _ in fields if declared.kind in NUMERIC and not declared.computed}
    values = [(d.key, convert(cells.get(d.key), d.kind)) for d, _ in fields if d.key in numeric]
    return all(
        item is EMPTY or (item.value is None and item.note and item.note.oddity is Oddity.NOT_NUMBER)
        for _, item in values
    )


def _merged_texts(sheet: RawSheet, header_row: int, fields: list[tuple[Field, int]]) -> dict[int, dict[str, RawCell]]:
    """Cells that a vertical merge gives to the rows below its first one; texts only, never amounts."""
    textual = {column: declared.key for declared, column in fields if declared.kind not in NUMERIC}
    filled: dict[int, dict[str, RawCell]] = {}
    rows = sorted(sheet.rows)
    done: dict[int, int] = {}  # column → the last row that was filled: no range is walked twice
    for first, left, last, _ in sorted(sheet.merges):
        cell = sheet.rows.get(first, {}).get(left) if left in textual and header_row < first < last else None
        if cell is not None:
            start = bisect_right(rows, max(first, done.get(left, 0)))
            for row in rows[start : bisect_right(rows, last)]:
                filled.setdefault(row, {})[textual[left]] = cell
            done[left] = max(last, done.get(left, 0))
    return filled
