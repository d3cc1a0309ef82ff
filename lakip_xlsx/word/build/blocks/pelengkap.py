"""Blocks that stand only where the office filled what they show: without it nothing of them is left.

Each is a section named after its content, around caption, table and source line.
"""

from __future__ import annotations

from typing import Final

from lakip_xlsx.report.content import Align
from lakip_xlsx.word.build.blocks.body import SUMBER, caption, captioned, money_table, refer, sentences, within
from lakip_xlsx.word.build.table import Column, TableSpec
from lakip_xlsx.word.xml import Element, paragraph

_NO = Column("No", 0.9, "no", Align.CENTER)
_FIRST_NO = Column("No", 0.9, "no", Align.CENTER, merged=True)
_NOTE = Column("Keterangan", 2.8, "keterangan")

SARANA = TableSpec(
    caption="Sarana dan Prasarana Tahun {{laporan.tahun}}",
    columns=(
        _NO,
        Column("Nama Barang", 3.7, "barang"),
        Column("Satuan", 1.5, "satuan", Align.CENTER),
        Column("Tersedia", 1.6, "tersedia", Align.RIGHT),
        Column("Kebutuhan", 1.9, "kebutuhan", Align.RIGHT),
        Column("Kecukupan (%)", 1.9, "kecukupan", Align.RIGHT),
        Column("Kondisi", 1.8, "kondisi"),
        Column("Keterangan", 2.5, "keterangan"),
    ),
    rows="baris",
)
RENCANA_AKSI = TableSpec(
    caption="Rencana Aksi per Triwulan Tahun {{laporan.tahun}}",
    columns=(
        _FIRST_NO,
        Column("Indikator Kinerja", 3.4, "indikator", merged=True),
        Column("Triwulan", 1.9, "triwulan", Align.CENTER),
        Column("Target", 1.8, "target", Align.RIGHT),
        Column("Realisasi", 1.8, "realisasi", Align.RIGHT),
        Column("Kegiatan", 3.4, "kegiatan"),
        Column("Keterangan", 2.4, "keterangan"),
    ),
    rows="baris",
)
TINDAK_LANJUT = TableSpec(
    caption="Tindak Lanjut Rekomendasi Hasil Evaluasi",
    columns=(
        _NO,
        Column("Rekomendasi", 4.9, "rekomendasi"),
        Column("Tindak Lanjut", 4.9, "tindak_lanjut"),
        Column("Status", 1.8, "status", Align.CENTER),
        _NOTE,
    ),
    rows="baris",
)
PENGHARGAAN = TableSpec(
    caption="Penghargaan yang Diterima",
    columns=(
        _NO,
        Column("Penghargaan", 4.7, "nama"),
        Column("Pemberi", 3.3, "pemberi"),
        Column("Tingkat", 2.0, "tingkat", Align.CENTER),
        Column("Tahun", 1.3, "tahun", Align.CENTER),
        _NOTE,
    ),
    rows="baris",
)
RIWAYAT = TableSpec(
    caption="Target, Realisasi, dan Capaian Indikator dari Tahun ke Tahun",
    columns=(
        Column("Indikator Kinerja", 6.4, "indikator", merged=True),
        Column("Tahun", 1.6, "tahun", Align.CENTER),
        Column("Target", 2.5, "target", Align.RIGHT),
        Column("Realisasi", 2.5, "realisasi", Align.RIGHT),
        Column("Capaian (%)", 2.0, "capaian", Align.RIGHT),
    ),
    rows="baris",
)
PEMBANDING = TableSpec(
    caption="Realisasi dan Pembandingnya Tahun {{laporan.tahun}}",
    columns=(
        Column("Indikator Kinerja", 4.0, "indikator", merged=True),
        Column("Realisasi", 2.1, "realisasi", Align.RIGHT, merged=True),
        Column("Pembanding", 2.7, "nama"),
        Column("Nilai Pembanding", 2.4, "nilai", Align.RIGHT),
        Column("Selisih", 1.5, "selisih", Align.RIGHT),
        Column("Keterangan", 2.3, "keterangan"),
    ),
    rows="baris",
)
EFISIENSI_SASARAN = TableSpec(
    caption="Efisiensi menurut Sasaran Strategis Tahun {{laporan.tahun}}",
    columns=(
        _NO,
        Column("Sasaran Strategis", 5.6, "sasaran"),
        Column("Capaian (%)", 1.9, "capaian", Align.RIGHT),
        Column("Serapan (%)", 1.9, "serapan", Align.RIGHT),
        Column("Selisih (poin)", 1.9, "selisih", Align.RIGHT),
        Column("Efisiensi", 2.8, "tingkat", Align.CENTER),
    ),
    rows="baris",
)
EFISIENSI_INDIKATOR = TableSpec(
    caption="Efisiensi menurut Indikator dan Program Penunjangnya Tahun {{laporan.tahun}}",
    columns=(
        Column("Indikator Kinerja", 4.3, "indikator"),
        Column("Program Penunjang", 2.7, "program"),
        Column("Capaian (%)", 1.8, "capaian", Align.RIGHT),
        Column("Serapan (%)", 1.8, "serapan", Align.RIGHT),
        Column("Selisih (poin)", 1.8, "selisih", Align.RIGHT),
        Column("Efisiensi", 2.6, "tingkat", Align.CENTER),
    ),
    rows="baris",
)
BELANJA = money_table("belanja", _NO, "Jenis Belanja", "Anggaran dan Realisasi menurut Jenis Belanja", marked=False)
_METHOD = (
    "Efisiensi dinyatakan sebagai capaian dikurangi serapan anggaran, dalam poin persen; nol atau lebih berarti "
    "efisien. Peraturan Menteri PANRB Nomor 53 Tahun 2014 meminta analisisnya tanpa menetapkan rumus. Serapan suatu "
    "indikator adalah serapan program penunjangnya."
)


