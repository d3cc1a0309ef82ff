"""After filling: caption numbers, unique identities, cells and tables that Word accepts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document

from lakip_xlsx.word.fill.compiled import stories
from lakip_xlsx.word.fill.textrows import MERGED, ROWS, Join, RowStore, TextRow, is_merged, join
from lakip_xlsx.word.xml import (
    BOOKMARK_END,
    BOOKMARK_START,
    RUN,
    TBL,
    TC,
    TR,
    TXBX,
    VAL,
    Element,
    P,
    T,
    el,
    keep_with_next,
    qn,
    remove,
    run,
    set_text,
    style_of,
)

_SEQ = re.compile(r'\s*SEQ\s+("[^"]+"|\S+)(.*)', re.DOTALL | re.IGNORECASE)
_RESTART = re.compile(r"\\r\s*(\d+)", re.IGNORECASE)
_HIDDEN = re.compile(r"\\[csn](?![a-z])", re.IGNORECASE)
_FIELD_CHAR, _CODE = qn("w:fldChar"), qn("w:instrText")
_SIMPLE = qn("w:fldSimple")
_SOURCE_LINE = "SumberTabel"
_STYLE = qn("w:pStyle")
_SHORT_ROWS, _SHORT_TEXT = 10, 700  # rows and characters: some eight centimetres


def tidy(document: Document, store: RowStore) -> None:
    """Put in order what copying blocks has doubled.

    Cells are joined before rows are kept together, because both look at what is empty; numbers come last, when
    nothing is added or taken away any more.
    """
    roots = list(stories(document))
    for root in roots:
        _complete_cells(root)
        _part_tables(root)
        _merge_cells(root, store)
        _keep_ends(root, store)
    number_captions(roots[0])
    _unique_bookmarks(roots)
    _unique_drawings(roots)


def _complete_cells(root: Element) -> None:
    """A cell or text box must end with a paragraph."""
    for holder in root.iter(TC, TXBX):
        if len(holder) == 0 or holder[-1].tag != P:
            holder.append(el("w:p"))


def _part_tables(root: Element) -> None:
    """Two tables that touch would become one; a thin paragraph keeps them apart."""
    for table in list(root.iter(TBL)):
        following = table.getnext()
        if following is not None and following.tag == TBL:
            thin = el("w:p", None, el("w:pPr", None, el("w:spacing", {"w:line": "120", "w:lineRule": "exact"})))
            table.addnext(thin)


class _TreeRow:
    """A row that is a tree, as one among the rows of a table."""

    def __init__(self, row: Element) -> None:
        self._row = row
        self._cells = row.findall(TC)

    def merged(self) -> Iterator[tuple[int, bool]]:
        """The columns in which empty cells are joined, each with whether this row's cell is empty."""
        for column, cell in enumerate(self._cells):
            if is_merged(cell):
                yield column, not any(node.text for node in cell.iter(T))

    def join(self, column: int, kind: Join) -> None:
        """Make the cell part of a joined one; what it is already it stays."""
        join(self._cells[column], kind)

    def keep_with_next(self) -> None:
        """Keep the row on the page of the next one."""
        for block in self._row.iter(P):
            keep_with_next(block)

    def letters(self) -> int:
        """How much text the row holds."""
        return sum(len(node.text or "") for node in self._row.iter(T))


_Row = _TreeRow | TextRow


def _rows(table: Element, store: RowStore) -> list[_Row]:
    """The rows of a table, those that are text among them."""
    found: list[_Row] = []
    for item in table.iterchildren(TR, ROWS):
        found += [_TreeRow(item)] if item.tag == TR else store.of(item).rows
    return found


def _has_merged(table: Element, store: RowStore) -> bool:
    """Whether a table has a column in which empty cells are joined."""
    if any(style.get(VAL) in MERGED for style in table.iter(_STYLE)):
        return True
    return any(rows and rows[0].form.merged for rows in (store.of(place).rows for place in table.findall(ROWS)))


