"""Pages behind the report: exceptions of the office, the reviu checklist, the numbers of the texts, where present."""

from __future__ import annotations

from dataclasses import replace

from lakip_xlsx.report.content import Align
from lakip_xlsx.word.build.blocks.body import within, without
from lakip_xlsx.word.build.blocks.charts import pictures
from lakip_xlsx.word.build.styles import TEXT_WIDTH
from lakip_xlsx.word.build.table import Column, TableSpec, build
from lakip_xlsx.word.xml import Element, paragraph

PENGECUALIAN = TableSpec(
    caption="",
    rows="baris",
    columns=(
        Column("No", 0.9, "no", Align.CENTER),
        Column("Kode", 2.0, "kode", Align.CENTER),
        Column("Tempat", 2.8, "tempat"),
        Column("Temuan", 5.1, "uraian"),
        Column("Alasan diterima", 4.2, "alasan"),
    ),
    width=TEXT_WIDTH,
)
REVIU = TableSpec(
    caption="",
    rows="baris",
    columns=(
        Column("No", 1.2, "no", Align.CENTER),
        Column("Pernyataan", 5.8, "pernyataan"),
        Column("Jawaban", 2.5, "jawaban", Align.CENTER),
        Column("Dasar jawaban", 5.5, "dasar"),
    ),
    width=TEXT_WIDTH,
)
ANGKA = TableSpec(
    caption="",
    rows="baris",
    columns=(
        Column("Tempat", 2.6, "tempat"),
        Column("Angka", 2.6, "angka"),
        Column("Dalam kalimat", 4.6, "kutipan"),
        Column("Keadaan", 2.2, "keadaan", Align.CENTER),
        Column("Sel asalnya", 3.0, "sumber"),
    ),
    width=TEXT_WIDTH,
)


def pengecualian(width: int = TEXT_WIDTH) -> list[Element]:
    """The findings that the office accepts, with its reasons; ``width`` is that of the line."""
    return _page("pengecualian", "Catatan Pengecualian", replace(PENGECUALIAN, width=width))


def reviu(width: int = TEXT_WIDTH) -> list[Element]:
    """The reviu checklist with its answers; ``width`` is that of the line."""
    return _page("reviu", "Checklist Reviu", replace(REVIU, width=width))


def numbers(width: int = TEXT_WIDTH) -> list[Element]:
    """Every number of the texts, for the reviewer; ``width`` is that of the line."""
    return _page("angka", "Angka dalam Teks", replace(ANGKA, width=width))


def lampiran_lain() -> list[Element]:
    """A page for each document that the office attaches itself: what stands on the pages that follow it."""
    return within(
        "lampiran_lain",
        paragraph("JudulLampiran", "{{judul}}"),
        *within("keterangan", paragraph("JudulFormulir", "{{keterangan}}")),
        *pictures("gambar"),
        *without("gambar", paragraph("CatatanLampiran", "Dokumennya dilampirkan sesudah halaman ini.")),
    )


def _page(name: str, title: str, spec: TableSpec) -> list[Element]:
    return [
        paragraph("Isi", f"{{{{#{name}}}}}"),
        paragraph("JudulDepan", title),
        paragraph("Isi", "{{kalimat}}"),
        build(spec),
        paragraph("Isi", f"{{{{/{name}}}}}"),
    ]


BACK_PAGES = {"pengecualian": pengecualian, "reviu": reviu, "angka": numbers}
"""Name in the content → the page that shows it; every template shows them, ours or not."""
