"""Everything that is computed from a workbook, once, for the checks and for the report alike.

The report's tables, sentences and conclusions and the checks look at the same figures, so they cannot
disagree. Frames stay ``dtype=object`` with exact values; their index is the row in Excel, or the code
of the sasaran.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import cast

import pandas as pd

from lakip_xlsx.figures.capaian import Efisiensi, Kelas, Skala, arah, build_skala, capaian, capped, efisiensi
from lakip_xlsx.numbers import fold, mean, percentage
from lakip_xlsx.workbook.book import Book, Table, Value

MONEY_SHEETS = ("anggaran", "anggaran_sasaran", "program")


@dataclass(frozen=True, slots=True)
class Money:
    """A pair of sums, with the share that was spent. None where no row holds an amount."""

    anggaran: Decimal | None
    realisasi: Decimal | None

    @property
    def serapan(self) -> Decimal | None:
        """Realisasi / anggaran in percent: the sum over the sum, never a mean of percentages."""
        if self.anggaran is None or self.realisasi is None or self.anggaran == 0:
            return None
        return percentage(self.realisasi, self.anggaran)

    @property
    def sisa(self) -> Decimal | None:
        """What was not spent."""
        if self.anggaran is None or self.realisasi is None:
            return None
        return self.anggaran - self.realisasi


@dataclass(frozen=True, slots=True)
class Measured:
    """One indicator, measured: capaian without the cap (``mentah``) and with it, in percent."""

    kode: str
    kode_sasaran: str
    mentah: Decimal | None
    capaian: Decimal | None
    predikat: str | None


@dataclass(frozen=True, slots=True)
class Sasaran:
    """One sasaran with its measurement and its money; ``row`` is its row in the sheet Renstra."""

    uraian: str
    row: int | None
    indikator: int
    terhitung: int
    capaian: Decimal | None
    predikat: str | None
    anggaran: Decimal | None
    realisasi: Decimal | None

    @property
    def serapan(self) -> Decimal | None:
        """The share of this sasaran's money that was spent, in percent."""
        return Money(self.anggaran, self.realisasi).serapan

    @property
    def efisiensi(self) -> Efisiensi:
        """Capaian against serapan."""
        return efisiensi(self.capaian, self.serapan)


@dataclass(frozen=True, slots=True)
class Figures:
    """The computed side of a :class:`~lakip_xlsx.workbook.book.Book`.

    ``indikator``: index Excel row; columns ``kode, kode_sasaran, mentah`` (uncapped capaian),
    ``capaian`` (capped), ``predikat``.
    ``sasaran``: index code, in the order of the Renstra; columns ``uraian, row`` (in Renstra, or None),
    ``indikator`` (how many), ``terhitung`` (how many of them are calculable), ``capaian`` (simple mean of
    those), ``predikat``, ``anggaran``, ``realisasi`` (from Anggaran Sasaran; from Program if that is empty).
    ``totals``: sheet key → the sums of that sheet's rows.
    """

    skala: Skala | None
    batas: Decimal | None
    indikator: pd.DataFrame
    sasaran: pd.DataFrame
    totals: dict[str, Money]

    def measured(self) -> dict[int, Measured]:
        """Row in the sheet Indikator → its measurement."""
        lines = self.indikator.itertuples(index=False, name=None)
        return {row: Measured(*line) for row, line in zip(self.indikator.index.tolist(), lines, strict=True)}

    def by_sasaran(self) -> dict[str, Sasaran]:
        """Code → sasaran, in the order of the Renstra."""
        lines = self.sasaran.itertuples(index=False, name=None)
        return {kode: Sasaran(*line) for kode, line in zip(self.sasaran.index.tolist(), lines, strict=True)}

    def predikat_counts(self) -> dict[str, int]:
        """Predikat → number of indicators, best first, with the classes that are empty."""
        names = self.skala.names if self.skala else ()
        held = self.indikator["predikat"].value_counts().to_dict()
        return {name: int(held.get(name, 0)) for name in names}


def compute(book: Book) -> Figures:
    """All figures of a workbook; what cannot be computed is None, never a guess."""
    skala = _skala(book)
    batas = book.form.number("batas_capaian") if book.form else None
    indikator = _indikator(book.table("indikator"), skala, batas)
    return Figures(
        skala=skala,
        batas=batas,
        indikator=indikator,
        sasaran=_sasaran(book, indikator, skala),
        totals={key: _money(table) for key in MONEY_SHEETS if (table := book.table(key)) is not None},
    )


def top_level(table: Table) -> pd.DataFrame:
    """The rows that make up a money sheet's total: in Program those of the highest Jenis present."""
    if table.spec.key != "program" or "jenis" not in table:
        return table.frame
    kinds = table.frame["jenis"].map(lambda value: fold(str(value or "")))
    for jenis in ("program", "kegiatan", "sub kegiatan"):
        rows = table.frame[kinds == jenis]
        if any(isinstance(value, Decimal) for key in ("anggaran", "realisasi") for _, value in table.column(key, rows)):
            return rows
    return table.frame[kinds == "program"]


