"""Exports of budgets in the layouts that public applications and prints show, each with its decoys.

Only the layouts are theirs: which columns there are, what they are called, how the hierarchy is written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from lakip_xlsx.numbers import show
from tests.imports.noise import spoiled
from tests.imports.office import Office, Step

Cell = str | Decimal | None
Rows = list[list[Cell]]
_MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agts", "Sept", "Okt", "Nov", "Desember")


@dataclass(frozen=True, slots=True)
class Layout:
    """A way in which budgets are exported: where it was seen, how a file is made of an office, what it tells."""

    name: str
    seen: str
    make: Callable[[Office, Path, Random], Path]
    fields: tuple[str, ...] = ("anggaran", "realisasi")
    coded: bool = True


def book(
    path: Path, rows: Rows, *, merges: Sequence[str] = (), texts: bool = False, indents: dict[int, int] | None = None
) -> Path:
    """A workbook with one sheet of these rows."""
    rows = spoiled(rows)
    made = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    sheet = made.add_worksheet("Laporan")
    steps = {depth: made.add_format({"indent": depth}) for depth in (indents or {}).values()}
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal) and not texts:
                sheet.write_number(at, column, float(cell))
            elif cell is not None:
                text = show(cell) if isinstance(cell, Decimal) else cell
                sheet.write_string(at, column, text, steps.get((indents or {}).get(at, 0)) if column == 0 else None)
    for place in merges:
        first = xl_cell_to_rowcol(place.partition(":")[0])
        sheet.merge_range(place, rows[first[0]][first[1]])
    made.close()
    return path


def text(path: Path, rows: Rows, separator: str, encoding: str, number: Callable[[Decimal], str]) -> Path:
    """A text file with one record for each row."""
    rows = spoiled(rows)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    writer.writerows([[number(c) if isinstance(c, Decimal) else c or "" for c in row] for row in rows])
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def _title(office: Office) -> Rows:
    return [["PEMERINTAH KABUPATEN CONTOH"], [f"LAPORAN REALISASI ANGGARAN TAHUN ANGGARAN {office.year}"], []]


def _share(part: Decimal, whole: Decimal) -> Cell:
    return (part * 100 / whole).quantize(Decimal("0.01")) if whole else None


def rfk(office: Office, folder: Path, random: Random) -> Path:
    """Kode, name, RKA and DPA side by side, money and physical progress; rows of urusan and bidang above."""
    heads: list[Cell] = ["Kode", random.choice(["Nama Sub Kegiatan", "Program / Kegiatan / Sub Kegiatan", "Uraian"])]
    heads += ["RKA SIPD (Rp.)", "DPA SIMDA (Rp.)", "Realisasi Keuangan (Rp.)", "Capaian ( % )", "RAK SIMDA ( % )"]
    heads += ["Deviasi ( % )", "Realisasi Fisik ( % )", "Catatan"]
    rows = [*_title(office), heads]
    total = _sum(office.programs)
    urusan = office.programs[0].code
    rows.append([urusan[:1], "URUSAN PEMERINTAHAN WAJIB", *total, _share(total[2], total[1])])
    rows.append([urusan[:4], "BIDANG URUSAN", *total, _share(total[2], total[1])])
    rows += [
        [s.code, s.name, s.first, s.pagu, s.spent, _share(s.spent, s.pagu), Decimal(7), Decimal(-3), Decimal(88)]
        for s in office.steps()
    ]
    rows.append([None, "TOTAL", *total])
    return book(folder / "rfk.xlsx", rows)


def _sum(steps: Sequence[Step]) -> list[Decimal]:
    return [sum((getattr(s, name) for s in steps), Decimal(0)) for name in ("first", "pagu", "spent")]


def monthly(office: Office, folder: Path, random: Random) -> Path:
    """Accounts below their sub kegiatan, three budgets, twelve months of plan and realisasi under merged headings."""
    top: list[Cell] = [
        "NO",
        "KODE REKENING",
        "URAIAN",
        "ANGGARAN 1 TAHUN SEBELUM EFISIENSI",
        "ANGGARAN 1 TAHUN SETELAH EFISIENSI",
        "ANGGARAN PAPBD",
    ]
    lower: list[Cell] = [None] * 6
    for month in _MONTHS:
        top += [month.upper(), None]
        lower += ["DKKB", "REALISASI"]
    rows = [*_title(office), top, lower]
    merges = [f"{letter}4:{letter}5" for letter in "ABCDEF"]
    number = 0
    for step in office.steps():
        rows.append([None, step.code, step.name, step.first, step.first, step.pagu, *_pairs(step.month)])
        for account in step.accounts:
            number += 1
            months = account.months
            values = _pairs(lambda m, months=months: months[m - 1])
            rows.append(
                [Decimal(number), account.code, account.name, account.first, account.first, account.pagu, *values]
            )
        if random.random() < 0.3:
            rows.append([])
    path = folder / "bulanan.xlsx"
    return book(path, rows, merges=merges)


def _pairs(month: Callable[[int], Decimal]) -> list[Cell]:
    return [value for number in range(1, 13) for value in (month(number) + 5, month(number))]


def flat_names(office: Office, folder: Path, random: Random) -> Path:
    """One record for each account, the levels in columns with the code before the name; before and after the change."""
    heads: list[Cell] = ["OPD", "PROGRAM", "KEGIATAN", "SUB KEGIATAN", "BELANJA", "SUMBER DANA"]
    heads += ["ANGGARAN SEBELUM PERUBAHAN", "ANGGARAN SETELAH PERUBAHAN", "REALISASI (Rp)", "SISA", "KETERANGAN"]
    rows: Rows = [heads]
    for program in office.programs:
        for giat in program.below:
            for sub in giat.below:
                for a in sub.accounts:
                    levels: list[Cell] = [f"{s.code} {s.name}" for s in (program, giat, sub)]
                    rows.append(
                        [
                            "Dinas Contoh",
                            *levels,
                            f"{a.code} {a.name}",
                            a.source,
                            a.first,
                            a.pagu,
                            a.spent,
                            a.pagu - a.spent,
                        ]
                    )
    separator = random.choice(";\t")
    return text(folder / "rata.csv", rows, separator, random.choice(["utf-8-sig", "utf-16"]), lambda v: f"{v:f}")


def flat_codes(office: Office, folder: Path, random: Random) -> Path:
    """One record for each account, every code in a column of its own; amounts with two decimals, English."""
    heads: list[Cell] = ["Kode Bidang Urusan", "Kode Program", "Nama Program", "Kode Kegiatan", "Nama Kegiatan"]
    heads += ["Kode Sub Kegiatan", "Nama Sub Kegiatan", "Kode Rekening", "Nama Rekening", "Pagu", "Nilai Realisasi"]
    rows: Rows = [heads]
    for program in office.programs:
        for giat in program.below:
            for sub in giat.below:
                for a in sub.accounts:
                    named: list[Cell] = [part for s in (program, giat, sub) for part in (s.code, s.name)]
                    rows.append([program.code[:4], *named, a.code, a.name, a.pagu, a.spent])
    return text(folder / "kode.csv", rows, random.choice(",;"), "cp1252", lambda v: f"{v:,.2f}")


def run_together(office: Office, folder: Path, random: Random) -> Path:
    """Code and name in one column, accounts without sums at their sub kegiatan, amounts as Indonesian texts."""
    rows = [
        *_title(office),
        ["KODE/NAMA BIDANG URUSAN, PROGRAM, KEGIATAN, SUB KEGIATAN, AKUN", "ANGGARAN", "REALISASI ANGGARAN"],
    ]
    rows.append(["(1)", "(2)", "(3)"])
    dash = random.choice([" ", " - "])
    for step in office.steps():
        rows.append([f"{step.code}{dash}{step.name}"])
        rows += [[f"{a.code}{dash}{a.name}", f"Rp {show(a.pagu)},00", f"Rp {show(a.spent)},00"] for a in step.accounts]
    return book(folder / "gabung.xlsx", rows)


def form(office: Office, folder: Path, random: Random) -> Path:
    """The printed form of each sub kegiatan, one below the other: what it is about stands above its table."""
    rows: Rows = []
    merges: list[str] = []
    for program in office.programs:
        for giat in program.below:
            for sub in giat.below:
                rows += [
                    ["RENCANA KERJA DAN ANGGARAN SATUAN KERJA PERANGKAT DAERAH"],
                    [f"Tahun Anggaran {office.year}"],
                ]
                rows += [
                    ["Program", ":", f"{program.code} {program.name}"],
                    ["Kegiatan", ":", f"{giat.code} {giat.name}"],
                ]
                rows += [["Sub Kegiatan", ":", f"{sub.code} {sub.name}"], ["Lokasi", ":", "Kabupaten Contoh"], []]
                at = len(rows) + 1
                rows.append(
                    [
                        "Kode Rekening",
                        "Uraian",
                        "Sebelum Perubahan",
                        None,
                        "Setelah Perubahan",
                        None,
                        "Bertambah/ (Berkurang)",
                    ]
                )
                rows.append([None, None, "Koefisien", "Jumlah", "Koefisien", "Jumlah", None])
                merges += [f"A{at}:A{at + 1}", f"B{at}:B{at + 1}", f"G{at}:G{at + 1}"]
                for a in sub.accounts:
                    for code, name in (("5", "BELANJA DAERAH"), (a.code[:6], "BELANJA")):
                        if not any(row[:1] == [code] for row in rows[at:]):
                            rows.append([code, name])
                    rows.append([a.code, a.name, "1 Tahun", a.first, "1 Tahun", a.pagu, a.pagu - a.first])
                    rows.append([None, "- Kertas HVS 70 gram", "4 rim", None, "4 rim"])
                rows += [["Jumlah", None, None, sub.first, None, sub.pagu], [], [None, "Kepala Dinas"], []]
    return book(folder / "rka.xlsx", rows, merges=merges)


def split_codes(office: Office, folder: Path, random: Random) -> Path:
    """The code split over five columns under one heading, quarters under another, all pieces as texts or as numbers."""
    top: list[Cell] = [
        "Kode",
        None,
        None,
        None,
        None,
        "Urusan/Bidang Urusan/Program/Kegiatan/Sub Kegiatan",
        "Pagu Anggaran",
        "Realisasi Anggaran",
        None,
        None,
        None,
        None,
    ]
    lower: list[Cell] = [None] * 7 + ["Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV", "Jumlah"]
    rows = [*_title(office), top, lower, [str(n) for n in range(1, 13)]]
    as_numbers = random.random() < 0.5
    for s in office.steps():
        u, b, p, *rest = s.code.split(".")
        pieces: list[Cell] = [u, b, p, ".".join(rest[:2]) or None, rest[2] if len(rest) > 2 else None]
        if as_numbers:
            pieces = [Decimal(piece) if piece and at < 3 else piece for at, piece in enumerate(pieces)]
        rows.append([*pieces, s.name, s.pagu, *(s.quarter(q) for q in range(1, 5)), s.spent])
    total: list[Cell] = [None] * 5 + ["JUMLAH", sum((s.pagu for s in office.programs), Decimal(0))]
    rows += [total, [], [None] * 7 + ["Kepala Dinas,"], [None] * 7 + ["Drs. Bintang Rekaan"]]
    return book(folder / "pecah.xlsx", rows, merges=["A4:E5", "F4:F5", "G4:G5", "H4:L4"])


def indented(office: Office, folder: Path, random: Random) -> Path:
    """No codes: the level is how far the name stands to the right, by format or by blanks."""
    rows = [*_title(office), ["Program/Kegiatan/Sub Kegiatan", "Pagu (Rp)", "Realisasi (Rp)", "%"]]
    steps = {"Program": 0, "Kegiatan": 1, "Sub Kegiatan": 2}
    by_format = random.random() < 0.5
    indents: dict[int, int] = {}
    for s in office.steps():
        depth = steps[s.level]
        indents[len(rows)] = depth if by_format else 0
        rows.append([s.name if by_format else "    " * depth + s.name, s.pagu, s.spent, _share(s.spent, s.pagu)])
    rows.append(["JUMLAH", *_sum(office.programs)[1:]])
    return book(folder / "menjorok.xlsx", rows, indents=indents)


def printed(office: Office, folder: Path, random: Random) -> Path:
    """A print of several pages: the heading again on each, subtotals, revenue before spending, amounts as texts."""
    heads: list[Cell] = ["No.", "Kode Rekening", "Uraian", "Jumlah (Rp)", None, "Bertambah/(Berkurang)", None]
    lower: list[Cell] = [None, None, None, "Anggaran Setelah Perubahan", "Realisasi", "Rp", "%"]
    rows = [*_title(office), heads, lower]
    rows += [
        ["I.", "4", "PENDAPATAN", Decimal(5_000_000), Decimal(6_000_000)],
        [None, "4.1.02.01.01.0001", "Retribusi", Decimal(5_000_000), Decimal(6_000_000)],
        [None, None, "Jumlah Pendapatan", Decimal(5_000_000), Decimal(6_000_000)],
        ["II.", "5", "BELANJA", *_sum(office.programs)[1:]],
    ]
    for at, s in enumerate(office.steps()):
        if at and at % 7 == 0:
            rows += [[], [f"Halaman {at // 7 + 1}"], heads, lower]
        rows.append([None, s.code, s.name, s.pagu, s.spent, s.spent - s.pagu, _share(s.spent, s.pagu)])
        rows += [[None, a.code, a.name, a.pagu, a.spent, a.spent - a.pagu] for a in s.accounts]
    rows += [
        [None, None, "JUMLAH BELANJA", *_sum(office.programs)[1:]],
        [None, None, "SURPLUS/(DEFISIT)", Decimal(-1), Decimal(-2)],
    ]
    return book(folder / "cetak.xlsx", rows, texts=random.random() < 0.5)


def quarterly(office: Office, folder: Path, random: Random) -> Path:
    """Names alone, one record for each sub kegiatan, the quarters in columns, no year's total."""
    heads: list[Cell] = [
        "Tahun",
        "Nama OPD",
        "Program",
        "Kegiatan",
        "Sub Kegiatan",
        "Anggaran Sebelum Perubahan",
        "Anggaran Setelah Perubahan",
    ]
    heads += [f"Realisasi TW {roman}" for roman in ("I", "II", "III", "IV")] + ["Anggaran Belum Dicairkan"]
    rows: Rows = [heads]
    for program in office.programs:
        for giat in program.below:
            for sub in giat.below:
                quarters = [sub.quarter(q) for q in range(1, 5)]
                named: list[Cell] = [program.name, giat.name, sub.name]
                rows.append(
                    [str(office.year), "Dinas Contoh", *named, sub.first, sub.pagu, *quarters, sub.pagu - sub.spent]
                )
    return book(folder / "triwulan.xlsx", rows)


