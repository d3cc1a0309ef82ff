"""Pairs the opening and closing tags of one level: blocks, table rows, or runs of a paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from lakip_xlsx.word.fill.tags import Kind
from lakip_xlsx.word.xml import Element


class Mark(NamedTuple):
    """An opening or closing tag: its element, what holds it on this level, its number, what it names."""

    element: Element
    holder: Element  # the paragraph of a block tag, the row or the run of the others
    number: int
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Section:
    """A paired section: its tags and all that stands between, inner sections not yet looked at."""

    opening: Mark
    closing: Mark
    content: tuple[Element | Mark, ...]


@dataclass(frozen=True, slots=True)
class Nested:
    """The items of one level, in order, and the marks that found no partner."""

    items: tuple[Element | Section, ...]
    unpaired: tuple[Mark, ...]


def nest(sequence: Iterable[Element | Mark]) -> Nested:
    """Pair the outermost sections of a sequence; a mark without partner is left out of the items."""
    flat = list(sequence)
    partner, unpaired = _partners(flat)
    items: list[Element | Section] = []
    at = 0
    while at < len(flat):
        item = flat[at]
        if isinstance(item, Mark):
            end = partner.get(at)
            if end is not None:
                items.append(Section(item, end[1], tuple(flat[at + 1 : end[0]])))
                at = end[0]
        else:
            items.append(item)
        at += 1
    return Nested(tuple(items), tuple(unpaired))


def _partners(flat: list[Element | Mark]) -> tuple[dict[int, tuple[int, Mark]], list[Mark]]:
    """Position of an opening mark → position and closing mark, and the marks left over."""
    partner: dict[int, tuple[int, Mark]] = {}
    unpaired: list[Mark] = []
    open_marks: list[tuple[int, Mark]] = []
    for at, item in enumerate(flat):
        if not isinstance(item, Mark):
            continue
        if item.kind is not Kind.CLOSE:
            open_marks.append((at, item))
        elif any(mark.name == item.name for _, mark in open_marks):
            while open_marks[-1][1].name != item.name:
                unpaired.append(open_marks.pop()[1])
            partner[open_marks.pop()[0]] = (at, item)
        else:
            unpaired.append(item)
    unpaired += [mark for _, mark in open_marks]
    return partner, unpaired
