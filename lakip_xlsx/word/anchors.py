"""Hidden bookmarks around what was inserted, and a list in the file that says where each came from.

A bookmark whose name begins with an underscore is not shown in Word's list of bookmarks, survives
editing, and moves with its text. The list is a custom XML part: for every value its cells, how it was
computed and the text as inserted. :mod:`lakip_xlsx.word.trace` reads both back.

A value has a bookmark of its own. In a table of more than :data:`LONG` rows only the first value of each
row has one: the others are found by their column, and long documents stay affordable. The bookmark of a
table is empty and stands in its first cell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import count

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import oxml_parser

from lakip_xlsx.finding import Cell
from lakip_xlsx.report.content import Teks
from lakip_xlsx.word.trace_text import chart_values
from lakip_xlsx.word.xml import (
    BOOKMARK_END,
    BOOKMARK_START,
    PPR,
    TBL,
    TC,
    TR,
    Element,
    P,
    R,
    escape,
    printable,
    qn,
    quoteattr,
    remove,
)

NAMESPACE = "urn:lakip-xlsx:anchors:1"
PREFIX = "_lx"
LONG = 100
"""Rows from which on a table has one bookmark a row instead of one a value."""
COPIED = "disalin"
GRAFIK, GAMBAR = "grafik", "gambar"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_SHOWN, _KEPT = 160, 120  # a text above the first length is stored up to the second, with its hash
_ID, _NAME, _TCPR = qn("w:id"), qn("w:name"), qn("w:tcPr")
_START: Element = oxml_parser.makeelement(BOOKMARK_START, {_ID: "", _NAME: ""})
_END: Element = oxml_parser.makeelement(BOOKMARK_END, {_ID: ""})
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    '<ds:datastoreItem ds:itemID="{5F1A6C1E-0B1D-4E0A-9C55-6C616B697078}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()
_Rows = dict[Element, list[int]]  # row → the numbers of its values


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document was made of: file names without a folder, and the key of the layout."""

    workbook: str = ""
    layout: str = ""
    template: str = ""  # empty: the template that is shipped with the layout


class _Noted:
    """What was noted, by number: lists side by side, because a long document has 100.000 values."""

    def __init__(self) -> None:
        self.runs: list[Element | None] = []  # None: known by row and column
        self.texts: list[Teks] = []
        self.kinds: dict[int, str] = {}
        self.cells: dict[int, int] = {}
        self.rows: dict[int, Element] = {}  # the number with which a row begins
        self.last_row: Element | None = None


class Anchors:
    """The anchors of one document: noted while it is filled, put in place at the end."""

    def __init__(self) -> None:
        self._noted = _Noted()
        self._row: Element | None = None
        self._column: int | None = None

    def at(self, row: Element | None, column: int | None) -> None:
        """Say that what is noted next is all that this cell of a row holds; None: it may stand anywhere.

        In a long table that saves keeping every run until the end.
        """
        self._row, self._column = row, column

    def around(self, run: Element, text: Teks, *, kind: str = "") -> None:
        """Note that a run holds a text; ``kind`` is "grafik" or "gambar" where it holds such a thing."""
        if not kind and not (text and (text.sources or text.how)):
            return
        noted = self._noted
        if kind:
            noted.kinds[len(noted.runs)] = kind
        if self._column is not None and self._row is not None and not kind:
            noted.cells[len(noted.runs)] = self._column
            if noted.last_row is not self._row:
                noted.last_row = noted.rows[len(noted.runs)] = self._row
            noted.runs.append(None)
        else:
            noted.runs.append(run)
        noted.texts.append(text)

    def attach(self, document: Document, origin: Origin) -> None:
        """Put the bookmarks in place and store the list; to be called when all ids are final."""
        if self._noted.runs:
            listed = _Writer(document, self._noted).write()
            made_of = zip("wlt", (origin.workbook, origin.layout, origin.template), strict=True)
            attributes = "".join(f" {name}={quoteattr(value)}" for name, value in made_of)
            _add_part(document, f"<anchors xmlns={quoteattr(NAMESPACE)}{attributes}>{listed}</anchors>")


