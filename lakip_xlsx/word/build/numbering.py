"""Numbered things: chapter numbers linked to headings, lists that start again at 1."""

from __future__ import annotations

from collections.abc import Iterable

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml.parser import parse_xml
from docx.parts.numbering import NumberingPart

from lakip_xlsx.word.build.styles import (
    APPENDIX_NUM,
    BULLET_BELOW_NUM,
    BULLET_NUM,
    HEADINGS_NUM,
    LETTER_NUM,
    NUMBER_BELOW_NUM,
    NUMBER_NUM,
)
from lakip_xlsx.word.xml import TWIPS_PER_CM, Element, W, el, qn, val

_NUM, _ABSTRACT = qn("w:num"), qn("w:abstractNum")


def _level(
    number: int,
    kind: str,
    pattern: str,
    *,
    style: str = "",
    suffix: str = "",
    hanging: float | None = None,
    left: float = 0,
) -> Element:
    """One level of a list; indents in centimetres."""
    items = [val("w:start", 1), val("w:numFmt", kind)]
    if style:
        items.append(val("w:pStyle", style))
    if suffix:
        items.append(val("w:suff", suffix))
    items += [val("w:lvlText", pattern), val("w:lvlJc", "left")]
    if hanging is not None:
        indent = {"w:left": str(round(left * TWIPS_PER_CM)), "w:hanging": str(round(hanging * TWIPS_PER_CM))}
        items.append(el("w:pPr", None, el("w:ind", indent)))
    return el("w:lvl", {"w:ilvl": str(number)}, *items)


def _abstract(number: int, kind: str, *levels: Element) -> Element:
    return el("w:abstractNum", {"w:abstractNumId": str(number)}, val("w:multiLevelType", kind), *levels)


def _lists() -> Iterable[tuple[int, Element]]:
    yield (
        HEADINGS_NUM,
        _abstract(
            HEADINGS_NUM,
            "multilevel",
            _level(0, "upperRoman", "BAB %1", style="Heading1", suffix="space", left=0, hanging=0),
            _level(1, "upperLetter", "%2.", style="Heading2", left=0.75, hanging=0.75),
            _level(2, "decimal", "%3.", style="Heading3", left=0.75, hanging=0.75),
            _level(3, "lowerLetter", "%4.", style="Heading4", left=0.75, hanging=0.75),
        ),
    )
    yield BULLET_NUM, _abstract(BULLET_NUM, "hybridMultilevel", _level(0, "bullet", "–", left=1.0, hanging=0.6))
    yield NUMBER_NUM, _abstract(NUMBER_NUM, "hybridMultilevel", _level(0, "decimal", "%1.", left=1.0, hanging=0.75))
    yield (
        APPENDIX_NUM,
        _abstract(
            APPENDIX_NUM,
            "singleLevel",
            _level(0, "decimal", "Lampiran %1.", style="JudulLampiran", suffix="space", left=0, hanging=0),
        ),
    )
    yield from _below()


def _below() -> Iterable[tuple[int, Element]]:
    """The lists of the second level, each of its own, so that a style finds it by its number."""
    kinds = {BULLET_BELOW_NUM: ("bullet", "•", 0.6), NUMBER_BELOW_NUM: ("decimal", "%1.", 0.75)}
    for number, (kind, pattern, hanging) in (kinds | {LETTER_NUM: ("lowerLetter", "%1.", 0.75)}).items():
        yield number, _abstract(number, "hybridMultilevel", _level(0, kind, pattern, left=1 + hanging, hanging=hanging))


def install(numbering: Element) -> None:
    """Replace all that a ``w:numbering`` element holds by our lists."""
    for child in list(numbering):
        numbering.remove(child)
    lists = list(_lists())
    numbering.extend(abstract for _, abstract in lists)
    for number, abstract in lists:
        reference = val("w:abstractNumId", str(abstract.get(qn("w:abstractNumId"))))
        numbering.append(el("w:num", {"w:numId": str(number)}, reference))


