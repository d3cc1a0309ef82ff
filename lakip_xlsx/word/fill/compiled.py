"""A template, read once per process: parsed, its tags found, ready to be copied and filled."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import XmlPart
from docx.oxml.exceptions import InvalidXmlError
from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.finding import Finding
from lakip_xlsx.guard import ooxml, sniff
from lakip_xlsx.guard.limits import Limits
from lakip_xlsx.guard.word import refusal
from lakip_xlsx.word.build import numbering, sheet
from lakip_xlsx.word.build.blocks import back_pages, front
from lakip_xlsx.word.fill import anchors, foreign
from lakip_xlsx.word.fill.tags import TAG, Kind, Stray, Tag, index_of, isolate
from lakip_xlsx.word.fill.textrows import RowForm, form_of
from lakip_xlsx.word.headings import StyleFacts, style_facts
from lakip_xlsx.word.xml import SECT_PR, Element, el, qn, remove

_DAMAGED = (PackageNotFoundError, InvalidXmlError, KeyError, ValueError, etree.LxmlError)
_STORY_TYPES = (RT.HEADER, RT.FOOTER)
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PARAGRAPH_ID = (f"{_W14}paraId", f"{_W14}textId")


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed template. ``document`` is never changed: :meth:`fresh` gives a copy to fill."""

    document: Document
    tags: tuple[Tag, ...]
    strays: tuple[Stray, ...]
    told: tuple[Finding, ...] = ()  # what was taken out of it
    facts: Mapping[str, StyleFacts] = field(default_factory=dict)  # what its paragraph styles say of headings
    _forms: dict[tuple[int, ...], RowForm | None] = field(default_factory=dict, compare=False)

    def form(self, row: Element) -> RowForm | None:
        """The form of a row of this template that is filled as text; None if it is to be filled as a tree."""
        key = tuple(index_of(tag) for tag in row.iter(TAG))
        if key and key not in self._forms:
            counted = frozenset(k for k, fact in self.facts.items() if fact.outline is not None or fact.num is not None)
            self._forms[key] = form_of(row, counted)
        return self._forms.get(key)

    def fresh(self) -> Document:
        """A deep copy of the document."""
        return copy_of(self.document)

    def names(self) -> set[str]:
        """All names that the template uses."""
        return {tag.name for tag in self.tags}


def copy_of(document: Document) -> Document:
    """A deep copy of a document with all its parts."""
    part = copy.deepcopy(document.part.package).main_document_part
    return Document(part.element, part)


def stories(document: Document) -> Iterator[Element]:
    """Body, headers and footers, each once, in a fixed order."""
    for part in story_parts(document):
        yield document.element.body if part is document.part else part.element


def story_parts(document: Document) -> Iterator[XmlPart]:
    """The parts of :func:`stories`."""
    yield document.part
    for _, relation in sorted(document.part.rels.items()):
        if relation.reltype in _STORY_TYPES and not relation.is_external:
            part = relation.target_part
            if isinstance(part, XmlPart):
                yield part


def load(template: bytes | Path, *, pages: frozenset[str] = frozenset()) -> Template:
    """Read a template; the same bytes are read once per process.

    ``pages`` are pages that the document must show (``temuan``, ``pengecualian``, ``reviu``): a template
    without one of them is given ours.

    Raises:
        UnreadableError: the file cannot be opened, or is no Word document.
    """
    return _load(*read_template(template), pages)


def read_template(template: bytes | Path) -> tuple[bytes, str]:
    """The bytes of a template and what to call it.

    Raises:
        UnreadableError: the file cannot be opened.
    """
    if isinstance(template, bytes):
        return template, "Templat"
    return ooxml.read_word(template), str(template)


@lru_cache(maxsize=4)
def _load(data: bytes, name: str, pages: frozenset[str]) -> Template:
    reasons = foreign.refused(data, name)
    if reasons:
        raise UnreadableError(refusal(name, reasons))
    return compiled(open_document(data, name), pages)


def compiled(document: Document, pages: frozenset[str] = frozenset()) -> Template:
    """A template out of a document, which is changed: its tags are found, what it lacks is added."""
    told = foreign.take_out(document)
    numbering.provide(document, sheet.ensure(document.styles.element))
    tags: list[Tag] = []
    strays: list[Stray] = []
    anchors.forget(document, stories(document))
    for root in stories(document):
        _forget_identities(root)
        isolate(root, tags, strays)
    missing = pages - {tag.name for tag in tags if tag.kind is Kind.OPEN}
    if "temuan" in missing:
        _add_findings_page(document, tags, strays)
    for own, page in back_pages.BACK_PAGES.items():
        if own in missing:
            _add_last(document, page(), tags, strays)
    return Template(document, tuple(tags), tuple(strays), told, style_facts(document.styles.element))


def open_document(data: bytes, name: str, *, allowed: Limits | None = None) -> Document:
    """A Word document out of the bytes of a ``.docx``.

    Raises:
        UnreadableError: it is none, or is broken, or larger than ``allowed`` (by default what a workbook may be).
    """
    with ooxml.open_word(data, name, allowed=allowed) as package:
        ooxml.built(package)
    try:
        return docx.Document(io.BytesIO(data))
    except _DAMAGED as error:
        raise UnreadableError(f"{Path(name).name}: bukan dokumen Word yang utuh. {sniff.WORD.save_as}") from error


def _forget_identities(root: Element) -> None:
    """Drop identities that would double when a part is repeated; Word gives new ones."""
    for element in root.iter():
        for name in _PARAGRAPH_ID:
            element.attrib.pop(name, None)
    for element in list(root.iter(qn("w:sdtPr"))):
        for identity in element.findall(qn("w:id")):
            remove(identity)


def _add_findings_page(document: Document, tags: list[Tag], strays: list[Stray]) -> None:
    """Give a template without a findings page ours, so that a draft always shows what is wrong."""
    body = document.element.body
    elements = [*front.temuan(), front.temuan_end()]
    section = copy.deepcopy(body.findall(SECT_PR)[-1]) if body.findall(SECT_PR) else None
    if section is not None:
        for reference in [*section.findall(qn("w:headerReference")), *section.findall(qn("w:footerReference"))]:
            section.remove(reference)
        front.close_section(elements[:-1], section)
    holder = el("w:body", None, *elements)
    isolate(holder, tags, strays)
    for number, element in enumerate(list(holder)):
        body.insert(number, element)


def _add_last(document: Document, elements: list[Element], tags: list[Tag], strays: list[Stray]) -> None:
    """Put a page behind everything else, in front of the last section's properties."""
    body = document.element.body
    holder = el("w:body", None, *elements)
    isolate(holder, tags, strays)
    sections = body.findall(SECT_PR)
    place = body.index(sections[-1]) if sections else len(body)
    for number, element in enumerate(list(holder)):
        body.insert(place + number, element)
