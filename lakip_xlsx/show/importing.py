"""An import as a person reads it before anything is written, and as plain data for scripts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from lakip_xlsx.importing.merge import shown
from lakip_xlsx.importing.placing import Change, Placed
from lakip_xlsx.importing.proposal import Left, Proposal, Sum, Taken
from lakip_xlsx.importing.run import Import
from lakip_xlsx.numbers import show
from lakip_xlsx.show.text import NARROWEST, WIDEST, Line

SCHEMA = 1
_NAMED = 12  # cells and doubts that are told one by one


def preview(done: Import, *, width: int, full: bool, update: bool) -> Iterator[Line]:
    """What was recognised, where each column goes, the sums before and after, what is left out, what would change."""
    width = max(NARROWEST, min(width, WIDEST))
    yield from _tables(done.proposal, width)
    yield from _left(done, width, None if full else _NAMED)
    yield from _changes(done.placed, width, None if full else _NAMED, update=update)
    for told in done.placed.told:
        yield from _wrapped(told, width)
    yield from _wrapped(summary(done, update=update), width)


def _tables(proposal: Proposal, width: int) -> Iterator[Line]:
    unknown = [taken for taken in proposal.taken if not taken.kind]
    for taken in proposal.taken:
        if taken.kind:
            yield Line(f"{taken.table}: {taken.kind}", bold=True)
            yield from _table(taken, width)
            yield Line("")
    if unknown:
        yield Line("Tidak dikenal, tidak dipakai", bold=True)
        for taken in unknown:
            yield from _wrapped(f"{taken.table}: {headings(taken)}", width, "  ")
        yield Line("")
    for told in proposal.told:
        yield from _wrapped(told, width)


def _table(taken: Taken, width: int) -> Iterator[Line]:
    for heading, where in taken.columns:
        yield from _wrapped(f"{heading} -> {where}", width, "  ")
    if taken.unused:
        yield from _wrapped(f"sisa, tidak dipakai: {', '.join(taken.unused)}", width, "  ")
    for each in taken.sums:
        yield from _wrapped(sum_line(each), width, "  ")
    for told in taken.told:
        yield from _wrapped(told, width, "  ")


def headings(taken: Taken) -> str:
    """The first headings of a table that is none that is known."""
    return ", ".join(taken.unused[:6]) or "tanpa judul kolom"


def sum_line(each: Sum) -> str:
    """An amount before and after, and whether it is the same."""
    printed = f"; jumlah tercetak {show(each.printed)}" if each.printed is not None else ""
    verdict = "sama" if each.agrees else "BERBEDA, lihat yang ditinggalkan"
    return f"{each.what}: jumlah baris {show(each.rows)}{printed}; diusulkan {show(each.proposed)} ({verdict})"


def left(done: Import) -> list[Left]:
    """All that is left out, in the order of the sources."""
    return [*(each for taken in done.proposal.taken for each in taken.left), *done.placed.left]


def _left(done: Import, width: int, most: int | None) -> Iterator[Line]:
    found = left(done)
    if not found:
        return
    yield Line(f"Ditinggalkan karena meragukan ({len(found)})", bold=True)
    for each in found[:most]:
        yield from _wrapped(f"{each.place}: {each.why}.", width, "  ")
    if most is not None and len(found) > most:
        yield from _wrapped(f"dan {len(found) - most} lagi; lihat semuanya dengan --full.", width, "  ")
    yield Line("")


def _changes(placed: Placed, width: int, most: int | None, *, update: bool) -> Iterator[Line]:
    if not placed.changes:
        return
    verdict = "akan diganti" if update else "tidak diubah; ganti dengan --update"
    yield Line(f"Sudah berisi lain ({len(placed.changes)}, {verdict})", bold=True)
    for change in placed.changes[:most]:
        yield from _wrapped(f"{change.cell}: {change_line(change)}", width, "  ")
    if most is not None and len(placed.changes) > most:
        yield from _wrapped(f"dan {len(placed.changes) - most} lagi; lihat semuanya dengan --full.", width, "  ")
    yield Line("")


def change_line(change: Change) -> str:
    """What a cell holds, and what the source says."""
    return f"{change.before} -> {shown(change.now)} ({change.now.source})"


def summary(done: Import, *, update: bool) -> str:
    """What would be written, in one sentence that names the workbook."""
    return f"{done.workbook.name}: {counted(done, update=update)}."


def counted(done: Import, *, update: bool) -> str:
    """How many cells would be written, and what would not be."""
    placed = done.placed
    rows = ", ".join(f"{number} baris {sheet}" for sheet, number in placed.rows.items())
    changed = len(placed.changes) if update else 0
    parts = [f"{len(placed.fillings) - changed} sel kosong terisi{f' ({rows})' if rows else ''}"]
    if changed:
        parts.append(f"{changed} sel diganti")
    if placed.same:
        parts.append(f"{placed.same} sudah sama")
    parts.append(f"{len(left(done))} hal ditinggalkan")
    return ", ".join(parts)


def as_data(done: Import, *, written: bool, copy: str, lost: Sequence[str], update: bool) -> dict[str, Any]:
    """The import as plain data. The shape is public (``schema`` 1): add to it, never change it."""
    return {
        "schema": SCHEMA,
        "workbook": str(done.workbook),
        "written": written,
        "copy": copy,
        "lost": list(lost),
        "tables": [_taken(taken) for taken in done.proposal.taken],
        "filled": [
            {
                "sheet": each.cell.sheet,
                "cell": each.cell.ref,
                "value": _plain(each.value),
                "percent": each.percent,
                "source": each.source,
                "proposal": each.proposal,
            }
            for each in done.placed.fillings
        ],
        "changes": [
            {
                "sheet": each.cell.sheet,
                "cell": each.cell.ref,
                "was": each.before,
                "now": _plain(each.now.value),
                "source": each.now.source,
                "applied": update,
            }
            for each in done.placed.changes
        ],
        "same": done.placed.same,
        "left": [{"place": each.place, "why": each.why} for each in left(done)],
        "notes": [*done.proposal.told, *done.placed.told],
    }


def _taken(taken: Taken) -> dict[str, Any]:
    return {
        "table": taken.table,
        "kind": taken.kind,
        "rows": taken.rows,
        "columns": [{"heading": heading, "to": where} for heading, where in taken.columns],
        "unused": taken.unused,
        "sums": [
            {
                "what": each.what,
                "rows": _plain(each.rows),
                "printed": _plain(each.printed),
                "proposed": _plain(each.proposed),
                "agrees": each.agrees,
            }
            for each in taken.sums
        ],
        "notes": taken.told,
    }


def _plain(value: object) -> str | None:
    """A value for a script: exact, never a float."""
    return None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _wrapped(text: str, width: int, indent: str = "") -> Iterator[Line]:
    for line in textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=f"{indent}   ", break_on_hyphens=False
    ):
        yield Line(line)
