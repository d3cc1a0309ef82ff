"""Rules of the family ANG on what is not wrong by arithmetic, but cannot well be right."""

from __future__ import annotations

from decimal import Decimal

from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.tables import heading, money_tables, unread
from lakip_xlsx.figures.figures import Figures, Money
from lakip_xlsx.figures.hierarchy import MONEY
from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import HUNDRED, percent, percentage, rupiah
from lakip_xlsx.workbook.book import Table

_LOW, _HIGH = Decimal(1), Decimal(120)
_DETAILS = ("anggaran_sasaran", "program")


@rule(
    Rule(
        code="ANG-008",
        severity=Severity.ERROR,
        title="Lembar anggaran tanpa angka",
        what="Lembar Anggaran harus berisi angka bila lembar lainnya berisi, dan anggaran harus dirinci pada lembar "
        "Anggaran Sasaran atau lembar Program. Lembar yang kosong sama sekali diperiksa oleh BRK-014.",
        why="Tabel keuangan yang disusun dari lembar itu tidak punya isi.",
        fix="Isi lembar itu menurut DPA dan LRA. Bila memang tidak ada anggaran, isi satu baris dengan 0.",
        example="Lembar Anggaran berisi Rp 1.351.829.790, lembar Anggaran Sasaran dan lembar Program tanpa angka.",
        kind=FindingKind.UNFILLED,
    )
)
def lembar_anggaran_kosong(
    anggaran: Table | None, anggaran_sasaran: Table | None, program: Table | None, figures: Figures, layout: Layout
) -> Outcome:
    """Money sheets that the layout wants, without any amount."""
    details = [table for table in (anggaran_sasaran, program) if table is not None]
    filled = [table for table in details if not _empty(table, figures)]
    if anggaran is not None and len(anggaran) and filled and _empty(anggaran, figures):
        yield Fault(
            At(anggaran, anggaran.header_row, "anggaran"),
            f"Lembar {anggaran.name} belum berisi angka, sedangkan lembar {filled[0].name} sudah.",
            expected="rupiah",
            actual="kosong",
            related=(At(filled[0], filled[0].header_row, "anggaran"),),
        )
    complete = all(any(table.spec.key == key for table in details) for key in _DETAILS if key in layout.sheets)
    if complete and not filled and any(len(table) for table in details):
        names = " dan lembar ".join(table.name for table in details)
        message = f"Anggaran belum dirinci: lembar {names} belum berisi angka."
        yield Fault(At(details[0], details[0].header_row, "anggaran"), message, "rupiah", "kosong")


def _empty(table: Table, figures: Figures) -> bool:
    """Whether a sheet holds no amount, and nothing that may be one."""
    money = figures.totals.get(table.spec.key, Money(None, None))
    unreadable = any(unread(table, table.rows, key) for key in MONEY if key in table)
    return money.anggaran is None and money.realisasi is None and not unreadable


@rule(
    Rule(
        code="ANG-009",
        severity=Severity.WARNING,
        nomor=(9,),
        title="Angka yang tidak wajar besarnya",
        what="Dicari baris yang realisasinya di bawah 1% atau di atas 120% dari anggarannya. Realisasi 0 tidak "
        "dihitung.",
        why="Selisih sebesar itu biasanya karena angka yang hilang atau berlebih saat mengetik.",
        fix="Hitung banyaknya angka pada anggaran dan realisasi di baris itu, lalu cocokkan dengan DPA dan LRA.",
        example="Anggaran 94.000.000, realisasi 827.029: hanya 0,88%.",
        tolerance="Batasnya 1% dan 120%.",
    )
)
def besaran(
    anggaran: Table | None, anggaran_sasaran: Table | None, program: Table | None, belanja: Table | None
) -> Outcome:
    """Rows whose share spent is out of all proportion; the smaller amount is the suspect."""
    for table in money_tables(anggaran, anggaran_sasaran, program, belanja).values():
        spent = table.numbers("realisasi")
        for row, budget in table.numbers("anggaran").items():
            realised = spent.get(row, Decimal(0))
            if budget <= 0 or realised <= 0:
                continue
            share = percentage(realised, budget)
            if _LOW <= share <= _HIGH:
                continue
            small, large = ("realisasi", "anggaran") if share < _LOW else ("anggaran", "realisasi")
            only = "hanya" if share < _LOW else "adalah"
            yield Fault(
                At(table, row, small),
                f"Realisasi {rupiah(realised)} {only} {percent(share)}% dari anggaran {rupiah(budget)}."
                f"{_hint(table, small, min(budget, realised), max(budget, realised))}",
                actual=rupiah(min(budget, realised)),
                related=(At(table, row, large),),
            )


def _hint(table: Table, key: str, small: Decimal, large: Decimal) -> str:
    """How many digits may be lost, if that explains it."""
    for lost, said in ((1, "satu"), (2, "dua"), (3, "tiga"), (6, "enam")):
        if Decimal(70) <= percentage(small.scaleb(lost), large) <= HUNDRED:
            return f" Apakah {heading(table, key)} kurang {said} angka?"
    return ""
