"""Rules of the family IND on the seven analyses that PermenPANRB 53/2014 wants for each sasaran."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xlsx.checks import near
from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.checks.tables import heading
from lakip_xlsx.figures.capaian import Efisiensi
from lakip_xlsx.figures.figures import Figures, Sasaran
from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import HUNDRED, fold, percent
from lakip_xlsx.workbook.book import Oddity, Table

PANRB = "panrb-53-2014"
_SEPARATORS = re.compile(r"[,;\n]")


def _missing(indikator: Table, key: str) -> Iterator[int]:
    """The rows in which a column says nothing at all; every row if the column is not there."""
    for row in indikator.rows:
        if not indikator.text(row, key) and (row, key) not in indikator.notes:
            yield row


def _place(indikator: Table, row: int, key: str) -> At:
    return At(indikator, row, key if key in indikator else "kode")


def _kode(indikator: Table, row: int) -> str:
    kode = indikator.text(row, "kode")
    return f"Indikator {kode}" if kode else "Indikator ini"


@rule(
    Rule(
        code="IND-011",
        severity=Severity.WARNING,
        nomor=(27,),
        title="Realisasi tahun lalu tidak ada",
        what="Setiap indikator harus punya Realisasi n-1, atau di sana tertulis indikator baru.",
        why="Realisasi dan capaian dibandingkan dengan tahun lalu (PermenPANRB 53/2014, Bab III huruf A).",
        fix="Isi Realisasi n-1 dari laporan tahun lalu, atau tulis: indikator baru.",
        example="Realisasi n-1 kosong.",
        layouts=(PANRB,),
        kind=FindingKind.UNFILLED,
    )
)
def tahun_lalu(indikator: Table) -> Outcome:
    """Indicators without last year's result and without the remark that they are new."""
    dashes = [row for row in indikator.rows if indikator.note(row, "lalu1") is Oddity.DASH]
    for row in sorted({*_missing(indikator, "lalu1"), *dashes}):
        if "indikator baru" not in fold(indikator.text(row, "keterangan")):
            message = f"{_kode(indikator, row)} belum punya Realisasi n-1."
            yield Fault(
                _place(indikator, row, "lalu1"), message, "realisasi tahun lalu, atau: indikator baru", "kosong"
            )


@rule(
    Rule(
        code="IND-012",
        severity=Severity.WARNING,
        nomor=(28,),
        title="Target akhir Renstra tidak ada",
        what="Setiap indikator harus punya Target Akhir Renstra.",
        why="Realisasi sampai tahun ini dibandingkan dengan target jangka menengah (PermenPANRB 53/2014, Bab III "
        "huruf A).",
        fix="Isi Target Akhir Renstra menurut dokumen Renstra.",
        example="Target Akhir Renstra kosong.",
        layouts=(PANRB,),
        kind=FindingKind.UNFILLED,
    )
)
def target_akhir(indikator: Table) -> Outcome:
    """Indicators without a target at the end of the Renstra."""
    for row in _missing(indikator, "target_akhir"):
        message = f"{_kode(indikator, row)} belum punya Target Akhir Renstra."
        yield Fault(_place(indikator, row, "target_akhir"), message, "target menurut Renstra", "kosong")


@rule(
    Rule(
        code="IND-013",
        severity=Severity.INFO,
        nomor=(29,),
        title="Standar nasional belum disebut",
        what="Setiap indikator menyebut Standar Nasional, atau di sana tertulis tidak ada.",
        why="Realisasi dibandingkan dengan standar nasional bila ada (PermenPANRB 53/2014, Bab III huruf A); sel "
        "kosong tidak mengatakan ada atau tidaknya.",
        fix="Isi standarnya, atau tulis: tidak ada.",
        example="Standar Nasional kosong.",
        layouts=(PANRB,),
        kind=FindingKind.UNFILLED,
    )
)
def standar_nasional(indikator: Table) -> Outcome:
    """Indicators that say neither a national standard nor that there is none."""
    for row in _missing(indikator, "standar"):
        message = f"{_kode(indikator, row)} belum menyebut Standar Nasional."
        yield Fault(_place(indikator, row, "standar"), message, "angka, atau: tidak ada", "kosong")


@rule(
    Rule(
        code="IND-014",
        severity=Severity.ERROR,
        nomor=(30,),
        title="Penyebab, hambatan, atau solusi belum ditulis",
        what="Setiap sasaran harus punya indikator, dan setiap indikator Analisis. Hambatan dan Solusi wajib bila "
        "capaian di bawah 100%; Solusi juga wajib bila Hambatan diisi.",
        why="Penyebab keberhasilan atau kegagalan dan solusinya harus dianalisis untuk setiap sasaran (PermenPANRB "
        "53/2014, Bab III huruf A).",
        fix="Tulis penyebab, hambatan, dan solusinya pada lembar Indikator.",
        example="Capaian 87,50% dan Hambatan kosong.",
        layouts=(PANRB,),
        kind=FindingKind.UNFILLED,
    )
)
def penyebab(indikator: Table, renstra: Table | None, figures: Figures) -> Outcome:
    """Explanations that the analysis of causes needs."""
    measured = figures.indikator
    for row in indikator.rows:
        value = measured[row].capaian
        below = value is not None and value < HUNDRED
        wanted = {"analisis": True, "hambatan": below, "solusi": below or bool(indikator.text(row, "hambatan"))}
        for key, needed in wanted.items():
            if needed and not indikator.text(row, key):
                reason = f", padahal capaiannya {percent(value)}%" if below and key != "analisis" else ""
                yield Fault(
                    _place(indikator, row, key),
                    f"{_kode(indikator, row)} belum punya {heading(indikator, key)}{reason}.",
                    expected="teks",
                    actual="kosong",
                )
    for kode, sasaran in figures.sasaran.items():
        if renstra is not None and sasaran.row is not None and not sasaran.indikator:
            yield Fault(
                At(renstra, sasaran.row, "kode"),
                f"Sasaran {kode} belum punya indikator, sehingga tidak ada yang dapat dianalisis.",
                expected="paling sedikit satu indikator",
                actual="0 indikator",
                related=(At(indikator, indikator.header_row, "kode_sasaran"),),
            )


