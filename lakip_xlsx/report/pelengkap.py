"""What the optional sheets hold: facilities, quarterly plans, follow-up, awards, and the whole of Program.

Each maker gives None where nothing is filled, so that heading, table and caption are left out together. A part
with a text in the sheet Narasi is there, with its table or without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

from lakip_xlsx.figures.capaian import Arah, capaian
from lakip_xlsx.figures.figures import Money
from lakip_xlsx.numbers import fold, percentage
from lakip_xlsx.report import origin
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Align, Grid, Node, Teks
from lakip_xlsx.report.source import Source
from lakip_xlsx.workbook.book import Table, Value
from lakip_xlsx.workbook.pelengkap import QUARTERS
from lakip_xlsx.workbook.spec import Kind

Row = dict[str, Node]
Record = tuple[int, dict[str, Value]]
_QUARTERS: Final = ("tw1", "tw2", "tw3", "tw4")
_OUTPUTS: Final = ("keluaran", "satuan", "target", "realisasi_keluaran")


def _section(source: Source, part: str, rows: list[Row]) -> Node:
    """A part with its table: None where it has neither rows nor a text of the office."""
    if not rows and part not in source.once(src.placed).written:
        return None
    return {"tabel": {"baris": rows} if rows else None}


def shown(table: Table, row: int, key: str, value: Value, satuan: str = "") -> Teks:
    """A cell of an optional column as it is typed; a dash where nothing is."""
    if value is None and not table.spec.field(key).required and table.note(row, key) is None:
        return src.DASH
    kind = table.spec.field(key).kind
    if kind is Kind.QUANTITY:
        return src.with_unit(src.quantity(table, row, key, value, satuan), satuan)
    if kind is Kind.YEAR and isinstance(value, Decimal):
        return Teks(f"{value:f}", (table.cell(row, key),))
    return src.text(table, row, key, value) or src.DASH


def _rows(source: Source, sheet: str, keys: Iterable[str]) -> list[Row]:
    """The rows of a sheet as typed, numbered."""
    table = source.book.table(sheet)
    wanted = tuple(keys)
    return [
        {"no": Teks(str(number)), **{key: shown(table, row, key, values.get(key)) for key in wanted}}
        for number, (row, values) in enumerate(table.records() if table else (), 1)
        if table is not None
    ]


def sarana(source: Source) -> Node:
    """Facilities: what there is, what is needed, and how far the one covers the other."""
    table = source.book.table("sarana")
    rows = _rows(source, "sarana", ("barang", "satuan", "tersedia", "kebutuhan", "kondisi", "keterangan"))
    for row, line in zip(table.rows if table else (), rows, strict=True):
        if table is not None:
            there, needed = table.number(row, "tersedia"), table.number(row, "kebutuhan")
            share = percentage(there, needed) if there is not None and needed else None
            line["kecukupan"] = src.percent(share, origin.span(table, ("tersedia", "kebutuhan"), (row,)), _ENOUGH)
    return _section(source, "sarana_prasarana", rows)


_ENOUGH = "tersedia ÷ kebutuhan × 100"


def tindak_lanjut(source: Source) -> Node:
    """What became of the recommendations of the last evaluation."""
    rows = _rows(source, "tindak_lanjut", ("rekomendasi", "tindak_lanjut", "status", "keterangan"))
    return _section(source, "tindak_lanjut", rows)


def penghargaan(source: Source) -> Node:
    """Awards."""
    return _section(
        source, "penghargaan", _rows(source, "penghargaan", ("nama", "pemberi", "tingkat", "tahun", "keterangan"))
    )


def rencana_aksi(source: Source) -> Node:
    """The plan of the year quarter by quarter, under the indicator that it serves."""
    table, indicators = source.book.table("rencana_aksi"), source.book.table("indikator")
    names: dict[str, tuple[Teks, str]] = {}
    for row, values in indicators.records() if indicators else ():
        if indicators is not None:
            name = src.text(indicators, row, "indikator", values.get("indikator"))
            names.setdefault(fold(str(values.get("kode") or "")), (name, str(values.get("satuan") or "")))
    groups: dict[str, list[Record]] = {}
    for record in table.records() if table else ():
        groups.setdefault(fold(str(record[1].get("kode") or "")), []).append(record)
    rows: list[Row] = []
    for number, (code, records) in enumerate(groups.items(), 1):
        for at, (row, values) in enumerate(sorted(records, key=_quarter)):
            if table is None:
                continue
            own = shown(table, row, "kode", values.get("kode"))
            name, satuan = names.get(code, (own, ""))
            rows.append(
                {
                    "no": Teks("" if at else str(number)),
                    "indikator": Teks("") if at else name,
                    "triwulan": shown(table, row, "triwulan", values.get("triwulan")),
                    **{key: shown(table, row, key, values.get(key), satuan) for key in ("target", "realisasi")},
                    **{key: shown(table, row, key, values.get(key)) for key in ("kegiatan", "keterangan")},
                }
            )
    return _section(source, "rencana_aksi", rows)


def _quarter(record: Record) -> int:
    said = record[1].get("triwulan")
    return QUARTERS.index(said) if said in QUARTERS else len(QUARTERS)


def rincian_program(source: Source) -> Node:
    """All rows of Program: their money with the quarters, and what they brought forth. None if other tables say it."""
    table = source.book.table("program")
    if table is None:
        return None
    records = list(table.records())
    filled = {key for key in ("sumber_dana", *_QUARTERS, *_OUTPUTS) if any(r[1].get(key) is not None for r in records)}
    below = any(fold(str(values.get("jenis") or "")) != "program" for _, values in records)
    if not filled and not below:
        return None
    amounts = any(isinstance(values.get(key), Decimal) for _, values in records for key in ("anggaran", "realisasi"))
    outputs = bool(filled.intersection((*_OUTPUTS, "sumber_dana")))
    return {
        "keuangan": {"isi": _money(table, records, [key for key in _QUARTERS if key in filled])} if amounts else None,
        "keluaran": {"isi": _outputs(table, records)} if outputs or not amounts else None,
    }


def _money(table: Table, records: list[Record], quarters: list[str]) -> Grid:
    rows = []
    for row, values in records:
        pair = (v if isinstance(v := values.get(key), Decimal) else None for key in ("anggaran", "realisasi"))
        cells = (table.cell(row, "anggaran"), table.cell(row, "realisasi"))
        rows.append(
            (
                *(src.text(table, row, key, values.get(key)) for key in ("kode", "uraian")),
                *(src.money(table, row, key, values.get(key)) for key in ("anggaran", "realisasi")),
                src.percent(Money(*pair).serapan, cells),
                *(_amount(table, row, key, values.get(key)) for key in quarters),
            )
        )
    headings = ("Kode", _NAME, "Anggaran (Rp)", "Realisasi (Rp)", "Realisasi (%)")
    return Grid(
        headings=tuple(map(Teks, (*headings, *(table.spec.field(key).heading for key in quarters)))),
        widths=(3.5, 4.4 if len(quarters) > 2 else 7, 2.7, 2.7, 1.9, *[2.5] * len(quarters)),
        aligns=(Align.LEFT, Align.LEFT, *[Align.RIGHT] * (3 + len(quarters))),
        rows=tuple(rows),
    )


_NAME: Final = "Program, Kegiatan, dan Sub Kegiatan"


def _amount(table: Table, row: int, key: str, value: Value) -> Teks:
    empty = value is None and table.note(row, key) is None
    return src.DASH if empty else src.money(table, row, key, value)


def _outputs(table: Table, records: list[Record]) -> Grid:
    rows = []
    for row, values in records:
        reached = capaian(table.number(row, "target"), table.number(row, "realisasi_keluaran"), Arah.NAIK)
        cells = origin.span(table, ("target", "realisasi_keluaran"), (row,))
        rows.append(
            (
                *(src.text(table, row, key, values.get(key)) for key in ("kode", "uraian")),
                *(shown(table, row, key, values.get(key)) for key in ("sumber_dana", *_OUTPUTS)),
                src.percent(reached, cells, origin.capaian(Arah.NAIK)),
            )
        )
    last = ("Sumber Dana", "Indikator Keluaran", "Satuan", "Target", "Realisasi", "Capaian (%)")
    return Grid(
        headings=tuple(map(Teks, ("Kode", _NAME, *last))),
        widths=(3.5, 5.0, 3.4, 4.4, 2.5, 1.9, 2.0, 2.0),
        aligns=(*[Align.LEFT] * 5, *[Align.RIGHT] * 3),
        rows=tuple(rows),
    )


MAKERS: Final[dict[str, Callable[[Source], Node]]] = {
    "sarana": sarana,
    "rencana_aksi": rencana_aksi,
    "tindak_lanjut": tindak_lanjut,
    "penghargaan": penghargaan,
    "rincian_program": rincian_program,
}
