"""Puts finished values where their tags stand: texts, paragraphs and lists, tables."""

from __future__ import annotations

import copy

from docx.document import Document
from lxml import etree

from lakip_xlsx.report.content import REFERENCE, Grid, Paragraph, Paragraphs, Style, Teks
from lakip_xlsx.word.build import numbering, styles, table
from lakip_xlsx.word.build.blocks import body
from lakip_xlsx.word.fill import references
from lakip_xlsx.word.fill.anchors import Anchors
from lakip_xlsx.word.fill.marker import mark
from lakip_xlsx.word.xml import (
    BREAKS,
    RPR,
    RUN,
    SECT_PR,
    TC,
    VAL,
    Element,
    P,
    W,
    ancestor,
    become_text,
    el,
    keep_with_next,
    printable,
    properties_of,
    qn,
    remove,
    set_style,
    style_of,
    text,
    twips,
    val,
)

_BELOW = frozenset({Style.BULLET_BELOW, Style.NUMBER_BELOW, Style.LETTER})
LISTS = (Style.BULLET, Style.NUMBER, Style.BULLET_BELOW, Style.NUMBER_BELOW, Style.LETTER)
_NUMBERED = (Style.NUMBER, Style.NUMBER_BELOW, Style.LETTER)


class Placer:
    """Places values into one document."""

    def __init__(self, document: Document, anchors: Anchors) -> None:
        sheet = document.styles.element
        self._anchors = anchors
        self._ids = {
            str(name.get(VAL)).casefold(): str(style.get(qn("w:styleId")))
            for style in sheet.iter(qn("w:style"))
            if (name := style.find(qn("w:name"))) is not None
        }
        restarter = numbering.Restarters(numbering.element_of(document))
        self._lists = {
            style: restarter.of(numbering.num_id_of_style(sheet, self._style_id(style))) for style in _NUMBERED
        }
        self._default = {str(s.get(qn("w:styleId"))) for s in sheet.iter(qn("w:style")) if s.get(qn("w:default"))}
        self._width = _text_width(document)

    def _style_id(self, style: Style) -> str:
        return self._ids.get(style.value.casefold(), style.value)

    def teks(self, tag: Element, value: str, *, column: str = "") -> None:
        """Replace a tag element, inside its run, by a text; ``column`` is the heading above it in a grid."""
        run = tag.getparent()
        if run is None:
            return
        self._write(tag, value)
        if isinstance(value, Teks):
            if value.missing:
                mark(run)
            elif value.look:
                mark(run, value.look.replace(" ", ""))
            self._anchors.around(run, value, column=column)

    @staticmethod
    def _write(tag: Element, value: str) -> None:
        value = printable(value)
        if (cut := REFERENCE.search(value)) is not None:
            Placer._pieces(tag, value[: cut.start()])
            references.field_in(tag, body.reference(cut[1]), "Tabel")
            Placer._write(tag, value[cut.end() :])
            return
        if "\n" not in value and "\t" not in value and "\r" not in value:
            become_text(tag, value)
            return
        Placer._pieces(tag, value)
        remove(tag)

    @staticmethod
    def _pieces(tag: Element, value: str) -> None:
        """Put a text, with its line breaks and tabulators, in front of a tag element."""
        for piece in BREAKS.split(value):
            if piece == "\t":
                tag.addprevious(el("w:tab"))
            elif piece and piece in "\r\n":
                tag.addprevious(el("w:br"))
            elif piece:
                tag.addprevious(text(piece))

    def marker(self, tag: Element, shown: str) -> None:
        """Replace a tag element by a visible marker."""
        run = tag.getparent()
        if run is not None:
            self._write(tag, shown)
            mark(run)

    def inline(self, tag: Element, value: Paragraphs) -> None:
        """Paragraphs where other text stands beside the tag: one after the other, with line breaks."""
        self.teks(tag, in_line(value))

    def is_line(self, value: Paragraphs, style: str) -> bool:
        """Whether paragraphs are one plain text that a paragraph of this style (by id) takes as it is."""
        return len(value) == 1 and value[0].style is Style.BODY and style not in {"", *self._default}

    def paragraphs(self, tag: Element, value: Paragraphs) -> None:
        """Replace the paragraph of a tag by paragraphs; what else it held stays with the first."""
        first = ancestor(tag, P)
        run = tag.getparent()
        if first is None or run is None:
            return
        run_format = copy.deepcopy(run.find(RPR))
        body = self._body_properties(first)
        list_ids = self._list_ids(value)
        self._dress(first, value[0], list_ids[0])
        self.teks(tag, value[0].text)
        if _opens_list(value, 0):
            keep_with_next(first)
        last = first
        for number, item in enumerate(value[1:], 1):
            new = el("w:p")
            if item.style is Style.BODY:
                new.append(copy.deepcopy(body))
            new_run = el("w:r")
            if run_format is not None:
                new_run.append(copy.deepcopy(run_format))
            new_tag = el("w:t")
            new_run.append(new_tag)
            new.append(new_run)
            last.addnext(new)
            self._dress(new, item, list_ids[number])
            self.teks(new_tag, item.text)
            if _opens_list(value, number):
                keep_with_next(new)
            last = new
        _move_section_break(first, last)

    def _list_ids(self, value: Paragraphs) -> list[str | None]:
        """For each paragraph the numbering it belongs to: the list goes on as long as the numbers follow."""
        going: dict[Style, tuple[str | None, int]] = {}  # the list, and the number that it expects
        found: list[str | None] = []
        for item in value:
            if item.style in {Style.NUMBER, Style.BULLET}:
                going = {style: held for style, held in going.items() if style not in _BELOW}
            current: str | None = None
            if item.style in _NUMBERED:
                current, expected = going.get(item.style, (None, 1))
                number = expected if item.number is None else item.number
                if current is None or number != expected:
                    current = self._lists[item.style].new_list(number)
                going[item.style] = (current, number + 1)
            found.append(current)
        return found

    def _body_properties(self, paragraph: Element) -> Element:
        """The properties that plain paragraphs take over: the template's own, with a real style."""
        if style_of(paragraph) in {"", *self._default}:
            set_style(paragraph, self._style_id(Style.BODY))
        properties = copy.deepcopy(properties_of(paragraph))
        for section in properties.findall(SECT_PR):
            properties.remove(section)
        return properties

    def _dress(self, paragraph: Element, item: Paragraph, list_id: str | None) -> None:
        """Give a list paragraph or a marker its style."""
        if item.style is Style.BODY:
            return
        old = properties_of(paragraph)
        section = old.find(SECT_PR)
        new = el("w:pPr", None, val("w:pStyle", self._style_id(item.style)))
        if list_id is not None:
            new.append(el("w:numPr", None, val("w:ilvl", 0), val("w:numId", list_id)))
        if section is not None:
            new.append(section)
        paragraph.replace(old, new)

    def grid(self, tag: Element, value: Grid) -> None:
        """Replace the paragraph of a tag by a table in the look of the report."""
        paragraph = ancestor(tag, P)
        if paragraph is None:
            return
        words = [max(map(len, heading.split()), default=0) for heading in value.headings]
        widths = table.share(value.widths, width_at(paragraph, self._width), [table.room(word) for word in words])
        built = table.grid([printable(heading) for heading in value.headings], widths)
        prototype = table.row(*(table.body_cell(w, "", a) for w, a in zip(widths, value.aligns, strict=True)))
        for cells in value.rows:
            row = copy.deepcopy(prototype)
            built.append(row)
            for cell, content, heading in zip(row.iter(TC), cells, value.headings, strict=True):
                slot = el("w:t")
                next(cell.iter(RUN)).append(slot)
                self.teks(slot, content, column=heading)
        paragraph.addprevious(built)
        run = tag.getparent()
        if run is not None:
            remove(run)
        if properties_of(paragraph).find(SECT_PR) is None:
            remove(paragraph)


