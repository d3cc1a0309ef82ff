"""SEL-014: a data row that looks like a Jumlah under a name that nobody can know ("Belanja seluruhnya")."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.tables import money_tables
from lakip_xlsx.figures.hierarchy import MONEY, parents, top_level
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import rupiah
from lakip_xlsx.workbook.book import Table

_NOTHING = (Decimal(0),) * len(MONEY)


@rule(
    Rule(
        code="SEL-014",
        severity=Severity.WARNING,
        title="Baris data yang sama dengan jumlah baris di atasnya",
        what="Pada lembar keuangan dicari baris data yang anggaran dan realisasinya sama persis dengan jumlah dua "
        "baris atau lebih tepat di atasnya. Program yang punya kegiatan tidak dicari: ia memang jumlah kegiatannya.",
        why="Baris jumlah dengan sebutan lain ikut dihitung sebagai data, sehingga uangnya terhitung dua kali.",
        fix='Bila ini jumlah, awali sebutannya dengan "Jumlah", misalnya "Jumlah belanja". Bila ini data, biarkan.',
        example='Baris "Belanja seluruhnya" berisi jumlah kedua sumber dana di atasnya.',
        tolerance="Tidak ada: rupiah harus sama persis.",
    )
)
def jumlah_samar(
    anggaran: Table | None, anggaran_sasaran: Table | None, program: Table | None, belanja: Table | None
) -> Outcome:
    """Rows of money that are the exact sum of two or more rows right above them."""
    for table in money_tables(anggaran, anggaran_sasaran, program, belanja).values():
        for row, first, last in _sums(table):
            amounts = " dan ".join(rupiah(value) for key in MONEY if (value := table.number(row, key)) is not None)
            yield Fault(
                At(table, row, MONEY[0]),
                f"Baris ini sama persis dengan jumlah baris {first} sampai {last}. Apakah ini baris Jumlah?",
                actual=amounts,
                related=(At(table, first, MONEY[0]), At(table, last, MONEY[0])),
            )


def _sums(table: Table) -> Iterator[tuple[int, int, int]]:
    """Each row that is a sum, with the first and the last row of it.

    Rows in which every amount is 0 add nothing and are passed over; a row without one of its amounts, or a
    printed Jumlah, ends what can be summed.
    """
    mothers = set(parents(table).values()) if table.spec.key == "program" else set()
    rows: list[int] = []  # those since the last break …
    held = [_NOTHING]  # … and what stands above each of them, all together
    starts: dict[tuple[Decimal, ...], int] = {}  # the sum above a row → its place, while two rows stand below
    counted = sorted((*top_level(table), *table.totals))
    for row in counted:
        amounts = tuple(value for key in MONEY if (value := table.number(row, key)) is not None)
        if len(amounts) < len(MONEY) or not table.is_data(row):
            rows, held, starts = [], [_NOTHING], {}
            continue
        if not any(amounts):
            continue
        if len(rows) > 1:
            starts[held[len(rows) - 2]] = len(rows) - 2
        wanted = tuple(above - own for above, own in zip(held[-1], amounts, strict=True))
        if all(amounts) and wanted in starts and row not in mothers:
            yield row, rows[starts[wanted]], rows[-1]
        rows.append(row)
        held.append(tuple(above + own for above, own in zip(held[-1], amounts, strict=True)))
