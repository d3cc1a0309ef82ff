"""How a marked copy is known: a property in the file with a fingerprint of its parts, and its first sheet."""

from __future__ import annotations

from lxml import etree

from lakip_xlsx.show.annotate.parts import Parts
from lakip_xlsx.show.annotate.sheet_temuan import TITLE
from lakip_xlsx.show.annotate.workbook_xml import WorkbookXml
from lakip_xlsx.word.seal import fingerprint
from lakip_xlsx.workbook.sheets import TEMUAN

PROPERTY = "lakip-xlsx-temuan"
"""Name of the custom document property of a marked copy."""

_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument"


def is_marked(parts: Parts, book: WorkbookXml) -> bool:
    """Whether a workbook is a marked copy; also when it was saved since, or lost its properties."""
    if _stored(parts) is not None:
        return True
    names = {name.lower() for name in TEMUAN}
    return any(sheet.name.lower() in names and _starts_with_title(parts, book, sheet.part) for sheet in book.sheets)


def is_untouched(parts: Parts) -> bool:
    """Whether a marked copy is still as it was written: nobody saved it in Excel since."""
    return _stored(parts) == _fingerprint(parts)


def seal(parts: Parts, *, strict: bool) -> None:
    """Give a finished copy its property; the last change before it is packed."""
    part = _part(parts)
    if part is None:
        part = parts.free_name("docProps/custom{}.xml")
        kind = f"{_STRICT}/relationships/customProperties" if strict else f"{_OFFICE}/relationships/custom-properties"
        space = f"{_STRICT}/customProperties" if strict else f"{_OFFICE}/custom-properties"
        parts.relate("", kind, part)
        parts.declare(part, _CONTENT_TYPE)
        root = etree.Element(f"{{{space}}}Properties", nsmap={None: space})
    else:
        root = parts.xml(part)
        space = etree.QName(root).namespace or ""
    types = f"{_STRICT if space.startswith(_STRICT) else _OFFICE}/docPropsVTypes"
    numbers = [int(number) for each in root.iterfind("{*}property") if (number := str(each.get("pid", ""))).isdigit()]
    attributes = {"fmtid": _FORMAT_ID, "pid": str(max([1, *numbers]) + 1), "name": PROPERTY}
    entry = etree.SubElement(root, f"{{{space}}}property", attributes)
    value = etree.SubElement(entry, f"{{{types}}}lpwstr", nsmap={"vt": types})
    parts.put_xml(part, root)
    value.text = _fingerprint(parts)
    parts.put_xml(part, root)


def _part(parts: Parts) -> str | None:
    """The part with the custom properties; the strict form of the standard writes their kind as one word."""
    return parts.target("", "custom-properties") or parts.target("", "customProperties")


def _stored(parts: Parts) -> str | None:
    part = _part(parts)
    entries = [] if part is None else parts.xml(part).findall("{*}property")
    found = ("".join(str(text) for text in each.itertext()).strip() for each in entries if each.get("name") == PROPERTY)
    return next(found, None)


def _fingerprint(parts: Parts) -> str:
    own = _part(parts)
    return fingerprint({name: data for name, data in parts.all().items() if name != own})


def _starts_with_title(parts: Parts, book: WorkbookXml, part: str) -> bool:
    """Whether the first cell of a sheet holds our title, in itself or as a shared string."""
    cell = parts.xml(part).find("{*}sheetData/{*}row/{*}c")
    if cell is None:
        return False
    if cell.get("t") != "s":
        return "".join(str(text) for text in cell.itertext()) == TITLE
    strings, number = parts.target(book.part, "sharedStrings"), cell.findtext("{*}v") or ""
    items = [] if strings is None else parts.xml(strings).findall("{*}si")
    known = number.isdigit() and int(number) < len(items)
    return known and "".join(str(text) for text in items[int(number)].itertext()) == TITLE
