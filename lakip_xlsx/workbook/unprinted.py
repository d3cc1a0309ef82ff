"""What a report does not show, sheet by sheet, in words: what links the sheets, and what a layout has no place for."""

from __future__ import annotations

from collections.abc import Iterable

from lakip_xlsx.bahasa import enumerate_
from lakip_xlsx.workbook.book import Book
from lakip_xlsx.workbook.sheets import SHEETS
from lakip_xlsx.workbook.spec import Field, Kind, SheetSpec

_LINKS = frozenset({Kind.CODE, Kind.CHOICE})


def declared(layout: str) -> str:
    """All columns and lines that the report of a layout (by its key) does not show."""
    return _said((spec, field) for spec in SHEETS for field in spec.fields if layout in field.unprinted)


def filled(book: Book, layout: str) -> str:
    """Those of them that hold something which an office may look for in the report; empty where there is nothing.

    Codes and choices are left out: they do their work, and nobody misses them.
    """
    return _said(
        (spec, field)
        for spec in SHEETS
        for field in spec.fields
        if layout in field.unprinted and field.kind not in _LINKS and _holds(book, spec, field)
    )


def _holds(book: Book, spec: SheetSpec, field: Field) -> bool:
    if spec.form:
        return book.form is not None and book.form.values.get(field.key) is not None
    table = book.table(spec.key)
    return table is not None and any(value is not None for _, value in table.column(field.key))


def _said(places: Iterable[tuple[SheetSpec, Field]]) -> str:
    by_sheet: dict[str, list[str]] = {}
    for spec, field in places:
        by_sheet.setdefault(spec.name, []).append(field.heading)
    return "; ".join(f"{enumerate_(headings)} (lembar {sheet})" for sheet, headings in by_sheet.items())
