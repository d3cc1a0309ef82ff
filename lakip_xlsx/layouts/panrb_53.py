"""PermenPANRB 53/2014: four chapters, and seven analyses for each sasaran strategis.

Lampiran II with Anak Lampiran II/1 sets out the report, Lampiran I with Anak Lampiran I/2 and I/5 the
Perjanjian Kinerja of an office. What the regulation does not ask for but every report has is marked as
custom.
"""

from __future__ import annotations

from lakip_xlsx.layouts import pelengkap
from lakip_xlsx.layouts.outline import Layout, Level, Part

_PANRB = "Peraturan Menteri PANRB Nomor 53 Tahun 2014"
_FORMAT = f"{_PANRB}, Anak Lampiran II/1"
_CUSTOM = f"Kelaziman; tidak diatur dalam {_PANRB}"
_BAB_I = f"{_FORMAT}, Bab I"
_BAB_II = f"{_FORMAT}, Bab II"
_BAB_III_A = f"{_FORMAT}, Bab III huruf A"
_BAB_III_B = f"{_FORMAT}, Bab III huruf B"
_BAB_IV = f"{_FORMAT}, Bab IV"
_PENGUKURAN = f"{_PANRB}, Lampiran II huruf E"


def _analisis(number: int, key: str, title: str) -> Part:
    """One of the seven analyses; its block bears the same key."""
    return Part(key=key, title=title, level=Level.ANALYSIS, blocks=(key,), basis=f"{_BAB_III_A} angka {number}")


