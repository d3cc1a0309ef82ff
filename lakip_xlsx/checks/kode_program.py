"""Rules of the family PRG on codes: which program a kegiatan belongs to, and how a code is written.

A code of the nomenclature is ``U.BB.PP.K.GG.SSSS``: urusan, bidang, program, kewenangan (1 provinsi, 2 kabupaten
or kota), kegiatan, sub kegiatan. It came with Permendagri 90/2019; its list is decreed anew nearly every year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.figures.hierarchy import NAMES, levels, parents_by_code, unknown_rows
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import squeeze
from lakip_xlsx.workbook.book import Form, Table

_PROGRAM, _SUB = 0, 2


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """A decree on the nomenclature: the first report year it is for, and the digits of a sub kegiatan."""

    decree: str
    first_year: int
    digits: tuple[int, ...]


NOMENCLATURES = (
    Nomenclature("Permendagri 90/2019 dan Kepmendagri 050-3708 Tahun 2020", 2021, (2,)),
    Nomenclature("Kepmendagri 050-5889 Tahun 2021", 2022, (2, 4)),
    Nomenclature("Kepmendagri 050-5889 Tahun 2021 jo. 900.1.15.5-1317 Tahun 2023", 2024, (4,)),
    Nomenclature("Kepmendagri 050-5889 Tahun 2021 jo. 900.1.15.5-3406 Tahun 2024", 2025, (4,)),
    Nomenclature("Kepmendagri 050-5889 Tahun 2021 jo. 900.1-2850 Tahun 2025", 2026, (4,)),
    Nomenclature("Kepmendagri 050-5889 Tahun 2021 jo. 900.1-861 Tahun 2026", 2027, (4,)),
)
"""Oldest first. A decree of one year is for the budget of the next; before 2021 offices had codes of their own."""

_SHAPES = ("U.BB.PP", "U.BB.PP.K.GG", "U.BB.PP.K.GG.SSSS")
_EXAMPLES = ("2.23.02", "2.23.02.2.01", "2.23.02.2.01.0003")
_HEAD = r"(?:[0-9]\.[0-9]{2}|[Xx]\.[Xx]{2})\.[0-9]{2}"  # X.XX: penunjang urusan, the same for every bidang
_FORMS = (re.compile(_HEAD), re.compile(rf"{_HEAD}\.[12]\.[0-9]{{2}}"))
_SUB_FORM = re.compile(rf"{_HEAD}\.[12]\.[0-9]{{2}}\.(?P<sub>[0-9]+)")


def nomenclature(year: int | None) -> Nomenclature | None:
    """The decree for a report year; None before there was one."""
    fitting = [each for each in NOMENCLATURES if year is None or each.first_year <= year]
    return fitting[-1] if fitting else None


@rule(
    Rule(
        code="PRG-005",
        severity=Severity.ERROR,
        title="Kegiatan tanpa programnya",
        what="Kode setiap kegiatan dan sub kegiatan harus diawali kode program atau kegiatan yang ada pada lembar "
        "Program; tanpa kode berjenjang, barisnya harus berada di bawah sebuah program.",
        why="Uang dan keluaran baris seperti itu tidak masuk ke program mana pun, sehingga hilang dari total.",
        fix="Perbaiki kodenya, atau tambahkan baris programnya menurut DPA.",
        example="Kegiatan 2.23.05.2.01, padahal tidak ada program 2.23.05.",
        needs=("program.jenis", "program.kode"),
    )
)
def tanpa_program(program: Table) -> Outcome:
    """Kegiatan and sub kegiatan that no program holds."""
    if unknown := unknown_rows(program):
        yield Unchecked(
            f"Program dari kegiatan belum dicari: Jenis di {program.cell(unknown[0], 'jenis').ref} tidak dikenal."
        )
        return
    depth, by_code = levels(program), parents_by_code(program)
    programs = [row for row, level in depth.items() if level == _PROGRAM]
    below = [row for row, level in depth.items() if level > _PROGRAM]
    if below and not programs:
        yield Fault(
            At(program, below[0], "jenis"),
            f"Ada {len(below)} kegiatan atau sub kegiatan, tetapi tidak ada baris berjenis Program.",
            expected="paling sedikit satu baris Program",
            actual="tidak ada",
            related=tuple(At(program, row, "jenis") for row in below[1:]),
        )
        return
    for row in below:
        if row in by_code or (not by_code and row > programs[0]):
            continue
        kode = squeeze(program.text(row, "kode"))
        if kode:
            said = f"{NAMES[depth[row]]} {kode} tidak berada di bawah program mana pun pada lembar ini."
            head = re.match(_HEAD, kode)
            yield Fault(At(program, row, "kode"), said, f"program {head[0]}" if head else "kode program", kode)


@rule(
    Rule(
        code="PRG-006",
        severity=Severity.WARNING,
        title="Program tanpa kegiatan, padahal yang lain dirinci",
        what="Bila program lain dirinci menjadi kegiatan atau sub kegiatan, dicari program yang tidak.",
        why="Rincian yang terlewat membuat jumlah kegiatan keliru, dan jumlah program itu tidak dapat dicocokkan.",
        fix="Tambahkan kegiatannya menurut DPA, atau periksa kode kegiatan yang seharusnya di bawahnya.",
        example="Empat program dirinci menjadi kegiatan, program kelima tidak.",
        needs=("program.jenis", "program.kode"),
    )
)
def tanpa_kegiatan(program: Table) -> Outcome:
    """Programs (and, where there are sub kegiatan, kegiatan) without a child, where most others have some."""
    depth, by_code = levels(program), parents_by_code(program)
    with_children = set(by_code.values())
    for level in (0, 1):
        alike = [row for row, own in depth.items() if own == level]
        empty = [row for row in alike if row not in with_children]
        if not empty or len(empty) * 2 >= len(alike):
            continue
        for row in empty:
            kode = squeeze(program.text(row, "kode"))
            what = " dan ".join(sorted({NAMES[depth[child]].lower() for child in by_code if depth[child] > level}))
            yield Fault(
                At(program, row, "kode"),
                f"{NAMES[level]} {kode} tidak dirinci, padahal {len(alike) - len(empty)} lainnya dirinci.",
                expected=what,
                actual="tidak ada",
            )


@rule(
    Rule(
        code="PRG-007",
        severity=Severity.WARNING,
        title="Susunan kode program tidak menurut nomenklatur",
        what="Bila sebagian besar kode mengikuti nomenklatur (U.BB.PP.K.GG.SSSS), dicari kode yang susunannya lain. "
        "Banyaknya angka sub kegiatan menurut keputusan untuk tahun laporan: dua sampai tahun 2021, empat sejak 2024.",
        why="Kode menghubungkan laporan dengan DPA dan SIPD; kode yang salah tulis tidak dapat ditelusuri.",
        fix="Salin kodenya dari DPA, sebagai teks.",
        example="Kegiatan 2.23.2.2.01; menurut susunannya 2.23.02.2.01.",
        needs=("program.jenis", "program.kode"),
    )
)
def susunan_kode(program: Table, form: Form | None) -> Outcome:
    """Codes of another shape than those of their Jenis, where the nomenclature is in use; one finding a shape."""
    decree = nomenclature(form.year("tahun") if form else None)
    depth = levels(program)
    codes = {row: squeeze(program.text(row, "kode")).rstrip(".") for row in depth if program.text(row, "kode")}
    followed = [row for row, kode in codes.items() if _fits(kode, depth[row])]
    if decree is None or len(followed) * 2 <= len(codes):
        return
    found = (each.place for each in tanpa_program(program) if isinstance(each, Fault))
    orphans = {place.row for place in found if isinstance(place, At)}
    for level, shape in enumerate(_SHAPES):
        odd = [row for row, kode in codes.items() if depth[row] == level and not _fits(kode, level)]
        yield from _told(program, [row for row in odd if row not in orphans], level, f"tidak menurut susunan {shape}")
    yield from _digits(program, codes, depth, decree)


def _fits(kode: str, level: int) -> bool:
    """Whether a code has the shape of its Jenis; a sub kegiatan with two digits or with four."""
    if level < _SUB:
        return _FORMS[level].fullmatch(kode) is not None
    match = _SUB_FORM.fullmatch(kode)
    return match is not None and len(match["sub"]) in {2, 4}


def _digits(program: Table, codes: dict[int, str], depth: dict[int, int], decree: Nomenclature) -> Iterator[Fault]:
    """Sub kegiatan with more or fewer digits than the decree for the year has."""
    subs = {row: _SUB_FORM.fullmatch(kode) for row, kode in codes.items() if depth[row] == _SUB and _fits(kode, _SUB)}
    odd = [row for row, match in subs.items() if match and len(match["sub"]) not in decree.digits]
    wanted = "empat" if 4 in decree.digits else "dua"
    yield from _told(program, odd, _SUB, f"seharusnya {wanted} angka di belakang menurut {decree.decree}")


def _told(program: Table, rows: list[int], level: int, what: str) -> Iterator[Fault]:
    if rows:
        kode = squeeze(program.text(rows[0], "kode"))
        more = f" (dan {len(rows) - 1} lagi)" if len(rows) > 1 else ""
        yield Fault(
            At(program, rows[0], "kode"),
            f"Kode {NAMES[level]} {kode}{more} {what}, misalnya {_EXAMPLES[level]}.",
            expected=f"seperti {_EXAMPLES[level]}",
            actual=kode,
            related=tuple(At(program, row, "kode") for row in rows[1:]),
        )
