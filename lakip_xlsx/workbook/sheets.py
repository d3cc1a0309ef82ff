"""The standard workbook, version 1, declared once.

From this declaration come the blank workbook, the reader, the notes and drop-downs, and the
documentation of the columns. A new column is one :class:`~lakip_xlsx.workbook.spec.Field` here.
"""

from __future__ import annotations

from lakip_xlsx.workbook import skala
from lakip_xlsx.workbook.indikator import INDIKATOR, PERJANJIAN
from lakip_xlsx.workbook.instansi import INSTANSI
from lakip_xlsx.workbook.spec import Field, Kind, SheetSpec, Total

VERSION = "1"
"""Version of the workbook's form, kept in the file as a custom document property."""

SERAPAN = 'IF(N({anggaran})=0,"",N({realisasi})/{anggaran})'
SERAPAN_SALAH = (
    "IF(AND(ISNUMBER({self}),N({anggaran})<>0),ABS({self}-N({realisasi})/{anggaran})>0.00005+1E-12,"
    "AND(ISNUMBER({self}),N({self})<>0))"
)


def serapan(width: float = 14) -> Field:
    """The column Realisasi (%), the same in every sheet with money."""
    return Field(
        key="serapan",
        heading="Realisasi (%)",
        kind=Kind.PERCENT,
        aliases=("% Realisasi", "Persentase Realisasi", "Serapan (%)", "Serapan", "Persentase"),
        formula=SERAPAN,
        mark=SERAPAN_SALAH,
        width=width,
        note="Terisi sendiri: Realisasi dibagi Anggaran. Boleh diketik ulang; angka yang diketik akan diperiksa.",
    )


def anggaran(required: bool = True) -> Field:
    """The column Anggaran (Rp)."""
    return Field(
        key="anggaran",
        heading="Anggaran (Rp)",
        kind=Kind.MONEY,
        required=required,
        aliases=("Pagu (Rp)", "Pagu Anggaran", "Pagu", "Anggaran"),
        width=20,
        note="Pagu menurut DPA terakhir, rupiah penuh, angka saja. Tulis - bila memang tidak ada.",
    )


def realisasi(required: bool = True) -> Field:
    """The column Realisasi (Rp)."""
    return Field(
        key="realisasi",
        heading="Realisasi (Rp)",
        kind=Kind.MONEY,
        required=required,
        aliases=("Realisasi Anggaran (Rp)", "Realisasi Anggaran", "Realisasi Keuangan"),
        width=20,
        note="Realisasi menurut LRA per 31 Desember, rupiah penuh, angka saja. Tulis - bila memang tidak ada.",
    )


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
            width=16,
            note="Ya: capaian tepat pada batas masuk kelas ini. Tidak: hanya yang di atasnya. Kosong berarti Ya.",
        ),
    ),
    presets=skala.PRESETS,
)

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
            choices=("Visi", "Misi", "Tujuan", "Sasaran", "Strategi", "Kebijakan"),
            width=14,
            note="Pilih dari daftar.",
        ),
        Field(
            key="kode",
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
            heading="Predikat",
            kind=Kind.TEXT,
            width=16,
            note="Boleh kosong. Bila diisi untuk sasaran, dibandingkan dengan predikat hasil hitungan.",
        ),
    ),
)

KELOMPOK_PEGAWAI = ("Pendidikan", "Golongan", "Jabatan", "Jenis Kelamin")

