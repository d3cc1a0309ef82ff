"""Appendices of PermenPANRB 53/2014: the Perjanjian Kinerja with its signatures, and the measurement."""

from __future__ import annotations

from dataclasses import replace

from lakip_xlsx.report.content import Align
from lakip_xlsx.word.build.blocks.body import SUMBER, within
from lakip_xlsx.word.build.blocks.panrb import PERJANJIAN, PERJANJIAN_PROGRAM
from lakip_xlsx.word.build.styles import TEXT_WIDTH, WIDE_TEXT_WIDTH
from lakip_xlsx.word.build.table import Column, TableSpec, build, signatures
from lakip_xlsx.word.xml import Element, paragraph

_NOTE = "Tanggal dan tanda tangan mengikuti naskah asli perjanjian kinerja."
_SECOND = (
    (("JudulTandaTangan", "Pihak Kedua,"),),
    (("TandaTanganTengah", "{{perjanjian.jabatan_atasan}}"),),
    (("NamaPejabatTengah", "{{perjanjian.atasan}}"),),
)
_FIRST = (
    (("JudulTandaTangan", "Pihak Pertama,"),),
    (("TandaTanganTengah", "{{instansi.jabatan_kepala}}"),),
    (
        ("NamaPejabatTengah", "{{instansi.kepala}}"),
        ("TandaTanganTengah", "{{#instansi.pangkat}}{{instansi.pangkat}}{{/instansi.pangkat}}"),
        ("TandaTanganTengah", "NIP {{instansi.nip}}"),
    ),
)


def _signed() -> list[Element]:
    """Pihak kedua signs on the left, pihak pertama on the right."""
    return [signatures(TEXT_WIDTH, _SECOND, _FIRST), paragraph("SumberTabel", _NOTE)]


def _party(name: str, office: str) -> list[Element]:
    return [paragraph("KepalaFormulir", f"Nama\t: {name}"), paragraph("KepalaFormulir", f"Jabatan\t: {office}")]


def pernyataan_perjanjian() -> list[Element]:
    """The statement: who promises what to whom."""
    return [
        paragraph("JudulFormulir", "PERNYATAAN PERJANJIAN KINERJA"),
        paragraph("JudulFormulir", "{{instansi.nama_kapital}}"),
        paragraph("JudulFormulir", "TAHUN {{laporan.tahun}}"),
        paragraph("IsiLanjutan", "Yang membuat perjanjian ini:"),
        *_party("{{instansi.kepala}}", "{{instansi.jabatan_kepala}}"),
        paragraph("IsiLanjutan", "dalam perjanjian ini disebut Pihak Pertama, dan"),
        *_party("{{perjanjian.atasan}}", "{{perjanjian.jabatan_atasan}}"),
        paragraph("IsiLanjutan", "sebagai atasan Pihak Pertama, dalam perjanjian ini disebut Pihak Kedua."),
        paragraph(
            "Isi",
            "Pihak Pertama menyanggupi pencapaian target kinerja tahun {{laporan.tahun}} yang tercantum pada formulir "
            "perjanjian ini sebagai bagian dari target Rencana Strategis periode {{instansi.periode}}, dan bertanggung "
            "jawab atas tercapai atau tidaknya target tersebut.",
        ),
        paragraph(
            "Isi",
            "Pihak Kedua membina pelaksanaan perjanjian ini, menilai capaiannya, dan menggunakan hasil penilaian itu "
            "sebagai dasar penghargaan maupun teguran.",
        ),
        *_signed(),
    ]


def formulir_perjanjian() -> list[Element]:
    """The form: sasaran, indikator, target; program, anggaran, keterangan; on a page of its own."""
    return [
        paragraph("JudulFormulirBaru", "PERJANJIAN KINERJA TAHUN {{laporan.tahun}}"),
        paragraph("JudulFormulir", "{{instansi.nama_kapital}}"),
        build(replace(PERJANJIAN, caption="")),
        *within("perjanjian.perubahan", paragraph("CatatanFormulir", "{{perjanjian.perubahan}}")),
        build(replace(PERJANJIAN_PROGRAM, caption="")),
        *_signed(),
    ]


PENGUKURAN = TableSpec(
    caption="",
    columns=(
        Column("No", 0.9, "no", Align.CENTER, merged=True),
        Column("Sasaran Strategis", 3.9, "sasaran", merged=True),
        Column("Indikator Kinerja", 5.0, "indikator"),
        Column("Target", 1.9, "target", Align.RIGHT),
        Column("Realisasi", 1.9, "realisasi", Align.RIGHT),
        Column("Pembilang / Penyebut", 2.0, "hitungan", Align.CENTER),
        Column("Capaian (%)", 1.6, "capaian", Align.RIGHT),
        Column("Predikat", 1.8, "predikat", Align.CENTER),
        Column("Sumber Data", 3.1, "sumber"),
        Column("Penanggung Jawab", 2.5, "penanggung"),
    ),
    rows="pengukuran",
    marker="penanda.pengukuran",
    absent="pengukuran",
    width=WIDE_TEXT_WIDTH,
    small=True,
)


def formulir_pengukuran() -> list[Element]:
    """Every indicator with its result, where the figure comes from, and who answers for it."""
    return [
        paragraph("KepalaFormulir", "Instansi\t: {{instansi.nama}}"),
        paragraph("KepalaFormulir", "Tahun\t: {{laporan.tahun}}"),
        build(PENGUKURAN),
        paragraph("SumberTabel", SUMBER),
    ]
