"""A marked copy of a workbook: findings as colours and notes on the cells, and listed on a first sheet.

The copy is for reading: the original is never touched, and a copy is not marked twice; the mended original is
checked again and marked anew. A workbook that cannot be edited gets a copy that holds the list alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from lakip_xlsx.errors import OutputError
from lakip_xlsx.excel.edit.open import Editable, append_note, cell_at, open_for_editing
from lakip_xlsx.excel.edit.save import Saved, save
from lakip_xlsx.excel.edit.source import NotEditableError
from lakip_xlsx.files import pack, write_whole
from lakip_xlsx.finding import Cell, Finding
from lakip_xlsx.guard.package import open_package
from lakip_xlsx.show.annotate import mark, texts
from lakip_xlsx.show.annotate.sheet_temuan import COLOURS, add_sheet, colour_of, say_lost
from lakip_xlsx.workbook.sheets import TEMUAN

ENDING = ".temuan"
AUTHOR = "lakip-xlsx"
MOST_NOTES = 2_000
"""Notes on one sheet; with more of them Excel becomes slow."""
MOST_CELLS = 100_000
"""Cells that are coloured; each of them costs memory."""

_NO_NOTES = "{} sel tidak mendapat catatan; bacalah temuannya di daftar ini."
_NO_COLOURS = "{} sel tidak diwarnai; bacalah temuannya di daftar ini."
_LIST_ALONE = (
    "Salinan ini hanya memuat daftar temuan: sel workbook tidak diwarnai, karena {}. Agar selnya dapat diwarnai: buka "
    'berkas aslinya di Excel, pilih Simpan Sebagai "Excel Workbook (*.xlsx)", lalu periksa berkas yang baru.'
)
Place = tuple[int, int]  # row and column


def annotate(path: Path, findings: Sequence[Finding], *, name: str = "") -> bytes:
    """A marked copy of the workbook, as the bytes of a file; the same input gives the same bytes.

    ``name`` is how people call the workbook, where its file has another name.

    Raises:
        UnreadableError: the workbook cannot be read.
        OutputError: it is a marked copy itself.
    """
    if mark.is_marked(path):
        raise OutputError(
            f"{path.name}: ini sudah salinan bertanda temuan. Perbaiki dan periksa berkas aslinya, "
            "lalu buat salinan bertanda yang baru dari sana."
        )
    try:
        saved = _marked(open_for_editing(path), name or path.name, findings)
    except NotEditableError as error:
        saved = _listed(name or path.name, findings, _LIST_ALONE.format(error))
    mark.seal(saved.parts)
    return pack(saved.parts)


def write_marked(path: Path, findings: Sequence[Finding], *, name: str = "") -> Path:
    """Write the marked copy of a workbook beside it; returns its place. ``name`` as in :func:`annotate`.

    Raises:
        UnreadableError: the workbook cannot be read.
        OutputError: it is a marked copy itself, the copy cannot be written, or the file of that name is not an
            untouched marked copy.
    """
    data, target = annotate(path, findings, name=name), marked_path(path)
    if target.exists() and not mark.is_untouched(target):
        raise OutputError(
            f"{target} sudah disunting, atau bukan salinan bertanda dari lakip-xlsx, jadi tidak ditimpa. "
            "Pindahkan atau ganti namanya, lalu ulangi."
        )
    write_whole(data, target)
    return target


def marked_path(path: Path) -> Path:
    """Where the marked copy of a workbook goes: beside it, ``nama.temuan.xlsx`` (``.xlsm`` with macros).

    Raises:
        UnreadableError: the workbook cannot be read.
    """
    with open_package(path) as package:
        macros = b"macroenabled" in package.read("[Content_Types].xml").lower()
    return path.with_name(f"{path.stem}{ENDING}{'.xlsm' if macros else '.xlsx'}")


def _marked(editable: Editable, source: str, findings: Sequence[Finding]) -> Saved:
    """The workbook with colours, notes and the list in front.

    Raises:
        NotEditableError: openpyxl cannot do it.
    """
    book = editable.book
    marks = _marks(findings)
    remarks = [_NO_COLOURS.format(marks.beyond)] if marks.beyond else []
    without = sum(_mark_sheet(sheet, marks) for sheet in book.worksheets)
    remarks += [_NO_NOTES.format(without)] if without else []
    for other in book.worksheets:
        other.sheet_view.tabSelected = False
    for page in book.chartsheets:
        for view in page.sheetViews.sheetView:
            view.tabSelected = False
    for window in book.views:
        window.firstSheet = 0
    sheet = add_sheet(book, _free_name(book), source, findings, remarks)
    book.active = 0
    mark.prepare(book)
    return _with_losses(save(editable), sheet)


def _listed(source: str, findings: Sequence[Finding], remark: str) -> Saved:
    """A workbook with the list alone, and why."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = add_sheet(book, TEMUAN[0], source, findings, [remark])
    mark.prepare(book)
    return _with_losses(save(Editable(book)), sheet)


