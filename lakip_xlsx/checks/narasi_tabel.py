"""Rules of the family NAR on numbers in sentences against the tables: one rule for each kind of thing.

What contradicts is decided in :mod:`lakip_xlsx.checks.angka`; here it becomes findings.
"""

from __future__ import annotations

from lakip_xlsx.bahasa import counted
from lakip_xlsx.checks.angka.account import Number, Numbers
from lakip_xlsx.checks.angka.kinds import PERCENT, RUPIAH, Figure, Kind, Measure
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import decimals, half_up, rupiah, show

_UNKNOWN = {
    "sasaran": "lembar Renstra tidak memuat sasaran",
    "indikator": "lembar Indikator kosong",
    "pegawai": "lembar Pegawai belum berisi angka",
}


@rule(
    Rule(
        code="NAR-004",
        severity=Severity.ERROR,
        nomor=(20,),
        title="Banyaknya dalam kalimat tidak sesuai dengan tabel",
        what="Kalimat yang menyebut banyaknya sasaran, indikator, program, kegiatan, sub kegiatan, sumber dana, atau "
        "pegawai, juga yang tercapai atau belum dan yang dimiliki satu sasaran atau program, dibandingkan dengan "
        "lembarnya. Kalimat tentang sebagian saja, atau tentang tahun lain, tidak diperiksa.",
        why="Kalimat yang tertinggal dari tahun lalu adalah kekeliruan yang paling sering ditemukan.",
        fix="Sesuaikan angka dalam kalimat itu dengan tabelnya, atau lengkapi tabelnya.",
        example='"4 (empat) indikator kinerja", lembar Indikator memuat 5.',
        tolerance="Tidak ada.",
    )
)
def banyaknya(numbers: Numbers) -> Outcome:
    """Counts in sentences that are not those of the tables."""
    for number in numbers.contradicted:
        if number.claim is not None and number.figure is not None and not number.of_class:
            noun, right = number.claim.noun, int(number.figure.value)
            name = numbers.index.name(number.figure.subject)
            message = f'Tertulis "{number.quote}": menurut tabel {right} {noun}{f" pada {name}" if name else ""}.'
            yield Fault(
                number.passage.place, message, counted(right), number.text.partition(" (")[0], number.figure.places
            )
    untold = {
        number.claim.noun: None
        for number in numbers.all
        if number.claim is not None and number.claim.certain and not number.claim.figures
    }
    for noun in untold:
        reason = _UNKNOWN.get(noun, f"lembar Program tidak memuat {noun}")
        yield Unchecked(f"Banyaknya {noun} dalam kalimat tidak dicocokkan: {reason}.")


@rule(
    Rule(
        code="NAR-014",
        severity=Severity.ERROR,
        title="Rupiah atau persen dalam kalimat tidak sesuai dengan tabel",
        what="Jumlah rupiah dan persen realisasi yang disebut untuk seluruh anggaran, satu sumber dana, satu program "
        "atau kegiatan, atau satu sasaran dibandingkan dengan tabelnya; demikian pula jumlah yang hanya berbeda satu "
        "angka dari jumlah dalam tabel, dan persen yang bukan hasil bagi dua jumlah dalam kalimatnya sendiri. Kalimat "
        "tentang bagian lain atau tahun lain tidak diperiksa; daftarnya: check --angka.",
        why="Angka yang sama tercetak dua kali dalam laporan: dalam kalimat dan dalam tabel.",
        fix="Sesuaikan angka dalam kalimat itu dengan tabelnya.",
        example="Tertulis Rp1.351.829.970, total anggaran pada tabel 1.351.829.790.",
        tolerance="Setengah angka terakhir yang tertulis: Rp8,40 miliar cocok dengan 8.398.123.000.",
    )
)
def uang_dalam_kalimat(numbers: Numbers) -> Outcome:
    """Amounts and percentages of money that are not those of the tables."""
    for number in numbers.contradicted:
        if number.claim is None and number.figure is not None and _is_money(number.figure):
            yield _fault(numbers, number, number.figure)


@rule(
    Rule(
        code="NAR-015",
        severity=Severity.ERROR,
        title="Angka kinerja dalam kalimat tidak sesuai dengan tabel",
        what="Target, realisasi, capaian, realisasi tahun-tahun lalu, target akhir Renstra, standar nasional, dan "
        "selisih yang disebut untuk satu indikator atau sasaran dibandingkan dengan lembar Indikator, pada angka "
        "desimal seperti yang tertulis. Angka tentang hal lain tidak diperiksa; daftarnya: check --angka.",
        why="Kalimat analisis yang disalin dari tahun lalu membawa angka tahun lalu.",
        fix="Sesuaikan angka dalam kalimat itu dengan lembar Indikator.",
        example='"Indeks Kepuasan Masyarakat tahun 2025 mencapai 84,10", lembar Indikator memuat 86,75.',
        tolerance="Setengah angka terakhir yang tertulis.",
    )
)
def kinerja_dalam_kalimat(numbers: Numbers) -> Outcome:
    """Figures of indicators and means of capaian that are not those of the tables."""
    for number in numbers.contradicted:
        if number.claim is None and number.figure is not None and not _is_money(number.figure):
            yield _fault(numbers, number, number.figure)


def _is_money(figure: Figure) -> bool:
    return figure.unit == RUPIAH or figure.measure in {Measure.SERAPAN, Measure.BAGIAN, Measure.SISA}


def _fault(numbers: Numbers, number: Number, figure: Figure) -> Fault:
    right = _shown(figure, number.text)
    what = " ".join(word for word in (_what(figure, numbers), "menurut tabel") if word)
    close = "hampir sama dengan " if number.near else ""
    message = f'Tertulis "{number.quote}": {close}{what} {right}.'
    return Fault(number.passage.place, message, right, number.text, figure.places)


def _what(figure: Figure, numbers: Numbers) -> str:
    name = numbers.index.name(figure.subject)
    year = numbers.index.year
    when = f" tahun {year - figure.back}" if figure.back and year is not None else ""
    if figure.subject.kind is Kind.TOTAL:
        total = figure.unit == RUPIAH and figure.measure in {Measure.PAGU, Measure.REALISASI}
        return f"total {figure.measure}" if total else str(figure.measure)
    return f"{figure.measure} {name}{when}".strip()


def _shown(figure: Figure, written: str) -> str:
    if figure.unit == RUPIAH:
        return rupiah(figure.value)
    own = decimals(figure.value)
    value = abs(figure.value) if figure.measure is Measure.SELISIH else figure.value
    text = show(value if own <= 2 else half_up(value, 2))
    return f"{text}%" if figure.unit == PERCENT and ("%" in written or "persen" in written) else text
