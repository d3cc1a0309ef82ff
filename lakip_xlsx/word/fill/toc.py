"""The table of contents and the lists of tables and figures: native Word fields with their entries in the file.

Word shows a field's stored result when it opens a file, so the entries are written here, with their
numbers, as links to the headings and captions. No ``w:updateFields``: it makes Word ask a question at
opening. Page numbers are only written when they are known (see :mod:`lakip_xlsx.word.office.pages`). A list
without any caption vanishes, together with a heading that stands over nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.parser import parse_xml

from lakip_xlsx.word.headings import Counter, StyleFacts
from lakip_xlsx.word.xml import (
    BOOKMARK_START,
    FIELD_END,
    PPR,
    SECT_PR,
    TAB,
    VAL,
    Element,
    P,
    T,
    W,
    ancestor,
    el,
    field_xml,
    inside,
    plain_text,
    properties_of,
    qn,
    quoteattr,
    remove,
    style_of,
)

_TOC = re.compile(r"\s*TOC\s", re.IGNORECASE)
_LEVELS = re.compile(r'\\o\s*"1-([1-9])"', re.IGNORECASE)
_CAPTIONS = re.compile(r'\\c\s*"?([^"\s]+)"?', re.IGNORECASE)
_SEQ = re.compile(r'\s*SEQ\s+"?([^"\s]+)"?', re.IGNORECASE)
_FIELD_CHAR, _CODE, _SIMPLE = qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple")
_STYLE, _OUTLINE = qn("w:pStyle"), qn("w:outlineLvl")
_LINK = qn("w:hyperlink")
_TYPED = tuple(qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo", "commentReference"))
_PREFIX = "_Toc"
_FIRST = 100_000_000
_LAST = 4  # lines of a list that stay together at its end


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: level from 1 (0 for a caption), its number as Word shows it, its text, its bookmark."""

    level: int
    number: str
    text: str
    bookmark: str


Listing = tuple[Entry, ...]
"""The entries of one list; the lists of a document keep the order of their fields."""


Facts = Mapping[str, StyleFacts]


def build(document: Document, facts: Facts) -> None:
    """Write the entries of all lists, without page numbers; take away the lists that have none.

    ``facts`` are what the document's paragraph styles say of headings.
    """
    listed = listings(document, facts)
    pairs = zip(codes(document), listed, strict=True)
    empty = [code for code, listing in pairs if not listing and _CAPTIONS.search(code.text or "")]
    for code in empty:
        _drop_list(code, facts)
    set_page_numbers(document, listings(document, facts) if empty else listed, {})


def listings(document: Document, facts: Facts) -> tuple[Listing, ...]:
    """What each list of the document holds, every line with a bookmark; none without such a list."""
    found: list[Listing] = []
    bookmarks = _Bookmarks(document.element.body)
    for code in codes(document):
        instruction = code.text or ""
        captions, levels = _CAPTIONS.search(instruction), _LEVELS.search(instruction)
        if captions is not None:
            found.append(tuple(_captions(document, captions[1], bookmarks)))
        else:
            found.append(tuple(_headings(document, facts, int(levels[1]) if levels else 3, bookmarks)))
    return tuple(found)


def set_page_numbers(
    document: Document, listed: Sequence[Listing], pages: Mapping[str, str], *, only: frozenset[int] | None = None
) -> None:
    """Write the entries anew, with the page (as printed: "iv", "12") of those bookmarks that have one.

    ``only`` names the lists that are written, by their order; by default all.
    """
    for number, (code, listing) in enumerate(zip(codes(document), listed, strict=True)):
        if only is None or number in only:
            _write(document, code, listing, pages)


def line_of(entry: Entry) -> str:
    """An entry as its line shows it, without the page."""
    return " ".join(f"{entry.number} {entry.text}".split())


def shown(code: Element) -> list[str] | None:
    """The lines of a list as they stand, without pages; None where a person typed lines of their own into it."""
    lines: list[str] = []
    for line in _lines(code):
        said = _without_page(line)
        if next(line.iter(*_TYPED), None) is not None or (said and next(line.iter(_LINK), None) is None):
            return None
        if said:
            lines.append(said)
    return lines


