"""Printed totals under the names that offices give them, wherever in the row the name stands: never data."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xlsx.checks.registry import run
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.figures.figures import compute
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.workbook.labels import begins_as_total, is_bare_total, is_only_total, plain_label
from samples.markdown import parse_markdown

NAMES = (
    "Jumlah", "JUMLAH", "Total", "Sub-jumlah", "Sub Jumlah", "Subjumlah", "Subtotal", "Sub Total", "SUB-TOTAL",
    "Grand Total", "Jml", "Jml.", "T O T A L", "J U M L A H", "Total Keseluruhan", "Jumlah Total", "Jumlah I",
    "TOTAL :",
)  # fmt: skip
DATA = ("Jumlahan", "Totalitas", "Jalan Total", "Program Subtotalisasi", "Dana Alokasi Umum", "Submersible")


def rows_with(name: str, column: int, amounts: tuple[int, ...]) -> str:
    total = ["", "", f"{sum(amounts)}", f"{sum(amounts)}"]
    total[column] = name
    lines = [f"| {at} | Sumber {at} | {each} | {each} |" for at, each in enumerate(amounts, 1)]
    head = "## Anggaran\n\n| No | Sumber Dana | Anggaran (Rp) | Realisasi (Rp) |\n| --- | --- | --- | --- |\n"
    return head + "\n".join([*lines, f"| {' | '.join(total)} |"])


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("name", NAMES)
def test_money_is_never_doubled(name: str, column: int, tmp_path: Path) -> None:
    path = tmp_path / "buku.xlsx"
    write_workbook(path, parse_markdown(rows_with(name, column, (400, 500, 700)), "uji"), layout=LAYOUTS[0])
    book = read_workbook(path)
    table = book.tables["anggaran"]
    assert (table.rows, table.totals) == ([6, 7, 8], [9])
    assert compute(book).totals["anggaran"].anggaran == Decimal(1600)
    assert [one.code for one in run(book, LAYOUTS[0], only=frozenset({"ANG-001", "SEL-007"})).findings] == []


@pytest.mark.parametrize("name", DATA)
def test_what_only_resembles_a_total_is_data(name: str) -> None:
    label = plain_label(name)
    assert [begins_as_total(label), is_only_total(label), is_bare_total(label)] == [False, False, False]


@given(
    st.sampled_from(NAMES),
    st.sampled_from(["", " ", "  ", "\u00a0"]),
    st.sampled_from([str.upper, str.lower, str.title]),
)
def test_a_name_is_known_in_any_case_and_spacing(name: str, blank: str, case: object) -> None:
    assert callable(case)
    assert is_only_total(plain_label(f"{blank}{case(name)}{blank}"))
