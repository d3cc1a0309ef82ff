"""Last year's workbook: the one that is named, or the one that lies beside this one under last year's name."""

from __future__ import annotations

from pathlib import Path

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.guard.path import open_inside
from lakip_xlsx.workbook.book import Book


def name_of_last_year(path: Path, year: int | None) -> str:
    """The name that a workbook would have had last year: ``lakip-2026.xlsx`` → ``lakip-2025.xlsx``; else empty."""
    if year is None or path.stem.count(str(year)) != 1:
        return ""
    return path.stem.replace(str(year), str(year - 1)) + path.suffix


def previous_workbook(book: Book, named: Path | None = None) -> Book | str:
    """Last year's workbook, if one is named or lies beside this one; else why none is compared with (or nothing).

    Raises:
        UnreadableError: the one that is named cannot be read, or is not of last year.
    """
    year = book.form.year("tahun") if book.form else None
    if named is not None:
        found = read_workbook(named)
        if not _is_of(found, year):
            wanted = f"tahun {year - 1}" if year else "tahun sebelumnya, dan Tahun Laporan di sini belum diisi"
            raise UnreadableError(f"{named.name} bukan workbook tahun lalu; yang dibandingkan workbook {wanted}.")
        return found
    name = name_of_last_year(book.path, year)
    opened = open_inside(book.path.parent, name) if name else name
    if isinstance(opened, str):
        return ""
    opened.close()
    try:
        found = read_workbook(book.path.with_name(name))
    except UnreadableError:
        return f"{name} di folder yang sama tidak terbaca."
    return found if _is_of(found, year) else f"{name} di folder yang sama bukan workbook tahun lalu."


def _is_of(found: Book, year: int | None) -> bool:
    """Whether a workbook is of the year before."""
    return year is not None and found.form is not None and found.form.year("tahun") == year - 1
