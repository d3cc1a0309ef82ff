"""Reading a filled workbook back, by names and not by positions.

Everything that is wrong with the *form* of the workbook (family BRK) becomes a finding here, and what
can still be read is read. What is wrong with its *content* is for the checks.
"""

from __future__ import annotations

from pathlib import Path

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.cells import RawSheet, RawWorkbook, read_cells
from lakip_xlsx.excel.form import read_form
from lakip_xlsx.excel.headings import Heading, find_heading, near_miss, plain_heading
from lakip_xlsx.excel.package import open_package
from lakip_xlsx.excel.rows import read_rows
from lakip_xlsx.finding import Cell, Finding, column_letters
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.workbook.book import Book
from lakip_xlsx.workbook.sheets import GUIDE, SHEETS, TEMUAN
from lakip_xlsx.workbook.spec import SheetSpec
from lakip_xlsx.workbook.structure import STRUCTURE

_OWN_SHEETS = frozenset(plain_heading(name) for name in (GUIDE, *TEMUAN))


def read_workbook(path: Path) -> Book:
    """Read a workbook.

    Raises:
        UnreadableError: the file cannot be read at all, or none of its sheets is one of ours.
    """
    with open_package(path) as package:
        raw = read_cells(package)
    book = Book(path, tuple(sheet.name for sheet in raw.sheets), {}, None)
    matched = _match_sheets(raw, book)
    if not matched:
        names = ", ".join(book.sheet_names) or "tidak ada"
        raise UnreadableError(
            f"{path.name}: tidak memuat satu pun lembar standar (yang ada: {names}). "
            "Buat workbook baru dengan: lakip-xlsx new"
        )
    for spec in SHEETS:
        sheet = matched.get(spec.key)
        if sheet is None:
            continue
        if spec.form:
            _take_form(book, sheet, spec, raw)
        else:
            _take_table(book, sheet, spec, raw)
        if sheet.hidden:
            _say(
                book,
                "BRK-009",
                Cell(sheet.name),
                "Lembar ini tersembunyi; isinya tetap dibaca dan dimuat.",
                "Tampilkan lembarnya dan periksa isinya.",
            )
    return book


def demand_sheets(book: Book, layout: Layout) -> list[Finding]:
    """A finding for each sheet that the layout requires and the workbook lacks."""
    told = {finding.expected for finding in book.findings if finding.code == "BRK-006"}
    missing = [
        spec
        for spec in SHEETS
        if spec.key in layout.sheets
        and spec.key in book.unreadable
        and spec.name not in told
        and not any(plain_heading(name) == plain_heading(spec.name) for name in book.sheet_names)
    ]
    return _empty_sheets(book, layout) + [
        _finding(
            "BRK-001",
            Cell(spec.name),
            f'Lembar "{spec.name}" tidak ada, padahal wajib untuk tata letak {layout.name}.',
            f'Salin lembar "{spec.name}" dari workbook kosong (lakip-xlsx new) dan isi.',
            expected=spec.name,
        )
        for spec in missing
    ]


def _empty_sheets(book: Book, layout: Layout) -> list[Finding]:
    """A finding for each required sheet that was read and holds no row.

    The money may stand in Anggaran Sasaran or in Program; what the sheets Renstra, Skala and Narasi must
    hold is for the checks, which know it in detail.
    """
    empty = {key for key, table in book.tables.items() if key in layout.sheets and not len(table)}
    wanted = {"pegawai", "indikator", "anggaran"}
    if {"program", "anggaran_sasaran"} <= empty:
        wanted |= {"program", "anggaran_sasaran"}
    return [
        _finding(
            "BRK-014",
            Cell(table.name, f"A{table.header_row}"),
            f'Lembar "{table.spec.name}" masih kosong, padahal wajib untuk tata letak {layout.name}.',
            "Isi tabelnya mulai dari baris di bawah judul kolom.",
        )
        for key, table in book.tables.items()
        if key in wanted & empty
    ]


def _finding(code: str, cell: Cell, message: str, fix: str, *, expected: str = "", actual: str = "") -> Finding:
    return Finding(code, STRUCTURE[code][0], message, cell, expected=expected, actual=actual, fix=fix)


def _say(book: Book, code: str, cell: Cell, message: str, fix: str, *, expected: str = "", actual: str = "") -> None:
    book.findings.append(_finding(code, cell, message, fix, expected=expected, actual=actual))


def _match_sheets(raw: RawWorkbook, book: Book) -> dict[str, RawSheet]:
    """Which sheet of the file is which of ours; a visible one before a hidden one."""
    names = {plain_heading(name): spec.key for spec in SHEETS for name in (spec.name, *spec.aliases)}
    by_key = {spec.key: spec for spec in SHEETS}
    matched: dict[str, RawSheet] = {}
    strangers: list[RawSheet] = []
    for sheet in sorted(raw.sheets, key=lambda sheet: sheet.hidden):
        key = names.get(plain_heading(sheet.name))
        if key is None:
            strangers.append(sheet)
        elif key in matched:
            used = matched[key].name
            _say(
                book,
                "BRK-010",
                Cell(sheet.name),
                f'Lembar "{by_key[key].name}" ada dua kali; yang dibaca "{used}".',
                "Hapus atau ganti nama yang tidak dipakai.",
                expected=used,
                actual=sheet.name,
            )
        else:
            matched[key] = sheet
    free = {name: by_key[key].name for name, key in names.items() if key not in matched}
    for sheet in strangers:
        meant = near_miss(sheet.name, free)
        if meant is not None:
            _say(
                book,
                "BRK-006",
                Cell(sheet.name),
                f'Nama lembar "{sheet.name}" tidak dikenal. Maksudnya "{meant}"?',
                f'Ganti namanya menjadi "{meant}".',
                expected=meant,
                actual=sheet.name,
            )
        elif plain_heading(sheet.name) not in _OWN_SHEETS:
            _say(
                book,
                "BRK-012",
                Cell(sheet.name),
                "Lembar ini bukan bagian workbook standar dan tidak dibaca.",
                "Biarkan bila memang catatan sendiri.",
            )
    for spec in SHEETS:
        if spec.key not in matched:
            book.unreadable[spec.key] = f'lembar "{spec.name}" tidak ada'
    return matched


