"""What a template may bring along that no report may carry: macros, and content from elsewhere.

A template comes from somebody else. What fetches or runs something when a document is opened is never
passed on: a link to a parent template or a mail-merge source is taken out, all else is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document
from docx.opc.part import Part
from docx.opc.rel import Relationships

from lakip_xlsx.finding import Finding
from lakip_xlsx.word.fill import faults
from lakip_xlsx.word.xml import Element, P, qn, remove

_HARMLESS_OUTSIDE = frozenset({"hyperlink"})
_TAKEN_OUT = {
    "attachedTemplate": "templat induk",
    "mailMergeSource": "sumber surat massal",
    "mailMergeHeaderSource": "sumber surat massal",
    "recipientData": "sumber surat massal",
}
_ACTIVE = {
    "vbaProject": "makro",
    "wordVbaData": "makro",
    "keyMapCustomizations": "pintasan tombol yang menjalankan makro",
    "attachedToolbars": "bilah alat yang menjalankan makro",
    "extensibility": "tombol tambahan yang menjalankan makro",
    "control": "kendali ActiveX",
    "activeXControlBinary": "kendali ActiveX",
    "oleObject": "objek tertanam (OLE)",
    "aFChunk": "potongan dokumen lain (altChunk)",
    "subDocument": "subdokumen",
    "frame": "bingkai halaman luar",
}
_FETCHING = "DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON"
_FIELD = re.compile(rf"(?:^|\s)({_FETCHING})\s", re.IGNORECASE)


def findings(document: Document) -> Iterator[Finding]:
    """What makes the template unusable."""
    for said in dict.fromkeys(refused(document)):
        yield faults.refused(said)


def refused(document: Document) -> Iterator[str]:
    """What a template holds that must not be passed on, in words."""
    for relations in _all_relations(document):
        for relation in relations.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind in _TAKEN_OUT:
                continue
            if kind in _ACTIVE:
                yield _ACTIVE[kind]
            elif relation.is_external and kind not in _HARMLESS_OUTSIDE:
                yield f"isi dari luar: {relation.target_ref}"
    for part in document.part.package.iter_parts():
        root = getattr(part, "element", None)
        if root is not None:
            yield from (f"bidang {name}" for name in _fields(root))


def _fields(root: Element) -> Iterator[str]:
    """Fields that fetch or run something."""
    code, simple = qn("w:instrText"), qn("w:fldSimple")
    for block in root.iter(P):
        yield from _FIELD.findall("".join(node.text or "" for node in block.iter(code)) + " ")
        for field in block.iter(simple):
            yield from _FIELD.findall(f"{field.get(qn('w:instr'), '')} ")


def _links(document: Document) -> Iterator[str]:
    for relations in _all_relations(document):
        for relation in relations.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind in _TAKEN_OUT:
                yield f"{_TAKEN_OUT[kind]} ({relation.target_ref})"


def take_out(document: Document) -> tuple[Finding, ...]:
    """Take the links out that can be missed; what was taken out, as findings."""
    told = tuple(faults.taken_out(said) for said in dict.fromkeys(_links(document)))
    for relations in _all_relations(document):
        for key, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _TAKEN_OUT:
                del relations[key]
    settings = document.settings.element
    for name in ("w:attachedTemplate", "w:mailMerge"):
        for element in settings.findall(qn(name)):
            remove(element)
    return told


def _all_relations(document: Document) -> Iterator[Relationships]:
    package = document.part.package
    yield package.rels
    part: Part
    for part in package.iter_parts():
        yield part.rels
