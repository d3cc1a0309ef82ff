"""What surrounds the making of a report: the blank workbook, the Word templates, tracing a document back."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

from lakip_xlsx import pipeline
from lakip_xlsx.carry.forward import Carried, carry
from lakip_xlsx.errors import OutputError
from lakip_xlsx.excel.blank import blank_data
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import WorkbookData
from lakip_xlsx.files import is_folder, must_be_place, write_whole
from lakip_xlsx.finding import Finding
from lakip_xlsx.guard.path import open_inside
from lakip_xlsx.layouts import catalog
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.report import example
from lakip_xlsx.word.fill import template_check
from lakip_xlsx.word.follow import trace
from lakip_xlsx.word.follow.trace_match import Matched, match


@dataclass(frozen=True, slots=True)
class Retraced:
    """A document's trace, held against its workbook where that is there."""

    matched: tuple[Matched, ...]
    workbook: str  # the file name that the document names, or the one that was compared with
    compared: bool
    note: str  # why it was not compared; empty otherwise


def retrace(document_path: Path, *, workbook: Path | None = None, template: Path | None = None) -> Retraced:
    """Where every value of a document came from, what became of it, and what the workbook says now.

    Without ``workbook`` the one that the document names is looked for beside the document.

    Raises:
        UnreadableError: the document has no trace, or the given workbook or template cannot be read.
    """
    found = trace.read(document_path)
    named = Path(found.origin.workbook).name
    beside = document_path.parent / named
    place = workbook or (beside if _is_beside(document_path.parent, named) else None)
    if place is None:
        note = f"Workbook {named or 'asalnya'} tidak ada di samping dokumen; sebutkan dengan --workbook."
        return Retraced(tuple(Matched(item, None, None) for item in found.items), named, compared=False, note=note)
    made = pipeline.document(pipeline.check(place, layout=catalog.find(found.origin.layout)), template=template)
    note = ""
    if found.origin.template and template is None:
        note = f"Dokumen ini dibuat dengan templat {found.origin.template}; sebutkan dengan --template."
    matched = match(found.items, trace.read(made.data).items)
    return Retraced(tuple(matched), place.name, compared=True, note=note)


def _is_beside(folder: Path, name: str) -> bool:
    """Whether the workbook that a document names is a file in the document's folder."""
    found = open_inside(folder, name)
    if isinstance(found, str):
        return False
    found.close()
    return True


def export_template(layout: Layout, target: Path, *, force: bool = False) -> Path:
    """Copy the shipped Word template of a layout, to be changed in Word.

    Raises:
        UnreadableError: the installation is incomplete.
        OutputError: there is a file of that name and ``force`` is not given, or it cannot be written.
    """
    place = target / f"templat-{layout.key}.docx" if is_folder(target) else target
    must_be_place(place)
    if place.exists() and not force:
        raise OutputError(f"{place} sudah ada dan tidak ditimpa. Pakai nama lain, atau tambahkan --force.")
    write_whole(pipeline.template_path(layout).read_bytes(), place)
    return place


def check_template(path: Path, layout: Layout | None = None) -> tuple[Layout, tuple[Finding, ...]]:
    """The layout that a template is for (the best fitting one, if none is named) and all findings on it.

    Raises:
        UnreadableError: it cannot be opened, or is no Word document.
    """
    chosen = layout or template_check.best_layout(path, catalog.LAYOUTS)
    return chosen, template_check.check(path, chosen, example.content(chosen))


def next_workbook(path: Path, source: Path, *, year: int | None = None, name: str = "") -> Carried:
    """Write the workbook of the next year from last year's, or the same year's anew; never over a file that is there.

    ``name`` is how people call the source, where its file has another name: the new workbook tells it as its origin.

    Raises:
        UnreadableError: ``source`` cannot be read.
        NotCarriedError: it names no year, or ``year`` is neither its own nor the next.
        OutputError: there is a file of that name, or it cannot be written.
    """
    _must_be_free(path)
    book = read_workbook(source)
    carried = carry(replace(book, path=source.with_name(name)) if name else book, year)
    _write(path, carried.data, carried.layout)
    return carried


def new_workbook(path: Path, *, layout: Layout | None = None, year: int | None = None, name: str = "") -> Path:
    """Write a blank workbook; never over a file that is there.

    Raises:
        OutputError: there is a file of that name, or it cannot be written.
    """
    _must_be_free(path)
    chosen = layout or catalog.in_force(year)
    _write(path, blank_data(chosen, year=year, name=name), chosen)
    return path


def _must_be_free(path: Path) -> None:
    must_be_place(path)
    if path.exists():
        raise OutputError(f"{path} sudah ada dan tidak ditimpa. Pakai nama lain.")


def _write(path: Path, data: WorkbookData, layout: Layout) -> None:
    buffer = io.BytesIO()
    write_workbook(buffer, data, layout=layout)
    write_whole(buffer.getvalue(), path)
