"""The laws that amounts obey, each written once over the ledger; the rules ANG, PGW and PRG are their names.

A law yields findings for what is stated and does not follow, and :class:`Unchecked` where the answer is not
known: a cell could not be read, or a row is not filled yet. Nothing is derived from an unfinished sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from lakip_xlsx.bahasa import enumerate_
from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Unchecked
from lakip_xlsx.checks.tables import amount, digits, heading, total_place
from lakip_xlsx.figures.hierarchy import NAMES, levels
from lakip_xlsx.figures.ledger import Line, compare, records, sums
from lakip_xlsx.numbers import fold, show
from lakip_xlsx.workbook.book import Table

Tables = Mapping[str, Table]
"""The sheets that a law looks at, by key."""

_GROUP = ["sheet", "group", "key"]
_QUARTERS = ("tw1", "tw2", "tw3", "tw4")


def of_sheets(ledger: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The lines of these sheets."""
    return ledger[ledger["sheet"].isin(tables)]


def printed_totals(ledger: pd.DataFrame, tables: Tables) -> Outcome:
    """Each printed Jumlah is the sum of all rows of its group, or of those since the Jumlah before it."""
    lines = of_sheets(ledger, tables)
    printed, counted = lines[lines["printed"]], lines[lines["counted"]]
    if printed.empty:
        return
    whole = sums(counted, _GROUP)
    wrong = compare(printed, whole, _GROUP)
    stated = printed.drop_duplicates(_GROUP).join(whole, on=_GROUP)
    for line in records(stated[stated["unread_of_sum"] > 0], Line):
        yield _unread(tables[line.sheet], line, _members(counted, line, _GROUP))
    wrong = wrong[wrong["unread_of_sum"] == 0]
    if wrong.empty:
        return
    several = printed.groupby(_GROUP)["row"].transform("size") > 1
    part = sums(counted, [*_GROUP, "segment"])
    subtotals = printed[several & (printed["segment"] == printed["row"])]
    right = subtotals.index.difference(compare(subtotals, part, [*_GROUP, "segment"]).index)
    for line in records(wrong[~wrong.index.isin(right)], Line):
        members = _members(counted, line, _GROUP)
        if line.open_of_sum:
            yield _unfilled(tables[line.sheet], members, f"Jumlah {_named(tables, line)}")
        else:
            yield _wrong_total(tables[line.sheet], line, members)


def _members(lines: pd.DataFrame, line: Line, by: Sequence[str]) -> pd.DataFrame:
    """The lines that make up the sum of a compared line."""
    same = pd.Series(True, index=lines.index)
    for name in by:
        same &= lines[name] == getattr(line, name)
    return lines[same]


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


def same_totals(ledger: pd.DataFrame, tables: Tables) -> Iterator[tuple[Line, Line] | Unchecked]:
    """The totals that must be equal: of a column over the sheets, or over the groups of one sheet.

    Yields the differing total and the one that is the measure (the first that is known), as lines with
    ``sheet``, ``group``, ``key`` and ``amount``.
    """
    counted = of_sheets(ledger, tables)
    counted = counted[counted["counted"]]
    found = group_totals(ledger, tables, every=True)
    for each in records(found[(found["unread_of_sum"] > 0) & (found["group"] == "")], Line):
        members = _members(counted[counted["unread"]], each, _GROUP)
        cell = tables[each.sheet].cell(int(members["row"].iloc[0]), each.key)
        yield Unchecked(f"Total {_named(tables, each)} belum dicocokkan: {cell.ref} belum terbaca.")
    found = found[(found["unread_of_sum"] == 0) & found["amount"].notna()]
    firsts = {each.key: each for each in records(found.drop_duplicates("key"), Line)}
    measures = found.drop_duplicates("key").set_index("key")[["amount"]].rename(columns={"amount": "expected"})
    for each in records(compare(found, measures, ["key"]), Line):
        first = firsts[each.key]
        unfinished = each if each.open_of_sum else first if first.open_of_sum else None
        if unfinished is None:
            yield each, first
        elif tables[each.sheet].spec.field(each.key).required:  # a column of choice may be left empty
            members = _members(counted, unfinished, _GROUP)
            yield _unfilled(tables[unfinished.sheet], members, f"Total {_named(tables, unfinished)}")


