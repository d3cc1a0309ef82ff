"""Tables for people in a workbook: with a title, filters, links and a page set-up, written row by row.

Texts stay texts, numbers are written as they are; rows go to the disk as they come, so that a sheet of a
million rows takes no memory.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import cast

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lakip_xlsx.numbers import half_up

NAVY, GREY = "#1F3864", "#BFC6D1"
RED, AMBER, GREEN, VIOLET, BLUE = "#FFB3B3", "#FFE699", "#C6E0B4", "#D9C7EC", "#BDD7EE"
"""The fills of the marked copy, and green for what is in order."""

LAST_ROW = 1_048_576
HEADING = 3  # the row of the headings, from 0, under a title, what it says, and a blank row
LONGEST = 32_767
LONGEST_FORMULA_TEXT = 255
MOST_LINKS = 60_000  # of one sheet; Excel opens no more than 65,530
_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE = 15
_FORMS = {
    "uang": "#,##0",
    "sen": "#,##0.00",
    "persen": "0.00",
    "angka": "#,##0.##########",
    "bulat": "#,##0",
    "hari": "dd/mm/yyyy",
    "polos": "0",
}
_NUMERIC = frozenset(_FORMS)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: ``kind`` is teks, panjang, uang, persen, angka, bulat or tautan."""

    heading: str
    width: float = 14
    kind: str = "teks"
    hidden: bool = False
    fill: str = ""  # of its heading: what people type themselves has another colour


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere: to ``internal:`` or ``external:`` places as XlsxWriter names them."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with its result."""

    formula: str
    result: Decimal | str


Value = str | int | Decimal | dt.date | Link | Formula | None


