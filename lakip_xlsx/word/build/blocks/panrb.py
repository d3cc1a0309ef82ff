"""Blocks of PermenPANRB 53/2014: the agreement in short, the seven analyses, the budget of the agreement."""

from __future__ import annotations

from lakip_xlsx.report.content import Align
from lakip_xlsx.word.build.blocks import pelengkap
from lakip_xlsx.word.build.blocks.body import (
    SUMBER,
    SUMBER_DANA,
    caption,
    captioned,
    marker,
    money_table,
    refer,
    sentences,
    within,
)
from lakip_xlsx.word.build.styles import TEXT_WIDTH
from lakip_xlsx.word.build.table import Column, TableSpec, build, cell, row
from lakip_xlsx.word.xml import Element, paragraph


def pokok_renstra() -> list[Element]:
    """Visi, misi, tujuan and sasaran of the Renstra; strategi and kebijakan where the office has them there."""
    blocks: list[Element] = []
    for name in ("visi", "misi", "tujuan", "sasaran"):
        title = "Sasaran Strategis" if name == "sasaran" else name.capitalize()
        blocks += [paragraph("Heading3", title), paragraph("Isi", f"{{{{renstra.{name}}}}}")]
    for name, title in (("strategi", "Strategi"), ("arah_kebijakan", "Kebijakan")):
        held = (paragraph("Heading3", title), paragraph("Isi", f"{{{{renstra.{name}}}}}"))
        blocks += within(f"renstra.{name}", *held)
    return blocks


POHON = TableSpec(
    caption="Pohon Kinerja {{instansi.periode}}",
    columns=(
        Column("Misi", 2.9, "misi", merged=True),
        Column("Tujuan", 2.9, "tujuan", merged=True),
        Column("Sasaran Strategis", 3.0, "sasaran", merged=True),
        Column("Indikator Kinerja", 3.2, "indikator"),
        Column("Program", 3.0, "program", merged=True),
    ),
    rows="pohon.baris",
    small=True,
)


def pohon_kinerja() -> list[Element]:
    """The tree from the visi to the programs, as a table that any page takes; nothing at all without codes."""
    table = build(POHON)
    visi = paragraph("KepalaTabel", "{{#pohon.visi}}Visi: {{pohon.visi}}{{/pohon.visi}}")
    top = row(cell(TEXT_WIDTH, visi, span=len(POHON.columns)))
    table.insert(len(table) - 1, top)
    note = within("pohon.catatan", paragraph("SumberTabel", "{{pohon.catatan}}"))
    return within("pohon", caption(POHON.caption), table, paragraph("SumberTabel", SUMBER), *note)


# The agreement

PERJANJIAN = TableSpec(
    caption="Perjanjian Kinerja Tahun {{laporan.tahun}}",
    columns=(
        Column("No", 0.9, "no", Align.CENTER, merged=True),
        Column("Sasaran Strategis", 5.0, "sasaran", merged=True),
        Column("Indikator Kinerja", 6.3, "indikator"),
        Column("Target", 2.8, "target", Align.RIGHT),
    ),
    rows="perjanjian.baris",
    marker="penanda.perjanjian",
    absent="perjanjian.baris",
)
PERJANJIAN_PROGRAM = TableSpec(
    caption="Program dan Anggaran Perjanjian Kinerja Tahun {{laporan.tahun}}",
    columns=(
        Column("No", 0.9, "no", Align.CENTER),
        Column("Program", 6.3, "uraian"),
        Column("Anggaran (Rp)", 3.1, "anggaran", Align.RIGHT),
        Column("Keterangan", 4.7, "keterangan"),
    ),
    rows="perjanjian.program.baris",
    marker="penanda.perjanjian_program",
    absent="perjanjian.program",
    total="perjanjian.program",
    total_tags=("jumlah.anggaran", ""),
)


def ikhtisar_perjanjian() -> list[Element]:
    """What was promised, what was changed, and the money for it."""
    opening = (
        "Target tersebut didukung oleh program dan anggaran pada @. Kolom Keterangan menyebutkan sumber dana setiap "
        "program."
    )
    return [
        *captioned(PERJANJIAN),
        *sentences("perjanjian.perubahan"),
        paragraph("Isi", *_with_reference(opening, "perjanjian_program")),
        *captioned(PERJANJIAN_PROGRAM, "perjanjian_program"),
    ]


# Capaian: the scale, the sasaran together, then each sasaran

