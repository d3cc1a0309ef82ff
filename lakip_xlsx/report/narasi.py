"""The sheet Narasi as paragraphs: what the office wrote, else standard text, else a visible gap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from lakip_xlsx.figures import bagian
from lakip_xlsx.figures.gambar import Place
from lakip_xlsx.layouts.outline import Part
from lakip_xlsx.report import gambar, panrb_texts, pelengkap_texts, standard_texts
from lakip_xlsx.report.content import Node, Paragraph, Paragraphs, Teks
from lakip_xlsx.report.daftar import paragraphs
from lakip_xlsx.report.source import Source, credited, missing_text, placed
from lakip_xlsx.workbook.book import Table

WRITERS: Final[dict[str, Callable[[Source], Paragraphs]]] = {
    **standard_texts.TEXTS,
    **panrb_texts.TEXTS,
    **pelengkap_texts.TEXTS,
}
"""Part key → the function that writes its standard text; a key means the same part in every layout."""


def compose(source: Source) -> Mapping[str, Paragraphs]:
    """Part key → its paragraphs, for every part of the layout that takes a text. Never empty.

    A part of another layout, which a block may name, has its standard text.
    """
    written, parts = _written(source), source.layout.narasi()
    others = {key: credited(source, writer(source)) for key, writer in WRITERS.items() if key not in parts}
    return {**{key: written.get(key) or _instead(source, part) for key, part in parts.items()}, **others}


def text(source: Source, key: str) -> Paragraphs:
    """The text of one part, as in :func:`compose`; of a part of another layout its standard text.

    Raises:
        KeyError: neither the layout nor the standard text has such a part.
    """
    part = source.layout.narasi().get(key)
    if part is None:
        return credited(source, WRITERS[key](source))
    return _written(source).get(key) or _instead(source, part)


def _instead(source: Source, part: Part) -> Paragraphs:
    """Standing text of a part that the office left empty, or a visible gap where the office must write."""
    writer = None if part.required else WRITERS.get(part.key)
    said = credited(source, writer(source)) if writer else None
    return said or missing_text(f'{part.title} belum diisi: lembar Narasi, Bagian "{part.title}"')


def own(source: Source) -> Node:
    """The parts of the office's own by chapter (``bab_i``, ``lampiran``), each with its title and its paragraphs."""
    table, found = source.book.table("narasi"), source.once(placed)
    chapters: dict[str, list[dict[str, Node]]] = {_name_of(bab): [] for bab in bagian.chapters(source.layout)}
    for each in found.own:
        if table is not None:
            title = Teks(each.title, (table.cell(each.rows[0], "bagian"),))
            held: list[Paragraph] = []
            for row in each.rows:
                _add(held, table, row)
            shown = gambar.of(source, Place.OWN, each.title)
            chapters[_name_of(each.bab)].append({"judul": title, "isi": tuple(held), "gambar": shown})
    return {**chapters, "ada_lampiran": bool(chapters[_name_of(bagian.APPENDIX)])}


def _name_of(bab: str) -> str:
    return bab.lower() if bab == bagian.APPENDIX else f"bab_{bab.lower()}"


def _written(source: Source) -> dict[str, Paragraphs]:
    table = source.book.table("narasi")
    found: dict[str, list[Paragraph]] = {}
    for row, part in source.once(placed).known.items() if table else ():
        if table is not None:
            _add(found.setdefault(part.key, []), table, row)
    return {key: tuple(held) for key, held in found.items()}


def _add(held: list[Paragraph], table: Table, row: int) -> None:
    """The paragraphs of one cell behind those that are there: a list may go on over several rows."""
    held += paragraphs(table.text(row, "teks"), (table.cell(row, "teks"),), held[-1] if held else None)
