"""IND-017 and IDN-010: percentages that are a hundred times too large or too small, told with the cause.

A cell with percent format that holds 97,18 is 9.718 %; a cell without it that holds 0,97 is 0,97 %. Both look
right to the person who typed them, and both make everything computed from them wrong.
"""

from __future__ import annotations

import re
from decimal import Decimal
from statistics import median

from lakip_xlsx.checks.places import At, Isian
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.tables import differs, heading
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import HUNDRED, fold, plain, show
from lakip_xlsx.workbook.book import Form, Table

_QUANTITIES = (
    *("target", "realisasi", "lalu1", "lalu2", "lalu3", "target_akhir", "standar"),
    *("target_lalu1", "target_lalu2", "target_lalu3", "pembanding"),
)
_ABSURD = Decimal(1000)  # percent: ten times the whole
_FRACTION = Decimal(2)  # a percentage of less may be a fraction that lost its sign
_NEAR = Decimal(5)  # times: what an indicator's results of several years stay within
_LEAST_CAP, _MOST_CAP = Decimal(10), Decimal(999)


def unit_of(text: str) -> str:
    """A unit for comparing: "Persen (%)" and "prosentase" are "%"."""
    folded = fold(text).rstrip(".")
    return "%" if "%" in folded or re.fullmatch(r"(?:per|pro)sen(?:tase)?", folded) else folded


def cause(written: Decimal | None, exact: Decimal | None, *, formatted: bool) -> str:
    """Why a written percentage is a hundred times the exact one, or a hundredth of it; empty if it is not."""
    if written is None or exact is None:
        return ""
    if formatted and not differs(plain(written / HUNDRED), exact):
        return f" Sel itu berformat persen dan berisi {show(plain(written / HUNDRED))}: {_RETYPE}"
    if not formatted and written and not differs(plain(written * HUNDRED), exact):
        return f" Tanda persennya hilang: {show(written)} seharusnya {show(plain(written * HUNDRED))}%."
    return ""


_RETYPE = "ketik ulang dengan tanda %, atau ganti format selnya menjadi angka."


def hundredfold(table: Table, row: int) -> dict[str, str]:
    """Column → what is wrong, of the quantities of an indicator that are a hundred times off.

    Too large is what no percentage can be. Too small can only be told beside others: the row's other
    numbers are percentages of the usual size, and this one would be among them with its sign.
    """
    values = {key: number for key in _QUANTITIES if (number := table.number(row, key)) is not None}
    signed = {key for key in values if table.units.get((row, key)) == "%"}
    if unit_of(table.text(row, "satuan")) != "%" and not signed:
        return {}
    found = {
        key: f"{heading(table, key)} {show(value)}%: sel itu berformat persen dan berisi "
        f"{show(plain(value / HUNDRED))}."
        for key, value in values.items()
        if key in signed and value >= _ABSURD
    }
    usual = [value for key, value in values.items() if key not in found and value >= _FRACTION]
    if not usual:
        return found
    middle = median(usual)
    for key, value in values.items():
        meant = value * HUNDRED
        small = key not in signed and 0 < value < _FRACTION and value * 2 * _NEAR < middle
        if small and middle / _NEAR <= meant <= middle * _NEAR:
            found[key] = f"{heading(table, key)} {show(value)} kehilangan tanda persennya; kiranya {show(meant)}%."
    return found


@rule(
    Rule(
        code="IND-017",
        severity=Severity.ERROR,
        title="Persen seratus kali terlalu besar atau terlalu kecil",
        what="Untuk indikator persentase dicari sel berformat persen yang berisi angka persen (97,18 menjadi "
        "9.718%), dan pecahan tanpa tanda persen (0,97) di antara angka persen lainnya di baris itu.",
        why="Selnya tampak benar bagi yang mengetik, tetapi capaian yang dihitung darinya meleset seratus kali.",
        fix="Ketik ulang angkanya dengan tanda persen, misalnya 97,18%.",
        example="Realisasi berformat persen berisi 97,18: tampil sebagai 9718%.",
    )
)
def seratus_kali(indikator: Table) -> Outcome:
    """Each indicator's wrong cells in one finding."""
    for row in indikator.rows:
        found = hundredfold(indikator, row)
        if found:
            first, *others = found
            value = indikator.number(row, first) or Decimal(0)
            right = value / HUNDRED if value >= _ABSURD else value * HUNDRED
            yield Fault(
                At(indikator, row, first),
                " ".join(found.values()),
                expected=f"{show(plain(right))}%",
                actual=f"{show(value)}{indikator.units.get((row, first), '')}",
                related=tuple(At(indikator, row, key) for key in others),
            )


@rule(
    Rule(
        code="IDN-010",
        severity=Severity.ERROR,
        title="Batas Capaian seratus kali terlalu besar atau terlalu kecil",
        what="Batas Capaian pada lembar Instansi harus persen yang wajar, misalnya 100, 120, atau 150.",
        why="Batas yang salah memotong capaian semua indikator, atau tidak memotong apa pun.",
        fix="Tulis 120 atau 120%. Kosongkan bila capaian tidak dibatasi.",
        example="Sel berformat persen berisi 120: tampil sebagai 12000%.",
    )
)
def batas_capaian(form: Form) -> Outcome:
    """A cap that no office can mean."""
    value = form.number("batas_capaian")
    if value is None or _LEAST_CAP <= value <= _MOST_CAP:
        return
    signed = form.units.get("batas_capaian") == "%"
    right = plain(value / HUNDRED if value > _MOST_CAP else value * HUNDRED)
    if signed and value > _MOST_CAP:
        said = f"Batas Capaian {show(value)}%: sel itu berformat persen dan berisi {show(right)}."
    elif 0 < value < _LEAST_CAP:
        said = f"Batas Capaian {show(value)} kehilangan tanda persennya; kiranya {show(right)}%."
    else:
        said = f"Batas Capaian {show(value)} bukan batas yang wajar."
    plausible = _LEAST_CAP <= right <= _MOST_CAP
    yield Fault(Isian(form, "batas_capaian"), said, show(right) if plausible else "misalnya 120", show(value))