CAPAIAN_SASARAN = TableSpec(
    caption="Capaian Sasaran Strategis Tahun {{laporan.tahun}}",
    columns=(
        Column("No", 0.9, "no", Align.CENTER),
        Column("Sasaran Strategis", 5.6, "sasaran"),
        Column("Jumlah Indikator", 1.9, "indikator", Align.CENTER),
        Column("Capaian (%)", 1.9, "capaian", Align.RIGHT),
        Column("Predikat", 2.2, "predikat", Align.CENTER),
        Column("Keterangan", 2.5, "keterangan"),
    ),
    rows="baris",
)


def pengantar_skala() -> list[Element]:
    """What leads to the classes of predikat."""
    return [paragraph("Isi", "{{narasi.pengantar_skala}}")]


def tabel_capaian_sasaran() -> list[Element]:
    """The sasaran together, before each is analysed."""
    opening = (
        "Hasil pengukuran menurut sasaran strategis disajikan pada @, lalu dianalisis satu per satu pada "
        "uraian sesudahnya."
    )
    table = [
        paragraph("Isi", *_with_reference(opening, "ikhtisar_sasaran")),
        *captioned(CAPAIAN_SASARAN, "ikhtisar_sasaran"),
    ]
    return [*within("ikhtisar_sasaran", *table), marker("ikhtisar_sasaran")]


def each_sasaran(analyses: list[Element]) -> list[Element]:
    """The analyses, once for each sasaran under its own heading."""
    return [*within("capaian_sasaran", paragraph("Heading3", "{{uraian}}"), *analyses), marker("capaian_sasaran")]


def _analysis(key: str, opening: str, *table: Element) -> list[Element]:
    """What is compared and what came out, in one paragraph; below it the table, where there is one."""
    leading = (f"{{{{#{key}.tabel}}}}", *_with_reference(opening, key), f" {{{{/{key}.tabel}}}}")
    return [paragraph("Isi", *leading, f"{{{{{key}.kalimat}}}}"), *within(f"{key}.tabel", *table)]


def _with_reference(text: str, name: str) -> list[str | Element]:
    """A text in which "@" is the number of the table with this name."""
    before, sign, after = text.partition("@")
    return [before, *refer(name), after] if sign else [text]


_INDIKATOR = Column("Indikator Kinerja", 4.6, "indikator")
TARGET = TableSpec(
    caption="Target dan Realisasi {{sebutan}} Tahun {{laporan.tahun}}",
    columns=(
        _INDIKATOR,
        Column("Target", 2.3, "target", Align.RIGHT),
        Column("Realisasi", 2.3, "realisasi", Align.RIGHT),
        Column("Capaian (%)", 1.7, "capaian", Align.RIGHT),
        Column("Predikat", 1.9, "predikat", Align.CENTER),
        Column("Keterangan", 2.2, "keterangan"),
    ),
    rows="baris",
)
RENSTRA = TableSpec(
    caption="Kemajuan {{sebutan}} menuju Target Akhir Renstra",
    columns=(
        _INDIKATOR,
        Column("Realisasi {{laporan.tahun}}", 2.6, "realisasi", Align.RIGHT),
        Column("Target {{instansi.akhir_renstra}}", 2.6, "target_akhir", Align.RIGHT),
        Column("Selisih", 2.2, "selisih", Align.RIGHT),
        Column("Kemajuan (%)", 2.2, "kemajuan", Align.RIGHT),
    ),
    rows="baris",
)
STANDAR = TableSpec(
    caption="Realisasi {{sebutan}} dan Standar Nasional",
    columns=(
        _INDIKATOR,
        Column("Realisasi {{laporan.tahun}}", 2.5, "realisasi", Align.RIGHT),
        Column("Standar Nasional", 2.5, "standar", Align.RIGHT),
        Column("Selisih", 2.0, "selisih", Align.RIGHT),
        Column("Keterangan", 3.4, "keterangan"),
    ),
    rows="baris",
)
EFISIENSI = TableSpec(
    caption="Efisiensi Penggunaan Sumber Daya {{sebutan}} Tahun {{laporan.tahun}}",
    columns=(
        Column("Capaian Sasaran (%)", 2.2, "capaian", Align.RIGHT),
        Column("Anggaran (Rp)", 3.1, "anggaran", Align.RIGHT),
        Column("Realisasi (Rp)", 3.1, "realisasi", Align.RIGHT),
        Column("Serapan (%)", 2.0, "serapan", Align.RIGHT),
        Column("Selisih (poin)", 1.9, "selisih", Align.RIGHT),
        Column("Efisiensi", 2.7, "tingkat", Align.CENTER),
    ),
    rows="baris",
)
PROGRAM = TableSpec(
    caption="Program dan Kegiatan Penunjang {{sebutan}} Tahun {{laporan.tahun}}",
    columns=(
        Column("Kode", 2.4, "kode"),
        Column("Program/Kegiatan", 5.1, "uraian"),
        Column("Anggaran (Rp)", 2.8, "anggaran", Align.RIGHT),
        Column("Realisasi (Rp)", 2.8, "realisasi", Align.RIGHT),
        Column("Realisasi (%)", 1.9, "serapan", Align.RIGHT),
    ),
    rows="baris",
)