def _merge_cells(root: Element, store: RowStore) -> None:
    """In the columns that are made for it, an empty cell is joined to the one above it; a few rows stay together."""
    for table in root.iter(TBL):
        if not _has_merged(table, store):
            continue
        above: _Row | None = None
        upper: dict[int, bool] = {}
        group: list[_Row] = []
        for row in _rows(table, store):
            here = dict(row.merged())
            empty = [column for column, is_empty in here.items() if is_empty and column in upper]
            for column in empty:
                if above is not None:
                    above.join(column, "restart")
                row.join(column, "continue")
            if not empty:
                _keep_together(group)
                group = []
            group.append(row)
            above, upper = row, here
        _keep_together(group)


def _keep_together(rows: list[_Row]) -> None:
    """Keep the rows of one joined cell on one page, unless there are many."""
    for row in rows[:-1] if len(rows) <= _SHORT_ROWS else ():
        row.keep_with_next()


def _keep_ends(root: Element, store: RowStore) -> None:
    """A short table stays on one page; the last row of a long one (its Jumlah) does not stand alone.

    The last row keeps to the row before it, and to the source line after the table.
    """
    for table in root.iter(TBL):
        following = table.getnext()
        if following is None or style_of(following) != _SOURCE_LINE:
            continue
        headings = sum(1 for row in table.findall(TR) if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None)
        if not headings:
            continue
        rows = _rows(table, store)
        short = len(rows) <= _SHORT_ROWS and sum(row.letters() for row in rows) <= _SHORT_TEXT
        for row in rows[headings:] if short else rows[headings:][-2:]:
            row.keep_with_next()


def number_captions(body: Element) -> None:
    """Give every SEQ field the number that Word would give it."""
    counters: dict[str, int] = {}
    for element in list(body.iter(_SIMPLE, _CODE)):
        code = str(element.get(qn("w:instr"), "")) if element.tag == _SIMPLE else element.text or ""
        match = _SEQ.match(code)
        if match is None:
            continue
        name, switches = match[1].strip('"'), match[2]
        if _HIDDEN.search(switches):
            continue
        restart = _RESTART.search(switches)
        counters[name] = int(restart[1]) if restart else counters.get(name, 0) + 1
        _set_result(element, str(counters[name]))


def _set_result(field: Element, result: str) -> None:
    """Replace the cached result of a field."""
    texts = list(field.iter(T)) if field.tag == _SIMPLE else _result_texts(field)
    for number, node in enumerate(texts):
        set_text(node, "" if number else result)
    if not texts and field.tag == _SIMPLE:
        field.append(run(result))


def _result_texts(code: Element) -> list[Element]:
    """The texts between "separate" and "end" of the field with this instruction."""
    parent = code.getparent()
    texts: list[Element] = []
    shown = False
    for sibling in parent.itersiblings(RUN) if parent is not None else ():
        kinds = [str(char.get(qn("w:fldCharType"))) for char in sibling.findall(_FIELD_CHAR)]
        if "end" in kinds:
            break
        if "separate" in kinds:
            shown = True
        elif shown:
            texts += sibling.findall(T)
    return texts


def _unique_bookmarks(roots: list[Element]) -> None:
    """Number all bookmarks anew; a copy of a named bookmark gets a name of its own."""
    names: set[str] = set()
    counter = 0
    for root in roots:
        current: dict[str, tuple[str, Element]] = {}
        for mark in list(root.iter(BOOKMARK_START, BOOKMARK_END)):
            identity = str(mark.get(qn("w:id")))
            if mark.tag == BOOKMARK_END:
                if identity in current:
                    mark.set(qn("w:id"), current.pop(identity)[0])
                else:
                    remove(mark)
                continue
            if identity in current:
                remove(current[identity][1])
            new = str(counter)
            counter += 1
            mark.set(qn("w:id"), new)
            mark.set(qn("w:name"), _free_name(str(mark.get(qn("w:name"))), names))
            current[identity] = (new, mark)
        for _, open_mark in current.values():
            remove(open_mark)


def _free_name(name: str, names: set[str]) -> str:
    free, number = name, 1
    while free.casefold() in names:
        number += 1
        free = f"{name[:34]}_{number}"
    names.add(free.casefold())
    return free


def _unique_drawings(roots: list[Element]) -> None:
    """Pictures and shapes have document-wide numbers."""
    number = 0
    for root in roots:
        for properties in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
            number += 1
            properties.set("id", str(number))
