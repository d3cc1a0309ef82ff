"""Parts that stand only where the office fills them: own sections, optional sheets and columns, optional tables."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from lakip_xlsx import pipeline
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import SheetData, TableData, WorkbookData
from lakip_xlsx.finding import Severity
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.layouts.outline import Layout, Level
from lakip_xlsx.word.build.template import build
from lakip_xlsx.workbook.pelengkap import PELENGKAP
from samples.build import as_standard, read
from samples.markdown import parse_markdown

FULL = as_standard(read("dinas-contoh-2025"))
NEW_COLUMNS = {
    "indikator": {*(f"target_lalu{back}" for back in (1, 2, 3)), "rumus", "iku", "pembanding", "nama_pembanding"},
    "narasi": {"bab"},
}
TITLES = {
    "Sarana dan Prasarana",
    "Rencana Aksi",
    "Tindak Lanjut Hasil Evaluasi",
    "Prestasi dan Penghargaan",
    "Inovasi Layanan",
    "Dasar Hukum",
}
ids = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)


def document(folder: Path, data: WorkbookData, layout: Layout) -> tuple[Document, pipeline.Made]:
    """The document that a freshly built template gives."""
    path, template = folder / "w.xlsx", folder / "t.docx"
    write_workbook(path, data, layout=layout)
    template.write_bytes(build(layout))
    made = pipeline.document(pipeline.check(path, layout=layout), template=template)
    return docx.Document(io.BytesIO(made.data)), made


def headings(made: Document) -> list[str]:
    return [p.text for p in made.paragraphs if p.style.name.startswith(("Heading 1", "Heading 2", "Judul Lampiran"))]


def captions(made: Document) -> list[str]:
    return [p.text.partition(". ")[2] for p in made.paragraphs if p.style.name == "Caption"]


def without_the_optional(data: WorkbookData) -> WorkbookData:
    """The workbook as it was before there were optional sheets, columns and parts."""
    optional = {spec.key for spec in PELENGKAP}
    return replace(data, sheets=tuple(_bare(sheet) for sheet in data.sheets if sheet.key not in optional))


def _bare(sheet: SheetData) -> SheetData:
    gone = NEW_COLUMNS.get(sheet.key, set())
    if not isinstance(sheet, TableData) or not gone:
        return sheet
    rows = [row for row in sheet.rows if getattr(row.cells.get("bagian"), "text", "") not in TITLES]
    return replace(
        sheet,
        rows=tuple(
            replace(row, cells={key: cell for key, cell in row.cells.items() if key not in gone}) for row in rows
        ),
    )


@ids
def test_what_is_not_filled_leaves_no_trace(layout: Layout, tmp_path: Path) -> None:
    full, _ = document(tmp_path, FULL, layout)
    bare, made = document(tmp_path, without_the_optional(FULL), layout)
    told = [finding for finding in made.findings if finding.cell and finding.cell.sheet in {s.name for s in PELENGKAP}]
    assert told == []
    only = set(headings(full)) - set(headings(bare))
    assert {title for title in TITLES if title in only} == TITLES
    gone = set(captions(full)) - set(captions(bare))
    assert {"Sarana dan Prasarana Tahun 2025", "Anggaran dan Realisasi menurut Jenis Belanja Tahun 2025"} <= gone
    assert not any("jenis belanja" in p.text.casefold() for p in bare.paragraphs)


@ids
def test_a_part_of_the_offices_own_stands_in_its_chapter_with_its_lists(layout: Layout, tmp_path: Path) -> None:
    own = """## Narasi
