"""Exact numbers: reading them as Indonesian offices write them, and printing them back.

Money is whole rupiah or sen, everything is :class:`decimal.Decimal`, rounding is half **up** as in
Excel (never Python's ``round``, which is half even). No float comes or goes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext
from functools import lru_cache

DASHES = frozenset({"-", "–", "—", "−", "nihil", "n/a", "na", "tidak ada", "belum ada data"})
"""Texts that say "no value here": distinct from 0 and from an empty cell."""

HUNDRED = Decimal(100)
_PRECISION = 60
_EXCEL_DIGITS = 15
_EXCEL = Context(prec=_EXCEL_DIGITS, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=_PRECISION)
_ONE = Decimal(1)
_LONGEST = 400  # characters of a text that may be a number
_MOST_DIGITS = 20  # sums of so many digits stay exact; longer ones are no amounts but slips of the keyboard
_MOST_PLACES = 6  # of a percentage as written; more are the noise of a formula's division
_LARGEST_EXPONENT = 308  # of Excel's own numbers
_BLANKS = re.compile(r"\s+")
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_NO_UNSEEN = dict.fromkeys(map(ord, _UNSEEN))
_EDGES = "".join(char for char in map(chr, range(0x3001)) if char.isspace()) + _UNSEEN
_CURRENCY = re.compile(r"^(?:rp|idr)\.?\s*", re.IGNORECASE)
_TAIL = re.compile(r"[,.][-–—=]+$")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_NUMBER = re.compile(r"(?P<whole>[0-9.]+?)(?:,(?P<frac>[0-9]+))?")
_STORED = re.compile(r"\s*[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,5})?\s*")
_SCIENTIFIC = re.compile(r"(?P<digits>[0-9](?:[.,][0-9]+)?)[eE](?P<exponent>[-+]?[0-9]{1,2})")
_MULTIPLES = frozenset({"ribu", "rb", "juta", "jt", "miliar", "milyar", "triliun", "trilyun"})
_NO_UNITS = frozenset({"dari", "s", "sampai", "dan", "atau", "per"}) | _MULTIPLES


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


def bare(text: str) -> str:
    """Text without the blanks at its ends, also without those that are never seen."""
    return text.strip(_EDGES)


def squeeze(text: str) -> str:
    """Text with every run of blanks (also non-breaking ones) as a single space, and none at its ends."""
    text = bare(text)
    return text if text.isprintable() and "  " not in text else _BLANKS.sub(" ", text)


def visible(text: str) -> str:
    """Text as it is seen: compatibility form, single spaces, nothing unseen; its letters as they are."""
    if text.isascii():
        return " ".join(text.split())
    return squeeze(unicodedata.normalize("NFKC", text).translate(_NO_UNSEEN))


def fold(text: str) -> str:
    """Text for comparing names: compatibility form, no case, single spaces, nothing unseen."""
    return _short_fold(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    return visible(text).casefold()


_SHORT = 300  # letters: names and sentences, asked for again and again; long texts are not kept in memory
_short_fold = lru_cache(maxsize=8192)(_fold)


def parse(text: str) -> Reading:
    """Read a number as it is written in Indonesia.

    ``1.351.829.790``, ``Rp 1.351.829.790,-``, ``98,65 %``, ``(1.000.000)``, ``1.000.000-`` and ``2 Lap``
    are numbers. A single group of three after one dot or comma (``1.351``, ``1,351``) may be a thousand or a
    decimal: ambiguous. A dot that does not group by three (``98.65``) can only be a decimal dot: a number,
    marked ``dot``. What is multiplied by a word (``1,5 juta``) is no number: we do not calculate for anybody.
    """
    if len(text) > _LONGEST:
        return NotNumber()
    body = _plain_digits(squeeze(unicodedata.normalize("NFKC", text).translate(_NO_UNSEEN)))
    if fold(body) in DASHES:
        return NoValue()
    negative = False
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, body[1:-1].strip()
    body = _CURRENCY.sub("", body)
    whole_rupiah = _TAIL.search(body) is not None
    body = _TAIL.sub("", body)
    if body[:1] in {"-", "−", "–"}:
        negative, body = True, body[1:].lstrip()
        body = _CURRENCY.sub("", body)
    elif body[-1:] in {"-", "−"} and body[-2:-1].isdigit():
        negative, body = True, body[:-1]
    match = re.match(r"[0-9][0-9.,]*", body)
    if match is None:
        return NotNumber()
    scientific = _SCIENTIFIC.fullmatch(body)
    if scientific is not None:
        return _signed(_from_scientific(scientific), negative)
    digits, unit = match[0], body[match.end() :].strip()
    if not _is_unit(unit) or sum(char.isdigit() for char in digits) > _MOST_DIGITS:
        return NotNumber()
    reading = _parse_digits(digits, unit)
    if whole_rupiah and isinstance(reading, Ambiguous) and "," not in digits:
        reading = Number(reading.readings[0], unit)  # the sign for "no sen" behind it leaves one reading
    return _signed(reading, negative)


def _plain_digits(text: str) -> str:
    """Digits of other scripts (Arabic keyboards) as ours."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def _from_scientific(match: re.Match[str]) -> Reading:
    """``1,35E+09``: what a too narrow column leaves of a number that was copied from it."""
    value = plain(Decimal(f"{match['digits'].replace(',', '.')}E{match['exponent']}"))
    return Number(value) if -_MOST_DIGITS < value.adjusted() < _EXCEL_DIGITS else NotNumber()


