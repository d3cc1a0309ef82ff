"""One workbook, from reading to the finished document; the only module that knows the order.

``check``: read → figures → checks. ``convert``: check → compose → fill → save.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from lakip_xlsx.checks import registry
from lakip_xlsx.checks.angka.account import Numbers
from lakip_xlsx.checks.texts import read_texts
from lakip_xlsx.errors import OutputError, UnreadableError
from lakip_xlsx.excel.previous import previous_workbook
from lakip_xlsx.excel.read import demand_sheets, read_workbook
from lakip_xlsx.figures.figures import Figures, compute
from lakip_xlsx.finding import Accepted, Finding, SentenceNumber, Severity, Skipped
from lakip_xlsx.layouts import catalog
from lakip_xlsx.layouts.checklist import Daftar
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.layouts.reviu import REVIU
from lakip_xlsx.report import back_pages
from lakip_xlsx.report.compose import compose
from lakip_xlsx.report.content import Content, Node
from lakip_xlsx.show.checklist import Answer, Checks, checklist_rows, summary
from lakip_xlsx.show.checklist import checklist as answers
from lakip_xlsx.timings import CHECK, COMPOSE, COMPUTE, FILL, OFF, PAGES, READ, SAVE, Watch
from lakip_xlsx.word.fill import draft
from lakip_xlsx.word.fill.anchors import Origin
from lakip_xlsx.word.fill.fill import fill
from lakip_xlsx.word.fill.save import serialise, write_document
from lakip_xlsx.word.fill.textrows import Paper
from lakip_xlsx.word.office.pages import NotNumberedError, add_page_numbers
from lakip_xlsx.word.package import Properties
from lakip_xlsx.workbook.book import Book
from lakip_xlsx.workbook.keys import RowKeys


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook that was read and reconciled."""

    book: Book
    figures: Figures
    layout: Layout
    findings: tuple[Finding, ...]  # those that are open
    skipped: tuple[Skipped, ...]
    accepted: tuple[Accepted, ...] = ()  # those that the sheet Pengecualian accepts, with the reason
    crashes: tuple[Finding, ...] = ()  # rules that failed in our own code; among the findings too
    previous: str = ""  # the file of last year's workbook that was compared with
    name: str = ""  # how people call the workbook, where its file has another name

    @property
    def year(self) -> int | None:
        """The report year."""
        return self.book.form.year("tahun") if self.book.form else None

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error; the document is then a DRAF."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


class Pdf(StrEnum):
    """Whether a PDF is wanted beside the document, and of which kind."""

    NONE = ""
    PLAIN = "pdf"
    ARCHIVAL = "pdf-a"


