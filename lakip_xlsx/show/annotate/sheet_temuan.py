"""The sheet of findings in front of a marked copy: what is wrong, and a way to each cell."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from html import escape, unescape
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from lakip_xlsx.excel.edit.open import wear
from lakip_xlsx.finding import Cell, Finding, FindingKind, Severity
from lakip_xlsx.show.annotate import texts
from lakip_xlsx.show.text import KINDS, LABELS

TITLE = "TEMUAN PEMERIKSAAN lakip-xlsx"
"""The first cell of the sheet; by it a marked copy is known when its properties were lost."""


class Colour(NamedTuple):
    """What marks a kind of finding: the fill of its cell, that of cells that have to do with it, and the tab."""

    cell: str
    related: str
    tab: str


COLOURS: dict[Severity | FindingKind, Colour] = {  # the weightiest first; ARGB
    Severity.ERROR: Colour("FFFFB3B3", "FFFFE3E3", "FFC00000"),
    FindingKind.UNFILLED: Colour("FFD9C7EC", "FFF2EBF9", "FF7030A0"),
    Severity.WARNING: Colour("FFFFE699", "FFFFF7DB", "FFFFC000"),
    Severity.INFO: Colour("FFBDD7EE", "FFE9F2FA", "FF5B9BD5"),
}


def colour_of(finding: Finding) -> Severity | FindingKind:
    """What decides the colour of a finding: its weight, or that something is only not filled in yet."""
    return finding.kind if finding.kind is FindingKind.UNFILLED else finding.severity


HEADING_ROW = 10
HEADINGS = ("No", "Bobot", "Kode", "Lembar", "Sel", "Temuan", "Tertulis", "Seharusnya", "Cara memperbaiki")
LAST_COLUMN = "I"
MOST_ROWS = 20_000
"""Findings that are listed; of more the number is said."""

_WIDTHS = (6, 14, 10, 19, 11, 50, 20, 22, 44)
_PASSABLE = "FF70AD47"
_NAVY, _GREY, _BLUE = "FF1F3864", "FFBFC6D1", "FF0563C1"
_HOW = (
    "Klik isi kolom Sel untuk menuju selnya. Perbaiki di berkas aslinya ({}), lalu periksa lagi; "
    "salinan ini hanya untuk dibaca."
)
_MEANING = (
    (Severity.ERROR, "kesalahan", "Harus diperbaiki; selama masih ada, dokumen bertanda DRAF."),
    (FindingKind.UNFILLED, "belum diisi", "Tinggal diisi; yang wajib juga membuat dokumen bertanda DRAF."),
    (Severity.WARNING, "peringatan", "Perlu dilihat; perbaiki bila memang keliru."),
    (Severity.INFO, "informasi", "Untuk diketahui."),
)
_RELATED = "Warna yang lebih muda: sel lain yang terkait dengan temuan itu."
_LOST = "Tidak ikut ke salinan ini (di berkas aslinya tetap ada): {}."
_SPACE_FOR_LOST = "{tidak ikut}"  # what was lost is known only once the copy is saved
_REMARK_ROW = re.compile(
    rb'(<row r="3"[^>]*? ht=")[0-9.]+("[^>]*>.*?<t[^>]*>)([^<]*)%s' % _SPACE_FOR_LOST.encode(), re.DOTALL
)
_FONTS = {
    "title": Font(name="Calibri", size=16, bold=True, color=_NAVY),
    "heading": Font(name="Calibri", size=11, bold=True, color="FFFFFFFF"),
    "link": Font(name="Calibri", size=11, underline="single", color=_BLUE),
}
_LINE, _TALLEST = 15, 409  # points; Excel allows no higher row


def add_sheet(book: Workbook, name: str, source: str, findings: Sequence[Finding], remarks: Sequence[str]) -> Worksheet:
    """Put the sheet of findings in front of a workbook; ``source`` is the name of the original."""
    names = {sheet.title for sheet in book.worksheets}
    sheet: Worksheet = book.create_sheet(name, 0)
    looks = _Looks(sheet)
    _write_top(looks, sheet, (_HOW.format(source), " ".join([*remarks, _SPACE_FOR_LOST])), findings)
    for column, heading in enumerate(HEADINGS, start=1):
        looks.write(HEADING_ROW, column, heading, "heading", _NAVY)
    sheet.row_dimensions[HEADING_ROW].height = 24
    for number, finding in enumerate(findings[:MOST_ROWS], start=1):
        _write_finding(looks, sheet, number, finding, names)
    last = HEADING_ROW + max(1, min(len(findings), MOST_ROWS))
    if not findings:
        looks.write(last, 6, "Tidak ada temuan.")
    elif len(findings) > MOST_ROWS:
        looks.write(last + 1, 6, f"Masih ada {len(findings) - MOST_ROWS} temuan lagi.")
    held = {colour_of(each) for each in findings}
    worst = next((each for each in COLOURS if each in held), None)
    sheet.sheet_properties.tabColor = COLOURS[worst].tab if worst else _PASSABLE
    _set_page(sheet, last)
    return sheet


def say_lost(parts: dict[str, bytes], part: str, lost: Sequence[str]) -> None:
    """Write into the saved sheet what did not come through into the copy."""
    told = _LOST.format(", ".join(lost)) if lost else ""

    def with_it(match: re.Match[bytes]) -> bytes:
        text = texts.cut(f"{unescape(match[3].decode())} {texts.excel_text(told)}".strip(), texts.CELL_LIMIT)
        return b"%s%g%s%s" % (match[1], _height((text, sum(_WIDTHS))), match[2], escape(text, quote=False).encode())

    parts[part] = _REMARK_ROW.sub(with_it, parts[part], count=1)


class _Looks:
    """The formats of the sheet: each is made once, however many cells wear it."""

    def __init__(self, sheet: Worksheet) -> None:
        side = Side("thin", color=_GREY)
        self._box = Border(left=side, right=side, top=side, bottom=side)
        self._made: dict[tuple[str, str, bool], StyleArray] = {}
        self._sheet = sheet

    def write(self, row: int, column: int, value: str | int, look: str = "text", colour: str = "") -> None:
        """Write a number, or a text that never becomes a formula."""
        cell = self._sheet.cell(row, column)
        quoted = False
        if isinstance(value, int):
            cell.value = value
        elif value:
            cell.value = texts.cut(texts.excel_text(value), texts.CELL_LIMIT)
            cell.data_type, quoted = "s", texts.starts_formula(value)
        key = (look, colour, quoted)
        if key in self._made:
            wear(cell, self._made[key])
        else:
            self._dress(cell, look, colour, quoted=quoted)
            self._made[key] = wear(cell, cell)

    def _dress(self, cell: BookCell | MergedCell, look: str, colour: str, *, quoted: bool) -> None:
        middle, boxed = look in {"heading", "number"}, look not in {"title", "plain", "meaning"}
        cell.font = _FONTS.get(look, Font(name="Calibri", size=11, color="FF000000"))
        cell.alignment = Alignment(
            horizontal="center" if middle else "left",
            vertical="center" if look in {"heading", "title"} else "top",
            wrap_text=look != "title",
            indent=0 if middle or look in {"title", "plain"} else 1,
        )
        if boxed:
            cell.border = self._box
        if colour:
            cell.fill = PatternFill("solid", fgColor=colour)
        cell.quotePrefix = quoted


def _write_top(looks: _Looks, sheet: Worksheet, texts_on_top: Sequence[str], findings: Sequence[Finding]) -> None:
    """Title, how to use the sheet, what has to be said, the counts with what their colours mean."""
    looks.write(1, 1, TITLE, "title")
    sheet.row_dimensions[1].height = 26
    for row, text in enumerate(texts_on_top, start=2):
        looks.write(row, 1, text, "plain")
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(HEADINGS))
        sheet.row_dimensions[row].height = _height((text, sum(_WIDTHS)))
    counts = Counter(map(colour_of, findings))
    lines = [(f"{counts[each]} {noun}", COLOURS[each].cell, meaning) for each, noun, meaning in _MEANING]
    lines.append(("terkait", COLOURS[Severity.ERROR].related, _RELATED))
    for row, (text, colour, meaning) in enumerate(lines, start=4):
        looks.write(row, 2, text, colour=colour)
        looks.write(row, 3, meaning, "meaning")
        sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=len(HEADINGS))
        sheet.row_dimensions[row].height = 18


def _write_finding(looks: _Looks, sheet: Worksheet, number: int, finding: Finding, names: Collection[str]) -> None:
    cell, row = finding.cell or Cell(""), HEADING_ROW + number
    told = texts.message(finding)
    where = cell.ref or ("seluruh lembar" if cell.sheet else "")
    leads = cell.sheet in names
    looks.write(row, 1, number, "number")
    weight = LABELS[finding.severity].capitalize()
    if finding.kind is FindingKind.UNFILLED:
        weight = f"{weight}, {KINDS[finding.kind]}"
    looks.write(row, 2, weight, colour=COLOURS[colour_of(finding)].related)
    looks.write(row, 3, finding.code)
    looks.write(row, 4, cell.sheet)
    looks.write(row, 5, where, "link" if leads else "text")
    for column, text in enumerate((told, finding.actual, finding.expected, finding.fix), start=6):
        looks.write(row, column, text)
    if leads:
        quoted = cell.sheet.replace("'", "''")
        place = f"E{row}"
        sheet[place]._hyperlink = Hyperlink(ref=place, location=f"'{quoted}'!{cell.ref or 'A1'}")
    long = ((cell.sheet, 4), (told, 6), (finding.actual, 7), (finding.expected, 8), (finding.fix, 9))
    sheet.row_dimensions[row].height = _height(*((text, _WIDTHS[column - 1]) for text, column in long))


def _height(*pieces: tuple[str, float]) -> float:
    """Points that a row takes whose texts stand in columns of these widths; narrow ones lose most by whole words."""
    lines = (
        sum(max(1, math.ceil(len(line) / (width * 1.25 - 9))) for line in text.split("\n")) for text, width in pieces
    )
    return min(_LINE * max(lines) + 3, _TALLEST)


def _set_page(sheet: Worksheet, last: int) -> None:
    """Widths, the frozen and repeated headings, the filter, and A4 across."""
    for column, width in zip("ABCDEFGHI", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width + 0.7109375  # as Excel stores a width of whole letters
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.tabSelected = True
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{LAST_COLUMN}{last}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("&A", size=9), right=_HeaderFooterPart("Halaman &P dari &N", size=9)
    )
