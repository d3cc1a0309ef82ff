"""Rules of the family PRG: programs, their kegiatan and their sub kegiatan."""

from __future__ import annotations

from collections.abc import Iterator

from lakip_xlsx.checks.laws import parents_and_children, quarters
from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.tables import heading, is_blank
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.figures.hierarchy import MONEY
from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.numbers import rupiah, show
from lakip_xlsx.workbook.book import Oddity, Table


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
def program_kegiatan(program: Table, figures: Figures) -> Outcome:
    """Each parent's money against the sum of its children's."""
    yield from parents_and_children(figures.ledger, program)


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
def triwulan(program: Table, figures: Figures) -> Outcome:
    """The quarters of each row against its year."""
    yield from quarters(figures.ledger, program)


@rule(
    Rule(
        code="PRG-003",
        severity=Severity.ERROR,
        title="Uang program hanya diisi di sebagian baris",
        what="Kolom Anggaran dan Realisasi pada lembar Program diisi di semua baris, atau tidak sama sekali.",
        why="Baris yang kosong akan tercetak tanpa uang dan membuat totalnya keliru.",
        fix="Isi sel yang kosong menurut DPA/LRA; tulis - bila memang tidak ada uangnya.",
        example="Sembilan program berisi anggaran, program kesepuluh kosong.",
        kind=FindingKind.UNFILLED,
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
