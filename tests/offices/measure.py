"""How many of the faults made are found, and how many of the errors are true."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lakip_xlsx import pipeline
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Finding, FindingKind, Severity, column_letters
from lakip_xlsx.layouts.catalog import LAYOUTS
from samples.markdown import parse_markdown
from tests.offices.build import Grid, Office, markdown
from tests.offices.faults import FAULTS, lines_of_form

FIRST_ROW = 5  # of the heading in every sheet of the workbook


@dataclass
class Score:
    """Counts, and what was missed or false, by name."""

    clean_errors: list[str] = field(default_factory=list)
    made: int = 0
    missed: list[str] = field(default_factory=list)
    errors: int = 0
    false: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / max(1, self.made)

    @property
    def precision(self) -> float:
        wrong = len(self.false) + len(self.clean_errors)
        return 1 - wrong / max(1, self.errors + len(self.clean_errors))

    def told(self) -> str:
        """The figures in a few lines."""
        lines = [f"cacat yang dibuat {self.made}, ditemukan {self.made - len(self.missed)} ({self.recall:.1%})"]
        lines.append(f"kesalahan yang benar {self.precision:.1%} dari {self.errors}")
        lines.append(f"kesalahan pada tabel yang benar: {len(self.clean_errors)}")
        return "\n".join([*lines, *(f"  terlewat  {name}" for name in self.missed), *self._false()])

    def _false(self) -> Iterator[str]:
        yield from (f"  keliru    {name}" for name in (*self.clean_errors, *self.false))


def found(grid: Grid, folder: Path) -> set[Finding]:
    """What the program says is wrong (not what is unfilled, nor what is only told)."""
    path = folder / "workbook.xlsx"
    write_workbook(path, parse_markdown(markdown(grid)), layout=LAYOUTS[0])
    said = pipeline.check(path).findings
    return {each for each in said if each.kind is FindingKind.FAULT and each.severity is not Severity.INFO}


def mutants(office: Office, grid: Grid) -> Iterator[tuple[str, Grid, str, int, int]]:
    """Every fault that can be made of an office: name, sheets, the sheet's name, row and column of the cell."""
    for fault in FAULTS:
        made = fault.made(grid, random.Random(f"{office.name} {fault.name}"))
        if made is not None:
            changed, at, heading = made
            yield fault.name, changed, fault.sheet, at, grid[fault.sheet][0].index(heading)
    for name, changed, at, _ in lines_of_form(grid):
        yield name, changed, "Instansi", at, 1


def points_at(finding: Finding, sheet: str, at: int, column: int, rows: int) -> bool:
    """Whether a finding names the cell, a cell of its row, or (its Jumlah) a cell of its column."""
    letters, row = column_letters(column + 1), FIRST_ROW + at
    wanted = {(sheet, f"{letters}{n}") for n in range(FIRST_ROW, FIRST_ROW + rows)}
    named = [cell for cell in (finding.cell, *finding.related) if cell is not None]
    return any((c.sheet, c.ref) in wanted or (c.sheet == sheet and c.position[0] == row) for c in named)


def measure(offices: list[Office], folder: Path, *, every: int = 1) -> Score:
    """The score over these offices; ``every`` makes only each n-th fault of an office, another one in each."""
    score = Score()
    for turn, office in enumerate(offices):
        grid = office.grid()
        clean = found(grid, folder)
        score.clean_errors += [f"{office.name}: {_line(e)}" for e in clean if e.severity is Severity.ERROR]
        for number, (name, changed, sheet, at, column) in enumerate(mutants(office, grid)):
            if (number + turn) % every:
                continue
            new = found(changed, folder) - clean
            hits = {each for each in new if points_at(each, sheet, at, column, len(grid[sheet]))}
            score.made += 1
            if not hits:
                score.missed.append(f"{office.name}: {name}")
            errors = [each for each in new if each.severity is Severity.ERROR]
            score.errors += len(errors)
            score.false += [f"{office.name}, {name}: {_line(e)}" for e in errors if e not in hits]
    return score


def _line(finding: Finding) -> str:
    return f"{finding.code} {finding.cell} {finding.message}"
