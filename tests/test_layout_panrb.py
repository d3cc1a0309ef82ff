"""The layout PermenPANRB 53/2014: a whole report from a workbook, and each of the seven analyses by itself."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from openxml_audit import OpenXmlValidator

from lakip_xlsx import pipeline
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.figures.capaian import Efisiensi, efisiensi
from lakip_xlsx.layouts import catalog
from lakip_xlsx.layouts.outline import Level
from lakip_xlsx.layouts.panrb_53 import LAYOUT
from lakip_xlsx.report.compose import compose
from lakip_xlsx.word.fill.fill import fill
from samples import build
from samples.markdown import parse_markdown

SAMPLE = "dinas-contoh-2025-permenpan"
GRAFIK = ("capaian", "anggaran_sasaran", "anggaran_program", "pegawai", "tahun", "tren")
BASE = build.as_standard(build.read(SAMPLE))


@dataclass(frozen=True)
class Report:
    """A workbook that was checked and made into a document."""

    checked: pipeline.Checked
    made: pipeline.Made

    @property
    def document(self) -> Document:
        return docx.Document(io.BytesIO(self.made.data))

    def blocks(self) -> list[Paragraph | Table]:
        return list(self.document.iter_inner_content())

    def text(self) -> str:
        return "\n".join("".join(p.itertext(qn("w:t"))) for p in self.document.element.body.iter(qn("w:p")))

    def under(self, sasaran: int, analysis: int) -> list[Paragraph | Table]:
        """What stands under one analysis of one sasaran, both counted from 1."""
        return self.analyses()[(sasaran, analysis)]

    def analyses(self) -> dict[tuple[int, int], list[Paragraph | Table]]:
        found: dict[tuple[int, int], list[Paragraph | Table]] = {}
        sasaran = analysis = 0
        inside = False
        for block in self.blocks():
            style = block.style.name if isinstance(block, Paragraph) else ""
            if style in {"Heading 1", "Heading 2"}:
                inside = isinstance(block, Paragraph) and block.text == "Capaian Kinerja Organisasi"
            elif inside and style == "Heading 3":
                sasaran, analysis = sasaran + 1, 0
            elif inside and style == "Heading 4":
                analysis += 1
                found[sasaran, analysis] = []
            elif inside and analysis:
                found[sasaran, analysis].append(block)
        return found


def report(folder: Path, changes: str = "") -> Report:
    """The report of the sample with some sheets in place of its own."""
    path = folder / "workbook.xlsx"
    write_workbook(path, BASE.overlaid(parse_markdown(changes)), layout=LAYOUT)
    checked = pipeline.check(path, layout=LAYOUT)
    return Report(checked, pipeline.document(checked))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report(tmp_path_factory.mktemp("panrb"))


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def table_of(blocks: list[Paragraph | Table]) -> list[list[str]]:
    """The table that every analysis has; those that are there only where they are filled stand behind it."""
    return cells(next(block for block in blocks if isinstance(block, Table)))


def said(blocks: list[Paragraph | Table]) -> str:
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


# The outline


def test_layout_is_found_under_its_name_and_its_key():
    assert catalog.find("permenpanrb 53/2014") is LAYOUT
    assert catalog.find("panrb-53-2014") is LAYOUT


def test_every_part_names_what_demands_it_and_the_seven_analyses_their_number():
    assert all(part.basis for part in LAYOUT.parts)
    numbers = [re.search(r"angka (\d)$", part.basis) for part in LAYOUT.parts if part.level is Level.ANALYSIS]
    assert [match and match[1] for match in numbers] == ["1", "2", "3", "4", "5", "6", "7"]


def test_office_must_write_what_no_number_supplies():
    required = {part.key for part in LAYOUT.parts if part.required}
    assert required == {
        "tugas_pokok",
        "struktur_organisasi",
        "aspek_strategis",
        "permasalahan_utama",
        "langkah_ke_depan",
    }
    assert "perjanjian" in LAYOUT.sheets


def test_texts_of_the_other_layout_keep_their_place():
    lan = catalog.LAYOUTS[0]
    moved = {part.key: LAYOUT.find_narasi(part.title) for part in lan.parts if part.narasi}
    assert moved["ringkasan_eksekutif"] is LAYOUT.part("ikhtisar_eksekutif")
    assert moved["strategi_pemecahan"] is LAYOUT.part("langkah_ke_depan")
    assert moved["renstra"] is LAYOUT.part("renstra")
    assert moved["indikator_kinerja"] is LAYOUT.part("indikator_kinerja_utama")
    titles = [title.casefold() for part in LAYOUT.parts if part.narasi for title in (part.title, *part.also)]
    assert len(titles) == len(set(titles))


# The whole report


def test_clean_workbook_gives_a_report_without_any_finding(clean: Report):
    assert clean.made.findings == ()
    assert clean.checked.skipped == ()
    assert "[" not in clean.text()
    assert "{{" not in clean.text()


def test_report_is_valid_for_word_and_the_same_each_time(clean: Report, tmp_path: Path):
    path = tmp_path / "lkjip.docx"
    path.write_bytes(clean.made.data)
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    assert pipeline.document(clean.checked).data == clean.made.data


def test_each_sasaran_has_the_seven_analyses(clean: Report):
    assert sorted(clean.analyses()) == [(s, a) for s in range(1, 5) for a in range(1, 8)]
    titles = [b.text for b in clean.blocks() if isinstance(b, Paragraph) and b.style.name == "Heading 4"]
    assert titles == [part.title for part in LAYOUT.parts if part.level is Level.ANALYSIS] * 4


def test_lists_hold_every_caption_and_link_to_it(clean: Report):
    body = clean.document.element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    captions = [p.text for p in clean.document.paragraphs if p.style.name == "Caption"]
    listed = [p for p in clean.document.paragraphs if p.style.name.casefold() == "table of figures"]
    tables = [caption for caption in captions if caption.startswith("Tabel")]
    figures = [caption for caption in captions if caption.startswith("Gambar")]
    assert len(tables) > 30
    assert figures
    assert [p.text for p in listed] == tables + figures
    anchors = [link.get(qn("w:anchor")) for p in listed for link in p._p.iter(qn("w:hyperlink"))]
    assert len(set(anchors)) == len(listed)
    assert set(anchors) <= marks
    codes = [node.text.strip() for node in body.iter(qn("w:instrText")) if "TOC" in node.text]
    assert codes == ['TOC \\o "1-3" \\h \\z \\u', 'TOC \\h \\z \\c "Tabel"', 'TOC \\h \\z \\c "Gambar"']


def test_list_of_figures_vanishes_with_its_heading_when_there_is_no_figure(clean: Report):
    checked = clean.checked
    content = {**compose(checked.book, checked.figures, LAYOUT, ()), "grafik": dict.fromkeys(GRAFIK)}
    filled = fill(pipeline.template_path(LAYOUT), content)
    texts = [p.text for p in filled.document.paragraphs]
    assert filled.findings == ()
    assert "Daftar Tabel" in texts
    assert "Daftar Gambar" not in texts
    assert "Daftar gambar dibuat" not in "".join(texts)
    assert [p.text for p in filled.document.paragraphs if p.style.name == "toc 1"][3:5] == [
        "Daftar Tabel",
        "Daftar Lampiran",
    ]


def test_missing_sheets_leave_markers_and_no_analysis_empty(tmp_path: Path):
    empty = "\n".join(f"## {name}\n(tidak ada)\n" for name in ("Program", "Perjanjian Kinerja", "Anggaran Sasaran"))
    bare = """
