"""The cover stays one page: where names are long, the space between its lines gives way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document

from lakip_xlsx.word.fill import letters
from lakip_xlsx.word.fill.letters import Look
from lakip_xlsx.word.fill.values import section_width
from lakip_xlsx.word.xml import PPR, SECT_PR, TWIPS_PER_PT, VAL, Element, P, el, plain_text, properties_of, qn, style_of
from lakip_xlsx.word.xml import twips as length

_PREFIX = "Sampul"
_LINE = 1.2  # of its size: the height of a line
_SLACK = 400  # twips that stay free
_EMU_PER_TWIP = 635
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_SPACING = qn("w:spacing")


@dataclass(frozen=True, slots=True)
class _Space:
    """What a paragraph has above and below, in twips, and its line as a part of a single one."""

    before: int
    after: int
    line: float


def fit(document: Document) -> None:
    """Lessen the spaces of the cover until it fits on its page; what was typed there is not touched."""
    body = document.element.body
    blocks = [block for block in body.findall(P) if style_of(block).startswith(_PREFIX)]
    section = None if not blocks else _section_of(blocks[-1])
    if section is None:
        return
    sheet = document.styles.element
    looks, rules = letters.looks(sheet), {str(style.get(qn("w:styleId"))): style for style in sheet.iter(qn("w:style"))}
    spaces = [_space(block, rules) for block in blocks]
    width = section_width(section)
    text = sum(_height(block, space, looks, width) for block, space in zip(blocks, spaces, strict=True))
    free = sum(space.before + space.after for space in spaces)
    left = _room(section) - _SLACK - text
    if free <= left:
        return
    part = max(0.0, left / free)
    for block, space in zip(blocks, spaces, strict=True):
        _set(block, round(space.before * part), round(space.after * part))


def _section_of(block: Element) -> Element | None:
    """The properties of the page section in which a paragraph of the body stands."""
    for item in (block, *block.itersiblings()):
        found = item if item.tag == SECT_PR else item.find(f"{PPR}/{SECT_PR}")
        if found is not None:
            return found
    return None


def _room(section: Element) -> int:
    """The height of the text on a page, in twips."""
    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if page is None or margins is None:
        return 13_000
    edges = (abs(length(margins.get(qn(f"w:{side}")), 1417)) for side in ("top", "bottom"))
    return length(page.get(qn("w:h")), 16_838) - sum(edges)


def _space(block: Element, rules: Mapping[str, Element]) -> _Space:
    """The spacing of a paragraph: its own, else that of its style and of those that this one builds on."""
    found: dict[str, str] = {}
    holder, key, seen = block, style_of(block), set[str]()
    while holder is not None:
        spacing = holder.find(f"{PPR}/{_SPACING}")
        for name, value in spacing.attrib.items() if spacing is not None else ():
            found.setdefault(str(name).rpartition("}")[2], str(value))
        if key in seen or key not in rules:
            break
        seen.add(key)
        holder = rules[key]
        base = holder.find(qn("w:basedOn"))
        key = "" if base is None else str(base.get(VAL))
    line = length(found.get("line"), 240) / 240 if found.get("lineRule", "auto") == "auto" else 1.0
    return _Space(length(found.get("before"), 0), length(found.get("after"), 0), line)


def _height(block: Element, space: _Space, looks: Mapping[str, Look], width: int) -> float:
    """How high the lines of a paragraph are, with its pictures, without the spaces around it."""
    look = looks.get(style_of(block)) or looks[""]
    pictures = sum(int(str(extent.get("cy", "0"))) / _EMU_PER_TWIP for extent in block.iter(_EXTENT))
    text = plain_text(block)
    capital = Look(look.size, look.factor * 1.45)  # names stand in capitals
    lines = capital.lines(text, width) if text else not pictures
    return pictures + lines * look.size * _LINE * space.line * TWIPS_PER_PT


def _set(block: Element, before: int, after: int) -> None:
    """Give a paragraph these spaces of its own."""
    properties = properties_of(block)
    spacing = properties.find(_SPACING)
    if spacing is None:
        spacing = el("w:spacing")
        after_it = {qn(f"w:{name}") for name in ("ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr")}
        place = next((at for at, item in enumerate(properties) if item.tag in after_it), len(properties))
        properties.insert(place, spacing)
    spacing.set(qn("w:before"), str(before))
    spacing.set(qn("w:after"), str(after))
