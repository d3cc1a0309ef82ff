"""From cells to finished text: every value keeps the cells it came from, every gap stays visible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Concatenate, ParamSpec, TypeVar, cast

from lakip_xlsx import bahasa, numbers
from lakip_xlsx.figures import bagian
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.finding import Cell
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.report import origin
from lakip_xlsx.report.content import Paragraph, Paragraphs, Style, Teks
from lakip_xlsx.workbook.book import Book, Oddity, Table, Value

Asked = ParamSpec("Asked")
Made = TypeVar("Made")
EMPTY = "belum diisi"
NOT_CALCULABLE = Teks("n/a")
DASH = Teks("-")


@dataclass(frozen=True, slots=True)
class Source:
    """All that a report is made of: the workbook as read, its figures, and the layout."""

    book: Book
    figures: Figures
    layout: Layout
    _made: dict[object, object] = field(default_factory=dict, repr=False, compare=False)

    def once(self, make: Callable[Concatenate[Source, Asked], Made], *args: Asked.args, **named: Asked.kwargs) -> Made:
        """What ``make`` gives for this report, made once for all the parts that show it; nobody may change it."""
        key = (make, *args, *named.items())
        if key not in self._made:
            self._made[key] = make(self, *args, **named)
        return cast("Made", self._made[key])

    @property
    def tahun(self) -> int | None:
        """The report year, if the workbook says one."""
        return self.book.form.year("tahun") if self.book.form else None

    def year(self, offset: int = 0) -> str:
        """The report year (or one near it) for a sentence; a visible gap if it is not given, or is none."""
        if self.tahun is not None:
            return str(self.tahun + offset)
        given = self.book.form is not None and self.book.form.text("tahun")
        return "[tahun perlu diperbaiki]" if given else "[tahun belum diisi]"

    @property
    def office(self) -> str:
        """The office's name for a sentence; a visible gap if it is not given."""
        return (self.book.form.text("nama") if self.book.form else "") or "[nama instansi belum diisi]"


def placed(source: Source) -> bagian.Bagian:
    """Where each row of the sheet Narasi belongs."""
    return bagian.read(source.book.table("narasi"), source.layout)


def gap(what: str) -> Teks:
    """A visible marker for something that is missing."""
    return Teks(f"[{what}]", missing=True)


def text(table: Table, row: int, key: str, value: Value) -> Teks:
    """A text cell. Empty optional text stays empty; empty required text is a visible gap."""
    if value is None and key in table and table.note(row, key) is Oddity.DASH:
        return DASH
    if value is None or value == "":
        required = table.spec.field(key).required
        return gap(f"{table.spec.field(key).heading.casefold()} {EMPTY}") if required else Teks("")
    shown = numbers.show(value) if isinstance(value, Decimal) else _plain(value)
    return Teks(shown, (table.cell(row, key),))


def _plain(value: str | dt.date) -> str:
    return bahasa.date(value) if isinstance(value, dt.date) else value


def money(table: Table, row: int, key: str, value: Value) -> Teks:
    """An amount: ``1.351.829.790``, ``-`` where the office says there is none, a gap where it says nothing."""
    if isinstance(value, Decimal):
        return Teks(numbers.rupiah(value), (table.cell(row, key),))
    return _not_a_number(table, row, key)


def quantity(table: Table, row: int, key: str, value: Value, satuan: str = "") -> Teks:
    """A target or a realisasi: ``70%``, ``12``, ``81,25``; other text as it is written."""
    if isinstance(value, Decimal):
        unit = table.units.get((row, key), "")
        sign = "%" if unit == "%" or satuan.strip() == "%" else ""
        return Teks(f"{numbers.show(value)}{sign}", (table.cell(row, key),))
    if isinstance(value, str):
        return Teks(value, (table.cell(row, key),))
    return _not_a_number(table, row, key)


def with_unit(shown: Teks, satuan: str) -> Teks:
    """A quantity with its unit: ``70%``, ``12 dokumen``; a gap, a dash or a word stays as it is."""
    if satuan.strip() in {"", "%"} or shown.missing or not shown[-1:].isdigit():
        return shown
    return Teks(f"{shown} {satuan}", shown.sources, how=shown.how)


