"""The listed values of a document with the places where they stand, and which of two documents are the same.

A value is known by its field, the key of its row and the part around it, never by its cell or its bookmark.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TypeVar

from docx.document import Document

from lakip_xlsx.word.fill.anchors import GRAFIK, NAMESPACE, fingerprint
from lakip_xlsx.word.follow.trace import addresses, is_deleted, name_of
from lakip_xlsx.word.refresh.places import Piece, Place, in_cell, places_of
from lakip_xlsx.word.xml import TBL, TC, TR, Element, set_text, text
from lakip_xlsx.word.xml import T as SHOWN

_NS = f"{{{NAMESPACE}}}"
VALUE, ROW, TABLE, HOW = f"{_NS}value", f"{_NS}row", f"{_NS}table", f"{_NS}how"
_LONG = f"{_NS}long"
T = TypeVar("T")


@dataclass(slots=True)
class Value:
    """A listed value: ``listed`` in the list, ``place`` in the document (None where it is gone).

    ``inserted`` is the text as inserted, only its beginning where ``cut``. ``column`` is that in its row.
    """

    listed: Element
    kind: str
    field: str
    group: str
    key: str
    inserted: str
    mark: str
    cut: bool
    column: int | None
    place: Place | None = None
    in_cell: bool = False  # found by its column, without a bookmark of its own

    @property
    def name(self) -> tuple[str, str, str, str]:
        """Which value it is."""
        return self.kind, self.field, self.group, self.key

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells that it comes from."""
        return tuple(addresses(self.listed.get("cells", "")))

    def is_as_inserted(self) -> bool:
        """Whether the document still says what was inserted."""
        return self.place is not None and not self.place.tracked and self.says(self.place.text)

    def says(self, text: str) -> bool:
        """Whether a text is the inserted one, blanks aside."""
        return fingerprint(text) == self.mark if self.mark else text.split() == self.inserted.split()

    def agrees(self, other: Value) -> bool:
        """Whether both were inserted with the same text."""
        if self.mark or other.mark:
            return self.mark == other.mark
        return self.inserted.split() == other.inserted.split()


@dataclass(slots=True)
class Row:
    """A listed table row; ``element`` is the row in the document, None where it is gone."""

    listed: Element
    path: str
    group: str
    key: str
    values: list[Value]
    element: Element | None = None
    same_columns: bool = False

    @property
    def name(self) -> tuple[str, str, str]:
        """Which row it is."""
        return self.path, self.group, self.key

    @property
    def text(self) -> tuple[str, ...]:
        """What was inserted in it."""
        return tuple(value.mark or value.inserted for value in self.values)


@dataclass(slots=True)
class Table:
    """A listed table; ``element`` as for rows."""

    listed: Element
    rows: list[Row]
    element: Element | None = None

    @property
    def name(self) -> tuple[object, ...]:
        """Which table it is: what its first row is, without the row's key."""
        first = self.rows[0] if self.rows else None
        fields = frozenset(value.field for value in first.values) if first else frozenset()
        return ("", "", fields) if first is None else (first.path, first.group, fields)


@dataclass(slots=True)
class Listed:
    """All that a document lists, in its order."""

    root: Element
    values: list[Value] = field(default_factory=list)  # those outside of tables
    tables: list[Table] = field(default_factory=list)

    def every(self) -> Iterable[Value]:
        """All values."""
        yield from self.values
        for table in self.tables:
            for row in table.rows:
                yield from row.values


def read(document: Document, root: Element) -> Listed:
    """The list of a document together with the places."""
    places = places_of(document)
    whole = {str(long.get("fingerprint")): long.text or "" for long in root.iter(_LONG)}
    found = Listed(root)
    for entry in root:
        if entry.tag == VALUE:
            found.values.append(_value(entry, places, whole))
        elif entry.tag == TABLE:
            found.tables.append(_table(entry, places, whole))
    return found


def _value(entry: Element, places: Mapping[str, Place], whole: Mapping[str, str]) -> Value:
    named, group, key = name_of(entry)
    mark, text = entry.get("fingerprint", ""), entry.text or ""
    kind = entry.get("kind", "nilai")
    column = entry.get("column")
    cut = kind == "nilai" and bool(mark) and mark not in whole
    place = places.get(str(entry.get("bookmark")))
    if place is not None:
        _complete(place, whole.get(mark, text), mark)
    if place is not None and kind == "nilai" and not place.text.strip():
        place = None
    if place is not None and kind != "nilai" and place.drawing is None:
        place = None
    return Value(
        entry,
        kind,
        named,
        group,
        key,
        whole.get(mark, text) if kind != GRAFIK else text,
        mark,
        cut,
        None if column is None else int(column),
        place,
    )


def _complete(place: Place, inserted: str, mark: str) -> None:
    """Take the letter back that LibreOffice moved out of a bookmark, at the end of a page section."""
    first = next((piece for piece in place.tail if piece.text), None)
    if first is None or first.fixed or first.element.tag != SHOWN or place.text.split() == inserted.split():
        return
    longer = f"{place.text}{first.text[0]}"
    if (fingerprint(longer) == mark) if mark else longer.split() == inserted.split():
        place.pieces.append(_first_letter(first))


