"""The budget by source of money, and by sasaran: tables with one amount for each name."""

from __future__ import annotations

from decimal import Decimal

from lakip_xlsx.importing.amounts import Doubt
from lakip_xlsx.importing.budget_columns import measures_of
from lakip_xlsx.importing.proposal import NONE, Given, Record, Sum, Taken, Years, name_key, says_nothing, unnumbered
from lakip_xlsx.importing.tables import Column, Table
from lakip_xlsx.importing.vocabulary import Concept
from lakip_xlsx.numbers import show
from lakip_xlsx.workbook.labels import is_only_total, plain_label


def take_sources(table: Table, taken: Taken, years: Years) -> None:
    """Read the budget by source of money."""
    _take_money(table, taken, years, "anggaran", Concept.SUMBER_DANA, "sumber_dana")


def take_goals(table: Table, taken: Taken, years: Years) -> None:
    """Read the budget by sasaran."""
    _take_money(table, taken, years, "anggaran_sasaran", Concept.SASARAN, "sasaran")


def _take_money(table: Table, taken: Taken, years: Years, sheet: str, concept: Concept, key: str) -> None:
    if years.back:
        taken.leave(table.name, f"anggaran tahun {years.source}, sedangkan laporannya tahun {years.report}")
        return
    name = table.having(concept)[0]
    measures = measures_of(table, taken, years.report)
    wanted = [each for each in measures.names if each in {"anggaran", "realisasi"}]
    rows: dict[str, list[Decimal]] = {each: [] for each in wanted}
    totals: dict[str, Decimal] = {}
    for row in table.rows:
        text = table.text(row, name)
        amounts = measures.amounts(table, row)
        if any(is_only_total(plain_label(said)) for _, said in table.grid.texts(row)):
            totals |= {each: value for each, (value, _) in amounts.items() if isinstance(value, Decimal)}
        elif not says_nothing(text) and amounts:
            if concept is Concept.SASARAN:
                taken.records.append(_goal(text, table.place(row, name)))
            record = Record(sheet, (name_key(text),))
            record.give(key, Given(unnumbered(text), table.place(row, name)))
            for each in wanted:
                _give(table, row, measures.single.get(each), amounts.get(each), (record, each, rows[each]), taken)
            taken.records.append(record)
    for each in wanted:
        added = sum(rows[each], Decimal(0))
        printed = totals.get(each)
        taken.sums.append(Sum(each.capitalize(), added, printed, added))
        if printed is not None and printed != added:
            taken.leave(table.name, f"{each}: jumlah tercetak {show(printed)}, jumlah barisnya {show(added)}")


def _goal(text: str, place: str) -> Record:
    """The sasaran itself, for the sheet Renstra."""
    record = Record("renstra", ("Sasaran", name_key(text)))
    record.give("jenis", Given("Sasaran", place))
    record.give("uraian", Given(unnumbered(text), place))
    return record


def _give(
    table: Table,
    row: int,
    column: Column | None,
    amount: tuple[Decimal | Doubt, str] | None,
    into: tuple[Record, str, list[Decimal]],
    taken: Taken,
) -> None:
    """Take one amount; a dash stays a dash."""
    if amount is None:
        return
    value, where = amount
    record, name, added = into
    if isinstance(value, Doubt):
        taken.leave(where, f"{name.capitalize()}: {value.why}")
        return
    dash = value == 0 and column is not None and table.text(row, column) in NONE
    record.give(name, Given("-" if dash else value, where))
    added.append(value)
