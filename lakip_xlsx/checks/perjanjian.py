"""Rules of the family PKJ: what was promised in the Perjanjian Kinerja against what is measured."""

from __future__ import annotations

from decimal import Decimal

from lakip_xlsx.checks import near
from lakip_xlsx.checks.persen import hundredfold
from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.tables import heading
from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import HUNDRED, fold, show
from lakip_xlsx.workbook.book import Table

_LIKE = 85


def _by_code(table: Table) -> dict[str, int]:
    """Folded code → the first row with it."""
    rows: dict[str, int] = {}
    for row, kode in table.column("kode"):
        if isinstance(kode, str):
            rows.setdefault(fold(kode), row)
    return rows


@rule(
    Rule(
        code="PKJ-001",
        severity=Severity.ERROR,
        nomor=(22,),
        title="Indikator Perjanjian Kinerja dan pengukurannya tidak sama",
        what="Setiap Kode Indikator pada lembar Perjanjian Kinerja dicari pada lembar Indikator, dan sebaliknya. "
        "Lembar Perjanjian Kinerja boleh kosong untuk LAN 239/2003.",
        why="Yang diperjanjikan harus diukur, dan yang diukur harus diperjanjikan.",
        fix="Tambahkan indikator yang kurang, atau samakan kodenya pada kedua lembar.",
        example="Perjanjian Kinerja memuat I6, lembar Indikator hanya I1 sampai I5.",
        needs=("indikator.kode", "perjanjian.kode"),
    )
)
def janji_dan_ukuran(indikator: Table, perjanjian: Table, layout: Layout) -> Outcome:
    """Codes on either side that the other side lacks."""
    promised, measured = _by_code(perjanjian), _by_code(indikator)
    if not promised:
        if perjanjian.spec.key in layout.sheets and not len(perjanjian):
            place = At(perjanjian, perjanjian.header_row, "kode")
            message = f"Lembar {perjanjian.name} masih kosong, padahal wajib untuk tata letak {layout.name}."
            fix = "Isi indikator dan target menurut Perjanjian Kinerja yang ditandatangani."
            yield Fault(place, message, "indikator yang diperjanjikan", "kosong", fix=fix, kind=FindingKind.UNFILLED)
        return
    for here, rows, there, others in (
        (perjanjian, promised, indikator, measured),
        (indikator, measured, perjanjian, promised),
    ):
        for code, row in rows.items():
            if code in others:
                continue
            kode, text = here.text(row, "kode"), here.text(row, "indikator")
            other = next(
                (line for line in others.values() if text and near.alike(text, there.text(line, "indikator")) >= _LIKE),
                None,
            )
            hint = f" Bunyinya seperti {there.text(other, 'kode')}." if other is not None else ""
            yield Fault(
                At(here, row, "kode"),
                f"Indikator {kode} tidak ada pada lembar {there.name}.{hint}",
                expected=there.text(other, "kode") if other is not None else "",
                actual=kode,
                related=(At(there, there.header_row if other is None else other, "kode"),),
            )


@rule(
    Rule(
        code="PKJ-002",
        severity=Severity.ERROR,
        nomor=(23,),
        title="Target berbeda dari Perjanjian Kinerja",
        what="Target pada lembar Indikator dibandingkan dengan Target Perubahan pada lembar Perjanjian Kinerja, atau "
        "dengan Target bila tidak ada perubahan.",
        why="Kinerja dinilai terhadap target pada perjanjian yang terakhir ditandatangani.",
        fix="Samakan kedua target menurut Perjanjian Kinerja terakhir yang ditandatangani.",
        example="Perjanjian Kinerja perubahan 40 naskah, lembar Indikator 36.",
        tolerance="Tidak ada.",
        needs=("indikator.kode", "indikator.target", "perjanjian.kode", "perjanjian.target"),
    )
)
def target_janji(indikator: Table, perjanjian: Table) -> Outcome:
    """Each target against the last one that was signed."""
    promised = _by_code(perjanjian)
    for code, row in _by_code(indikator).items():
        line = promised.get(code)
        if line is None:
            continue
        key = "target_perubahan" if _filled(perjanjian, line, "target_perubahan") else "target"
        if not _filled(perjanjian, line, key) or not _filled(indikator, row, "target"):
            continue  # empty cells have findings of their own
        said, agreed = _shown(indikator, row, "target"), _shown(perjanjian, line, key)
        if _value(indikator, row, "target") == _value(perjanjian, line, key) or "target" in hundredfold(indikator, row):
            continue  # a percentage that is a hundred times off has its own finding
        yield Fault(
            At(indikator, row, "target"),
            f"Target {said}, sedangkan {heading(perjanjian, key)} pada lembar {perjanjian.name} {agreed}."
            f"{_hint(indikator, row, perjanjian, line, key)}",
            expected=agreed,
            actual=said,
            related=(At(perjanjian, line, key),),
        )


def _filled(table: Table, row: int, key: str) -> bool:
    """Whether a cell says something that can be compared: a number, or a text such as BB."""
    return _value(table, row, key) != ""


def _value(table: Table, row: int, key: str) -> Decimal | str:
    number = table.number(row, key)
    return number if number is not None else fold(table.text(row, key))


def _shown(table: Table, row: int, key: str) -> str:
    number = table.number(row, key)
    if number is None:
        return f'"{table.text(row, key)}"'
    return f"{show(number)}{'%' if table.units.get((row, key)) == '%' else ''}"


def _hint(indikator: Table, row: int, perjanjian: Table, line: int, key: str) -> str:
    """The usual reasons: the target before the change, or a fraction for a percentage."""
    own, agreed = indikator.number(row, "target"), perjanjian.number(line, key)
    if own is not None and key == "target_perubahan" and own == perjanjian.number(line, "target"):
        return " Yang tertulis adalah target sebelum perubahan."
    if own is not None and agreed is not None and (own == agreed * HUNDRED or own * HUNDRED == agreed):
        return " Salah satunya tanpa tanda persen."
    return ""
