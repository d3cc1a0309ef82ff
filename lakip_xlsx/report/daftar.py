"""The text of a cell as paragraphs and lists of two levels; one way for every text that an office writes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lakip_xlsx.finding import Cell
from lakip_xlsx.report.content import Paragraph, Style, Teks

_BULLET = re.compile(r"(?P<indent>\s*)(?P<sign>--|[-*•–]) +")
_NUMBER = re.compile(r"(?P<indent>\s*)\(?(?P<number>[0-9]{1,2})[.)] +")
_LETTER = re.compile(r"(?P<indent>\s*)\(?(?P<letter>[a-z])[.)] +")
_MAY_OPEN = frozenset({Style.NUMBER, Style.BULLET, Style.LETTER, Style.NUMBER_BELOW, Style.BULLET_BELOW})


def paragraphs(text: str, cells: Sequence[Cell], after: Paragraph | None = None) -> list[Paragraph]:
    """A cell as paragraphs and lists, one for each of its lines that is not blank.

    "- " opens an item of a list, "1. " a numbered one; indented by two blanks, or as "-- ", an item of the second
    level; "a. " is one too, below another item. ``after`` is the paragraph before, from another cell.
    """
    found: list[Paragraph] = []
    for line in text.split("\n"):
        if line.strip():
            found.append(_paragraph(line.rstrip(), cells, found[-1] if found else after))
    return found


def _paragraph(line: str, cells: Sequence[Cell], before: Paragraph | None) -> Paragraph:
    inside = before is not None and before.style in _MAY_OPEN
    bullet, number, letter = _BULLET.match(line), _NUMBER.match(line), _LETTER.match(line)
    if bullet:
        below = inside and (bullet["sign"] == "--" or _is_below(bullet["indent"]))
        return Paragraph(Teks(line[bullet.end() :], cells), Style.BULLET_BELOW if below else Style.BULLET)
    if number:
        style = Style.NUMBER_BELOW if inside and _is_below(number["indent"]) else Style.NUMBER
        return Paragraph(Teks(line[number.end() :], cells), style, int(number["number"]))
    if (
        letter
        and before is not None
        and ((_is_below(letter["indent"]) and inside) or _follows(letter["letter"], before))
    ):
        return Paragraph(Teks(line[letter.end() :], cells), Style.LETTER, ord(letter["letter"]) - 96)
    return Paragraph(Teks(line.strip(), cells))


def _is_below(indent: str) -> bool:
    """Whether a line is set in, by a tabulator or by two blanks."""
    return "\t" in indent or len(indent) > 1


def _follows(letter: str, before: Paragraph | None) -> bool:
    """Whether a letter goes on with a list: "a" below an item, then "b" after "a"."""
    if before is None:
        return False
    if before.style is Style.LETTER:
        return ord(letter) - 96 == (before.number or 0) + 1
    return letter == "a" and before.style in {Style.NUMBER, Style.BULLET}


def labelled(label: str, said: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs under a label: in front of the first text, or in a line of its own in front of a list."""
    if not said or not label:
        return said
    first = said[0]
    if first.style is not Style.BODY:
        return [Paragraph(Teks(f"{label}:", first.text.sources)), *said]
    return [Paragraph(Teks(f"{label}: {first.text}", first.text.sources)), *said[1:]]
