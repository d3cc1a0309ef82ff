"""Blocks of the chapters: staff, plans, indicators, money."""

from __future__ import annotations

from lakip_xlsx.report.content import Align
from lakip_xlsx.word.build.table import Column, TableSpec, build
from lakip_xlsx.word.xml import Element, el, field, paragraph

SUMBER = "Sumber: {{instansi.sebutan}}, {{laporan.tahun}}."


def caption(text: str, kind: str = "Tabel", name: str = "") -> Element:
    """A numbered caption: "Tabel n. …" or "Gambar n. …"; with a ``name`` texts can refer to its number."""
    label: list[str | Element] = [f"{kind} ", *field(f"SEQ {kind} \\* ARABIC", "1")]
    if name:
        start = el("w:bookmarkStart", {"w:id": "1", "w:name": reference(name)})
        label = [start, *label, el("w:bookmarkEnd", {"w:id": "1"})]
    return paragraph("Caption", *label, f". {text}")


def reference(name: str) -> str:
    """The bookmark of the caption with this name; Word hides it, as it hides its own."""
    return f"_Ref_{name}"


def refer(name: str) -> list[Element]:
    """The number of the table with this name, as a field: "Tabel n"."""
    return field(f"REF {reference(name)} \\h", "Tabel 1")


def captioned(spec: TableSpec, name: str = "") -> list[Element]:
    """Caption, table and source line."""
    return [caption(spec.caption, name=name), build(spec), paragraph("SumberTabel", SUMBER)]


def marker(name: str) -> Element:
    """The visible text for something that the workbook does not hold."""
    return paragraph("Penanda", f"{{{{^{name}}}}}{{{{penanda.{name}}}}}{{{{/{name}}}}}")


def within(name: str, *content: Element) -> list[Element]:
    """Content that is shown, or repeated, with a section."""
    return [paragraph("Isi", f"{{{{#{name}}}}}"), *content, paragraph("Isi", f"{{{{/{name}}}}}")]


def without(name: str, *content: Element) -> list[Element]:
    """Content that is shown where there is no such thing."""
    return [paragraph("Isi", f"{{{{^{name}}}}}"), *content, paragraph("Isi", f"{{{{/{name}}}}}")]


def tabel_ringkasan() -> list[Element]:
    """The sasaran with a check mark in the column of their predikat."""
    table = [
        caption("Ringkasan Capaian Sasaran Strategis Tahun {{laporan.tahun}}", name="ringkasan"),
        paragraph("Isi", "{{ringkasan}}"),
        paragraph("SumberTabel", SUMBER),
    ]
    return [*within("ringkasan", *table), marker("ringkasan")]


_NO = Column("No", 0.9, "no", Align.CENTER)
_STAFF = (
    Column("Uraian", 4.4, "uraian"),
    Column("{{awal_judul}}", 2.4, "awal", Align.CENTER),
    Column("{{akhir_judul}}", 2.4, "akhir", Align.CENTER),
)
_STAFF_NOTE = Column("Keterangan", 3.0, "keterangan")
PEGAWAI = TableSpec(
    caption="{{judul}}",
    columns=(*_STAFF, _STAFF_NOTE),
    rows="baris",
    total="jumlah",
    total_tags=("awal", "akhir", ""),
)
PEGAWAI_RINCI = TableSpec(
    caption="{{judul}}",
    columns=(
        *_STAFF,
        Column("Laki-laki", 2.0, "laki", Align.CENTER, "Akhir tahun menurut jenis kelamin"),
        Column("Perempuan", 2.4, "perempuan", Align.CENTER, "Akhir tahun menurut jenis kelamin"),
        _STAFF_NOTE,
    ),
    rows="baris",
    total="jumlah",
    total_tags=("awal", "akhir", "laki", "perempuan", ""),
)


def tabel_pegawai() -> list[Element]:
    """One staffing table per grouping, with or without men and women."""
    tables = [
        caption(PEGAWAI.caption, name="pegawai"),
        *within("rinci", build(PEGAWAI_RINCI)),
        paragraph("Isi", "{{^rinci}}"),
        build(PEGAWAI),
        paragraph("Isi", "{{/rinci}}"),
        paragraph("SumberTabel", SUMBER),
    ]
    return [*within("pegawai", *tables), marker("pegawai")]


def daftar_renstra() -> list[Element]:
    """What the Renstra holds, kind by kind."""
    blocks: list[Element] = []
    for name in ("visi", "misi", "tujuan", "sasaran"):
        blocks += [paragraph("Heading3", name.capitalize()), paragraph("Isi", f"{{{{renstra.{name}}}}}")]
    strategi = (paragraph("Heading3", "Strategi"), paragraph("Isi", "{{renstra.strategi}}"))
    blocks += within("renstra.strategi", *strategi)
    return [
        *blocks,
        paragraph("Heading3", "Kebijakan"),
        paragraph("Isi", "{{renstra.kebijakan}}"),
        paragraph("Heading3", "Program"),
        paragraph("Isi", "{{narasi.pengantar_program}}"),
        paragraph("Isi", "{{renstra.program}}"),
    ]


