"""All blocks that an outline may name. A new block is one function and one entry here."""

from __future__ import annotations

from collections.abc import Callable

from lakip_xlsx.word.build.blocks import body, charts, forms, front, panrb, panrb_forms, pelengkap
from lakip_xlsx.word.xml import Element

BLOCKS: dict[str, Callable[[], list[Element]]] = {
    block.__name__: block
    for block in (
        front.tanda_tangan,
        front.daftar_isi,
        front.daftar_tabel,
        front.daftar_gambar,
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
        charts.grafik_capaian,
        charts.grafik_tahun,
        charts.grafik_tren,
        charts.grafik_anggaran_sasaran,
        charts.grafik_anggaran_program,
        charts.grafik_pegawai,
        forms.formulir_rs,
        forms.formulir_rkt,
        forms.formulir_pkk,
        forms.formulir_pps,
        panrb.pokok_renstra,
        panrb.pohon_kinerja,
        panrb.ikhtisar_perjanjian,
        panrb.pengantar_skala,
        panrb.tabel_capaian_sasaran,
        panrb.analisis_target,
        panrb.analisis_tahun_lalu,
        panrb.analisis_renstra,
        panrb.analisis_standar,
        panrb.analisis_penyebab,
        panrb.analisis_efisiensi,
        panrb.analisis_program,
        panrb.realisasi_program,
        panrb.realisasi_sumber_dana,
        panrb_forms.pernyataan_perjanjian,
        panrb_forms.pernyataan_reviu,
        panrb_forms.formulir_perjanjian,
        panrb_forms.formulir_pengukuran,
        *(getattr(pelengkap, name) for name in pelengkap.CONTENT),
    )
}
