"""Tables in Word in the layouts that public reports, prints and applications show, each with its decoys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from docx import Document
from docx.table import Table

from lakip_xlsx.numbers import show
from tests.imports.noise import spoiled
from tests.imports.office import Indicator, Office

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table in Word: where its like was seen, how it is made, and the fields that it tells by sheet."""

    name: str
    seen: str
    make: Callable[[Office, Path, Random], Path]
    fields: dict[str, tuple[str, ...]]


def document(
    path: Path, title: str, *tables: tuple[Rows, Sequence[tuple[int, int, int, int]]], decoy: bool = True
) -> Path:
    """A document with a title and these tables; merged are (row, column, last row, last column) from 0."""
    made = Document()
    made.add_paragraph("PEMERINTAH KABUPATEN CONTOH")
    made.add_paragraph(title)
    if decoy:
        names = made.add_table(rows=0, cols=3)
        for said in (("Nama", ":", "H. Raka Teladan, S.H."), ("Jabatan", ":", "Bupati Contoh")):
            for cell, word in zip(names.add_row().cells, said, strict=True):
                cell.text = word
        made.add_paragraph("Pihak pertama berjanji akan mewujudkan target kinerja sesuai lampiran perjanjian ini.")
    for as_made, merges in tables:
        rows = spoiled(as_made)
        table = made.add_table(rows=len(rows), cols=max(map(len, rows)))
        _write(table, rows)
        for first, left, last, right in merges:
            kept = rows[first][left]
            merged = table.cell(first, left).merge(table.cell(last, right))
            merged.text = kept
        made.add_paragraph("")
    made.save(str(path))
    return path


def _write(table: Table, rows: Rows) -> None:
    for line, row in zip(rows, table.rows, strict=True):
        for cell, word in zip(row.cells, line, strict=False):
            cell.text = word


def _n(value: Decimal) -> str:
    return show(value)


def _with_unit(value: Decimal, each: Indicator) -> str:
    return f"{show(value)}%" if each.unit == "%" else f"{show(value)} {each.unit}"


def _pk(office: Office) -> str:
    return f"PERJANJIAN KINERJA TAHUN {office.year}"


def agreement(office: Office, folder: Path, random: Random) -> Path:
    """No, Sasaran, Indikator, Target with the unit in the same cell; then Program, Anggaran, Keterangan."""
    rows = [
        ["No", random.choice(["Sasaran", "Sasaran Strategis"]), "Indikator Kinerja", "Target"],
        ["(1)", "(2)", "(3)", "(4)"],
    ]
    rows += [[str(at), i.goal, i.name, _with_unit(i.target, i)] for at, i in enumerate(office.indicators, 1)]
    money = [["No", "Program", "Anggaran", "Keterangan"]]
    money += [[f"{at}.", p.name, f"Rp {show(p.pagu)},-", "APBD"] for at, p in enumerate(office.programs, 1)]
    money.append(["", "Jumlah", f"Rp {show(sum((p.pagu for p in office.programs), Decimal(0)))},-", ""])
    return document(folder / "pk.docx", _pk(office), (rows, []), (money, []))


def agreement_units(office: Office, folder: Path, random: Random) -> Path:
    """The same with a column of units, the sasaran merged over its indicators."""
    rows = [["NO", "SASARAN STRATEGIS", "INDIKATOR KINERJA UTAMA", "SATUAN", "TARGET"]]
    merges, goal = [], ""
    for at, i in enumerate(office.indicators, 1):
        if i.goal == goal:
            first = next(m for m in range(len(merges) - 1, -1, -1) if merges[m][1] == 1)
            merges[first] = (merges[first][0], 1, at, 1)
        else:
            merges.append((at, 1, at, 1))
        rows.append([str(at), i.goal if i.goal != goal else "", i.name, i.unit, _n(i.target)])
        goal = i.goal
    return document(folder / "pk2.docx", _pk(office), (rows, [m for m in merges if m[2] > m[0]]))