## Indikator
| Kode | Kode Sasaran | Indikator Kinerja | Satuan | Arah | Target | Realisasi | ... |
| --- | --- | --- | --- | --- | --- | --- | --- |
| I1 | S1 | Indeks literasi | poin | Naik | 70 | 63 |
| I2 | | Naskah yang dirawat | naskah | Naik | 40 | 42 |
"""
    made = report(tmp_path, empty + bare)
    assert [f.code for f in made.made.findings if f.code.startswith("TPL")] == []
    analyses = made.analyses()
    assert sorted(analyses) == [(s, a) for s in range(1, 6) for a in range(1, 8)]
    assert [place for place, blocks in analyses.items() if not said(blocks).strip() and not table_or_none(blocks)] == []
    assert "[belum ada indikator untuk sasaran S2" in said(analyses[2, 1])
    assert "[belum diisi]" in str(table_of(analyses[1, 2]))
    assert "[belum diisi]" in str(table_of(analyses[1, 3]))
    assert said(analyses[1, 5]).count("belum diisi: lembar Indikator") == 3
    assert "[program penunjang belum disebut" in said(analyses[1, 7])
    assert "[perjanjian kinerja belum diisi" in made.text()
    assert table_of(analyses[5, 1])[1][0] == "Naskah yang dirawat"


def table_or_none(blocks: list[Paragraph | Table]) -> bool:
    return any(isinstance(block, Table) for block in blocks)


# The analyses


def test_target_and_realisasi_with_capaian_and_predikat(clean: Report):
    blocks = clean.under(3, 1)
    assert table_of(blocks)[1:] == [
        ["Rata-rata waktu temu kembali arsip inaktif", "15 menit", "13 menit", "113,33", "Sangat Tinggi", "-"],
        [
            "Persentase perangkat daerah dengan nilai pengawasan kearsipan kategori baik",
            "60%",
            "52,5%",
            "87,50",
            "Tinggi",
            "Dibina bertahap",
        ],
        [
            "Temuan pengawasan kearsipan yang belum ditindaklanjuti",
            "5 temuan",
            "3 temuan",
            "120,00",
            "Sangat Tinggi",
            "-",
        ],
    ]
    assert "Capaian sasaran ini 106,94% dengan predikat Sangat Tinggi" in said(blocks)
    assert "Target 2 (dua) indikator tercapai, sedangkan target 1 (satu) indikator belum tercapai." in said(blocks)


def test_earlier_years_show_only_years_with_data_and_the_way_of_the_change(clean: Report):
    rows = table_of(clean.under(3, 2))
    assert rows[0][1:5] == ["2022", "2023", "2024", "2025"]
    assert rows[1][4:] == ["13", "-4\nmembaik", "113,33"]  # fewer minutes is better
    new = table_of(clean.under(2, 2))[2]
    assert new[1:] == ["-", "-", "indikator baru", "93%", "-", "103,33"]
    assert "Target, Realisasi, dan Capaian Sasaran 3 dari Tahun ke Tahun" in said(clean.under(3, 2))


def test_years_without_any_data_have_no_column(tmp_path: Path):
    made = report(
        tmp_path,
        """