def all_skala(table: Table) -> dict[str, list[Kelas]]:
    """Folded scale name → its classes as entered, for the rows that are complete."""
    scales: dict[str, list[Kelas]] = {}
    for row, nama in table.column("skala"):
        batas, predikat = table.number(row, "batas"), table.text(row, "predikat")
        if isinstance(nama, str) and batas is not None and predikat:
            termasuk = fold(table.text(row, "termasuk")) != "tidak"
            scales.setdefault(fold(nama), []).append(Kelas(batas, predikat, termasuk, row))
    return scales


def _skala(book: Book) -> Skala | None:
    table, form = book.table("skala"), book.form
    if table is None or form is None:
        return None
    nama = form.text("skala")
    kelas = all_skala(table).get(fold(nama), [])
    return build_skala(nama, kelas) if kelas else None


def _indikator(table: Table | None, skala: Skala | None, batas: Decimal | None) -> pd.DataFrame:
    rows: list[int] = []
    records: list[tuple[Value, ...]] = []
    if table is not None:
        for row in table.frame.index.tolist():
            raw = capaian(table.number(row, "target"), table.number(row, "realisasi"), arah(table.text(row, "arah")))
            counted = capped(raw, batas)
            predikat = skala.predikat(counted) if skala else None
            records.append((table.text(row, "kode"), table.text(row, "kode_sasaran"), raw, counted, predikat))
            rows.append(row)
    columns = ["kode", "kode_sasaran", "mentah", "capaian", "predikat"]
    return pd.DataFrame(records, index=rows, columns=columns, dtype=object)


def _sasaran(book: Book, indikator: pd.DataFrame, skala: Skala | None) -> pd.DataFrame:
    names: dict[str, tuple[str, int | None]] = {}
    renstra, money = book.table("renstra"), book.table("anggaran_sasaran")
    if renstra is not None:
        for row, jenis in renstra.column("jenis"):
            kode = renstra.text(row, "kode")
            if fold(str(jenis or "")) == "sasaran" and kode:
                names.setdefault(kode, (renstra.text(row, "uraian"), row))
    if money is not None:
        for line, code in money.column("kode_sasaran"):
            if isinstance(code, str):
                names.setdefault(code, (money.text(line, "sasaran"), None))
    spent = _money_by_sasaran(money) or _money_of_programs(book.table("program"))
    measured: dict[str, list[Decimal | None]] = {}
    for kode, value in zip(indikator["kode_sasaran"], indikator["capaian"], strict=True):
        measured.setdefault(str(kode), []).append(cast("Decimal | None", value))
    records = []
    for kode, (uraian, renstra_row) in names.items():
        values = measured.get(kode, [])
        known = [value for value in values if value is not None]
        average = mean(known) if known else None
        sums = spent.get(kode, Money(None, None))
        predikat = skala.predikat(average) if skala else None
        records.append((uraian, renstra_row, len(values), len(known), average, predikat, sums.anggaran, sums.realisasi))
    columns = ["uraian", "row", "indikator", "terhitung", "capaian", "predikat", "anggaran", "realisasi"]
    return pd.DataFrame(records, index=list(names), columns=columns, dtype=object)


def _money(table: Table) -> Money:
    rows = top_level(table)
    return Money(*(_sum(list(table.numbers(key, rows).values())) for key in ("anggaran", "realisasi")))


def _money_by_sasaran(table: Table | None) -> dict[str, Money]:
    if table is None or "kode_sasaran" not in table:
        return {}
    sums: dict[str, Money] = {}
    for kode, rows in table.frame.groupby("kode_sasaran", sort=False):
        pair = (_sum(list(table.numbers(key, rows).values())) for key in ("anggaran", "realisasi"))
        sums[str(kode)] = Money(*pair)
    return sums


def _money_of_programs(table: Table | None) -> dict[str, Money]:
    """The money of each sasaran from its programs; nothing if some program's money has no sasaran."""
    if table is None or "kode_sasaran" not in table:
        return {}
    pairs: dict[str, list[list[Decimal]]] = {}
    frame = top_level(table)
    for row, kode in table.column("kode_sasaran", frame):
        for at, key in enumerate(("anggaran", "realisasi")):
            value = table.number(row, key)
            if value is not None and not isinstance(kode, str):
                return {}
            if value is not None:
                pairs.setdefault(str(kode), [[], []])[at].append(value)
    return {kode: Money(*(_sum(values) for values in both)) for kode, both in pairs.items()}


def _sum(values: list[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) if values else None
