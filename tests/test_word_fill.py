"""Filling: what a tag in a Word template does, on small templates made here."""

from __future__ import annotations

import copy
import io
import re
import time

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.finding import Cell
from lakip_xlsx.report.content import Align, Grid, Paragraph, Style, Teks
from lakip_xlsx.word.fill.fill import Filled, fill


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def template(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def with_table(*rows: tuple[str, ...]) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return saved(document)


def texts(filled: Filled) -> list[str]:
    return [paragraph.text for paragraph in filled.document.paragraphs]


def cells(filled: Filled, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in filled.document.tables[number].rows]


def codes(filled: Filled) -> list[str]:
    return [finding.code for finding in filled.findings]


def reopened(filled: Filled) -> Document:
    return docx.Document(io.BytesIO(saved(filled.document)))


def body_xml(filled: Filled) -> str:
    return etree.tostring(filled.document.element.body, encoding="unicode")


# Values


def test_a_value_stands_where_its_tag_stood():
    filled = fill(template("Nama: {{ instansi.nama }}."), {"instansi": {"nama": Teks("Kantor A")}})
    assert texts(filled) == ["Nama: Kantor A."]
    assert filled.findings == ()


def test_a_tag_split_over_runs_takes_the_format_of_its_first_run():
    document = docx.Document()
    paragraph = document.add_paragraph("Awal ")
    for text, bold in (("{", True), ("{instan", False), ("si.na", None), ("ma}} dan {{b", None), ("}} akhir", None)):
        run = paragraph.add_run(text)
        run.bold = bold
    filled = fill(saved(document), {"instansi": {"nama": Teks("A")}, "b": Teks("B")})
    assert texts(filled) == ["Awal A dan B akhir"]
    value = next(run for run in filled.document.paragraphs[0].runs if run.text == "A")
    assert value.bold is True


@pytest.mark.parametrize("value", ["A & B", "x < 5 > y", "{{rahasia}}", "=SUM(A1)", "  tepi  ", '"kutip"', "<w:p/>"])
def test_a_value_is_only_text(value):
    filled = fill(template("[{{x}}]"), {"x": Teks(value), "rahasia": Teks("BOCOR")})
    assert texts(filled) == [f"[{value}]"]
    assert reopened(filled).paragraphs[0].text == f"[{value}]"
    assert filled.findings == ()


def test_line_breaks_and_tabs_of_a_value_are_kept():
    filled = fill(template("{{x}}"), {"x": Teks("satu\ndua\r\ntiga\tempat")})
    assert texts(filled) == ["satu\ndua\ntiga\tempat"]
    assert len(filled.document.element.body.findall(f".//{qn('w:br')}")) == 2


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_no_character_is_lost(value):
    shown = fill(_ONE_TAG, {"x": Teks("|" + value + "|")})
    expected = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "�", value)
    expected = expected.replace("\r\n", "\n").replace("\r", "\n")
    assert reopened(shown).paragraphs[0].text == f"|{expected}|"


_ONE_TAG = template("{{x}}")


def test_tags_in_header_footer_and_text_box_are_filled():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{a}}"
    document.sections[0].footer.paragraphs[0].text = "{{#a}}kaki {{a}}{{/a}}"
    box = copy.deepcopy(document.add_paragraph("{{#a}}kotak {{a}}{{/a}}")._p)
    holder = document.add_paragraph("luar {{a}}")
    pict, content = OxmlElement("w:pict"), OxmlElement("w:txbxContent")
    content.append(box)
    pict.append(content)
    holder.add_run()._r.append(pict)
    filled = fill(saved(document), {"a": Teks("A")})
    section = filled.document.sections[0]
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == ("A", "kaki A")
    inner = filled.document.element.body.find(f".//{qn('w:txbxContent')}")
    assert "".join(node.text for node in inner.iter(qn("w:t"))) == "kotak A"
    assert "{{" not in body_xml(filled)


def test_what_else_stands_in_a_paragraph_stays():
    document = docx.Document()
    paragraph = document.add_paragraph()
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), "7")
    start.set(qn("w:name"), "penting")
    paragraph._p.append(start)
    paragraph.add_run("{{isi}}")
    paragraph._p.append(end)
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    filled = fill(saved(document), {"isi": Teks("x")})
    assert 'w:name="penting"' in body_xml(filled)
    assert 'w:type="page"' in body_xml(filled)


def test_a_missing_value_is_marked():
    filled = fill(template("{{nip}}"), {"nip": Teks("[NIP belum diisi]", missing=True)})
    run = filled.document.paragraphs[0].runs[0]
    assert run.style.name == "Penanda Teks"
    assert run.text == "[NIP belum diisi]"


