"""Blocks before the first chapter: findings page, cover, signature, contents."""

from __future__ import annotations

from lakip_xlsx.report.content import Align
from lakip_xlsx.word.build import styles
from lakip_xlsx.word.build.styles import TEXT_WIDTH
from lakip_xlsx.word.build.table import Column, TableSpec, build
from lakip_xlsx.word.xml import Element, field, paragraph, properties_of, run

TEMUAN = TableSpec(
    caption="",
    rows="baris",
    columns=(
        Column("No", 0.9, "no", Align.CENTER),
        Column("Kode", 2.0, "kode", Align.CENTER),
        Column("Tempat", 2.8, "tempat"),
        Column("Uraian", 5.1, "uraian"),
        Column("Yang perlu dilakukan", 4.2, "tindakan"),
    ),
    width=TEXT_WIDTH,
)


def temuan() -> list[Element]:
    """The findings in front of a draft. The last paragraph is inside the section and may end the page."""
    return [
        paragraph("Isi", "{{#temuan}}"),
        paragraph("JudulTemuan", "TEMUAN PEMERIKSAAN ({{jumlah}})"),
        paragraph("Isi", "{{kalimat}}"),
        build(TEMUAN),
        paragraph(
            "SumberTabel",
            "Halaman ini tidak termasuk laporan. Perbaiki workbook, lalu buat dokumen ini sekali lagi: "
            "halaman ini dan tanda DRAF hilang bila tidak ada lagi kesalahan.",
        ),
    ]


def temuan_end() -> Element:
    """Closes the section of :func:`temuan`; it stands after the section break."""
    return paragraph("Isi", "{{/temuan}}")


def sampul() -> list[Element]:
    """The cover: the office's logo where there is one, government, report, office, year, address."""
    return [
        paragraph("Isi", "{{#instansi.logo}}"),
        paragraph("SampulLogo", "{{instansi.logo}}"),
        paragraph("Isi", "{{/instansi.logo}}"),
        paragraph("SampulPemda", "{{instansi.pemda_kapital}}"),
        paragraph("SampulJudul", "{{laporan.nama_kapital}}"),
        paragraph("SampulSingkatan", "({{laporan.singkatan}})"),
        paragraph("SampulInstansi", "{{instansi.nama_kapital}}"),
        paragraph("SampulTahun", "TAHUN {{laporan.tahun}}"),
        paragraph(
            "SampulAlamat", "{{#instansi.alamat_lengkap}}{{instansi.alamat_lengkap}}{{/instansi.alamat_lengkap}}"
        ),
    ]


def tanda_tangan() -> list[Element]:
    """Place and date, office, room to sign, name, rank, NIP: kept together."""
    return [
        paragraph("TempatTanggal", "{{instansi.tempat_tanggal}}"),
        paragraph("TandaTangan", "{{instansi.jabatan_kepala_kapital}},"),
        paragraph("NamaPejabat", "{{instansi.kepala}}"),
        paragraph("TandaTangan", "{{#instansi.pangkat}}{{instansi.pangkat}}{{/instansi.pangkat}}"),
        paragraph("NipPejabat", "NIP {{instansi.nip}}"),
    ]


def daftar_isi() -> list[Element]:
    """A native table of contents; its entries are made when the template is filled."""
    return [paragraph("TOC1", *field('TOC \\o "1-3" \\h \\z \\u', "Daftar isi dibuat saat dokumen dihasilkan."))]


def _list_of(name: str) -> list[Element]:
    """A native list of captions; without any caption the list and its heading vanish when it is filled."""
    said = f"Daftar {name.lower()} dibuat saat dokumen dihasilkan."
    return [paragraph("TableofFigures", *field(f'TOC \\h \\z \\c "{name}"', said))]


def daftar_tabel() -> list[Element]:
    """The captions of the tables."""
    return _list_of("Tabel")


def daftar_gambar() -> list[Element]:
    """The captions of the figures."""
    return _list_of("Gambar")


def daftar_lampiran() -> list[Element]:
    """The appendices, one line each."""
    item = run("{{no}}.\t{{judul}}{{#keterangan}} ({{keterangan}}){{/keterangan}}")
    return [
        paragraph("Isi", "{{#daftar_lampiran}}"),
        paragraph("DaftarLampiran", item),
        paragraph("Isi", "{{/daftar_lampiran}}"),
    ]


def close_section(blocks: list[Element], section: Element) -> None:
    """Let the page section end behind these blocks, with a paragraph of its own: who deletes them keeps the section."""
    end = paragraph(styles.SECTION_END)
    properties_of(end).append(section)
    blocks.append(end)