def group_totals(ledger: pd.DataFrame, tables: Tables, *, every: bool = False) -> pd.DataFrame:
    """The sums of each column of each group, as lines with ``amount``; of finished ones, or of ``every`` one."""
    lines = of_sheets(ledger, tables)
    found = sums(lines[lines["counted"]], _GROUP).reset_index().rename(columns={"expected": "amount"})
    return found if every else found[(found["open_of_sum"] == 0) & (found["unread_of_sum"] == 0)]


def place_of(tables: Tables, line: Line, ledger: pd.DataFrame) -> At:
    """Where a total is said: at its printed Jumlah, or else at the heading, in a group at its first row."""
    table = tables[line.sheet]
    if not line.group:
        return total_place(table, line.key)
    lines = _members(ledger, line, _GROUP)
    printed = lines.loc[lines["printed"], "row"]
    return At(table, int(printed.iloc[-1] if len(printed) else lines["row"].iloc[0]), line.key)


def parents_and_children(ledger: pd.DataFrame, program: Table) -> Outcome:
    """Each program is the sum of its kegiatan, each kegiatan of its sub kegiatan, amount by amount."""
    lines = ledger[(ledger["sheet"] == "program") & ~ledger["printed"]]
    children = lines[lines["parent"] != 0]
    if children.empty:
        return
    below = sums(children, ["parent", "key"]).rename_axis(["row", "key"])
    depth = levels(program)
    asked = lines[~lines["open"]].join(below, on=["row", "key"])
    for line in records(asked[asked["expected"].notna() & (asked["unread"] | (asked["unread_of_sum"] > 0))], Line):
        family = lines[((lines["parent"] == line.row) | (lines["row"] == line.row)) & (lines["key"] == line.key)]
        cell = program.cell(int(family.loc[family["unread"], "row"].min()), line.key)
        yield Unchecked(f"{heading(program, line.key)} baris {line.row} belum dicocokkan: {cell.ref} belum terbaca.")
    stated = lines[~lines["open"] & ~lines["unread"]]  # a dash says that there is nothing
    stated = stated.assign(amount=stated["amount"].where(stated["amount"].notna(), Decimal(0)))
    wrong = compare(stated, below, ["row", "key"])
    unfinished = wrong[wrong["open_of_sum"] > 0].set_index(["row", "key"]).index
    if len(unfinished):
        members = children[pd.MultiIndex.from_frame(children[["parent", "key"]]).isin(unfinished)]
        yield _unfilled(program, members, f"{len(unfinished)} jumlah kegiatan atau sub kegiatan")
    for line in records(wrong[(wrong["unread_of_sum"] == 0) & (wrong["open_of_sum"] == 0)], Line):
        members = children[(children["parent"] == line.row) & (children["key"] == line.key)]
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


def quarters(ledger: pd.DataFrame, program: Table) -> Outcome:
    """The four quarters of a row make up its year."""
    lines = ledger[(ledger["sheet"] == "program") & ~ledger["printed"]]
    parts = lines[lines["key"].isin(_QUARTERS)]
    if parts["amount"].notna().sum() == 0:
        return
    years = lines[(lines["key"] == "realisasi") & ~lines["unread"]]
    wrong = compare(years, sums(parts, ["row"]), ["row"])
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


def men_and_women(ledger: pd.DataFrame, pegawai: Table) -> Outcome:
    """Men and women of a row make up its staff at year's end, where all three are given."""
    lines = ledger[ledger["sheet"] == "pegawai"]
    parts = lines[lines["key"].isin(("laki", "perempuan"))]
    both = sums(parts, ["row"])
    both = both[parts.groupby("row", sort=False)["amount"].count().reindex(both.index) == 2]
    wrong = compare(lines[lines["key"] == "akhir"], both, ["row"])
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
