"""Blocks of the charts: each figure with its numbered caption below; nothing at all where there is none."""

from __future__ import annotations

from lakip_xlsx.word.build.blocks.body import SUMBER, caption, within, without
from lakip_xlsx.word.xml import Element, paragraph, properties_of, val


def _figures(topic: str) -> list[Element]:
    """All figures of a topic."""
    return [
        paragraph("Isi", f"{{{{#grafik.{topic}}}}}"),
        paragraph("Gambar", "{{bagan}}"),
        caption("{{judul}}", "Gambar"),
        paragraph("SumberTabel", SUMBER),
        paragraph("Isi", f"{{{{/grafik.{topic}}}}}"),
    ]


def pictures(name: str) -> list[Element]:
    """The pictures that an office places somewhere, each with its caption and what is said of it."""
    return within(
        name,
        paragraph("Gambar", "{{berkas}}"),
        *within("keterangan", caption("{{judul}}", "Gambar"), paragraph("SumberTabel", "{{keterangan}}")),
        *without("keterangan", _last_caption()),
    )


def _last_caption() -> Element:
    """A caption that does not hold what follows: a tall figure and the next heading would not fit on a page."""
    last = caption("{{judul}}", "Gambar")
    properties_of(last).append(val("w:keepNext", "0"))
    return last


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
