"""The sheets with money: ``Program``, ``Anggaran`` (by source) and ``Anggaran Sasaran``."""

from __future__ import annotations

from lakip_xlsx.workbook.formulas import (
    PROGRAM_KINDS,
    QUARTERS,
    SASARAN_CODE,
    SASARAN_TEXT,
    absorption,
    achievement,
    children,
    ratio,
)
from lakip_xlsx.workbook.spec import NOWHERE, Field, Kind, Mark, SheetSpec, Total, bunyi_sasaran, periksa


def serapan(width: float = 14) -> Field:
    """The column Realisasi (%), the same in every sheet with money."""
    return Field(
        key="serapan",
        heading="Realisasi (%)",
        kind=Kind.PERCENT,
        aliases=("% Realisasi", "Persentase Realisasi", "Serapan (%)", "Serapan", "Persentase"),
        formula=ratio("realisasi", "anggaran"),
        marks=(absorption("realisasi", "anggaran"),),
        width=width,
        note="Terisi sendiri: Realisasi dibagi Anggaran. Boleh diketik ulang; angka yang diketik akan diperiksa.",
    )


def anggaran(*, all_or_none: bool = False, marks: tuple[Mark, ...] = ()) -> Field:
    """The column Anggaran (Rp)."""
    return Field(
        key="anggaran",
        heading="Anggaran (Rp)",
        kind=Kind.MONEY,
        required=True,
        all_or_none=all_or_none,
        marks=marks,
        aliases=("Pagu (Rp)", "Pagu Anggaran", "Pagu", "Anggaran"),
        width=20,
        note="Pagu menurut DPA terakhir, rupiah penuh, angka saja. Tulis - bila memang tidak ada.",
    )


def realisasi(*, all_or_none: bool = False, marks: tuple[Mark, ...] = ()) -> Field:
    """The column Realisasi (Rp)."""
    return Field(
        key="realisasi",
        heading="Realisasi (Rp)",
        kind=Kind.MONEY,
        required=True,
        all_or_none=all_or_none,
        marks=marks,
        aliases=("Realisasi Anggaran (Rp)", "Realisasi Anggaran", "Realisasi Keuangan"),
        width=20,
        note="Realisasi menurut LRA per 31 Desember, rupiah penuh, angka saja. Tulis - bila memang tidak ada.",
    )


def _quarter(number: int, roman: str) -> Field:
    """What was spent in one quarter."""
    return Field(
        key=f"tw{number}",
        heading=f"TW {roman} (Rp)",
        kind=Kind.MONEY,
        aliases=(f"Triwulan {roman}",),
        width=17,
        note=f"Realisasi triwulan {roman}. Boleh kosong.",
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
            choices=PROGRAM_KINDS,
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
            unprinted=NOWHERE,
            heading="Kode Sasaran",
            kind=Kind.CODE,
            width=14,
            options="renstra.kode",
            marks=(SASARAN_CODE,),
            note="Sasaran yang didukung, menurut lembar Renstra.",
        ),
        bunyi_sasaran(SASARAN_TEXT),
        Field(key="sumber_dana", heading="Sumber Dana", kind=Kind.TEXT, width=18, note="Misalnya APBD."),
        anggaran(all_or_none=True, marks=(children("anggaran"),)),
        realisasi(all_or_none=True, marks=(QUARTERS, children("realisasi"))),
        serapan(),
        *(_quarter(number, roman) for number, roman in enumerate(("I", "II", "III", "IV"), start=1)),
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
            formula=ratio("realisasi_keluaran", "target"),
            marks=(achievement("realisasi_keluaran", turned=False),),
            note="Terisi sendiri: realisasi keluaran dibagi target.",
        ),
        periksa(),
    ),
    total=Total(
        fields=("anggaran", "realisasi", "tw1", "tw2", "tw3", "tw4"),
        label="uraian",
        where=("jenis", "Program"),
        agrees=("anggaran", "anggaran_sasaran"),
        codes=("ANG-001", "ANG-002"),
    ),
)

ANGGARAN = SheetSpec(
    key="anggaran",
    name="Anggaran",
    title="ANGGARAN MENURUT SUMBER DANA",
    purpose="Jumlahnya harus sama dengan lembar Anggaran Sasaran dan lembar Program.",
    rows=10,
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
    total=Total(fields=("anggaran", "realisasi"), label="sumber_dana", codes=("ANG-001", "ANG-002")),
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
            unprinted=NOWHERE,
            heading="Kode Sasaran",
            kind=Kind.CODE,
            required=True,
            width=14,
            options="renstra.kode",
            marks=(SASARAN_CODE,),
            note="Kode sasaran menurut lembar Renstra.",
        ),
        Field(
            key="sasaran",
            heading="Sasaran Strategis",
            kind=Kind.LONG_TEXT,
            width=70,
            formula=SASARAN_TEXT,
            note="Terisi sendiri dari lembar Renstra. Boleh diketik ulang; bunyinya akan dibandingkan.",
        ),
        anggaran(),
        realisasi(),
        serapan(),
        periksa(),
    ),
    total=Total(fields=("anggaran", "realisasi"), label="sasaran", agrees=("anggaran",), codes=("ANG-001", "ANG-002")),
)
