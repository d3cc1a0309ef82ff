"""What follows from all the rest: the mark DRAF, numbers of captions, contents lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document

from lakip_xlsx.word.fill import draft, finish, toc
from lakip_xlsx.word.fill.compiled import stories
from lakip_xlsx.word.follow.trace import text_of
from lakip_xlsx.word.headings import style_facts
from lakip_xlsx.word.xml import Element, P, el, qn, remove

_HEADER = qn("w:hdr")
_PICTURES = (qn("w:pict"), qn("w:drawing"))
_MARK = re.compile(r"TandaDraf|DRAF")


def draft_lines(document: Document) -> list[Element]:
    """The paragraphs in headers that mark a draft."""
    headers = [root for root in stories(document) if root.tag == _HEADER]
    return [line for root in headers for line in root.iter(P) if draft.NOTICE in text_of(line)]


def follow_draft(document: Document, *, is_draft: bool) -> bool:
    """Mark the document as a draft, or take the mark away; whether anything changed."""
    lines = draft_lines(document)
    if is_draft:
        if lines:
            return False
        draft.mark(document)
        return True
    for line in lines:
        _unmark(line)
    return bool(lines)


def _unmark(line: Element) -> None:
    """Take the mark out of a line; what a person typed beside it stays."""
    header = line.getparent()
    if header is None:
        return
    if " ".join(text_of(line).split()) == draft.NOTICE:
        remove(line)
        if next(header.iterchildren(P, qn("w:tbl"), qn("w:sdt")), None) is None:
            header.append(el("w:p"))
        return
    for picture in list(line.iter(*_PICTURES)):
        if any(_MARK.search(str(value)) for node in picture.iter() for value in node.attrib.values()):
            remove(picture)
    for node in line.iter(qn("w:t")):
        node.text = (node.text or "").replace(draft.NOTICE, "")


def follow_numbers(document: Document) -> bool:
    """Give every caption its number, and every contents list the headings and captions that there are now.

    A list into which a person typed lines of their own is left alone. Whether anything changed.
    """
    before = [text_of(line) for line in _captions(document)]
    finish.number_captions(document.element.body)
    changed = before != [text_of(line) for line in _captions(document)]
    facts = style_facts(document.styles.element)
    listed = toc.listings(document, facts)
    pages = toc.present_pages(document)
    stale: set[int] = set()
    for number, (code, listing) in enumerate(zip(toc.codes(document), listed, strict=True)):
        present = toc.shown(code)
        if listing and present is not None and present != [toc.line_of(entry) for entry in listing]:
            stale.add(number)
    if stale:
        toc.set_page_numbers(document, listed, pages, only=frozenset(stale))
    return changed or bool(stale)


def _captions(document: Document) -> Iterator[Element]:
    """The paragraphs with a number that Word counts."""
    for code in document.element.body.iter(qn("w:instrText"), qn("w:fldSimple")):
        said = str(code.get(qn("w:instr"), "")) if code.tag == qn("w:fldSimple") else code.text or ""
        if said.strip().upper().startswith("SEQ"):
            line = next(code.iterancestors(P), None)
            if line is not None:
                yield line
