"""Capaian and predikat: the formulas of performance measurement, on exact numbers.

There is no national formula, cap or scale; what is used is declared in the workbook and printed in the
method section of the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lakip_xlsx.numbers import HUNDRED, fold, percentage


class Arah(StrEnum):
    """Direction of an indicator: which way is better."""

    NAIK = "Naik"
    TURUN = "Turun"


_ARAH = {fold(member): member for member in Arah}


def arah(text: str) -> Arah | None:
    """The direction that a cell names; None if it names none."""
    return _ARAH.get(fold(text))


def capaian(target: Decimal | None, realisasi: Decimal | None, direction: Arah | None) -> Decimal | None:
    """Capaian in percent, without a cap; None where it cannot be calculated.

    Naik: R/T. Turun: (2T-R)/T, so that R = 0 gives 200. A target that is met exactly is 100 either
    way, also where no direction is given. Target 0 is not calculable.
    """
    if target is None or realisasi is None or target == 0:
        return None
    if target == realisasi:
        return HUNDRED
    if direction is Arah.NAIK:
        return percentage(realisasi, target)
    if direction is Arah.TURUN:
        return percentage(2 * target - realisasi, target)
    return None


def capped(value: Decimal | None, cap: Decimal | None) -> Decimal | None:
    """The capaian that counts, under the declared cap (batas capaian), if any."""
    return value if value is None or cap is None else min(value, cap)


class Efisiensi(StrEnum):
    """How the use of money compares with what it brought about."""

    EFISIEN = "Efisien"
    KURANG = "Kurang Efisien"
    TIDAK_DIHITUNG = "Tidak Dapat Dihitung"


def efisiensi(capaian_persen: Decimal | None, serapan: Decimal | None) -> Efisiensi:
    """Efficient where the capaian is at least the share of the budget that was spent, both in percent.

    Never 100 minus serapan: money that was not spent is no merit in itself.
    """
    if capaian_persen is None or serapan is None:
        return Efisiensi.TIDAK_DIHITUNG
    return Efisiensi.EFISIEN if capaian_persen >= serapan else Efisiensi.KURANG


@dataclass(frozen=True, slots=True)
class Kelas:
    """One class of a scale. ``row`` is its row in the sheet Skala."""

    batas: Decimal
    predikat: str
    termasuk: bool
    row: int

    def holds(self, value: Decimal) -> bool:
        """Whether a capaian is at or above this class's lower limit."""
        return value >= self.batas if self.termasuk else value > self.batas

    def text(self) -> str:
        """The lower limit in words: "85" or "di atas 90"."""
        return f"{self.batas:f}" if self.termasuk else f"di atas {self.batas:f}"


@dataclass(frozen=True, slots=True)
class Skala:
    """A predikat scale, its classes from the highest down. The unrounded capaian is classified."""

    nama: str
    kelas: tuple[Kelas, ...]

    def predikat(self, value: Decimal | None) -> str | None:
        """The predikat of a capaian; None if it is not calculable or lies below every class."""
        if value is None:
            return None
        return next((kelas.predikat for kelas in self.kelas if kelas.holds(value)), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The predikat, best first."""
        return tuple(kelas.predikat for kelas in self.kelas)


def build_skala(nama: str, kelas: list[Kelas]) -> Skala:
    """A scale with its classes in order: at the same limit, "di atas" stands above "mulai dari"."""
    return Skala(nama, tuple(sorted(kelas, key=lambda k: (k.batas, not k.termasuk), reverse=True)))
