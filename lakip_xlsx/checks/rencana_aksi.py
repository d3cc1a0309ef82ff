"""The sheet Rencana Aksi against the sheet Indikator: SIL-006 its codes, IND-019 its last quarter."""

from __future__ import annotations

from decimal import Decimal

from lakip_xlsx.checks.near import nearest
from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.tables import differs, heading
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold, mean, show
from lakip_xlsx.workbook.book import Table
from lakip_xlsx.workbook.pelengkap import QUARTERS


@rule(
    Rule(
        code="SIL-006",
        severity=Severity.ERROR,
        title="Kode pada Rencana Aksi tidak cocok",
        what="Kode Indikator pada lembar Rencana Aksi dicari pada lembar Indikator, dan satu indikator hanya boleh "
        "punya satu baris untuk tiap triwulan.",
        why="Rencana aksi yang tidak terhubung dengan indikatornya tidak dapat dinilai.",
        fix="Samakan kodenya dengan lembar Indikator, atau hapus baris yang tersalin dua kali.",
        example="Rencana Aksi menyebut I12, lembar Indikator hanya memuat I1 sampai I10.",
        needs=("indikator.kode",),
    )
)
def kode_rencana(rencana_aksi: Table | None, indikator: Table) -> Outcome:
    """Each unknown code, and each quarter that an indicator has twice."""
    if rencana_aksi is None:
        return
    known = {str(kode): row for row, kode in indikator.column("kode") if isinstance(kode, str)}
    folded = {fold(kode): kode for kode in known}
    first: dict[tuple[str, str], int] = {}
    for row, kode in rencana_aksi.column("kode"):
        if not isinstance(kode, str):
            continue
        if known and fold(kode) not in folded:
            guess = nearest(kode, known)
            yield Fault(
                At(rencana_aksi, row, "kode"),
                f"Kode Indikator {kode} tidak ada pada lembar {indikator.name}."
                f"{f' Apakah maksudnya {guess}?' if guess else ''}",
                expected=guess,
                actual=kode,
                related=(At(indikator, indikator.header_row, "kode"),),
            )
        quarter = rencana_aksi.text(row, "triwulan")
        before = first.setdefault((fold(kode), quarter), row)
        if quarter and before != row:
            yield Fault(
                At(rencana_aksi, row, "triwulan"),
                f"Triwulan {quarter} untuk {kode} sudah ada di {rencana_aksi.cell(before, 'triwulan').ref}.",
                actual=quarter,
                related=(At(rencana_aksi, before, "triwulan"),),
            )


@rule(
    Rule(
        code="IND-019",
        severity=Severity.WARNING,
        title="Triwulan pada Rencana Aksi tidak sampai pada angka setahun",
        what="Target dan realisasi triwulan IV pada lembar Rencana Aksi dibandingkan dengan angka setahun pada lembar "
        "Indikator. Triwulan yang tidak kumulatif boleh dijumlahkan atau dirata-ratakan.",
        why="Pembaca membandingkan kemajuan tiap triwulan dengan hasil akhir tahun.",
        fix="Cocokkan triwulan IV dengan lembar Indikator; isi angka sampai dengan triwulan itu.",
        example="Triwulan IV 41 naskah, realisasi setahun 42 naskah.",
        tolerance="Setengah angka terakhir yang tertulis, untuk rata-rata.",
        needs=("indikator.kode",),
    )
)
def triwulan_akhir(rencana_aksi: Table | None, indikator: Table) -> Outcome:
    """Target and realisasi of each indicator's year against what its quarters come to."""
    if rencana_aksi is None:
        return
    years: dict[str, int] = {}
    for row, kode in indikator.column("kode"):
        if isinstance(kode, str):
            years.setdefault(fold(kode), row)
    held: dict[str, dict[str, int]] = {}
    for row, kode in rencana_aksi.column("kode"):
        if isinstance(kode, str):
            held.setdefault(fold(kode), {}).setdefault(rencana_aksi.text(row, "triwulan"), row)
    for code, quarters in held.items():
        year, last = years.get(code), quarters.get(QUARTERS[-1])
        if year is None or last is None:
            continue
        for key in ("target", "realisasi"):
            whole, end = indikator.number(year, key), rencana_aksi.number(last, key)
            parts = [rencana_aksi.number(quarters[each], key) for each in QUARTERS if each in quarters]
            if whole is None or end is None or _comes_to([part for part in parts if part is not None], end, whole):
                continue
            yield Fault(
                At(rencana_aksi, last, key),
                f"{heading(indikator, key)} {indikator.text(year, 'kode')} triwulan IV {show(end)}, sedangkan setahun "
                f"{show(whole)}.",
                expected=show(whole),
                actual=show(end),
                related=(At(indikator, year, key),),
            )


def _comes_to(parts: list[Decimal], end: Decimal, whole: Decimal) -> bool:
    """Whether the last quarter, the sum or the mean of the quarters is the year's number."""
    return whole in {end, sum(parts, Decimal(0))} or not differs(whole, mean(parts))
