"""What a workbook holds before it is edited: parts that are safe to hand on, and what openpyxl would not keep.

openpyxl trusts its input: one merged range over a whole sheet, a million formatted rows or a long number
format keep it busy for minutes. So it is only given parts that went through the guard, and only where their
sum stays within the bounds below.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.cells import read_listing
from lakip_xlsx.excel.raw import is_index, row_number
from lakip_xlsx.finding import column_letters, column_number
from lakip_xlsx.guard.limits import MAX_COLUMN, MAX_ROW
from lakip_xlsx.guard.package import Package

PROPERTIES = "docProps/core.xml"
APPLICATION = "docProps/app.xml"

_MOST = {
    "c": 200_000,
    "row": 150_000,
    "mergeCell": 5_000,
    "hyperlink": 20_000,
    "cfRule": 20_000,
    "dataValidation": 20_000,
    "brk": 20_000,
    "comment": 10_000,
    "shape": 20_000,
    "cellStyle": 2_000,
    "xf": 70_000,
    "dxf": 20_000,
    "definedName": 10_000,
    "externalReference": 200,
}
"""Elements of one kind in the whole workbook that are still edited in place, within time and 1 GiB of memory."""
_NAMES = {
    "c": "sel",
    "row": "baris",
    "mergeCell": "sel gabungan",
    "hyperlink": "tautan",
    "comment": "catatan",
    "cellStyle": "gaya sel",
}
_MOST_BYTES = 100 * 2**20  # all XML parts
_MOST_AREA = 100_000  # cells under merged ranges and links, each of which becomes an object
_MOST_FORMULA = 20_000_000  # characters, once a shared formula is written out in each of its cells
_MOST_FORMAT = 1_000  # characters of a number format; Excel allows 255
_XML = (".xml", ".rels", ".vml")
_COUNTED = re.compile(rb"<(?:[A-Za-z0-9_.-]+:)?(%s)[ />\r\n\t]" % "|".join(_MOST).encode())
_FORMAT = re.compile(rb"formatCode=(?:\"[^\"]{%d}|'[^']{%d})" % (_MOST_FORMAT, _MOST_FORMAT))
_UNESCAPED = re.compile(rb">[^<]*x005F_[^<]*</(?:[A-Za-z0-9_.-]+:)?t>")
_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_KEPT = ("protectedRanges", "cellWatches", "ignoredErrors")
_OFFICE_RELATION = "/relationships}"
_PLAIN_DIGITS = 15  # of a whole number that every program writes as it is


class NotEditableError(UnreadableError):
    """A workbook that can be read, but not changed without risk. ``str()`` is the reason, without the file's name."""


class Result(NamedTuple):
    """The stored result of a formula: the type and the text of its value."""

    kind: str
    text: str


@dataclass(slots=True)
class SheetSource:
    """What has to be put back into a sheet."""

    results: dict[str, Result] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  # those that openpyxl would round, as written
    kept: dict[str, bytes] = field(default_factory=dict)  # whole elements of the sheet that openpyxl leaves out
    filled: int = 0  # cells that hold something


@dataclass(slots=True)
class Source:
    """The parts to edit, and by sheet what has to be put back."""

    parts: dict[str, bytes]
    sheets: dict[str, SheetSource]
    properties: dict[str, bytes]  # the parts about the file itself, kept as they are
    macros: bool


def read_source(package: Package) -> Source:
    """The parts of a workbook as they may be edited.

    Raises:
        UnreadableError: the workbook part is missing or damaged.
        NotEditableError: it holds more than can be edited, or a damaged part.
    """
    listing = read_listing(package)
    try:
        parts = {name: _read(package, name) for name in package.names()}
    except UnreadableError as error:
        raise NotEditableError("satu bagian di dalam berkas ini rusak atau terlalu besar") from error
    _must_fit(parts)
    properties = {name: parts.pop(name) for name in (PROPERTIES, APPLICATION) if name in parts}
    formulas = area = 0
    sheets: dict[str, SheetSource] = {}
    for entry in listing.entries:
        try:
            sheet, size, covered = _read_sheet(package, entry.part)
        except UnreadableError as error:
            raise NotEditableError(f"lembar {entry.name!r} rusak atau terlalu besar") from error
        sheets[entry.name], formulas, area = sheet, formulas + size, area + covered
        if area > _MOST_AREA:
            raise NotEditableError("sel gabungan atau tautannya meliputi terlalu banyak sel")
        if formulas > _MOST_FORMULA:
            raise NotEditableError("rumus di dalamnya terlalu panjang")
    macros = b"macroenabled" in parts.get("[Content_Types].xml", b"").lower()
    return Source(parts, sheets, properties, macros)


