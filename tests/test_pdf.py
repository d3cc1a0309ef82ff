"""The PDF beside the document: bookmarks, page numbers, tags, and never over what a person signed."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from lxml import etree

from lakip_xlsx import pipeline
from lakip_xlsx.errors import OutputError
from lakip_xlsx.word.office import pdf
from lakip_xlsx.word.office.soffice import find_soffice

SAMPLE = Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.xlsx"
DAY = dt.date(2026, 1, 30)
needs_office = pytest.mark.skipif(
    find_soffice() is None or shutil.which("pdftotext") is None, reason="LibreOffice atau poppler tidak terpasang"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> pipeline.Converted:
    folder = tmp_path_factory.mktemp("pdf")
    converted = pipeline.convert(SAMPLE, folder / "lakip.docx", page_numbers=True)
    return pipeline.with_pdf(converted, pipeline.Pdf.PLAIN)


def told(*command: object) -> str:
    return subprocess.run([*map(str, command)], check=True, capture_output=True, text=True, timeout=60).stdout


def outline(path: Path) -> list[tuple[str, int]]:
    """The bookmarks of a PDF with their pages, as a viewer shows them."""
    xml = told("pdftohtml", "-xml", "-i", "-stdout", path)
    root = etree.fromstring(xml.encode(), etree.XMLParser(recover=True))
    return [(" ".join("".join(item.itertext()).split()), int(item.get("page"))) for item in root.iter("item")]


def printed_number(path: Path, page: int) -> str:
    """The page number at the foot of a page."""
    return told("pdftotext", "-layout", "-f", page, "-l", page, path, "-").split()[-1]


@needs_office
def test_the_pdf_stands_beside_the_document(made):
    assert made.pdf == made.document.with_suffix(".pdf")
    assert made.pdf_failure == ""
    assert made.pdf.read_bytes().startswith(b"%PDF-")


@needs_office
def test_it_has_title_language_tags_and_the_day_of_the_report(made):
    information = told("pdfinfo", made.pdf)
    assert re.search(r"Title: +LAKIP Dinas Perpustakaan", information)
    assert re.search(r"Tagged: +yes", information)
    assert "Jan 30 00:00:00 2026" in information
    data = made.pdf.read_bytes()
    assert b"/Lang(id-ID)" in data
    assert b"/DisplayDocTitle true" in data


@needs_office
def test_page_numbers_of_the_contents_are_those_of_the_pdf(made):
    entries = [
        paragraph.text.rsplit("\t", 1)
        for paragraph in docx.Document(str(made.document)).paragraphs
        if paragraph.style.name.startswith("toc ") and "\t" in paragraph.text
    ]
    marks = outline(made.pdf)
    assert len(entries) > 25
    seen = 0
    for title, number in entries:
        words = title.replace("\t", " ").split()
        [page] = {page for name, page in marks if name.split()[-len(words) :] == words or name == " ".join(words)}
        assert printed_number(made.pdf, page) == number, title
        seen += 1
    assert seen == len(entries)


@needs_office
def test_every_heading_is_a_bookmark(made):
    names = " | ".join(name for name, _ in outline(made.pdf)).casefold()
    headings = [p.text for p in docx.Document(str(made.document)).paragraphs if p.style.name.startswith("Heading")]
    assert len(headings) > 20
    assert [heading for heading in headings if " ".join(heading.split()).casefold() not in names] == []


@needs_office
def test_the_same_document_gives_the_same_pdf(made):
    again = pdf.make(made.document.read_bytes(), DAY)
    assert again == made.pdf.read_bytes()


@needs_office
def test_archival_form(made):
    data = pdf.make(made.document.read_bytes(), DAY, archival=True)
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>B</pdfaid:conformance>", data)
    assert b"<xmp:CreateDate>2026-01-30T00:00:00Z" in data


@needs_office
def test_ours_is_replaced_and_a_signed_or_foreign_one_is_not(made, tmp_path):
    path = tmp_path / "lakip.pdf"
    data = made.pdf.read_bytes()
    pdf.write(data, path)
    pdf.write(data, path)
    path.write_bytes(data + b"\n1 0 obj\n<</Type/Sig>>\nendobj\n%%EOF\n")
    with pytest.raises(OutputError, match="tidak ditimpa"):
        pdf.write(data, path)
    path.write_bytes(b"%PDF-1.4 pindaian bertanda tangan")
    with pytest.raises(OutputError, match="tidak ditimpa"):
        pdf.write(data, path)
    assert path.read_bytes() == b"%PDF-1.4 pindaian bertanda tangan"
    pdf.write(data, path, force=True)
    assert path.read_bytes() == data


@pytest.mark.parametrize("program", ["/tidak/ada/soffice", shutil.which("false") or "/bin/false"])
def test_a_failing_libreoffice_is_one_line(program):
    with pytest.raises(OutputError, match="LibreOffice gagal") as caught:
        pdf.make(SAMPLE.with_suffix(".docx").read_bytes(), DAY, program=program)
    assert "\n" not in str(caught.value)


def run(*arguments: object, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lakip_xlsx", *map(str, arguments)]
    around = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", **environment}
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder, env=around, timeout=180)


def test_without_libreoffice_the_document_is_written_and_the_line_is_clear(tmp_path):
    done = run("convert", SAMPLE, "-o", tmp_path / "lakip.docx", "--pdf", folder=tmp_path, PATH="/tidak/ada")
    assert done.returncode == 3
    assert (tmp_path / "lakip.docx").is_file()
    assert not (tmp_path / "lakip.pdf").exists()
    assert "LibreOffice tidak terpasang" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Dokumen:" in done.stdout


@needs_office
def test_command(tmp_path):
    done = run("convert", SAMPLE, "-o", tmp_path / "lakip.docx", "--pdf-a", "--tanpa-halaman", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "PDF: " in done.stdout
    assert b"pdfaid" in (tmp_path / "lakip.pdf").read_bytes()
