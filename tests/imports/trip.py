"""The way there and back: workbook, report, import of the report into a new workbook; an export of many accounts."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz, process

from lakip_xlsx import pipeline
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.importing import run
from lakip_xlsx.importing.proposal import name_key
from lakip_xlsx.layouts import catalog
from lakip_xlsx.workbook.book import Book, Table
from samples import build

PRINTED = {  # what the tables of a report print, by sheet
    "renstra": ("uraian",),
    "indikator": ("indikator", "satuan", "target", "realisasi"),
    "perjanjian": ("indikator", "target"),
    "program": ("kode", "uraian", "anggaran", "realisasi"),
    "anggaran": ("sumber_dana", "anggaran", "realisasi"),
    "anggaran_sasaran": ("anggaran", "realisasi"),
    "pegawai": ("kelompok", "uraian", "awal", "akhir", "laki", "perempuan"),
}
LATER = {"indikator": ("lalu1", "lalu2", "lalu3", "target_akhir", "standar", "sumber_data", "penanggung_jawab")}
"""What only the tables of PermenPANRB 53/2014 print."""


@dataclass(slots=True)
class Trip:
    """What came back: values that are the same, values that are not, rows of tables that are not there."""

    same: int = 0
    wrong: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def round_trip(name: str, folder: Path) -> Trip:
    """A sample, its report, and the report imported into a new workbook."""
    data = build.as_standard(build.read(name))
    layout = catalog.LAYOUTS[1] if "permenpan" in name else catalog.LAYOUTS[0]
    first, document, again = folder / f"{name}.xlsx", folder / f"{name}.docx", folder / f"{name}-lagi.xlsx"
    write_workbook(first, data, layout=layout)
    before = read_workbook(first)
    pipeline.convert(first, document)
    year = before.form.year("tahun") if before.form else None
    done = run.anew([document], again, layout=layout, year=year, name="Kantor")
    run.write(done)
    return _compared(before, read_workbook(again), whole="permenpan" in name)


def _compared(before: Book, after: Book, *, whole: bool) -> Trip:
    trip = Trip()
    for sheet, fields in PRINTED.items():
        old, new = before.tables[sheet], after.tables[sheet]
        rows = {_key(new, row, after): row for row in new.rows}
        for row in old.rows:
            if sheet == "renstra" and old.text(row, "jenis") != "Sasaran":
                continue
            at = rows.get(_key(old, row, before)) or _near(_key(old, row, before), rows)
            if at is None:
                if sheet != "program" and "[" not in old.text(
                    row, "uraian"
                ):  # of programs a report prints the steps that its layout asks for
                    trip.gone.append(f"{old.name} baris {row}")
                continue
            for name in (*fields, *(LATER.get(sheet, ()) if whole else ())):
                wanted, found = old.value(row, name), new.value(at, name)
                if sheet == "perjanjian" and name == "target":
                    wanted = old.value(row, "target_perubahan") or wanted  # a report prints the last one signed
                if _same(wanted, found):
                    trip.same += 1
                else:
                    trip.wrong.append(f"{old.name}!{name} baris {row}: {found}, bukan {wanted}")
    return trip


def _near(key: str, rows: dict[str, int]) -> int | None:
    """The row of nearly this wording: a report may print it with slips of its own."""
    near = process.extractOne(key, rows.keys(), scorer=fuzz.ratio, score_cutoff=90)
    return rows[near[0]] if near else None


def _key(table: Table, row: int, book: Book) -> str:
    """What a row is about, in words: codes are made anew."""
    if table.spec.key == "anggaran_sasaran":
        renstra = book.tables["renstra"]
        words = {renstra.text(each, "kode"): renstra.text(each, "uraian") for each in renstra.rows}
        return name_key(words.get(table.text(row, "kode_sasaran"), ""))
    names = {
        "renstra": ("uraian",),
        "program": ("kode",),
        "anggaran": ("sumber_dana",),
        "pegawai": ("kelompok", "uraian"),
    }
    return "|".join(name_key(table.text(row, name)) for name in names.get(table.spec.key, ("indikator",)))


def _same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return fuzz.ratio(name_key(one), name_key(other)) >= 90
    return one == other


def many_accounts(number: int, folder: Path) -> tuple[float, bool]:
    """Seconds for an export of so many accounts into a new workbook, and whether its money is right to the rupiah.

    What is right is counted by pandas, straight from the file.
    """
    path, target = folder / "besar.csv", folder / "besar.xlsx"
    levels = ("Program", "Kegiatan", "Sub Kegiatan", "Rekening")
    lines = [";".join([*(f"{what} {level}" for level in levels for what in ("Kode", "Nama")), "Pagu", "Realisasi"])]
    for at in range(number):
        program, giat, sub = at // 5000 % 10 + 1, at // 500 % 10 + 1, at // 50 % 10 + 1
        code = f"1.01.{program:02d}"
        named = f"{code};Program {program};{code}.2.{giat:02d};Kegiatan {giat}"
        named += f";{code}.2.{giat:02d}.{sub:04d};Sub Kegiatan {sub}"
        pagu = 1_000_000 + at * 7919 % 900_000_000
        lines.append(f"{named};5.1.02.01.{at % 50 // 10 + 1:02d}.{at % 50 + 1:04d};Belanja {at};{pagu};{pagu * 3 // 4}")
    path.write_text("\n".join(lines), encoding="utf-8")
    start = time.perf_counter()
    done = run.anew([path], target, layout=catalog.LAYOUTS[1], year=2025, name="Dinas Contoh")
    run.write(done)
    seconds = time.perf_counter() - start
    frame = pd.read_csv(path, sep=";", dtype=object, keep_default_na=False)
    table = read_workbook(target).tables["program"]
    right = True
    for column, name in (("Pagu", "anggaran"), ("Realisasi", "realisasi")):
        amounts = frame[column].map(Decimal)
        wanted: dict[str, Decimal] = {}
        for level in ("Kode Program", "Kode Kegiatan", "Kode Sub Kegiatan"):
            wanted |= amounts.groupby(frame[level]).sum().to_dict()
        found = {table.text(row, "kode"): table.value(row, name) for row in table.rows}
        right &= found == wanted
    return seconds, right
