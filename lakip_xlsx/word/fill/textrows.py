"""Table rows as text: what is repeated most is never built as a tree.

A row of a plain table holds texts in paragraphs and nothing else. Such a row is cut at its tags into a
:class:`RowForm`, once per process. Filling it keeps only its values; in the tree of the document an empty
element stands in its place, and the XML of the rows is put there when the document is written. That is
several times faster than copying elements, and takes a fraction of the memory in a table of 20,000 rows.

A row with anything else in it (a field, a picture, a content control, a heading) is no such row, and is
filled as a tree like everything around it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, repeat
from typing import Literal, NamedTuple

from docx.document import Document
from docx.oxml.parser import oxml_parser, parse_xml
from lxml import etree

from lakip_xlsx.report.content import Teks
from lakip_xlsx.word.build import styles
from lakip_xlsx.word.fill.marker import mark
from lakip_xlsx.word.fill.tags import TAG, index_of
from lakip_xlsx.word.xml import (
    BR,
    PPR,
    RPR,
    RUN,
    TAB,
    TC,
    TR,
    VAL,
    Element,
    P,
    T,
    W,
    el,
    inside,
    is_ordinary,
    keep_with_next,
    printable,
    qn,
    style_of,
    val,
)

ROWS = qn("w:lakipRows")  # private, as the tag elements are: none is left in a finished document
MERGED = frozenset({"IsiTabelGabung", "IsiTabelGabungTengah", "IsiFormulirGabung", "IsiFormulirGabungTengah"})
"""Styles of a column in which an empty cell belongs to the one above it."""
Join = Literal["restart", "continue"]
Bookmark = tuple[str, str]
"""The XML of its start and of its end."""
_CELL, _TRPR, _TBLPREX = qn("w:tcPr"), qn("w:trPr"), qn("w:tblPrEx")
_V_MERGE, _WIDTH = qn("w:vMerge"), qn("w:tcW")
_MAY_HOLD: Mapping[str, frozenset[str]] = {
    TR: frozenset({_TRPR, _TBLPREX, TC}),
    TC: frozenset({_CELL, P}),
    P: frozenset({PPR, RUN, qn("w:proofErr")}),
    RUN: frozenset({RPR, T, TAG, qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen")}),
}
_MUST_NOT = tuple(qn(f"w:{name}") for name in ("sectPr", "outlineLvl", "tblHeader", "ins", "del", "pPrChange"))
_NAMESPACE = re.compile(r' xmlns(?::\w+)?="[^"]*"')
_CUT = re.compile(r"<\?lakip \d+\?>")
_PLACE = re.compile(rb'<w:lakipRows i="(\d+)"/>')


def join(cell: Element, kind: Join) -> None:
    """Mark a cell as the first or a further one of a joined cell; a further one never becomes the first."""
    properties = cell.find(_CELL)
    if properties is not None and properties.find(_V_MERGE) is None:
        width = properties.find(_WIDTH)
        properties.insert(0 if width is None else properties.index(width) + 1, val("w:vMerge", kind))


def shown(value: str) -> str:
    """A value as it is seen in the tree: what a line break is, and what XML cannot hold."""
    if is_ordinary(value):
        return value
    return printable(value).replace("\r\n", "\n").replace("\r", "\n")


def text_parts(cell: Element, order: Mapping[Element, int]) -> Iterator[str | int]:
    """The text of a cell in pieces; a tag is a piece by its number."""
    for at, paragraph in enumerate(cell.iter(P)):
        if at:
            yield "\n"
        for node in paragraph.iter(T, TAG, BR, TAB):
            if node.tag == TAG:
                yield order[node]
            elif node.tag == T:
                yield node.text or ""
            elif (parent := node.getparent()) is not None and parent.tag == RUN:
                yield "\t" if node.tag == TAB else "\n"


def first_style(cell: Element) -> str:
    """The style of a cell's first paragraph."""
    first = cell.find(P)
    return "" if first is None else style_of(first)


