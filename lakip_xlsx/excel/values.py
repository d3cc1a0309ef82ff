"""From a stored cell to a value of its column's kind, and what is special about it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lakip_xlsx import bahasa, numbers
from lakip_xlsx.excel.raw import RawCell
from lakip_xlsx.numbers import bare, fold, squeeze
from lakip_xlsx.workbook.book import Note, Oddity, Value
from lakip_xlsx.workbook.pilihan import Words
from lakip_xlsx.workbook.spec import NUMERIC, Kind

_MAX_CODE_DIGITS = 15
_FIRST_YEAR = 1990  # of a date that has lost its format; a smaller number in a date's place is no date
_RUPIAH = frozenset({"", "rupiah", "idr"})
_DAY = re.compile(r"([0-9]{1,2}) ([a-z]+) ([0-9]{4})")
_NUMERIC_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


class Converted(NamedTuple):
    """A cell's value, the unit that was written with it, and what is special about the cell."""

    value: Value
    unit: str = ""
    note: Note | None = None


EMPTY = Converted(None)


def convert(cell: RawCell | None, kind: Kind, *, date1904: bool = False) -> Converted:
    """The value of a cell in a column of this kind. Never raises, never guesses."""
    if cell is None:
        return EMPTY
    if not cell.calculated:
        return Converted(None, note=Note(Oddity.UNCALCULATED, "rumus"))
    if cell.kind == "e":
        return Converted(None, note=Note(Oddity.ERROR, cell.text))
    if cell.kind == "b":
        return _text("BENAR" if cell.text == "1" else "SALAH", kind)
    if cell.kind == "s":
        return _text(cell.text, kind)
    try:
        number = numbers.from_excel(cell.text)
    except InvalidOperation:
        return _text(cell.text, kind)
    if not number.is_finite():
        return _text(cell.text, kind)
    return _number(number, cell, kind, date1904=date1904)


def settled(read: Converted, words: Words | None) -> Converted:
    """What was read in a choice column as the word of its list that is meant; what is none stays as typed."""
    if words is None or not isinstance(read.value, str) or read.note is not None:
        return read
    word = words(read.value)
    if word == read.value:
        return read
    return Converted(word or read.value, note=Note(Oddity.SYNONYM if word else Oddity.NOT_CHOICE, read.value))


def _number(number: Decimal, cell: RawCell, kind: Kind, *, date1904: bool) -> Converted:
    if cell.look.date or kind is Kind.DATE:
        day = _from_serial(number, date1904=date1904)
        if day is not None and (cell.look.date or day.year >= _FIRST_YEAR):
            return _day(day, kind)
    if not numbers.is_exact(number):
        return _lost_digits(number, kind)
    percent = cell.look.percent and kind not in {Kind.MONEY, Kind.COUNT, Kind.YEAR}
    if percent:
        number = numbers.plain(number * numbers.HUNDRED)
    if kind in NUMERIC:
        return Converted(number, unit="%" if percent else "")
    return Converted(f"{numbers.show(number)}%" if percent else f"{number:f}")


def _day(day: dt.date, kind: Kind) -> Converted:
    """A cell that Excel shows as a date: also where nobody meant one, such as 3/5 in a column of numbers."""
    if kind is Kind.DATE:
        return Converted(day)
    if kind is Kind.YEAR:
        return Converted(Decimal(day.year))
    shown = bahasa.date(day)
    return Converted(None, note=Note(Oddity.NOT_NUMBER, shown)) if kind in NUMERIC else Converted(shown)


def _lost_digits(number: Decimal, kind: Kind) -> Converted:
    """A number with more digits than Excel keeps: what was typed is lost, and nothing is made of the rest."""
    shown = f"{number:f}" if number.adjusted() < 2 * _MAX_CODE_DIGITS else f"{number:E}"
    note = Note(Oddity.LOST_DIGITS, shown)
    return Converted(None, note=note) if kind in NUMERIC else Converted(shown, note=note)


def _text(text: str, kind: Kind) -> Converted:
    stripped = bare(text)
    if not stripped:
        return EMPTY
    if kind is Kind.LONG_TEXT:
        return Converted(stripped)
    if kind is Kind.DATE:
        return Converted(_from_text(stripped) or squeeze(stripped))
    if kind in NUMERIC:
        return _numeric_text(stripped, kind)
    return Converted(squeeze(stripped))


def _numeric_text(text: str, kind: Kind) -> Converted:
    """A text in a column of numbers: a number as text, a dash, an ambiguity, or no number."""
    if kind is Kind.YEAR:
        year = re.fullmatch(r"(?:ta|tahun|tahun anggaran)?\s*([0-9]{4})\*?", fold(text))
        return Converted(Decimal(year[1])) if year else Converted(None, note=Note(Oddity.NOT_NUMBER, text))
    reading = numbers.parse(text)
    match reading:
        case numbers.Number(value=value, unit=unit, dot=dot):
            if kind is Kind.MONEY and fold(unit) not in _RUPIAH:
                return Converted(None, note=Note(Oddity.NOT_NUMBER, text))
            if dot:
                return Converted(value, unit, Note(Oddity.DOT_DECIMAL, text))
            if kind is Kind.QUANTITY and unit:
                return Converted(value, unit)
            return Converted(value, unit, Note(Oddity.TEXT_NUMBER, text))
        case numbers.Ambiguous():
            return Converted(None, note=Note(Oddity.AMBIGUOUS, text))
        case numbers.NoValue():
            return Converted(None, note=Note(Oddity.DASH, text))
        case numbers.NotNumber():
            kept = text if kind is Kind.QUANTITY else None
            return Converted(kept, note=Note(Oddity.NOT_NUMBER, text))


def _from_serial(number: Decimal, *, date1904: bool) -> dt.date | None:
    """A date from Excel's serial day number (1900 or 1904 system)."""
    if not 0 < number < 2_958_466:
        return None
    epoch = dt.date(1904, 1, 1) if date1904 else dt.date(1899, 12, 30)
    try:
        return epoch + dt.timedelta(days=int(number))
    except OverflowError:
        return None


def _from_text(text: str) -> dt.date | None:
    """A date as it is typed: "31 Januari 2020" or "31/01/2020"."""
    long, short = _DAY.fullmatch(fold(text)), _NUMERIC_DAY.fullmatch(squeeze(text))
    months = [month.casefold() for month in bahasa.MONTHS]
    try:
        if long and long[2] in months:
            return dt.date(int(long[3]), months.index(long[2]) + 1, int(long[1]))
        if short:
            return dt.date(int(short[3]), int(short[2]), int(short[1]))
    except ValueError:
        return None
    return None
