"""The same year's workbook once more, in the present form: everything comes along, and no figure changes.

A formula that gave something else than the standard one leaves its figure behind as typed, so that ``check``
can tell; nothing is repaired on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lakip_xlsx.carry.cells import cell_of
from lakip_xlsx.carry.rows import SPARE, Carrier, sheet
from lakip_xlsx.excel.write_data import CellInput, Row, TableData, WorkbookData
from lakip_xlsx.excel.write_formulas import Formulas
from lakip_xlsx.excel.write_plan import plan
from lakip_xlsx.excel.write_values import Uncalculated, Values
from lakip_xlsx.finding import Cell
from lakip_xlsx.numbers import HUNDRED, half_up
from lakip_xlsx.workbook.book import Book, Oddity, Table
from lakip_xlsx.workbook.spec import Kind

_SAME = 9  # decimals to which two results are compared: what a stored result cannot hold is no difference


def rows_of(carrier: Carrier) -> tuple[TableData, list[int]]:
    """A sheet as it stands, and the row of last time's file behind each of its rows."""
    table = carrier.table
    origins = sorted([*table.rows, *table.totals])
    rows = [carrier.whole(row, total=not table.is_data(row)) for row in origins]
    return sheet(table, rows + [Row({})] * (0 if table.spec.total else SPARE)), origins


def figures_kept(data: WorkbookData, book: Book, origins: dict[str, list[int]]) -> tuple[WorkbookData, list[Cell]]:
    """The data with the old figure typed wherever the standard formula would give another one."""
    placed = plan(data)
    values = Values(Formulas(placed))
    changed: dict[str, TableData] = {}
    kept: list[Cell] = []
    for table in placed.tables:
        old = book.table(table.data.key)
        if old is None or table.data.key not in origins:
            continue
        rows = list(table.data.rows)
        for at, origin in enumerate(origins[table.data.key]):
            typed: dict[str, CellInput] = {}
            for key in _formulas_of(old, origin):
                if key in rows[at].cells or _agree(values.value(table, table.first + at, key), old, origin, key):
                    continue
                note, kind = old.notes.get((origin, key)), old.spec.field(key).kind
                typed[key] = cell_of(old.value(origin, key), kind, note=note)
                kept.append(old.cell(origin, key))
            if typed:
                rows[at] = replace(rows[at], cells={**rows[at].cells, **typed})
        changed[table.data.key] = replace(table.data, rows=tuple(rows))
    sheets = (changed.get(each.key, each) if isinstance(each, TableData) else each for each in data.sheets)
    return replace(data, sheets=tuple(sheets)), kept


def _formulas_of(table: Table, row: int) -> Iterator[str]:
    return (each.key for each in table.spec.fields if (row, each.key) in table.formulas)


def _agree(result: object, old: Table, row: int, key: str) -> bool:
    """Whether the standard formula gives what stood there, as far as either is known."""
    before = old.value(row, key)
    if isinstance(result, Uncalculated) or old.note(row, key) is Oddity.UNCALCULATED:
        return True
    if isinstance(before, Decimal) and isinstance(result, Decimal):
        scale = HUNDRED if old.spec.field(key).kind is Kind.PERCENT else Decimal(1)
        return half_up(before, _SAME) == half_up(result * scale, _SAME)
    return old.text(row, key) == str(result or "")
