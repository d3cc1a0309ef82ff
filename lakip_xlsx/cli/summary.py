"""Many workbooks in a few lines: one for each, and a table at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lakip_xlsx.batch import remote
from lakip_xlsx.batch.model import Outcome, Status
from lakip_xlsx.batch.report import NOT_BEGUN, WORDS
from lakip_xlsx.show.text import Line, by_weight

MOST = 15
"""Workbooks that are named in each group of the table; the others are counted."""


def counted(outcome: Outcome) -> str:
    """How many findings of each weight, in one sentence, and how many of them are not filled in yet."""
    waiting = f" (belum diisi {outcome.unfilled})" if outcome.unfilled else ""
    return by_weight(outcome.counts) + waiting


def one(outcome: Outcome) -> str:
    """One workbook of many in a line."""
    said = f"{outcome.item.source}: {counted(outcome)}"
    if outcome.document:
        said += f" -> {outcome.document}"
        remarks = [
            text
            for text, fits in (
                ("DRAF", outcome.is_draft),
                ("tidak berubah", outcome.unchanged),
            )
            if fits
        ]
        said += f" ({', '.join(remarks)})" if remarks else ""
    return said


def placed(outcome: Outcome) -> str:
    """The failure of one workbook of many, with the place of the workbook in front."""
    source = outcome.item.source
    name = remote.name_of(source) if remote.is_address(source) else Path(source).name
    rest = outcome.failure.removeprefix(source).removeprefix(name).removeprefix(": ")
    return f"{source}: {rest}" if outcome.failure != rest else f"{source}: {outcome.failure}"


def lines(told: Sequence[Outcome], rest: Sequence[str], *, interrupted: bool, command: str) -> Iterator[Line]:
    """How many ended how, and which of them somebody should look at."""
    yield Line("")
    yield Line("Dihentikan sebelum selesai" if interrupted else "Ringkasan", bold=True)
    groups = {status: [each for each in told if each.status is status] for status in WORDS}
    for status, members in groups.items():
        if members or status is Status.DONE:
            yield _count(WORDS[status], len(members))
    if rest:
        yield _count(NOT_BEGUN, len(rest))
    yield _count("jumlah", len(told) + len(rest))
    unchanged = sum(each.unchanged for each in told)
    if unchanged:
        yield Line(f"  {unchanged} di antaranya tidak berubah dan tidak dibuat ulang.")
    bare = sum(bool(each.document) and not each.has_page_numbers for each in told)
    if bare:
        yield Line(f"  {bare} dokumen tanpa nomor halaman daftar isi; di Word tekan Ctrl+A lalu F9.")
    for status in (Status.WITH_ERRORS, Status.UNREADABLE, Status.CRASHED):
        if groups[status]:
            yield Line("")
            yield Line(f"{WORDS[status].capitalize()}:", bold=True)
            yield from _named(groups[status])
    if interrupted and command == "convert" and rest:
        yield Line("")
        yield Line("Untuk meneruskan, jalankan perintah yang sama dengan --lanjut.")


def _count(name: str, number: int) -> Line:
    return Line(f"  {name:<34}{number:>8}")


def _named(members: Sequence[Outcome]) -> Iterator[Line]:
    for each in members[:MOST]:
        yield Line(f"  {each.item.source}" + ("" if each.failure else f": {counted(each)}"))
    if len(members) > MOST:
        yield Line(f"  ... dan {len(members) - MOST} lagi; --report menyimpan semuanya.")
