"""An invented regency: so many offices with whole workbooks, and faults that only show across offices.

The same number gives the same regency. Every sum is known here from the whole numbers that the workbooks were
made of, without the program's reader.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from benchmarks import data
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import FormData, Row, TableData, TextCell, WorkbookData, form_of
from lakip_xlsx.layouts import catalog
from lakip_xlsx.recap.urusan import NAMES
from lakip_xlsx.workbook.sheets import BY_KEY

PEMDA = "Pemerintah Kabupaten Contoh"
YEAR = 2025
SHARED = "Indeks kepuasan masyarakat atas pelayanan publik"
_PROGRAMS = ("Penunjang Urusan Pemerintahan Daerah", "Pengelolaan Layanan", "Pengembangan Sumber Daya")
_SOURCES = ("Dana Alokasi Umum", "Pendapatan Asli Daerah", "Dana Alokasi Khusus")
_COPIED = (
    "Capaian tahun ini didukung oleh kerja sama lintas bidang, penyusunan jadwal yang lebih awal, serta pendampingan "
    "rutin kepada petugas lapangan sehingga seluruh tahapan kegiatan dapat diselesaikan sebelum akhir triwulan keempat"
)
FAULTS = {
    "nama program": "LKT-010",
    "target bersama": "LKT-011",
    "standar nasional": "LKT-012",
    "penanda tangan": "LKT-008",
    "narasi disalin": "LKT-014",
    "tata letak": "LKT-004",
}
"""Planted fault → the code under which it must be found."""


@dataclass
class Office:
    """One office as it was made: the numbers are whole rupiah."""

    number: int
    name: str
    urusan: str
    programs: dict[str, tuple[str, int, int]] = field(default_factory=dict)  # code → name, anggaran, realisasi
    sources: dict[str, tuple[int, int]] = field(default_factory=dict)
    staff: tuple[int, int] = (0, 0)

    @property
    def money(self) -> tuple[int, int]:
        return tuple(sum(each[at] for each in self.programs.values()) for at in (1, 2))


@dataclass
class Regency:
    """The folder, and what must be found in it."""

    folder: Path
    offices: list[Office]
    expected: list[str]
    missing: list[str]
    doubled: str
    planted: dict[str, str]  # fault → office

    def totals(self) -> tuple[int, int]:
        return tuple(sum(each.money[at] for each in self.offices) for at in (0, 1))

    def by_program(self) -> Counter:
        found = Counter()
        for office in self.offices:
            for code, (_, budget, spent) in office.programs.items():
                found[code, "anggaran"] += budget
                found[code, "realisasi"] += spent
        return found

    def by_source(self) -> Counter:
        found = Counter()
        for office in self.offices:
            for name, (budget, spent) in office.sources.items():
                found[name, "anggaran"] += budget
                found[name, "realisasi"] += spent
        return found


def build(folder: Path, *, offices: int = 40, missing: int = 2, seed: int = 7) -> Regency:
    """Write the workbooks, ``daftar.xlsx`` and ``apbd.xlsx``; the folder ``masuk`` holds what was handed in."""
    chance = random.Random(seed)
    inbox = folder / "masuk"
    inbox.mkdir(parents=True)
    made = [_office(chance, number) for number in range(offices)]
    names = [office.name for office in made]
    here = made[: offices - missing] if offices > missing else made
    planted = dict(zip(FAULTS, [office.name for office in here[1:]], strict=False))
    for office in here:
        faults = {fault for fault, name in planted.items() if name == office.name}
        _write(inbox / f"{office.number:03}-{office.urusan}.xlsx", office, chance, faults)
    doubled = here[-1]
    _write(inbox / "salinan" / f"{doubled.number:03}-lama.xlsx", doubled, random.Random(1), set(), old=True)
    _lists(folder, made)
    return Regency(folder, here, names, names[len(here) :], doubled.name, planted)


def _office(chance: random.Random, number: int) -> Office:
    codes = list(NAMES)
    urusan = codes[number % len(codes)]
    again = f" {number // len(codes) + 1}" if number >= len(codes) else ""
    office = Office(number, f"Dinas {NAMES[urusan]}{again} Kabupaten Contoh", urusan)
    for at, name in enumerate(_PROGRAMS, 1):
        budget = chance.randint(200_000_000, 9_000_000_000)
        office.programs[f"{urusan}.{at:02}"] = (
            f"Program {name} {NAMES[urusan]}",
            budget,
            budget * chance.randint(820, 999) // 1000,
        )
    budget, spent = office.money
    first = (budget // 2, spent // 2)
    second = (budget // 3, spent // 3)
    rest = (budget - first[0] - second[0], spent - first[1] - second[1])
    office.sources = dict(zip(_SOURCES, (first, second, rest), strict=True))
    start = chance.randint(20, 200)
    office.staff = (start, start + chance.randint(-3, 3))
    return office


def rewrite(inbox: Path, office: Office, *, fault: bool, gap: int = 0, year: int = YEAR) -> None:
    """Hand in an office's workbook anew: with a Jumlah that is one rupiah off, with so many rows more above it."""
    faults = {"jumlah"} if fault else set()
    _write(inbox / f"{office.number:03}-{office.urusan}.xlsx", office, random.Random(3), faults, gap=gap, year=year)


