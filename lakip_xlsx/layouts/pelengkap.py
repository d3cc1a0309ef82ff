"""Parts that every layout has where the office fills them; what the evaluation of reports looks for."""

from __future__ import annotations

from lakip_xlsx.layouts.outline import Level, Part

_EVALUASI = "Peraturan Menteri PANRB Nomor 88 Tahun 2021, komponen Pelaporan Kinerja"


def _part(key: str, title: str, *also: str, when: str = "", block: str = "") -> Part:
    return Part(
        key=key,
        title=title,
        level=Level.SECTION,
        narasi=True,
        blocks=(block or f"tabel_{key}",),
        basis=_EVALUASI,
        also=also,
        when=when or key,
    )


SARANA = _part(
    "sarana_prasarana", "Sarana dan Prasarana", "Sarana Prasarana", "Sarpras", when="sarana", block="tabel_sarana"
)
RUMUS = _part(
    "indikator_kinerja_utama",
    "Indikator Kinerja dan Cara Mengukurnya",
    "Indikator Kinerja Utama",
    "Indikator Kinerja",
    when="rumus",
    block="tabel_rumus",
)
RENCANA_AKSI = _part("rencana_aksi", "Rencana Aksi", "Rencana Aksi Kinerja", "Rencana Aksi per Triwulan")
TINDAK_LANJUT = _part(
    "tindak_lanjut", "Tindak Lanjut Hasil Evaluasi", "Tindak Lanjut", "Tindak Lanjut LHE", "Tindak Lanjut Evaluasi"
)
PENGHARGAAN = _part("penghargaan", "Prestasi dan Penghargaan", "Penghargaan", "Prestasi")
RINCIAN_PROGRAM = Part(
    key="rincian_program",
    title="Rincian Program, Kegiatan, dan Sub Kegiatan",
    level=Level.APPENDIX,
    blocks=("rincian_program",),
    basis=_EVALUASI,
    when="rincian_program",
)
