"""What a row is known by: its code, or what else names it. Its number in Excel changes when rows are inserted."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase

from lakip_xlsx.finding import Cell
from lakip_xlsx.workbook.book import Book, Table
from lakip_xlsx.workbook.spec import Kind, SheetSpec

_LONGEST = 120  # characters of a wording that names a row
_NAMING = frozenset({Kind.CODE, Kind.CHOICE, Kind.TEXT})


class RowKeys:
    """The keys of all rows of a workbook, read sheet by sheet when first asked for; none without a workbook."""

    def __init__(self, book: Book | None = None) -> None:
        self._tables = {table.name: table for table in book.tables.values()} if book else {}
        self._sheets: dict[str, dict[str, str]] = {}

    def of(self, cells: Iterable[Cell]) -> str:
        """The key of the row in which all of these cells stand; empty for several rows, ranges and forms."""
        found = ""
        for cell in cells:
            rows = self._sheets.get(cell.sheet)
            if rows is None:
                rows = self._sheets[cell.sheet] = _keys(self._tables.get(cell.sheet))
            key = rows.get(cell.ref.lstrip(ascii_uppercase), "")
            if key != found and key and found:
                return ""
            found = key or found
        return found


def _keys(table: Table | None) -> dict[str, str]:
    """Row number, as written in an address → key."""
    if table is None:
        return {}
    named = naming(table.spec)
    return {str(row): " ".join(filter(None, (table.text(row, key) for key in named)))[:_LONGEST] for row in table.rows}


def naming(spec: SheetSpec) -> tuple[str, ...]:
    """The columns that name a row: the first that must be filled, with the choices before it ("Sasaran S1").

    A code of another sheet stands on several rows: a choice behind it belongs to the name ("I1 II"). Where a row
    has no code or short name, its wording names it.
    """
    found: list[str] = []
    named = refers = False
    for field in spec.fields:
        if not field.required:
            continue
        if field.kind not in _NAMING and (found or field.kind is not Kind.LONG_TEXT):
            break
        if named and not (refers and field.kind is Kind.CHOICE):
            break
        found.append(field.key)
        named = named or field.kind is not Kind.CHOICE
        refers = field.kind is Kind.CODE and bool(field.options)
    return tuple(found)
