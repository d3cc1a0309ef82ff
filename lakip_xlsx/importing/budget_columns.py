"""Which columns of a budget hold the amounts: the last budget of the year, and what was spent, by quarters too.

Where two columns claim the same, neither is taken. Amounts of months and quarters may be of each alone or up to it:
that is told by the rows themselves, or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from lakip_xlsx.importing.amounts import Absent, Doubt, money
from lakip_xlsx.importing.proposal import Taken
from lakip_xlsx.importing.tables import Column, Table, lines_above
from lakip_xlsx.importing.vocabulary import Concept, is_understood
from lakip_xlsx.numbers import HUNDRED, fold

QUARTERS = ("tw1", "tw2", "tw3", "tw4")
MEASURES = ("anggaran", "realisasi", *QUARTERS)
Amounts = dict[str, tuple[Decimal | Doubt, str]]
_MULTIPLE = re.compile(
    r"\b(?:ribuan|jutaan|milyaran|miliaran)\b|\bdalam (?:ribu|juta|miliar|milyar)\b|rp\.? ?000\b|x ?1\.?000\b"
)
_LARGE = 100_000  # rupiah
_LOOKED_AT = 5_000  # rows that tell what the periods are


@dataclass(slots=True)
class Measures:
    """The columns by what they measure. ``summed`` periods hold what was spent up to them."""

    single: dict[str, Column] = field(default_factory=dict)
    periods: dict[int, Column] = field(default_factory=dict)  # quarter 1 to 4, or month 1 to 12
    summed: bool = False
    whole: bool = False  # the year's realisasi is made of the periods

    @property
    def names(self) -> list[str]:
        """The measures that this table gives."""
        found = [name for name in MEASURES if name in self.single]
        if self.whole:
            found.append("realisasi")
        return [*found, *(QUARTERS if self.periods else ())]

    def heading(self, measure: str) -> str:
        """The heading of the column, or those of the columns, of a measure."""
        if measure in self.single:
            return f"kolom {self.single[measure].heading}"
        headings = [column.heading for column in self.periods.values()]
        return f"kolom {headings[0]} sampai {headings[-1]}"

    def amounts(self, table: Table, row: int) -> Amounts:
        """The amounts of a row with their cells; an empty cell gives none, a dash is 0."""
        found: Amounts = {}
        for measure, column in self.single.items():
            value = amount(table, row, column)
            if value is not None:
                found[measure] = (value, table.place(row, column))
        return found | self._quarters(table, row)

    def _quarters(self, table: Table, row: int) -> Amounts:
        values = {number: amount(table, row, column) for number, column in self.periods.items()}
        if not any(value is not None for value in values.values()):
            return {}
        size = len(self.periods) // 4
        found: Amounts = {}
        doubt = next((value for value in values.values() if isinstance(value, Doubt)), None)
        plain = {n: v if isinstance(v, Decimal) else Decimal(0) for n, v in values.items()}
        for quarter, name in enumerate(QUARTERS):
            months = [quarter * size + each for each in range(1, size + 1)]
            before = plain.get(quarter * size, Decimal(0))
            value = plain[months[-1]] - before if self.summed else sum((plain[n] for n in months), Decimal(0))
            found[name] = (doubt or value, table.place(row, self.periods[months[0]]))
        if self.whole:
            value = plain[len(plain)] if self.summed else sum(plain.values(), Decimal(0))
            found["realisasi"] = (doubt or value, table.place(row, self.periods[1]))
        return found


def amount(table: Table, row: int, column: Column) -> Decimal | Doubt | None:
    """The amount in a cell; a dash is 0, since a budget has no other word for nothing."""
    value = money(table.grid.rows.get(row, {}).get(column.number))
    return Decimal(0) if isinstance(value, Absent) else value


def measures_of(table: Table, taken: Taken, year: int | None) -> Measures:
    """Choose the columns; what is not chosen is left over, and why."""
    found = Measures()
    said = next((line for line in lines_above(table) if _MULTIPLE.search(fold(line))), "")
    if said:
        taken.leave(table.name, f'"{said[:80]}": angkanya bukan rupiah penuh, jadi tidak dipakai')
        return found
    budget = [each for each in table.having(Concept.PAGU) if _in_year(each, year) and not each.about.month]
    budget = _understood(table, budget, taken)
    quarterly = [each for each in budget if each.about.quarter]
    budget = [each for each in budget if each not in quarterly]
    chosen = _last_phase(table, budget, taken)
    if chosen is not None:
        found.single["anggaran"] = chosen
    spent = [each for each in table.having(Concept.BELANJA, Concept.REALISASI) if _in_year(each, year)]
    spent = [each for each in spent if each.about.level in {"", "Rekening"} or each.about.concept is Concept.BELANJA]
    spent = _understood(table, spent, taken)
    whole = [each for each in spent if not each.about.month and not each.about.quarter]
    _choose_whole(table, whole, spent, found, taken)
    _choose_periods(table, spent, found, taken)
    taken.goes |= {column.number: measure for measure, column in found.single.items()}
    size = max(1, len(found.periods) // 4)
    taken.goes |= {column.number: f"TW {(at - 1) // size + 1}" for at, column in found.periods.items()}
    return found


def _understood(table: Table, columns: list[Column], taken: Taken) -> list[Column]:
    """The columns whose headings hold no unknown word: one could say that it is another budget than the year's."""
    unclear = [each for each in columns if not is_understood(each.heading)]
    for each in unclear:
        taken.leave(table.name, f'judul kolom "{each.heading}" tidak seluruhnya dikenal, jadi angkanya tidak dipakai')
    return [each for each in columns if each not in unclear]


