"""Checks a template that a person edited: all that would go wrong in filling, told before.

The very code that fills a template goes through it with a content in which nothing is absent; so what is
told here is what filling would do, and the names that are known are those that are filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from docx.document import Document
from lxml import etree

from lakip_xlsx.finding import Finding
from lakip_xlsx.layouts.outline import Layout, Level, Part
from lakip_xlsx.report import example
from lakip_xlsx.report.content import Content
from lakip_xlsx.word.build import numbering, sheet
from lakip_xlsx.word.build.blocks.catalog import BLOCKS
from lakip_xlsx.word.build.blocks.pelengkap import CHARTS, CONTENT, EACH_SASARAN
from lakip_xlsx.word.fill import faults, foreign, values
from lakip_xlsx.word.fill.anchors import Anchors
from lakip_xlsx.word.fill.compiled import Template, compiled, open_document, read_template, stories, story_parts
from lakip_xlsx.word.fill.fill import Filler
from lakip_xlsx.word.fill.nest import Section
from lakip_xlsx.word.fill.scope import Frame, Scope, Unknown, inside, is_absent, lookup
from lakip_xlsx.word.fill.tags import Kind, Tag, isolate
from lakip_xlsx.word.fill.textrows import RowStore
from lakip_xlsx.word.xml import VAL, Element, P, el, qn
from lakip_xlsx.workbook.keys import RowKeys

_EVERYWHERE = ("instansi", "laporan", "penanda")  # names that belong to no part
_FREE = frozenset({"pohon"})  # what a template may leave out, whatever its part
_OPTIONAL = ".kalimat"  # a text in front of a table, only where there is one
_TOC = re.compile(r"\s*TOC\s")
_LISTED = re.compile(r'\\c\s*"?(\w+)')
_PLACES = {
    "footnotes": "catatan kaki",
    "endnotes": "catatan akhir",
    "comments": "komentar",
    "core": "sifat berkas",
    "custom": "sifat berkas",
    "app": "sifat berkas",
    "numbering": "penomoran",
    "document": "kode bidang, bentuk, atau teks alternatif",
}


def check(data: bytes | Path, layout: Layout, content: Content) -> tuple[Finding, ...]:
    """All findings on a template. ``content`` is one in which nothing is absent.

    Raises:
        UnreadableError: the file cannot be opened, or is no Word document.
    """
    raw, name = read_template(data)
    template, found = _looked_at(raw, name, content)
    return (*found, *missing_parts(template, layout))


def told(path: Path, layout: Layout, content: Content) -> tuple[Finding, ...]:
    """All findings on a template for a report with this content: a part without data is not missed in it.

    Raises:
        UnreadableError: the file cannot be opened, or is no Word document.
    """
    template, found = _known(*read_template(path), layout)
    return (*found, *missing_parts(template, layout, content))


@lru_cache(maxsize=4)
def _known(raw: bytes, name: str, layout: Layout) -> tuple[Template, tuple[Finding, ...]]:
    """A template as it is looked at once per process, held against a content in which nothing is absent."""
    return _looked_at(raw, name, example.content(layout))


def _looked_at(raw: bytes, name: str, content: Content) -> tuple[Template, tuple[Finding, ...]]:
    """A template and all findings on it but those on parts that it lacks."""
    document = open_document(raw, name)
    found = [*foreign.findings(raw, name), *_missing_styles(document), *_unnumbered(document)]
    template = compiled(document)
    found += _Checker.run(template, content)
    return template, (*found, *_unfilled(template.document))


class _Checker(Filler):
    """Fills every section once, those for "absent" too."""

    @classmethod
    def run(cls, template: Template, content: Content) -> list[Finding]:
        document = template.fresh()
        checker = cls(template, document, Anchors(), RowStore(), RowKeys())
        for root in stories(document):
            checker.element(root, (Frame(content),))
        return [finding for finding in checker.findings.values() if finding.code != faults.EMPTY]

    def _scopes(self, section: Section, scope: Scope) -> list[Scope] | None:
        value = lookup(section.opening.name, scope)
        if isinstance(value, Unknown):
            return None
        if section.opening.kind is Kind.INVERTED or is_absent(value):
            return [scope]
        return inside(section.opening.name, value, scope)


# What is not filled


def _unfilled(document: Document) -> Iterator[Finding]:
    """Tags in places that nobody fills: notes, comments, field codes, charts."""
    filled = {part.partname for part in story_parts(document)}
    for part in document.part.package.iter_parts():
        if part.partname in filled:
            root: Element = part.element
        elif b"{{" in part.blob and str(part.partname).endswith(".xml"):
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        else:
            continue
        stem = re.sub(r"\d*$", "", Path(str(part.partname)).stem)
        for text in dict.fromkeys(_texts(root)):
            yield faults.unfilled(text, _PLACES.get(stem, _PLACES["document"]))


def _texts(root: Element) -> Iterator[str]:
    """The tags that stand in texts and attributes below an element."""
    for block in root.iter(P):
        yield from _tags_in("".join(node.text or "" for node in block.iter(qn("w:t"), qn("w:instrText"))))
    for element in root.iter(etree.Element):
        if element.tag not in {qn("w:t"), qn("w:instrText")}:
            yield from _tags_in(element.text or "")
        for value in element.attrib.values():
            yield from _tags_in(str(value))


def _tags_in(text: str) -> list[str]:
    return re.findall(r"\{\{[^{}]*\}\}", text) if "{{" in text else []


# Styles and numbering


def _missing_styles(document: Document) -> Iterator[Finding]:
    missing = sheet.missing(document.styles.element)
    if missing:
        yield faults.no_styles(missing)


def _unnumbered(document: Document) -> Iterator[Finding]:
    """List styles of the template's own that have no numbering: their items would lose their numbers."""
    sheet = document.styles.element
    ids = {str(name.get(VAL)).casefold(): str(style.get(qn("w:styleId"))) for style, name in _named(sheet)}
    for style in values.LISTS:
        identity = ids.get(style.value.casefold())
        if identity is not None and not numbering.is_numbered(document, identity):
            yield faults.unnumbered(style.value)


