"""Many offices as frames: one long frame for each sheet, and exact sums by what money and performance are told by.

The sums are a monoid: those of a few offices are frames of a few rows, and two of them make one (:func:`merged`).
Offices are taken a block at a time and their sums put together as a tree (:class:`Tree`), so memory grows
with the number of programs and sources, not with the number of offices; in whatever order, the sums are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from lakip_xlsx.figures.hierarchy import MONEY
from lakip_xlsx.recap import urusan
from lakip_xlsx.recap.board import Line
from lakip_xlsx.recap.model import Office

BLOCK = 20
"""Offices that are unpacked together."""

PROGRAM, URUSAN, SUMBER, BELANJA = "program", "urusan", "sumber", "belanja"
VIEWS = (PROGRAM, URUSAN, SUMBER, BELANJA)
"""By what the money is told; each view is summed from the rows of one sheet."""

_KEYS = ["view", "kode", "nama"]
_COUNTS = ["kantor", "baris"]


@dataclass(frozen=True, slots=True)
class Sums:
    """Money by view, code and wording: exact rupiah, and how many offices and rows they come from.

    ``money`` has the columns view, kode, nama, kantor, baris, anggaran, realisasi.
    """

    money: pd.DataFrame


def long(block: Sequence[tuple[Line, Office]], key: str) -> pd.DataFrame:
    """One sheet of several offices as one frame: the office, its file and its row in Excel before the columns."""
    parts = []
    for at, (line, office) in enumerate(block):
        sheet = office.sheets.get(key)
        if sheet is not None and len(sheet.frame):
            frame = sheet.frame.copy()
            frame.insert(0, "kantor", line.name)
            frame.insert(1, "ke", at)
            frame.insert(2, "baris_excel", frame.index)
            parts.append(frame)
    return pd.concat(parts, ignore_index=True).astype(object) if parts else pd.DataFrame()


def sums(block: Sequence[tuple[Line, Office]]) -> Sums:
    """The sums of a few offices."""
    lines = long(block, "uang")
    if lines.empty:
        return Sums(pd.DataFrame(columns=[*_KEYS, *_COUNTS, *MONEY], dtype=object))
    sheets = {"program": PROGRAM, "anggaran": SUMBER, "belanja": BELANJA}
    lines["view"] = lines["lembar"].map(sheets)
    affairs = lines[lines["view"] == PROGRAM].copy()
    affairs["view"] = URUSAN
    affairs["kode"] = affairs["kode"].map(urusan.code)
    affairs["nama"] = affairs["kode"].map(urusan.name)
    every = pd.concat([lines, affairs], ignore_index=True)
    every["baris"] = 1
    office = every.groupby(["ke", *_KEYS], sort=False)[["baris", *MONEY]].sum().reset_index()
    office["kantor"] = 1
    return Sums(_summed(office))


def _summed(frame: pd.DataFrame) -> pd.DataFrame:
    found = frame.groupby(_KEYS, sort=True)[[*_COUNTS, *MONEY]].sum().reset_index()
    return found.astype(object)


def merged(parts: Iterable[Sums]) -> Sums:
    """The sums of several as one."""
    frames = [part.money for part in parts if len(part.money)]
    if not frames:
        return sums(())
    return Sums(_summed(pd.concat(frames, ignore_index=True)))


class Tree:
    """Sums put together as they come, each with one of its own size: at most log2 of the blocks are held."""

    def __init__(self) -> None:
        self._held: list[tuple[int, Sums]] = []

    def push(self, part: Sums) -> None:
        """One more block."""
        size = 1
        while self._held and self._held[-1][0] == size:
            part = merged((self._held.pop()[1], part))
            size *= 2
        self._held.append((size, part))

    def result(self) -> Sums:
        """The sums of all blocks."""
        return merged(part for _, part in self._held)


@dataclass(frozen=True, slots=True)
class Group:
    """The money of one program, affair, source or kind of expenditure over all offices."""

    kode: str
    nama: str  # the wording that most offices use
    wordings: int
    kantor: int
    baris: int
    anggaran: Decimal
    realisasi: Decimal


def groups(found: Sums, view: str) -> list[Group]:
    """The groups of a view by code; where offices word one differently, under the most frequent wording."""
    frame = found.money[found.money["view"] == view]
    result: list[Group] = []
    for kode, part in frame.groupby("kode", sort=True):
        ordered = sorted(zip(part["kantor"], part["nama"], strict=True), key=lambda pair: (-pair[0], pair[1]))
        total = {name: sum(part[name], Decimal(0)) for name in MONEY}
        counts = (len(ordered), int(sum(part["kantor"])), int(sum(part["baris"])))
        result.append(Group(str(kode), str(ordered[0][1]), *counts, total["anggaran"], total["realisasi"]))
    return result
