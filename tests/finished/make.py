"""Documents as offices leave them: generated, then with typed paragraphs and typed tables, one number of them wrong.

What is typed is made by rule from the true values: the honest sentences of :mod:`tests.corpus`, and tables of
programs, sources of funds, sasaran and indicators under several headings. A fault changes the digits of one number.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable

from lakip_xlsx import pipeline
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.numbers import half_up, percentage, show
from lakip_xlsx.pipeline import Checked
from samples.build import as_standard, read
from tests.corpus.passages import passages, render
from tests.corpus.tables import offices

SAMPLES = Path(__file__).parent.parent.parent / "samples"
OWN = ("dinas-contoh-2025", "dinas-contoh-2025-permenpan")
ANCHORED, PARAGRAPH, TABLE = "nilai dari workbook", "alinea ketikan", "tabel ketikan"
KINDS = (ANCHORED, PARAGRAPH, TABLE)
_PLACE = re.compile(r"\{(?P<path>[\w.]+)(?:\|(?P<form>[a-z_.]*[0-9]?))?\}")
_DIGITS = re.compile(r"(?<![\w.,/-])(?:Rp\.?\s?)?[0-9][0-9.]*(?:,[0-9]+)?(?![\w/])")
_AFTER = "Penutup"


@dataclass(frozen=True)
class Base:
    """A workbook, the document made of it, and what may be typed into it."""

    name: str
    workbook: Path
    document: bytes
    sentences: tuple[tuple[str, str], ...]  # the office of the corpus, and the sentence with its places
    checked: Checked


def bases(folder: Path) -> list[Base]:
    """All documents that faults are made in."""
    found = [_base(name, folder, as_standard(read(name)), ()) for name in OWN]
    for key, office in offices().items():
        own = tuple((key, text) for each, _, text, _ in passages() if each.key == key and _PLACE.search(text))
        found.append(_base(key, folder, office.workbook(["Terima kasih."]), own))
    return found


def _base(name: str, folder: Path, data: object, sentences: tuple[tuple[str, str], ...]) -> Base:
    path = folder / f"{name}.xlsx"
    write_workbook(path, data, layout=LAYOUTS[1])
    checked = pipeline.check(path)
    made = sentences or tuple(("", text) for text in _sentences(checked))
    return Base(name, path, pipeline.document(checked).data, made, checked)


def _sentences(checked: Checked) -> Iterator[str]:
    """Sentences on a workbook that the corpus does not know, with their true values."""
    book = checked.book
    year = checked.year
    program, indikator = book.table("program"), book.table("indikator")
    for row in program.rows if program is not None else ():
        name, budget, spent = (
            program.text(row, "uraian"),
            program.number(row, "anggaran"),
            program.number(row, "realisasi"),
        )
        share = show(half_up(percentage(spent, budget), 2), 2)
        yield f"Anggaran {name} tahun {year} sebesar «Rp{show(budget)}» terealisasi «Rp{show(spent)}» atau «{share}%»."
        yield f"Pada tahun {year} {name} menyerap anggaran sebesar «Rp {show(spent)}»."
    for row in indikator.rows if indikator is not None else ():
        name = indikator.text(row, "indikator")
        target, now = indikator.number(row, "target"), indikator.number(row, "realisasi")
        unit = indikator.text(row, "satuan")
        sign = "%" if unit == "%" else f" {unit}"
        yield f"Realisasi {name} tahun {year} mencapai «{show(now)}»{sign} dari target «{show(target)}»{sign}."


# Tables


@dataclass(frozen=True)
class Typed:
    """A table that somebody types: headings and rows."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(base: Base, rnd: random.Random) -> list[Typed]:
    """Tables of the money and of the indicators, with headings as offices word them."""
    book, made = base.checked.book, []
    program, sources, indikator = (book.table(key) for key in ("program", "anggaran", "indikator"))
    budget = rnd.choice(["Anggaran (Rp)", "Pagu Anggaran (Rp)", "Pagu (Rp)", "Alokasi Anggaran (Rp)"])
    spent = rnd.choice(["Realisasi (Rp)", "Realisasi Anggaran (Rp)", "Penyerapan (Rp)"])
    share = rnd.choice(["%", "Realisasi (%)", "Serapan (%)"])
    if program is not None and program.rows:
        kinds = [row for row in program.rows if program.text(row, "jenis") == rnd.choice(["Program", "Kegiatan"])]
        rows = kinds or [row for row in program.rows if program.text(row, "jenis") == "Program"]
        rows = [row for row in rows if program.number(row, "anggaran")]
        made.append(_money(program, rows, "uraian", ("Program/Kegiatan", budget, spent, share)))
    if sources is not None and len(sources.rows) > 1:
        rows = [row for row in sources.rows if sources.number(row, "anggaran")]
        made.append(_money(sources, rows, "sumber_dana", ("Sumber Dana", budget, spent, share)))
    if indikator is not None:
        figures = base.checked.figures.indikator
        rows = [row for row in indikator.rows if indikator.number(row, "target") is not None and figures[row].mentah]
        lines = tuple(
            (
                str(place),
                indikator.text(row, "indikator"),
                indikator.text(row, "satuan"),
                show(indikator.number(row, "target")),
                show(indikator.number(row, "realisasi")),
                show(half_up(figures[row].mentah, 2), 2),
            )
            for place, row in enumerate(rows, start=1)
        )
        made.append(Typed(("No", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)"), lines))
    return [each for each in made if each.rows]


def _money(table: object, rows: list[int], key: str, headings: tuple[str, ...]) -> Typed:
    pairs = [(table.number(row, "anggaran"), table.number(row, "realisasi") or Decimal(0)) for row in rows]
    lines = [
        (str(place), table.text(row, key), show(budget), show(spent), show(half_up(percentage(spent, budget), 2), 2))
        for place, (row, (budget, spent)) in enumerate(zip(rows, pairs, strict=True), start=1)
    ]
    budget, spent = (sum((pair[side] for pair in pairs), Decimal(0)) for side in (0, 1))
    total = ("", "Jumlah", show(budget), show(spent), show(half_up(percentage(spent, budget), 2), 2))
    return Typed(("No", *headings), (*lines, total) if len(lines) > 1 else tuple(lines))


# Faults


@dataclass(frozen=True)
class Made:
    """A document, and where one of its numbers is wrong: what kind of place, what it was, what it is."""

    data: bytes
    kind: str = ""
    was: str = ""
    now: str = ""
    text: str = ""  # the paragraph or the cell, as it reads with the fault


def document(base: Base, seed: int, kind: str = "") -> Made | None:
    """The document with typed paragraphs and tables, right or with one fault; None if chance finds no place for it."""
    rnd = random.Random(f"{base.name}-{seed}")
    opened = docx.Document(io.BytesIO(base.document))
    typed = tables(base, rnd)
    sentences = rnd.sample(base.sentences, min(6, len(base.sentences)))
    at = rnd.randrange(len(sentences)), rnd.randrange(len(typed))
    told: Made | None = Made(b"")
    for place, (office, sentence) in enumerate(sentences):
        text, fault = _sentence(office, sentence, rnd, spoilt=kind == PARAGRAPH and place == at[0])
        told = fault or told
        _before(opened, opened.add_paragraph(text)._p)
        if kind == PARAGRAPH and place == at[0] and fault is None:
            return None
    for place, one in enumerate(typed):
        spoilt = _spoilt_table(one, rnd) if kind == TABLE and place == at[1] else None
        told = spoilt[1] if spoilt else told
        made = _word_table(opened, spoilt[0] if spoilt else one)
        _before(opened, opened.add_paragraph("Rinciannya sebagai berikut.")._p)
        _before(opened, made._tbl)
    if kind == ANCHORED:
        told = _spoil_anchored(opened, rnd)
    stream = io.BytesIO()
    opened.save(stream)
    return None if told is None else Made(stream.getvalue(), told.kind, told.was, told.now, told.text)


def _before(opened: Document, element: object) -> None:
    """Move something in front of the last chapter."""
    last = [each for each in opened.paragraphs if each.style.name == "Heading 1"][-1]
    last._p.addprevious(element)


def _word_table(opened: Document, typed: Typed) -> WordTable:
    made = opened.add_table(rows=0, cols=len(typed.headings))
    for line in (typed.headings, *typed.rows):
        for cell, text in zip(made.add_row().cells, line, strict=True):
            cell.text = text
    return made


def _sentence(office: str, sentence: str, rnd: random.Random, *, spoilt: bool) -> tuple[str, Made | None]:
    """A sentence with its values, and the fault in it if there is to be one."""
    if not office:
        places = list(re.finditer(r"«([^»]*)»", sentence))
        right = re.sub(r"[«»]", "", sentence)
        if not spoilt:
            return right, None
        match = rnd.choice(places)
        now = spoil(match[1], rnd)
        text = re.sub(r"[«»]", "", f"{sentence[: match.start()]}{now}{sentence[match.end() :]}")
        return text, Made(b"", PARAGRAPH, match[1], now, text)
    own = offices()[office]
    if not spoilt:
        return render(own, sentence), None
    places = [
        (place, match)
        for place, match in enumerate(_PLACE.finditer(sentence))
        if match["path"] not in {"th", "lalu", "depan", "awal", "akhir"}
        and not match["path"].endswith(".predikat")
        and (match["form"] or "") != "w"
    ]
    if not places:
        return render(own, sentence), None
    place, match = rnd.choice(places)
    was = render(own, match[0])
    now = spoil(was, rnd)
    text = render(own, sentence, place, now)
    return text, Made(b"", PARAGRAPH, was, now, text)


def _spoilt_table(typed: Typed, rnd: random.Random) -> tuple[Typed, Made]:
    numeric = [
        (row, column)
        for row, line in enumerate(typed.rows)
        for column, text in enumerate(line)
        if column > 1 and re.search("[0-9]", text) and typed.headings[column] != "Satuan"
    ]
    row, column = rnd.choice(numeric)
    was = typed.rows[row][column]
    now = spoil(was, rnd)
    line = (*typed.rows[row][:column], now, *typed.rows[row][column + 1 :])
    rows = (*typed.rows[:row], line, *typed.rows[row + 1 :])
    return Typed(typed.headings, rows), Made(b"", TABLE, was, now, now)


def _spoil_anchored(opened: Document, rnd: random.Random) -> Made | None:
    """Change one number within what the program inserted, in the body."""
    held = [
        run
        for start in opened.element.body.iter(qn("w:bookmarkStart"))
        if str(start.get(qn("w:name"))).startswith("_lakip")
        and (run := start.getnext()) is not None
        and run.tag == qn("w:r")
        and any(_DIGITS.search(node.text or "") for node in run.iter(qn("w:t")))
    ]
    run = rnd.choice(held)
    node = rnd.choice([node for node in run.iter(qn("w:t")) if _DIGITS.search(node.text or "")])
    match = rnd.choice(list(_DIGITS.finditer(node.text)))
    now = spoil(match[0], rnd)
    node.text = f"{node.text[: match.start()]}{now}{node.text[match.end() :]}"
    return Made(b"", ANCHORED, match[0], now, node.text)


def spoil(text: str, rnd: random.Random) -> str:
    """Another number: one digit changed, or two that changed places; never the same value, never a leading zero."""
    digits = [place for place, letter in enumerate(text) if letter.isdigit()]
    fixed = text.find("(") if "(" in text else len(text)
    digits = [place for place in digits if place < fixed]
    while True:
        letters = list(text)
        place = rnd.choice(digits)
        if rnd.random() < 0.25 and len(digits) > 2:
            other = digits[(digits.index(place) + 1) % len(digits)]
            letters[place], letters[other] = letters[other], letters[place]
        else:
            letters[place] = rnd.choice("0123456789")
        made = "".join(letters)
        if made != text and letters[digits[0]] != "0":
            return made


@cache
def seeds(many: int) -> tuple[tuple[int, str], ...]:
    """So many documents: each third of another kind of fault."""
    return tuple((number, KINDS[number % len(KINDS)]) for number in range(many))
