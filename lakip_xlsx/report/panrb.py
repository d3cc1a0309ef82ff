"""For each sasaran strategis the seven analyses of PermenPANRB 53/2014, Anak Lampiran II/1, Bab III huruf A.

An analysis is a mapping: ``tabel`` (its rows or its grid; None where there is nothing to set in a table) and
``kalimat``, text of sentences that are computed from the same cells. Where data are missing the sentences say so:
an analysis is never empty, and never says what no cell says.
"""

from __future__ import annotations

from lakip_xlsx import bahasa
from lakip_xlsx.report import panrb_ukur, panrb_upaya
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Node, Teks
from lakip_xlsx.report.panrb_kelompok import groups
from lakip_xlsx.report.source import Source

Row = dict[str, Node]


def compose(source: Source) -> list[Row]:
    """The sasaran in the order of the Renstra; last, in a block of its own, what no sasaran claims."""
    programs = panrb_upaya.Programs.read(source)
    return [
        {
            "no": Teks(str(group.number)),
            "uraian": group.uraian,
            "sebutan": Teks(group.name),
            "analisis_target": panrb_ukur.target(source, group),
            "analisis_tahun_lalu": panrb_ukur.tahun_lalu(source, group),
            "analisis_renstra": panrb_ukur.renstra(source, group),
            "analisis_standar": panrb_ukur.standar(source, group),
            "analisis_penyebab": panrb_upaya.penyebab(source, group),
            "analisis_efisiensi": panrb_upaya.efisiensi(source, group),
            "analisis_program": panrb_upaya.program(source, group, programs),
        }
        for group in groups(source)
    ]


def overview(source: Source) -> Node:
    """One row for each sasaran: how many indicators, how many of them count, capaian, predikat; None without any."""
    found: list[Row] = []
    for group in groups(source):
        if group.sasaran is None:
            continue
        left = group.sasaran.indikator - group.sasaran.terhitung
        counted = str(group.sasaran.indikator) if group.sasaran.indikator else "belum ada"
        found.append(
            {
                "no": Teks(str(group.number)),
                "sasaran": group.uraian,
                "indikator": Teks(counted, missing=not group.sasaran.indikator),
                "capaian": src.capaian(group.sasaran.capaian),
                "predikat": Teks(group.sasaran.predikat) if group.sasaran.predikat else src.NOT_CALCULABLE,
                "keterangan": Teks(f"{bahasa.counted(left, 'indikator')} tidak ikut dihitung" if left else "-"),
            }
        )
    return {"baris": found} if found else None


def measurement(source: Source) -> list[Row]:
    """The matrix of the appendix: every indicator with its basis, its result, its source and who answers for it."""
    found: list[Row] = []
    measured = source.figures.measured()
    for group in groups(source):
        for at, (row, values) in enumerate(group.records):
            table = group.table
            predikat = measured[row].predikat
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
                    "capaian": src.capaian(measured[row].capaian),
                    "predikat": Teks(predikat) if predikat else src.NOT_CALCULABLE,
                    "sumber": src.text(table, row, "sumber_data", values.get("sumber_data")) or src.DASH,
                    "penanggung": src.text(table, row, "penanggung_jawab", values.get("penanggung_jawab")) or src.DASH,
                }
            )
    return found
