"""Every figure of a workbook, with what it is about: cells, remainders, shares, differences, means and counts.

The figures of a subject are made when a sentence first asks for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from itertools import islice

from lakip_xlsx.checks.angka.kinds import PERCENT, POINT, RUPIAH, TOTAL, Figure, Kind, Measure, Subject
from lakip_xlsx.checks.angka.names import Names
from lakip_xlsx.checks.angka.quantities import counts, indicator, measured, outputs, staff
from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.checks.tables import total_place
from lakip_xlsx.figures.figures import MONEY_SHEETS, Figures, Money
from lakip_xlsx.figures.hierarchy import top_level
from lakip_xlsx.numbers import HUNDRED, percentage
from lakip_xlsx.workbook.book import Book, Table
from lakip_xlsx.workbook.spec import NUMERIC
from lakip_xlsx.workbook.spec import Kind as CellKind

_MOST = 4000
"""Subjects whose figures are looked through where a sentence names none."""
_QUARTERS = ("tw1", "tw2", "tw3", "tw4")
_KNOWN_TABLES = frozenset({*MONEY_SHEETS, "indikator", "perjanjian", "pegawai", "renstra", "skala", "narasi"})
_NAMED = {
    "anggaran": (Kind.SUMBER, "sumber_dana"),
    "program": (Kind.PROGRAM, "uraian"),
    "indikator": (Kind.INDIKATOR, "indikator"),
}


class Index:
    """All figures of a workbook by subject, by unit, and the names under which sentences know them."""

    def __init__(self, book: Book, figures: Figures) -> None:
        self.book = book
        self.figures = figures
        form = book.form
        self.year = form.year("tahun") if form is not None else None
        self.start = form.year("awal_renstra") if form is not None else None
        self.end = form.year("akhir_renstra") if form is not None else None
        self.office = f"{form.text('nama')} {form.text('nama_singkat')}" if form is not None else ""
        self._made: dict[Subject, tuple[Figure, ...]] = {}

    @cached_property
    def names(self) -> Names:
        """Program, sasaran, indicators and sources of funds by their wordings and codes."""
        return Names(self._wordings(), self._codes(), self.office)

    def _wordings(self) -> Iterator[tuple[Subject, str]]:
        for key, (kind, column) in _NAMED.items():
            table = self.book.table(key)
            for row, text in table.column(column) if table is not None else ():
                if isinstance(text, str):
                    yield Subject(kind, row), text
        for code, sasaran in self.figures.sasaran.items():
            yield Subject(Kind.SASARAN, code), sasaran.uraian

    def _codes(self) -> Iterator[tuple[Subject, str]]:
        for key, kind in (("program", Kind.PROGRAM), ("indikator", Kind.INDIKATOR)):
            table = self.book.table(key)
            for row, code in table.column("kode") if table is not None else ():
                if code is not None:
                    yield Subject(kind, row), str(code)
        yield from ((Subject(Kind.SASARAN, code), code) for code in self.figures.sasaran)

    def subjects(self) -> Iterator[Subject]:
        """Everything that has figures."""
        yield TOTAL
        for kind in (Kind.PEGAWAI, Kind.BANYAK, Kind.LAIN):
            yield Subject(kind)
        for key, (kind, _) in _NAMED.items():
            table = self.book.table(key)
            yield from (Subject(kind, row) for row in (table.rows if table is not None else ()))
        yield from (Subject(Kind.SASARAN, code) for code in self.figures.sasaran)

    def of(self, subject: Subject) -> tuple[Figure, ...]:
        """The figures of one subject."""
        found = self._made.get(subject)
        if found is None:
            found = self._made[subject] = tuple(self._make(subject))
        return found

    def name(self, subject: Subject) -> str:
        """How a message speaks of it."""
        row = subject.key
        if subject.kind is Kind.SASARAN:
            return f"sasaran {row}"
        key = {Kind.SUMBER: "anggaran", Kind.PROGRAM: "program", Kind.INDIKATOR: "indikator"}.get(subject.kind)
        table = self.book.table(key) if key else None
        if table is None or not isinstance(row, int) or key is None:
            return ""
        text = table.text(row, _NAMED[key][1])
        return f"indikator {table.text(row, 'kode') or text}" if key == "indikator" else text

    def _make(self, subject: Subject) -> Iterator[Figure]:
        row = subject.key
        match subject.kind:
            case Kind.TOTAL:
                yield from self._total()
            case Kind.SUMBER | Kind.PROGRAM if isinstance(row, int):
                table = self.book.table("anggaran" if subject.kind is Kind.SUMBER else "program")
                if table is not None:
                    yield from self._row(subject, table, row)
            case Kind.SASARAN:
                yield from self._sasaran(subject, str(row))
            case Kind.INDIKATOR if isinstance(row, int):
                yield from indicator(self.book, self.figures, subject, row)
            case Kind.PEGAWAI:
                yield from staff(self.book)
            case Kind.BANYAK:
                yield from counts(self.book, self.figures)
            case _:
                yield from self._others()

    @cached_property
    def whole(self) -> list[tuple[Money, tuple[Place, Place]]]:
        """The office's money as each sheet adds it up; equal, unless the workbook is at odds with itself."""
        found: list[tuple[Money, tuple[Place, Place]]] = []
        for key in MONEY_SHEETS:
            table, money = self.book.table(key), self.figures.totals.get(key)
            if table is not None and money is not None and (money.anggaran or money.realisasi):
                found.append((money, (total_place(table, "anggaran"), total_place(table, "realisasi"))))
        return found

    def _total(self) -> Iterator[Figure]:
        for money, places in self.whole:
            yield from _money(TOTAL, money, places, None)
        yield from measured(self.book, self.figures, TOTAL, None)
        program = self.book.table("program")
        if program is not None:
            sums = [sum(program.numbers(key, top_level(program)).values(), Decimal(0)) for key in _QUARTERS]
            yield from _quarters(TOTAL, sums, tuple(At(program, program.header_row, key) for key in _QUARTERS))

    def _row(self, subject: Subject, table: Table, row: int) -> Iterator[Figure]:
        money = Money(table.number(row, "anggaran"), table.number(row, "realisasi"))
        whole = self.whole[0][0] if self.whole else None
        yield from _money(subject, money, (At(table, row, "anggaran"), At(table, row, "realisasi")), whole)
        if subject.kind is Kind.PROGRAM:
            values = [table.number(row, key) or Decimal(0) for key in _QUARTERS]
            yield from _quarters(subject, values, tuple(At(table, row, key) for key in _QUARTERS))
            yield from outputs(table, subject, row)

    def _sasaran(self, subject: Subject, code: str) -> Iterator[Figure]:
        one, table = self.figures.sasaran.get(code), self.book.table("anggaran_sasaran")
        if one is None:
            return
        places: tuple[Place, ...] = ()
        if table is not None:
            rows = [row for row, kode in table.column("kode_sasaran") if str(kode) == code][:1]
            places = tuple(At(table, row, key) for row in rows for key in ("anggaran", "realisasi"))
        whole = self.whole[0][0] if self.whole else None
        yield from _money(subject, Money(one.anggaran, one.realisasi), places, whole)
        yield from measured(self.book, self.figures, subject, code)

    def _others(self) -> Iterator[Figure]:
        """The numbers of sheets that no module here knows more about."""
        for key, table in self.book.tables.items():
            if key in _KNOWN_TABLES:
                continue
            for declared in table.spec.fields:
                if declared.kind in NUMERIC:
                    unit = {CellKind.MONEY: RUPIAH, CellKind.PERCENT: PERCENT}.get(declared.kind, "")
                    for row, value in table.numbers(declared.key, [*table.rows, *table.totals]).items():
                        yield Figure(value, unit, Subject(Kind.LAIN), Measure.DATA, 0, (At(table, row, declared.key),))

    @cached_property
    def _by_unit(self) -> dict[str, tuple[list[Decimal], list[Figure]]]:
        groups: dict[str, list[Figure]] = {}
        for subject in islice(self.subjects(), _MOST):
            for figure in self.of(subject):
                groups.setdefault(family(figure.unit), []).append(figure)
        found = {}
        for unit, figures in groups.items():
            figures.sort(key=lambda figure: abs(figure.value))
            found[unit] = ([abs(figure.value) for figure in figures], figures)
        return found

    def near(self, value: Decimal, half: Decimal, unit: str) -> Iterator[Figure]:
        """All figures of a family of units that are this value within half a unit of its last place."""
        values, figures = self._by_unit.get(unit, ([], []))
        place = bisect_left(values, value - half)
        while place < len(values) and values[place] <= value + half:
            yield figures[place]
            place += 1

    def amounts(self) -> list[Figure]:
        """All amounts of money."""
        return self._by_unit.get(RUPIAH, ([], []))[1]