def _named(sheet: Element) -> Iterator[tuple[Element, Element]]:
    for style in sheet.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            yield style, name


# Required parts


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a part of a layout puts into a template: names, and tables of contents."""

    names: tuple[str, ...]
    listings: tuple[str, ...]
    optional: frozenset[str]  # of the names: those that are left out without a trace where there are no data


def missing_parts(template: Template, layout: Layout, content: Content | None = None) -> Iterator[Finding]:
    """The parts that the layout demands and of which the template lacks something.

    What is only shown where there are data is demanded by no one; of a report's ``content`` it is missed where the
    report has such data.
    """
    names, listings = template.names(), _listings(template.document.element.body)
    for part in layout.parts:
        wanted = _wanted(part)
        missed = [name for name in wanted.names if name not in names and not _has_none(name, wanted, content)]
        lacking = [f"{{{{{name}}}}}" for name in missed]
        lacking += [f"bidang {listing}" for listing in wanted.listings if listing not in listings]
        if lacking:
            always = set(missed) - wanted.optional or len(lacking) > len(missed)
            demanded = bool(always) and part.basis.startswith(layout.basis) and not part.when
            yield faults.missing_part(part.title, lacking, part.basis, demanded=demanded)


def _has_none(name: str, wanted: _Wanted, content: Content | None) -> bool:
    """Whether a report has nothing that an optional name would show."""
    if content is None or name not in wanted.optional:
        return False
    value = lookup(name, (Frame(content),))
    return isinstance(value, Unknown) or is_absent(value)


def _wanted(part: Part) -> _Wanted:
    names = [f"narasi.{part.key}"] if part.narasi and part.level and not part.when else []
    listings: list[str] = []
    optional: set[str] = set()
    for block in part.blocks:
        if block in CONTENT or block in CHARTS:
            continue  # shown only where it is filled: a template may do without
        holder = el("w:body", None, *BLOCKS[block]())
        listings += _listings(holder)
        tags: list[Tag] = []
        isolate(holder, tags, [])
        own = list(_outermost(tags))
        names += own
        marked = any(tag.kind is Kind.INVERTED or tag.name.startswith("penanda.") for tag in tags)
        if not marked and part.level is not Level.ANALYSIS:
            optional |= {tag.name for tag in tags if tag.kind is Kind.OPEN} & {*own}
    return _Wanted(tuple(dict.fromkeys(names)), tuple(listings), frozenset(optional))


def _outermost(tags: Sequence[Tag]) -> Iterator[str]:
    """The names on the outermost level that belong to the part alone."""
    depth = 0
    for tag in tags:
        if tag.kind is Kind.CLOSE:
            depth -= 1
        elif depth == 0 and tag.kind in {Kind.OPEN, Kind.VALUE} and _is_own(tag.name):
            yield tag.name
        depth += tag.kind in {Kind.OPEN, Kind.INVERTED}


def _is_own(name: str) -> bool:
    top = name.partition(".")[0]
    return not name.endswith(_OPTIONAL) and name not in EACH_SASARAN and top not in {*_EVERYWHERE, *_FREE}


def _listings(root: Element) -> list[str]:
    """The tables of contents, figures and tables below an element, by their fields."""
    codes = [code.text or "" for code in root.iter(qn("w:instrText"))]
    kinds = [_LISTED.search(code) for code in codes if _TOC.match(code)]
    return ["TOC" if kind is None else f"TOC {kind[1]}" for kind in kinds]


def best_layout(data: bytes | Path, layouts: Sequence[Layout]) -> Layout:
    """The layout of which a template lacks least.

    Raises:
        UnreadableError: the file cannot be opened, or is no Word document.
    """
    template = compiled(open_document(*read_template(data)))
    return min(layouts, key=lambda layout: sum(1 for _ in missing_parts(template, layout)) / len(layout.parts))
