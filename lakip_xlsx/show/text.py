"""Findings as a clerk reads them: by sheet and place, what is wrong, and what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lakip_xlsx.finding import Accepted, Finding, FindingKind, Severity, Skipped, Spot, ranges
from lakip_xlsx.show import groups

LABELS = {Severity.ERROR: "KESALAHAN", Severity.WARNING: "PERINGATAN", Severity.INFO: "INFO"}
KINDS = {FindingKind.FAULT: "keliru", FindingKind.UNFILLED: "belum diisi"}
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
NAMED = 10  # findings of one kind that are told after the first; the others are counted, with their places
NARROWEST, WIDEST = 40, 100
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output; ``severity`` colours its first word, ``bold`` a heading."""

    text: str
    severity: Severity | None = None
    bold: bool = False


def listing(findings: Sequence[Finding], *, width: int = 80, full: bool = False) -> Iterator[Line]:
    """The findings grouped by sheet, each wrapped to the width; what is only not filled in yet stands as a list.

    Five or more of one kind on one sheet are shown once, with the others in a line each; ``full`` shows all.
    """
    width = max(NARROWEST, min(width, WIDEST))
    for sheet in groups.by_sheet(findings):
        waiting = f" (belum diisi: {len(sheet.unfilled)})" if sheet.unfilled else ""
        kind = "Bagian" if sheet.in_document else "Lembar"
        yield from _head((f"{kind} {sheet.name}" if sheet.name else "Dokumen") + waiting, width)
        for first, others in groups.collapsed(sheet.faults, full=full):
            yield from _entry(first, others, width)
        yield from _to_fill(sheet.unfilled, width)
        yield Line("")


def _head(text: str, width: int) -> Iterator[Line]:
    for line in textwrap.wrap(text, width, subsequent_indent=_INDENT, break_on_hyphens=False):
        yield Line(line, bold=True)


def _entry(finding: Finding, others: list[Finding], width: int) -> Iterator[Line]:
    whole = "" if isinstance(finding.cell, Spot) else "(seluruh lembar)"
    place = f"  {finding.cell.ref or whole}".rstrip() if finding.cell else ""
    yield Line(f"  {LABELS[finding.severity]} {finding.code}{place}", finding.severity)
    yield from _wrapped(finding.message, width)
    if finding.expected:
        pair = [f"tertulis: {finding.actual}"] if finding.actual else []
        pair.append(f"seharusnya: {finding.expected}")
        yield from _wrapped("; ".join(pair), width)
    if finding.related:
        yield from _wrapped(f"lihat juga: {', '.join(ranges(finding.related))}", width)
    if others:
        yield from _wrapped(f"{len(others)} lagi yang sejenis:", width)
        for other in others[:NAMED]:
            said = f"{other.cell.ref}: {other.message}" if other.cell else other.message
            yield from _wrapped(textwrap.shorten(said, 2 * width, placeholder=" …"), width, hanging="  ")
        if rest := [other.cell for other in others[NAMED:] if other.cell]:
            yield from _wrapped(f"dan {len(rest)} lagi: {', '.join(groups.refs(rest))}", width, hanging="  ")
    if finding.fix:
        yield from _wrapped(f"-> {finding.fix}", width, hanging="   ")


def _to_fill(findings: Sequence[Finding], width: int) -> Iterator[Line]:
    """What is not filled in yet, as a list to tick off; those with the same advice together."""
    for fix, same in groups.with_one_advice(findings):
        told = same[: NAMED + 1]
        for finding in told:
            place = ", ".join(groups.refs([finding.cell, *finding.related])) if finding.cell else ""
            advice = f" {fix}" if len(same) == 1 and fix else ""
            weight = "" if finding.severity is Severity.ERROR else f", {LABELS[finding.severity].lower()}"
            said = f"[ ] {place or 'lembar ini'}  {finding.message}{advice} ({finding.code}{weight})"
            yield from _wrapped(said, width, indent="  ", hanging="    ")
        if rest := [finding.cell for finding in same[len(told) :] if finding.cell]:
            yield from _wrapped(f"dan {len(rest)} lagi: {', '.join(groups.refs(rest))}", width)
        if len(same) > 1 and fix:
            yield from _wrapped(f"-> {fix}", width, hanging="   ")


def _wrapped(text: str, width: int, *, indent: str = _INDENT, hanging: str = "") -> Iterator[Line]:
    for line in textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
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


def wrap(text: str, width: int, *, indent: int = 0) -> Iterator[Line]:
    """A line of our own, wrapped to the terminal; a file name is never cut."""
    blank, broad = " " * indent, max(NARROWEST, min(width, WIDEST))
    lines = textwrap.wrap(
        *(text, broad), initial_indent=blank, subsequent_indent=blank, break_on_hyphens=False, break_long_words=False
    )
    yield from map(Line, lines)


def unfilled(findings: Sequence[Finding]) -> int:
    """How many findings tell only what is not filled in yet."""
    return sum(finding.kind is FindingKind.UNFILLED for finding in findings)


def summary(findings: Sequence[Finding]) -> str:
    """The counts in one sentence: by weight, and how many are wrong or only not filled in yet."""
    if not findings:
        return "Tidak ada temuan."
    return f"{by_weight(list(tally(findings).values()))} ({by_kind(findings)})."


def by_weight(counts: Sequence[int]) -> str:
    """How many errors, warnings and informations there are."""
    nouns = ("kesalahan", "peringatan", "informasi")
    parts = [f"{count} {noun}" for count, noun in zip(counts, nouns, strict=True) if count]
    return ", ".join(parts) if parts else "tidak ada temuan"


def by_kind(findings: Sequence[Finding]) -> str:
    """How many are not filled in yet, and how many are wrong; what is only told is neither."""
    told = (finding for finding in findings if finding.kind is FindingKind.FAULT)
    wrong = sum(finding.severity is not Severity.INFO for finding in told)
    return f"belum diisi {unfilled(findings)}, keliru {wrong}"
