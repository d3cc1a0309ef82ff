"""The review checklist of PermenPANRB 53/2014, Anak Lampiran III/2-2, as data: 23 statements in three parts.

The statements are the regulation's own. Beside each stands how the program can answer it: which checks must
have run without a finding, which figures it looks at, and what is left to a person.
"""

from __future__ import annotations

from lakip_xlsx.layouts.checklist import Butir, Daftar, Jawaban, Putusan

FORMAT = (
    Butir(
        bagian="I",
        nomor=1,
        pernyataan="Laporan Kinerja (LKj) telah menampilkan data penting IP",
        putusan=Putusan.PROGRAM,
        evidence="identitas",
        kode=("IDN-001", "IDN-002", "IDN-003"),
        pelengkap=("IDN-008", "PGW-001", "PGW-002"),
        petunjuk="Lihat apakah tugas, struktur, pegawai, dan isu strategis kantor tergambar.",
    ),
    Butir(
        bagian="I",
        nomor=2,
        pernyataan="LKj telah menyajikan informasi target kinerja",
        putusan=Putusan.PROGRAM,
        evidence="target",
        petunjuk="Lihat kolom Target pada tabel capaian.",
    ),
    Butir(
        bagian="I",
        nomor=3,
        pernyataan="LKj telah menyajikan capaian kinerja IP yang memadai",
        putusan=Putusan.SEBAGIAN,
        evidence="capaian",
        kode=("IND-001", "IND-002", "IND-003"),
        pelengkap=("IND-014",),
        petunjuk="Nilai apakah penyajian capaian dan analisisnya sudah memadai.",
    ),
    Butir(
        bagian="I",
        nomor=4,
        pernyataan="Telah menyajikan dengan lampiran yang mendukung informasi pada badan laporan",
        putusan=Putusan.SEBAGIAN,
        evidence="lampiran",
        petunjuk="Lihat apakah dokumen yang tercantum memang dilampirkan.",
    ),
    Butir(
        bagian="I",
        nomor=5,
        pernyataan="Telah menyajikan upaya perbaikan ke depan",
        putusan=Putusan.PROGRAM,
        evidence="perbaikan",
        pelengkap=("IND-014",),
        petunjuk="Lihat bab penutup dan kolom Solusi tiap indikator.",
    ),
    Butir(
        bagian="I",
        nomor=6,
        pernyataan="Telah menyajikan akuntabilitas keuangan",
        putusan=Putusan.PROGRAM,
        evidence="keuangan",
        kode=("ANG-001", "ANG-002", "ANG-003"),
        pelengkap=("ANG-004", "ANG-008", "PRG-001", "PRG-003"),
        petunjuk="Bandingkan tabel anggaran dengan LRA.",
    ),
)

MEKANISME = (
    Butir(
        bagian="II",
        nomor=1,
        pernyataan="LKj IP disusun oleh unit kerja yang memiliki tugas fungsi untuk itu",
        putusan=Putusan.MANUSIA,
        petunjuk="Lihat SK tim penyusun atau uraian tugas unit penyusun.",
    ),
    Butir(
        bagian="II",
        nomor=2,
        pernyataan="Informasi yang disampaikan dalam LKj telah didukung dengan data yang memadai",
        putusan=Putusan.SEBAGIAN,
        evidence="sumber_data",
        pelengkap=("IND-007",),
        petunjuk="Cocokkan realisasi dengan dokumen pada kolom Sumber Data.",
    ),
    Butir(
        bagian="II",
        nomor=3,
        pernyataan="Telah terdapat mekanisme penyampaian data dan informasi dari unit kerja ke unit penyusun LKj",
        putusan=Putusan.MANUSIA,
        petunjuk="Lihat SOP atau surat permintaan data kepada unit kerja.",
    ),
    Butir(
        bagian="II",
        nomor=4,
        pernyataan="Telah ditetapkan penanggung jawab pengumpulan data/informasi di setiap unit kerja",
        putusan=Putusan.SEBAGIAN,
        evidence="penanggung_jawab",
        petunjuk="Lihat penetapan penanggung jawab data di tiap unit kerja.",
    ),
    Butir(
        bagian="II",
        nomor=5,
        pernyataan="Data/informasi kinerja yang disampaikan dalam LKj telah diyakini keandalannya",
        putusan=Putusan.SEBAGIAN,
        evidence="keandalan",
        petunjuk="Uji petik angka ke dokumen sumbernya.",
    ),
    Butir(
        bagian="II",
        nomor=6,
        pernyataan="Analisis/penjelasan dalam LKj telah diketahui oleh unit kerja terkait",
        putusan=Putusan.MANUSIA,
        petunjuk="Minta paraf atau berita acara pembahasan dari unit kerja.",
    ),
    Butir(
        bagian="II",
        nomor=7,
        pernyataan="LKj IP bukan merupakan gabungan unit kerja di bawahnya.",
        putusan=Putusan.MANUSIA,
        petunjuk="Lihat apakah sasaran dan indikatornya milik instansi sendiri.",
    ),
)