@dataclass(frozen=True, slots=True)
class Converted:
    """A workbook whose document was written."""

    checked: Checked
    findings: tuple[Finding, ...]  # those of the check and those of the template
    document: Path
    has_page_numbers: bool = False  # in the table of contents
    pages_failure: str = ""  # why they are not there although they were wanted and LibreOffice is there
    crashes: tuple[Finding, ...] = ()  # rules and parts of the report that failed in our own code
    pdf: Path | None = None
    pdf_failure: str = ""  # why there is no PDF although one was wanted

    @property
    def is_draft(self) -> bool:
        """Whether the document carries the mark DRAF."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def check(
    path: Path,
    *,
    layout: Layout | None = None,
    only: frozenset[str] | None = None,
    previous: Path | None = None,
    name: str = "",
    watch: Watch = OFF,
) -> Checked:
    """Read and reconcile a workbook; ``watch`` sees how long each stage takes.

    ``only`` limits the findings to these codes (see :func:`lakip_xlsx.checks.registry.chosen`). ``previous`` is
    last year's workbook; without it the one of last year's name beside this one, if there is any. ``name`` is
    how people call the workbook, where its file has another name: the document tells it as its origin.

    Raises:
        UnreadableError: it, or the ``previous`` that is given, cannot be read at all.
    """
    with watch.stage(READ):
        book = read_workbook(path)
        last = previous_workbook(book, previous)
    chosen = layout or _layout_of(book)
    with watch.stage(COMPUTE):
        figures = compute(book)
    with watch.stage(CHECK):
        compared = None if isinstance(last, str) else last
        result = registry.run(book, chosen, figures, only=only, previous=compared)
        found = [*book.findings, *demand_sheets(book, chosen), *result.findings]
        wanted = [finding for finding in found if only is None or finding.code in only]
        still_open, accepted, useless = registry.accept(wanted, book)
        # under a selection, or without a rule that failed, an exception may well match nothing
        told = useless if only is None and not result.crashes else ()
    findings = registry.in_order([*still_open, *told, *result.crashes], book)
    skipped = (*result.skipped, *([Skipped("THN-001", last)] if isinstance(last, str) and last else []))
    with_last = compared.path.name if compared else ""
    return Checked(book, figures, chosen, tuple(findings), skipped, accepted, result.crashes, with_last, name)


def convert(  # noqa: PLR0913 - one for each thing that a person may choose
    path: Path,
    target: Path | None = None,
    *,
    layout: Layout | None = None,
    template: Path | None = None,
    previous: Path | None = None,
    force: bool = False,
    page_numbers: bool = False,
    reviu: bool = False,
    numbers: bool = False,
    name: str = "",
    watch: Watch = OFF,
) -> Converted:
    """Check a workbook and write its document, beside it unless a target is named.

    With ``page_numbers`` the table of contents gets the page numbers of a layout run, where LibreOffice
    is installed; it takes a second or two, and the document is in its place before. With ``reviu`` the reviu
    checklist stands behind the report, with ``numbers`` every number of its texts.

    Raises:
        UnreadableError: the workbook or the template cannot be read.
        OutputError: the document cannot be written, or a person changed the one that is there.
    """
    checked = check(path, layout=layout, previous=previous, name=name, watch=watch)
    made = document(checked, template=template, reviu=reviu, numbers=numbers, watch=watch)
    place = target or path.with_suffix(".docx")
    with watch.stage(SAVE):
        write_document(made.data, place, force=force)
    converted = Converted(checked, made.findings, place, crashes=made.crashes)
    return _with_page_numbers(converted, made.paper, force=force, watch=watch) if page_numbers else converted


def _with_page_numbers(converted: Converted, paper: Paper, *, force: bool, watch: Watch) -> Converted:
    """Put the document with page numbers in the place of the one that was just written without."""
    try:
        with watch.stage(PAGES):
            numbered = add_page_numbers(paper)
        if numbered:
            with watch.stage(SAVE):
                write_document(serialise(paper, _properties(converted.checked)), converted.document, force=force)
    except (NotNumberedError, OutputError) as error:
        return replace(converted, pages_failure=str(error))
    return replace(converted, has_page_numbers=numbered)


def with_pdf(converted: Converted, kind: Pdf, *, force: bool = False, watch: Watch = OFF) -> Converted:
    """Lay a PDF beside a document that was just written; when that fails, the result says why."""
    if kind is Pdf.NONE:
        return converted
    place = converted.document.with_suffix(".pdf")
    try:
        with watch.stage(PAGES):
            day = _properties(converted.checked).date
            pdf = import_module("lakip_xlsx.word.office.pdf")
            pdf.write(pdf.make(converted.document.read_bytes(), day, archival=kind is Pdf.ARCHIVAL), place, force=force)
    except OutputError as error:
        return replace(converted, pdf_failure=str(error))
    return replace(converted, pdf=place)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished document as bytes, with all findings: those of the template and those of the check."""

    data: bytes
    findings: tuple[Finding, ...]
    paper: Paper  # what the bytes were made of
    crashes: tuple[Finding, ...] = ()


def sentence_numbers(checked: Checked) -> tuple[SentenceNumber, ...]:
    """Every number in the sentences of a workbook: tied to a figure, contradicted, or only told."""
    texts = read_texts(checked.book, checked.layout)
    return tuple(Numbers(checked.book, texts, checked.figures).told())


def checklist(checked: Checked, daftar: Daftar = REVIU, *, only: frozenset[str] | None = None) -> list[Answer]:
    """The answers to a checklist, the reviu's unless another is named; ``only`` as in :func:`check`."""
    accepted = [item.finding for item in checked.accepted]
    checks = Checks(findings=checked.findings, skipped=checked.skipped, accepted=accepted, only=only)
    return answers(daftar, checked.book, checked.figures, checked.layout, checks)


