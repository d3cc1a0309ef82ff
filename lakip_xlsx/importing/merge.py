"""One record for each row: what several tables say of the same indicator or program, laid together.

Where two of them disagree, neither is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lakip_xlsx.importing.proposal import Given, Left, Record, name_key
from lakip_xlsx.numbers import fold, show

_BRACKET = re.compile(r"(.*\S)\s*\(([^()]{1,20})\)")
_TEXTS = frozenset({"uraian", "indikator", "sasaran", "sumber_dana", "keluaran"})  # wordings that may be cut or spaced


def merged(records: Iterable[Record]) -> tuple[list[Record], list[Left]]:
    """The records by sheet and key in their first order, and what they disagree about."""
    left: list[Left] = []
    disputed: set[tuple[str, tuple[str, ...], str]] = set()
    found: dict[tuple[str, tuple[str, ...]], Record] = {}
    all_ = _named_alike(list(records))
    left += _drop_parts(all_)
    for record in all_:
        place = (record.sheet, record.key)
        known = found.setdefault(place, Record(record.sheet, record.key))
        for name, given in record.values.items():
            before = known.values.get(name)
            if (*place, name) in disputed:
                continue
            if before is None:
                known.values[name] = given
            elif not same(before, given) and name not in _TEXTS:
                disputed.add((*place, name))
                del known.values[name]
                why = (
                    f"{name}: {shown(before)} di {before.source}, tetapi {shown(given)} di sini; tidak satu pun dipakai"
                )
                left.append(Left(given.source, why))
    return list(found.values()), left


def _drop_parts(records: list[Record]) -> list[Left]:
    """Take away sums that are only a part: another table of that measure has the same program, and says otherwise."""
    tables: dict[str, set[str]] = {}  # field → the tables that give it
    rows: dict[tuple[str, ...], list[Record]] = {}
    for record in records:
        if record.sheet == "program":
            rows.setdefault(record.key, []).append(record)
            for name in record.values:
                tables.setdefault(name, set()).add(record.table)
    left: list[Left] = []
    for several in rows.values():
        for record in several:
            for name, given in [*record.values.items()]:
                others = [r for r in several if r.table != record.table and r.table in tables[name]]
                if given.added and any(name not in r.values or not same(r.values[name], given) for r in others):
                    del record.values[name]
                    left.append(
                        Left(given.source, f"{name}: jumlah ini hanya sebagian, rinciannya ada juga di tabel lain")
                    )
    return left


def same(one: Given, other: Given) -> bool:
    """Whether two values are the same, however they are written."""
    if isinstance(one.value, str) and isinstance(other.value, str):
        return name_key(one.value) == name_key(other.value)
    return one.value == other.value


def shown(given: Given) -> str:
    """A value for a message."""
    if isinstance(given.value, str):
        return f'"{given.value[:60]}"'
    return f"{show(given.value)}{'%' if given.percent else ''}"


def _named_alike(records: list[Record]) -> list[Record]:
    """Records that are named in two ways under one name: a program by its code, an indicator without its unit."""
    coded: dict[str, set[tuple[str, str]]] = {}
    units: dict[str, str] = {}
    for record in records:
        if record.sheet == "program" and "kode" in record.values and "uraian" in record.values:
            name = name_key(str(record.values["uraian"].value))
            coded.setdefault(name, set()).add((str(record.values["jenis"].value), record.key[0]))
        if record.sheet == "indikator" and "satuan" in record.values:
            units[record.key[0]] = fold(str(record.values["satuan"].value))
    for record in records:
        if record.sheet == "program" and len(record.key) == 2:
            level, name = record.key
            codes = {code for jenis, code in coded.get(name, set()) if level in {"", jenis}}
            if len(codes) == 1:
                record.key = (codes.pop(),)
        elif record.sheet in {"indikator", "perjanjian", "rencana_aksi"}:
            match = _BRACKET.fullmatch(record.key[0])
            if match and units.get(match[1]) == fold(match[2]):
                record.key = (match[1], *record.key[1:])
                if record.sheet == "indikator":
                    record.values.pop("indikator", None)
    return records
