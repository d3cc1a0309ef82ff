"""The sheet Narasi as paragraphs: what the office wrote, else standard text, else a visible gap."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lakip_xlsx.figures import bagian
from lakip_xlsx.layouts.outline import Part
from lakip_xlsx.report import panrb_texts, pelengkap_texts, standard_texts
from lakip_xlsx.report.content import Node, Paragraph, Paragraphs, Style, Teks
from lakip_xlsx.report.source import Source, credited, missing_text, placed
from lakip_xlsx.workbook.book import Table

WRITERS: Final[dict[str, Callable[[Source], Paragraphs]]] = {
    **standard_texts.TEXTS,
    **panrb_texts.TEXTS,
    **pelengkap_texts.TEXTS,
}
"""Part key → the function that writes its standard text; a key means the same part in every layout."""

_BULLET = re.compile(r"^[-*•–] +")
_NUMBER = re.compile(r"^\(?(?P<number>[0-9]{1,2})[.)] +")


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
            text = tuple(item for row in each.rows for item in _paragraphs(table, row))
            chapters[_name_of(each.bab)].append({"judul": title, "isi": text})
    return {**chapters, "ada_lampiran": bool(chapters[_name_of(bagian.APPENDIX)])}


def _name_of(bab: str) -> str:
    return bab.lower() if bab == bagian.APPENDIX else f"bab_{bab.lower()}"


def _written(source: Source) -> dict[str, Paragraphs]:
    table = source.book.table("narasi")
    found: dict[str, list[Paragraph]] = {}
    for row, part in source.once(placed).known.items() if table else ():
        if table is not None:
            found.setdefault(part.key, []).extend(_paragraphs(table, row))
    return {key: tuple(paragraphs) for key, paragraphs in found.items()}


def _paragraphs(table: Table, row: int) -> Iterator[Paragraph]:
    """The paragraphs of one cell."""
    cell = Teks("", (table.cell(row, "teks"),))
    return (paragraph(line, cell_of=cell) for line in lines(table.text(row, "teks")))


def lines(text: str) -> list[str]:
    """The paragraphs of one cell: its lines, without blank ones."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def paragraph(line: str, *, cell_of: Teks) -> Paragraph:
    """One line as a paragraph: "- " opens a list item, "1. " a numbered one."""
    bullet, numbered = _BULLET.match(line), _NUMBER.match(line)
    if bullet:
        return Paragraph(Teks(line[bullet.end() :], cell_of.sources), Style.BULLET)
    if numbered:
        text = Teks(line[numbered.end() :], cell_of.sources)
        return Paragraph(text, Style.NUMBER, int(numbered["number"]))
    return Paragraph(Teks(line, cell_of.sources))