def in_line(value: Paragraphs) -> Teks:
    """Paragraphs as one text with line breaks."""
    sources = tuple(dict.fromkeys(source for item in value for source in item.text.sources))
    missing = any(item.text.missing for item in value)
    how = "; ".join(dict.fromkeys(item.text.how for item in value if item.text.how))
    return Teks("\n".join(item.text for item in value), sources, missing=missing, how=how)


def _opens_list(value: Paragraphs, at: int) -> bool:
    """Whether a paragraph belongs on the page of the next: it leads into a list, or is its first of several."""
    if at + 1 >= len(value) or value[at + 1].style not in LISTS:
        return False
    return at == 0 or value[at].style is Style.BODY or value[at - 1].style not in LISTS


def _move_section_break(source: Element, target: Element) -> None:
    """A page section that ended with the first paragraph ends with the last."""
    section = properties_of(source).find(SECT_PR)
    if section is not None and source is not target:
        properties_of(target).append(section)


def _text_width(document: Document) -> int:
    section = document.element.body.find(f".//{SECT_PR}")
    return styles.TEXT_WIDTH if section is None else section_width(section)


def section_width(section: Element) -> int:
    """The width of the text in a page section, in twips."""
    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if page is None or margins is None:
        return styles.TEXT_WIDTH
    edges = (twips(margins.get(qn(f"w:{side}")), 0) for side in ("left", "right", "gutter"))
    return max(1000, twips(page.get(qn("w:w")), 11906) - sum(edges))


def width_at(paragraph: Element, fallback: int) -> int:
    """The width that a table may take where a paragraph stands: its cell, or its page section."""
    cell = ancestor(paragraph, TC)
    if cell is not None:
        width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
        number = "" if width is None else str(width.get(qn("w:w"), ""))
        return max(1000, int(number) - 230) if number.isdecimal() else fallback
    section = _section_at(paragraph)
    return fallback if section is None else section_width(section)


def height_at(paragraph: Element) -> int:
    """The height of the text in the page section where a paragraph stands, in twips."""
    section = _section_at(paragraph)
    page, margins = (None if section is None else section.find(qn(f"w:{name}")) for name in ("pgSz", "pgMar"))
    if page is None or margins is None:
        return styles.TEXT_HEIGHT
    edges = (abs(twips(margins.get(qn(f"w:{side}")), 0)) for side in ("top", "bottom"))
    return max(3000, twips(page.get(qn("w:h")), 16838) - sum(edges))


def _section_at(paragraph: Element) -> Element | None:
    block = paragraph
    parent = block.getparent()
    while parent is not None and parent.tag != qn("w:body"):
        block, parent = parent, parent.getparent()
    found = _NEXT_SECTION(block)
    return found[0] if isinstance(found, list) and found else None


_NEXT_SECTION = etree.XPath(
    "(self::w:sectPr | w:pPr/w:sectPr | following-sibling::w:sectPr | following-sibling::w:p/w:pPr/w:sectPr)[1]",
    namespaces={"w": W},
)