def document(
    checked: Checked,
    *,
    template: Path | None = None,
    reviu: bool = False,
    numbers: bool = False,
    watch: Watch = OFF,
) -> Made:
    """The document of a checked workbook.

    Raises:
        UnreadableError: the template cannot be read.
    """
    source = template or template_path(checked.layout)
    origin = Origin(checked.name or checked.book.path.name, checked.layout.key, template.name if template else "")
    keys = RowKeys(checked.book)
    with watch.stage(FILL):
        behind, failed = _behind(checked, reviu=reviu, numbers=numbers), list[Finding]()
        filled = fill(source, _content(checked, checked.findings, behind, failed, watch), origin=origin, keys=keys)
        told = _of_template(checked, template, behind, watch) if template else ()
        seen = {(finding.code, finding.message) for finding in filled.findings}
        besides = (finding for finding in told if (finding.code, finding.message) not in seen)
        findings = (*failed, *filled.findings, *besides, *checked.findings)
        if failed or filled.findings or told:  # the page of findings must hold those too
            filled = fill(source, _content(checked, findings, behind, [], watch), origin=origin, keys=keys)
        if any(finding.severity is Severity.ERROR for finding in findings):
            draft.mark(filled.paper.tree)
    with watch.stage(SAVE):
        data = serialise(filled.paper, _properties(checked))
        return Made(data, findings, filled.paper, (*failed, *checked.crashes))


def _of_template(checked: Checked, template: Path, behind: Mapping[str, Node], watch: Watch) -> tuple[Finding, ...]:
    """What there is to say of an office's own template: all that a check of it says, and what it leaves out."""
    content = _content(checked, (), behind, [], watch)
    template_check = import_module("lakip_xlsx.word.fill.template_check")
    unplaced = import_module("lakip_xlsx.word.fill.unplaced")
    return (
        *template_check.told(template, checked.layout, content),
        *unplaced.unplaced(template, checked.layout, checked.book, content),
    )


def _behind(checked: Checked, *, reviu: bool, numbers: bool) -> dict[str, Node]:
    """The pages behind the report."""
    form = checked.book.form
    shown = form is not None and form.text("catatan_pengecualian") == "Ya"  # else only check and the marked copy tell
    behind = {"pengecualian": back_pages.pengecualian(checked.accepted) if shown else None}
    if reviu:
        told = checklist(checked)
        behind["reviu"] = back_pages.reviu(checklist_rows(told), summary(told))
    if numbers:
        found = sentence_numbers(checked)
        behind["angka"] = back_pages.numbers(found, import_module("lakip_xlsx.show.sentence_numbers").summary(found))
    return behind


def _content(
    checked: Checked, findings: Sequence[Finding], behind: Mapping[str, Node], failed: list[Finding], watch: Watch
) -> Content:
    """The content of the report; with a running watch, the time its parts take is counted for composing."""
    content = compose(checked.book, checked.figures, checked.layout, findings, behind, failed)
    return content if watch is OFF else _Watched(content, watch)


class _Watched(Mapping[str, Node]):
    """Content whose parts are made under the watch: they are made when the template first names them."""

    def __init__(self, content: Content, watch: Watch) -> None:
        self._content = content
        self._watch = watch

    def __getitem__(self, name: str) -> Node:
        with self._watch.stage(COMPOSE):
            return self._content[name]

    def __contains__(self, name: object) -> bool:
        return name in self._content

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)


def template_path(layout: Layout) -> Path:
    """The shipped Word template of a layout: inside the installed package, or beside it in a checkout.

    Raises:
        UnreadableError: the installation is incomplete.
    """
    packaged = Path(str(files("lakip_xlsx"))) / "workbook_templates" / layout.template
    checkout = Path(__file__).parent.parent / "workbook_templates" / layout.template
    for candidate in (packaged, checkout):
        if candidate.is_file():
            return candidate
    raise UnreadableError(f"Templat {layout.template} tidak ada; pasang ulang lakip-xlsx.")


def _layout_of(book: Book) -> Layout:
    """The layout that the workbook chooses; the one in force for its year if it chooses none that we know."""
    form = book.form
    chosen = catalog.find(form.text("tata_letak")) if form else None
    return chosen or catalog.in_force(form.year("tahun") if form else None)


def _properties(checked: Checked) -> Properties:
    """What the file says about itself. The date is the report's, never today's."""
    form, layout = checked.book.form, checked.layout
    office = form.text("nama") if form else ""
    signed = form.values.get("tanggal") if form else None
    day = signed if isinstance(signed, dt.date) else dt.date((checked.year or 1999) + 1, 1, 1)
    return Properties(
        title=f"{layout.short_name} {office} Tahun {checked.year or ''}".strip(),
        subject=layout.report_name,
        author=office,
        date=day,
    )
