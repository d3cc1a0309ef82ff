"""Rules of the family ANG: budgets and what was spent, in every sheet that holds money."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from lakip_xlsx.checks.laws import printed_totals, same_totals
from lakip_xlsx.checks.persen import cause
from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.checks.tables import HALF_PLACE, heading, money_tables, prints_as_hundred, rp, total_place
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.figures.hierarchy import MONEY
from lakip_xlsx.figures.ledger import records
from lakip_xlsx.figures.shares import Share
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import as_written, percent, rupiah
from lakip_xlsx.workbook.book import Table


@rule(
    Rule(
        code="ANG-001",
        severity=Severity.ERROR,
        nomor=(1,),
        title="Jumlah tidak sama dengan penjumlahan barisnya",
        what="Baris Jumlah pada lembar Anggaran, Anggaran Sasaran, Program, dan Belanja dibandingkan dengan "
        "penjumlahan baris-barisnya. Pada lembar Program yang dijumlahkan hanya baris berjenis Program.",
        why="Pembaca laporan menjumlahkan ulang tabel keuangan; jumlah yang meleset menggugurkan kepercayaan pada "
        "seluruh laporan.",
        fix="Cocokkan tiap baris dengan DPA/LRA, lalu perbaiki baris yang keliru atau baris Jumlahnya.",
        example="Jumlah tertulis 1.000.010, sedangkan barisnya 400.000 dan 600.000.",
        tolerance="Tidak ada: rupiah harus sama persis.",
    )
)
def jumlah_anggaran(
    anggaran: Table | None,
    anggaran_sasaran: Table | None,
    program: Table | None,
    belanja: Table | None,
    figures: Figures,
) -> Outcome:
    """Every printed Jumlah against the exact sum of its rows."""
    yield from printed_totals(figures.ledger, money_tables(anggaran, anggaran_sasaran, program, belanja))


@rule(
    Rule(
        code="ANG-002",
        severity=Severity.ERROR,
        nomor=(2,),
        title="Total yang sama berbeda antarlembar",
        what="Total anggaran dan total realisasi menurut lembar Anggaran, Anggaran Sasaran, Program, dan Belanja harus "
        "sama. "
        "Yang dibandingkan adalah penjumlahan baris, bukan baris Jumlah yang diketik.",
        why="Semuanya memuat uang yang sama, hanya dirinci menurut sumber dana, sasaran, program, dan jenis belanja.",
        fix="Cari baris yang berbeda dengan DPA (anggaran) atau LRA (realisasi), lalu perbaiki baris itu.",
        example="Anggaran menurut sumber dana 1.351.829.790, menurut sasaran 1.351.829.800.",
        tolerance="Tidak ada: rupiah harus sama persis.",
    )
)
def total_antarlembar(
    anggaran: Table | None,
    anggaran_sasaran: Table | None,
    program: Table | None,
    belanja: Table | None,
    figures: Figures,
) -> Outcome:
    """The sums of the money sheets against each other; the first one there is the measure."""
    tables = money_tables(anggaran, anggaran_sasaran, program, belanja)
    for each in same_totals(figures.ledger, tables):
        if isinstance(each, Unchecked):
            yield each
            continue
        other, first = each
        names = [tables[line.sheet].name for line in (other, first)]
        places = [
            total_place(table, other.key)
            for key, table in tables.items()
            if key != other.sheet and getattr(figures.totals[key], other.key) is not None
        ]
        yield Fault(
            total_place(tables[other.sheet], other.key),
            f"Total {heading(tables[other.sheet], other.key)} pada lembar {names[0]} {rupiah(other.amount)}, sedangkan "
            f"pada lembar {names[1]} {rupiah(first.amount)}. Selisih {rp(abs(other.amount - first.amount))}.",
            expected=rupiah(first.amount),
            actual=rupiah(other.amount),
            related=tuple(places),
        )


def _shares(tables: Mapping[str, Table], figures: Figures) -> pd.DataFrame:
    return figures.shares[figures.shares["sheet"].isin(tables)]


def _share_place(table: Table, row: int) -> At:
    """The cell of the percentage; without that column, of the amount spent."""
    return At(table, row, "serapan" if "serapan" in table else "realisasi")


def _share_sources(table: Table, row: int) -> tuple[Place, ...]:
    """The two amounts from which the percentage follows."""
    return tuple(At(table, row, key) for key in MONEY)


@rule(
    Rule(
        code="ANG-003",
        severity=Severity.ERROR,
        nomor=(3,),
        title="Persen realisasi tidak sesuai dengan rupiahnya",
        what="Realisasi (%) pada tiap baris dan baris Jumlah dibandingkan dengan realisasi dibagi anggaran.",
        why="Persen yang diketik sering tertinggal dari tahun lalu atau salah salin.",
        fix="Kosongkan sel persen agar dihitung sendiri, atau periksa rupiah di baris itu.",
        example="Anggaran 94.000.000, realisasi 82.702.963, persen tertulis 89,78; hitungannya 87,98.",
        tolerance="Setengah angka terakhir yang tertulis: 93,6 benar untuk 93,63; 97 benar untuk 97,20.",
    )
)
def persen_realisasi(
    anggaran: Table | None,
    anggaran_sasaran: Table | None,
    program: Table | None,
    belanja: Table | None,
    figures: Figures,
) -> Outcome:
    """The typed percentage of each row and Jumlah row against the row's own amounts."""
    tables = money_tables(anggaran, anggaran_sasaran, program, belanja)
    lines = _shares(tables, figures)
    for line in records(lines[lines["wrong"] & ~lines["of_means"]], Share):  # of means: ANG-004 says so
        table = tables[line.sheet]
        yield Fault(
            _share_place(table, line.row),
            f"Realisasi (%) tertulis {as_written(line.amount)}, sedangkan realisasi dibagi anggaran adalah "
            f"{percent(line.expected)}."
            f"{cause(line.amount, line.expected, formatted=table.units.get((line.row, 'serapan')) == '%')}",
            expected=percent(line.expected),
            actual=as_written(line.amount),
            related=_share_sources(table, line.row),
        )
    nothing = lines[lines["expected"].isna() & ~lines["open"] & lines["amount"].notna()]
    for line in records(nothing[nothing["amount"] != 0], Share):
        table = tables[line.sheet]
        yield Fault(
            _share_place(table, line.row),
            f"Realisasi (%) tertulis {as_written(line.amount)}, padahal tidak dapat dihitung: anggaran atau "
            "realisasinya tidak ada.",
            expected="-",
            actual=as_written(line.amount),
            related=_share_sources(table, line.row),
        )


