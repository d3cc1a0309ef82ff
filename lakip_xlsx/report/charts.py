"""The report's charts: the same figures as its tables, drawn where there is something to see.

Each topic is a list of figures: none when there is nothing worth drawing, several when one would not fit
on a page. Percentages are rounded half up to two decimals, money is not rounded at all.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from lakip_xlsx import numbers
from lakip_xlsx.figures.figures import earlier
from lakip_xlsx.figures.hierarchy import top_level
from lakip_xlsx.finding import Cell
from lakip_xlsx.numbers import HUNDRED, decimals, fold, half_up, squeeze
from lakip_xlsx.report import source as src
from lakip_xlsx.report import tables
from lakip_xlsx.report.content import Chart, ChartKind, Node, Reference, Series, Teks
from lakip_xlsx.report.source import Source
from lakip_xlsx.workbook.book import Table, Value

_LONGEST, _LONGEST_OF_MANY = 100, 42  # letters of a name beside its bar, and beside one of many
_HEAD = 0.6  # of a shortened name stand before what is left out, the rest behind it: the ends tell names apart
_SHORT, _FEW = 14, 8  # names that fit under standing bars: letters, how many
_MOST_NAMES, _MOST_BARS = 24, 40  # in one figure: it still fits on a page
_MANY = 12  # names: beyond that each takes one line
_MOST_FIGURES = 5  # beyond that a table tells more
_YEARS: Final = (("lalu3", -3), ("lalu2", -2), ("lalu1", -1), ("realisasi", 0))


@dataclass(frozen=True, slots=True)
class _Line:
    """One category: its name, a value for each series, the cells they come from."""

    name: str
    values: tuple[Decimal | None, ...]
    sources: tuple[Cell, ...]


def compose(source: Source) -> dict[str, Node]:
    """Topic → its figures, each with a title (``judul``) and the chart (``bagan``)."""
    return {
        "capaian": capaian(source),
        "anggaran_sasaran": money(source, "anggaran_sasaran", "Anggaran dan Realisasi menurut Sasaran"),
        "anggaran_program": money(source, "program", "Anggaran dan Realisasi menurut Program"),
        "pegawai": pegawai(source),
        "tahun": tahun(source),
        "tren": tren(source),
    }


def capaian(source: Source) -> list[dict[str, Node]]:
    """Capaian of every indicator, with a line at 100 %."""
    table = source.book.table("indikator")
    if table is None:
        return []
    measured = source.figures.indikator
    lines = []
    for number, (row, values) in enumerate(table.records(), 1):
        value = measured[row].capaian
        name = f"{number}. {_name(table, row, 'indikator', values)}"
        cells = (table.cell(row, "target"), table.cell(row, "realisasi"))
        lines.append(_Line(name, (None if value is None else half_up(value, 2),), cells))
    usual = all(0 <= value < 2 * HUNDRED for line in lines for value in line.values if value is not None)
    marked = "100%" if usual else "kelipatan 100%"
    return _figures(
        f"Capaian Indikator Kinerja Sasaran Tahun {source.year()}",
        ("Capaian (%)",),
        lines,
        places=2,
        reference=Reference(HUNDRED, f"Capaian (%); garis putus-putus menandai {marked}"),
    )


def money(source: Source, key: str, title: str) -> list[dict[str, Node]]:
    """Anggaran beside realisasi, in whole rupiah."""
    table, rows = source.book.table(key), source.once(tables.money_rows, key)
    if table is None or rows is None:
        return []
    shown = rows["baris"]
    lines = []
    for row, line in zip(top_level(table), shown if isinstance(shown, list) else [], strict=True):
        lead = f"{line['kode']} " if key == "program" else f"{line['no']}. "
        pair = (table.number(row, "anggaran"), table.number(row, "realisasi"))
        cells = (table.cell(row, "anggaran"), table.cell(row, "realisasi"))
        lines.append(_Line(squeeze(f"{lead}{line['uraian']}"), pair, cells))
    names = ("Anggaran (Rp)", "Realisasi (Rp)")
    return _figures(f"{title} Tahun {source.year()}", names, lines, places=_places(lines))


def pegawai(source: Source) -> list[dict[str, Node]]:
    """Staff by education at the start and at the end of the year; by the first other grouping without it."""
    table = source.book.table("pegawai")
    if table is None or "kelompok" not in table:
        return []
    groups: dict[str, list[_Line]] = {}
    for row, values in table.records():
        pair = (_number(values.get("awal")), _number(values.get("akhir")))
        cells = (table.cell(row, "awal"), table.cell(row, "akhir"))
        line = _Line(str(_name(table, row, "uraian", values)), pair, cells)
        groups.setdefault(squeeze(str(values.get("kelompok") or "")), []).append(line)
    for group in sorted(groups, key=lambda name: fold(name) != "pendidikan"):
        title = f"Jumlah Pegawai menurut {group} Tahun {source.year()} (orang)"
        names = (f"1 Januari {source.year()}", f"31 Desember {source.year()}")
        figures = _figures(title, names, groups[group], places=0) if group else []
        if figures:
            return figures
    return []


def tahun(source: Source) -> list[dict[str, Node]]:
    """Realisasi of this year beside earlier years: one figure for the indicators of one unit.

    Only indicators of the same unit share an axis, and only those with an earlier year are compared.
    """
    table, year = source.book.table("indikator"), source.tahun
    if table is None or year is None:
        return []
    units: dict[str, tuple[str, list[_Line]]] = {}
    for number, (row, values) in enumerate(table.records(), 1):
        unit = squeeze(str(values.get("satuan") or ""))
        found = tuple(_of_unit(table, row, key, values, unit) for key, _ in _YEARS)
        if unit and found[-1] is not None and any(value is not None for value in found[:-1]):
            name = f"{number}. {_name(table, row, 'indikator', values)}"
            cells = tuple(table.cell(row, key) for key, _ in _YEARS if key in table)
            units.setdefault(fold(unit), (unit, []))[1].append(_Line(name, found, cells))
    figures: list[dict[str, Node]] = []
    for unit, lines in units.values():
        used = [at for at in range(len(_YEARS)) if any(line.values[at] is not None for line in lines)]
        kept = [_Line(line.name, tuple(line.values[at] for at in used), line.sources) for line in lines]
        title = f"Realisasi Indikator Tahun {year + _YEARS[used[0]][1]}–{year} (satuan: {unit})"
        names = tuple(str(year + _YEARS[at][1]) for at in used)
        figures += _figures(title, names, kept, places=_places(kept))
    return figures


def tren(source: Source) -> list[dict[str, Node]]:
    """Capaian of this year beside that of earlier years, of the indicators whose earlier targets are known."""
    table, year = source.book.table("indikator"), source.tahun
    if table is None or year is None:
        return []
    batas, lines = source.figures.batas, []
    for number, (row, values) in enumerate(table.records(), 1):
        before = tuple(earlier(table, row, back, batas) for back in (3, 2, 1))
        if any(value is not None for value in before):
            found = (*before, source.figures.indikator[row].capaian)
            cells = tuple(
                table.cell(row, key)
                for back in (3, 2, 1)
                for key in (f"target_lalu{back}", f"lalu{back}")
                if key in table
            )
            shown = tuple(None if value is None else half_up(value, 2) for value in found)
            lines.append(_Line(f"{number}. {_name(table, row, 'indikator', values)}", shown, cells))
    used = [at for at in range(len(_YEARS)) if any(line.values[at] is not None for line in lines)]
    kept = [_Line(line.name, tuple(line.values[at] for at in used), line.sources) for line in lines]
    if not kept:
        return []
    first = year + _YEARS[used[0]][1]
    names = tuple(str(year + _YEARS[at][1]) for at in used)
    return _figures(f"Capaian Indikator Kinerja Tahun {first}–{year} (%)", names, kept, places=2)


def _of_unit(table: Table, row: int, key: str, values: dict[str, Value], unit: str) -> Decimal | None:
    """The number in a cell, unless it is written with another unit than that of its indicator."""
    written = table.units.get((row, key), "")
    return None if written and fold(written) != fold(unit) else _number(values.get(key))


def _number(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _name(table: Table, row: int, key: str, values: dict[str, Value]) -> Teks:
    return Teks(squeeze(src.text(table, row, key, values.get(key))))


def _places(lines: Iterable[_Line]) -> int:
    """As many decimals as the numbers have, at most four."""
    return min(4, max((decimals(value) for line in lines for value in line.values if value is not None), default=0))


def _figures(
    title: str,
    names: tuple[str, ...],
    lines: Sequence[_Line],
    *,
    places: int,
    reference: Reference | None = None,
) -> list[dict[str, Node]]:
    """The figures of one topic: none without two categories with a value, or when all values are 0."""
    with_value = [line for line in lines if any(value is not None for value in line.values)]
    if len(with_value) < 2 or not any(value for line in lines for value in line.values):
        return []
    parts = _parts(lines, min(_MOST_NAMES, _MOST_BARS // len(names)))
    if len(parts) > _MOST_FIGURES:
        return []
    figures: list[dict[str, Node]] = []
    for number, part in enumerate(parts, 1):
        shown = title if len(parts) == 1 else f"{title} (bagian {number} dari {len(parts)})"
        chart = _chart(shown, names, part, places=places, reference=reference)
        figures.append({"judul": Teks(shown, chart.sources, how="judul grafik"), "bagan": chart})
    return figures


def _parts(lines: Sequence[_Line], most: int) -> list[Sequence[_Line]]:
    """The lines in parts of nearly the same length, none longer than ``most``."""
    many = -(-len(lines) // most)
    edges = [len(lines) * at // many for at in range(many + 1)]
    return [lines[start:end] for start, end in pairwise(edges)]


def _chart(
    title: str, names: tuple[str, ...], lines: Sequence[_Line], *, places: int, reference: Reference | None
) -> Chart:
    short = len(lines) <= _FEW and all(len(line.name) <= _SHORT for line in lines)
    longest = _LONGEST if len(lines) <= _MANY else _LONGEST_OF_MANY
    kind = ChartKind.COLUMN if short and len(names) <= 2 and reference is None else ChartKind.BAR
    return Chart(
        kind=kind,
        title=title,
        categories=tuple(f"{_cut(line.name, longest)}{_absent(names, line)}" for line in lines),
        full_names=tuple(f"{line.name}{_absent(names, line)}" for line in lines),
        series=tuple(Series(name, tuple(line.values[at] for line in lines)) for at, name in enumerate(names)),
        places=places,
        alt=_in_words(title, names, lines, places, "batang mendatar" if kind is ChartKind.BAR else "batang"),
        reference=reference,
        sources=tuple(dict.fromkeys(cell for line in lines for cell in line.sources)),
    )


def _cut(name: str, longest: int) -> str:
    """A name in so many letters: its words from both ends; the whole one stands in the table and in the data sheet."""
    if len(name) <= longest:
        return name
    head = textwrap.shorten(name, round(longest * _HEAD), placeholder="")
    tail = textwrap.shorten(name[::-1], longest - len(head) - 3, placeholder="")[::-1]
    return f"{head} … {tail}" if head and tail else f"{name[: longest - 2]} …"


def _absent(names: tuple[str, ...], line: _Line) -> str:
    """What a name must say because no bar can: which values there are not."""
    missing = [name for name, value in zip(names, line.values, strict=True) if value is None]
    if not missing:
        return ""
    return " (n/a)" if len(missing) == len(names) else f" ({', '.join(missing)}: n/a)"


def _in_words(title: str, names: tuple[str, ...], lines: Sequence[_Line], places: int, kind: str) -> str:
    """The chart in words, number by number."""
    rows = (
        f"{line.name}: {', '.join(_said(name, value, places) for name, value in zip(names, line.values, strict=True))}"
        for line in lines
    )
    return f"Grafik {kind}. {title}. {'; '.join(rows)}."


def _said(name: str, value: Decimal | None, places: int) -> str:
    return f"{name} {'n/a' if value is None else numbers.show(value, places)}"
