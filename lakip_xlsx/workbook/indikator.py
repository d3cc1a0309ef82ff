"""The sheets ``Indikator`` and ``Perjanjian Kinerja``: what was promised and what was reached."""

from __future__ import annotations

from lakip_xlsx.workbook.spec import Field, Kind, SheetSpec

# Naik: R/T. Turun: (2T-R)/T. Target = realisasi gives 100 % either way. The declared cap applies last.
_MENTAH = 'IF({arah}="Turun",(2*{target}-{realisasi})/{target},{realisasi}/{target})'
CAPAIAN = (
    'IF(AND(ISNUMBER({target}),ISNUMBER({realisasi})),IF({target}=0,"",'
    'IF(AND({arah}="",{target}<>{realisasi}),"",'
    f'IF(ISNUMBER({{instansi.batas_capaian}}),MIN({{instansi.batas_capaian}}/100,{_MENTAH}),{_MENTAH}))),"")'
)
CAPAIAN_SALAH = (
    "IF(AND(ISNUMBER({self}),ISNUMBER({target}),ISNUMBER({realisasi}),N({target})<>0),"
    f"AND(ABS({{self}}-{_MENTAH})>0.00005+1E-12,"
    "IF(ISNUMBER({instansi.batas_capaian}),ABS({self}-{instansi.batas_capaian}/100)>0.00005+1E-12,TRUE)),FALSE)"
)
PREDIKAT = (
    "IF(ISNUMBER({capaian}),IFERROR(INDEX({skala.predikat},MATCH(1,INDEX("
    '({skala.skala}={instansi.skala})*({skala.batas}<>"")*('
    '({skala.termasuk}="Tidak")*(ROUND({capaian}*100,9)>{skala.batas})+'
    '({skala.termasuk}<>"Tidak")*(ROUND({capaian}*100,9)>={skala.batas})),0),0)),""),"")'
)
PREDIKAT_SALAH = 'AND({self}<>"",PREDIKAT<>"",LOWER({self})<>LOWER(PREDIKAT))'.replace("PREDIKAT", PREDIKAT)

INDIKATOR = SheetSpec(
    key="indikator",
    name="Indikator",
    title="INDIKATOR KINERJA SASARAN",
    purpose="Target dan realisasi tiap indikator. Capaian dan predikat terisi sendiri.",
    rows=60,
    fields=(
        Field(key="kode", heading="Kode", kind=Kind.CODE, required=True, width=10, note="Kode indikator, misalnya I1."),
        Field(
            key="kode_sasaran",
            heading="Kode Sasaran",
            kind=Kind.CODE,
            required=True,
            width=12,
            note="Sasaran yang diukur, menurut lembar Renstra.",
        ),
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
            heading="Arah",
            kind=Kind.CHOICE,
            required=True,
            choices=("Naik", "Turun"),
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
            mark=CAPAIAN_SALAH,
            note="Terisi sendiri. Target 70% dengan realisasi 70% adalah capaian 100%.",
        ),
        Field(
            key="predikat",
            heading="Predikat",
            kind=Kind.TEXT,
            width=16,
            formula=PREDIKAT,
            mark=PREDIKAT_SALAH,
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
            heading="Kode Indikator",
            kind=Kind.CODE,
            required=True,
            width=14,
            note="Kode menurut lembar Indikator.",
        ),
        Field(
            key="indikator",
            heading="Indikator Kinerja",
            kind=Kind.LONG_TEXT,
            required=True,
            width=70,
            note="Bunyi menurut Perjanjian Kinerja.",
        ),
        Field(
            key="target",
            heading="Target",
            kind=Kind.QUANTITY,
            required=True,
            width=14,
            note="Target yang diperjanjikan.",
        ),
        Field(
            key="target_perubahan",
            heading="Target Perubahan",
            kind=Kind.QUANTITY,
            width=16,
            note="Target menurut perubahan terakhir. Boleh kosong.",
        ),
    ),
)