def test_a_value_is_anchored_with_its_cells():
    filled = fill(template("{{x}}"), {"x": Teks("5", (Cell("Anggaran Sasaran", "D14"),))})
    assert 'w:name="_lakip1"' in body_xml(filled)
    blobs = [
        part.blob.decode() for part in filled.document.part.package.iter_parts() if "customXml/item" in part.partname
    ]
    assert any("'Anggaran Sasaran'!D14" in blob and "_lakip1" in blob for blob in blobs)


# Sections


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ["sebelum", "tidak ada", "sesudah"]),
        (False, ["sebelum", "tidak ada", "sesudah"]),
        ((), ["sebelum", "tidak ada", "sesudah"]),
        (Teks(""), ["sebelum", "tidak ada", "sesudah"]),
        (True, ["sebelum", "ada", "sesudah"]),
        (Teks("isi"), ["sebelum", "ada", "sesudah"]),
        ({"y": Teks("y")}, ["sebelum", "ada", "sesudah"]),
    ],
)
def test_a_section_is_shown_or_hidden(value, shown):
    made = template("sebelum", "{{#x}}", "ada", "{{/x}}", "{{^x}}", "tidak ada", "{{/x}}", "sesudah")
    filled = fill(made, {"x": value})
    assert texts(filled) == shown
    assert filled.findings == ()


def test_a_section_is_repeated_and_told_when_it_says_the_same_each_time():
    items = [{"y": Teks("1")}, {"y": Teks("2")}]
    filled = fill(template("sebelum", "{{#x}}", "ada {{y}}", "{{/x}}", "sesudah"), {"x": items})
    assert texts(filled) == ["sebelum", "ada 1", "ada 2", "sesudah"]
    assert filled.findings == ()
    same = fill(template("sebelum", "{{#x}}", "ada", "{{/x}}", "sesudah"), {"x": items})
    assert texts(same) == ["sebelum", "ada", "ada", "sesudah"]
    assert [finding.code for finding in same.findings] == ["TPL-012"]


def test_inner_names_come_first_and_outer_names_stay_visible():
    made = template(
        "{{#tujuan}}", "{{nama}} {{tahun}}", "{{#sasaran}}", "- {{nama}} {{tahun}}", "{{/sasaran}}", "{{/tujuan}}"
    )
    content = {
        "tahun": Teks("2019"),
        "nama": Teks("luar"),
        "tujuan": [
            {"nama": Teks("T1"), "sasaran": [{"nama": Teks("S1")}, {"nama": Teks("S2")}]},
            {"nama": Teks("T2"), "sasaran": []},
        ],
    }
    assert texts(fill(made, content)) == ["T1 2019", "- S1 2019", "- S2 2019", "T2 2019"]


def test_a_section_spans_tables():
    document = docx.Document()
    document.add_paragraph("{{#x}}")
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = "{{n}}"
    document.add_paragraph("{{/x}}")
    filled = fill(saved(document), {"x": [{"n": Teks("1")}, {"n": Teks("2")}]})
    assert [cells(filled, number) for number in range(2)] == [[["1"]], [["2"]]]
    first = filled.document.tables[0]._tbl
    assert first.getnext().tag == qn("w:p"), "two tables that touch are one table in Word"


def test_a_section_inside_one_paragraph():
    made = template("Program: {{#p}}{{n}}; {{/p}}selesai{{^p}} (nihil){{/p}}.")
    assert texts(fill(made, {"p": [{"n": Teks("A")}, {"n": Teks("B")}]})) == ["Program: A; B; selesai."]
    assert texts(fill(made, {"p": []})) == ["Program: selesai (nihil)."]


def test_a_paragraph_of_nothing_but_a_hidden_section_vanishes():
    assert texts(fill(template("a", "{{#p}}{{p}}{{/p}}", "b"), {"p": None})) == ["a", "b"]


def test_a_row_is_repeated_and_its_neighbours_stay():
    made = with_table(("No", "Nama"), ("{{#baris}}{{no}}", "{{nama}}{{/baris}}"), ("Jumlah", "{{jumlah}}"))
    content = {
        "jumlah": Teks("2"),
        "baris": [{"no": Teks("1"), "nama": Teks("A")}, {"no": Teks("2"), "nama": Teks("B")}],
    }
    assert cells(fill(made, content)) == [["No", "Nama"], ["1", "A"], ["2", "B"], ["Jumlah", "2"]]
    assert cells(fill(made, content | {"baris": []})) == [["No", "Nama"], ["Jumlah", "2"]]


