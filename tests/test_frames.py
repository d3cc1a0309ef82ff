"""pandas as an independent oracle over the frame views, and as a package that no run needs."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xlsx import pipeline
from lakip_xlsx.figures.figures import MONEY_SHEETS, Figures, compute
from lakip_xlsx.numbers import mean
from lakip_xlsx.workbook.book import Book, Table, Value
from lakip_xlsx.workbook.sheets import SHEETS

if TYPE_CHECKING:
    import pandas as pd

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.xlsx"))
MONEY = ("anggaran", "realisasi")

amounts = st.one_of(st.none(), st.decimals(min_value=0, max_value=10**13, places=2))
codes = st.one_of(st.none(), st.sampled_from(["S1", "S2", "S3"]))


def amount(frame: pd.DataFrame, key: str) -> Decimal | None:
    """The sum of a column by pandas; None where nothing is in it."""
    known = frame[key].dropna()
    return Decimal(known.sum()) if len(known) else None


def top(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of Program that make up its total."""
    kinds = frame["jenis"].str.casefold()
    for kind in ("program", "kegiatan", "sub kegiatan"):
        if frame.loc[kinds == kind, list(MONEY)].notna().any(axis=None):
            return frame[kinds == kind]
    return frame[kinds == "program"]


def agrees(book: Book, figures: Figures) -> None:
    """Every sum and mean of the figures, computed once more by pandas."""
    for key in set(MONEY_SHEETS) & set(book.tables):
        frame = book.tables[key].frame
        rows = top(frame) if key == "program" else frame
        assert [amount(rows, each) for each in MONEY] == [getattr(figures.totals[key], each) for each in MONEY]
    sasaran, indikator = figures.sasaran_frame, figures.indikator_frame
    by_code = book.tables["anggaran_sasaran"].frame.groupby("kode_sasaran", sort=False)
    if book.tables["anggaran_sasaran"].frame["kode_sasaran"].notna().any():
        for code, rows in by_code:
            assert [amount(rows, each) for each in MONEY] == [sasaran.at[code, each] for each in MONEY]
    for code in sasaran.index:
        known = indikator.loc[indikator["kode_sasaran"] == code, "capaian"].dropna()
        assert sasaran.at[code, "terhitung"] == len(known)
        assert sasaran.at[code, "capaian"] == (mean(known.tolist()) if len(known) else None)
    counts = indikator["predikat"].value_counts().to_dict()
    assert {name: number for name, number in figures.predikat.items() if number} == counts


@pytest.mark.parametrize("name", NAMES)
def test_pandas_finds_the_same_sums_and_means(name: str) -> None:
    checked = pipeline.check(SAMPLES / f"{name}.xlsx")
    agrees(checked.book, compute(checked.book))
    for table in checked.book.tables.values():
        assert table.frame.index.tolist() == table.rows
        assert table.totals_frame.index.tolist() == table.totals
        assert table.frame.to_dict("index") == dict(table.records())
        assert table.totals_frame.to_dict("index") == dict(table.records(table.totals))


def table_of(key: str, columns: dict[str, list[Value]]) -> Table:
    spec = next(spec for spec in SHEETS if spec.key == key)
    rows = list(range(7, 7 + len(next(iter(columns.values())))))
    return Table(spec, spec.name, 6, dict(zip(columns, "ABCDEFG", strict=False)), rows, [], columns)


@given(
    money=st.lists(st.tuples(codes, amounts, amounts), min_size=1, max_size=20),
    indicators=st.lists(st.tuples(codes, amounts, amounts), min_size=1, max_size=20),
    programs=st.lists(
        st.tuples(st.sampled_from(["Program", "Kegiatan", "Sub Kegiatan"]), amounts, amounts), min_size=1, max_size=20
    ),
)
def test_pandas_finds_the_same_in_any_table(
    money: list[tuple[Value, ...]], indicators: list[tuple[Value, ...]], programs: list[tuple[Value, ...]]
) -> None:
    book = Book(Path("contoh.xlsx"), (), {}, None)
    for key, names, lines in (
        ("anggaran_sasaran", ("kode_sasaran", *MONEY), money),
        ("indikator", ("kode_sasaran", "target", "realisasi"), indicators),
        ("program", ("jenis", *MONEY), programs),
    ):
        columns = {name: [line[at] for line in lines] for at, name in enumerate(names)}
        book.tables[key] = table_of(key, columns)
    agrees(book, compute(book))


@pytest.mark.parametrize("command", [["check"], ["convert", "--tanpa-halaman", "-o", "laporan.docx"]])
def test_no_run_loads_pandas(command: list[str], tmp_path: Path) -> None:
    code = (
        "import sys\nfrom lakip_xlsx.cli.main import main\n"
        "try:\n    main()\nfinally:\n    print('loaded:', sorted({'pandas', 'numpy', 'openpyxl'} & set(sys.modules)))"
    )
    name, *options = command
    run = subprocess.run(
        [sys.executable, "-c", code, name, str(SAMPLES / f"{NAMES[0]}.xlsx"), *options],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "loaded: []" in run.stdout, run.stdout + run.stderr