def _table(name: str, spec: TableSpec) -> list[Element]:
    return within(name, *captioned(spec, name.removesuffix(".tabel").replace(".", "_")))


def _led(opening: str, name: str, spec: TableSpec) -> list[Element]:
    """A sentence, the table that it names with ``@``, and its source."""
    return [_opening(opening, name), *captioned(spec, name)]


def _opening(text: str, name: str) -> Element:
    before, _, after = text.partition("@")
    return paragraph("Isi", before, *refer(name), after)


def tabel_sarana() -> list[Element]:
    """Facilities."""
    return _table("sarana.tabel", SARANA)


def tabel_rencana_aksi() -> list[Element]:
    """Plans by quarter."""
    return _table("rencana_aksi.tabel", RENCANA_AKSI)


def tabel_tindak_lanjut() -> list[Element]:
    """Follow-up of the last evaluation."""
    return _table("tindak_lanjut.tabel", TINDAK_LANJUT)


def tabel_penghargaan() -> list[Element]:
    """Awards."""
    return _table("penghargaan.tabel", PENGHARGAAN)


def tabel_riwayat() -> list[Element]:
    """Every year's target, realisasi and capaian."""
    opening = "Target, realisasi, dan capaian setiap indikator dari tahun ke tahun disajikan pada @."
    return within("riwayat", *_led(opening, "riwayat", RIWAYAT))


def tabel_kemajuan() -> list[Element]:
    """Progress towards the end of the Renstra."""
    return within("kemajuan", *_kemajuan("Kemajuan menuju Target Akhir Renstra", "kemajuan"))


def _kemajuan(title: str, name: str) -> list[Element]:
    return [
        _opening("Kemajuan menuju target akhir Renstra, dalam persen dari target itu, disajikan pada @.", name),
        caption(title, name=name),
        paragraph("Isi", "{{isi}}"),
        paragraph("SumberTabel", SUMBER),
    ]


def tabel_pembanding() -> list[Element]:
    """The national standard and named others."""
    opening = "Realisasi dibandingkan dengan standar nasional dan dengan pihak lain pada @."
    return within("pembanding", *_led(opening, "pembanding", PEMBANDING))


def tabel_efisiensi() -> list[Element]:
    """Efficiency by sasaran and by indicator, with its formula."""
    tables = [*_table("efisiensi.sasaran", EFISIENSI_SASARAN), *_table("efisiensi.indikator", EFISIENSI_INDIKATOR)]
    return within("efisiensi", paragraph("Isi", _METHOD), *tables)