@rule(
    Rule(
        code="ANG-004",
        severity=Severity.ERROR,
        nomor=(4,),
        title="Persen total dihitung sebagai rata-rata persen",
        what="Realisasi (%) pada baris Jumlah diperiksa apakah ternyata rata-rata dari persen tiap baris.",
        why="Persen total adalah jumlah realisasi dibagi jumlah anggaran. Rata-rata persen memberi bobot yang sama "
        "pada baris kecil dan baris besar.",
        fix="Kosongkan sel persen pada baris Jumlah agar dihitung dari jumlah realisasi dan jumlah anggaran.",
        example="Baris 90,00 (dari Rp 900 juta) dan 50,00 (dari Rp 100 juta): total 86,00, bukan 70,00.",
        tolerance="Setengah angka terakhir yang tertulis: 93,6 benar untuk 93,63; 97 benar untuk 97,20.",
    )
)
def rata_rata_persen(
    anggaran: Table | None,
    anggaran_sasaran: Table | None,
    program: Table | None,
    belanja: Table | None,
    figures: Figures,
) -> Outcome:
    """A Jumlah percentage that equals the mean of the rows' percentages."""
    tables = money_tables(anggaran, anggaran_sasaran, program, belanja)
    lines = _shares(tables, figures)
    for line in records(lines[lines["of_means"]], Share):
        if line.wrong:
            yield Fault(
                _share_place(tables[line.sheet], line.row),
                f"Realisasi (%) pada baris Jumlah tertulis {as_written(line.amount)}, yaitu rata-rata persen "
                f"barisnya. Jumlah realisasi dibagi jumlah anggaran adalah {percent(line.expected)}.",
                expected=percent(line.expected),
                actual=as_written(line.amount),
                related=_share_sources(tables[line.sheet], line.row),
            )


@rule(
    Rule(
        code="ANG-005",
        severity=Severity.WARNING,
        nomor=(7,),
        title="Realisasi melebihi anggaran",
        what="Realisasi tiap baris dibandingkan dengan anggarannya.",
        why="Belanja tidak boleh melampaui pagu yang tersedia (UU 1/2004 Pasal 3 ayat (3)); biasanya angkanya tertukar "
        "atau pagunya belum memakai DPA perubahan.",
        fix="Periksa apakah pagu sudah menurut DPA terakhir dan apakah kedua angka tidak tertukar.",
        example="Anggaran 50.000.000, realisasi 50.500.000.",
    )
)
def realisasi_lebih(
    anggaran: Table | None,
    anggaran_sasaran: Table | None,
    program: Table | None,
    belanja: Table | None,
    figures: Figures,
) -> Outcome:
    """More spent than budgeted, or spent without any budget."""
    tables = money_tables(anggaran, anggaran_sasaran, program, belanja)
    lines = _shares(tables, figures)
    for line in records(lines[~lines["printed"] & ~lines["open"] & lines["realisasi"].notna()], Share):
        available = line.anggaran or Decimal(0)
        if line.realisasi is not None and line.realisasi > available:
            yield Fault(
                At(tables[line.sheet], line.row, "realisasi"),
                f"Realisasi {rupiah(line.realisasi)} melebihi anggaran {rupiah(line.anggaran)}. "
                f"Lebih {rp(line.realisasi - available)}.",
                expected=f"paling banyak {rupiah(available)}",
                actual=rupiah(line.realisasi),
                related=(At(tables[line.sheet], line.row, "anggaran"),),
            )


