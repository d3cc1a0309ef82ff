"""Rules of the family SIL: codes and amounts that must agree across sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xlsx.checks.near import nearest
from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.figures.hierarchy import MONEY, top_level, unknown_rows
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Book, Table

_SEPARATORS = re.compile(r"[,;\n]")


def _sasaran(renstra: Table) -> dict[str, int]:
    """Code → row, of the sasaran in the Renstra."""
    rows: dict[str, int] = {}
    for row, kode in renstra.column("kode"):
        if isinstance(kode, str) and fold(renstra.text(row, "jenis")) == "sasaran":
            rows.setdefault(kode, row)
    return rows


def _first_rows(table: Table | None, rows: set[int] | None = None) -> dict[str, int]:
    """Code of a sasaran → the first row that names it."""
    found: dict[str, int] = {}
    for row, kode in table.column("kode_sasaran") if table is not None else ():
        if isinstance(kode, str) and (rows is None or row in rows):
            found.setdefault(kode, row)
    return found


def _funded(table: Table | None) -> dict[str, int]:
    """Code of a sasaran → the first row that gives it money."""
    if table is None:
        return {}
    rows = top_level(table)
    spent = {row for key in MONEY for row, value in table.numbers(key, rows).items() if value > 0}
    return _first_rows(table, spent)


@rule(
    Rule(
        code="SIL-001",
        severity=Severity.WARNING,
        nomor=(26,),
        title="Sasaran beranggaran tanpa indikator, atau sebaliknya",
        what="Sasaran pada lembar Renstra yang mendapat anggaran dicari indikatornya, dan yang mempunyai indikator "
        "dicari anggarannya: pada lembar Anggaran Sasaran, atau pada lembar Program bila yang pertama kosong.",
        why="Uang tanpa ukuran keberhasilan sulit dipertanggungjawabkan, dan kinerja tanpa uang perlu dijelaskan.",
        fix="Lengkapi Kode Sasaran pada lembar Indikator atau lembar anggaran, atau jelaskan di Narasi.",
        example="Sasaran S4 beranggaran Rp 71.250.000 dan tidak punya indikator.",
        needs=("renstra.jenis", "renstra.kode", "indikator.kode_sasaran"),
    )
)
def uang_dan_indikator(
    renstra: Table, indikator: Table, anggaran_sasaran: Table | None, program: Table | None
) -> Outcome:
    """Each sasaran must have both money and indicators, as soon as money is told by sasaran."""
    source, funded = anggaran_sasaran, _funded(anggaran_sasaran)
    if not funded:
        source, funded = program, _funded(program)
    if source is None or not funded:
        yield Unchecked("Anggaran belum dirinci menurut sasaran.")
        return
    measured = _first_rows(indikator)
    for kode, row in _sasaran(renstra).items():
        if kode in funded and kode not in measured:
            yield Fault(
                At(source, funded[kode], "kode_sasaran"),
                f"Sasaran {kode} mendapat anggaran, tetapi tidak punya indikator.",
                expected="paling sedikit satu indikator",
                actual="0 indikator",
                related=(At(renstra, row, "uraian"),),
            )
        elif kode in measured and kode not in funded:
            yield Fault(
                At(indikator, measured[kode], "kode_sasaran"),
                f"Sasaran {kode} punya indikator, tetapi tidak mendapat anggaran pada lembar {source.name}.",
                expected="anggaran",
                actual="tidak ada",
                related=(At(renstra, row, "uraian"),),
            )


@rule(
    Rule(
        code="SIL-002",
        severity=Severity.ERROR,
        title="Kode Sasaran tidak ada pada Renstra",
        what="Kode Sasaran pada lembar Indikator, Program, dan Anggaran Sasaran dicari di antara sasaran pada lembar "
        "Renstra.",
        why="Indikator dan anggaran yang tidak terhubung dengan sasaran tidak masuk dalam analisis sasaran.",
        fix="Samakan kodenya dengan lembar Renstra, atau tambahkan sasaran itu di sana.",
        example="Indikator I3 menunjuk S12, lembar Renstra hanya memuat S1 sampai S9.",
        needs=("renstra.jenis", "renstra.kode"),
    )
)
def kode_sasaran(
    renstra: Table, indikator: Table | None, program: Table | None, anggaran_sasaran: Table | None
) -> Outcome:
    """Every code of a sasaran among those of the Renstra; in Program several may stand in one cell."""
    known = _sasaran(renstra)
    doubtful = {renstra.text(row, "kode") for row in unknown_rows(renstra, "jenis")}  # SEL-013
    tables = [table for table in (program, indikator, anggaran_sasaran) if table is not None]
    if not known:
        if any(True for table in tables for _ in table.column("kode_sasaran")):
            yield Unchecked("Lembar Renstra belum memuat sasaran dengan kode.")
        return
    folded = {fold(kode): kode for kode in known}
    for table in tables:
        several = table.spec.key == "program"
        for row, kode in table.column("kode_sasaran"):
            codes = _SEPARATORS.split(str(kode or "")) if several else [str(kode or "")]
            for one in map(str.strip, codes):
                if not one or one in known or one in doubtful:
                    continue
                near = folded.get(fold(one)) or nearest(one, known)
                guess = f" Apakah maksudnya {near}?" if near else ""
                yield Fault(
                    At(table, row, "kode_sasaran"),
                    f"Kode Sasaran {one} tidak ada pada lembar {renstra.name}.{guess}",
                    expected=near,
                    actual=one,
                    related=(At(renstra, renstra.header_row, "kode"),),
                )


_UNIQUE = {
    "renstra": "kode",
    "program": "kode",
    "indikator": "kode",
    "perjanjian": "kode",
    "anggaran_sasaran": "kode_sasaran",
}


@rule(
    Rule(
        code="SIL-003",
        severity=Severity.ERROR,
        title="Kode dipakai dua kali",
        what="Kode pada lembar Renstra (per Jenis), Program, Indikator, Perjanjian Kinerja, dan Anggaran Sasaran harus "
        "berbeda untuk tiap baris.",
        why="Kode menghubungkan antarlembar; kode kembar membuat angka terhubung ke baris yang salah.",
        fix="Beri kode yang berbeda, atau hapus baris yang tersalin dua kali.",
        example="Indikator I2 ada di baris 6 dan baris 9.",
    )
)
def kode_kembar(book: Book) -> Outcome:
    """Codes that stand twice in a sheet; the second and later ones are the fault."""
    for sheet, key in _UNIQUE.items():
        table = book.table(sheet)
        if table is not None and key in table:
            yield from _doubled(table, key)


def _doubled(table: Table, key: str) -> Iterator[Fault]:
    first: dict[tuple[str, str], int] = {}
    kinds = dict(table.column("jenis")) if table.spec.key == "renstra" else {}
    for row, kode in table.column(key):
        if not isinstance(kode, str):
            continue
        before = first.setdefault((fold(str(kinds.get(row) or "")), fold(kode)), row)
        if before != row:
            yield Fault(
                At(table, row, key),
                f"{table.spec.field(key).heading} {kode} sudah dipakai di {table.cell(before, key).ref}.",
                expected="kode yang berbeda",
                actual=kode,
                related=(At(table, before, key),),
            )
