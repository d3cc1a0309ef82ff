"""The sheets with money: ``Program``, ``Anggaran`` (by source) and ``Anggaran Sasaran``."""

from __future__ import annotations

from lakip_xlsx.workbook.rumus import KODE_SASARAN_SALAH, URAIAN_SASARAN, bagi, bagi_salah
from lakip_xlsx.workbook.spec import Field, Kind, SheetSpec, Total, bunyi_sasaran, periksa


def serapan(width: float = 14) -> Field:
    """The column Realisasi (%), the same in every sheet with money."""
    return Field(
        key="serapan",
        heading="Realisasi (%)",
        kind=Kind.PERCENT,
        aliases=("% Realisasi", "Persentase Realisasi", "Serapan (%)", "Serapan", "Persentase"),
        formula=bagi("realisasi", "anggaran"),
        mark=bagi_salah("realisasi", "anggaran"),
        width=width,
        note="Terisi sendiri: Realisasi dibagi Anggaran. Boleh diketik ulang; angka yang diketik akan diperiksa.",
    )


def anggaran(*, all_or_none: bool = False) -> Field:
    """The column Anggaran (Rp)."""
    return Field(
        key="anggaran",
        heading="Anggaran (Rp)",
        kind=Kind.MONEY,
        required=True,
        all_or_none=all_or_none,
        aliases=("Pagu (Rp)", "Pagu Anggaran", "Pagu", "Anggaran"),
        width=20,
        note="Pagu menurut DPA terakhir, rupiah penuh, angka saja. Tulis - bila memang tidak ada.",
    )


def realisasi(*, all_or_none: bool = False) -> Field:
    """The column Realisasi (Rp)."""
    return Field(
        key="realisasi",
        heading="Realisasi (Rp)",
        kind=Kind.MONEY,
        required=True,
        all_or_none=all_or_none,
        aliases=("Realisasi Anggaran (Rp)", "Realisasi Anggaran", "Realisasi Keuangan"),
        width=20,
        note="Realisasi menurut LRA per 31 Desember, rupiah penuh, angka saja. Tulis - bila memang tidak ada.",
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
            synonyms={
                "Program": ("P", "Prog", "Nama Program", "Program Kerja"),
                "Kegiatan": ("K", "Keg", "Nama Kegiatan"),
                "Sub Kegiatan": ("SK", "Sub Keg", "Nama Sub Kegiatan", "Anak Kegiatan"),
            },
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
            options="renstra.kode",
            mark=KODE_SASARAN_SALAH,
            note="Sasaran yang didukung, menurut lembar Renstra.",
        ),
        bunyi_sasaran(URAIAN_SASARAN),
        Field(key="sumber_dana", heading="Sumber Dana", kind=Kind.TEXT, width=18, note="Misalnya APBD."),
        anggaran(all_or_none=True),
        realisasi(all_or_none=True),
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
            formula=bagi("realisasi_keluaran", "target"),
            mark=bagi_salah("realisasi_keluaran", "target"),
            note="Terisi sendiri: realisasi keluaran dibagi target.",
        ),
        periksa(),
    ),
    total=Total(
        fields=("anggaran", "realisasi", "tw1", "tw2", "tw3", "tw4"),
        label="uraian",
        where=("jenis", "Program"),
        agrees=("anggaran", "anggaran_sasaran"),
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
        periksa(),
    ),
    total=Total(fields=("anggaran", "realisasi"), label="sumber_dana", agrees=("anggaran_sasaran", "program")),
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
            options="renstra.kode",
            mark=KODE_SASARAN_SALAH,
            note="Kode sasaran menurut lembar Renstra.",
        ),
        Field(
            key="sasaran",
            heading="Sasaran Strategis",
            kind=Kind.LONG_TEXT,
            width=70,
            formula=URAIAN_SASARAN,
            note="Terisi sendiri dari lembar Renstra. Boleh diketik ulang; bunyinya akan dibandingkan.",
        ),
        anggaran(),
        realisasi(),
        serapan(),
        periksa(),
    ),
    total=Total(fields=("anggaran", "realisasi"), label="sasaran", agrees=("anggaran", "program")),
)
