"""The standard workbook, version 1, declared once.

From this declaration come the blank workbook, the reader, the notes and drop-downs, and the
documentation of the columns. A new column is one :class:`~lakip_xlsx.workbook.spec.Field` here.
"""

from __future__ import annotations

from lakip_xlsx.workbook import skala
from lakip_xlsx.workbook.formulas import RENSTRA_KINDS, SCALE_NAMES
from lakip_xlsx.workbook.gambar import GAMBAR
from lakip_xlsx.workbook.indikator import INDIKATOR, PERJANJIAN
from lakip_xlsx.workbook.instansi import INSTANSI
from lakip_xlsx.workbook.keuangan import ANGGARAN, ANGGARAN_SASARAN, PROGRAM
from lakip_xlsx.workbook.pelengkap import PELENGKAP
from lakip_xlsx.workbook.pengecualian import PENGECUALIAN
from lakip_xlsx.workbook.spec import NOWHERE, YA_TIDAK, Field, Kind, SheetSpec, Total, periksa

VERSION = "1"
"""Version of the workbook's form, kept in the file as a custom document property."""

SKALA = SheetSpec(
    key="skala",
    name="Skala",
    title="SKALA PREDIKAT",
    purpose="Skala yang dipakai dipilih pada lembar Instansi. Skala sendiri boleh ditambahkan di baris kosong.",
    rows=24,
    fields=(
        Field(
            key="skala",
            heading="Skala",
            kind=Kind.TEXT,
            required=True,
            width=34,
            note="Nama skala. Semua kelas satu skala memakai nama yang sama persis.",
        ),
        Field(
            key="batas",
            heading="Batas Bawah (%)",
            kind=Kind.QUANTITY,
            required=True,
            width=16,
            note="Capaian terendah untuk predikat ini, dalam persen. Kelas terbawah mulai dari 0.",
        ),
        Field(key="predikat", heading="Predikat", kind=Kind.TEXT, required=True, width=24, note="Nama kelas."),
        Field(
            key="termasuk",
            heading="Termasuk Batas",
            kind=Kind.CHOICE,
            choices=("Ya", "Tidak"),
            synonyms={
                "Ya": (*YA_TIDAK["Ya"], "Termasuk", "Inklusif", "≥", ">="),
                "Tidak": (*YA_TIDAK["Tidak"], "Tidak Termasuk", "Eksklusif", ">"),
            },
            width=16,
            note="Ya: capaian tepat pada batas masuk kelas ini. Tidak: hanya yang di atasnya. Kosong berarti Ya.",
        ),
        Field(
            key="pilihan",
            heading="Nama Skala untuk Pilihan",
            kind=Kind.TEXT,
            width=34,
            formula=SCALE_NAMES,
            read=False,
            note="Terisi sendiri: nama-nama skala, untuk pilihan pada lembar Instansi.",
        ),
    ),
    presets=skala.PRESETS,
)


def _of_whom(statement: str) -> tuple[str, ...]:
    """A statement of the Renstra named together with whose it is: "Visi Daerah", "Misi Bupati"."""
    owners = "Daerah", "Kabupaten", "Kota", "Provinsi", "Bupati", "Wali Kota", "Gubernur", "Kepala Daerah"
    documents = "Instansi", "Organisasi", "OPD", "SKPD", "Dinas", "Badan", "PD", "Perangkat Daerah", "Renstra", "RPJMD"
    return tuple(f"{statement} {owner}" for owner in (*owners, *documents))