def agreement_changed(office: Office, folder: Path, random: Random) -> Path:
    """A changed agreement: the target before and after under one heading; the sasaran only where it begins."""
    rows = [
        ["No", "Sasaran", "Indikator", "Satuan", "Target", ""],
        ["", "", "", "", "Sebelum Perubahan", "Setelah Perubahan"],
    ]
    goal = ""
    for at, i in enumerate(office.indicators, 1):
        rows.append([str(at), i.goal if i.goal != goal else "", i.name, i.unit, _n(i.first), _n(i.target)])
        goal = i.goal
    merges = [(0, column, 1, column) for column in range(4)] + [(0, 4, 0, 5)]
    return document(folder / "pkp.docx", f"PERJANJIAN KINERJA PERUBAHAN TAHUN {office.year}", (rows, merges))


def actions(office: Office, folder: Path, random: Random) -> Path:
    """Rencana Aksi: the target of the year, then of the quarters under a merged heading."""
    rows = [["Sasaran", "Indikator", "Target Perjanjian Kinerja", "Satuan", "Target Triwulan", "", "", "", "Aksi"]]
    rows.append(["", "", "", "", "I", "II", "III", "IV", ""])
    rows += [
        [i.goal, i.name, _n(i.target), i.unit, *map(_n, i.quarters), "Menyusun rencana kerja"]
        for i in office.indicators
    ]
    merges = [(0, column, 1, column) for column in (0, 1, 2, 3, 8)] + [(0, 4, 0, 7)]
    return document(folder / "renaksi.docx", f"RENCANA AKSI TAHUN {office.year}", (rows, merges))


def actions_monthly(office: Office, folder: Path, random: Random) -> Path:
    """The same by months, which the workbook has no place for."""
    months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des"]
    rows = [
        ["Sasaran Kinerja", "Indikator Kinerja", "Target Tahunan", "Target Bulanan", *[""] * 11],
        ["", "", "", *months],
    ]
    rows += [[i.goal, i.name, _with_unit(i.target, i), *["5"] * 12] for i in office.indicators]
    merges = [(0, column, 1, column) for column in range(3)] + [(0, 3, 0, 14)]
    return document(folder / "rapk.docx", f"RENCANA AKSI PERJANJIAN KINERJA TAHUN {office.year}", (rows, merges))


def measured(office: Office, folder: Path, random: Random) -> Path:
    """What a report measures: target, realisasi, capaian with a predicate."""
    rows = [
        ["No", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)", "Kategori"]
    ]
    rows += [
        [f"{at}.", i.goal, i.name, i.unit, _n(i.target), _n(i.reached), "98,10", "Baik"]
        for at, i in enumerate(office.indicators, 1)
    ]
    rows.append(["", "Rata-rata capaian", "", "", "", "", "98,10", ""])
    return document(folder / "ukur.docx", f"LAPORAN KINERJA TAHUN {office.year}", (rows, []))


def compared(office: Office, folder: Path, random: Random) -> Path:
    """What was reached in each of several years, under one heading."""
    year = office.year
    rows = [
        ["No", "Indikator Kinerja", "Satuan", "Realisasi Tahun", "", "", ""],
        ["", "", "", *(str(year - n) for n in (3, 2, 1, 0))],
    ]
    rows += [
        [str(at), i.name, i.unit, *map(_n, (*reversed(i.earlier), i.reached))]
        for at, i in enumerate(office.indicators, 1)
    ]
    merges = [(0, column, 1, column) for column in range(3)] + [(0, 3, 0, 6)]
    return document(folder / "banding.docx", f"LAPORAN KINERJA TAHUN {year}", (rows, merges))


def medium_term(office: Office, folder: Path, random: Random) -> Path:
    """This year's realisasi against the end of the Renstra."""
    rows = [["Indikator Kinerja", f"Realisasi {office.year}", "Target Akhir Renstra", "Tingkat Kemajuan (%)"]]
    rows += [[i.name, _with_unit(i.reached, i), _with_unit(i.target, i), "80,00"] for i in office.indicators]
    return document(folder / "menengah.docx", f"LAPORAN KINERJA TAHUN {office.year}", (rows, []))


def plan(office: Office, folder: Path, random: Random) -> Path:
    """Renja: code, name, output with target and unit, money."""
    rows = [
        [
            "Kode",
            "Urusan/Bidang Urusan/Program/Kegiatan/Sub Kegiatan",
            "Indikator Program/Kegiatan/Sub Kegiatan",
            "Target",
            "Satuan",
            "Pagu (Rp)",
            "Prakiraan Maju",
        ]
    ]
    rows += [
        [s.code, s.name, f"Keluaran {s.name.lower()}", str(n % 9 + 1), "dokumen", show(s.pagu), show(s.pagu * 2)]
        for n, s in enumerate(office.steps())
    ]
    return document(folder / "renja.docx", f"RENCANA KERJA TAHUN {office.year}", (rows, []), decoy=False)


