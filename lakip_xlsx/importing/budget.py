"""Budgets and realisations: the rows of an export as a tree of program, kegiatan, sub kegiatan and accounts.

Amounts of accounts are added up to their sub kegiatan, and every amount that the source prints is held against what
stands below it. Where the two differ, or where anything below cannot be read, the amount is left out and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from lakip_xlsx.importing.amounts import Doubt
from lakip_xlsx.importing.budget_columns import Measures, measures_of
from lakip_xlsx.importing.budget_rows import Line, has_codes_above, lines_of
from lakip_xlsx.importing.codes import KEPT, parent
from lakip_xlsx.importing.proposal import Given, Record, Sum, Taken, name_key
from lakip_xlsx.importing.tables import Table
from lakip_xlsx.numbers import show

_NAMES = {"anggaran": "Anggaran", "realisasi": "Realisasi"} | {f"tw{n}": f"Realisasi TW {n}" for n in range(1, 5)}


@dataclass(slots=True)
class Node:
    """A program, a kegiatan, a sub kegiatan or an account, with what the source prints for it."""

    key: str
    level: str
    code: str
    name: str
    place: str
    own: dict[str, Decimal | Doubt] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)  # measure → the cell
    below: list[Node] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)  # sumber dana
    result: dict[str, Decimal | Doubt] = field(default_factory=dict)


def take_budget(table: Table, taken: Taken, year: int | None) -> None:
    """Read a table of the budget into records of the sheet Program."""
    measures = measures_of(table, taken, year)
    lines, totals = lines_of(table, taken, measures)
    nodes = _nodes(lines, taken)
    if not nodes:
        _take_kinds(lines, measures, taken)
        return
    partial = "di atasnya ada baris berkode yang judul kolomnya tidak dikenal" if has_codes_above(table) else ""
    if table.grid.partial:
        partial = "ada baris tersembunyi yang tidak dibaca"
    for node in nodes.values():
        for measure in measures.names:
            _settle(node, measure, taken)
    if partial:
        taken.leave(table.name, f"{partial}; jumlah dari rinciannya tidak dibuat")
        for node in nodes.values():
            node.result = {name: value for name, value in node.result.items() if name in node.own}
    for node in nodes.values():
        if node.level in KEPT:
            taken.records.append(_record(node, measures))
    _add_up(nodes, totals, measures, taken)


def _nodes(lines: Iterable[Line], taken: Taken) -> dict[str, Node]:
    """The tree, by key; every line hangs below the line that it belongs to."""
    nodes: dict[str, Node] = {}
    above: dict[str, str] = {}
    twice: set[str] = set()
    for line in lines:
        if line.level not in KEPT and line.above not in nodes:
            if line.level == "Rekening" and line.above:
                taken.leave(line.place, f"rekening {line.code} tanpa baris induk {line.above}")
            continue
        node = nodes.get(line.key)
        if node is None:
            node = nodes[line.key] = Node(line.key, line.level, line.code, line.name, line.place)
            above[line.key] = line.above
        elif _differ(node, line):
            if line.key not in twice:
                taken.leave(line.place, f"{line.code or line.name} sudah ada di {node.place} dengan angka lain")
            twice.add(line.key)
            node.own |= {measure: Doubt(f"tercetak dua kali ({line.place})") for measure in line.amounts}
            continue
        _take(node, line)
    for key, node in nodes.items():
        place = above[key]
        while place and place not in nodes:  # a kegiatan that the export does not print
            place = (
                place.rpartition("/")[0] if "/" in place else parent(place, "Kegiatan") if place.count(".") > 2 else ""
            )
        if place and place != key:
            nodes[place].below.append(node)
    return nodes


def _differ(node: Node, line: Line) -> bool:
    return any(node.own.get(measure, value) != value for measure, (value, _) in line.amounts.items())


def _take(node: Node, line: Line) -> None:
    node.name = node.name or line.name
    if line.source:
        node.sources.add(line.source)
    for measure, (value, where) in line.amounts.items():
        node.own.setdefault(measure, value)
        node.where.setdefault(measure, where)


def _settle(node: Node, measure: str, taken: Taken) -> Decimal | Doubt | None:
    """The amount of a node, from what is printed and what stands below; None where neither says one."""
    if measure in node.result:
        return node.result[measure]
    node.result[measure] = Doubt("bercabang ke dirinya sendiri")
    own = node.own.get(measure)
    below = _sum_below(node, measure, taken)
    value: Decimal | Doubt | None
    if isinstance(own, Doubt):
        taken.leave(node.where.get(measure, node.place), f"{_NAMES[measure]} {node.code or node.name}: {own.why}")
        value = own
    elif own is None:
        value = below
        if isinstance(below, Doubt) and node.level in KEPT:
            taken.leave(node.place, f"{_NAMES[measure]} {node.code or node.name} tidak dijumlahkan: {below.why}")
    elif isinstance(below, Decimal) and below != own:
        why = f"tercetak {show(own)}, jumlah rinciannya {show(below)}, selisih {show(own - below)}"
        taken.leave(node.where[measure], f"{_NAMES[measure]} {node.code or node.name}: {why}")
        value = Doubt(why)
    else:
        value = own
    if value is None:
        del node.result[measure]
    else:
        node.result[measure] = value
    return value


def _sum_below(node: Node, measure: str, taken: Taken) -> Decimal | Doubt | None:
    """What stands below a node; of accounts only the deepest count. None where nothing below says an amount."""
    accounts = [each for each in node.below if each.level == "Rekening"]
    steps = [each for each in node.below if each.level != "Rekening"]
    counted = steps or _deepest(accounts)
    found = [_settle(each, measure, taken) for each in counted]
    said = [value for value in found if value is not None]
    if not said:
        return None
    doubt = next((value for value in said if isinstance(value, Doubt)), None)
    if doubt is not None:
        return Doubt(f"ada rincian yang diragukan ({doubt.why})")
    if len(said) < len(found):
        return Doubt("ada rincian tanpa angka")
    return sum((value for value in said if isinstance(value, Decimal)), Decimal(0))


def _deepest(accounts: list[Node]) -> list[Node]:
    """Accounts without accounts of their own: 5.1.02.01.01.0024, not 5.1.02 above it."""
    codes = sorted({account.code for account in accounts})
    above = {code for code, following in pairwise(codes) if following.startswith(f"{code}.")}
    return [account for account in accounts if account.code not in above]


def _record(node: Node, measures: Measures) -> Record:
    record = Record("program", (node.code,) if node.code else (node.level, name_key(node.name)))
    if node.code:
        record.give("kode", Given(node.code, node.place))
    record.give("jenis", Given(node.level, node.place))
    if node.name:
        record.give("uraian", Given(node.name, node.place))
    if len(node.sources) == 1:
        record.give("sumber_dana", Given(next(iter(node.sources)), node.place))
    for measure in measures.names:
        value = node.result.get(measure)
        if isinstance(value, Decimal):
            added = not isinstance(node.own.get(measure), Decimal)
            record.give(measure, Given(value, _origin(node, measure, measures), added=added))
    return record


def _origin(node: Node, measure: str, measures: Measures) -> str:
    """Where an amount came from: its cell, or the rows that it is the sum of."""
    heading = measures.heading(measure)
    if isinstance(node.own.get(measure), Decimal):
        return f"{node.where[measure]} ({heading})"
    leaves = list(_leaves(node, measure))
    first, last = leaves[0].place, leaves[-1].place
    return f"jumlah {len(leaves)} baris, {first} sampai {last.rpartition(', ')[2]} ({heading})"


def _leaves(node: Node, measure: str) -> Iterator[Node]:
    """The nodes whose printed amounts a sum is made of."""
    steps = [each for each in node.below if each.level != "Rekening"] or _deepest(node.below)
    for each in steps:
        if isinstance(each.own.get(measure), Decimal):
            yield each
        else:
            yield from _leaves(each, measure)
    if not steps:
        yield node


def _add_up(nodes: dict[str, Node], totals: dict[str, list[Decimal]], measures: Measures, taken: Taken) -> None:
    """Hold the sums against each other: of the lowest rows, of the printed total, of what is proposed."""
    hanging = {below.key for node in nodes.values() for below in node.below}
    tops = [node for node in nodes.values() if node.key not in hanging]
    for measure in measures.names:
        rows = [leaf.own.get(measure) for top in tops for leaf in _leaves(top, measure)]
        read = sum((value for value in rows if isinstance(value, Decimal)), Decimal(0))
        proposed = [top.result.get(measure) for top in tops]
        written = sum((value for value in proposed if isinstance(value, Decimal)), Decimal(0))
        if not any(isinstance(value, Decimal) for value in rows):
            continue
        printed = _whole(totals.get(measure, []), written)
        taken.sums.append(Sum(_NAMES[measure], read, printed, written))
        if printed is not None and printed != written:
            why = f"jumlah tercetak {show(printed)}, yang diusulkan {show(written)}, selisih {show(printed - written)}"
            taken.leave(taken.table, f"{_NAMES[measure]}: {why}")


def _whole(totals: list[Decimal], written: Decimal) -> Decimal | None:
    """The printed total of the whole: the only one, or among several the one that fits, or all of them together."""
    if len(totals) < 2:
        return totals[0] if totals else None
    added = sum(totals, Decimal(0))
    return next((total for total in (*totals, added) if total == written), max(totals))


def _take_kinds(lines: list[Line], measures: Measures, taken: Taken) -> None:
    """A table of accounts alone (LRA): the kinds of belanja, by the third step of their codes."""
    frame = pd.DataFrame(
        [
            (line.code, line.name, line.place, measure, value, where)
            for line in lines
            if line.level == "Rekening" and line.code.startswith("5.") and line.code.count(".") == 2
            for measure, (value, where) in line.amounts.items()
            if measure in {"anggaran", "realisasi"}
        ],
        columns=["code", "name", "place", "measure", "value", "where"],
        dtype=object,
    )
    for (code, name), rows in frame.groupby(["code", "name"], sort=True):
        record = Record("belanja", (name_key(str(name)),))
        record.give("jenis", Given(str(name), str(rows["place"].iloc[0])))
        for measure, value, where in zip(rows["measure"], rows["value"], rows["where"], strict=True):
            if isinstance(value, Doubt):
                taken.leave(str(where), f"{_NAMES[str(measure)]} {code}: {value.why}")
            elif str(measure) in record.values and record.values[str(measure)].value != value:
                taken.leave(str(where), f"{code} tercetak dua kali dengan angka lain")
            else:
                record.give(str(measure), Given(value, f"{where} ({measures.heading(str(measure))})"))
        taken.records.append(record)
    if not len(frame):
        taken.told.append("tidak ada kode program, kegiatan, sub kegiatan, maupun jenis belanja yang dikenal")
