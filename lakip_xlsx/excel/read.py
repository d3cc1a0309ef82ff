"""Reading a filled workbook back, by names and not by positions.

Everything that is wrong with the *form* of the workbook (family BRK) becomes a finding here, and what
can still be read is read. What is wrong with its *content* is for the checks.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.cells import RawWorkbook, SheetEntry, read_listing
from lakip_xlsx.excel.form import read_form
from lakip_xlsx.excel.headings import Heading, find_heading, near_miss, plain_heading
from lakip_xlsx.excel.raw import RawSheet
from lakip_xlsx.excel.recognise import first_rows, known_by_headings
from lakip_xlsx.excel.rows import read_rows
from lakip_xlsx.excel.told import finding, say_table, short
from lakip_xlsx.finding import Cell, Finding
from lakip_xlsx.guard.package import open_package
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Book, Note, Oddity
from lakip_xlsx.workbook.pilihan import Words
from lakip_xlsx.workbook.sheets import GUIDE, SHEETS, TEMUAN
from lakip_xlsx.workbook.spec import SheetSpec

_OWN_SHEETS = frozenset(plain_heading(name) for name in (GUIDE, *TEMUAN))
_NAMED = 10  # sheets that a message lists


def read_workbook(path: Path) -> Book:
    """Read a workbook.

    Raises:
        UnreadableError: the file cannot be read at all, or none of its sheets is one of ours.
    """
    try:
        with open_package(path) as package:
            return _read(read_listing(package), path)
    except MemoryError as error:
        raise UnreadableError(
            f"{path.name}: terlalu besar untuk memori komputer ini. Hapus lembar, baris, dan gambar yang tidak perlu."
        ) from error


def _read(raw: RawWorkbook, path: Path) -> Book:
    book = Book(path, tuple(entry.name for entry in raw.entries), {}, None)
    matched = _match_sheets(raw, book)
    if not matched:
        raise UnreadableError(
            f"{path.name}: tidak memuat satu pun lembar standar ({_listed(book.sheet_names)}). "
            "Buat workbook baru dengan: lakip-xlsx new"
        )
    for spec in SHEETS:
        entry = matched.get(spec.key)
        if entry is None:
            continue
        sheet = raw.sheet(entry)
        if spec.form:
            _take_form(book, sheet, spec, date1904=raw.date1904)
        else:
            _take_table(book, sheet, spec, date1904=raw.date1904)
        if sheet.hidden:
            message = "Lembar ini tersembunyi; isinya tetap dibaca dan dimuat."
            fix = "Tampilkan lembarnya dan periksa isinya."
            book.findings.append(finding("BRK-009", Cell(sheet.name), message, fix))
    _name_scale(book)
    return book


def _name_scale(book: Book) -> None:
    """The chosen scale under its own name, where it is called otherwise and no scale is called just so."""
    form, table = book.form, book.table("skala")
    if form is None or table is None:
        return
    names = {fold(name) for _, name in table.column("skala") if isinstance(name, str)}
    said = form.text("skala")
    word = Words(form.spec.field("skala"))(said)
    if fold(said) not in names and word != said and fold(word) in names:
        form.values["skala"], form.notes["skala"] = word, Note(Oddity.SYNONYM, said)


def _listed(names: tuple[str, ...]) -> str:
    """The sheets that are there, in a few words."""
    if not names:
        return "tidak ada lembar data sama sekali"
    shown = ", ".join(short(name) for name in names[:_NAMED])
    return f"yang ada: {shown}{', …' if len(names) > _NAMED else ''}"


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
        finding(
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
        finding(
            "BRK-014",
            Cell(table.name, f"A{table.header_row}"),
            f'Lembar "{table.spec.name}" masih kosong, padahal wajib untuk tata letak {layout.name}.',
            "Isi tabelnya mulai dari baris di bawah judul kolom.",
        )
        for key, table in book.tables.items()
        if key in wanted & empty
    ]


def _match_sheets(raw: RawWorkbook, book: Book) -> dict[str, SheetEntry]:
    """Which sheet of the file is which of ours; a visible one before a hidden one."""
    names = {plain_heading(name): spec.key for spec in SHEETS for name in (spec.name, *spec.aliases)}
    by_key = {spec.key: spec for spec in SHEETS}
    matched: dict[str, SheetEntry] = {}
    strangers: list[SheetEntry] = []
    for entry in sorted(raw.entries, key=lambda entry: entry.hidden):
        key = names.get(plain_heading(entry.name))
        if key is None:
            strangers.append(entry)
        elif key in matched:
            used = matched[key].name
            message = f'Lembar "{by_key[key].name}" ada dua kali; yang dibaca "{used}".'
            fix = "Hapus atau ganti nama yang tidak dipakai."
            book.findings.append(finding("BRK-010", Cell(entry.name), message, fix, expected=used, actual=entry.name))
        else:
            matched[key] = entry
    strangers = _take_by_headings(raw, book, matched, strangers)
    free = {name: by_key[key] for name, key in names.items() if key not in matched}
    for entry in strangers:
        likely = {name: spec.name for name, spec in free.items() if not spec.optional or _fits(raw, entry, spec)}
        if (found := _stranger(entry.name, likely)) is not None:
            book.findings.append(found)
    for spec in SHEETS:
        if spec.key not in matched:
            book.unreadable[spec.key] = f'lembar "{spec.name}" tidak ada'
    return matched


def _take_by_headings(
    raw: RawWorkbook, book: Book, matched: dict[str, SheetEntry], strangers: list[SheetEntry]
) -> list[SheetEntry]:
    """Match sheets under another name that have our headings; returns those that stay strange."""
    if len(matched) == len(SHEETS):
        return strangers
    found = known_by_headings(raw, (entry for entry in strangers if plain_heading(entry.name) not in _OWN_SHEETS))
    for spec in SHEETS:
        entries = found.get(spec.key, [])
        if spec.key in matched or not entries:
            continue
        entry, *others = entries
        fix = f'Ganti namanya menjadi "{spec.name}".'
        if others:
            alike = ", ".join(f'"{short(each.name)}"' for each in entries)
            message = f'Lembar {alike} sama-sama berjudul kolom seperti lembar "{spec.name}"; tidak satu pun dibaca.'
            fix = f'Beri nama "{spec.name}" pada lembar yang dimaksud.'
            book.findings.append(finding("BRK-006", Cell(entry.name), message, fix, expected=spec.name))
        else:
            matched[spec.key] = entry
            message = f'Lembar "{short(entry.name)}" dibaca sebagai lembar "{spec.name}", menurut judul kolomnya.'
            book.findings.append(
                finding("BRK-017", Cell(entry.name), message, fix, expected=spec.name, actual=entry.name)
            )
        strangers = [each for each in strangers if each not in entries]
    return strangers


def _stranger(name: str, free: dict[str, str]) -> Finding | None:
    """What to say of a sheet that is not ours."""
    meant = near_miss(name, free)
    if meant is not None:
        message = f'Nama lembar "{name}" tidak dikenal. Maksudnya "{meant}"?'
        fix = f'Ganti namanya menjadi "{meant}".'
        return finding("BRK-006", Cell(name), message, fix, expected=meant, actual=name)
    if plain_heading(name) in _OWN_SHEETS:
        return None
    return _not_ours(name)


def _not_ours(name: str) -> Finding:
    message = "Lembar ini bukan bagian workbook standar dan tidak dibaca."
    return finding("BRK-012", Cell(name), message, "Biarkan bila memang catatan sendiri.")


def _fits(raw: RawWorkbook, entry: SheetEntry, spec: SheetSpec) -> bool:
    """Whether a sheet with nearly the name of an optional one has its headings too; an office has sheets of its own."""
    if near_miss(entry.name, {plain_heading(name): name for name in (spec.name, *spec.aliases)}) is None:
        return False
    with suppress(UnreadableError):
        return _is_meant(find_heading(first_rows(raw, entry), spec), spec)
    return False


def _is_meant(heading: Heading | None, spec: SheetSpec) -> bool:
    """Whether a sheet with the name of an optional one is that: it has all that is required, or half of all columns."""
    if heading is None:
        return False
    required = {declared.key for declared in spec.fields if declared.required}
    return required <= heading.columns.keys() or 2 * len(heading.columns) >= len(spec.fields)


def _take_form(book: Book, sheet: RawSheet, spec: SheetSpec, *, date1904: bool) -> None:
    read = read_form(sheet, spec, date1904=date1904)
    book.form = read.form
    for cell, text, meant in read.misspelt:
        message = f'Isian "{short(text)}" tidak dikenal. Maksudnya "{meant}"?'
        fix = f'Ganti menjadi "{meant}".'
        book.findings.append(finding("BRK-003", cell, message, fix, expected=meant, actual=short(text)))
    for cell, heading, used in read.doubled:
        message = f'Isian "{heading}" ada dua kali; yang dibaca {used.ref}.'
        fix = "Hapus baris yang tidak dipakai."
        book.findings.append(finding("BRK-004", cell, message, fix, actual=heading, related=(used,)))
    for cell, text in read.unknown:
        message = f'Isian "{short(text)}" tidak dikenal dan tidak dibaca.'
        fix = "Biarkan bila memang catatan sendiri."
        book.findings.append(finding("BRK-005", cell, message, fix, actual=short(text)))
    for heading in read.missing:
        message = f'Isian "{heading}" tidak ada.'
        fix = f'Tambahkan baris "{heading}" di kolom Isian dan isi Nilainya.'
        book.findings.append(finding("BRK-002", Cell(sheet.name), message, fix, expected=heading))


def _take_table(book: Book, sheet: RawSheet, spec: SheetSpec, *, date1904: bool) -> None:
    heading = find_heading(sheet, spec)
    if spec.optional and not _is_meant(heading, spec):
        book.unreadable[spec.key] = f'lembar "{spec.name}" tidak ada'
        book.findings.append(_not_ours(sheet.name))
        return
    if heading is None:
        book.unreadable[spec.key] = f'baris judul tabel lembar "{spec.name}" tidak ditemukan'
        wanted = ", ".join(f.heading for f in spec.fields if f.required)
        message = "Baris judul tabel tidak ditemukan; lembar ini tidak dapat diperiksa."
        fix = f"Tulis kembali judul kolomnya dalam satu baris: {wanted}."
        book.findings.append(finding("BRK-011", Cell(sheet.name), message, fix, expected=wanted))
        return
    read = read_rows(sheet, spec, heading, date1904=date1904)
    book.tables[spec.key] = read.table
    say_table(book, sheet, spec, heading, read)
