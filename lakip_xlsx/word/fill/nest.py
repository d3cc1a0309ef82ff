"""Finds the opening and closing tags of one level, blocks, table rows, or runs of a paragraph, and pairs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lakip_xlsx.word.fill.tags import TAG, Kind, Tag, index_of
from lakip_xlsx.word.xml import RUN, TC, TR, Element, P

SECTION_KINDS = frozenset({Kind.OPEN, Kind.INVERTED, Kind.CLOSE})


class Mark(NamedTuple):
    """An opening or closing tag: its element, what holds it on this level, its number, what it names."""

    element: Element
    holder: Element  # the paragraph of a block tag, the row or the run of the others
    number: int
    kind: Kind
    name: str


Items = Sequence[Element | Mark]


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


class Marks:
    """Which tags of a template open and close sections on which level."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self._tags = tags

    def _mark(self, tag: Element, holder: Element) -> Mark | None:
        number = index_of(tag)
        known = self._tags[number]
        return Mark(tag, holder, number, known.kind, known.name) if known.kind in SECTION_KINDS else None

    def blocks(self, elements: Iterable[Element]) -> list[Element | Mark]:
        """Blocks, with the paragraphs that hold nothing but a section tag as marks."""
        return [(self._lone_mark(item) if item.tag == P else None) or item for item in elements]

    def _lone_mark(self, paragraph: Element) -> Mark | None:
        tag = next(paragraph.iter(TAG), None)
        return self._mark(tag, paragraph) if tag is not None and self._tags[index_of(tag)].alone else None

    def rows(self, elements: Iterable[Element]) -> list[Element | Mark]:
        """Rows, with the section tags around each of them as marks."""
        items: list[Element | Mark] = []
        for element in elements:
            items += self._row_marks(element) if element.tag == TR else [element]
        return items

    def pieces(self, elements: Iterable[Element]) -> list[Element | Mark]:
        """The content of a paragraph, with the runs of section tags as marks."""
        items: list[Element | Mark] = []
        for element in elements:
            tag = element.find(TAG) if element.tag == RUN else None
            mark = None if tag is None else self._mark(tag, element)
            items.append(element if mark is None else mark)
        return items

    def _row_marks(self, row: Element) -> list[Element | Mark]:
        """A row with the marks around it: left open in its first cell, closed in its last."""
        cells = row.findall(TC)
        if not cells or next(row.iter(TAG), None) is None:
            return [row]
        first = self._marks_of(row, cells[0])
        if len(cells) == 1:
            whole = self._whole_row(cells[0], first)
            if whole is not None:
                return [whole[0], row, whole[1]]
        opening = [mark for mark in nest(first).unpaired if mark.kind is not Kind.CLOSE]
        last = first if len(cells) == 1 else self._marks_of(row, cells[-1])
        closing = [mark for mark in nest(last).unpaired if mark.kind is Kind.CLOSE]
        order = [mark.number for mark in first]
        return [*sorted(opening, key=lambda mark: order.index(mark.number)), row, *closing]

    def _marks_of(self, row: Element, cell: Element) -> list[Mark]:
        marks = (self._mark(tag, row) for tag in cell.iter(TAG))
        return [mark for mark in marks if mark is not None]

    def _whole_row(self, cell: Element, marks: list[Mark]) -> tuple[Mark, Mark] | None:
        """The pair that spans all of a row's only cell, in one line: it repeats the row."""
        items = nest(marks).items
        if len(items) != 1 or not isinstance(items[0], Section):
            return None
        section = items[0]
        runs = list(cell.iter(RUN))
        ends = (section.opening.element.getparent(), section.closing.element.getparent())
        alone = any(self._tags[mark.number].alone for mark in (section.opening, section.closing))
        return None if alone or (runs[0], runs[-1]) != ends else (section.opening, section.closing)