def span_of(cell: Element) -> int:
    """How many columns a cell takes."""
    span = cell.find(f"{_CELL}/{qn('w:gridSpan')}")
    return 1 if span is None else int(str(span.get(VAL)))


def set_width(cell: Element, columns: Sequence[int]) -> None:
    """Give a cell the width of its columns, in fiftieths of a percent of the table's."""
    properties = cell.find(_CELL)
    if properties is None:
        properties = el("w:tcPr")
        cell.insert(0, properties)
    holder = properties.find(_WIDTH)
    if holder is None:
        holder = el("w:tcW")
        properties.insert(0, holder)
    holder.set(qn("w:w"), str(sum(columns)))
    holder.set(qn("w:type"), "pct")


def is_merged(cell: Element) -> bool:
    """Whether a cell stands in a column in which empty cells are joined to the one above."""
    first = cell.find(P)
    return first is not None and style_of(first) in MERGED


_Key = tuple[bool, tuple[tuple[int, Join], ...], tuple[int, ...]]
"""What sets the rows of one form apart: kept with the next, cells joined, widths of the cells."""
_MOST_KINDS = 64
_MARKER = f'w:val="{styles.MARKER}"'


class Pieces(NamedTuple):
    """The XML of a row around its values: in front of the first run, and for each value its run and what follows."""

    start: str
    opens: tuple[str, ...]
    marked: tuple[str, ...]  # the same runs in the look of what is missing
    after: tuple[str, ...]  # what follows each run, to the next one


@dataclass(slots=True)
class TextRow:
    """A filled row: its values in the order of the tags, and how it hangs together with its neighbours."""

    form: RowForm
    values: tuple[str, ...]
    keep: bool = False  # on the page of the next row
    joins: tuple[tuple[int, Join], ...] = ()  # column → part of a joined cell

    def merged(self) -> Iterator[tuple[int, bool]]:
        """The columns in which empty cells are joined, each with whether this row's cell is empty."""
        for column, (static, places) in self.form.merged.items():
            yield column, not static and not any(self.values[at].strip("\r\n\t") for at in places)

    def join(self, column: int, kind: Join) -> None:
        """Make the cell part of a joined one; what it is already it stays."""
        if column not in dict(self.joins):
            self.joins = (*self.joins, (column, kind))

    def keep_with_next(self) -> None:
        """Keep the row on the page of the next one."""
        self.keep = True

    def texts(self) -> Iterator[tuple[int, str, str]]:
        """Column, text and paragraph style of each cell that takes one column."""
        for column, style, parts in self.form.texts:
            if len(parts) == 1 and isinstance(parts[0], int):
                yield column, shown(self.values[parts[0]]), style
            else:
                yield (
                    column,
                    "".join(part if isinstance(part, str) else shown(self.values[part]) for part in parts),
                    style,
                )

    def go_on(self, column: int, said: str) -> bool:
        """Say in an empty cell what the joined cell above says; False where something unseen stands."""
        places = self.form.merged[column][1]
        if not places or any(self.values[at] for at in places):
            return False
        self.values = (*self.values[: places[0]], said, *self.values[places[0] + 1 :])
        return True

    def xml(self, bookmarks: Sequence[Bookmark | None], widths: tuple[int, ...]) -> str:
        """The row as it stands in the file, with a bookmark around each value that is to have one."""
        pieces = self.form.pieces((self.keep, self.joins, widths))
        written = [pieces.start]
        for at, value in enumerate(self.values):
            is_missing = isinstance(value, Teks) and value.missing
            opening = (pieces.marked if is_missing else pieces.opens)[at]
            if not is_missing and isinstance(value, Teks) and value.look:
                opening = pieces.marked[at].replace(_MARKER, f'w:val="{value.look.replace(" ", "")}"')
            run = f"{opening}{inside(value)}</w:r>"
            bookmark = bookmarks[at]
            written.append(run if bookmark is None else f"{bookmark[0]}{run}{bookmark[1]}")
            written.append(pieces.after[at])
        return "".join(written)


