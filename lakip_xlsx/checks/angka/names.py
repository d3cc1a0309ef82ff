"""Which program, sasaran, indicator or source of funds a sentence names: in full, cut short, or by its code.

Names are compared word by word through an index of three words in a row, so that a long workbook costs no
more than a short one for each sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lakip_xlsx.checks.angka.kinds import Kind, Subject
from lakip_xlsx.checks.near import words
from lakip_xlsx.numbers import fold

_WORD = re.compile(r"[^\W_]+(?:[-/'’][^\W_]+)*")
_GENERIC = frozenset(
    [
        "program",
        "kegiatan",
        "sub",
        "subkegiatan",
        "sasaran",
        "indikator",
        "dana",
        "persentase",
        "presentase",
        "jumlah",
        "tingkat",
        "nilai",
        "rata-rata",
        "rasio",
        "angka",
        "cakupan",
        "indeks",
        "proporsi",
        "yang",
        "dan",
        "di",
        "pada",
        "dengan",
        "untuk",
        "dari",
        "dalam",
        "atas",
        "oleh",
        "terhadap",
        "bagi",
        "serta",
        "atau",
        "meningkatnya",
        "terwujudnya",
        "meningkatkan",
        "kabupaten",
        "kota",
        "provinsi",
        "daerah",
        "kabupaten/kota",
    ]
)
_ENOUGH = 3  # words in a row that are a name cut short
_PART = 0.6  # or this share of all its words
_MOST_NAMES = 5000
_CODE = re.compile(
    r"\b(?P<kind>indikator(?:\s+kinerja)?|sasaran(?:\s+strategis)?|program|kegiatan|sub\s?kegiatan|iku)"
    r"(?:\s+(?:dengan\s+)?kode)?\s+(?P<code>[a-z]{0,3}[0-9][0-9a-z.]*)(?![0-9,]|\s*(?:%|persen|\([a-z]))"
)
_TITLE = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+){2,3}\b")
_TELLING_CODE = re.compile(r"[a-z]{2,5}-?[0-9]{1,3}")
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]{1,9})\)")


@dataclass(frozen=True, slots=True)
class Named:
    """Where a sentence names something: from ``start`` to ``end``; several subjects where the words fit several."""

    start: int
    end: int
    subjects: tuple[Subject, ...]


class Names:
    """All names of a workbook, ready to be looked for."""

    def __init__(self, names: Iterable[tuple[Subject, str]], codes: Iterable[tuple[Subject, str]], office: str) -> None:
        self._words: list[tuple[Subject, tuple[str, ...]]] = []
        self._starts: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
        self._short: dict[tuple[str, ...], list[Subject]] = defaultdict(list)
        self._codes: dict[str, list[Subject]] = defaultdict(list)
        self._office = set(words(office))
        for subject, text in names:
            self._add(subject, text)
        for subject, code in codes:
            self._codes[fold(code)].append(subject)
            if subject.kind is Kind.INDIKATOR and _TELLING_CODE.fullmatch(fold(code)):
                self._short[(fold(code),)].append(subject)

    def _add(self, subject: Subject, text: str) -> None:
        said = words(text)
        if not said or len(self._words) >= _MOST_NAMES:
            return
        for acronym in _ACRONYM.findall(text):
            self._short[(acronym.casefold(),)].append(subject)
        for run in _TITLE.findall(text) if subject.kind is Kind.INDIKATOR else ():
            self._short[("".join(word[0] for word in run.split()).casefold(),)].append(subject)
        plain = words(_ACRONYM.sub(" ", text))
        for each in dict.fromkeys((said, plain)):
            self._index(subject, each)

    def _index(self, subject: Subject, said: tuple[str, ...]) -> None:
        content = [word for word in said if word not in _GENERIC]
        if len(said) < _ENOUGH:
            if content:
                self._short[said].append(subject)
            return
        number = len(self._words)
        self._words.append((subject, said))
        for place in range(len(said) - _ENOUGH + 1):
            self._starts[said[place : place + _ENOUGH]].append((number, place))
        rest = said[1:]
        if said[0] in {"program", "kegiatan", "persentase", "jumlah", "tingkat", "nilai"} and len(rest) == 2:
            self._short[rest].append(subject)

    def find(self, line: str) -> list[Named]:
        """What a sentence in lower case names, from left to right; of overlapping names the longest."""
        tokens = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(line.replace("&", "d"))]
        said = [token[2] if token[2] != "d" else "dan" for token in tokens]
        runs = sorted(self._runs(said), key=lambda run: (-run[1], run[0]))
        taken: set[int] = set()
        found = []
        for place, length, subjects in runs:
            if taken.isdisjoint(range(place, place + length)):
                taken.update(range(place, place + length))
                found.append(Named(tokens[place][0], tokens[place + length - 1][1], subjects))
        found += self._by_code(line)
        return sorted(found, key=lambda one: (one.start, one.end))

    def _by_code(self, line: str) -> Iterator[Named]:
        for match in _CODE.finditer(line):
            kind = Kind.INDIKATOR if match["kind"].startswith(("ind", "iku")) else None
            kind = Kind.SASARAN if match["kind"].startswith("sasaran") else kind or Kind.PROGRAM
            code = match["code"].rstrip(".")
            wanted = [one for one in self._codes.get(code, ()) if one.kind is kind]
            if not wanted and code.isdigit():
                wanted = [
                    one for said, every in self._codes.items() for one in every if _ends_in(said, code, one, kind)
                ]
            if len(wanted) == 1:
                yield Named(match.start(), match.end(), tuple(wanted))

    def _runs(self, said: list[str]) -> Iterator[tuple[int, int, tuple[Subject, ...]]]:
        """Place, length and subjects of every run of words that is a name, or enough of one."""
        place = 0
        while place < len(said):
            best = 0
            who: dict[Subject, bool] = {}
            for number, at in self._starts.get(tuple(said[place : place + _ENOUGH]), ())[:200]:
                subject, name = self._words[number]
                length = _common(said, place, name, at)
                whole = length == len(name)
                run = name[at : at + length]
                if not whole and (not self._tells(run) or not _enough(run, at, name)):
                    continue
                if length > best or (length == best and whole and not all(who.values())):
                    best, who = length, {subject: whole} if length > best else {**who, subject: whole}
                elif length == best:
                    who[subject] = whole
            for length in (2, 1):
                short = self._short.get(tuple(said[place : place + length]))
                if short and length >= best and len(said) >= place + length:
                    best, who = length, dict.fromkeys(short, True)
            if best:
                wholes = tuple(subject for subject, whole in who.items() if whole)
                yield place, best, wholes or tuple(who)
            place += 1

    def _tells(self, run: tuple[str, ...]) -> bool:
        """Whether a run of words tells one thing from another: not only small words and the office's own."""
        return sum(word not in _GENERIC and word not in self._office for word in run) >= 1 and (
            sum(word not in _GENERIC for word in run) >= 2
        )


def _enough(run: tuple[str, ...], at: int, name: tuple[str, ...]) -> bool:
    """Whether a part of a name stands for it: its beginning, most of it, or three telling words at its end."""
    if at == 0 or len(run) >= _PART * len(name):
        return True
    return at + len(run) == len(name) and sum(word not in _GENERIC for word in run) >= _ENOUGH


def _ends_in(code: str, digits: str, subject: Subject, kind: Kind) -> bool:
    return subject.kind is kind and bool(re.fullmatch(rf"[a-z]{{1,3}}[.-]?0?{digits}", code))


def _common(said: list[str], place: int, name: tuple[str, ...], at: int) -> int:
    """How many words from these places on are the same."""
    length = 0
    while place + length < len(said) and at + length < len(name) and said[place + length] == name[at + length]:
        length += 1
    return length
