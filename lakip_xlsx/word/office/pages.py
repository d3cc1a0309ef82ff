"""Page numbers in the table of contents and the other lists, counted by LibreOffice where it is installed.

A copy of the document is laid out and exported as PDF, in which every heading and every page section
is a named destination. The numbers are those of that layout: Word may break a page elsewhere, and
brings them up to date with F9. Without LibreOffice, or when anything is in doubt, no number is written.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence

from docx.document import Document

from lakip_xlsx.errors import LakipError
from lakip_xlsx.word import package
from lakip_xlsx.word.fill import save, toc
from lakip_xlsx.word.fill.compiled import copy_of
from lakip_xlsx.word.fill.textrows import Paper
from lakip_xlsx.word.headings import in_format, style_facts
from lakip_xlsx.word.office.soffice import TIME_LIMIT, as_pdf, find_soffice
from lakip_xlsx.word.xml import BOOKMARK_START, PPR, SECT_PR, Element, P, el, qn

LONGEST = 6_000_000
"""Bytes of the main part of a document that is still laid out for its page numbers: above, it takes minutes."""

_OPTIONS = {"ExportBookmarksToPDFDestination": True}
_SOME_DAY = dt.date(2000, 1, 1)
_FIRST_ID = 900_000_000


class NotNumberedError(LakipError):
    """Why the page numbers could not be counted; the document is good without them."""


def add_page_numbers(paper: Paper, soffice: str | None = None) -> bool:
    """Write page numbers into the table of contents; whether there was something to number, and LibreOffice for it.

    ``soffice`` is LibreOffice's program; by default it is looked for.

    Raises:
        NotNumberedError: LibreOffice is there, but the document is too long for it, or it failed.
    """
    program, document = soffice or find_soffice(), paper.tree
    listings = toc.listings(document, style_facts(document.styles.element))
    bookmarks = list(dict.fromkeys(entry.bookmark for listing in listings for entry in listing))
    if program is None or not bookmarks:
        return False
    working = copy_of(document)
    toc.set_page_numbers(working, listings, dict.fromkeys(bookmarks, "0"))
    sections = _add_marks(working, bookmarks)
    pages = destinations(_lay_out(Paper(working, paper.rows), program))
    wanted = {f"lxh{number}": bookmark for number, bookmark in enumerate(bookmarks)}
    starts = [pages.get(f"lxs{number}") for number in range(len(sections))]
    printed = _printed(starts, sections)
    if printed is None or any(name not in pages for name in wanted):
        raise NotNumberedError("halaman dokumen ini tidak dapat dipastikan")
    numbers = {bookmark: printed(pages[name]) for name, bookmark in wanted.items()}
    toc.set_page_numbers(document, listings, numbers)
    return True


class _Printed:
    """From a page of the PDF (from 1) to the number printed on it."""

    def __init__(self, runs: Sequence[tuple[int, int, str]]) -> None:
        self._runs = runs  # first page of the section, its number, its format

    def __call__(self, page: int) -> str:
        first, number, form = next(run for run in reversed(self._runs) if run[0] <= page)
        return in_format(number + page - first, form)


def _printed(starts: Sequence[int | None], sections: Sequence[Element]) -> _Printed | None:
    """How pages are numbered, from the first page and the settings of every section; None if unknown."""
    runs: list[tuple[int, int, str]] = []
    for start, section in zip(starts, sections, strict=True):
        if start is None or (runs and start < runs[-1][0]):
            return None
        settings = section.find(qn("w:pgNumType"))
        given = None if settings is None else settings.get(qn("w:start"))
        form = "decimal" if settings is None else str(settings.get(qn("w:fmt"), "decimal"))
        number = runs[-1][1] + start - runs[-1][0] if runs else 1
        runs.append((start, int(given) if given is not None and given.isdecimal() else number, form))
    return _Printed(runs) if runs and runs[0][0] == 1 else None


def _add_marks(document: Document, bookmarks: Sequence[str]) -> list[Element]:
    """Give every listed heading and caption and the first paragraph of every section a bookmark with a plain name."""
    body = document.element.body
    known = {bookmark: number for number, bookmark in enumerate(bookmarks)}
    for start in list(body.iter(BOOKMARK_START)):
        number = known.get(str(start.get(qn("w:name"))))
        holder = start.getparent()
        if number is not None and holder is not None:
            _bookmark(holder, f"lxh{number}", _FIRST_ID + number)
    sections: list[Element] = []
    for first, section in _sections(body):
        _bookmark(first, f"lxs{len(sections)}", _FIRST_ID + len(known) + len(sections))
        sections.append(section)
    return sections


def _sections(body: Element) -> Iterator[tuple[Element, Element]]:
    """First paragraph and properties of every page section."""
    first: Element | None = None
    for block in body:
        if first is None:
            first = next(block.iter(P), None)
        section = block if block.tag == SECT_PR else block.find(f"{PPR}/{SECT_PR}")
        if section is not None and first is not None:
            yield first, section
            first = None


def _bookmark(holder: Element, name: str, identity: int) -> None:
    position = 1 if holder.find(PPR) is not None else 0
    holder.insert(position, el("w:bookmarkStart", {"w:id": str(identity), "w:name": name}))
    holder.insert(position + 1, el("w:bookmarkEnd", {"w:id": str(identity)}))


def _lay_out(paper: Paper, program: str) -> bytes:
    """The document as PDF.

    Raises:
        NotNumberedError: it is too long, or LibreOffice fails or takes too long.
    """
    properties = package.Properties(title="", subject="", author="", date=_SOME_DAY)
    document = save.serialise(paper, properties, imprinted=False)
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        size = parts.getinfo("word/document.xml").file_size
    if size > LONGEST:
        raise NotNumberedError(f"dokumennya terlalu panjang ({size / 1e6:.1f} juta huruf isi)".replace(".", ","))
    pdf = as_pdf(document, program, _OPTIONS)
    if pdf is None:
        raise NotNumberedError(f"LibreOffice gagal atau tidak selesai dalam {TIME_LIMIT} detik")
    return pdf


def destinations(pdf: bytes) -> dict[str, int]:
    """Named destinations of a PDF by LibreOffice → page (from 1); empty when it is built otherwise."""
    pages = {number: at for at, number in enumerate(_page_objects(pdf), 1)}
    reference = re.search(rb"/Dests (\d+) 0 R", pdf)
    if reference is None:
        return {}
    listed = _object(pdf, reference[1])
    found = re.findall(rb"/([A-Za-z0-9]+)\[(\d+) 0 R", listed)
    return {name.decode(): pages[number] for name, number in found if number in pages}


def page_count(pdf: bytes) -> int:
    """The pages of a PDF by LibreOffice; 0 when it is built otherwise."""
    return len(_page_objects(pdf))


def _page_objects(pdf: bytes) -> list[bytes]:
    catalog = re.search(rb"/Type/Catalog/Pages (\d+) 0 R", pdf)
    if catalog is None:
        return []
    kids = re.search(rb"/Kids\[(.*?)\]", _object(pdf, catalog[1]), re.DOTALL)
    return [] if kids is None else re.findall(rb"(\d+) 0 R", kids[1])


def _object(pdf: bytes, number: bytes) -> bytes:
    found = re.search(rb"(?:^|[\r\n])" + number + rb" 0 obj\b(.*?)endobj", pdf, re.DOTALL)
    return b"" if found is None else found[1]