def test_rows_nest_over_several_rows():
    made = with_table(("{{#t}}{{t}}", ""), ("{{#s}}", "{{n}}{{/s}}"), ("akhir", "{{/t}}"))
    content = {"t": [{"t": Teks("T1"), "s": [{"n": Teks("1")}, {"n": Teks("2")}]}, {"t": Teks("T2"), "s": []}]}
    assert cells(fill(made, content)) == [["T1", ""], ["", "1"], ["", "2"], ["akhir", ""], ["T2", ""], ["akhir", ""]]


def test_a_row_of_tags_only_vanishes():
    made = with_table(("{{#t}}", ""), ("{{n}}", "isi"), ("", "{{/t}}"))
    assert cells(fill(made, {"t": [{"n": Teks("1")}, {"n": Teks("2")}]})) == [["1", "isi"], ["2", "isi"]]


def test_one_wide_cell_is_a_row():
    made = with_table(("kepala",), ("{{^x}}{{penanda}}{{/x}}",))
    assert cells(fill(made, {"x": None, "penanda": Teks("kosong")})) == [["kepala"], ["kosong"]]
    assert cells(fill(made, {"x": [{"a": Teks("")}], "penanda": Teks("kosong")})) == [["kepala"]]


def test_a_table_that_lost_all_rows_vanishes():
    filled = fill(with_table(("{{#x}}a", "b{{/x}}")), {"x": None})
    assert filled.document.tables == []


def test_a_nested_table_is_filled():
    document = docx.Document()
    outer = document.add_table(rows=1, cols=1)
    inner = outer.rows[0].cells[0].add_table(rows=1, cols=2)
    inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "{{#x}}{{n}}", "{{/x}}"
    filled = fill(saved(document), {"x": [{"n": Teks("1")}, {"n": Teks("2")}]})
    rows = filled.document.tables[0].rows[0].cells[0].tables[0].rows
    assert [row.cells[0].text for row in rows] == ["1", "2"]


def test_a_page_section_survives_the_tag_that_ends_it():
    document = docx.Document()
    document.add_paragraph("satu")
    document.add_paragraph("{{isi}}")
    document.add_section()
    document.add_paragraph("dua")
    body = document.element.body
    breaker = next(p for p in body.iter(qn("w:p")) if p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None)
    section = breaker.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    body.remove(breaker)
    document.paragraphs[1]._p.get_or_add_pPr().append(section)
    value = (Paragraph(Teks("a")), Paragraph(Teks("b")))
    filled = fill(saved(document), {"isi": value})
    assert texts(filled) == ["satu", "a", "b", "dua"]
    assert len(filled.document.sections) == 2
    holder = filled.document.paragraphs[2]._p
    assert holder.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


# Paragraphs and tables as values


def test_paragraphs_and_lists():
    value = (
        Paragraph(Teks("Pembuka")),
        Paragraph(Teks("satu"), Style.NUMBER),
        Paragraph(Teks("dua"), Style.NUMBER),
        Paragraph(Teks("butir"), Style.BULLET),
        Paragraph(Teks("[kosong]", missing=True), Style.MISSING),
    )
    filled = fill(template("{{x}}", "{{x}}"), {"x": value})
    assert texts(filled) == [item.text for item in value] * 2
    styles = [paragraph.style.name for paragraph in filled.document.paragraphs[:5]]
    assert styles == ["Isi", "Daftar Angka", "Daftar Angka", "Daftar Butir", "Penanda"]


def test_paragraphs_take_the_style_that_the_office_chose():
    document = docx.Document()
    document.add_paragraph("{{x}}", style="Quote")
    filled = fill(saved(document), {"x": (Paragraph(Teks("a")), Paragraph(Teks("b")))})
    assert [paragraph.style.name for paragraph in filled.document.paragraphs] == ["Quote", "Quote"]


def test_paragraphs_beside_other_text_stay_in_it():
    filled = fill(template("Lihat: {{x}}."), {"x": (Paragraph(Teks("a")), Paragraph(Teks("b")))})
    assert texts(filled) == ["Lihat: a\nb."]


def test_a_grid_becomes_a_table():
    grid = Grid((Teks("No"), Teks("Nama")), (1.0, 3.0), (Align.CENTER, Align.LEFT), ((Teks("1"), Teks("A & B")),))
    filled = fill(template("sebelum", "{{x}}", "sesudah"), {"x": grid})
    assert texts(filled) == ["sebelum", "sesudah"]
    assert cells(filled) == [["No", "Nama"], ["1", "A & B"]]
    assert filled.document.tables[0].style.name == "Tabel Laporan"


# Faults


