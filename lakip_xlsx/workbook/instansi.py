"""The sheet ``Instansi``: a form of label and value."""

from __future__ import annotations

from lakip_xlsx.workbook import skala
from lakip_xlsx.workbook.spec import LAN, NOWHERE, Field, Kind, SheetSpec

LAN_2003 = "LAN 239/2003"
PANRB_53 = "PermenPANRB 53/2014"

_PANRB = "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"
_MENTERI = ("", "Permenpan", "Permen PANRB", "Permenpan RB", "Peraturan Menteri PANRB", "Peraturan Menpan RB", _PANRB)
_KEPALA_LAN = ("", "LAN", "SK LAN", "SK Kepala LAN", "Kepka LAN", "Keputusan Kepala LAN", "Keputusan LAN")
_TATA_LETAK = {
    LAN_2003: (
        "Keputusan Kepala Lembaga Administrasi Negara Nomor 239/IX/6/8/2003",
        "lan-2003",
        *(
            f"{kind} {word}{number}"
            for kind in _KEPALA_LAN
            for word in ("", "No ", "Nomor ")
            for number in ("239", "239/2003", "239 Tahun 2003", "239/IX/6/8/2003", "239/9/6/8/2003")
        ),
    ),
    PANRB_53: (
        "panrb-53-2014",
        *(
            f"{kind} {word}{number}"
            for kind in _MENTERI
            for word in ("", "No ", "Nomor ")
            for number in ("53", "53/2014", "53 Tahun 2014", "53 Th 2014")
        ),
    ),
}
"""Layout → how people cite its regulation; the key of the layout is understood too."""

INSTANSI = SheetSpec(
    key="instansi",
    name="Instansi",
    title="IDENTITAS INSTANSI",
    purpose="Isi kolom Nilai. Isian bertanda * wajib.",
    form=True,
    fields=(
        Field(
            key="nama",
            heading="Nama Instansi",
            kind=Kind.TEXT,
            required=True,
            note="Nama lengkap, misalnya Kantor Kesatuan Bangsa dan Politik Kabupaten Tebo.",
        ),
        Field(
            key="nama_singkat", heading="Nama Singkat", kind=Kind.TEXT, note="Boleh kosong, misalnya Kantor Kesbangpol."
        ),
        Field(
            key="pemda",
            heading="Pemerintah Daerah",
            kind=Kind.TEXT,
            required=True,
            note="Misalnya Pemerintah Kabupaten Tebo.",
        ),
        Field(key="provinsi", heading="Provinsi", kind=Kind.TEXT, note="Misalnya Jambi."),
        Field(key="alamat", heading="Alamat", kind=Kind.TEXT, note="Alamat kantor untuk kop surat."),
        Field(key="tahun", heading="Tahun Laporan", kind=Kind.YEAR, required=True, note="Empat angka, misalnya 2025."),
        Field(
            key="awal_renstra",
            heading="Awal Periode Renstra",
            kind=Kind.YEAR,
            required=True,
            note="Tahun pertama Renstra.",
        ),
        Field(
            key="akhir_renstra",
            heading="Akhir Periode Renstra",
            kind=Kind.YEAR,
            required=True,
            note="Tahun terakhir Renstra.",
        ),
        Field(key="tempat", heading="Tempat", kind=Kind.TEXT, required=True, note="Tempat penandatanganan."),
        Field(
            key="tanggal",
            heading="Tanggal Penandatanganan",
            kind=Kind.DATE,
            note="Tanggal, atau bulan dan tahun saja: Januari 2026.",
        ),
        Field(key="kepala", heading="Nama Kepala", kind=Kind.TEXT, required=True, note="Nama lengkap dengan gelar."),
        Field(
            key="jabatan_kepala",
            heading="Jabatan Kepala",
            kind=Kind.TEXT,
            required=True,
            note="Misalnya Kepala Kantor Kesatuan Bangsa dan Politik Kabupaten Tebo.",
        ),
        Field(
            key="pangkat",
            heading="Pangkat/Golongan",
            kind=Kind.TEXT,
            aliases=("Pangkat", "Pangkat / Golongan"),
            note="Misalnya Pembina Tk. I (IV/b). PPPK tidak berpangkat: tulis golongannya saja, misalnya Golongan IX.",
        ),
        Field(key="nip", heading="NIP", kind=Kind.CODE, required=True, note="18 angka, sebagai teks."),
        Field(key="atasan", unprinted=(LAN,), heading="Nama Atasan", kind=Kind.TEXT, note="Misalnya nama Bupati."),
        Field(
            key="jabatan_atasan",
            unprinted=(LAN,),
            heading="Jabatan Atasan",
            kind=Kind.TEXT,
            note="Misalnya Bupati Tebo.",
        ),
        Field(
            key="tata_letak",
            unprinted=NOWHERE,
            heading="Tata Letak",
            kind=Kind.CHOICE,
            required=True,
            choices=(LAN_2003, PANRB_53),
            synonyms=_TATA_LETAK,
            note="Susunan laporan. Pilih dari daftar.",
        ),
        Field(
            key="skala",
            heading="Skala Predikat",
            kind=Kind.CHOICE,
            required=True,
            note="Nama skala pada lembar Skala.",
            choices=(skala.LAN_2003, skala.PERMENDAGRI_86, skala.ORDINAL),
            synonyms=skala.SYNONYMS,
            options="skala.pilihan",
        ),
        Field(
            key="batas_capaian",
            heading="Batas Capaian",
            kind=Kind.QUANTITY,
            note="Capaian tertinggi yang diakui dalam persen, misalnya 100 atau 120. Kosong berarti tanpa batas.",
        ),
        Field(
            key="logo",
            heading="Logo",
            kind=Kind.TEXT,
            aliases=("Lambang", "Berkas Logo"),
            note="Nama berkas gambar PNG atau JPG di folder workbook ini, misalnya logo.png. Boleh kosong.",
        ),
        Field(
            key="tanggal_perjanjian",
            unprinted=(LAN,),
            heading="Tanggal Perjanjian Kinerja",
            kind=Kind.DATE,
            note="Tanggal perjanjian terakhir yang ditandatangani. Boleh kosong.",
        ),
        Field(
            key="inspektur",
            unprinted=(LAN,),
            heading="Nama Inspektur",
            kind=Kind.TEXT,
            aliases=("Inspektur",),
            note="Hanya laporan pemda: yang menandatangani pernyataan telah direviu.",
        ),
        Field(
            key="nip_inspektur",
            unprinted=(LAN,),
            heading="NIP Inspektur",
            kind=Kind.CODE,
            note="Hanya laporan pemda. 18 angka, sebagai teks.",
        ),
        Field(
            key="tanggal_reviu",
            unprinted=(LAN,),
            heading="Tanggal Pernyataan Reviu",
            kind=Kind.DATE,
            aliases=("Tanggal Reviu",),
            note="Hanya laporan pemda: tanggal pernyataan telah direviu.",
        ),
        Field(
            key="catatan_pengecualian",
            unprinted=NOWHERE,
            heading="Catatan Pengecualian",
            kind=Kind.CHOICE,
            choices=("Tidak", "Ya"),
            note="Ya: temuan yang diterima (lembar Pengecualian) dicetak di belakang laporan. Kosong berarti Tidak.",
        ),
    ),
)
