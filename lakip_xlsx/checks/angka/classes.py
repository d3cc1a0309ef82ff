"""How many indicators fell in a class of the scale, as sentences say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lakip_xlsx.bahasa import words
from lakip_xlsx.checks.terbilang import SPOKEN
from lakip_xlsx.numbers import fold

_SENTENCE = re.compile(r"[\n;]+|(?<=[^\W\d])\.(?=\s|$)")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_NUMBERS = {words(number): number for number in range(201)}

_BULLET = r"(?:[-*•–·]|\(?[0-9a-z]{1,2}[.)])?\s*"
_QUOTES = "[\"'“”‘’„‟«»`´]"
_SPOKEN = rf"(?:{SPOKEN})(?:\s(?:{SPOKEN}))*"
_COUNT = rf"(?P<count>[0-9]{{1,4}}(?![0-9.,]*[0-9])|{_SPOKEN})\b(?!\s*%)\s*(?:\([^)]*\)\s*)?"
_INDICATORS = r"(?:buah\s+|butir\s+)?indikator\b"
_CLASS_FOLLOWS = (
    r"\b(?:ber)?(?:predikat|kategori|klasifikasi|kualifikasi|kriteria|kelas)(?:nya)?\s+(?:adalah\s+|yaitu\s+)?|"
    r"\b(?:terlaksana|tercapai)\s+dengan\s+"
)
_LINK = r"(?:\s*[:=]\s*|,?\s+(?:ada\s+|terdapat\s+)?(?:sebanyak|sejumlah|berjumlah|adalah|ada)\s+)"
_GRADES = "".join(rf"(?<!{word} )" for word in ("sangat", "amat", "cukup", "kurang", "tidak", "lebih", "belum"))


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A sentence of the office that says how many indicators fell in a class.

    ``certain`` where it says "indikator"; a bare "Baik: 4" may also be the scale itself.
    """

    row: int
    predikat: str
    count: int
    certain: bool


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How a count per class is said, for the classes of one scale."""

    after: re.Pattern[str]  # "baik" sebanyak 4 indikator
    enumerated: re.Pattern[str]  # the same, and: …, baik sebanyak 1 indikator
    before: re.Pattern[str]  # 4 indikator berpredikat "baik"
    bare: re.Pattern[str]  # - Baik: 4


@lru_cache(maxsize=32)
def _patterns(names: tuple[str, ...]) -> _Patterns:
    single = _any_of(names)
    double = _any_of(name for name in names if " " in name) or "(?!)"
    quoted = rf"(?:{_QUOTES}\s*|(?:{_CLASS_FOLLOWS}){_QUOTES}*\s*)"
    listed = rf"(?:{quoted}|(?<=,)\s+(?:dan\s+|serta\s+)?)"
    two = rf"(?<![\w-]){_GRADES}(?P<two>{double})"
    opening = rf"^{_BULLET}{_QUOTES}*\s*(?P<opening>{single})"
    end = rf"\s*{_QUOTES}*(?![\w-])"
    count = rf"{end}(?:{_LINK}|(?<={_QUOTES})\s+){_COUNT}{_INDICATORS}"
    words_between = r"(?:\s+(?!dan\b|serta\b)[a-z]+){0,5}?\s+"
    return _Patterns(
        after=re.compile(rf"(?:{opening}|{quoted}(?P<marked>{single})|{two}){count}"),
        enumerated=re.compile(rf"(?:{opening}|{listed}(?P<marked>{single})|{two}){count}"),
        before=re.compile(
            rf"(?<![\w.,]){_COUNT}{_INDICATORS}{words_between}(?:{quoted}(?P<marked>{single})|{two}){end}"
        ),
        bare=re.compile(rf"{opening}{end}\s*[:=]\s*{_COUNT}$"),
    )


def class_counts(text: str, names: tuple[str, ...], row: int, year: int | None) -> Iterator[ClassCount]:
    """The counts per class that a text states, such as: Terlaksana dengan "baik" sebanyak 4 (empat) indikator.

    A class is known by its quotes, by a word before it (predikat, kategori), by the beginning of the line, or
    by its two words: "baik" alone is a word like any other. Sentences that name another year are left out.
    """
    shown = {fold(name): name for name in names}
    said = _patterns(tuple(shown))
    for sentence in _SENTENCE.split(text):
        line = fold(sentence)
        if not any(name in line for name in shown):
            continue
        years = {int(found) for found in _YEAR.findall(line)}
        if years and year is not None and year not in years:
            continue
        certain = list((said.enumerated if said.after.search(line) else said.before).finditer(line))
        for match in certain or said.bare.finditer(line):
            groups = match.groupdict()
            name = groups.get("marked") or groups.get("two") or groups.get("opening") or ""
            count = match["count"]
            number = int(count) if count.isdigit() else _NUMBERS.get(count)
            if number is not None:
                yield ClassCount(row, shown[name], number, bool(certain))


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
