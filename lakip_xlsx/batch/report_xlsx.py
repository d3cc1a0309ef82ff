"""The report on many workbooks as a workbook, for people: colours, links to files and cells, ready to be printed.

Numbers are numbers, everything else is text and never a formula. The file carries a fingerprint of its own
content, by which a later run sees that a person changed it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from lakip_xlsx.batch.places import Places
from lakip_xlsx.excel.paper import AMBER, GREEN, RED, VIOLET, Column, Paper, Table, Value, paper
from lakip_xlsx.files import pack
from lakip_xlsx.word import imprint

Row = Sequence[str | int | Decimal]
_BOOKS = {
    "Workbook": Column("Workbook", 40),
    "Kantor": Column("Kantor", 40),
    "Tahun": Column("Tahun", 7, "polos"),
    "Tata Letak": Column("Tata Letak", 20),
    "Status": Column("Status", 22),
    "Kesalahan": Column("Kesalahan", 10, "bulat"),
    "Keliru": Column("Keliru", 9, "bulat"),
    "Belum Diisi": Column("Belum Diisi", 9, "bulat"),
    "Peringatan": Column("Peringatan", 10, "bulat"),
    "Informasi": Column("Informasi", 10, "bulat"),
    "Capaian (%)": Column("Capaian (%)", 10, "persen"),
    "Serapan (%)": Column("Serapan (%)", 10, "persen"),
    "Dokumen": Column("Dokumen", 40),
    "Nomor Halaman": Column("Nomor Halaman", 10),
    "Keterangan": Column("Keterangan", 50, "panjang"),
}
"""The columns of the sheet Workbook, in the order in which a person reads them."""

_FINDINGS = {"Workbook": 40, "Kode": 10, "Bobot": 12, "Lembar": 18, "Sel": 10, "Temuan": 60, "Tertulis": 20,
             "Seharusnya": 20, "Cara memperbaiki": 50, "Sifat": 12}  # fmt: skip
_LONG = frozenset({"Temuan", "Cara memperbaiki", "Tertulis", "Seharusnya"})
_STATUS = {"selesai": GREEN, "selesai dengan kesalahan": AMBER}
_WEIGHTS = {"kesalahan": RED, "peringatan": AMBER}


def render(
    books: tuple[Sequence[str], Iterable[Row]], findings: tuple[Sequence[str], Iterable[Row]], folder: Path
) -> bytes:
    """The workbook; links lead to the files as they lie seen from ``folder``."""
    target, places = io.BytesIO(), Places(folder)
    with paper(target, "Hasil lakip-xlsx") as made:
        _write_books(made, books, places)
        _write_findings(made, findings, places)
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return pack(imprint.with_fingerprint(parts))


def _write_books(made: Paper, books: tuple[Sequence[str], Iterable[Row]], places: Places) -> None:
    headings, rows = books
    columns = list(_BOOKS)
    table = made.sheet("Workbook", "", "", [*_BOOKS.values()])
    for values in rows:
        said: dict[str, Value] = dict(zip(headings, values, strict=True))
        fills = {
            "Status": _STATUS.get(str(said["Status"]), RED),
            "Keliru": RED if said["Keliru"] else "",
            "Belum Diisi": VIOLET if said["Belum Diisi"] else "",
            "Peringatan": AMBER if said["Peringatan"] else "",
        }
        for name in ("Workbook", "Dokumen"):
            said[name] = places.link(str(said[name]), str(said[name]))
        table.row([said[name] for name in columns], fills={columns.index(name): fill for name, fill in fills.items()})
    table.finish()


def _write_findings(made: Paper, findings: tuple[Sequence[str], Iterable[Row]], places: Places) -> None:
    headings, rows = findings
    columns = [Column(name, _FINDINGS[name], "panjang" if name in _LONG else "teks") for name in headings]
    parts, table = 1, made.sheet("Temuan", "", "", columns)
    for values in rows:
        if table.is_full:
            table.finish()
            parts += 1
            table = made.sheet(f"Temuan {parts}", "", "", columns)
        _write_finding(table, dict(zip(headings, map(str, values), strict=True)), places)
    table.finish()


def _write_finding(table: Table, said: dict[str, str], places: Places) -> None:
    row: dict[str, Value] = {**said}
    if said["Sel"]:
        row["Sel"] = places.link(said["Workbook"], said["Sel"], said["Lembar"], said["Sel"])
    fill = VIOLET if said["Sifat"] == "belum diisi" else _WEIGHTS.get(said["Bobot"], "")
    at = [column.heading for column in table.columns].index("Bobot")
    table.row([row[column.heading] for column in table.columns], fills={at: fill})
