"""Places as rules speak of them: a field in a row, a line of the form, a whole sheet."""

from __future__ import annotations

from typing import NamedTuple

from lakip_xlsx.finding import Cell, Spot
from lakip_xlsx.workbook.book import Form, Table


class At(NamedTuple):
    """A field in a row of a table; the heading row names the column itself."""

    table: Table
    row: int
    key: str


class Isian(NamedTuple):
    """A field of the form sheet."""

    form: Form
    key: str


class Lembar(NamedTuple):
    """A whole sheet, by the name the user sees."""

    name: str


class Tempat(NamedTuple):
    """A place in a Word document, for the rules on sentences that are run over its texts."""

    spot: Spot


Place = At | Isian | Lembar | Tempat


def locate(place: Place) -> Cell:
    """The cell of a place. The only way from fields to cells."""
    match place:
        case At(table=table, row=row, key=key):
            return table.cell(row, key)
        case Isian(form=form, key=key):
            return form.cell(key)
        case Lembar(name=name):
            return Cell(name)
        case Tempat(spot=spot):
            return spot
