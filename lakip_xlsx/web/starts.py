"""Workbooks to start from that are made from nothing but a form.

An entry has a form of its own in ``templat/awal.html``, and a maker that turns its fields into a file. What begins with
a file that somebody sends (last year's workbook) is a task of :mod:`.desk` instead, done in a process of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lakip_xlsx import tools
from lakip_xlsx.errors import LakipError
from lakip_xlsx.layouts import catalog

FIRST_YEAR, LAST_YEAR = 1990, 2100
Fields = Mapping[str, str]
Maker = Callable[[Fields], tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Start:
    """One way to begin: its key in the form, its title, and what makes the file (its name and its bytes)."""

    key: str
    title: str
    make: Maker


def year_of(text: str) -> int | None:
    """The year of the report as it was typed; None where nothing was.

    Raises:
        LakipError: it is none.
    """
    year = text.strip()
    if year and not (year.isascii() and year.isdecimal() and FIRST_YEAR <= int(year) <= LAST_YEAR):
        raise LakipError(f"Tahun laporan ditulis dengan empat angka, dari {FIRST_YEAR} sampai {LAST_YEAR}.")
    return int(year) if year else None


def _blank(given: Fields) -> tuple[str, bytes]:
    """The blank workbook of a year, a layout and an office."""
    year = year_of(given.get("tahun", ""))
    layout, name = catalog.find(given.get("tata_letak", "")), given.get("nama", "").strip()[:300]
    with tempfile.TemporaryDirectory(prefix="lakip-") as folder:
        place = tools.new_workbook(Path(folder) / "kosong.xlsx", layout=layout, year=year, name=name)
        return f"lakip-{year}.xlsx" if year else "lakip.xlsx", place.read_bytes()


STARTS = (Start("kosong", "Workbook kosong", _blank),)
"""All ways to begin, in the order in which the page offers them."""


def make(given: Fields) -> tuple[str, bytes]:
    """The file that a form asks for: its name and its bytes.

    Raises:
        LakipError: something in the form cannot be meant, or the file cannot be made.
    """
    wanted = given.get("mulai", STARTS[0].key)
    for start in STARTS:
        if start.key == wanted:
            return start.make(given)
    raise LakipError("Pilih salah satu cara memulai.")