PEGAWAI = SheetSpec(
    key="pegawai",
    name="Pegawai",
    title="SUMBER DAYA APARATUR",
    purpose="Jumlah pegawai pada awal dan akhir tahun laporan, satu tabel untuk tiap kelompok.",
    rows=12,
    fields=(
        Field(
            key="kelompok",
            heading="Kelompok",
            kind=Kind.CHOICE,
            required=True,
            choices=KELOMPOK_PEGAWAI,
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
    ),
    total=Total(fields=("awal", "akhir", "laki", "perempuan"), label="uraian", by="kelompok"),
)

PROGRAM = SheetSpec(
    key="program",
    name="Program",
    title="PROGRAM, KEGIATAN, DAN SUB KEGIATAN",
    purpose="Anggaran program harus sama dengan jumlah kegiatannya, kegiatan dengan jumlah sub kegiatannya.",
    rows=120,
    fields=(
        Field(
            key="kode",
            heading="Kode",
            kind=Kind.CODE,
            required=True,
            width=20,
            note="Kode nomenklatur, misalnya 8.01.06.2.01.0006. Kode kegiatan diawali kode programnya.",
        ),
        Field(
            key="jenis",
            heading="Jenis",
            kind=Kind.CHOICE,
            required=True,
            choices=("Program", "Kegiatan", "Sub Kegiatan"),
            width=14,
            note="Pilih dari daftar.",
        ),
        Field(
            key="uraian",
            heading="Uraian",
            kind=Kind.LONG_TEXT,
            required=True,
            width=50,
            note="Nama program, kegiatan, atau sub kegiatan.",
        ),
        Field(
            key="kode_sasaran",
            heading="Kode Sasaran",
            kind=Kind.CODE,
            width=14,
            note="Sasaran yang didukung, menurut lembar Renstra.",
        ),
        Field(key="sumber_dana", heading="Sumber Dana", kind=Kind.TEXT, width=18, note="Misalnya APBD."),
        anggaran(),
        realisasi(),
        serapan(),
        Field(
            key="tw1",
            heading="TW I (Rp)",
            kind=Kind.MONEY,
            aliases=("Triwulan I",),
            width=17,
            note="Realisasi triwulan I. Boleh kosong.",
        ),
        Field(
            key="tw2",
            heading="TW II (Rp)",
            kind=Kind.MONEY,
            aliases=("Triwulan II",),
            width=17,
            note="Realisasi triwulan II. Boleh kosong.",
        ),
        Field(
            key="tw3",
            heading="TW III (Rp)",
            kind=Kind.MONEY,
            aliases=("Triwulan III",),
            width=17,
            note="Realisasi triwulan III. Boleh kosong.",
        ),
        Field(
            key="tw4",
            heading="TW IV (Rp)",
            kind=Kind.MONEY,
            aliases=("Triwulan IV",),
            width=17,
            note="Realisasi triwulan IV. Boleh kosong.",
        ),
        Field(
            key="keluaran",
            heading="Indikator Keluaran",
            kind=Kind.LONG_TEXT,
            width=40,
            note="Keluaran (output) kegiatan.",
        ),
        Field(key="satuan", heading="Satuan", kind=Kind.TEXT, width=12, note="Satuan target dan realisasi keluaran."),
        Field(
            key="target",
            heading="Target",
            kind=Kind.QUANTITY,
            aliases=("Target Keluaran",),
            width=12,
            note="Target keluaran setahun.",
        ),
        Field(
            key="realisasi_keluaran",
            heading="Realisasi Keluaran",
            kind=Kind.QUANTITY,
            width=13,
            note="Keluaran yang tercapai.",
        ),
        Field(
            key="capaian",
            heading="Capaian (%)",
            kind=Kind.PERCENT,
            width=13,
            formula='IF(AND(ISNUMBER({target}),ISNUMBER({realisasi_keluaran})),IF({target}=0,"",{realisasi_keluaran}/{target}),"")',
            mark=(
                "AND(ISNUMBER({self}),ISNUMBER({target}),ISNUMBER({realisasi_keluaran}),N({target})<>0,"
                "ABS(N({self})-N({realisasi_keluaran})/IF(N({target})=0,1,{target}))>0.00005+1E-12)"
            ),
            note="Terisi sendiri: realisasi keluaran dibagi target.",
        ),
    ),
    total=Total(
        fields=("anggaran", "realisasi", "tw1", "tw2", "tw3", "tw4"), label="uraian", where=("jenis", "Program")
    ),
)

ANGGARAN = SheetSpec(
    key="anggaran",
    name="Anggaran",
    title="ANGGARAN MENURUT SUMBER DANA",
    purpose="Jumlahnya harus sama dengan lembar Anggaran Sasaran dan lembar Program.",
    rows=10,
    fields=(
        Field(key="no", heading="No", kind=Kind.CODE, width=6, aliases=("Nomor",), note="Nomor urut. Boleh kosong."),
        Field(
            key="sumber_dana",
            heading="Sumber Dana",
            kind=Kind.TEXT,
            required=True,
            width=50,
            note="Misalnya APBD Kabupaten.",
        ),
        anggaran(),
        realisasi(),
        serapan(),
    ),
    total=Total(fields=("anggaran", "realisasi"), label="sumber_dana"),
)

ANGGARAN_SASARAN = SheetSpec(
    key="anggaran_sasaran",
    name="Anggaran Sasaran",
    title="ANGGARAN MENURUT SASARAN STRATEGIS",
    purpose="Jumlahnya harus sama dengan lembar Anggaran dan lembar Program.",
    rows=20,
    fields=(
        Field(
            key="kode_sasaran",
            heading="Kode Sasaran",
            kind=Kind.CODE,
            required=True,
            width=14,
            note="Kode sasaran menurut lembar Renstra.",
        ),
        Field(
            key="sasaran",
            heading="Sasaran Strategis",
            kind=Kind.LONG_TEXT,
            width=70,
            formula='IFERROR(INDEX({renstra.uraian},MATCH({kode_sasaran}&"",{renstra.kode},0)),"")',
            note="Terisi sendiri dari lembar Renstra. Boleh diketik ulang; bunyinya akan dibandingkan.",
        ),
        anggaran(),
        realisasi(),
        serapan(),
    ),
    total=Total(fields=("anggaran", "realisasi"), label="sasaran"),
)

NARASI = SheetSpec(
    key="narasi",
    name="Narasi",
    title="NARASI",
    purpose='Satu baris satu alinea. Baris yang diawali "- " atau "1. " menjadi daftar. Yang tidak diisi memakai kalimat baku.',
    rows=80,
    fields=(
        Field(
            key="bagian",
            heading="Bagian",
            kind=Kind.CHOICE,
            required=True,
            width=34,
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
    ),
)

LAMPIRAN = SheetSpec(
    key="lampiran",
    name="Lampiran",
    title="DAFTAR LAMPIRAN",
    purpose="Dokumen lain yang dilampirkan di belakang laporan. Keempat formulir sudah dimuat sendiri.",
    rows=20,
    fields=(
        Field(key="no", heading="No", kind=Kind.CODE, width=6, aliases=("Nomor",), note="Nomor urut. Boleh kosong."),
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
)
GUIDE = "Petunjuk"
"""The guidance sheet: written, never read."""

BY_KEY: dict[str, SheetSpec] = {sheet.key: sheet for sheet in SHEETS}
