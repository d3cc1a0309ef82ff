"""The offices' money against the regency's APBD, to the rupiah: by office, and by program where the APBD names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from lakip_xlsx.figures.hierarchy import MONEY
from lakip_xlsx.numbers import fold, rupiah, squeeze
from lakip_xlsx.recap import names
from lakip_xlsx.recap.board import Board, Line, State
from lakip_xlsx.recap.cross import Cross, Place
from lakip_xlsx.workbook.book import Table

Amounts = dict[str, Decimal]
_NOUN = {"anggaran": "Anggaran", "realisasi": "Realisasi"}


def reconcile(apbd: Table, board: Board, programs: Mapping[str, Mapping[str, Amounts]]) -> Iterator[Cross]:
    """Every difference; ``programs``: office → program code → its amounts."""
    region = next((line.facts.pemda for line in board.counted if line.facts), "")
    lines = {line.key: line for line in board.counted}
    whole, detail, wording = _read(apbd, region)
    for key, amounts in whole.items():
        line = lines.get(key)
        if line is None or line.facts is None:
            if not any(each.key == key for each in board.lines):
                place = Place(Line(key, wording[key], State.MISSING))
                yield Cross(
                    "LKT-018", f"{wording[key]} ada dalam APBD tetapi tidak ada dalam rekap ini.", key, (place,)
                )
            continue
        for name in MONEY:
            ours: Decimal | None = getattr(line.facts, name)
            if name in amounts and ours != amounts[name]:
                place = Place(line, *line.facts.cells.get(name, ("", "")))
                yield _difference(f"{_NOUN[name]} {line.name}", ours, amounts[name], f"{key}|{name}", place)
        yield from _programs(line, detail.get(key, {}), programs.get(key, {}))
    for key, line in lines.items():
        if key not in whole:
            yield Cross(
                "LKT-018",
                f"{line.name} tidak ada dalam APBD; angkanya tidak dicocokkan.",
                f"{key}|apbd",
                (Place(line),),
            )


def _programs(line: Line, said: Mapping[str, Amounts], ours: Mapping[str, Amounts]) -> Iterator[Cross]:
    for code in sorted({*said, *ours} if said else ()):
        for name in MONEY:
            theirs = said.get(code, {}).get(name)
            mine = ours.get(code, {}).get(name)
            if (theirs is None and code in said) or (theirs or 0) == (mine or 0):  # without money it need not be there
                continue
            noun = f"{_NOUN[name]} program {code} {line.name}"
            yield _difference(noun, mine, theirs, f"{line.key}|{code}|{name}", Place(line))


def _difference(noun: str, ours: Decimal | None, theirs: Decimal | None, subject: str, place: Place) -> Cross:
    mine = f"Rp {rupiah(ours)}" if ours is not None else "tidak ada"
    said = f"Rp {rupiah(theirs)}" if theirs is not None else "tidak ada"
    gap = f" Selisih Rp {rupiah(abs(ours - theirs))}." if ours is not None and theirs is not None else ""
    return Cross("LKT-017", f"{noun} menurut workbook {mine}, menurut APBD {said}.{gap}", subject, (place,), mine, said)


def _read(apbd: Table, region: str) -> tuple[dict[str, Amounts], dict[str, dict[str, Amounts]], dict[str, str]]:
    """The amounts by office, by office and program, and how each office is named.

    An office named in several lines is their sum. Where a line has no code beside lines that have one, it is the
    office's own total and the lines with codes are its parts.
    """
    parts: dict[str, list[tuple[str, Amounts]]] = {}
    wording: dict[str, str] = {}
    last = ""
    for row in apbd.rows:
        name = squeeze(apbd.text(row, "kantor")) or last  # merged over the rows of one office
        last = name
        key = names.key(name, region)
        wording.setdefault(key, name)
        code = fold(apbd.text(row, "kode")).strip(" .")
        amounts = {each: value for each in MONEY if (value := apbd.number(row, each)) is not None}
        parts.setdefault(key, []).append((code, amounts))
    whole: dict[str, Amounts] = {}
    detail: dict[str, dict[str, Amounts]] = {}
    for key, lines in parts.items():
        own = [amounts for code, amounts in lines if not code]
        whole[key] = _sum(own or [amounts for _, amounts in lines])
        coded: dict[str, list[Amounts]] = {}
        for code, amounts in lines:
            if code:
                coded.setdefault(code, []).append(amounts)
        detail[key] = {code: _sum(amounts) for code, amounts in coded.items()}
    return whole, detail, wording


def _sum(amounts: list[Amounts]) -> Amounts:
    return {
        name: sum((each[name] for each in amounts if name in each), Decimal(0))
        for name in MONEY
        if any(name in each for each in amounts)
    }


def programs_of(rows: Iterable[tuple[str, str, Decimal, Decimal]]) -> dict[str, Amounts]:
    """The program sums of one office from its lines of money: sheet, code, anggaran, realisasi."""
    found: dict[str, Amounts] = {}
    for sheet, code, *amounts in rows:
        if sheet == "program":
            held = found.setdefault(fold(code).strip(" ."), dict.fromkeys(MONEY, Decimal(0)))
            for name, amount in zip(MONEY, amounts, strict=True):
                held[name] += amount
    return found
