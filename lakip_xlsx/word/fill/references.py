"""References to tables and figures: fields of Word whose numbers are right in the file.

A caption's label and number stand in a bookmark, a REF field names it. Parts that are repeated repeat both; so a
reference belongs to the nearest caption of its name that follows it, else to the last one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lakip_xlsx.report.content import Teks
from lakip_xlsx.word.fill.anchors import Anchors, Noted
from lakip_xlsx.word.xml import (
    BOOKMARK_END,
    BOOKMARK_START,
    RUN,
    Element,
    P,
    T,
    ancestor,
    el,
    plain_text,
    qn,
    remove,
    set_text,
    style_of,
    text,
)

_CODE, _CHAR, _KIND = qn("w:instrText"), qn("w:fldChar"), qn("w:fldCharType")
_REF = re.compile(r"\s*REF\s+(\S+)(.*)", re.IGNORECASE | re.DOTALL)
_NAME = qn("w:name")
_TITLES = frozenset({"JudulLampiran", "JudulFormulir", "JudulFormulirBaru", "JudulDepan", "JudulTemuan"})
_CAPTION = "Caption"
_NEAR = 6  # paragraphs between a form's title and its table


@dataclass(frozen=True, slots=True)
class Reference:
    """A REF field by its instruction, and the start of the bookmark that it names; None where there is none."""

    code: Element
    mark: Element | None


def pair(body: Element) -> list[Reference]:
    """The references of a document with what they name; before bookmarks get other names."""
    marks: dict[str, list[tuple[int, Element]]] = {}
    codes: list[tuple[int, str, Element]] = []
    for at, element in enumerate(body.iter(BOOKMARK_START, _CODE)):
        if element.tag == BOOKMARK_START:
            marks.setdefault(str(element.get(_NAME)), []).append((at, element))
        elif found := _REF.match(element.text or ""):
            codes.append((at, found[1], element))
    return [Reference(code, _nearest(marks.get(name, []), at)) for at, name, code in codes]


def _nearest(marks: Sequence[tuple[int, Element]], at: int) -> Element | None:
    following = next((mark for place, mark in marks if place > at), None)
    return following if following is not None or not marks else marks[-1][1]


def settle(references: Sequence[Reference], anchors: Anchors) -> None:
    """Write the final names and numbers; a reference to nothing becomes plain words."""
    for reference in references:
        found = _REF.match(reference.code.text or "")
        if reference.mark is None or found is None:
            _spell_out(reference.code)
            continue
        reference.code.text = f" REF {reference.mark.get(_NAME)}{found[2].rstrip()} "
        texts = [node for node in _field(reference.code) if node.tag == T]
        for number, node in enumerate(texts):
            set_text(node, "" if number else _between(reference.mark))
    _note_anew({ancestor(reference.code, RUN) for reference in references}, anchors)


def _note_anew(runs: set[Element | None], anchors: Anchors) -> None:
    """A text with a reference in it is noted as it now reads."""
    for at, noted in enumerate(anchors.noted):
        if isinstance(noted, Noted) and noted.run in runs:
            old = noted.text
            now = Teks(plain_text(noted.run), old.sources, missing=old.missing, how=old.how)
            anchors.noted[at] = Noted(noted.run, now, noted.kind, noted.field, noted.group)


def _field(code: Element) -> Iterator[Element]:
    """The elements of a field from its instruction to its end, in its paragraph."""
    paragraph = ancestor(code, P)
    begun = False
    for node in paragraph.iter(_CODE, _CHAR, T) if paragraph is not None else ():
        begun = begun or node is code
        if begun:
            yield node
            if node.tag == _CHAR and node.get(_KIND) == "end":
                return


def _spell_out(code: Element) -> None:
    """Put the words in place of a field that names nothing: "Tabel 1" becomes "tabel berikut"."""
    before = code.getprevious()
    if before is None:
        holder = ancestor(code, RUN)
        previous = None if holder is None else holder.getprevious()
        before = None if previous is None else previous.find(_CHAR)
    nodes = list(_field(code))
    shown = [node for node in nodes if node.tag == T]
    label = (shown[0].text or "").split(" ")[0].lower() if shown else "tabel"
    for number, node in enumerate(shown):
        set_text(node, "" if number else f"{label} berikut")
    for node in (*([before] if before is not None else []), *nodes):
        if node.tag != T:
            remove(node)


def _between(mark: Element) -> str:
    """The text from the start of a bookmark to its end, in the same paragraph."""
    pieces: list[str] = []
    for item in mark.itersiblings():
        if item.tag == BOOKMARK_END and item.get(qn("w:id")) == mark.get(qn("w:id")):
            break
        pieces += [node.text or "" for node in item.iter(T)]
    return "".join(pieces)


def field_in(run_tag: Element, name: str, label: str) -> None:
    """Put a reference in front of an element of a run, within the run."""
    code = el("w:instrText", {"xml:space": "preserve"})
    code.text = f" REF {name} \\h "
    for item in (el("w:fldChar", {"w:fldCharType": "begin"}), code, el("w:fldChar", {"w:fldCharType": "separate"})):
        run_tag.addprevious(item)
    run_tag.addprevious(text(f"{label} 1"))
    run_tag.addprevious(el("w:fldChar", {"w:fldCharType": "end"}))


def describe(table: Element) -> None:
    """Give a table its caption, or the title of its form, as alternative text; one that it has stays."""
    properties = table.find(qn("w:tblPr"))
    if properties is None or properties.find(qn("w:tblCaption")) is not None:
        return
    said = ""
    for at, block in enumerate(table.itersiblings(preceding=True)):
        if at >= _NEAR or block.tag != P or said:
            break
        if style_of(block) == _CAPTION or style_of(block) in _TITLES:
            said = " ".join(plain_text(block).split())
    if said:
        properties.append(el("w:tblCaption", {"w:val": said}))
