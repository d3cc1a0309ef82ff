"""The sheet of findings in front of a marked copy: what is wrong, and a way to each cell."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from lakip_xlsx.finding import Cell, Finding, Severity
from lakip_xlsx.show.annotate import texts
from lakip_xlsx.show.annotate.styles import LIGHT, STRONG, Look, StyleSheet
from lakip_xlsx.show.text import LABELS, tally

TITLE = "TEMUAN PEMERIKSAAN lakip-xlsx"
"""The first cell of the sheet; by it a marked copy is known when its properties were lost."""

HEADING_ROW = 9
HEADINGS = ("No", "Bobot", "Kode", "Lembar", "Sel", "Temuan", "Tertulis", "Seharusnya", "Cara memperbaiki")
LAST_COLUMN = "I"

_WIDTHS = (6, 14, 10, 19, 11, 50, 20, 22, 44)
_MOST_ROWS = 100_000
_MOST_LINKS = 65_000  # Excel allows 65,530 on one sheet
_TABS = {Severity.ERROR: "FFC00000", Severity.WARNING: "FFFFC000", Severity.INFO: "FF5B9BD5"}
_HOW = (
    "Klik isi kolom Sel untuk menuju selnya. Perbaiki di berkas aslinya ({}), lalu periksa lagi; "
    "salinan ini hanya untuk dibaca."
)
_MEANING = (
    (Severity.ERROR, "kesalahan", "Harus diperbaiki; selama masih ada, dokumen bertanda DRAF."),
    (Severity.WARNING, "peringatan", "Perlu dilihat; perbaiki bila memang keliru."),
    (Severity.INFO, "informasi", "Untuk diketahui."),
)
_RELATED = "Warna yang lebih muda: sel lain yang terkait dengan temuan itu."
_LINE, _TALLEST = 15, 409  # points; Excel allows no higher row


@dataclass(frozen=True, slots=True)
class Setting:
    """What the sheet is made for: the original's name, its sheets, and what else has to be said."""

    source: str
    sheets: Collection[str]
    namespace: str
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Rows:
    """The rows being written, and the cells that lead to a finding."""

    styles: StyleSheet
    xml: list[str]
    links: list[tuple[str, str]]
    number: int = 0

    def add(self, cells: Sequence[tuple[str | int, int] | None], *, height: float = 0) -> int:
        """One row: a text or number and its format for each cell; None leaves the cell out."""
        self.number += 1
        size = f' ht="{height:g}" customHeight="1"' if height else ""
        body = "".join(
            self._cell(f"{letter}{self.number}", *cell)
            for letter, cell in zip("ABCDEFGHI", cells, strict=False)
            if cell is not None
        )
        self.xml.append(f'<row r="{self.number}"{size}>{body}</row>')
        return self.number

    def text(self, value: str, colour: str = "") -> tuple[str, int]:
        """A text and its format; one that looks like a formula is marked as text for good."""
        look = Look.QUOTED if texts.starts_formula(texts.clean(value)) else Look.TEXT
        return value, self.styles.look(look, colour)

    @staticmethod
    def _cell(reference: str, value: str | int, style: int) -> str:
        if isinstance(value, int):
            return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'
        if not value:
            return f'<c r="{reference}" s="{style}"/>'
        text = texts.xml_text(texts.cut(value, texts.CELL_LIMIT))
        return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def sheet_of_findings(findings: Sequence[Finding], setting: Setting, styles: StyleSheet) -> tuple[bytes, int]:
    """The sheet's XML, and its last row."""
    rows = _Rows(styles, [], [])
    _write_top(rows, findings, setting)
    rows.add([(heading, styles.look(Look.HEADING)) for heading in HEADINGS], height=24)  # row HEADING_ROW
    for number, finding in enumerate(findings[:_MOST_ROWS], start=1):
        _write_finding(rows, number, finding, setting)
    last = rows.number
    if not findings:
        last = rows.add([None, None, None, None, None, rows.text("Tidak ada temuan.")])
    elif len(findings) > _MOST_ROWS:
        rows.add([None, None, None, None, None, rows.text(f"Masih ada {len(findings) - _MOST_ROWS} temuan lagi.")])
    return "".join(_sheet(rows, last, findings, setting)).encode(), last


