"""Rules of the family PGW: the number of staff, counted in several ways."""

from __future__ import annotations

from lakip_xlsx.checks.laws import group_name, men_and_women, place_of, printed_totals, same_totals
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.checks.tables import heading
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.figures.ledger import Line, records
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import show
from lakip_xlsx.workbook.book import Table


@rule(
    Rule(
        code="PGW-001",
        severity=Severity.ERROR,
        nomor=(1,),
        title="Jumlah pegawai tidak sama dengan penjumlahan barisnya",
        what="Baris Jumlah tiap kelompok pada lembar Pegawai dibandingkan dengan penjumlahan baris kelompok itu.",
        why="Tabel pegawai dijumlahkan ulang oleh pembaca, dan jumlahnya dipakai di tabel lain.",
        fix="Periksa banyaknya pegawai pada tiap baris dengan daftar nominatif, lalu perbaiki baris atau Jumlahnya.",
        example="S 1 4 orang dan SLTA 5 orang, Jumlah tertulis 10.",
        tolerance="Tidak ada.",
        needs=("pegawai.kelompok",),
    )
)
def jumlah_pegawai(pegawai: Table, figures: Figures) -> Outcome:
    """Each printed Jumlah against the sum of its group."""
    yield from printed_totals(figures.ledger, {"pegawai": pegawai})


@rule(
    Rule(
        code="PGW-002",
        severity=Severity.ERROR,
        nomor=(2,),
        title="Jumlah pegawai berbeda antarkelompok",
        what="Jumlah pegawai menurut pendidikan, golongan, jabatan, dan jenis kelamin harus sama.",
        why="Orangnya sama, hanya dirinci dengan cara yang berbeda.",
        fix="Cari kelompok yang belum memuat semua pegawai, lalu lengkapi barisnya.",
        example="Menurut pendidikan 13 orang, menurut golongan 12 orang.",
        tolerance="Tidak ada.",
        needs=("pegawai.kelompok",),
    )
)
def pegawai_antarkelompok(pegawai: Table, figures: Figures) -> Outcome:
    """The sums of the groups against the first group that has one."""
    sheets = {"pegawai": pegawai}
    for each in same_totals(figures.ledger, sheets):
        if isinstance(each, Unchecked):
            yield each
            continue
        other, first = each
        names = [group_name(pegawai, line.group) for line in (other, first)]
        yield Fault(
            place_of(sheets, other, figures.ledger),
            f"{heading(pegawai, other.key)} menurut {names[0]} {show(other.amount)} orang, sedangkan menurut "
            f"{names[1]} {show(first.amount)} orang. Selisih {show(abs(other.amount - first.amount))} orang.",
            expected=show(first.amount),
            actual=show(other.amount),
            related=(place_of(sheets, first, figures.ledger),),
        )


@rule(
    Rule(
        code="PGW-003",
        severity=Severity.INFO,
        nomor=(41,),
        title="Jumlah pegawai berubah tanpa penjelasan",
        what="Bila jumlah pegawai awal dan akhir tahun berbeda, dicari penjelasannya pada kolom Keterangan.",
        why="Pembaca akan bertanya mengapa pegawai bertambah atau berkurang.",
        fix="Tulis sebabnya pada kolom Keterangan, misalnya: pindah masuk satu orang.",
        example="Awal tahun 12 orang, akhir tahun 13 orang, Keterangan kosong.",
        needs=("pegawai.kelompok",),
    )
)
def pegawai_berubah(pegawai: Table, figures: Figures) -> Outcome:
    """A change in the number of staff that no remark in the sheet explains; said once."""
    every = [*pegawai.rows, *pegawai.totals]
    if any(isinstance(remark, str) for _, remark in pegawai.column("keterangan", every)):
        return
    sheets = {"pegawai": pegawai}
    totals = figures.ledger.finished
    for before in records(totals[totals["key"] == "awal"], Line):
        for after in records(totals[(totals["key"] == "akhir") & (totals["group"] == before.group)], Line):
            if before.amount == after.amount:
                continue
            moved = "bertambah" if after.amount > before.amount else "berkurang"
            yield Fault(
                place_of(sheets, after, figures.ledger),
                f"Jumlah pegawai {moved} dari {show(before.amount)} menjadi {show(after.amount)} orang, dan belum ada "
                "keterangannya.",
                actual=f"{show(before.amount)} menjadi {show(after.amount)}",
                related=(place_of(sheets, before, figures.ledger),),
            )
            return


@rule(
    Rule(
        code="PGW-004",
        severity=Severity.ERROR,
        title="Laki-laki dan perempuan tidak berjumlah akhir tahun",
        what="Bila kolom Laki-laki dan Perempuan diisi, jumlah keduanya dibandingkan dengan Akhir Tahun.",
        why="Kedua kolom merinci pegawai yang sama, keadaan akhir tahun.",
        fix="Periksa ketiga angka di baris itu dengan daftar nominatif akhir tahun.",
        example="Akhir tahun 4 orang, laki-laki 2 dan perempuan 1.",
        tolerance="Tidak ada.",
        needs=("pegawai.akhir",),
    )
)
def laki_perempuan(pegawai: Table, figures: Figures) -> Outcome:
    """Men and women against the total of the row, where all three are given."""
    yield from men_and_women(figures.ledger, pegawai)
