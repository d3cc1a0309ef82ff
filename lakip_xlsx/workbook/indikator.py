"""The sheets ``Indikator`` and ``Perjanjian Kinerja``: what was promised and what was reached."""

from __future__ import annotations

from lakip_xlsx.workbook.formulas import (
    CAPAIAN,
    PREDIKAT,
    PREDIKAT_MARK,
    SASARAN_CODE,
    SASARAN_TEXT,
    achievement,
)
from lakip_xlsx.workbook.spec import LAN, NOWHERE, YA_TIDAK, Field, Kind, SheetSpec, bunyi_sasaran, periksa

_LEBIH = ("makin {} makin baik", "semakin {} semakin baik", "lebih {} lebih baik", "makin {}", "semakin {}", "{}")


def _arah(adjectives: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """The ways of telling a direction: "makin tinggi makin baik", and the bare words for it."""
    return (*(form.format(word) for word in adjectives for form in _LEBIH), *others)


_ARAH = {
    "Naik": _arah(
        ("tinggi", "besar", "banyak", "meningkat", "naik"),
        (
            *("positif", "maksimal", "maksimum", "maksimasi", "maksimalkan", "maximize", "maximise", "maximum", "max"),
            *(
                "maks",
                "higher is better",
                "higher better",
                "larger is better",
                "more is better",
                "the higher the better",
            ),
            *(
                "polarisasi positif",
                "peningkatan",
                "bertambah",
                "meningkatkan",
                "progresif",
                "+",
                "↑",
                "up",
                "increase",
            ),
        ),
    ),
    "Turun": _arah(
        ("rendah", "kecil", "sedikit", "menurun", "turun"),
        (
            *("negatif", "minimal", "minimum", "minimasi", "minimalkan", "minimize", "minimise", "min"),
            *("lower is better", "lower better", "smaller is better", "less is better", "the lower the better"),
            *("polarisasi negatif", "penurunan", "berkurang", "menurunkan", "regresif", "↓", "down", "decrease"),
        ),
    ),
}
"""Direction → what offices and the applications of ministries (polarisasi) call it."""


def _target_lalu(number: int, when: str) -> Field:
    """The target of an earlier year; with the realisasi of that year it gives that year's capaian."""
    return Field(
        key=f"target_lalu{number}",
        heading=f"Target n-{number}",
        kind=Kind.QUANTITY,
        width=12,
        note=f"Target {when}. Boleh kosong.",
    )


INDIKATOR = SheetSpec(
    key="indikator",
    name="Indikator",
    title="INDIKATOR KINERJA SASARAN",
    purpose="Target dan realisasi tiap indikator. Capaian dan predikat terisi sendiri.",
    rows=60,
    fields=(
        Field(
            key="kode",
            unprinted=NOWHERE,
            heading="Kode",
            kind=Kind.CODE,
            required=True,
            width=10,
            note="Kode indikator, misalnya I1.",
        ),
        Field(
            key="kode_sasaran",
            unprinted=NOWHERE,
            heading="Kode Sasaran",
            kind=Kind.CODE,
            required=True,
            width=12,
            options="renstra.kode",
            marks=(SASARAN_CODE,),
            note="Sasaran yang diukur, menurut lembar Renstra.",
        ),
        bunyi_sasaran(SASARAN_TEXT),
        Field(
            key="indikator",
            heading="Indikator Kinerja",
            kind=Kind.LONG_TEXT,
            required=True,
            aliases=("Indikator", "Indikator Kinerja Sasaran", "Uraian Indikator"),
            width=50,
            note="Bunyi indikator, sama dengan Renstra dan Perjanjian Kinerja.",
        ),
        Field(
            key="satuan", heading="Satuan", kind=Kind.TEXT, required=True, width=12, note="Misalnya %, orang, dokumen."
        ),
        Field(
            key="arah",
            unprinted=NOWHERE,
            heading="Arah",
            kind=Kind.CHOICE,
            required=True,
            choices=("Naik", "Turun"),
            synonyms=_ARAH,
            width=10,
            note="Naik: makin tinggi makin baik. Turun: makin rendah makin baik.",
        ),
        Field(
            key="target",
            heading="Target",
            kind=Kind.QUANTITY,
            required=True,
            width=12,
            note="Target tahun laporan, angka saja. Untuk satuan % tulis 70%.",
        ),
        Field(
            key="realisasi",
            heading="Realisasi",
            kind=Kind.QUANTITY,
            required=True,
            aliases=("Pencapaian", "Realisasi Kinerja"),
            width=12,
            note="Realisasi tahun laporan, angka saja. Tulis n/a bila tidak terukur dan beri alasannya di Keterangan.",
        ),
        Field(
            key="capaian",
            heading="Capaian (%)",
            kind=Kind.PERCENT,
            aliases=("% Capaian", "Persentase Capaian", "Capaian"),
            width=13,
            formula=CAPAIAN,
            marks=(achievement("realisasi", turned=True),),
            note="Terisi sendiri. Target 70% dengan realisasi 70% adalah capaian 100%.",
        ),
        Field(
            key="predikat",
            heading="Predikat",
            kind=Kind.TEXT,
            width=16,
            formula=PREDIKAT,
            marks=(PREDIKAT_MARK,),
            note="Terisi sendiri dari skala yang dipilih pada lembar Instansi.",
        ),
        Field(
            key="lalu1",
            heading="Realisasi n-1",
            kind=Kind.QUANTITY,
            width=12,
            note="Realisasi tahun lalu, atau tulis: indikator baru.",
        ),
        Field(
            key="lalu2",
            heading="Realisasi n-2",
            kind=Kind.QUANTITY,
            width=12,
            note="Realisasi dua tahun lalu. Boleh kosong.",
        ),
        Field(
            key="lalu3",
            heading="Realisasi n-3",
            kind=Kind.QUANTITY,
            width=12,
            note="Realisasi tiga tahun lalu. Boleh kosong.",
        ),
        Field(
            key="target_akhir",
            heading="Target Akhir Renstra",
            kind=Kind.QUANTITY,
            width=13,
            note="Target pada tahun terakhir Renstra.",
        ),
        Field(
            key="standar",
            heading="Standar Nasional",
            kind=Kind.QUANTITY,
            width=13,
            note="Standar nasional, atau tulis: tidak ada.",
        ),
        Field(
            key="pembilang",
            heading="Pembilang",
            kind=Kind.QUANTITY,
            width=13,
            note="Bila realisasi adalah persentase: bagian yang dihitung.",
        ),
        Field(
            key="penyebut",
            heading="Penyebut",
            kind=Kind.QUANTITY,
            width=13,
            note="Bila realisasi adalah persentase: keseluruhannya.",
        ),
        Field(
            key="penunjang",
            heading="Program Penunjang",
            kind=Kind.TEXT,
            width=24,
            note="Kode program yang menunjang, dipisah koma.",
        ),
        Field(
            key="analisis",
            heading="Analisis",
            kind=Kind.LONG_TEXT,
            width=50,
            note="Penyebab keberhasilan atau kegagalan.",
        ),
        Field(
            key="hambatan", heading="Hambatan", kind=Kind.LONG_TEXT, width=40, note="Wajib bila capaian di bawah 100%."
        ),
        Field(key="solusi", heading="Solusi", kind=Kind.LONG_TEXT, width=40, note="Yang sudah atau akan dilakukan."),
        Field(key="sumber_data", heading="Sumber Data", kind=Kind.TEXT, width=24, note="Dari mana angkanya."),
        Field(
            key="penanggung_jawab",
            heading="Penanggung Jawab",
            kind=Kind.TEXT,
            width=24,
            note="Unit yang bertanggung jawab.",
        ),
        Field(
            key="keterangan",
            heading="Keterangan",
            kind=Kind.TEXT,
            width=36,
            note="Alasan bila target 0 atau realisasi n/a.",
        ),
        *(
            _target_lalu(number, words)
            for number, words in enumerate(("tahun lalu", "dua tahun lalu", "tiga tahun lalu"), 1)
        ),
        Field(
            key="rumus",
            heading="Formula",
            kind=Kind.LONG_TEXT,
            aliases=("Formulasi", "Formula Perhitungan", "Formulasi Perhitungan", "Rumus"),
            width=40,
            note="Cara menghitung realisasinya, menurut penetapan IKU. Boleh kosong.",
        ),
        Field(
            key="iku",
            heading="IKU",
            kind=Kind.CHOICE,
            aliases=("Indikator Kinerja Utama",),
            choices=("Ya", "Tidak"),
            synonyms=YA_TIDAK,
            width=8,
            note="Ya: termasuk Indikator Kinerja Utama. Boleh kosong.",
        ),
        Field(
            key="pembanding",
            heading="Pembanding",
            kind=Kind.QUANTITY,
            width=13,
            note="Realisasi daerah atau instansi lain untuk indikator yang sama. Boleh kosong.",
        ),
        Field(
            key="nama_pembanding",
            heading="Nama Pembanding",
            kind=Kind.TEXT,
            width=24,
            note="Siapa pembandingnya, misalnya Kabupaten Muaro Jambi atau Provinsi Jambi.",
        ),
        periksa(),
    ),
)

PERJANJIAN = SheetSpec(
    key="perjanjian",
    name="Perjanjian Kinerja",
    title="PERJANJIAN KINERJA",
    purpose="Untuk PermenPANRB 53/2014. Pada LAN 239/2003 boleh dikosongkan.",
    rows=60,
    fields=(
        Field(
            key="kode",
            unprinted=NOWHERE,
            heading="Kode Indikator",
            kind=Kind.CODE,
            required=True,
            width=14,
            options="indikator.kode",
            note="Kode menurut lembar Indikator.",
        ),
        Field(
            key="indikator",
            unprinted=(LAN,),
            heading="Indikator Kinerja",
            kind=Kind.LONG_TEXT,
            required=True,
            width=70,
            note="Bunyi menurut Perjanjian Kinerja.",
        ),
        Field(
            key="target",
            unprinted=(LAN,),
            heading="Target",
            kind=Kind.QUANTITY,
            required=True,
            width=14,
            note="Target yang diperjanjikan.",
        ),
        Field(
            key="target_perubahan",
            unprinted=(LAN,),
            heading="Target Perubahan",
            kind=Kind.QUANTITY,
            width=16,
            note="Target menurut perubahan terakhir. Boleh kosong.",
        ),
    ),
)