def _take_form(book: Book, sheet: RawSheet, spec: SheetSpec, raw: RawWorkbook) -> None:
    read = read_form(sheet, spec, date1904=raw.date1904)
    book.form = read.form
    for cell, text, meant in read.misspelt:
        _say(
            book,
            "BRK-003",
            cell,
            f'Isian "{text}" tidak dikenal. Maksudnya "{meant}"?',
            f'Ganti menjadi "{meant}".',
            expected=meant,
            actual=text,
        )
    for heading in read.missing:
        _say(
            book,
            "BRK-002",
            Cell(sheet.name),
            f'Isian "{heading}" tidak ada.',
            f'Tambahkan baris "{heading}" di kolom Isian dan isi Nilainya.',
            expected=heading,
        )


def _take_table(book: Book, sheet: RawSheet, spec: SheetSpec, raw: RawWorkbook) -> None:
    heading = find_heading(sheet, spec)
    if heading is None:
        book.unreadable[spec.key] = f'baris judul tabel lembar "{spec.name}" tidak ditemukan'
        wanted = ", ".join(f.heading for f in spec.fields if f.required)
        _say(
            book,
            "BRK-011",
            Cell(sheet.name),
            "Baris judul tabel tidak ditemukan; lembar ini tidak dapat diperiksa.",
            f"Tulis kembali judul kolomnya dalam satu baris: {wanted}.",
            expected=wanted,
        )
        return
    read = read_rows(sheet, spec, heading, date1904=raw.date1904)
    book.tables[spec.key] = read.table
    _say_columns(book, sheet, spec, heading)
    _say_unheaded(book, sheet, heading)
    for row in read.remarks:
        place = Cell(sheet.name, f"{column_letters(min(sheet.rows[row]))}{row}")
        _say(
            book,
            "BRK-008",
            place,
            "Baris ini di bawah Jumlah dan tidak memuat angka; dianggap catatan.",
            "Bila ini data, pindahkan ke atas Jumlah.",
        )
    held = sorted(
        row for row in read.table.hidden_rows if row in read.table.frame.index or row in read.table.totals.index
    )
    for row in held:
        place = Cell(sheet.name, f"{column_letters(min(sheet.rows[row]))}{row}")
        _say(
            book,
            "BRK-009",
            place,
            "Baris ini tersembunyi; isinya tetap dihitung dan dimuat.",
            "Tampilkan barisnya dan periksa isinya.",
        )


def _say_columns(book: Book, sheet: RawSheet, spec: SheetSpec, heading: Heading) -> None:
    """Findings on headings: doubled, misspelt, unknown, missing."""

    def place(column: int) -> Cell:
        return Cell(sheet.name, f"{column_letters(column)}{heading.row}")

    for column, key in sorted(heading.doubled.items()):
        own = spec.field(key).heading
        first = column_letters(heading.columns[key])
        _say(
            book,
            "BRK-004",
            place(column),
            f'Kolom "{own}" ada dua kali; yang dibaca kolom {first}.',
            "Hapus kolom yang tidak dipakai.",
            actual=own,
        )
    free = {
        plain_heading(name): f.heading
        for f in spec.fields
        if f.key not in heading.columns
        for name in (f.heading, *f.aliases)
    }
    aids = {plain_heading(f.heading) for f in spec.fields if not f.read}
    told: set[str] = set()
    for column, text in sorted(heading.unknown.items()):
        meant = near_miss(text, free)
        if meant is not None:
            told.add(meant)
            _say(
                book,
                "BRK-003",
                place(column),
                f'Judul kolom "{text}" tidak dikenal. Maksudnya "{meant}"?',
                f'Ganti judulnya menjadi "{meant}".',
                expected=meant,
                actual=text,
            )
        elif plain_heading(text) not in aids:
            _say(
                book,
                "BRK-005",
                place(column),
                f'Kolom "{text}" tidak dikenal dan tidak dibaca.',
                "Biarkan bila memang catatan sendiri.",
                actual=text,
            )
    together = {f.key for f in spec.fields if f.all_or_none}
    may_lack = together if together.isdisjoint(heading.columns) else set()
    for declared in spec.fields:
        absent = declared.key not in heading.columns and declared.key not in may_lack
        if declared.required and absent and declared.heading not in told:
            _say(
                book,
                "BRK-002",
                Cell(sheet.name, f"A{heading.row}"),
                f'Kolom "{declared.heading}" tidak ada.',
                f'Tambahkan kolom berjudul "{declared.heading}".',
                expected=declared.heading,
            )


def _say_unheaded(book: Book, sheet: RawSheet, heading: Heading) -> None:
    """Content under a column without a heading would be lost without a word."""
    known = {column for column, cell in sheet.rows[heading.row].items() if cell.text.strip()}
    told: set[int] = set()
    for row in sorted(sheet.rows):
        for column, cell in sheet.rows[row].items() if row > heading.row else ():
            if column not in known and column not in told and cell.text.strip():
                told.add(column)
                _say(
                    book,
                    "BRK-007",
                    Cell(sheet.name, f"{column_letters(column)}{row}"),
                    "Ada isi di kolom tanpa judul; isinya tidak dibaca.",
                    "Beri judul kolom yang sesuai, atau hapus isinya.",
                    actual=cell.text[:60],
                )
