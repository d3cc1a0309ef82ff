"""A layout is data and a Word template: a third one needs no change in the package."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document
from openxml_audit import OpenXmlValidator

from lakip_xlsx import pipeline
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.layouts.outline import Layout, Level, Part
from lakip_xlsx.word.build import template
from samples import build
from samples.markdown import parse_markdown

_BASIS = "Peraturan Kepala Daerah rekaan Nomor 1"
THIRD = Layout(
    key="rekaan-1",
    name="Rekaan 1/2030",
    report_name="Laporan Ringkas Kinerja",
    short_name="LRK",
    basis=_BASIS,
    template="rekaan.docx",
    sheets=("instansi", "skala", "renstra", "indikator", "narasi"),
    parts=(
        Part(key="sambutan", title="Sambutan", level=Level.FRONT, narasi=True, required=True, basis=_BASIS),
        Part(key="daftar_isi", title="Isi Laporan", level=Level.FRONT, blocks=("daftar_isi",), basis=_BASIS),
        Part(key="arah", title="Arah", level=Level.CHAPTER, basis=_BASIS),
        Part(
            key="renstra", title="Rencana", level=Level.SECTION, narasi=True, blocks=("daftar_renstra",), basis=_BASIS
        ),
        Part(key="hasil", title="Hasil", level=Level.CHAPTER, basis=_BASIS),
        Part(key="per_sasaran", title="Hasil Setiap Sasaran", level=Level.SECTION, basis=_BASIS),
        Part(key="ukuran", title="Ukuran", level=Level.ANALYSIS, blocks=("analisis_target",), basis=_BASIS),
        Part(key="hemat", title="Kehematan", level=Level.ANALYSIS, blocks=("analisis_efisiensi",), basis=_BASIS),
        Part(
            key="uang",
            title="Uang",
            level=Level.SECTION,
            blocks=("tabel_anggaran_sasaran", "penjelasan_keuangan"),
            basis=_BASIS,
        ),
        Part(key="rincian", title="Rincian", level=Level.APPENDIX, blocks=("formulir_pps",), basis=_BASIS),
        Part(
            key="janji",
            title="Janji",
            level=Level.APPENDIX,
            upright=True,
            blocks=("formulir_perjanjian",),
            basis=_BASIS,
        ),
    ),
)
SAMBUTAN = """
## Narasi
| Bagian | Teks |
| --- | --- |
| Sambutan | Inilah hasil kerja kami. |
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[pipeline.Checked, pipeline.Made]:
    """The clean sample's figures in the third layout."""
    folder = tmp_path_factory.mktemp("ketiga")
    words = folder / THIRD.template
    words.write_bytes(template.build(THIRD))
    data = build.read("dinas-contoh-2025").overlaid(parse_markdown(SAMBUTAN))
    workbook = folder / "workbook.xlsx"
    write_workbook(workbook, data, layout=THIRD)
    checked = pipeline.check(workbook, layout=THIRD)
    return checked, pipeline.document(checked, template=words)


def headings(document: Document) -> list[tuple[str, str]]:
    styles = {level.value for level in Level if level.value} - {"Heading 3", "Heading 4"}
    return [(p.style.name, p.text) for p in document.paragraphs if p.style.name in styles]


def test_third_layout_is_not_one_of_ours():
    assert THIRD.key not in {layout.key for layout in LAYOUTS}


def test_workbook_becomes_a_document_in_its_outline(made: tuple[pipeline.Checked, pipeline.Made]):
    checked, result = made
    document = docx.Document(io.BytesIO(result.data))
    assert checked.layout is THIRD
    told = [f for f in result.findings if f.code.startswith("TPL")]
    assert {f.code for f in told} == {"TPL-011"}  # optional tables that the sample fills and this layout does not have
    assert {f.cell.sheet for f in told if f.cell} <= {"Program", "Indikator", "Rencana Aksi", "Belanja"} | {
        "Sarana Prasarana",
        "Tindak Lanjut",
        "Penghargaan",
    }
    wanted = [(p.level.value, p.title) for p in THIRD.parts if p.level not in (Level.ANALYSIS, Level.TEXT)]
    attached = checked.book.tables["lampiran"]
    pages = [("Judul Lampiran", attached.text(row, "judul")) for row in attached.rows]
    assert headings(document) == [*wanted, *pages]  # the pages of what is attached
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 4"] == ["Ukuran", "Kehematan"] * 4
    assert "{{" not in "".join(p.text for p in document.paragraphs)


def test_its_words_are_its_own(made: tuple[pipeline.Checked, pipeline.Made]):
    document = docx.Document(io.BytesIO(made[1].data))
    texts = [p.text for p in document.paragraphs]
    assert "Inilah hasil kerja kami." in texts
    assert "LAPORAN RINGKAS KINERJA" in texts
    assert document.core_properties.title.startswith("LRK ")
    assert any(text.startswith("Menurut sasaran strategis yang didukungnya") for text in texts)


def test_pages_of_its_appendices_stand_as_it_says(made: tuple[pipeline.Checked, pipeline.Made]):
    sections = docx.Document(io.BytesIO(made[1].data)).sections
    assert [section.page_width > section.page_height for section in sections][-4:] == [False, True, False, False]


def test_a_required_text_that_is_missing_is_marked(tmp_path: Path):
    words = tmp_path / THIRD.template
    words.write_bytes(template.build(THIRD))
    workbook = tmp_path / "workbook.xlsx"
    data = build.read("dinas-contoh-2025").overlaid(parse_markdown("## Narasi\n| Bagian | Teks |\n| --- | --- |\n"))
    write_workbook(workbook, data, layout=THIRD)
    result = pipeline.document(pipeline.check(workbook, layout=THIRD), template=words)
    texts = [p.text for p in docx.Document(io.BytesIO(result.data)).paragraphs]
    assert '[Sambutan belum diisi: lembar Narasi, Bagian "Sambutan"]' in texts


def test_its_document_is_valid_for_word(made: tuple[pipeline.Checked, pipeline.Made], tmp_path: Path):
    path = tmp_path / "ketiga.docx"
    path.write_bytes(made[1].data)
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
