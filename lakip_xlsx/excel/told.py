"""What the reader has to say about the form of a sheet: its headings, its hidden rows, what it did not read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lakip_xlsx.excel.headings import Heading, near_miss, plain_heading
from lakip_xlsx.excel.raw import RawSheet
from lakip_xlsx.excel.rows import TableRows
from lakip_xlsx.finding import Cell, Finding, column_letters
from lakip_xlsx.numbers import bare
from lakip_xlsx.workbook.book import Book
from lakip_xlsx.workbook.spec import SheetSpec
from lakip_xlsx.workbook.structure import STRUCTURE

_SHOWN = 60  # characters of a cell that are quoted
_MANY = 20  # columns of one sheet that are told one by one; the rest are told together
_RELATED = 50  # cells that one finding points to at most


def finding(
    code: str,
    cell: Cell,
    message: str,
    fix: str,
    *,
    expected: str = "",
    actual: str = "",
    related: Sequence[Cell] = (),
) -> Finding:
    """A structural finding; its severity stands with its code."""
    declared = STRUCTURE[code]
    kept = tuple(related[:_RELATED])
    return Finding(code, declared.severity, message, cell, expected, actual, fix, kept, declared.kind)


def say_table(book: Book, sheet: RawSheet, spec: SheetSpec, heading: Heading, read: TableRows) -> None:
    """All findings on the form of a table that was read."""
    _say_columns(book, sheet, spec, heading)
    _say_unheaded(book, sheet, heading, read.second)
    if read.second is not None:
        book.findings.append(
            finding(
                "BRK-015",
                _row_cell(sheet, read.second),
                "Di baris ini ada judul tabel lain; isi mulai dari baris ini tidak dibaca.",
                "Satu lembar satu tabel: pindahkan tabel ini ke lembarnya sendiri.",
            )
        )
    _say_rows(
        book,
        sheet,
        "BRK-008",
        read.remarks,
        ("Baris ini di bawah Jumlah dan tidak memuat angka; dianggap catatan.", "di bawah Jumlah"),
        "Bila ini data, pindahkan ke atas Jumlah.",
    )
    table = read.table
    _say_rows(
        book,
        sheet,
        "BRK-009",
        sorted(table.hidden_rows & {*table.rows, *table.totals}),
        ("Baris ini tersembunyi; isinya tetap dihitung dan dimuat.", "tersembunyi"),
        "Tampilkan barisnya dan periksa isinya.",
    )


_OUTCOME = {"BRK-008": "tidak memuat angka; dianggap catatan", "BRK-009": "isinya tetap dihitung dan dimuat"}


def _say_rows(book: Book, sheet: RawSheet, code: str, rows: Sequence[int], said: tuple[str, str], fix: str) -> None:
    """One finding for all rows of one kind, however many they are."""
    if not rows:
        return
    one, what = said
    places = [_row_cell(sheet, row) for row in rows]
    message = one if len(rows) == 1 else f"{len(rows)} baris {what} ({spans(rows)}); {_OUTCOME[code]}."
    book.findings.append(finding(code, places[0], message, fix, related=places[1:]))


def spans(rows: Iterable[int]) -> str:
    """Row numbers in short: ``5, 7–9``; cut off after a few."""
    pieces: list[list[int]] = []
    for row in rows:
        if pieces and row == pieces[-1][1] + 1:
            pieces[-1][1] = row
        else:
            pieces.append([row, row])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in pieces[:6]]
    return ", ".join(shown) + (", …" if len(pieces) > len(shown) else "")


def _row_cell(sheet: RawSheet, row: int) -> Cell:
    """The first filled cell of a row."""
    return Cell(sheet.name, f"{column_letters(min(sheet.rows[row]))}{row}")


def _say_columns(book: Book, sheet: RawSheet, spec: SheetSpec, heading: Heading) -> None:
    """Findings on headings: doubled, misspelt, unknown, missing."""

    def place(column: int) -> Cell:
        return Cell(sheet.name, f"{column_letters(column)}{heading.row}")

    for column, key in sorted(heading.doubled.items()):
        own = spec.field(key).heading
        first = column_letters(heading.columns[key])
        message = f'Kolom "{own}" ada dua kali; yang dibaca kolom {first}.'
        book.findings.append(finding("BRK-004", place(column), message, "Hapus kolom yang tidak dipakai.", actual=own))
    told = _say_unknown(book, sheet, spec, heading)
    together = {f.key for f in spec.fields if f.all_or_none}
    may_lack = together if together.isdisjoint(heading.columns) else set()
    for declared in spec.fields:
        absent = declared.key not in heading.columns and declared.key not in may_lack
        if declared.required and absent and declared.heading not in told:
            book.findings.append(
                finding(
                    "BRK-002",
                    Cell(sheet.name, f"A{heading.row}"),
                    f'Kolom "{declared.heading}" tidak ada.',
                    f'Tambahkan kolom berjudul "{declared.heading}".',
                    expected=declared.heading,
                )
            )


def _say_unknown(book: Book, sheet: RawSheet, spec: SheetSpec, heading: Heading) -> set[str]:
    """Findings on headings that are not ours; returns the headings that were asked back as misspelt."""
    free = {
        plain_heading(name): f.heading
        for f in spec.fields
        if f.key not in heading.columns
        for name in (f.heading, *f.aliases)
    }
    aids = {plain_heading(f.heading) for f in spec.fields if not f.read}
    unknown = {column: text for column, text in sorted(heading.unknown.items()) if plain_heading(text) not in aids}
    told: set[str] = set()
    strange: list[tuple[Cell, str]] = []
    for number, (column, text) in enumerate(unknown.items()):
        meant = near_miss(text, free) if number < 10 * _MANY else None
        cell = Cell(sheet.name, f"{column_letters(column)}{heading.row}")
        if meant is None:
            strange.append((cell, short(text)))
            continue
        told.add(meant)
        message = f'Judul kolom "{short(text)}" tidak dikenal. Maksudnya "{meant}"?'
        fix = f'Ganti judulnya menjadi "{meant}".'
        book.findings.append(finding("BRK-003", cell, message, fix, expected=meant, actual=short(text)))
    fix = "Biarkan bila memang catatan sendiri."
    for cell, text in strange[:_MANY]:
        message = f'Kolom "{text}" tidak dikenal dan tidak dibaca.'
        book.findings.append(finding("BRK-005", cell, message, fix, actual=text))
    if rest := [cell for cell, _ in strange[_MANY:]]:
        message = f"{len(rest)} kolom lain juga tidak dikenal dan tidak dibaca."
        book.findings.append(finding("BRK-005", rest[0], message, fix, related=rest[1:]))
    return told


def _say_unheaded(book: Book, sheet: RawSheet, heading: Heading, end: int | None) -> None:
    """Content under a column without a heading would be lost without a word."""
    lost: dict[int, tuple[Cell, str]] = {}
    for row in sorted(row for row in sheet.rows if heading.row < row < (end or row + 1)):
        for column, stored in sheet.rows[row].items():
            if column not in heading.headed and column not in lost and bare(stored.text):
                lost[column] = Cell(sheet.name, f"{column_letters(column)}{row}"), short(stored.text)
    fix = "Beri judul kolom yang sesuai, atau hapus isinya."
    told = list(lost.values())
    for cell, text in told[:_MANY]:
        message = "Ada isi di kolom tanpa judul; isinya tidak dibaca."
        book.findings.append(finding("BRK-007", cell, message, fix, actual=text))
    if rest := [cell for cell, _ in told[_MANY:]]:
        message = f"Demikian pula isi di {len(rest)} kolom lain tanpa judul."
        book.findings.append(finding("BRK-007", rest[0], message, fix, related=rest[1:]))


def short(text: str) -> str:
    """The beginning of a text, for quoting it."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
