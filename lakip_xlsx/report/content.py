"""What the report says, finished: text that only needs to be placed into a Word template.

A *node* is what a tag of the template may name:

- :class:`Teks`: a finished text, with the cells it comes from;
- :class:`Paragraphs`: paragraphs and lists, for a tag that stands alone in its paragraph;
- :class:`Grid`: a whole table, where the number of columns depends on the data;
- :class:`Chart`: a chart, for a tag that stands alone in its paragraph;
- :class:`Image`: a picture, also within a line, and in headers and footers;
- a mapping: ``{{#x}} … {{/x}}`` enters it once, ``{{x.y}}`` names what is in it;
- a sequence of mappings: ``{{#x}} … {{/x}}`` repeats for each;
- ``None``, ``False`` or an empty sequence: absent, ``{{^x}} … {{/x}}`` is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from lakip_xlsx.finding import Cell


class Teks(str):
    """A finished text that remembers its source cells, how it was computed, and whether it marks a gap."""

    __slots__ = ("how", "look", "missing", "names_row", "sources")
    sources: tuple[Cell, ...]
    missing: bool
    how: str
    look: str
    names_row: bool

    def __new__(
        cls,
        text: str,
        sources: Sequence[Cell] = (),
        *,
        missing: bool = False,
        how: str = "",
        look: str = "",
        names_row: bool = False,
    ) -> Self:
        """Make a text.

        ``missing`` makes the document show it as a visible marker; ``how`` says, in a few words for the
        person who traces a figure, how it came from its cells. Empty means that it was copied. ``look`` names the
        character style of the template in which it is shown. ``names_row`` says that the text tells its row from
        others of one row in the workbook: the year of a figure, whom one is compared with.
        """
        self = str.__new__(cls, text)
        self.sources = tuple(sources)
        self.missing = missing
        self.how = how
        self.look = look
        self.names_row = names_row
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return (_teks, (str(self), self.sources, self.missing, self.how, self.look, self.names_row))


def naming(text: Teks) -> Teks:
    """The same text, which tells its row from others of one row in the workbook."""
    return Teks(text, text.sources, missing=text.missing, how=text.how, look=text.look, names_row=True)


def _teks(text: str, sources: tuple[Cell, ...], missing: bool, how: str, look: str, names_row: bool) -> Teks:
    return Teks(text, sources, missing=missing, how=how, look=look, names_row=names_row)


_OPEN, _CLOSE = "\ue000", "\ue001"
REFERENCE = re.compile(f"{_OPEN}([a-z_]+){_CLOSE}")
"""A place in a text where the document names a table by its number; its only group is the name of the table."""


def rujukan(name: str) -> str:
    """What stands in a text for the number of a table ("Tabel 6"), which only the document knows."""
    return f"{_OPEN}{name}{_CLOSE}"


class Style(StrEnum):
    """Paragraph styles of the body text, by their names in the Word template."""

    BODY = "Isi"
    BULLET = "Daftar Butir"
    NUMBER = "Daftar Angka"
    BULLET_BELOW = "Daftar Butir 2"
    NUMBER_BELOW = "Daftar Angka 2"
    LETTER = "Daftar Huruf"
    MISSING = "Penanda"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. A numbered paragraph continues the list before it; the first one starts at 1.

    ``number`` is the number (of a LETTER its place in the alphabet) that the office typed: where it does not
    follow, a list of its own begins with it, so that the document says what the workbook says.
    """

    text: Teks
    style: Style = Style.BODY
    number: int | None = None


Paragraphs = tuple[Paragraph, ...]


class Align(StrEnum):
    """How a column's text stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose columns depend on the data. Widths are shares of the line, in any unit."""

    headings: tuple[Teks, ...]
    widths: tuple[float, ...]
    aligns: tuple[Align, ...]
    rows: tuple[tuple[Teks, ...], ...]


class ChartKind(StrEnum):
    """How a chart's bars stand: lying ones leave room for long names."""

    BAR = "bar"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars; None where there is no value, and no bar."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that is marked by a line across the bars, and what the reader is told about it."""

    value: Decimal
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A native chart: finished numbers, already rounded, one per category and series.

    ``categories`` are the names beside the bars, ``full_names`` the same uncut, for the data sheet behind
    the chart. ``places`` are the decimals shown. ``alt`` says the same in words, for those who cannot see it.
    """

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    full_names: tuple[str, ...]
    series: tuple[Series, ...]
    places: int
    alt: str
    reference: Reference | None = None
    sources: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A PNG or JPEG picture; ``width`` and ``height`` in pixels, ``alt`` for those who cannot see it.

    A ``figure`` takes the room that the page has; any other picture is a mark, such as a logo.
    """

    data: bytes
    width: int
    height: int
    alt: str
    sources: tuple[Cell, ...] = ()
    figure: bool = False


Node = Teks | Paragraphs | Grid | Chart | Image | Mapping[str, "Node"] | Sequence[Mapping[str, "Node"]] | bool | None
Content = Mapping[str, Node]