def cumulative(office: Office, folder: Path, random: Random) -> Path:
    """Months up to each month, as monitoring applications keep them, beside the year's total."""
    heads: list[Cell] = [
        "Kode Sub Kegiatan",
        "Nama Program/Kegiatan/Sub Kegiatan",
        "Pagu Perubahan",
        "Realisasi Anggaran",
    ]
    heads += [f"Realisasi s.d. {month}" for month in _MONTHS]
    rows = [*_title(office), heads]
    for s in office.steps():
        upto = [sum((s.month(m) for m in range(1, n + 1)), Decimal(0)) for n in range(1, 13)]
        rows.append([s.code, s.name, s.pagu, s.spent, *upto])
    return book(folder / "kumulatif.xlsx", rows)


_QUARTERS = ("anggaran", "realisasi", "tw1", "tw2", "tw3", "tw4")
LAYOUTS = (
    Layout("rfk", "github.com/agusnurwanto/wp-sipd, monev/wpsipd-public-monitor-rfk.php", rfk),
    Layout(
        "bulanan", "github.com/taufiqalexander027/taufiqalmansur, finance-app/ANALISIS_EXCEL.md", monthly, _QUARTERS
    ),
    Layout("rata", "github.com/agusnurwanto/wp-sipd, rincian RKA menurut OPD, PROGRAM, KEGIATAN, …", flat_names),
    Layout("kode", "unggahan Kode Bidang Urusan, Kode Program, …, Kode Rekening, Nilai Realisasi", flat_codes),
    Layout("gabung", "unggahan KODE/NAMA BIDANG URUSAN, PROGRAM, KEGIATAN, SUB KEGIATAN, AKUN", run_together),
    Layout("rka", "123dok.com/document/zw9om3ly, RKPA Rincian Belanja SKPD", form, ("anggaran",)),
    Layout("pecah", "github.com/andreperiozaherpa/indigo, sicerdas/renstra/laporan/24.php", split_codes, _QUARTERS),
    Layout("menjorok", "github.com/ariefs66/sira_hibah_v4, monev/pdf.blade.php", indented, coded=False),
    Layout("cetak", "LRA cetakan Kabupaten Kubu Raya: Kode, Uraian, Jumlah (Rp), Bertambah/Berkurang", printed),
    Layout(
        "triwulan",
        "templat unggahan hibah: Program, Kegiatan, Sub Kegiatan, Realisasi TW I–IV",
        quarterly,
        _QUARTERS,
        coded=False,
    ),
    Layout("kumulatif", "github.com/agusnurwanto/wp-sipd, data_rfk menurut bulan", cumulative, _QUARTERS),
)
