"""Rows that are kept as text: a document must be the same, byte for byte, as one whose rows are all built as trees."""

from __future__ import annotations

import datetime as dt
import io
from unittest.mock import patch

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from lakip_xlsx.finding import Cell
from lakip_xlsx.layouts import catalog
from lakip_xlsx.pipeline import template_path
from lakip_xlsx.report import example
from lakip_xlsx.report.content import Content, Paragraph, Style, Teks
from lakip_xlsx.word import package
from lakip_xlsx.word.fill import save
from lakip_xlsx.word.fill.anchors import LONG
from lakip_xlsx.word.fill.compiled import Template, load
from lakip_xlsx.word.fill.fill import fill
from lakip_xlsx.word.fill.tags import TAG
from lakip_xlsx.word.fill.textrows import ROWS
from lakip_xlsx.word.follow import trace

PROPERTIES = package.Properties(title="", subject="", author="", date=dt.date(2025, 1, 1))
CELL = Cell("Program", "D7")


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def table(*cells: str, styles: tuple[str, ...] = (), after: str = "") -> bytes:
    """A template with a heading row and one repeated row of these cells."""
    document = docx.Document()
    built = document.add_table(rows=2, cols=len(cells))
    for column, text in enumerate(cells):
        built.rows[0].cells[column].text = f"Kolom {column}"
        built.rows[1].cells[column].text = text
    for column, style in enumerate(styles):
        properties = built.rows[1].cells[column].paragraphs[0]._p.get_or_add_pPr()
        mark = OxmlElement("w:pStyle")
        mark.set(qn("w:val"), style)
        properties.insert(0, mark)
    heading = built.rows[0]._tr.get_or_add_trPr()
    heading.append(OxmlElement("w:tblHeader"))
    if after:
        mark = OxmlElement("w:pStyle")
        mark.set(qn("w:val"), after)
        document.add_paragraph("Sumber: kami")._p.get_or_add_pPr().insert(0, mark)
    return saved(document)


def both(template: bytes, content: Content) -> tuple[bytes, bytes]:
    """The document, and the same with every row built as a tree."""
    ours = save.serialise(fill(template, content).paper, PROPERTIES)
    with patch.object(Template, "form", lambda self, row: None):
        return ours, save.serialise(fill(template, content).paper, PROPERTIES)


_ANY = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["", " ", "a\nb", "a\tb", "\n", "\r\n\t", " <&>\"' ", "\x07", "x" * 200, "{{x}}", "<w:lakipRows i='0'/>"]
)
_TEKS = st.builds(
    Teks,
    _ANY,
    st.sampled_from([(), (CELL,), (CELL, Cell("Lembar 'B'", "A1"), Cell("Skala"))]),
    missing=st.booleans(),
    how=st.sampled_from(["", "dijumlahkan", "<&>"]),
)
_LINES = st.lists(st.builds(Paragraph, _TEKS, st.sampled_from([Style.BODY, Style.NUMBER])), min_size=1, max_size=2)
_VALUE = st.one_of(_TEKS, _TEKS, _TEKS, st.none(), _LINES.map(tuple))
_ROWS = st.lists(st.fixed_dictionaries({"a": _VALUE, "b": _TEKS, "c": _TEKS}), max_size=14)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_ROWS, st.sampled_from(["", "SumberTabel"]))
def test_text_rows_are_the_rows_of_a_tree(rows, after):
    template = table("{{#r}}{{a}}", "({{b}})", "{{c}}", "{{b}}/{{c}}{{/r}}", styles=("IsiTabel",), after=after)
    ours, tree = both(template, {"r": rows})
    assert ours == tree


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.fixed_dictionaries({"a": st.sampled_from([Teks(""), Teks("A", (CELL,))]), "b": _TEKS}), max_size=14))
def test_joined_cells_and_rows_that_stay_together_are_the_same(rows):
    template = table("{{#r}}{{a}}", "{{b}}{{/r}}", styles=("IsiTabelGabung", "IsiTabel"))
    ours, tree = both(template, {"r": rows})
    assert ours == tree