RENCANA_KERJA = TableSpec(
    caption="Rencana Kinerja Tahun {{laporan.tahun}}",
    columns=(
        _NO,
        Column("Sasaran Strategis", 5.8, "sasaran"),
        Column("Indikator Kinerja", 5.8, "indikator"),
        Column("Target", 2.5, "target", Align.CENTER),
    ),
    rows="rencana_kerja",
    marker="penanda.rencana_kerja",
    absent="rencana_kerja",
)
INDIKATOR = TableSpec(
    caption="Pencapaian Indikator Kinerja Sasaran Tahun {{laporan.tahun}}",
    columns=(
        _NO,
        Column("Indikator Kinerja Sasaran", 4.6, "indikator"),
        Column("Target", 1.9, "target", Align.CENTER),
        Column("Realisasi", 1.9, "realisasi", Align.CENTER),
        Column("Capaian (%)", 1.8, "capaian", Align.RIGHT),
        Column("Predikat", 2.1, "predikat", Align.CENTER),
        Column("Keterangan", 2.4, "keterangan"),
    ),
    rows="indikator.baris",
    marker="penanda.indikator",
    absent="indikator",
)


def tabel_rencana_kerja() -> list[Element]:
    """The targets of the year."""
    return captioned(RENCANA_KERJA, "rencana_kerja")


def metode() -> list[Element]:
    """How capaian is computed."""
    return [paragraph("Isi", "{{metode}}")]


def skala() -> list[Element]:
    """The classes of predikat."""
    return [paragraph("Isi", "{{skala}}")]


def tabel_indikator() -> list[Element]:
    """Target, realisasi and capaian of every indikator, and what they come to."""
    return [*captioned(INDIKATOR), *sentences("indikator.kalimat")]


def analisis_indikator() -> list[Element]:
    """The office's own analysis, indikator by indikator."""
    return within("analisis", paragraph("Heading3", "{{judul}}"), paragraph("Isi", "{{isi}}"))


def money_table(name: str, first: Column, second: str, title: str, *, marked: bool) -> TableSpec:
    """A table of anggaran, realisasi and its share with a Jumlah; ``marked`` says so where there is none."""
    return TableSpec(
        caption=f"{title} Tahun {{{{laporan.tahun}}}}",
        columns=(
            first,
            Column(second, 14.1 - first.width - 6.9, "uraian"),
            Column("Anggaran (Rp)", 3.0, "anggaran", Align.RIGHT),
            Column("Realisasi (Rp)", 3.0, "realisasi", Align.RIGHT),
            Column("Realisasi (%)", 1.8, "serapan", Align.RIGHT),
        ),
        rows=f"keuangan.{name}.baris",
        marker=f"penanda.{_MONEY_MARKERS[name]}" if marked else "",
        absent=f"keuangan.{name}" if marked else "",
        total=f"keuangan.{name}",
        total_tags=("jumlah.anggaran", "jumlah.realisasi", "jumlah.serapan"),
    )


_MONEY_MARKERS = {"sumber_dana": "sumber_dana", "sasaran": "anggaran_sasaran", "program": "anggaran_program"}
_CODE = Column("Kode", 2.4, "kode")
SUMBER_DANA = money_table("sumber_dana", _NO, "Sumber Dana", "Anggaran dan Realisasi menurut Sumber Dana", marked=True)
ANGGARAN_SASARAN = money_table(
    "sasaran", _NO, "Sasaran Strategis", "Anggaran dan Realisasi menurut Sasaran", marked=True
)
ANGGARAN_PROGRAM = money_table(
    "program", _CODE, "Program/Kegiatan", "Anggaran dan Realisasi menurut Program", marked=False
)


def sentences(name: str) -> list[Element]:
    """The text in front of a table, where there is one."""
    return within(name, paragraph("Isi", f"{{{{{name}}}}}"))


def tabel_sumber_dana() -> list[Element]:
    """Money by source."""
    return [*sentences("keuangan.sumber_dana.kalimat"), *captioned(SUMBER_DANA, "sumber_dana")]


def tabel_anggaran_sasaran() -> list[Element]:
    """Money by sasaran."""
    return [*sentences("keuangan.sasaran.kalimat"), *captioned(ANGGARAN_SASARAN)]


def tabel_anggaran_program() -> list[Element]:
    """Money by program; nothing at all when the office gives no amounts there."""
    return within("keuangan.program", *sentences("kalimat"), *captioned(ANGGARAN_PROGRAM))


def penjelasan_keuangan() -> list[Element]:
    """What the money tables mean."""
    return [paragraph("Isi", "{{keuangan.penjelasan}}")]