SUBSTANSI = (
    Butir(
        bagian="III",
        nomor=1,
        pernyataan="Tujuan/sasaran dalam LKj telah sesuai dengan tujuan/sasaran dalam perjanjian kinerja",
        putusan=Putusan.PROGRAM,
        evidence="perjanjian",
        kode=("PKJ-001",),
        di_lembar=(("SIL-004", "perjanjian"),),
        petunjuk="Bandingkan sasaran laporan dengan Perjanjian Kinerja yang ditandatangani.",
    ),
    Butir(
        bagian="III",
        nomor=2,
        pernyataan="Tujuan/sasaran dalam LKj telah selaras dengan rencana strategis",
        putusan=Putusan.PROGRAM,
        evidence="renstra",
        kode=("SIL-002", "IDN-002"),
        di_lembar=(("SIL-004", "renstra"),),
        petunjuk="Bandingkan sasaran laporan dengan dokumen Renstra.",
    ),
    Butir(
        bagian="III",
        nomor=3,
        pernyataan="Jika butir 1 dan 2 jawabannya tidak, maka terdapat penjelasan yang memadai",
        putusan=Putusan.BERSYARAT,
        syarat=(1, 2),
        petunjuk="Cari penjelasannya pada bab perencanaan kinerja dan bab akuntabilitas kinerja.",
    ),
    Butir(
        bagian="III",
        nomor=4,
        pernyataan=(
            "Target Indikator Kinerja Tujuan/sasaran dalam LKj telah sesuai dengan target indikator kinerja "
            "tujuan/sasaran dalam perjanjian kinerja."
        ),
        putusan=Putusan.PROGRAM,
        evidence="perjanjian",
        kode=("PKJ-001", "PKJ-002"),
        petunjuk="Bandingkan target laporan dengan Perjanjian Kinerja terakhir yang ditandatangani.",
    ),
    Butir(
        bagian="III",
        nomor=5,
        pernyataan="IKU pada LKj telah sesuai dengan dokumen IKU yang ditetapkan",
        putusan=Putusan.MANUSIA,
        petunjuk="Bandingkan dengan keputusan penetapan IKU; workbook tidak memuatnya.",
    ),
    Butir(
        bagian="III",
        nomor=6,
        pernyataan="Jika butir 4 dan 5 jawabannya tidak, maka terdapat penjelasan yang memadai",
        putusan=Putusan.BERSYARAT,
        syarat=(4, 5),
        petunjuk="Cari penjelasan perubahan target atau IKU pada analisis sasarannya.",
    ),
    Butir(
        bagian="III",
        nomor=7,
        pernyataan=(
            "Telah terdapat perbandingan data kinerja dengan tahun lalu, standar nasional dan sebagainya "
            "yang bermanfaat"
        ),
        putusan=Putusan.PROGRAM,
        evidence="pembanding",
        pelengkap=("IND-011", "IND-012", "IND-013"),
        petunjuk="Lihat apakah perbandingannya menjelaskan naik turunnya kinerja.",
    ),
    Butir(
        bagian="III",
        nomor=8,
        pernyataan="IKU dan IK telah cukup mengukur tujuan/sasaran",
        putusan=Putusan.SEBAGIAN,
        evidence="ukuran",
        kode=("SIL-001",),
        pelengkap=("SIL-005",),
        petunjuk="Nilai apakah indikatornya benar-benar mengukur sasarannya.",
    ),
    Butir(
        bagian="III",
        nomor=9,
        pernyataan="Jika “tidak” telah terdapat penjelasan yang memadai",
        putusan=Putusan.BERSYARAT,
        syarat=(8,),
        petunjuk="Cari penjelasannya pada bagian metodologi atau analisis sasaran.",
    ),
    Butir(
        bagian="III",
        nomor=10,
        pernyataan="IKU dan IK telah SMART",
        putusan=Putusan.SEBAGIAN,
        evidence="smart",
        kode=("IND-004",),
        pelengkap=("IND-005", "IND-008", "IND-009"),
        petunjuk="Nilai apakah tiap indikator spesifik, dapat dicapai, relevan, dan berbatas waktu.",
    ),
)

REVIU = Daftar(
    judul="Checklist reviu",
    basis="PermenPANRB 53/2014, Anak Lampiran III/2-2",
    bagian={"I": "Format", "II": "Mekanisme penyusunan", "III": "Substansi"},
    butir=FORMAT + MEKANISME + SUBSTANSI,
    manusia=Jawaban.MANUSIA,
)
"""All 23 statements, in the order of the form."""
