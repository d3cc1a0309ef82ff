"""Sentences with numbers, computed from the same figures as the tables.

Nearly every contradiction in a real report is a sentence that was left over from another year; these
cannot be.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from lakip_xlsx import bahasa, numbers
from lakip_xlsx.figures.figures import Money
from lakip_xlsx.numbers import HUNDRED, fold
from lakip_xlsx.report.source import Source

_TOTAL_FROM = ("anggaran", "anggaran_sasaran", "program")


def staff(source: Source) -> tuple[int, int] | None:
    """Number of staff at the start and the end of the year, from the first Kelompok that has both."""
    table = source.book.table("pegawai")
    if table is None or "kelompok" not in table:
        return None
    groups: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for row, kelompok in table.column("kelompok"):
        start, end = table.number(row, "awal"), table.number(row, "akhir")
        if start is not None and end is not None:
            groups.setdefault(str(kelompok), []).append((start, end))
    for pairs in groups.values():
        start_sum, end_sum = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
        return int(start_sum), int(end_sum)
    return None


def kinds(source: Source) -> Counter[str]:
    """How many Program, Kegiatan and Sub Kegiatan the sheet Program lists (folded names)."""
    table = source.book.table("program")
    return Counter(fold(str(value)) for _, value in table.column("jenis") if value) if table else Counter()


def programs(source: Source) -> int:
    """How many programs."""
    return kinds(source)["program"]


def indicators(source: Source) -> tuple[int, int]:
    """How many indicators, and how many of them cannot be calculated."""
    values = source.figures.indikator["capaian"].tolist()
    return len(values), sum(value is None for value in values)


def total(source: Source) -> Money | None:
    """The office's total: by sumber dana, else by sasaran, else by program."""
    for key in _TOTAL_FROM:
        sums = source.figures.totals.get(key)
        if sums is not None and sums.anggaran is not None and sums.realisasi is not None:
            return sums
    return None


def carried_out(source: Source) -> list[str]:
    """What was carried out: so many kegiatan in so many programs."""
    held = kinds(source)
    if not held["program"]:
        return []
    what = bahasa.counted(held["program"], "program")
    if held["kegiatan"]:
        what = f"{bahasa.counted(held['kegiatan'], 'kegiatan')} dalam {what}"
    if held["sub kegiatan"]:
        what = f"{bahasa.counted(held['sub kegiatan'], 'sub kegiatan')} pada {what}"
    return [f"Pada tahun {source.year()}, {source.office} melaksanakan {what}."]


def measured(source: Source) -> list[str]:
    """How many indicators were measured, and how many could not be."""
    many, without = indicators(source)
    if not many:
        return []
    sentence = f"Pengukuran kinerja dilakukan terhadap {bahasa.counted(many, 'indikator kinerja sasaran')}"
    if without:
        sentence += f", {bahasa.counted(without)} di antaranya tidak dapat dihitung capaiannya"
    return [f"{sentence}."]


def per_class(source: Source) -> list[str]:
    """So many indicators in each class of the scale, best first."""
    counts = source.figures.predikat_counts()
    if not len(source.figures.indikator) or not counts:
        return []
    lines = [f"predikat {name}: {bahasa.counted(number, 'indikator')}" for name, number in counts.items()]
    _, without = indicators(source)
    if without:
        lines.append(f"tidak dapat dihitung: {bahasa.counted(without, 'indikator')}")
    return [f"{line}{'.' if line is lines[-1] else ';'}" for line in lines]


def reached(source: Source) -> list[str]:
    """Whether the targets were reached."""
    known = [value for value in source.figures.indikator["capaian"].tolist() if value is not None]
    if not known:
        return []
    met = sum(value >= HUNDRED for value in known)
    if met == len(known):
        return [f"Seluruh target dari {bahasa.counted(met, 'indikator')} yang dapat dihitung tercapai."]
    below = len(known) - met
    return [
        f"Target {bahasa.counted(met, 'indikator')} tercapai, sedangkan {bahasa.counted(below, 'indikator')} "
        f"belum mencapai "
        "target."
    ]


def spent(source: Source) -> list[str]:
    """Budget, realisasi, percentage and what was left over."""
    sums = total(source)
    if sums is None or sums.anggaran is None or sums.realisasi is None:
        return []
    if sums.serapan is None:
        return [f"Anggaran tahun {source.year()} tidak tersedia (Rp {numbers.rupiah(sums.anggaran)})."]
    sentence = (
        f"Dari anggaran sebesar Rp {numbers.rupiah(sums.anggaran)} terealisasi Rp "
        f"{numbers.rupiah(sums.realisasi)} atau "
        f"{numbers.percent(sums.serapan)}%"
    )
    rest = sums.anggaran - sums.realisasi
    if rest > 0:
        return [f"{sentence}, sehingga terdapat sisa anggaran sebesar Rp {numbers.rupiah(rest)}."]
    if rest < 0:
        return [f"{sentence}, melebihi anggaran sebesar Rp {numbers.rupiah(-rest)}."]
    return [f"{sentence}, sehingga tidak ada sisa anggaran."]
