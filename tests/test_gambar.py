"""Pictures of the office: in their part, numbered, described, never larger than the page, or told where they fail."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from lakip_xlsx import pipeline
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.report.content import Image
from lakip_xlsx.word.fill.fill import fill
from lakip_xlsx.workbook import picture
from tests.kantor import LAN, PANRB, office
from tests.test_logo import JPEG, drawings, png

FOREIGN = {"bagian": "Galeri", "berkas": "a.png", "judul": "Tidak ke mana-mana"}


def told(layout: str) -> list[dict[str, str]]:
    """A picture for each kind of place: a section, a text without a heading, an own section, an attachment."""
    last = "Simpulan" if layout == PANRB else "Kesimpulan"
    places = ("Struktur Organisasi", "Pengantar Anggaran Sasaran", "Galeri Kegiatan", "Dokumentasi Kegiatan", last)
    rows = [{"bagian": place, "berkas": f"{n}.png", "judul": f"Gambar {place}"} for n, place in enumerate(places)]
    rows[0]["keterangan"] = "Menurut Perbup Nomor 1"
    return rows


@pytest.fixture(scope="module", params=[PANRB, LAN])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Path]:
    folder = tmp_path_factory.mktemp("gambar")
    for number, size in enumerate([(1600, 900), (120, 90), (300, 3000), (640, 480), (16, 16)]):
        (folder / f"{number}.png").write_bytes(png(*size))
    narasi = [{"bagian": "Galeri Kegiatan", "teks": "Kegiatan setahun.", "bab": "III"}]
    tables = {"gambar": told(request.param), "narasi": narasi}
    workbook = office(folder / "k.xlsx", request.param, tables=tables)
    made = pipeline.document(pipeline.check(workbook))
    assert [finding.code for finding in made.findings if finding.code.startswith(("GBR", "TPL"))] == []
    (folder / "k.docx").write_bytes(made.data)
    return docx.Document(io.BytesIO(made.data)), folder / "k.docx"


def test_each_stands_in_its_part_with_its_number_and_its_description(made: tuple[Document, Path]) -> None:
    document, path = made
    shown = drawings(document)
    alts = [drawing.find(f".//{qn('wp:docPr')}").get("descr") for drawing in shown]
    assert alts[0] == "Gambar Struktur Organisasi. Menurut Perbup Nomor 1."
    assert len(alts) == 5
    captions = []
    for drawing in shown:
        holder = next(drawing.iterancestors(qn("w:p")))
        after = docx.text.paragraph.Paragraph(holder.getnext(), document)
        assert after.style.name == "Caption"
        captions.append(after.text)
    pairs = zip(captions, alts, strict=True)
    assert all(re.fullmatch(rf"Gambar \d+\. {alt.split('. ')[0].rstrip('.')}", told) for told, alt in pairs)
    numbers = [int(re.findall(r"\d+", caption)[0]) for caption in captions]
    assert numbers == sorted(set(numbers))
    assert OpenXmlValidator().validate(str(path)).errors == []


def test_the_heading_above_is_the_one_that_was_named(made: tuple[Document, Path]) -> None:
    above, found = "", {}
    for paragraph in made[0].paragraphs:
        if paragraph.style.name.startswith(("heading 2", "Heading 2", "Judul Lampiran")):
            above = paragraph.text
        match = re.fullmatch(r"Gambar \d+\. Gambar (.*)", paragraph.text)
        if match and paragraph.style.name == "Caption":
            found[match[1]] = above
    own = {place: heading for place, heading in found.items() if place != "Pengantar Anggaran Sasaran"}
    assert len(found) == 5
    assert all(place == heading for place, heading in own.items())
    assert found["Pengantar Anggaran Sasaran"] in {"Realisasi Anggaran", "Akuntabilitas Keuangan"}


def test_an_attachment_that_is_a_picture_is_not_promised_for_the_next_page(made: tuple[Document, Path]) -> None:
    said = [p.text for p in made[0].paragraphs]
    attached = [p for p in made[0].paragraphs if p.style.name == "Judul Lampiran"]
    notes = said.count("Dokumennya dilampirkan sesudah halaman ini.")
    assert 0 < notes < len(attached)
    at = said.index("Dokumentasi Kegiatan", said.index(attached[0].text))
    assert "Dokumennya dilampirkan sesudah halaman ini." not in said[at : at + 4]


@settings(max_examples=20, deadline=None)
@given(width=st.integers(16, 8000), height=st.integers(16, 8000))
def test_a_figure_fits_the_page_in_its_own_shape_and_is_never_enlarged(width: int, height: int) -> None:
    template = docx.Document()
    template.add_paragraph("{{x}}")
    section = template.sections[0]
    stream = io.BytesIO()
    template.save(stream)
    filled = fill(stream.getvalue(), {"x": Image(png(16, 16), width, height, "Alt", figure=True)})
    [drawing] = drawings(filled.document)
    extent = drawing.find(f".//{qn('wp:extent')}")
    cx, cy = int(extent.get("cx")), int(extent.get("cy"))
    assert cx <= section.page_width - section.left_margin - section.right_margin
    assert cy <= section.page_height - section.top_margin - section.bottom_margin
    assert cx <= width * 9525
    assert abs(cx * height - cy * width) <= max(width, height)


def test_what_cannot_be_shown_is_told_and_marked(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "teks.png").write_text("bukan gambar", encoding="utf-8")
    part = {"bagian": "Struktur Organisasi", "judul": "Bagan"}
    rows = [{**part, "berkas": "hilang.png"}, {**part, "berkas": "teks.png"}, FOREIGN]
    made = pipeline.document(pipeline.check(office(tmp_path / "k.xlsx", tables={"gambar": rows})))
    assert [f.code for f in made.findings if f.code.startswith("GBR")] == ["GBR-001", "GBR-001", "GBR-002"]
    said = [p.text for p in docx.Document(io.BytesIO(made.data)).paragraphs]
    for name in ("hilang.png", "teks.png"):
        at = said.index(f"[gambar tidak dapat dipakai: {name}]")
        assert re.fullmatch(r"Gambar \d+\. Bagan", said[at + 1])


def test_more_than_a_report_can_hold_is_told_and_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "ALTOGETHER", len(png()) + 10)
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(png())
    rows = [{"bagian": "Struktur Organisasi", "berkas": name, "judul": name} for name in ("a.png", "b.png")]
    made = pipeline.document(pipeline.check(office(tmp_path / "k.xlsx", tables={"gambar": rows})))
    assert [str(f.cell) for f in made.findings if f.code == "GBR-001"] == ["Gambar!B7"]
    document = docx.Document(io.BytesIO(made.data))
    assert len(drawings(document)) == 1
    assert "[gambar tidak dapat dipakai: b.png]" in [p.text for p in document.paragraphs]


def test_a_template_of_its_own_without_a_place_for_pictures_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    template = docx.Document()
    template.add_paragraph("{{narasi.struktur_organisasi}}")
    template.save(str(tmp_path / "t.docx"))
    rows = [{"bagian": "Struktur Organisasi", "berkas": "a.png", "judul": "Bagan"}]
    checked = pipeline.check(office(tmp_path / "k.xlsx", tables={"gambar": rows}))
    made = pipeline.document(checked, template=tmp_path / "t.docx")
    messages = [finding.message for finding in made.findings if finding.code == "TPL-011"]
    assert "Gambar a.png tidak dimuat: tag {{gambar.struktur_organisasi}} tidak ada di templat." in messages


def test_the_journal_of_a_batch_knows_every_picture(tmp_path: Path) -> None:
    rows = [{"bagian": "Struktur Organisasi", "berkas": name, "judul": "x"} for name in ("b.png", "foto/a.jpg")]
    book = read_workbook(office(tmp_path / "k.xlsx", form={"logo": "logo.png"}, tables={"gambar": rows}))
    assert picture.named_beside(book) == ["logo.png", "b.png", "foto/a.jpg"]


# Photos that lie on their side


def exif(orientation: int, order: str) -> bytes:
    mark = b"MM\0*" if order == ">" else b"II*\0"
    other = struct.pack(f"{order}HHIHH", 0x0100, 3, 1, 6, 0)
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = mark + struct.pack(f"{order}IH", 8, 2) + other + entry + struct.pack(f"{order}I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_only_a_photo_that_is_to_be_turned_is_turned(orientation: int, order: str) -> None:
    photo = JPEG[:2] + exif(orientation, order) + JPEG[2:]
    assert picture.is_turned(photo) is (orientation != 1)
    assert not picture.is_turned(JPEG)


@given(cut=st.integers(0, 90), byte=st.integers(0, 255))
def test_a_photo_that_is_cut_or_changed_anywhere_is_still_answered(cut: int, byte: int) -> None:
    photo = JPEG[:2] + exif(6, "<") + JPEG[2:]
    assert picture.is_turned(photo[:cut]) in {True, False}
    assert picture.is_turned(photo[:cut] + bytes([byte]) + photo[cut + 1 :]) in {True, False}