def _is_unit(unit: str) -> bool:
    """Whether what stands behind the digits is a unit: one or two words without digits."""
    if unit in {"", "%"}:
        return True
    return (
        len(unit) <= 20
        and re.fullmatch(r"[^\W\d_]+(?:[ /][^\W\d_]+)?", unit) is not None
        and _NO_UNITS.isdisjoint(re.split(r"[ /]", fold(unit)))
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
    if "." in whole:
        return _parse_dotted(whole, frac, unit)
    if frac is not None and len(frac) == 3 and len(whole) <= 3 and not whole.startswith("0"):
        return Ambiguous((Decimal(whole + frac), Decimal(f"{whole}.{frac}")))
    return Number(Decimal(f"{whole}.{frac}" if frac else whole), unit)


def _parse_dotted(whole: str, frac: str | None, unit: str) -> Reading:
    """A whole part with dots: thousands, or a single decimal dot."""
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
        decimal.InvalidOperation: the text is no number that Excel can store.
    """
    if len(text) <= _EXCEL_DIGITS and text.isascii() and text.isdigit():
        return Decimal(text)
    if len(text) > _LONGEST or not text.isascii() or _STORED.fullmatch(text) is None:
        raise InvalidOperation
    value = Decimal(text)
    if value.is_zero() or value.adjusted() < -_LARGEST_EXPONENT:
        return Decimal(0)
    if value.adjusted() > _LARGEST_EXPONENT:
        raise InvalidOperation
    return plain(_EXCEL.plus(value))


def is_exact(value: Decimal) -> bool:
    """Whether a stored number of this size still has all the digits that were typed: below 15 of them."""
    return value.adjusted() < _EXCEL_DIGITS


def plain(value: Decimal) -> Decimal:
    """The same number without exponent (unless it is huge) or trailing zeros after the decimal point."""
    if value == value.to_integral_value():
        return value.quantize(_ONE, context=_WIDE) if value.adjusted() < _PRECISION else value
    return value.normalize(_WIDE)


def half_up(value: Decimal, places: int) -> Decimal:
    """Round half up (away from zero), as Excel does."""
    needed = value.adjusted() + places + 2
    context = _WIDE if needed <= _PRECISION else Context(prec=needed)
    return value.quantize(_ONE.scaleb(-places), rounding=ROUND_HALF_UP, context=context)


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """``part / whole × 100`` with 60 digits.

    Raises:
        decimal.DivisionByZero: ``whole`` is 0; ask first, a percentage of nothing is "-".
    """
    return _WIDE.divide(_WIDE.multiply(part, HUNDRED), whole)


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
    return _shown(value, places)


@lru_cache(maxsize=4096)
def _shown(value: Decimal, places: int | None) -> str:
    """The same number stands in many tables of a report."""
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


def half_unit(written: Decimal) -> Decimal:
    """Half a unit of the last place that was written: 0,05 for 93,6; 0,5 for 97; 0,005 for 95,00 (a text)."""
    exponent = written.as_tuple().exponent
    places = min(max(0, -exponent), _MOST_PLACES) if isinstance(exponent, int) else 0
    return Decimal(5).scaleb(-places - 1)


def as_written(value: Decimal | None) -> str:
    """A percentage as somebody wrote it: with its own decimals, the noise of a division cut off; "-" for none."""
    if value is None:
        return "-"
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return show(value, places if places <= _MOST_PLACES else 2)
