"""What goes to a worker and what comes back. All of it pickles, and none of it needs the libraries of the work."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lakip_xlsx.batch import resume
from lakip_xlsx.errors import LakipError, our_fault
from lakip_xlsx.files import told
from lakip_xlsx.finding import Accepted, Finding, SentenceNumber, Skipped
from lakip_xlsx.guard.work import WorkLimits

if TYPE_CHECKING:
    from lakip_xlsx.show.checklist import Answer


class Status(IntEnum):
    """How a workbook ended; the numbers are the exit codes."""

    DONE = 0
    WITH_ERRORS = 1
    UNREADABLE = 3
    CRASHED = 4


@dataclass(frozen=True, slots=True)
class Item:
    """One workbook: its number in the batch, where it is, and where its document goes (path or address)."""

    number: int
    source: str
    target: str = ""
    known: resume.Entry | None = None  # what the last run wrote there
    name: str = ""  # how people call the workbook, where its file has another name; never opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is done to each workbook. Only what changes a document belongs to :meth:`recipe`."""

    command: Literal["check", "convert"]
    layout: str | None = None
    template: str | None = None
    previous: str | None = None  # last year's workbook, where it is named
    page_numbers: bool = False
    pdf: str = ""  # "pdf" or "pdf-a"
    only: frozenset[str] | None = None  # codes of the findings that are wanted; all where it is None
    annotate: bool = False  # write a marked copy of the workbook
    reviu: bool = False  # answer the reviu checklist
    lke: bool = False  # answer the criteria of the evaluation
    numbers: bool = False  # list the numbers of the sentences
    force: bool = False
    findings: bool = True  # send them back; without, only their number
    timings: bool = False
    record: bool = False  # send back what a later run must know to go on
    limits: WorkLimits = field(default_factory=WorkLimits)
    stages: Path | None = None  # a folder: the stage that a workbook is in is written to a file of its number

    def recipe(self) -> str:
        """What, besides the workbook and the template, decides what the document says."""
        behind = f"reviu={self.reviu} numbers={self.numbers}"
        return f"layout={self.layout} page_numbers={self.page_numbers} pdf={self.pdf} {behind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the work on one workbook ended."""

    item: Item
    status: Status
    failure: str = ""  # one line, when nothing could be done
    crashes: tuple[str, ...] = ()  # what failed in our own code while the rest was done
    layout: str = ""  # key
    layout_name: str = ""
    year: int | None = None
    office: str = ""
    capaian: Decimal | None = None  # mean of the indicators, in percent
    serapan: Decimal | None = None  # of the office's money, in percent
    previous: str = ""  # the file of last year's workbook that was compared with
    counts: tuple[int, int, int] = (0, 0, 0)  # error, warning, info
    unfilled: int = 0  # of all of them, those that tell what is not filled in yet
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    unprinted: str = ""  # what is filled and not shown in the report
    reviu: tuple[Answer, ...] = ()
    lke: tuple[Answer, ...] = ()
    numbers: tuple[SentenceNumber, ...] | None = None  # None where they were not asked for
    marked: str = ""  # the marked copy
    document: str = ""
    has_page_numbers: bool = False
    pages_failure: str = ""  # why there are no page numbers although LibreOffice is there
    pdf: str = ""
    pdf_failure: str = ""  # why there is no PDF; the document is there all the same
    unchanged: bool = False  # done in an earlier run, and still right
    seconds: dict[str, float] = field(default_factory=dict)
    entry: resume.Entry | None = None

    @property
    def exit_code(self) -> int:
        """What the command returns for it."""
        return max(int(self.status), int(Status.UNREADABLE)) if self.pdf_failure else int(self.status)

    @property
    def is_draft(self) -> bool:
        """Whether the document carries the mark DRAF."""
        return bool(self.document) and self.status in {Status.WITH_ERRORS, Status.CRASHED}


def failed(item: Item, error: BaseException) -> Outcome:
    """A failure as an outcome: of the outside world in its own words, of our own as such."""
    if isinstance(error, LakipError):
        return Outcome(item=item, status=Status.UNREADABLE, failure=str(error))
    if isinstance(error, OSError):
        return Outcome(item=item, status=Status.UNREADABLE, failure=told(error))
    return Outcome(item=item, status=Status.CRASHED, failure=our_fault(error))
