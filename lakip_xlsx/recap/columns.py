"""The columns of the front sheets."""

from __future__ import annotations

from lakip_xlsx.excel.paper import Column

PAPAN = (
    Column("No", 5, "bulat"),
    Column("Kantor", 38, "panjang"),
    Column("Keadaan", 16, "panjang"),
    Column("Tahun", 7, "polos"),
    Column("Tata Letak", 20),
    Column("Versi Workbook", 9),
    Column("Belum Diisi", 8, "bulat"),
    Column("Kesa-lahan", 8, "bulat"),
    Column("Peri-ngatan", 8, "bulat"),
    Column("Di-terima", 8, "bulat"),
    Column("Capaian (%)", 10, "persen"),
    Column("Predikat", 16),
    Column("Serapan (%)", 10, "persen"),
    Column("Dokumen", 18, "panjang"),
    Column("Terakhir Disimpan", 16, "panjang"),
    Column("Petugas", 14),
    Column("Keterangan", 36, "panjang"),
)
UANG = (
    Column("No", 5, "bulat"),
    Column("Kantor", 38, "panjang"),
    Column("Anggaran (Rp)", 20, "uang"),
    Column("Realisasi (Rp)", 20, "uang"),
    Column("Sisa (Rp)", 18, "uang"),
    Column("Serapan (%)", 10, "persen"),
    Column("Peringkat Serapan", 10, "bulat"),
    Column("Anggaran Tahun Lalu (Rp)", 20, "uang"),
    Column("Realisasi Tahun Lalu (Rp)", 20, "uang"),
    Column("Serapan Tahun Lalu (%)", 10, "persen"),
    Column("Perubahan Serapan", 10, "persen"),
    Column("Asal Anggaran", 22),
    Column("Asal Realisasi", 22),
)
VIEW = (
    Column("Kantor", 8, "bulat"),
    Column("Baris", 8, "bulat"),
    Column("Anggaran (Rp)", 20, "uang"),
    Column("Realisasi (Rp)", 20, "uang"),
    Column("Sisa (Rp)", 18, "uang"),
    Column("Serapan (%)", 10, "persen"),
    Column("Keterangan", 40, "panjang"),
)
KINERJA = (
    Column("No", 5, "bulat"),
    Column("Kantor", 38, "panjang"),
    Column("Indikator", 9, "bulat"),
    Column("Ter-hitung", 9, "bulat"),
    Column("Capaian (%)", 10, "persen"),
    Column("Predikat", 16),
    Column("Peringkat", 10, "bulat"),
    Column("Indikator per Predikat", 36, "panjang"),
    Column("Serapan (%)", 10, "persen"),
    Column("Efisiensi", 20),
    Column("Capaian Tahun Lalu (%)", 11, "persen"),
    Column("Perubahan", 10, "persen"),
    Column("Skala", 30),
    Column("Batas Capaian", 12),
    Column("Asal", 20),
)
SEBARAN = (
    Column("Rentang (%)", 28),
    Column("Kantor menurut Capaian", 16, "bulat"),
    Column("Indikator menurut Capaian", 16, "bulat"),
    Column("Kantor menurut Serapan", 16, "bulat"),
)
PEGAWAI = (
    Column("No", 5, "bulat"),
    Column("Kantor", 38, "panjang"),
    Column("Awal Tahun", 12, "bulat"),
    Column("Akhir Tahun", 12, "bulat"),
    Column("Perubahan", 12, "bulat"),
    Column("Kelompok", 20),
    Column("Realisasi per Pegawai (Rp)", 22, "uang"),
    Column("Asal", 20),
)
LINTAS = (
    Column("Kode", 10),
    Column("Bobot", 13),
    Column("Perihal", 30, "panjang"),
    Column("Temuan", 70, "panjang"),
    Column("Sel 1", 32, "panjang"),
    Column("Sel 2", 32, "panjang"),
    Column("Sel lain", 32, "panjang"),
    Column("Cara memperbaiki", 44, "panjang"),
)
