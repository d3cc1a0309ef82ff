"""Break one number of the clean workbook at a time: some finding must point at it.

Money is changed by one rupiah; every other number gets another first digit, as when a key is hit beside the
right one. A finding points at a number when it names its cell, as its own or as a related one, or the Jumlah
of its column.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from lakip_xlsx.checks.registry import run
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Cell, Finding
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.workbook.book import Book, Table
from lakip_xlsx.workbook.sheets import SHEETS
from lakip_xlsx.workbook.spec import NUMERIC, Kind
from samples.markdown import read_markdown

LAYOUT = LAYOUTS[0]
SAMPLE = Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.md"

ONLY_HERE = {
    ("skala", "batas"): "the office sets its own limits, and scales that are not chosen judge nothing",
    ("indikator", "lalu1"): "last year's results stand in last year's report only",
    ("indikator", "lalu2"): "the same, of two years ago",
    ("indikator", "lalu3"): "the same, of three years ago",
    **{("indikator", f"target_lalu{back}"): "earlier targets stand in their own reports" for back in (1, 2, 3)},
    ("indikator", "pembanding"): "what others reached stands in their reports only",
    ("rencana_aksi", "target"): "only the last quarter comes to the year's target",
    ("rencana_aksi", "realisasi"): "the same, of what was reached",
    ("sarana", "tersedia"): "how much there is stands in the inventory only",
    ("sarana", "kebutuhan"): "what is needed stands in the plan of needs only",
    ("penghargaan", "tahun"): "the year of an award stands on its certificate only",
    ("indikator", "target_akhir"): "the target of the last year stands in the Renstra document only",
    ("indikator", "standar"): "the national standard stands in the regulation of its ministry only",
}
"""Columns whose numbers stand nowhere else in the workbook, and from which nothing else follows."""

HIDDEN = {
    "Indikator!G13": "both results give a capaian above the declared cap, which is what is printed",
    "Perjanjian Kinerja!C9": "a later target (Target Perubahan) has taken its place",
}
"""Single cells of the sample that something else makes without consequence."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    path = tmp_path_factory.mktemp("mutasi") / "bersih.xlsx"
    write_workbook(path, read_markdown(SAMPLE), layout=LAYOUT)
    return read_workbook(path)


@pytest.fixture(scope="module")
def clean(book: Book) -> frozenset[Finding]:
    return frozenset(run(book, LAYOUT).findings)


def broken(value: Decimal, kind: Kind) -> Decimal:
    """Another number: one rupiah more, or another first digit."""
    if kind is Kind.MONEY:
        return value + 1
    if value == 0:
        return Decimal(1)
    first, *rest = str(value)
    return Decimal("".join((str(int(first) % 9 + 1), *rest)))


def numbers(table: Table) -> Iterator[tuple[str, int]]:
    """Column and row of every number of a sheet, also of its Jumlah rows."""
    for key in table.letters:
        for row in table.numbers(key, [*table.rows, *table.totals]):
            yield key, row


def new_findings(book: Book, clean: frozenset[Finding]) -> set[Finding]:
    return set(run(book, LAYOUT).findings) - clean


def points_at(finding: Finding, cell: Cell, totals: set[Cell]) -> bool:
    return finding.cell is not None and bool({finding.cell, *finding.related} & {cell, *totals})


def unseen(book: Book, clean: frozenset[Finding], table: Table) -> list[str]:
    """The cells of a sheet that may be broken without any finding that points at them."""
    missed: list[str] = []
    for key, row in list(numbers(table)):
        whole = table.value(row, key)
        assert isinstance(whole, Decimal)
        cell = table.cell(row, key)
        totals = {table.cell(line, key) for line in table.totals}
        table.frame.at[row, key] = broken(whole, table.spec.field(key).kind)
        try:
            if not any(points_at(finding, cell, totals) for finding in new_findings(book, clean)):
                missed.append(str(cell))
        finally:
            table.frame.at[row, key] = whole
    return missed


@pytest.mark.parametrize(
    "sheet", [spec.key for spec in SHEETS if not spec.form and any(field.kind in NUMERIC for field in spec.fields)]
)
def test_every_broken_number_is_seen(sheet: str, book: Book, clean: frozenset[Finding]) -> None:
    table = book.tables[sheet]
    by_nature = {str(table.cell(row, key)) for key, row in numbers(table) if (sheet, key) in ONLY_HERE} | HIDDEN.keys()
    assert [cell for cell in unseen(book, clean, table) if cell not in by_nature] == []
    assert new_findings(book, clean) == set(), "the workbook must be whole again"


def test_every_broken_number_of_the_form_is_seen(book: Book, clean: frozenset[Finding]) -> None:
    form = book.form
    assert form is not None
    seen = {}
    for field in form.spec.fields:
        value = form.values.get(field.key)
        if isinstance(value, Decimal):
            form.values[field.key] = value + 1 if field.kind is Kind.YEAR else broken(value, field.kind)
            seen[field.key] = any(points_at(one, form.cell(field.key), set()) for one in new_findings(book, clean))
            form.values[field.key] = value
    assert seen == {"tahun": True, "awal_renstra": True, "akhir_renstra": True, "batas_capaian": True}


def test_what_is_said_to_be_unseen_really_is(book: Book, clean: frozenset[Finding]) -> None:
    """Each column of the list holds a number that can be broken unseen, else it must leave the list."""
    tables = {key: book.tables[key] for key in dict.fromkeys(sheet for sheet, _ in ONLY_HERE)}
    missed = {cell for table in tables.values() for cell in unseen(book, clean, table)}
    missed |= set(unseen(book, clean, book.tables["perjanjian"]))
    for sheet, key in ONLY_HERE:
        table = tables[sheet]
        assert missed & {str(table.cell(row, key)) for row, _ in table.column(key)}, f"{sheet}.{key}"
    assert missed >= HIDDEN.keys()
