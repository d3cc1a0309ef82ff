"""The whole content of a report, ready to be placed into the Word template of its layout."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from lakip_xlsx import bahasa
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.figures.gambar import Place
from lakip_xlsx.finding import Finding, FindingKind, Severity
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import fold
from lakip_xlsx.report import (
    banding,
    charts,
    formulir,
    gambar,
    method,
    narasi,
    origin,
    panrb,
    pelengkap,
    penandatangan,
    perjanjian,
    pohon,
    susunan,
    tables,
)
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Content, Image, Node, Teks, rujukan
from lakip_xlsx.report.source import Source
from lakip_xlsx.workbook import picture
from lakip_xlsx.workbook.book import Book
from lakip_xlsx.workbook.spec import Kind
from lakip_xlsx.workbook.structure import crash

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
    "perjanjian": "perjanjian kinerja belum diisi: lembar Perjanjian Kinerja",
    "perjanjian_program": "program dan anggaran belum diisi: lembar Program",
    "ikhtisar_sasaran": "capaian sasaran belum dapat disusun: lembar Renstra dan Indikator",
    "capaian_sasaran": "analisis capaian sasaran belum dapat disusun: lembar Renstra dan Indikator",
    "pengukuran": "pengukuran kinerja belum dapat disusun: lembar Indikator",
    "pps": "formulir PPS belum dapat disusun: lembar Indikator",
}


class _Content(Mapping[str, Node]):
    """Content by name, each node made when the template first asks for it.

    Every template may name everything, whatever its layout shows; only what it names costs time.
    """

    def __init__(
        self, source: Source, findings: Sequence[Finding], behind: Mapping[str, Node], crashes: list[Finding]
    ) -> None:
        self._makers: dict[str, Callable[[], Node]] = {
            **{name: partial(maker, source) for name, maker in MAKERS.items()},
            "temuan": partial(_findings, findings),
            **{name: partial(behind.get, name) for name in ("pengecualian", "reviu", "angka")},
        }
        self._made: dict[str, Node] = {}
        self._crashes = crashes

    def __getitem__(self, name: str) -> Node:
        if name not in self._made:
            self._made[name] = self._attempt(name, self._makers[name])
        return self._made[name]

    def _attempt(self, name: str, make: Callable[[], Node]) -> Node:
        """A part of the report; one that fails in our own code is absent, and the others stand."""
        try:
            return make()
        except MemoryError:
            raise  # a limit, and no fault of the part
        except Exception as error:
            if os.environ.get("LAKIP_DEBUG"):
                raise
            self._crashes.append(crash(f"Bagian {name} gagal disusun", error))
            return None

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def compose(
    book: Book,
    figures: Figures,
    layout: Layout,
    findings: Sequence[Finding],
    behind: Mapping[str, Node] | None = None,
    crashes: list[Finding] | None = None,
) -> Content:
    """Everything the template may name.

    ``findings`` fill the page in front of a DRAF, ``behind`` (``pengecualian``, ``reviu``; see
    :mod:`lakip_xlsx.report.back_pages`) the pages behind the report. A part that fails in our own code is absent
    and told in ``crashes``; with ``LAKIP_DEBUG`` set the failure is raised.
    """
    return _Content(Source(book, figures, layout), findings, behind or {}, [] if crashes is None else crashes)


def _laporan(source: Source) -> Node:
    layout, form = source.layout, source.book.form
    chosen = (form.cell("tata_letak"),) if form else ()
    return {
        "nama": Teks(layout.report_name, chosen, how=origin.LAYOUT),
        "nama_kapital": Teks(layout.report_name.upper(), chosen, how=origin.LAYOUT),
        "singkatan": Teks(layout.short_name, chosen, how=origin.LAYOUT),
        "tahun": _instansi(source)["tahun"],
    }


def _markers(source: Source) -> Node:
    del source
    return {key: src.gap(text) for key, text in _MARKERS.items()}


def _indikator(source: Source) -> Node:
    rows = source.once(tables.indikator)
    return {"baris": rows, "kalimat": tables.averages(source)} if rows else None


def _rencana_kerja(source: Source) -> Node:
    return tables.rencana_kerja(source, source.once(tables.indikator)) or None


def _instansi(source: Source) -> dict[str, Node]:
    form = source.book.form
    content: dict[str, Node] = {}
    for field in form.spec.fields if form else ():
        value = form.values.get(field.key) if form else None
        if value is None or form is None:
            content[field.key] = src.gap(f"{field.heading} {src.EMPTY}") if field.required else None
        else:
            missing = field.kind is Kind.YEAR and form.year(field.key) is None
            shown = source.year() if field.key == "tahun" else _shown(field.key, value)
            content[field.key] = Teks(shown, (form.cell(field.key),), missing=missing)
    content["logo"] = _logo(source)
    for key in ("nama", "pemda", "jabatan_kepala"):
        content.setdefault(key, src.gap(f"{key} {src.EMPTY}"))
        content[f"{key}_kapital"] = _upper(content[key])
    content["alamat_lengkap"] = _address(content.get("alamat"), content.get("provinsi"))
    content["sebutan"] = content.get("nama_singkat") or content["nama"]
    content.setdefault("tahun", src.gap(f"tahun {src.EMPTY}"))
    content["tanggal"] = content.get("tanggal") or src.gap("tanggal belum diisi")
    content["tempat"] = content.get("tempat") or src.gap("tempat belum diisi")
    place, day = content["tempat"], content["tanggal"]
    if isinstance(place, Teks) and isinstance(day, Teks):
        content["tempat_tanggal"] = Teks(
            f"{place}, {day}", (*place.sources, *day.sources), missing=place.missing or day.missing, how=origin.JOINED
        )
    start, end = (form.year("awal_renstra"), form.year("akhir_renstra")) if form else (None, None)
    ends = (form.cell("awal_renstra"), form.cell("akhir_renstra")) if form else ()
    period = Teks(f"{start}–{end}", ends, how=origin.JOINED)
    content["periode"] = period if start and end else src.gap("periode Renstra belum diisi")
    return content


def _address(street: Node, province: Node) -> Node:
    """Street and province in one line; None where neither is given."""
    given = [each for each in (street, province) if isinstance(each, Teks)]
    texts = [str(each) if each is street or fold(each).startswith("provinsi") else f"Provinsi {each}" for each in given]
    cells = tuple(cell for each in given for cell in each.sources)
    return Teks(", ".join(texts), cells, how=origin.JOINED) if texts else None


def _logo(source: Source) -> Node:
    """The office's logo; a visible gap where the named file is no picture; None where none is named."""
    form = source.book.form
    name = form.text("logo") if form else ""
    if form is None or not name:
        return None
    found = picture.read(source.book.path.parent, name)
    if isinstance(found, str):
        return src.gap(f"logo tidak dapat dipakai: {name}")
    return Image(found.data, found.width, found.height, f"Logo {source.office}", (form.cell("logo"),))


