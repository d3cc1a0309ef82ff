"""Reads the anchors of a document back: where every value came from, and what became of it since.

People edit the document: they move, split, retype and delete. What can be found again is compared with
the text as inserted; what cannot is said to be lost, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard import limits, ooxml
from lakip_xlsx.word.fill.anchors import (
    CHART,
    FALLBACK,
    FORMER_NAMESPACE,
    GRAFIK,
    NAMESPACE,
    Origin,
    chart_numbers,
    fingerprint,
    is_list,
    is_ours,
)
from lakip_xlsx.word.fill.compiled import open_document, story_parts
from lakip_xlsx.word.xml import BOOKMARK_END, BOOKMARK_START, TBL, TC, TR, Element, P, R, qn

_NS = f"{{{NAMESPACE}}}"
_VALUE, _ROW = f"{_NS}value", f"{_NS}row"
_ID, _NAME = qn("w:id"), qn("w:name")
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), FALLBACK, qn("w:instrText"), qn("w:pPr"), qn("w:rPr")}
_TEXT = qn("w:t")
_FORMER = {  # the words for the letters of the first form of the list, by element
    "anchors": ("anchors", {"w": "workbook", "l": "layout", "t": "template"}),
    "h": ("how", {}),
    "t": ("table", {"n": "bookmark", "s": "sheets", "b": "rows"}),
    "r": ("row", {"w": "columns"}),
    "v": ("value", {"n": "bookmark", "k": "column", "j": "kind", "x": "fingerprint", "c": "cells", "h": "how"}),
}


class State(StrEnum):
    """What became of a value since it was inserted."""

    SAME = "tetap"
    CHANGED = "diubah"
    GONE = "hilang"  # deleted, also as a tracked deletion, or typed anew over its mark
    UNSURE = "tidak pasti"  # the columns of its table changed, and its text is not among the cells


@dataclass(frozen=True, slots=True)
class Item:
    """One value, table, chart or picture.

    ``inserted`` is the text as inserted; of a long one only the beginning, with a hash of the whole in
    ``mark``. ``now`` is the text today, None where it is gone. ``sources`` are addresses as Excel writes
    them, ``how`` says how the value came from them. A chart's text are its numbers. ``field``, ``group`` and
    ``key`` say which one it is (see :mod:`lakip_xlsx.word.fill.anchors`); without a field the document was
    made before they were listed. ``bookmark`` is empty where nothing is left of it.
    """

    kind: str  # "nilai", "tabel", "grafik" or "gambar"
    field: str
    group: str
    key: str
    sources: tuple[str, ...]
    how: str
    inserted: str
    mark: str
    now: str | None
    state: State
    bookmark: str = ""  # where it stands, of a value without a mark of its own where its row stands
    column: int | None = None  # of a value in a table: its cell in the row, from 0

    @property
    def cut(self) -> bool:
        """Whether ``inserted`` is only the beginning of the text."""
        return bool(self.mark) and self.kind == "nilai"


@dataclass(frozen=True, slots=True)
class Trace:
    """All that a document says about its origin, in the order of the document."""

    origin: Origin
    items: tuple[Item, ...]


def read(document: bytes | Path) -> Trace:
    """The trace of a document.

    Raises:
        UnreadableError: it is no Word document, or carries no list of anchors (any more).
    """
    name = "dokumen" if isinstance(document, bytes) else str(document)
    data = document if isinstance(document, bytes) else ooxml.read_word(document, allowed=limits.DOCUMENT)
    try:
        opened = open_document(data, name, allowed=limits.DOCUMENT)
        listed = read_list(opened)
        if listed is None:
            raise _without_list(name)
        return _traced(_Found.of(opened), listed, name)
    except MemoryError:
        raise UnreadableError(
            f"{name}: terlalu besar untuk memori komputer ini. Buka di komputer dengan memori lebih besar."
        ) from None


def _traced(found: _Found, listed: Element, name: str) -> Trace:
    """The trace by a list that came with the document, and may be damaged like all else in it."""
    try:
        return _Reader(found, [how.text or "" for how in listed.iter(f"{_NS}how")]).trace(listed)
    except (ValueError, LookupError) as error:
        raise UnreadableError(f"{name}: daftar jejak di dalam dokumen rusak. Pakai dokumen aslinya.") from error


def read_origin(document: Document, name: str) -> tuple[Origin, bool]:
    """What a document was made of, and whether it holds the reviu checklist.

    Raises:
        UnreadableError: it carries no list of anchors (any more).
    """
    listed = read_list(document)
    if listed is None:
        raise _without_list(name)
    reviu = any(value.get("field", "").startswith("reviu.") for value in listed.iter(_VALUE))
    return Origin(*(listed.get(each, "") for each in ("workbook", "layout", "template"))), reviu


def _without_list(name: str) -> UnreadableError:
    return UnreadableError(
        f"{name}: jejak tidak ada. Dokumen ini bukan buatan lakip-xlsx, atau daftar jejaknya hilang karena "
        "disimpan oleh program lain."
    )


def read_list(document: Document) -> Element | None:
    """The list of anchors in a document."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    for relation in document.part.rels.values():
        if relation.reltype != RT.CUSTOM_XML or relation.is_external or not is_list(relation.target_part.blob):
            continue
        try:
            return _in_words(etree.fromstring(relation.target_part.blob, parser))
        except etree.XMLSyntaxError:
            return None
    return None


