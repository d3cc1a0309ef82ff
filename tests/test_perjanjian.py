"""The Perjanjian Kinerja and the statement of review in the regulation's form, and the pages of what is attached."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from openxml_audit import OpenXmlValidator

from lakip_xlsx import pipeline
from lakip_xlsx.workbook.book import Form
from lakip_xlsx.workbook.instansi import INSTANSI
from lakip_xlsx.workbook.tingkat import is_pemda
from tests.kantor import LAN, office
from tests.test_logo import drawings, png


def made(workbook: Path) -> tuple[Document, bytes]:
    data = pipeline.document(pipeline.check(workbook)).data
    return docx.Document(io.BytesIO(data)), data


def texts(document: Document) -> list[str]:
    return [p.text for p in document.paragraphs]


@pytest.fixture(scope="module")
def kantor(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Path]:
    folder = tmp_path_factory.mktemp("kantor")
    (folder / "logo.png").write_bytes(png())
    workbook = office(folder / "k.xlsx", form={"tanggal_perjanjian": "15 Januari 2025", "logo": "logo.png"})
    document, data = made(workbook)
    (folder / "k.docx").write_bytes(data)
    return document, folder / "k.docx"


@pytest.fixture(scope="module")
def pemda(tmp_path_factory: pytest.TempPathFactory) -> Document:
    form = {"jabatan_kepala": "Bupati Contoh Makmur", "inspektur": "Dra. Rekaan Jaya, M.Si."}
    form |= {"nip_inspektur": "197001011995032001", "tanggal_reviu": "28 Januari 2026"}
    tables = {"lampiran": [], "pengecualian": []}
    return made(office(tmp_path_factory.mktemp("pemda") / "p.xlsx", form=form, tables=tables))[0]


def test_an_office_promises_its_superior_in_the_words_of_the_regulation(kantor: tuple[Document, Path]) -> None:
    said = texts(kantor[0])
    at = said.index("PERJANJIAN KINERJA TAHUN 2025")
    page = said[at : said.index("PERJANJIAN KINERJA TAHUN 2025", at + 1)]
    assert page[1].endswith("kami yang bertanda tangan di bawah ini:")
    assert page[2:8] == [
        "Nama\t: Drs. Bintang Rekaan, M.Hum.",
        "Jabatan\t: Kepala Dinas Perpustakaan dan Kearsipan Kabupaten Contoh Makmur",
        "selanjutnya disebut pihak pertama",
        "Nama\t: H. Raka Teladan, S.H.",
        "Jabatan\t: Bupati Contoh Makmur",
        "selaku atasan pihak pertama, selanjutnya disebut pihak kedua",
    ]
    assert page[8].startswith("Pihak pertama berjanji akan mewujudkan target kinerja yang seharusnya")
    assert page[9].startswith("Pihak kedua akan melakukan supervisi")
    assert page[10:] == ["Makmur Kota, 15 Januari 2025", "Tanda tangan mengikuti naskah asli perjanjian kinerja."]
    assert len(drawings(kantor[0])) == 2  # the logo on the cover and above the agreement
    assert "Pernyataan Telah Direviu" not in said  # only a government's report is reviewed


def test_a_head_of_government_promises_alone_and_the_inspectorate_signs_for_the_review(pemda: Document) -> None:
    said = texts(pemda)
    at = said.index("PERJANJIAN KINERJA TAHUN 2025")
    assert said[at + 4].startswith("berjanji akan mewujudkan target kinerja")
    assert said[at + 6 : at + 10] == [
        "Makmur Kota, 15 Januari 2025",
        "BUPATI CONTOH MAKMUR,",
        "Drs. Bintang Rekaan, M.Hum.",
        "Tanda tangan mengikuti naskah asli perjanjian kinerja.",
    ]
    assert not any("pihak kedua" in text.casefold() for text in said)
    assert [t for t in pemda.tables if t.cell(0, 0).text == "Pihak Kedua,"] == []
    reviewed = said.index("Pernyataan Telah Direviu")
    assert said[reviewed + 1 : reviewed + 3] == ["PEMERINTAH KABUPATEN CONTOH MAKMUR", "TAHUN ANGGARAN 2025"]
    assert said[reviewed + 6 : reviewed + 10] == [
        "Makmur Kota, 28 Januari 2026",
        "Inspektur,",
        "Dra. Rekaan Jaya, M.Si.",
        "NIP 19700101 199503 2 001",
    ]


def test_every_document_that_the_list_promises_has_a_page(kantor: tuple[Document, Path]) -> None:
    pages = [p.text for p in kantor[0].paragraphs if p.style.name == "Judul Lampiran"]
    assert pages == [
        "Perjanjian Kinerja",
        "Pengukuran Kinerja",
        "Rincian Program, Kegiatan, dan Sub Kegiatan",
        "Bagan Struktur Organisasi",
        "Rencana Aksi Kinerja",
        "Dokumentasi Kegiatan",
    ]
    assert texts(kantor[0]).count("Dokumennya dilampirkan sesudah halaman ini.") == 3
    assert kantor[0].sections[-1].orientation is WD_ORIENTATION.PORTRAIT
    assert OpenXmlValidator().validate(str(kantor[1])).is_valid


def test_without_attachments_there_is_no_empty_page_behind_the_forms(pemda: Document) -> None:
    assert pemda.sections[-1].orientation is WD_ORIENTATION.LANDSCAPE
    *_, source, end, _ = pemda.element.body
    assert "".join(source.itertext()).startswith("Sumber: ")
    assert "".join(end.itertext()) == ""  # the smallest of lines, which may hold the page section


def test_the_older_layout_has_pages_for_attachments_too(tmp_path: Path) -> None:
    document, _ = made(office(tmp_path / "lan.xlsx", LAN))
    assert "Dokumennya dilampirkan sesudah halaman ini." in texts(document)


@pytest.mark.parametrize(
    ("head", "whole"),
    [
        ("Bupati Tebo", True),
        ("BUPATI TEBO", True),
        ("Pj. Bupati Tebo", True),
        ("Plt Gubernur Jambi", True),
        ("Penjabat Sementara Walikota Contoh", True),
        ("Wali Kota Contoh", True),
        ("Menteri Contoh", True),
        ("Kepala Bagian Bupati", False),
        ("Wakil Bupati Tebo", False),
        ("Camat Bupatian", False),
        ("Sekretaris Daerah", False),
        ("", False),
    ],
)
def test_who_stands_at_the_head_of_a_government(head: str, whole: bool) -> None:
    form = Form(INSTANSI, "Instansi", {"jabatan_kepala": head, "nama": "Dinas Contoh"}, {})
    assert is_pemda(form) is whole


def test_a_government_that_names_itself_is_one() -> None:
    names = {"nama": "Pemerintah  Kabupaten Tebo", "pemda": "PEMERINTAH KABUPATEN TEBO"}
    assert is_pemda(Form(INSTANSI, "Instansi", dict(names), {}))
