"""Figures that are no money: of indicators and outputs, means of capaian, staff, and how many there are of things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from lakip_xlsx.checks.angka.kinds import PERCENT, POINT, Figure, Kind, Measure, Subject
from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.figures.capaian import Arah, arah, capaian
from lakip_xlsx.figures.figures import Figures, earlier
from lakip_xlsx.numbers import HUNDRED, fold, mean, percentage
from lakip_xlsx.workbook.book import Book, Table

_YEARS = ("realisasi", "lalu1", "lalu2", "lalu3")
_FEW = 40  # rows of a group of staff of which pairs are added up
PEGAWAI, BANYAK = Subject(Kind.PEGAWAI), Subject(Kind.BANYAK)


def satuan(text: str) -> str:
    """A unit as the figures have it: the percent sign, points, or the word itself."""
    folded = fold(text)
    return PERCENT if folded in {"%", "persen", "persentase", "prosen"} else folded


def indicator(book: Book, figures: Figures, subject: Subject, row: int) -> Iterator[Figure]:
    """Target, realisasi, earlier years, capaian and all differences between them, of one indicator."""
    table, one = book.table("indikator"), figures.indikator.get(row)
    if table is None or one is None:
        return
    unit = satuan(table.text(row, "satuan"))
    at = {key: table.number(row, key) for key in (*_YEARS, "target", "target_akhir", "standar")}
    place = {key: At(table, row, key) for key in at}
    for back, key in enumerate(_YEARS):
        if (value := at[key]) is not None:
            yield Figure(value, unit, subject, Measure.REALISASI, back, (place[key],))
    for key, measure in (("target", Measure.TARGET), ("target_akhir", Measure.AKHIR), ("standar", Measure.STANDAR)):
        if (value := at[key]) is not None:
            yield Figure(value, unit, subject, measure, 0, (place[key],))
    yield from _earlier(table, figures.batas, subject, row)
    data = {key: table.number(row, key) for key in ("pembilang", "penyebut")}
    yield from (
        Figure(one, "", subject, Measure.DATA, 0, (At(table, row, key),))
        for key, one in data.items()
        if one is not None
    )
    yield from _promised(book, subject, table.text(row, "kode"), unit)
    both = (place["realisasi"], place["target"])
    for reached in dict.fromkeys((one.capaian, one.mentah)):
        if reached is not None:
            yield Figure(reached, PERCENT, subject, Measure.CAPAIAN, 0, both)
            yield Figure(reached - HUNDRED, PERCENT, subject, Measure.SELISIH, 0, both)
    ends = (place["realisasi"], place["target_akhir"])
    for share in _towards_the_end(at["realisasi"], at["target_akhir"], arah(table.text(row, "arah"))):
        yield Figure(share, PERCENT, subject, Measure.AKHIR, 0, ends)
    yield from _differences(subject, unit, {key: value for key, value in at.items() if value is not None}, place)


def _earlier(table: Table, batas: Decimal | None, subject: Subject, row: int) -> Iterator[Figure]:
    """Targets and capaian of earlier years, and the comparator."""
    unit = satuan(table.text(row, "satuan"))
    for back in (1, 2, 3):
        target, both = table.number(row, f"target_lalu{back}"), (f"target_lalu{back}", f"lalu{back}")
        if target is not None:
            yield Figure(target, unit, subject, Measure.TARGET, back, (At(table, row, both[0]),))
        reached = earlier(table, row, back, batas)
        if reached is not None:
            yield Figure(reached, PERCENT, subject, Measure.CAPAIAN, back, tuple(At(table, row, key) for key in both))
    other, now = table.number(row, "pembanding"), table.number(row, "realisasi")
    if other is not None:
        yield Figure(other, unit, subject, Measure.DATA, 0, (At(table, row, "pembanding"),))
        if now is not None:
            places = (At(table, row, "realisasi"), At(table, row, "pembanding"))
            yield Figure(now - other, POINT if unit == PERCENT else unit, subject, Measure.SELISIH, 0, places)


def _towards_the_end(now: Decimal | None, end: Decimal | None, direction: Arah | None) -> Iterator[Decimal]:
    """How far the end target of the Renstra is reached, as a share and by the formula of capaian."""
    if now is not None and end:
        shares = dict.fromkeys((percentage(now, end), capaian(end, now, direction)))
        yield from (share for share in shares if share is not None)


def _promised(book: Book, subject: Subject, code: str, unit: str) -> Iterator[Figure]:
    """The targets in the Perjanjian Kinerja, before and after its change."""
    table = book.table("perjanjian")
    for row, kode in table.column("kode") if table is not None else ():
        if table is not None and code and fold(str(kode or "")) == fold(code):
            for key in ("target", "target_perubahan"):
                if (value := table.number(row, key)) is not None:
                    yield Figure(value, unit, subject, Measure.TARGET, 0, (At(table, row, key),))


def _differences(subject: Subject, unit: str, values: dict[str, Decimal], place: dict[str, At]) -> Iterator[Figure]:
    for left, right in combinations(values, 2):
        gap = values[left] - values[right]
        places: tuple[Place, ...] = (place[left], place[right])
        back = _YEARS.index(left) if left in _YEARS and right in _YEARS else 0
        yield Figure(gap, POINT if unit == PERCENT else unit, subject, Measure.SELISIH, back, places)
        for base in (values[left], values[right]):
            if base:
                yield Figure(percentage(gap, base), PERCENT, subject, Measure.SELISIH, back, places)
        if right in _YEARS and values[right]:
            yield Figure(percentage(values[left], values[right]), PERCENT, subject, Measure.SELISIH, back, places)


def outputs(table: Table, subject: Subject, row: int) -> Iterator[Figure]:
    """Target, realisasi and capaian of what a program or kegiatan brought forth."""
    unit = satuan(table.text(row, "satuan"))
    target, reached = table.number(row, "target"), table.number(row, "realisasi_keluaran")
    for key, value, measure in (
        ("target", target, Measure.TARGET),
        ("realisasi_keluaran", reached, Measure.REALISASI),
    ):
        if value is not None:
            yield Figure(value, unit or " ", subject, measure, 0, (At(table, row, key),))
    if target and reached is not None:
        places = (At(table, row, "target"), At(table, row, "realisasi_keluaran"))
        yield Figure(percentage(reached, target), PERCENT, subject, Measure.CAPAIAN, 0, places)
        yield Figure(reached - target, unit or " ", subject, Measure.SELISIH, 0, places)


def measured(book: Book, figures: Figures, subject: Subject, code: str | None) -> Iterator[Figure]:
    """The mean capaian of a sasaran or of the office, with the cap and without, over indicators and over sasaran."""
    table = book.table("indikator")
    chosen = [one for one in figures.indikator.values() if code is None or one.kode_sasaran == code]
    kinds = [[one.capaian for one in chosen], [one.mentah for one in chosen]]
    if code is None:
        kinds.append([one.capaian for one in figures.sasaran.values()])
    places = (At(table, table.header_row, "realisasi"),) if table is not None else ()
    shares = [figures.sasaran[code].serapan] if code is not None else [one.serapan for one in figures.totals.values()]
    for values in kinds:
        known = [value for value in values if value is not None]
        if not known:
            continue
        average = mean(known)
        yield Figure(average, PERCENT, subject, Measure.CAPAIAN, 0, places)
        yield Figure(average - HUNDRED, PERCENT, subject, Measure.SELISIH, 0, places)
        for share in shares:
            if share is not None:
                yield Figure(average - share, PERCENT, subject, Measure.SELISIH, 0, places)


def staff(book: Book) -> Iterator[Figure]:
    """The number of staff: by row, by group, the sums of two rows, what changed, and each one's share."""
    table = book.table("pegawai")
    if table is None:
        return
    groups: dict[str, list[int]] = {}
    for row, name in table.column("kelompok"):
        groups.setdefault(fold(str(name or "")), []).append(row)
    for rows in groups.values():
        for key in ("akhir", "awal", "laki", "perempuan"):
            values = table.numbers(key, rows)
            if not values:
                continue
            whole = sum(values.values(), Decimal(0))
            place = At(table, table.header_row, key)
            yield Figure(whole, "orang", PEGAWAI, Measure.BANYAK, 1 if key == "awal" else 0, (place,))
            for row, value in values.items():
                yield Figure(value, "orang", PEGAWAI, Measure.DATA, 0, (At(table, row, key),))
            if key == "akhir" and whole:
                yield from _shares(table, values, whole)
        start, end = table.numbers("awal", rows), table.numbers("akhir", rows)
        for row, value in [*((row, end[row] - start[row]) for row in rows if row in start and row in end)]:
            yield Figure(value, "orang", PEGAWAI, Measure.SELISIH, 0, (At(table, row, "akhir"),))
        if start and end:
            change = sum(end.values(), Decimal(0)) - sum(start.values(), Decimal(0))
            yield Figure(change, "orang", PEGAWAI, Measure.SELISIH, 0, (At(table, table.header_row, "akhir"),))