def _with_losses(saved: Saved, sheet: Worksheet) -> Saved:
    say_lost(saved.parts, sheet.path.lstrip("/"), saved.lost)
    return saved


@dataclass(slots=True)
class _Marks:
    """By sheet and place: the weightiest finding, whether it is only related, and all that is about the cell."""

    colours: dict[str, dict[Place, str]] = field(default_factory=dict)
    about: dict[str, dict[Place, list[Finding]]] = field(default_factory=dict)
    beyond: int = 0  # cells that get no colour any more


def _marks(findings: Sequence[Finding]) -> _Marks:
    marks, weights = _Marks(), {each: weight for weight, each in enumerate(COLOURS)}
    best: dict[Cell, tuple[bool, int]] = {}  # what wins where several fall on one cell: the smallest
    for finding in findings:
        for cell in (finding.cell, *finding.related):
            if cell is not None:
                weight = (cell is not finding.cell, weights[colour_of(finding)])
                best[cell] = min(best.get(cell, weight), weight)
        if finding.cell is not None and finding.cell.position != (0, 0):
            marks.about.setdefault(finding.cell.sheet, {}).setdefault(finding.cell.position, []).append(finding)
    colours = list(COLOURS.values())
    ordered = sorted((item for item in best.items() if item[0].position != (0, 0)), key=lambda item: item[1])
    for cell, (related, rank) in ordered[:MOST_CELLS]:
        colour = colours[rank]
        own = marks.colours.setdefault(cell.sheet, {})
        own[cell.position] = colour.related if related else colour.cell
    marks.beyond = max(0, len(ordered) - MOST_CELLS)
    return marks


def _mark_sheet(sheet: Worksheet, marks: _Marks) -> int:
    """Colour the cells of a sheet and put its notes; returns how many cells got a colour only."""
    colours, about = marks.colours.get(sheet.title, {}), marks.about.get(sheet.title, {})
    fills = {colour: PatternFill("solid", fgColor=colour) for colour in set(colours.values())}
    for (row, column), colour in colours.items():
        cell_at(sheet, row, column).fill = fills[colour]
    without = len(about) - min(len(about), MOST_NOTES)
    covered = _covered(sheet) if about else {}
    for place, findings in sorted(about.items())[:MOST_NOTES]:
        cell = sheet.cell(*covered.get(place, place))
        if isinstance(cell, BookCell):
            without += not append_note(cell, texts.note(findings), AUTHOR)
    return without


def _covered(sheet: Worksheet) -> dict[Place, Place]:
    """The cells that a merged range covers, with the one that shows."""
    return {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }


def _free_name(book: Workbook) -> str:
    """The name for the sheet of findings; the office may have a sheet of that name."""
    held = {name.lower() for name in book.sheetnames}
    names = [*TEMUAN, *(f"{TEMUAN[-1]} {number}" for number in range(2, len(held) + 3))]
    return next(name for name in names if name.lower() not in held)
