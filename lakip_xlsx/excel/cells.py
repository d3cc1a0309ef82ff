"""The cells of a workbook, exactly as stored: one streaming pass over each sheet's XML.

Excel's values are read from the XML text itself, so a number never passes through a float, and what
other readers hide is seen: error cells, formulas without a cached value, number formats, hidden rows.
Namespaces are ignored, so that Strict OOXML and transitional files read the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.package import Package
from lakip_xlsx.finding import column_number

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
MAX_CELLS = 3_000_000
MAX_TEXT = 200 * 2**20  # characters over all cells: one long shared string may be used many times
MAX_SHEETS = 256

_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,8})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMAT_NOISE = re.compile(r'"[^"]*"|\\.|\[[^\]]{0,100}\]|_.|\*.')
_BUILTIN_PERCENT = frozenset({9, 10})
_BUILTIN_DATE = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell's number format says about its value."""

    percent: bool = False
    date: bool = False


@dataclass(slots=True)
class RawCell:
    """A stored cell. ``kind`` is one of ``n`` number, ``s`` text, ``b`` boolean, ``e`` error, ``""`` empty."""

    kind: str
    text: str
    look: Look
    formula: str | None = None  # in relative form: the same text is the same formula
    calculated: bool = True


@dataclass(slots=True)
class RawSheet:
    """One sheet as stored: row number → column number → cell. Empty cells are left out."""

    name: str
    hidden: bool
    rows: dict[int, dict[int, RawCell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # row, column, last row, last column


@dataclass(slots=True)
class RawWorkbook:
    """All worksheets of a file."""

    sheets: list[RawSheet]
    date1904: bool


def read_cells(package: Package) -> RawWorkbook:
    """Read every worksheet.

    Raises:
        UnreadableError: a needed part is missing or damaged, a cell address is impossible, or the file
            goes beyond the limits.
    """
    book = _workbook_part(package)
    root = package.xml(book)
    relations = package.relations(book)
    by_type = {kind.rsplit("/", 1)[-1]: target for kind, target in relations.values()}
    strings = _shared_strings(package, by_type.get("sharedStrings"))
    looks = _looks(package, by_type.get("styles"))
    props = root.find("{*}workbookPr")
    date1904 = props is not None and props.get("date1904") in {"1", "true"}
    sheets: list[RawSheet] = []
    budget = _Budget()
    for entry in root.iterfind("{*}sheets/{*}sheet"):
        rel_id = next((value for key, value in entry.attrib.items() if str(key).endswith("}id")), "")
        kind, target = relations.get(str(rel_id), ("", ""))
        if not kind.endswith("/worksheet"):
            continue
        if len(sheets) >= MAX_SHEETS:
            raise UnreadableError(
                f"{package.path.name}: lebih dari {MAX_SHEETS} lembar. Hapus lembar yang tidak perlu."
            )
        sheet = RawSheet(str(entry.get("name", "")), entry.get("state", "visible") != "visible")
        _read_sheet(package, target, sheet, _Context(strings, looks, budget))
        sheets.append(sheet)
    return RawWorkbook(sheets, date1904)


def _workbook_part(package: Package) -> str:
    for kind, target in package.relations("").values():
        if kind.endswith("/officeDocument"):
            return target
    raise UnreadableError(f"{package.path.name}: bukan workbook Excel, atau rusak. Salin atau unduh ulang berkasnya.")


def _shared_strings(package: Package, part: str | None) -> list[str]:
    if part is None or part not in package:
        return []
    return [_string(item) for item in package.xml(part).iterfind("{*}si")]


def _string(item: etree._Element) -> str:
    """The text of a string item: plain, or its rich runs joined; phonetic hints left out."""
    plain = item.find("{*}t")
    if plain is not None:
        return unescape(plain.text or "")
    return unescape("".join(run.text or "" for run in item.iterfind("{*}r/{*}t")))


def unescape(text: str) -> str:
    """Decode Excel's ``_xHHHH_`` escapes; a carriage return becomes an ordinary line break."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _looks(package: Package, part: str | None) -> list[Look]:
    """What each cell style says about its numbers. A damaged style sheet costs only the formats."""
    if part is None or part not in package:
        return []
    root = package.xml(part)
    codes = {entry.get("numFmtId"): str(entry.get("formatCode", "")) for entry in root.iterfind("{*}numFmts/{*}numFmt")}
    return [_look_of(xf.get("numFmtId", "0"), codes) for xf in root.iterfind("{*}cellXfs/{*}xf")]


def _look_of(format_id: str, codes: dict[str | None, str]) -> Look:
    if format_id in codes:
        code = _FORMAT_NOISE.sub("", codes[format_id][:255]).lower()
        return Look("%" in code, "%" not in code and bool(re.search(r"[dy]", code)))
    number = int(format_id) if format_id.isdigit() else 0
    return Look(number in _BUILTIN_PERCENT, number in _BUILTIN_DATE)


@dataclass(slots=True)
class _Budget:
    cells: int = 0
    text: int = 0


@dataclass(slots=True)
class _Context:
    strings: list[str]
    looks: list[Look]
    budget: _Budget
    shared: dict[str, str] = field(default_factory=dict)


def _read_sheet(package: Package, part: str, sheet: RawSheet, context: _Context) -> None:
    data = package.read(part)
    where = f"{package.path.name}: lembar {sheet.name!r}"
    context.shared = {}
    row_number = 0
    try:
        for element in _stream(data):
            if _local(element) == "row":
                row_number = _row_number(element.get("r"), row_number, where)
                cells = _read_row(element, row_number, context, where)
                if cells:
                    sheet.rows[row_number] = cells
                if element.get("hidden") in {"1", "true"}:
                    sheet.hidden_rows.add(row_number)
            else:
                _merge(sheet, str(element.get("ref", "")))
            element.clear()
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"{where} rusak. Salin atau unduh ulang berkasnya, lalu coba lagi.") from error
    if context.budget.cells > MAX_CELLS or context.budget.text > MAX_TEXT:
        raise UnreadableError(
            f"{where} terlalu besar. Tekan Ctrl+End di Excel, hapus baris dan kolom kosong, simpan ulang."
        )


def _stream(data: bytes) -> Iterator[etree._Element]:
    """Rows and merged ranges as they end, without entities or network."""
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=("{*}row", "{*}mergeCell"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for _, element in events:
        if element.getroottree().docinfo.doctype:
            raise UnreadableError(
                "lembar memuat DOCTYPE, yang tidak pernah ada dalam workbook asli. Minta berkas aslinya."
            )
        yield element


def _row_number(text: str | None, previous: int, where: str) -> int:
    number = previous + 1 if text is None else int(text) if text.isdigit() and len(text) < 9 else 0
    if not 1 <= number <= MAX_ROW:
        raise UnreadableError(f"{where}: nomor baris {text!r} tidak sah. Simpan ulang berkas di Excel.")
    return number


def _read_row(element: etree._Element, row: int, context: _Context, where: str) -> dict[int, RawCell]:
    cells: dict[int, RawCell] = {}
    column = 0
    for entry in element:
        reference = entry.get("r")
        if reference is None:
            column += 1
        else:
            match = _REF.fullmatch(reference)
            column = column_number(match[1].upper()) if match else 0
            if match is None or int(match[2]) != row:
                column = 0
        if not 1 <= column <= MAX_COLUMN:
            raise UnreadableError(f"{where}: alamat sel {reference!r} tidak sah. Simpan ulang berkas di Excel.")
        cell = _read_cell(entry, row, column, context, where)
        if cell is not None:
            cells[column] = cell
    context.budget.cells += len(cells)
    return cells


def _read_cell(entry: etree._Element, row: int, column: int, context: _Context, where: str) -> RawCell | None:
    value, formula = _children(entry, row, column, context)
    if value is None and formula is None:
        return None
    kind = entry.get("t", "n")
    style = entry.get("s", "0")
    look = context.looks[int(style)] if style.isdigit() and int(style) < len(context.looks) else Look()
    if not value and kind != "str" and formula is not None:
        return RawCell("", "", look, formula, calculated=False)
    text = value or ""
    if kind == "s":
        if not text.isdigit() or int(text) >= len(context.strings):
            raise UnreadableError(f"{where}: teks sel {entry.get('r')} tidak ada dalam berkas. Simpan ulang di Excel.")
        text = context.strings[int(text)]
    elif kind in {"str", "inlineStr"}:
        text = unescape(text)
    context.budget.text += len(text)
    if not text and formula is None:
        return None
    return RawCell("s" if kind in {"s", "str", "inlineStr", "d"} else kind, text, look, formula)


def _children(entry: etree._Element, row: int, column: int, context: _Context) -> tuple[str | None, str | None]:
    """The stored value and the formula of a cell element."""
    value, formula = None, None
    for child in entry:
        name = _local(child)
        if name == "v":
            value = child.text or ""
        elif name == "f":
            formula = _formula(child, row, column, context)
        elif name == "is":
            value = _string(child)
    return value, formula


def _local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _formula(element: etree._Element, row: int, column: int, context: _Context) -> str:
    """A formula in relative form; a shared formula has the text of its first cell."""
    text, index = element.text or "", element.get("si")
    if not text and index is not None:
        return context.shared.get(index, "")
    relative = relative_form(text, row, column)
    if index is not None:
        context.shared[index] = relative
    return relative


_IN_FORMULA = re.compile(
    r"""("[^"]*"|'[^']*'!?)|(?<![A-Za-z0-9_.$])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![A-Za-z0-9_(])"""
)


def relative_form(formula: str, row: int, column: int) -> str:
    """A formula with every relative reference as an offset, so that copies of it read the same.

    ``=D6/C6`` in E6 and ``=D7/C7`` in E7 both become ``R[0]C[-1]/R[0]C[-2]``.
    """

    def replace(match: re.Match[str]) -> str:
        if match[1] is not None:
            return match[1]
        absolute_column, letters, absolute_row, number = match[2], match[3].upper(), match[4], int(match[5])
        column_text = f"C{column_number(letters)}" if absolute_column else f"C[{column_number(letters) - column}]"
        row_text = f"R{number}" if absolute_row else f"R[{number - row}]"
        return row_text + column_text

    return _IN_FORMULA.sub(replace, formula.removeprefix("=").strip())


def _merge(sheet: RawSheet, reference: str) -> None:
    """Remember a merged range; it is never expanded into its cells."""
    first, _, last = reference.partition(":")
    start, end = _REF.fullmatch(first), _REF.fullmatch(last or first)
    if start and end and len(sheet.merges) < 50_000:
        sheet.merges.append(
            (int(start[2]), column_number(start[1].upper()), int(end[2]), column_number(end[1].upper()))
        )
