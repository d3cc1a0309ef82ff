"""New figures from a workbook into a report that people edited in Word; what they wrote stays."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

from lakip_xlsx import pipeline
from lakip_xlsx.errors import OutputError, UnreadableError
from lakip_xlsx.files import must_be_place, pack, write_whole
from lakip_xlsx.finding import Finding, Severity
from lakip_xlsx.guard import limits, ooxml
from lakip_xlsx.guard.path import open_inside
from lakip_xlsx.layouts import catalog
from lakip_xlsx.timings import OFF, Watch
from lakip_xlsx.word import imprint, package
from lakip_xlsx.word.fill import toc
from lakip_xlsx.word.fill.compiled import open_document
from lakip_xlsx.word.fill.save import write_document
from lakip_xlsx.word.fill.textrows import Paper, RowStore
from lakip_xlsx.word.follow.trace import read_origin
from lakip_xlsx.word.office.pages import NotNumberedError, add_page_numbers
from lakip_xlsx.word.refresh.changes import Change, Group
from lakip_xlsx.word.refresh.merge import Merged, merge

REFRESH = "menyegarkan"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did. ``backup`` is the whole copy of the document as it was; None where nothing was replaced."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]  # those of the workbook and its template
    workbook: Path
    changed: bool
    document: Path | None = None  # what was written; None for a trial run, and where nothing is to be changed
    backup: Path | None = None
    has_page_numbers: bool = False
    pages_failure: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether the document carries the mark DRAF."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def has_conflicts(self) -> bool:
        """Whether a person must decide between two texts."""
        return any(change.group is Group.CONFLICT for change in self.changes)


def refresh(
    document: Path,
    workbook: Path | None = None,
    *,
    template: Path | None = None,
    output: Path | None = None,
    trial: bool = False,
    page_numbers: bool = False,
    watch: Watch = OFF,
) -> Refreshed:
    """Merge what a workbook says now into a report that people edited since it was made.

    The report is replaced after a whole copy of it was laid beside it, or written to ``output``; a ``trial``
    writes nothing. The workbook is by default the one that the report names, beside it; the template the one of
    the layout, or that which the report names.

    Raises:
        UnreadableError: the report has no (or too old a) list of anchors, or workbook or template cannot be read.
        OutputError: the result cannot be written.
    """
    data = ooxml.read_word(document, allowed=limits.DOCUMENT)
    old = open_document(data, str(document), allowed=limits.DOCUMENT)
    origin, has_reviu = read_origin(old, document.name)
    book = workbook or _beside(document, origin.workbook, "Workbook", "sebagai argumen kedua")
    own = template or (_beside(document, origin.template, "Templat", "dengan --template") if origin.template else None)
    checked = pipeline.check(book, layout=catalog.find(origin.layout), watch=watch)
    made = pipeline.document(checked, template=own, reviu=has_reviu, watch=watch)
    source = (own or pipeline.template_path(checked.layout)).read_bytes()
    with watch.stage(REFRESH):
        merged = merge(old, made.data, source, document.name)
    result = Refreshed(merged.changes, made.findings, book, merged.changed)
    if trial:
        return result
    numbered, failure = _numbered(merged) if page_numbers else (False, "")
    blob = _bytes(merged, pristine=not imprint.changed_since_generated(document)) if merged.changed else data
    written, backup = _write(document, data, blob, output)
    return Refreshed(result.changes, result.findings, book, result.changed, written, backup, numbered, failure)


def _numbered(merged: Merged) -> tuple[bool, str]:
    """Count the pages anew where they may have moved; a contents list with typed lines is left alone."""
    document = merged.document
    if not merged.moved or any(toc.shown(code) is None for code in toc.codes(document)):
        return False, ""
    try:
        return add_page_numbers(Paper(document, RowStore())), ""
    except NotNumberedError as error:
        return False, str(error)


def _bytes(merged: Merged, *, pristine: bool) -> bytes:
    """The file. Only a document that nobody edited says again that it is untouched."""
    parts = package.parts_of(merged.document)
    return pack(imprint.with_fingerprint(parts) if pristine else parts)


def _write(document: Path, before: bytes, after: bytes, output: Path | None) -> tuple[Path | None, Path | None]:
    """Write the result; the place of the document, and of the copy of what it was."""
    if output is not None and not _is_same(output, document):
        write_document(after, output)
        return output, None
    if before == after:
        return None, None
    must_be_place(document)
    backup = _free(document)
    write_whole(before, backup)
    write_whole(after, document)
    return document, backup


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _free(document: Path) -> Path:
    """A name for a copy that no file has yet: ``laporan.sebelum.docx``, ``laporan.sebelum-2.docx`` and so on."""
    for number in itertools.count(1):
        more = "" if number == 1 else f"-{number}"
        place = document.with_name(f"{document.stem}.sebelum{more}{document.suffix}")
        try:
            place.lstat()
        except FileNotFoundError:
            return place
    raise OutputError(f"{document}: tidak ada nama bebas untuk salinannya.")


def _beside(document: Path, name: str, what: str, how: str) -> Path:
    """A file that the document names, in its own folder.

    Raises:
        UnreadableError: it is not there.
    """
    named = Path(name).name
    found = open_inside(document.parent, named)
    if isinstance(found, str):
        raise UnreadableError(
            f"{what} {named or 'asalnya'} tidak ada di samping {document.name}. Sebutkan {what.lower()}nya {how}."
        )
    found.close()
    return document.parent / named
