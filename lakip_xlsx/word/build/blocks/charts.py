"""Blocks of the charts: each figure with its numbered caption below; nothing at all where there is none."""

from __future__ import annotations

from lakip_xlsx.word.build.blocks.body import SUMBER, caption
from lakip_xlsx.word.xml import Element, paragraph


def _figures(topic: str) -> list[Element]:
    """All figures of a topic."""
    return [
        paragraph("Isi", f"{{{{#grafik.{topic}}}}}"),
        paragraph("Gambar", "{{bagan}}"),
        caption("{{judul}}", "Gambar"),
        paragraph("SumberTabel", SUMBER),
        paragraph("Isi", f"{{{{/grafik.{topic}}}}}"),
    ]


def grafik_capaian() -> list[Element]:
    """Capaian of every indicator."""
    return _figures("capaian")


def grafik_anggaran_sasaran() -> list[Element]:
    """Anggaran and realisasi by sasaran."""
    return _figures("anggaran_sasaran")


def grafik_anggaran_program() -> list[Element]:
    """Anggaran and realisasi by program."""
    return _figures("anggaran_program")


def grafik_pegawai() -> list[Element]:
    """Staff at the start and at the end of the year."""
    return _figures("pegawai")


def grafik_tren() -> list[Element]:
    """Capaian of several years."""
    return _figures("tren")


def grafik_tahun() -> list[Element]:
    """Realisasi of several years."""
    return _figures("tahun")
