"""Sentences with numbers, computed from the same figures as the tables.

Nearly every contradiction in a real report is a sentence that was left over from another year; these
cannot be.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import NamedTuple

from lakip_xlsx import bahasa, numbers
from lakip_xlsx.figures.figures import Money
from lakip_xlsx.figures.hierarchy import top_level
from lakip_xlsx.finding import Cell
from lakip_xlsx.numbers import HUNDRED, fold
from lakip_xlsx.report import origin
from lakip_xlsx.report.content import Teks
from lakip_xlsx.report.source import Source, sentence

_TOTAL_FROM = ("anggaran", "anggaran_sasaran", "program")


class Staff(NamedTuple):
    """Number of staff at the start and the end of the year, and the cells that were added up."""

    start: int
    end: int
    cells: tuple[Cell, ...]


def staff(source: Source) -> Staff | None:
    """Number of staff at the start and the end of the year, from the first Kelompok that has both."""
    table = source.book.table("pegawai")
    if table is None or "kelompok" not in table:
        return None
    groups: dict[str, list[tuple[Decimal, Decimal, int]]] = {}
    for row, kelompok in table.column("kelompok"):
        start, end = table.number(row, "awal"), table.number(row, "akhir")
        if start is not None and end is not None:
            groups.setdefault(str(kelompok), []).append((start, end, row))
    for counted in groups.values():
        cells = origin.span(table, ("awal", "akhir"), (row for _, _, row in counted))
        return Staff(int(sum(each[0] for each in counted)), int(sum(each[1] for each in counted)), cells)
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
    values = [each.capaian for each in source.figures.indikator.values()]
    return len(values), sum(value is None for value in values)


def total(source: Source) -> tuple[Money, tuple[Cell, ...]] | None:
    """The office's total with its cells: by sumber dana, else by sasaran, else by program."""
    for key in _TOTAL_FROM:
        sums, table = source.figures.totals.get(key), source.book.table(key)
        if table is not None and sums is not None and sums.anggaran is not None and sums.realisasi is not None:
            return sums, origin.span(table, ("anggaran", "realisasi"), top_level(table))
    return None


def kind_cells(source: Source) -> tuple[Cell, ...]:
    """The cells that :func:`kinds` counts."""
    return origin.span(source.book.table("program"), ("jenis",))


def measured_cells(source: Source) -> tuple[Cell, ...]:
    """Target and realisasi of all indicators."""
    return origin.span(source.book.table("indikator"), ("target", "realisasi"))


def _named(source: Source, *keys: str) -> tuple[Cell, ...]:
    """Cells of the form that a sentence names."""
    form = source.book.form
    return tuple(form.cell(key) for key in keys) if form else ()


def carried_out(source: Source) -> list[Teks]:
    """What was carried out: so many kegiatan in so many programs."""
    held = kinds(source)
    if not held["program"]:
        return []
    what = bahasa.counted(held["program"], "program")
    if held["kegiatan"]:
        what = f"{bahasa.counted(held['kegiatan'], 'kegiatan')} dalam {what}"
    if held["sub kegiatan"]:
        what = f"{bahasa.counted(held['sub kegiatan'], 'sub kegiatan')} pada {what}"
    said = f"Pada tahun {source.year()}, {source.office} melaksanakan {what}."
    return [sentence(said, (*_named(source, "tahun", "nama"), *kind_cells(source)))]


def measured(source: Source) -> list[Teks]:
    """How many indicators were measured, and how many could not be."""
    many, without = indicators(source)
    if not many:
        return []
    said = f"Pengukuran kinerja dilakukan terhadap {bahasa.counted(many, 'indikator kinerja sasaran')}"
    if without:
        said += f", {bahasa.counted(without)} di antaranya tidak dapat dihitung capaiannya"
    return [sentence(f"{said}.", measured_cells(source))]


def per_class(source: Source) -> list[Teks]:
    """So many indicators in each class of the scale, best first."""
    counts = source.figures.predikat
    if not len(source.figures.indikator) or not counts:
        return []
    lines = [f"predikat {name}: {bahasa.counted(number, 'indikator')}" for name, number in counts.items()]
    _, without = indicators(source)
    if without:
        lines.append(f"tidak dapat dihitung: {bahasa.counted(without, 'indikator')}")
    cells = measured_cells(source)
    return [sentence(f"{line}{'.' if line is lines[-1] else ';'}", cells) for line in lines]


def reached(source: Source) -> list[Teks]:
    """Whether the targets were reached."""
    known = [each.capaian for each in source.figures.indikator.values() if each.capaian is not None]
    if not known:
        return []
    met = sum(value >= HUNDRED for value in known)
    if met == len(known):
        said = f"Seluruh target dari {bahasa.counted(met, 'indikator')} yang dapat dihitung tercapai."
    else:
        below = bahasa.counted(len(known) - met, "indikator")
        said = f"Target {bahasa.counted(met, 'indikator')} tercapai, sedangkan {below} belum mencapai target."
    return [sentence(said, measured_cells(source))]


def spent(source: Source) -> list[Teks]:
    """Budget, realisasi, percentage and what was left over."""
    found = total(source)
    if found is None:
        return []
    sums, cells = found
    said = _spent(source, sums)
    return [sentence(said, cells)] if said else []


def _spent(source: Source, sums: Money) -> str:
    if sums.anggaran is None or sums.realisasi is None:
        return ""
    if sums.serapan is None:
        return f"Anggaran tahun {source.year()} tidak tersedia (Rp{numbers.rupiah(sums.anggaran)})."
    said = (
        f"Dari anggaran sebesar Rp{numbers.rupiah(sums.anggaran)} terealisasi Rp{numbers.rupiah(sums.realisasi)} "
        f"atau {numbers.percent(sums.serapan)}%"
    )
    rest = sums.anggaran - sums.realisasi
    if rest > 0:
        return f"{said}, sehingga terdapat sisa anggaran sebesar Rp{numbers.rupiah(rest)}."
    if rest < 0:
        return f"{said}, melebihi anggaran sebesar Rp{numbers.rupiah(-rest)}."
    return f"{said}, sehingga tidak ada sisa anggaran."
