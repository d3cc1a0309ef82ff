"""Whatever stands in a cell of the sheet Instansi: findings and a document, never a crash."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xlsx import pipeline
from lakip_xlsx.checks import registry
from lakip_xlsx.excel.looks import Look
from lakip_xlsx.excel.raw import RawCell
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.values import convert
from lakip_xlsx.figures.figures import compute
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.workbook.book import YEARS, Book
from lakip_xlsx.workbook.spec import Kind

CLEAN = Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.xlsx"
BOOK = read_workbook(CLEAN)
FIELDS = list(BOOK.form.spec.fields)
YEAR_KEYS = [field.key for field in FIELDS if field.kind is Kind.YEAR]

_near_years = st.one_of(
    st.integers(-5, 5), st.integers(1900, 2200), st.integers(20_000, 20_300), st.sampled_from([10**6, 10**15, 10**30])
)
_numbers = st.one_of(
    _near_years.map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**6), max_value=10**6).map(str),
    st.floats(allow_nan=True).map(repr),
)
_texts = st.one_of(
    st.text(max_size=40),
    _near_years.map(str),
    st.sampled_from(
        ["-", "nihil", "2025/2026", "31 Desember 9999", "1/1/0001", "{{instansi.nama}}", "=1+1", "../x.png"]
    ),
    st.builds(lambda word, many: word * many, st.sampled_from(["a", "ab ", "\n", "1", "&"]), st.integers(100, 400)),
)
_looks = st.builds(Look, percent=st.booleans(), date=st.booleans())
cells = st.one_of(
    st.builds(RawCell, st.just("n"), _numbers, _looks),
    st.builds(RawCell, st.just("s"), _texts, _looks),
    st.builds(RawCell, st.just("b"), st.sampled_from(["0", "1"]), _looks),
    st.builds(RawCell, st.just("e"), st.sampled_from(["#REF!", "#N/A", "#DIV/0!"]), _looks),
    st.builds(RawCell, st.just("n"), st.just(""), _looks, st.just("A1"), st.just(value=False)),
)


def with_cells(given_cells: dict[str, RawCell]) -> Book:
    """The clean workbook with other contents in some rows of Instansi, read as the reader reads them."""
    form = replace(BOOK.form, values=dict(BOOK.form.values), notes=dict(BOOK.form.notes))
    for key, cell in given_cells.items():
        made = convert(cell, form.spec.field(key).kind, date1904=False)
        form.values[key] = made.value
        form.notes.pop(key, None)
        if made.note is not None:
            form.notes[key] = made.note
    return replace(BOOK, form=form)


def checked(book: Book, layout) -> pipeline.Checked:
    figures = compute(book)
    result = registry.run(book, layout, figures)
    return pipeline.Checked(book, figures, layout, result.findings, result.skipped, crashes=result.crashes)


@pytest.fixture(autouse=True)
def _faults_are_raised(monkeypatch):
    monkeypatch.setenv("LAKIP_DEBUG", "1")


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_no_content_of_one_row_is_a_crash(field, data):
    found = checked(with_cells({field.key: data.draw(cells)}), data.draw(st.sampled_from(LAYOUTS)))
    assert pipeline.document(found).data[:2] == b"PK"


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([field.key for field in FIELDS]), cells), st.sampled_from(LAYOUTS))
def test_no_contents_of_all_rows_are_a_crash(contents, layout):
    assert pipeline.document(checked(with_cells(contents), layout)).data[:2] == b"PK"


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(YEAR_KEYS), cells)
def test_a_year_is_read_or_told(key, cell):
    book = with_cells({key: cell})
    findings = registry.run(book, LAYOUTS[0]).findings
    told = {finding.code for finding in findings if finding.cell == book.form.cell(key)}
    value, year = book.form.values[key], book.form.year(key)
    if year is not None:
        assert (value == year, year in YEARS, "IDN-012" in told) == (True, True, False)
    else:
        assert told, "a required year that is none must be told"
        assert ("IDN-012" in told) == isinstance(value, Decimal) or "LOST" in str(book.form.notes[key].oddity.name)