def _write_top(rows: _Rows, findings: Sequence[Finding], setting: Setting) -> None:
    """Title, how to use the sheet, the counts with what their colours mean."""
    plain = rows.styles.look(Look.PLAIN)
    rows.add([(TITLE, rows.styles.look(Look.TITLE))], height=26)
    rows.add([(_HOW.format(setting.source), plain)])
    rows.add([(" ".join(setting.remarks), plain)])
    counts = tally(findings)
    for severity, noun, meaning in _MEANING:
        box = (f"{counts[severity]} {noun}", rows.styles.look(Look.TEXT, STRONG[severity]))
        rows.add([None, box, (meaning, plain)], height=18)
    light = ("terkait", rows.styles.look(Look.TEXT, LIGHT[Severity.ERROR]))
    rows.add([None, light, (_RELATED, plain)], height=18)
    rows.add([])


def _write_finding(rows: _Rows, number: int, finding: Finding, setting: Setting) -> None:
    cell = finding.cell or Cell("")
    link = cell.sheet in setting.sheets and len(rows.links) < _MOST_LINKS
    where = cell.ref or ("seluruh lembar" if cell.sheet else "")
    shown = (where, rows.styles.look(Look.LINK)) if link else rows.text(where)
    told = texts.message(finding)
    long = ((3, cell.sheet), (5, told), (6, finding.actual), (7, finding.expected), (8, finding.fix))
    lines = max(_lines(text, _WIDTHS[column]) for column, text in long)
    row = rows.add(
        [
            (number, rows.styles.look(Look.NUMBER)),
            rows.text(LABELS[finding.severity].capitalize(), LIGHT[finding.severity]),
            rows.text(finding.code),
            rows.text(cell.sheet),
            shown,
            rows.text(told),
            rows.text(finding.actual),
            rows.text(finding.expected),
            rows.text(finding.fix),
        ],
        height=min(_LINE * lines + 3, _TALLEST),
    )
    if link:
        quoted = cell.sheet.replace("'", "''")
        rows.links.append((f"E{row}", f"'{quoted}'!{cell.ref or 'A1'}"))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; words that do not fit cost a narrow one most."""
    return sum(max(1, math.ceil(len(line) / (width * 1.25 - 9))) for line in text.split("\n"))


def _sheet(rows: _Rows, last: int, findings: Sequence[Finding], setting: Setting) -> Iterator[str]:
    """The parts of the worksheet in the order that the format demands."""
    worst = next((severity for severity in Severity if any(each.severity is severity for each in findings)), None)
    tab = _TABS.get(worst, "FF70AD47") if worst else "FF70AD47"
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield f'<worksheet xmlns="{setting.namespace}">'
    yield f'<sheetPr><tabColor rgb="{tab}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
    yield f'<dimension ref="A1:{LAST_COLUMN}{rows.number}"/>'
    below = HEADING_ROW + 1
    yield '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
    yield f'<pane ySplit="{HEADING_ROW}" topLeftCell="A{below}" activePane="bottomLeft" state="frozen"/>'
    yield f'<selection pane="bottomLeft" activeCell="A{below}" sqref="A{below}"/></sheetView></sheetViews>'
    yield '<sheetFormatPr defaultRowHeight="15"/><cols>'
    for number, width in enumerate(_WIDTHS, start=1):
        yield f'<col min="{number}" max="{number}" width="{width}.7109375" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield from rows.xml
    yield f'</sheetData><autoFilter ref="A{HEADING_ROW}:{LAST_COLUMN}{last}"/>'
    if rows.links:
        yield "<hyperlinks>"
        for reference, location in rows.links:
            yield f'<hyperlink ref="{reference}" location="{escape(texts.clean(location))}"/>'
        yield "</hyperlinks>"
    yield '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
    yield '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    yield "<headerFooter><oddFooter>&amp;L&amp;9&amp;A&amp;R&amp;9Halaman &amp;P dari &amp;N</oddFooter></headerFooter>"
    yield "</worksheet>"