def _shares(table: Table, values: dict[int, Decimal], whole: Decimal) -> Iterator[Figure]:
    for row, value in values.items():
        yield Figure(percentage(value, whole), PERCENT, PEGAWAI, Measure.BAGIAN, 0, (At(table, row, "akhir"),))
    for one, other in combinations(list(values)[:_FEW], 2):
        both = values[one] + values[other]
        places = (At(table, one, "akhir"), At(table, other, "akhir"))
        yield Figure(both, "orang", PEGAWAI, Measure.DATA, 0, places)
        yield Figure(percentage(both, whole), PERCENT, PEGAWAI, Measure.BAGIAN, 0, places)


def counts(book: Book, figures: Figures) -> Iterator[Figure]:
    """How many sasaran, indicators, programs and so on there are, in all and for each class."""
    for noun, value, place in whole_counts(book, figures):
        yield Figure(Decimal(value), noun, BANYAK, Measure.BANYAK, 0, (place,))
    indikator = book.table("indikator")
    if indikator is None:
        return
    place = At(indikator, indikator.header_row, "realisasi")
    for noun, values in reached(figures).items():
        for part in sorted({*parts(values), *Counter(_classes(figures, noun)).values()}) if values else ():
            share = percentage(Decimal(part), Decimal(len(values)))
            yield Figure(Decimal(part), noun, BANYAK, Measure.DATA, 0, (place,))
            yield Figure(share, PERCENT, BANYAK, Measure.BAGIAN, 0, (place,))
    for sasaran in figures.sasaran.values():
        yield Figure(Decimal(sasaran.indikator), "indikator", BANYAK, Measure.DATA, 0, (place,))


