"""Texts of an earlier report as proposals for the sheet Narasi: under the Bagian whose heading they stood under.

They are last year's words, so they go into the column beside the text: none of them reaches a report before
somebody has read it and moved it over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from lakip_xlsx.importing.grid import Source
from lakip_xlsx.importing.proposal import Given, Record, Taken
from lakip_xlsx.layouts.outline import Layout, Part
from lakip_xlsx.numbers import fold

_NUMBER = re.compile(r"^(?:bab\s+[ivx]+|[ivx]+\.|[a-z]\.|[0-9]+(?:\.[0-9]+)*\.?)\s+", re.IGNORECASE)
_ENOUGH = 90
_LONGEST = 30_000


def take_chapters(source: Source, layout: Layout, taken: Taken) -> None:
    """The chapters of a report, each paragraph as one row of the sheet Narasi."""
    names = {fold(title): part for part in layout.parts if part.narasi for title in (part.title, *part.also)}
    unused: list[str] = []
    for chapter in source.chapters:
        part = _part(chapter.title, names)
        if part is None:
            unused.append(chapter.title)
            continue
        place = f'{source.file}, bagian "{chapter.title}"'
        for at, text in enumerate(_short(chapter.paragraphs), start=1):
            record = Record("narasi", (part.key, f"{len(taken.records)}"))
            record.give("bagian", Given(part.title, place))
            record.give("usulan", Given(text, f"{place}, alinea {at}"))
            taken.records.append(record)
        taken.columns.append((chapter.title, f"Narasi: {part.title} (usulan)"))
    taken.unused = list(dict.fromkeys(unused))
    taken.rows = sum(len(chapter.paragraphs) for chapter in source.chapters)


def _part(title: str, names: dict[str, Part]) -> Part | None:
    plain = _NUMBER.sub("", fold(title)).strip(" .:")
    if plain in names:
        return names[plain]
    near = process.extractOne(plain, names.keys(), scorer=fuzz.ratio, score_cutoff=_ENOUGH)
    return names[near[0]] if near else None


def _short(paragraphs: Sequence[str]) -> list[str]:
    return [text for text in paragraphs if len(text) <= _LONGEST]