def _shown(key: str, value: object) -> str:
    if key == "nip":
        return bahasa.nip(str(value))
    return bahasa.date(value) if hasattr(value, "month") else str(value)  # type: ignore[arg-type]


def _upper(node: Node) -> Node:
    return (
        Teks(node.upper(), node.sources, missing=node.missing, how=origin.CAPITALS) if isinstance(node, Teks) else node
    )


def _findings(findings: Sequence[Finding]) -> Node:
    """The page in front of a DRAF: every error, and how many warnings there are besides."""
    every = [finding for finding in findings if finding.severity is Severity.ERROR]
    if not every:
        return None
    wrong = [finding for finding in every if finding.kind is FindingKind.FAULT]
    errors = [*wrong, *(finding for finding in every if finding.kind is FindingKind.UNFILLED)]
    kinds = f"{len(wrong)} keliru, {len(errors) - len(wrong)} belum diisi"
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    besides = f" Selain itu ada {bahasa.counted(warnings, 'peringatan')}." if warnings else ""
    return {
        "jumlah": Teks(str(len(errors)), how=origin.FINDING),
        "kalimat": Teks(
            f"Dokumen ini masih memuat {bahasa.counted(len(errors), 'kesalahan')} ({kinds}) dan belum boleh "
            "ditandatangani. "
            f"Perbaiki workbook, lalu buat dokumennya sekali lagi; halaman ini akan hilang sendiri.{besides}",
            how=origin.FINDING,
        ),
        "baris": [
            {
                "no": Teks(str(number)),
                "kode": Teks(finding.code, how=origin.FINDING),
                "tempat": Teks(str(finding.cell) if finding.cell else "-", how=origin.FINDING),
                "uraian": Teks(finding.message, (finding.cell,) if finding.cell else (), how=origin.FINDING),
                "tindakan": Teks(finding.fix, how=origin.FINDING),
            }
            for number, finding in enumerate(errors, 1)
        ],
    }


