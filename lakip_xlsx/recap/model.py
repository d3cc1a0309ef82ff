"""One office as the recap knows it: a few facts, its frames, and its findings. All of it pickles.

The facts of every office are held together; frames and findings are packed
(:mod:`lakip_xlsx.recap.pack`) and unpacked a few offices at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from lakip_xlsx.batch.model import Outcome

if TYPE_CHECKING:  # the coordinator of a large run loads pandas when it writes, not while it waits
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A finding of one office; ``key`` names it over the runs, also where rows were inserted meanwhile."""

    key: str  # code, sheet, field, row by its code or name, and a number among equals
    code: str
    severity: str
    kind: str
    sheet: str
    ref: str
    message: str
    actual: str
    expected: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the board says of one workbook. Money in rupiah, shares and capaian in percent, staff in people."""

    digest: str  # SHA-256 of the file
    name: str
    pemda: str = ""
    year: int | None = None
    layout: str = ""
    sheets: tuple[str, ...] = ()  # keys of those that hold rows
    version: str = ""  # of the workbook's form
    modified: str = ""  # by the file's own word: 2026-01-31 08:15
    modified_by: str = ""
    counts: tuple[int, int, int] = (0, 0, 0)  # error, warning, info
    unfilled: int = 0
    accepted: int = 0
    crashes: int = 0
    indikator: int = 0
    terhitung: int = 0  # indicators whose capaian can be calculated
    capaian: Decimal | None = None  # mean of those
    predikat: str = ""  # of that mean, on the office's own scale
    per_predikat: tuple[tuple[str, int], ...] = ()  # indicators in each class, best first
    skala: str = ""
    batas: str = ""
    money_sheet: str = ""  # where anggaran and realisasi were taken from
    anggaran: Decimal | None = None
    realisasi: Decimal | None = None
    pegawai_awal: Decimal | None = None
    pegawai_akhir: Decimal | None = None
    pegawai_kelompok: str = ""  # the grouping that was counted
    kepala: str = ""
    nip: str = ""
    atasan: str = ""
    beside: tuple[tuple[str, str], ...] = ()  # name and digest of files beside it: its logo, last year's workbook
    cells: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # fact → sheet and address


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One sheet of an office: its frame (index = row in Excel), and where its columns stand."""

    name: str
    letters: dict[str, str]
    frame: pd.DataFrame


@dataclass(slots=True, kw_only=True)
class Office:
    """One workbook, whole: ``sheets`` by key, and the sheets that were computed (``sasaran``, ``uang``)."""

    facts: Facts
    sheets: dict[str, Sheet]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered(Outcome):
    """A workbook that was read for the recap: its facts, and the office packed."""

    facts: Facts | None = None
    packed: bytes = b""
