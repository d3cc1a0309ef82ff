"""What the number formats of a workbook say about its values: a percentage, a date, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from lakip_xlsx.guard.package import Package

_FORMAT_NOISE = re.compile(r'"[^"]*"|\\.|\[[^\]]{0,100}\]|_.|\*.')
_LONGEST = 255
_DATE = re.compile(r"[dy]|mmm")
_BUILTIN_PERCENT = frozenset({9, 10})
_BUILTIN_DATE = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell's number format says about its value."""

    percent: bool = False
    date: bool = False
    indent: int = 0  # steps to the right, as the cell's alignment says


PLAIN = Look()


def read_looks(package: Package, part: str | None) -> list[Look]:
    """What each cell style says about its numbers, by the style's number.

    A style sheet that cannot be read is a damaged file: without it 0,9865 and 98,65 % are the same.

    Raises:
        UnreadableError: the style sheet is missing or damaged.
    """
    if part is None:
        return []
    codes: dict[str, str] = {}
    looks: list[Look] = []
    known: dict[str, Look] = {}
    for element in package.elements(part, "numFmt", "xf"):
        parent = element.getparent()
        place = "" if parent is None else str(parent.tag).rpartition("}")[2]
        format_id = element.get("numFmtId", "0")
        if place == "numFmts":
            codes[format_id] = element.get("formatCode", "")
        elif place == "cellXfs":
            if format_id not in known:
                known[format_id] = _look_of(format_id, codes)
            steps = _indent(element)
            looks.append(replace(known[format_id], indent=steps) if steps else known[format_id])
    return looks


def _indent(style: etree._Element) -> int:
    alignment = style.find("{*}alignment")
    steps = "" if alignment is None else alignment.get("indent", "")
    return int(steps) if steps.isascii() and steps.isdigit() and len(steps) < 4 else 0


def _look_of(format_id: str, codes: dict[str, str]) -> Look:
    if format_id in codes:
        code = _FORMAT_NOISE.sub("", codes[format_id][:_LONGEST]).lower()
        return Look("%" in code, "%" not in code and _DATE.search(code) is not None)
    number = int(format_id) if format_id.isascii() and format_id.isdigit() and len(format_id) < 9 else 0
    return Look(number in _BUILTIN_PERCENT, number in _BUILTIN_DATE)
