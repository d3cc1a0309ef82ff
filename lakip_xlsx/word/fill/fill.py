"""Fills a Word template with finished content.

Three levels of sections are looked at in turn: blocks (paragraphs and tables between two tag
paragraphs), table rows (tags in the first and the last cell) and runs inside one paragraph. Rows and
blocks are repeated by copying a prototype. Values are placed, nothing is computed here.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document

from lakip_xlsx.finding import Finding
from lakip_xlsx.report.content import Chart, Content, Grid, Image, Teks
from lakip_xlsx.word.build.blocks.back_pages import BACK_PAGES
from lakip_xlsx.word.fill import anchor_list, faults, finish, sections, toc
from lakip_xlsx.word.fill.anchors import Anchors, Origin
from lakip_xlsx.word.fill.chart_place import ChartPlacer
from lakip_xlsx.word.fill.compiled import Template, load, stories
from lakip_xlsx.word.fill.copies import copies, drop_paragraph, drop_tag, row_shows
from lakip_xlsx.word.fill.nest import SECTION_KINDS, Items, Mark, Marks, Section, nest
from lakip_xlsx.word.fill.picture import PicturePlacer
from lakip_xlsx.word.fill.scope import (
    Frame,
    Scope,
    Unknown,
    as_paragraphs,
    inside,
    is_absent,
    lookup,
    names,
    path_of,
    repeated,
)
from lakip_xlsx.word.fill.tags import TAG, Kind, index_of, shows_something
from lakip_xlsx.word.fill.textrows import ROWS, Paper, RowForm, RowStore, TextRow, TextRows
from lakip_xlsx.word.fill.values import Placer, in_line
from lakip_xlsx.word.xml import RUN, SDT, TBL, TC, TR, TXBX, Element, P, ancestor, remove
from lakip_xlsx.workbook.keys import RowKeys

OWN_PAGES = ("temuan", *BACK_PAGES)
"""Pages that every document shows when there is something to say, whatever its template holds."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled document and what was wrong with its template."""

    paper: Paper
    findings: tuple[Finding, ...]

    @property
    def document(self) -> Document:
        """The document with all its rows as elements; for a long one that takes time and memory."""
        self.paper.rows.unfold(stories(self.paper.tree))
        return self.paper.tree


def fill(
    template: bytes | Path, content: Content, *, origin: Origin | None = None, keys: RowKeys | None = None
) -> Filled:
    """Fill a template with content; ``origin`` and the ``keys`` of rows are kept in the document, for a later trace.

    Unknown and unbalanced tags are findings, and stay visible in the document.

    Raises:
        UnreadableError: the template cannot be opened, or is no Word document.
    """
    compiled = load(template, pages=frozenset(name for name in OWN_PAGES if content.get(name)))
    document = compiled.fresh()
    anchors, rows, keys = Anchors(), RowStore(), keys or RowKeys()
    filler = Filler(compiled, document, anchors, rows, keys)
    for root in stories(document):
        filler.element(root, (Frame(content),))
    # The order matters: anchors need the final ids of bookmarks and write the text rows, which must have been
    # joined and kept together before; the contents list needs the final numbers of captions.
    sections.drop_empty_end(document.element.body)
    finish.tidy(document, rows, anchors)
    anchor_list.attach(document, anchors, rows, origin or Origin(), keys)
    toc.build(document, compiled.facts)
    return Filled(Paper(document, rows), tuple(filler.findings.values()))