## Indikator
| Kode | Kode Sasaran | Indikator Kinerja | Satuan | Arah | Target | Realisasi | Realisasi n-1 | ... |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| I1 | S1 | Indeks literasi | poin | Naik | 70 | 63 | 65 |
| I2 | S1 | Temuan | temuan | Turun | 5 | 4 | 4 |
""",
    )
    rows = table_of(made.under(1, 2))
    assert rows[0][1:] == ["2024", "2025", "Perubahan setahun", "Capaian 2025 (%)"]
    assert [row[3] for row in rows[1:]] == ["-2\nmenurun", "0\ntetap"]
    assert "realisasi 1 (satu) indikator menurun dan 1 (satu) indikator tetap" in said(made.under(1, 2))
    assert "Capaian tahun sebelumnya tidak dihitung" in said(made.under(1, 2))


def test_new_indicator_may_be_told_in_keterangan(tmp_path: Path):
    made = report(
        tmp_path,
        """
## Indikator
| Kode | Kode Sasaran | Indikator Kinerja | Satuan | Arah | Target | Realisasi | Realisasi n-1 | Keterangan | ... |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| I1 | S1 | Indeks literasi | poin | Naik | 70 | 70 | | Indikator baru tahun ini |
| I2 | S1 | Anggota | orang | Naik | 70 | 70 | | |
""",
    )
    assert [row[1] for row in table_of(made.under(1, 2))[1:]] == ["indikator baru", "[belum diisi]"]
    assert "1 (satu) indikator baru dipakai pada tahun 2025" in said(made.under(1, 2))
    assert "1 (satu) indikator tidak dapat dibandingkan" in said(made.under(1, 2))


def test_progress_to_the_end_of_the_renstra_follows_the_direction(clean: Report):
    blocks = clean.under(3, 3)
    rows = table_of(blocks)
    assert rows[0][1:3] == ["Realisasi 2025", "Target 2029"]
    assert [row[3:] for row in rows[1:]] == [["+3", "70,00"], ["-27,5", "65,63"], ["+3", "n/a"]]
    assert "tahun ke-1 dari 5 tahun" in said(blocks)
    assert "Kemajuan 1 (satu) indikator tidak dapat dihitung dalam persen." in said(blocks)


def test_national_standard_is_compared_or_said_not_to_exist(clean: Report):
    assert table_of(clean.under(4, 4))[1:] == [
        ["Indeks Kepuasan Masyarakat atas layanan dinas", "86,75 poin", "76,61 poin", "+10,14", "memenuhi standar"]
    ]
    assert "Bagi 1 (satu) indikator lainnya tidak ada standar nasional." in said(clean.under(4, 4))
    assert said(clean.under(1, 4)).startswith(
        "Bagi 3 (tiga) indikator pada sasaran ini tidak ada standar nasional yang dapat dijadikan pembanding.\n"
    )
    comparator = table_of(clean.under(1, 4))
    assert comparator[0][2:4] == ["Pembanding", "Nilai Pembanding"]
    assert all(row[2] for row in comparator[1:])


def test_causes_obstacles_and_solutions_are_those_of_the_office(clean: Report):
    text = said(clean.under(3, 5))
    table = clean.checked.book.tables["indikator"]
    for row in (11, 12, 13):
        assert all(str(table.text(row, key)) in text for key in ("indikator", "analisis", "hambatan", "solusi"))


def test_obstacle_is_demanded_only_below_the_target(tmp_path: Path):
    made = report(
        tmp_path,
        """
