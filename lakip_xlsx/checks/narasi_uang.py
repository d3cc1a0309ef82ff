"""NAR-014: amounts and percentages in sentences against the totals of the money sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.places import Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.tables import total_place
from lakip_xlsx.checks.terbilang import FIGURE, figure
from lakip_xlsx.checks.texts import Texts
from lakip_xlsx.figures.figures import MONEY_SHEETS, Figures
from lakip_xlsx.figures.jumlah import jumlah_rows
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import decimals, half_up, percentage, rupiah, show
from lakip_xlsx.workbook.book import Book, Form
from lakip_xlsx.workbook.spec import Kind

_AMOUNT = Pattern(rf"\brp\.?\s*(?P<figure>{FIGURE})(?![0-9]|[.,][0-9]|\s*(?:ribu|juta|mil|tril))")
_PERCENT = Pattern(rf"(?<![\w.,/])(?P<figure>{FIGURE}|[0-9]{{1,3}}\.[0-9]{{1,2}})\s*(?:%|persen\b)")
_SIGNS = ("%", "persen", "rp")
"""One of them stands beside every percentage and amount: a quick look before the patterns."""
_BUDGET = Pattern(r"\b(?:anggaran|pagu)\b")
_SPENT = Pattern(r"\b(?:realisasi|terealisasi|terealisasikan|direalisasikan|terserap|diserap|serapan|penyerapan)\b")
_ABSORBED = Pattern(
    r"\b(?:realisasi|serapan|penyerapan)\s+(?:(?:keuangan|anggaran|belanja|dana)\s+)?(?:yang\s+)?(?:hanya\s+)?"
    r"(?:mencapai\s+|sebesar\s+|adalah\s+|tercatat\s+)?(?:hanya\s+)?(?P<rest>.*)$"
)
_PARTIAL = Pattern(
    r"\b(?:program|kegiatan|sub|sasaran|bidang|triwulan|semester|bulan|belanja|dak|dau|hibah|sumber|dana|fisik|indikator|"
    r"pegawai|setiap|masing-masing|tahun lalu|tahun sebelumnya|perubahan|murni|target|provinsi|sebagian|di antaranya)\b"
)
_OF_A_PART = Pattern(r"\s*(?:pada (?!tahun|akhir)|untuk|di|dari (?!(?:total|seluruh|pagu|anggaran)))\w*")
_YEAR = Pattern(r"\b(?:19|20)[0-9]{2}\b")
_SMALL = Decimal(1_000_000)
_CLOSE = Decimal("0.001")  # of a total: as near as a slip of the keyboard, as far as no other amount


@rule(
    Rule(
        code="NAR-014",
        severity=Severity.ERROR,
        title="Rupiah atau persen dalam kalimat tidak sesuai dengan tabel",
        what="Dicari jumlah rupiah yang hampir sama dengan total anggaran, realisasi, atau sisa tetapi tidak ada dalam "
        "tabel; kalimat tentang seluruh anggaran yang persennya bukan realisasi dibagi anggaran; dan persen realisasi "
        "keuangan yang berbeda dari serapan. Kalimat tentang sebagian anggaran atau tahun lain tidak diperiksa.",
        why="Angka yang sama tercetak dua kali dalam laporan: dalam kalimat dan dalam tabel.",
        fix="Sesuaikan angka dalam kalimat itu dengan tabelnya.",
        example="Tertulis Rp1.351.829.970, total anggaran pada tabel 1.351.829.790.",
        tolerance="Rupiah: tidak ada. Persen: setengah angka terakhir yang tertulis.",
    )
)
def uang_dalam_kalimat(book: Book, texts: Texts, form: Form | None, figures: Figures) -> Outcome:
    """Amounts and percentages that can only be meant for a total, and are not."""
    year = form.year("tahun") if form is not None else None
    totals = _totals(book, figures)
    if not totals:
        return
    for passage in texts.prose:
        for line in passage.lines:
            if not any(sign in line for sign in _SIGNS):
                continue
            years = {int(found) for found in _YEAR.findall(line)}
            if years and year is not None and year not in years:
                continue
            said = [figure(match["figure"]) for match in _AMOUNT.finditer(line)]
            for message, expected, actual, where in (
                *_near_totals(said, totals, book),
                *_shares(line, said),
                *_absorbed(line, said, figures),
            ):
                yield Fault(passage.place, message, expected, actual, (where or _first(totals),))


def _first(totals: dict[Decimal, tuple[str, Place]]) -> Place:
    return next(iter(totals.values()))[1]


def _totals(book: Book, figures: Figures) -> dict[Decimal, tuple[str, Place]]:
    """Amount → what it is the total of, and where it stands."""
    found: dict[Decimal, tuple[str, Place]] = {}
    for key in MONEY_SHEETS:
        table, money = book.table(key), figures.totals.get(key)
        if table is None or money is None:
            continue
        values = (
            ("total anggaran", money.anggaran, "anggaran"),
            ("total realisasi", money.realisasi, "realisasi"),
            ("sisa anggaran", money.sisa, "realisasi"),
        )
        for name, value, column in values:
            if value is not None and value >= _SMALL:
                found.setdefault(value, (name, total_place(table, column)))
    return found


def _amounts(book: Book) -> set[Decimal]:
    """Every amount that stands in a money column, or remains in its row."""
    found: set[Decimal] = set()
    for table in book.tables.values():
        for field in table.spec.fields:
            if field.kind is Kind.MONEY:
                found.update(table.numbers(field.key).values())
                found.update(table.numbers(field.key, jumlah_rows(table)).values())
        budgets, spent = table.numbers("anggaran"), table.numbers("realisasi")
        found.update(budgets[row] - spent[row] for row in budgets if row in spent)
    return found


Told = tuple[str, str, str, Place | None]


def _near_totals(said: list[Decimal], totals: dict[Decimal, tuple[str, Place]], book: Book) -> Iterator[Told]:
    for value in said:
        if value in totals or value < _SMALL:
            continue
        nearest = min(totals, key=lambda total: abs(total - value))
        close = abs(nearest - value) <= nearest * _CLOSE or sorted(str(nearest)) == sorted(str(value))
        if close and value not in _amounts(book):
            name, place = totals[nearest]
            yield (
                f"Rp{rupiah(value)} tidak ada dalam tabel, tetapi hampir sama dengan {name} {rupiah(nearest)}.",
                rupiah(nearest),
                rupiah(value),
                place,
            )


def _shares(line: str, said: list[Decimal]) -> Iterator[Told]:
    """A sentence with budget, amount spent and percentage: the three must agree with each other."""
    if len(said) != 2 or 0 in said:
        return
    shares = [match["figure"] for match in _PERCENT.finditer(line)]
    budget, spent = _BUDGET.search(line), _SPENT.search(line)
    if len(shares) != 1 or budget is None or spent is None:
        return
    exact = percentage(min(said), max(said)) if said[1] <= said[0] else percentage(said[1], said[0])
    share = _share(shares[0])
    rest = percentage(said[0] - said[1], said[0])
    if spent.start() < budget.start() or any(_rounds_to(value, share) for value in (exact, rest)):
        return
    yield (
        f"Tertulis {show(share)} persen, sedangkan {rupiah(said[1])} dari {rupiah(said[0])} adalah "
        f"{show(half_up(exact, 2))} persen.",
        show(half_up(exact, 2)),
        show(share),
        None,
    )


def _absorbed(line: str, said: list[Decimal], figures: Figures) -> Iterator[Told]:
    """The share of the whole budget that was spent, told without amounts."""
    told = _ABSORBED.search(line) if not said else None
    match = _PERCENT.match(told["rest"]) if told is not None else None
    if match is not None and told is not None and _OF_A_PART.match(told["rest"][match.end() :]):
        return
    money = next((figures.totals[key] for key in MONEY_SHEETS if key in figures.totals), None)
    exact = money.serapan if money is not None else None
    if match is None or exact is None or _PARTIAL.search(line.replace("pelaksanaan kegiatan", "")):
        return
    share = _share(match["figure"])
    if not _rounds_to(exact, share):
        shown = show(half_up(exact, 2))
        yield (
            f"Realisasi keuangan disebut {show(share)} persen, menurut tabel {shown} persen.",
            shown,
            show(share),
            None,
        )


def _share(text: str) -> Decimal:
    """A percentage as written, with a comma or with a dot."""
    return Decimal(text) if re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,2}", text) else figure(text)


def _rounds_to(exact: Decimal, share: Decimal) -> bool:
    return abs(exact - share) <= Decimal(5).scaleb(-decimals(share) - 1)
