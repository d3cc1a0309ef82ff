"""The red cells of a workbook are the findings of the rules that its live checks claim to cover, and no others.

The sample is changed by rule, in ways that people change workbooks, some fifty times. What the column Periksa says
(the red cells follow it) is compared with what the full check finds, in both directions. Where the sheet cannot
know (a text, an empty cell, a direction that it does not know) only one direction can hold, and for a text the line
above the table says so. LibreOffice then calculates all workbooks anew and must come to the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from lakip_xlsx.checks.registry import run
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import BlankCell, CellInput, NumberCell, Row, TableData, TextCell, WorkbookData
from lakip_xlsx.excel.write_plan import CHECK_ROW, CLAIM_ROW, HEADING_ROW
from lakip_xlsx.finding import Finding
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.numbers import half_up, show
from lakip_xlsx.workbook import totals
from lakip_xlsx.workbook.sheets import BY_KEY
from lakip_xlsx.workbook.spec import NUMERIC, Kind, SheetSpec
from samples.build import as_standard
from samples.markdown import read_markdown
from tests.libreoffice import LibreOffice, needs_libreoffice
from tests.test_blank_workbook import differences, shown

SAMPLE = Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.md"
LAYOUT = LAYOUTS[0]
MANY, FIRST = 48, 16
_WORDS = ("arah", "jenis", "kelompok")
CHECKED = ("pegawai", "program", "indikator", "anggaran", "anggaran_sasaran")
MONEY = frozenset({"program", "anggaran", "anggaran_sasaran"})
PLACES = (0, 1, 2, 3)


def claimed(spec: SheetSpec) -> set[tuple[str, str]]:
    """The columns of a sheet, each with the codes that its live checks stand for."""
    summed = spec.total.fields if spec.total else ()
    of_fields = {(each.key, code) for each in spec.fields for mark in each.marks for code in mark.codes}
    return of_fields | {(key, code) for key in summed for mark in totals.marks(spec, key) for code in mark.codes}


def covered(findings: Sequence[Finding], spec: SheetSpec, letters: Mapping[str, str]) -> list[Finding]:
    """The findings in cells that the sheet's live checks claim to judge."""
    places = {(letters[key], code) for key, code in claimed(spec) if key in letters}
    cells = [(finding, finding.cell) for finding in findings if finding.cell and finding.cell.sheet == spec.name]
    return [finding for finding, cell in cells if (cell.ref.rstrip("0123456789"), finding.code) in places]


Places = Iterator[tuple[int, str, CellInput]]
Kinds = Callable[["Changed", SheetSpec, TableData], Places]


@dataclass
class Changed:
    """The sample after some changes, and the sheets in which there is something that Excel cannot know."""

    data: WorkbookData
    chance: random.Random
    unknown: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)

    def change(self, kind: Kinds | None = None, key: str = "") -> None:
        """One change somewhere, or of this kind in this sheet."""
        key = key or self.chance.choice(CHECKED)
        spec, table = BY_KEY[key], self.data.sheet(key)
        assert isinstance(table, TableData)
        kind = kind or self.chance.choice(_CHANGES)
        places = list(kind(self, spec, table))
        if not places:
            return
        number, column, cell = self.chance.choice(places)
        row = table.rows[number]
        rows = (*table.rows[:number], Row({**row.cells, column: cell}, row.total), *table.rows[number + 1 :])
        if isinstance(cell, BlankCell | TextCell) and (spec.field(column).kind in NUMERIC or column in _WORDS):
            self.unknown.add(key)
            if isinstance(cell, TextCell) and column not in _WORDS:
                self.texts.add(key)
        self.data = self.data.overlaid(WorkbookData((replace(table, rows=rows),)))


