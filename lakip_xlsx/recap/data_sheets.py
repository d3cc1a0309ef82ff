"""The long frames of all offices, one sheet each: every row with its office and the cell that it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from lakip_xlsx.batch.places import Places
from lakip_xlsx.excel.paper import GREY, Column, Formula, Paper, Table, Value
from lakip_xlsx.recap.board import Line
from lakip_xlsx.recap.frames import long
from lakip_xlsx.recap.model import Office
from lakip_xlsx.workbook.sheets import SHEETS
from lakip_xlsx.workbook.spec import NUMERIC, Kind, SheetSpec

_KINDS = {Kind.MONEY: "uang", Kind.PERCENT: "persen"}
_WIDEST = 44
_MORE: dict[str, tuple[tuple[str, Column], ...]] = {
    "program": (
        ("program_induk", Column("Kode Program (dibaca)", 16)),
        ("urusan", Column("Urusan (dibaca)", 10)),
        ("dihitung", Column("Dihitung", 9, "bulat")),
    ),
    "anggaran": (("kelompok", Column("Sumber Dana (dibaca)", 30)), ("dihitung", Column("Dihitung", 9, "bulat"))),
    "belanja": (("kelompok", Column("Jenis Belanja (dibaca)", 30)), ("dihitung", Column("Dihitung", 9, "bulat"))),
    "indikator": (
        ("capaian_hitung", Column("Capaian (hitungan, %)", 12, "persen")),
        ("predikat_hitung", Column("Predikat (hitungan)", 16)),
    ),
}
_SASARAN = (
    ("kode", Column("Kode", 10)),
    ("uraian", Column("Sasaran", 60)),
    ("indikator", Column("Indikator", 10, "bulat")),
    ("terhitung", Column("Terhitung", 10, "bulat")),
    ("capaian", Column("Capaian (%)", 12, "persen")),
    ("predikat", Column("Predikat", 16)),
    ("anggaran", Column("Anggaran (Rp)", 20, "uang")),
    ("realisasi", Column("Realisasi (Rp)", 20, "uang")),
    ("serapan", Column("Serapan (%)", 12, "persen")),
    ("efisiensi", Column("Efisiensi", 22)),
)
_LEFT_OUT = frozenset({"skala", "pengecualian"})


def specs() -> Iterator[SheetSpec]:
    """The standard sheets with a table that are put together."""
    for spec in SHEETS:
        if not spec.form and spec.key not in _LEFT_OUT:
            yield spec


def name_of(spec_name: str) -> str:
    """The sheet in which the rows of one sheet of all offices stand."""
    return f"Data {spec_name}"


def columns_of(spec: SheetSpec) -> list[tuple[str, Column]]:
    """The columns of a long frame, by key; those that are only an aid in Excel are left out."""
    found = [
        (
            field.key,
            Column(
                field.heading,
                min(_WIDEST, field.width),
                _KINDS.get(field.kind, "angka" if field.kind in NUMERIC else "teks"),
            ),
        )
        for field in spec.fields
        if field.read
    ]
    return [*found, *_MORE.get(spec.key, ())]


class DataSheets:
    """The sheets while offices come in."""

    def __init__(self, paper: Paper, places: Places, filled: frozenset[str]) -> None:
        """Begin the sheets that hold rows in any office (``filled``, by their keys)."""
        self._paper, self._places = paper, places
        self._tables: dict[str, Table] = {}
        self._columns: dict[str, list[tuple[str, Column]]] = {
            spec.key: columns_of(spec) for spec in specs() if spec.key in filled
        }
        self._names = {spec.key: name_of(spec.name) for spec in specs()}
        self._columns["sasaran"], self._names["sasaran"] = [*_SASARAN], name_of("Sasaran")
        self._parts: dict[str, int] = {}
        for key in ("sasaran", *(spec.key for spec in specs() if spec.key in filled)):
            self._begin(key)

    def _begin(self, key: str) -> None:
        part = self._parts[key] = self._parts.get(key, 0) + 1
        name = self._names[key] if part == 1 else f"{self._names[key]} {part}"
        columns = [Column("Kantor", 34), Column("Sel", 22), *(column for _, column in self._columns[key])]
        note = "Satu baris tiap baris workbook kantor yang dihitung. Klik kolom Sel untuk membuka selnya."
        self._tables[key] = self._paper.sheet(name, self._names[key].upper(), note, columns, tab=GREY)

    def write(self, block: Sequence[tuple[Line, Office]]) -> None:
        """The rows of a few offices."""
        for key, columns in self._columns.items():
            frame = long(block, key)
            if frame.empty:
                continue
            there = [name if name in frame else None for name, _ in columns]
            numbers = frame["baris"].map(int) if key == "sasaran" else frame["baris_excel"]
            rows = zip(
                frame["kantor"],
                frame["ke"],
                numbers,
                *(frame[name] if name else [None] * len(frame) for name in there),
                strict=True,
            )
            for kantor, at, row, *values in rows:
                line, office = block[at]
                if self._tables[key].is_full:
                    self._tables[key].finish()
                    self._begin(key)
                self._tables[key].row([kantor, self._cell(line, office, key, row), *map(_value, values)])

    def _cell(self, line: Line, office: Office, key: str, row: int) -> Value:
        sheet = office.sheets[key]
        if not row or not sheet.letters:
            return ""
        letters = [sheet.letters.get(name) for name in ("anggaran", "realisasi", "uraian", "indikator", "teks")]
        first = next((each for each in letters if each), next(iter(sheet.letters.values())))
        formula, text = self._places.formula(line.source, sheet.name, f"{first}{row}")
        return Formula(f"={formula}", text) if formula else text

    def rows(self, key: str) -> tuple[str, int, int] | None:
        """Name, first and last row of a sheet; None where it has no rows, or they went on in another sheet."""
        table = self._tables.get(key)
        if table is None or self._parts[key] > 1 or table.at == 3:
            return None
        return table.name, 5, table.at + 1

    def letter(self, key: str, column: str) -> int:
        """The place of a column in its sheet, from 1."""
        return 3 + [name for name, _ in self._columns[key]].index(column)

    def finish(self) -> None:
        """The filters."""
        for table in self._tables.values():
            table.finish()


def _value(value: object) -> Value:
    """A cell of a frame: what is not there is None, not NaN."""
    return value if isinstance(value, str | Decimal | dt.date) else None