_FRONT = (
    Part(
        key="kata_pengantar",
        title="Kata Pengantar",
        level=Level.FRONT,
        narasi=True,
        blocks=("tanda_tangan",),
        basis=_CUSTOM,
    ),
    Part(
        key="pernyataan_reviu",
        title="Pernyataan Telah Direviu",
        level=Level.FRONT,
        blocks=("pernyataan_reviu",),
        when="pernyataan_reviu",
        basis=f"{_PANRB}, Anak Lampiran III/1",
    ),
    Part(
        key="ikhtisar_eksekutif",
        title="Ikhtisar Eksekutif",
        also=("Ringkasan Eksekutif",),
        level=Level.FRONT,
        narasi=True,
        blocks=("tabel_ringkasan",),
        basis=_CUSTOM,
    ),
    Part(key="daftar_isi", title="Daftar Isi", level=Level.FRONT, blocks=("daftar_isi",), basis=_CUSTOM),
    Part(key="daftar_tabel", title="Daftar Tabel", level=Level.FRONT, blocks=("daftar_tabel",), basis=_CUSTOM),
    Part(key="daftar_gambar", title="Daftar Gambar", level=Level.FRONT, blocks=("daftar_gambar",), basis=_CUSTOM),
    Part(key="daftar_lampiran", title="Daftar Lampiran", level=Level.FRONT, blocks=("daftar_lampiran",), basis=_CUSTOM),
)
_PENDAHULUAN = (
    Part(key="pendahuluan", title="Pendahuluan", level=Level.CHAPTER, basis=_BAB_I),
    Part(
        key="latar_belakang",
        title="Latar Belakang",
        also=("Maksud dan Tujuan Penyusunan LAKIP",),
        level=Level.SECTION,
        narasi=True,
        basis=_BAB_I,
    ),
    Part(
        key="tugas_pokok",
        title="Tugas dan Fungsi",
        also=("Tugas Pokok dan Fungsi",),
        level=Level.SECTION,
        narasi=True,
        required=True,
        basis=f"{_BAB_I} (penjelasan umum organisasi)",
    ),
    Part(
        key="struktur_organisasi",
        title="Struktur Organisasi",
        level=Level.SECTION,
        narasi=True,
        required=True,
        basis=f"{_BAB_I} (penjelasan umum organisasi)",
    ),
    Part(
        key="sumber_daya_aparatur",
        title="Sumber Daya Aparatur",
        level=Level.SECTION,
        narasi=True,
        blocks=("tabel_pegawai", "grafik_pegawai"),
        basis=f"{_BAB_I} (penjelasan umum organisasi)",
    ),
    pelengkap.SARANA,
    Part(
        key="aspek_strategis",
        title="Aspek Strategis Organisasi",
        level=Level.SECTION,
        narasi=True,
        required=True,
        basis=f"{_BAB_I} (aspek strategis)",
    ),
    Part(
        key="permasalahan_utama",
        title="Permasalahan Utama",
        level=Level.SECTION,
        narasi=True,
        required=True,
        basis=f"{_BAB_I} (permasalahan utama)",
    ),
    Part(key="sistematika", title="Sistematika Laporan", level=Level.SECTION, narasi=True, basis=_FORMAT),
)
_PERENCANAAN = (
    Part(key="perencanaan_kinerja", title="Perencanaan Kinerja", level=Level.CHAPTER, basis=_BAB_II),
    Part(
        key="renstra",
        title="Rencana Strategis",
        also=("Renstra",),
        level=Level.SECTION,
        narasi=True,
        blocks=("pokok_renstra", "pohon_kinerja"),
        basis=f"{_PANRB}, Lampiran II huruf C angka 2",
    ),
    Part(
        key="perjanjian_kinerja",
        title="Perjanjian Kinerja",
        also=("Rencana Kerja",),
        level=Level.SECTION,
        narasi=True,
        blocks=("ikhtisar_perjanjian",),
        basis=_BAB_II,
    ),
    pelengkap.RUMUS,
    pelengkap.RENCANA_AKSI,
)
_AKUNTABILITAS = (
    Part(
        key="akuntabilitas_kinerja", title="Akuntabilitas Kinerja", level=Level.CHAPTER, narasi=True, basis=_PENGUKURAN
    ),
    Part(
        key="capaian_kinerja",
        title="Capaian Kinerja Organisasi",
        also=("Metodologi Pengukuran Kinerja",),
        level=Level.SECTION,
        narasi=True,
        blocks=("metode", "pengantar_skala", "skala", "tabel_capaian_sasaran", "grafik_capaian", "grafik_tren"),
        basis=_BAB_III_A,
    ),
    Part(key="pengantar_skala", title="Pengantar Skala Predikat", level=Level.TEXT, narasi=True, basis=_PENGUKURAN),
    _analisis(1, "analisis_target", "Target dan Realisasi Tahun Ini"),
    _analisis(2, "analisis_tahun_lalu", "Perbandingan dengan Tahun-Tahun Sebelumnya"),
    _analisis(3, "analisis_renstra", "Perbandingan dengan Target Jangka Menengah"),
    _analisis(4, "analisis_standar", "Perbandingan dengan Standar Nasional"),
    _analisis(5, "analisis_penyebab", "Penyebab Keberhasilan atau Kegagalan dan Solusinya"),
    _analisis(6, "analisis_efisiensi", "Efisiensi Penggunaan Sumber Daya"),
    _analisis(7, "analisis_program", "Program dan Kegiatan Penunjang"),
    Part(
        key="realisasi_anggaran",
        title="Realisasi Anggaran",
        also=("Akuntabilitas Keuangan",),
        level=Level.SECTION,
        narasi=True,
        blocks=(
            "realisasi_program",
            "grafik_anggaran_program",
            "realisasi_sumber_dana",
            "tabel_belanja",
            "tabel_anggaran_sasaran",
            "grafik_anggaran_sasaran",
            "penjelasan_keuangan",
        ),
        basis=_BAB_III_B,
    ),
    Part(
        key="pengantar_anggaran_sasaran",
        title="Pengantar Anggaran Sasaran",
        level=Level.TEXT,
        narasi=True,
        basis=_BAB_III_B,
    ),
    Part(
        key="penjelasan_keuangan",
        title="Penjelasan Realisasi Anggaran",
        level=Level.TEXT,
        narasi=True,
        basis=_BAB_III_B,
    ),
    pelengkap.TINDAK_LANJUT,
    pelengkap.PENGHARGAAN,
)
_PENUTUP = (
    Part(key="penutup", title="Penutup", level=Level.CHAPTER, basis=_BAB_IV),
    Part(
        key="kesimpulan",
        title="Simpulan",
        also=("Kesimpulan",),
        level=Level.SECTION,
        narasi=True,
        basis=f"{_BAB_IV} (simpulan umum)",
    ),
    Part(
        key="langkah_ke_depan",
        title="Langkah ke Depan",
        also=("Strategi Pemecahan Masalah",),
        level=Level.SECTION,
        narasi=True,
        required=True,
        basis=f"{_BAB_IV} (langkah di masa mendatang)",
    ),
)
_LAMPIRAN = (
    Part(
        key="lampiran_perjanjian",
        title="Perjanjian Kinerja",
        level=Level.APPENDIX,
        upright=True,
        blocks=("pernyataan_perjanjian", "formulir_perjanjian"),
        basis=f"{_FORMAT}, Lampiran angka 1; Anak Lampiran I/1 sampai I/5",
    ),
    Part(
        key="lampiran_pengukuran",
        title="Pengukuran Kinerja",
        level=Level.APPENDIX,
        blocks=("formulir_pengukuran",),
        basis=f"{_FORMAT}, Lampiran angka 2; Lampiran II huruf E dan H",
    ),
    pelengkap.RINCIAN_PROGRAM,
)

LAYOUT = Layout(
    key="panrb-53-2014",
    name="PermenPANRB 53/2014",
    report_name="Laporan Kinerja Instansi Pemerintah",
    short_name="LKjIP",
    basis=_PANRB,
    template="permenpanrb-53-2014.docx",
    first_year=2014,
    sheets=(
        "instansi",
        "skala",
        "renstra",
        "pegawai",
        "program",
        "indikator",
        "perjanjian",
        "anggaran",
        "anggaran_sasaran",
        "narasi",
    ),
    parts=(*_FRONT, *_PENDAHULUAN, *_PERENCANAAN, *_AKUNTABILITAS, *_PENUTUP, *_LAMPIRAN),
)
