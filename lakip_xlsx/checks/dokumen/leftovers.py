"""Rules on what a finished document should no longer hold: marks, open changes, comments, the mark DRAF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lakip_xlsx.checks.dokumen.case import Case, fault, short
from lakip_xlsx.checks.dokumen.paper import BlockKind, Remark
from lakip_xlsx.finding import Finding, Spot
from lakip_xlsx.numbers import fold

_DRAFT = "draf – masih ada temuan"


def yellow(case: Case) -> Iterator[Finding]:
    """Words that are still marked in yellow."""
    for block in case.paper.report:
        if block.yellow:
            yield fault(
                "DOK-012", block.spot, f'Masih bertanda kuning: "{short(block.yellow)}".', actual=short(block.yellow)
            )


def revisions(case: Case) -> Iterator[Finding]:
    """Tracked changes, those of one place together."""
    by_spot: dict[Spot, list[Remark]] = {}
    for remark in case.paper.remarks:
        if remark.kind != "komentar":
            by_spot.setdefault(remark.spot, []).append(remark)
    for spot, own in by_spot.items():
        counts = Counter(remark.kind for remark in own)
        counted = " dan ".join(f"{counts[kind]} {kind}" for kind in ("sisipan", "hapusan") if counts[kind])
        authors = ", ".join(dict.fromkeys(remark.author for remark in own if remark.author)) or "seseorang"
        quoted = "; ".join(f'{remark.kind} "{short(remark.text, 40)}"' for remark in own[:_MOST] if remark.text)
        yield fault("DOK-013", spot, f"{counted} oleh {short(authors)}: {short(quoted, 160)}.")


_MOST = 6
"""Changes of one place that are quoted."""


def comments(case: Case) -> Iterator[Finding]:
    """Comments, each with what it says."""
    for remark in case.paper.remarks:
        if remark.kind == "komentar":
            yield fault("DOK-014", remark.spot, f'Komentar {remark.author or "tanpa nama"}: "{short(remark.text)}".')


def draft(case: Case) -> Iterator[Finding]:
    """The mark DRAF in the heads of pages, told once."""
    for block in case.paper.blocks:
        if block.kind is BlockKind.EDGE and fold(block.text).startswith(_DRAFT):
            yield fault("DOK-015", block.spot, "Setiap halaman masih bertanda DRAF.", actual=short(block.text))
            return


def active(case: Case) -> Iterator[Finding]:
    """What runs or fetches something."""
    spot = case.paper.start
    for what, fix in case.active:
        yield fault("DOK-016", spot, f"Dokumen memuat {what}.", actual=what, fix=fix)
