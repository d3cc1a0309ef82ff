"""Exact numbers: reading them as Indonesian offices write them, and printing them back.

Money is whole rupiah or sen, everything is :class:`decimal.Decimal`, rounding is half **up** as in
Excel (never Python's ``round``, which is half even). No float comes or goes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

DASHES = frozenset({"-", "–", "—", "−", "nihil", "n/a", "na", "tidak ada", "belum ada data"})
"""Texts that say "no value here": distinct from 0 and from an empty cell."""

HUNDRED = Decimal(100)
_PRECISION = 60
_EXCEL_DIGITS = 15
_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f\u200b\u200c\u200d\u2060\ufeff]+")
_CURRENCY = re.compile(r"^(?:rp|idr)\.?\s*", re.IGNORECASE)
_TAIL = re.compile(r",(?:-|–|—|=)+$")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_NUMBER = re.compile(r"(?P<whole>[0-9.]+?)(?:,(?P<frac>[0-9]+))?")


@dataclass(frozen=True, slots=True)
class Number:
    """A text that is a number, with the unit that stood behind it (``%``, ``Lap``), if any."""

    value: Decimal
    unit: str = ""
    dot: bool = False  # written with a decimal dot (98.65): one reading only, but not how we write it


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A text with two honest readings, such as ``1.351``; we ask and never guess."""

    readings: tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class NoValue:
    """A dash or "nihil": the office says that there is no value."""


@dataclass(frozen=True, slots=True)
class NotNumber:
    """A text that is no number (``1:32``, ``BB``, ``100 dari 110``)."""


Reading = Number | Ambiguous | NoValue | NotNumber


def squeeze(text: str) -> str:
    """Text with every run of blanks (also non-breaking and zero-width ones) as a single space."""
    return _BLANKS.sub(" ", text).strip()


def fold(text: str) -> str:
    """Text for comparing names: compatibility form, no case, single spaces."""
    return squeeze(unicodedata.normalize("NFKC", text)).casefold()


def parse(text: str) -> Reading:
    """Read a number as it is written in Indonesia.

    ``1.351.829.790``, ``Rp 1.351.829.790,-``, ``98,65 %``, ``(1.000.000)`` and ``2 Lap`` are numbers.
    A single group of three after one dot (``1.351``) may be a thousand or a decimal: ambiguous.
    A dot that does not group by three (``98.65``) can only be a decimal dot: a number, marked ``dot``.
    """
    body = squeeze(unicodedata.normalize("NFKC", text))
    if fold(body) in DASHES:
        return NoValue()
    negative = False
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, body[1:-1].strip()
    body = _CURRENCY.sub("", body)
    body = _TAIL.sub("", body)
    if body[:1] in {"-", "−", "–"}:
        negative, body = True, body[1:].lstrip()
        body = _CURRENCY.sub("", body)
    match = re.match(r"[0-9][0-9.,]*", body)
    if match is None:
        return NotNumber()
    digits, unit = match[0], body[match.end() :].strip()
    if not _is_unit(unit):
        return NotNumber()
    return _signed(_parse_digits(digits, unit), negative)


def _is_unit(unit: str) -> bool:
    """Whether what stands behind the digits is a unit: one or two words without digits."""
    if unit in {"", "%"}:
        return True
    return (
        len(unit) <= 20
        and re.fullmatch(r"[^\W\d_]+(?:[ /][^\W\d_]+)?", unit) is not None
        and (fold(unit).split()[0] not in {"dari", "s", "sampai", "dan", "atau", "per"})
    )


def _signed(reading: Reading, negative: bool) -> Reading:
    if not negative:
        return reading
    if isinstance(reading, Number):
        return Number(-reading.value, reading.unit, reading.dot)
    if isinstance(reading, Ambiguous):
        first, second = reading.readings
        return Ambiguous((-first, -second))
    return reading


def _parse_digits(digits: str, unit: str) -> Reading:
    """The digits part: dots group by three, one comma before the decimals."""
    match = _NUMBER.fullmatch(digits)
    if match is None:
        return _parse_english(digits, unit)
    whole, frac = match["whole"], match["frac"]
    if "." not in whole:
        return Number(Decimal(f"{whole}.{frac}" if frac else whole), unit)
    if _GROUPED.fullmatch(whole):
        thousands = Decimal(whole.replace(".", ""))
        if frac is not None:
            return Number(Decimal(f"{whole.replace('.', '')}.{frac}"), unit)
        if whole.count(".") == 1 and not whole.startswith("0"):
            return Ambiguous((thousands, Decimal(whole)))
        if whole.startswith("0"):
            return Number(Decimal(whole), unit, dot=True) if whole.count(".") == 1 else NotNumber()
        return Number(thousands, unit)
    if whole.count(".") == 1 and frac is None and not whole.startswith(".") and not whole.endswith("."):
        return Number(Decimal(whole), unit, dot=True)
    return NotNumber()


def _parse_english(digits: str, unit: str) -> Reading:
    """``1,351,829,790.00``: unmistakably grouped by commas; ``1,351,829`` too."""
    if re.fullmatch(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?", digits) or re.fullmatch(
        r"[1-9][0-9]{0,2},[0-9]{3}\.[0-9]+", digits
    ):
        return Number(Decimal(digits.replace(",", "")), unit)
    return NotNumber()


def from_excel(text: str) -> Decimal:
    """The number that Excel shows for a stored ``<v>``: its 15 significant digits, exactly.

    Excel stores 98.65 % as ``0.98650000000000004``; the user typed and sees 0,9865.

    Raises:
        decimal.InvalidOperation: the text is not a number.
    """
    value = Decimal(text)
    if value.is_zero():
        return Decimal(0)
    with localcontext() as context:
        context.prec = _EXCEL_DIGITS
        context.rounding = ROUND_HALF_UP
        value = +value
    return plain(value)


def plain(value: Decimal) -> Decimal:
    """The same number without exponent or trailing zeros after the decimal point."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) if abs(value.adjusted()) < _PRECISION else value
    return value.normalize()


def half_up(value: Decimal, places: int) -> Decimal:
    """Round half up (away from zero), as Excel does."""
    with localcontext() as context:
        context.prec = _PRECISION
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """``part / whole × 100`` with 60 digits.

    Raises:
        decimal.DivisionByZero: ``whole`` is 0; ask first, a percentage of nothing is "-".
    """
    with localcontext() as context:
        context.prec = _PRECISION
        return part * HUNDRED / whole


def mean(values: list[Decimal]) -> Decimal:
    """The simple mean, with 60 digits. The list must not be empty."""
    with localcontext() as context:
        context.prec = _PRECISION
        return sum(values, Decimal(0)) / len(values)


def decimals(value: Decimal) -> int:
    """How many digits stand after the decimal point."""
    exponent = plain(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def show(value: Decimal, places: int | None = None) -> str:
    """Indonesian notation: ``1.351.829.790``, ``98,65``; own decimals when ``places`` is not given."""
    number = half_up(value, decimals(value) if places is None else places)
    sign, whole_frac = ("-", -number) if number < 0 else ("", number)
    whole, _, frac = f"{whole_frac:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{frac}" if frac else f"{sign}{grouped}"


def rupiah(value: Decimal | None) -> str:
    """Money in a table: ``1.351.829.790``; sen only where there are any; ``-`` where there is none."""
    if value is None:
        return "-"
    return show(value, 0 if value == value.to_integral_value() else 2)


def percent(value: Decimal | None) -> str:
    """A percentage in a table, two decimals without the sign: ``98,65``; ``-`` where there is none."""
    return "-" if value is None else show(value, 2)