def typed(spec: SheetSpec, table: TableData) -> Iterator[tuple[int, str, NumberCell]]:
    """Every number that somebody typed in a column that is judged."""
    for number, row in enumerate(table.rows):
        for key, cell in row.cells.items():
            known = next((each for each in spec.fields if each.key == key), None)
            if isinstance(cell, NumberCell) and known is not None and key in JUDGED[spec.key]:
                yield number, key, cell


JUDGED = {
    "pegawai": {"awal", "akhir"},
    "program": {"anggaran", "realisasi", "tw1", "tw2", "tw3", "tw4", "target", "realisasi_keluaran"},
    "indikator": {"target", "realisasi"},
    "anggaran": {"anggaran", "realisasi"},
    "anggaran_sasaran": {"anggaran", "realisasi"},
}


def another_number(changed: Changed, spec: SheetSpec, table: TableData) -> Places:
    for number, key, cell in typed(spec, table):
        step = changed.chance.choice([1, 7, 1000]) if spec.field(key).kind is Kind.MONEY else 1
        yield number, key, replace(cell, value=cell.value + (Decimal(step) / 100 if cell.percent else step))


def percent_format(_: Changed, spec: SheetSpec, table: TableData) -> Places:
    """98 instead of 98%, or 98% instead of 98."""
    for number, key, cell in typed(spec, table):
        if spec.field(key).kind is Kind.QUANTITY:
            value = cell.value * 100 if cell.percent else cell.value / 100
            yield number, key, NumberCell(value, not cell.percent)


def as_text(_: Changed, spec: SheetSpec, table: TableData) -> Places:
    for number, key, cell in typed(spec, table):
        if not cell.percent:
            yield number, key, TextCell(show(cell.value))


def blank(_: Changed, spec: SheetSpec, table: TableData) -> Places:
    for number, key, _cell in typed(spec, table):
        yield number, key, BlankCell()


def direction(changed: Changed, spec: SheetSpec, table: TableData) -> Places:
    words = [BlankCell(), TextCell("Turun"), TextCell("Naik"), TextCell("turun "), TextCell("Menurun")]
    for number, row in enumerate(table.rows):
        if "arah" in row.cells:
            yield number, "arah", changed.chance.choice(words)


def other_word(changed: Changed, spec: SheetSpec, table: TableData) -> Places:
    """A word that offices use for a choice."""
    for number, row in enumerate(table.rows):
        for key in ("jenis", "kelompok"):
            said = row.cells.get(key)
            words = spec.field(key).synonyms.get(said.text, ()) if isinstance(said, TextCell) else ()
            if words:
                yield number, key, TextCell(changed.chance.choice(words))


def typed_percentage(changed: Changed, spec: SheetSpec, table: TableData) -> Places:
    """A percentage typed over the formula: right or wrong, with the percent format or without."""
    pairs = {"serapan": ("anggaran", "realisasi"), "capaian": ("target", "realisasi")}
    for number, row in enumerate(table.rows):
        for key, (whole, part) in pairs.items():
            first, second = row.cells.get(whole), row.cells.get(part)
            if not (isinstance(first, NumberCell) and isinstance(second, NumberCell) and first.value):
                continue
            if all(each.key != key for each in spec.fields) or (spec.key == "program" and key == "capaian"):
                continue
            exact = half_up(second.value * 100 / first.value, changed.chance.choice(PLACES))
            value = exact + changed.chance.choice([Decimal(0), Decimal("1.37"), Decimal("-2.11")])
            percent = changed.chance.choice([True, False])
            yield number, key, NumberCell(value / 100 if percent else value, percent)


def predikat(changed: Changed, spec: SheetSpec, table: TableData) -> Places:
    for number in range(len(table.rows)):
        if spec.key == "indikator":
            yield number, "predikat", TextCell(changed.chance.choice(["Baik", "Sangat Baik", "sangat  baik", "-"]))


def printed_total(changed: Changed, spec: SheetSpec, table: TableData) -> Places:
    for number, row in enumerate(table.rows):
        if row.total and spec.total is not None:
            yield number, spec.total.fields[0], NumberCell(Decimal(changed.chance.choice([12, 1_351_829_790])))


