"""Appendices of PermenPANRB 53/2014: the Perjanjian Kinerja with its signatures, and the measurement."""

from __future__ import annotations

from dataclasses import replace

from lakip_xlsx.report.content import Align
from lakip_xlsx.word.build.blocks.body import SUMBER, within, without
from lakip_xlsx.word.build.blocks.panrb import PERJANJIAN, PERJANJIAN_PROGRAM
from lakip_xlsx.word.build.styles import TEXT_WIDTH, WIDE_TEXT_WIDTH
from lakip_xlsx.word.build.table import Column, TableSpec, build, signatures
from lakip_xlsx.word.xml import Element, paragraph

_DAY = "perjanjian.tempat_tanggal"
_NOTE = (
    f"{{{{#{_DAY}}}}}Tanda{{{{/{_DAY}}}}}{{{{^{_DAY}}}}}Tanggal dan tanda{{{{/{_DAY}}}}} tangan mengikuti naskah asli "
    "perjanjian kinerja."
)
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
    """Place and day; pihak kedua signs on the left, pihak pertama on the right; a head of government signs alone."""
    dated = within(_DAY, paragraph("TanggalFormulir", f"{{{{{_DAY}}}}}"))
    alone = (
        paragraph("TandaTangan", "{{instansi.jabatan_kepala_kapital}},"),
        paragraph("NamaPejabat", "{{instansi.kepala}}"),
    )
    return [
        *dated,
        *within("perjanjian.dua_pihak", signatures(TEXT_WIDTH, _SECOND, _FIRST)),
        *without("perjanjian.dua_pihak", *alone),
        paragraph("SumberTabel", _NOTE),
    ]


def _party(name: str, office: str) -> list[Element]:
    return [paragraph("KepalaFormulir", f"Nama\t: {name}"), paragraph("KepalaFormulir", f"Jabatan\t: {office}")]


_AIM = (
    "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan dan akuntabel serta berorientasi pada "
    "hasil, {}yang bertanda tangan di bawah ini:"
)
_PROMISE = (
    "{}berjanji akan mewujudkan target kinerja yang seharusnya sesuai lampiran perjanjian ini, dalam rangka mencapai "
    "target kinerja jangka menengah seperti yang telah ditetapkan dalam dokumen perencanaan."
)
_ANSWER = "Keberhasilan dan kegagalan pencapaian target kinerja tersebut menjadi tanggung jawab kami."
_SUPERVISION = (
    "Pihak kedua akan melakukan supervisi yang diperlukan serta akan melakukan evaluasi terhadap capaian kinerja dari "
    "perjanjian ini dan mengambil tindakan yang diperlukan dalam rangka pemberian penghargaan dan sanksi."
)


def pernyataan_perjanjian() -> list[Element]:
    """The statement, in the words of Anak Lampiran I/2; of a head of government in those of Anak Lampiran I/1."""
    two = (
        paragraph("IsiLanjutan", _AIM.format("kami ")),
        *_party("{{instansi.kepala}}", "{{instansi.jabatan_kepala}}"),
        paragraph("IsiLanjutan", "selanjutnya disebut pihak pertama"),
        *_party("{{perjanjian.atasan}}", "{{perjanjian.jabatan_atasan}}"),
        paragraph("IsiLanjutan", "selaku atasan pihak pertama, selanjutnya disebut pihak kedua"),
        paragraph("IsiLanjutan", f"{_PROMISE.format('Pihak pertama ')} {_ANSWER}"),
        paragraph("IsiLanjutan", _SUPERVISION),
    )
    one = (
        paragraph("IsiLanjutan", _AIM.format("")),
        *_party("{{instansi.kepala}}", "{{instansi.jabatan_kepala}}"),
        paragraph("IsiLanjutan", _PROMISE.format("")),
        paragraph("IsiLanjutan", _ANSWER),
    )
    return [
        *within("instansi.logo", paragraph("SampulLogo", "{{instansi.logo}}")),
        paragraph("JudulFormulir", "PERJANJIAN KINERJA TAHUN {{laporan.tahun}}"),
        *within("perjanjian.dua_pihak", *two),
        *without("perjanjian.dua_pihak", *one),
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


def pernyataan_reviu() -> list[Element]:
    """The statement of review, in the words of Anak Lampiran III/1, for the inspectorate to sign."""
    reviewed = (
        "Kami telah mereviu Laporan Kinerja instansi pemerintah {{instansi.pemda}} untuk tahun anggaran "
        "{{laporan.tahun}} sesuai Pedoman Reviu atas Laporan Kinerja. Substansi informasi yang dimuat dalam Laporan "
        "Kinerja menjadi tanggung jawab manajemen {{instansi.pemda}}."
    )
    aim = (
        "Reviu bertujuan untuk memberikan keyakinan terbatas laporan kinerja telah disajikan secara akurat, andal, dan "
        "valid."
    )
    result = (
        "Berdasarkan reviu kami, tidak terdapat kondisi atau hal-hal yang menimbulkan perbedaan dalam meyakini "
        "keandalan informasi yang disajikan di dalam laporan kinerja ini."
    )
    signed = (
        paragraph("TempatTanggal", "{{tempat_tanggal}}"),
        paragraph("TandaTangan", "Inspektur,"),
        paragraph("NamaPejabat", "{{nama}}"),
        paragraph("NipPejabat", "{{#nip}}NIP {{nip}}{{/nip}}"),
    )
    return within(
        "pernyataan_reviu",
        paragraph("JudulFormulir", "{{instansi.pemda_kapital}}"),
        paragraph("JudulFormulir", "TAHUN ANGGARAN {{laporan.tahun}}"),
        *(paragraph("Isi", said) for said in (reviewed, aim, result)),
        *signed,
    )


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
