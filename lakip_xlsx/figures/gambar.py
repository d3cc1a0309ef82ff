"""Where each picture of the sheet Gambar belongs: to a part of the layout, one of the office's own, an attachment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from lakip_xlsx.figures import bagian
from lakip_xlsx.layouts.outline import Layout, Level
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Book


class Place(Enum):
    """What a Bagian can name."""

    PART = "bagian tata letak"
    OWN = "bagian buatan sendiri"
    ATTACHMENT = "lampiran"
    UNKNOWN = "tidak dikenal"


@dataclass(frozen=True, slots=True)
class Pictured:
    """A row of the sheet with its place; ``name`` is the key of the part, or the folded title."""

    row: int
    place: Place
    name: str


def read(book: Book, layout: Layout) -> Iterator[Pictured]:
    """Every row that names a file."""
    table = book.table("gambar")
    if table is None or not {"bagian", "berkas"} <= table.letters.keys():
        return
    holders = _holders(layout)
    own = {fold(each.title) for each in bagian.read(book.table("narasi"), layout).own}
    attached = {fold(title) for title in _titles(book)}
    for row, values in table.records():
        said = str(values["bagian"] or "")
        if not values["berkas"]:
            continue
        part, key = layout.find_narasi(said), fold(said)
        if part is not None:
            yield Pictured(row, Place.PART, holders[part.key])
        else:
            known = Place.OWN if key in own else Place.ATTACHMENT if key in attached else Place.UNKNOWN
            yield Pictured(row, known, key)


def names(book: Book, layout: Layout) -> list[str]:
    """All that a Bagian can name, for did-you-mean."""
    own = [each.title for each in bagian.read(book.table("narasi"), layout).own]
    return [*(part.title for part in layout.narasi().values()), *own, *_titles(book)]


def _titles(book: Book) -> list[str]:
    table = book.table("lampiran")
    return [str(value) for _, value in table.column("judul") if value] if table and "judul" in table else []


def _holders(layout: Layout) -> dict[str, str]:
    """Key of a part → that of the part under whose heading it stands: a text without one belongs to the part before."""
    found: dict[str, str] = {}
    holder = ""
    for part in layout.parts:
        holder = holder if part.level is Level.TEXT else part.key
        found[part.key] = holder
    return found
