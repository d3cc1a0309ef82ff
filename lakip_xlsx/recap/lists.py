"""Workbooks that are laid beside the recap: who is expected, the regency's APBD, and the earlier recap.

Each is declared as the standard sheets are, and read by the same reader behind the same guard: by the names
of its columns, wherever they stand.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.cells import read_listing
from lakip_xlsx.excel.headings import find_heading
from lakip_xlsx.excel.raw import RawSheet
from lakip_xlsx.excel.rows import read_rows
from lakip_xlsx.guard.package import open_package
from lakip_xlsx.numbers import squeeze
from lakip_xlsx.workbook.book import Table
from lakip_xlsx.workbook.keuangan import anggaran, realisasi
from lakip_xlsx.workbook.spec import Field, Kind, SheetSpec

_KANTOR = Field(
    key="kantor",
    heading="Kantor",
    kind=Kind.TEXT,
    required=True,
    aliases=(
        "Nama Instansi",
        "Instansi",
        "Perangkat Daerah",
        "Nama Perangkat Daerah",
        "OPD",
        "Nama OPD",
        "SKPD",
        "Unit",
    ),
)
_NO = Field(key="no", heading="No", kind=Kind.CODE, aliases=("Nomor", "No."))
DAFTAR = SheetSpec(
    key="daftar",
    name="Daftar",
    title="KANTOR YANG DITUNGGU",
    purpose="",
    fields=(
        _KANTOR,
        Field(key="berkas", heading="Berkas", kind=Kind.TEXT, aliases=("Nama Berkas", "Workbook", "File")),
        Field(key="petugas", heading="Petugas", kind=Kind.TEXT, aliases=("PIC", "Penanggung Jawab", "Kontak")),
    ),
)
APBD = SheetSpec(
    key="apbd",
    name="APBD",
    title="APBD",
    purpose="",
    fields=(
        _KANTOR,
        Field(key="kode", heading="Kode Program", kind=Kind.CODE, aliases=("Kode", "Kode Rekening")),
        Field(key="program", heading="Program", kind=Kind.TEXT, aliases=("Uraian", "Nama Program")),
        anggaran(),
        realisasi(),
    ),
)


@dataclass(frozen=True, slots=True)
class Expected:
    """An office that should hand in; ``berkas`` settles which file counts where there are two."""

    name: str
    berkas: str = ""
    petugas: str = ""


def read_daftar(path: Path) -> list[Expected]:
    """Who is expected, in the order of the list.

    Raises:
        UnreadableError: no sheet of the file has the column Kantor, or it names nobody.
    """
    table = _table(path, DAFTAR)
    found = [
        Expected(*(squeeze(table.text(row, key)) for key in ("kantor", "berkas", "petugas")))
        for row in table.rows
        if squeeze(table.text(row, "kantor"))
    ]
    if not found:
        raise UnreadableError(f"{path.name}: kolom Kantor tidak menyebut satu kantor pun.")
    return found


def read_apbd(path: Path) -> Table:
    """The APBD by office, or by office and program.

    Raises:
        UnreadableError: no sheet of the file has the columns Kantor and Anggaran.
    """
    table = _table(path, APBD)
    if "anggaran" not in table:
        raise UnreadableError(f"{path.name}: tidak ada kolom Anggaran (Rp) di samping kolom Kantor.")
    return table


def _table(path: Path, spec: SheetSpec) -> Table:
    """The first visible sheet whose heading has the column Kantor.

    Raises:
        UnreadableError: there is none, or the file cannot be read.
    """
    with open_package(path) as package:
        raw = read_listing(package)
        for entry in raw.entries:
            if entry.hidden:
                continue
            sheet: RawSheet | None = None
            with suppress(UnreadableError):
                sheet = raw.sheet(entry)
            for fields in (_NO, *spec.fields), (_KANTOR,):  # a list of one column is one too
                asked = replace(spec, fields=fields)
                heading = find_heading(sheet, asked) if sheet else None
                if sheet and heading and _KANTOR.key in heading.columns:
                    return read_rows(sheet, asked, heading, date1904=raw.date1904).table
    wanted = ", ".join(field.heading for field in spec.fields if field.required)
    raise UnreadableError(
        f"{path.name}: tidak ada lembar dengan judul kolom {wanted}. Tulis judulnya dalam satu baris di atas daftarnya."
    )
