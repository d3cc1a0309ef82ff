"""Puts the bookmarks of a filled document in place and lists what they hold (:mod:`lakip_xlsx.word.fill.anchors`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from docx.document import Document
from docx.oxml.parser import parse_xml

from lakip_xlsx.finding import Cell
from lakip_xlsx.report.content import Teks
from lakip_xlsx.word.fill.anchors import (
    CHART,
    FALLBACK,
    GAMBAR,
    GRAFIK,
    LONG,
    NAMESPACE,
    PREFIX,
    Anchors,
    Noted,
    Origin,
    add_list,
    chart_numbers,
    fingerprint,
    is_told,
    picture_mark,
)
from lakip_xlsx.word.fill.compiled import story_parts
from lakip_xlsx.word.fill.textrows import Bookmark, RowStore, TextRows, only_run
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
from lakip_xlsx.workbook.keys import RowKeys

_BLIP, _EMBED = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip", f"{{{R}}}embed"
_COPIED, _MISSING = "disalin", "belum diisi"
_SHOWN, _KEPT = 160, 120  # a text above the first length is stored up to the second, with its hash
_Lines = dict[Element, list[Noted] | TextRows]  # by row; by the element that stands for them where they are text


def attach(document: Document, anchors: Anchors, store: RowStore, origin: Origin, keys: RowKeys) -> None:
    """Put the bookmarks in place, let the text rows be written, and store the list; all ids must be final."""
    listed = _Lister(document, store, keys).listed(anchors.noted)
    if listed:
        made_of = (("workbook", origin.workbook), ("layout", origin.layout), ("template", origin.template))
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in made_of)
        add_list(document, f"<anchors xmlns={quoteattr(NAMESPACE)}{attributes}>{listed}</anchors>")


class _Lister:
    """Makes the list and, with it, the bookmarks."""

    def __init__(self, document: Document, store: RowStore, keys: RowKeys) -> None:
        body = document.element.body
        self._store = store
        self._keys = keys
        self._document, self._part = document, document.part
        self._first = sum(1 for _ in body.iter(BOOKMARK_START)) + 1_000_000 - 1
        self._number = 0
        self._marked: list[tuple[Element, Bookmark]] = []  # runs and paragraphs that get a bookmark
        self._hows: dict[str, int] = {}
        self._long: dict[str, str] = {}  # whole texts by their fingerprints
        self._fallback = next(body.iter(FALLBACK), None) is not None
        self._sheets: dict[str, str] = {}
        self._named: dict[str, None] = {}  # the sheets of the table that is being listed, in order

    def listed(self, noted: Sequence[Noted | TextRows]) -> str:
        """The content of the list; empty if there is nothing to list."""
        tables: dict[Element, _Lines] = {}
        pieces: list[str | Element] = []
        for item in noted:
            place = item.run if isinstance(item, Noted) else item.place
            if self._is_untold(item, place):
                continue
            row = _row_of(place) if isinstance(item, Noted) else place
            if row is None:
                pieces += [self._alone(item)] if isinstance(item, Noted) else []
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
        hows = "".join(f"<how>{escape(how)}</how>" for how in self._hows)
        whole = "".join(f'<long fingerprint="{mark}">{escape(text)}</long>' for mark, text in self._long.items())
        return f"{hows}{''.join(content)}{whole}"

    def _is_untold(self, item: Noted | TextRows, place: Element) -> bool:
        """Whether this is not listed: what stands there a second time, for old programs, or has no origin."""
        doubled = self._fallback and next(place.iterancestors(FALLBACK), None) is not None
        if isinstance(item, Noted):
            return doubled
        untold = doubled or not any(is_told(value) for row in item.rows for value in row.values)
        if untold:
            item.write()
        return untold

    # Tables

    def _table(self, table: Element, lines: _Lines) -> str:
        place = self._next()
        first = next(table.iter(P), None)
        if first is not None:
            self._marked.append((first, place))
        name = f"{PREFIX}{self._number}"
        whole = sum(_count(line) for line in lines.values()) > LONG
        rows = self._store.count(table)
        self._named = {}
        content = "".join(
            self._text_rows(line, whole=whole) if isinstance(line, TextRows) else self._row(row, line, whole=whole)
            for row, line in lines.items()
        )
        named = quoteattr(" ".join(map(_quoted, self._named)))
        return f'<table bookmark="{name}" rows="{rows}" sheets={named}>{content}</table>'

    def _row(self, row: Element, line: Sequence[Noted], *, whole: bool) -> str:
        """A row that is a tree."""
        cells = row.findall(TC)
        columns = {only: at for at, cell in enumerate(cells) if (only := only_run(cell)) is not None}
        path = line[0].field.rpartition(".")[0]
        keys = [self._keys.of(noted.text.sources) for noted in line]
        common = _most(keys)
        values: list[str] = []
        for noted, key in zip(line, keys, strict=True):
            column = columns.get(noted.run)
            marked = not (whole and values and column is not None)
            more = f"{self._mark(noted.run) if marked else ''}{_column(column)}{_field(noted.field, path)}"
            values.append(self._value(noted, more, "" if key == common else key))
        key = _row_key(common, (noted.text for noted in line))
        return f"{_row_start(path, line[0].group, key, len(cells))}{''.join(values)}</row>"

    def _text_rows(self, rows: TextRows, *, whole: bool) -> str:
        """Rows that are no tree: they are told which bookmarks they get, and written."""
        form = rows.rows[0].form
        path = rows.fields[0].rpartition(".")[0]
        places = [
            f"{_column(column)}{_field(field, path)}" for column, field in zip(form.columns, rows.fields, strict=True)
        ]
        bookmarks: list[list[Bookmark | None]] = []
        listed: list[str] = []
        for row in rows.rows:
            bookmarks.append([None] * len(places))
            told = [(at, value) for at, value in enumerate(row.values) if isinstance(value, Teks) and is_told(value)]
            if not told:
                continue
            keys = [self._keys.of(value.sources) for _, value in told]
            common = _most(keys)
            key_of_row = _row_key(common, (value for _, value in told))
            listed.append(_row_start(path, rows.group, key_of_row, form.width))
            for number, ((at, value), key) in enumerate(zip(told, keys, strict=True)):
                name = ""
                if not (number and whole and form.columns[at] is not None):
                    bookmarks[-1][at] = self._next()
                    name = f' bookmark="{PREFIX}{self._number}"'
                listed.append(self._entry(value, value, f"{name}{places[at]}", "" if key == common else key))
            listed.append("</row>")
        rows.write(bookmarks)
        return "".join(listed)

    # Values

    def _alone(self, noted: Noted) -> str:
        """A value outside of tables."""
        group = f" group={quoteattr(noted.group)}" if noted.group else ""
        more = f"{self._mark(noted.run)}{_field(noted.field, '')}{group}"
        return self._value(noted, more, self._keys.of(noted.text.sources))

    def _value(self, noted: Noted, more: str, key: str) -> str:
        """A text, chart or picture in the tree."""
        text: str = noted.text
        if noted.kind:
            more = f'{more} kind="{noted.kind}"'
            text = self._chart(noted.run) if noted.kind == GRAFIK else ""
            if noted.kind == GAMBAR:
                more = f'{more} fingerprint="{self._picture(noted.run)}"'
        return self._entry(noted.text, text, more, key)

    def _entry(self, value: Teks, text: str, more: str, key: str) -> str:
        """What the list says of a value: which one it is, its cells, how it came from them, the text as inserted."""
        if len(text) > _SHOWN:
            mark = fingerprint(text)
            self._long.setdefault(mark, text)
            more = f'{more} fingerprint="{mark}"'
            text = f"{text[:_KEPT]}…"
        if key:
            more = f"{more} key={quoteattr(key)}"
        how = self._hows.setdefault(value.how or (_MISSING if value.missing else _COPIED), len(self._hows))
        shown = text if is_ordinary(text) else escape(text)
        sources = value.sources
        cells = self._cell(sources[0]) if len(sources) == 1 else " ".join(map(self._cell, sources))
        return f'<value{more} cells="{cells}" how="{how}">{shown}</value>'

    def _next(self) -> Bookmark:
        """The next bookmark; its id is as many beyond the first one as its name says."""
        self._number += 1
        identity = self._first + self._number
        start = f'<w:bookmarkStart w:id="{identity}" w:name="{PREFIX}{self._number}"/>'
        return start, f'<w:bookmarkEnd w:id="{identity}"/>'

    def _mark(self, run: Element) -> str:
        """Give a run the next bookmark, which is then named in the list."""
        self._marked.append((run, self._next()))
        return f' bookmark="{PREFIX}{self._number}"'

    def _place_bookmarks(self) -> None:
        """Put all bookmarks of the tree in place: around runs, empty at the beginning of paragraphs.

        They are parsed at once: one by one that would take longer than all the rest here.
        """
        whole = "".join(f"{start}{end}" for _, (start, end) in self._marked)
        marks = list(parse_xml(f'<w:body xmlns:w="{W}">{whole}</w:body>'))
        for (element, _), start, end in zip(self._marked, marks[::2], marks[1::2], strict=True):
            if element.tag == P:
                element.insert(1 if element.find(PPR) is not None else 0, start)
                start.addnext(end)
            else:
                element.addprevious(start)
                element.addnext(end)

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
        return "" if relation is None else chart_numbers(self._part.related_parts[relation].blob)

    def _picture(self, run: Element) -> str:
        """The mark of a picture, by which another one in its place is noticed."""
        blip = next(run.iter(_BLIP), None)
        root = run.getroottree().getroot()
        part = next((part for part in story_parts(self._document) if part.element is root), None)
        return "" if blip is None or part is None else picture_mark(part.related_parts[str(blip.get(_EMBED))].blob)


def _row_key(common: str, values: Iterable[object]) -> str:
    """The key of a row: that of its row in the workbook, with what tells it from others of that row."""
    named = (str(value) for value in values if isinstance(value, Teks) and value.names_row)
    return " ".join(filter(None, (common, *named)))


def _row_start(path: str, group: str, key: str, columns: int) -> str:
    named = (("path", path), ("group", group), ("key", key))
    return f'<row{"".join(f" {name}={quoteattr(value)}" for name, value in named if value)} columns="{columns}">'


def _column(column: int | None) -> str:
    return "" if column is None else f' column="{column}"'


def _field(field: str, path: str) -> str:
    """The name of a value; what the row's path says already is left out."""
    return f" field={quoteattr(field.removeprefix(path) if path and field.startswith(f'{path}.') else field)}"


def _most(keys: Sequence[str]) -> str:
    """The key of a row: that of most of its values, for some may come from the row of the sasaran above it."""
    if len(set(keys)) == 1:
        return keys[0]
    return next((key for key, _ in Counter(filter(None, keys)).most_common(1)), "")


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
