"""Numbers of headings as Word counts them, and what paragraph styles say about outline and numbering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document

from lakip_xlsx import bahasa
from lakip_xlsx.word.xml import PPR, VAL, Element, qn


@dataclass(frozen=True, slots=True)
class StyleFacts:
    """Outline level from 0 and numbering (instance, level) of a paragraph style."""

    outline: int | None
    num: tuple[str, int] | None


def style_facts(sheet: Element) -> dict[str, StyleFacts]:
    """Outline level and numbering of every paragraph style, with what it inherits."""
    by_id = {str(style.get(qn("w:styleId"))): style for style in sheet.iter(qn("w:style"))}
    return {key: StyleFacts(*_inherited(key, by_id)) for key in by_id}


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
                outline = _whole(level)
            if num is None and number is not None:
                num = _num_of(number)
        base = by_id[key].find(qn("w:basedOn"))
        key = "" if base is None else str(base.get(VAL))
    return (None if outline is not None and outline > 8 else outline), num


def _num_of(properties: Element) -> tuple[str, int] | None:
    identity, level = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
    if identity is None:
        return None
    return str(identity.get(VAL)), 0 if level is None else _whole(level) or 0


def _whole(element: Element) -> int | None:
    """The value of an element as a whole number; None in a damaged file."""
    value = str(element.get(VAL))
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None


def opening(sheet: Element) -> frozenset[str]:
    """The paragraph styles that begin a new page, by themselves or by what they build on."""
    by_id = {str(style.get(qn("w:styleId"))): style for style in sheet.iter(qn("w:style"))}
    return frozenset(key for key in by_id if _breaks(key, by_id))


def _breaks(key: str, by_id: Mapping[str, Element]) -> bool:
    seen: set[str] = set()
    while key in by_id and key not in seen:
        seen.add(key)
        found = by_id[key].find(f"{PPR}/{qn('w:pageBreakBefore')}")
        if found is not None:
            return found.get(VAL) not in {"0", "false"}
        base = by_id[key].find(qn("w:basedOn"))
        key = "" if base is None else str(base.get(VAL))
    return False


class Counter:
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
