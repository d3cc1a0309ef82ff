"""Hidden bookmarks around what was inserted, and a list in the file that says where each came from.

A bookmark whose name begins with an underscore is not shown in Word's list of bookmarks, survives
editing, and moves with its text. The list is a custom XML part: for every value its cells, how it was
computed and the text as inserted. :mod:`lakip_xlsx.word.follow.trace` reads both back.

A value has a bookmark of its own. In a table of more than :data:`LONG` rows only the first value of each
row has one: the others are found by their column, and long documents stay affordable. The bookmark of a
table is empty and stands in its first cell. :mod:`lakip_xlsx.word.fill.anchor_list` makes the bookmarks and the list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from lakip_xlsx.report.content import Teks
from lakip_xlsx.word.fill.textrows import TextRows
from lakip_xlsx.word.xml import BOOKMARK_END, BOOKMARK_START, Element, printable, qn, remove

NAMESPACE = "urn:lakip-xlsx:anchors:1"
PREFIX = "_lx"
LONG = 100
"""Rows from which on a table has one bookmark a row instead of one a value."""
GRAFIK, GAMBAR = "grafik", "gambar"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_ID, _NAME = qn("w:id"), qn("w:name")
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    '<ds:datastoreItem ds:itemID="{5F1A6C1E-0B1D-4E0A-9C55-6C616B697078}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()


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


class Anchors:
    """The anchors of one document: noted while it is filled, put in place at the end."""

    def __init__(self) -> None:
        self.noted: list[Noted | TextRows] = []

    def around(self, run: Element, text: Teks, *, kind: str = "") -> None:
        """Note that a run holds a text; ``kind`` is "grafik" or "gambar" where it holds such a thing."""
        if kind or is_told(text):
            self.noted.append(Noted(run, text, kind))

    def rows(self, rows: TextRows) -> None:
        """Note rows that are no tree; their values are noted with them."""
        self.noted.append(rows)


def is_told(text: str) -> bool:
    """Whether a text says where it comes from, and so has an anchor."""
    return isinstance(text, Teks) and text != "" and (text.sources != () or text.how != "")


def fingerprint(text: str) -> str:
    """A short hash of a text, blanks and line breaks aside."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:16]


def add_list(document: Document, listed: str) -> None:
    """Store the list in the file."""
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
