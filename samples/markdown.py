r"""Workbooks as Markdown: readable data for the samples and for the tests.

A sheet is a heading ``## Anggaran`` with one table under it. Its headings are written as they stand, in
their order, so a misspelt heading or a moved column is written misspelt or moved; a sheet that is not there
is not written. Other text is for people and is passed over. A last heading ``...`` stands for all other
columns of the standard sheet: their formulas are there, the rest is empty. The form (Instansi) is a table
``| Isian | Nilai |``; there a line ``| ... | |`` stands for all other lines.

Cells are typed as a clerk types them, and become what Excel makes of it in that column:

===================  ==========================================================================
``1.351.829.790``    a number in a column of numbers; a text in a column of texts
``98,65``            in a (%) column 0,9865 with the percent format; elsewhere the number
``70%``              0,7 with the percent format
``'1.351``           always a text
``#19671011``        always a number, also in a column of codes
``31 Januari 2020``  a date, in the line of a date
``=C6/B6``           a formula that was never calculated
``=C6/B6 -> 0,98``   the same with its last result
``=``                the standard formula with its right result
``#REF!``            an error
``\|``, ``<br>``      a vertical bar, a line break
===================  ==========================================================================

An empty cell is empty, also in a column with a formula. A row whose label column (or first filled cell)
begins with "Jumlah" or "Total" is the printed Jumlah of its table. ``(tidak ada)`` under a sheet's heading
takes the sheet away when the data is laid over other data.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from lakip_xlsx import bahasa, numbers
from lakip_xlsx.excel.write_data import (
    BlankCell,
    CellInput,
    DateCell,
    ErrorCell,
    FormData,
    FormLine,
    FormulaCell,
    NumberCell,
    Row,
    SheetData,
    StandardCell,
    TableData,
    TextCell,
    WorkbookData,
    column_keys,
    find_field,
    find_spec,
    starred,
)
from lakip_xlsx.excel.write_values import ERRORS
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.spec import NUMERIC, Field, Kind, SheetSpec

REST = "..."
REMOVED = "(tidak ada)"

_RULE = re.compile(r":?-+:?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONG_DATE = re.compile(r"([0-9]{1,2}) ([A-Za-z]+) ([0-9]{4})")


class MarkdownError(ValueError):
    """The Markdown says something that cannot become a workbook; the text names file and line."""


@dataclass
class _Section:
    """A sheet's heading with the lines of its table."""

    name: str
    line: int
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    ruled: bool = False  # the line |---|---| under the headings was seen
    removed: bool = False


def read_markdown(path: Path) -> WorkbookData:
    """Read a Markdown file.

    Raises:
        MarkdownError: see :func:`parse_markdown`.
    """
    return parse_markdown(path.read_text(encoding="utf-8"), path.name)


def parse_markdown(text: str, source: str = "markdown") -> WorkbookData:
    """Workbook data from Markdown.

    Raises:
        MarkdownError: a row has too many or too few cells, a sheet stands twice, or ``=`` stands where the
            standard workbook has no formula.
    """
    sheets: list[SheetData] = []
    removed: set[str] = set()
    for section in _sections(text, source):
        if section.removed:
            removed.add(section.name)
            continue
        spec = find_spec(section.name)
        if any(fold(section.name) == fold(sheet.name) for sheet in sheets):
            raise MarkdownError(f"{source}:{section.line}: lembar {section.name} ada dua kali")
        if spec is not None and spec.form:
            sheets.append(_form(section, spec, source))
        else:
            sheets.append(_table(section, spec, source))
    return WorkbookData(tuple(sheets), frozenset(removed))


def _sections(text: str, source: str) -> list[_Section]:
    sections: list[_Section] = []
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("## "):
            sections.append(_Section(stripped[3:].strip(), number))
        elif sections and stripped == REMOVED:
            sections[-1].removed = True
        elif stripped.startswith("|"):
            if not sections:
                raise MarkdownError(f"{source}:{number}: tabel tanpa nama lembar (## Nama) di atasnya")
            cells = _split(stripped)
            section = sections[-1]
            if len(section.rows) == 1 and not section.ruled and all(_RULE.fullmatch(cell) for cell in cells):
                section.ruled = True
            else:
                section.rows.append((number, cells))
    return sections


def _split(line: str) -> list[str]:
    r"""The cells of a table row; ``\|`` is a bar inside a cell."""
    body = line.strip().removeprefix("|")
    body = body[:-1] if body.endswith("|") and not body.endswith("\\|") else body
    parts = re.split(r"(?<!\\)\|", body)
    return [part.strip().replace("\\|", "|").replace("<br>", "\n") for part in parts]


