"""What keeps pages without a flaw, read in the file; how they come out of a printer is measured by ``tests.pages``."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from openxml_audit import OpenXmlValidator

from lakip_xlsx import pipeline
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Cell, Severity
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.report import daftar
from lakip_xlsx.report.content import Style
from lakip_xlsx.word.build import styles
from lakip_xlsx.word.build.template import build
from lakip_xlsx.word.fill import letters
from samples import build as samples
from samples.markdown import parse_markdown
from tests.pages import flaws, offices
from tests.pages.__main__ import main, make

LAN, PANRB = LAYOUTS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("halaman")


@pytest.fixture(scope="module")
def large(folder: Path) -> dict[str, Path]:
    made = make(folder, ["besar-lan", "besar-panrb"])
    return {path.stem.partition("-")[2]: path for path in made}


@pytest.fixture(scope="module")
def small(folder: Path) -> Path:
    path = folder / "kecil.xlsx"
    write_workbook(path, samples.as_standard(parse_markdown(offices.minimal("panrb"))), layout=LAN)
    return path


def converted(workbook: Path, template: Path | None = None) -> Document:
    return docx.Document(io.BytesIO(pipeline.document(pipeline.check(workbook), template=template).data))


# Lists

LISTS = {
    "- satu\n- dua": [(Style.BULLET, "satu"), (Style.BULLET, "dua")],
    "Pembuka:\n1. satu\n  - dalam\n2. dua": [
        (Style.BODY, "Pembuka:"),
        (Style.NUMBER, "satu"),
        (Style.BULLET_BELOW, "dalam"),
        (Style.NUMBER, "dua"),
    ],
    "1. satu\na. huruf\nb. lagi\n2. dua": [
        (Style.NUMBER, "satu"),
        (Style.LETTER, "huruf"),
        (Style.LETTER, "lagi"),
        (Style.NUMBER, "dua"),
    ],
    "- satu\n-- dalam\n\t1. lebih": [
        (Style.BULLET, "satu"),
        (Style.BULLET_BELOW, "dalam"),
        (Style.NUMBER_BELOW, "lebih"),
    ],
    "a. Muhadjir, kepala bidang": [(Style.BODY, "a. Muhadjir, kepala bidang")],
    "  - tanpa induk": [(Style.BULLET, "tanpa induk")],
    "b. bukan kelanjutan\nc. juga bukan": [(Style.BODY, "b. bukan kelanjutan"), (Style.BODY, "c. juga bukan")],
    "-5 derajat": [(Style.BODY, "-5 derajat")],
}


@pytest.mark.parametrize("text", LISTS)
def test_a_cell_becomes_paragraphs_and_lists(text: str):
    found = daftar.paragraphs(text, (Cell("Narasi", "B6"),))
    assert [(one.style, str(one.text)) for one in found] == LISTS[text]
    assert all(one.text.sources for one in found)


def test_obstacles_and_solutions_are_lists_like_any_other_text(large: dict[str, Path]):
    document = docx.Document(str(large["panrb"]))
    kinds = [(p.style.name, p.text) for p in document.paragraphs]
    at = kinds.index(("Isi", "Hambatan:"))
    assert kinds[at + 1][0] == "Daftar Butir"
    assert ("Daftar Butir 2", "pendampingan penyusunan rencana;") in kinds
    assert not [text for style, text in kinds if text.startswith(("- ", "1. ")) and not style.startswith("toc")]


# Tables


def cells(document: Document) -> Iterator[tuple[int, str, str]]:
    """Width in twips, style and text of every cell of one column in the tables of the body."""
    for table in document.element.body.findall(qn("w:tbl")):
        grid = [int(column.get(qn("w:w"))) for column in table.find(qn("w:tblGrid"))]
        for row in table.findall(qn("w:tr")):
            at = 0
            for cell in row.findall(qn("w:tc")):
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                wide = 1 if span is None else int(span.get(qn("w:val")))
                if wide == 1:
                    first = cell.find(qn("w:p"))
                    style = first.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
                    yield grid[at], "" if style is None else style.get(qn("w:val")), "".join(first.itertext(qn("w:t")))
                at += wide


@pytest.mark.parametrize("layout", ["lan", "panrb"])
def test_no_column_is_narrower_than_its_numbers(large: dict[str, Path], layout: str):
    document = docx.Document(str(large[layout]))
    looks = letters.looks(document.styles.element)
    seen = 0
    for width, style, text in cells(document):
        for word in text.split():
            if word[0].isdigit() and len(word) > 8:
                seen += 1
                assert looks[style].width(word) + 170 <= width, (word, width)
    assert seen > 200


@pytest.mark.parametrize("layout", ["lan", "panrb"])
def test_numbers_of_captions_and_references_agree_and_tables_are_described(large: dict[str, Path], layout: str):
    document = flaws.Document(large[layout])
    assert list(flaws.numbered(document)) == []
    assert list(flaws.same_labels(document)) == []
    assert list(flaws.wide_tables(document)) == []
    assert [name for name, _ in _instructions(large[layout]) if name == "REF"]
    word = docx.Document(str(large[layout]))
    captions = sum(p.style.name == "Caption" and p.text.startswith("Tabel") for p in word.paragraphs)
    described = [table for table in word.tables if table._tbl.tblPr.find(qn("w:tblCaption")) is not None]
    assert len(described) >= captions > 5


def _instructions(path: Path) -> list[tuple[str, str]]:
    body = docx.Document(str(path)).element.body
    codes = [(code.text or "").split() for code in body.iter(qn("w:instrText"))]
    return [(code[0], code[1]) for code in codes if len(code) > 1]


def test_joined_cells_say_again_what_they_belong_to(large: dict[str, Path]):
    tables = docx.Document(str(large["lan"])).tables
    form = next(table for table in tables if "Cara Mencapai" in table.rows[0]._tr.xpath("string(.)"))
    first = [row._tr.findall(qn("w:tc"))[0] for row in form.rows[2:]]
    texts = ["".join(cell.itertext(qn("w:t"))) for cell in first]
    joined = [cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is not None for cell in first]
    assert all(is_joined or text for text, is_joined in zip(texts, joined, strict=True))  # no cell is merely empty
    assert any(text.endswith("(lanjutan)") for text in texts)


def test_tables_follow_another_paper(small: Path, folder: Path):
    template = docx.Document(io.BytesIO(build(PANRB)))
    for section in template.sections:
        if section.page_width < section.page_height:
            section.page_width, section.page_height, section.left_margin = Mm(215), Mm(330), Mm(20)
    path = folder / "f4.docx"
    template.save(str(path))
    document = converted(small, path)
    body = document.element.body
    grid = next(table for table in body.findall(qn("w:tbl")) if table.find(qn("w:tblPr")) is not None)
    main_section = next(s for s in document.sections if abs(s.page_width - Mm(215)) < Mm(1))
    room = (main_section.page_width - main_section.left_margin - main_section.right_margin) / 635
    total = sum(int(column.get(qn("w:w"))) for column in grid.find(qn("w:tblGrid")))
    assert abs(total - room) < 5


# Templates


def test_deleting_a_chapter_turns_no_page(small: Path, folder: Path):
    template = docx.Document(io.BytesIO(build(PANRB)))
    blocks = [p._p for p in template.paragraphs]
    start = next(at for at, p in enumerate(template.paragraphs) if p.text == "Penutup")
    end = next(at for at in range(start, len(blocks)) if blocks[at].find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None)
    for block in blocks[start:end]:
        block.getparent().remove(block)
    path = folder / "tanpa-bab.docx"
    template.save(str(path))
    whole, without = converted(small), converted(small, path)
    sides = [[s.page_width > s.page_height for s in one.sections] for one in (whole, without)]
    assert sides[1] == [False, *sides[0]]  # in front stands the page of findings: the chapter is demanded


def test_convert_says_what_template_check_says(small: Path, folder: Path):
    template = docx.Document(io.BytesIO(build(PANRB)))
    lost = next(p for p in template.paragraphs if p.text == "{{narasi.kesimpulan}}")
    lost._p.getparent().remove(lost._p)
    path = folder / "kurang.docx"
    template.save(str(path))
    made = pipeline.document(pipeline.check(small), template=path)
    [missed] = [finding for finding in made.findings if finding.code == "TPL-006"]
    assert missed.severity is Severity.ERROR
    assert "narasi.kesimpulan" in missed.expected
    assert "DRAF" in docx.Document(io.BytesIO(made.data)).sections[0].header.paragraphs[0].text


def test_what_a_report_does_not_show_is_not_missed_in_a_template(small: Path, folder: Path):
    template = docx.Document(io.BytesIO(build(PANRB)))
    body = template.element.body
    texts = ["".join(block.itertext(qn("w:t"))) for block in body]
    start, end = texts.index("{{#grafik.pegawai}}"), texts.index("{{/grafik.pegawai}}")
    for block in list(body)[start : end + 1]:
        body.remove(block)
    path = folder / "tanpa-grafik.docx"
    template.save(str(path))
    found = pipeline.document(pipeline.check(small), template=path).findings
    assert [finding for finding in found if finding.code == "TPL-006"] == []


def test_headings_and_charts_take_the_colours_of_a_template(folder: Path):
    template = docx.Document(io.BytesIO(build(LAN)))
    sheet = template.styles.element
    for style in sheet.iter(qn("w:style")):
        if style.get(qn("w:styleId")) == styles.TABLE:
            next(style.iter(qn("w:shd"))).set(qn("w:fill"), "D9EAD3")
    template.styles["Warna Grafik"].font.color.rgb = RGBColor(0x0B, 0x53, 0x1C)
    path = folder / "hijau.docx"
    template.save(str(path))
    document = converted(samples.FOLDER / "dinas-contoh-2025.xlsx", path)
    xml = document.element.body.xml
    assert f'w:fill="{styles.SHADE}"' not in xml
    assert 'w:fill="D9EAD3"' in xml
    charts = [part.blob for part in document.part.package.iter_parts() if "/charts/chart" in str(part.partname)]
    assert charts
    assert all(b"0B531C" in blob and styles.DEEP.encode() not in blob for blob in charts)


def test_each_class_of_the_scale_has_its_own_look(large: dict[str, Path]):
    document = docx.Document(str(large["panrb"]))
    looks = {node.get(qn("w:val")) for node in document.element.body.iter(qn("w:rStyle"))}
    assert {"Predikat1", "Predikat2"} <= looks


def test_accepted_findings_are_printed_where_the_office_wants_them(folder: Path):
    source = samples.read("dinas-contoh-2025")
    titles = []
    for wanted in ("", "Tidak", "Ya"):
        line = parse_markdown(f"## Instansi\n\n| Isian | Nilai |\n| --- | --- |\n| Catatan Pengecualian | {wanted} |\n")
        form = samples._form_over(source.sheet("instansi"), line.sheet("instansi"))
        own = source.overlaid(type(source)((_with_line(form, line),)))
        path = folder / f"catatan-{wanted}.xlsx"
        write_workbook(path, samples.as_standard(own), layout=LAN)
        checked = pipeline.check(path)
        assert checked.accepted
        printed = docx.Document(io.BytesIO(pipeline.document(checked).data))
        titles.append("Catatan Pengecualian" in {p.text for p in printed.paragraphs})
    assert titles == [False, False, True]


def _with_line(form: object, line: object) -> object:
    """A form with the line of another, whether it had one or not."""
    own = {each.key: each for each in (*form.lines, *line.sheet("instansi").lines)}
    return type(form)(**{**{f: getattr(form, f) for f in form.__slots__}, "lines": tuple(own.values())})


@pytest.mark.parametrize("layout", ["lan", "panrb"])
def test_the_pages_of_a_large_office_are_valid_for_word(large: dict[str, Path], layout: str):
    result = OpenXmlValidator().validate(str(large[layout]))
    assert [str(error) for error in result.errors] == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) tidak terpasang")
def test_the_pages_of_a_small_office_have_no_flaw(folder: Path):
    assert main(["kecil-panrb", "--ke", str(folder / "cetak")]) == 0