def code(changed: Changed, spec: SheetSpec, table: TableData) -> Places:
    for number, row in enumerate(table.rows):
        if "kode_sasaran" in row.cells and not row.total:
            yield number, "kode_sasaran", TextCell(changed.chance.choice(["S1", "S99", "s1", "T1"]))


_CHANGES = (
    another_number, another_number, another_number, percent_format, as_text, blank, direction,
    typed_percentage, typed_percentage, predikat, predikat, predikat, printed_total, code, other_word,
)  # fmt: skip


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Changed]]:
    folder = tmp_path_factory.mktemp("diubah")
    sample = as_standard(read_markdown(SAMPLE)).overlaid(WorkbookData((), frozenset({"Narasi", "Lampiran"})))
    made = []
    for seed in range(MANY):
        changed = Changed(sample, random.Random(seed))
        if seed < FIRST:  # so that no rule is left out by chance
            changed.change(another_number, CHECKED[seed % 2])
        else:
            for _ in range(1 + seed % 3):
                changed.change()
        path = folder / f"{seed:03}.xlsx"
        write_workbook(path, changed.data, layout=LAYOUT)
        made.append((path, changed))
    return made


def red(sheet: Worksheet, spec: SheetSpec) -> set[str]:
    """The cells of a sheet that its column Periksa names."""
    headings = {str(cell.value).rstrip(" *"): cell.column_letter for cell in sheet[HEADING_ROW]}
    found = set()
    for row in range(HEADING_ROW + 1, sheet.max_row + 1):
        said = sheet[f"{headings['Periksa']}{row}"].value
        found |= {f"{spec.name}!{headings[each.split(': ')[0]]}{row}" for each in str(said or "").split("; ") if each}
    return found


def test_red_cells_are_the_findings_of_the_rules_that_are_claimed(workbooks: list[tuple[Path, Changed]]) -> None:
    seen: dict[str, int] = {}
    for path, changed in workbooks:
        read = read_workbook(path)
        findings = run(read, LAYOUT).findings
        book = openpyxl.load_workbook(path, data_only=True)
        for key in CHECKED:
            spec = BY_KEY[key]
            ours = covered(findings, spec, read.tables[key].letters)
            cells, marked = {str(f.cell) for f in ours}, red(book[spec.name], spec)
            assert marked <= cells, f"{path.name}: red without a finding"
            blind = changed.unknown & (MONEY if key in MONEY else {key})
            if not blind:
                assert cells <= marked, f"{path.name}: found and not red"
                seen |= {f.code: seen.get(f.code, 0) + 1 for f in ours}
    assert {"ANG-001", "ANG-002", "ANG-003", "IND-001", "IND-003", "PGW-002", "PRG-001", "PRG-002", "SIL-002"} <= {
        *seen
    }


def test_sheet_says_what_it_looks_at_and_what_it_cannot_know(workbooks: list[tuple[Path, Changed]]) -> None:
    for path, changed in workbooks:
        book = openpyxl.load_workbook(path, data_only=True)
        for key in CHECKED:
            spec = BY_KEY[key]
            sheet = book[spec.name]
            said = {word.strip("(),;.") for word in str(sheet.cell(CLAIM_ROW, 1).value).split()}
            assert {code for _, code in claimed(spec)} <= said
            if key in changed.texts:
                assert "tertulis sebagai teks" in str(sheet.cell(CHECK_ROW, 1).value), path.name


@needs_libreoffice
def test_libreoffice_comes_to_the_same(workbooks: list[tuple[Path, Changed]], tmp_path: Path) -> None:
    paths = [path for path, _ in workbooks]
    copies = LibreOffice(tmp_path).calculate_all(paths)
    for path, copy in zip(paths, copies, strict=True):
        assert differences(path, shown(copy)) == [], path.name
