"""Findings as a clerk reads them: by sheet and place, what is wrong, and what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lakip_xlsx.finding import Accepted, Finding, Severity, Skipped

LABELS = {Severity.ERROR: "KESALAHAN", Severity.WARNING: "PERINGATAN", Severity.INFO: "INFO"}
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
COLLAPSE_FROM = 5
NARROWEST, WIDEST = 40, 100
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output; ``severity`` colours its first word, ``bold`` a heading."""

    text: str
    severity: Severity | None = None
    bold: bool = False


def listing(findings: Sequence[Finding], *, width: int = 80, full: bool = False) -> Iterator[Line]:
    """The findings grouped by sheet, each wrapped to the width.

    Five or more of one kind on one sheet are shown once, with the places of the others; ``full`` shows all.
    """
    width = max(NARROWEST, min(width, WIDEST))
    for sheet, group in groupby(findings, key=lambda finding: finding.cell.sheet if finding.cell else ""):
        yield Line(f"Lembar {sheet}" if sheet else "Dokumen", bold=True)
        for first, others in _collapsed(list(group), full=full):
            yield from _entry(first, others, width)
        yield Line("")


def _collapsed(findings: list[Finding], *, full: bool) -> Iterator[tuple[Finding, list[Finding]]]:
    """Each finding alone, or the first of many alike with the others."""
    alike: dict[str, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(finding.code, []).append(finding)
    for finding in findings:
        same = alike[finding.code]
        if full or len(same) < COLLAPSE_FROM:
            yield finding, []
        elif same[0] is finding:
            yield finding, same[1:]


def _entry(finding: Finding, others: list[Finding], width: int) -> Iterator[Line]:
    place = f"  {finding.cell.ref or '(seluruh lembar)'}" if finding.cell else ""
    yield Line(f"  {LABELS[finding.severity]} {finding.code}{place}", finding.severity)
    yield from _wrapped(finding.message, width)
    if finding.expected:
        pair = [f"tertulis: {finding.actual}"] if finding.actual else []
        pair.append(f"seharusnya: {finding.expected}")
        yield from _wrapped("; ".join(pair), width)
    if finding.related:
        yield from _wrapped(f"lihat juga: {', '.join(map(str, finding.related))}", width)
    if others:
        places = ", ".join(other.cell.ref for other in others if other.cell)
        yield from _wrapped(f"{len(others)} lagi yang sejenis: {places}", width)
    if finding.fix:
        yield from _wrapped(f"-> {finding.fix}", width, hanging="   ")


def _wrapped(text: str, width: int, *, hanging: str = "") -> Iterator[Line]:
    for line in textwrap.wrap(
        text,
        width,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT + hanging,
        break_on_hyphens=False,
    ):
        yield Line(line)


def accepted_lines(items: Sequence[Accepted], *, width: int = 80) -> Iterator[Line]:
    """The findings that the office accepts, each with its reason."""
    if not items:
        return
    width = max(NARROWEST, min(width, WIDEST))
    yield Line("Temuan yang diterima", bold=True)
    for item in items:
        yield Line(f"  DITERIMA {item.finding.code}  {item.finding.cell or 'dokumen'}")
        yield from _wrapped(item.finding.message, width)
        yield from _wrapped(f"alasan ({item.cell}): {item.reason}", width)
    yield Line("")


def skipped_lines(skipped: Sequence[Skipped], *, width: int = 80) -> Iterator[Line]:
    """The checks that were not run, and why; those with the same reason together."""
    if not skipped:
        return
    width = max(NARROWEST, min(width, WIDEST))
    yield Line("Pemeriksaan yang dilewati", bold=True)
    by_reason: dict[str, list[str]] = {}
    for item in skipped:
        by_reason.setdefault(item.reason, []).append(item.code)
    for reason, codes in by_reason.items():
        yield from _wrapped(f"{', '.join(codes)}: {reason}", width)
    yield Line("")


def tally(findings: Sequence[Finding]) -> dict[Severity, int]:
    """How many findings of each severity."""
    return {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}


def wrap(text: str, width: int) -> Iterator[Line]:
    """A line of our own, wrapped to the terminal; a file name is never cut."""
    for line in textwrap.wrap(text, max(NARROWEST, min(width, WIDEST)), break_on_hyphens=False, break_long_words=False):
        yield Line(line)


def summary(findings: Sequence[Finding]) -> str:
    """The counts in one sentence."""
    counts = tally(findings)
    if not findings:
        return "Tidak ada temuan."
    parts = [
        f"{counts[severity]} {noun}"
        for severity, noun in (
            (Severity.ERROR, "kesalahan"),
            (Severity.WARNING, "peringatan"),
            (Severity.INFO, "informasi"),
        )
        if counts[severity]
    ]
    return f"{', '.join(parts)}."
