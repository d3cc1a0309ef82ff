"""Rules of the family THN: what this workbook says of last year, against last year's workbook itself.

Which column of this year stands for which of last year is told in :mod:`lakip_xlsx.workbook.next_year`, the
same page from which ``new --from`` fills them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lakip_xlsx.checks.near import alike
from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.tables import heading
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold, show
from lakip_xlsx.workbook.book import Book, Table
from lakip_xlsx.workbook.keys import naming
from lakip_xlsx.workbook.next_year import CARRIED, KEEP
from lakip_xlsx.workbook.spec import NUMERIC

_SAME_WORDS = 85  # of 100: how alike two wordings of one indicator are


@rule(
    Rule(
        code="THN-001",
        severity=Severity.ERROR,
        title="Angka tahun lalu berbeda dengan workbook tahun lalu",
        what="Kolom n-1, n-2, dan n-3 pada lembar Indikator dibandingkan dengan workbook tahun lalu, bila diberikan "
        "dengan --with atau ada di folder yang sama: realisasi di sana menjadi n-1 di sini, dan seterusnya.",
        why="Dua laporan yang sudah ditandatangani tidak boleh menyebut dua angka untuk hal yang sama.",
        fix="Samakan dengan laporan tahun lalu. Bila angka itu memang diperbaiki, terima temuan ini pada lembar "
        "Pengecualian beserta alasannya.",
        example="Realisasi n-1 indikator I3 tertulis 84, sedangkan workbook 2025 memuat realisasi 82,5.",
        needs=("indikator.kode",),
    )
)
def angka_tahun_lalu(indikator: Table, previous: Book) -> Outcome:
    """Earlier years of each indicator."""
    columns = {key: origin for key, origin in CARRIED["indikator"].items() if origin != KEEP}
    yield from _differences(indikator, previous, columns)


@rule(
    Rule(
        code="THN-002",
        severity=Severity.WARNING,
        title="Pegawai awal tahun berbeda dengan akhir tahun lalu",
        what="Pegawai awal tahun pada tiap baris dibandingkan dengan akhir tahun pada workbook tahun lalu.",
        why="Keadaan 1 Januari adalah keadaan 31 Desember sehari sebelumnya.",
        fix="Periksa kedua angkanya; mutasi per 1 Januari dijelaskan pada kolom Keterangan.",
        example="S 1 awal tahun 12 orang, sedangkan akhir tahun lalu 13 orang.",
        needs=("pegawai.uraian",),
    )
)
def pegawai_tahun_lalu(pegawai: Table, previous: Book) -> Outcome:
    """The staff at the beginning of the year."""
    yield from _differences(pegawai, previous, {"awal": "akhir"})


@rule(
    Rule(
        code="THN-003",
        severity=Severity.WARNING,
        title="Target akhir Renstra berubah sejak tahun lalu",
        what="Target Akhir Renstra tiap indikator dibandingkan dengan workbook tahun lalu, selama periodenya sama.",
        why="Target akhir hanya berubah bila Renstranya diubah.",
        fix="Samakan dengan Renstra; bila Renstra memang diubah, terima temuan ini pada lembar Pengecualian.",
        example="Target akhir I2 tertulis 90, tahun lalu 95.",
        needs=("indikator.kode",),
    )
)
def target_akhir(indikator: Table, previous: Book, book: Book) -> Outcome:
    """The end target, within one Renstra."""
    if _period(book) == _period(previous):
        yield from _differences(indikator, previous, {"target_akhir": "target_akhir"})


def _period(book: Book) -> tuple[Decimal | None, ...]:
    return tuple(book.form.number(key) if book.form else None for key in ("awal_renstra", "akhir_renstra"))


def _differences(table: Table, previous: Book, columns: dict[str, str]) -> Iterator[Fault]:
    """A fault for each number that is another one in last year's table; what either leaves open is not compared."""
    old = previous.table(table.spec.key)
    if old is None:
        return
    for row, origin in _matched(table, old):
        for key, source in columns.items():
            now, before = table.number(row, key), old.number(origin, source)
            if table.spec.field(key).kind in NUMERIC and now is not None and before is not None and now != before:
                place = f"{old.cell(origin, source)} pada {previous.path.name}"
                yield Fault(
                    At(table, row, key),
                    f"{heading(table, key)} {show(now)}, sedangkan {heading(old, source)} di {place} {show(before)}.",
                    expected=show(before),
                    actual=show(now),
                )


def _matched(table: Table, old: Table) -> Iterator[tuple[int, int]]:
    """Rows that tell of the same thing: by their wording, else by their code where the wording is nearly the same."""
    named = naming(table.spec)
    wording = "indikator" if "indikator" in table else ""
    by_name = {_words(old, row, named): row for row in reversed(old.rows)}
    by_wording = {_words(old, row, (wording,)): row for row in reversed(old.rows)} if wording else {}
    for row in table.rows:
        origin = by_wording.get(_words(table, row, (wording,))) if wording else None
        coded = by_name.get(_words(table, row, named))
        if origin is None and coded is not None:
            same = not wording or alike(table.text(row, wording), old.text(coded, wording)) >= _SAME_WORDS
            origin = coded if same else None
        if origin is not None:
            yield row, origin


def _words(table: Table, row: int, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(table.text(row, key)) for key in keys)
