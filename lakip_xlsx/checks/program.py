"""Rules of the family PRG: programs, their kegiatan and their sub kegiatan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xlsx.bahasa import enumerate_
from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.checks.tables import heading, is_blank, rp, total, unread
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold, rupiah, show
from lakip_xlsx.workbook.book import Oddity, Table

MONEY = ("anggaran", "realisasi")
_QUARTERS = ("tw1", "tw2", "tw3", "tw4")
_SUMMED = (*MONEY, *_QUARTERS)
_LEVELS = {"program": 0, "kegiatan": 1, "sub kegiatan": 2, "subkegiatan": 2, "sub-kegiatan": 2}
_NAMES = ("Program", "Kegiatan", "Sub Kegiatan")
_JOINTS = re.compile(r"[.\-/ ]")


def parents(table: Table) -> dict[int, int]:
    """Row → the row it belongs to: by the beginning of its code, or else by its position under it."""
    by_code: list[dict[str, int]] = [{}, {}, {}]
    last: list[int | None] = [None, None, None]
    found: dict[int, int] = {}
    levels = _levels(table)
    codes = {row: fold(str(value or "")).rstrip(".") for row, value in table.column("kode")}
    for row, level in levels.items():
        if code := codes.get(row):
            by_code[level].setdefault(code, row)
    for row, level in levels.items():
        parent = _by_code(codes.get(row, ""), by_code[:level])
        if parent is None:
            parent = next((above for above in reversed(last[:level]) if above is not None), None)
        if parent is not None:
            found[row] = parent
        last[level] = row
        last[level + 1 :] = [None] * (2 - level)
    return found


def _levels(table: Table) -> dict[int, int]:
    named = ((row, _LEVELS.get(fold(str(value or "")))) for row, value in table.column("jenis"))
    return {row: level for row, level in named if level is not None}


def _by_code(code: str, above: list[dict[str, int]]) -> int | None:
    """The row of the nearest higher level whose code begins this code."""
    cuts = [code[: joint.start()] for joint in _JOINTS.finditer(code)]
    for codes in reversed(above):
        for cut in reversed(cuts):
            if cut in codes:
                return codes[cut]
    return None


@rule(
    Rule(
        code="PRG-001",
        severity=Severity.ERROR,
        nomor=(5,),
        title="Program, kegiatan, dan sub kegiatan tidak berjumlah sama",
        what="Anggaran dan realisasi program dibandingkan dengan jumlah kegiatannya, dan kegiatan dengan jumlah sub "
        "kegiatannya. Anak dikenali dari awal kodenya; tanpa kode, dari letaknya di bawah induknya.",
        why="Uang program adalah uang kegiatan di bawahnya, tidak lebih dan tidak kurang.",
        fix="Cocokkan baris ini dan baris di bawahnya dengan DPA/LRA, lalu perbaiki yang keliru. Periksa juga kodenya.",
        example="Program 100.000.000, kedua kegiatannya 60.000.000 dan 30.000.000.",
        tolerance="Tidak ada: rupiah harus sama persis.",
        needs=("program.jenis",),
    )
)
def program_kegiatan(program: Table) -> Outcome:
    """Each parent's money against the sum of its children's."""
    children: dict[int, list[int]] = {}
    for row, parent in parents(program).items():
        children.setdefault(parent, []).append(row)
    levels = _levels(program)
    for key in (key for key in _SUMMED if key in program):
        numbers = program.numbers(key)
        doubtful = set(unread(program, program.rows, key))
        for parent, rows in children.items():
            known = {row: numbers[row] for row in rows if row in numbers}
            if not known or is_blank(program, parent, key, numbers.get(parent)):
                continue
            if hidden := sorted(doubtful.intersection([parent, *rows])):
                cell = program.cell(hidden[0], key)
                yield Unchecked(f"{heading(program, key)} baris {parent} belum dicocokkan: {cell.ref} belum terbaca.")
                continue
            own, below = numbers.get(parent), total(known)
            if own != below:
                gap = rp(abs((own or 0) - below))
                yield Fault(
                    At(program, parent, key),
                    f"{heading(program, key)} {_NAMES[levels[parent]]} {rupiah(own)}, sedangkan "
                    f"{_kinds(levels, rows)} di bawahnya berjumlah {rupiah(below)}. Selisih {gap}.",
                    expected=rupiah(below),
                    actual=rupiah(own),
                    related=tuple(At(program, row, key) for row in known),
                )


def _kinds(levels: dict[int, int], rows: list[int]) -> str:
    kinds = sorted({levels[row] for row in rows})
    return f"{len(rows)} {' dan '.join(_NAMES[kind].lower() for kind in kinds)}"


@rule(
    Rule(
        code="PRG-002",
        severity=Severity.ERROR,
        nomor=(6,),
        title="Triwulan tidak berjumlah setahun",
        what="Pada lembar Program, realisasi triwulan I sampai IV dijumlahkan dan dibandingkan dengan Realisasi (Rp) "
        "di baris yang sama. Baris tanpa angka triwulan tidak diperiksa.",
        why="Realisasi setahun adalah jumlah keempat triwulannya; triwulan diisi per triwulan, bukan kumulatif.",
        fix="Cocokkan keempat triwulan dan realisasi setahun di baris itu dengan LRA.",
        example="TW I sampai TW IV berjumlah 95.000.000, Realisasi (Rp) 100.000.000.",
        tolerance="Tidak ada: rupiah harus sama persis.",
    )
)
def triwulan(program: Table) -> Outcome:
    """The quarters of each row against its year."""
    keys = [key for key in _QUARTERS if key in program]
    columns = {key: program.numbers(key) for key in keys}
    years = program.numbers("realisasi")
    doubtful = {row for key in (*keys, "realisasi") for row in unread(program, program.rows, key)}
    for row, year in years.items():
        parts = {key: columns[key][row] for key in keys if row in columns[key]}
        together = total(dict(enumerate(parts.values())))
        if not parts or row in doubtful or together == year:
            continue
        blank = [heading(program, key) for key in keys if key not in parts]
        said = f" {enumerate_(blank)} tidak berisi angka." if blank else ""
        if parts.get("tw4") == year and list(parts.values()) == sorted(parts.values()):
            said = " Apakah triwulannya diisi kumulatif?"
        yield Fault(
            At(program, row, "realisasi"),
            f"Realisasi setahun {rupiah(year)}, sedangkan triwulannya berjumlah {rupiah(together)}. Selisih "
            f"{rp(abs(year - together))}.{said}",
            expected=rupiah(together),
            actual=rupiah(year),
            related=tuple(At(program, row, key) for key in parts),
        )


@rule(
    Rule(
        code="PRG-003",
        severity=Severity.ERROR,
        title="Uang program hanya diisi di sebagian baris",
        what="Kolom Anggaran dan Realisasi pada lembar Program diisi di semua baris, atau tidak sama sekali.",
        why="Baris yang kosong akan tercetak tanpa uang dan membuat totalnya keliru.",
        fix="Isi sel yang kosong menurut DPA/LRA; tulis - bila memang tidak ada uangnya.",
        example="Sembilan program berisi anggaran, program kesepuluh kosong.",
    )
)
def uang_sebagian(program: Table) -> Outcome:
    """Empty money cells, where the sheet holds money at all; one finding for each column."""
    empty = {key: list(_empty(program, key)) for key in MONEY if key in program}
    if all(len(rows) == len(program) for rows in empty.values()):
        return
    for key, rows in empty.items():
        if rows:
            many = f"{len(rows)} baris, mulai {program.cell(rows[0], key).ref}" if len(rows) > 1 else "baris ini"
            yield Fault(
                At(program, rows[0], key),
                f"{heading(program, key)} kosong pada {many}, padahal baris lain berisi uang.",
                expected="rupiah, atau -",
                actual="kosong",
                related=tuple(At(program, row, key) for row in rows[1:]),
            )


def _empty(table: Table, key: str) -> Iterator[int]:
    yield from (row for row, value in table.column(key) if is_blank(table, row, key, value))


@rule(
    Rule(
        code="PRG-004",
        severity=Severity.WARNING,
        nomor=(44,),
        title="Uang terpakai tanpa keluaran, atau keluaran tanpa uang",
        what="Pada lembar Program dicari baris yang realisasinya ada tetapi Realisasi Keluarannya 0, dan baris yang "
        "keluarannya ada tetapi realisasinya 0. Sel keluaran yang kosong tidak diperiksa.",
        why="Pembaca akan bertanya untuk apa uangnya dipakai, atau dari mana keluarannya dibiayai.",
        fix="Periksa kedua angka di baris itu; bila memang demikian, jelaskan di Narasi.",
        example="Realisasi 25.000.000, realisasi keluaran 0 dokumen.",
        needs=("program.realisasi", "program.realisasi_keluaran"),
    )
)
def uang_dan_keluaran(program: Table) -> Outcome:
    """Money without output and output without money, row by row."""
    spent, outputs = program.numbers("realisasi"), program.numbers("realisasi_keluaran")
    if not any(spent.values()):
        return
    for row, output in outputs.items():
        none = spent.get(row) == 0 or program.note(row, "realisasi") is Oddity.DASH
        if output == 0 and spent.get(row, 0) > 0:
            message = f"Realisasi {rupiah(spent[row])}, tetapi Realisasi Keluaran 0."
            place, expected, actual = At(program, row, "realisasi_keluaran"), "keluaran yang dihasilkan", "0"
            other = At(program, row, "realisasi")
        elif output > 0 and none:
            message = f"Realisasi Keluaran {show(output)}, tetapi tidak ada realisasi uangnya."
            place, expected, actual = At(program, row, "realisasi"), "rupiah yang dipakai", "0"
            other = At(program, row, "realisasi_keluaran")
        else:
            continue
        yield Fault(place, message, expected=expected, actual=actual, related=(other,))
