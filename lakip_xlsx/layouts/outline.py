"""The vocabulary of a layout: which parts a report has, in which order, and who demands them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lakip_xlsx.numbers import fold


class Level(StrEnum):
    """What kind of heading opens a part; the names are those of the Word styles."""

    FRONT = "Judul Depan"  # Kata Pengantar, Daftar Isi: centred, not numbered
    CHAPTER = "Heading 1"  # BAB I …
    SECTION = "Heading 2"  # A. …
    SUBSECTION = "Heading 3"  # 1. …
    ANALYSIS = "Heading 4"  # a. …, once for each sasaran: the parts of this level in a row are repeated together
    APPENDIX = "Judul Lampiran"  # Lampiran 1 …, on a landscape page unless the part says otherwise
    TEXT = ""  # no heading: a text inside the part before it, placed by one of that part's blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with what stands under it.

    ``blocks`` name, in order, the pieces of the Word template's catalogue
    (:mod:`lakip_xlsx.word.build.blocks`); ``narasi`` is the Bagian in the sheet Narasi whose text stands
    first. ``required`` means that the office itself must supply that text: there is no standard text.
    ``when`` names what must be in the content for the part to be shown at all, with its heading.
    ``upright`` sets an appendix on a portrait page. ``also`` are the titles that other layouts give to the
    same text, so that a workbook may change its layout without losing it.
    """

    key: str
    title: str
    level: Level
    narasi: bool = False
    required: bool = False
    blocks: tuple[str, ...] = ()
    basis: str = ""
    when: str = ""
    upright: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One regulation's report; it is in force for the report years ``first_year`` to ``last_year``."""

    key: str
    name: str  # as chosen in Instansi!Tata Letak
    report_name: str  # on the cover
    short_name: str  # in sentences and running headers
    basis: str
    parts: tuple[Part, ...]
    sheets: tuple[str, ...]  # required sheets, by key
    template: str  # file name in workbook_templates/
    first_year: int = 0
    last_year: int | None = None

    def narasi(self) -> dict[str, Part]:
        """Bagian key → part, for all parts that take a text."""
        return {part.key: part for part in self.parts if part.narasi}

    def find_narasi(self, bagian: str) -> Part | None:
        """The part that a cell in the column Bagian names, by title or key; None if there is none."""
        wanted = fold(bagian)
        takers = [part for part in self.parts if part.narasi]
        named = (part for part in takers if wanted in {fold(part.title), part.key})
        return next(named, None) or next((p for p in takers if wanted in map(fold, p.also)), None)

    def part(self, key: str) -> Part:
        """The part with this key.

        Raises:
            KeyError: no such part.
        """
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(f"{self.key}: {key}")