RENSTRA = SheetSpec(
    key="renstra",
    name="Renstra",
    title="RENCANA STRATEGIS",
    purpose="Visi, misi, tujuan, sasaran, strategi, dan kebijakan menurut Renstra. Satu baris satu uraian.",
    rows=60,
    fields=(
        Field(
            key="jenis",
            heading="Jenis",
            kind=Kind.CHOICE,
            required=True,
            choices=RENSTRA_KINDS,
            synonyms={
                "Visi": _of_whom("Visi"),
                "Misi": _of_whom("Misi"),
                "Tujuan": ("Tujuan Strategis", "Tujuan Jangka Menengah", *_of_whom("Tujuan")),
                "Sasaran": ("Sasaran Strategis", "Sasaran Jangka Menengah", "SS", *_of_whom("Sasaran")),
                "Strategi": ("Strategi Pencapaian", "Strategi Pencapaian Sasaran", *_of_whom("Strategi")),
                "Kebijakan": ("Arah Kebijakan", "Kebijaksanaan", "Arah Kebijaksanaan", *_of_whom("Kebijakan")),
            },
            width=14,
            note="Pilih dari daftar.",
        ),
        Field(
            key="kode",
            unprinted=NOWHERE,
            heading="Kode",
            kind=Kind.CODE,
            required=True,
            width=10,
            note="Kode singkat, misalnya S1. Kode sasaran dipakai di lembar lain.",
        ),
        Field(
            key="induk",
            heading="Induk",
            kind=Kind.CODE,
            width=10,
            options="renstra.kode",
            note="Kode di atasnya: sasaran menunjuk tujuan, tujuan menunjuk misi.",
        ),
        Field(
            key="uraian",
            heading="Uraian",
            kind=Kind.LONG_TEXT,
            required=True,
            width=90,
            note="Tulis sama persis dengan dokumen Renstra.",
        ),
        Field(
            key="predikat",
            unprinted=NOWHERE,
            heading="Predikat",
            kind=Kind.TEXT,
            width=16,
            note="Boleh kosong. Bila diisi untuk sasaran, dibandingkan dengan predikat hasil hitungan.",
        ),
    ),
)

_BUKAN_PNS = ("PPPK", "PPPK Paruh Waktu", "Non-ASN")  # UU 20/2023: ASN are PNS and PPPK; both may be counted
_URAIAN_PEGAWAI = {
    "Pendidikan": ("S 3", "S 2", "S 1 / D IV", "D III", "D II", "D I", "SLTA", "SLTP", "SD"),
    "Golongan": ("Golongan IV", "Golongan III", "Golongan II", "Golongan I", *_BUKAN_PNS),
    "Jabatan": ("Pimpinan Tinggi", "Administrator", "Pengawas", "Fungsional", "Pelaksana"),
    "Jenis Kelamin": ("Laki-laki", "Perempuan"),
    "Status Kepegawaian": ("PNS", *_BUKAN_PNS),
}
KELOMPOK_PEGAWAI = tuple(_URAIAN_PEGAWAI)
_SEBUTAN_KELOMPOK = {
    "Pendidikan": ("Tingkat Pendidikan", "Jenjang Pendidikan", "Pendidikan Terakhir", "Pendidikan Formal", "Ijazah"),
    "Golongan": (
        "Pangkat",
        "Pangkat/Golongan",
        "Golongan Ruang",
        "Pangkat dan Golongan",
        "Kepangkatan",
        "Gol",
        "Gol/Ruang",
    ),
    "Jabatan": ("Jenis Jabatan", "Jenjang Jabatan", "Tingkat Jabatan", "Nama Jabatan"),
    "Jenis Kelamin": ("Kelamin", "Gender", "Jender", "L/P", "JK"),
    "Status Kepegawaian": (
        "Status",
        "Status Pegawai",
        "Status ASN",
        "Jenis Pegawai",
        "Jenis Kepegawaian",
        "Kepegawaian",
    ),
}

PEGAWAI = SheetSpec(
    key="pegawai",
    name="Pegawai",
    title="SUMBER DAYA APARATUR",
    purpose="Jumlah pegawai, satu blok tiap kelompok. Isi 0 bila tidak ada; baris yang tidak dipakai boleh dihapus.",
    rows=12,
    fields=(
        Field(
            key="kelompok",
            heading="Kelompok",
            kind=Kind.CHOICE,
            required=True,
            choices=KELOMPOK_PEGAWAI,
            synonyms=_SEBUTAN_KELOMPOK,
            width=16,
            note="Pilih dari daftar. Setiap kelompok ditutup dengan baris Jumlah.",
        ),
        Field(
            key="uraian",
            heading="Uraian",
            kind=Kind.TEXT,
            required=True,
            width=34,
            note="Misalnya S 1, Golongan III, Eselon IV.",
        ),
        Field(
            key="awal",
            heading="Awal Tahun",
            kind=Kind.COUNT,
            required=True,
            aliases=("Keadaan 1 Januari", "1 Januari"),
            note="Keadaan 1 Januari, orang.",
        ),
        Field(
            key="akhir",
            heading="Akhir Tahun",
            kind=Kind.COUNT,
            required=True,
            aliases=("Keadaan 31 Desember", "31 Desember"),
            note="Keadaan 31 Desember, orang.",
        ),
        Field(
            key="laki",
            heading="Laki-laki",
            kind=Kind.COUNT,
            aliases=("L", "Pria"),
            note="Keadaan akhir tahun, orang. Boleh kosong.",
        ),
        Field(
            key="perempuan",
            heading="Perempuan",
            kind=Kind.COUNT,
            aliases=("P", "Wanita"),
            note="Keadaan akhir tahun, orang. Boleh kosong.",
        ),
        Field(
            key="keterangan",
            heading="Keterangan",
            kind=Kind.TEXT,
            width=40,
            note="Jelaskan perubahan jumlah pegawai di sini, misalnya: pindah masuk satu orang.",
        ),
        periksa(),
    ),
    total=Total(
        fields=("awal", "akhir", "laki", "perempuan"), label="uraian", by="kelompok", codes=("PGW-001", "PGW-002")
    ),
    presets=tuple((kelompok, uraian) for kelompok, items in _URAIAN_PEGAWAI.items() for uraian in items),
)

