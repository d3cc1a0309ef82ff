"""The ledger and its sums, held against a calculator of plain loops; and what is loaded by which command."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xlsx import pipeline
from lakip_xlsx.checks.registry import run
from lakip_xlsx.figures.figures import MONEY_SHEETS, Figures, compute
from lakip_xlsx.figures.ledger import COLUMNS
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.numbers import mean
from lakip_xlsx.workbook.book import Book, Table, Value
from lakip_xlsx.workbook.sheets import SHEETS

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.xlsx"))
MONEY = ("anggaran", "realisasi")
KINDS = ("Program", "Kegiatan", "Sub Kegiatan")

amounts = st.one_of(st.none(), st.decimals(min_value=0, max_value=10**13, places=2))
codes = st.one_of(st.none(), st.sampled_from(["S1", "S2", "S3"]))


def added(values: list[Value]) -> Decimal | None:
    """The sum of what is there; None where nothing is."""
    known = [value for value in values if isinstance(value, Decimal)]
    return sum(known, Decimal(0)) if known else None


def counted(table: Table) -> list[int]:
    """The rows that make up a sheet's total, found the long way."""
    if table.spec.key != "program":
        return table.rows
    for kind in KINDS:
        rows = [row for row in table.rows if table.text(row, "jenis") == kind]
        if any(table.number(row, key) is not None for row in rows for key in MONEY):
            return rows
    return [row for row in table.rows if table.text(row, "jenis") == KINDS[0]]


def agrees(book: Book, figures: Figures) -> None:
    """Every sum and mean of the figures, calculated once more."""
    for key in set(MONEY_SHEETS) & set(book.tables):
        table = book.tables[key]
        for name in MONEY:
            assert added([table.value(row, name) for row in counted(table)]) == getattr(figures.totals[key], name)
    money = book.tables["anggaran_sasaran"]
    for code, sasaran in figures.sasaran.items():
        rows = [row for row in money.rows if money.value(row, "kode_sasaran") == code]
        if any(money.number(row, key) is not None for row in money.rows for key in MONEY):
            assert [added([money.value(row, key) for row in rows]) for key in MONEY] == [
                sasaran.anggaran,
                sasaran.realisasi,
            ]
        known = [
            one.capaian for one in figures.indikator.values() if one.kode_sasaran == code and one.capaian is not None
        ]
        assert sasaran.terhitung == len(known)
        assert sasaran.capaian == (mean(known) if known else None)


@pytest.mark.parametrize("name", NAMES)
def test_sums_and_means_of_the_samples(name: str) -> None:
    checked = pipeline.check(SAMPLES / f"{name}.xlsx")
    agrees(checked.book, compute(checked.book))
    for table in checked.book.tables.values():
        assert table.frame.index.tolist() == [*table.rows, *table.totals]
        assert table.data.to_dict("index") == dict(table.records())
        assert set(map(str, table.frame.dtypes)) == {"object"}


@pytest.mark.parametrize("name", NAMES)
def test_the_ledger_holds_every_amount_once(name: str) -> None:
    book = pipeline.check(SAMPLES / f"{name}.xlsx").book
    ledger = compute(book).ledger.lines
    assert list(ledger.columns) == list(COLUMNS)
    lines = {
        (sheet, row, key): amount
        for sheet, row, key, amount in zip(*(ledger[name] for name in ("sheet", "row", "key", "amount")), strict=True)
    }
    assert len(lines) == len(ledger)
    expected = {
        (table.spec.key, row, key): table.value(row, key)
        for table in book.tables.values()
        if table.spec.key in {"anggaran", "anggaran_sasaran", "program", "belanja", "pegawai"} and table.spec.total
        for row in table.frame.index
        for key in table.spec.total.fields
    }
    assert lines == expected


def table_of(key: str, names: tuple[str, ...], lines: list[tuple[Value, ...]]) -> Table:
    spec = next(spec for spec in SHEETS if spec.key == key)
    letters = dict(zip(names, "ABCDEFG", strict=False))
    return Table.of(spec, spec.name, 6, letters, {7 + at: list(line) for at, line in enumerate(lines)})


@given(
    money=st.lists(st.tuples(codes, amounts, amounts), min_size=1, max_size=20),
    indicators=st.lists(st.tuples(codes, amounts, amounts), min_size=1, max_size=20),
    programs=st.lists(st.tuples(st.sampled_from(KINDS), amounts, amounts), min_size=1, max_size=20),
)
def test_sums_and_means_of_any_table(
    money: list[tuple[Value, ...]], indicators: list[tuple[Value, ...]], programs: list[tuple[Value, ...]]
) -> None:
    book = Book(Path("contoh.xlsx"), (), {}, None)
    book.tables["anggaran_sasaran"] = table_of("anggaran_sasaran", ("kode_sasaran", *MONEY), money)
    book.tables["indikator"] = table_of("indikator", ("kode_sasaran", "target", "realisasi"), indicators)
    book.tables["program"] = table_of("program", ("jenis", *MONEY), programs)
    agrees(book, compute(book))


@given(
    rows=st.lists(st.tuples(amounts, amounts), min_size=1, max_size=12),
    change=st.one_of(st.just(Decimal(0)), st.decimals(min_value=-(10**6), max_value=10**6, places=2)),
)
def test_a_jumlah_is_wrong_exactly_where_it_is_not_the_sum(rows: list[tuple[Value, ...]], change: Decimal) -> None:
    """With a blank cell above, nothing is said of it: the sum is not finished."""
    spec = next(spec for spec in SHEETS if spec.key == "anggaran")
    data: dict[int, list[Value]] = {6 + at: ["APBD", *line] for at, line in enumerate(rows)}
    sums = [added([line[at] for line in rows]) for at in (0, 1)]
    printed = {6 + len(rows): ["Jumlah", *(None if each is None else each + change for each in sums)]}
    table = Table.of(spec, spec.name, 5, dict(zip(("sumber_dana", *MONEY), "BCD", strict=True)), data, printed)
    book = Book(Path("contoh.xlsx"), ("Anggaran",), {"anggaran": table}, None)
    told = {finding.cell.ref for finding in run(book, LAYOUTS[0], only=frozenset({"ANG-001"})).findings if finding.cell}
    wrong = {
        f"{letter}{6 + len(rows)}"
        for at, letter in enumerate("CD")
        if change and sums[at] is not None and all(line[at] is not None for line in rows)
    }
    assert told == wrong


LOADED = {
    "--help": set(),
    "--version": set(),
    "check": {"pandas", "numpy"},
    "convert": {"pandas", "numpy"},
}
"""What a command loads of the heavy packages; openpyxl is only for editing a workbook that people have."""


@pytest.mark.parametrize("command", LOADED)
def test_a_command_loads_what_it_uses(command: str, tmp_path: Path) -> None:
    heavy = {"pandas", "numpy", "openpyxl", "starlette", "uvicorn", "jinja2"}
    code = (
        "import sys\nfrom lakip_xlsx.cli.main import main\n"
        f"try:\n    main()\nfinally:\n    print('loaded:', sorted({heavy} & set(sys.modules)))"
    )
    options = {"check": [str(SAMPLES / f"{NAMES[0]}.xlsx")], "--help": [], "--version": []}
    options["convert"] = [*options["check"], "--tanpa-halaman", "-o", "laporan.docx"]
    run = subprocess.run(
        [sys.executable, "-c", code, command, *options[command]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert f"loaded: {sorted(LOADED[command])}" in run.stdout, run.stdout + run.stderr
