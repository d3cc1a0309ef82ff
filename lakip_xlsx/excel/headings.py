"""Finding a table by its headings: the names as they should be, and as people write them.

A heading may stand in one row or be stacked in several: a merged heading above sub-headings, or a heading
merged over the rows beside them. What belongs together is told by the merged ranges.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from functools import lru_cache

from lakip_xlsx.excel.raw import RawSheet
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.spec import Field, SheetSpec

SEARCH_ROWS = 30
_LONGEST = 120  # characters; longer texts are no headings
_TALLEST = 4  # rows of a stacked heading
_WIDEST = 50  # columns under one merged heading
_UNITS = re.compile(r"^(?P<name>.+?) ?(?:\((?P<unit>[^()]{1,12})\)|(?P<sign>%))$")
_YEAR = re.compile(r"^(?P<name>.+?) (?:19|20)[0-9]{2}$")
_BRACKET = re.compile(r"(?<=\S)\s*\(\s*")

Merge = tuple[int, int, int, int]


class Names:
    """The names of a sheet's columns, for looking up headings."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self.exact: dict[str, str] = {}
        self.loose: dict[str, list[tuple[str, str]]] = {}
        for declared in fields:
            for name in (declared.heading, *declared.aliases):
                folded = plain_heading(name)
                self.exact.setdefault(folded, declared.key)
                base, unit = _split(folded)
                entry = (declared.key, unit)
                if entry not in self.loose.setdefault(base, []):
                    self.loose[base].append(entry)

    def alike(self, text: str) -> list[str]:
        """Keys of the fields that a heading may mean when its unit or year is left aside."""
        name, unit = _split(plain_heading(text))
        return [key for key, own in self.loose.get(name, []) if not unit or not own or unit == own]


@dataclass(slots=True)
class Heading:
    """The heading of a table: where each field stands, and what could not be placed."""

    names: Names  # as they should be
    row: int  # the last row of the heading; data begin below
    columns: dict[str, int]  # field key → column number
    unknown: dict[int, str] = field(default_factory=dict)  # column number → heading text
    doubled: dict[int, str] = field(default_factory=dict)  # column number → field key that stands twice
    headed: frozenset[int] = frozenset()  # every column with a heading of any kind
    top: int = 0  # the first row of the heading


def find_heading(sheet: RawSheet, spec: SheetSpec) -> Heading | None:
    """The row in the sheet's first rows that names most of the fields; None if none names any two."""
    best: Heading | None = None
    names = Names(spec.fields)
    candidates = sorted(sheet.rows)[:SEARCH_ROWS]
    last = candidates[-1] + _TALLEST if candidates else 0
    merges = [merge for merge in sheet.merges if merge[0] <= last]
    for row in candidates:
        heading = _match_row(sheet, names, row, merges)
        if len(heading.columns) >= min(2, len(spec.fields)) and (best is None or _is_better(heading, best)):
            best = heading
            if len(best.columns) == len(spec.fields) and best.row == best.top:
                break  # no other row can name more, in less
    return best


def _is_better(heading: Heading, best: Heading) -> bool:
    """Whether a heading names more columns, or as many in fewer rows."""
    more = len(heading.columns) - len(best.columns)
    return more > 0 or (more == 0 and heading.row - heading.top < best.row - best.top)


def _match_row(sheet: RawSheet, names: Names, row: int, merges: list[Merge]) -> Heading:
    top, bottom = _band(sheet, row, merges)
    stacks = _stacks(sheet, top, bottom, merges)
    heading = Heading(names, bottom, {}, headed=frozenset(stacks), top=top)
    pending: dict[int, list[str]] = {}
    for column, stack in sorted(stacks.items()):
        wordings = _wordings(stack)
        key = next((names.exact[plain] for text in wordings if (plain := plain_heading(text)) in names.exact), None)
        if key is None:
            pending[column] = wordings
        elif key in heading.columns:
            heading.doubled[column] = key
        else:
            heading.columns[key] = column
    for column, wordings in pending.items():
        keys = next((found for text in wordings if (found := names.alike(text))), [])
        free = next((key for key in keys if key not in heading.columns), None)
        if free is not None:
            heading.columns[free] = column
        elif keys:
            heading.doubled[column] = keys[0]
        else:
            heading.unknown[column] = wordings[0]
    return heading


def _band(sheet: RawSheet, row: int, merges: list[Merge]) -> tuple[int, int]:
    """The rows over which the heading in this row is stacked, as its merged ranges say."""
    top = bottom = row
    for _ in range(_TALLEST):
        touching = [merge for merge in merges if merge[0] <= bottom and merge[2] >= top]
        wider_top = min([top, *(merge[0] for merge in touching)])
        wider_bottom = max([bottom, *(merge[2] for merge in touching)])
        if wider_bottom - wider_top >= _TALLEST:
            return row, row
        if (wider_top, wider_bottom) == (top, bottom):
            break
        top, bottom = wider_top, wider_bottom
    if top == bottom and any(_stands_above(sheet, merge) for merge in merges if merge[0] == merge[2] == row):
        bottom += 1
    return top, bottom


def _stands_above(sheet: RawSheet, merge: Merge) -> bool:
    """Whether a range merged across one row has texts of its own under each of its columns."""
    row, left, _, right = merge
    below = sheet.rows.get(row + 1, {})
    width = right - left + 1
    return 2 <= width <= len(below) and all(
        column in below and below[column].kind == "s" for column in range(left, right + 1)
    )


def _stacks(sheet: RawSheet, top: int, bottom: int, merges: list[Merge]) -> dict[int, list[str]]:
    """Column → its heading texts from top to bottom; a merged text stands above all columns it spans."""
    stacks: dict[int, list[str]] = {}
    spans = {(merge[0], merge[1]): merge[3] for merge in merges if top <= merge[0] < bottom}
    for row in range(top, bottom + 1):
        for column, cell in sorted(sheet.rows.get(row, {}).items()):
            if cell.kind == "s" and cell.text.strip():
                for each in range(column, min(spans.get((row, column), column), column + _WIDEST) + 1):
                    stacks.setdefault(each, []).append(cell.text)
    return stacks


def _wordings(stack: list[str]) -> list[str]:
    """How a stacked heading may be read: as a whole, with its last part as the unit, or its last part alone."""
    if len(stack) == 1:
        return stack
    upper, last = " ".join(stack[:-1]), stack[-1]
    return [f"{upper} {last}", f"{upper} ({last.strip('() ')})", last, upper]


def plain_heading(text: str) -> str:
    """A heading for comparison: no case, single blanks, no mark of a required column."""
    return _plain(text) if len(text) <= _LONGEST else text


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return _BRACKET.sub(" (", fold(text)).rstrip(" *:").strip()


def _split(name: str) -> tuple[str, str]:
    """A heading without its trailing unit and year, and the unit."""
    match = _UNITS.fullmatch(name) if len(name) <= _LONGEST else None
    unit = ""
    if match:
        name, unit = match["name"], (match["unit"] or match["sign"]).strip(" .")
    year = _YEAR.fullmatch(name)
    return (year["name"] if year else name), unit


def near_miss(text: str, names: dict[str, str]) -> str | None:
    """What a misspelt name was probably meant to be: the value of the nearest key in ``names``."""
    if len(text) > _LONGEST:
        return None
    found = difflib.get_close_matches(plain_heading(text), list(names), n=1, cutoff=0.78)
    return names[found[0]] if found else None
