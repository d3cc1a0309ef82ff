"""Where each row of the sheet Narasi belongs: to a part of the layout, or to a part of the office's own.

A Bagian that the layout does not know becomes a part of that name in the chapter that the column Bab names, in
any of its rows. Without a Bab it has no place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lakip_xlsx.bahasa import roman
from lakip_xlsx.layouts.outline import Layout, Level, Part
from lakip_xlsx.numbers import fold, squeeze
from lakip_xlsx.workbook.book import Oddity, Table
from lakip_xlsx.workbook.sheets import CHAPTERS

APPENDIX = CHAPTERS[-1]


@dataclass(frozen=True, slots=True)
class Own:
    """A part of the office's own: its title as written, its chapter (``I``, ``Lampiran``), the rows of its text."""

    title: str
    bab: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bagian:
    """The sheet Narasi by parts: row → part of the layout, and the office's own parts in the order of the sheet."""

    known: dict[int, Part]
    own: tuple[Own, ...] = ()

    @property
    def written(self) -> frozenset[str]:
        """The keys of the parts of the layout that have a text."""
        return frozenset(part.key for part in self.known.values())


def read(narasi: Table | None, layout: Layout) -> Bagian:
    """Place every row with a text; an empty Bagian goes on with the one above."""
    known: dict[int, Part] = {}
    own: dict[str, Own] = {}
    if narasi is None or not {"bagian", "teks"} <= narasi.letters.keys():
        return Bagian(known)
    chapters = chapters_of(narasi, layout)
    name = ""
    for row, values in narasi.records():
        name = squeeze(str(values["bagian"])) if values["bagian"] else name
        if not isinstance(values["teks"], str) or not values["teks"].strip():
            continue
        part = layout.find_narasi(name)
        if part is not None:
            known[row] = part
        elif (key := fold(name)) in chapters:
            before = own.get(key, Own(name, chapters[key], ()))
            own[key] = Own(before.title, before.bab, (*before.rows, row))
    return Bagian(known, tuple(own.values()))


def chapters_of(narasi: Table, layout: Layout) -> dict[str, str]:
    """Folded Bagian → its chapter, of those for which the office names a chapter that the layout has; the first one."""
    found: dict[str, str] = {}
    there = chapters(layout)
    for bagian, _, bab in stated(narasi):
        if bab in there:
            found.setdefault(fold(bagian), bab)
    return found


def stated(narasi: Table) -> Iterator[tuple[str, int, str]]:
    """Bagian, row and Bab of the rows that say one; an empty Bagian goes on with the one above."""
    name = ""
    for row, values in narasi.records():
        name = squeeze(str(values.get("bagian") or "")) or name
        if name and isinstance(bab := values.get("bab"), str) and narasi.note(row, "bab") is not Oddity.NOT_CHOICE:
            yield name, row, bab


def chapters(layout: Layout) -> tuple[str, ...]:
    """The chapters of a layout as the column Bab names them."""
    many = sum(part.level is Level.CHAPTER for part in layout.parts)
    return tuple(bab for bab in CHAPTERS if bab == APPENDIX or bab in map(roman, range(1, many + 1)))
