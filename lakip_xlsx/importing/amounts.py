"""Numbers as foreign tables write them. What has two readings is never guessed: it is a doubt, and is told."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lakip_xlsx import numbers
from lakip_xlsx.importing.grid import Content, Odd
from lakip_xlsx.numbers import fold

_MOST_DIGITS = 15
_RUPIAH = frozenset({"", "rupiah", "idr", "rp"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a cell is left out, as the end of a sentence."""

    why: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A cell that says that there is nothing: ``-``, ``nihil``, ``n/a``; ``said`` is the sign itself."""

    said: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A target or a realisasi: a number with its unit, or a text that is no number (BB, WTP)."""

    value: Decimal | str
    unit: str = ""
    percent: bool = False


def money(content: Content | None) -> Decimal | Absent | Doubt | None:
    """An amount of rupiah; None for an empty cell."""
    if content is None:
        return None
    if isinstance(content.value, Odd):
        return Doubt(content.value.what)
    if isinstance(content.value, Decimal):
        return Doubt("berformat persen, padahal kolom uang") if content.percent else content.value
    reading = numbers.parse(content.value)
    match reading:
        case numbers.Number(value=value, unit=unit):
            if fold(unit) not in _RUPIAH:
                return Doubt(f"{_quoted(content.value)} bukan rupiah")
            return _storable(value)
        case numbers.Ambiguous(readings=(first, second)):
            return Doubt(f"{_quoted(content.value)} dapat berarti {numbers.show(first)} atau {numbers.show(second)}")
        case numbers.NoValue():
            return Absent(content.value.strip())
        case _:
            return Doubt(f"{_quoted(content.value)} bukan angka")


def quantity(content: Content | None) -> Quantity | Absent | Doubt | None:
    """A target or a realisasi; None for an empty cell."""
    if content is None:
        return None
    if isinstance(content.value, Odd):
        return Doubt(content.value.what)
    if isinstance(content.value, Decimal):
        return Quantity(content.value, "%" if content.percent else "", content.percent)
    reading = numbers.parse(content.value)
    match reading:
        case numbers.Number(value=value, unit=unit):
            stored = _storable(value)
            return stored if isinstance(stored, Doubt) else Quantity(stored, unit, unit == "%")
        case numbers.Ambiguous(readings=(first, second)):
            return Doubt(f"{_quoted(content.value)} dapat berarti {numbers.show(first)} atau {numbers.show(second)}")
        case numbers.NoValue():
            return Absent(content.value.strip())
        case _:
            return Quantity(content.value)


def count(content: Content | None) -> Decimal | Absent | Doubt | None:
    """A number of people."""
    found = quantity(content)
    if not isinstance(found, Quantity):
        return found
    if isinstance(found.value, str) or found.percent or found.value != found.value.to_integral_value():
        return Doubt(f"{_quoted(str(content.value if content else ''))} bukan jumlah orang")
    return found.value


def _storable(value: Decimal) -> Decimal | Doubt:
    """A number that Excel can keep with all its digits."""
    digits = len(numbers.plain(value).normalize().as_tuple().digits)
    return value if digits <= _MOST_DIGITS else Doubt(f"{numbers.show(value)} lebih dari 15 digit")


def _quoted(text: str) -> str:
    shown = " ".join(text.split())
    return f'"{shown[:39]}…"' if len(shown) > 40 else f'"{shown}"'
