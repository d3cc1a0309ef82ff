"""The optional sheets: what a full report shows beyond the minimum. Nobody has to fill them.

The evaluation of performance reports (PermenPANRB 88/2021, component Pelaporan) looks for them: efficiency of
resources, plans for the year, and what became of last year's recommendations.
"""

from __future__ import annotations

from lakip_xlsx.workbook.keuangan import anggaran, realisasi, serapan
from lakip_xlsx.workbook.spec import NOWHERE, Field, Kind, SheetSpec, Total, periksa

QUARTERS = ("I", "II", "III", "IV")

RENCANA_AKSI = SheetSpec(
    key="rencana_aksi",
    name="Rencana Aksi",
    title="RENCANA AKSI PER TRIWULAN",
    purpose="Satu baris satu indikator dan satu triwulan: target, realisasi, dan kegiatan yang dilakukan.",
    optional=True,
    rows=40,
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
            key="triwulan",
            heading="Triwulan",
            kind=Kind.CHOICE,
            required=True,
            aliases=("TW", "Periode"),
            choices=QUARTERS,
            synonyms={
                roman: (
                    str(number),
                    *(f"{word} {each}" for word in ("TW", "Triwulan", "Tri Wulan", "Q") for each in (roman, number)),
                )
                for number, roman in enumerate(QUARTERS, 1)
            },
            width=11,
            note="Pilih dari daftar.",
        ),
        Field(
            key="target",
            heading="Target",
            kind=Kind.QUANTITY,
            width=13,
            note="Target sampai dengan triwulan itu, dalam satuan indikatornya.",
        ),
        Field(
            key="realisasi",
            heading="Realisasi",
            kind=Kind.QUANTITY,
            width=13,
            note="Realisasi sampai dengan triwulan itu, dalam satuan indikatornya.",
        ),
        Field(
            key="kegiatan",
            heading="Kegiatan",
            kind=Kind.LONG_TEXT,
            aliases=("Aksi", "Rencana Aksi", "Uraian Aksi"),
            width=60,
            note="Yang dilakukan pada triwulan itu.",
        ),
        Field(key="keterangan", heading="Keterangan", kind=Kind.TEXT, width=40, note="Boleh kosong."),
    ),
)

BELANJA = SheetSpec(
    key="belanja",
    name="Belanja",
    title="ANGGARAN MENURUT JENIS BELANJA",
    purpose="Satu baris satu jenis belanja, tanpa induknya. Jumlahnya harus sama dengan lembar Anggaran.",
    optional=True,
    aliases=("Jenis Belanja", "Belanja per Jenis"),
    rows=10,
    fields=(
        Field(
            key="jenis",
            heading="Jenis Belanja",
            kind=Kind.TEXT,
            required=True,
            width=50,
            note="Misalnya Belanja Pegawai, Belanja Barang dan Jasa, Belanja Modal.",
        ),
        anggaran(),
        realisasi(),
        serapan(),
        periksa(),
    ),
    total=Total(fields=("anggaran", "realisasi"), label="jenis", agrees=("anggaran",), codes=("ANG-001", "ANG-002")),
)

SARANA = SheetSpec(
    key="sarana",
    name="Sarana Prasarana",
    title="SARANA DAN PRASARANA",
    purpose="Barang yang dipakai untuk bekerja, dan berapa yang diperlukan.",
    optional=True,
    aliases=("Sarana dan Prasarana", "Sarpras"),
    rows=30,
    fields=(
        Field(
            key="barang",
            heading="Nama Barang",
            kind=Kind.TEXT,
            required=True,
            aliases=("Sarana dan Prasarana", "Nama Sarana"),
            width=50,
            note="Misalnya Gedung kantor, Laptop, Kendaraan roda empat.",
        ),
        Field(key="satuan", heading="Satuan", kind=Kind.TEXT, width=12, note="Misalnya unit."),
        Field(
            key="tersedia",
            heading="Jumlah Tersedia",
            kind=Kind.QUANTITY,
            required=True,
            aliases=("Tersedia", "Jumlah"),
            width=14,
            note="Keadaan akhir tahun. Isi 0 bila belum ada.",
        ),
        Field(
            key="kebutuhan",
            heading="Jumlah Kebutuhan",
            kind=Kind.QUANTITY,
            aliases=("Kebutuhan",),
            width=14,
            note="Yang diperlukan menurut perencanaan kebutuhan. Boleh kosong.",
        ),
        Field(key="kondisi", heading="Kondisi", kind=Kind.TEXT, width=24, note="Misalnya baik. Boleh kosong."),
        Field(key="keterangan", heading="Keterangan", kind=Kind.TEXT, width=40, note="Boleh kosong."),
    ),
)

TINDAK_LANJUT = SheetSpec(
    key="tindak_lanjut",
    name="Tindak Lanjut",
    title="TINDAK LANJUT HASIL EVALUASI",
    purpose="Rekomendasi evaluasi SAKIP tahun sebelumnya, dan yang telah dilakukan. Satu baris satu rekomendasi.",
    optional=True,
    aliases=("Tindak Lanjut Hasil Evaluasi", "Tindak Lanjut LHE"),
    rows=20,
    fields=(
        Field(
            key="rekomendasi",
            heading="Rekomendasi",
            kind=Kind.LONG_TEXT,
            required=True,
            width=60,
            note="Bunyi rekomendasi menurut laporan hasil evaluasi.",
        ),
        Field(
            key="tindak_lanjut",
            heading="Tindak Lanjut",
            kind=Kind.LONG_TEXT,
            required=True,
            width=60,
            note="Yang sudah dilakukan.",
        ),
        Field(key="status", heading="Status", kind=Kind.TEXT, width=18, note="Misalnya Selesai, Dalam proses, Belum."),
        Field(
            key="keterangan",
            heading="Keterangan",
            kind=Kind.TEXT,
            aliases=("Bukti", "Bukti Dukung"),
            width=40,
            note="Bukti atau kendalanya. Boleh kosong.",
        ),
    ),
)

PENGHARGAAN = SheetSpec(
    key="penghargaan",
    name="Penghargaan",
    title="PRESTASI DAN PENGHARGAAN",
    purpose="Penghargaan yang diterima pada tahun laporan.",
    optional=True,
    aliases=("Prestasi dan Penghargaan",),
    rows=15,
    fields=(
        Field(
            key="nama",
            heading="Nama Penghargaan",
            kind=Kind.TEXT,
            required=True,
            aliases=("Penghargaan", "Nama Prestasi"),
            width=60,
            note="Nama lengkap, dengan peringkatnya.",
        ),
        Field(
            key="pemberi",
            heading="Pemberi",
            kind=Kind.TEXT,
            aliases=("Pemberi Penghargaan", "Instansi Pemberi"),
            width=40,
            note="Siapa yang memberi.",
        ),
        Field(
            key="tingkat",
            heading="Tingkat",
            kind=Kind.TEXT,
            width=18,
            note="Misalnya Kabupaten, Provinsi, Nasional, Internasional.",
        ),
        Field(key="tahun", heading="Tahun", kind=Kind.YEAR, width=10, note="Empat angka."),
        Field(key="keterangan", heading="Keterangan", kind=Kind.TEXT, width=40, note="Boleh kosong."),
    ),
)

PELENGKAP = (RENCANA_AKSI, BELANJA, SARANA, TINDAK_LANJUT, PENGHARGAAN)
"""The optional sheets, in the order in which they stand behind the others."""