def _read(package: Package, name: str) -> bytes:
    """A part once the guard let it through; one that is read again does not count twice."""
    before = package.inflated
    data = b"".join(package.checked(name)) if name.lower().endswith(_XML) else package.read(name)
    package.inflated = before
    if b"x005F_" in data:  # openpyxl takes this away while it reads, but does not write it again
        data = _UNESCAPED.sub(lambda match: match[0].replace(b"x005F_", b"xx005F_005F_"), data)
    return data


def _must_fit(parts: dict[str, bytes]) -> None:
    counts: Counter[bytes] = Counter()
    size = 0
    for name, data in parts.items():
        if name.lower().endswith(_XML):
            size += len(data)
            counts.update(_COUNTED.findall(data))
        if _FORMAT.search(data):
            raise NotEditableError("format angka di dalamnya terlalu panjang")
    for name, most in _MOST.items():
        if counts[name.encode()] > most:
            raise NotEditableError(f"berkas ini memuat lebih dari {most:,} {_NAMES.get(name, name)}".replace(",", "."))
    if size > _MOST_BYTES:
        raise NotEditableError("isinya terlalu besar")


def _read_sheet(package: Package, part: str) -> tuple[SheetSource, int, int]:
    """What to put back into a sheet, the length of its formulas, and the cells under its ranges."""
    before, sheet = package.inflated, SheetSource()
    shared: dict[str, int] = {}
    formulas = area = row = column = 0
    for element in package.elements(part, "c", "row", "mergeCell", "hyperlink", "ext", *_KEPT):
        tag = str(element.tag).rpartition("}")[2]
        if tag == "c":
            if column == 0:
                parent = element.getparent()
                row = row_number(parent.get("r") if parent is not None else None, row)
            reference, column = _place(element.get("r"), row, column)
            formulas += _take_cell(sheet, element, reference, shared)
        elif tag == "row":
            row, column = row_number(element.get("r"), row - (column > 0)), 0
            if not row:
                raise package.damaged(part)
        elif tag == "ext":  # sparklines, drop-downs that point to other sheets …
            sheet.kept["ext"] = sheet.kept.get("ext", b"") + _extension(element)
        elif tag in _KEPT:
            sheet.kept[tag] = etree.tostring(element, with_tail=False)
        else:
            area += _area(element.get("ref", ""))
    package.inflated = before
    return sheet, formulas, area


def _place(reference: str | None, row: int, column: int) -> tuple[str, int]:
    """The address of a cell and its column; one without an address follows the last."""
    if reference is None:
        return f"{column_letters(column + 1)}{row}", column + 1
    match = _REF.fullmatch(reference)
    number = column_number(match[1].upper()) if match else 0
    if match is None or not 1 <= number <= MAX_COLUMN or not 1 <= int(match[2]) <= MAX_ROW:
        raise NotEditableError(f"alamat sel {reference[:30]!r} tidak sah")
    return reference, number


def _take_cell(sheet: SheetSource, cell: etree._Element, reference: str, shared: dict[str, int]) -> int:
    """Remember what has to be put back into a cell; returns the length of its formula."""
    formula, value, kind = cell.find("{*}f"), cell.findtext("{*}v"), cell.get("t", "n")
    sheet.filled += formula is not None or bool(value) or cell.find("{*}is") is not None
    if formula is not None:
        if value or kind == "str":
            sheet.results[reference] = Result(kind, value or "")
        length = len(formula.text or "")
        index = formula.get("si")
        if index is not None:
            shared[index] = length = length or shared.get(index, 0)
        return length
    if kind == "n" and value and not (is_index(value) or _is_written_so(value)):
        sheet.numbers[reference] = value
    return 0


def _is_written_so(text: str) -> bool:
    """Whether openpyxl writes a number back as it stood."""
    if len(text) <= _PLAIN_DIGITS and text.isascii() and text.isdigit():
        return True
    try:
        return f"{float(text):.16g}" == text
    except ValueError:
        return False


def _extension(element: etree._Element) -> bytes:
    """An extension of a sheet that stands for itself: one that leads to no other part and to no other element."""
    held = element.getparent()
    sheet = None if held is None else held.getparent()
    if sheet is None or not str(sheet.tag).endswith("}worksheet") or element.find(".//{*}dataBar") is not None:
        return b""
    if any(_OFFICE_RELATION in str(key) for each in element.iter() for key in each.attrib):
        return b""
    return etree.tostring(element, with_tail=False)


def _area(reference: str) -> int:
    """How many cells a range covers; a single one costs nothing."""
    first, _, last = reference.partition(":")
    start, end = _REF.fullmatch(first), _REF.fullmatch(last)
    if start is None or end is None:
        return 0
    height = abs(int(end[2]) - int(start[2])) + 1
    return height * (abs(column_number(end[1].upper()) - column_number(start[1].upper())) + 1)
