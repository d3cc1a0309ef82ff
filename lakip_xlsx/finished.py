"""A finished document: checked against its workbook, and the record of who reviewed it.

``examine``: read the document → find its workbook → hold its values, tables and sentences against it.
``seal``: examine → record what was reviewed, in the document and beside it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from docx.document import Document
from lxml import etree

from lakip_xlsx import pipeline
from lakip_xlsx.checks.angka.account import Numbers
from lakip_xlsx.checks.dokumen import run, sentences
from lakip_xlsx.checks.dokumen.case import Case, Value
from lakip_xlsx.checks.dokumen.paper import Block, Paper
from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.figures.figures import Figures, compute
from lakip_xlsx.files import write_whole
from lakip_xlsx.finding import Accepted, Cell, Finding, Severity, Spot
from lakip_xlsx.guard import limits, ooxml, word
from lakip_xlsx.guard.path import open_inside, read_inside
from lakip_xlsx.guard.sniff import WORD
from lakip_xlsx.layouts import catalog
from lakip_xlsx.show.trace import split
from lakip_xlsx.word.fill.compiled import open_document
from lakip_xlsx.word.follow import signoff, trace
from lakip_xlsx.word.follow.examined import Examined, Signed
from lakip_xlsx.word.follow.signoff import Acceptance, Record, Signature
from lakip_xlsx.word.follow.trace import State
from lakip_xlsx.word.follow.trace_match import Matched, match
from lakip_xlsx.word.reading import read
from lakip_xlsx.workbook.book import Book, Form
from lakip_xlsx.workbook.sheets import BY_KEY

_PERIOD = re.compile(r"\b(20[0-9]{2})\s*(?:-|–|—|sampai(?:\s+dengan)?|s\.?d\.?)\s*(20[0-9]{2})\b")
_LARGEST_RECORD = 64 * 2**20


def examine(path: Path, *, workbook: Path | None = None, only: frozenset[str] | None = None) -> Examined:
    """Hold a finished document against its workbook: the given one, or the one that it names, beside it.

    Without a workbook only what follows from the document itself is checked. ``only`` limits the findings to these
    codes.

    Raises:
        UnreadableError: the document, or the given workbook, cannot be read.
    """
    data = ooxml.read_word(path, allowed=limits.DOCUMENT)
    document = open_document(data, str(path), allowed=limits.DOCUMENT)
    paper = _paper(document, path)
    traced = _trace(data)
    named = Path(traced.origin.workbook).name if traced else ""
    place = workbook or _beside(path.parent, named)
    key = traced.origin.layout if traced else ""
    checked = None if place is None else pipeline.check(place, layout=catalog.find(key))
    record, told = _record(path, document)
    values = tuple(_values(paper, _matched(traced, checked))) if traced else ()
    book, figures = (checked.book, checked.figures) if checked else _own(path, paper)
    year = book.form.year("tahun") if book.form else None
    case = Case(
        paper,
        book if checked else None,
        None,
        values,
        year,
        people=tuple(_people(book.form)) if checked else (),
        active=tuple(_active(data, path)),
        changes=signoff.changes(record, paper),
        broken_seals=told,
    )
    case.numbers = Numbers(book, sentences.texts(case), figures)
    layout = checked.layout if checked else catalog.find(key) or catalog.in_force(year)
    result = run.run(case, book, figures, layout, only=only)
    still_open, accepted = _accepted(result.findings, checked, record)
    signed = tuple(Signed(one, signoff.differing(record, one, paper)) for one in record.signatures)
    note = _note(named, compared=checked is not None, traced=traced is not None)
    shown = place.name if place is not None else named
    return Examined(
        path, shown, checked is not None, note, layout, year, still_open, result.skipped, accepted, result.crashes,
        case, signed,
    )  # fmt: skip


def _paper(document: Document, path: Path) -> Paper:
    try:
        return read(document)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"{path.name}: terlalu dalam tersusun. {WORD.save_as}") from error
    except MemoryError:
        raise UnreadableError(f"{path.name}: terlalu besar untuk memori komputer ini.") from None


def _trace(data: bytes) -> trace.Trace | None:
    """What the document says of its origin; None of one that was made elsewhere."""
    try:
        return trace.read(data)
    except UnreadableError:
        return None


def _beside(folder: Path, name: str) -> Path | None:
    """The workbook that a document names, if it is a file in the document's folder."""
    found = open_inside(folder, name) if name else ""
    if isinstance(found, str):
        return None
    found.close()
    return folder / name


