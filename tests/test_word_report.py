"""A whole report made from the shipped template: what a person sees in Word."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import OpenXmlValidator

from lakip_xlsx.layouts.lan_2003 import LAYOUT
from lakip_xlsx.word import package
from lakip_xlsx.word.fill import draft, save
from lakip_xlsx.word.fill.fill import Filled, fill
from lakip_xlsx.word.headings import in_format
from lakip_xlsx.word.office import pages, soffice
from tests.word_sample import OFFICE, content

TEMPLATE = (Path(__file__).parent.parent / "workbook_templates" / LAYOUT.template).read_bytes()
PROPERTIES = package.Properties(title="LAKIP 2019", subject="Laporan", author=OFFICE, date=dt.date(2020, 1, 31))
needs_libreoffice = pytest.mark.skipif(soffice.find_soffice() is None, reason="LibreOffice tidak terpasang")


def report(*, temuan: bool = False) -> Filled:
    filled = fill(TEMPLATE, content(temuan=temuan))
    if temuan:
        draft.mark(filled.document)
    return filled


def finished(filled: Filled) -> bytes:
    return save.serialise(filled.document, PROPERTIES)


def entries(document: Document) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name.lower().startswith("toc ")]


def all_text(document: Document) -> str:
    return "\n".join("".join(p.itertext(qn("w:t"))) for p in document.element.body.iter(qn("w:p")))


def test_the_template_names_nothing_that_the_content_lacks():
    assert report().findings == ()
    assert "{{" not in all_text(report().document)


@pytest.mark.parametrize("temuan", [False, True])
def test_the_report_is_valid_for_word(temuan, tmp_path):
    path = tmp_path / "lakip.docx"
    path.write_bytes(finished(report(temuan=temuan)))
    result = OpenXmlValidator().validate(str(path))
    assert [str(error) for error in result.errors] == []


def test_the_same_content_gives_the_same_bytes():
    assert finished(report()) == finished(report())


def test_the_table_of_contents_is_in_the_file():
    listed = entries(report().document)
    assert listed[:5] == ["Kata Pengantar", "Ringkasan Eksekutif", "Daftar Isi", "Daftar Lampiran", "BAB I Pendahuluan"]
    assert "A.\tTugas Pokok dan Fungsi" in listed
    assert "BAB IV Penutup" in listed
    assert listed[-1].startswith("Lampiran ")
    assert [entry for entry in listed if entry.endswith("Formulir Pengukuran Pencapaian Sasaran (PPS)")]
    xml = etree.tostring(report().document.element.body, encoding="unicode")
    anchors = set(re.findall(r'w:hyperlink w:anchor="([^"]+)"', xml))
    names = re.findall(r'w:bookmarkStart[^>]*w:name="([^"]+)"', xml)
    assert len(anchors) == len(listed)
    assert anchors <= set(names)
    assert len(names) == len(set(names))


def test_sections_restart_their_numbers():
    document = report().document
    listed = entries(document)
    second = listed[listed.index("BAB II Rencana Strategis") + 1]
    assert second == "A.\tRenstra"


def test_every_table_has_its_own_number():
    captions = [p.text.split(".")[0] for p in report().document.paragraphs if p.style.name == "Caption"]
    tables = [caption for caption in captions if caption.startswith("Tabel")]
    assert len(tables) > 6
    assert tables == [f"Tabel {n}" for n in range(1, len(tables) + 1)]
    figures = [caption for caption in captions if caption not in tables]
    assert figures == [f"Gambar {n}" for n in range(1, len(figures) + 1)]
    assert len(figures) > 1


def test_each_list_starts_at_one():
    document = report().document
    ids: dict[str, int] = {}
    for paragraph in document.paragraphs:
        if paragraph.style.name == "Daftar Angka":
            number = paragraph._p.pPr.numPr.numId.val
            ids[number] = ids.get(number, 0) + 1
    assert len(ids) > 5
    numbering = document.part.numbering_part.element
    for number in ids:
        [num] = [item for item in numbering.num_lst if item.numId == number]
        assert num.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}").get(qn("w:val")) == "1"


def test_scripts_see_the_text_through_python_docx():
    document = docx.Document(io.BytesIO(finished(report())))
    assert any("Muara Jaya, 31 Januari 2020" in p.text for p in document.paragraphs)
    table = next(t for t in document.tables if t.rows[0].cells[1].text == "Sumber Dana")
    total = content()["keuangan"]["sumber_dana"]["jumlah"]
    assert [cell.text for cell in table.rows[-1].cells] == ["Jumlah", "Jumlah", *total.values()]


def test_staffing_shows_men_and_women_only_where_given():
    first, second = content()["pegawai"][:2]
    given = {**content(), "pegawai": [{**first, "rinci": True}, {**second, "rinci": False}]}
    headings = [[c.text for c in t.rows[0].cells] for t in fill(TEMPLATE, given).document.tables]
    staff = [row for row in headings if first["awal_judul"] in row]
    assert [("Akhir tahun menurut jenis kelamin" in row) for row in staff] == [True, False]


@pytest.mark.parametrize("absent", ["rencana_kerja", "indikator", "pegawai", "ringkasan"])
def test_an_absent_table_leaves_a_visible_marker(absent):
    filled = fill(TEMPLATE, {**content(), absent: None})
    assert filled.findings == ()
    assert all_text(filled.document).count(f"[{absent} belum diisi]") == 1


def test_absent_money_and_forms_leave_visible_markers():
    money = {**content()["keuangan"], "sumber_dana": None, "sasaran": None, "program": None}
    forms = dict.fromkeys(("rs", "rkt", "pkk", "pps"))
    drawn = {topic: [] for topic in content()["grafik"]}
    filled = fill(TEMPLATE, {**content(), "keuangan": money, "formulir": forms, "analisis": [], "grafik": drawn})
    text = all_text(filled.document)
    assert filled.findings == ()
    for name in ("sumber_dana", "anggaran_sasaran", *forms):
        assert text.count(f"[{name} belum diisi]") == 1
    assert "menurut Program" not in text


def test_pages_are_numbered_in_roman_then_arabic():
    document = report().document
    numbers = [section._sectPr.find(qn("w:pgNumType")) for section in document.sections]
    kinds = [(None, None) if n is None else (n.get(qn("w:fmt")), n.get(qn("w:start"))) for n in numbers]
    assert kinds[:3] == [(None, None), ("lowerRoman", "1"), ("decimal", "1")]
    assert set(kinds[3:]) == {("decimal", None)}
    assert document.sections[0].header.is_linked_to_previous
    assert document.sections[1].header.paragraphs[0].text == OFFICE


def test_core_properties_have_no_clock():
    core = docx.Document(io.BytesIO(finished(report()))).core_properties
    assert (core.title, core.author, core.language) == ("LAKIP 2019", OFFICE, "id-ID")
    assert core.created == core.modified == dt.datetime(2020, 1, 31, tzinfo=dt.UTC)


# DRAF


def test_a_draft_says_so_on_every_page():
    document = report(temuan=True).document
    assert len(document.sections) >= 5
    for section in document.sections:
        header = section.header
        assert draft.NOTICE in [p.text for p in header.paragraphs]
        assert header.part.element.find(".//{urn:schemas-microsoft-com:vml}textpath[@string]") is not None
    assert document.paragraphs[0].text == "TEMUAN PEMERIKSAAN (1)"
    assert [c.text for c in document.tables[0].rows[1].cells][1:3] == ["BRK-001", "Instansi!B6"]


def test_a_report_without_findings_has_no_mark():
    document = report().document
    assert all(draft.NOTICE not in p.text for section in document.sections for p in section.header.paragraphs)
    assert "TEMUAN" not in all_text(document)


def test_first_and_even_pages_are_marked_too():
    made = docx.Document()
    made.settings.odd_and_even_pages_header_footer = True
    made.sections[0].different_first_page_header_footer = True
    made.sections[0].first_page_header.paragraphs[0].text = "awal"
    made.add_section()
    stream = io.BytesIO()
    made.save(stream)
    document = fill(stream.getvalue(), {}).document
    draft.mark(document)
    section = document.sections[0]
    for header in (section.header, section.first_page_header, section.even_page_header):
        assert draft.NOTICE in [p.text for p in header.paragraphs]
    assert "awal" in [p.text for p in section.first_page_header.paragraphs]
    assert document.sections[1].header.is_linked_to_previous


def test_a_template_without_a_findings_page_gets_ours():
    made = docx.Document()
    made.add_paragraph("isi {{laporan.tahun}}")
    stream = io.BytesIO()
    made.save(stream)
    filled = fill(stream.getvalue(), content(temuan=True))
    assert filled.findings == ()
    assert filled.document.paragraphs[0].text == "TEMUAN PEMERIKSAAN (1)"
    assert filled.document.paragraphs[-1].text == f"isi {content()['laporan']['tahun']}"
    assert fill(stream.getvalue(), content()).document.paragraphs[0].text == f"isi {content()['laporan']['tahun']}"


# Page numbers


def test_without_libreoffice_no_page_number_is_written():
    filled = report()
    with pytest.raises(pages.NotNumberedError):
        pages.add_page_numbers(filled.paper, soffice="/tidak/ada/soffice")
    assert "\t" not in entries(filled.document)[0]


def test_a_pdf_of_another_make_gives_no_destinations():
    assert pages.destinations(b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj") == {}


@needs_libreoffice
def test_page_numbers_are_those_that_are_printed(tmp_path):
    filled = report(temuan=True)
    assert pages.add_page_numbers(filled.paper)
    listed = dict(entry.rsplit("\t", 1) for entry in entries(filled.document))
    assert listed["Kata Pengantar"] == "i"
    assert listed["BAB I Pendahuluan"] == "1"
    path = tmp_path / "lakip.docx"
    path.write_bytes(finished(filled))
    profile = (tmp_path / "profil").as_uri()
    command = [soffice.find_soffice(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, path], check=True, capture_output=True, timeout=90)
    pdf = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "lakip.pdf", "-"], check=True, capture_output=True, timeout=30
    )
    sheets = [sheet.strip() for sheet in pdf.stdout.decode().split("\f")]
    for title, bab in (("BAB II RENCANA STRATEGIS", "BAB II Rencana Strategis"), ("BAB IV PENUTUP", "BAB IV Penutup")):
        [sheet] = [sheet for sheet in sheets if title in sheet]
        assert sheet.split()[-1] == listed[bab]
    title = next(entry for entry in listed if entry.endswith("Formulir Pengukuran Pencapaian Sasaran (PPS)"))
    [form] = [sheet for sheet in sheets if title in sheet and "....." not in sheet]
    assert form.split()[-1] == listed[title]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (4, "upperRoman", "IV"),
        (9, "lowerRoman", "ix"),
        (3, "upperLetter", "C"),
        (28, "lowerLetter", "bb"),
        (7, "decimal", "7"),
    ],
)
def test_numbers_in_the_formats_of_word(number, form, shown):
    assert in_format(number, form) == shown


# Page breaks


def glued(table) -> list[bool]:
    """For each row, whether it stays on the page of what follows."""
    return [row.cells[0].paragraphs[0]._p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for row in table.rows]


def test_a_short_table_stays_whole_and_the_end_of_a_long_one_together():
    money = dict(content()["keuangan"])
    rows = (money["program"]["baris"] * 20)[:20]
    money["program"] = {**money["program"], "baris": rows}
    money["sumber_dana"] = {**money["sumber_dana"], "baris": money["sumber_dana"]["baris"][:1]}
    document = fill(TEMPLATE, {**content(), "keuangan": money}).document
    by_first = {table.rows[0].cells[1].text: table for table in document.tables}
    assert glued(by_first["Sumber Dana"]) == [False, True, True]  # the heading row is glued by its style
    assert glued(by_first["Program/Kegiatan"]) == [False] * 20 + [True, True]
