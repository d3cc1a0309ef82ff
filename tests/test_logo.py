"""The office's logo: on the cover where the office has one, and nowhere else from than its own folder."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from lakip_xlsx import pipeline
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.report.content import Image
from lakip_xlsx.word.fill.fill import fill
from lakip_xlsx.word.follow import trace
from lakip_xlsx.workbook import picture
from lakip_xlsx.workbook.picture import Picture
from samples.build import as_standard
from samples.markdown import parse_markdown

SAMPLE = (Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.md").read_text(encoding="utf-8")
# the smallest whole picture of each kind that a reader of pictures takes
JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010101004800480000ffc0000b080040002001011100ffda000801010000003f00d2cf20ffd9"
)


def png(width: int = 200, height: int = 300) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\x30" * width for _ in range(height)))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def workbook(folder: Path, name: str) -> Path:
    path = folder / "dinas.xlsx"
    text = SAMPLE.replace("| Alamat |", f"| Logo | {name} |\n| Alamat |", 1)
    write_workbook(path, as_standard(parse_markdown(text)), layout=LAYOUTS[0])
    return path


def drawings(document: Document) -> list:
    return [d for d in document.element.body.iter(qn("w:drawing")) if next(d.iter(qn("pic:pic")), None) is not None]


# Reading


@pytest.mark.parametrize("data", [png(), JPEG])
def test_png_and_jpeg_are_read(data, tmp_path):
    (tmp_path / "gambar").mkdir()
    (tmp_path / "gambar" / "logo.png").write_bytes(data)
    for name in ("gambar/logo.png", "gambar\\logo.png", " gambar/logo.png ", "./gambar/logo.png"):
        found = picture.read(tmp_path, name)
        assert isinstance(found, Picture)
        assert found.data == data
        assert (found.width, found.height) in {(200, 300), (32, 64)}


@pytest.mark.parametrize(
    "name",
    [
        "../logo.png",
        "a/../../logo.png",
        "/etc/logo.png",
        "C:\\logo.png",
        "c:logo.png",
        "\\\\server\\bagi\\logo.png",
        "//server/bagi/logo.png",
        "http://contoh.invalid/logo.png",
        "file:///logo.png",
        "logo\x00.png",
        ".",
    ],
)
def test_no_name_leads_out_of_the_folder(name, tmp_path):
    inner = tmp_path / "kerja"
    inner.mkdir()
    (tmp_path / "logo.png").write_bytes(png())
    assert isinstance(picture.read(inner, name), str)


def test_no_link_leads_out_of_the_folder(tmp_path):
    inner = tmp_path / "kerja"
    inner.mkdir()
    (tmp_path / "rahasia.png").write_bytes(png())
    (inner / "logo.png").symlink_to(tmp_path / "rahasia.png")
    assert "pintasan" in picture.read(inner, "logo.png")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"GIF89a", "bukan gambar"),
        (b"", "bukan gambar"),
        (png()[:-20], "bukan gambar"),
        (JPEG[:-2], "bukan gambar"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 40, "bukan gambar"),
        (png(8, 8), "ukurannya"),
        (png(16, 900), "terlalu panjang"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * (picture.LARGEST + 1), "MB"),
    ],
)
def test_what_is_no_usable_picture_is_said(data, said, tmp_path):
    (tmp_path / "logo.png").write_bytes(data)
    assert said in picture.read(tmp_path, "logo.png")


# In the report


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_the_logo_stands_on_the_cover(layout, tmp_path):
    (tmp_path / "logo.png").write_bytes(png())
    converted = pipeline.convert(workbook(tmp_path, "logo.png"), layout=layout)
    assert [f.code for f in converted.findings if f.code in {"IDN-009", "TPL-001", "TPL-003"}] == []
    document = docx.Document(str(converted.document))
    drawing, *more = drawings(document)
    assert len(more) == (layout.key == "panrb-53-2014")  # above the Perjanjian Kinerja too
    extent = drawing.find(f".//{qn('wp:extent')}")
    assert (int(extent.get("cx")), int(extent.get("cy"))) == (720000, 1080000)  # 2 x 3 cm
    assert drawing.find(f".//{qn('wp:docPr')}").get("descr").startswith("Logo Dinas Perpustakaan")
    before = [p.text for p in document.paragraphs].index("PEMERINTAH KABUPATEN CONTOH MAKMUR")
    assert drawings(docx.Document(str(converted.document)))
    assert next(drawing.iterancestors(qn("w:p"))) is document.paragraphs[before - 1]._p
    with zipfile.ZipFile(converted.document) as archive:
        assert png() in [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
    assert [str(error) for error in OpenXmlValidator().validate(str(converted.document)).errors] == []
    item, *_ = [item for item in trace.read(converted.document).items if item.kind == "gambar"]
    assert item.state == "tetap"
    assert item.sources[0].startswith("'Instansi'!B")


def test_without_a_logo_the_cover_is_as_it_was(tmp_path):
    made = pipeline.document(pipeline.check(workbook(tmp_path, "")))
    document = docx.Document(io.BytesIO(made.data))
    assert drawings(document) == []
    assert document.paragraphs[0].text == "PEMERINTAH KABUPATEN CONTOH MAKMUR"


def test_a_missing_file_is_a_finding_and_a_visible_marker(tmp_path):
    checked = pipeline.check(workbook(tmp_path, "tidak-ada.png"))
    [found] = [finding for finding in checked.findings if finding.code == "IDN-009"]
    assert "tidak-ada.png" in found.message
    made = docx.Document(io.BytesIO(pipeline.document(checked).data))
    assert "[logo tidak dapat dipakai: tidak-ada.png]" in [paragraph.text for paragraph in made.paragraphs]


def test_a_letterhead_in_the_header_of_an_own_template():
    template = docx.Document()
    template.sections[0].header.paragraphs[
        0
    ].text = "{{#instansi.logo}}{{instansi.logo}} {{/instansi.logo}}{{instansi.nama}}"
    stream = io.BytesIO()
    template.save(stream)
    image = Image(png(400, 200), 400, 200, "Logo & <lambang>")
    filled = fill(stream.getvalue(), {"instansi": {"logo": image, "nama": "Dinas"}})
    assert filled.findings == ()
    saved = io.BytesIO()
    filled.document.save(saved)
    header = docx.Document(saved).sections[0].header
    assert header.paragraphs[0].text.strip() == "Dinas"
    [drawing] = list(header.part.element.iter(qn("w:drawing")))
    assert int(drawing.find(f".//{qn('wp:extent')}").get("cy")) == round(1.8 * 360000)
    relation = drawing.find(f".//{qn('a:blip')}").get(qn("r:embed"))
    assert header.part.related_parts[relation].blob == png(400, 200)
    absent = fill(stream.getvalue(), {"instansi": {"logo": None, "nama": "Dinas"}})
    assert absent.document.sections[0].header.paragraphs[0].text == "Dinas"


def test_a_picture_that_word_cannot_take_is_told():
    template = docx.Document()
    template.add_paragraph("{{instansi.logo}}")
    stream = io.BytesIO()
    template.save(stream)
    image = replace(Image(png(), 200, 300, "Logo"), data=b"bukan gambar")
    filled = fill(stream.getvalue(), {"instansi": {"logo": image}})
    assert [finding.code for finding in filled.findings] == ["TPL-004"]
