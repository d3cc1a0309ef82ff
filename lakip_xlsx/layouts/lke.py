"""The criteria by which the evaluation of SAKIP scores the report, as data: component Pelaporan Kinerja, 15 points.

PermenPANRB 88/2021 has three parts of it: Pemenuhan (3 points), Kualitas (4.5) and Pemanfaatan (7.5). The text of
the regulation was not at hand; the criteria are as several public applications of offices list them. Those agree
on Pemenuhan and Pemanfaatan, and differ in a few words of Kualitas 3 to 7.
"""

from __future__ import annotations

from lakip_xlsx.layouts.checklist import Butir, Daftar, Jawaban, Putusan

_DOKUMEN = "Dokumen Laporan Kinerja"
_INFO = f"{_DOKUMEN} telah menginfokan"
_BANDING = f"{_INFO} analisis dan evaluasi realisasi kinerja dengan"
_LAPORAN = "Informasi dalam laporan kinerja"

PEMENUHAN = (
    Butir(
        bagian="3.a",
        nomor=1,
        pernyataan=f"{_DOKUMEN} telah disusun.",
        putusan=Putusan.SEBAGIAN,
        evidence="disusun",
        petunjuk="Lihat laporan yang sudah dicetak.",
    ),
    Butir(
        bagian="3.a",
        nomor=2,
        pernyataan=f"{_DOKUMEN} telah disusun secara berkala.",
        putusan=Putusan.SEBAGIAN,
        evidence="berkala",
        petunjuk="Lihat laporan triwulan atau semester, dan laporan tahun sebelumnya.",
    ),
    Butir(
        bagian="3.a",
        nomor=3,
        pernyataan=f"{_DOKUMEN} telah diformalkan.",
        putusan=Putusan.SEBAGIAN,
        evidence="diformalkan",
        petunjuk="Lihat tanda tangan dan cap pada laporan.",
    ),
    Butir(
        bagian="3.a",
        nomor=4,
        pernyataan=f"{_DOKUMEN} telah direviu.",
        putusan=Putusan.SEBAGIAN,
        evidence="direviu",
        petunjuk="Lihat hasil reviu dan pernyataannya.",
    ),
    Butir(
        bagian="3.a",
        nomor=5,
        pernyataan=f"{_DOKUMEN} telah dipublikasikan.",
        putusan=Putusan.MANUSIA,
        petunjuk="Lihat situs kantor atau aplikasi SAKIP tempat laporan diunggah.",
    ),
    Butir(
        bagian="3.a",
        nomor=6,
        pernyataan=f"{_DOKUMEN} telah disampaikan tepat waktu.",
        putusan=Putusan.SEBAGIAN,
        evidence="tepat_waktu",
        pelengkap=("IDN-006",),
        petunjuk="Lihat tanggal tanda terima atau tanggal unggah.",
    ),
)

KUALITAS = (
    Butir(
        bagian="3.b",
        nomor=1,
        pernyataan=f"{_DOKUMEN} disusun secara berkualitas sesuai dengan standar.",
        putusan=Putusan.SEBAGIAN,
        evidence="standar",
        pelengkap=("NAR-002", "NAR-003", "NAR-007"),
        petunjuk="Nilai mutu isinya.",
    ),
    Butir(
        bagian="3.b",
        nomor=2,
        pernyataan=f"{_DOKUMEN} telah mengungkap seluruh informasi tentang pencapaian kinerja.",
        putusan=Putusan.SEBAGIAN,
        evidence="seluruh_capaian",
        kode=("IND-002",),
        pelengkap=("PKJ-001", "SIL-001"),
        petunjuk="Nilai apakah ada kinerja penting yang tidak dilaporkan.",
    ),
    Butir(
        bagian="3.b",
        nomor=3,
        pernyataan=f"{_BANDING} target tahunan.",
        putusan=Putusan.PROGRAM,
        evidence="target_tahunan",
        kode=("IND-001", "IND-002", "IND-004"),
        pelengkap=("IND-014", "PKJ-002"),
        petunjuk="Lihat tabel target dan realisasi beserta analisisnya.",
    ),
    Butir(
        bagian="3.b",
        nomor=4,
        pernyataan=f"{_BANDING} target jangka menengah.",
        putusan=Putusan.PROGRAM,
        evidence="jangka_menengah",
        pelengkap=("IND-012",),
        petunjuk="Lihat perbandingan dengan target akhir Renstra.",
    ),
    Butir(
        bagian="3.b",
        nomor=5,
        pernyataan=f"{_BANDING} realisasi kinerja tahun-tahun sebelumnya.",
        putusan=Putusan.PROGRAM,
        evidence="tahun_sebelumnya",
        pelengkap=("IND-011",),
        petunjuk="Lihat perbandingan antartahun.",
    ),
    Butir(
        bagian="3.b",
        nomor=6,
        pernyataan=f"{_BANDING} realisasi kinerja di level nasional/internasional (Benchmark Kinerja).",
        putusan=Putusan.PROGRAM,
        evidence="benchmark",
        pelengkap=("IND-013",),
        petunjuk="Nilai apakah pembandingnya setara dan disebut namanya.",
    ),
    Butir(
        bagian="3.b",
        nomor=7,
        pernyataan=f"{_INFO} kualitas atas capaian kinerja beserta upaya nyata dan/atau hambatannya.",
        putusan=Putusan.SEBAGIAN,
        evidence="upaya_hambatan",
        pelengkap=("IND-014", "NAR-009"),
        petunjuk="Nilai apakah penyebab, upaya, dan hambatannya nyata.",
    ),
    Butir(
        bagian="3.b",
        nomor=8,
        pernyataan=f"{_INFO} efisiensi atas penggunaan sumber daya dalam mencapai kinerja.",
        putusan=Putusan.SEBAGIAN,
        evidence="efisiensi",
        pelengkap=("IND-016",),
        petunjuk="Nilai apakah efisiensi anggaran, pegawai, dan sarana prasarana sama-sama dijelaskan.",
    ),
    Butir(
        bagian="3.b",
        nomor=9,
        pernyataan=f"{_INFO} upaya perbaikan dan penyempurnaan kinerja ke depan (Rekomendasi perbaikan kinerja).",
        putusan=Putusan.PROGRAM,
        evidence="perbaikan",
        pelengkap=("IND-014",),
        petunjuk="Lihat bab penutup dan kolom Solusi tiap indikator.",
    ),
)

