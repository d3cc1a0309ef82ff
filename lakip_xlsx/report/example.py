"""A workbook in which every sheet, column and choice is filled: what every name of the template can mean.

It is made from the declaration of the workbook and never shown. A template is held against its content, so
that the names a template may use are those that are really filled, and can never be a list of their own.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from lakip_xlsx.figures.figures import compute
from lakip_xlsx.finding import Accepted, Cell, Finding, SentenceNumber, Severity, State, column_letters
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.report import back_pages
from lakip_xlsx.report.compose import compose
from lakip_xlsx.report.content import Content, Image, Node, Teks
from lakip_xlsx.workbook.book import Book, Form, Table, Value
from lakip_xlsx.workbook.instansi import INSTANSI
from lakip_xlsx.workbook.sheets import SHEETS
from lakip_xlsx.workbook.spec import Field, Kind, SheetSpec

_CODES: Final = ("1", "2", "3")  # the same in every sheet, so that everything is linked
_FIRST_ROW: Final = 6
_YEAR: Final = 2025
_DOT: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
_NUMBERS: Final[dict[Kind, Decimal]] = {
    Kind.MONEY: Decimal(1000),
    Kind.PERCENT: Decimal(90),
    Kind.QUANTITY: Decimal(90),
    Kind.COUNT: Decimal(3),
    Kind.YEAR: Decimal(_YEAR),
}


def content(layout: Layout) -> Content:
    """The content of a report in which nothing is absent, with a page of findings."""
    tables = {spec.key: _table(spec) for spec in SHEETS if not spec.form}
    book = Book(Path("contoh.xlsx"), tuple(spec.name for spec in SHEETS), tables, _form(layout))
    finding = Finding("BRK-001", Severity.ERROR, "Contoh.", Cell("Instansi", "B6"), fix="Contoh.")
    behind = {
        "pengecualian": back_pages.pengecualian((Accepted(finding, "Contoh.", Cell("Pengecualian", "C6")),)),
        "reviu": back_pages.reviu([dict.fromkeys(("no", "pernyataan", "jawaban", "dasar"), Teks("contoh"))], "Contoh."),
        "angka": back_pages.numbers((SentenceNumber(Cell("Narasi", "B6"), "1", "Contoh.", State.TOLD, ()),), "Contoh."),
    }
    made = dict(compose(book, compute(book), layout, (finding,), behind))
    office = made["instansi"]
    if isinstance(office, Mapping):
        made["instansi"] = {**office, "logo": _picture()}
    picture: dict[str, Node] = {"berkas": _picture(), "judul": Teks("contoh"), "keterangan": Teks("contoh")}
    made["gambar"] = {part.key: [picture] for part in layout.parts}
    made["lampiran_lain"] = [{"judul": Teks("contoh"), "keterangan": Teks("contoh"), "gambar": [picture]}]
    made["bagian"] = _with_pictures(made["bagian"], picture)
    return made


def _picture() -> Image:
    return Image(_DOT, 1, 1, "Contoh.", (Cell("Instansi", "B25"),))


def _with_pictures(own: Node, picture: Mapping[str, Node]) -> Node:
    """The parts of the office's own, each with a picture."""
    if not isinstance(own, Mapping):
        return own
    return {
        name: [{**each, "gambar": [picture]} for each in node if isinstance(each, Mapping)]
        if isinstance(node, list)
        else node
        for name, node in own.items()
    }


def _form(layout: Layout) -> Form:
    values: dict[str, Value] = {field.key: _value(field, "1", 0) for field in INSTANSI.fields}
    values |= {"tata_letak": layout.name, "logo": None}  # the picture is no file
    cells = {field.key: Cell(INSTANSI.name, f"B{at}") for at, field in enumerate(INSTANSI.fields, _FIRST_ROW)}
    return Form(INSTANSI, INSTANSI.name, values, cells)


def _table(spec: SheetSpec) -> Table:
    """Every choice of the first closed list of a sheet, for every code; or the rows that the sheet comes with."""
    keys = [field.key for field in spec.fields if field.read]
    letters = {key: column_letters(at) for at, key in enumerate(keys, 1)}
    first = next((field for field in spec.fields if field.choices and field.read), None)
    kinds = first.choices if first and not spec.presets else ("",)
    rows: list[dict[str, Value]] = []
    if spec.key == "skala":
        rows = [_preset(spec, values) for values in spec.presets]
    else:
        for at, kind in enumerate(kinds if spec.key != "pegawai" else spec.field("kelompok").choices):
            for number, code in enumerate(_CODES):
                row = {field.key: _value(field, code, at + number) for field in spec.fields if field.read}
                rows.append(row | ({first.key: kind} if first else {}))
    data = {_FIRST_ROW + at: [row.get(key) for key in keys] for at, row in enumerate(rows)}
    return Table.of(spec, spec.name, _FIRST_ROW - 1, letters, data)


def _preset(spec: SheetSpec, values: tuple[str, ...]) -> dict[str, Value]:
    """A row that the blank sheet comes with."""
    fields = zip((field for field in spec.fields if field.read), values, strict=False)
    return {field.key: Decimal(value) if field.kind in _NUMBERS else value for field, value in fields}


def _value(field: Field, code: str, number: int) -> Value:
    if field.choices:
        return field.choices[number % len(field.choices)]
    if field.kind in _NUMBERS:
        return _NUMBERS[field.kind]
    if field.kind is Kind.DATE:
        return dt.date(_YEAR + 1, 1, 31)
    if field.kind is Kind.CODE or field.key in {"induk", "kode_sasaran", "penunjang"}:
        return code
    return f"contoh {number + 1}"
