"""The rows of a table: data, printed totals, and what is neither."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from lakip_xlsx.excel.cells import RawCell, RawSheet
from lakip_xlsx.excel.headings import Heading
from lakip_xlsx.excel.values import EMPTY, Converted, convert
from lakip_xlsx.finding import column_letters
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Oddity, Table, Value
from lakip_xlsx.workbook.spec import NUMERIC, Field, SheetSpec

_TOTAL_STARTS = ("jumlah", "total", "rata-rata", "rerata")
_TOTAL_WORDS = frozenset(
    {"jumlah", "total", "rata-rata", "rerata", "jumlah total", "jumlah keseluruhan", "grand total"}
)


@dataclass(slots=True)
class TableRows:
    """A table as read, and the rows below its last Jumlah that are notes and not data."""

    table: Table
    remarks: list[int] = field(default_factory=list)


def read_rows(sheet: RawSheet, spec: SheetSpec, heading: Heading, *, date1904: bool) -> TableRows:
    """Read all rows under the heading row."""
    fields = [(declared, heading.columns[declared.key]) for declared in spec.fields if declared.key in heading.columns]
    table = Table(
        spec=spec,
        name=sheet.name,
        header_row=heading.row,
        letters={declared.key: column_letters(column) for declared, column in fields},
        frame=pd.DataFrame(),
        totals=pd.DataFrame(),
        hidden_rows=frozenset(row for row in sheet.hidden_rows if row > heading.row),
    )
    filled = _merged_texts(sheet, heading.row, fields)
    data: dict[int, list[Value]] = {}
    totals: dict[int, list[Value]] = {}
    result = TableRows(table)
    for row in sorted(sheet.rows):
        if row <= heading.row:
            continue
        cells = {key: cell for (key, cell) in ((d.key, sheet.rows[row].get(c)) for d, c in fields) if cell is not None}
        if not _says_something(cells, spec) or _is_numbering(row, heading.row, cells):
            continue
        if _is_untouched_preset(cells, spec):
            continue
        cells = filled.get(row, {}) | cells
        converted = {d.key: convert(cells.get(d.key), d.kind, date1904=date1904) for d, _ in fields}
        is_total = _is_total(cells, fields, spec)
        if not is_total and totals and not spec_by(spec) and row > max(totals) and _is_remark(cells, fields):
            result.remarks.append(row)
            continue
        _keep(table, row, converted, cells)
        (totals if is_total else data)[row] = [converted[d.key].value for d, _ in fields]
    columns = [declared.key for declared, _ in fields]
    table.frame = _frame(data, columns)
    table.totals = _frame(totals, columns)
    return result


def spec_by(spec: SheetSpec) -> str:
    """The column by which the table is grouped, with one Jumlah each; empty if there is one Jumlah."""
    return spec.total.by if spec.total else ""


def _frame(rows: dict[int, list[Value]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows.values()), index=list(rows), columns=columns, dtype=object)


def _keep(table: Table, row: int, converted: dict[str, Converted], cells: dict[str, RawCell]) -> None:
    """Keep what is special about the row's cells beside their values."""
    for key, item in converted.items():
        if item.note is not None:
            table.notes[row, key] = item.note
        if item.unit:
            table.units[row, key] = item.unit
    for key, cell in cells.items():
        if cell.formula is not None:
            table.formulas[row, key] = cell.formula


def _says_something(cells: dict[str, RawCell], spec: SheetSpec) -> bool:
    """Whether a row holds anything besides blanks and the formulas that wait in an empty row."""
    for key, cell in cells.items():
        if cell.kind == "s" and not cell.text.strip():
            continue
        if cell.formula is not None and spec.field(key).computed:
            continue
        return True
    return False


def _is_untouched_preset(cells: dict[str, RawCell], spec: SheetSpec) -> bool:
    """Whether this is a row that the blank workbook offers with its label only, and nobody filled.

    An office without staff of "S 3" may leave that row alone; a preset that is a whole row, such as a class
    of a scale, is data.
    """
    said = [(key, cell.text) for key, cell in cells.items() if cell.text.strip() and cell.formula is None]
    if not spec.presets or len(said) >= sum(declared.required for declared in spec.fields):
        return False
    keys = [declared.key for declared in spec.fields]
    return sorted(said) in [sorted(zip(keys, preset, strict=False)) for preset in spec.presets]


def _is_numbering(row: int, header_row: int, cells: dict[str, RawCell]) -> bool:
    """Whether this is the row of column numbers, (1) (2) (3), right under the headings."""
    texts = [cell.text.strip("() ") for cell in cells.values() if cell.text]
    return row == header_row + 1 and len(texts) >= 3 and texts == [str(n) for n in range(1, len(texts) + 1)]


def _is_total(cells: dict[str, RawCell], fields: list[tuple[Field, int]], spec: SheetSpec) -> bool:
    """Whether the row's first text says Jumlah or Total.

    In a table without a Jumlah of its own an indicator may well begin with "Jumlah": there only the bare
    word counts.
    """
    for declared, _ in sorted(fields, key=lambda item: item[1]):
        cell = cells.get(declared.key)
        if cell is None or not cell.text.strip() or cell.kind != "s":
            continue
        if declared.key == spec_by(spec) and not fold(cell.text).startswith(_TOTAL_STARTS):
            continue  # the group's name may stand in its Jumlah row too
        if spec.total is None:
            return fold(cell.text).rstrip(" :") in _TOTAL_WORDS
        return fold(cell.text).startswith(_TOTAL_STARTS)
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
    last_row = max(sheet.rows, default=0)
    for first, left, last, right in sheet.merges:
        if first <= header_row or left != right or left not in textual:
            continue
        cell = sheet.rows.get(first, {}).get(left)
        if cell is not None:
            for row in range(first + 1, min(last, last_row) + 1):
                filled.setdefault(row, {})[textual[left]] = cell
    return filled
