"""Bahasa Indonesia: numbers in words, dates, enumerations."""

from __future__ import annotations

import datetime as dt

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)

_ONES = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"), (100, "ratus"), (10, "puluh"))


def words(number: int) -> str:
    """A whole number in words: 32 → "tiga puluh dua", 1001000 → "satu juta seribu".

    Raises:
        ValueError: the number is 10^15 or more.
    """
    if number < 0:
        return f"minus {words(-number)}"
    if number >= 10**15:
        raise ValueError(f"{number} terlalu besar untuk ditulis dengan kata")
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    for size, name in _SCALES:
        if number >= size:
            many, rest = divmod(number, size)
            head = f"se{name}" if many == 1 and size in (100, 1000) else f"{words(many)} {name}"
            return f"{head} {words(rest)}" if rest else head
    raise AssertionError(number)


def counted(number: int, noun: str = "") -> str:
    """A count as reports write it: ``counted(32, "kegiatan")`` → "32 (tiga puluh dua) kegiatan"."""
    return f"{number} ({words(number)}) {noun}".rstrip()


def date(day: dt.date) -> str:
    """A date in long form: "31 Januari 2020"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def enumerate_(items: list[str]) -> str:
    """Items in a sentence: "a", "a dan b", "a, b, dan c"."""
    if len(items) <= 2:
        return " dan ".join(items)
    return f"{', '.join(items[:-1])}, dan {items[-1]}"


def roman(number: int) -> str:
    """A chapter number: 4 → "IV"."""
    numerals = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, numeral in numerals:
        many, number = divmod(number, value)
        text += numeral * many
    return text


def nip(text: str) -> str:
    """A NIP in its usual groups 8-6-1-3; anything that is not 18 digits is left as typed."""
    digits = text.replace(" ", "")
    if len(digits) == 18 and digits.isdigit():
        return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"
    return text
