"""Rules on the values that the program put into a document: what became of them, against the workbook of today."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xlsx.checks.angka.read import Mention, read
from lakip_xlsx.checks.dokumen.case import FIGURE, Case, Value, fault, short
from lakip_xlsx.checks.near import gaps
from lakip_xlsx.finding import Finding, Spot
from lakip_xlsx.numbers import Number, decimals, fold, half_up, parse, visible

_TOKEN = re.compile(r"\S+")
_EDGES = ".,;:()[]\"'“”"
_NAMES = ("instansi.", "laporan.")
_CLASS = ("predikat", "kelas menurut")
_MOST = 6
"""Changes that are told one by one in one text; what has more was written anew."""


def changed(case: Case) -> Iterator[Finding]:
    """Values that are not what the workbook says, or no longer what was put there."""
    for value in case.values:
        if value.now is None or value.agrees:
            continue
        known = value.expected if value.expected is not None else value.inserted
        if value.kind in {"tabel", "gambar"}:
            continue
        if value.kind == "grafik":
            yield _told(value, "Grafik menggambar angka lain daripada workbook.", "", "")
        elif known is None:
            yield _edited(value)
        else:
            yield from _text(case, value, known, value.now)


def _text(case: Case, value: Value, known: str, now: str) -> Iterator[Finding]:
    if _is_rounded(known, now):
        return
    differing = list(differing_numbers(known, now))
    if differing and len(differing) <= _MOST:
        for was, said in differing:
            if value.block is not None:
                case.tell(value.block.spot, said)
            where = "" if visible(now).strip(_EDGES) == said else f': "{_around(now, said)}"'
            message = f"Tertulis {said}, {_origin(value)} {was}{where}."
            yield _told(value, message, was, said)
    elif differing:
        yield _told(value, f'Teks ini ditulis ulang: "{short(now)}".', short(known, 160), short(now, 160))
    elif value.field.startswith(_NAMES) and not FIGURE.intersection(known) and not _only_style(known, now):
        message = f'Tertulis "{short(now)}", {_origin(value)} "{short(known)}".'
        case.tell(value.spot, now)
        yield fault("DOK-003", value.spot, message, known, now, value.sources)
    elif value.how.startswith(_CLASS) or value.field.startswith(_NAMES):
        yield _told(value, f'Tertulis "{short(now)}", {_origin(value)} "{short(known)}".', known, now)
    elif value.touched:
        yield _edited(value)
    else:
        message = f'Workbook kini memuat "{short(known)}", dokumen "{short(now)}".'
        yield fault("DOK-022", value.spot, message, short(known, 160), short(now, 160), value.sources)


def _told(value: Value, message: str, expected: str, actual: str) -> Finding:
    code = "DOK-001" if value.touched else "DOK-002"
    return fault(code, value.spot, message, expected, actual, value.sources)


def _edited(value: Value) -> Finding:
    return fault("DOK-004", value.spot, f'Disunting: "{short(value.now or "")}".', related=value.sources)


def _origin(value: Value) -> str:
    return "workbook memuat" if value.expected is not None else "semula"


def _only_style(known: str, now: str) -> bool:
    """Whether only capitals, blanks and signs differ."""
    return re.sub(r"[\W_]+", "", fold(known)) == re.sub(r"[\W_]+", "", fold(now))


def _is_rounded(known: str, now: str) -> bool:
    """Whether a single number was written shorter: 97,2 for 97,22; also with or without its unit."""
    left, right = parse(known), parse(now)
    if not isinstance(left, Number) or not isinstance(right, Number):
        return False
    if left.unit and right.unit and fold(left.unit) != fold(right.unit):
        return False
    return half_up(left.value, decimals(right.value)) == right.value and decimals(right.value) <= decimals(left.value)


def differing_numbers(known: str, now: str) -> Iterator[tuple[str, str]]:
    """The numbers that stand in the place of others, word by word: what it was, and what it is.

    A number that is only written shorter or otherwise (5,32 miliar) is the same; added sentences are not looked at.
    """
    before, after = visible(known), visible(now)
    left, right = list(_TOKEN.finditer(before)), list(_TOKEN.finditer(after))
    figures = _mentions(before), _mentions(after)
    for start, end, begin, stop in gaps([_bare(token[0]) for token in left], [_bare(token[0]) for token in right]):
        was = [token for token in left[start:end] if FIGURE.intersection(token[0])]
        said = [token for token in right[begin:stop] if FIGURE.intersection(token[0])]
        if not was or not said:
            continue
        for place, new in enumerate(said):
            old = was[min(place, len(was) - 1)]
            if _bare(old[0]) != _bare(new[0]) and not _same(figures, old, new):
                yield _bare(old[0]), _bare(new[0])


def _bare(token: str) -> str:
    return token.strip(_EDGES)


def _mentions(text: str) -> list[Mention]:
    line = text.lower()
    return read(line) if len(line) == len(text) else []


def _same(figures: tuple[list[Mention], list[Mention]], old: re.Match[str], new: re.Match[str]) -> bool:
    """Whether two words are the same number, written otherwise."""
    was = next((one for one in figures[0] if one.start < old.end() and old.start() < one.end), None)
    said = next((one for one in figures[1] if one.start < new.end() and new.start() < one.end), None)
    return was is not None and said is not None and was.unit == said.unit and said.fits(was.value)


def _around(text: str, said: str) -> str:
    line = visible(text)
    at = max(0, line.find(said))
    head, tail = line[max(0, at - 50) : at], line[at : at + 40]
    head = head if at <= 50 else head.partition(" ")[2]
    return f"{head}{tail if at + 40 >= len(line) else tail.rpartition(' ')[0]}".strip(" ,;:.")


def gone(case: Case) -> Iterator[Finding]:
    """Values, rows, charts and pictures that are no longer there; those of one place together."""
    lost: dict[tuple[str, str], list[Value]] = {}
    for value in case.values:
        if value.kind == "tabel" and value.now is not None and value.touched:
            was, now = value.inserted or "", value.now
            yield fault("DOK-005", value.spot, f"Tabel ini semula {was}, kini {now}.", was, now, value.sources)
        elif value.now is None:
            lost.setdefault((value.spot.sheet, value.spot.ref), []).append(value)
    for many in lost.values():
        first = many[0]
        cells = tuple(dict.fromkeys(cell for value in many for cell in value.sources))[:20]
        held = "; ".join(dict.fromkeys(short(value.begins, 40) for value in many if value.begins))
        near = Spot(first.spot.sheet, first.spot.ref, first.spot.order)
        yield fault(
            "DOK-005", near, f"{len(many)} {first.kind} di dekat ini tidak ada lagi: {short(held, 160)}.", related=cells
        )
