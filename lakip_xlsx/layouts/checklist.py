"""The vocabulary of a checklist: its statements as data, each with how far the program can answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Jawaban(StrEnum):
    """An answer, in the words of the forms."""

    YA = "ya"
    TIDAK = "tidak"
    MANUSIA = "diperiksa manusia"
    DINILAI = "dinilai manusia"
    TIDAK_BERLAKU = "tidak berlaku"


class Putusan(StrEnum):
    """Who decides about a statement."""

    PROGRAM = "program"  # the program can answer both ways
    SEBAGIAN = "sebagian"  # the program can say "tidak"; a "ya" takes a person
    MANUSIA = "manusia"  # nothing in the workbook says anything about it
    BERSYARAT = "bersyarat"  # asked only where one of the earlier statements is not a "ya"


@dataclass(frozen=True, slots=True, kw_only=True)
class Butir:
    """One statement.

    ``evidence`` names the figures that are looked at (a function of :mod:`lakip_xlsx.show.evidence`). A finding
    with one of ``kode`` or ``pelengkap`` answers "tidak". For a "ya" every one of ``kode`` must have run;
    ``pelengkap`` are rules that not every layout has. Of a rule in ``di_lembar`` (code, sheet key) only what has
    to do with that sheet counts; it too must have run. ``syarat`` are the numbers of the earlier statements.
    ``petunjuk`` says what a person looks at.
    """

    bagian: str
    nomor: int
    pernyataan: str
    putusan: Putusan
    petunjuk: str
    evidence: str = ""
    kode: tuple[str, ...] = ()
    pelengkap: tuple[str, ...] = ()
    di_lembar: tuple[tuple[str, str], ...] = ()
    syarat: tuple[int, ...] = ()

    @property
    def no(self) -> str:
        """Its number, such as ``III.4``."""
        return f"{self.bagian}.{self.nomor}"

    @property
    def demanded(self) -> tuple[str, ...]:
        """The codes of all checks that must have run for a "ya"."""
        return (*self.kode, *(code for code, _ in self.di_lembar))

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes that have to do with the statement."""
        return (*self.demanded, *self.pelengkap)


@dataclass(frozen=True, slots=True, kw_only=True)
class Daftar:
    """A checklist: its name, where its statements come from, its parts and its statements in order.

    ``manusia`` is the answer where a person decides. ``catatan`` is what a reader must know of the statements.
    """

    judul: str
    basis: str
    bagian: Mapping[str, str]
    butir: tuple[Butir, ...]
    manusia: Jawaban
    catatan: str = ""
