"""The sheet Narasi as paragraphs: what the office wrote, else standard text, else a visible gap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from lakip_xlsx.layouts.outline import Part
from lakip_xlsx.report import panrb_texts, standard_texts
from lakip_xlsx.report.content import Paragraph, Paragraphs
from lakip_xlsx.report.daftar import paragraphs
from lakip_xlsx.report.source import Source, credited, missing_text

WRITERS: Final[dict[str, Callable[[Source], Paragraphs]]] = standard_texts.TEXTS | panrb_texts.TEXTS
"""Part key → the function that writes its standard text; a key means the same part in every layout."""


def compose(source: Source) -> Mapping[str, Paragraphs]:
    """Part key → its paragraphs, for every part of the layout that takes a text. Never empty.

    A part of another layout, which a block may name, has its standard text.
    """
    written, own = _written(source), source.layout.narasi()
    others = {key: credited(source, writer(source)) for key, writer in WRITERS.items() if key not in own}
    return {**{key: written.get(key) or _instead(source, part) for key, part in own.items()}, **others}


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


def _written(source: Source) -> dict[str, Paragraphs]:
    table = source.book.table("narasi")
    found: dict[str, list[Paragraph]] = {}
    if table is None or "bagian" not in table or "teks" not in table:
        return {}
    part: Part | None = None
    for row, values in table.records():
        if values["bagian"]:  # an empty Bagian goes on with the one above
            part = source.layout.find_narasi(str(values["bagian"]))
        if part is not None and isinstance(values["teks"], str):
            held = found.setdefault(part.key, [])
            held += paragraphs(values["teks"], (table.cell(row, "teks"),), held[-1] if held else None)
    return {key: tuple(held) for key, held in found.items()}
