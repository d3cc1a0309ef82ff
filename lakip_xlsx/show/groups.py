"""How findings are grouped for people, on whatever they are shown: by sheet, by kind, many alike together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from lakip_xlsx.finding import Cell, Finding, FindingKind, Severity, Spot, ranges

COLLAPSE_FROM = 5


class Sort(StrEnum):
    """What a finding asks of its reader; every finding is of one sort."""

    UNFILLED = "belum-diisi"
    ERROR = "keliru"
    WARNING = "peringatan"
    INFO = "informasi"


SORTS = {
    Sort.UNFILLED: "Belum diisi",
    Sort.ERROR: "Keliru",
    Sort.WARNING: "Peringatan",
    Sort.INFO: "Informasi",
}
_BY_SEVERITY = {Severity.ERROR: Sort.ERROR, Severity.WARNING: Sort.WARNING, Severity.INFO: Sort.INFO}


def sort_of(finding: Finding) -> Sort:
    """The sort of a finding: not filled in yet, or wrong by its weight."""
    return Sort.UNFILLED if finding.kind is FindingKind.UNFILLED else _BY_SEVERITY[finding.severity]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The findings on one sheet, or in one part of a finished document; the empty name is the document as a whole."""

    name: str
    faults: tuple[Finding, ...]
    unfilled: tuple[Finding, ...]
    in_document: bool = False


def by_sheet(findings: Sequence[Finding]) -> Iterator[Sheet]:
    """The findings, which are in order, sheet by sheet."""
    for name, group in groupby(findings, key=lambda finding: finding.cell.sheet if finding.cell else ""):
        members = list(group)
        faults = tuple(finding for finding in members if finding.kind is FindingKind.FAULT)
        unfilled = tuple(finding for finding in members if finding.kind is FindingKind.UNFILLED)
        yield Sheet(name, faults, unfilled, isinstance(members[0].cell, Spot))


def collapsed(findings: Sequence[Finding], *, full: bool = False) -> Iterator[tuple[Finding, list[Finding]]]:
    """Each finding alone, or the first of :data:`COLLAPSE_FROM` or more alike with the others."""
    alike: dict[str, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(finding.code, []).append(finding)
    for finding in findings:
        same = alike[finding.code]
        if full or len(same) < COLLAPSE_FROM:
            yield finding, []
        elif same[0] is finding:
            yield finding, same[1:]


def with_one_advice(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """What is not filled in yet, in a row as far as the code and the advice are the same."""
    for (_, fix), group in groupby(findings, key=lambda finding: (finding.code, finding.fix)):
        yield fix, list(group)


def refs(cells: Sequence[Cell]) -> list[str]:
    """Cells of the sheet in hand without its name, neighbours as ranges; places of a document as they are."""
    if isinstance(cells[0], Spot):
        return [cell.ref for cell in cells if cell.ref]
    home = f"{cells[0].sheet}!"
    return [name.removeprefix(home) for name in ranges(cells) if name != cells[0].sheet]
