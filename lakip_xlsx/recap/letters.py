"""One page for each office: what is still to be done, the weightiest first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lakip_xlsx.errors import OutputError
from lakip_xlsx.figures.figures import Money
from lakip_xlsx.numbers import percent, rupiah
from lakip_xlsx.recap.board import Board, Line, State
from lakip_xlsx.recap.follow import NAME, Task
from lakip_xlsx.recap.follow import State as TaskState
from lakip_xlsx.report.content import Align
from lakip_xlsx.word import package
from lakip_xlsx.word.build import table, template
from lakip_xlsx.word.fill.save import serialise, write_document
from lakip_xlsx.word.xml import Element, paragraph

_OPEN = frozenset({TaskState.NEW, TaskState.OPEN, TaskState.BACK, TaskState.UNKNOWN})
_WEIGHTS = {"KESALAHAN": 0, "BELUM DIISI": 1, "PERINGATAN": 2}
_LINES = 24  # of the table, so that it stays on one page
_LETTERS = 42  # of a line of the column Temuan
_LONGEST = 190
_WIDTHS = (500, 1500, 3800, 2706)
_UNFIT = re.compile(r"[^a-z0-9]+")


def write(board: Board, tasks: Sequence[Task], folder: Path, *, force: bool = False) -> tuple[list[Path], list[str]]:
    """Write a letter to each office with something to do; the letters, and why some could not be written.

    A letter that a person edited is left as it is. An office that has nothing to do gets none.
    """
    by_office: dict[str, list[Task]] = {}
    for task in tasks:
        if task.state in _OPEN:
            by_office.setdefault(task.office, []).append(task)
    written: list[Path] = []
    failures: list[str] = []
    names: set[str] = set()
    for line in board.lines:
        if not line.counts and line.state is not State.MISSING:
            continue
        own = by_office.get(line.key, [])
        if not own and line.state is not State.MISSING:
            continue
        place = folder / _name(line, names)
        try:
            write_document(_letter(line, own, board.year), place, force=force)
        except OutputError as error:
            failures.append(str(error))
        else:
            written.append(place)
    return written, failures


def _name(line: Line, names: set[str]) -> str:
    base = f"surat-{_UNFIT.sub('-', line.key).strip('-')[:80] or 'kantor'}"
    name, number = base, 1
    while name in names:
        number += 1
        name = f"{base}-{number}"
    names.add(name)
    return f"{name}.docx"


def _letter(line: Line, tasks: Sequence[Task], year: int | None) -> bytes:
    body = list(_content(line, tasks, year))
    about = package.Properties(
        title=f"Tindak lanjut {line.name}", subject=f"LAKIP {year or ''}".strip(), author="lakip-xlsx",
        date=dt.date((year or 1999) + 1, 1, 1),
    )  # fmt: skip
    return serialise(template.page(body), about)


def _content(line: Line, tasks: Sequence[Task], year: int | None) -> Iterator[Element]:
    yield paragraph("JudulFormulir", f"YANG MASIH PERLU DISELESAIKAN UNTUK LAPORAN KINERJA TAHUN {year or ''}".strip())
    yield paragraph("JudulFormulir", line.name.upper())
    if line.facts is None:
        yield paragraph("Isi", "Workbook laporan kinerja kantor ini belum kami terima. Mohon segera diserahkan.")
        return
    money = Money(line.facts.anggaran, line.facts.realisasi)
    counts = {weight: sum(task.said["Bobot"] == weight for task in tasks) for weight in _WEIGHTS}
    told = ", ".join(f"{count} {weight.lower()}" for weight, count in counts.items() if count)
    yield paragraph(
        "IsiTabel",
        f"Menurut workbook terakhir: anggaran Rp {rupiah(money.anggaran)}, realisasi Rp {rupiah(money.realisasi)} "
        f"({percent(money.serapan)}%), rata-rata capaian indikator {percent(line.facts.capaian)}%.",
    )
    yield paragraph(
        "IsiTabel", f"Masih ada {told}. Perbaiki di workbook, lalu serahkan lagi; yang sudah beres hilang sendiri."
    )
    yield from _table(tasks)


def _table(tasks: Sequence[Task]) -> Iterator[Element]:
    ordered = sorted(
        tasks, key=lambda task: (_WEIGHTS.get(task.said["Bobot"], 3), task.said["Lembar"], task.cell, task.key)
    )
    made = table.frame(_WIDTHS)
    headings = ("No", "Tempat", "Yang perlu diselesaikan", "Caranya")
    made.append(table.row(*(table.heading_cell(*each) for each in zip(_WIDTHS, headings, strict=True)), heading=True))
    used = shown = 0
    for task in ordered:
        place = f"{task.said['Lembar']} {task.said['Sel']}".strip() or "Dokumen"
        what = _cut(f"{task.said['Kode']}: {task.said['Temuan']}", _LONGEST)
        how = _cut(task.said["Cara memperbaiki"], _LONGEST // 2)
        lines = max(1, -(-len(what) // _LETTERS), -(-len(how) // (_LETTERS * 2 // 3)), -(-len(place) // 15))
        if used + lines > _LINES * 2:
            break
        used, shown = used + lines, shown + 1
        values = (str(shown), place, what, how)
        aligns = (Align.RIGHT, Align.LEFT, Align.LEFT, Align.LEFT)
        made.append(table.row(*(table.body_cell(*each) for each in zip(_WIDTHS, values, aligns, strict=True))))
    yield made
    if shown < len(ordered):
        yield paragraph("CatatanFormulir", f'Dan {len(ordered) - shown} lagi; selengkapnya pada lembar "{NAME}" rekap.')
    else:
        yield paragraph("CatatanFormulir", "Itu semuanya.")


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
