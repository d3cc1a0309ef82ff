"""Rules of the family PGW: the number of staff, counted in several ways."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.checks.tables import heading, jumlah_rows, total, unread
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold, show
from lakip_xlsx.workbook.book import Table

_COUNTS = ("awal", "akhir", "laki", "perempuan")


@dataclass(frozen=True, slots=True)
class Kelompok:
    """One way of counting the staff: its rows, and the Jumlah rows printed for it."""

    name: str
    table: Table
    rows: tuple[int, ...]
    jumlah: tuple[int, ...]

    def sum(self, key: str) -> Decimal | None:
        """The exact sum of a column; None where no row holds a number or a cell could not be read."""
        values = self.table.numbers(key, self.rows)
        return total(values) if values and not unread(self.table, self.rows, key) else None

    def complete(self, key: str) -> bool:
        """Whether every row holds a number in this column."""
        return len(self.table.numbers(key, self.rows)) == len(self.rows)

    def place(self, key: str) -> At:
        """Where the group says its number: its Jumlah, or its first row."""
        return At(self.table, self.jumlah[-1] if self.jumlah else self.rows[0], key)


def kelompok(table: Table) -> list[Kelompok]:
    """The groups of the sheet Pegawai, in its order.

    A Jumlah belongs to the group that it names, or else to the row above it.
    """
    members: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    group_of: dict[int, str] = {}
    for row, value in table.column("kelompok"):
        name = str(value or "")
        names.setdefault(fold(name), name)
        members.setdefault(fold(name), []).append(row)
        group_of[row] = fold(name)
    printed: dict[str, list[int]] = {}
    for row in jumlah_rows(table):
        said = fold(str(table.value(row, "kelompok") or ""))
        above = [line for line in group_of if line < row]
        group = said if said in members else group_of[max(above)] if above else ""
        printed.setdefault(group, []).append(row)
    return [
        Kelompok(names[group], table, tuple(rows), tuple(printed.get(group, ()))) for group, rows in members.items()
    ]


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
def jumlah_pegawai(pegawai: Table) -> Outcome:
    """Each printed Jumlah against the sum of its group."""
    for group in kelompok(pegawai):
        for key in (key for key in _COUNTS if key in pegawai):
            if group.jumlah and (doubtful := unread(pegawai, group.rows, key)):
                cell = pegawai.cell(doubtful[0], key)
                yield Unchecked(
                    f"Jumlah {heading(pegawai, key)} {group.name} belum dicocokkan: {cell.ref} belum terbaca."
                )
                continue
            whole = total(pegawai.numbers(key, group.rows))
            for row in group.jumlah:
                printed = pegawai.number(row, key)
                if printed is not None and printed != whole:
                    yield Fault(
                        At(pegawai, row, key),
                        f"Jumlah {heading(pegawai, key)} menurut {group.name} tertulis {show(printed)}, sedangkan "
                        f"penjumlahan barisnya {show(whole)}. Selisih {show(abs(printed - whole))} orang.",
                        expected=show(whole),
                        actual=show(printed),
                        related=tuple(At(pegawai, group.rows[end], key) for end in (0, -1)),
                    )


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
def pegawai_antarkelompok(pegawai: Table) -> Outcome:
    """The sums of the groups against the first group that has one."""
    groups = kelompok(pegawai)
    for key in (key for key in _COUNTS if key in pegawai):
        optional = key in {"laki", "perempuan"}
        known = [
            (group, value)
            for group in groups
            if (value := group.sum(key)) is not None and (not optional or group.complete(key))
        ]
        for group, value in known[1:]:
            first, measure = known[0]
            if value != measure:
                yield Fault(
                    group.place(key),
                    f"{heading(pegawai, key)} menurut {group.name} {show(value)} orang, sedangkan menurut {first.name} "
                    f"{show(measure)} orang. Selisih {show(abs(value - measure))} orang.",
                    expected=show(measure),
                    actual=show(value),
                    related=(first.place(key),),
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
def pegawai_berubah(pegawai: Table) -> Outcome:
    """A change in the number of staff that no remark in the sheet explains; said once."""
    remarks = [value for rows in (pegawai.rows, pegawai.totals) for _, value in pegawai.column("keterangan", rows)]
    if any(isinstance(remark, str) for remark in remarks):
        return
    for group in kelompok(pegawai):
        before, after = group.sum("awal"), group.sum("akhir")
        if before is not None and after is not None and before != after:
            moved = "bertambah" if after > before else "berkurang"
            yield Fault(
                group.place("akhir"),
                f"Jumlah pegawai {moved} dari {show(before)} menjadi {show(after)} orang, dan belum ada keterangannya.",
                actual=f"{show(before)} menjadi {show(after)}",
                related=(group.place("awal"),),
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
def laki_perempuan(pegawai: Table) -> Outcome:
    """Men and women against the total of the row, where all three are given."""
    for rows in (pegawai.rows, jumlah_rows(pegawai)):
        men, women, all_ = (pegawai.numbers(key, rows) for key in ("laki", "perempuan", "akhir"))
        wrong = [row for row in all_ if row in men and row in women and men[row] + women[row] != all_[row]]
        for row in wrong:
            both = men[row] + women[row]
            yield Fault(
                At(pegawai, row, "akhir"),
                f"Akhir Tahun {show(all_[row])} orang, sedangkan laki-laki {show(men[row])} dan perempuan "
                f"{show(women[row])} berjumlah {show(both)} orang.",
                expected=show(both),
                actual=show(all_[row]),
                related=(At(pegawai, row, "laki"), At(pegawai, row, "perempuan")),
            )
        if wrong:
            return  # the Jumlah row would only repeat it
