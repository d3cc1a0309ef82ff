"""Every cell of a workbook reaches the document, or its column says that it is not printed there."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from lakip_xlsx import bahasa, numbers
from lakip_xlsx.figures.figures import compute
from lakip_xlsx.finding import Cell, column_letters
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.report.compose import compose
from lakip_xlsx.word.build.template import build
from lakip_xlsx.word.fill.fill import fill
from lakip_xlsx.word.fill.save import serialise
from lakip_xlsx.word.package import Properties
from lakip_xlsx.workbook.book import Book, Form, Table, Value
from lakip_xlsx.workbook.sheets import SHEETS
from lakip_xlsx.workbook.spec import Field, Kind, SheetSpec

NOT_SHEETS_OF_THE_REPORT = {"skala", "pengecualian"}  # the scale that is chosen, and the findings that are accepted
ROWS = {"renstra": 6, "program": 3, "pegawai": 1, "narasi": 5, "rencana_aksi": 4}
LINKS = {"kode_sasaran": "S4", "penunjang": "P1", "induk": "S3"}


def code(spec: SheetSpec, at: int) -> str:
    letter = {"renstra": "S", "program": "P"}.get(spec.key, "I")
    if spec.key == "program":
        return "P1" + ".1" * at
    return f"{letter}{at + 1}" if spec.key == "renstra" else "I1"


class Numbers:
    """Numbers that stand nowhere else: no sum, no difference, no year."""

    def __init__(self) -> None:
        self.last = 700_000

    def new(self) -> Decimal:
        self.last += 13_577
        return Decimal(self.last)


def value(spec: SheetSpec, field: Field, at: int, fresh: Numbers) -> Value:
    if field.key in LINKS:
        return LINKS[field.key]
    if field.kind is Kind.CHOICE and field.choices:
        return field.choices[at % len(field.choices)]
    if field.kind is Kind.CODE and field.key == "kode":
        return code(spec, at)
    if field.kind in {Kind.MONEY, Kind.QUANTITY, Kind.COUNT, Kind.PERCENT}:
        return fresh.new()
    if field.kind is Kind.YEAR:
        return Decimal(2024)
    return f"kata {spec.key} {field.key} {at}"


def full_book(layout: Layout, *, pemda: bool) -> Book:
    fresh = Numbers()
    tables = {}
    for spec in SHEETS:
        if spec.form:
            continue
        fields = [field for field in spec.fields if field.read]
        letters = {field.key: column_letters(number) for number, field in enumerate(fields, 1)}
        data = {6 + at: [value(spec, field, at, fresh) for field in fields] for at in range(ROWS.get(spec.key, 1))}
        tables[spec.key] = Table.of(spec, spec.name, 5, letters, data)
    skala = tables["skala"]
    rows = {6: ["Skala A", Decimal(0), "Baik", "Ya"]}
    tables["skala"] = Table.of(skala.spec, "Skala", 5, skala.letters, rows)
    return Book(Path("penuh.xlsx"), tuple(spec.name for spec in SHEETS), tables, full_form(layout, pemda=pemda))


def full_form(layout: Layout, *, pemda: bool) -> Form:
    spec = next(spec for spec in SHEETS if spec.form)
    values: dict[str, Value] = {}
    for at, field in enumerate(spec.fields):
        values[field.key] = dt.date(2026, 1, 1 + at) if field.kind is Kind.DATE else f"isian {field.key}"
    values |= {"tahun": Decimal(2025), "awal_renstra": Decimal(2023), "akhir_renstra": Decimal(2027)}
    values |= {"tata_letak": layout.name, "skala": "Skala A", "batas_capaian": Decimal(137), "logo": None}
    values["nama"] = values["pemda"] if pemda else values["nama"]
    return Form(spec, spec.name, values, {f.key: Cell(spec.name, f"B{at}") for at, f in enumerate(spec.fields, 6)})


def printed(layout: Layout, *, pemda: bool) -> tuple[Book, str]:
    """The full workbook of an office or of a government, and all texts of its document: body, headers, charts."""
    book = full_book(layout, pemda=pemda)
    filled = fill(build(layout), compose(book, compute(book), layout, ()))
    data = serialise(filled.paper, Properties(title="t", subject="s", author="a", date=dt.date(2026, 1, 1)))
    texts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.match(r"word/(document|header|footer|charts/chart).*\.xml", name):
                texts += [node.text or "" for node in etree.fromstring(archive.read(name)).iter() if node.text]
    return book, "\n".join(texts)


def shown(value: Value) -> list[str]:
    if isinstance(value, Decimal):
        return [numbers.show(value), numbers.rupiah(value), f"{value:f}"]
    return [bahasa.date(value)] if isinstance(value, dt.date) else [str(value), str(value).upper()]


def unprinted(layout: Layout) -> set[str]:
    """What is printed neither in the report of an office nor in that of a government."""
    return missing(layout, pemda=False) & missing(layout, pemda=True)


def missing(layout: Layout, *, pemda: bool) -> set[str]:
    """The columns and lines of the form of which some value is nowhere in the document."""
    book, text = printed(layout, pemda=pemda)
    found = set()
    for table in book.tables.values():
        if table.spec.key in NOT_SHEETS_OF_THE_REPORT:
            continue
        for field in table.spec.fields:
            values = [value for _, value in table.column(field.key) if value is not None]
            if not field.computed and not all(any(way in text for way in shown(value)) for value in values):
                found.add(f"{table.spec.key}.{field.key}")
    form = book.form
    assert form is not None
    for key, value in form.values.items():
        if value is not None and not any(way in text for way in shown(value)):
            found.add(f"instansi.{key}")
    return found


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_every_cell_is_printed_or_its_column_says_that_it_is_not(layout: Layout) -> None:
    declared = {f"{spec.key}.{field.key}" for spec in SHEETS for field in spec.fields if layout.key in field.unprinted}
    seen = {name for name in unprinted(layout) if not name.startswith("gambar.")}  # there are no such picture files
    assert seen
    assert seen == declared
