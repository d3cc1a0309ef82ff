"""Choice columns: other words for a choice are read as it, and an unknown word is one error and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lakip_xlsx.checks.registry import run
from lakip_xlsx.excel.raw import Look, RawCell
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.values import convert, settled
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Finding, Severity
from lakip_xlsx.layouts.catalog import LAYOUTS, find, in_force
from lakip_xlsx.workbook.book import Book, Oddity
from lakip_xlsx.workbook.pilihan import Words
from lakip_xlsx.workbook.sheets import BY_KEY, SHEETS
from lakip_xlsx.workbook.spec import Field
from samples.markdown import parse_markdown

CLOSED = [(sheet.key, each) for sheet in SHEETS for each in sheet.fields if each.closed]
NAMED = [pytest.param(sheet, each, id=f"{sheet}.{each.key}") for sheet, each in CLOSED]
SAMPLE = Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.md"
WRITTEN = (
    str,
    str.upper,
    str.lower,
    str.title,
    lambda word: f" {word.replace(' ', '  ')} ",
    lambda word: f"{word} (IKU)",
)


def words_of(declared: Field) -> list[tuple[str, str]]:
    """Every word that a field knows, with its choice."""
    own = [(word, word) for word in declared.choices]
    return own + [(other, word) for word, others in declared.synonyms.items() for other in others]


@pytest.mark.parametrize(("sheet", "declared"), NAMED)
def test_every_word_is_read_as_its_choice_however_it_is_written(sheet: str, declared: Field) -> None:
    known = Words(declared)
    for word, meant in words_of(declared):
        for way in WRITTEN:
            read = settled(convert(RawCell("s", way(word), Look()), declared.kind), known)
            assert read.value == meant, (word, way(word))
            assert read.note is None or read.note.oddity is Oddity.SYNONYM


@pytest.mark.parametrize(("sheet", "declared"), NAMED)
def test_no_word_means_two_choices_and_every_synonym_is_of_a_choice(sheet: str, declared: Field) -> None:
    assert set(declared.synonyms) <= set(declared.choices)
    known = Words(declared)
    assert all(known(word) == meant for word, meant in words_of(declared))


@given(text=st.text(min_size=1, max_size=30), place=st.sampled_from(CLOSED))
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_is_no_known_word_stays_as_typed_and_is_noted(text: str, place: tuple[str, Field]) -> None:
    _, declared = place
    read = settled(convert(RawCell("s", text, Look()), declared.kind), Words(declared))
    assume(isinstance(read.value, str))
    if read.value not in declared.choices:
        assert read.note is not None
        assert read.note.oddity is Oddity.NOT_CHOICE
        assert read.note.raw == read.value


def book_of(folder: Path, text: str) -> Book:
    path = folder / "workbook.xlsx"
    write_workbook(path, parse_markdown(text), layout=LAYOUTS[0])
    return read_workbook(path)


def findings_at(book: Book, code: str) -> list[Finding]:
    return [found for found in run(book, LAYOUTS[0]).findings if found.code == code]


@pytest.mark.parametrize("garbage", ["Qwerty", "???", "lain-lain", "Visi & Misi & Tujuan", "0,5"])
@pytest.mark.parametrize(("sheet", "declared"), NAMED)
def test_a_word_outside_the_list_is_one_error_at_its_cell(
    sheet: str, declared: Field, garbage: str, tmp_path: Path
) -> None:
    """In the clean sample: the first filled cell of the column holds garbage, and its row stays in the book."""
    text = SAMPLE.read_text(encoding="utf-8")
    path = tmp_path / "bersih.xlsx"
    write_workbook(path, parse_markdown(text), layout=LAYOUTS[0])
    before = read_workbook(path)
    spec = BY_KEY[sheet]
    if spec.form:
        line, layout = f"| {declared.heading} | {garbage} |", "| Tata Letak | LAN 239/2003 |"
        changed = text.replace(layout, line if declared.key == "tata_letak" else f"{layout}\n{line}", 1)
    else:
        table = before.tables[sheet]
        row, value = next((row, str(value)) for row, value in table.column(declared.key) if value is not None)
        head, mark, rest = text.partition(f"## {spec.name}\n")
        lines = rest.split("\n")
        at = next(number for number, line in enumerate(lines) if line.startswith("|") and f"| {value} " in line)
        lines[at] = lines[at].replace(f"| {value} ", f"| '{garbage} ", 1)
        changed = head + mark + "\n".join(lines)
    book = book_of(tmp_path, changed)
    found = findings_at(book, "SEL-013")
    assert [(each.severity, each.actual) for each in found] == [(Severity.ERROR, garbage)]
    if not spec.form:
        cell = book.tables[sheet].cell(row, declared.key)
        assert found[0].cell == cell
        assert len(book.tables[sheet]) == len(before.tables[sheet]), "the row is still there"
        others = [each for each in run(book, LAYOUTS[0]).findings if each.cell == cell and each.code != "SEL-013"]
        assert others == [], "one cause, one finding"


def test_a_layout_is_found_by_every_way_of_citing_it(tmp_path: Path) -> None:
    for said, meant in (
        ("Permenpan 53", "panrb-53-2014"),
        ("239/9/6/8/2003", "lan-2003"),
        ("53/2014", "panrb-53-2014"),
    ):
        book = book_of(tmp_path, f"## Instansi\n| Isian | Nilai |\n| --- | --- |\n| Tata Letak | '{said} |\n")
        assert book.form is not None
        layout = find(book.form.text("tata_letak"))
        assert layout is not None
        assert layout.key == meant
        assert book.form.notes["tata_letak"].raw == said


def test_a_scale_is_found_by_its_usual_name_but_an_own_scale_of_that_name_goes_before(tmp_path: Path) -> None:
    form = "## Instansi\n| Isian | Nilai |\n| --- | --- |\n| Skala Predikat | Permendagri 86/2017 |\n"
    head = "## Skala\n| Skala | Batas Bawah (%) | Predikat |\n| --- | --- | --- |\n"
    preset = "| Permendagri 86/2017 (5 kelas) | 0 | Rendah |\n"
    own = "| Permendagri 86/2017 | 0 | Cukup |\n"
    for rows, name in ((preset, "Permendagri 86/2017 (5 kelas)"), (own + preset, "Permendagri 86/2017")):
        book = book_of(tmp_path, form + head + rows)
        assert book.form is not None
        assert book.form.text("skala") == name


def test_the_layout_in_force_follows_the_year() -> None:
    chosen = {year: in_force(year).key for year in (None, 2003, 2013, 2014, 2025)}
    assert chosen == {
        None: "panrb-53-2014",
        2003: "lan-2003",
        2013: "lan-2003",
        2014: "panrb-53-2014",
        2025: "panrb-53-2014",
    }