def by_goal(office: Office, folder: Path, random: Random) -> Path:
    """Money by sasaran, after a table of the agreement that names them."""
    goals = list(dict.fromkeys(i.goal for i in office.indicators))
    rows = [["No", "Sasaran Strategis", "Anggaran (Rp)", "Realisasi (Rp)", "%"]]
    money = [(Decimal(1_000_000_000 + n * 12_345), Decimal(900_000_000 + n * 54_321)) for n in range(len(goals))]
    rows += [[str(n + 1), g, show(money[n][0]), show(money[n][1]), "90,00"] for n, g in enumerate(goals)]
    rows.append(["", "Jumlah", *(show(sum((m[c] for m in money), Decimal(0))) for c in (0, 1)), "90,00"])
    first = [["No", "Sasaran", "Indikator Kinerja", "Target"]]
    first += [[str(at), i.goal, i.name, _with_unit(i.target, i)] for at, i in enumerate(office.indicators, 1)]
    return document(folder / "sasaran.docx", f"LAPORAN KINERJA TAHUN {office.year}", (first, []), (rows, []))


def sources(office: Office, folder: Path, random: Random) -> Path:
    """Money by its source, with a dash where there is none."""
    rows = [
        ["No", "Sumber Dana", "Pagu", "Realisasi Keuangan", "Persentase"],
        ["1", "APBD Kabupaten", "1.351.829.790", "1.333.620.587", "98,65"],
    ]
    rows += [["2", "Dana Tugas Pembantuan", "-", "-", "-"], ["", "Jumlah", "1.351.829.790", "1.333.620.587", "98,65"]]
    return document(folder / "dana.docx", f"LAPORAN KINERJA TAHUN {office.year}", (rows, []))


_AGREED = {"indikator": ("indikator", "satuan", "target"), "perjanjian": ("indikator", "target")}
LAYOUTS = (
    Layout("pk", "github.com/andhika201/E-Sakip, pk_admin/cetak.php", agreement, {**_AGREED, "program": ("anggaran",)}),
    Layout("pk2", "PermenPANRB 53/2014, Anak Lampiran I/5, dengan kolom Satuan", agreement_units, _AGREED),
    Layout(
        "pkp",
        "Perjanjian Kinerja perubahan: target semula dan menjadi",
        agreement_changed,
        {"indikator": ("indikator", "satuan", "target"), "perjanjian": ("indikator", "target", "target_perubahan")},
    ),
    Layout("renaksi", "aplikasi SAKIP: Rencana Aksi Pencapaian Indikator, Target Triwulan I–IV", actions, _AGREED),
    Layout("rapk", "RAPK BBPOM di Banjarmasin: Target Tahunan, Jan–Des", actions_monthly, _AGREED),
    Layout(
        "ukur",
        "123dok.com/document/zx5dll94, LKjIP Inspektorat Sampang 2019",
        measured,
        {"indikator": ("indikator", "satuan", "target", "realisasi")},
    ),
    Layout(
        "banding",
        "LKjIP: realisasi beberapa tahun di bawah satu judul",
        compared,
        {"indikator": ("indikator", "satuan", "realisasi", "lalu1", "lalu2", "lalu3")},
    ),
    Layout(
        "menengah",
        "LKIP 2020 (lawinsider.com/id/contracts/kZJKXbxj3nh), bagian 3.4",
        medium_term,
        {"indikator": ("indikator", "satuan", "realisasi", "target_akhir")},
    ),
    Layout(
        "renja",
        "Permendagri 86/2017, tabel T-C.33: program, indikator, target, pagu",
        plan,
        {"program": ("kode", "uraian", "anggaran", "keluaran", "satuan", "target")},
    ),
    Layout(
        "sasaran",
        "LAKIP 2019 Kesbangpol Tebo: anggaran menurut sasaran",
        by_goal,
        {**_AGREED, "anggaran_sasaran": ("anggaran", "realisasi")},
    ),
    Layout(
        "dana",
        "LAKIP 2019 Kesbangpol Tebo: anggaran menurut sumber dana",
        sources,
        {"anggaran": ("anggaran", "realisasi")},
    ),
)
