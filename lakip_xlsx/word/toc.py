"""The table of contents: a native Word field whose entries are already in the file.

Word shows a field's stored result when it opens a file, so the entries are written here, with their
numbers, as links to the headings. No ``w:updateFields``: it makes Word ask a question at opening.
Page numbers are only written when they are known (see :mod:`lakip_xlsx.word.pages`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document

from lakip_xlsx import bahasa
from lakip_xlsx.word.xml import (
    BOOKMARK_START,
    PPR,
    VAL,
    Element,
    P,
    ancestor,
    el,
    field,
    paragraph,
    plain_text,
    properties_of,
    qn,
    remove,
    run,
    style_of,
)

_TOC = re.compile(r"\s*TOC\s", re.IGNORECASE)
_LEVELS = re.compile(r'\\o\s*"1-([1-9])"', re.IGNORECASE)
_FIELD_CHAR, _CODE = qn("w:fldChar"), qn("w:instrText")
_PREFIX = "_Toc"
_FIRST = 100_000_000


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the document: level from 1, its number as Word shows it, its text, its bookmark."""

    level: int
    number: str
    text: str
    bookmark: str


def build(document: Document) -> None:
    """Write the entries of the table of contents, without page numbers."""
    set_page_numbers(document, headings(document), {})


def headings(document: Document) -> tuple[Heading, ...]:
    """The headings that the table of contents lists, each with a bookmark; none without such a table."""
    code = _field_code(document)
    if code is None:
        return ()
    found = _LEVELS.search(code.text or "")
    return tuple(_headings(document, int(found[1]) if found else 3))


def set_page_numbers(document: Document, listed: tuple[Heading, ...], pages: Mapping[str, str]) -> None:
    """Write the entries anew, with the page (as printed: "iv", "12") of those bookmarks that have one."""
    code = _field_code(document)
    if code is not None:
        _write(document, code, listed, pages)


def _field_code(document: Document) -> Element | None:
    return next((code for code in document.element.body.iter(_CODE) if _TOC.match(code.text or "")), None)


def _write(document: Document, code: Element, listed: tuple[Heading, ...], pages: Mapping[str, str]) -> None:
    first = ancestor(code, P)
    if first is None or not listed:
        return
    last = _end_paragraph(first)
    if last is None:
        return
    instruction = " ".join((code.text or "").split())
    looks = {level: _toc_style(document, level) for level in {heading.level for heading in listed}}
    entries = [_entry(heading, looks[heading.level], pages.get(heading.bookmark, "")) for heading in listed]
    opening = field(instruction, "")[:3]
    ending = el("w:r", None, el("w:fldChar", {"w:fldCharType": "end"}))
    for number, item in enumerate(opening):
        entries[0].insert(1 + number, item)
    entries[-1].append(ending)
    section = properties_of(last).find(qn("w:sectPr"))
    if section is not None:
        properties_of(entries[-1]).append(section)
    for entry in entries:
        first.addprevious(entry)
    for old in _from_to(first, last):
        remove(old)


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


def _entry(heading: Heading, style: str, page: str) -> Element:
    """One line: number and text, and the page when it is known, as a link to the heading."""
    link = el("w:hyperlink", {"w:anchor": heading.bookmark, "w:history": "1"})
    if heading.number:
        between = " " if heading.level == 1 else "\t"
        link.append(run(f"{heading.number}{between}{heading.text}"))
    else:
        link.append(run(heading.text))
    if page:
        link.append(run("\t"))
        link.extend(field(f"PAGEREF {heading.bookmark} \\h", page))
    return paragraph(style, link)


def _toc_style(document: Document, level: int) -> str:
    for style in document.styles.element.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None and str(name.get(VAL)).casefold() == f"toc {level}":
            return str(style.get(qn("w:styleId")))
    return f"TOC{level}"


# Headings and their numbers


@dataclass(frozen=True, slots=True)
class _StyleFacts:
    outline: int | None
    num: tuple[str, int] | None


def _headings(document: Document, deepest: int) -> list[Heading]:
    facts = _style_facts(document.styles.element)
    counter = _Counter(document)
    found: list[Heading] = []
    for block in document.element.body.iter(P):
        fact = facts.get(style_of(block))
        number = counter.next(fact.num) if fact is not None and fact.num is not None else ""
        level = _own_outline(block)
        if level is None and fact is not None:
            level = fact.outline
        if level is None or level >= deepest or _in_contents(block):
            continue
        shown = " ".join(plain_text(block).split())
        if shown:
            bookmark = _bookmark(block, _FIRST + len(found))
            found.append(Heading(level + 1, number, shown, bookmark))
    return found


