"""A workbook that an office already has, opened to be edited with openpyxl.

Only here and in what uses it is openpyxl loaded. Blank workbooks are written by :mod:`lakip_xlsx.excel.write`,
since openpyxl cannot write a formula together with its result.
"""

from __future__ import annotations

import io
import math
import warnings
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments import Comment
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.styleable import StyleableObject
from openpyxl.worksheet.worksheet import Worksheet

from lakip_xlsx.excel.edit.lost import inventory, names_of
from lakip_xlsx.excel.edit.source import NotEditableError, Result, Source, read_source
from lakip_xlsx.guard.package import open_package

_THREADED = "tc="
_STYLE = "_style"  # the stubs of openpyxl hide it
_CONVERSATION = "Percakapan"
_NOTE_WIDTH, _NOTE_HEIGHT = 320, 600  # pixels: its width, and the most it may be high
MOST_NOTE = 32_000
"""Characters that a note can hold."""
_LETTERS, _LINE = 46, 17  # letters in a line of that width; pixels


@dataclass(slots=True)
class Formula:
    """A formula as it was read, with its stored result. Who writes another one into the cell drops the result."""

    value: object
    result: Result


@dataclass(slots=True)
class Editable:
    """A workbook open for editing."""

    book: Workbook
    kept: dict[str, dict[str, bytes]] = field(default_factory=dict)  # by sheet: elements to put back
    formulas: dict[str, dict[str, Formula]] = field(default_factory=dict)  # by sheet and address
    properties: dict[str, bytes] = field(default_factory=dict)
    before: Counter[str] = field(default_factory=Counter)
    names: frozenset[tuple[str, str]] = frozenset()
    lost: list[str] = field(default_factory=list)  # while it was opened, in plain words

    @property
    def macros(self) -> bool:
        """Whether the file holds macros, which stay in it and are never run."""
        return self.book.vba_archive is not None


def open_for_editing(path: Path) -> Editable:
    """Open a workbook behind the guard of the reader.

    Numbers, dates among them, stay as they are stored; the properties of the file are not for editing.

    Raises:
        UnreadableError: it is no workbook, or damaged.
        NotEditableError: it can be read, but not edited: too large, or in a form that openpyxl refuses.
    """
    with open_package(path) as package:
        source = read_source(package)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = _Reader(_packed(source.parts), keep_vba=source.macros, rich_text=True)
            reader.read()
            return _editable(reader, source)
    except NotEditableError:
        raise
    except Exception as error:  # openpyxl raises nearly every kind on files that Excel opens
        raise NotEditableError("bentuk isinya tidak dikenal oleh penyunting workbook") from error


class _Reader(ExcelReader):
    """Reads dates as the numbers that they are stored as: as dates they would be rounded, or become #VALUE!."""

    def read_worksheets(self) -> None:
        vars(self.wb).update(_date_formats=set(), _timedelta_formats=set())
        super().read_worksheets()


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target


def _editable(reader: _Reader, source: Source) -> Editable:
    book: Workbook = reader.wb
    if [sheet.title for sheet in book.worksheets] != list(source.sheets):
        raise NotEditableError("daftar lembarnya tidak dikenal oleh penyunting workbook (misalnya bentuk Strict)")
    book.template = False  # the copy of a template is a workbook
    before = inventory(source.parts)
    editable = Editable(book, properties=source.properties, before=before, names=names_of(source.parts))
    notes = covered = 0
    for sheet in book.worksheets:
        said = source.sheets[sheet.title]
        editable.kept[sheet.title] = said.kept
        for reference, number in said.numbers.items():
            cell = sheet[reference]
            if isinstance(cell, Cell):
                cell.value = number
                cell.data_type = "n"
        editable.formulas[sheet.title] = {
            reference: Formula(sheet[reference].value, _plain(result, reader.shared_strings))
            for reference, result in said.results.items()
        }
        covered += said.filled
        for cell in sheet._cells.values():
            covered -= cell.value is not None
            book.iso_dates |= cell.data_type == "d"
            if isinstance(cell, Cell) and cell.comment is not None:
                notes += 1
                author = cell.comment.author or ""
                cell.comment = note(cell.comment.text, _CONVERSATION if author.startswith(_THREADED) else author)
    under = ((covered, "isi"), (before["comment"] - notes, "catatan"))
    editable.lost += [f"{number} {what} sel yang tertutup sel gabungan" for number, what in under if number > 0]
    return editable


def _plain(result: Result, strings: Sequence[str | CellRichText]) -> Result:
    """A result that stands among the shared strings as a text of its own."""
    return Result("str", str(strings[int(result.text)])) if result.kind == "s" else result


def note(text: str, author: str) -> Comment:
    """A note on a cell in a box that fits its text: openpyxl knows no sizes of notes that are there."""
    lines = sum(max(1, math.ceil(len(line) / _LETTERS)) for line in text.split("\n"))
    return Comment(text, author, height=min(_LINE * (lines + 1), _NOTE_HEIGHT), width=_NOTE_WIDTH)


def wear(cell: StyleableObject, model: StyleableObject | StyleArray) -> StyleArray:
    """Give a cell the whole format of another cell, row or column of its workbook, which is much faster than piecewise.

    openpyxl changes a format in place, so the cell gets one of its own.
    """
    style = StyleArray(model if isinstance(model, StyleArray) else getattr(model, _STYLE))
    setattr(cell, _STYLE, style)
    return style


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell | MergedCell:
    """A cell; one that is not there yet looks like its row or its column. A column may stand for those after it."""
    is_new = (row, column) not in sheet._cells
    cell = sheet.cell(row, column)
    if is_new:
        line = sheet.row_dimensions.get(row)
        columns = (each for each in sheet.column_dimensions.values() if (each.min or 0) <= column <= (each.max or 0))
        model = line if line is not None and line.has_style else next((one for one in columns if one.has_style), None)
        if model is not None:
            wear(cell, model)
    return cell


def append_note(cell: Cell, told: str, author: str) -> bool:
    """Put a note on a cell, below the one that is there; False where there is no room for it."""
    if cell.comment is not None:
        told, author = f"{cell.comment.text}\n\n{told}", cell.comment.author or ""
    if len(told) > MOST_NOTE:
        return False
    cell.comment = note(told, author)
    return True
