"""All blocks that an outline may name. A new block is one function and one entry here."""

from __future__ import annotations

from collections.abc import Callable

from lakip_xlsx.word.blocks import body, forms, front
from lakip_xlsx.word.xml import Element

BLOCKS: dict[str, Callable[[], list[Element]]] = {
    block.__name__: block
    for block in (
        front.tanda_tangan,
        front.daftar_isi,
        front.daftar_lampiran,
        body.tabel_ringkasan,
        body.tabel_pegawai,
        body.daftar_renstra,
        body.tabel_rencana_kerja,
        body.metode,
        body.skala,
        body.tabel_indikator,
        body.analisis_indikator,
        body.tabel_sumber_dana,
        body.tabel_anggaran_sasaran,
        body.tabel_anggaran_program,
        body.penjelasan_keuangan,
        forms.formulir_rs,
        forms.formulir_rkt,
        forms.formulir_pkk,
        forms.formulir_pps,
    )
}