def present_pages(document: Document) -> dict[str, str]:
    """The pages that the lists name now, by bookmark."""
    found: dict[str, str] = {}
    for line in (line for code in codes(document) for line in _lines(code)):
        link = next(line.iter(_LINK), None)
        page = _page(line)
        if link is not None and page:
            found[str(link.get(qn("w:anchor")))] = page
    return found


def _lines(code: Element) -> list[Element]:
    """The paragraphs of a list."""
    first = ancestor(code, P)
    last = None if first is None else _end_paragraph(first)
    if first is None or last is None:
        return []
    return [block for block in _from_to(first, last) if block.tag == P]


def _without_page(line: Element) -> str:
    said = " ".join(plain_text(line).split())
    page = _page(line)
    return said.removesuffix(page).rstrip() if page else said


def _page(line: Element) -> str:
    """The page that a line names: what stands behind its last tabulator, where it refers to a page at all."""
    if not any("PAGEREF" in (code.text or "") for code in line.iter(_CODE)):
        return ""
    pieces: list[str] = []
    for node in line.iter(T, TAB):
        if node.tag == TAB and ancestor(node, PPR) is None:
            pieces = []
        elif node.tag == T:
            pieces.append(node.text or "")
    return "".join(pieces).strip()


def codes(document: Document) -> list[Element]:
    """The instructions of all lists, in the order of the document."""
    return [code for code in document.element.body.iter(_CODE) if _TOC.match(code.text or "")]


def _write(document: Document, code: Element, listed: Listing, pages: Mapping[str, str]) -> None:
    first = ancestor(code, P)
    if first is None or not listed:
        return
    last = _end_paragraph(first)
    if last is None:
        return
    looks = {level: _entry_style(document, level) for level in {entry.level for entry in listed}}
    lines = [_line(entry, looks[entry.level], pages.get(entry.bookmark, "")) for entry in listed]
    for at in range(len(lines) - _LAST, len(lines) - 1):
        if at > 0:  # no line of the list stands alone on a page
            lines[at] = lines[at].replace("</w:pPr>", "<w:keepNext/></w:pPr>", 1)
    opening = field_xml(" ".join((code.text or "").split()), "")[: -len(FIELD_END)]
    lines[0] = lines[0].replace("</w:pPr>", f"</w:pPr>{opening}", 1)
    lines[-1] = f"{lines[-1].removesuffix('</w:p>')}{FIELD_END}</w:p>"
    entries = list(parse_xml(f'<w:body xmlns:w="{W}">{"".join(lines)}</w:body>'))
    section = properties_of(last).find(SECT_PR)
    if section is not None:
        properties_of(entries[-1]).append(section)
    for entry in entries:
        first.addprevious(entry)
    for old in _from_to(first, last):
        remove(old)


def _drop_list(code: Element, facts: Facts) -> None:
    """Take a list away, and its heading where nothing else stands under it."""
    first = ancestor(code, P)
    last = None if first is None else _end_paragraph(first)
    if first is None or last is None:
        return
    heading, following = first.getprevious(), last.getnext()
    section = properties_of(last).find(SECT_PR)
    ends = section is not None or following is None or _level(following, facts) is not None
    blocks = _from_to(first, last)
    if heading is not None and ends and _level(heading, facts) is not None:
        blocks.insert(0, heading)
    before = blocks[0].getprevious()
    if section is not None:
        if before is None or before.tag != P or before.find(f"{PPR}/{SECT_PR}") is not None:
            before = el("w:p")
            blocks[0].addprevious(before)
        properties_of(before).append(section)
    for block in blocks:
        remove(block)


def _from_to(first: Element, last: Element) -> list[Element]:
    blocks = [first]
    while blocks[-1] is not last:
        following = blocks[-1].getnext()
        if following is None:
            break
        blocks.append(following)
    return blocks


def _end_paragraph(first: Element) -> Element | None:
    """The paragraph, at the same level, in which the field that starts in ``first`` ends."""
    depth = 0
    for block in [first, *first.itersiblings()]:
        for char in block.iter(_FIELD_CHAR):
            kind = char.get(qn("w:fldCharType"))
            depth += {"begin": 1, "end": -1}.get(str(kind), 0)
            if depth == 0 and kind == "end":
                return block if block.tag == P else None
    return None


