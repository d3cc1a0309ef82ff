"""The laws that amounts obey, each written once over the ledger; the rules ANG, PGW and PRG are their names.

A law yields findings for what is stated and does not follow, and :class:`Unchecked` where the answer is not
known: a cell could not be read, or a row is not filled yet. Nothing is derived from an unfinished sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pandas as pd

from lakip_xlsx.bahasa import enumerate_
from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Unchecked
from lakip_xlsx.checks.tables import amount, digits, heading, total_place
from lakip_xlsx.figures.hierarchy import NAMES, levels
from lakip_xlsx.figures.ledger import Ledger, Line, compare, records, sums
from lakip_xlsx.numbers import fold, show
from lakip_xlsx.workbook.book import Table

Tables = Mapping[str, Table]
"""The sheets that a law looks at, by key."""

_QUARTERS = ("tw1", "tw2", "tw3", "tw4")


def printed_totals(ledger: Ledger, tables: Tables) -> Outcome:
    """Each printed Jumlah is the sum of all rows of its group, or of those since the Jumlah before it."""
    stated = _of(ledger.printed, tables).drop_duplicates("whole").join(ledger.wholes, on="whole")
    for line in records(stated[stated["unread_of_sum"] > 0], Line):
        yield _unread(tables[line.sheet], line, _members(ledger, line))
    wrong = _of(ledger.misprinted, tables)
    wrong = wrong[wrong["unread_of_sum"] == 0]
    if wrong.empty:
        return
    right, parts = _subtotals(ledger)
    for whole in records(wrong[~wrong.index.isin(right)], Line):
        line, members = whole, _members(ledger, whole)
        if whole.sub and (whole.whole, whole.segment) in parts:  # a part is held against its own rows
            line, members = parts[whole.whole, whole.segment], members[members["segment"] == whole.segment]
        if line.open_of_sum:
            yield _unfilled(tables[line.sheet], members, f"Jumlah {_named(tables, line)}")
        else:
            yield _wrong_total(tables[line.sheet], line, members)


def _subtotals(ledger: Ledger) -> tuple[pd.Index, dict[tuple[int, int], Line]]:
    """The printed Jumlah that are the sum of the rows since the one before, and those of them that are not.

    Only one of several in a group, or one that calls itself a part, can be such a sum.
    """
    printed = ledger.printed
    several = printed.groupby("whole")["row"].transform("size") > 1
    lines = [each.assign(part=each["whole"] * 2**24 + each["segment"]) for each in (printed, ledger.counted)]
    subtotals = lines[0][(several | printed["sub"]) & (printed["segment"] == printed["row"])]
    wrong = compare(subtotals, sums(lines[1], "part"), "part")
    told = {(each.whole, each.segment): each for each in records(wrong, Line)}
    return subtotals.index.difference(wrong.index), told


def _of(lines: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The lines of these sheets."""
    return lines[lines["sheet"].isin(tables)]


def _members(ledger: Ledger, total: Line) -> pd.DataFrame:
    """The lines that make up a total."""
    return ledger.counted[ledger.counted["whole"] == total.whole]


def _named(tables: Tables, line: Line) -> str:
    """What a Jumlah counts, in words: "Anggaran pada lembar Program", "Awal Tahun menurut Pendidikan"."""
    table = tables[line.sheet]
    where = f"menurut {group_name(table, line.group)}" if line.group else f"pada lembar {table.name}"
    return f"{heading(table, line.key)} {where}"


def group_name(table: Table, group: str) -> str:
    """A Kelompok as it is written in the sheet."""
    by = table.spec.total.by if table.spec.total else ""
    return next((str(value) for _, value in table.column(by) if fold(str(value or "")) == group), group)


def _unread(table: Table, line: Line, members: pd.DataFrame) -> Unchecked:
    cell = table.cell(int(members.loc[members["unread"], "row"].min()), line.key)
    where = f" {group_name(table, line.group)}" if line.group else f" pada lembar {table.name}"
    return Unchecked(f"Jumlah {heading(table, line.key)}{where} belum dicocokkan: {cell.ref} belum terbaca.")


