"""Faults made by rule: each takes an office's sheets and puts one fault into one cell.

A fault is what people do: an amount with a digit wrong, a percentage left from last year, a word outside the
list, a code copied wrong. :data:`FAULTS` is the list; a new one is one line there.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tests.offices.build import Grid, number

Change = Callable[[str], str | None]
"""The new text of a cell; None where this fault cannot be made of it."""


@dataclass(frozen=True)
class Fault:
    """What is done to a column of a sheet, in its data rows or in its Jumlah rows."""

    name: str
    sheet: str
    heading: str
    change: Change
    totals: bool = False
    needs: str = ""  # another heading that must not be empty in the row

    def made(self, grid: Grid, seed: random.Random) -> tuple[Grid, int, str] | None:
        """The sheets with the fault, the number of its row under the heading, and the heading."""
        rows = grid.get(self.sheet, [[]])
        if self.heading not in rows[0]:
            return None
        column = rows[0].index(self.heading)
        places = [at for at in range(1, len(rows)) if self._fits(rows, at, column)]
        if not places:
            return None
        at = seed.choice(places)
        text = self.change(rows[at][column])
        changed = [[*row] for row in rows]
        changed[at][column] = str(text)
        return grid | {self.sheet: changed}, at, self.heading

    def _fits(self, rows: list[list[str]], at: int, column: int) -> bool:
        is_total = any(cell.startswith(("Jumlah", "Rata-rata")) for cell in rows[at])
        needed = rows[at][rows[0].index(self.needs)] if self.needs in rows[0] else "" if self.needs else "x"
        text = rows[at][column]
        return is_total is self.totals and bool(needed) and self.change(text) not in {None, text}


def more(amount: int) -> Change:
    """A number larger by so much; blank and formula stay."""
    return lambda text: _shown(value + amount) if (value := number(text)) is not None else None


def digit(text: str) -> str | None:
    """Two neighbouring digits exchanged."""
    for at in range(len(text) - 1):
        if text[at] != text[at + 1] and text[at].isdigit() and text[at + 1].isdigit() and text[at + 1] != "0":
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return None


def percent_off(text: str) -> str | None:
    """A percentage of last year: 3 points more."""
    bare = text.strip("#'% ")
    value = number(bare)
    return text.replace(bare, f"{value + 3:f}".replace(".", ",")) if value is not None else None


def hundred_times(text: str) -> str | None:
    """97,18 typed into a cell with percent format."""
    value = number(text.strip("#'% "))
    return f"{value * 100:f}".replace(".", ",") + "%" if value is not None and text.strip("#'% ") else None


def of_percent(text: str) -> str | None:
    """The same of a quantity that carries its sign."""
    return hundred_times(text) if text.endswith("%") and (number(text) or 0) > 11 else None


def word(said: str) -> Change:
    """Another word in its place."""
    return lambda text: said if text else None


def misspelt(text: str) -> str | None:
    """A letter lost inside the word."""
    return text[:2] + text[3:] if len(text) > 4 else None


def turned(text: str) -> str | None:
    """The other direction."""
    return {"Naik": "Turun", "Turun": "Naik", "Positif": "Minimize", "Minimize": "Positif"}.get(text)


def code_of(other: str) -> Change:
    """A code that no program has, in the depth of the old one."""
    return lambda text: other + text[len(other) :] if text.count(".") >= 3 else None


def short_code(text: str) -> str | None:
    """A leading zero lost, as when Excel took it for a number."""
    parts = text.split(".")
    return ".".join([*parts[:-1], parts[-1].lstrip("0")]) if len(parts) > 4 and parts[-1].startswith("0") else None


def _shown(value: Decimal) -> str:
    whole, _, rest = f"{value:,}".partition(".")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


MONEY = ("Anggaran (Rp)", "Realisasi (Rp)")
FAULTS = (
    *(
        Fault(f"{sheet}: {head} satu rupiah", sheet, head, more(1))
        for sheet in ("Anggaran", "Program")
        for head in MONEY
    ),
    *(
        Fault(f"Anggaran Sasaran: {head} angka tertukar", "Anggaran Sasaran", head, digit)
        for head in ("Anggaran (Rp)", "Realisasi (Rp)")
    ),
    *(
        Fault(f"{sheet}: Jumlah {head}", sheet, head, digit, totals=True)
        for sheet in ("Anggaran", "Anggaran Sasaran", "Program")
        for head in MONEY
    ),
    *(
        Fault(f"{sheet}: persen lama", sheet, "Realisasi (%)", percent_off, totals=totals)
        for sheet in ("Anggaran", "Anggaran Sasaran", "Program")
        for totals in (False, True)
    ),
    Fault("Anggaran: persen seratus kali", "Anggaran", "Realisasi (%)", hundred_times),
    Fault("Anggaran: uang negatif", "Anggaran", "Realisasi (Rp)", lambda text: f"-{text}" if text else None),
    Fault("Anggaran: teks", "Anggaran", "Realisasi (Rp)", word("belum cair")),
    Fault("Program: triwulan", "Program", "TW III (Rp)", more(1000)),
    Fault("Program: Jenis salah ketik", "Program", "Jenis", misspelt),
    Fault("Program: Jenis asing", "Program", "Jenis", word("Rincian Belanja")),
    Fault("Program: kegiatan tanpa program", "Program", "Kode", code_of("2.16.09")),
    Fault("Program: kode kehilangan nol", "Program", "Kode", short_code),
    Fault("Indikator: Arah asing", "Indikator", "Arah", word("Stabilize")),
    Fault("Indikator: Arah terbalik", "Indikator", "Arah", turned, needs="Capaian (%)"),
    Fault("Indikator: capaian lama", "Indikator", "Capaian (%)", percent_off),
    Fault("Indikator: capaian seratus kali", "Indikator", "Capaian (%)", hundred_times),
    Fault("Indikator: rata-rata lama", "Indikator", "Capaian (%)", percent_off, totals=True),
    Fault("Indikator: predikat asing", "Indikator", "Predikat", word("Memuaskan Sekali")),
    Fault("Indikator: target berbeda dari PK", "Indikator", "Target", more(2)),
    Fault("Indikator: realisasi berformat persen", "Indikator", "Realisasi", of_percent),
    Fault("Indikator: dua besaran", "Indikator", "Realisasi", lambda text: "12 dokumen, 3 laporan" if text else None),
    Fault("Indikator: program penunjang tidak ada", "Indikator", "Program Penunjang", word("2.16.77")),
    Fault("Indikator: kode sasaran tidak ada", "Indikator", "Kode Sasaran", word("S9")),
    Fault("Pegawai: banyaknya", "Pegawai", "Akhir Tahun", more(1)),
    Fault("Pegawai: Jumlah", "Pegawai", "Awal Tahun", more(2), totals=True),
    Fault("Pegawai: Kelompok asing", "Pegawai", "Kelompok", word("Unit Kerja")),
    Fault("Renstra: Jenis asing", "Renstra", "Jenis", word("Program Prioritas")),
    Fault("Perjanjian: indikator yang tidak diukur", "Perjanjian Kinerja", "Kode Indikator", word("I99")),
)


def lines_of_form(grid: Grid) -> Iterator[tuple[str, Grid, int, str]]:
    """Faults in the form: name, the sheets with it, the row, and the heading of the value."""
    faults = {
        "Tahun Laporan": "2031",
        "Tanggal Penandatanganan": "akhir bulan depan",
        "NIP": "19700817199503",
        "Tata Letak": "Permendagri lama",
        "Skala Predikat": "Skala Tujuh Kelas",
        "Batas Capaian": "12000%",
    }
    rows = grid["Instansi"]
    for label, text in faults.items():
        at = next(number for number, row in enumerate(rows) if row[0] == label)
        changed = [*rows[:at], [label, text], *rows[at + 1 :]]
        yield f"Instansi: {label}", grid | {"Instansi": changed}, at, "Nilai"
