"""Codes of program, kegiatan, sub kegiatan and rekening, as exports write them.

The nomenclature (Permendagri 90/2019, Kepmendagri 050-5889/2021) writes ``U.BB`` for a bidang urusan, then two digits
for the program, ``K.GG`` for the kegiatan and two to four digits for the sub kegiatan; an account begins with 4, 5 or 6
and a single digit. A number that lost its zeros is mended only where the nomenclature leaves one way to write it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

LEVELS = ("Urusan", "Bidang", "Program", "Kegiatan", "Sub Kegiatan", "Rekening")
KEPT = ("Program", "Kegiatan", "Sub Kegiatan")
"""The levels that the workbook has."""

_BIDANG = r"[0-9X]\.(?:[0-9]{2}|XX)"
_PROGRAM = rf"{_BIDANG}\.[0-9]{{2}}"
_KEGIATAN = rf"{_PROGRAM}\.[0-9]\.[0-9]{{2}}"
_SUB = rf"{_KEGIATAN}\.[0-9]{{2,4}}"
_ACCOUNT = r"[4-6]\.[0-9](?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{3,5})?)?)?)?"
_SKPD = r"[0-9]\.[0-9]{2}\.[0-9]\.[0-9]{2}\.[0-9]\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}"
_WHOLE = (
    ("Sub Kegiatan", re.compile(_SUB)),
    ("Kegiatan", re.compile(_KEGIATAN)),
    ("Program", re.compile(_PROGRAM)),
    ("Bidang", re.compile(_BIDANG)),
    ("Rekening", re.compile(_ACCOUNT)),
    ("SKPD", re.compile(_SKPD)),
)
_LONG = re.compile(rf"(?:{_SKPD}\.)?(?P<code>{_SUB})(?:\.(?P<account>{_ACCOUNT}))?")
_LEADING = re.compile(r"(?P<code>[0-9X](?:\. ?[0-9X]{1,5})+)\.?(?:\s*[-–:]\s*|\s+)(?P<name>\S.*)", re.DOTALL)
_WIDTHS = (1, 2, 2)  # digits of urusan, bidang and program
_MONEY_WORDS = re.compile(r"\s*(?:belanja|pendapatan|pembiayaan|penerimaan|pengeluaran)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Code:
    """A code with the level that it stands for; ``within`` is the sub kegiatan of an account that says it."""

    text: str
    level: str
    within: str = ""


def read(text: str, name: str = "") -> Code | None:
    """The code in a cell; None where it is none of the nomenclature. ``name`` tells urusan 5 from belanja 5."""
    plain = re.sub(r"\s+", "", text).strip(".").upper()
    if not plain:
        return None
    for level, pattern in _WHOLE:
        if pattern.fullmatch(plain):
            return Code(plain, level)
    if plain.isdigit() and len(plain) == 1:
        return Code(plain, "Rekening" if plain in "456" and _MONEY_WORDS.match(name) else "Urusan")
    long = _LONG.fullmatch(plain)
    if long is None:
        return None
    return Code(long["account"], "Rekening", long["code"]) if long["account"] else Code(long["code"], "Sub Kegiatan")


def leading(text: str) -> tuple[str, str]:
    """The code in front of a name ("1.01.02 Program …", "5.1.02 - Belanja …"), and the name; no code, the whole."""
    match = _LEADING.match(text)
    if match is None or read(match["code"], match["name"]) is None:
        return "", text
    return match["code"], match["name"].strip()


def parent(code: str, level: str) -> str:
    """The code of what stands above a kegiatan or a sub kegiatan."""
    cut = {"Sub Kegiatan": 5, "Kegiatan": 3}.get(level, 0)
    return ".".join(code.split(".")[:cut])


def joined(parts: Sequence[str | Decimal | None], widths: Sequence[int]) -> str | None:
    """One code of what stands in several columns, the filled ones from the left; None where a zero may be lost.

    ``widths`` are the digits that texts in these columns have; 0 where no text says so.
    """
    segments: list[str] = []
    for place, part in enumerate(parts):
        if part is None or part == "":
            break
        segment = part if isinstance(part, str) else _segment(part, place, widths[place])
        if segment is None:
            return None
        segments += segment.strip(" .").split(".")
    if len(segments) > 1 and segments[0].isdigit():
        for place, segment in enumerate(segments[:3]):
            if segment.isdigit() and len(segment) < _WIDTHS[place]:
                segments[place] = segment.zfill(_WIDTHS[place])
    return ".".join(segments)


def _segment(number: Decimal, place: int, width: int) -> str | None:
    """A piece of a code that was stored as a number, with the zeros that it must have had."""
    whole = number == number.to_integral_value()
    if whole and place < len(_WIDTHS):
        return f"{int(number)}".zfill(_WIDTHS[place])
    if whole and width:
        return f"{int(number)}".zfill(width)
    if whole and place == len(_WIDTHS) and number < 10:
        return f"{int(number)}"  # the kewenangan, a single digit in a column of its own
    head, _, tail = f"{number:f}".partition(".")
    return f"{head}.{tail}" if len(tail) == 2 else None
