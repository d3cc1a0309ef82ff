"""Where rows go in a workbook: the row that holds a record already, or the next one that is free."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lakip_xlsx.excel.cells import read_listing
from lakip_xlsx.excel.raw import RawSheet
from lakip_xlsx.finding import column_number
from lakip_xlsx.guard.package import open_package
from lakip_xlsx.importing.proposal import name_key
from lakip_xlsx.workbook.book import Book, Table
from lakip_xlsx.workbook.labels import begins_as_total, plain_label
from lakip_xlsx.workbook.spec import Field

_BEYOND = 100_000  # rows that a table without a Jumlah may grow to


@dataclass(slots=True)
class Room:
    """The rows of one table: which are free, and of a grouped table in which block."""

    table: Table
    raw: RawSheet
    used: set[int] = field(default_factory=set)  # rows that were given away

    @property
    def inputs(self) -> list[Field]:
        """The fields that a person fills, as far as the table has their columns."""
        return [each for each in self.table.spec.fields if each.read and not each.computed and each.key in self.table]

    def text(self, row: int, key: str) -> str:
        """What is typed in a cell, also in a row that the reader passes over because only its label is there."""
        letters = self.table.letters.get(key)
        cell = self.raw.rows.get(row, {}).get(column_number(letters)) if letters else None
        return cell.text if cell is not None and cell.kind == "s" else ""

    def is_free(self, row: int) -> bool:
        """Whether nothing is typed in any of the columns of a row."""
        cells = self.raw.rows.get(row, {})
        columns = (column_number(self.table.letters[each.key]) for each in self.inputs)
        return row not in self.used and all(cells[c].text == "" if c in cells else True for c in columns)

    def take(self, many: int) -> list[int] | None:
        """So many free rows from the top, above the Jumlah; None where there are not enough."""
        first = self.table.header_row + 1
        above = [row for row in self.table.rows if row not in self.used]
        start = max([*above, *self.used, first - 1]) + 1 if (above or self.used) else first
        last = self._total() - 1 if self._total() else _BEYOND
        found: list[int] = []
        for row in (*range(start, last + 1), *range(first, start)):
            if len(found) == many or row > last:
                break
            if self.is_free(row):
                found.append(row)
        if len(found) < many:
            return None
        self.used |= set(found)
        return found

    def _total(self) -> int:
        """The first printed Jumlah; 0 without one."""
        if self.table.totals:
            return min(self.table.totals)
        label = self.table.spec.total.label if self.table.spec.total else ""
        rows = (row for row in sorted(self.raw.rows) if row > self.table.header_row)
        return next((r for r in rows if label and begins_as_total(plain_label(self.text(r, label)))), 0)

    def in_group(self, by: str, group: str, label: str, name: str) -> int:
        """The row of a name in its group, or the next free one of the group; 0 where there is none."""
        start = self.table.header_row + 1
        for total in sorted(self.table.totals) or [max(self.raw.rows, default=start) + 1]:
            block = range(start, total)
            start = total + 1
            if not any(name_key(self.text(row, by)) == name_key(group) for row in block):
                continue
            for row in block:
                if name_key(self.text(row, label)) == name and row not in self.used:
                    self.used.add(row)
                    return row
            free = next((row for row in block if self.is_free(row)), 0)
            self.used.add(free)
            return free
        return 0


def rooms_of(path: Path, book: Book) -> dict[str, Room]:
    """The rooms of all tables of a workbook, by the key of their sheets."""
    with open_package(path) as package:
        raw = read_listing(package)
        entries = {entry.name: entry for entry in raw.entries}
        return {key: Room(table, raw.sheet(entries[table.name])) for key, table in book.tables.items()}