def _note(named: str, *, compared: bool, traced: bool) -> str:
    if compared:
        return ""
    what = "Angkanya tidak dicocokkan dengan workbook"
    if traced:
        return f"{what}: {named or 'workbook asalnya'} tidak ada di samping dokumen; sebutkan dengan --workbook."
    return f"{what}: dokumen ini tidak mencatat asalnya. Bila ada workbooknya, sebutkan dengan --workbook."


def _matched(traced: trace.Trace, checked: pipeline.Checked | None) -> list[Matched]:
    if checked is None:
        return [Matched(item, None, None) for item in traced.items]
    return match(traced.items, trace.read(pipeline.document(checked).data).items)


def _values(paper: Paper, matched: Sequence[Matched]) -> Iterator[Value]:
    """The values of a document with their places; what is gone is said to be near the one before it."""
    by_mark: dict[str, Block] = {}
    cells: dict[tuple[int, int, int], Block] = {}
    for block in paper.blocks:
        for mark in block.marks:
            by_mark.setdefault(mark.name, block)
        if block.grid >= 0:
            cells[block.grid, block.row, block.column] = block
    near = Spot("Seluruh dokumen")
    for each in matched:
        item = each.item
        place = by_mark.get(item.bookmark)
        if place is not None and item.column is not None and place.grid >= 0:
            place = cells.get((place.grid, place.row, item.column), place)
        near = place.spot if place is not None else near
        now = None if item.state is State.GONE else item.now
        same = item.kind == "nilai" and item.state is State.SAME
        inserted = now if same else None if item.cut else item.inserted
        yield Value(
            kind=item.kind,
            spot=near,
            block=place if now is not None else None,
            field=item.field,
            sources=_cells(each.sources or item.sources),
            how=item.how,
            inserted=inserted,
            now=now,
            expected=now if same and each.agrees else each.workbook,
            touched=item.state in {State.CHANGED, State.UNSURE},
            bookmark=item.bookmark,
            outdated=each.agrees is False,
            begins=item.inserted,
        )