class Filler:
    """Fills one document, element by element."""

    def __init__(self, template: Template, document: Document, anchors: Anchors, rows: RowStore, keys: RowKeys) -> None:
        self._template = template
        self._keys = keys
        self._tags = template.tags
        self._marks = Marks(template.tags)
        self._anchors = anchors
        self._rows_as_text = rows
        self._placer = Placer(document, anchors)
        self._charts = ChartPlacer(document, anchors)
        self._pictures = PicturePlacer(document, anchors)
        self.findings: dict[tuple[str, int], Finding] = {
            (faults.UNBALANCED, -1 - number): faults.stray(item) for number, item in enumerate(template.strays)
        }
        self.findings |= {(told.code, -1 - number): told for number, told in enumerate(template.told)}

    # Elements

    def element(self, element: Element, scope: Scope) -> None:
        """Fill one element and all that is in it."""
        found = list(element.iter(TAG))
        if not found:
            return
        if not any(self._tags[index_of(tag)].kind in SECTION_KINDS for tag in found):
            for tag in found:
                self._value(tag, scope)
        elif element.tag == P:
            self._paragraph(element, scope)
        elif element.tag == TBL:
            self._table(element, scope)
        elif element.tag in _CONTROLS and _inside_paragraph(element):
            self._runs(element, scope)
        else:
            self._container(element, scope)

    def _container(self, element: Element, scope: Scope) -> None:
        """Body, cell, text box, content control: a sequence of blocks."""
        self._level(self._marks.blocks(list(element)), scope, self._repeat_blocks)

    def _table(self, element: Element, scope: Scope) -> None:
        self._level(self._marks.rows(list(element)), scope, self._repeat_rows)
        if next(element.iter(TR, ROWS), None) is None:
            remove(element)

    def _paragraph(self, element: Element, scope: Scope) -> None:
        for box in list(element.iter(TXBX)):
            if ancestor(box, P) is element:
                self.element(box, scope)
        self._runs(element, scope)
        if not shows_something(element):
            drop_paragraph(element)

    def _runs(self, parent: Element, scope: Scope) -> None:
        """The runs of a paragraph, and of hyperlinks and the like inside it."""
        self._level(self._marks.pieces(list(parent)), scope, self._repeat_runs)

    def _level(self, items: Items, scope: Scope, repeat: Callable[[Section, Scope], None]) -> None:
        """Fill the items of one level; pair the sections first."""
        nested = nest(items)
        for mark in nested.unpaired:
            self._unpaired(mark)
        for item in nested.items:
            if isinstance(item, Section):
                repeat(item, scope)
            elif item.tag == RUN:
                for tag in list(item.iter(TAG)):
                    self._value(tag, scope)
            elif item.tag in _HOLDERS_OF_RUNS:
                self._runs(item, scope)
            else:
                self.element(item, scope)

    # Repeating

    def _scopes(self, section: Section, scope: Scope) -> list[Scope] | None:
        """The scopes in which a section is rendered; None if its name is unknown."""
        value = lookup(section.opening.name, scope)
        if isinstance(value, Unknown):
            return None
        if section.opening.kind is Kind.INVERTED:
            return [scope] if is_absent(value) else []
        return inside(section.opening.name, value, scope)

    def _known(self, section: Section, scope: Scope) -> list[Scope] | None:
        """As :meth:`_scopes`; an unknown name is reported, and its tags become visible markers."""
        scopes = self._scopes(section, scope)
        if scopes is None:
            self._unknown(section.opening.number, scope)
            for mark in (section.opening, section.closing):
                self._placer.marker(mark.element, f"[{self._tags[mark.number].shown} tidak dikenal]")
        elif scopes and section.opening.kind is Kind.OPEN and self._is_idle(section, scopes[0], scope):
            self._report(section.opening.number, faults.idle(self._tags[section.opening.number]))
        return scopes

    def _is_idle(self, section: Section, first: Scope, scope: Scope) -> bool:
        """Whether a section repeats without naming anything of what it repeats: the same again and again."""
        item = first[0].node
        if not isinstance(item, Mapping) or not item or repeated(lookup(section.opening.name, scope)) is None:
            return False
        ends = {section.opening.number, section.closing.number}
        inner = {index_of(tag) for element in _elements(section) for tag in element.iter(TAG)} - ends
        named = {self._tags[number].name.partition(".")[0] for number in inner}
        return not any(name in item or name == "" for name in named)  # {{.}} names the item itself

    def _repeat_blocks(self, section: Section, scope: Scope) -> None:
        scopes = self._known(section, scope)
        content = _elements(section)
        if scopes is None:
            self._level(self._marks.blocks(content), scope, self._repeat_blocks)
            return
        for copied, inner in copies(content, [self._grouped(inner) for inner in scopes]):
            self._level(self._marks.blocks(copied), inner, self._repeat_blocks)
        drop_paragraph(section.opening.holder)
        drop_paragraph(section.closing.holder)

    def _grouped(self, scope: Scope) -> Scope:
        """A scope that knows the key of what is repeated: that of its first text, such as the sasaran's."""
        node, path, group = scope[0]
        texts = (value for value in node.values() if isinstance(value, Teks)) if isinstance(node, Mapping) else ()
        own = next(filter(None, (self._keys.of(text.sources) for text in texts)), "")
        return (Frame(node, path, "/".join(filter(None, (group, own)))), *scope[1:])

    def _repeat_rows(self, section: Section, scope: Scope) -> None:
        scopes = self._known(section, scope)
        rows = [item for item in section.content if not isinstance(item, Mark)]
        if scopes is not None:
            drop_tag(section.opening.element)
            drop_tag(section.closing.element)
            for row in [row for row in rows if row.tag == TR and not row_shows(row)]:
                rows.remove(row)
                remove(row)
        if not rows:
            return
        if scopes is None:
            self._level(self._marks.rows(rows), scope, self._repeat_rows)
            return
        plain = not any(self._tags[index_of(tag)].kind in SECTION_KINDS for row in rows for tag in row.iter(TAG))
        form = self._template.form(rows[0]) if plain and len(rows) == 1 and rows[0].tag == TR else None
        if form is not None:
            self._text_rows(rows[0], form, scopes)
            return
        for copied, inner in copies(rows, scopes):
            if plain:
                for tag in [tag for row in copied for tag in row.iter(TAG)]:
                    self._value(tag, inner)
            else:
                self._level(self._marks.rows(copied), inner, self._repeat_rows)

    def _text_rows(self, row: Element, form: RowForm, scopes: Sequence[Scope]) -> None:
        """Fill a row of texts once per scope; one that holds more than a text somewhere is filled as a tree.

        So is the first row of a table, in which the mark of the table stands.
        """
        block: TextRows | None = None
        is_first = next(row.itersiblings(TR, preceding=True), None) is None
        for at, scope in enumerate(scopes):
            values = None if is_first and at == 0 else self._texts(form, scope)
            if values is None:
                block, copied = None, copy.deepcopy(row)
                row.addprevious(copied)
                for tag in list(copied.iter(TAG)):
                    self._value(tag, scope)
                continue
            if block is None:
                fields = tuple(path_of(self._tags[number].name, scope) for number in form.numbers)
                block = self._rows_as_text.new(fields, scope[0].group)
                row.addprevious(block.place)
                self._anchors.rows(block)
            block.add(TextRow(form, values))
        remove(row)

    def _texts(self, form: RowForm, scope: Scope) -> tuple[str, ...] | None:
        """The texts of a row in the order of its tags; None if a value is missing in it, or more than a text."""
        found: list[str] = []
        for at, number in enumerate(form.numbers):
            tag = self._tags[number]
            value = lookup(tag.name, scope) if tag.kind is Kind.VALUE else None
            if not isinstance(value, str):
                paragraphs = None if isinstance(value, Unknown) else as_paragraphs(value)
                if paragraphs is None or (tag.alone and not self._placer.is_line(paragraphs, form.styles[at])):
                    return None
                value = in_line(paragraphs)
            found.append(value)
        return tuple(found)

    def _repeat_runs(self, section: Section, scope: Scope) -> None:
        scopes = self._known(section, scope)
        content = _elements(section)
        if scopes is None:
            self._level(self._marks.pieces(content), scope, self._repeat_runs)
            return
        for copied, inner in copies(content, scopes):
            self._level(self._marks.pieces(copied), inner, self._repeat_runs)
        remove(section.opening.holder)
        remove(section.closing.holder)

    # Values and faults

    def _value(self, element: Element, scope: Scope) -> None:
        number = index_of(element)
        tag = self._tags[number]
        if tag.kind is not Kind.VALUE:
            self._no_value(element, number)
            return
        value = lookup(tag.name, scope)
        if not isinstance(value, Unknown):
            self._anchors.field, self._anchors.group = path_of(tag.name, scope), scope[0].group
        if isinstance(value, str):
            self._placer.teks(element, value)
        elif isinstance(value, Unknown):
            self._unknown(number, scope)
            self._placer.marker(element, f"[{tag.shown} tidak dikenal]")
        elif is_absent(value):
            self._report(number, faults.empty(tag))
            self._placer.teks(element, Teks(f"[{tag.name} belum diisi]", missing=True))
        elif (paragraphs := as_paragraphs(value)) is not None:
            (self._placer.paragraphs if tag.alone else self._placer.inline)(element, paragraphs)
        elif isinstance(value, Grid) and tag.alone:
            self._placer.grid(element, value)
        elif isinstance(value, Image) and self._pictures.place(element, value):
            return
        elif isinstance(value, Chart) and tag.alone and element.getroottree().getroot().tag == _DOCUMENT:
            self._charts.place(element, value)
        else:
            why = _ALONE.get(type(value), _LIST)
            self._report(number, faults.misplaced(tag, why))
            self._placer.marker(element, f"[{tag.shown} salah tempat]")

    def _no_value(self, element: Element, number: int) -> None:
        """A comment vanishes; braces without a name stay visible."""
        tag = self._tags[number]
        if tag.kind is Kind.COMMENT:
            run = element.getparent()
            paragraph = ancestor(element, P)
            drop_tag(element)
            if run is not None and tag.alone and paragraph is not None:
                drop_paragraph(paragraph)
            return
        fault = {Kind.MALFORMED: faults.malformed, Kind.CLOSE: faults.unopened}.get(tag.kind, faults.unclosed)
        self._report(number, fault(tag))
        self._placer.marker(element, tag.shown)

    def _unpaired(self, mark: Mark) -> None:
        tag = self._tags[mark.number]
        self._report(mark.number, faults.unopened(tag) if mark.kind is Kind.CLOSE else faults.unclosed(tag))
        self._placer.marker(mark.element, tag.shown)

    def _unknown(self, number: int, scope: Scope) -> None:
        if (faults.UNKNOWN, number) not in self.findings:
            self._report(number, faults.unknown(self._tags[number], set(names(scope))))

    def _report(self, number: int, finding: Finding) -> None:
        self.findings.setdefault((finding.code, number), finding)


_ALONE: dict[type, str] = {
    Grid: "menamai tabel, jadi harus sendiri dalam paragrafnya",
    Image: "menamai gambar, tetapi gambarnya tidak dapat dibaca",
    Chart: "menamai grafik, jadi harus sendiri dalam paragraf pada isi dokumen",
}
_LIST = "menamai bagian atau daftar, jadi harus ditulis sebagai {{#…}} … {{/…}}"
_W = RUN.rpartition("}")[0] + "}"
_DOCUMENT = f"{_W}document"
_HOLDERS_OF_RUNS = frozenset(f"{_W}{name}" for name in ("hyperlink", "ins", "smartTag", "fldSimple", "customXml"))


_CONTROLS = frozenset({SDT, f"{_W}sdtContent"})


def _inside_paragraph(control: Element) -> bool:
    """Whether a content control holds runs, not blocks."""
    holder = ancestor(control, P, TC, TXBX, f"{_W}body")
    return holder is not None and holder.tag == P


def _elements(section: Section) -> list[Element]:
    """What stands between the tags of a section, inner tags as the elements that hold them."""
    return [item.holder if isinstance(item, Mark) else item for item in section.content]
