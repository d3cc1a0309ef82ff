"""What came of checking a finished document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lakip_xlsx.checks.dokumen import sentences
from lakip_xlsx.checks.dokumen.case import Case
from lakip_xlsx.finding import Accepted, Finding, SentenceNumber, Severity, Skipped
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.word.follow.signoff import Signature


@dataclass(frozen=True, slots=True)
class Signed:
    """One review of a document: who, and how many places differ from what that person saw."""

    signature: Signature
    differing: int


@dataclass(frozen=True, slots=True)
class Examined:
    """A finished document with all that was found in it."""

    document: Path
    workbook: str  # the file name of what it was held against, or of what it names
    compared: bool
    note: str  # why it was not compared; empty otherwise
    layout: Layout
    year: int | None
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    accepted: tuple[Accepted, ...]
    crashes: tuple[Finding, ...]
    case: Case
    signed: tuple[Signed, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def numbers(self) -> tuple[SentenceNumber, ...]:
        """Every number of the report: tied to the workbook, contradicted, or only told."""
        return tuple(sentences.numbers(self.case, self.case.numbers)) if self.case.numbers is not None else ()
