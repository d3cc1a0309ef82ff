"""How much room a text takes: the widths of letters, near enough to keep a number on one line.

The widths are those of Times New Roman in thousandths of its size; a wider font of the office's gets more room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lakip_xlsx.word.build import styles
from lakip_xlsx.word.xml import RPR, VAL, Element, qn

_NARROW, _USUAL, _WIDE, _CAPITAL = 278, 500, 778, 700
_WIDTHS = {
    **dict.fromkeys("ijlt/\\'", _NARROW),
    **dict.fromkeys(".,;:| ", 250),
    **dict.fromkeys("()-rfs[]", 350),
    **dict.fromkeys("mwMWOQG%", _WIDE),
    **dict.fromkeys("aceEz", 444),
}
_OTHER_FONT, _BOLD, _SLACK = 1.15, 1.06, 1.04
_TWIPS = 20
_MEAN = 0.47  # of the size: a letter of an ordinary sentence


@dataclass(frozen=True, slots=True)
class Look:
    """Size in points of a paragraph style, and how much wider than the plain font it runs."""

    size: float
    factor: float

    def width(self, text: str) -> int:
        """Twips that a text takes on one line."""
        return _width(text, self.size, self.factor)

    def lines(self, text: str, room: int) -> int:
        """How many lines a text takes in so many twips, roughly."""
        letter = self.size * _MEAN * self.factor * _TWIPS
        fitting = max(1.0, room / letter * 0.93)
        return sum(max(1, -(-len(line) // int(fitting) if fitting >= 1 else len(line))) for line in text.split("\n"))


@lru_cache(maxsize=4096)
def _width(text: str, size: float, factor: float) -> int:
    units = sum(_WIDTHS.get(letter) or (_CAPITAL if letter.isupper() else _USUAL) for letter in text)
    return round(units / 1000 * size * factor * _SLACK * _TWIPS)


def looks(sheet: Element) -> Mapping[str, Look]:
    """The look of every paragraph style of a document, with what it inherits; "" is that of no style."""
    by_id = {str(style.get(qn("w:styleId"))): style for style in sheet.iter(qn("w:style"))}
    default = sheet.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{RPR}")
    normal = next((key for key, style in by_id.items() if style.get(qn("w:default")) == "1"), "")
    chains = {key: _chain(key, by_id) for key in by_id}
    chains[""] = chains.get(normal, [])
    return {key: _look([*chain, default]) for key, chain in chains.items()}


def _chain(key: str, by_id: Mapping[str, Element]) -> list[Element | None]:
    """The run properties of a style and of those that it builds on."""
    found: list[Element | None] = []
    seen: set[str] = set()
    while key in by_id and key not in seen:
        seen.add(key)
        found.append(by_id[key].find(RPR))
        base = by_id[key].find(qn("w:basedOn"))
        key = "" if base is None else str(base.get(VAL))
    return found


def _look(chain: list[Element | None]) -> Look:
    size = _first(chain, "w:sz", VAL)
    font = _first(chain, "w:rFonts", qn("w:ascii"))
    bold = next((item for one in chain if one is not None and (item := one.find(qn("w:b"))) is not None), None)
    heavy = bold is not None and bold.get(VAL) not in {"0", "false"}
    points = int(size) / 2 if size is not None and size.isdecimal() else 12
    return Look(points, (_BOLD if heavy else 1) * (1 if font in {None, styles.FONT} else _OTHER_FONT))


def _first(chain: list[Element | None], name: str, attribute: str) -> str | None:
    """The first value that one of these properties gives to an attribute."""
    for properties in chain:
        item = None if properties is None else properties.find(qn(name))
        if item is not None and item.get(attribute) is not None:
            return str(item.get(attribute))
    return None