## Indikator
| Kode | Kode Sasaran | Indikator Kinerja | Satuan | Arah | Target | Realisasi | Analisis | Hambatan | ... |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| I1 | S1 | Indeks literasi | poin | Naik | 70 | 70 | Layanan diperluas. | |
| I2 | S2 | Naskah | naskah | Naik | 40 | 30 | Alat rusak. | |
| I3 | S3 | Arsip | berkas | Naik | 40 | 40 | Ditata. | Ruang sempit. |
""",
    )
    assert "belum diisi" not in said(made.under(1, 5))
    assert said(made.under(2, 5)).count("belum diisi") == 2
    assert "[solusi belum diisi: lembar Indikator, kolom Solusi]" in said(made.under(3, 5))


@pytest.mark.parametrize(
    ("capaian", "serapan", "tingkat"),
    [
        ("100", "100", Efisiensi.EFISIEN),
        ("97.2", "97.1", Efisiensi.EFISIEN),
        ("80", "85", Efisiensi.KURANG),
        ("80", "20", Efisiensi.EFISIEN),
        (None, "85", Efisiensi.TIDAK_DIHITUNG),
        ("80", None, Efisiensi.TIDAK_DIHITUNG),
    ],
)
def test_efficiency_compares_capaian_with_serapan(capaian, serapan, tingkat):
    value = [None if text is None else Decimal(text) for text in (capaian, serapan)]
    assert efisiensi(*value) is tingkat


def test_efficiency_is_shown_with_its_figures_or_its_reason(clean: Report, tmp_path: Path):
    assert table_of(clean.under(3, 6))[1] == ["106,94", "367.350.000", "350.012.000", "95,28", "+11,66", "Efisien"]
    made = report(
        tmp_path,
        """
## Anggaran Sasaran
| Kode Sasaran | Sasaran Strategis | Anggaran (Rp) | Realisasi (Rp) | ... |
| --- | --- | --- | --- | --- |
| S1 | = | 1.000.000 | 1.100.000 |
| S2 | = | - | - |
""",
    )
    assert table_of(made.under(1, 6))[1][3:] == ["110,00", "-6,96", "Kurang Efisien"]
    assert table_of(made.under(2, 6))[1][1:] == ["-", "-", "-", "-", "Tidak Dapat Dihitung"]
    assert "karena anggaran atau realisasi sasaran tidak tercatat" in said(made.under(2, 6))


def test_money_of_a_sasaran_comes_from_its_programs_where_the_other_sheet_is_empty(tmp_path: Path):
    made = report(tmp_path, "## Anggaran Sasaran\n(tidak ada)")
    assert table_of(made.under(3, 6))[1] == ["106,94", "367.350.000", "350.012.000", "95,28", "+11,66", "Efisien"]


def test_supporting_programs_are_listed_with_their_money(clean: Report):
    rows = table_of(clean.under(3, 7))
    assert [row[0] for row in rows[1:]] == ["2.24.02", "2.24.02.2.01", "2.24.02.2.02", "2.24.02.2.03"]
    assert rows[1][2:] == ["367.350.000", "350.012.000", "95,28"]
    assert "1 (satu) program dan 3 (tiga) kegiatan" in said(clean.under(3, 7))
    assert "seluruhnya mencapai target" in said(clean.under(3, 7))


def test_unknown_program_codes_are_marked_and_listed_once(tmp_path: Path):
    made = report(
        tmp_path,
        """