class RowForm:
    """A row of a template, cut at its tags: values are put between the pieces."""

    def __init__(self, row: Element) -> None:
        cells = list(row.iterchildren(TC))
        tags = list(row.iter(TAG))
        runs = [tag.getparent() for tag in tags]
        at = {only_run(cell): column for column, cell in enumerate(cells)}
        self.numbers = tuple(map(index_of, tags))
        self.columns = tuple(at.get(run) for run in runs)
        """For each tag the column of the cell of which it is the whole content; None if it stands with others."""
        self.width = len(cells)
        owners = [next(tag.iterancestors(TC)) for tag in tags]
        self.spans = tuple(map(span_of, cells))
        self.starts = tuple(accumulate(self.spans, initial=0))
        """The columns that each cell takes, and the column in which it begins."""
        order = {tag: number for number, tag in enumerate(tags)}
        self.texts = tuple(
            (begin, first_style(cell), tuple(text_parts(cell, order)))
            for cell, begin, span in zip(cells, self.starts, self.spans, strict=False)
            if span == 1
        )
        """Of each cell that takes one column: the column, the style, and its text with the places of values."""
        self.merged = {
            column: (
                any(node.text for node in cell.iter(T)),
                tuple(number for number, owner in enumerate(owners) if owner is cell),
            )
            for column, cell in enumerate(cells)
            if is_merged(cell)
        }
        styled = (next(tag.iterancestors(P)) for tag in tags)
        self.styles = tuple(map(style_of, styled))
        self._row = copy.deepcopy(row)
        self._pieces: dict[_Key, Pieces] = {}

    def pieces(self, key: _Key) -> Pieces:
        """The XML around the values of a row (kept with the next, joined, so wide); each kind is cut once."""
        found = self._pieces.get(key)
        if found is None:
            if len(self._pieces) > _MOST_KINDS:  # widths follow the values, and a process fills many documents
                self._pieces.clear()
            found = self._pieces[key] = self._cut(*key)
        return found

    def _cut(self, keep: bool, joins: Iterable[tuple[int, Join]], widths: tuple[int, ...]) -> Pieces:
        row = copy.deepcopy(self._row)
        cells = list(row.iterchildren(TC))
        for cell, begin, span in zip(cells, self.starts, self.spans, strict=False):
            if widths:
                set_width(cell, widths[begin : begin + span])
        for column, kind in joins:
            join(cells[column], kind)
        for paragraph in row.iter(P) if keep else ():
            keep_with_next(paragraph)
        opens, marked = [], []
        for number, tag in enumerate(list(row.iter(TAG))):
            run = tag.getparent()
            parent = None if run is None else run.getparent()
            if run is None or parent is None:
                raise AssertionError("a tag stands in a run of its own")
            opens.append(_opening(run))
            mark(run)
            marked.append(_opening(run))
            parent.replace(run, etree.PI("lakip", str(number)))
        start, *after = _CUT.split(_text(row))
        return Pieces(start, tuple(opens), tuple(marked), tuple(after))


def _opening(run: Element) -> str:
    """A run up to its content."""
    return _text(run).partition("<w:lakipTag")[0]


def _text(element: Element) -> str:
    """An element as it stands inside its document: the namespaces are declared there."""
    head, close, rest = etree.tostring(element, encoding="unicode", with_tail=False).partition(">")
    return f"{_NAMESPACE.sub('', head)}{close}{rest}"


def only_run(cell: Element) -> Element | None:
    """The run that is all that a table cell holds."""
    if len(cell) == 0 or len(cell) > 2 or (len(cell) == 2 and cell[0].tag != _CELL):
        return None
    block = cell[-1]
    if len(block) == 0 or len(block) > 2 or (len(block) == 2 and block[0].tag != PPR):
        return None
    return block[-1]