def test_an_unknown_tag_is_a_finding_with_place_and_suggestion():
    filled = fill(template("baik", "Nama: {{instansi.nma}}"), {"instansi": {"nama": Teks("A")}})
    [finding] = filled.findings
    assert finding.code == "TPL-001"
    assert finding.expected == "{{instansi.nama}}"
    assert 'paragraf 2: "Nama: {{instansi.nma}}"' in finding.message
    assert texts(filled) == ["baik", "Nama: [{{instansi.nma}} tidak dikenal]"]


def test_the_place_of_a_tag_in_a_table():
    filled = fill(with_table(("a", "b"), ("{{tak_ada}}", "c")), {})
    assert "tabel 1, baris 2" in filled.findings[0].message


def test_an_unknown_tag_in_a_repeated_row_is_reported_once():
    rows = [{"no": Teks(str(number))} for number in range(5)]
    filled = fill(with_table(("{{#b}}{{no}}", "{{tak_ada}}{{/b}}")), {"b": rows})
    assert codes(filled) == ["TPL-001"]
    assert len(cells(filled)) == 5


def test_the_text_in_an_unknown_section_stays():
    filled = fill(template("{{#tak_ada}}", "kalimat", "{{/tak_ada}}"), {})
    assert codes(filled) == ["TPL-001"]
    assert "kalimat" in texts(filled)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("{{#x}}", "teks"),
        ("teks", "{{/x}}"),
        ("{{#x}}", "{{#y}}", "teks", "{{/x}}", "{{/y}}"),
        ("{{#x}}teks",),
        ("teks {{x y}}",),
        ("teks {{x",),
        ("teks x}}",),
    ],
)
def test_unbalanced_tags_are_findings_and_lose_no_text(paragraphs):
    filled = fill(template(*paragraphs), {"x": True, "y": True})
    assert set(codes(filled)) == {"TPL-002"}
    assert any("teks" in text for text in texts(filled))


def test_a_known_name_with_nothing_in_it_is_not_a_blank():
    filled = fill(template("Alamat: {{alamat}}"), {"alamat": None})
    assert codes(filled) == ["TPL-003"]
    assert texts(filled) == ["Alamat: [alamat belum diisi]"]


def test_a_list_or_a_table_in_the_wrong_place_is_a_finding():
    grid = Grid((Teks("No"),), (1.0,), (Align.LEFT,), ())
    filled = fill(template("Daftar {{a}}", "Tabel {{g}} ini"), {"a": [{"b": Teks("c")}], "g": grid})
    assert codes(filled) == ["TPL-004", "TPL-004"]


@pytest.mark.parametrize("data", [b"", b"bukan zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_document_is_refused_in_one_line(data):
    with pytest.raises(UnreadableError, match=r"dokumen Word|berkas kosong") as caught:
        fill(data, {})
    assert "\n" not in str(caught.value)


# Order after copying


def test_captions_and_bookmarks_of_copies_are_their_own():
    document = docx.Document()
    document.add_paragraph("{{#x}}")
    paragraph = document.add_paragraph("Tabel ")
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), "0")
    start.set(qn("w:name"), "acuan")
    paragraph._p.append(start)
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), " SEQ Tabel \\* ARABIC ")
    simple.append(paragraph.add_run("1")._r)
    paragraph._p.append(simple)
    paragraph._p.append(end)
    document.add_paragraph("{{/x}}")
    filled = fill(saved(document), {"x": [{}, {}, {}]})
    xml = body_xml(filled)
    assert re.findall(r"<w:t[^>]*>(\d)</w:t>", xml) == ["1", "2", "3"]
    names = re.findall(r'w:bookmarkStart[^>]*w:name="([^"]+)"', xml)
    assert names == ["acuan", "acuan_2", "acuan_3"]
    starts, ends = (re.findall(rf'w:bookmark{kind} w:id="(\d+)"', xml) for kind in ("Start", "End"))
    assert starts == ends
    assert len(set(starts)) == 3


def test_the_template_is_not_changed_by_filling():
    made = template("{{x}}")
    first = saved_parts(fill(made, {"x": Teks("satu")}))
    fill(made, {"x": Teks("dua")})
    assert saved_parts(fill(made, {"x": Teks("satu")})) == first


def saved_parts(filled: Filled) -> dict[str, bytes]:
    return {str(part.partname): part.blob for part in filled.document.part.package.iter_parts()}


def test_rows_cost_linear_time():
    made = with_table(("{{#b}}{{a}}", "{{c}}{{/b}}"))

    def seconds(count: int) -> float:
        rows = [{"a": Teks(str(number)), "c": Teks("isi")} for number in range(count)]
        start = time.process_time()
        filled = fill(made, {"b": rows})
        assert len(filled.document.element.body.findall(f".//{qn('w:tr')}")) == count
        return time.process_time() - start

    seconds(50)
    few, many = seconds(500), seconds(5000)
    assert many < 30 * few