@rule(
    Rule(
        code="ANG-006",
        severity=Severity.WARNING,
        nomor=(10,),
        title="Persen 100,00 atau 0,00 yang menyesatkan",
        what="Dicari persen yang tercetak 100,00 padahal realisasi tidak sama dengan anggaran, yang tercetak 0,00 "
        "padahal ada realisasi, dan 0,00 yang diketik padahal tidak ada anggaran.",
        why="Pembaca mengira uangnya habis, atau tidak terpakai, atau ada anggaran yang tidak terserap.",
        fix="Biarkan persennya, tetapi sebutkan sisanya dalam kalimat. Bila tidak ada anggaran, tulis - saja.",
        example="Anggaran 71.250.000, realisasi 71.249.900: tercetak 100,00, masih bersisa Rp 100.",
        tolerance="Dua desimal, dibulatkan ke atas mulai dari setengah.",
    )
)
def persen_menyesatkan(
    anggaran: Table | None,
    anggaran_sasaran: Table | None,
    program: Table | None,
    belanja: Table | None,
    figures: Figures,
) -> Outcome:
    """Percentages that rounding, or a typed zero, makes say something else than the amounts."""
    tables = money_tables(anggaran, anggaran_sasaran, program, belanja)
    for line in records(_shares(tables, figures), Share):
        trap = _typed_zero(line) if line.expected is None else _trap(line)
        if trap is not None:
            table, (message, expected, actual, fix) = tables[line.sheet], trap
            related = _share_sources(table, line.row)
            yield Fault(_share_place(table, line.row), message, expected, actual, related, fix=fix)


def _typed_zero(line: Share) -> tuple[str, str, str, str] | None:
    """Message, expected, actual and remedy of a zero that is typed where there is no budget."""
    if line.amount != 0 or line.anggaran or line.realisasi or line.printed or line.open:
        return None
    message = f"Realisasi (%) tertulis {as_written(line.amount)} padahal tidak ada anggaran."
    return message, "-", as_written(line.amount), "Tulis - pada sel persen, atau kosongkan sel itu."


def _trap(line: Share) -> tuple[str, str, str, str] | None:
    """The same of a percentage that rounds to what it is not; None if it says what it should."""
    if line.anggaran is None or line.realisasi is None or line.expected is None:
        return None  # a Jumlah without amounts of its own
    rest = line.anggaran - line.realisasi
    if rest and prints_as_hundred(line.expected):
        said = f"masih bersisa {rp(rest)}" if rest > 0 else f"realisasinya lebih {rp(-rest)}"
        fix = "Biarkan persennya, tetapi sebutkan sisanya dalam kalimat pada lembar Narasi."
        return f"Realisasi (%) tercetak 100,00 padahal {said}.", "", "100,00", fix
    if line.realisasi > 0 and line.expected < HALF_PLACE:
        fix = "Biarkan persennya, tetapi sebutkan realisasinya dalam kalimat pada lembar Narasi."
        return f"Realisasi (%) tercetak 0,00 padahal ada realisasi {rp(line.realisasi)}.", "", "0,00", fix
    return None


@rule(
    Rule(
        code="ANG-007",
        severity=Severity.INFO,
        nomor=(11,),
        title="Sisa anggaran",
        what="Anggaran dikurangi realisasi, untuk total tiap lembar yang memuat uang.",
        why="Sisa anggaran dijelaskan dalam bagian keuangan; angkanya dihitung dari sel yang sama dengan tabel.",
        fix="Tidak ada yang perlu diperbaiki. Jelaskan penyebab sisanya pada lembar Narasi.",
        example="Anggaran 1.351.829.790, realisasi 1.333.620.587: sisa 18.209.203.",
    )
)
def sisa_anggaran(
    anggaran: Table | None,
    anggaran_sasaran: Table | None,
    program: Table | None,
    belanja: Table | None,
    figures: Figures,
) -> Outcome:
    """What is left of the total, shown once where the sheets agree."""
    tables = money_tables(anggaran, anggaran_sasaran, program, belanja)
    finished = figures.ledger.finished[figures.ledger.finished["key"].isin(MONEY)]
    by_rest: dict[Decimal, list[Table]] = {}
    for key, table in tables.items():
        rest = figures.totals[key].sisa
        if rest and (finished["sheet"] == key).sum() == len(MONEY):
            by_rest.setdefault(rest, []).append(table)
    for rest, alike in by_rest.items():
        money = figures.totals[alike[0].spec.key]
        said = f"Sisa anggaran {rp(rest)}" if rest > 0 else f"Realisasi melampaui anggaran {rp(-rest)}"
        share = f", serapan {percent(money.serapan)}%" if money.serapan is not None else ""
        yield Fault(
            total_place(alike[0], "realisasi"),
            f"{said}{share}: anggaran {rupiah(money.anggaran)}, realisasi {rupiah(money.realisasi)}.",
            actual=rupiah(rest),
            related=(total_place(alike[0], "anggaran"), *(total_place(table, "realisasi") for table in alike[1:])),
        )
