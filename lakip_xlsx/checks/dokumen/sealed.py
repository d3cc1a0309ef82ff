"""Rules on what changed since a document was signed off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lakip_xlsx.checks.dokumen.case import FIGURE, Case, Change, fault, short
from lakip_xlsx.checks.dokumen.values import differing_numbers
from lakip_xlsx.finding import Finding


def changes(case: Case) -> Iterator[Finding]:
    """Every figure and sentence that is not as it was signed; many new or lost cells of one place together."""
    for _, group in groupby(case.changes, key=_place):
        many = list(group)
        if len(many) > _MOST:
            yield _many(many)
        else:
            yield from map(_change, many)


_MOST = 3
"""New or lost texts of one place that are told one by one."""


def _place(change: Change) -> tuple[object, ...]:
    """What is told together: new cells of one table, lost texts of one place; each changed text alone."""
    if change.was is not None and change.now is not None:
        return (id(change),)
    return (change.grid, change.now is None, change.spot.order if change.grid < 0 else 0)


def _many(group: Sequence[Change]) -> Finding:
    first = group[0]
    texts = [change.now or change.was or "" for change in group]
    code = "DOK-018" if any(FIGURE.intersection(text) for text in texts) else "DOK-019"
    done = "dihapus di dekat ini" if first.now is None else "ditambahkan"
    what = "sel" if first.grid >= 0 else "teks"
    message = f'{len(group)} {what} {done} sejak dicatat {first.signed}: "{short("; ".join(texts), 160)}".'
    return fault(code, first.spot, message)


def _change(change: Change) -> Finding:
    if change.was is None or change.now is None:
        text = change.now or change.was or ""
        code = "DOK-018" if FIGURE.intersection(text) else "DOK-019"
        done = "Ditambahkan" if change.was is None else "Dihapus di dekat ini"
        return fault(code, change.spot, f'{done} sejak dicatat {change.signed}: "{short(text)}".')
    numbers = list(differing_numbers(change.was, change.now))
    if numbers:
        told = "; ".join(f"semula {was}, kini {now}" for was, now in numbers[:5])
        return fault("DOK-018", change.spot, f"Sejak dicatat {change.signed}: {told}.", actual=numbers[0][1])
    figures = [[letter for letter in text if letter in FIGURE] for text in (change.was, change.now)]
    code = "DOK-018" if figures[0] != figures[1] else "DOK-019"
    message = f'Sejak dicatat {change.signed} berubah. Semula: "{short(change.was)}". Kini: "{short(change.now)}".'
    return fault(code, change.spot, message, actual=short(change.now))


def broken(case: Case) -> Iterator[Finding]:
    """What is wrong with the records themselves."""
    for said in case.broken_seals:
        yield fault("DOK-020", case.paper.start, said)