def _table(section: _Section, spec: SheetSpec | None, source: str) -> TableData:
    if not section.rows:
        return TableData(spec.key if spec else "", section.name)
    (_, headings), *body = section.rows
    rest = headings[-1] == REST
    given = headings[:-1] if rest else headings
    if rest and spec is not None:
        known = {found.key for heading in given if (found := find_field(spec, heading))}
        headings = [*given, *(starred(each) for each in spec.fields if each.key not in known and not each.proposal)]
    keys = column_keys(spec, given)
    rows: list[Row] = []
    for number, all_cells in body:
        cells = all_cells[:-1] if rest and len(all_cells) == len(given) + 1 else all_cells
        if len(cells) != len(given):
            raise MarkdownError(f"{source}:{number}: {len(cells)} sel, padahal judulnya {len(given)}")
        total = spec is not None and spec.total is not None and _is_total(cells, keys, spec)
        row = {
            key: _cell(text, declared, f"{source}:{number}", total=_summed(spec, key, total=total))
            for text, (key, declared) in zip(cells, keys, strict=True)
        }
        rows.append(Row(row, total))
    return TableData(spec.key if spec else "", section.name, tuple(rows), tuple(headings))


def _summed(spec: SheetSpec | None, key: str, *, total: bool) -> bool:
    """Whether this cell of a Jumlah row has a sum as its standard formula."""
    return total and spec is not None and spec.total is not None and key in spec.total.fields


def _is_total(cells: list[str], keys: list[tuple[str, Field | None]], spec: SheetSpec) -> bool:
    label = next(
        (cell for cell, (key, _) in zip(cells, keys, strict=True) if spec.total and key == spec.total.label), ""
    )
    first = next((cell for cell in cells if cell), "")
    return any(fold(text).startswith(("jumlah", "total")) for text in (label, first))


def _form(section: _Section, spec: SheetSpec, source: str) -> FormData:
    lines: list[FormLine] = []
    rest = False
    for number, cells in section.rows[1:]:
        if len(cells) != 2:
            raise MarkdownError(f"{source}:{number}: {len(cells)} sel, padahal formulir punya dua: Isian dan Nilai")
        label, text = cells
        if label == REST:
            rest = True
            continue
        declared = find_field(spec, label)
        key = declared.key if declared else ""
        if key in {line.key for line in lines}:
            key = ""
        lines.append(FormLine(key, label, _cell(text, declared, f"{source}:{number}")))
    if rest:
        known = {line.key for line in lines}
        lines += [FormLine(each.key, starred(each)) for each in spec.fields if each.key not in known]
    return FormData(spec.key, section.name, tuple(lines))


def _cell(text: str, declared: Field | None, where: str, *, total: bool = False) -> CellInput:
    """What a clerk's keystrokes become in a column."""
    if not text:
        return BlankCell()
    if text.startswith("'"):
        return TextCell(text[1:])
    if text in ERRORS:
        return ErrorCell(text)
    if text == "=":
        if not total and (declared is None or not declared.computed):
            raise MarkdownError(f"{where}: tidak ada rumus baku di kolom ini")
        return StandardCell()
    if text.startswith("="):
        formula, arrow, result = text.partition(" -> ")
        return FormulaCell(formula.strip(), _result(result.strip()) if arrow else None)
    if text.startswith("#") and (number := _number(text[1:])) is not None:
        return NumberCell(number)
    return _typed(text, declared.kind if declared else Kind.TEXT)


def _typed(text: str, kind: Kind) -> CellInput:
    if kind is Kind.DATE:
        day = _date(text)
        return DateCell(day) if day else TextCell(text)
    if kind not in NUMERIC:
        return TextCell(text)
    percent = text.endswith("%")
    number = _number(text.removesuffix("%").rstrip() if percent else text)
    if number is None:
        return TextCell(text)
    if percent or kind is Kind.PERCENT:
        return NumberCell(number / 100, percent=True)
    return NumberCell(number)


def _number(text: str) -> Decimal | None:
    """The number that an Indonesian Excel takes these keystrokes for; None if it takes them for a text."""
    if text.lower().startswith(("rp", "idr")):
        return None
    match numbers.parse(text):
        case numbers.Number(value=value, unit="", dot=False):
            return value
        case numbers.Ambiguous(readings=(thousands, _)):
            return thousands
        case _:
            return None


def _result(text: str) -> Decimal | str:
    number = _number(text)
    return text if number is None else number


def _date(text: str) -> dt.date | None:
    if _ISO.fullmatch(text):
        return dt.date.fromisoformat(text)
    match = _LONG_DATE.fullmatch(text)
    months = [month.casefold() for month in bahasa.MONTHS]
    if match is None or match[2].casefold() not in months:
        return None
    return dt.date(int(match[3]), months.index(match[2].casefold()) + 1, int(match[1]))
