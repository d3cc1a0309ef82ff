"""Filling cells of a workbook that an office has: a value with a note that says where it came from, and nothing else.

Formats, drop-downs, notes and formulas stay. A cell that holds a formula, or that a merged range covers, is never
written into. What the standard formulas give with the new values stands in the file, and Excel calculates all of
them once more when it opens it. The file as it was stays beside it, whole.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.styles import PatternFill

from lakip_xlsx.errors import OutputError, UnreadableError
from lakip_xlsx.excel.edit.open import Editable, append_note, cell_at, open_for_editing
from lakip_xlsx.excel.edit.results import calculate_anew
from lakip_xlsx.excel.edit.save import save
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.files import must_be_place, pack, write_whole
from lakip_xlsx.finding import Cell
from lakip_xlsx.guard import limits, sniff
from lakip_xlsx.numbers import HUNDRED, plain

AUTHOR = "lakip-xlsx"
COPY = "cadangan"
"""Stands in the name of the copy of the file as it was: ``lakip.cadangan.xlsx``, ``lakip.cadangan-2.xlsx``."""
PROPOSAL = "FFFFFF00"
LONGEST = 32_767
"""Characters that a cell of Excel can hold."""

_SHORT = 30  # characters that stand on one line of any column
_MOST_NOTES = 2_000  # on one sheet; with more of them Excel becomes slow, and each row gets one for all its cells
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_PERCENT, _PLAIN = "0.00%", "General"


@dataclass(frozen=True, slots=True)
class Filling:
    """What is to stand in a cell: a number, a text, a date, or nothing (None).

    ``percent`` says that the number is in percent points and is stored as a ratio with a percent format.
    ``source`` becomes a note on the cell. ``proposal`` colours the cell yellow: a person has to look at it.
    """

    cell: Cell
    value: Decimal | str | dt.date | None
    source: str = ""
    percent: bool = False
    proposal: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled workbook as the bytes of a file, and what has to be told about it.

    ``refused`` are the cells that were left as they are: formulas, covered cells, sheets that are not there,
    texts that no cell can hold. ``lost`` is what openpyxl could not keep, in plain words. ``waiting`` formulas have
    no result before Excel opens the file: they are the office's own, and count with what was filled.
    """

    data: bytes
    refused: tuple[Cell, ...] = ()
    lost: tuple[str, ...] = ()
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """A workbook that was filled in its place, and the copy of it as it was."""

    filled: Filled
    copy: Path


def fill(path: Path, fillings: Sequence[Filling]) -> Filled:
    """The workbook with these cells filled; the same input gives the same bytes.

    Raises:
        UnreadableError: it is no workbook of ours, damaged, or cannot be edited (``NotEditableError``).
    """
    book = read_workbook(path)
    editable = open_for_editing(path)
    refused = [filling.cell for filling in fillings if not _write(editable, filling)]
    done = [filling for filling in fillings if filling.cell not in set(refused)]
    _note(editable, done)
    waiting = calculate_anew(editable, book, frozenset(filling.cell.sheet for filling in done))
    saved = save(editable)
    return Filled(pack(saved.parts), tuple(refused), saved.lost, waiting)


def write_filled(path: Path, fillings: Sequence[Filling]) -> Written:
    """Fill a workbook in its place; beside it stays a whole copy of the file as it was.

    Raises:
        UnreadableError: as :func:`fill`.
        OutputError: the copy or the workbook cannot be written; the workbook is then as it was.
    """
    must_be_place(path)
    filled = fill(path, fillings)
    try:
        with sniff.look(path, limits.current()) as stream:
            before = stream.read()
    except OSError as error:
        raise UnreadableError(f"{path}: tidak dapat dibaca. {sniff.AGAIN}") from error
    copy = copy_path(path)
    write_whole(before, copy)
    write_whole(filled.data, path)
    return Written(filled, copy)


def copy_path(path: Path) -> Path:
    """Where the next copy of a workbook as it was goes: a name that no file has.

    Raises:
        OutputError: there are a thousand copies already.
    """
    for number in range(1, 1_000):
        place = path.with_name(f"{path.stem}.{COPY}{f'-{number}' if number > 1 else ''}{path.suffix}")
        if not place.exists():
            return place
    raise OutputError(f"{path.name}: sudah ada seribu salinan {COPY} di folder ini. Pindahkan yang lama.")


def _write(editable: Editable, filling: Filling) -> bool:
    """Write one value; False where the cell may not be written into."""
    row, column = filling.cell.position
    if filling.cell.sheet not in editable.book.sheetnames or not row:
        return False
    cell = cell_at(editable.book[filling.cell.sheet], row, column)
    if not isinstance(cell, BookCell) or cell.data_type == "f":
        return False
    value = filling.value
    if isinstance(value, str):
        text = _ESCAPED.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", value))
        if len(text) > LONGEST:
            return False
        cell.value = text
        cell.data_type = "s"  # never a formula, whatever it begins with
        if len(text) > _SHORT:
            editable.book[filling.cell.sheet].row_dimensions[row].height = None  # as high as the text needs
    elif isinstance(value, Decimal):
        is_percent = "%" in cell.number_format
        if filling.percent and not is_percent:
            cell.number_format = _PERCENT
        elif is_percent and not filling.percent:
            cell.number_format = _PLAIN
        cell.value = f"{plain(value / HUNDRED if filling.percent else value):f}"
        cell.data_type = "n"  # written digit for digit: as a float it would be rounded
    else:
        cell.value = value
    if filling.proposal:
        cell.fill = PatternFill("solid", fgColor=PROPOSAL)
    return True


def _note(editable: Editable, fillings: Sequence[Filling]) -> None:
    """Put the sources as notes on their cells; of very many on one sheet, one for each row."""
    many = Counter(filling.cell.sheet for filling in fillings if filling.source)
    rows: dict[tuple[str, int], dict[str, str]] = {}
    for filling in fillings:
        if not filling.source:
            continue
        sheet, (row, _) = filling.cell.sheet, filling.cell.position
        if many[sheet] > _MOST_NOTES:
            rows.setdefault((sheet, row), {})[filling.cell.ref] = filling.source
            continue
        _add(editable, filling.cell, filling.source)
    for (sheet, _), sources in rows.items():
        told = "\n".join(f"{ref}: {source}" for ref, source in sources.items())
        _add(editable, Cell(sheet, next(iter(sources))), told)


def _add(editable: Editable, place: Cell, told: str) -> None:
    cell = editable.book[place.sheet][place.ref]
    if isinstance(cell, BookCell):
        append_note(cell, told, AUTHOR)
