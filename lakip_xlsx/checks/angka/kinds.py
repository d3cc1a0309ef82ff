"""The words that the modules of this room share: what is measured of what, and a figure of the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from lakip_xlsx.checks.places import Place

RUPIAH, PERCENT, POINT = "rp", "%", "poin"
"""The units that are signs; every other unit is a word as it is written: "naskah", "orang"."""


class Measure(StrEnum):
    """What is measured, in the words of a message."""

    PAGU = "anggaran"
    REALISASI = "realisasi"
    SISA = "sisa anggaran"
    SERAPAN = "persentase realisasi anggaran"
    BAGIAN = "bagian dari seluruh anggaran"
    TRIWULAN = "realisasi triwulan"
    TARGET = "target"
    CAPAIAN = "capaian"
    AKHIR = "target akhir Renstra"
    STANDAR = "standar nasional"
    DATA = "data dasar"
    SELISIH = "selisih"
    BANYAK = "banyaknya"


class Kind(StrEnum):
    """What a sentence can speak of."""

    TOTAL = "total"
    SUMBER = "sumber dana"
    PROGRAM = "program"  # also kegiatan and sub kegiatan
    SASARAN = "sasaran"
    INDIKATOR = "indikator"
    PEGAWAI = "pegawai"
    BANYAK = "banyak"
    LAIN = "lain"


class Subject(NamedTuple):
    """One thing that a sentence can speak of: ``key`` is a row, a code, a noun, or nothing."""

    kind: Kind
    key: str | int = ""


TOTAL = Subject(Kind.TOTAL)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; ``back`` tells how many years before the report's year it belongs to."""

    value: Decimal
    unit: str
    subject: Subject
    measure: Measure
    back: int = 0
    places: tuple[Place, ...] = ()
