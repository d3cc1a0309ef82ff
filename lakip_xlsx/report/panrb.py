"""For each sasaran strategis the seven analyses of PermenPANRB 53/2014, Anak Lampiran II/1, Bab III huruf A.

An analysis is a mapping: ``tabel`` (its rows or its grid; None where there is nothing to set in a table) and
``kalimat``, text of sentences that are computed from the same cells. Where data are missing the sentences say so:
an analysis is never empty, and never says what no cell says.
"""

from __future__ import annotations

from collections.abc import Mapping

from lakip_xlsx import bahasa
from lakip_xlsx.finding import Cell
from lakip_xlsx.report import banding, origin, panrb_ukur, panrb_upaya
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Node, Teks
from lakip_xlsx.report.credit import credit
from lakip_xlsx.report.panrb_kelompok import Kelompok, groups
from lakip_xlsx.report.source import Source

Row = dict[str, Node]


def compose(source: Source) -> list[Row]:
    """The sasaran in the order of the Renstra; last, in a block of its own, what no sasaran claims."""
    programs = panrb_upaya.Programs.read(source)
    money = ("kode_sasaran", "anggaran", "realisasi")
    spent = origin.span(source.book.table("anggaran_sasaran"), money)
    listed = origin.span(source.book.table("program"), ("kode", *money))
    rows: list[Row] = [
        {
            "no": Teks(str(group.number)),
            "uraian": group.uraian,
            "sebutan": Teks(group.name, how="nomor urut"),
            "analisis_target": credit(panrb_ukur.target(source, group), _cells(group)),
            "analisis_tahun_lalu": credit(panrb_ukur.tahun_lalu(source, group), _cells(group, *_YEARS)),
            "analisis_renstra": credit(panrb_ukur.renstra(source, group), _cells(group, "target_akhir")),
            "analisis_standar": credit(panrb_ukur.standar(source, group), _cells(group, "standar")),
            "analisis_penyebab": panrb_upaya.penyebab(source, group),
            "analisis_efisiensi": credit(panrb_upaya.efisiensi(source, group), (*_cells(group), *spent)),
            "analisis_program": credit(panrb_upaya.program(source, group, programs), (*_cells(group), *listed)),
        }
        for group in source.once(groups)
    ]
    for row, group in zip(rows, source.once(groups), strict=True):
        more = banding.per_sasaran(source, group)
        for analysis, name in _MORE.items():
            held = row[analysis]
            if isinstance(held, Mapping):
                row[analysis] = {**held, name: more[name]}
    return rows


_MORE = {
    "analisis_tahun_lalu": "riwayat",
    "analisis_renstra": "kemajuan",
    "analisis_standar": "pembanding",
    "analisis_efisiensi": "indikator",
}
"""Analysis → what stands under it where the office filled it."""
_YEARS = ("lalu1", "lalu2", "lalu3")


def _cells(group: Kelompok, *keys: str) -> tuple[Cell, ...]:
    """Target and realisasi of a sasaran's indicators, and further columns of theirs."""
    return origin.span(group.table, ("target", "realisasi", *keys), (row for row, _ in group.records))


def overview(source: Source) -> Node:
    """One row for each sasaran: how many indicators, how many of them count, capaian, predikat; None without any."""
    found: list[Row] = []
    for group in source.once(groups):
        if group.sasaran is None:
            continue
        left = group.sasaran.indikator - group.sasaran.terhitung
        counted = str(group.sasaran.indikator) if group.sasaran.indikator else "belum ada"
        cells = _cells(group)
        found.append(
            {
                "no": Teks(str(group.number)),
                "sasaran": group.uraian,
                "indikator": Teks(counted, _cells(group), how=origin.COUNT, missing=not group.sasaran.indikator),
                "capaian": src.capaian(group.sasaran.capaian, cells, origin.MEAN),
                "predikat": src.predikat(source, group.sasaran.predikat, cells, origin.CLASS_OF_MEAN),
                "keterangan": src.sentence(f"{bahasa.counted(left, 'indikator')} tidak ikut dihitung", cells)
                if left
                else src.DASH,
            }
        )
    return {"baris": found} if found else None


def measurement(source: Source) -> list[Row]:
    """The matrix of the appendix: every indicator with its basis, its result, its source and who answers for it."""
    found: list[Row] = []
    measured = source.figures.indikator
    for group in source.once(groups):
        for at, (row, values) in enumerate(group.records):
            table = group.table
            cells = origin.span(table, ("target", "realisasi"), (row,))
            how = origin.capaian(group.arah((row, values)), source.figures.batas)
            parts = [
                src.quantity(table, row, key, values.get(key)) for key in ("pembilang", "penyebut") if values.get(key)
            ]
            found.append(
                {
                    "no": Teks(str(group.number) if not at else ""),
                    "sasaran": group.uraian if not at else Teks(""),
                    "indikator": src.text(table, row, "indikator", values.get("indikator")),
                    "target": group.quantity((row, values), "target"),
                    "realisasi": group.quantity((row, values), "realisasi"),
                    "hitungan": Teks(" / ".join(parts), [c for part in parts for c in part.sources]) or src.DASH,
                    "capaian": src.capaian(measured[row].capaian, cells, how),
                    "predikat": src.predikat(source, measured[row].predikat, cells),
                    "sumber": src.text(table, row, "sumber_data", values.get("sumber_data")) or src.DASH,
                    "penanggung": src.text(table, row, "penanggung_jawab", values.get("penanggung_jawab")) or src.DASH,
                }
            )
    return found
