"""All texts of a workbook that are printed, with their places: what every check on sentences reads.

Sentences are cut here, and here only, so that all checks mean the same by a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lakip_xlsx.checks.places import At, Isian, Place
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Book, Table
from lakip_xlsx.workbook.spec import Kind

NOT_PRINTED = frozenset({"skala", "pengecualian"})
"""Sheets whose texts are not sentences of the report."""

_TEXT = frozenset({Kind.TEXT, Kind.LONG_TEXT})
_DIGIT = re.compile(r"[0-9]")
_END = re.compile(r"\n+|;|(?<=[^\W\d])[.?!](?=\s|$)|(?<=[0-9)%\"”\-])[.?!](?=\s+[A-Z]|\s*$)")
_ABBREVIATED = re.compile(
    r"\b(?:no|nomor|tgl|dr|drs|ir|hj|h|st|jl|jln|kab|kec|prov|tk|dll|dsb|dst|yth|a\.n|s\.d|rp|t\.a|thn)$"
)


@dataclass(eq=False)
class Passage:
    """The text of one cell. ``sheet`` and ``key`` name sheet and column; ``bagian`` the part, in Narasi only.

    Several rules read the same sentences: they are cut and folded when the first one asks.
    """

    place: Place
    text: str
    sheet: str
    key: str
    bagian: str = ""

    @property
    def is_narasi(self) -> bool:
        """Whether it is a paragraph that the office wrote."""
        return self.sheet == "narasi"

    @property
    def is_prose(self) -> bool:
        """Whether it is written in sentences: a paragraph, or an explanation of an indicator."""
        explains = self.sheet == "indikator" and self.key in {"analisis", "hambatan", "solusi", "keterangan"}
        return explains or (self.is_narasi and self.key == "teks")

    @cached_property
    def folded(self) -> str:
        """The whole text for comparing, see :func:`lakip_xlsx.numbers.fold`."""
        return fold(self.text)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the text, as written."""
        return sentences(self.text)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The sentences of the text, each folded."""
        return tuple(map(fold, self.sentences))


@dataclass(frozen=True)
class Texts:
    """The texts of a workbook, in the order of its sheets and rows."""

    passages: tuple[Passage, ...] = ()

    @cached_property
    def joined(self) -> str:
        """All texts, each from a line of its own: to see at once whether a word stands anywhere."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def with_digits(self) -> tuple[Passage, ...]:
        """The texts with a number in them."""
        return tuple(passage for passage in self.passages if _DIGIT.search(passage.text))

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The texts that are written in sentences."""
        return tuple(passage for passage in self.passages if passage.is_prose)

    @cached_property
    def narasi(self) -> tuple[Passage, ...]:
        """The paragraphs of the sheet Narasi."""
        return tuple(passage for passage in self.passages if passage.is_narasi)


def read_texts(book: Book, layout: Layout) -> Texts:
    """Every free text of the form and of the tables; computed columns and codes are none."""
    return Texts((*_form(book), *(passage for table in book.tables.values() for passage in _table(table, layout))))


def _form(book: Book) -> Iterator[Passage]:
    form = book.form
    for declared in form.spec.fields if form is not None else ():
        text = form.values.get(declared.key) if form is not None else None
        if form is not None and declared.kind is Kind.TEXT and isinstance(text, str) and text:
            yield Passage(Isian(form, declared.key), text, form.spec.key, declared.key)


def _table(table: Table, layout: Layout) -> Iterator[Passage]:
    if table.spec.key in NOT_PRINTED:
        return
    parts = _parts(table, layout) if table.spec.key == "narasi" else {}
    for declared in table.spec.fields:
        if declared.kind in _TEXT and declared.read and (not declared.computed or declared.key == "sasaran"):
            for row, text in table.column(declared.key):
                if isinstance(text, str) and text:
                    yield Passage(At(table, row, declared.key), text, table.spec.key, declared.key, parts.get(row, ""))


def _parts(narasi: Table, layout: Layout) -> dict[int, str]:
    """Row → the key of the part that it belongs to; of an unknown Bagian its own name."""
    found: dict[int, str] = {}
    known: dict[str, str] = {}
    for row, bagian in narasi.column("bagian"):
        name = fold(str(bagian or ""))
        if name not in known:
            part = layout.find_narasi(name)
            known[name] = part.key if part is not None else name
        found[row] = known[name]
    return found


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, as written. Dots of abbreviations and inside numbers do not end one."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if end[0] == "." and _ABBREVIATED.search(text[max(0, end.start() - 6) : end.start()].casefold()):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return tuple(part for part in found if part)
