"""The findings that no rule yields: on the form of a workbook (family BRK) and on a Word template (TPL).

They come from the reader and from the filling of the template, because a rule needs a workbook that has been
read. Their texts stand here, below everything that speaks of them.
"""

from __future__ import annotations

from typing import NamedTuple

from lakip_xlsx.finding import Finding, FindingKind, Severity


class Declared(NamedTuple):
    """What the user reads about a code: its weight, a title, what is looked at, why, and what to do."""

    severity: Severity
    title: str
    what: str
    why: str
    fix: str
    example: str
    kind: FindingKind = FindingKind.FAULT


STRUCTURE: dict[str, Declared] = {
    "BRK-001": Declared(
        Severity.ERROR,
        "Lembar yang wajib tidak ada",
        "Lembar yang diwajibkan oleh tata letak yang dipilih dicari menurut namanya.",
        "Bagian laporan yang disusun dari lembar itu tidak punya isi.",
        "Salin lembar itu dari workbook kosong (lakip-xlsx new), lalu isi.",
        "Lembar Narasi terhapus.",
    ),
    "BRK-002": Declared(
        Severity.ERROR,
        "Kolom atau isian yang wajib tidak ada",
        "Kolom bertanda * dicari pada baris judul tiap lembar, dan isian bertanda * pada lembar Instansi.",
        "Tanpa kolom itu barisnya tidak dapat diperiksa maupun dimuat.",
        "Tambahkan kolom atau isian dengan judul yang disebut pada temuan.",
        "Lembar Indikator tidak punya kolom Satuan.",
    ),
    "BRK-003": Declared(
        Severity.ERROR,
        "Judul kolom atau isian salah ketik",
        "Judul yang tidak dikenal tetapi mirip dengan judul baku dicari, beserta judul yang kiranya dimaksud.",
        "Kolom dikenali dari judulnya; kolom dengan judul yang keliru tidak dibaca.",
        "Ganti judulnya seperti yang diusulkan pada temuan.",
        'Judul "Realisai (Rp)" kiranya "Realisasi (Rp)".',
    ),
    "BRK-004": Declared(
        Severity.ERROR,
        "Judul kolom ganda",
        "Dicari kolom dengan judul yang sama dalam satu lembar.",
        "Hanya satu yang dibaca, dan mungkin bukan yang dimaksud.",
        "Hapus atau ganti judul kolom yang tidak dipakai.",
        "Kolom Anggaran (Rp) ada di C dan di F.",
    ),
    "BRK-005": Declared(
        Severity.INFO,
        "Kolom yang tidak dikenal",
        "Dicari kolom yang judulnya bukan judul workbook standar.",
        "Isinya tidak dibaca; pemakainya perlu tahu.",
        "Biarkan bila memang catatan sendiri; bila data, pindahkan ke kolom yang sesuai.",
        'Kolom "Catatan verifikasi".',
    ),
    "BRK-006": Declared(
        Severity.ERROR,
        "Nama lembar salah ketik",
        "Nama lembar yang tidak dikenal tetapi mirip dengan nama baku dicari.",
        "Lembar dikenali dari namanya; lembar dengan nama yang keliru tidak dibaca.",
        "Ganti nama lembarnya seperti yang diusulkan pada temuan.",
        'Lembar "Anggran" kiranya "Anggaran".',
    ),
    "BRK-007": Declared(
        Severity.WARNING,
        "Isi di bawah kolom tanpa judul",
        "Dicari sel berisi pada kolom yang baris judulnya kosong.",
        "Isi itu tidak dibaca, sehingga dapat hilang tanpa terasa.",
        "Beri judul kolom yang sesuai, atau hapus isinya.",
        "Angka di kolom I, padahal judul kolom terakhir di H.",
    ),
    "BRK-008": Declared(
        Severity.INFO,
        "Baris di bawah Jumlah tidak dibaca sebagai data",
        "Dicari baris di bawah baris Jumlah terakhir yang tidak memuat angka.",
        "Baris seperti itu biasanya catatan atau tanda tangan, tetapi dapat juga data yang salah tempat.",
        "Bila ini data, pindahkan ke atas baris Jumlah.",
        '"Sumber: DPA perubahan" di bawah Jumlah.',
    ),
    "BRK-009": Declared(
        Severity.INFO,
        "Baris atau lembar tersembunyi",
        "Dicari baris dan lembar tersembunyi yang berisi data.",
        "Yang tersembunyi tetap dihitung dan dimuat, padahal tidak terlihat saat mengisi.",
        "Tampilkan baris atau lembarnya dan periksa isinya.",
        "Baris 14 pada lembar Program tersembunyi.",
    ),
    "BRK-010": Declared(
        Severity.ERROR,
        "Lembar yang sama ada dua kali",
        "Dicari dua lembar yang namanya sama bila huruf besar, kecil, dan spasinya diabaikan.",
        "Hanya satu yang dibaca, dan mungkin bukan yang terakhir diperbaiki.",
        "Hapus atau ganti nama lembar yang tidak dipakai.",
        'Lembar "Anggaran" dan "ANGGARAN ".',
    ),
    "BRK-011": Declared(
        Severity.ERROR,
        "Baris judul tabel tidak ditemukan",
        "Baris yang memuat judul-judul kolom dicari pada tiap lembar.",
        "Tanpa baris judul tidak satu kolom pun dikenali, sehingga lembar itu tidak dapat diperiksa.",
        "Tulis kembali judul kolomnya dalam satu baris, seperti pada workbook kosong.",
        "Baris judul lembar Pegawai terhapus.",
    ),
    "BRK-012": Declared(
        Severity.INFO,
        "Lembar yang tidak dikenal",
        "Dicari lembar yang namanya bukan nama workbook standar.",
        "Isinya tidak dibaca; pemakainya perlu tahu.",
        "Biarkan bila memang catatan sendiri.",
        'Lembar "Sheet1".',
    ),
    "BRK-013": Declared(
        Severity.WARNING,
        "Pengecualian yang tidak berlaku",
        "Setiap baris pada lembar Pengecualian harus menyebut kode yang ada, temuan yang memang ada, dan alasannya.",
        "Pengecualian yang tertinggal dapat menutupi kesalahan baru, dan tanpa alasan tidak dapat "
        "dipertanggungjawabkan.",
        "Hapus baris yang tidak diperlukan lagi, atau lengkapi alasannya.",
        "Baris untuk ANG-005 pada lembar Program, padahal tidak ada temuan ANG-005.",
    ),
    "BRK-014": Declared(
        Severity.ERROR,
        "Lembar yang wajib masih kosong",
        "Lembar wajib yang ada tetapi belum berisi satu baris pun; uang boleh di Program atau di Anggaran Sasaran.",
        "Tabel yang disusun dari lembar itu tidak punya isi.",
        "Isi tabelnya mulai dari baris di bawah judul kolom.",
        "Lembar Pegawai belum diisi.",
        FindingKind.UNFILLED,
    ),
    "BRK-015": Declared(
        Severity.ERROR,
        "Tabel kedua pada satu lembar",
        "Di bawah tabel dicari baris judul tabel lain, dengan kolom yang berbeda.",
        "Satu lembar dibaca sebagai satu tabel; tabel kedua tidak terbaca.",
        "Pindahkan tabel kedua ke lembarnya sendiri.",
        "Di bawah tabel Anggaran disalin tabel anggaran per sasaran.",
    ),
    "BRK-016": Declared(
        Severity.ERROR,
        "Belum diperiksa karena kesalahan program",
        "Setiap aturan dan setiap bagian laporan dikerjakan terpisah; disebutkan mana yang gagal di dalam program.",
        "Yang lain tetap diperiksa dan dimuat, tetapi yang gagal belum, jadi dokumennya bertanda DRAF.",
        "Ini bukan kesalahan Anda. Laporkan beserta workbooknya.",
        "Aturan ANG-002 gagal dijalankan.",
    ),
    "BRK-017": Declared(
        Severity.WARNING,
        "Lembar dikenali dari judul kolomnya",
        "Lembar dengan nama lain dibaca bila memuat semua judul kolom wajib dari tepat satu lembar standar yang "
        "tidak ada.",
        "Isinya dimuat; yang mengisi perlu tahu lembar mana yang dibaca sebagai apa.",
        "Ganti nama lembarnya seperti yang disebut pada temuan.",
        'Lembar "Anggaran 2025" dibaca sebagai "Anggaran".',
    ),
    "TPL-001": Declared(
        Severity.ERROR,
        "Tag pada templat Word tidak dikenal",
        "Setiap tag pada templat dicari di antara nama-nama isi laporan.",
        "Tag yang tidak dikenal tidak dapat diganti dengan isinya.",
        "Perbaiki nama tag di templat Word seperti yang diusulkan pada temuan, atau hapus tag itu.",
        "Tag {{instansi.nmaa}} kiranya {{instansi.nama}}.",
    ),
    "TPL-002": Declared(
        Severity.ERROR,
        "Tag pada templat Word tidak berpasangan atau salah tulis",
        "Setiap tag pembuka harus punya penutup di tempat yang setara, dan setiap kurung kurawal ganda sebuah nama.",
        "Bagian yang tidak ditutup tidak diketahui di mana berakhir.",
        "Lengkapi pasangannya di templat Word, atau hapus tag itu.",
        "Tag {{#sasaran}} tanpa {{/sasaran}}.",
    ),
    "TPL-003": Declared(
        Severity.ERROR,
        "Tag pada templat Word tidak ada isinya",
        "Setiap tag pada templat dicari isinya dalam workbook.",
        "Yang tidak ada tidak boleh tercetak sebagai ruang kosong.",
        "Isi datanya di workbook, atau jadikan bagian itu bersyarat di templat.",
        "Tag {{instansi.nama_singkat}}, padahal Nama Singkat kosong.",
    ),
    "TPL-004": Declared(
        Severity.ERROR,
        "Tag pada templat Word salah tempat",
        "Tabel, daftar, dan bagian berulang hanya dapat berada di tempat yang sesuai dengannya.",
        "Alinea atau tabel tidak dapat dimuat di tengah kalimat.",
        "Pindahkan tag itu ke paragraf atau baris tersendiri di templat Word.",
        "Tag daftar di tengah kalimat.",
    ),
    "TPL-005": Declared(
        Severity.ERROR,
        "Tag pada templat Word di tempat yang tidak diisi",
        "Tag dicari juga dalam catatan kaki, catatan akhir, komentar, kode bidang, bagan, dan sifat berkas.",
        "Di tempat-tempat itu tag tidak diganti, sehingga tercetak apa adanya.",
        "Pindahkan tag ke isi dokumen, kotak teks, kepala halaman, atau kaki halaman.",
        "Tag {{instansi.nama}} dalam catatan kaki.",
    ),
    "TPL-006": Declared(
        Severity.ERROR,
        "Bagian wajib tidak ada di templat Word",
        "Setiap bagian yang diwajibkan tata letak dicari tagnya di templat (template check).",
        "Isi workbook untuk bagian itu tidak akan dimuat dalam laporan.",
        "Salin bagian itu dari templat asal (lakip-xlsx template export).",
        "Tabel anggaran menurut sasaran terhapus dari templat.",
    ),
    "TPL-007": Declared(
        Severity.INFO,
        "Gaya bawaan tidak ada di templat Word",
        "Gaya yang dipakai isi laporan dicari di templat menurut namanya.",
        "Gaya yang tidak ada ditambahkan dengan tampilan bawaan, yang mungkin tidak selaras dengan templat.",
        "Biarkan, atau salin gaya itu dari templat asal.",
        'Gaya "Isi Tabel" terhapus.',
    ),
    "TPL-008": Declared(
        Severity.WARNING,
        "Gaya daftar pada templat Word tidak bernomor",
        "Gaya Daftar Angka dan Daftar Butir harus terhubung dengan penomoran.",
        "Tanpa itu butir daftar tercetak tanpa nomor atau tanda.",
        "Hubungkan gaya itu dengan penomoran di Word, atau hapus gayanya agar dibuat ulang.",
        "Penomoran pada gaya Daftar Angka dihapus.",
    ),
    "TPL-009": Declared(
        Severity.INFO,
        "Tautan templat Word tidak diteruskan",
        "Tautan ke templat induk dan ke sumber surat massal dicari.",
        "Word akan mengambilnya dari komputer lain setiap kali dokumen dibuka.",
        "Tidak ada yang perlu diperbaiki; tautan itu tidak ikut ke dokumen.",
        "Templat terhubung ke Normal.dotm milik orang lain.",
    ),
    "TPL-010": Declared(
        Severity.ERROR,
        "Templat Word memuat isi aktif atau isi dari luar",
        "Makro, kendali ActiveX, objek tertanam, bidang yang mengambil berkas, dan gambar bertaut dicari.",
        "Isi seperti itu dapat menjalankan sesuatu di komputer pembaca, jadi templatnya tidak diisi.",
        "Hapus dari templat di Word; gambar disisipkan, bukan ditautkan.",
        "Logo yang ditautkan ke alamat di internet.",
    ),
    "TPL-011": Declared(
        Severity.WARNING,
        "Teks Narasi tidak dimuat oleh templat Word",
        "Dengan templat sendiri, setiap bagian yang ditulis pada lembar Narasi dicari tagnya di templat.",
        "Teks yang tidak punya tempat di templat tidak sampai ke dokumen.",
        "Tambahkan tagnya di templat, atau pindahkan teksnya ke bagian lain.",
        "Bagian Strategi Pemecahan Masalah ditulis, padahal {{narasi.strategi_pemecahan}} terhapus dari templat.",
    ),
    "TPL-012": Declared(
        Severity.ERROR,
        "Bagian berulang pada templat Word mengulang hal yang sama",
        "Setiap bagian berulang ({{#nama}} … {{/nama}}) harus memuat sekurangnya satu tag dari isi yang diulangnya.",
        "Bila nama bagian itu keliru, tabel atau paragraf di dalamnya tercetak berkali-kali dengan isi yang sama.",
        "Perbaiki nama bagian itu di templat Word, atau pindahkan isinya ke luar bagian itu.",
        "Tabel anggaran diapit {{#pegawai}} … {{/pegawai}}, sehingga tercetak sekali untuk setiap kelompok pegawai.",
    ),
}
"""Code → declaration, of the codes that no rule declares."""

CRASH = "BRK-016"


def crash(what: str, error: Exception) -> Finding:
    """A fault of our own in one rule or one part of the report; it costs that part and no other."""
    declared = STRUCTURE[CRASH]
    said = f"{type(error).__name__}: {error}".partition("\n")[0][:200]
    return Finding(CRASH, declared.severity, f"{what} karena kesalahan program ({said}).", fix=declared.fix)
