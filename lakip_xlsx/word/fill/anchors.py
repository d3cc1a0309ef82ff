"""Hidden bookmarks around what was inserted, and a list in the file that says where each came from.

A bookmark whose name begins with an underscore is not shown in Word's list of bookmarks, survives
editing, and moves with its text. The list is a custom XML part::

    <anchors workbook="lakip.xlsx" layout="lan-2003" template="">
      <how>disalin</how> …                            each way in which values came from their cells
      <value bookmark="_lakip1" field="instansi.nama" cells="'Instansi'!B4" how="0">Dinas …</value>
      <table bookmark="_lakip2" rows="12" sheets="'Program'">
        <row path="keuangan.program.baris" key="8.01" columns="5">
          <value bookmark="_lakip3" column="2" field=".anggaran" cells="'Program'!D7" how="0">1.000</value>

``field`` is the name in the content, from its beginning; in a row one that begins with a dot goes on from the
row's ``path``. ``key`` is what the row of the workbook is known by (see :mod:`lakip_xlsx.workbook.keys`); a
value says its own where it comes from another row. ``group`` is the key of the repeated part around it, such
as the sasaran whose analysis this is. Together they say which value it is, whatever became of the cells.
The text is that which was inserted; of a long one the beginning, with a ``fingerprint`` of the whole, which stands
once behind all values: ``<long fingerprint="…">``.
:mod:`lakip_xlsx.word.follow.trace` reads both back, and :mod:`lakip_xlsx.word.refresh` merges by them.

A value has a bookmark of its own. In a table of more than :data:`LONG` rows only the first value of each
row has one: the others are found by their column, and long documents stay affordable. The bookmark of a
table is empty and stands in its first cell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from lakip_xlsx.report.content import Teks
from lakip_xlsx.word.fill.textrows import TextRows
from lakip_xlsx.word.package import add_custom_xml
from lakip_xlsx.word.xml import BOOKMARK_END, BOOKMARK_START, Element, printable, qn, remove

NAMESPACE = "urn:lakip-xlsx:anchors:2"
FORMER_NAMESPACE, FORMER_PREFIX = "urn:lakip-xlsx:anchors:1", "_lx"
"""Of the documents that were made before fields and keys were listed; they are still read."""
PREFIX = "_lakip"
LONG = 100
"""Rows from which on a table has one bookmark a row instead of one a value."""
GRAFIK, GAMBAR = "grafik", "gambar"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHART = f"{_C}chart"
_ID, _NAME = qn("w:id"), qn("w:name")
_IDENTITY = "{5F1A6C1E-0B1D-4E0A-9C55-6C616B697078}"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document was made of: file names without a folder, and the key of the layout."""

    workbook: str = ""
    layout: str = ""
    template: str = ""  # empty: the template that is shipped with the layout


class Noted(NamedTuple):
    """A text that was put into a run; ``kind`` is "grafik" or "gambar" where the run holds such a thing."""

    run: Element
    text: Teks
    kind: str
    field: str
    group: str


class Anchors:
    """The anchors of one document: noted while it is filled, put in place at the end.

    Who fills says in ``field`` and ``group`` which name is placed next, and in which repeated part.
    """

    def __init__(self) -> None:
        self.noted: list[Noted | TextRows] = []
        self.field = ""
        self.group = ""

    def around(self, run: Element, text: Teks, *, kind: str = "", column: str = "") -> None:
        """Note that a run holds a text; ``column`` is its heading in a table whose columns depend on the data."""
        if kind or is_told(text):
            field = f"{self.field}.{column.replace('.', ' ')}" if column else self.field
            self.noted.append(Noted(run, text, kind, field, self.group))

    def rows(self, rows: TextRows) -> None:
        """Note rows that are no tree; their values are noted with them."""
        self.noted.append(rows)


def is_told(text: str) -> bool:
    """Whether a text says where it comes from, or that something is missing, and so has an anchor."""
    return isinstance(text, Teks) and text != "" and (text.sources != () or text.how != "" or text.missing)


def fingerprint(text: str) -> str:
    """A short hash of a text, blanks and line breaks aside."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:16]


def picture_mark(blob: bytes) -> str:
    """A short hash of a picture."""
    return hashlib.sha256(blob).hexdigest()[:16]


def chart_numbers(blob: bytes) -> str:
    """All numbers that a chart draws, in order; programs may write them differently, so in plain form."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(blob, parser)
    except etree.XMLSyntaxError:
        return ""
    numbers = (point.text or "" for values in root.iter(f"{_C}val") for point in values.iter(f"{_C}v"))
    return " ".join(_plain(number.strip()) for number in numbers)


def _plain(number: str) -> str:
    try:
        return format(Decimal(number).normalize(), "f")
    except InvalidOperation:
        return number


def add_list(document: Document, listed: str) -> None:
    """Store the list in the file."""
    blob = f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n{printable(listed)}".encode()
    add_custom_xml(document, blob, namespace=NAMESPACE, identity=_IDENTITY)


def forget(document: Document, roots: Iterable[Element]) -> None:
    """Take the anchors out of a document that was made by this program and is now used as a template."""
    relations = document.part.rels
    for key, relation in list(relations.items()):
        if relation.reltype == RT.CUSTOM_XML and not relation.is_external and is_list(relation.target_part.blob):
            del relations[key]
    for root in roots:
        starts = [mark for mark in root.iter(BOOKMARK_START) if is_ours(str(mark.get(_NAME)))]
        old = {mark.get(_ID) for mark in starts}
        for mark in [*starts, *(end for end in root.iter(BOOKMARK_END) if old and end.get(_ID) in old)]:
            remove(mark)


def is_ours(bookmark: str) -> bool:
    """Whether a bookmark of this name is an anchor."""
    return bookmark.startswith((PREFIX, FORMER_PREFIX))


def is_list(blob: bytes) -> bool:
    """Whether a custom XML part is a list of anchors."""
    return any(name.encode() in blob[:400] for name in (NAMESPACE, FORMER_NAMESPACE))
