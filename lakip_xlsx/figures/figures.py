"""Everything that is computed from a workbook, once, for the checks and for the report alike.

The report's tables, sentences and conclusions and the checks look at the same figures, so they cannot
disagree. Indicators are known by their row in Excel, sasaran by their code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lakip_xlsx.figures.capaian import Efisiensi, Kelas, Skala, arah, build_skala, capaian, capped, efisiensi
from lakip_xlsx.numbers import fold, mean, percentage
from lakip_xlsx.workbook.book import Book, Table

if TYPE_CHECKING:
    import pandas as pd

_MONEY = ("anggaran", "realisasi")
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

    ``indikator``: row in the sheet Indikator → its measurement. ``sasaran``: code → sasaran, in the order of
    the Renstra; its money is from Anggaran Sasaran, or from Program if that is empty. ``totals``: sheet key →
    the sums of that sheet's rows. ``predikat``: predikat → number of indicators, best first, with the classes
    that are empty.
    """

    skala: Skala | None
    batas: Decimal | None
    indikator: dict[int, Measured]
    sasaran: dict[str, Sasaran]
    totals: dict[str, Money]
    predikat: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        held = Counter(each.predikat for each in self.indikator.values())
        names = self.skala.names if self.skala else ()
        object.__setattr__(self, "predikat", {name: held[name] for name in names})

    @property
    def indikator_frame(self) -> pd.DataFrame:
        """``indikator`` as a new frame, for work in pandas: index row in Excel, ``dtype=object``."""
        return _frame(self.indikator, Measured)

    @property
    def sasaran_frame(self) -> pd.DataFrame:
        """``sasaran`` as a new frame, for work in pandas: index code, ``dtype=object``."""
        return _frame(self.sasaran, Sasaran)


def _frame(records: Mapping[Any, Measured] | Mapping[Any, Sasaran], kind: type[Measured | Sasaran]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - only for who asks for it: it takes longer than a whole check

    columns = [each.name for each in fields(kind)]
    values = [[getattr(record, name) for name in columns] for record in records.values()]
    return pd.DataFrame(values, index=list(records), columns=columns, dtype=object)


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


def top_level(table: Table) -> list[int]:
    """The rows that make up a money sheet's total: in Program those of the highest Jenis present."""
    if table.spec.key != "program" or "jenis" not in table:
        return table.rows
    levels: dict[str, list[int]] = {"program": [], "kegiatan": [], "sub kegiatan": []}
    for row, jenis in table.column("jenis"):
        if (level := levels.get(fold(str(jenis or "")))) is not None:
            level.append(row)
    with_money = (rows for rows in levels.values() if any(table.numbers(key, rows) for key in _MONEY))
    return next(with_money, levels["program"])


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


def _indikator(table: Table | None, skala: Skala | None, batas: Decimal | None) -> dict[int, Measured]:
    found: dict[int, Measured] = {}
    if table is None:
        return found
    for row in table.rows:
        raw = capaian(table.number(row, "target"), table.number(row, "realisasi"), arah(table.text(row, "arah")))
        counted = capped(raw, batas)
        predikat = skala.predikat(counted) if skala else None
        found[row] = Measured(table.text(row, "kode"), table.text(row, "kode_sasaran"), raw, counted, predikat)
    return found


def _sasaran(book: Book, indikator: Mapping[int, Measured], skala: Skala | None) -> dict[str, Sasaran]:
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
    for one in indikator.values():
        measured.setdefault(one.kode_sasaran, []).append(one.capaian)
    found: dict[str, Sasaran] = {}
    for kode, (uraian, renstra_row) in names.items():
        values = measured.get(kode, [])
        known = [value for value in values if value is not None]
        average = mean(known) if known else None
        predikat = skala.predikat(average) if skala else None
        sums = spent.get(kode, Money(None, None))
        counts = (len(values), len(known))
        found[kode] = Sasaran(uraian, renstra_row, *counts, average, predikat, sums.anggaran, sums.realisasi)
    return found


def _money(table: Table, rows: Iterable[int] | None = None) -> Money:
    """The sums of some rows; without any given, of those that make up the sheet's total."""
    chosen = top_level(table) if rows is None else list(rows)
    return Money(*(_sum(table.numbers(key, chosen).values()) for key in _MONEY))


def _money_by_sasaran(table: Table | None) -> dict[str, Money]:
    if table is None:
        return {}
    members: dict[str, list[int]] = {}
    for row, kode in table.column("kode_sasaran"):
        if kode is not None:
            members.setdefault(str(kode), []).append(row)
    return {kode: _money(table, rows) for kode, rows in members.items()}


def _money_of_programs(table: Table | None) -> dict[str, Money]:
    """The money of each sasaran from its programs; nothing if some program's money has no sasaran."""
    if table is None or "kode_sasaran" not in table:
        return {}
    pairs: dict[str, list[list[Decimal]]] = {}
    for row, kode in table.column("kode_sasaran", top_level(table)):
        for at, key in enumerate(_MONEY):
            value = table.number(row, key)
            if value is not None and not isinstance(kode, str):
                return {}
            if value is not None:
                pairs.setdefault(str(kode), [[], []])[at].append(value)
    return {kode: Money(*(_sum(values) for values in both)) for kode, both in pairs.items()}


def _sum(values: Collection[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) if values else None
