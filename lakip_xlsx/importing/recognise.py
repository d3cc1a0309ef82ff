"""From files to a proposal: read, find the tables, know their kinds, take what they hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard.sniff import WORD, WORKBOOK
from lakip_xlsx.importing.budget import take_budget
from lakip_xlsx.importing.chapters import take_chapters
from lakip_xlsx.importing.funds import take_goals, take_sources
from lakip_xlsx.importing.grid import Grid, Source
from lakip_xlsx.importing.kinds import Kind, kinds_of
from lakip_xlsx.importing.performance import take_performance
from lakip_xlsx.importing.programs import take_outputs
from lakip_xlsx.importing.proposal import Proposal, Taken, Years
from lakip_xlsx.importing.read_documents import read_word
from lakip_xlsx.importing.read_pdf import read_pdf
from lakip_xlsx.importing.read_sheets import read_csv, read_excel
from lakip_xlsx.importing.staff import take_counts, take_list
from lakip_xlsx.importing.tables import Column, Table, lines_above, tables_of
from lakip_xlsx.importing.vocabulary import Concept
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import fold

READERS: dict[str, Callable[[Path], Source]] = {
    ".xlsx": read_excel,
    ".xlsm": read_excel,
    ".csv": read_csv,
    ".txt": read_csv,
    ".tsv": read_csv,
    ".docx": read_word,
    ".pdf": read_pdf,
}
_TITLED = re.compile(
    r"\b(?:tahun(?: anggaran)?|ta\.?|t\.a\.?|per|31 desember|1 januari|desember)\s*:?\s*((?:19|20)[0-9]{2})\b"
)
_OLDER = frozenset({".doc", ".docm", ".rtf", ".odt", ".xls", ".xlsb", ".ods", ".htm", ".html"})
_REPORT = 3  # headings that make a document a report with chapters
_SHEETS = {
    Kind.BUDGET: "Program",
    Kind.OUTPUTS: "Program",
    Kind.SOURCES: "Anggaran",
    Kind.BY_GOAL: "Anggaran Sasaran",
    Kind.AGREEMENT: "Indikator, Perjanjian Kinerja",
    Kind.MEASURED: "Indikator",
    Kind.SERIES: "Indikator",
    Kind.ACTIONS: "Indikator, Perjanjian Kinerja, Rencana Aksi",
    Kind.STAFF: "Pegawai",
    Kind.STAFF_COUNT: "Pegawai",
}


def read(path: Path, name: str = "") -> Source:
    """A source of a kind that is known by its ending. ``name`` is what people call it.

    Raises:
        UnreadableError: it is of no such kind, or cannot be read.
    """
    reader = READERS.get(path.suffix.casefold())
    if reader is None:
        known = ", ".join(READERS)
        kind = WORD if path.suffix.casefold() in {".doc", ".docm", ".rtf", ".odt"} else WORKBOOK
        advice = kind.save_as if path.suffix.casefold() in _OLDER else f"Yang dapat: {known}."
        raise UnreadableError(f"{path.name}: jenis berkas ini tidak dapat diimpor. {advice}")
    try:
        source = reader(path)
    except MemoryError as error:
        raise UnreadableError(f"{path.name}: terlalu besar untuk memori komputer ini.") from error
    source.file = name or source.file
    for grid in source.grids:
        grid.file = source.file
    return source


def propose(sources: Iterable[Source], *, year: int | None, office: str, layout: Layout) -> Proposal:
    """What the sources together hold for a workbook of this year and this office."""
    proposal = Proposal()
    for source in sources:
        titled = _year_of(source.title)
        proposal.told += [f"{source.file}: {note}" for note in source.notes]
        found = [table for grid in source.grids for table in tables_of(grid)]
        for table in found:
            proposal.taken.append(_take(table, _years(table, titled, year), office))
        proposal.taken += [_unknown(grid) for grid in source.grids if not any(table.grid is grid for table in found)]
        if len(source.chapters) >= _REPORT:
            taken = Taken(source.file, kind="bab-bab laporan")
            take_chapters(source, layout, taken)
            proposal.taken.append(taken)
        if titled is None and year is not None and not any(_year_of(lines_above(table)) for table in found):
            proposal.told.append(f"{source.file}: tahunnya tidak tertulis; dianggap tahun laporan ({year})")
    return proposal


def _unknown(grid: Grid) -> Taken:
    first = next(iter(grid.rows.values()), {})
    texts = [content.text for _, content in sorted(first.items()) if content.text]
    return Taken(f"{grid.file}, {grid.part}".rstrip(", "), unused=texts[:8], rows=len(grid.rows))


def _year_of(texts: Iterable[str]) -> int | None:
    """The year that titles speak of; None where they name none, or several alike."""
    found = Counter(int(year) for text in texts for year in _TITLED.findall(fold(text)))
    best = found.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _years(table: Table, titled: int | None, year: int | None) -> Years:
    """The year of a table: as it is titled itself, else as its document is."""
    own = _year_of(lines_above(table))
    return Years(year, own or titled)


def _take(table: Table, years: Years, office: str) -> Taken:
    kinds = kinds_of(table)
    taken = Taken(table.name, kind=" dan ".join(kinds), rows=len(table.rows))
    _only_ours(table, taken, years, office)
    for kind in kinds:
        _take_as(kind, table, taken, years)
    for record in taken.records:
        record.table = table.name
    used = _used(taken, table) | set(taken.goes) if kinds else set()
    for column in table.columns.values():
        if kinds and column.number in used:
            what = taken.goes.get(column.number, column.about.concept)
            taken.columns.append((column.heading, f"{_SHEETS[kinds[0]]}: {what}"))
        elif column.about.concept is not Concept.NO:
            taken.unused.append(column.heading)
    return taken


def _take_as(kind: Kind, table: Table, taken: Taken, years: Years) -> None:
    if kind is Kind.BUDGET:
        if years.back:
            taken.leave(table.name, f"anggaran tahun {years.source}, sedangkan laporannya tahun {years.report}")
        else:
            take_budget(table, taken, years.report)
    elif kind in {Kind.AGREEMENT, Kind.MEASURED, Kind.SERIES, Kind.ACTIONS}:
        take_performance(table, kind, taken, years)
    else:
        takers = {
            Kind.OUTPUTS: take_outputs,
            Kind.SOURCES: take_sources,
            Kind.BY_GOAL: take_goals,
            Kind.STAFF: take_list,
            Kind.STAFF_COUNT: take_counts,
        }
        takers[kind](table, taken, years)


def _used(taken: Taken, table: Table) -> set[int]:
    """The columns that some value came from, as the places of the values say."""
    places = {given.source.partition(" (")[0] for record in taken.records for given in record.values.values()}
    used = {c.number for c in table.columns.values() if any(table.place(row, c) in places for row in table.rows)}
    named = {Concept.KODE, Concept.URAIAN, Concept.JENIS, Concept.SUMBER_DANA, Concept.KELAMIN}
    if taken.records:
        used |= {c.number for c in table.columns.values() if c.about.concept in named}
        headings = " ".join(given.source for record in taken.records for given in record.values.values())
        used |= {c.number for c in table.columns.values() if f"kolom {c.heading}" in headings}
    return used


def _only_ours(table: Table, taken: Taken, years: Years, office: str) -> None:
    """Take away the rows of other years and other offices, where columns say whose they are."""
    for column in table.having(Concept.TAHUN):
        said = {row: table.text(row, column) for row in table.rows}
        if years.report is not None and len(set(said.values()) - {""}) > 1:
            table.rows = [row for row in table.rows if said[row] in {"", str(years.report)}]
            taken.told.append(f'hanya baris tahun {years.report} menurut kolom "{column.heading}"')
    for column in table.having(Concept.OPD):
        _only_office(table, column, taken, office)


def _only_office(table: Table, column: Column, taken: Taken, office: str) -> None:
    said = {row: fold(table.text(row, column)) for row in table.rows}
    names = {name for name in said.values() if name}
    if len(names) < 2:
        return
    own = {name for name in names if office and (fold(office) in name or name in fold(office))}
    if len(own) != 1:
        why = f'kolom "{column.heading}" memuat {len(names)} perangkat daerah dan tidak jelas mana yang dimaksud'
        taken.leave(table.name, why)
        table.rows = []
        return
    table.rows = [row for row in table.rows if said[row] in own]
    taken.told.append(f"hanya baris {office}; {len(said) - len(table.rows)} baris perangkat daerah lain dilewati")
