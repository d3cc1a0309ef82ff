"""Standing text for the parts that are there only where the office fills them."""

from __future__ import annotations

from collections.abc import Callable

from lakip_xlsx.report.content import Paragraphs, rujukan
from lakip_xlsx.report.source import Source, body


def sarana_prasarana(source: Source) -> Paragraphs:
    """Facilities."""
    return body(
        f"Sarana dan prasarana yang mendukung kerja {source.office} pada akhir tahun {source.year()} disajikan pada "
        f"{rujukan('sarana')}."
    )


def indikator_kinerja_utama(source: Source) -> Paragraphs:
    """How the indicators are measured."""
    return body(
        f"Indikator yang dipakai {source.office}, cara menghitungnya, sumber datanya, dan penanggung jawabnya "
        f"disajikan pada {rujukan('rumus')}."
    )


def rencana_aksi(source: Source) -> Paragraphs:
    """The plan by quarter."""
    return body(
        f"Untuk mewujudkan target tahun {source.year()}, pelaksanaannya dirinci per triwulan. Target, realisasi, dan "
        f"kegiatan setiap triwulan disajikan pada {rujukan('rencana_aksi')}."
    )


def tindak_lanjut(source: Source) -> Paragraphs:
    """What became of the last evaluation."""
    return body(
        f"Rekomendasi hasil evaluasi akuntabilitas kinerja sebelumnya telah ditindaklanjuti oleh {source.office} "
        f"sebagaimana {rujukan('tindak_lanjut')}."
    )


def penghargaan(source: Source) -> Paragraphs:
    """Awards."""
    return body(f"Penghargaan yang diterima {source.office} disajikan pada {rujukan('penghargaan')}.")


TEXTS: dict[str, Callable[[Source], Paragraphs]] = {
    writer.__name__: writer
    for writer in (sarana_prasarana, indikator_kinerja_utama, rencana_aksi, tindak_lanjut, penghargaan)
}
"""Part key → the function that writes its standard text."""