def reached(figures: Figures) -> dict[str, list[Decimal]]:
    """The capaian without the cap of everything that can be calculated, by noun; nothing while a row waits."""
    if figures.waiting:
        return {"indikator": [], "sasaran": []}
    return {
        "indikator": [one.mentah for one in figures.indikator.values() if one.mentah is not None],
        "sasaran": [one.capaian for one in figures.sasaran.values() if one.capaian is not None],
    }


def parts(values: list[Decimal]) -> tuple[int, ...]:
    """How many reached their target, went beyond it, met it exactly, fell short."""
    return (
        sum(value >= HUNDRED for value in values),
        sum(value > HUNDRED for value in values),
        sum(value == HUNDRED for value in values),
        sum(value < HUNDRED for value in values),
    )


def _classes(figures: Figures, noun: str) -> list[str]:
    every = figures.indikator.values() if noun == "indikator" else figures.sasaran.values()
    return [one.predikat for one in every if one.predikat]


def whole_counts(book: Book, figures: Figures) -> Iterator[tuple[str, int, Place]]:
    """Noun, number and place of everything that is counted; the first of a noun is the one to tell."""
    yield from _planned(book)
    indikator = book.table("indikator")
    if indikator is not None and figures.indikator:
        place: Place = At(indikator, indikator.header_row, "indikator")
        yield "indikator", len(figures.indikator), place
        calculable = len(reached(figures)["indikator"])
        if calculable:
            yield "indikator", calculable, place
        used = {one.kode_sasaran for one in figures.indikator.values() if one.kode_sasaran}
        if used and book.table("renstra") is not None:
            yield "sasaran", len(used), place
    sumber = book.table("anggaran")
    if sumber is not None and len(sumber):
        yield "sumber", len(sumber), At(sumber, sumber.header_row, "sumber_dana")


def _planned(book: Book) -> Iterator[tuple[str, int, Place]]:
    """What is counted by the Jenis of Renstra and Program."""
    for key, nouns in (("renstra", _RENSTRA), ("program", _PROGRAM)):
        table = book.table(key)
        if table is None:
            continue
        kinds = Counter(fold(str(jenis or "")) for _, jenis in table.column("jenis"))
        yield from ((noun, kinds[noun], At(table, table.header_row, "jenis")) for noun in nouns if kinds[noun])
        money = book.table("anggaran_sasaran")
        if key == "renstra" and money is not None and len(money):
            yield "sasaran", len(money), At(table, table.header_row, "jenis")


_RENSTRA = ("sasaran", "tujuan", "misi", "strategi", "kebijakan")
_PROGRAM = ("program", "kegiatan", "sub kegiatan")
