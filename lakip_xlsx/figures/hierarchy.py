"""Program, kegiatan and sub kegiatan: which row stands under which, and which rows make up a sheet's total."""

from __future__ import annotations

import re

from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Oddity, Table

MONEY = ("anggaran", "realisasi")
NAMES = ("Program", "Kegiatan", "Sub Kegiatan")
LEVELS = {fold(name): level for level, name in enumerate(NAMES)}
_JOINTS = re.compile(r"[.\-/ ]")


def levels(program: Table) -> dict[int, int]:
    """Row → level: 0 program, 1 kegiatan, 2 sub kegiatan; rows of an unknown Jenis are left out."""
    named = ((row, LEVELS.get(fold(str(value or "")))) for row, value in program.column("jenis"))
    return {row: level for row, level in named if level is not None}


def unknown_rows(table: Table, key: str = "") -> list[int]:
    """The rows whose Jenis or Kelompok is a word outside its list: what they belong to is not known."""
    total = table.spec.total
    key = key or ((total.where[0] if total.where else total.by) if total else "")
    return [row for row in table.rows if table.note(row, key) is Oddity.NOT_CHOICE] if key in table else []


def parents(program: Table) -> dict[int, int]:
    """Row → the row it belongs to: by the beginning of its code, or else by its position under it."""
    last: list[int | None] = [None, None, None]
    found: dict[int, int] = {}
    coded = parents_by_code(program)
    known = levels(program)
    for row in program.rows:
        level = known.get(row)
        if level is None:
            last = [None, None, None]  # what stands under it may belong to it
            continue
        above = next((each for each in reversed(last[:level]) if each is not None), None)
        parent = coded.get(row, above)
        if parent is not None:
            found[row] = parent
        last[level] = row
        last[level + 1 :] = [None] * (2 - level)
    return found


def parents_by_code(program: Table) -> dict[int, int]:
    """Row → the row whose code begins its own; rows without one are left out."""
    by_code: list[dict[str, int]] = [{}, {}, {}]
    known = levels(program)
    codes = {row: fold(str(value or "")).rstrip(".") for row, value in program.column("kode")}
    for row, level in known.items():
        if code := codes.get(row):
            by_code[level].setdefault(code, row)
    found = ((row, _by_code(codes.get(row, ""), by_code[:level])) for row, level in known.items())
    return {row: parent for row, parent in found if parent is not None}


def _by_code(code: str, above: list[dict[str, int]]) -> int | None:
    """The row of the nearest higher level whose code begins this code."""
    cuts = [code[: joint.start()] for joint in _JOINTS.finditer(code)]
    for codes in reversed(above):
        for cut in reversed(cuts):
            if cut in codes:
                return codes[cut]
    return None


def top_level(table: Table) -> list[int]:
    """The rows that make up a money sheet's total: in Program those of the highest Jenis that holds money."""
    if table.spec.key != "program" or "jenis" not in table:
        return table.rows
    by_level: list[list[int]] = [[], [], []]
    for row, level in levels(table).items():
        by_level[level].append(row)
    with_money = (rows for rows in by_level if any(table.numbers(key, rows) for key in MONEY))
    return next(with_money, by_level[0])
