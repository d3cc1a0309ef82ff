"""Everything that is computed from a workbook, once, for the checks and for the report alike.

The report's tables, sentences and conclusions and the checks look at the same figures, so they cannot
disagree. Indicators are known by their row in Excel, sasaran by their code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from lakip_xlsx.figures.capaian import Efisiensi, Kelas, Skala, arah, build_skala, capaian, capped, efisiensi
from lakip_xlsx.figures.hierarchy import MONEY
from lakip_xlsx.figures.ledger import Ledger
from lakip_xlsx.figures.shares import shares
from lakip_xlsx.numbers import fold, mean, percentage
from lakip_xlsx.workbook.book import Book, Oddity, Table

MONEY_SHEETS = ("anggaran", "anggaran_sasaran", "program", "belanja")


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
    """One indicator, measured: capaian without the cap (``mentah``) and with it, in percent.

    ``waits`` says that there will be a capaian once the row is complete: a number or the direction is missing or
    cannot be read. What is declared as not measurable (n/a, BB) does not wait.
    """

    kode: str
    kode_sasaran: str
    mentah: Decimal | None
    capaian: Decimal | None
    predikat: str | None
    waits: bool = False


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
    the sums of that sheet's rows. ``ledger``: every amount, see :mod:`lakip_xlsx.figures.ledger`;
    ``shares``: the share of each row that was spent, see :mod:`lakip_xlsx.figures.shares`.
    ``predikat``: predikat → number of indicators, best first, with the classes that are empty.
    """

    skala: Skala | None
    batas: Decimal | None
    indikator: dict[int, Measured]
    sasaran: dict[str, Sasaran]
    totals: dict[str, Money]
    ledger: Ledger = field(repr=False, compare=False)
    shares: pd.DataFrame = field(repr=False, compare=False)
    predikat: dict[str, int] = field(init=False)

    @property
    def waiting(self) -> int:
        """How many indicators wait; until then nothing is said of how many reached their target."""
        return sum(each.waits for each in self.indikator.values())

    def __post_init__(self) -> None:
        held = Counter(each.predikat for each in self.indikator.values())
        names = self.skala.names if self.skala else ()
        object.__setattr__(self, "predikat", {name: held[name] for name in names})


def average(figures: Figures) -> Decimal | None:
    """The simple mean of the indicators' capaian, in percent; None where none can be calculated."""
    known = [one.capaian for one in figures.indikator.values() if one.capaian is not None]
    return mean(known) if known else None


def whole(figures: Figures) -> tuple[str, Money]:
    """The money of the office: the first sheet that has any, by its key, and its sums."""
    sheet = next((key for key, sums in figures.totals.items() if sums.anggaran is not None), "")
    return sheet, figures.totals.get(sheet, Money(None, None))


def compute(book: Book) -> Figures:
    """All figures of a workbook; what cannot be computed is None, never a guess."""
    skala = _skala(book)
    batas = book.form.number("batas_capaian") if book.form else None
    indikator = _indikator(book.table("indikator"), skala, batas)
    ledger = Ledger(book)
    return Figures(
        skala=skala,
        batas=batas,
        indikator=indikator,
        sasaran=_sasaran(book, ledger, indikator, skala),
        totals=_totals(book, ledger),
        ledger=ledger,
        shares=shares(ledger),
    )


def all_skala(table: Table) -> dict[str, list[Kelas]]:
    """Folded scale name → its classes as entered, for the rows that are complete.

    A class that does not say in a known word whether its limit belongs to it is not complete.
    """
    scales: dict[str, list[Kelas]] = {}
    for row, nama in table.column("skala"):
        batas, predikat = table.number(row, "batas"), table.text(row, "predikat")
        known = table.note(row, "termasuk") is not Oddity.NOT_CHOICE
        if isinstance(nama, str) and batas is not None and predikat and known:
            termasuk = table.text(row, "termasuk") != "Tidak"
            scales.setdefault(fold(nama), []).append(Kelas(batas, predikat, termasuk, row))
    return scales


def _skala(book: Book) -> Skala | None:
    table, form = book.table("skala"), book.form
    if table is None or form is None:
        return None
    nama = form.text("skala")
    kelas = all_skala(table).get(fold(nama), [])
    unknown = any(
        table.note(row, "termasuk") is Oddity.NOT_CHOICE and fold(str(name)) == fold(nama)
        for row, name in table.column("skala")
    )
    return build_skala(nama, kelas) if kelas and not unknown else None


