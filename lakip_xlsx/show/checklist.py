"""A checklist of a regulation, answered as far as the workbook allows.

"Ya" is said only where the program really looked: the checks ran, found nothing, and the data is there.
Whatever it cannot know is left to a person, with a word on where to look.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lakip_xlsx.checks.registry import RULES
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.finding import Cell, Finding, Severity, Skipped
from lakip_xlsx.layouts.checklist import Butir, Daftar, Jawaban, Putusan
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.report.content import Teks
from lakip_xlsx.show import evidence, evidence_lke
from lakip_xlsx.show.evidence import Reviewed
from lakip_xlsx.show.text import NARROWEST, WIDEST, Line
from lakip_xlsx.workbook.book import Book

_PLACES = 4  # cells named for one code
_HANGING = " " * 11
_LOOK = {**evidence.EVIDENCE, **evidence_lke.EVIDENCE}


@dataclass(frozen=True, slots=True)
class Answer:
    """One statement with its answer, what it rests on, and the cells of the findings behind it."""

    butir: Butir
    jawaban: Jawaban
    dasar: str
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What the checks of one run said. ``only`` are the codes that were run, all where it is None."""

    findings: Sequence[Finding]
    skipped: Sequence[Skipped]
    accepted: Sequence[Finding] = ()  # findings that the office accepted with a reason
    only: frozenset[str] | None = None

    def not_run(self, code: str, layout: Layout) -> str:
        """Why a check says nothing about this workbook; empty if it ran."""
        rule = RULES.get(code)
        if rule is None:
            return f"pemeriksaan {code} belum tersedia"
        if not rule.applies(layout):
            return f"pemeriksaan {code} tidak berlaku untuk tata letak {layout.name}"
        if self.only is not None and code not in self.only:
            return f"pemeriksaan {code} tidak dijalankan"
        reason = next((item.reason for item in self.skipped if item.code == code), None)
        return "" if reason is None else f"pemeriksaan {code} dilewati: {reason.rstrip('. ')}"


def checklist(daftar: Daftar, book: Book, figures: Figures, layout: Layout, checks: Checks) -> list[Answer]:
    """The answer to every statement, in the order of the form."""
    reviewed = Reviewed(book, figures, layout, tuple(checks.findings))
    answers: dict[str, Answer] = {}
    for butir in daftar.butir:
        answer = _answer(butir, reviewed, checks, answers)
        answers[butir.no] = replace(answer, jawaban=daftar.manusia) if answer.jawaban is Jawaban.MANUSIA else answer
    return list(answers.values())


def _answer(butir: Butir, reviewed: Reviewed, checks: Checks, before: Mapping[str, Answer]) -> Answer:
    if butir.putusan is Putusan.BERSYARAT:
        return _conditional(butir, before)
    if butir.putusan is Putusan.MANUSIA:
        return Answer(butir, Jawaban.MANUSIA, butir.petunjuk)
    holds, fact = _LOOK[butir.evidence](reviewed)
    hits = [] if holds is None else _about(butir, checks.findings, reviewed.book)
    if hits or holds is False:
        cells = tuple(dict.fromkeys(finding.cell for finding in hits if finding.cell))
        return Answer(butir, Jawaban.TIDAK, _joined(fact, _named(hits)), cells)
    reasons = [reason for code in butir.demanded if (reason := checks.not_run(code, reviewed.layout))]
    accepted = _about(butir, checks.accepted, reviewed.book)
    if accepted:
        reasons.append(f"ada temuan yang diterima dengan alasan: {_places(accepted)}")
    if reasons or holds is None or butir.putusan is Putusan.SEBAGIAN:
        return Answer(butir, Jawaban.MANUSIA, _joined(fact, _sentence("; ".join(reasons)), butir.petunjuk))
    ran = [code for code in butir.codes if not checks.not_run(code, reviewed.layout)]
    return Answer(butir, Jawaban.YA, _joined(fact, f"Tanpa temuan: {', '.join(ran)}." if ran else ""))


def _about(butir: Butir, findings: Sequence[Finding], book: Book) -> list[Finding]:
    """The findings that answer a statement."""
    plain = {*butir.kode, *butir.pelengkap}
    sheets = {code: table.name for code, key in butir.di_lembar if (table := book.table(key)) is not None}
    return [
        finding
        for finding in findings
        if finding.code in plain
        or sheets.get(finding.code) in {cell.sheet for cell in (finding.cell, *finding.related) if cell is not None}
    ]