@rule(
    Rule(
        code="IND-015",
        severity=Severity.ERROR,
        nomor=(31,),
        title="Program penunjang belum disebut atau tidak ada",
        what="Kode (atau nama) pada Program Penunjang dicari pada lembar Program. Untuk PermenPANRB 53/2014 setiap "
        "sasaran harus punya program: pada kolom itu, atau pada kolom Kode Sasaran di lembar Program.",
        why="Program dan kegiatan yang menunjang keberhasilan atau kegagalan harus dianalisis (PermenPANRB 53/2014, "
        "Bab III huruf A).",
        fix="Isi Program Penunjang dengan kode dari lembar Program, dipisah koma.",
        example="Program Penunjang 2.23.20, lembar Program hanya memuat 2.23.02 dan 2.23.03.",
        needs=("program.kode",),
    )
)
def program_penunjang(indikator: Table, program: Table, layout: Layout) -> Outcome:
    """Programs that are named and not there; for PermenPANRB 53/2014 also sasaran that no program supports."""
    known = {str(kode) for _, kode in program.column("kode") if kode}
    if not known:
        if len(program):
            yield Unchecked("Lembar Program belum memuat kode.")
        return
    names = {near.words(program.text(row, "uraian")) for row in program.rows}
    names |= {("program", *name) for name in names} | {name[1:] for name in names if name[:1] == ("program",)}
    linked = {code for _, kode in program.column("kode_sasaran") for code in _codes(kode)}
    by_sasaran: dict[str, list[int]] = {}
    named: set[str] = set()
    for row in indikator.rows:
        kode = indikator.text(row, "kode_sasaran")
        by_sasaran.setdefault(kode, []).append(row)
        told = indikator.text(row, "penunjang")
        for code in [told] if near.words(told) in names else _codes(told):
            named.add(kode)
            if code not in known and near.words(code) not in names:
                guess = near.closest(code, sorted(known))
                asked = f" Apakah maksudnya {guess}?" if guess else ""
                yield Fault(
                    At(indikator, row, "penunjang"),
                    f"Program Penunjang {code} tidak ada pada lembar {program.name}.{asked}",
                    expected=guess,
                    actual=code,
                    related=(At(program, program.header_row, "kode"),),
                )
    for kode, rows in by_sasaran.items() if layout.key == PANRB else ():
        if kode and kode not in named and kode not in linked:
            yield Fault(
                _place(indikator, rows[0], "penunjang"),
                f"Sasaran {kode} belum punya program penunjang.",
                expected="kode program",
                actual="kosong",
                kind=FindingKind.UNFILLED,
                related=tuple(_place(indikator, row, "penunjang") for row in rows[1:]),
            )


def _codes(value: object) -> list[str]:
    return [code.strip() for code in _SEPARATORS.split(str(value or "")) if code.strip()]


@rule(
    Rule(
        code="IND-016",
        severity=Severity.WARNING,
        nomor=(32,),
        title="Efisiensi tidak dapat dihitung",
        what="Untuk setiap sasaran yang punya indikator diperiksa apakah capaian dan serapan anggarannya dapat "
        "dihitung.",
        why="Efisiensi penggunaan sumber daya dianalisis untuk setiap sasaran (PermenPANRB 53/2014, Bab III huruf A).",
        fix="Lengkapi target dan realisasi indikatornya, atau anggaran sasaran itu pada lembar Anggaran Sasaran.",
        example="Sasaran S3 punya indikator, tetapi tidak ada anggarannya.",
        layouts=(PANRB,),
    )
)
def efisiensi_sasaran(indikator: Table, figures: Figures) -> Outcome:
    """Sasaran whose efficiency the report cannot tell."""
    rows: dict[str, list[int]] = {}
    for row, kode in indikator.column("kode_sasaran"):
        rows.setdefault(str(kode or ""), []).append(row)
    for kode, sasaran in figures.sasaran.items():
        if not sasaran.indikator or sasaran.efisiensi is not Efisiensi.TIDAK_DIHITUNG:
            continue
        first, *others = rows[kode]
        related: tuple[Place, ...] = tuple(At(indikator, row, "kode_sasaran") for row in others)
        message = f"Efisiensi sasaran {kode} tidak dapat dihitung: {_reason(sasaran)}."
        yield Fault(At(indikator, first, "kode_sasaran"), message, actual="tidak dapat dihitung", related=related)


def _reason(sasaran: Sasaran) -> str:
    if sasaran.capaian is None:
        return "capaiannya tidak dapat dihitung"
    if sasaran.anggaran is None or sasaran.realisasi is None:
        return "anggaran atau realisasinya tidak ada"
    return "anggarannya 0"