def tabel_rumus() -> list[Element]:
    """How each indicator is measured."""
    return within(
        "rumus.tabel", caption("{{judul}}", name="rumus"), paragraph("Isi", "{{isi}}"), paragraph("SumberTabel", SUMBER)
    )


def tabel_belanja() -> list[Element]:
    """Money by kind of expenditure."""
    return within("keuangan.belanja", *sentences("kalimat"), *captioned(BELANJA, "belanja"))


def rincian_program() -> list[Element]:
    """All rows of Program: money by quarter, then outputs."""
    found: list[Element] = []
    for name, title in (("keuangan", "Anggaran dan Realisasi"), ("keluaran", "Keluaran")):
        grid = (
            caption(f"{title} Program, Kegiatan, dan Sub Kegiatan Tahun {{{{laporan.tahun}}}}"),
            paragraph("Isi", "{{isi}}"),
            paragraph("SumberTabel", SUMBER),
        )
        found += within(f"rincian_program.{name}", *grid)
    return found


def riwayat_sasaran() -> list[Element]:
    """Under the analysis of earlier years: their targets and capaian."""
    opening = "Dengan target tahun-tahun itu, capaiannya disajikan pada @."
    return within("analisis_tahun_lalu.riwayat", *_led(opening, "riwayat_sasaran", RIWAYAT_SASARAN))


def kemajuan_sasaran() -> list[Element]:
    """Under the analysis of the Renstra: the progress of each year."""
    return within(
        "analisis_renstra.kemajuan", *_kemajuan("Kemajuan {{sebutan}} dari Tahun ke Tahun", "kemajuan_sasaran")
    )


def pembanding_sasaran() -> list[Element]:
    """Under the analysis of the national standard: named others."""
    opening = "Realisasi dibandingkan pula dengan pihak lain pada @."
    return within("analisis_standar.pembanding", *_led(opening, "pembanding_sasaran", PEMBANDING_SASARAN))


def efisiensi_sasaran() -> list[Element]:
    """Under the analysis of efficiency: each indicator with its programs."""
    opening = (
        "Menurut indikator, capaian dikurangi serapan program penunjangnya (dalam poin persen; nol atau lebih berarti "
        "efisien) disajikan pada @."
    )
    table = _led(opening, "efisiensi_indikator", EFISIENSI_DALAM_SASARAN)
    return within("analisis_efisiensi.indikator", *table)


def _of_sasaran(spec: TableSpec, title: str) -> TableSpec:
    return TableSpec(caption=title, columns=spec.columns, rows=spec.rows)


RIWAYAT_SASARAN = _of_sasaran(RIWAYAT, "Target, Realisasi, dan Capaian {{sebutan}} dari Tahun ke Tahun")
PEMBANDING_SASARAN = _of_sasaran(PEMBANDING, "Realisasi {{sebutan}} dan Pembandingnya Tahun {{laporan.tahun}}")
EFISIENSI_DALAM_SASARAN = _of_sasaran(
    EFISIENSI_INDIKATOR, "Efisiensi {{sebutan}} menurut Indikator dan Program Penunjangnya Tahun {{laporan.tahun}}"
)

CONTENT: Final[dict[str, str]] = {
    "tabel_sarana": "sarana",
    "tabel_rencana_aksi": "rencana_aksi",
    "tabel_tindak_lanjut": "tindak_lanjut",
    "tabel_penghargaan": "penghargaan",
    "tabel_riwayat": "riwayat",
    "tabel_kemajuan": "kemajuan",
    "tabel_pembanding": "pembanding",
    "tabel_efisiensi": "efisiensi",
    "tabel_rumus": "rumus",
    "tabel_belanja": "keuangan.belanja",
    "rincian_program": "rincian_program",
}
"""Block → the name of its content; a template without such a block lacks nothing, unless the office filled it."""
CHARTS: Final = frozenset({"grafik_tren"})
"""Blocks of charts of which the same holds; what they draw stands in a table too."""
EACH_SASARAN: Final = (
    "analisis_tahun_lalu.riwayat",
    "analisis_renstra.kemajuan",
    "analisis_standar.pembanding",
    "analisis_efisiensi.indikator",
)
"""Names of the same kind inside each ``capaian_sasaran``."""
