"""Last year's workbook as the beginning of the next, or of the same year in the present form.

Into the next year goes what :mod:`lakip_xlsx.workbook.next_year` names; a text of the report that speaks of a year or a
figure becomes a proposal beside its cell, never the text itself. Within the same year everything comes along
(:mod:`lakip_xlsx.carry.same`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from lakip_xlsx.carry import same
from lakip_xlsx.carry.cells import cell_of
from lakip_xlsx.carry.rows import Carrier, in_groups, sheet
from lakip_xlsx.checks.angka import read
from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.blank import blank_data
from lakip_xlsx.excel.write_data import (
    BlankCell,
    CellInput,
    NumberCell,
    Row,
    TableData,
    TextCell,
    WorkbookData,
    form_of,
    standard_headings,
    starred,
)
from lakip_xlsx.layouts import catalog
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.workbook import next_year
from lakip_xlsx.workbook.book import Book, Form
from lakip_xlsx.workbook.sheets import BY_KEY

_UNREAD = frozenset({"BRK-003", "BRK-004", "BRK-005", "BRK-006", "BRK-007", "BRK-008", "BRK-011", "BRK-012", "BRK-015"})
"""Findings on what the reader did not read; it cannot come along."""
_LISTED = re.compile(r"^\s*[0-9]{1,2}[.)]\s")


@dataclass(frozen=True, slots=True)
class Carried:
    """The data of a new workbook. ``left`` says in plain words what did not come along."""

    data: WorkbookData
    layout: Layout
    year: int
    figures: int  # cells filled from another year's column, or with a number
    proposals: int
    left: tuple[str, ...]

    def said(self) -> list[str]:
        """What came along, in sentences."""
        told = []
        if self.figures:
            told.append(f"{self.figures} angka dibawa; catatan di tiap selnya menyebut sel asalnya.")
        if self.proposals:
            told.append(
                f"{self.proposals} alinea Narasi memuat tahun atau angka: menjadi usulan berwarna kuning di sampingnya."
            )
        return told


class NotCarriedError(UnreadableError):
    """The year does not follow; the text is a line for the user."""


def carry(book: Book, year: int | None = None) -> Carried:
    """A workbook for the year after ``book``'s, or for its own year.

    Raises:
        NotCarriedError: the workbook names no year, or ``year`` is neither its own nor the next.
    """
    last = book.form.year("tahun") if book.form else None
    if book.form is None or last is None:
        raise NotCarriedError(f"{book.path.name}: Tahun Laporan belum diisi, jadi tidak diketahui tahun berikutnya.")
    new = last + 1 if year is None else year
    if new not in {last, last + 1}:
        raise NotCarriedError(
            f"{book.path.name} adalah workbook tahun {last}; darinya hanya dapat dibuat tahun {last + 1} "
            f"(atau {last} dalam bentuk yang baru), bukan {new}. Teruskan setahun demi setahun."
        )
    layout = catalog.find(book.form.text("tata_letak")) or catalog.in_force(new)
    unread = [f"{each.cell}: {each.message}" for each in book.findings if each.code in _UNREAD]
    make = _same if new == last else _next
    return make(book, book.form, layout, new, unread)


def _next(book: Book, form: Form, layout: Layout, year: int, left: list[str]) -> Carried:
    values = _form(form, tuple(next_year.CARRIED["instansi"])) | {"tahun": NumberCell(Decimal(year))}
    end = form.year("akhir_renstra")
    if end is not None and year > end:
        values |= {"awal_renstra": BlankCell(), "akhir_renstra": BlankCell()}
        left.append(f"Renstra berakhir {end}: isi periode yang baru, lalu perbarui lembar Renstra dan Indikator.")
    sheets = {each.key: each for each in blank_data(layout).sheets}
    sheets["instansi"] = form_of(form.spec, values)
    figures = proposals = 0
    for key, columns in next_year.CARRIED.items():
        table = book.table(key)
        if table is None or not len(table):
            continue
        carrier = Carrier(table, book.path.name)
        rows = [carrier.carried(row, columns) for row in table.rows]
        if key == "indikator":
            rows = [_indicator(carrier, row, old, year, end) for row, old in zip(rows, table.rows, strict=True)]
        made = sheet(table, list(in_groups(table, rows)))
        if key == "narasi":
            made, proposals = _proposed(made)
        sheets[key] = made
        figures += carrier.figures
        left += carrier.left
    return Carried(WorkbookData(tuple(sheets.values())), layout, year, figures, proposals, tuple(left))


def _same(book: Book, form: Form, layout: Layout, year: int, left: list[str]) -> Carried:
    sheets = {each.key: each for each in blank_data(layout).sheets}
    sheets["instansi"] = form_of(form.spec, _form(form, tuple(each.key for each in form.spec.fields)))
    origins: dict[str, list[int]] = {}
    for key, table in book.tables.items():
        if table.rows or table.totals:
            carrier = Carrier(table, book.path.name)
            sheets[key], origins[key] = same.rows_of(carrier)
            left += carrier.left
    data, kept = same.figures_kept(WorkbookData(tuple(sheets.values())), book, origins)
    left += [f"{cell}: rumusnya bukan rumus standar; angkanya dipertahankan sebagai angka." for cell in kept]
    return Carried(data, layout, year, 0, 0, tuple(left))


def _form(form: Form, keys: tuple[str, ...]) -> dict[str, CellInput]:
    kinds = {each.key: each.kind for each in form.spec.fields}
    return {
        key: cell_of(form.values.get(key), kinds[key], unit=form.units.get(key, ""), note=form.notes.get(key))
        for key in keys
    }


def _indicator(carrier: Carrier, row: Row, old: int, year: int, end: int | None) -> Row:
    """The new year's target where the Renstra has it, and what last year said of what begins empty."""
    table, cells, notes = carrier.table, dict(row.cells), dict(row.notes)
    for key in next_year.REMEMBERED["indikator"]:
        if said := table.text(old, key):
            shown = f"{said.replace('.', ',')}{table.units.get((old, key), '')}"
            notes[key] = f"{carrier.heading(key)} {year - 1}: {shown} ({carrier.source}, {table.cell(old, key)})."
    goal = cells.get("target_akhir")
    if year == end and goal is not None and not isinstance(goal, BlankCell):
        cells["target"] = goal
        notes["target"] = f"Target akhir Renstra, dari {carrier.source}, {table.cell(old, 'target_akhir')}."
    return replace(row, cells=cells, notes=notes)


def _proposed(made: TableData) -> tuple[TableData, int]:
    """Narasi with the texts that speak of a year or a figure moved beside the place where they stood."""
    rows = [_aside(row) for row in made.rows]
    count = sum("usulan" in row.cells for row in rows)
    if not count:
        return made, 0
    spec = BY_KEY[made.key]
    standard = standard_headings(spec)
    proposals = (starred(each) for each in spec.fields if each.proposal)
    return replace(made, rows=tuple(rows), headings=(*standard, *proposals, *made.headings[len(standard) :])), count


def _aside(row: Row) -> Row:
    text = row.cells.get("teks")
    if isinstance(text, TextCell) and _speaks_of_figures(text.text):
        return replace(row, cells={**row.cells, "teks": BlankCell(), "usulan": text})
    return row


def _speaks_of_figures(text: str) -> bool:
    """Whether a text holds a digit, but for the number of a list, or a number in words."""
    lines = [_LISTED.sub("", line) for line in text.splitlines()]
    return any(any(map(str.isdigit, line)) or read.read(line) for line in lines)
