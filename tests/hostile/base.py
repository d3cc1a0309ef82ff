"""A small workbook written by hand, part by part: the sound one from which the bad ones are made."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from lakip_xlsx.finding import column_letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "[Content_Types].xml"
BOOK, BOOK_RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
FORM, MONEY = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"

Parts = dict[str, bytes]
Value = str | int | None

INSTANSI: list[list[Value]] = [
    ["Isian", "Nilai"],
    ["Nama Instansi", "Dinas Contoh & Rekan"],
    ["Pemerintah Daerah", "Pemerintah Kabupaten Contoh"],
    ["Tahun Laporan", 2025],
]
ANGGARAN: list[list[Value]] = [
    ["No", "Sumber Dana", "Anggaran (Rp)", "Realisasi (Rp)", "Realisasi (%)"],
    [1, "APBD", 1_351_829_790, 1_333_620_587, None],
    [2, "DAK", 500_000_000, 499_999_900, None],
    [None, "Jumlah", 1_851_829_800, 1_833_620_487, None],
]
"""The Jumlah is Rp 10 too much, so that the workbook has a finding that must survive every disguise."""


def row(number: int, values: Sequence[Value], strings: list[str] | None = None) -> str:
    """A row; texts are shared strings if a table is given, else inline."""
    cells = "".join(cell(f"{column_letters(at)}{number}", value, strings) for at, value in enumerate(values, 1))
    return f'<row r="{number}">{cells}</row>'


def cell(ref: str, value: Value, strings: list[str] | None = None) -> str:
    """One cell; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f'<c r="{ref}"><v>{value}</v></c>'
    if strings is None:
        return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if value not in strings:
        strings.append(value)
    return f'<c r="{ref}" t="s"><v>{strings.index(value)}</v></c>'


def rows(table: Iterable[Sequence[Value]], strings: list[str] | None = None, *, start: int = 1) -> str:
    """Rows from a table of values."""
    return "".join(row(number, values, strings) for number, values in enumerate(table, start))


def sheet(data: str, *, before: str = "", after: str = "", head: str = HEAD, root: str = "") -> bytes:
    """A worksheet part around its rows."""
    return (
        f'{head}<worksheet xmlns="{MAIN}" xmlns:r="{RELS}"{root}>{before}<sheetData>{data}</sheetData>{after}'
        "</worksheet>"
    ).encode()


def shared(strings: Iterable[str], attributes: str = "") -> bytes:
    """The part of the shared strings."""
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    return f'{HEAD}<sst xmlns="{MAIN}"{attributes}>{items}</sst>'.encode()


def plain() -> Parts:
    """The sound workbook."""
    strings: list[str] = []
    form, money = sheet(rows(INSTANSI, strings)), sheet(rows(ANGGARAN, strings))
    return {
        TYPES: (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            "</Types>"
        ).encode(),
        "_rels/.rels": relations(
            [("rId1", "officeDocument", BOOK), ("rId2", "extended-properties", "docProps/app.xml")]
        ),
        BOOK: workbook([("Instansi", "rId1", ""), ("Anggaran", "rId2", "")]),
        BOOK_RELS: relations(
            [
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "worksheet", "worksheets/sheet2.xml"),
                ("rId3", "styles", "styles.xml"),
                ("rId4", "sharedStrings", "sharedStrings.xml"),
                ("rId5", "theme", "theme/theme1.xml"),
            ]
        ),
        FORM: form,
        MONEY: money,
        STYLES: styles(["General", "0.00%", "dd/mm/yyyy"]),
        STRINGS: shared(strings),
        "xl/theme/theme1.xml": f'{HEAD}<theme xmlns="http://schemas.openxmlformats.org/drawingml/2006/main"/>'.encode(),
        "docProps/app.xml": f"{HEAD}<Properties/>".encode(),
        "docProps/core.xml": f"{HEAD}<coreProperties/>".encode(),
    }


def workbook(sheets: Iterable[tuple[str, str, str]], *, before: str = "") -> bytes:
    """The workbook part: (name, relationship id, state) of each sheet."""
    entries = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="{rel}"{state and f" state={quoteattr(state)}"}/>'
        for number, (name, rel, state) in enumerate(sheets, 1)
    )
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELS}">{before}<sheets>{entries}</sheets></workbook>'.encode()


def relations(entries: Iterable[tuple[str, str, str]], *, kind: str = RELS) -> bytes:
    """A relationships part."""
    body = "".join(
        f'<Relationship Id="{rel}" Type="{kind}/{type_}" Target="{target}"/>' for rel, type_, target in entries
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'.encode()


def styles(formats: Sequence[str]) -> bytes:
    """A style sheet with one cell style for each number format."""
    codes = "".join(f'<numFmt numFmtId="{200 + at}" formatCode={quoteattr(code)}/>' for at, code in enumerate(formats))
    looks = "".join(f'<xf numFmtId="{200 + at}"/>' for at in range(len(formats)))
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><fills><fill/></fills>'
        f'<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs>{looks}</cellXfs></styleSheet>'
    ).encode()


def with_money(data: str, *, before: str = "", after: str = "", strings: Iterable[str] | None = None) -> Parts:
    """The sound workbook with other rows on the sheet Anggaran."""
    parts = plain()
    parts[MONEY] = sheet(data, before=before, after=after)
    if strings is not None:
        parts[FORM] = sheet(rows(INSTANSI))
        parts[STRINGS] = shared(strings)
    return parts


def changed(part: str, change: Callable[[bytes], bytes]) -> Parts:
    """The sound workbook with one part changed."""
    parts = plain()
    parts[part] = change(parts[part])
    return parts


def pack(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]], *, level: int = 6) -> bytes:
    """A zip of parts; pairs may name a part twice."""
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name that stands twice is meant
        for name, data in pairs:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()
