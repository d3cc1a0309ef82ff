"""How a value of the report came from its cells: the words, and the cells as ranges.

For the person who traces a figure back to the workbook. A value that is copied says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from lakip_xlsx import numbers
from lakip_xlsx.figures.capaian import Arah
from lakip_xlsx.finding import Cell
from lakip_xlsx.workbook.book import Table

CAPITALS: Final = "huruf besar"
JOINED: Final = "digabung"
SUM: Final = "jumlah kolom"
SHARE: Final = "realisasi ÷ anggaran × 100"
SHARE_OF_SUMS: Final = "jumlah realisasi ÷ jumlah anggaran × 100"
MEAN: Final = "rata-rata capaian indikator"
CLASS: Final = "predikat menurut lembar Skala"
CLASS_OF_MEAN: Final = "predikat dari rata-rata capaian indikator"
COMPUTED: Final = "dihitung"
SENTENCE: Final = "kalimat dengan angka hitungan"
STANDING: Final = "kalimat baku"
LAYOUT: Final = "menurut tata letak"
FINDING: Final = "temuan pemeriksaan"
COUNT: Final = "banyaknya baris"
ORDER: Final = "nomor urut"
YEAR: Final = "tahun laporan"
_MOST = 12  # ranges named one by one; more are named by the range around them


def capaian(direction: Arah | None, cap: Decimal | None = None) -> str:
    """The formula of a capaian, in words."""
    formula = "(2 × target − realisasi) ÷ target × 100" if direction is Arah.TURUN else "realisasi ÷ target × 100"
    return formula if cap is None else f"{formula}, paling tinggi {numbers.show(cap)}"


def span(table: Table | None, keys: Iterable[str], rows: Iterable[int] | None = None) -> tuple[Cell, ...]:
    """The cells of columns, as ranges (``C6:C9``), of all rows of a table or of some; none of a missing column."""
    if table is None:
        return ()
    wanted = sorted(table.rows if rows is None else rows)
    parts = _runs(wanted)
    if len(parts) > _MOST:
        parts = [(wanted[0], wanted[-1])]
    return tuple(
        table.cell(first, key)
        if first == last
        else Cell(table.name, f"{table.letters[key]}{first}:{table.letters[key]}{last}")
        for key in keys
        if key in table
        for first, last in parts
    )


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of consecutive numbers."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