def analisis_target() -> list[Element]:
    """1. Target and realisasi of the year."""
    opening = "Target dan realisasi setiap indikator pada tahun {{laporan.tahun}} disajikan pada @."
    return _analysis("analisis_target", opening, *captioned(TARGET, "analisis_target"))


def analisis_tahun_lalu() -> list[Element]:
    """2. Realisasi of several years; the columns depend on which years have data."""
    opening = "Realisasi tahun {{laporan.tahun}} dibandingkan dengan tahun-tahun sebelumnya pada @."
    note = (
        "{{^analisis_tahun_lalu.riwayat}} Capaian tahun sebelumnya tidak dihitung karena targetnya tidak termasuk data "
        "laporan ini.{{/analisis_tahun_lalu.riwayat}}"
    )
    table = [
        caption("Perkembangan Realisasi {{sebutan}}", name="analisis_tahun_lalu"),
        paragraph("Isi", "{{isi}}"),
        paragraph("SumberTabel", f"{SUMBER}{note}"),
    ]
    return [*_analysis("analisis_tahun_lalu", opening, *table), *pelengkap.riwayat_sasaran()]


def analisis_renstra() -> list[Element]:
    """3. Realisasi to date and the target at the end of the Renstra."""
    opening = "Realisasi sampai dengan tahun {{laporan.tahun}} dibandingkan dengan target akhir Renstra pada @."
    table = captioned(RENSTRA, "analisis_renstra")
    return [*_analysis("analisis_renstra", opening, *table), *pelengkap.kemajuan_sasaran()]


def analisis_standar() -> list[Element]:
    """4. The national standard."""
    opening = "Realisasi tahun {{laporan.tahun}} dibandingkan dengan standar nasional pada @."
    table = captioned(STANDAR, "analisis_standar")
    return [*_analysis("analisis_standar", opening, *table), *pelengkap.pembanding_sasaran()]


def analisis_penyebab() -> list[Element]:
    """5. Causes and solutions, indicator by indicator."""
    told = (paragraph("JudulIndikator", "{{judul}}"), paragraph("Isi", "{{isi}}"))
    return [*within("analisis_penyebab.indikator", *told), *sentences("analisis_penyebab.kalimat")]


def analisis_efisiensi() -> list[Element]:
    """6. Capaian against the share of the budget that was spent."""
    opening = (
        "Penggunaan sumber daya disebut efisien bila capaian sasaran tidak lebih rendah daripada persentase anggaran "
        "yang terserap."
    )
    table = captioned(EFISIENSI, "analisis_efisiensi")
    return [*_analysis("analisis_efisiensi", opening, *table), *pelengkap.efisiensi_sasaran()]


def analisis_program() -> list[Element]:
    """7. The programs and kegiatan behind the result."""
    opening = "Program dan kegiatan yang menunjang sasaran ini disajikan pada @."
    return _analysis("analisis_program", opening, *captioned(PROGRAM, "analisis_program"))


# The budget

REALISASI_PROGRAM = money_table(
    "program", Column("Kode", 2.4, "kode"), "Program", "Anggaran dan Realisasi menurut Program", marked=True
)


def realisasi_program() -> list[Element]:
    """Money by program; a marker where the office gives no amounts there."""
    opening = "Menurut program yang diperjanjikan, anggaran dan realisasinya adalah sebagai berikut."
    return [paragraph("Isi", opening), *captioned(REALISASI_PROGRAM)]


def realisasi_sumber_dana() -> list[Element]:
    """Money by source."""
    opening = "Menurut sumber dananya, anggaran dan realisasi tersebut adalah sebagai berikut."
    return [paragraph("Isi", opening), *captioned(SUMBER_DANA, "sumber_dana")]