def _conditional(butir: Butir, before: Mapping[str, Answer]) -> Answer:
    """A statement that only matters where an earlier one is not a "ya"."""
    premises = [before[f"{butir.bagian}.{number}"] for number in butir.syarat]
    numbers = " dan ".join(str(number) for number in butir.syarat)
    if all(answer.jawaban is Jawaban.YA for answer in premises):
        return Answer(butir, Jawaban.TIDAK_BERLAKU, f"Butir {numbers} dijawab ya.")
    said = "; ".join(f"butir {answer.butir.nomor}: {answer.jawaban}" for answer in premises)
    return Answer(butir, Jawaban.MANUSIA, _joined(_sentence(said), butir.petunjuk))


def _named(findings: Sequence[Finding]) -> str:
    return f"Temuan {_places(findings)}." if findings else ""


def _places(findings: Sequence[Finding]) -> str:
    """Codes with their places: ``IND-001 di Indikator!H6, Indikator!H7 dan 3 sel lain``."""
    by_code: dict[str, dict[Cell, None]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, {}).update({finding.cell: None} if finding.cell else {})
    parts = []
    for code, cells in by_code.items():
        rest = f" dan {len(cells) - _PLACES} sel lain" if len(cells) > _PLACES else ""
        where = ", ".join(map(str, list(cells)[:_PLACES]))
        parts.append(f"{code} di {where}{rest}" if where else code)
    return "; ".join(parts)


def _joined(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:].rstrip('. ')}." if text else ""


_WORDS = {
    Jawaban.YA: ("YA", None),
    Jawaban.TIDAK: ("TIDAK", Severity.ERROR),
    Jawaban.MANUSIA: ("PERIKSA", Severity.WARNING),
    Jawaban.DINILAI: ("NILAI", Severity.WARNING),
    Jawaban.TIDAK_BERLAKU: ("LEWATI", None),
}


def checklist_lines(daftar: Daftar, answers: Sequence[Answer], *, width: int = 80) -> Iterator[Line]:
    """The checklist for the terminal: the answer first, then the statement, then what it rests on."""
    width = max(NARROWEST, min(width, WIDEST))
    yield from (Line(line, bold=True) for line in textwrap.wrap(f"{daftar.judul} ({daftar.basis})", width))
    for bagian, title in daftar.bagian.items():
        yield Line("")
        yield Line(f"{bagian}. {title}", bold=True)
        for answer in answers:
            if answer.butir.bagian == bagian:
                yield from _entry(answer, width)
    yield Line("")
    for said in (summary(answers), daftar.catatan):
        yield from (Line(line) for line in textwrap.wrap(said, width))


def _entry(answer: Answer, width: int) -> Iterator[Line]:
    word, severity = _WORDS[answer.jawaban]
    head = f"  {word:<8} {answer.butir.nomor}. {answer.butir.pernyataan}"
    for number, line in enumerate(_wrapped(head, "", _HANGING + "   ", width)):
        yield Line(line, severity if number == 0 else None)
    for line in _wrapped(answer.dasar, f"{_HANGING}-> ", f"{_HANGING}   ", width):
        yield Line(line)


def _wrapped(text: str, first: str, rest: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, drop_whitespace=True
    )


def summary(answers: Sequence[Answer]) -> str:
    """How many of each answer, in one sentence; "diperiksa manusia" are those that a person still answers."""
    counts = {jawaban: sum(answer.jawaban is jawaban for answer in answers) for jawaban in Jawaban}
    return f"{len(answers)} butir: " + ", ".join(f"{many} {jawaban}" for jawaban, many in counts.items() if many) + "."


def checklist_rows(answers: Sequence[Answer]) -> tuple[Mapping[str, Teks], ...]:
    """The checklist as rows for a table in the document, each text with its source cells."""
    return tuple(
        {
            "no": Teks(answer.butir.no),
            "pernyataan": Teks(answer.butir.pernyataan),
            "jawaban": Teks(str(answer.jawaban), how="checklist reviu"),
            "dasar": Teks(answer.dasar, answer.cells),
        }
        for answer in answers
    )
