"""Rules of the family IND: targets, what was reached, and how it is judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from lakip_xlsx.checks.persen import cause, hundredfold
from lakip_xlsx.checks.places import At, Isian, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.checks.tables import differs, heading, is_blank
from lakip_xlsx.figures.capaian import Arah, arah, capaian, capped
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.figures.jumlah import UNREADABLE, jumlah_rows, mean_rows
from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.numbers import DASHES, as_written, fold, half_up, mean, percent, percentage, show
from lakip_xlsx.workbook.book import Form, Oddity, Table, Value

_NOT_AVAILABLE = "n/a"
USUAL_CAPS = frozenset(Decimal(cap) for cap in (100, 110, 120, 150))
"""Caps that offices use; a typed capaian of just this height may be a higher one, cut off."""
_BROKEN = UNREADABLE - {Oddity.NOT_NUMBER}  # not known; a text is known, but cannot be calculated with


@rule(
    Rule(
        code="IND-001",
        severity=Severity.ERROR,
        nomor=(12,),
        title="Capaian tidak sesuai dengan rumusnya",
        what="Capaian (%) yang diketik dibandingkan dengan hitungan menurut Arah. Naik: realisasi dibagi target. "
        "Turun: (2 × target - realisasi) dibagi target. Bila Batas Capaian diisi, nilai dengan dan tanpa batas "
        "diterima. Pada lembar Program: realisasi keluaran dibagi target. Capaian yang hanya dibatasi menjadi 100 "
        "diperiksa oleh IND-006.",
        why="Rumus dan arahnya dinyatakan dalam bab metodologi; angka di tabel harus mengikutinya.",
        fix="Kosongkan sel capaian agar dihitung sendiri, atau periksa Target, Realisasi, dan Arah di baris itu.",
        example="Target 70%, realisasi 70%: capaian 100,00, bukan 70,00.",
        tolerance="Setengah angka terakhir yang tertulis: 93,6 benar untuk 93,63; 97 benar untuk 97,20.",
    )
)
def capaian_rumus(indikator: Table | None, program: Table | None, form: Form | None, figures: Figures) -> Outcome:
    """Typed capaian against the declared formula, uncapped or capped."""
    cap: tuple[Place, ...] = (Isian(form, "batas_capaian"),) if form is not None and figures.batas is not None else ()
    if indikator is not None:
        yield from _compare(indikator, "realisasi", figures.batas, cap)
    if program is not None:
        yield from _compare(program, "realisasi_keluaran", figures.batas, cap)


def _compare(table: Table, realisasi: str, batas: Decimal | None, cap: tuple[Place, ...]) -> Iterator[Fault]:
    by_arah = table.spec.key == "indikator"
    targets, results, directions = table.numbers("target"), table.numbers(realisasi), dict(table.column("arah"))
    for row, typed in table.numbers("capaian").items():
        if any(table.note(row, key) in _BROKEN for key in ("target", realisasi)) or _off(table, row):
            continue
        target, reached = targets.get(row), results.get(row)
        direction = arah(str(directions.get(row) or "")) if by_arah else Arah.NAIK
        exact = capaian(target, reached, direction)
        related: tuple[Place, ...] = (At(table, row, "target"), At(table, row, realisasi), *cap)
        if exact is not None:
            best = capped(exact, batas)
            if cut_off(typed, exact, batas):
                continue
            if best is not None and differs(typed, exact) and differs(typed, best):
                said = f"Capaian tertulis {as_written(typed)}, sedangkan hitungannya {percent(best)}."
                formatted = table.units.get((row, "capaian")) == "%"
                hint = cause(typed, best, formatted=formatted) or _hint(typed, target, reached, direction)
                yield Fault(At(table, row, "capaian"), said + hint, percent(best), as_written(typed), related)
        elif target is None or reached is None or target == 0:
            said = f"Capaian tertulis {as_written(typed)}, padahal tidak dapat dihitung dari target dan realisasinya."
            yield Fault(At(table, row, "capaian"), said, _NOT_AVAILABLE, as_written(typed), related)


def _off(table: Table, row: int) -> bool:
    """Whether the quantities of a row are a hundred times off, which IND-017 tells."""
    return table.spec.key == "indikator" and not {"target", "realisasi"}.isdisjoint(hundredfold(table, row))


def cut_off(typed: Decimal, exact: Decimal | None, batas: Decimal | None) -> bool:
    """Whether a typed capaian is a higher one cut off at a usual cap, although no cap is declared."""
    return batas is None and exact is not None and typed in USUAL_CAPS and exact > typed and differs(typed, exact)


def _hint(typed: Decimal, target: Decimal | None, reached: Decimal | None, direction: Arah | None) -> str:
    """How the typed number came about, where it can be told."""
    if target is None or reached is None or target == 0:
        return ""
    other = Arah.TURUN if direction is Arah.NAIK else Arah.NAIK
    if typed == reached:
        return " Yang tertulis adalah realisasinya, belum dibagi target."
    turned = capaian(target, reached, other)
    if turned is not None and not differs(typed, turned):
        return f" Yang tertulis dihitung dengan rumus arah {other.value}."
    if reached != 0 and not differs(typed, percentage(target, reached)):
        return " Yang tertulis adalah target dibagi realisasi."
    return ""


@rule(
    Rule(
        code="IND-002",
        severity=Severity.ERROR,
        nomor=(15,),
        title="Target atau realisasi tidak ada, tanpa alasan",
        what="Target 0 atau kosong, dan realisasi kosong atau n/a, harus diberi alasan pada kolom Keterangan. Bila ada "
        "baris rata-rata capaian, yang n/a tidak boleh ikut dihitung.",
        why="Capaian tanpa target atau realisasi tidak dapat dihitung; laporan mencetak n/a beserta alasannya.",
        fix="Isi angkanya, atau tulis n/a dan jelaskan alasannya pada kolom Keterangan.",
        example="Realisasi n/a, Keterangan kosong.",
        needs=("indikator.target", "indikator.realisasi"),
    )
)
def tanpa_alasan(indikator: Table, figures: Figures) -> Outcome:
    """Indicators that cannot be calculated and do not say why; n/a counted in a printed mean."""
    for row, values in indikator.records():
        if values.get("keterangan"):
            continue
        faults = [
            (key, said) for key in ("target", "realisasi") if (said := _lacking(indikator, row, key, values[key]))
        ]
        if faults:
            key = faults[0][0]
            said = " dan ".join(f"{heading(indikator, one)} {what}" for one, what in faults)
            reason = (At(indikator, row, "keterangan"),) if "keterangan" in indikator else ()
            others: tuple[Place, ...] = tuple(At(indikator, row, one) for one, _ in faults[1:])
            yield Fault(
                At(indikator, row, key),
                f"{said}, dan alasannya belum ditulis pada kolom Keterangan.",
                expected="angka, atau n/a dengan alasan",
                actual=faults[0][1],
                related=(*others, *reason),
                kind=FindingKind.UNFILLED if all(what == "kosong" for _, what in faults) else None,
            )
    yield from _counted_in_mean(indikator, figures)


def _lacking(table: Table, row: int, key: str, value: Value) -> str:
    """What keeps this cell from being calculated with; empty if nothing does."""
    if is_blank(table, row, key, value):
        return "kosong"
    if table.note(row, key) is Oddity.DASH:
        return f'"{table.notes[row, key].raw}"'
    return "0" if key == "target" and value == 0 else ""


def _counted_in_mean(indikator: Table, figures: Figures) -> Iterator[Fault]:
    """A printed mean capaian that divides by the indicators that are n/a as well."""
    measured = figures.indikator.values()
    values = [one.capaian for one in measured if one.capaian is not None]
    everything = len(measured)
    if not values or len(values) == everything:
        return
    for row in (*mean_rows(indikator), *jumlah_rows(indikator)):
        printed = indikator.number(row, "capaian")
        diluted = mean(values) * len(values) / everything
        if printed is not None and differs(printed, mean(values)) and not differs(printed, diluted):
            out = everything - len(values)
            yield Fault(
                At(indikator, row, "capaian"),
                f"Rata-rata capaian {as_written(printed)} ikut membagi {out} indikator yang n/a; tanpa yang n/a "
                f"{percent(mean(values))}.",
                expected=percent(mean(values)),
                actual=as_written(printed),
                fix="Hitung rata-rata hanya dari indikator yang dapat dihitung.",
            )


@rule(
    Rule(
        code="IND-003",
        severity=Severity.ERROR,
        nomor=(17,),
        title="Predikat tidak sesuai dengan skala",
        what="Predikat yang diketik dibandingkan dengan skala yang dipilih, diterapkan pada capaian hasil hitungan "
        "sebelum dibulatkan.",
        why="Predikat adalah kesimpulan dari capaian dan skala; keduanya tercetak dalam laporan yang sama.",
        fix="Kosongkan predikatnya agar dihitung sendiri, atau periksa capaian dan skala yang dipilih.",
        example='Capaian 100,00 dengan predikat "Baik"; menurut skala "Sangat Baik".',
    )
)
def predikat_skala(indikator: Table, figures: Figures) -> Outcome:
    """Typed predikat against the scale in use."""
    typed = {row: str(value) for row, value in indikator.column("predikat") if value is not None}
    if typed and figures.skala is None:
        yield Unchecked("Predikat belum dapat dihitung: skala yang dipilih belum terbaca.")
        return
    measured = figures.indikator
    for row, text in typed.items():
        value, predikat = measured[row].capaian, measured[row].predikat or ""
        if not _on_scale(text, figures):
            yield _no_class(indikator, row, text, figures, predikat)
            continue
        if fold(text) in DASHES or fold(text) == fold(predikat):
            continue
        if value is None and not _incalculable(indikator, row):
            continue  # the direction is missing, or a cell is broken: that has a finding of its own
        related: tuple[Place, ...] = (At(indikator, row, "capaian" if "capaian" in indikator else "realisasi"),)
        if value is None:
            message = f'Predikat tertulis "{text}", padahal capaiannya tidak dapat dihitung.'
        else:
            right = predikat or "tanpa predikat"
            message = f'Predikat tertulis "{text}", sedangkan capaian {_exactly(value)} berarti "{right}".'
        yield Fault(At(indikator, row, "predikat"), message, predikat or _NOT_AVAILABLE, text, related)


def _on_scale(text: str, figures: Figures) -> bool:
    """Whether a typed predikat is one of the scale in use, or a dash."""
    names = figures.skala.names if figures.skala else ()
    return fold(text) in DASHES or fold(text) in {fold(name) for name in names}


def _no_class(indikator: Table, row: int, text: str, figures: Figures, predikat: str) -> Fault:
    names = ", ".join(figures.skala.names) if figures.skala else ""
    message = f'Predikat "{text}" tidak ada dalam skala yang dipilih ({names}).'
    return Fault(At(indikator, row, "predikat"), message, predikat or names, text)


def _incalculable(table: Table, row: int) -> bool:
    """Whether target and realisasi are known, and still give no capaian."""
    if any(table.note(row, key) in _BROKEN for key in ("target", "realisasi")):
        return False
    target, reached = table.number(row, "target"), table.number(row, "realisasi")
    return target is None or reached is None or target == 0


def _exactly(value: Decimal) -> str:
    """A capaian with two decimals; with more where rounding would hide which class it is in."""
    rounded = half_up(value, 2)
    return percent(value) if rounded == value or rounded != rounded.to_integral_value() else show(value, 5)


@rule(
    Rule(
        code="IND-004",
        severity=Severity.ERROR,
        title="Target atau realisasi bukan angka",
        what="Target dan Realisasi yang berisi teks, misalnya BB atau 1:32, tidak dapat dihitung capaiannya. Bila "
        "kolom Keterangan menjelaskannya, teks itu diterima.",
        why="Capaian adalah perbandingan angka. Teksnya tetap tercetak seperti yang ditulis, capaiannya n/a.",
        fix="Tulis angkanya saja, misalnya nilai 72,5 untuk BB; atau jelaskan pada kolom Keterangan mengapa bukan "
        "angka.",
        example="Target BB, realisasi B, Keterangan kosong.",
    )
)
def bukan_angka(indikator: Table) -> Outcome:
    """Targets and results that are no numbers; one finding for each indicator."""
    for row in indikator.rows:
        if indikator.text(row, "keterangan"):
            continue
        texts = [key for key in ("target", "realisasi") if indikator.note(row, key) is Oddity.NOT_NUMBER]
        if texts:
            said = " dan ".join(f'{heading(indikator, key)} "{indikator.text(row, key)}"' for key in texts)
            two = any(several(indikator.text(row, key)) for key in texts)
            why = " memuat dua besaran" if two else " bukan angka"
            yield Fault(
                At(indikator, row, texts[0]),
                f"{said}{why}; capaiannya n/a.",
                expected="angka",
                actual=indikator.text(row, texts[0]),
                related=tuple(At(indikator, row, key) for key in texts[1:]),
            )


_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_RATIO = re.compile(r"\s*[0-9]+(?:[.,][0-9]+)?\s*[:/]\s*[0-9]+(?:[.,][0-9]+)?\s*")
_RANGE = re.compile(r"\s*[0-9]+(?:[.,][0-9]+)?\s*(?:-|–|s\.?d\.?|sampai)\s*[0-9]+(?:[.,][0-9]+)?\s*\D*")
_JOINED = re.compile(r"[^\W\d_]|[;&+\n]|,\s")


def several(text: str) -> bool:
    """Whether a text tells two quantities; a ratio (1:32) and a range (10-12) are one."""
    if _RATIO.fullmatch(text) or _RANGE.fullmatch(text):
        return False
    return len(_NUMBER.findall(text)) > 1 and _JOINED.search(text) is not None
