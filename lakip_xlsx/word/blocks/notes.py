"""Pages behind the report: exceptions that the office made, and the reviu checklist. Shown only if present."""

from __future__ import annotations

from lakip_xlsx.report.content import Align
from lakip_xlsx.word.styles import TEXT_WIDTH
from lakip_xlsx.word.table import Column, TableSpec, build
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


def pengecualian() -> list[Element]:
    """The findings that the office accepts, with its reasons."""
    return _page("pengecualian", "Catatan Pengecualian", PENGECUALIAN)


def reviu() -> list[Element]:
    """The reviu checklist with its answers."""
    return _page("reviu", "Checklist Reviu", REVIU)


def _page(name: str, title: str, spec: TableSpec) -> list[Element]:
    return [
        paragraph("Isi", f"{{{{#{name}}}}}"),
        paragraph("JudulDepan", title),
        paragraph("Isi", "{{kalimat}}"),
        build(spec),
        paragraph("Isi", f"{{{{/{name}}}}}"),
    ]


NOTES = {"pengecualian": pengecualian, "reviu": reviu}
"""Name in the content → the page that shows it; every template shows them, ours or not."""