def _appendices(source: Source) -> list[dict[str, Node]]:
    """The forms of the layout, the office's own texts before the first landscape page, then what it attaches."""
    narasi_table, own = source.book.table("narasi"), source.once(src.placed).own
    cells = {each.title: narasi_table.cell(each.rows[0], "bagian") for each in own if narasi_table}
    rows: list[dict[str, Node]] = [
        {
            "no": Teks(str(number), how=origin.ORDER),
            "judul": Teks(title, (cells[title],)) if title in cells else Teks(title, how=origin.LAYOUT),
            "keterangan": Teks(""),
        }
        for number, title in enumerate(susunan.appendix_titles(susunan.shown_parts(source), own), 1)
    ]
    attached = enumerate(_attachments(source), len(rows) + 1)
    rows += [{"no": Teks(str(number), how=origin.ORDER), **each} for number, each in attached]
    return rows


def _attached_pages(source: Source) -> list[dict[str, Node]]:
    """The pages for what the office attaches, each with the pictures of it that the workbook names."""
    return [
        {**each, "gambar": gambar.of(source, Place.ATTACHMENT, str(each["judul"]))} for each in _attachments(source)
    ]


def _attachments(source: Source) -> list[dict[str, Node]]:
    """What the office attaches itself: each entry of the sheet Lampiran."""
    table = source.book.table("lampiran")
    return [
        {key: src.text(table, row, key, values.get(key)) for key in ("judul", "keterangan")}
        for row, values in (table.records() if table else ())
        if table is not None
    ]


def _keuangan(source: Source) -> Node:
    by_source = source.once(tables.money_rows, "anggaran")
    by_sasaran = source.once(tables.money_rows, "anggaran_sasaran")
    by_program = source.once(tables.money_rows, "program")
    opening = src.credited(
        source, src.body("Menurut program yang dilaksanakan, anggaran dan realisasinya adalah sebagai berikut.")
    )
    by_kind = source.once(tables.money_rows, "belanja")
    kinds = src.credited(
        source,
        src.body(f"Menurut jenis belanjanya, anggaran dan realisasi tersebut disajikan pada {rujukan('belanja')}."),
    )
    between = narasi.text(source, "pengantar_anggaran_sasaran")
    return {
        "sumber_dana": {"kalimat": ()} | by_source if by_source else None,
        "sasaran": {"kalimat": between} | by_sasaran if by_sasaran else None,
        "program": {"kalimat": opening} | by_program if by_program else None,
        "belanja": {"kalimat": kinds} | by_kind if by_kind else None,
        "penjelasan": narasi.text(source, "penjelasan_keuangan"),
    }


MAKERS: Final[dict[str, Callable[[Source], Node]]] = {
    "laporan": _laporan,
    "instansi": _instansi,
    "narasi": narasi.compose,
    "bagian": narasi.own,
    "penanda": _markers,
    "ringkasan": tables.ringkasan,
    "daftar_lampiran": _appendices,
    "pegawai": tables.pegawai,
    "renstra": tables.renstra,
    "rencana_kerja": _rencana_kerja,
    "metode": method.metode,
    "skala": method.skala,
    "indikator": _indikator,
    "analisis": tables.analisis,
    "keuangan": _keuangan,
    "formulir": formulir.compose,
    "perjanjian": perjanjian.compose,
    "pernyataan_reviu": penandatangan.pernyataan_reviu,
    "lampiran_lain": _attached_pages,
    "gambar": gambar.compose,
    "pohon": pohon.compose,
    "ikhtisar_sasaran": panrb.overview,
    "capaian_sasaran": panrb.compose,
    "pengukuran": panrb.measurement,
    "grafik": charts.compose,
    **pelengkap.MAKERS,
    **banding.MAKERS,
}
"""Name in the template → what makes its content. A new name is one function and one entry here."""
