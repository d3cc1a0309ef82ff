"""Sheets under another name, known by their headings: "Anggaran 2025", "Tabel Program".

The headings decide, not the name: a sheet is taken for one of ours if it has all columns that this one must
have, and no other of ours explains more of its columns. Where two fit alike, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.cells import RawWorkbook, SheetEntry
from lakip_xlsx.excel.form import read_form
from lakip_xlsx.excel.headings import SEARCH_ROWS, find_heading
from lakip_xlsx.excel.raw import RawSheet
from lakip_xlsx.workbook.sheets import SHEETS
from lakip_xlsx.workbook.spec import SheetSpec

_FEWEST = 2  # required columns; fewer say too little
_FIRST = 3 * SEARCH_ROWS  # rows that tell whether a sheet is worth reading as a whole


def known_by_headings(raw: RawWorkbook, strangers: Iterable[SheetEntry]) -> dict[str, list[SheetEntry]]:
    """Sheet key → the visible sheets, by no name of ours, that have its headings.

    A sheet that cannot be read is none of them: it is not ours, and can break nothing.
    """
    found: dict[str, list[SheetEntry]] = {}
    for entry in strangers:
        if entry.hidden:
            continue
        with suppress(UnreadableError):
            if any(_names_two(_glance(raw, entry, _FIRST), spec) for spec in SHEETS):
                spec = _meant(_glance(raw, entry), raw)
                if spec is not None:
                    found.setdefault(spec.key, []).append(entry)
    return found


def first_rows(raw: RawWorkbook, entry: SheetEntry) -> RawSheet:
    """The rows in which a heading would stand, without counting them as read."""
    return _glance(raw, entry, _FIRST)


def _glance(raw: RawWorkbook, entry: SheetEntry, rows: int | None = None) -> RawSheet:
    """A sheet, or its first rows, without counting them as read."""
    before = replace(raw.context.tally)
    try:
        return raw.sheet(entry, rows)
    finally:
        raw.context.tally = before


def _names_two(sheet: RawSheet, spec: SheetSpec) -> bool:
    return bool(read_form(sheet, spec, date1904=False).form.cells) if spec.form else bool(find_heading(sheet, spec))


def _meant(sheet: RawSheet, raw: RawWorkbook) -> SheetSpec | None:
    """Which of ours this sheet surely is."""
    fits = sorted(((found, spec.key) for spec in SHEETS if (found := _explained(sheet, spec, raw))), reverse=True)
    if not fits or (len(fits) > 1 and fits[0][0] == fits[1][0]):
        return None
    return next(spec for spec in SHEETS if spec.key == fits[0][1])


def _explained(sheet: RawSheet, spec: SheetSpec, raw: RawWorkbook) -> int:
    """How many columns (or labels of a form) are explained; 0 if a required one is not there, or most are strange."""
    if spec.form:
        read = read_form(sheet, spec, date1904=raw.date1904)
        return 0 if read.missing else len(read.form.cells)
    heading = find_heading(sheet, spec)
    if heading is None or len(heading.unknown) > len(heading.columns):
        return 0
    required = {declared.key for declared in spec.fields if declared.required}
    together = {declared.key for declared in spec.fields if declared.all_or_none}
    if together.isdisjoint(heading.columns):
        required -= together
    return len(heading.columns) if len(required) >= _FEWEST and required <= heading.columns.keys() else 0