def test_a_long_table_is_the_same():
    rows = [{"a": Teks(str(n), (CELL,)), "b": Teks("b", how="hitung")} for n in range(LONG + 5)]
    ours, tree = both(table("{{#r}}{{a}}", "{{b}}{{/r}}"), {"r": rows})
    assert ours == tree
    assert len(trace.read(ours).items) == 1 + 2 * (LONG + 5)


@pytest.mark.parametrize("layout", catalog.LAYOUTS, ids=lambda layout: layout.key)
def test_a_whole_report_is_the_same(layout):
    ours, tree = both(template_path(layout).read_bytes(), example.content(layout))
    assert ours == tree


@pytest.mark.parametrize("layout", catalog.LAYOUTS, ids=lambda layout: layout.key)
def test_most_rows_of_the_shipped_templates_are_text(layout):
    filled = fill(template_path(layout), example.content(layout))
    places = list(filled.paper.tree.element.body.iter(ROWS))
    assert len(places) > 5
    rows = sum(filled.paper.rows.of(place).count for place in places)
    assert rows > 2 * sum(1 for row in filled.paper.tree.element.body.iter(qn("w:tr")) if not _is_heading(row))


def _is_heading(row: etree._Element) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def test_the_document_can_be_had_as_a_whole_tree():
    rows = [{"a": Teks("satu", (CELL,)), "b": Teks("<dua>")}]
    filled = fill(table("{{#r}}{{a}}", "{{b}}{{/r}}"), {"r": rows})
    data = save.serialise(filled.paper, PROPERTIES)
    document = filled.document
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows][1] == ["satu", "<dua>"]
    assert next(document.element.body.iter(ROWS), None) is None
    assert save.serialise(document, PROPERTIES) == data


def test_rows_in_a_header_are_the_same():
    document = docx.Document()
    header = document.sections[0].header
    header.is_linked_to_previous = False
    built = header.add_table(rows=1, cols=2, width=Cm(10))
    built.rows[0].cells[0].text, built.rows[0].cells[1].text = "{{#r}}{{a}}", "{{b}}{{/r}}"
    template, content = saved(document), {"r": [{"a": Teks(str(n), (CELL,)), "b": Teks("b")} for n in range(3)]}
    ours, tree = both(template, content)
    assert ours == tree
    filled = fill(template, content)
    assert filled.paper.rows
    rows = filled.document.sections[0].header.tables[0].rows
    assert [[cell.text for cell in row.cells] for row in rows] == [["0", "b"], ["1", "b"], ["2", "b"]]


def _form(template: bytes) -> object:
    compiled = load(template)
    row = next(tag for tag in compiled.document.element.body.iter(TAG)).getparent()
    return compiled.form(next(row.iterancestors(qn("w:tr"))))


def test_a_row_of_texts_has_a_form():
    assert _form(table("{{#r}}{{a}}", "{{b}}{{/r}}")) is not None


@pytest.mark.parametrize("style", ["Heading1", "Heading3"])
def test_a_row_with_a_heading_is_built_as_a_tree(style):
    assert _form(table("{{a}}", "{{b}}", styles=(style,))) is None


@pytest.mark.parametrize("name", ["fldSimple", "hyperlink", "bookmarkStart", "sdt"])
def test_a_row_with_more_than_texts_is_built_as_a_tree(name):
    document = docx.Document(io.BytesIO(table("{{a}}", "{{b}}")))
    more = OxmlElement(f"w:{name}")
    if name == "bookmarkStart":
        more.set(qn("w:id"), "1")  # without a number the guard lets no bookmark in
    document.tables[0].rows[1].cells[1].paragraphs[0]._p.append(more)
    assert _form(saved(document)) is None