PEMANFAATAN = (
    Butir(
        bagian="3.c",
        nomor=1,
        pernyataan=f"{_LAPORAN} selalu menjadi perhatian utama pimpinan (Bertanggung Jawab).",
        putusan=Putusan.MANUSIA,
        petunjuk="Lihat notula rapat pimpinan yang membahas laporan.",
    ),
    Butir(
        bagian="3.c",
        nomor=2,
        pernyataan="Penyajian informasi dalam laporan kinerja menjadi kepedulian seluruh pegawai.",
        putusan=Putusan.MANUSIA,
        petunjuk="Lihat daftar hadir dan notula pembahasan dengan pegawai.",
    ),
    Butir(
        bagian="3.c",
        nomor=3,
        pernyataan=f"{_LAPORAN} berkala telah digunakan dalam penyesuaian aktivitas untuk mencapai kinerja.",
        putusan=Putusan.SEBAGIAN,
        evidence="rencana_aksi",
        petunjuk="Lihat perubahan kegiatan sesudah laporan berkala.",
    ),
    Butir(
        bagian="3.c",
        nomor=4,
        pernyataan=f"{_LAPORAN} berkala telah digunakan dalam penyesuaian penggunaan anggaran untuk mencapai kinerja.",
        putusan=Putusan.MANUSIA,
        petunjuk="Lihat dasar pergeseran atau perubahan anggaran.",
    ),
    Butir(
        bagian="3.c",
        nomor=5,
        pernyataan=f"{_LAPORAN} telah digunakan dalam evaluasi pencapaian keberhasilan kinerja.",
        putusan=Putusan.MANUSIA,
        petunjuk="Lihat hasil evaluasi internal yang memakai laporan.",
    ),
    Butir(
        bagian="3.c",
        nomor=6,
        pernyataan=f"{_LAPORAN} telah digunakan dalam penyesuaian perencanaan kinerja yang akan dihadapi berikutnya.",
        putusan=Putusan.SEBAGIAN,
        evidence="tindak_lanjut",
        petunjuk="Bandingkan rencana tahun berikutnya dengan rekomendasi laporan.",
    ),
    Butir(
        bagian="3.c",
        nomor=7,
        pernyataan=f"{_LAPORAN} selalu mempengaruhi perubahan budaya kinerja organisasi.",
        putusan=Putusan.MANUSIA,
        petunjuk="Tanyakan kepada pegawai.",
    ),
)

LKE = Daftar(
    judul="Kriteria evaluasi Pelaporan Kinerja",
    basis="PermenPANRB 88/2021, komponen Pelaporan Kinerja, 15 poin",
    bagian={"3.a": "Pemenuhan (3 poin)", "3.b": "Kualitas (4,5 poin)", "3.c": "Pemanfaatan (7,5 poin)"},
    butir=PEMENUHAN + KUALITAS + PEMANFAATAN,
    manusia=Jawaban.DINILAI,
    catatan=(
        "Nilai tidak dihitung: yang menilai tetap evaluator. Bunyi kriteria menurut aplikasi SAKIP yang memuatnya, "
        "bukan dari naskah peraturannya; kata-kata 3.b butir 3 sampai 7 berbeda antaraplikasi. Cocokkan dengan LKE "
        "evaluator."
    ),
)
"""All 22 criteria, in the order of the form."""
