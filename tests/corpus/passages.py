"""The passages: honest sentences with places for true values, and the faults that are made from them by rule.

A place is ``{path}`` or ``{path|form}``: ``rp`` Rp1.234, ``rp_`` Rp 1.234, ``rp.`` Rp. 1.234,-, ``m2`` Rp8,40 miliar,
``jt1`` Rp268,9 juta, ``w`` in words, ``n`` 4 (empat), a digit for so many decimals; none: as the table has it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lakip_xlsx.bahasa import words
from lakip_xlsx.numbers import half_up, show
from tests.corpus.tables import Office, offices

PASSAGES = Path(__file__).parent / "passages"
_PLACE = re.compile(r"\{(?P<path>[\w.]+)(?:\|(?P<form>[a-z_.]*[0-9]?))?\}")


@dataclass(frozen=True)
class Passage:
    """One passage of an office; ``kind`` is empty in an honest one, else the fault that was made."""

    office: str
    number: int
    text: str
    kind: str = ""
    part: str = ""


def passages(part: str = "*") -> Iterator[tuple[Office, int, str, str]]:
    """Office, number, template and file of every passage."""
    for path in sorted(PASSAGES.glob(f"{part}.md")):
        office: Office | None = None
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.startswith("## "):
                office = offices()[line[3:].strip()]
            elif line.startswith("- ") and office is not None:
                yield office, number, line[2:], path.stem


def honest(part: str = "*") -> list[Passage]:
    return [
        Passage(office.key, number, render(office, text), part=file) for office, number, text, file in passages(part)
    ]


def render(office: Office, template: str, at: int = -1, instead: str = "") -> str:
    """The passage with its values; the place number ``at`` says something else ``instead``."""
    found = list(_PLACE.finditer(template))
    for place, match in reversed(list(enumerate(found))):
        text = instead if place == at else _written(office, match["path"], match["form"] or "")
        template = template[: match.start()] + text + template[match.end() :]
    return template


def _written(office: Office, path: str, form: str) -> str:
    if path.endswith(".predikat"):
        return office.predikat[path]
    return written(office.values[path], form, path)


def written(value: Decimal, form: str, path: str) -> str:
    if form.startswith("rp"):
        return {"rp": "Rp{}", "rp_": "Rp {}", "rp.": "Rp. {},-", "rpo": "{} rupiah"}[form].format(show(value, 0))
    if form[:1] == "m":
        return f"Rp{show(value / 10**9, int(form[1:]))} miliar"
    if form[:2] == "jt":
        return f"Rp {show(value / 10**6, int(form[2:]))} juta"
    if form in {"w", "n"}:
        said = words(int(value))
        return said if form == "w" else f"{int(value)} ({said})"
    if form.isdigit():
        return show(half_up(value, int(form)), int(form))
    if path in {"th", "lalu", "depan", "awal", "akhir"}:
        return str(value)
    own = -int(value.normalize().as_tuple().exponent)
    return show(value if own <= 3 else half_up(value, 2), max(0, min(own, 3)) if own <= 3 else 2)


def faulty(part: str = "*", seed: int = 11) -> list[Passage]:
    """Faults made from the honest passages by rule: for each passage up to three, at places that chance picks."""
    made: list[Passage] = []
    for office, number, template, file in passages(part):
        rnd = random.Random(f"{seed}-{office.key}-{file}-{number}")
        places = list(enumerate(_PLACE.finditer(template)))
        rnd.shuffle(places)
        told = 0
        for place, match in places:
            options = list(_faults(office, match["path"], match["form"] or "", rnd))
            if not options or told == 3:
                continue
            kind, instead = rnd.choice(options)
            text = render(office, template, place, instead)
            if text != render(office, template):
                made.append(Passage(office.key, number, text, kind, file))
                told += 1
    return made


def _faults(office: Office, path: str, form: str, rnd: random.Random) -> Iterator[tuple[str, str]]:  # noqa: C901 - one branch for each kind of fault
    """Kind and text of what may wrongly stand at a place."""
    if path == "th":
        yield "tahun lama", str(office.year - rnd.choice([2, 3, 4, 5, 6]))
        return
    if path in {"lalu", "depan", "awal", "akhir"}:
        return
    if path.endswith(".predikat"):
        yield "predikat lain", rnd.choice([name for name in office.classes if name != office.predikat[path]])
        return
    name, _, key = path.partition(".")
    value = office.values[path]
    true = written(value, form, path)
    if name == "n":
        if not key.startswith("bagian"):
            yield "hitungan meleset", written(value + rnd.choice([1, 1, 2, -1] if value > 1 else [1, 2]), form, path)
        return
    if key in {"pagu", "realisasi", "target", "lalu1", "serapan", "capaian", "sisa"}:
        swapped = _swapped(true, rnd)
        if swapped:
            yield "angka tertukar", swapped
        other = _other(office, name, key, rnd)
        if other is not None and written(other, form, path) != true:
            yield "angka milik yang lain", written(other, form, path)
    if key in {"pagu", "realisasi"} and name[0] in "tFPKS":
        yield (
            "uang tahun lalu",
            written(value * Decimal(rnd.randint(8000, 9700)) / 10000 + rnd.randint(1, 999), form, path),
        )
    if f"{name}.lalu1" in office.values and key == "realisasi":
        before = written(office.values[f"{name}.lalu1"], form, path)
        if before != true:
            yield "realisasi tahun lalu", before
    if key in {"serapan", "capaian", "realisasi", "naik", "beda"} and not form.startswith("rp"):
        yield "pembulatan keliru", _last(true)


def _swapped(text: str, rnd: random.Random) -> str:
    pairs = [
        match.start()
        for match in re.finditer(r"(?=([0-9])[.,]?([0-9]))", text)
        if match[1] != match[2] and not (match[2] == "0" and match.start() == 0)
    ]
    if not pairs:
        return ""
    at = rnd.choice(pairs)
    other = at + 1 if text[at + 1].isdigit() else at + 2
    letters = list(text)
    letters[at], letters[other] = letters[other], letters[at]
    return "".join(letters) if letters[at] != "0" or at else ""


def _other(office: Office, name: str, key: str, rnd: random.Random) -> Decimal | None:
    kind = name.rstrip("0123456789")
    kinds = {"total": "P", "F": "F", "P": "P", "K": "P", "S": "S", "I": "I"}
    others = [
        value
        for path, value in office.values.items()
        if path.endswith(f".{key}") and path.startswith(kinds.get(kind, "-")) and not path.startswith(f"{name}.")
    ]
    return rnd.choice(others) if others else None


def _last(text: str) -> str:
    """The last digit one more: rounded up where nothing is to be rounded."""
    at = max(place for place, char in enumerate(text) if char.isdigit())
    return f"{text[:at]}{(int(text[at]) + 2) % 10}{text[at + 1 :]}"