def _indikator(table: Table | None, skala: Skala | None, batas: Decimal | None) -> dict[int, Measured]:
    found: dict[int, Measured] = {}
    if table is None:
        return found
    for row in table.rows:
        raw = capaian(table.number(row, "target"), table.number(row, "realisasi"), arah(table.text(row, "arah")))
        counted = capped(raw, batas)
        predikat = skala.predikat(counted) if skala else None
        waits = raw is None and _waits(table, row)
        found[row] = Measured(table.text(row, "kode"), table.text(row, "kode_sasaran"), raw, counted, predikat, waits)
    return found


_STATED = frozenset({Oddity.DASH, Oddity.NOT_NUMBER})


def _waits(table: Table, row: int) -> bool:
    """Whether what the capaian needs is open: a number that is not there or not read, or the direction."""
    target, realisasi = table.number(row, "target"), table.number(row, "realisasi")
    for key, value in (("target", target), ("realisasi", realisasi)):
        if value is None:
            return table.note(row, key) not in _STATED
    return target != 0 and arah(table.text(row, "arah")) is None


def earlier(table: Table, row: int, back: int, batas: Decimal | None) -> Decimal | None:
    """The capaian of an indicator ``back`` years ago, in percent: by its own target, under the same cap."""
    target, reached = table.number(row, f"target_lalu{back}"), table.number(row, f"lalu{back}")
    return capped(capaian(target, reached, arah(table.text(row, "arah"))), batas)


def _sasaran(book: Book, ledger: Ledger, indikator: Mapping[int, Measured], skala: Skala | None) -> dict[str, Sasaran]:
    """The sasaran by code, each joined with the mean of its indicators and the sums of its money."""
    spent = _money_by_sasaran(ledger)
    measured = pd.DataFrame(
        [(one.kode_sasaran, one.capaian) for one in indikator.values()], columns=["kode", "capaian"], dtype=object
    ).groupby("kode", sort=False)["capaian"]
    values: dict[str, list[Decimal | None]] = {str(kode): group.tolist() for kode, group in measured}
    found: dict[str, Sasaran] = {}
    for kode, (uraian, row) in _names_of_sasaran(book).items():
        every = values.get(kode, [])
        known = [value for value in every if value is not None]
        average = mean(known) if known else None
        predikat = skala.predikat(average) if skala else None
        money = spent.get(kode, Money(None, None))
        counts = (len(every), len(known))
        found[kode] = Sasaran(uraian, row, *counts, average, predikat, money.anggaran, money.realisasi)
    return found


def _names_of_sasaran(book: Book) -> dict[str, tuple[str, int | None]]:
    """Code → wording and row in the Renstra; codes that only the money knows stand last, without a row."""
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
    return names


def _totals(book: Book, ledger: Ledger) -> dict[str, Money]:
    """Sheet key → the sums of the rows that make up that sheet's total."""
    found = _pairs(ledger.totals, "sheet")
    return {key: found.get(key, Money(None, None)) for key in MONEY_SHEETS if book.table(key) is not None}


def _money_by_sasaran(ledger: Ledger) -> dict[str, Money]:
    """The money of each sasaran: from Anggaran Sasaran, or else from Program.

    Program tells nothing by sasaran as soon as one of its amounts belongs to no sasaran.
    """
    lines = ledger.counted[ledger.counted["amount"].notna()]
    own = lines[(lines["sheet"] == "anggaran_sasaran") & (lines["sasaran"] != "")]
    if own.empty:
        own = lines[(lines["sheet"] == "program") & lines["key"].isin(MONEY)]
        if (own["sasaran"] == "").any():
            return {}
    return _pairs(own.groupby(["sasaran", "key"], sort=False)["amount"].sum().reset_index(), "sasaran")


def _pairs(sums: pd.DataFrame, by: str) -> dict[str, Money]:
    """Sums of anggaran and realisasi as pairs, by sheet or by sasaran."""
    known = sums[sums["amount"].notna()]
    found: dict[str, dict[str, Decimal]] = {}
    for name, key, amount in zip(known[by], known["key"], known["amount"], strict=True):
        found.setdefault(name, {})[key] = amount
    return {name: Money(*(pair.get(key) for key in MONEY)) for name, pair in found.items()}
