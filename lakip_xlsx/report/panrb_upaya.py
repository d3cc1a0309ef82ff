"""Analyses 5 to 7: causes and solutions, efficiency, the programs behind the result."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from lakip_xlsx import bahasa, numbers
from lakip_xlsx.figures.capaian import Efisiensi
from lakip_xlsx.figures.figures import Money
from lakip_xlsx.finding import Cell
from lakip_xlsx.numbers import HUNDRED, fold
from lakip_xlsx.report import daftar, origin
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Node, Paragraph, Paragraphs, Teks
from lakip_xlsx.report.panrb_kelompok import Kelompok, Record
from lakip_xlsx.report.panrb_ukur import told, without_indicators
from lakip_xlsx.report.source import Source
from lakip_xlsx.workbook.book import Table

Row = dict[str, Node]
GAP = "capaian − serapan, dari angka sebelum dibulatkan"
_SEPARATORS = re.compile(r"[,;\n]+")


# 5. Causes and solutions


def penyebab(source: Source, group: Kelompok) -> Row:
    """What the office wrote on each indicator: analysis, obstacle, solution; what is missing is marked."""
    if not group.records:
        return without_indicators(group) | {"indikator": None}
    measured = source.figures.indikator
    blocks: list[Row] = []
    for record in group.records:
        value = measured[record[0]].capaian
        below = value is not None and value < HUNDRED
        blocks.append({"judul": group.indikator(record), "isi": _told(group, record, below=below)})
    return {"indikator": blocks, "kalimat": None}


def _told(group: Kelompok, record: Record, *, below: bool) -> Paragraphs:
    """Analysis (always wanted), obstacle and solution (wanted where the target was missed)."""
    wanted = {"analisis": True, "hambatan": below, "solusi": below or isinstance(record[1].get("hambatan"), str)}
    said: list[Paragraph] = []
    for key, label in (("analisis", ""), ("hambatan", "Hambatan"), ("solusi", "Solusi")):
        written = record[1].get(key)
        cells = (group.table.cell(record[0], key),)
        told = daftar.paragraphs(written, cells) if isinstance(written, str) else []
        said += daftar.labelled(label, told)
        if not told and wanted[key]:
            heading = group.table.spec.field(key).heading
            said += src.missing_text(f"{heading.lower()} belum diisi: lembar Indikator, kolom {heading}")
    return tuple(said)


# 6. Efficiency


def efisiensi(source: Source, group: Kelompok) -> Row:
    """Capaian of the sasaran against the share of its budget that was spent."""
    del source
    sasaran = group.sasaran
    if sasaran is None:
        said = "Efisiensi tidak dapat dihitung karena indikator di atas belum dikaitkan dengan sasaran."
        return {"tabel": None, "kalimat": told(said)}
    row: Row = {
        "capaian": src.capaian(sasaran.capaian),
        "anggaran": Teks(numbers.rupiah(sasaran.anggaran)),
        "realisasi": Teks(numbers.rupiah(sasaran.realisasi)),
        "serapan": src.percent(sasaran.serapan),
        "selisih": gap(sasaran.capaian, sasaran.serapan),
        "tingkat": Teks(sasaran.efisiensi),
    }
    if sasaran.efisiensi is Efisiensi.TIDAK_DIHITUNG:
        return {"tabel": {"baris": [row]}, "kalimat": told(_why_not(group))}
    compared = {
        Efisiensi.EFISIEN: "tidak lebih rendah daripada serapan anggarannya, sehingga penggunaan sumber daya dinilai "
        "efisien",
        Efisiensi.KURANG: "lebih rendah daripada serapan anggarannya, sehingga penggunaan sumber daya dinilai kurang "
        "efisien",
    }[sasaran.efisiensi]
    said = (
        f"Capaian sasaran sebesar {numbers.percent(sasaran.capaian)}% dengan serapan anggaran "
        f"{numbers.percent(sasaran.serapan)}%: capaian {compared}."
    )
    return {"tabel": {"baris": [row]}, "kalimat": told(said)}


def gap(reached: Decimal | None, spent: Decimal | None) -> Teks:
    """Capaian less serapan, in percentage points with their sign."""
    if reached is None or spent is None:
        return src.DASH
    difference = reached - spent
    return Teks(f"{'+' if difference > 0 else ''}{numbers.percent(difference)}", how=GAP)


def _why_not(group: Kelompok) -> str:
    sasaran = group.sasaran
    reasons = []
    if sasaran is None or sasaran.capaian is None:
        reasons.append("capaian sasaran tidak dapat dihitung")
    if sasaran is None or sasaran.anggaran is None or sasaran.realisasi is None:
        reasons.append("anggaran atau realisasi sasaran tidak tercatat")
    elif sasaran.serapan is None:
        reasons.append("tidak ada anggaran bagi sasaran ini")
    return f"Efisiensi tidak dapat dihitung karena {bahasa.enumerate_(reasons)}."


# 7. Supporting programs


@dataclass(frozen=True, slots=True)
class Programs:
    """The sheet Program, by code, read once for all sasaran."""

    table: Table | None
    by_code: dict[str, Record]
    by_sasaran: dict[str, list[str]]
    unclaimed: dict[str, list[str]]  # program → its kegiatan that name no sasaran: they go with their program

    @classmethod
    def read(cls, source: Source) -> Self:
        """Index the sheet; codes in the order of the sheet."""
        table = source.book.table("program")
        by_code: dict[str, Record] = {}
        by_sasaran: dict[str, list[str]] = {}
        unclaimed: dict[str, list[str]] = {}
        current = ""
        for row, values in table.records() if table else ():
            kode = str(values.get("kode") or f"?{row}")
            by_code.setdefault(kode, (row, values))
            owners, jenis = _codes(values.get("kode_sasaran")), fold(str(values.get("jenis") or ""))
            for owner in owners:
                by_sasaran.setdefault(owner, []).append(kode)
            current = kode if jenis == "program" else current
            if jenis == "kegiatan" and not owners:
                unclaimed.setdefault(current, []).append(kode)
        return cls(table, by_code, by_sasaran, unclaimed)


def spent(programs: Programs, named: str) -> tuple[Money, tuple[Cell, ...]]:
    """The money of the programs that a cell names, and its cells; none as soon as that of one is not known.

    What stands under another that is named too is already in that one's money.
    """
    codes = _codes(named)
    own = [code for code in codes if not any(code.startswith(f"{other}.") for other in codes)]
    records = [programs.by_code.get(code) for code in own]
    table = programs.table
    if table is None or not records:
        return Money(None, None), ()
    pairs = [tuple(table.number(r[0], key) if r else None for key in ("anggaran", "realisasi")) for r in records]
    sums = [sum((v for v in column if v is not None), Decimal(0)) for column in zip(*pairs, strict=True)]
    if any(value is None for pair in pairs for value in pair):
        return Money(None, None), ()
    return Money(*sums), origin.span(table, ("anggaran", "realisasi"), [r[0] for r in records if r])


def _codes(value: object) -> list[str]:
    """The codes in a cell, separated by commas, semicolons or line breaks."""
    return [code for part in _SEPARATORS.split(str(value or "")) if (code := part.strip())]


def program(source: Source, group: Kelompok, programs: Programs) -> Row:
    """The programs and kegiatan that support the sasaran, with their money and what came out of them."""
    named = [code for _, values in group.records for code in _codes(values.get("penunjang"))]
    linked = [code for code in programs.by_sasaran.get(group.kode, []) if _is_activity(programs, code)]
    chosen = set(linked) | {code for code in named if code in programs.by_code}
    chosen |= {below for code in chosen for below in programs.unclaimed.get(code, [])}
    order = [code for code in programs.by_code if code in chosen]
    rows = [_program_row(programs, code) for code in order]
    for code in dict.fromkeys(code for code in named if code not in programs.by_code):
        unknown: Row = dict.fromkeys(("anggaran", "realisasi", "serapan"), src.DASH)
        unknown |= {"kode": Teks(code), "uraian": src.gap(f"kode {code} tidak ada pada lembar Program")}
        rows.append(unknown)
    if not rows:
        said = (
            "program penunjang belum disebut: lembar Indikator, kolom Program Penunjang, atau lembar Program, kolom "
            "Kode Sasaran"
        )
        return {"tabel": None, "kalimat": src.gap(said)}
    return {"tabel": {"baris": rows}, "kalimat": told(*_kinds(programs, order), *_outputs(programs, order))}


def _jenis(programs: Programs, code: str) -> str:
    return fold(str(programs.by_code[code][1].get("jenis") or ""))


def _is_activity(programs: Programs, code: str) -> bool:
    """Programs and kegiatan; sub kegiatan would swell the table, unless they are named outright."""
    return _jenis(programs, code) != "sub kegiatan"


def _program_row(programs: Programs, code: str) -> Row:
    table, (row, values) = programs.table, programs.by_code[code]
    if table is None:
        return {}
    pair = Money(*(v if isinstance(v := values.get(key), Decimal) else None for key in ("anggaran", "realisasi")))
    money = {key: src.money(table, row, key, values.get(key)) for key in ("anggaran", "realisasi")}
    cells = (table.cell(row, "anggaran"), table.cell(row, "realisasi"))
    return {
        "kode": src.text(table, row, "kode", values.get("kode")),
        "uraian": src.text(table, row, "uraian", values.get("uraian")),
        **money,
        "serapan": src.percent(pair.serapan, cells),
    }


def _kinds(programs: Programs, codes: list[str]) -> list[str]:
    """So many programs and kegiatan."""
    kinds = [_jenis(programs, code) for code in codes]
    parts = [
        bahasa.counted(kinds.count(kind), kind) for kind in ("program", "kegiatan", "sub kegiatan") if kind in kinds
    ]
    return [f"Sasaran ini ditunjang oleh {bahasa.enumerate_(parts)}."] if parts else []


def _outputs(programs: Programs, codes: list[str]) -> list[str]:
    """How many kegiatan reached the output that was planned for them."""
    pairs = []
    for code in codes:
        row, _ = programs.by_code[code]
        if programs.table is not None and _jenis(programs, code) == "kegiatan":
            wanted, made = (programs.table.number(row, key) for key in ("target", "realisasi_keluaran"))
            if wanted is not None and made is not None:
                pairs.append(made >= wanted)
    if not pairs:
        return []
    total, met = len(pairs), sum(pairs)
    measured = f"Dari {bahasa.counted(total, 'kegiatan')} yang diukur keluarannya"
    if met == total:
        return [f"{measured}, seluruhnya mencapai target."]
    return [f"{measured}, {bahasa.counted(met)} mencapai target dan {bahasa.counted(total - met)} belum."]
