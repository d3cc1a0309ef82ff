"""Where the values of a document stand, down to the pieces of text that may be changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.part import XmlPart

from lakip_xlsx.word.fill.anchors import CHART, is_ours
from lakip_xlsx.word.fill.compiled import story_parts
from lakip_xlsx.word.follow.trace import DRAWING, seen
from lakip_xlsx.word.xml import BOOKMARK_END, BOOKMARK_START, RUN, Element, P, qn

TRACKED = frozenset(qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo"))
_ID, _NAME = qn("w:id"), qn("w:name")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text at a place: the element that shows it; ``fixed`` where it must not be touched."""

    element: Element
    text: str
    fixed: bool


@dataclass(slots=True)
class Place:
    """What stands at a bookmark, or in a cell, today."""

    part: XmlPart
    start: Element
    end: Element | None = None
    pieces: list[Piece] = field(default_factory=list)
    tail: list[Piece] = field(default_factory=list)  # what follows in the same paragraph
    drawing: Element | None = None
    chart: Element | None = None
    tracked: bool = False  # a person's tracked change is in it

    @property
    def text(self) -> str:
        """The text, as a reader sees it."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_main(self) -> bool:
        """Whether it stands in the body of the document, where comments may be."""
        return self.start.getroottree().getroot().tag == qn("w:document")


def places_of(document: Document) -> dict[str, Place]:
    """The places of all bookmarks of ours, by name; of a doubled one the first."""
    found: dict[str, Place] = {}
    for part in story_parts(document):
        _walk(part, found)
    return found


def _walk(part: XmlPart, found: dict[str, Place]) -> None:
    current: dict[str, Place] = {}
    ended: list[Place] = []
    for element, text in seen(part.element):
        if element.tag in {BOOKMARK_START, BOOKMARK_END}:
            _mark(part, element, found, current, ended)
        elif element.tag == P:
            ended.clear()
            for place in current.values():
                _begin_paragraph(place, element)
        elif current or ended:
            piece = Piece(element, text, _is_fixed(element))
            for place in ended if element.tag not in {CHART, DRAWING} else ():
                place.tail.append(piece)
            for place in current.values():
                _note(place, piece)


def _mark(part: XmlPart, mark: Element, found: dict[str, Place], current: dict[str, Place], ended: list[Place]) -> None:
    """A bookmark begins or ends."""
    name, identity = str(mark.get(_NAME)), str(mark.get(_ID))
    if mark.tag == BOOKMARK_START:
        if is_ours(name) and name not in found:
            found[name] = current[identity] = Place(part, mark)
        return
    place = current.pop(identity, None)
    if place is not None:
        place.end = mark
        ended.append(place)


def _begin_paragraph(place: Place, paragraph: Element) -> None:
    if place.pieces:
        place.pieces.append(Piece(paragraph, "\n", fixed=True))


def _note(place: Place, piece: Piece) -> None:
    if piece.element.tag == CHART:
        place.chart = piece.element
    elif piece.element.tag == DRAWING:
        place.drawing = piece.element
    else:
        place.pieces.append(piece)
        place.tracked = place.tracked or (piece.fixed and piece.element.tag != P)


def _is_fixed(element: Element) -> bool:
    """Whether a text is a person's tracked insertion, or no plain text of a run."""
    parent = element.getparent()
    if parent is None or parent.tag != RUN:
        return True
    for holder in parent.iterancestors():
        if holder.tag == P:
            return False
        if holder.tag in TRACKED:
            return True
    return False


def in_cell(part: XmlPart, cell: Element) -> Place:
    """The whole content of a table cell as a place."""
    place = Place(part, cell, cell)
    for element, text in seen(cell):
        if element.tag == P:
            _begin_paragraph(place, element)
        elif element.tag not in {BOOKMARK_START, BOOKMARK_END}:
            _note(place, Piece(element, text, _is_fixed(element)))
    return place