def _not_a_number(table: Table, row: int, key: str) -> Teks:
    note = table.notes.get((row, key))
    if note is not None and note.oddity is Oddity.DASH:
        return Teks(note.raw, (table.cell(row, key),))
    if note is not None:
        shown = "rumus belum dihitung" if note.oddity is Oddity.UNCALCULATED else note.raw
        return Teks(f"[{shown}]", (table.cell(row, key),), missing=True)
    return gap(EMPTY)


def percent(value: Decimal | None, sources: Iterable[Cell] = (), how: str = origin.SHARE) -> Teks:
    """A computed percentage: ``98,65``, or ``-`` where there is none."""
    return Teks(numbers.percent(value), tuple(sources), how=how)


def capaian(value: Decimal | None, sources: Iterable[Cell] = (), how: str = origin.capaian(None)) -> Teks:
    """A computed capaian: ``100,00``, or ``n/a`` where it cannot be calculated."""
    return Teks(NOT_CALCULABLE if value is None else numbers.percent(value), tuple(sources), how=how)


def predikat(source: Source, name: str | None, sources: Iterable[Cell] = (), how: str = origin.CLASS) -> Teks:
    """A predikat in the look of its class, or ``n/a`` where there is none."""
    return Teks(name or NOT_CALCULABLE, tuple(sources), how=how, look=_look(source, name))


def _look(source: Source, name: str | None) -> str:
    """The character style of a class: "Predikat 1" for the best of a scale, "Predikat 5" for the last."""
    scale = source.figures.skala
    if scale is None or name not in scale.names:
        return ""
    last = len(scale.names) - 1
    return f"Predikat {1 + (scale.names.index(name) * 4 + last // 2) // last if last else 1}"


def total(value: Decimal | None, table: Table | None, key: str, rows: Iterable[int] | None = None) -> Teks:
    """The sum of an amount column: of all rows that are given."""
    return Teks(numbers.rupiah(value), origin.span(table, (key,), rows), how=origin.SUM)


def measured_by(source: Source) -> dict[str, tuple[Cell, ...]]:
    """Code of a sasaran → the cells of target and realisasi of its indicators."""
    table = source.book.table("indikator")
    rows: dict[str, list[int]] = {}
    for row, each in source.figures.indikator.items():
        rows.setdefault(each.kode_sasaran, []).append(row)
    return {kode: origin.span(table, ("target", "realisasi"), held) for kode, held in rows.items()}


def sentence(text: str, sources: Iterable[Cell] = (), how: str = origin.SENTENCE) -> Teks:
    """A sentence with computed numbers, and the cells that they come from."""
    return Teks(text, tuple(dict.fromkeys(sources)), how=how)


def credited(source: Source, paragraphs: Paragraphs) -> Paragraphs:
    """Standing text with the cells that it names: those of the office and of the year, where it says them."""
    form = source.book.form
    names = {source.office: "nama", source.year(): "tahun"}

    def credit(text: Teks) -> Teks:
        if text.sources or text.how or text.missing:
            return text
        said = [key for shown, key in names.items() if shown in text]
        return Teks(text, tuple(form.cell(key) for key in said) if form else (), how=origin.STANDING)

    return tuple(replace(item, text=credit(item.text)) for item in paragraphs)


def count(value: Value, table: Table, row: int, key: str) -> Teks:
    """A number of people."""
    if isinstance(value, Decimal):
        return Teks(numbers.show(value), (table.cell(row, key),))
    return _not_a_number(table, row, key) if table.spec.field(key).required or table.note(row, key) else DASH


def body(*texts: str | Teks) -> Paragraphs:
    """Texts as ordinary paragraphs."""
    return tuple(Paragraph(item if isinstance(item, Teks) else Teks(item)) for item in texts)


def listed(texts: Iterable[str | Teks], style: Style = Style.BULLET) -> Paragraphs:
    """Texts as a list."""
    return tuple(Paragraph(item if isinstance(item, Teks) else Teks(item), style) for item in texts)


def missing_text(what: str) -> Paragraphs:
    """A visible marker as a paragraph of its own."""
    return (Paragraph(gap(what), Style.MISSING),)
