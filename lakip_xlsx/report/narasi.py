"""The sheet Narasi as paragraphs: what the office wrote, else standing text, else a visible gap."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lakip_xlsx.layouts.outline import Part
from lakip_xlsx.report import standing
from lakip_xlsx.report.content import Paragraph, Paragraphs, Style, Teks
from lakip_xlsx.report.source import Source, missing_text

_BULLET = re.compile(r"^[-*•–] +")
_NUMBER = re.compile(r"^\(?(?P<number>[0-9]{1,2})[.)] +")


def compose(source: Source) -> Mapping[str, Paragraphs]:
    """Part key → its paragraphs, for every part of the layout that takes a text. Never empty."""
    written = _written(source)
    return {key: written.get(key) or _instead(source, part) for key, part in source.layout.narasi().items()}


def _instead(source: Source, part: Part) -> Paragraphs:
    """Standing text of a part that the office left empty, or a visible gap where the office must write."""
    writer = None if part.required else standing.TEXTS.get(part.key)
    return writer(source) if writer else missing_text(f'{part.title} belum diisi: lembar Narasi, Bagian "{part.title}"')


def _written(source: Source) -> dict[str, Paragraphs]:
    table = source.book.table("narasi")
    found: dict[str, list[Paragraph]] = {}
    if table is None or "bagian" not in table or "teks" not in table:
        return {}
    for row, values in table.records():
        part = source.layout.find_narasi(str(values["bagian"] or ""))
        if part is not None and isinstance(values["teks"], str):
            cell = table.cell(row, "teks")
            found.setdefault(part.key, []).extend(
                paragraph(line, cell_of=Teks("", (cell,))) for line in lines(values["teks"])
            )
    return {key: tuple(paragraphs) for key, paragraphs in found.items()}


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