@dataclass(slots=True)
class Paper:
    """The workbook while it is written."""

    book: Workbook
    _formats: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def look(self, **properties: object) -> Format:
        """A format; the same one for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(
                {"font_name": "Calibri", "font_size": 10, "valign": "top", **properties}
            )
        return self._formats[key]

    def sheet(self, name: str, title: str, note: str, columns: Sequence[Column], tab: str = NAVY) -> Table:
        """A new sheet with one table."""
        heading = HEADING if title else 0
        table = Table(self, self.book.add_worksheet(name), name, list(columns), heading, heading)
        table.begin(title, note, tab)
        return table


@dataclass(slots=True)
class Table:
    """A sheet with a table, written from the top down."""

    paper: Paper
    page: Worksheet
    name: str
    columns: list[Column]
    heading: int  # its row, from 0
    at: int  # the row that was written last, from 0
    links: int = 0

    def begin(self, title: str, note: str, tab: str) -> None:
        """The title, what the sheet says, the headings, and how it is printed."""
        page, look = self.page, self.paper.look
        page.set_tab_color(tab)
        page.hide_gridlines(2)
        for at, column in enumerate(self.columns):
            page.set_column(at, at, column.width, None, {"hidden": column.hidden})
        page.set_row(self.heading, 32)
        if title:
            page.set_row(0, 24)
            page.write_string(0, 0, fit(title), look(bold=True, font_size=15, font_color=NAVY))
            page.write_string(1, 0, fit(note), look(italic=True, font_color="#595959"))
        for at, column in enumerate(self.columns):
            fill = column.fill or NAVY
            head = look(bold=True, bg_color=fill, font_color="#000000" if column.fill else "#FFFFFF", text_wrap=True,
                        border=1, border_color=GREY, valign="vcenter")  # fmt: skip
            page.write_string(self.heading, at, column.heading, head)
        page.freeze_panes(self.heading + 1, 2 if len(self.columns) > 4 else 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(self.heading)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.set_footer("&L&8&F · &A&R&8Halaman &P dari &N")

    @property
    def is_full(self) -> bool:
        """Whether Excel has no more rows."""
        return self.at >= LAST_ROW - 2

    def row(
        self, values: Sequence[Value], *, fill: str = "", fills: dict[int, str] | None = None, bold: bool = False
    ) -> int:
        """One row; its number in Excel. ``fills`` colour single cells by their place."""
        self.at += 1
        own = fills or {}
        lines = 1
        for at, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            self._write(at, column, value, own.get(at, fill), bold=bold)
            said = value.text if isinstance(value, Link) else value
            if column.kind == "panjang" and isinstance(said, str):
                lines = max(lines, sum(1 + int(len(part) * 0.95 / column.width) for part in said.split("\n")))
        if lines > 1:
            self.page.set_row(self.at, min(405, _LINE * lines))
        return self.at + 1

    def _write(self, at: int, column: Column, value: Value, fill: str, *, bold: bool) -> None:
        page, row = self.page, self.at
        properties: dict[str, object] = {"border": 1, "border_color": GREY}
        if fill:
            properties["bg_color"] = fill
        if bold:
            properties["bold"] = True
        if column.kind == "panjang":
            properties["text_wrap"] = True
        if isinstance(value, Link):
            self._link(at, value, properties)
        elif isinstance(value, Formula):
            self._formula(at, column, value, properties)
        elif isinstance(value, int | Decimal):
            page.write_number(row, at, cast("float", _stored(column, value)), self._number(column, value, properties))
        elif isinstance(value, dt.date):
            moment = dt.datetime.combine(value, dt.time())
            page.write_datetime(row, at, moment, self.paper.look(num_format=_FORMS["hari"], **properties))
        elif value:
            page.write_string(row, at, fit(value), self.paper.look(**properties))
        else:
            page.write_blank(row, at, None, self.paper.look(**properties))

    def _formula(self, at: int, column: Column, value: Formula, properties: dict[str, object]) -> None:
        if isinstance(value.result, str):
            look = self.paper.look(font_color="#0563C1", underline=1, **properties)
            self.page.write_formula(self.at, at, value.formula, look, value.result)
        else:
            look = self._number(column, value.result, properties)
            self.page.write_formula(self.at, at, value.formula, look, _cached(_stored(column, value.result)))

    def _number(self, column: Column, value: int | Decimal, properties: dict[str, object]) -> Format:
        kind = column.kind if column.kind in _NUMERIC else "angka"
        if kind == "uang" and isinstance(value, Decimal) and value != value.to_integral_value():
            kind = "sen"
        if kind == "angka" and value == int(value):
            kind = "bulat"
        return self.paper.look(num_format=_FORMS[kind], **properties)

    def _link(self, at: int, link: Link, properties: dict[str, object]) -> None:
        look = self.paper.look(font_color="#0563C1", underline=1, **properties)
        self.links += 1
        if link.target and self.links <= MOST_LINKS and len(link.target) < 2000:
            self.page.write_url(self.at, at, link.target, look, fit(link.text)[:255])
        else:
            self.page.write_string(self.at, at, fit(link.text), look if link.target else self.paper.look(**properties))

    def chart(self, kind: str, title: str, columns: tuple[int, int], rows: tuple[int, int]) -> None:
        """A chart under the table: the columns of the names and of the values, first and last row, from 0."""
        (names, values), (first, last) = columns, rows
        chart = self.paper.book.add_chart({"type": kind}) if last >= first else None
        if chart is None:
            return
        look = {} if kind == "pie" else {"fill": {"color": "#2F5597"}, "gap": 60}
        cells = {
            "categories": [self.name, first, names, last, names],
            "values": [self.name, first, values, last, values],
        }
        chart.add_series({"name": title, **cells, **look})
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_legend({"none": kind != "pie"})
        if kind == "bar":
            chart.set_y_axis({"reverse": True, "num_font": {"size": 8}})
        height = max(280, min(1400, 60 + 18 * (last - first + 1))) if kind == "bar" else 320
        chart.set_size({"width": 900, "height": height})
        self.page.insert_chart(self.at + 3, 1, chart)

    def finish(self) -> None:
        """The filters over what was written."""
        self.page.autofilter(self.heading, 0, max(self.at, self.heading + 1), len(self.columns) - 1)


def _stored(column: Column, value: int | Decimal) -> int | Decimal:
    """A percentage with the two places that are shown: what is read is what is there."""
    return half_up(value, 2) if column.kind == "persen" and isinstance(value, Decimal) else value


def _cached(value: int | Decimal) -> int | float:
    """The result of a formula as Excel itself holds it; whole rupiah stay exact up to nine quadrillions."""
    return int(value) if value == int(value) else float(value)


def fit(text: str) -> str:
    """A text as a cell of Excel can hold it."""
    return _UNFIT.sub("\ufffd", text)[:LONGEST]


@contextmanager
def paper(place: Path | BytesIO, title: str) -> Iterator[Paper]:
    """A workbook that is written to ``place``, whole when the block ends."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = Workbook(str(place) if isinstance(place, Path) else place, options)
    book.set_properties({"title": title, "created": _CREATED})
    book.set_size(1600, 1000)
    try:
        yield Paper(book)
    except BaseException:
        book.fileclosed = True  # what was begun is not wanted
        raise
    book.close()