def _write(
    place: Path,
    office: Office,
    chance: random.Random,
    faults: set[str],
    *,
    old: bool = False,
    gap: int = 0,
    year: int = YEAR,
) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    base = data.workbook(budget=10, seed=office.number + 100 * old)
    layout = catalog.LAYOUTS[1] if "tata letak" in faults else catalog.LAYOUTS[0]
    sheets = [
        _form(office, layout, faults, year),
        _programs(office, faults, gap),
        _indicators(base, office, chance, faults),
    ]
    sheets += [_sources(office, faults), _by_sasaran(office), _kinds(office), _staff(office)]
    write_workbook(place, base.overlaid(WorkbookData(tuple(sheets))), layout=layout)


def _form(office: Office, layout, faults: set[str], year: int) -> FormData:
    old = next(sheet for sheet in data.workbook(budget=10).sheets if isinstance(sheet, FormData))
    values = {line.key: line.value for line in old.lines}
    head = 1 if "penanda tangan" in faults else office.number + 1  # signs for the first office too
    values |= {
        "nama": TextCell(office.name),
        "nama_singkat": TextCell(office.name.removesuffix(" Kabupaten Contoh")),
        "pemda": TextCell(PEMDA),
        "kepala": TextCell(f"Sri Rekaan {_words(head)}, S.E."),
        "jabatan_kepala": TextCell(f"Kepala {office.name}"),
        "nip": TextCell(f"19700101{199001 + head % 12}1{head:03}"),
        "tata_letak": TextCell(layout.name),
        "tahun": data.number(year),
        "awal_renstra": data.number(year),
        "tanggal": TextCell(f"30 Januari {year + 1}"),
    }
    return form_of(BY_KEY["instansi"], values)


def _words(number: int) -> str:
    return "".join(chr(65 + int(digit)) for digit in f"{number:03}")


def _table(key: str, rows) -> TableData:
    return TableData(key, BY_KEY[key].name, tuple(row if isinstance(row, Row) else Row(row) for row in rows))


def _money(budget: int, spent: int) -> dict:
    return {"anggaran": data.number(budget), "realisasi": data.number(spent)}


def _jumlah(label: str, office: Office) -> Row:
    return Row({label: TextCell("Jumlah"), **_money(*office.money)}, total=True)