def _in_year(column: Column, year: int | None) -> bool:
    return not column.about.year or year is None or column.about.year == year


def _last_phase(table: Table, columns: list[Column], taken: Taken) -> Column | None:
    """The column of the last budget of the year."""
    if not columns:
        return None
    last = max(each.about.phase for each in columns)
    same = [each for each in columns if each.about.phase == last]
    if len(same) > 1 and not _are_equal(table, same):
        headings = " dan ".join(f'"{each.heading}"' for each in same)
        taken.leave(table.name, f"kolom {headings} sama-sama dapat berarti anggaran; tidak satu pun dipakai")
        return None
    for other in columns:
        if other not in same:
            taken.told.append(f'kolom "{other.heading}" tidak dipakai, karena "{same[0].heading}" anggaran terakhir')
    return same[0]


def _are_equal(table: Table, columns: list[Column]) -> bool:
    return all(len({amount(table, row, each) for each in columns}) == 1 for row in table.rows[:_LOOKED_AT])


def _choose_whole(table: Table, whole: list[Column], spent: list[Column], found: Measures, taken: Taken) -> None:
    """The column of what was spent in the year: up to its end, if one says so."""
    ended = [each for each in spent if each.about.summed and (each.about.month == 12 or each.about.quarter == 4)]
    summed = [each for each in whole if each.about.summed and "lalu" not in each.heading.casefold()]
    candidates = summed or [each for each in whole if not each.about.summed] or ended[:1]
    if not candidates:
        return
    if len(candidates) > 1 and not _are_equal(table, candidates):
        headings = " dan ".join(f'"{each.heading}"' for each in candidates)
        taken.leave(table.name, f"kolom {headings} sama-sama dapat berarti realisasi; tidak satu pun dipakai")
        return
    if _are_shares(table, candidates[0], found.single.get("anggaran")):
        taken.leave(table.name, f'kolom "{candidates[0].heading}" memuat persen, bukan rupiah; tidak dipakai')
        return
    found.single["realisasi"] = candidates[0]


def _are_shares(table: Table, spent: Column, budget: Column | None) -> bool:
    """Whether all that is said to be spent is at most 100, beside budgets of thousands: then it is a percentage."""
    if budget is None:
        return False
    values = [amount(table, row, spent) for row in table.rows[:_LOOKED_AT]]
    pagu = [amount(table, row, budget) for row in table.rows[:_LOOKED_AT]]
    numbers = [value for value in values if isinstance(value, Decimal)]
    large = any(isinstance(value, Decimal) and value > _LARGE for value in pagu)
    return large and any(numbers) and all(value <= HUNDRED for value in numbers)


def _choose_periods(table: Table, spent: list[Column], found: Measures, taken: Taken) -> None:
    """The columns of the quarters or months, where all of them are there and their meaning is beyond doubt."""
    quarters = {each.about.quarter: each for each in spent if each.about.quarter}
    months = {each.about.month: each for each in spent if each.about.month}
    periods, size = (quarters, 4) if len(quarters) == 4 else (months, 12)
    if len(periods) != size or sum(bool(each.about.quarter or each.about.month) for each in spent) > len(periods) + 1:
        for each in (*quarters.values(), *months.values()):
            if each is not found.single.get("realisasi"):
                taken.leave(table.name, f'kolom "{each.heading}" tidak dipakai: triwulan atau bulannya tidak lengkap')
        return
    ordered = {number: periods[number] for number in range(1, size + 1)}
    said = any(each.about.summed for each in ordered.values())
    meant = _meaning_of(table, ordered, found.single.get("realisasi"))
    if said and meant != "each":
        meant = "summed"
    if meant not in {"each", "summed"} or (said and meant == "each"):
        why = "tidak jelas apakah tiap bulan/triwulan sendiri atau sampai dengan bulan/triwulan itu"
        taken.leave(table.name, f'kolom "{ordered[1].heading}" sampai "{ordered[size].heading}" tidak dipakai: {why}')
        return
    found.periods, found.summed = ordered, meant == "summed"
    found.whole = "realisasi" not in found.single


def _meaning_of(table: Table, periods: dict[int, Column], whole: Column | None) -> str:
    """Whether the rows show amounts of each period, or amounts up to it; empty where they show neither or both."""
    each_fits = summed_fits = True
    falls = seen = False
    for row in table.rows[:_LOOKED_AT]:
        values = [amount(table, row, column) for column in periods.values()]
        numbers = [value for value in values if isinstance(value, Decimal)]
        if len(numbers) < len(values) or not any(numbers):
            continue
        seen = True
        falls |= any(later < earlier for earlier, later in pairwise(numbers))
        total = amount(table, row, whole) if whole is not None else None
        if isinstance(total, Decimal):
            each_fits &= sum(numbers, Decimal(0)) == total
            summed_fits &= numbers[-1] == total
    if not seen:
        return ""
    if whole is None:
        return "each" if falls else ""
    if each_fits != summed_fits:
        return "each" if each_fits else "summed" if not falls else ""
    return ""