def form_of(row: Element, outlined: frozenset[str]) -> RowForm | None:
    """The form of a row that holds nothing but texts; None for any other.

    ``outlined`` are the paragraph styles of headings and numbered paragraphs, which are counted in the tree.
    """
    whole = etree.tostring(row, encoding="unicode", with_tail=False)
    head, _, rest = whole.partition(">")
    if row.prefix != "w" or row.nsmap.get("w") != W or _NAMESPACE.search(rest):
        return None
    if set(_NAMESPACE.findall(head)) - _declared(row):
        return None
    if not _holds_only_texts(row) or next(row.iter(*_MUST_NOT), None) is not None:
        return None
    if any(style_of(paragraph) in outlined for paragraph in row.iter(P)):
        return None
    return RowForm(row)


def _declared(row: Element) -> set[str]:
    """The namespaces that the document declares at its root, as they are written."""
    root = row.getroottree().getroot().nsmap
    return {f' xmlns{f":{prefix}" if prefix else ""}="{name}"' for prefix, name in root.items()}


def _holds_only_texts(element: Element) -> bool:
    """Whether an element and all below it are what a plain row is made of; properties may hold anything."""
    allowed = _MAY_HOLD.get(str(element.tag))
    if allowed is None:
        return True
    if element.tag == TC and (len(element) == 0 or element[-1].tag != P):
        return False
    return all(child.tag in allowed and _holds_only_texts(child) for child in element)


class TextRows:
    """Filled rows that follow each other in a table, and the element that stands for them in the tree.

    ``fields`` are the names of their values from the beginning of the content, ``group`` is the key of the
    repeated part in which they stand. ``text`` is their XML, once it is written; the rows are then let go.
    """

    def __init__(self, number: int, fields: tuple[str, ...], group: str) -> None:
        self.place: Element = oxml_parser.makeelement(ROWS, {"i": str(number)}, {"w": W})
        self.fields = fields
        self.group = group
        self.rows: list[TextRow] = []
        self.count = 0  # of the rows, also when they are written
        self.widths: tuple[int, ...] = ()  # of the cells; as in the template when empty
        self.text = ""

    def add(self, row: TextRow) -> None:
        """One more row."""
        self.rows.append(row)
        self.count += 1

    def write(self, bookmarks: Iterable[Sequence[Bookmark | None]] | None = None) -> None:
        """Keep the XML instead of the rows; ``bookmarks`` are those of each row's values, none for no bookmark."""
        none = repeat((None,) * len(self.fields))
        marks = none if bookmarks is None else bookmarks
        self.text = "".join(map(TextRow.xml, self.rows, marks, repeat(self.widths)))
        self.rows = []


class RowStore:
    """All text rows of one document."""

    def __init__(self) -> None:
        self._blocks: list[TextRows] = []

    def new(self, fields: tuple[str, ...], group: str) -> TextRows:
        """An empty block; its element is to be put into a table."""
        block = TextRows(len(self._blocks), fields, group)
        self._blocks.append(block)
        return block

    def of(self, place: Element) -> TextRows:
        """The rows for which an element stands."""
        return self._blocks[int(str(place.get("i")))]

    def __bool__(self) -> bool:
        return bool(self._blocks)

    def count(self, table: Element) -> int:
        """How many rows a table has."""
        return len(table.findall(TR)) + sum(self.of(place).count for place in table.findall(ROWS))

    def spliced(self, xml: bytes) -> bytes:
        """The XML of a part with the rows in their places."""
        if not self._blocks:
            return xml
        pieces = _PLACE.split(xml)
        pieces[1::2] = [self._blocks[int(number)].text.encode() for number in pieces[1::2]]
        return b"".join(pieces)

    def unfold(self, roots: Iterable[Element]) -> None:
        """Build all rows as elements after all, for one who wants the whole document as a tree."""
        for root in roots:
            names = root.getroottree().getroot().nsmap
            declared = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in names.items() if prefix)
            for place in list(root.iter(ROWS)):
                holder: Element = parse_xml(f"<w:tbl{declared}>{self.of(place).text}</w:tbl>")
                for row in list(holder):
                    place.addprevious(row)
                parent = place.getparent()
                if parent is not None:
                    parent.remove(place)
        self._blocks.clear()


@dataclass(frozen=True, slots=True)
class Paper:
    """A filled document: its tree, and beside it the table rows that are text."""

    tree: Document
    rows: RowStore
