"""Tables out of a PDF, as far as they have ruled lines.

Nothing in a PDF says what a table is, so its values are only ever proposed: they are marked for a person to confirm.
A scan holds no text at all, and is refused.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from lakip_xlsx.errors import LakipError, UnreadableError
from lakip_xlsx.guard import limits, sniff
from lakip_xlsx.guard.sniff import Kind
from lakip_xlsx.guard.work import WorkLimits, limited
from lakip_xlsx.importing.grid import Content, Grid, Medium, Source
from lakip_xlsx.numbers import squeeze

PDF: Final = Kind(
    name="PDF",
    suffix=".pdf",
    program="pembaca PDF",
    save_as="Minta berkas Excel atau Word aslinya.",
    main="",
    inner=(".pdf",),
)
_PAGES = 300
_SECONDS = 120.0
_LETTERS = 20  # on a page; fewer are a stamp or a page number on a picture
_MISSING = (
    "{}: membaca PDF memerlukan tambahan yang belum dipasang (pip install 'lakip-xlsx[pdf]'). "
    "Lebih baik pakai berkas Excel atau Word aslinya."
)


def read_pdf(path: Path) -> Source:
    """The ruled tables of a PDF, those that go on over pages as one.

    Raises:
        UnreadableError: it is no PDF, damaged, locked, a scan, or what reads it is not installed.
        LimitError: it takes too long.
    """
    try:
        with sniff.look(path, limits.current(), PDF) as stream:
            if not stream.peek(5).startswith(b"%PDF"):
                raise UnreadableError(f"{path.name}: isinya bukan PDF. {PDF.save_as}")
            try:
                plumber: Any = import_module("pdfplumber")
            except ModuleNotFoundError as error:
                raise UnreadableError(_MISSING.format(path.name)) from error
            logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
            with limited(WorkLimits(seconds=_SECONDS), path.name):
                return _read(plumber, stream, path)
    except LakipError:
        raise
    except (Exception, RecursionError) as error:  # pdfminer raises nearly every kind on files that viewers open
        raise UnreadableError(f"{path.name}: PDF ini rusak, terkunci, atau tidak dikenal. {PDF.save_as}") from error


def _read(plumber: Any, stream: Any, path: Path) -> Source:  # noqa: ANN401  loaded when it is needed
    source = Source(path.name, Medium.PDF, [])
    letters = 0
    with plumber.open(stream) as document:
        pages = document.pages[:_PAGES]
        for number, page in enumerate(pages, start=1):
            letters += len(page.chars)
            if number == 1:
                source.title += [squeeze(line) for line in (page.extract_text() or "").splitlines()[:20]]
            for table in page.extract_tables():
                _add(source, table, number)
            page.close()
        if len(document.pages) > _PAGES:
            source.notes.append(f"hanya {_PAGES} halaman pertama yang dibaca")
        if letters < _LETTERS * len(pages):
            raise UnreadableError(f"{path.name}: ini hasil pindai (gambar), tidak memuat teks. {PDF.save_as}")
    source.notes.append("isi PDF hanya usulan: cocokkan tiap sel kuning dengan dokumennya")
    return source


def _add(source: Source, table: Sequence[Sequence[str | None]], page: int) -> None:
    """A table, or what goes on of the one before: as many columns, on the same or the next page."""
    width = max(map(len, table), default=0)
    last = source.grids[-1] if source.grids else None
    wide = max((max(row) for row in last.rows.values()), default=0) if last is not None else 0
    if last is None or wide != width:
        last = Grid(source.file, f"halaman {page}", Medium.PDF, {})
        source.grids.append(last)
    elif not last.part.endswith(f" {page}"):
        last.part = f"{last.part.partition('–')[0]}–{page}"
    at = max(last.rows, default=0)
    for row in table:
        at += 1
        cells = {column: Content(text.strip()) for column, text in enumerate(row, start=1) if text and text.strip()}
        if cells:
            last.rows[at] = cells
