"""From a value that was read to the cell that is read as the same value."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from lakip_xlsx import numbers
from lakip_xlsx.excel.write_data import BlankCell, CellInput, DateCell, ErrorCell, NumberCell, TextCell
from lakip_xlsx.workbook.book import Note, Oddity, Value
from lakip_xlsx.workbook.spec import Kind

LOST = frozenset({Oddity.UNCALCULATED, Oddity.LOST_DIGITS})
"""Cells whose content is gone already: nothing is made of what is left of it."""


def cell_of(value: Value, kind: Kind, *, unit: str = "", note: Note | None = None) -> CellInput:
    """The cell that holds a value of this kind; what was odd about the cell stays odd.

    A word for a choice becomes the choice itself. A number keeps the places with which it was typed.
    """
    if note is not None and note.oddity is not Oddity.SYNONYM:
        if note.oddity in LOST:
            return BlankCell()
        return ErrorCell(note.raw) if note.oddity is Oddity.ERROR else TextCell(note.raw)
    if isinstance(value, Decimal):
        return _number(value, kind, unit)
    if isinstance(value, dt.date):
        return DateCell(value)
    return BlankCell() if value is None else TextCell(value)


def _number(value: Decimal, kind: Kind, unit: str) -> CellInput:
    """A number, or a text where it was one: with another unit, or with zeros behind the decimal comma."""
    percent = unit == "%" or (kind is Kind.PERCENT and not unit)
    exponent = value.as_tuple().exponent
    has_zeros = isinstance(exponent, int) and -exponent > numbers.decimals(value)
    if has_zeros or unit not in {"", "%"}:
        digits = f"{value:f}".replace(".", ",")
        return TextCell(f"{digits}%" if percent else f"{digits} {unit}".strip())
    return NumberCell(value.scaleb(-2), percent=True) if percent else NumberCell(value)
