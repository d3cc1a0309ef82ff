"""Offices' tables as workbooks: compact lines become sheets as a clerk types them.

The lines of ``offices.txt`` hold an office's indicators and the shape of its tables; staff and money follow from a
seed of the office, so that every sum is right. Nothing here uses the program's own figures: what the sheets
say is computed a second time, so that a fault of the program cannot hide in both.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

SOURCE = Path(__file__).parent / "offices.txt"
SCALES = {
    "p86": ("Permendagri 86/2017 (5 kelas)", ((90, "Sangat Tinggi"), (75, "Tinggi"), (65, "Sedang"), (50, "Rendah"))),
    "lan": ("Skala LAKIP (4 kelas)", ((100, "Sangat Baik"), (85, "Baik"), (70, "Sedang"))),
    "ord": ("Skala Ordinal (4 kelas)", ((85, "Sangat Berhasil"), (70, "Berhasil"), (55, "Cukup Berhasil"))),
}
LOWEST = {"p86": "Sangat Rendah", "lan": "Kurang Baik", "ord": "Tidak Berhasil"}
ARAH = {"own": {"Naik": "Naik", "Turun": "Turun"}, "lain": {"Naik": "Positif", "Turun": "Minimize"}}
JENIS = {"own": ("Program", "Kegiatan", "Sub Kegiatan"), "lain": ("PROGRAM", "Keg.", "Sub-Kegiatan")}
Grid = dict[str, list[list[str]]]
"""Sheet name → its rows of cells as typed, the headings first."""


@dataclass(frozen=True)
class Indicator:
    sasaran: str
    name: str
    unit: str
    arah: str
    target: str
    realisasi: str
    remark: str

    def capaian(self) -> Decimal | None:
        """R/T, or (2T-R)/T where lower is better, in percent; None for texts and for a target of 0."""
        target, reached = number(self.target), number(self.realisasi)
        if target is None or reached is None or target == 0:
            return None
        part = reached if self.arah == "Naik" or reached == target else 2 * target - reached
        return part * 100 / target


@dataclass(frozen=True)
class Office:
    name: str
    year: int
    layout: str
    scale: str
    cap: str
    program: str
    percent: str
    jumlah: str
    words: str
    staff: str
    indicators: tuple[Indicator, ...]

    def grid(self) -> Grid:
        """All sheets of the office."""
        seed = random.Random(self.name)
        budget = _split(seed, seed.randrange(2_000, 90_000) * 1_000_000 + seed.randrange(0, 999_999), 4)
        spent = [part * seed.randrange(880, 999) // 1000 for part in budget]
        money = [*zip(budget, spent, strict=True)]
        sheets = {
            "Instansi": self._form(),
            "Skala": _scales(),
            "Renstra": self._renstra(),
            "Pegawai": self._staff(seed),
        }
        sheets["Program"] = self._programs(seed, money)
        sheets["Indikator"] = self._indicators()
        if self.layout == "53":
            head = ["Kode Indikator", "Indikator Kinerja", "Target"]
            rows = [[f"I{n}", one.name, one.target] for n, one in enumerate(self.indicators, 1)]
            sheets["Perjanjian Kinerja"] = [head, *rows]
        sheets |= {"Anggaran": self._funds(money), "Anggaran Sasaran": self._by_sasaran(money)}
        sheets["Narasi"] = [["Bagian", "Teks"]]
        return sheets

    def percentage(self, part: int, whole: int) -> str:
        """A share as this office types it."""
        if self.percent == "blank":
            return ""
        exact = Decimal(part) * 100 / whole
        places = {"0": 0, "1": 1}.get(self.percent, 2)
        shown = rounded(exact, places)
        return {"format": shown, "text": f"'{shown} %"}.get(self.percent, f"#{shown}")

    def _form(self) -> list[list[str]]:
        law = {"53": ("PermenPANRB 53/2014", "Permenpan No. 53 Tahun 2014"), "239": ("LAN 239/2003", "239/IX/6/8/2003")}
        lines = {
            "Nama Instansi": self.name,
            "Pemerintah Daerah": "Pemerintah Daerah Contoh",
            "Tahun Laporan": str(self.year),
            "Awal Periode Renstra": str(self.year - 2),
            "Akhir Periode Renstra": str(self.year + 2),
            "Tempat": "Kota Contoh",
            "Tanggal Penandatanganan": f"30 Januari {self.year + 1}",
            "Nama Kepala": "Rekaan, S.E.",
            "Jabatan Kepala": f"Kepala {self.name}",
            "Pangkat/Golongan": "Golongan XI" if self.staff == "pppk" else "Pembina (IV/a)",
            "NIP": "197008171995031001" if self.staff != "pppk" else "198003122022211003",
            "Tata Letak": law[self.layout][self.words == "lain"],
            "Skala Predikat": SCALES[self.scale][0],
            "Batas Capaian": self.cap,
        }
        return [["Isian", "Nilai"], *([key, value] for key, value in lines.items())]

    def sasaran(self) -> list[str]:
        """The codes of the sasaran, in order."""
        return list(dict.fromkeys(one.sasaran for one in self.indicators))

    def _renstra(self) -> list[list[str]]:
        names = ("Sasaran", "Kebijakan") if self.words == "own" else ("Sasaran Strategis", "Arah Kebijakan")
        rows = [["Visi", "V1", "", "Daerah yang maju"], ["Misi", "M1", "V1", "Melayani dengan baik"]]
        rows.append(["Tujuan", "T1", "M1", "Meningkatkan mutu layanan daerah"])
        rows += [
            [names[0], code, "T1", f"{purpose} {self.indicators[0].name.lower()} dan hal terkait"]
            for code, purpose in zip(
                self.sasaran(), ("Terwujudnya perbaikan", "Tercapainya kemajuan pada"), strict=False
            )
        ]
        rows.append([names[1], "K1", "", "Layanan didahulukan bagi yang membutuhkan"])
        return [["Jenis", "Kode", "Induk", "Uraian"], *rows]

    def _staff(self, seed: random.Random) -> list[list[str]]:
        many = seed.randrange(24, 90)
        groups = {
            "Pendidikan": ["S 2", "S 1", "D III", "SLTA"],
            "Golongan": ["Golongan IV", "Golongan III", "Golongan II"],
            "Jabatan": ["Administrator", "Fungsional", "Pelaksana"],
        }
        if self.staff in {"pppk", "non"}:
            groups["Golongan"] = [*groups["Golongan"], "PPPK"]
            groups["Status Kepegawaian" if self.words == "own" else "Status Pegawai"] = ["PNS", "PPPK"]
        if self.staff == "non":
            groups["Golongan"] = [*groups["Golongan"], "PPPK Paruh Waktu", "Non-ASN"]
        split, whole_men = self.staff == "lp", many * 3 // 5
        rows = [["Kelompok", "Uraian", "Awal Tahun", "Akhir Tahun", *(["Laki-laki", "Perempuan"] if split else [])]]
        for group, names in groups.items():
            parts = _split(seed, many, len(names))
            men = [part * whole_men // many for part in parts]
            for at in range(whole_men - sum(men)):
                men[at] += 1
            women = [part - one for part, one in zip(parts, men, strict=True)]
            for name, part, man, woman in zip(names, parts, men, women, strict=True):
                rows.append([group, name, str(part), str(part), *([str(man), str(woman)] if split else [])])
            if self.jumlah != "none":
                sums = [many, many, *((sum(men), sum(women)) if split else ())]
                rows.append([group, "Jumlah", *("=" if self.jumlah == "formula" else str(each) for each in sums)])
        return rows

    def _programs(self, seed: random.Random, money: list[tuple[int, int]]) -> list[list[str]]:
        names = JENIS[self.words]
        if self.program == "none":
            return [["Kode", "Jenis", "Uraian"]]
        if self.program == "names":
            return [["Kode", "Jenis", "Uraian"], *([str(n), names[0], f"Program ke-{n}"] for n in range(1, 5))]
        quarters = ["TW I (Rp)", "TW II (Rp)", "TW III (Rp)", "TW IV (Rp)"] if self.program == "quarters" else []
        rows = [["Kode", "Jenis", "Uraian", "Anggaran (Rp)", "Realisasi (Rp)", "Realisasi (%)", *quarters]]

        def line(code: str, level: int, budget: int, spent: int, parts: list[int]) -> None:
            share = self.percentage(spent, budget) if level == 0 else ""
            text = f"{names[level]} {code}"
            rows.append([code, names[level], text, rupiah(budget), rupiah(spent), share, *map(rupiah, parts)])

        deep = {"flat": 0, "two": 1}.get(self.program, 2)
        for n, (budget, spent) in enumerate(money, 1):
            code = f"2.16.{n:02}"
            years = _split(seed, spent, 4) if quarters else []
            line(code, 0, budget, spent, years)
            if deep:
                larger = _split(seed, budget, 2)[0]
                used = larger * spent // budget
                parts = [(larger, used), (budget - larger, spent - used)]
                for k, (part, used) in enumerate(parts, 1):
                    kegiatan = f"{code}.2.{k:02}"
                    first = _share(years, parts[0][1], spent)
                    own = first if k == 1 else [year - one for year, one in zip(years, first, strict=True)]
                    line(kegiatan, 1, part, used, own)
                    if deep == 2:
                        digits = "01" if self.program == "old" and self.year < 2024 else "0001"
                        line(f"{kegiatan}.{digits}", 2, part, used, own)
        if self.jumlah != "none":
            budget, spent = (sum(each) for each in zip(*money, strict=True))
            typed = ["=", "="] if self.jumlah == "formula" else [rupiah(budget), rupiah(spent)]
            rows.append(["", "", "Jumlah", *typed, self.percentage(spent, budget), *[""] * len(quarters)])
        return rows

    def _indicators(self) -> list[list[str]]:
        rows = [
            [
                *("Kode", "Kode Sasaran", "Indikator Kinerja", "Satuan", "Arah", "Target", "Realisasi"),
                *("Capaian (%)", "Predikat", "Program Penunjang", "Keterangan"),
            ]
        ]
        program = {"none": "", "names": "1"}.get(self.program, "2.16.01")
        for n, one in enumerate(self.indicators, 1):
            value = one.capaian()
            capped = value if value is None or not self.cap else min(value, Decimal(self.cap))
            shown = "" if capped is None or self.percent == "blank" else f"#{rounded(capped, 2)}"
            head = [f"I{n}", one.sasaran, one.name, one.unit, ARAH[self.words][one.arah], one.target, one.realisasi]
            rows.append([*head, shown, self.predikat(capped), program, one.remark])
        known = [value for one in self.indicators if (value := one.capaian()) is not None]
        known = [min(value, Decimal(self.cap)) if self.cap else value for value in known]
        if self.jumlah == "typed" and self.percent != "blank" and known:
            mean = sum(known, Decimal(0)) / len(known)
            rows.append(["Rata-rata capaian", *[""] * 6, f"#{rounded(mean, 2)}", "", "", ""])
        return rows

    def predikat(self, value: Decimal | None) -> str:
        """The class of a capaian; of Permendagri 86/2017 a limit belongs to the class below."""
        if value is None:
            return ""
        classes = SCALES[self.scale][1]
        above = (name for limit, name in classes if value > limit or (value == limit and self.scale != "p86"))
        return next(above, LOWEST[self.scale])

    def _funds(self, money: list[tuple[int, int]]) -> list[list[str]]:
        sources = ("Dana Alokasi Umum", "Dana Alokasi Khusus", "Pendapatan Asli Daerah", "Dana Bagi Hasil")
        return self._money_table(["Sumber Dana"], [[name] for name in sources], money)

    def _by_sasaran(self, money: list[tuple[int, int]]) -> list[list[str]]:
        codes = self.sasaran()
        parts = money if len(codes) > 1 else [(sum(b for b, _ in money), sum(s for _, s in money))]
        if len(codes) == 2:
            parts = [tuple(map(sum, zip(*money[:2], strict=True))), tuple(map(sum, zip(*money[2:], strict=True)))]
        return self._money_table(["Kode Sasaran", "Sasaran Strategis"], [[code, ""] for code in codes], parts)

    def _money_table(self, head: list[str], labels: list[list[str]], money: list[tuple[int, int]]) -> list[list[str]]:
        rows = [[*head, "Anggaran (Rp)", "Realisasi (Rp)", "Realisasi (%)"]]
        rows += [
            [*label, rupiah(budget), rupiah(spent), self.percentage(spent, budget)]
            for label, (budget, spent) in zip(labels, money, strict=True)
        ]
        if self.jumlah != "none":
            budget, spent = (sum(each) for each in zip(*money, strict=True))
            typed = ["=", "="] if self.jumlah == "formula" else [rupiah(budget), rupiah(spent)]
            rows.append([*[""] * (len(head) - 1), "Jumlah", *typed, self.percentage(spent, budget)])
        return rows


def offices() -> list[Office]:
    """All offices of the file."""
    text = "\n".join(line for line in SOURCE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [_office(block.strip().splitlines()) for block in text.split("\n\n") if block.strip()]


def _office(lines: list[str]) -> Office:
    name, year, *shape = (part.strip() for part in lines[0].split("|"))
    rows = ([part.strip() for part in line.split("|")] for line in lines[1:])
    return Office(name, int(year), *shape, tuple(Indicator(*(*row, "")[:7]) for row in rows))


def markdown(grid: Grid) -> str:
    """Sheets as :mod:`samples.markdown` reads them."""
    parts: list[str] = []
    for name, rows in grid.items():
        rule = ["---"] * len(rows[0])
        lines = "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))
        parts.append(f"## {name}\n{lines}")
    return "\n\n".join(parts) + "\n"


def number(text: str) -> Decimal | None:
    """A number as it is written here: 1.250.000, 68,2, 14%; None for a text."""
    plain = text.removesuffix("%").replace(".", "").replace(",", ".")
    return Decimal(plain) if plain.replace(".", "").isdigit() else None


def rounded(value: Decimal, places: int) -> str:
    """Half up, with a comma."""
    return f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}".replace(".", ",")


def rupiah(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _scales() -> list[list[str]]:
    rows = [["Skala", "Batas Bawah (%)", "Predikat", "Termasuk Batas"]]
    for key, (name, classes) in SCALES.items():
        said = "Tidak" if key == "p86" else "Ya"
        rows += [[name, str(limit), each, said] for limit, each in classes]
        rows.append([name, "0", LOWEST[key], "Ya"])
    return rows


def _split(seed: random.Random, whole: int, parts: int) -> list[int]:
    """A whole in parts, each at least a tenth of an even share where there is enough."""
    cuts = [whole * (100 * n // parts + seed.randrange(-8, 9)) // 100 for n in range(1, parts)]
    edges = [0, *cuts, whole]
    return [high - low for low, high in pairwise(edges)]


def _share(years: list[int], part: int, whole: int) -> list[int]:
    """The quarters of a part, in the proportions of the whole's; nothing where there are no quarters."""
    own = [year * part // whole for year in years]
    return [*own[:-1], own[-1] + part - sum(own)] if own else []
