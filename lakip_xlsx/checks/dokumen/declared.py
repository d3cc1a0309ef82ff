"""The findings on a finished document (family DOK): their texts. The rules stand beside it."""

from __future__ import annotations

from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.workbook.structure import Declared

DOCUMENT: dict[str, Declared] = {
    "DOK-001": Declared(
        Severity.ERROR,
        "Angka dalam dokumen bukan angka workbook",
        "Setiap nilai yang dulu dimuat dari workbook dibandingkan dengan isi workbook sekarang; disebutkan angka, "
        "tanggal, dan predikat yang diubah dengan tangan. Angka yang hanya dibulatkan tidak dihitung.",
        "Laporan dan workbook harus sama; angka yang diubah di satu tempat tidak ikut berubah di tempat lain.",
        "Bila angka dokumen yang benar, perbaiki di workbook; bila workbook yang benar, perbaiki di dokumen.",
        "Tertulis 5.322.700.001, workbook memuat 5.322.700.000.",
    ),
    "DOK-002": Declared(
        Severity.ERROR,
        "Dokumen belum mengikuti workbook",
        "Nilai dalam dokumen yang masih seperti saat dibuat dibandingkan dengan isi workbook sekarang.",
        "Workbook diperbaiki sesudah dokumennya dibuat, sehingga dokumen memuat angka lama.",
        "Perbarui angkanya di dokumen, atau buat dokumennya sekali lagi dari workbook.",
        "Dokumen memuat 97,22, workbook kini 97,41.",
    ),
    "DOK-003": Declared(
        Severity.ERROR,
        "Nama pejabat atau instansi berbeda",
        "Nama, jabatan, NIP, dan nama instansi yang dimuat dari workbook dibandingkan dengan isinya sekarang; nama "
        "pejabat yang diketik dicari yang hampir sama dengan nama di lembar Instansi.",
        "Nama yang keliru pada laporan yang ditandatangani tidak dapat diperbaiki sesudahnya.",
        "Samakan dengan lembar Instansi, atau perbaiki lembar itu.",
        'Tertulis "Drs. Bintang Rekan, M.Hum.", lembar Instansi memuat "Drs. Bintang Rekaan, M.Hum.".',
    ),
    "DOK-004": Declared(
        Severity.INFO,
        "Teks dari workbook disunting dalam dokumen",
        "Kalimat dan keterangan yang dimuat dari workbook dibandingkan dengan isinya sekarang.",
        "Suntingan boleh, tetapi tidak ikut bila dokumennya dibuat lagi; yang memeriksa perlu tahu.",
        "Biarkan bila memang dimaksud; pindahkan ke workbook bila harus berlaku seterusnya.",
        "Alinea kedua kata pengantar ditambah satu kalimat.",
    ),
    "DOK-005": Declared(
        Severity.INFO,
        "Isi dari workbook tidak ada lagi dalam dokumen",
        "Nilai, baris tabel, grafik, dan gambar yang dulu dimuat dicari tandanya dalam dokumen.",
        "Yang terhapus tidak dapat diperiksa lagi, dan mungkin terhapus tanpa sengaja.",
        "Biarkan bila memang dihapus; bila tidak, salin kembali dari dokumen yang baru dibuat.",
        "Dua baris Tabel 31 dihapus.",
    ),
    "DOK-006": Declared(
        Severity.ERROR,
        "Jumlah tabel tidak sama dengan rinciannya",
        "Dalam setiap tabel, baris Jumlah atau Total dibandingkan dengan jumlah baris di atasnya, kolom demi kolom. "
        "Kolom persen, kode, dan nomor tidak dijumlahkan; rincian bertingkat dikenali dari kodenya.",
        "Tabel yang diketik atau diubah di Word tidak menghitung ulang jumlahnya.",
        "Cari baris yang keliru, atau perbaiki jumlahnya.",
        "Jumlah 1.351.829.800, rinciannya 1.351.829.790.",
    ),
    "DOK-007": Declared(
        Severity.ERROR,
        "Persentase tabel bukan hasil baginya",
        "Dalam setiap tabel dengan kolom anggaran dan realisasi (atau target dan realisasi rupiah) dan satu kolom "
        "persen, persennya dihitung ulang pada angka desimal seperti yang tertulis.",
        "Persen yang disalin dari tahun lalu tidak ikut berubah.",
        "Hitung kembali persennya, atau perbaiki rupiahnya.",
        "Tertulis 98,56, padahal 1.333.620.587 dari 1.351.829.790 adalah 98,65.",
    ),
    "DOK-008": Declared(
        Severity.ERROR,
        "Angka tabel ketikan bertentangan dengan workbook",
        "Angka dalam sel tabel yang tidak berasal dari workbook dibandingkan dengan workbook bila baris dan kolomnya "
        "menyebut hal yang ada di sana: program, sasaran, indikator, atau sumber dana, dan anggaran, realisasi, "
        "target, atau capaiannya.",
        "Tabel yang diketik ulang mudah tertinggal dari angka terakhir.",
        "Samakan dengan workbook, atau sebutkan dalam judul kolomnya apa yang berbeda.",
        "Tabel ketikan memuat realisasi Program Pengelolaan Arsip 350.012.100, workbook 350.012.000.",
    ),
    "DOK-009": Declared(
        Severity.ERROR,
        "Rujukan dalam dokumen tidak menuju ke mana pun",
        "Bidang rujukan (REF, PAGEREF) dan tautan dicari tujuannya; dicari juga tulisan galat yang ditinggalkan Word.",
        "Tulisan seperti Error! Reference source not found ikut tercetak.",
        "Hapus rujukan itu, lalu sisipkan lagi lewat Referensi, Referensi Silang; sesudahnya Ctrl+A dan F9.",
        'Kalimat "sebagaimana Error! Reference source not found".',
    ),
    "DOK-010": Declared(
        Severity.WARNING,
        "Nomor tabel atau gambar tidak urut",
        "Nomor pada keterangan Tabel, Gambar, dan sejenisnya diperiksa urutannya, termasuk yang ganda.",
        "Nomor yang diketik tidak ikut berubah ketika tabel disisipkan atau dihapus.",
        "Tekan Ctrl+A lalu F9 di Word; nomor yang diketik diperbaiki dengan tangan.",
        "Tabel 4 disusul Tabel 6.",
    ),
    "DOK-011": Declared(
        Severity.ERROR,
        "Tabel atau gambar yang disebut tidak ada",
        "Setiap sebutan Tabel, Gambar, atau Grafik dengan nomornya dicari keterangannya dalam dokumen.",
        "Pembaca diarahkan ke tabel yang sudah dihapus atau berganti nomor.",
        "Perbaiki nomornya, atau kembalikan tabelnya.",
        '"Tabel 9" disebut, keterangan terakhir Tabel 8.',
    ),
    "DOK-012": Declared(
        Severity.WARNING,
        "Tanda kuning tertinggal",
        "Dicari tulisan bersorot kuning dan penanda isian yang belum diganti.",
        "Tanda itu berarti ada yang belum selesai, dan ikut tercetak.",
        "Lengkapi isinya, lalu hapus sorotannya.",
        "Tulisan [Visi belum diisi] pada Bab II.",
        FindingKind.UNFILLED,
    ),
    "DOK-013": Declared(
        Severity.INFO,
        "Perubahan terlacak belum diputuskan",
        "Sisipan dan hapusan terlacak (Track Changes) dihitung. Pemeriksaan memakai teks seandainya semua diterima.",
        "Laporan yang dikirim dengan perubahan terlacak memperlihatkan apa yang dihapus.",
        "Di Word: Tinjau, Terima atau Tolak, Terima Semua Perubahan.",
        "Ada 3 sisipan dan 1 hapusan oleh Bagian Perencanaan.",
    ),
    "DOK-014": Declared(
        Severity.INFO,
        "Komentar belum dihapus",
        "Komentar dalam dokumen disebut dengan tempat, penulis, dan isinya.",
        "Komentar adalah pertanyaan yang mungkin belum dijawab, dan ikut terkirim.",
        "Jawab, lalu di Word: Tinjau, Hapus, Hapus Semua Komentar.",
        'Komentar "Angka ini dari mana?".',
    ),
    "DOK-015": Declared(
        Severity.ERROR,
        "Dokumen masih bertanda DRAF",
        "Tanda DRAF dan halaman temuan dicari dalam dokumen.",
        "Tanda itu dipasang karena workbook masih memuat kesalahan ketika dokumennya dibuat.",
        "Perbaiki workbook, lalu buat dokumennya sekali lagi. Jangan menghapus tandanya dengan tangan.",
        "Kepala halaman memuat tulisan DRAF.",
    ),
    "DOK-016": Declared(
        Severity.WARNING,
        "Dokumen memuat isi aktif atau isi dari luar",
        "Dicari makro, objek tertanam, bidang yang mengambil berkas, dan gambar bertaut. Tidak ada yang dijalankan.",
        "Isi seperti itu dapat menjalankan atau mengambil sesuatu di komputer pembaca.",
        "Hapus di Word seperti disebut pada temuan.",
        "Gambar yang ditautkan ke berkas di komputer lain.",
    ),
    "DOK-017": Declared(
        Severity.ERROR,
        "Tahun pada judul bukan tahun laporan",
        "Tahun pada judul, keterangan tabel dan gambar, serta kepala dan kaki halaman dibandingkan dengan tahun "
        "laporan (menurut workbook, atau menurut sampulnya).",
        "Judul yang disalin dari laporan tahun lalu membawa tahun lama.",
        "Ganti tahunnya, dan periksa apakah isinya juga tahun lama.",
        '"Tabel 4. Realisasi Anggaran Tahun 2024" dalam laporan tahun 2025.',
    ),
    "DOK-018": Declared(
        Severity.ERROR,
        "Angka berubah sejak dinyatakan diperiksa",
        "Setiap angka dibandingkan dengan catatan yang dibuat lakip-xlsx seal. Menyimpan ulang tidak dihitung.",
        "Yang berubah sesudah diperiksa belum diperiksa siapa pun.",
        "Periksa lagi tempat itu, lalu catat lagi dengan lakip-xlsx seal.",
        "Diperiksa penyusun 2 Februari 2026, kini 5.174.481.059.",
    ),
    "DOK-019": Declared(
        Severity.WARNING,
        "Kalimat berubah sejak dinyatakan diperiksa",
        "Setiap alinea dan sel dibandingkan dengan catatan yang dibuat lakip-xlsx seal. Menyimpan ulang tidak "
        "dihitung.",
        "Yang berubah sesudah diperiksa belum diperiksa siapa pun.",
        "Periksa lagi tempat itu, lalu catat lagi dengan lakip-xlsx seal.",
        "Satu alinea ditambahkan di Bab IV sesudah Inspektorat memeriksa.",
    ),
    "DOK-020": Declared(
        Severity.WARNING,
        "Catatan pemeriksaan tidak utuh",
        "Catatan seal di dalam dokumen dibandingkan dengan berkas .segel.json di sampingnya.",
        "Dua catatan yang berbeda tidak dapat dipegang keduanya; program penyunting tertentu membuang yang di dalam.",
        "Simpan berkas .segel.json bersama dokumennya; bila ragu, periksa dan catat sekali lagi.",
        "Catatan di dalam dokumen hilang sesudah disimpan program lain.",
    ),
    "DOK-021": Declared(
        Severity.WARNING,
        "Jumlah ketikan hampir sama dengan jumlah workbook",
        "Jumlah dalam kalimat ketikan yang tidak ada pada workbook dibandingkan dengan semua jumlah di sana: apakah "
        "hanya satu angka yang berbeda, atau dua angka bertukar tempat. Yang kurang dari enam angka tidak dihitung.",
        "Salah ketik satu angka tidak terlihat ketika dibaca ulang.",
        "Periksa angka itu; bila memang lain, biarkan.",
        "Tertulis Rp18.835.942.000, anggaran APBD pada workbook 18.385.942.000.",
    ),
    "DOK-022": Declared(
        Severity.WARNING,
        "Kata dalam dokumen belum mengikuti workbook",
        "Teks tanpa angka dalam dokumen yang masih seperti saat dibuat dibandingkan dengan isi workbook sekarang.",
        "Workbook diperbaiki sesudah dokumennya dibuat, sehingga dokumen memuat kata yang lama.",
        "Perbarui teksnya di dokumen, atau buat dokumennya sekali lagi dari workbook.",
        "Nama program diperbaiki di workbook, dokumen masih memuat nama lama.",
    ),
}
"""Code → declaration."""