def family(unit: str) -> str:
    """Percentages and points are compared with each other, money with money, all else among itself."""
    return unit if unit == RUPIAH else PERCENT if unit in {PERCENT, POINT} else ""


def _money(subject: Subject, money: Money, places: tuple[Place, ...], whole: Money | None) -> Iterator[Figure]:
    budget, spent = money.anggaran, money.realisasi
    if budget is not None:
        yield Figure(budget, RUPIAH, subject, Measure.PAGU, 0, places[:1])
    if spent is not None:
        yield Figure(spent, RUPIAH, subject, Measure.REALISASI, 0, places[1:])
    if budget is not None and spent is not None:
        yield Figure(budget - spent, RUPIAH, subject, Measure.SISA, 0, places)
    if (share := money.serapan) is not None:
        yield Figure(share, PERCENT, subject, Measure.SERAPAN, 0, places)
        yield Figure(HUNDRED - share, PERCENT, subject, Measure.SISA, 0, places)
    if whole is not None:
        pairs = ((budget, whole.anggaran), (spent, whole.realisasi), (spent, whole.anggaran), (money.sisa, whole.sisa))
        for part, all_of_it in pairs:
            if part is not None and all_of_it:
                yield Figure(percentage(part, all_of_it), PERCENT, subject, Measure.BAGIAN, 0, places)


def _quarters(subject: Subject, values: list[Decimal], places: tuple[Place, ...]) -> Iterator[Figure]:
    together = sum(values, Decimal(0))
    if not together:
        return
    so_far = Decimal(0)
    for value, place in zip(values, places, strict=True):
        so_far += value
        for each in dict.fromkeys((value, so_far)):
            yield Figure(each, RUPIAH, subject, Measure.TRIWULAN, 0, (place,))
            yield Figure(percentage(each, together), PERCENT, subject, Measure.TRIWULAN, 0, (place,))
    yield Figure(together - values[0] - values[1], RUPIAH, subject, Measure.TRIWULAN, 0, places[2:])
