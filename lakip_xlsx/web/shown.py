"""What a page says about a workbook, from the same findings and words as the terminal; templates only place it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lakip_xlsx.batch.model import Outcome, Status
from lakip_xlsx.finding import Accepted, Cell, Finding, Severity, Skipped, ranges
from lakip_xlsx.show import groups
from lakip_xlsx.show.groups import SORTS, Sort
from lakip_xlsx.show.rules import declared, sections
from lakip_xlsx.show.text import LABELS
from lakip_xlsx.timings import STAGES
from lakip_xlsx.web.desk import State, Work
from lakip_xlsx.web.forward import Forwarded
from lakip_xlsx.web.tables import Imported

_MOST_ALIKE = 200
"""Findings of one kind that are told one by one on a sheet; the places of the others follow."""
_DOING = {
    "membaca": "Membaca workbook",
    "menghitung": "Menghitung capaian",
    "memeriksa": "Mencocokkan angka dan kalimat",
    "menyusun": "Menyusun isi laporan",
    "mengisi": "Mengisi dokumen Word",
    "nomor halaman": "Menghitung nomor halaman dan membuat PDF",
    "menyimpan": "Menyimpan dokumen",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a workbook is."""

    text: str
    step: int
    steps: int


def progress(work: Work) -> Progress:
    """Where a workbook is, in words and in steps."""
    steps = len(STAGES) + 1
    if work.state is State.WAITING:
        return Progress("Menunggu giliran", 0, steps)
    if work.state is State.STOPPED:
        return Progress("Dihentikan", 0, steps)
    if work.state is State.DONE:
        return Progress(headline(work), steps, steps)
    stage = work.stage
    step = STAGES.index(stage) + 1 if stage in STAGES else 0
    return Progress(_DOING.get(stage, "Mulai bekerja"), step, steps)


def headline(work: Work) -> str:
    """How the work on a workbook ended, in a few words."""
    outcome = work.outcome
    if outcome is None:
        return "Dihentikan"
    if outcome.failure:
        return "Tidak dapat dikerjakan"
    if isinstance(outcome, Forwarded):
        return f"Workbook tahun {outcome.year} siap diisi"
    if isinstance(outcome, Imported):
        return outcome.summary[:1].upper() + outcome.summary[1:]
    said = "Dokumen bertanda DRAF" if outcome.is_draft else "Dokumen siap diperiksa"
    return f"{said}: {counted(outcome.findings)}"


def counted(findings: Sequence[Finding]) -> str:
    """How many findings there are of each sort: "20 temuan: 3 belum diisi, 17 keliru"."""
    parts = [f"{number} {SORTS[sort].lower()}" for sort, number in tally(findings).items() if number]
    return f"{len(findings)} temuan ({', '.join(parts)})" if parts else "tidak ada temuan"


def tally(findings: Sequence[Finding]) -> dict[Sort, int]:
    """How many findings there are of each sort."""
    sorts = [groups.sort_of(finding) for finding in findings]
    return {sort: sorts.count(sort) for sort in SORTS}


def failure(outcome: Outcome) -> str:
    """Why nothing could be done, without the name that we gave to the file."""
    if isinstance(outcome, Imported):
        return outcome.failure  # begins with the name of the file
    own = Path(outcome.item.source)
    said = outcome.failure.removeprefix(str(own)).removeprefix(own.name).removeprefix(": ")
    said = said.replace(str(own), outcome.item.name).replace(own.name, outcome.item.name)
    return said[:1].upper() + said[1:]


def is_our_fault(outcome: Outcome) -> bool:
    """Whether something failed in the program itself."""
    return outcome.status is Status.CRASHED


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as the page shows it, with others of its kind."""

    finding: Finding
    sort: Sort
    label: str
    place: str
    related: tuple[str, ...]
    others: tuple[tuple[str, Finding], ...] = ()  # each with its place
    rest: str = ""  # the places of those that are not told


@dataclass(frozen=True, slots=True)
class Box:
    """What is to be filled in: the places, the message, and what to do."""

    place: str
    finding: Finding
    weight: str  # where it is no error


@dataclass(frozen=True, slots=True)
class Boxes:
    """What is to be filled in with one advice."""

    boxes: tuple[Box, ...]
    advice: str
    rest: str


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet with its findings."""

    name: str
    anchor: str
    count: int
    entries: tuple[Entry, ...]
    to_fill: tuple[Boxes, ...]


def parts(findings: Sequence[Finding], only: Sort | None) -> list[Part]:
    """The findings of a sort, or all, sheet by sheet."""
    wanted = [finding for finding in findings if only is None or groups.sort_of(finding) is only]
    return [
        Part(
            name=f"Lembar {sheet.name}" if sheet.name else "Dokumen",
            anchor=f"lembar-{number}",
            count=len(sheet.faults) + len(sheet.unfilled),
            entries=tuple(_entry(*alike) for alike in groups.collapsed(sheet.faults)),
            to_fill=tuple(_boxes(advice, same) for advice, same in groups.with_one_advice(sheet.unfilled)),
        )
        for number, sheet in enumerate(groups.by_sheet(wanted), 1)
    ]


def _place(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return cell.ref or "seluruh lembar"


def _entry(finding: Finding, others: list[Finding]) -> Entry:
    rest = [other.cell for other in others[_MOST_ALIKE:] if other.cell]
    return Entry(
        finding,
        groups.sort_of(finding),
        LABELS[finding.severity].capitalize(),
        _place(finding.cell),
        ranges(finding.related),
        tuple((_place(other.cell), other) for other in others[:_MOST_ALIKE]),
        f"dan {len(rest)} lagi: {', '.join(groups.refs(rest))}" if rest else "",
    )


def _boxes(advice: str, same: list[Finding]) -> Boxes:
    told, rest = same[:_MOST_ALIKE], [finding.cell for finding in same[_MOST_ALIKE:] if finding.cell]
    return Boxes(
        tuple(_box(finding) for finding in told),
        advice,
        f"dan {len(rest)} lagi: {', '.join(groups.refs(rest))}" if rest else "",
    )


def _box(finding: Finding) -> Box:
    places = groups.refs([finding.cell, *finding.related]) if finding.cell else []
    weight = "" if finding.severity is Severity.ERROR else LABELS[finding.severity].lower()
    return Box(", ".join(places) or "lembar ini", finding, weight)


@dataclass(frozen=True, slots=True)
class Explained:
    """A code with its explanation."""

    code: str
    title: str
    weight: str
    sections: list[tuple[str, str]]


def explained(findings: Sequence[Finding], accepted: Sequence[Accepted] = ()) -> Iterator[Explained]:
    """The explanation of every code that the findings name, in their alphabet."""
    for code in sorted({finding.code for finding in (*findings, *(item.finding for item in accepted))}):
        rule = declared(code)
        if rule is not None:
            yield Explained(code, rule.title, LABELS[rule.severity].capitalize(), sections(rule))


def skipped(items: Sequence[Skipped]) -> list[tuple[str, str]]:
    """The checks that were not run, those with the same reason together: codes and reason."""
    by_reason: dict[str, list[str]] = {}
    for item in items:
        by_reason.setdefault(item.reason, []).append(item.code)
    return [(", ".join(codes), reason) for reason, codes in by_reason.items()]