def _cells(sources: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(Cell(*split(source)) for source in sources)


def _own(path: Path, paper: Paper) -> tuple[Book, Figures]:
    """What a document says of itself, as a workbook with nothing but the year and the period of the Renstra."""
    year = paper.year()
    values: dict[str, Decimal] = {} if year is None else {"tahun": Decimal(year)}
    for block in paper.report if year is not None else ():
        for match_ in _PERIOD.finditer(block.text):
            start, end = int(match_[1]), int(match_[2])
            if 3 <= end - start <= 5 and start <= (year or 0) <= end and "awal_renstra" not in values:
                values |= {"awal_renstra": Decimal(start), "akhir_renstra": Decimal(end)}
    spec = BY_KEY["instansi"]
    book = Book(path, (), {}, Form(spec, spec.name, dict(values), {}))
    return book, compute(book)


def _people(form: Form | None) -> Iterator[tuple[str, Cell]]:
    for key in ("kepala", "atasan"):
        if form is not None and form.text(key):
            yield form.text(key), form.cell(key)


def _active(data: bytes, path: Path) -> Iterator[tuple[str, str]]:
    """What runs or fetches something, each with how it is taken out; nothing of it is run here."""
    with ooxml.open_word(data, str(path), allowed=limits.DOCUMENT) as package:
        try:
            yield from ((str(each), each.fix) for each in word.foreign(package, ooxml.built(package)))
        except UnreadableError as error:
            yield f"bagian yang rusak ({error})", "Buka di Word, simpan sebagai .docx baru, lalu periksa lagi."


def _accepted(
    findings: Sequence[Finding], checked: pipeline.Checked | None, record: Record
) -> tuple[tuple[Finding, ...], tuple[Accepted, ...]]:
    """Those that stay open, and those that the workbook or the last person who signed accepts, with the reason."""
    known: Mapping[tuple[str, str], Accepted] = {
        (each.finding.code, each.finding.message): each for each in (checked.accepted if checked else ())
    }
    signed = {
        (each.code, each.place, each.message): (each.reason, one.name)
        for one in record.signatures
        for each in one.accepted
    }
    still_open: list[Finding] = []
    accepted: list[Accepted] = []
    for each in findings:
        by_sheet = known.get((each.code, each.message))
        by_person = signed.get((each.code, str(each.cell), each.message))
        if by_sheet is not None:
            accepted.append(Accepted(each, by_sheet.reason, by_sheet.cell))
        elif by_person is not None:
            accepted.append(Accepted(each, by_person[0], Cell(by_person[1])))
        else:
            still_open.append(each)
    return tuple(still_open), tuple(accepted)


def _record(path: Path, document: Document) -> tuple[Record, tuple[str, ...]]:
    """The record of a document, and what is wrong with it: the one inside, or beside it, whichever knows more."""
    told: list[str] = []
    try:
        own = signoff.inside(document)
    except ValueError:
        own = None
        told.append("Catatan di dalam dokumen rusak.")
    place = signoff.beside(path)
    lying = read_inside(path.parent, place.name, _LARGEST_RECORD)
    other: Record | None = None
    if isinstance(lying, bytes):
        try:
            other = signoff.parsed(lying)
        except ValueError:
            told.append(f"Berkas {place.name} rusak.")
    if own is None and other is not None:
        told.append(f"Catatan di dalam dokumen tidak ada lagi; yang dipakai {place.name}.")
    elif own is not None and other is not None and own != other:
        told.append(f"Catatan di dalam dokumen berbeda dengan {place.name}; yang dipakai yang lebih panjang.")
    known = [each for each in (own, other) if each is not None]
    return max(known, key=lambda each: len(each.signatures), default=Record()), tuple(told)


class NotSealedError(Exception):
    """A document has errors that nobody accepted; ``examined`` holds them."""

    def __init__(self, examined: Examined) -> None:
        super().__init__("errors are open")
        self.examined = examined


_OF_SEALS = ("DOK-018", "DOK-019", "DOK-020")


def seal(
    path: Path,
    *,
    by: str,
    role: str,
    date: dt.date,
    accept: Mapping[str, str] | None = None,
    workbook: Path | None = None,
) -> tuple[Record, Examined]:
    """Record that a person reviewed a document as it is.

    Errors must have been accepted: ``accept`` holds a reason for each code. What changed since an earlier review is
    no hindrance, since it is what is reviewed now.

    Raises:
        UnreadableError: the document cannot be read.
        NotSealedError: errors are open.
        OutputError: the document or the record cannot be written.
    """
    examined = examine(path, workbook=workbook)
    reasons = dict(accept or {})
    waiting = [each for each in examined.findings if each.code not in _OF_SEALS]
    if any(each.severity is Severity.ERROR and each.code not in reasons for each in waiting):
        raise NotSealedError(examined)
    accepted = [
        *(
            Acceptance(each.code, str(each.cell), each.message, reasons[each.code])
            for each in waiting
            if each.code in reasons
        ),
        *(
            Acceptance(each.finding.code, str(each.finding.cell), each.finding.message, each.reason)
            for each in examined.accepted
        ),
    ]
    document = open_document(ooxml.read_word(path, allowed=limits.DOCUMENT), str(path), allowed=limits.DOCUMENT)
    before, _ = _record(path, document)
    record = before.signed(examined.case.paper, Signature(by, role, date.isoformat(), tuple(accepted)))
    write_whole(signoff.put_inside(document, record), path)
    write_whole(record.as_text().encode(), signoff.beside(path))
    return record, examined
