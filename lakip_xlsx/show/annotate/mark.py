"""How a marked copy is known: a property in the file with a fingerprint of its parts, and its first sheet."""

from __future__ import annotations

from lxml import etree

from lakip_xlsx.show.annotate.parts import Parts
from lakip_xlsx.show.annotate.sheet_temuan import TITLE
from lakip_xlsx.show.annotate.texts import xml_text
from lakip_xlsx.show.annotate.workbook_xml import WorkbookXml
from lakip_xlsx.word import seal
from lakip_xlsx.workbook.sheets import TEMUAN

_FIRST_CELL = 2_000  # bytes of a sheet's data in which its first cell surely stands


def is_marked(parts: Parts, book: WorkbookXml) -> bool:
    """Whether a workbook is a marked copy; also when it was saved since, or lost its properties."""
    custom = parts.target("", "custom-properties")
    if custom is not None and any(
        each.get("name") == seal.PROPERTY for each in parts.xml(custom).iterfind("{*}property")
    ):
        return True
    names = {name.lower() for name in TEMUAN}
    return any(sheet.name.lower() in names and _starts_with_title(parts, book, sheet.part) for sheet in book.sheets)


def _starts_with_title(parts: Parts, book: WorkbookXml, part: str) -> bool:
    """Whether the first cell of a sheet holds our title, in itself or as a shared string."""
    cell = parts.xml(part).find("{*}sheetData/{*}row/{*}c")
    if cell is None:
        return False
    if cell.get("t") != "s":
        return "".join(str(text) for text in cell.itertext()) == TITLE
    strings, number = parts.target(book.part, "sharedStrings"), cell.findtext("{*}v") or ""
    items = [] if strings is None else parts.xml(strings).findall("{*}si")
    return number.isdigit() and int(number) < len(items) and "".join(items[int(number)].itertext()) == TITLE