| Bagian | Teks | Bab |
| --- | --- | --- |
| Dasar Hukum | Undang-undang tentang perpustakaan. | I |
| Dasar Hukum | - Peraturan bupati. | |
| Inovasi | Layanan antar buku. | BAB III |
| Peta Wilayah | Wilayah kerja dinas. | Lampiran |
"""
    data = FULL.overlaid(parse_markdown(own))
    made, told = document(tmp_path, data, layout)
    found = headings(made)
    chapters = [part.title for part in layout.parts if part.level is Level.CHAPTER]
    assert found.index(chapters[0]) < found.index("Dasar Hukum") < found.index(chapters[1])
    assert found.index(chapters[2]) < found.index("Inovasi") < found.index(chapters[3]) < found.index("Peta Wilayah")
    styles = {p.text: p.style.name for p in made.paragraphs}
    assert styles["Peraturan bupati."] == "Daftar Butir"
    assert "NAR-003" not in {finding.code for finding in told.findings}
    listed = [p.text for p in made.paragraphs if p.style.name == "Daftar Lampiran"]
    assert any("Peta Wilayah" in line for line in listed)
    sections = [section.orientation for section in made.sections]
    at = next(number for number, each in enumerate(sections) if each == 1)
    assert all(each == 0 for each in sections[:at]), "the office's text stands on upright pages"


@ids
def test_a_template_without_an_optional_tag_still_fills_and_tells_what_it_leaves_out(
    layout: Layout, tmp_path: Path
) -> None:
    path, template = tmp_path / "w.xlsx", tmp_path / "t.docx"
    write_workbook(path, FULL, layout=layout)
    edited = docx.Document(io.BytesIO(build(layout)))
    blocks = list(edited.element.body)
    texts = ["".join(node.text or "" for node in block.iter(qn("w:t"))) for block in blocks]
    for block in blocks[texts.index("{{#sarana}}") : texts.index("{{/sarana}}") + 1]:
        edited.element.body.remove(block)
    edited.save(str(template))
    made = pipeline.document(pipeline.check(path, layout=layout), template=template)
    told = [(f.code, f.cell.sheet) for f in made.findings if f.cell and f.code.startswith("TPL")]
    assert told == [("TPL-011", "Sarana Prasarana"), ("TPL-011", "Narasi")]
    assert all(finding.severity is not Severity.ERROR for finding in made.findings if finding.code.startswith("TPL"))


def test_sheets_of_the_offices_own_that_only_share_a_name_stay_its_own(tmp_path: Path) -> None:
    """An old workbook has sheets of such names with other tables: they are told as strange, as before."""
    text = """## Anggaran
| No | Sumber Dana | Anggaran (Rp) | Realisasi (Rp) |
| --- | --- | --- | --- |
| 1 | APBD | 100.000 | 90.000 |

## Belanja
| Bulan | Uang Keluar |
| --- | --- |
| Januari | 90.000 |

## Penghargaan 2024
| Tanggal | Acara |
| --- | --- |
| 1 Mei | Lomba |
"""
    path = tmp_path / "lama.xlsx"
    write_workbook(path, parse_markdown(text), layout=LAYOUTS[0])
    book = read_workbook(path)
    told = {(finding.code, finding.cell.sheet) for finding in book.findings if finding.cell}
    assert told == {("BRK-012", "Belanja"), ("BRK-012", "Penghargaan 2024")}
    assert set(book.tables) == {"anggaran"}


def test_a_misspelt_optional_sheet_with_our_headings_is_asked_for(tmp_path: Path) -> None:
    text = """## Penghargan
| Nama Penghargaan | Pemberi | Tingkat | Tahun | Keterangan |
| --- | --- | --- | --- | --- |
| Perpustakaan terbaik | Gubernur | Provinsi | 2025 | |

## Anggaran
| No | Sumber Dana | Anggaran (Rp) | Realisasi (Rp) |
| --- | --- | --- | --- |
| 1 | APBD | 100.000 | 90.000 |
"""
    path = tmp_path / "salah.xlsx"
    write_workbook(path, parse_markdown(text), layout=LAYOUTS[0])
    told = [(finding.code, finding.expected) for finding in read_workbook(path).findings]
    assert told == [("BRK-006", "Penghargaan")]


def test_years_and_efficiency_are_computed_from_their_own_cells(tmp_path: Path) -> None:
    """A falling indicator of last year: target 18, realisasi 17 is (2 × 18 − 17) ÷ 18."""
    made, _ = document(tmp_path, FULL, LAYOUTS[0])
    tables = {p.text.partition(". ")[2]: p for p in made.paragraphs if p.style.name == "Caption"}

    def rows(caption: str) -> list[list[str]]:
        element = tables[caption]._p.getnext()
        table = next(t for t in made.tables if t._tbl is element)
        return [[cell.text for cell in row.cells] for row in table.rows]

    history = rows("Target, Realisasi, dan Capaian Indikator dari Tahun ke Tahun")
    assert ["2024", "18 menit", "17 menit", "105,56"] in [row[1:] for row in history]
    efficiency = rows("Efisiensi menurut Indikator dan Program Penunjangnya Tahun 2025")
    below = next(row for row in efficiency if row[0].startswith("Persentase perangkat daerah"))
    assert below[2:] == ["87,50", "95,28", "-7,78", "Kurang Efisien"]
    spending = rows("Anggaran dan Realisasi menurut Jenis Belanja Tahun 2025")
    assert spending[-1][2:] == ["5.322.700.000", "5.174.481.095", "97,22"]
