"""Puts the bookmarks of a filled document in place and writes the list of its anchors.

The table rows that are no tree (see :mod:`lakip_xlsx.word.fill.textrows`) are written here too: their bookmarks
stand in them. What the bookmarks are for is said in :mod:`lakip_xlsx.word.fill.anchors`.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.oxml.parser import parse_xml

from lakip_xlsx.finding import Cell
from lakip_xlsx.report.content import Teks
from lakip_xlsx.word.fill.anchors import (
    CHART,
    FALLBACK,
    GRAFIK,
    LONG,
    NAMESPACE,
    PREFIX,
    Anchors,
    Noted,
    Origin,
    add_list,
    fingerprint,
    is_told,
)
from lakip_xlsx.word.fill.textrows import RowStore, TextRow, TextRows, only_run
from lakip_xlsx.word.trace_text import chart_values
from lakip_xlsx.word.xml import (
    BOOKMARK_START,
    PPR,
    TBL,
    TC,
    TR,
    Element,
    P,
    R,
    W,
    escape,
    is_ordinary,
    quoteattr,
)

_COPIED = "disalin"
_SHOWN, _KEPT = 160, 120  # a text above the first length is stored up to the second, with its hash
_Lines = dict[Element, list[Noted] | TextRows]  # by row; by the element that stands for them where they are text


def attach(document: Document, anchors: Anchors, store: RowStore, origin: Origin) -> None:
    """Put the bookmarks in place, write the text rows and store the list; all ids must be final."""
    listed = _Writer(document, store).write(anchors.noted)
    if listed:
        made_of = zip("wlt", (origin.workbook, origin.layout, origin.template), strict=True)
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in made_of)
        add_list(document, f"<anchors xmlns={quoteattr(NAMESPACE)}{attributes}>{listed}</anchors>")


class _Writer:
    """Makes the bookmarks and, with them, the list."""

    def __init__(self, document: Document, store: RowStore) -> None:
        body = document.element.body
        self._store = store
        self._part = document.part
        self._first = sum(1 for _ in body.iter(BOOKMARK_START)) + 1_000_000 - 1
        self._number = 0
        self._marked: list[tuple[Element, int]] = []  # runs and paragraphs that get a bookmark
        self._hows: dict[str, int] = {}
        self._fallback = next(body.iter(FALLBACK), None) is not None
        self._sheets: dict[str, str] = {}
        self._named: dict[str, None] = {}  # the sheets of the table that is being listed, in order

    def write(self, noted: Sequence[Noted | TextRows]) -> str:
        """The content of the list; empty if there is nothing to list."""
        tables: dict[Element, _Lines] = {}
        pieces: list[str | Element] = []
        for item in noted:
            place = item.run if isinstance(item, Noted) else item.place
            if self._is_untold(item, place):
                continue
            row = _row_of(place) if isinstance(item, Noted) else place
            if row is None:
                pieces += [self._value(item, self._mark(item.run))] if isinstance(item, Noted) else []
                continue
            table = next(row.iterancestors(TBL))
            if table not in tables:
                tables[table] = {}
                pieces.append(table)
            if isinstance(item, TextRows):
                tables[table][row] = item
            elif isinstance(line := tables[table].setdefault(row, []), list):
                line.append(item)
        content = [piece if isinstance(piece, str) else self._table(piece, tables[piece]) for piece in pieces]
        self._place_bookmarks()
        hows = "".join(f"<h>{escape(how)}</h>" for how in self._hows)
        return f"{hows}{''.join(content)}"

    def _is_untold(self, item: Noted | TextRows, place: Element) -> bool:
        """Whether this is not listed: what stands there a second time, for old programs, or has no origin."""
        doubled = self._fallback and next(place.iterancestors(FALLBACK), None) is not None
        if isinstance(item, Noted):
            return doubled
        untold = doubled or not any(is_told(value) for row in item.rows for value in row.values)
        if untold:
            item.written("".join(_plain(row) for row in item.rows))
        return untold

    # Tables

    def _table(self, table: Element, lines: _Lines) -> str:
        name = self._next()
        first = next(table.iter(P), None)
        if first is not None:
            self._marked.append((first, self._number))
        whole = sum(_count(line) for line in lines.values()) > LONG
        rows = self._store.count(table)
        self._named = {}
        content = "".join(
            self._text_rows(line, whole=whole) if isinstance(line, TextRows) else self._row(row, line, whole=whole)
            for row, line in lines.items()
        )
        named = quoteattr(" ".join(map(_quoted, self._named)))
        return f'<t n="{name}" s={named} b="{rows}">{content}</t>'

    def _row(self, row: Element, line: Sequence[Noted], *, whole: bool) -> str:
        """A row that is a tree."""
        cells = row.findall(TC)
        columns = {only: at for at, cell in enumerate(cells) if (only := only_run(cell)) is not None}
        values: list[str] = []
        for noted in line:
            column = columns.get(noted.run)
            marked = not (whole and values and column is not None)
            values.append(self._value(noted, self._mark(noted.run) if marked else "", column))
        return f'<r w="{len(cells)}">{"".join(values)}</r>'

    def _text_rows(self, rows: TextRows, *, whole: bool) -> str:
        """Rows that are no tree: their XML is written, with its bookmarks; what is listed of them."""
        listed: list[str] = []
        written: list[str] = []
        for row in rows.rows:
            written.append(row.pieces().start)
            begun = False
            for (value, run, after), column in zip(row.runs(), row.form.columns, strict=True):
                if not isinstance(value, Teks) or not is_told(value):
                    written.append(f"{run}{after}")
                    continue
                place = "" if column is None else f' k="{column}"'
                if not begun:
                    listed.append(f'<r w="{row.form.width}">')
                if begun and whole and place:
                    written.append(f"{run}{after}")
                else:
                    self._number = number = self._number + 1
                    identity = self._first + number
                    written.append(
                        f'<w:bookmarkStart w:id="{identity}" w:name="{PREFIX}{number}"/>{run}'
                        f'<w:bookmarkEnd w:id="{identity}"/>{after}'
                    )
                    place = f' n="{PREFIX}{number}"{place}'
                listed.append(self._entry(value, value, place))
                begun = True
            if begun:
                listed.append("</r>")
        rows.written("".join(written))
        return "".join(listed)

    # Values

    def _value(self, noted: Noted, name: str, column: int | None = None) -> str:
        """A text, chart or picture in the tree."""
        text: str = noted.text
        more = f' n="{name}"' if name else ""
        if column is not None:
            more = f'{more} k="{column}"'
        if noted.kind:
            more = f'{more} j="{noted.kind}"'
            text = self._chart(noted.run) if noted.kind == GRAFIK else ""
        return self._entry(noted.text, text, more)

    def _entry(self, value: Teks, text: str, more: str) -> str:
        """What the list says of a value: its cells, how it came from them, the text as inserted."""
        if len(text) > _SHOWN:
            more = f'{more} x="{fingerprint(text)}"'
            text = f"{text[:_KEPT]}…"
        how = self._hows.setdefault(value.how or _COPIED, len(self._hows))
        shown = text if is_ordinary(text) else escape(text)
        sources = value.sources
        cells = self._cell(sources[0]) if len(sources) == 1 else " ".join(map(self._cell, sources))
        return f'<v{more} c="{cells}" h="{how}">{shown}</v>'

    def _next(self) -> str:
        """The name of the next bookmark; its id is as many beyond the first one."""
        self._number += 1
        return f"{PREFIX}{self._number}"

    def _mark(self, run: Element) -> str:
        name = self._next()
        self._marked.append((run, self._number))
        return name

    def _place_bookmarks(self) -> None:
        """Put all bookmarks of the tree in place: around runs, empty at the beginning of paragraphs."""
        made = parse_xml(
            f'<w:body xmlns:w="{W}">{"".join(self._bookmark(number) for _, number in self._marked)}</w:body>'
        )
        marks = list(made)
        for (element, _), start, end in zip(self._marked, marks[::2], marks[1::2], strict=True):
            if element.tag == P:
                element.insert(1 if element.find(PPR) is not None else 0, start)
                start.addnext(end)
            else:
                element.addprevious(start)
                element.addnext(end)

    def _bookmark(self, number: int) -> str:
        identity = self._first + number
        return f'<w:bookmarkStart w:id="{identity}" w:name="{PREFIX}{number}"/><w:bookmarkEnd w:id="{identity}"/>'

    def _cell(self, cell: Cell) -> str:
        """The address of a cell, as Excel writes it in a formula of another sheet."""
        self._named[cell.sheet] = None
        sheet = self._sheets.get(cell.sheet)
        if sheet is None:
            sheet = self._sheets[cell.sheet] = escape(_quoted(cell.sheet)).replace('"', "&quot;")
        return f"{sheet}!{cell.ref}" if cell.ref else sheet

    def _chart(self, run: Element) -> str:
        """The numbers of a chart, by which a later change of its data is noticed."""
        chart = next(run.iter(CHART), None)
        relation = None if chart is None else chart.get(f"{{{R}}}id")
        return "" if relation is None else chart_values(self._part.related_parts[relation].blob)


def _plain(row: TextRow) -> str:
    """The XML of a row without bookmarks."""
    return row.pieces().start + "".join([run + after for _, run, after in row.runs()])


def _count(line: list[Noted] | TextRows) -> int:
    """How many rows have a value that says where it comes from."""
    if not isinstance(line, TextRows):
        return 1
    return sum(1 for row in line.rows if any(map(is_told, row.values)))


def _row_of(run: Element) -> Element | None:
    """The table row in which a run stands; most stand right in the paragraph of a cell."""
    paragraph = run.getparent()
    cell = None if paragraph is None else paragraph.getparent()
    row = None if cell is None else cell.getparent()
    return row if row is not None and row.tag == TR else next(run.iterancestors(TR), None)


def _quoted(sheet: str) -> str:
    """A sheet's name as Excel writes it in the address of a cell of another sheet."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"
