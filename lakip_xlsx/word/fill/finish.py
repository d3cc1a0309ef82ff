"""After filling: caption numbers, unique identities, cells and tables that Word accepts."""

from __future__ import annotations

import re

from docx.document import Document

from lakip_xlsx.word import headings
from lakip_xlsx.word.fill import cover, references, tables
from lakip_xlsx.word.fill.anchors import Anchors
from lakip_xlsx.word.fill.compiled import stories
from lakip_xlsx.word.fill.textrows import RowStore
from lakip_xlsx.word.xml import (
    BOOKMARK_END,
    BOOKMARK_START,
    PPR,
    RUN,
    SECT_PR,
    TBL,
    TC,
    TXBX,
    Element,
    P,
    T,
    el,
    keep_lines,
    keep_with_next,
    plain_text,
    qn,
    remove,
    run,
    set_text,
    style_of,
)

_SEQ = re.compile(r'\s*SEQ\s+("[^"]+"|\S+)(.*)', re.DOTALL | re.IGNORECASE)
_RESTART = re.compile(r"\\r\s*(\d+)", re.IGNORECASE)
_HIDDEN = re.compile(r"\\[csn](?![a-z])", re.IGNORECASE)
_FIELD_CHAR, _CODE = qn("w:fldChar"), qn("w:instrText")
_SIMPLE = qn("w:fldSimple")
_SIGNED = "TempatTanggal"
_SHORT, _LONGER = 450, 900  # letters: some five lines, and ten
_LAST = 3  # paragraphs of a chapter that stay together at its end


def tidy(document: Document, store: RowStore, anchors: Anchors) -> None:
    """Put in order what copying blocks has doubled.

    Numbers come last, when nothing is added or taken away any more.
    """
    roots = list(stories(document))
    for root in roots:
        _complete_cells(root)
        _part_tables(root)
        _keep_signatures(root)
    _keep_last_lines(roots[0], headings.opening(document.styles.element))
    tables.arrange(document, roots, store)
    cover.fit(document)
    referred = references.pair(roots[0])
    number_captions(roots[0])
    _unique_bookmarks(roots)
    references.settle(referred, anchors)
    for table in roots[0].iter(TBL):
        references.describe(table)
    _unique_drawings(roots)


def _complete_cells(root: Element) -> None:
    """A cell or text box must end with a paragraph."""
    for holder in root.iter(TC, TXBX):
        if len(holder) == 0 or holder[-1].tag != P:
            holder.append(el("w:p"))


def _part_tables(root: Element) -> None:
    """Two tables that touch would become one; a thin paragraph keeps them apart."""
    for table in list(root.iter(TBL)):
        following = table.getnext()
        if following is not None and following.tag == TBL:
            thin = el("w:p", None, el("w:pPr", None, el("w:spacing", {"w:line": "120", "w:lineRule": "exact"})))
            table.addnext(thin)


def _keep_signatures(root: Element) -> None:
    """A signature does not stand alone on a page: what is above it goes with it."""
    for block in root.iter(P):
        if style_of(block) == _SIGNED:
            above = block.getprevious()
            if above is not None and above.tag == P:
                keep_with_next(above)


def _keep_last_lines(body: Element, opening: frozenset[str]) -> None:
    """The last page of a chapter holds more than a line: its last paragraphs, if they are short, go there together.

    ``opening`` are the styles that begin a page.
    """
    for block in body.iterchildren(P):
        if style_of(block) not in opening and block.find(f"{PPR}/{SECT_PR}") is None:
            continue
        at = block.getprevious()
        for number in range(_LAST):
            if (
                at is None
                or at.tag != P
                or style_of(at) in opening
                or len(plain_text(at)) > (_SHORT if number else _LONGER)
            ):
                break
            keep_lines(at)
            if number:
                keep_with_next(at)
            at = at.getprevious()


def number_captions(body: Element) -> None:
    """Give every SEQ field the number that Word would give it."""
    counters: dict[str, int] = {}
    for element in list(body.iter(_SIMPLE, _CODE)):
        code = str(element.get(qn("w:instr"), "")) if element.tag == _SIMPLE else element.text or ""
        match = _SEQ.match(code)
        if match is None:
            continue
        name, switches = match[1].strip('"'), match[2]
        if _HIDDEN.search(switches):
            continue
        restart = _RESTART.search(switches)
        counters[name] = int(restart[1]) if restart else counters.get(name, 0) + 1
        _set_result(element, str(counters[name]))


def _set_result(field: Element, result: str) -> None:
    """Replace the cached result of a field."""
    texts = list(field.iter(T)) if field.tag == _SIMPLE else _result_texts(field)
    for number, node in enumerate(texts):
        set_text(node, "" if number else result)
    if not texts and field.tag == _SIMPLE:
        field.append(run(result))


def _result_texts(code: Element) -> list[Element]:
    """The texts between "separate" and "end" of the field with this instruction."""
    parent = code.getparent()
    texts: list[Element] = []
    shown = False
    for sibling in parent.itersiblings(RUN) if parent is not None else ():
        kinds = [str(char.get(qn("w:fldCharType"))) for char in sibling.findall(_FIELD_CHAR)]
        if "end" in kinds:
            break
        if "separate" in kinds:
            shown = True
        elif shown:
            texts += sibling.findall(T)
    return texts


def _unique_bookmarks(roots: list[Element]) -> None:
    """Number all bookmarks anew; a copy of a named bookmark gets a name of its own."""
    names: set[str] = set()
    counter = 0
    for root in roots:
        current: dict[str, tuple[str, Element]] = {}
        for mark in list(root.iter(BOOKMARK_START, BOOKMARK_END)):
            identity = str(mark.get(qn("w:id")))
            if mark.tag == BOOKMARK_END:
                if identity in current:
                    mark.set(qn("w:id"), current.pop(identity)[0])
                else:
                    remove(mark)
                continue
            if identity in current:
                remove(current[identity][1])
            new = str(counter)
            counter += 1
            mark.set(qn("w:id"), new)
            mark.set(qn("w:name"), _free_name(str(mark.get(qn("w:name"))), names))
            current[identity] = (new, mark)
        for _, open_mark in current.values():
            remove(open_mark)


def _free_name(name: str, names: set[str]) -> str:
    free, number = name, 1
    while free.casefold() in names:
        number += 1
        free = f"{name[:34]}_{number}"
    names.add(free.casefold())
    return free


def _unique_drawings(roots: list[Element]) -> None:
    """Pictures and shapes have document-wide numbers."""
    number = 0
    for root in roots:
        for properties in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
            number += 1
            properties.set("id", str(number))