def _in_contents(block: Element) -> bool:
    return style_of(block).upper().startswith("TOC")


def _own_outline(block: Element) -> int | None:
    outline = block.find(f"{PPR}/{qn('w:outlineLvl')}")
    return None if outline is None else int(str(outline.get(VAL)))


def _style_facts(sheet: Element) -> dict[str, _StyleFacts]:
    """Outline level and numbering of every paragraph style, with what it inherits."""
    by_id = {str(style.get(qn("w:styleId"))): style for style in sheet.iter(qn("w:style"))}
    return {key: _StyleFacts(*_inherited(key, by_id)) for key in by_id}


def _inherited(key: str, by_id: Mapping[str, Element]) -> tuple[int | None, tuple[str, int] | None]:
    outline: int | None = None
    num: tuple[str, int] | None = None
    seen: set[str] = set()
    while key in by_id and key not in seen:
        seen.add(key)
        properties = by_id[key].find(PPR)
        if properties is not None:
            level, number = properties.find(qn("w:outlineLvl")), properties.find(qn("w:numPr"))
            if outline is None and level is not None:
                outline = int(str(level.get(VAL)))
            if num is None and number is not None:
                num = _num_of(number)
        base = by_id[key].find(qn("w:basedOn"))
        key = "" if base is None else str(base.get(VAL))
    return (None if outline is not None and outline > 8 else outline), num


def _num_of(properties: Element) -> tuple[str, int] | None:
    identity, level = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
    if identity is None:
        return None
    return str(identity.get(VAL)), 0 if level is None else int(str(level.get(VAL)))


class _Counter:
    """Counts numbered headings as Word does: a level restarts after a higher one."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, list[tuple[str, str]]] = {}
        self._counts: dict[str, list[int]] = {}
        self._abstract: dict[str, str] = {}
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering"):
                self._read(relation.target_part.element)

    def _read(self, numbering: Element) -> None:
        for num in numbering.iter(qn("w:num")):
            reference = num.find(qn("w:abstractNumId"))
            if reference is not None:
                self._abstract[str(num.get(qn("w:numId")))] = str(reference.get(VAL))
        for abstract in numbering.iter(qn("w:abstractNum")):
            levels = []
            for level in abstract.findall(qn("w:lvl")):
                kind, pattern = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
                levels.append(
                    (
                        "decimal" if kind is None else str(kind.get(VAL)),
                        "" if pattern is None else str(pattern.get(VAL)),
                    )
                )
            self._levels[str(abstract.get(qn("w:abstractNumId")))] = levels

    def next(self, num: tuple[str, int]) -> str:
        """The number of the next paragraph at this level."""
        abstract, level = self._abstract.get(num[0], ""), num[1]
        levels = self._levels.get(abstract, [])
        if level >= len(levels):
            return ""
        counts = self._counts.setdefault(abstract, [0] * len(levels))
        counts[level] += 1
        counts[level + 1 :] = [0] * (len(levels) - level - 1)
        kind, pattern = levels[level]
        if kind in {"bullet", "none"}:
            return ""
        for number, (form, _) in enumerate(levels):
            pattern = pattern.replace(f"%{number + 1}", in_format(max(counts[number], 1), form))
        return pattern


def in_format(number: int, form: str) -> str:
    """A number in one of Word's formats; decimal for those not used in reports."""
    if form == "upperRoman":
        return bahasa.roman(number)
    if form == "lowerRoman":
        return bahasa.roman(number).lower()
    if form in {"upperLetter", "lowerLetter"}:
        letter = chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    return str(number)


def _bookmark(block: Element, number: int) -> str:
    """The bookmark of a heading, made around its content when it has none."""
    for mark in block.iter(BOOKMARK_START):
        name = str(mark.get(qn("w:name")))
        if name.startswith(_PREFIX):
            return name
    name = f"{_PREFIX}{number}"
    start = el("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    block.insert(1 if block.find(PPR) is not None else 0, start)
    block.append(el("w:bookmarkEnd", {"w:id": str(number)}))
    return name