def _in_words(listed: Element) -> Element:
    """The list of a document of the first form as it would be written today."""
    former = f"{{{FORMER_NAMESPACE}}}"
    for element in listed.iter(f"{former}*"):
        word, names = _FORMER.get(str(element.tag).removeprefix(former), ("", {}))
        element.tag = f"{_NS}{word}"
        for name, value in element.attrib.items():
            del element.attrib[name]
            element.set(names.get(str(name), str(name)), value)
    return listed


@dataclass(slots=True)
class _Place:
    """What a bookmark holds today: its text and what follows it, the chart in it, where it begins."""

    start: Element
    pieces: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    chart: str | None = None
    drawing: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)


@dataclass(slots=True)
class _Found:
    """All bookmarks of ours in a document, by name."""

    places: dict[str, _Place] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> _Found:
        found = cls()
        for part in story_parts(document):
            found._walk(part)
        return found

    def _walk(self, part: XmlPart) -> None:
        current: dict[str, _Place] = {}
        ended: list[_Place] = []
        for element, text in seen(part.element):
            if element.tag == BOOKMARK_START:
                name = str(element.get(_NAME))
                if is_ours(name) and name not in self.places:
                    self.places[name] = current[str(element.get(_ID))] = _Place(element)
            elif element.tag == BOOKMARK_END:
                place = current.pop(str(element.get(_ID)), None)
                ended += [] if place is None else [place]
            elif element.tag == P:
                ended.clear()
                for place in current.values():
                    place.pieces += ["\n"] if place.pieces else []
            else:
                for place in ended:
                    place.tail.append(text)
                for place in current.values():
                    _note(place, element, text, part)


def _note(place: _Place, element: Element, text: str, part: XmlPart) -> None:
    """What stands inside a bookmark."""
    if element.tag == CHART:
        chart = part.related_parts.get(str(element.get(f"{{{R}}}id")))
        place.chart = None if chart is None else chart_numbers(chart.blob)
    elif element.tag == DRAWING:
        place.drawing = True
    else:
        place.pieces.append(text)


DRAWING = qn("w:drawing")
_WATCHED = {BOOKMARK_START, BOOKMARK_END, CHART, DRAWING, P, _TEXT, *_SIGNS}


def seen(root: Element) -> Iterator[tuple[Element, str]]:
    """The marks and texts below an element in order, without what is deleted; a paragraph begins a line."""
    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        tag = element.tag
        if tag in _SKIPPED or (tag == TR and is_deleted(element)):
            walker.skip_subtree()
        elif tag in _WATCHED:
            yield element, (element.text or "") if tag == _TEXT else _SIGNS.get(str(tag), "\n" if tag == P else "")


def is_deleted(row: Element) -> bool:
    """Whether a table row is a tracked deletion."""
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def text_of(element: Element) -> str:
    """The text below an element as it is today."""
    return "".join(text for _, text in seen(element))