CHAPTERS = ("I", "II", "III", "IV", "Lampiran")
"""Where a part of the office's own stands: in a chapter, by its number, or behind them all."""
_SEBUTAN_BAB = {
    **{
        roman: (str(number), *(f"Bab {each}{name}" for each in (roman, number) for name in ("", *names)))
        for number, (roman, names) in enumerate(
            (
                ("I", (" Pendahuluan",)),
                ("II", (" Perencanaan Kinerja", " Rencana Strategis")),
                ("III", (" Akuntabilitas Kinerja",)),
                ("IV", (" Penutup",)),
            ),
            1,
        )
    },
    "Lampiran": ("Lamp", "Lampiran Laporan"),
}

NARASI = SheetSpec(
    key="narasi",
    name="Narasi",
    title="NARASI",
    purpose='Satu baris satu alinea; "- " atau "1. " di depan menjadi daftar. Yang tidak diisi memakai kalimat baku.',
    rows=80,
    fields=(
        Field(
            key="bagian",
            heading="Bagian",
            kind=Kind.CHOICE,
            required=True,
            width=34,
            options="tata_letak.bagian",
            note="Bagian laporan, pilih dari daftar.",
        ),
        Field(
            key="teks",
            heading="Teks",
            kind=Kind.LONG_TEXT,
            required=True,
            width=120,
            note="Alinea yang akan dimuat dalam laporan.",
        ),
        Field(
            key="bab",
            heading="Bab",
            kind=Kind.CHOICE,
            choices=CHAPTERS,
            synonyms=_SEBUTAN_BAB,
            width=12,
            note="Hanya untuk bagian buatan sendiri, yang tidak ada dalam daftar: di bab mana bagian itu dimuat.",
        ),
        Field(
            key="usulan",
            heading="Usulan dari Tahun Lalu",
            kind=Kind.LONG_TEXT,
            width=80,
            read=False,
            proposal=True,
            note="Teks tahun lalu yang memuat tahun atau angka. Tidak dibaca: perbarui, lalu salin ke kolom Teks.",
        ),
    ),
)

LAMPIRAN = SheetSpec(
    key="lampiran",
    name="Lampiran",
    title="DAFTAR LAMPIRAN",
    purpose="Dokumen lain yang dilampirkan di belakang laporan. Keempat formulir sudah dimuat sendiri.",
    rows=20,
    fields=(
        Field(
            key="no",
            unprinted=NOWHERE,
            heading="No",
            kind=Kind.CODE,
            width=6,
            aliases=("Nomor",),
            note="Nomor urut. Boleh kosong.",
        ),
        Field(key="judul", heading="Judul", kind=Kind.TEXT, required=True, width=80, note="Judul lampiran."),
        Field(key="keterangan", heading="Keterangan", kind=Kind.TEXT, width=50, note="Boleh kosong."),
    ),
)

SHEETS: tuple[SheetSpec, ...] = (
    INSTANSI,
    SKALA,
    RENSTRA,
    PEGAWAI,
    PROGRAM,
    INDIKATOR,
    PERJANJIAN,
    ANGGARAN,
    ANGGARAN_SASARAN,
    NARASI,
    LAMPIRAN,
    PENGECUALIAN,
    *PELENGKAP,
    GAMBAR,
)
GUIDE = "Petunjuk"
"""The guidance sheet: written, never read."""
TEMUAN = ("Temuan", "Temuan lakip-xlsx")
"""The sheet of findings in a marked copy, and its name where the office has a sheet of that name: never read."""

BY_KEY: dict[str, SheetSpec] = {sheet.key: sheet for sheet in SHEETS}
