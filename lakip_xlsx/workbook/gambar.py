"""The optional sheet ``Gambar``: pictures for the report, each a file beside the workbook."""

from __future__ import annotations

from lakip_xlsx.workbook.spec import Field, Kind, SheetSpec

GAMBAR = SheetSpec(
    key="gambar",
    name="Gambar",
    title="GAMBAR",
    purpose="Bagan, foto, dan pindaian untuk laporan: satu baris satu berkas PNG atau JPG di folder workbook ini.",
    optional=True,
    aliases=("Foto", "Daftar Gambar"),
    rows=20,
    fields=(
        Field(
            key="bagian",
            heading="Bagian",
            kind=Kind.CHOICE,
            required=True,
            width=34,
            options="tata_letak.bagian",
            note="Bagian laporan tempat gambar dimuat: dari daftar, bagian buatan sendiri, atau judul di Lampiran.",
        ),
        Field(
            key="berkas",
            heading="Berkas",
            kind=Kind.TEXT,
            required=True,
            aliases=("Nama Berkas", "File", "Nama File"),
            width=36,
            note="Nama berkas di folder workbook ini, misalnya struktur.png atau foto/rapat.jpg.",
        ),
        Field(
            key="judul",
            heading="Judul",
            kind=Kind.TEXT,
            required=True,
            aliases=("Judul Gambar",),
            width=60,
            note="Tercetak di bawah gambar, sesudah nomornya.",
        ),
        Field(
            key="keterangan",
            heading="Keterangan",
            kind=Kind.TEXT,
            aliases=("Teks Alternatif", "Sumber"),
            width=60,
            note="Boleh kosong. Tercetak di bawah judul, dan dibacakan bagi yang tidak dapat melihat gambarnya.",
        ),
    ),
)