class _Reader:
    """Holds the list against what is found."""

    def __init__(self, found: _Found, hows: Sequence[str]) -> None:
        self._places = found.places
        self._hows = hows

    def trace(self, listed: Element) -> Trace:
        items: list[Item] = []
        for entry in listed:
            if entry.tag == _VALUE:
                items.append(self._value(entry, None))
            elif entry.tag == f"{_NS}table":
                items.append(self._table(entry))
                for row in entry.iterchildren(_ROW):
                    items += self._row(row)
        made_of = Origin(*(listed.get(name, "") for name in ("workbook", "layout", "template")))
        return Trace(made_of, tuple(items))

    def _table(self, entry: Element) -> Item:
        """A table: changed when it has another number of rows."""
        inserted = f"{entry.get('rows')} baris"
        place = self._places.get(str(entry.get("bookmark")))
        table = self._holder(entry) if place is None else next(place.start.iterancestors(TBL), None)
        rows = None if table is None else sum(1 for row in table.iterchildren(TR) if not is_deleted(row))
        now = None if rows is None else f"{rows} baris"
        sheets = tuple(addresses(entry.get("sheets", "")))
        first = next(entry.iterchildren(_ROW), entry)
        name = (first.get("path", ""), first.get("group", ""), "")
        marks = (str(each.get("bookmark")) for each in (entry, *entry.iter(_VALUE)))
        there = next((mark for mark in marks if mark in self._places), "")
        return Item("tabel", *name, sheets, "tabel", inserted, "", now, _state(inserted, now), there)

    def _holder(self, entry: Element) -> Element | None:
        """The table of a value that is listed in it, where its own mark is lost."""
        for value in entry.iter(_VALUE):
            place = self._places.get(str(value.get("bookmark")))
            if place is not None:
                return next(place.start.iterancestors(TBL), None)
        return None

    def _row(self, entry: Element) -> Iterator[Item]:
        """The values of a table row; the row is that in which any of their marks stands."""
        values = list(entry.iterchildren(_VALUE))
        there = next((mark for value in values if (mark := str(value.get("bookmark"))) in self._places), "")
        places = (self._places.get(str(value.get("bookmark"))) for value in values)
        rows = (next(place.start.iterancestors(TR), None) for place in places if place is not None)
        row = next((row for row in rows if row is not None), None)
        gone = row is None or is_deleted(row)
        cells = None if row is None or gone else [text_of(cell).strip("\n") for cell in row.iterchildren(TC)]
        same = cells is not None and len(cells) == int(entry.get("columns", "0"))
        for value in values:
            yield self._value(value, cells, same_columns=same, row=there)

    def _value(self, entry: Element, cells: list[str] | None, *, same_columns: bool = False, row: str = "") -> Item:
        kind = entry.get("kind", "nilai")
        name = name_of(entry)
        sources = tuple(addresses(entry.get("cells", "")))
        how = self._hows[int(entry.get("how", "0"))] if self._hows else ""
        own = str(entry.get("bookmark"))
        place = self._places.get(own)
        mark_of = own if place is not None else row
        inserted, mark = entry.text or "", entry.get("fingerprint", "")
        if kind != "nilai":
            there = place is not None and place.drawing
            same = place is not None and (kind != GRAFIK or _state(inserted, place.chart, mark) is State.SAME)
            state = State.GONE if not there else State.SAME if same else State.CHANGED
            now_drawn = (place.chart or "") if place and there else None
            return Item(kind, *name, sources, how, inserted, mark, now_drawn, state, mark_of)
        now = "" if place is None else place.text
        column = entry.get("column")
        sure = True
        if not now.strip() and cells is not None and column is not None:
            now, sure = _in_row(inserted, mark, cells, int(column), same_columns=same_columns)
        if place is not None and _state(inserted, now, mark) is State.CHANGED:
            now = _whole(inserted, mark, place, now)
        shown = now if now.strip() else None
        state = _state(inserted, shown, mark) if sure else State.UNSURE
        at = None if column is None else int(column)
        return Item(kind, *name, sources, how, inserted, mark, shown, state, mark_of, at)


def name_of(entry: Element) -> tuple[str, str, str]:
    """Field, group and key of a listed value; what it does not say itself its row says."""
    row = entry.getparent()
    holder = row if row is not None and row.tag == _ROW else entry
    field = entry.get("field", "")
    whole = f"{holder.get('path', '')}{field}" if field.startswith(".") else field
    return whole, holder.get("group", ""), entry.get("key", "") or holder.get("key", "")


def _whole(inserted: str, mark: str, place: _Place, now: str) -> str:
    """The text at a bookmark whose end LibreOffice moved one letter to the left, at the end of a page section."""
    longer = place.text + "".join(place.tail)[:1]
    return longer if _state(inserted, longer, mark) is State.SAME else now


def _in_row(inserted: str, mark: str, cells: list[str], column: int, *, same_columns: bool) -> tuple[str, bool]:
    """The text of a value without a mark of its own, and whether that is certain.

    While the row has as many columns as it had, the column counts; else only the very same text is taken.
    """
    if same_columns:
        return cells[column], True
    same = [cell for cell in cells if _state(inserted, cell, mark) is State.SAME]
    return (same[0], True) if same else ("", False)


def _state(inserted: str, now: str | None, mark: str = "") -> State:
    if now is None:
        return State.GONE
    same = fingerprint(now) == mark if mark else now.split() == inserted.split()
    return State.SAME if same else State.CHANGED


def addresses(listed: str) -> Iterator[str]:
    """Addresses out of a line: blanks part them, but not within the quotes of a sheet's name."""
    start, quoted = 0, False
    for at, letter in enumerate(listed):
        if letter == "'":
            quoted = not quoted
        elif letter == " " and not quoted:
            yield listed[start:at]
            start = at + 1
    if listed:
        yield listed[start:]
