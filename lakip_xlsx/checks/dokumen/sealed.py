"""Rules on what changed since a document was signed off."""

from __future__ import annotations

from collections.abc import Iterator

from lakip_xlsx.checks.dokumen.case import FIGURE, Case, Change, fault, short
from lakip_xlsx.checks.dokumen.values import differing_numbers
from lakip_xlsx.finding import Finding


def changes(case: Case) -> Iterator[Finding]:
    """Every figure and sentence that is not as it was signed."""
    for change in case.changes:
        yield _change(change)


def _change(change: Change) -> Finding:
    if change.was is None or change.now is None:
        text = change.now or change.was or ""
        code = "DOK-018" if FIGURE.intersection(text) else "DOK-019"
        done = "Ditambahkan" if change.was is None else "Dihapus di dekat ini"
        return fault(code, change.spot, f'{done} sejak dicatat {change.signed}: "{short(text)}".', actual=short(text))
    numbers = list(differing_numbers(change.was, change.now))
    if numbers:
        told = "; ".join(f"semula {was}, kini {now}" for was, now in numbers[:5])
        first = numbers[0]
        return fault("DOK-018", change.spot, f"Sejak dicatat {change.signed}: {told}.", first[0], first[1])
    digits = [FIGURE.intersection(text) and [*filter(FIGURE.__contains__, text)] for text in (change.was, change.now)]
    code = "DOK-018" if digits[0] != digits[1] else "DOK-019"
    message = f'Sejak dicatat {change.signed} berubah menjadi: "{short(change.now)}".'
    return fault(code, change.spot, message, short(change.was, 160), short(change.now, 160))


def broken(case: Case) -> Iterator[Finding]:
    """What is wrong with the records themselves."""
    for said in case.broken_seals:
        yield fault("DOK-020", case.paper.start, said)
