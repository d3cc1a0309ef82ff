"""The boxes in which Excel shows notes: an old drawing format that it still wants.

A box is as high as its text needs; one that is there already grows when text is added to it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from lxml import etree

from lakip_xlsx.show.annotate.sheet_xml import Place, Sizes

_V, _O, _X = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:excel",
)
Size = Callable[[int], int]  # number of a column or row → its pixels

_NAMESPACES = f'xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}"'
_BLOCK = 1024  # shape numbers in one block of the drawing's map
_WIDTH, _LETTERS, _LINE, _MARGIN = 330, 46, 15, 14  # pixels of a box, letters that surely fit in its line
_LAST_COLUMN, _LAST_ROW = 16_383, 1_048_575
_NOTE_TYPE = "_x0000_t202"

_EMPTY = f'<xml {_NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{{}}"/></o:shapelayout></xml>'
_SHAPE_TYPE = (
    f'<v:shapetype {_NAMESPACES} id="{_NOTE_TYPE}" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    f'<v:shape {_NAMESPACES} id="_x0000_s{{number}}" type="#{_NOTE_TYPE}" style="position:absolute;'
    'margin-left:60pt;margin-top:2pt;width:{width}pt;height:{height}pt;z-index:{order};visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


class Boxes:
    """The drawing of one sheet's notes. ``part`` is None while it is new."""

    def __init__(self, part: str | None, root: etree._Element | None, used: set[int]) -> None:
        self.part = part
        self._used = used  # blocks of shape numbers that any drawing of the workbook has
        self.new = root is None
        self.root = etree.fromstring(_EMPTY.format(self._free_block())) if root is None else root
        self._shapes = {place: shape for shape, place in self._notes()}
        self._numbers = self._free_numbers()
        if not any(each.get("id") == _NOTE_TYPE for each in self.root.iterfind(f"{{{_V}}}shapetype")):
            layout = self.root.find(f"{{{_O}}}shapelayout")
            self.root.insert(0 if layout is None else self.root.index(layout) + 1, etree.fromstring(_SHAPE_TYPE))

    @staticmethod
    def blocks_of(data: bytes) -> set[int]:
        """The blocks of shape numbers that a drawing says it uses."""
        maps = re.findall(rb"""<[^>]*idmap[^>]*\sdata\s*=\s*["']([0-9, ]*)["']""", data)
        return {int(number) for held in maps for number in re.findall(rb"[0-9]{1,6}", held)}

    def show(self, place: Place, text: str, sizes: Sizes) -> None:
        """Make a box for the note on a cell, or let the one that is there grow, so that the text fits."""
        height = _height(text)
        shape = self._shapes.get(place)
        if shape is None:
            self._shapes[place] = self._draw(place, height, sizes)
        else:
            _grow(shape, height, sizes)

    def _draw(self, place: Place, height: int, sizes: Sizes) -> etree._Element:
        row, column = place
        start = (min(column, _LAST_COLUMN - 8), 15, max(row - 2, 0), 10)
        shape = etree.fromstring(
            _SHAPE.format(
                number=next(self._numbers),
                width=_points(_WIDTH),
                height=_points(height),
                order=len(self._shapes) + 1,
                anchor=_anchor(start, _WIDTH, height, sizes),
                row=row - 1,
                column=column - 1,
            )
        )
        self.root.append(shape)
        etree.cleanup_namespaces(shape)
        return shape

    def _notes(self) -> Iterator[tuple[etree._Element, Place]]:
        for shape in self.root.iterfind(f"{{{_V}}}shape"):
            data = shape.find(f"{{{_X}}}ClientData")
            if data is not None and data.get("ObjectType") == "Note":
                row, column = (_whole(data.findtext(f"{{{_X}}}{name}")) for name in ("Row", "Column"))
                if row is not None and column is not None:
                    yield shape, (row + 1, column + 1)

    def _free_block(self) -> int:
        block = max(self._used, default=0) + 1
        self._used.add(block)
        return block

    def _free_numbers(self) -> Iterator[int]:
        """Shape numbers that nothing in the workbook uses: those left in our blocks, then new blocks."""
        ids = (
            re.fullmatch(r"_x0000_s([0-9]{1,9})", str(each.get("id", ""))) for each in self.root.iter(f"{{{_V}}}shape")
        )
        taken = {int(match[1]) for match in ids if match}
        entry = self.root.find(f"{{{_O}}}shapelayout/{{{_O}}}idmap")
        blocks = [int(number) for number in re.findall(r"[0-9]{1,6}", "" if entry is None else entry.get("data", ""))]
        while True:
            for block in blocks:
                free = (n for n in range(block * _BLOCK + 1, (block + 1) * _BLOCK) if n not in taken)
                yield from free
            blocks = [self._free_block()]
            if entry is not None:
                entry.set("data", ",".join(filter(None, [entry.get("data", ""), str(blocks[0])])))


def _height(text: str) -> int:
    """The pixels that a text needs in a box."""
    return _MARGIN + _LINE * sum(max(1, math.ceil(len(line) / _LETTERS)) for line in text.split("\n"))


def _grow(shape: etree._Element, height: int, sizes: Sizes) -> None:
    """Let a box be at least as high and as wide as our text needs, from the corner where it stands."""
    anchor = shape.find(f"{{{_X}}}ClientData/{{{_X}}}Anchor")
    numbers = [int(number) for number in re.findall(r"-?[0-9]{1,8}", "" if anchor is None else anchor.text or "")]
    width = _WIDTH
    if anchor is not None and len(numbers) == 8:
        left, left_rest, top, top_rest, right, right_rest, bottom, bottom_rest = numbers
        width = max(width, _span(left, left_rest, right, right_rest, sizes.column))
        height = max(height, _span(top, top_rest, bottom, bottom_rest, sizes.row))
        anchor.text = _anchor((left, left_rest, top, top_rest), width, height, sizes)
    style = re.sub(r"(?<![\w-])width:[^;]*", f"width:{_points(width)}pt", str(shape.get("style", "")))
    shape.set("style", re.sub(r"(?<![\w-])height:[^;]*", f"height:{_points(height)}pt", style))


def _anchor(start: tuple[int, int, int, int], width: int, height: int, sizes: Sizes) -> str:
    """The cells and pixels between which a box stands, from its upper left corner (counted from 0)."""
    left, left_rest, top, top_rest = start
    right, right_rest = _walk(left, left_rest + width, sizes.column, _LAST_COLUMN)
    bottom, bottom_rest = _walk(top, top_rest + height, sizes.row, _LAST_ROW)
    return f"{left}, {left_rest}, {top}, {top_rest}, {right}, {right_rest}, {bottom}, {bottom_rest}"


def _walk(index: int, pixels: int, size: Size, last: int) -> tuple[int, int]:
    """Where one comes out, so many pixels from the start of a column or row."""
    while index < last and pixels >= size(index + 1):
        pixels -= size(index + 1)
        index += 1
    return index, min(pixels, max(size(index + 1) - 1, 0))


def _span(first: int, first_rest: int, last: int, last_rest: int, size: Size) -> int:
    """The pixels between two places; a box over very many rows counts only some of them."""
    return sum(size(index + 1) for index in range(first, min(last, first + 500))) + last_rest - first_rest


def _points(pixels: int) -> str:
    return f"{pixels * 3 / 4:g}"


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.strip().isdigit() else None
