"""Rules of the family ANG: budgets and what was spent, in every sheet that holds money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.checks.tables import (
    HALF_PLACE,
    differs,
    heading,
    jumlah_rows,
    money_tables,
    prints_as_hundred,
    rp,
    total,
    total_place,
    unread,
)
from lakip_xlsx.figures.figures import Figures, top_level
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import mean, percent, percentage, rupiah
from lakip_xlsx.workbook.book import Table

_MONEY = ("anggaran", "realisasi")


@dataclass(frozen=True, slots=True)
class Amounts:
    """A row (or Jumlah row) with its budget, what was spent, and the percentage that is typed there."""

    table: Table
    row: int
    anggaran: Decimal | None
    realisasi: Decimal | None
    typed: Decimal | None
    is_total: bool

    @property
    def place(self) -> At:
        """The cell of the percentage; without that column, of the amount spent."""
        return At(self.table, self.row, "serapan" if "serapan" in self.table else "realisasi")

    @property
    def sources(self) -> tuple[Place, ...]:
        """The two amounts from which the percentage follows."""
        return (At(self.table, self.row, "anggaran"), At(self.table, self.row, "realisasi"))

    @property
    def exact(self) -> Decimal | None:
        """Realisasi / anggaran in percent, or None where that says nothing."""
        if self.anggaran is None or self.realisasi is None or self.anggaran == 0:
            return None
        return percentage(self.realisasi, self.anggaran)


def _amounts(table: Table) -> Iterator[Amounts]:
    """All rows of a money table whose amounts can be read, then its Jumlah rows."""
    jumlah = set(jumlah_rows(table))
    for rows, is_total in ((table.rows, False), (table.totals, True)):
        columns = {key: table.numbers(key, rows) for key in (*_MONEY, "serapan")}
        doubtful = {row for key in _MONEY for row in unread(table, rows, key)}
        for row in rows:
            if row not in doubtful and (not is_total or row in jumlah):
                anggaran, realisasi, typed = (columns[key].get(row) for key in (*_MONEY, "serapan"))
                yield Amounts(table, row, anggaran, realisasi, typed, is_total)


@rule(
    Rule(
        code="ANG-001",
        severity=Severity.ERROR,
        nomor=(1,),
        title="Jumlah tidak sama dengan penjumlahan barisnya",
        what="Baris Jumlah pada lembar Anggaran, Anggaran Sasaran, dan Program dibandingkan dengan penjumlahan "
        "baris-barisnya. Pada lembar Program yang dijumlahkan hanya baris berjenis Program.",
        why="Pembaca laporan menjumlahkan ulang tabel keuangan; jumlah yang meleset menggugurkan kepercayaan pada "
        "seluruh laporan.",
        fix="Cocokkan tiap baris dengan DPA/LRA, lalu perbaiki baris yang keliru atau baris Jumlahnya.",
        example="Jumlah tertulis 1.000.010, sedangkan barisnya 400.000 dan 600.000.",
        tolerance="Tidak ada: rupiah harus sama persis.",
    )
)
def jumlah_anggaran(anggaran: Table | None, anggaran_sasaran: Table | None, program: Table | None) -> Outcome:
    """Every printed Jumlah against the exact sum of its rows."""
    for table in money_tables(anggaran, anggaran_sasaran, program):
        rows = top_level(table)
        keys = table.spec.total.fields if table.spec.total else ()
        for key in keys:
            if key in table and table.totals:
                yield from _compare_jumlah(table, key, rows)


def _compare_jumlah(table: Table, key: str, rows: list[int]) -> Outcome:
    """Each Jumlah is the sum of all rows, or of the rows since the Jumlah before it (a subtotal)."""
    if doubtful := unread(table, rows, key):
        cell = table.cell(doubtful[0], key)
        yield Unchecked(
            f"Jumlah {heading(table, key)} pada lembar {table.name} belum dicocokkan: {cell.ref} belum terbaca."
        )
        return
    values = table.numbers(key, rows)
    printed_values = table.numbers(key, table.totals)
    whole, printed_rows, previous = total(values), jumlah_rows(table), table.header_row
    for row in printed_rows:
        printed = printed_values.get(row)
        part = {line: value for line, value in values.items() if previous < line < row}
        previous = row
        below = row == printed_rows[-1] and any(line > row for line in values)
        subtotal = total(part) if len(printed_rows) > 1 and not below else whole
        if printed is None or printed in {whole, subtotal}:
            continue
        gap = abs(printed - whole)
        same = [line for line, value in values.items() if value == gap]
        hint = f" Selisih itu sama dengan isi {table.cell(same[0], key).ref}." if gap and len(same) == 1 else ""
        ends = (min(values), max(values)) if values else ()
        yield Fault(
            At(table, row, key),
            f"Jumlah {heading(table, key)} tertulis {rupiah(printed)}, sedangkan penjumlahan barisnya "
            f"{rupiah(whole)}. Selisih {rp(gap)}.{hint}",
            expected=rupiah(whole),
            actual=rupiah(printed),
            related=tuple(At(table, line, key) for line in dict.fromkeys((*same[:1], *ends))),
        )


@rule(
    Rule(
        code="ANG-002",
        severity=Severity.ERROR,
        nomor=(2,),
        title="Total yang sama berbeda antarlembar",
        what="Total anggaran dan total realisasi menurut lembar Anggaran, Anggaran Sasaran, dan Program harus sama. "
        "Yang dibandingkan adalah penjumlahan baris, bukan baris Jumlah yang diketik.",
        why="Ketiga tabel memuat uang yang sama, hanya dirinci menurut sumber dana, sasaran, dan program.",
        fix="Cari baris yang berbeda dengan DPA (anggaran) atau LRA (realisasi), lalu perbaiki baris itu.",
        example="Anggaran menurut sumber dana 1.351.829.790, menurut sasaran 1.351.829.800.",
        tolerance="Tidak ada: rupiah harus sama persis.",
    )
)
def total_antarlembar(
    anggaran: Table | None, anggaran_sasaran: Table | None, program: Table | None, figures: Figures
) -> Outcome:
    """The sums of the money sheets against each other; the first one there is the measure."""
    tables = money_tables(anggaran, anggaran_sasaran, program)
    for key in _MONEY:
        sums: list[tuple[Table, Decimal]] = []
        for table in tables:
            if doubtful := unread(table, top_level(table), key):
                cell = table.cell(doubtful[0], key)
                yield Unchecked(
                    f"Total {heading(table, key)} lembar {table.name} belum dicocokkan: {cell.ref} belum terbaca."
                )
                continue
            value: Decimal | None = getattr(figures.totals[table.spec.key], key)
            if value is not None:
                sums.append((table, value))
        for table, value in sums[1:]:
            first, measure = sums[0]
            if value != measure:
                others = tuple(total_place(other, key) for other, _ in sums if other is not table)
                yield Fault(
                    total_place(table, key),
                    f"Total {heading(table, key)} pada lembar {table.name} {rupiah(value)}, sedangkan pada lembar "
                    f"{first.name} {rupiah(measure)}. Selisih {rp(abs(value - measure))}.",
                    expected=rupiah(measure),
                    actual=rupiah(value),
                    related=others,
                )


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
        tolerance="Setengah angka terakhir yang tercetak (dua desimal): 0,005.",
    )
)
def persen_realisasi(anggaran: Table | None, anggaran_sasaran: Table | None, program: Table | None) -> Outcome:
    """The typed percentage of each row and Jumlah row against the row's own amounts."""
    for table in money_tables(anggaran, anggaran_sasaran, program):
        for line in _amounts(table):
            if line.typed is None or (line.is_total and _is_mean_of_rows(line)):
                continue
            exact = _measure(line)
            if exact is None and line.typed != 0:
                yield Fault(
                    line.place,
                    f"Realisasi (%) tertulis {percent(line.typed)}, padahal tidak dapat dihitung: anggaran atau "
                    "realisasinya tidak ada.",
                    expected="-",
                    actual=percent(line.typed),
                    related=line.sources,
                )
            elif exact is not None and differs(line.typed, exact):
                yield Fault(
                    line.place,
                    f"Realisasi (%) tertulis {percent(line.typed)}, sedangkan realisasi dibagi anggaran adalah "
                    f"{percent(exact)}.",
                    expected=percent(exact),
                    actual=percent(line.typed),
                    related=line.sources,
                )


