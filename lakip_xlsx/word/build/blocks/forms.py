"""The four forms of the appendix, on landscape pages."""

from __future__ import annotations

from lakip_xlsx.report.content import Align
from lakip_xlsx.word.build.blocks.body import SUMBER
from lakip_xlsx.word.build.styles import WIDE_TEXT_WIDTH
from lakip_xlsx.word.build.table import Column, TableSpec, build
from lakip_xlsx.word.xml import Element, paragraph

_NOTE = Column("Keterangan", 3.0, "keterangan")


def _form(name: str, *columns: Column) -> TableSpec:
    return TableSpec(
        caption="",
        columns=columns,
        rows=f"formulir.{name}",
        marker=f"penanda.{name}",
        absent=f"formulir.{name}",
        width=WIDE_TEXT_WIDTH,
        small=True,
    )


RS = _form(
    "rs",
    Column("Tujuan", 4.6, "tujuan", merged=True),
    Column("Uraian", 4.6, "sasaran", group="Sasaran", merged=True),
    Column("Indikator", 4.2, "indikator", group="Sasaran", merged=True),
    Column("Kebijakan", 4.2, "kebijakan", group="Cara Mencapai Tujuan dan Sasaran", merged=True),
    Column("Program", 4.2, "program", group="Cara Mencapai Tujuan dan Sasaran", merged=True),
    _NOTE,
)
RKT = _form(
    "rkt",
    Column("Uraian", 3.6, "sasaran", group="Sasaran", merged=True),
    Column("Indikator", 3.4, "indikator", group="Sasaran", merged=True),
    Column("Target", 1.7, "target", Align.CENTER, "Sasaran", merged=True),
    Column("Program", 3.3, "program", merged=True),
    Column("Uraian", 3.6, "kegiatan", group="Kegiatan"),
    Column("Indikator", 3.2, "indikator_kegiatan", group="Kegiatan"),
    Column("Satuan", 2.5, "satuan", Align.CENTER, "Kegiatan"),
    Column("Target", 1.7, "target_kegiatan", Align.CENTER, "Kegiatan"),
    Column("Keterangan", 2.4, "keterangan"),
)
PKK = _form(
    "pkk",
    Column("Program", 4.4, "program", merged=True),
    Column("Uraian", 4.5, "kegiatan", group="Kegiatan"),
    Column("Indikator Kinerja", 4.4, "indikator", group="Kegiatan"),
    Column("Satuan", 2.5, "satuan", Align.CENTER, "Kegiatan"),
    Column("Target", 1.9, "target", Align.CENTER, "Kegiatan"),
    Column("Realisasi", 2.0, "realisasi", Align.CENTER, "Kegiatan"),
    Column("Persentase", 2.2, "persentase", Align.RIGHT, "Kegiatan"),
    Column("Keterangan", 2.8, "keterangan"),
)
PPS = _form(
    "pps",
    Column("Sasaran", 7.0, "sasaran", merged=True),
    Column("Indikator", 6.2, "indikator"),
    Column("Target", 2.4, "target", Align.CENTER),
    Column("Realisasi", 2.4, "realisasi", Align.CENTER),
    Column("Persentase", 2.6, "persentase", Align.RIGHT),
    Column("Keterangan", 4.1, "keterangan"),
)


def _page(spec: TableSpec, when: str) -> list[Element]:
    return [
        paragraph("KepalaFormulir", "Instansi\t: {{instansi.nama}}"),
        paragraph("KepalaFormulir", when),
        build(spec),
        paragraph("SumberTabel", SUMBER),
    ]


def formulir_rs() -> list[Element]:
    """Rencana Strategis."""
    return _page(RS, "Periode\t: {{instansi.periode}}")


def formulir_rkt() -> list[Element]:
    """Rencana Kinerja Tahunan."""
    return _page(RKT, "Tahun\t: {{laporan.tahun}}")


def formulir_pkk() -> list[Element]:
    """Pengukuran Kinerja Kegiatan."""
    return _page(PKK, "Tahun\t: {{laporan.tahun}}")


def formulir_pps() -> list[Element]:
    """Pengukuran Pencapaian Sasaran."""
    return _page(PPS, "Tahun\t: {{laporan.tahun}}")
