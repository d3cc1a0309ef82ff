"""Runs all rules over a finished document: its own (family DOK) and those on sentences (family NAR)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from lakip_xlsx.bahasa import counted
from lakip_xlsx.checks import registry
from lakip_xlsx.checks.dokumen import leftovers, references, sealed, sentences, slips, tables, values, years
from lakip_xlsx.checks.dokumen.case import Case
from lakip_xlsx.checks.rule import Fault
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.finding import Finding, Spot
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.workbook.book import Book
from lakip_xlsx.workbook.structure import crash

RULES: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    values.changed,
    values.gone,
    tables.sums,
    tables.shares,
    tables.typed,
    references.leads,
    references.captions,
    references.mentions,
    leftovers.yellow,
    leftovers.revisions,
    leftovers.comments,
    leftovers.draft,
    leftovers.active,
    years.years,
    years.people,
    sealed.changes,
    sealed.broken,
)
"""In the order in which they speak: of one number only the first says something."""
_NUMBERS = frozenset({"NAR-004", "NAR-014", "NAR-015"})
_CLASSES = "NAR-001"


def run(
    case: Case, book: Book, figures: Figures, layout: Layout, *, only: frozenset[str] | None = None
) -> registry.CheckResult:
    """All findings on a document, in its order; a rule that fails in our own code is told as a crash.

    ``book`` holds at least the year of the report where there is no workbook.
    """
    findings: list[Finding] = []
    crashes: list[Finding] = []
    for rule in RULES:
        try:
            findings += rule(case)
        except MemoryError:
            raise  # a limit, and no fault of the rule
        except Exception as error:
            if os.environ.get("LAKIP_DEBUG"):
                raise
            crashes.append(crash(f"Pemeriksaan {rule.__name__} pada dokumen tidak dapat dijalankan", error))
    texts = sentences.texts(case)
    said = registry.run(book, layout, figures, only=sentences.CODES, texts=texts)
    findings += _on_sentences(case, said.findings)
    findings += _classes(case)
    findings += slips.slipped(case, texts)
    wanted = [each for each in findings if only is None or each.code in only]
    crashes += said.crashes
    skipped = said.skipped if case.book is not None else ()
    return registry.CheckResult(in_order([*wanted, *crashes]), skipped, tuple(crashes))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of the document; those on all of it first."""
    return tuple(
        sorted(findings, key=lambda each: (each.cell.position if each.cell else (0, 0), each.code, each.message))
    )


def _on_sentences(case: Case, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Those that stand in the document, without the numbers that were spoken of already."""
    for each in findings:
        if not isinstance(each.cell, Spot) or (each.code in _NUMBERS and case.has_told(each.cell, each.actual)):
            continue
        if each.code in _NUMBERS:
            case.tell(each.cell, each.actual)
        yield each if case.book is not None else _without_related(each)


def _without_related(finding: Finding) -> Finding:
    return Finding(
        finding.code, finding.severity, finding.message, finding.cell, finding.expected, finding.actual, finding.fix,
        kind=finding.kind,
    )  # fmt: skip


def _classes(case: Case) -> Iterator[Finding]:
    """So many indicators of a class of the scale, where the table counts others."""
    if case.numbers is None or case.book is None:
        return
    for number in case.numbers.contradicted:
        if number.of_class and number.figure is not None:
            right = int(number.figure.value)
            message = f'Tertulis "{number.quote}": menurut tabel {counted(right, "indikator")}.'
            fault = Fault(number.passage.place, message, counted(right), number.text)
            yield registry.RULES[_CLASSES].finding(fault)