## Program
| Kode | Jenis | Uraian | Kode Sasaran | Anggaran (Rp) | Realisasi (Rp) | Target | Realisasi Keluaran | ... |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 1.01 | Program | Program Literasi | S2 | 100 | 90 | | |
| 1.01.01 | Kegiatan | Layanan keliling | | 60 | 50 | 10 | 9 |
| 1.01.02 | Kegiatan | Bahan pustaka | S2 | 40 | 40 | 10 | 10 |
| 1.02 | Program | Program Arsip | S3 | 100 | 90 | | |
## Indikator
| Kode | Kode Sasaran | Indikator Kinerja | Satuan | Arah | Target | Realisasi | Program Penunjang | ... |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| I1 | S1 | Indeks literasi | poin | Naik | 70 | 70 | 1.01; 9.99 |
| I2 | S1 | Anggota | orang | Naik | 70 | 70 | 9.99, 1.01 |
""",
    )
    rows = table_of(made.under(1, 7))
    assert [row[0] for row in rows[1:]] == ["1.01", "1.01.01", "9.99"]
    assert rows[3][1] == "[kode 9.99 tidak ada pada lembar Program]"
    assert "0 (nol) mencapai target dan 1 (satu) belum" in said(made.under(1, 7))
    assert [row[0] for row in table_of(made.under(2, 7))[1:]] == ["1.01", "1.01.01", "1.01.02"]


# The agreement


def agreement(made: Report) -> list[list[str]]:
    tables = [cells(table) for table in made.document.tables]
    first = next(rows for rows in tables if rows[0] == ["No", "Sasaran Strategis", "Indikator Kinerja", "Target"])
    return first[1:]


def test_agreement_shows_the_last_signed_target_and_says_what_changed(clean: Report):
    targets = {row[2]: row[3] for row in agreement(clean)}
    assert len(targets) == 10
    assert targets["Naskah kuno yang dialihmediakan"] == "40 naskah"
    assert "Naskah kuno yang dialihmediakan: dari 36 naskah menjadi 40 naskah." in clean.text()
    assert "bagi 1 (satu) indikator" in clean.text()


def test_agreement_joins_the_cells_of_a_sasaran(clean: Report):
    table = next(t for t in clean.document.tables if len(t.rows) == 11 and len(t.columns) == 4)
    kinds = [
        merge.get(qn("w:val")) if (merge := row.findall(qn("w:tc"))[1].find(f".//{qn('w:vMerge')}")) is not None else ""
        for row in table._tbl.findall(qn("w:tr"))
    ]
    three, two = ["restart", "continue", "continue"], ["restart", "continue"]
    assert kinds == ["", *three, *two, *three, *two]


def test_unchanged_agreement_says_so(tmp_path: Path):
    made = report(
        tmp_path,
        """
## Perjanjian Kinerja
| Kode Indikator | Indikator Kinerja | Target | Target Perubahan |
| --- | --- | --- | --- |
| I1 | Tingkat Kegemaran Membaca masyarakat | 68,5 | |
| X9 | Indikator yang hilang | 5 | |
""",
    )
    assert agreement(made) == [
        [
            "1",
            "Meningkatnya kegemaran membaca dan literasi masyarakat",
            "Tingkat Kegemaran Membaca masyarakat",
            "68,5 poin",
        ],
        ["2", "[sasaran belum ditunjuk]", "Indikator yang hilang", "5"],
    ]
    assert "Target tersebut tidak berubah sepanjang tahun." in made.text()


def test_programs_of_the_agreement_tell_where_their_money_comes_from(clean: Report):
    rows = next(
        cells(t) for t in clean.document.tables if cells(t)[0] == ["No", "Program", "Anggaran (Rp)", "Keterangan"]
    )
    assert rows[2][2:] == [
        "1.019.250.000",
        "APBD Kabupaten Contoh Makmur: Rp492.750.000\nDana Alokasi Khusus Nonfisik: Rp526.500.000",
    ]
    assert rows[-1][2] == "5.322.700.000"


def test_superior_signs_on_the_left_and_head_on_the_right(clean: Report):
    signatures = [
        cells(table) for table in clean.document.tables if cells(table)[0] == ["Pihak Kedua,", "Pihak Pertama,"]
    ]
    assert len(signatures) == 2
    assert signatures[0][2] == [
        "H. Raka Teladan, S.H.",
        "Drs. Bintang Rekaan, M.Hum.\nPembina Utama Muda (IV/c)\nNIP 19700817 199503 1 001",
    ]


def test_matrix_holds_source_and_owner_of_every_indicator(clean: Report):
    rows = next(cells(t) for t in clean.document.tables if {"Predikat", "Penanggung Jawab"} <= set(cells(t)[0]))
    assert len(rows) == 11
    assert rows[3][5:] == [
        "18.630 / 57.500",
        "104,52",
        "Sangat Tinggi",
        "Aplikasi keanggotaan perpustakaan",
        "Bidang Perpustakaan",
    ]