def num_id_of_style(styles: Element, style_id: str) -> str | None:
    """The numbering instance that a paragraph style (or one that it builds on) uses."""
    by_id = {str(style.get(qn("w:styleId"))): style for style in styles.iter(qn("w:style"))}
    seen: set[str] = set()
    while style_id in by_id and style_id not in seen:
        seen.add(style_id)
        found = by_id[style_id].find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if found is not None:
            return str(found.get(qn("w:val")))
        base = by_id[style_id].find(qn("w:basedOn"))
        style_id = "" if base is None else str(base.get(qn("w:val")))
    return None


def provide(document: Document, added: Iterable[Element]) -> None:
    """Give styles that were just added to a template our lists, under numbers that are free there."""
    found = (style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}") for style in added)
    wanted = [number for number in found if number is not None]
    if not wanted:
        return
    there = element_of(document)
    numbering = _new_part(document) if there is None else there
    ours, numbers = dict(_lists()), [int(str(num.get(qn("w:numId")))) for num in numbering.iter(_NUM)]
    abstracts = [int(str(item.get(qn("w:abstractNumId")))) for item in numbering.iter(_ABSTRACT)]
    given: dict[str, str] = {}
    for reference in wanted:
        old = str(reference.get(qn("w:val")))
        if old not in given:
            abstracts.append(max(abstracts, default=0) + 1)
            numbers.append(max(numbers, default=0) + 1)
            given[old] = str(numbers[-1])
            abstract = ours[int(old)]
            abstract.set(qn("w:abstractNumId"), str(abstracts[-1]))
            first = next(numbering.iter(_NUM), None)
            if first is None:
                numbering.append(abstract)
            else:
                first.addprevious(abstract)
            numbering.append(el("w:num", {"w:numId": given[old]}, val("w:abstractNumId", abstracts[-1])))
        reference.set(qn("w:val"), given[old])


def _new_part(document: Document) -> Element:
    """An empty list of numberings in a document without one."""
    root: Element = parse_xml(f'<w:numbering xmlns:w="{W}"/>')
    package = document.part.package
    part = NumberingPart(PackURI("/word/numbering.xml"), CT.WML_NUMBERING, root, package)  # type: ignore[arg-type]
    document.part.relate_to(part, RT.NUMBERING)
    return root


def element_of(document: Document) -> Element | None:
    """The ``w:numbering`` of a document."""
    for relation in document.part.rels.values():
        if relation.reltype == RT.NUMBERING and not relation.is_external:
            element: Element = relation.target_part.element
            return element
    return None


def is_numbered(document: Document, style_id: str) -> bool:
    """Whether the paragraphs of a style are items of a list."""
    number, numbering = num_id_of_style(document.styles.element, style_id), element_of(document)
    return numbering is not None and number is not None and _abstract_of(numbering, number) is not None


class Restarters:
    """Gives each list its own numbering instance, so that it starts where it should."""

    def __init__(self, numbering: Element | None) -> None:
        self.numbering = numbering
        numbers = [0] if numbering is None else [int(str(num.get(qn("w:numId")))) for num in numbering.iter(_NUM)]
        self._last = max(numbers, default=0)

    def of(self, num_id: str | None) -> Restarter:
        """What begins the lists of one style."""
        if self.numbering is None or num_id is None:
            return Restarter(self, None)
        return Restarter(self, _abstract_of(self.numbering, num_id))

    def next(self) -> int:
        """A number that no instance has."""
        self._last += 1
        return self._last


class Restarter:
    """Begins the lists of one style."""

    def __init__(self, all_lists: Restarters, abstract: str | None) -> None:
        self._all = all_lists
        self._abstract = abstract

    def new_list(self, start: int = 1) -> str | None:
        """The id of a new numbering instance; None if the template has no such list."""
        if self._all.numbering is None or self._abstract is None:
            return None
        number = self._all.next()
        override = el("w:lvlOverride", {"w:ilvl": "0"}, val("w:startOverride", start))
        num = el("w:num", {"w:numId": str(number)}, val("w:abstractNumId", self._abstract), override)
        last = self._all.numbering.findall(_NUM)[-1]
        last.addnext(num)
        return str(number)


def _abstract_of(numbering: Element, num_id: str) -> str | None:
    for num in numbering.iter(_NUM):
        if num.get(qn("w:numId")) == num_id:
            reference = num.find(qn("w:abstractNumId"))
            return None if reference is None else str(reference.get(qn("w:val")))
    return None