def _measure(line: Amounts) -> Decimal | None:
    """The percentage that a row should show; a Jumlah row without amounts is measured by its rows."""
    if not line.is_total or line.exact is not None:
        return line.exact
    rows = top_level(line.table)
    sums = [total(line.table.numbers(key, rows)) for key in _MONEY]
    return percentage(sums[1], sums[0]) if sums[0] else None


def _is_mean_of_rows(line: Amounts) -> bool:
    """Whether a Jumlah's percentage is the mean of its rows' and not the sum over the sum."""
    exact = _measure(line)
    if line.typed is None or exact is None or not differs(line.typed, exact):
        return False
    rows = top_level(line.table)
    numbers = list(line.table.numbers("serapan", rows).values())
    counted = frozenset(rows)
    amounts = [other for other in _amounts(line.table) if not other.is_total and other.row in counted]
    computed = [other.exact for other in amounts if other.exact is not None]
    return any(len(values) > 1 and abs(line.typed - mean(values)) <= HALF_PLACE for values in (numbers, computed))


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
        tolerance="Setengah angka terakhir yang tercetak (dua desimal): 0,005.",
    )
)
def rata_rata_persen(anggaran: Table | None, anggaran_sasaran: Table | None, program: Table | None) -> Outcome:
    """A Jumlah percentage that equals the mean of the rows' percentages."""
    for table in money_tables(anggaran, anggaran_sasaran, program):
        for line in _amounts(table):
            exact = _measure(line) if line.is_total else None
            if exact is not None and line.typed is not None and _is_mean_of_rows(line):
                yield Fault(
                    line.place,
                    f"Realisasi (%) pada baris Jumlah tertulis {percent(line.typed)}, yaitu rata-rata persen "
                    f"barisnya. Jumlah realisasi dibagi jumlah anggaran adalah {percent(exact)}.",
                    expected=percent(exact),
                    actual=percent(line.typed),
                    related=line.sources,
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
def realisasi_lebih(anggaran: Table | None, anggaran_sasaran: Table | None, program: Table | None) -> Outcome:
    """More spent than budgeted, or spent without any budget."""
    for table in money_tables(anggaran, anggaran_sasaran, program):
        for line in _amounts(table):
            available = line.anggaran or Decimal(0)
            if line.is_total or line.realisasi is None or line.realisasi <= available:
                continue
            over = line.realisasi - available
            yield Fault(
                At(table, line.row, "realisasi"),
                f"Realisasi {rupiah(line.realisasi)} melebihi anggaran {rupiah(line.anggaran)}. Lebih {rp(over)}.",
                expected=f"paling banyak {rupiah(available)}",
                actual=rupiah(line.realisasi),
                related=(At(table, line.row, "anggaran"),),
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
def persen_menyesatkan(anggaran: Table | None, anggaran_sasaran: Table | None, program: Table | None) -> Outcome:
    """Percentages that rounding, or a typed zero, makes say something else than the amounts."""
    for table in money_tables(anggaran, anggaran_sasaran, program):
        for line in _amounts(table):
            trap = _trap(line)
            if trap is not None:
                message, expected, actual, fix = trap
                yield Fault(line.place, message, expected=expected, actual=actual, related=line.sources, fix=fix)


def _trap(line: Amounts) -> tuple[str, str, str, str] | None:
    """Message, expected, actual and remedy of a misleading percentage; None if it says what it should."""
    exact = line.exact
    if exact is None or line.realisasi is None or line.anggaran is None:
        if line.typed == 0 and not line.anggaran and not line.realisasi and not line.is_total:
            message = "Realisasi (%) tertulis 0,00 padahal tidak ada anggaran."
            return message, "-", "0,00", "Tulis - pada sel persen, atau kosongkan sel itu."
        return None
    rest = line.anggaran - line.realisasi
    if rest and prints_as_hundred(exact):
        said = f"masih bersisa {rp(rest)}" if rest > 0 else f"realisasinya lebih {rp(-rest)}"
        fix = "Biarkan persennya, tetapi sebutkan sisanya dalam kalimat pada lembar Narasi."
        return f"Realisasi (%) tercetak 100,00 padahal {said}.", "", "100,00", fix
    if line.realisasi > 0 and exact < HALF_PLACE:
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
    anggaran: Table | None, anggaran_sasaran: Table | None, program: Table | None, figures: Figures
) -> Outcome:
    """What is left of each sheet's total, shown."""
    for table in money_tables(anggaran, anggaran_sasaran, program):
        money = figures.totals[table.spec.key]
        if not money.sisa or any(unread(table, top_level(table), key) for key in _MONEY):
            continue
        said = (
            f"Sisa anggaran {rp(money.sisa)}" if money.sisa > 0 else f"Realisasi melampaui anggaran {rp(-money.sisa)}"
        )
        share = f", serapan {percent(money.serapan)}%" if money.serapan is not None else ""
        yield Fault(
            total_place(table, "realisasi"),
            f"{said}{share}: anggaran {rupiah(money.anggaran)}, realisasi {rupiah(money.realisasi)}.",
            actual=rupiah(money.sisa),
            related=(total_place(table, "anggaran"),),
        )