class _Writer:
    """Makes the bookmarks and, with them, the list."""

    def __init__(self, document: Document, noted: _Noted) -> None:
        body = document.element.body
        self._noted = noted
        self._part = document.part
        self._ids = count(sum(1 for _ in body.iter(BOOKMARK_START)) + 1_000_000)
        self._numbers = count(1)
        self._hows: dict[str, int] = {}
        self._fallback = next(body.iter(FALLBACK), None) is not None
        self._sheets: dict[str, str] = {}

    def write(self) -> str:
        """The content of the list."""
        tables: dict[Element, _Rows] = {}
        pieces: list[str | Element] = []
        last: Element | None = None
        found: list[int] = []
        for number, run in enumerate(self._noted.runs):
            if run is None and number not in self._noted.rows:
                found.append(number)
                continue
            if run is not None and self._fallback and next(run.iterancestors(FALLBACK), None) is not None:
                continue  # the same text a second time, for old programs
            row = self._noted.rows[number] if run is None else _row_of(run)
            if run is not None and row is None:
                pieces.append(self._value(number, self._mark(run)))
                continue
            if row is not None and row is not last:
                table = next(row.iterancestors(TBL))
                if table not in tables:
                    tables[table] = {}
                    pieces.append(table)
                found, last = tables[table].setdefault(row, []), row
            found.append(number)
        content = [piece if isinstance(piece, str) else self._table(piece, tables[piece]) for piece in pieces]
        hows = "".join(f"<h>{escape(how)}</h>" for how in self._hows)
        return f"{hows}{''.join(content)}"

    def _table(self, table: Element, rows: _Rows) -> str:
        texts = self._noted.texts
        sheets = dict.fromkeys(c.sheet for numbers in rows.values() for n in numbers for c in texts[n].sources)
        name = f"{PREFIX}{next(self._numbers)}"
        first = next(table.iter(P), None)
        if first is not None:
            start, end = self._pair(name)
            first.insert(1 if first.find(PPR) is not None else 0, start)
            start.addnext(end)
        content = "".join(self._row(row, numbers, whole=len(rows) > LONG) for row, numbers in rows.items())
        named = quoteattr(" ".join(_quoted(sheet) for sheet in sheets))
        return f'<t n="{name}" s={named} b="{len(table.findall(TR))}">{content}</t>'

    def _row(self, row: Element, numbers: Sequence[int], *, whole: bool) -> str:
        cells = row.findall(TC)
        columns: dict[Element, int] = {}
        values: list[str] = []
        for number in numbers:
            run, column = self._noted.runs[number], self._noted.cells.get(number)
            if run is not None:
                columns = columns or {only: at for at, cell in enumerate(cells) if (only := only_run(cell)) is not None}
                column = columns.get(run)
            if whole and values and column is not None:
                values.append(self._value(number, "", column))
                continue
            marked = only_run(cells[column]) if run is None and column is not None else run
            values.append(self._value(number, "" if marked is None else self._mark(marked), column))
        return f'<r w="{len(cells)}">{"".join(values)}</r>'

    def _value(self, number: int, name: str, column: int | None = None) -> str:
        value = self._noted.texts[number]
        text: str = value
        more = f' n="{name}"' if name else ""
        if column is not None:
            more = f'{more} k="{column}"'
        kind = self._noted.kinds.get(number)
        if kind:
            more = f'{more} j="{kind}"'
            text = self._chart(self._noted.runs[number]) if kind == GRAFIK else ""
        if len(text) > _SHOWN:
            more = f'{more} x="{fingerprint(text)}"'
            text = f"{text[:_KEPT]}…"
        cells = " ".join([self._address(cell) for cell in value.sources])
        how = self._hows.setdefault(value.how or COPIED, len(self._hows))
        return f'<v{more} c="{cells}" h="{how}">{escape(text)}</v>'

    def _mark(self, run: Element) -> str:
        name = f"{PREFIX}{next(self._numbers)}"
        start, end = self._pair(name)
        run.addprevious(start)
        run.addnext(end)
        return name

    def _pair(self, name: str) -> tuple[Element, Element]:
        identity = str(next(self._ids))
        start, end = copy(_START), copy(_END)  # twice as fast as making them with their attributes
        start.set(_ID, identity)
        start.set(_NAME, name)
        end.set(_ID, identity)
        return start, end

    def _address(self, cell: Cell) -> str:
        sheet = self._sheets.get(cell.sheet)
        if sheet is None:
            sheet = self._sheets[cell.sheet] = escape(_quoted(cell.sheet)).replace('"', "&quot;")
        return f"{sheet}!{cell.ref}" if cell.ref else sheet

    def _chart(self, run: Element | None) -> str:
        """The numbers of a chart, by which a later change of its data is noticed."""
        chart = None if run is None else next(run.iter(CHART), None)
        relation = None if chart is None else chart.get(f"{{{R}}}id")
        return "" if relation is None else chart_values(self._part.related_parts[relation].blob)


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


def only_run(cell: Element) -> Element | None:
    """The run that is all that a table cell holds."""
    if len(cell) == 0 or len(cell) > 2 or (len(cell) == 2 and cell[0].tag != _TCPR):
        return None
    block = cell[-1]
    if len(block) == 0 or len(block) > 2 or (len(block) == 2 and block[0].tag != PPR):
        return None
    return block[-1]


def fingerprint(text: str) -> str:
    """A short hash of a text, blanks and line breaks aside."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:16]


def _add_part(document: Document, listed: str) -> None:
    package = document.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, len(taken) + 2) if f"/customXml/item{n}.xml" not in taken)
    blob = f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n{printable(listed)}".encode()
    part = Part(PackURI(f"/customXml/item{number}.xml"), "application/xml", blob, package)
    properties = Part(PackURI(f"/customXml/itemProps{number}.xml"), _PROPERTIES_TYPE, _PROPERTIES, package)
    part.relate_to(properties, RT.CUSTOM_XML_PROPS)
    document.part.relate_to(part, RT.CUSTOM_XML)


def forget(document: Document, roots: Iterable[Element]) -> None:
    """Take the anchors out of a document that was made by this program and is now used as a template."""
    relations = document.part.rels
    for key, relation in list(relations.items()):
        if relation.reltype == RT.CUSTOM_XML and not relation.is_external and is_list(relation.target_part.blob):
            del relations[key]
    for root in roots:
        starts = [mark for mark in root.iter(BOOKMARK_START) if str(mark.get(_NAME)).startswith(PREFIX)]
        old = {mark.get(_ID) for mark in starts}
        for mark in [*starts, *(end for end in root.iter(BOOKMARK_END) if old and end.get(_ID) in old)]:
            remove(mark)


def is_list(blob: bytes) -> bool:
    """Whether a custom XML part is a list of anchors."""
    return NAMESPACE.encode() in blob[:400]
