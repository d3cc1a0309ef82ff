"""Rows of one table in the next workbook, with the cell that each value came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lakip_xlsx.carry.cells import LOST, cell_of
from lakip_xlsx.excel.write_data import BlankCell, CellInput, Row, TableData, TextCell, standard_headings
from lakip_xlsx.workbook.book import Table, Value
from lakip_xlsx.workbook.next_year import KEEP
from lakip_xlsx.workbook.spec import NUMERIC, Field, Kind

SPARE = 5  # empty rows that a full table gets at least


@dataclass(slots=True)
class Carrier:
    """One sheet of last year on its way into the next: what came along, and what was left behind."""

    table: Table
    source: str  # the file's name
    left: list[str] = field(default_factory=list)
    figures: int = 0

    def cell(self, row: int, key: str, declared: Field) -> CellInput:
        """A cell as it stands; a lost one is empty and told."""
        note = self.table.notes.get((row, key))
        if note is not None and note.oddity in LOST:
            self.left.append(f"{self.table.cell(row, key)}: isinya sudah hilang di {self.source} ({note.raw})")
        unit = self.table.units.get((row, key), "")
        return cell_of(self.table.value(row, key), declared.kind, unit=unit, note=note)

    def carried(self, row: int, law: Mapping[str, str]) -> Row:
        """A data row under the law of the next year; every figure with a note on where it stood."""
        cells: dict[str, CellInput] = {}
        notes: dict[str, str] = {}
        for key, source in law.items():
            declared = self.table.spec.field(key)
            origin = key if source == KEEP else source
            if origin not in self.table:
                continue
            cells[key] = self.cell(row, origin, declared)
            if not isinstance(cells[key], BlankCell) and (origin != key or declared.kind in NUMERIC):
                notes[key] = f"{self.heading(origin)} pada {self.source}, {self.table.cell(row, origin)}."
                self.figures += 1
        return Row(cells | self._own(row), notes=notes)

    def heading(self, key: str) -> str:
        """What a column is called."""
        return self.table.spec.field(key).heading

    def _own(self, row: int) -> dict[str, CellInput]:
        return {title: own_cell(values.get(row)) for title, values in self.table.own.items()}

    def whole(self, row: int, *, total: bool) -> Row:
        """A row as it stands, with all its columns; a formula stays the standard formula of its cell."""
        fields = (each for each in self.table.spec.fields if each.read and each.key in self.table)
        cells = {
            each.key: self.cell(row, each.key, each)
            for each in fields
            if (row, each.key) not in self.table.formulas or not (each.computed or total)
        }
        return Row(cells | self._own(row), total=total)


def own_cell(value: Value) -> CellInput:
    """A cell of a column that the office added."""
    return cell_of(value, Kind.QUANTITY)


def in_groups(table: Table, rows: list[Row]) -> Iterator[Row]:
    """The rows with the standard Jumlah behind each group, or at the end, and room to add some."""
    total = table.spec.total
    spare = [Row({})] * max(SPARE, table.spec.rows - len(rows))
    if total is None:
        yield from rows
        yield from spare
        return
    jumlah = Row({total.label: TextCell("Jumlah")}, total=True)
    if not total.by:
        yield from rows
        yield from spare
        yield jumlah
        return
    for at, row in enumerate(rows):
        yield row
        if at + 1 == len(rows) or rows[at + 1].cells.get(total.by) != row.cells.get(total.by):
            yield jumlah


def sheet(table: Table, rows: list[Row]) -> TableData:
    """The declared sheet with these rows, and behind its columns those that the office added."""
    headings = (*standard_headings(table.spec), *table.own) if table.own else ()
    return TableData(table.spec.key, table.spec.name, tuple(rows), headings)