def _line(entry: Entry, style: str, page: str) -> str:
    """One line: number and text, and the page when it is known, as a link to its place."""
    between = " " if entry.level == 1 else "\t"
    shown = f"{entry.number}{between}{entry.text}" if entry.number else entry.text
    link = f"<w:r>{inside(shown)}</w:r>"
    if page:
        target = f"PAGEREF {entry.bookmark} \\h"
        link += f"<w:r><w:tab/></w:r>{field_xml(target, page)}"
    return (
        f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/></w:pPr>"
        f'<w:hyperlink w:anchor={quoteattr(entry.bookmark)} w:history="1">{link}</w:hyperlink></w:p>'
    )


def _entry_style(document: Document, level: int) -> str:
    wanted = f"toc {level}" if level else "table of figures"
    for style in document.styles.element.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None and str(name.get(VAL)).casefold() == wanted:
            return str(style.get(qn("w:styleId")))
    return f"TOC{level}" if level else "TableofFigures"


# What the lists hold


def _headings(document: Document, facts: Facts, deepest: int, bookmarks: _Bookmarks) -> Iterator[Entry]:
    counter = Counter(document)
    for block in _outlined(document.element.body, facts):
        style = style_of(block)
        fact = facts.get(style)
        number = counter.next(fact.num) if fact is not None and fact.num is not None else ""
        level = _level(block, facts)
        if level is None or level >= deepest or style.upper().startswith("TOC"):
            continue
        shown = " ".join(plain_text(block).split())
        if shown:
            yield Entry(level + 1, number, shown, bookmarks.of(block))


def _outlined(body: Element, facts: Facts) -> Iterator[Element]:
    """The paragraphs with an outline level or a number, by style or of their own.

    They are found from their styles: a long report has a hundred times more cells than headings.
    """
    styles = {key for key, fact in facts.items() if fact.outline is not None or fact.num is not None}
    last: Element | None = None
    for mark in body.iter(_STYLE, _OUTLINE):
        if mark.tag == _OUTLINE or mark.get(VAL) in styles:
            properties = mark.getparent()
            block = None if properties is None else properties.getparent()
            if block is not None and block.tag == P and block is not last:
                last = block
                yield block


def _captions(document: Document, name: str, bookmarks: _Bookmarks) -> Iterator[Entry]:
    """The paragraphs with a number of this name: "Tabel 3. …"."""
    for element in document.element.body.iter(_CODE, _SIMPLE):
        code = str(element.get(qn("w:instr"), "")) if element.tag == _SIMPLE else element.text or ""
        found = _SEQ.match(code)
        block = ancestor(element, P)
        if found is not None and found[1].casefold() == name.casefold() and block is not None:
            yield Entry(0, "", " ".join(plain_text(block).split()), bookmarks.of(block))


def _level(block: Element, facts: Facts) -> int | None:
    """Outline level of a paragraph from 0, its own or its style's."""
    if block.tag != P:
        return None
    own = block.find(f"{PPR}/{_OUTLINE}")
    if own is not None:
        return int(str(own.get(VAL)))
    fact = facts.get(style_of(block))
    return None if fact is None else fact.outline


class _Bookmarks:
    """Bookmarks around headings and captions; each new one gets the next number."""

    def __init__(self, body: Element) -> None:
        self._next = _FIRST
        marks = [(str(mark.get(qn("w:name"))), str(mark.get(qn("w:id")))) for mark in body.iter(BOOKMARK_START)]
        self._taken = {name for name, _ in marks}
        self._ids = {identity for _, identity in marks}

    def of(self, block: Element) -> str:
        """The bookmark of a paragraph, made around its content when it has none."""
        number = self._next
        self._next += 1
        for mark in block.iter(BOOKMARK_START):
            name = str(mark.get(qn("w:name")))
            if name.startswith(_PREFIX):
                return name
        while (name := f"{_PREFIX}{number}") in self._taken:
            number += 1
        self._taken.add(name)
        while str(number) in self._ids:
            number += 1
        self._ids.add(str(number))
        start = el("w:bookmarkStart", {"w:id": str(number), "w:name": name})
        block.insert(1 if block.find(PPR) is not None else 0, start)
        block.append(el("w:bookmarkEnd", {"w:id": str(number)}))
        return name