def _programs(office: Office, faults: set[str], gap: int) -> TableData:
    rows = [{} for _ in range(gap)]
    for at, (code, (name, budget, spent)) in enumerate(office.programs.items(), 1):
        line = {"kode_sasaran": TextCell(f"S{at}"), "sumber_dana": TextCell(_SOURCES[0])}
        rows.append(
            {
                **line,
                "kode": TextCell(code),
                "jenis": TextCell("Program"),
                "uraian": TextCell(name),
                **_money(budget, spent),
            }
        )
        parts = [(budget // 2, spent // 2), (budget - budget // 2, spent - spent // 2)]
        for part, amounts in enumerate(parts, 1):
            rows.append(
                {
                    **line,
                    "kode": TextCell(f"{code}.2.{part:02}"),
                    "jenis": TextCell("Kegiatan"),
                    "uraian": TextCell(f"Kegiatan {part} {name.removeprefix('Program ')}"),
                    "keluaran": TextCell(f"Banyaknya layanan {code} {part}"),
                    "satuan": TextCell("dokumen"),
                    "target": data.number(12),
                    "realisasi_keluaran": data.number(12),
                    **_money(*amounts),
                }
            )
    # a code that all offices have, with one wording in all but one of them
    said = "Koordinasi Perangkat Daerah dan Pelayanan" if "nama program" in faults else "Koordinasi Perangkat Daerah"
    rows.append(
        {
            "kode": TextCell("9.99.01"), "jenis": TextCell("Program"), "uraian": TextCell(f"Program {said}"),
            "kode_sasaran": TextCell("S1"), "sumber_dana": TextCell(_SOURCES[0]), **_money(0, 0),
        }
    )  # fmt: skip
    return _table("program", [*rows, _jumlah("uraian", office)])


def _indicators(base: WorkbookData, office: Office, chance: random.Random, faults: set[str]) -> TableData:
    sheet = base.sheet("indikator")
    rows = [dict(row.cells) for row in sheet.rows[:12]]
    for row in rows:
        row["realisasi"] = data.number(row["target"].value * Decimal(chance.randint(70, 115)) / 100)
        row["indikator"] = TextCell(f"{row['indikator'].text} {NAMES[office.urusan].lower()}")
    rows[0] |= {
        "indikator": TextCell(SHARED), "satuan": TextCell("indeks"), "realisasi": data.number(82),
        "target": data.number(90 if "target bersama" in faults else 80),
        "standar": data.number(85 if "standar nasional" in faults else 76),
    }  # fmt: skip
    if "narasi disalin" in faults:
        rows[1]["analisis"] = TextCell(_COPIED + ".")
    if office.number == 0:
        rows[1]["analisis"] = TextCell(_COPIED + ", dengan dukungan semua pihak.")
    return _table("indikator", rows)


def _sources(office: Office, faults: set[str]) -> TableData:
    rows = [{"sumber_dana": TextCell(name), **_money(*amounts)} for name, amounts in office.sources.items()]
    total = _jumlah("sumber_dana", office)
    if "jumlah" in faults:
        total = Row({**total.cells, "anggaran": data.number(office.money[0] + 1)}, total=True)
    return _table("anggaran", [*rows, total])


def _kinds(office: Office) -> TableData:
    """Money by kind of expenditure: the same thirds as the sources."""
    names = ("Belanja Pegawai", "Belanja Barang dan Jasa", "Belanja Modal")
    lines = zip(names, office.sources.values(), strict=True)
    rows = [{"jenis": TextCell(name), **_money(*amounts)} for name, amounts in lines]
    return _table("belanja", [*rows, _jumlah("jenis", office)])


def _by_sasaran(office: Office) -> TableData:
    rows = [
        {"kode_sasaran": TextCell(f"S{at}"), **_money(budget, spent)}
        for at, (_, budget, spent) in enumerate(office.programs.values(), 1)
    ]
    return _table("anggaran_sasaran", [*rows, _jumlah("sasaran", office)])


def _staff(office: Office) -> TableData:
    rows = []
    for group, names in (("Pendidikan", ("S 1", "SLTA")), ("Jenis Kelamin", ("Laki-laki", "Perempuan"))):
        start, end = office.staff
        for name, pair in zip(names, ((start // 2, end // 2), (start - start // 2, end - end // 2)), strict=True):
            rows.append({"kelompok": TextCell(group), "uraian": TextCell(name), "awal": data.number(pair[0]),
                         "akhir": data.number(pair[1]), "keterangan": TextCell("pindah tugas")})  # fmt: skip
        rows.append(
            Row({"uraian": TextCell("Jumlah"), "awal": data.number(start), "akhir": data.number(end)}, total=True)
        )
    return _table("pegawai", rows)


def _lists(folder: Path, offices: list[Office]) -> None:
    """Who is expected, and the APBD by office and program, as a finance office exports them."""
    from xlsxwriter import Workbook

    with Workbook(str(folder / "daftar.xlsx")) as book:
        page = book.add_worksheet("Daftar")
        page.write_row(0, 0, ["DAFTAR PERANGKAT DAERAH"])
        page.write_row(2, 0, ["No", "Perangkat Daerah", "PIC"])
        for at, office in enumerate(offices, 1):
            page.write_row(2 + at, 0, [at, office.name.replace("Kabupaten", "Kab."), f"Petugas {at}"])
    with Workbook(str(folder / "apbd.xlsx")) as book:
        page = book.add_worksheet("APBD")
        page.write_row(0, 0, ["OPD", "Kode Program", "Program", "Anggaran (Rp)", "Realisasi (Rp)"])
        row = 0
        for office in offices:
            for code, (name, budget, spent) in office.programs.items():
                row += 1
                page.write_row(row, 0, [office.name, code, name, budget, spent])
