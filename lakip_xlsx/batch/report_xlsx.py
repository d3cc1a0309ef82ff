"""The report on many workbooks as a workbook: numbers are numbers, everything else is text and never a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

Rows = Iterable[Sequence[str | int]]
_OPTIONS = {
    "in_memory": True,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # fixed: the same results are the same bytes
_LONGEST = 32_767  # characters that a cell of Excel holds
_LAST_ROW = 1_048_576
_WIDTHS = {"Workbook": 48, "Dokumen": 48, "Keterangan": 60, "Temuan": 60, "Cara memperbaiki": 60, "Status": 30}
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(pages: Mapping[str, tuple[Sequence[str], Rows]]) -> bytes:
    """Sheets with a heading row each; a sheet that is full goes on in another one."""
    target = io.BytesIO()
    book = Workbook(target, _OPTIONS)
    book.set_properties({"title": "Hasil lakip-xlsx", "created": _CREATED})
    for name, (headings, rows) in pages.items():
        _write(book, name, headings, rows)
    book.close()
    return target.getvalue()


def _write(book: Workbook, name: str, headings: Sequence[str], rows: Rows) -> None:
    sheets = 1
    sheet, at = _start(book, name, headings), 0
    for values in rows:
        if at == _LAST_ROW - 1:
            _finish(sheet, at, len(headings))
            sheets += 1
            sheet, at = _start(book, f"{name} {sheets}", headings), 0
        at += 1
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(at, column, _UNFIT.sub("\ufffd", value)[:_LONGEST])
            else:
                sheet.write_number(at, column, value)
    _finish(sheet, at, len(headings))


def _start(book: Workbook, name: str, headings: Sequence[str]) -> Worksheet:
    bold = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True})
    sheet = book.add_worksheet(name)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, _WIDTHS.get(heading, 14))
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 1)
    return sheet


def _finish(sheet: Worksheet, last: int, columns: int) -> None:
    sheet.autofilter(0, 0, max(last, 1), columns - 1)
