"""Finding a table by its headings: the names as they should be, and as people write them."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field

from lakip_xlsx.excel.cells import RawSheet
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.spec import Field, SheetSpec

SEARCH_ROWS = 30
_UNITS = re.compile(r"^(?P<name>.+?) ?(?:\((?P<unit>[^()]{1,12})\)|(?P<sign>%))$")
_YEAR = re.compile(r"^(?P<name>.+?) (?:19|20)[0-9]{2}$")


@dataclass(slots=True)
class Heading:
    """The heading row of a table: where each field stands, and what could not be placed."""

    row: int
    columns: dict[str, int]  # field key → column number
    unknown: dict[int, str] = field(default_factory=dict)  # column number → heading text
    doubled: dict[int, str] = field(default_factory=dict)  # column number → field key that stands twice


def find_heading(sheet: RawSheet, spec: SheetSpec) -> Heading | None:
    """The row in the sheet's first rows that names most of the fields; None if none names any two."""
    best: Heading | None = None
    for row in sorted(sheet.rows)[:SEARCH_ROWS]:
        heading = _match_row(sheet, spec, row)
        if len(heading.columns) >= min(2, len(spec.fields)) and (
            best is None or len(heading.columns) > len(best.columns)
        ):
            best = heading
    return best


def _match_row(sheet: RawSheet, spec: SheetSpec, row: int) -> Heading:
    heading = Heading(row, {})
    texts = {column: cell.text for column, cell in sorted(sheet.rows[row].items()) if cell.kind == "s" and cell.text}
    exact, loose = _names(spec.fields)
    pending: dict[int, str] = {}
    for column, text in texts.items():
        key = exact.get(plain_heading(text))
        if key is None:
            pending[column] = text
        elif key in heading.columns:
            heading.doubled[column] = key
        else:
            heading.columns[key] = column
    for column, text in pending.items():
        name, unit = _split(plain_heading(text))
        keys = [key for key, own in loose.get(name, []) if not unit or not own or unit == own]
        free = next((key for key in keys if key not in heading.columns), None)
        if free is not None:
            heading.columns[free] = column
        elif keys:
            heading.doubled[column] = keys[0]
        else:
            heading.unknown[column] = text
    return heading


def plain_heading(text: str) -> str:
    """A heading for comparison: no case, single blanks, no mark of a required column."""
    return fold(text).rstrip(" *:").strip()


def _split(name: str) -> tuple[str, str]:
    """A heading without its trailing unit and year, and the unit."""
    match = _UNITS.fullmatch(name)
    unit = ""
    if match:
        name, unit = match["name"], (match["unit"] or match["sign"]).strip(" .")
    year = _YEAR.fullmatch(name)
    return (year["name"] if year else name), unit


def _names(fields: tuple[Field, ...]) -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """Heading → field key as declared; and name without unit → (key, unit) for lenient matching."""
    exact: dict[str, str] = {}
    loose: dict[str, list[tuple[str, str]]] = {}
    for declared in fields:
        for name in (declared.heading, *declared.aliases):
            folded = plain_heading(name)
            exact.setdefault(folded, declared.key)
            base, unit = _split(folded)
            entry = (declared.key, unit)
            if entry not in loose.setdefault(base, []):
                loose[base].append(entry)
    return exact, loose


def near_miss(text: str, names: dict[str, str]) -> str | None:
    """What a misspelt name was probably meant to be: the value of the nearest key in ``names``."""
    found = difflib.get_close_matches(plain_heading(text), list(names), n=1, cutoff=0.78)
    return names[found[0]] if found else None