def _first_letter(piece: Piece) -> Piece:
    """The first letter of a piece as one of its own."""
    if len(piece.text) > 1:
        piece.element.addnext(text(piece.text[1:]))
        set_text(piece.element, piece.text[0])
    return Piece(piece.element, piece.text[0], piece.fixed)


def _table(entry: Element, places: Mapping[str, Place], whole: Mapping[str, str]) -> Table:
    rows = [_row(row, places, whole) for row in entry.iterchildren(ROW)]
    place = places.get(str(entry.get("bookmark")))
    holders = (row.element for row in rows if row.element is not None)
    start = next(holders, None) if place is None else place.start
    return Table(entry, rows, None if start is None else next(start.iterancestors(TBL), None))


def _row(entry: Element, places: Mapping[str, Place], whole: Mapping[str, str]) -> Row:
    values = [_value(value, places, whole) for value in entry.iterchildren(VALUE)]
    marks = [place for value in values if (place := places.get(str(value.listed.get("bookmark")))) is not None]
    element = next((row for place in marks for row in place.start.iterancestors(TR)), None)
    found = Row(entry, entry.get("path", ""), entry.get("group", ""), entry.get("key", ""), values, element)
    if element is None or is_deleted(element):
        for value in values:
            value.place = None
        found.element = None
        return found
    cells = list(element.iterchildren(TC))
    found.same_columns = len(cells) == int(entry.get("columns", "0"))
    for value in values:
        if value.place is None and value.column is not None and found.same_columns and value.kind == "nilai":
            value.place, value.in_cell = in_cell(marks[0].part, cells[value.column]), True
    return found


@dataclass(frozen=True, slots=True)
class Pairs:
    """What of a fresh document was in the old one: fresh → old, by identity of the objects."""

    values: list[tuple[Value, Value]]  # outside of tables
    tables: list[tuple[Table, Table]]
    old: dict[int, object]  # id of what is fresh → what is old
    fresh: dict[int, object]  # id of what is old → what is fresh


def pair(old: Listed, fresh: Listed) -> Pairs:
    """Which values, tables and rows are the same."""
    values = _paired(old.values, fresh.values, lambda value: value.name, lambda value: value.mark or value.inserted)
    tables = _paired(old.tables, fresh.tables, lambda table: table.name, _first_keys)
    there: dict[int, object] = {}
    back: dict[int, object] = {}
    for one, other in [*values, *tables]:
        there[id(other)], back[id(one)] = one, other
    for table, new in tables:
        for row, other_row in rows_of(table, new):
            there[id(other_row)], back[id(row)] = row, other_row
            for value, other_value in values_of(row, other_row):
                there[id(other_value)], back[id(value)] = value, other_value
    return Pairs(values, tables, there, back)


def _first_keys(table: Table) -> Hashable:
    return tuple(row.key for row in table.rows[:3])


def rows_of(old: Table, fresh: Table) -> list[tuple[Row, Row]]:
    """The rows that two tables share."""
    return _paired(old.rows, fresh.rows, lambda row: row.name, lambda row: row.text)


def values_of(old: Row, fresh: Row) -> list[tuple[Value, Value]]:
    """The values that two rows share."""
    return _paired(old.values, fresh.values, lambda value: (value.kind, value.field), lambda value: value.column)


def _paired(
    old: Sequence[T], fresh: Sequence[T], name: Callable[[T], Hashable], look: Callable[[T], Hashable]
) -> list[tuple[T, T]]:
    """Old and fresh things of the same name, each once.

    Those that also look the same and stand in the same surroundings first, for a name may be there many times;
    then those in the same order; at last those that moved.
    """
    found: list[tuple[T, T]] = []
    keys: tuple[Callable[[T], Hashable], ...] = (lambda thing: (name(thing), look(thing)), name)
    for key in keys:
        pairs = _aligned(old, fresh, key)
        found += pairs
        taken = {id(thing) for pair in pairs for thing in pair}
        old = [thing for thing in old if id(thing) not in taken]
        fresh = [thing for thing in fresh if id(thing) not in taken]
    waiting: dict[Hashable, list[T]] = {}
    for thing in old:
        waiting.setdefault(name(thing), []).append(thing)
    for thing in fresh:
        if waiting.get(name(thing)):
            found.append((waiting[name(thing)].pop(0), thing))
    return found


def _aligned(old: Sequence[T], fresh: Sequence[T], key: Callable[[T], Hashable]) -> list[tuple[T, T]]:
    matcher = SequenceMatcher(None, [*map(key, old)], [*map(key, fresh)], autojunk=False)
    return [
        pair
        for block in matcher.get_matching_blocks()
        for pair in zip(old[block.a : block.a + block.size], fresh[block.b : block.b + block.size], strict=True)
    ]