def _unfilled(table: Table, members: pd.DataFrame, what: str) -> Unchecked:
    """A sum that is not finished: some of its cells are still empty."""
    cells = [table.cell(each.row, each.key).ref for each in records(members[members["open"]], Line)]
    shown = [*cells[:3], f"{len(cells) - 3} sel lain"] if len(cells) > 4 else cells
    return Unchecked(f"{what} belum dicocokkan: {enumerate_(shown)} belum diisi.")


def _said(table: Table, line: Line) -> tuple[str, str, str]:
    """What is stated, what follows, and by how much they differ, as texts."""
    gap = amount(table, line.key, abs(line.amount - line.expected))
    return digits(table, line.key, line.amount), digits(table, line.key, line.expected), gap


def _wrong_total(table: Table, line: Line, members: pd.DataFrame) -> Fault:
    known = members[members["amount"].notna()]
    gap = abs(line.amount - line.expected)
    same = [int(row) for row in known.loc[known["amount"] == gap, "row"]] if not line.group else []
    hint = f" Selisih itu sama dengan isi {table.cell(same[0], line.key).ref}." if gap and len(same) == 1 else ""
    ends = [int(known["row"].min()), int(known["row"].max())] if len(known) else []
    grouped = f" menurut {group_name(table, line.group)}" if line.group else ""
    stated, expected, distance = _said(table, line)
    return Fault(
        At(table, line.row, line.key),
        f"Jumlah {heading(table, line.key)}{grouped} tertulis {stated}, sedangkan "
        f"penjumlahan barisnya {expected}. Selisih {distance}.{hint}",
        expected=expected,
        actual=stated,
        related=tuple(At(table, row, line.key) for row in dict.fromkeys((*same[:1], *ends))),
    )


def same_totals(ledger: Ledger, tables: Tables) -> Iterator[tuple[Line, Line] | Unchecked]:
    """The totals that must be equal: of a column over the sheets, or over the groups of one sheet.

    Yields the differing total and the one that is the measure: the first that is known.
    """
    totals = _of(ledger.totals, tables)
    for each in records(totals[(totals["unread_of_sum"] > 0) & (totals["group"] == "")], Line):
        members = _members(ledger, each)
        cell = tables[each.sheet].cell(int(members.loc[members["unread"], "row"].iloc[0]), each.key)
        yield Unchecked(f"Total {_named(tables, each)} belum dicocokkan: {cell.ref} belum terbaca.")
    every = {each.whole: each for each in records(totals, Line)}
    for each in records(_of(ledger.unequal, tables), Line):
        first = every[each.measure]
        unfinished = each if each.open_of_sum else first if first.open_of_sum else None
        if unfinished is None:
            yield each, first
        elif tables[each.sheet].spec.field(each.key).required:  # a column of choice may be left empty
            members = _members(ledger, unfinished)
            yield _unfilled(tables[unfinished.sheet], members, f"Total {_named(tables, unfinished)}")


def place_of(tables: Tables, total: Line, ledger: Ledger) -> At:
    """Where a total is said: at its printed Jumlah, or else at the heading, in a group at its first row."""
    table = tables[total.sheet]
    if not total.group:
        return total_place(table, total.key)
    printed = ledger.printed.loc[ledger.printed["whole"] == total.whole, "row"]
    return At(table, int(printed.iloc[-1] if len(printed) else _members(ledger, total)["row"].iloc[0]), total.key)


