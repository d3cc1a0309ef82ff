"""An edited workbook as the bytes of a file: whole, the same for the same content, formulas with their results."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from lxml import etree

from lakip_xlsx.excel.edit.lost import fewer, inventory, names_gone, names_of
from lakip_xlsx.excel.edit.open import Editable
from lakip_xlsx.excel.edit.source import APPLICATION, PROPERTIES, NotEditableError, Result

_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?>(<f[^>]*(?:/>|>[^<]*</f>))<v ?(?:/>|></v>)</c>')
_RUN = re.compile(rb"<rPr>.*?</rPr>", re.DOTALL)
_NO_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_ORDER = (  # elements behind the cells of a sheet, as the format demands it
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "mergeCells", "phoneticPr",
    "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "cellWatches", "ignoredErrors", "drawing", "legacyDrawing",
    "tableParts", "extLst",
)  # fmt: skip
_FONT = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "rFont",
    "family", "charset", "scheme",
)  # fmt: skip
_STYLES = "xl/styles.xml"
_STALE = ("TitlesOfParts", "HeadingPairs")  # a list of the sheets, which Excel writes anew


@dataclass(frozen=True, slots=True)
class Saved:
    """The parts of a saved workbook, and in plain words what did not come through."""

    parts: dict[str, bytes]
    lost: tuple[str, ...]


def save(editable: Editable) -> Saved:
    """Write a workbook out; :func:`lakip_xlsx.files.pack` makes a file of its parts.

    The result of a formula is put back where the cell still holds the formula that was read. A caller that
    changes what formulas count with asks Excel to count anew: ``book.calculation.fullCalcOnLoad``.

    Raises:
        NotEditableError: openpyxl cannot write what it read.
    """
    target = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            editable.book.save(target)
        with zipfile.ZipFile(target) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        del target
        missing = sum(_put_back(parts, editable, sheet.title, sheet.path) for sheet in editable.book.worksheets)
        _set_properties(parts, editable.properties)
        parts[_STYLES] = _in_order(parts[_STYLES])
        for name, data in parts.items():
            if name.startswith("xl/drawings/drawing"):  # openpyxl forgets to which schema this belongs
                parts[name] = data.replace(b"<avLst/>", b"<a:avLst/>")
        lost = [*fewer(editable.before, inventory(parts)), *names_gone(editable.names, names_of(parts))]
    except Exception as error:  # openpyxl raises nearly every kind on what it read itself
        raise NotEditableError("isinya tidak dapat ditulis ulang oleh penyunting workbook") from error
    if missing:
        lost.append(f"{missing} hasil rumus (Excel menghitungnya lagi)")
    return Saved(parts, (*editable.lost, *lost))


def _put_back(parts: dict[str, bytes], editable: Editable, title: str, path: str) -> int:
    """Put results and extensions back into a sheet; returns how many results found no place."""
    name = path.lstrip("/")
    sheet, data = editable.book[title], parts[name]
    results = {
        reference.encode(): formula.result
        for reference, formula in editable.formulas.get(title, {}).items()
        if sheet[reference].value is formula.value
    }

    def with_result(match: re.Match[bytes]) -> bytes:
        result = results.pop(match[1], None)
        if result is None:
            return b'<c r="%s"%s>%s</c>' % (match[1], match[2] or b"", match[3])
        return b'<c r="%s"%s%s>%s<v>%s</v></c>' % (match[1], match[2] or b"", _kind(result), match[3], _text(result))

    data = _RUN.sub(lambda match: _in_order(match[0]), _FORMULA.sub(with_result, data))
    for tag, element in editable.kept.get(title, {}).items():
        if element:
            data = _inserted(data, tag, element)
    parts[name] = data
    return len(results)


def _inserted(sheet: bytes, tag: str, element: bytes) -> bytes:
    """A sheet with an element in the place that the format demands."""
    if tag == "ext":
        return sheet.replace(b"</worksheet>", b"<extLst>%s</extLst></worksheet>" % element)
    later = "|".join(_ORDER[_ORDER.index(tag) + 1 :]).encode()
    found = re.compile(rb"<(?:%s)[ />]|</worksheet>" % later).search(sheet, sheet.index(b"<sheetData"))
    at = found.start() if found else len(sheet)
    return sheet[:at] + element + sheet[at:]


def _in_order(styles: bytes) -> bytes:
    """Styles with the pieces of each font in the order of the schema, which strict readers ask for."""
    root = etree.fromstring(styles)
    for font in root.iter("{*}font", "{*}rPr"):
        font[:] = sorted(font, key=lambda piece: _FONT.index(etree.QName(piece).localname))
    return etree.tostring(root)


def _kind(result: Result) -> bytes:
    return b"" if result.kind == "n" else b' t="%s"' % escape(result.kind).encode()


def _text(result: Result) -> bytes:
    return escape(result.text, quote=False).encode()


def _set_properties(parts: dict[str, bytes], kept: Mapping[str, bytes]) -> None:
    """What the file says about itself stays as it was; openpyxl would set the clock's time."""
    core = kept.get(PROPERTIES, b"")
    parts[PROPERTIES] = core if _parsed(core) is not None else _NO_PROPERTIES
    application = _parsed(kept.get(APPLICATION, b""))
    if application is not None:
        for each in application.findall("*"):
            if str(each.tag).rpartition("}")[2] in _STALE:
                application.remove(each)
        parts[APPLICATION] = etree.tostring(application, xml_declaration=True, encoding="UTF-8", standalone=True)


def _parsed(data: bytes) -> etree._Element | None:
    """A part that is well-formed; None for any other."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return None
