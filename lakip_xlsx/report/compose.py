"""The whole content of a report, ready to be placed into the Word template of its layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lakip_xlsx import bahasa
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.finding import Finding, Severity
from lakip_xlsx.layouts.outline import Layout, Level
from lakip_xlsx.report import formulir, method, narasi, tables
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Content, Node, Teks
from lakip_xlsx.report.source import Source
from lakip_xlsx.workbook.book import Book

_MARKERS: Final[dict[str, str]] = {
    "ringkasan": "tabel predikat belum dapat disusun: lembar Renstra, Indikator, dan Skala",
    "pegawai": "tabel pegawai belum diisi: lembar Pegawai",
    "rencana_kerja": "tabel target belum diisi: lembar Indikator",
    "indikator": "tabel indikator belum diisi: lembar Indikator",
    "sumber_dana": "tabel anggaran menurut sumber dana belum diisi: lembar Anggaran",
    "anggaran_sasaran": "tabel anggaran menurut sasaran belum diisi: lembar Anggaran Sasaran",
    "anggaran_program": "tabel anggaran menurut program belum diisi: lembar Program",
    "rs": "formulir RS belum dapat disusun: lembar Renstra",
    "rkt": "formulir RKT belum dapat disusun: lembar Renstra, Indikator, dan Program",
    "pkk": "formulir PKK belum dapat disusun: lembar Program",
    "pps": "formulir PPS belum dapat disusun: lembar Indikator",
}


def compose(book: Book, figures: Figures, layout: Layout, findings: Sequence[Finding]) -> Content:
    """Everything the template may name. ``findings`` fill the page in front of a DRAF."""
    source = Source(book, figures, layout)
    rows = tables.indikator(source)
    narratives = narasi.compose(source)
    return {
        "laporan": {
            "nama": Teks(layout.report_name),
            "nama_kapital": Teks(layout.report_name.upper()),
            "singkatan": Teks(layout.short_name),
            "tahun": _instansi(source)["tahun"],
        },
        "instansi": _instansi(source),
        "temuan": _findings(findings),
        "narasi": dict(narratives),
        "penanda": {key: src.gap(text) for key, text in _MARKERS.items()},
        "ringkasan": tables.ringkasan(source),
        "daftar_lampiran": _appendices(source),
        "pegawai": tables.pegawai(source),
        "renstra": dict(tables.renstra(source)),
        "rencana_kerja": tables.rencana_kerja(source, rows) or None,
        "metode": method.metode(source),
        "skala": method.skala(source),
        "indikator": {"baris": rows, "kalimat": tables.averages(source)} if rows else None,
        "analisis": tables.analisis(source),
        "keuangan": _keuangan(source, dict(narratives)),
        "formulir": formulir.compose(source),
    }


def _instansi(source: Source) -> dict[str, Node]:
    form = source.book.form
    content: dict[str, Node] = {}
    for field in form.spec.fields if form else ():
        value = form.values.get(field.key) if form else None
        if value is None or form is None:
            content[field.key] = src.gap(f"{field.heading} {src.EMPTY}") if field.required else None
        else:
            shown = source.year() if field.key == "tahun" else _shown(field.key, value)
            content[field.key] = Teks(shown, (form.cell(field.key),))
    for key in ("nama", "pemda", "jabatan_kepala"):
        content.setdefault(key, src.gap(f"{key} {src.EMPTY}"))
        content[f"{key}_kapital"] = _upper(content[key])
    content.setdefault("tahun", src.gap(f"tahun {src.EMPTY}"))
    content["tanggal"] = content.get("tanggal") or src.gap("tanggal belum diisi")
    content["tempat"] = content.get("tempat") or src.gap("tempat belum diisi")
    place, day = content["tempat"], content["tanggal"]
    if isinstance(place, Teks) and isinstance(day, Teks):
        content["tempat_tanggal"] = Teks(
            f"{place}, {day}", (*place.sources, *day.sources), missing=place.missing or day.missing
        )
    start, end = (form.year("awal_renstra"), form.year("akhir_renstra")) if form else (None, None)
    content["periode"] = Teks(f"{start}–{end}") if start and end else src.gap("periode Renstra belum diisi")
    return content


def _shown(key: str, value: object) -> str:
    if key == "nip":
        return bahasa.nip(str(value))
    return bahasa.date(value) if hasattr(value, "month") else str(value)  # type: ignore[arg-type]


def _upper(node: Node) -> Node:
    return Teks(node.upper(), node.sources, missing=node.missing) if isinstance(node, Teks) else node


def _findings(findings: Sequence[Finding]) -> Node:
    """The page in front of a DRAF: every error, and how many warnings there are besides."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if not errors:
        return None
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    besides = f" Selain itu ada {bahasa.counted(warnings, 'peringatan')}." if warnings else ""
    return {
        "jumlah": Teks(str(len(errors))),
        "kalimat": Teks(
            f"Dokumen ini masih memuat {bahasa.counted(len(errors), 'kesalahan')} dan belum boleh ditandatangani. "
            f"Perbaiki workbook, lalu buat dokumennya sekali lagi; halaman ini akan hilang sendiri.{besides}"
        ),
        "baris": [
            {
                "no": Teks(str(number)),
                "kode": Teks(finding.code),
                "tempat": Teks(str(finding.cell) if finding.cell else "-"),
                "uraian": Teks(finding.message),
                "tindakan": Teks(finding.fix),
            }
            for number, finding in enumerate(errors, 1)
        ],
    }


def _appendices(source: Source) -> list[dict[str, Node]]:
    """The forms of the layout, then what the office attaches itself."""
    titles = [Teks(part.title) for part in source.layout.parts if part.level is Level.APPENDIX]
    rows: list[dict[str, Node]] = [
        {"no": Teks(str(number)), "judul": title, "keterangan": Teks("")} for number, title in enumerate(titles, 1)
    ]
    table = source.book.table("lampiran")
    for row, values in table.records() if table else ():
        if table is not None:
            rows.append(
                {
                    "no": Teks(str(len(rows) + 1)),
                    "judul": src.text(table, row, "judul", values.get("judul")),
                    "keterangan": src.text(table, row, "keterangan", values.get("keterangan")),
                }
            )
    return rows


def _keuangan(source: Source, narratives: dict[str, Node]) -> dict[str, Node]:
    by_source = tables.money_rows(source, "anggaran")
    by_sasaran = tables.money_rows(source, "anggaran_sasaran")
    by_program = tables.money_rows(source, "program")
    opening = src.body("Menurut program yang dilaksanakan, anggaran dan realisasinya adalah sebagai berikut.")
    return {
        "sumber_dana": {"kalimat": ()} | by_source if by_source else None,
        "sasaran": {"kalimat": narratives["pengantar_anggaran_sasaran"]} | by_sasaran if by_sasaran else None,
        "program": {"kalimat": opening} | by_program if by_program else None,
        "penjelasan": narratives["penjelasan_keuangan"],
    }
