"""The shipped Word template: fresh, valid, and the outline that its layout declares."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.layouts.outline import Layout, Level
from lakip_xlsx.report.content import Style
from lakip_xlsx.word.build.blocks.catalog import BLOCKS
from lakip_xlsx.word.build.template import build

SHIPPED = Path(__file__).parent.parent / "workbook_templates"
_HEADINGS = [level.value for level in Level if level.value]

pytestmark = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_shipped_template_is_fresh(layout: Layout):
    assert parts((SHIPPED / layout.template).read_bytes()) == parts(build(layout))


def test_the_template_is_valid_for_word(layout: Layout, tmp_path: Path):
    path = tmp_path / "t.docx"
    path.write_bytes(build(layout))
    result = OpenXmlValidator().validate(str(path))
    assert [str(error) for error in result.errors] == []


def test_every_block_of_the_outline_exists_and_every_block_is_used(layout: Layout):
    used = {block for part in layout.parts for block in part.blocks}
    assert used
    assert used <= set(BLOCKS)
    assert set(BLOCKS) == {block for each in LAYOUTS for part in each.parts for block in part.blocks}


def test_headings_are_those_of_the_outline(layout: Layout):
    document = docx.Document(io.BytesIO(build(layout)))
    wanted = [(part.title, part.level.value) for part in layout.parts if part.level is not Level.TEXT]
    found = [(p.text, p.style.name) for p in document.paragraphs if p.style.name in _HEADINGS]
    seen = [item for item in found if item in wanted]
    assert seen == wanted


def test_every_text_of_the_outline_has_its_tag(layout: Layout):
    text = parts(build(layout))["word/document.xml"].decode()
    wanted = set(layout.narasi())
    named = set(re.findall(r"\{\{narasi\.(\w+)\}\}", text))
    by_blocks = {part.key for part in layout.parts if part.level is Level.TEXT}
    assert wanted - by_blocks <= named <= wanted


def test_the_styles_of_the_body_text_exist(layout: Layout):
    document = docx.Document(io.BytesIO(build(layout)))
    names = {style.name for style in document.styles}
    assert {style.value for style in Style} <= names


def test_no_paragraph_is_empty(layout: Layout):
    body = docx.Document(io.BytesIO(build(layout))).element.body
    empty = [
        paragraph
        for paragraph in body.iter(qn("w:p"))
        if not "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
    ]
    allowed = [
        one for one in empty if one.getparent().tag == qn("w:tc") or one.find(f".//{qn('w:sectPr')}") is not None
    ]
    assert empty == allowed


def test_nothing_in_the_file_makes_word_ask_or_fetch(layout: Layout):
    for name, content in parts(build(layout)).items():
        assert b"updateFields" not in content, name
        assert b"w:dirty" not in content, name
        assert b'TargetMode="External"' not in content, name


def test_the_file_is_lean(layout: Layout):
    names = set(parts(build(layout)))
    assert not any(word in name for name in names for word in ("stylesWithEffects", "thumbnail", "webSettings"))
    assert len(build(layout)) < 40_000


def test_every_text_is_indonesian_and_a4(layout: Layout):
    made = parts(build(layout))
    assert set(re.findall(r'w:lang w:val="([^"]+)"', made["word/styles.xml"].decode())) == {"id-ID"}
    document = docx.Document(io.BytesIO(build(layout)))
    sizes = {tuple(sorted((round(s.page_width.cm, 1), round(s.page_height.cm, 1)))) for s in document.sections}
    assert sizes == {(21.0, 29.7)}


def test_tables_fit_between_the_margins_and_repeat_their_headings(layout: Layout):
    document = docx.Document(io.BytesIO(build(layout)))
    widest = {"portrait": 8505, "landscape": 14003}
    body = document.element.body
    seen = 0
    for table in body.iter(qn("w:tbl")):
        later = [*table.itersiblings()]
        section = next(
            found
            for block in later
            for found in ([block] if block.tag == qn("w:sectPr") else block.iter(qn("w:sectPr")))
        )
        orientation = section.find(qn("w:pgSz")).get(qn("w:orient"), "portrait")
        grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        assert sum(grid) == widest[orientation]
        assert table.find(qn("w:tr")).find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        seen += 1
    assert seen > 10
