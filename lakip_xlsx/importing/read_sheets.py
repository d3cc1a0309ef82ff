"""Foreign tables out of Excel and CSV.

A workbook goes through the same guarded reader as every other one: ``pandas.read_excel`` would show an error cell or
a formula without a result as an empty cell, and an empty cell is no amount. CSV is read by pandas, every field as the
text that it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from decimal import InvalidOperation
from pathlib import Path
from typing import Final

import pandas as pd

from lakip_xlsx import numbers
from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.cells import read_listing
from lakip_xlsx.excel.raw import RawCell
from lakip_xlsx.excel.values import convert
from lakip_xlsx.guard import limits, sniff
from lakip_xlsx.guard.package import open_package
from lakip_xlsx.guard.sniff import Kind
from lakip_xlsx.importing.grid import Content, Grid, Medium, Odd, Source
from lakip_xlsx.workbook.spec import Kind as Column

CSV: Final = Kind(
    name="berkas CSV",
    suffix=".csv",
    program="Excel",
    save_as="Buka di Excel, pilih Simpan Sebagai, jenis CSV UTF-8.",
    main="",
    inner=(".csv", ".txt"),
)
_SEPARATORS = ";\t,|"
_LOOKED_AT = 200  # lines by which the separator is known
_STEP = 2  # blanks at the beginning of a text that are one step of indentation
_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LONG = 120  # characters of a title


def read_excel(path: Path) -> Source:
    """All visible sheets of a workbook.

    Raises:
        UnreadableError: it is no workbook, damaged, or beyond the limits.
    """
    found = Source(path.name, Medium.EXCEL, [])
    with open_package(path) as package:
        raw = read_listing(package)
        for entry in raw.entries:
            sheet = raw.sheet(entry)
            rows = {
                number: contents
                for number, cells in sorted(sheet.rows.items())
                if number not in sheet.hidden_rows and (contents := dict(_contents(cells, date1904=raw.date1904)))
            }
            hidden = sum(number in sheet.hidden_rows for number in sheet.rows)
            if entry.hidden and rows:
                found.notes.append(f"lembar {entry.name!r} tersembunyi, jadi tidak dibaca")
            elif rows:
                part = f"lembar {entry.name}"
                found.grids.append(Grid(path.name, part, Medium.EXCEL, rows, sheet.merges, partial=hidden > 0))
                if hidden:
                    found.notes.append(f"lembar {entry.name!r}: {hidden} baris tersembunyi tidak dibaca")
    return found


def _contents(cells: dict[int, RawCell], *, date1904: bool) -> Iterator[tuple[int, Content]]:
    for column, cell in cells.items():
        content = _content(cell, date1904=date1904)
        if content is not None:
            yield column, content


def _content(cell: RawCell, *, date1904: bool) -> Content | None:
    if not cell.calculated:
        return Content(Odd("rumus yang belum dihitung"))
    if cell.kind == "e":
        return Content(Odd(f"galat {cell.text}"))
    if cell.kind == "n" and not cell.look.date:
        try:
            number = numbers.from_excel(cell.text)
        except InvalidOperation:
            return Content(Odd(f"isi {cell.text[:30]!r}"))
        if not numbers.is_exact(number):
            return Content(Odd("angka lebih dari 15 digit, digit akhirnya sudah hilang"))
        percent = cell.look.percent
        return Content(numbers.plain(number * numbers.HUNDRED) if percent else number, percent, cell.look.indent)
    value = convert(cell, Column.LONG_TEXT, date1904=date1904).value
    if not isinstance(value, str):
        return None
    return Content(value, indent=cell.look.indent or _steps(cell.text))


def _steps(text: str) -> int:
    """How far a text is moved to the right by blanks in front of it."""
    blanks = len(text) - len(text.lstrip(" \u00a0"))
    return (blanks + _STEP - 1) // _STEP


def read_csv(path: Path) -> Source:
    """A CSV file, whatever its separator and its encoding.

    Raises:
        UnreadableError: it is no text, not a table, or beyond the limits.
    """
    allowed = limits.current()
    try:
        with sniff.look(path, allowed, CSV) as stream:
            data = stream.read()
    except OSError as error:
        raise UnreadableError(f"{path}: tidak dapat dibaca. {sniff.AGAIN}") from error
    text = _decoded(data, path)
    hint = _HINT.match(text)
    text = text[hint.end() :] if hint else text
    separator = hint[1] if hint else _separator(text)
    try:
        widest = max((len(fields) for fields in csv.reader(io.StringIO(text), delimiter=separator)), default=1)
    except csv.Error as error:
        raise UnreadableError(f"{path.name}: isinya bukan tabel CSV yang utuh. {CSV.save_as}") from error
    if widest * text.count("\n") > 4 * allowed.cells:
        raise UnreadableError(f"{path.name}: terlalu banyak sel untuk satu berkas CSV. {sniff.RELAX}")
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=separator,
            engine="c",
            header=None,
            names=range(1, widest + 1),
            dtype=object,
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
            index_col=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError, csv.Error) as error:
        raise UnreadableError(f"{path.name}: isinya bukan tabel CSV yang utuh. {CSV.save_as}") from error
    rows = {
        number: contents
        for number, record in enumerate(frame.itertuples(index=False), start=2 if hint else 1)
        if (contents := dict(_fields(record)))
    }
    return Source(path.name, Medium.CSV, [Grid(path.name, "", Medium.CSV, rows)])


def _fields(record: tuple[object, ...]) -> Iterator[tuple[int, Content]]:
    for column, value in enumerate(record, start=1):
        text = numbers.bare(value) if isinstance(value, str) else ""
        if text:
            yield column, Content(text.removeprefix("'"), indent=_steps(str(value)))


def _decoded(data: bytes, path: Path) -> str:
    """The text of a file; what is neither UTF-8 nor UTF-16 is Windows' own encoding."""
    what = sniff.not_text(data)
    if what:
        raise UnreadableError(f"{path.name}: {what}, bukan {CSV.name}. {CSV.save_as}")
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError(f"{path.name}: huruf-huruf di dalamnya tidak terbaca. {CSV.save_as}")


def _separator(text: str) -> str:
    """The sign that parts the lines into the same number of fields most often; a semicolon before a comma."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    best, score = ",", (0, 0)
    for sign in _SEPARATORS:
        try:
            widths = Counter(len(fields) for fields in csv.reader(lines, delimiter=sign))
        except csv.Error:
            continue
        width, often = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
        if width > 1 and (often, width) > score:
            best, score = sign, (often, width)
    return best