def parents_and_children(ledger: Ledger, program: Table) -> Outcome:
    """Each program is the sum of its kegiatan, each kegiatan of its sub kegiatan, amount by amount."""
    lines = ledger.of("program")
    children = lines[lines["parent"] != 0]
    if children.empty:
        return
    below = sums(children, "parent_cell")
    depth = levels(program)
    asked = lines[~lines["open"]] if lines["unread"].any() else lines[:0]
    asked = asked.join(below, on="cell")
    for line in records(asked[asked["expected"].notna() & (asked["unread"] | (asked["unread_of_sum"] > 0))], Line):
        family = lines[(lines["parent_cell"] == line.cell) | (lines["cell"] == line.cell)]
        cell = program.cell(int(family.loc[family["unread"], "row"].min()), line.key)
        yield Unchecked(f"{heading(program, line.key)} baris {line.row} belum dicocokkan: {cell.ref} belum terbaca.")
    stated = lines[~lines["open"] & ~lines["unread"]]  # a dash says that there is nothing
    amounts = [each or Decimal(0) for each in stated["amount"].tolist()]
    stated = stated.assign(amount=pd.Series(amounts, stated.index, dtype=object))
    wrong = compare(stated, below, "cell")
    unfinished = wrong[wrong["open_of_sum"] > 0]
    if len(unfinished):
        members = children[children["parent_cell"].isin(unfinished["cell"])]
        yield _unfilled(program, members, f"{len(unfinished)} jumlah kegiatan atau sub kegiatan")
    for line in records(wrong[(wrong["unread_of_sum"] == 0) & (wrong["open_of_sum"] == 0)], Line):
        members = children[children["parent_cell"] == line.cell]
        known = members.loc[members["amount"].notna(), "row"]
        kinds = sorted({depth[row] for row in members["row"]})
        stated_text, expected, gap = _said(program, line)
        yield Fault(
            At(program, line.row, line.key),
            f"{heading(program, line.key)} {NAMES[depth[line.row]]} {stated_text}, sedangkan "
            f"{len(members)} {' dan '.join(NAMES[kind].lower() for kind in kinds)} di bawahnya berjumlah "
            f"{expected}. Selisih {gap}.",
            expected=expected,
            actual=stated_text,
            related=tuple(At(program, int(row), line.key) for row in known),
        )


def quarters(ledger: Ledger, program: Table) -> Outcome:
    """The four quarters of a row make up its year."""
    lines = ledger.of("program")
    parts = lines[lines["key"].isin(_QUARTERS)]
    if parts["amount"].notna().sum() == 0:
        return
    years = lines[(lines["key"] == "realisasi") & ~lines["unread"]]
    wrong = compare(years, sums(parts, "row"), "row")
    unfinished = wrong[wrong["open_of_sum"] > 0]
    if len(unfinished):
        members = parts[parts["row"].isin(unfinished["row"])]
        yield _unfilled(program, members, f"Triwulan {len(unfinished)} baris")
    for line in records(wrong[(wrong["unread_of_sum"] == 0) & (wrong["open_of_sum"] == 0)], Line):
        members = parts[parts["row"] == line.row]
        known = members[members["amount"].notna()]
        running = known["amount"].tolist()
        year, expected, gap = _said(program, line)
        cumulative = running == sorted(running) and running[-1] == line.amount and known["key"].iloc[-1] == "tw4"
        yield Fault(
            At(program, line.row, "realisasi"),
            f"Realisasi setahun {year}, sedangkan triwulannya berjumlah {expected}. Selisih {gap}."
            f"{' Apakah triwulannya diisi kumulatif?' if cumulative else ''}",
            expected=expected,
            actual=year,
            related=tuple(At(program, line.row, key) for key in known["key"]),
        )


def men_and_women(ledger: Ledger, pegawai: Table) -> Outcome:
    """Men and women of a row make up its staff at year's end, where all three are given."""
    lines = ledger.lines[ledger.lines["sheet"] == "pegawai"]
    parts = lines[lines["key"].isin(("laki", "perempuan"))]
    both = sums(parts, "row")
    both = both[parts.groupby("row", sort=False)["amount"].count().reindex(both.index) == 2]
    wrong = compare(lines[lines["key"] == "akhir"], both, "row")
    if (~wrong["printed"]).any():
        wrong = wrong[~wrong["printed"]]  # the Jumlah row would only repeat it
    for line in records(wrong, Line):
        said = {each.key: show(each.amount) for each in records(parts[parts["row"] == line.row], Line)}
        yield Fault(
            At(pegawai, line.row, "akhir"),
            f"Akhir Tahun {show(line.amount)} orang, sedangkan laki-laki {said['laki']} dan perempuan "
            f"{said['perempuan']} berjumlah {show(line.expected)} orang.",
            expected=show(line.expected),
            actual=show(line.amount),
            related=(At(pegawai, line.row, "laki"), At(pegawai, line.row, "perempuan")),
        )
