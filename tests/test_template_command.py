"""Templates in people's hands: copied out, restyled and rewritten in Word, checked, filled."""

from __future__ import annotations

import copy
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from openxml_audit import OpenXmlValidator

from docs.templat import PAGE, render
from lakip_xlsx import pipeline, tools
from lakip_xlsx.errors import OutputError, UnreadableError
from lakip_xlsx.finding import Finding, Severity
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.report import example
from lakip_xlsx.word.build.template import build
from lakip_xlsx.word.fill import template_check
from lakip_xlsx.word.fill.compiled import compiled, open_document
from lakip_xlsx.word.fill.fill import fill
from lakip_xlsx.word.fill.tags import Tag
from lakip_xlsx.word.office.soffice import find_soffice
from lakip_xlsx.workbook.structure import STRUCTURE

LAN = LAYOUTS[0]
SAMPLE = Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.xlsx"
each_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
needs_libreoffice = pytest.mark.skipif(find_soffice() is None, reason="LibreOffice (soffice) tidak terpasang")


def opened(layout: Layout = LAN) -> Document:
    return docx.Document(io.BytesIO(build(layout)))


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def check(document: Document | bytes, layout: Layout = LAN) -> list[Finding]:
    data = document if isinstance(document, bytes) else saved(document)
    return list(template_check.check(data, layout, example.content(layout)))


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def holding(document: Document, text: str):
    return next(paragraph for paragraph in document.paragraphs if text in paragraph.text)


# The shipped templates and the names that are known


@each_layout
def test_every_tag_of_a_shipped_template_is_known_and_used(layout):
    data = build(layout)
    assert check(data, layout) == []
    assert len(tags_of(data)) > 100
    filled = fill(data, example.content(layout))
    left = "".join(node.text or "" for node in filled.document.element.body.iter(qn("w:t")))
    assert "{{" not in left
    assert filled.findings == ()


@each_layout
def test_the_example_leaves_no_block_of_a_template_unseen(layout):
    names = {tag.name for tag in tags_of(build(layout))}
    broken = build(layout)
    for name in sorted(names)[::9]:
        renamed = _replaced(broken, f"{{{{{name}}}}}", "{{tidak.ada.begini}}")
        if renamed is not None:
            assert "TPL-001" in codes(check(renamed, layout)), name


def tags_of(data: bytes) -> tuple[Tag, ...]:
    return compiled(open_document(data, "")).tags


def _replaced(data: bytes, old: str, new: str) -> bytes | None:
    document = docx.Document(io.BytesIO(data))
    for node in document.element.body.iter(qn("w:t")):
        if old in (node.text or ""):
            node.text = node.text.replace(old, new)
            return saved(document)
    return None


def test_every_finding_of_a_template_is_explained():
    spoken = {f"TPL-{number:03}" for number in range(1, 12)}
    assert spoken <= set(STRUCTURE)


# What is told


def test_a_mistyped_tag_is_told_with_place_and_suggestion():
    document = opened()
    paragraph = holding(document, "{{instansi.kepala}}")
    paragraph.runs[0].text = "{{instansi.kepalla}}"
    [found] = check(document)
    assert found.code == "TPL-001"
    assert "{{instansi.kepalla}}" in found.message
    assert "paragraf" in found.message
    assert "{{instansi.kepala}}" in found.fix


def test_a_tag_mistyped_where_it_is_shown_only_when_something_is_absent_is_told():
    document = opened()
    cell = next(c for t in document.tables for r in t.rows for c in r.cells if "{{penanda.sumber_dana}}" in c.text)
    cell.paragraphs[0].runs[0].text = cell.text.replace("penanda.sumber_dana", "penanda.sumberdana")
    assert codes(check(document)) == ["TPL-001"]


def test_all_faults_are_told_in_one_run():
    document = opened()
    document.paragraphs[0].insert_paragraph_before("{{#daftar_lampiran}}")
    document.paragraphs[1].insert_paragraph_before("{{salah.nama}}")
    document.paragraphs[1].insert_paragraph_before("awal {{ringkasan}} akhir")
    document.paragraphs[1].insert_paragraph_before("{{instansi nama}} dan {{")
    found = codes(check(document))
    assert sorted(set(found)) == ["TPL-001", "TPL-002", "TPL-004"]
    assert found.count("TPL-002") == 3


def test_a_missing_part_is_told_with_its_basis():
    document = opened()
    table = next(t for t in document.tables if "{{#keuangan.sasaran.baris}}" in t.rows[1].cells[0].text)
    table._tbl.getparent().remove(table._tbl)
    narrative = holding(document, "{{narasi.strategi_pemecahan}}")
    narrative._p.getparent().remove(narrative._p)
    found = check(document)
    assert codes(found) == ["TPL-006", "TPL-006"]
    assert {finding.severity for finding in found} == {Severity.ERROR}
    assert "Akuntabilitas Keuangan" in found[0].message
    assert "{{keuangan.sasaran.baris}}" in found[0].expected
    assert LAN.basis in found[0].message


def test_a_missing_table_of_contents_is_told():
    document = opened()
    code = next(c for c in document.element.body.iter(qn("w:instrText")) if "TOC" in c.text)
    paragraph = next(code.iterancestors(qn("w:p")))
    paragraph.getparent().remove(paragraph)
    [found] = check(document)
    assert found.code == "TPL-006"
    assert "Daftar Isi" in found.message


def test_what_only_custom_asks_for_is_a_warning():
    layout = next(layout for layout in LAYOUTS if layout.key == "panrb-53-2014")
    document = opened(layout)
    paragraph = holding(document, "{{narasi.kata_pengantar}}")
    paragraph._p.getparent().remove(paragraph._p)
    [found] = check(document, layout)
    assert (found.code, found.severity) == ("TPL-006", Severity.WARNING)


def test_reordered_and_reworded_headings_are_no_finding():
    document = opened()
    heading = next(p for p in document.paragraphs if p.text == "Kesimpulan")
    heading.runs[0].text = "Simpulan Akhir"
    block = [heading._p, holding(document, "{{narasi.kesimpulan}}")._p]
    strategy = holding(document, "{{narasi.strategi_pemecahan}}")._p
    for element in reversed(block):
        strategy.addnext(element)
    assert check(document) == []


def note(document: Document, kind: str, text: str) -> None:
    name = f"w:{kind}s"
    xml = f'<{name} {nsdecls("w")}><w:{kind} w:id="1"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}></{name}>'
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), content_type, xml.encode(), document.part.package)
    document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s")


@pytest.mark.parametrize(
    ("kind", "place"), [("footnote", "catatan kaki"), ("endnote", "catatan akhir"), ("comment", "komentar")]
)
def test_a_tag_in_a_note_is_told(kind, place):
    document = opened()
    note(document, kind, "lihat {{instansi.nama}}")
    [found] = check(document)
    assert (found.code, found.actual) == ("TPL-005", "{{instansi.nama}}")
    assert place in found.message


def test_tags_in_field_codes_properties_and_alternative_texts_are_told():
    document = opened()
    document.core_properties.title = "{{laporan.nama}}"
    code = next(c for c in document.element.body.iter(qn("w:instrText")) if "PAGE" in c.text or "SEQ" in c.text)
    code.text = ' IF {{laporan.tahun}} = 1 "a" "b" '
    found = check(document)
    assert codes(found) == ["TPL-005", "TPL-005"]
    assert "sifat berkas" in " ".join(f.message for f in found)


def test_missing_styles_are_told_and_added():
    document = opened()
    for style in list(document.styles.element.iter(qn("w:style"))):
        if style.get(qn("w:styleId")) in {"DaftarAngka", "Penanda"}:
            style.getparent().remove(style)
    [found] = check(document)
    assert (found.code, found.severity) == ("TPL-007", Severity.INFO)
    assert "Daftar Angka" in found.message
    assert "Penanda" in found.message
    filled = fill(saved(document), example.content(LAN))
    assert filled.findings == ()
    assert numbered(filled.document) > 10


def numbered(document: Document) -> int:
    """How many paragraphs are items of a decimal list that exists."""
    numbering = document.part.numbering_part.element
    abstract = {num.numId: num.abstractNumId.val for num in numbering.num_lst}
    kinds = {
        int(a.get(qn("w:abstractNumId"))): a.find(qn("w:lvl")).find(qn("w:numFmt")).get(qn("w:val"))
        for a in numbering.iter(qn("w:abstractNum"))
    }
    found = [p._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}") for p in document.paragraphs]
    return sum(kinds[abstract[n.val]] == "decimal" for n in found if n is not None)


def test_a_foreign_template_gets_lists_of_its_own():
    document = docx.Document()
    document.add_paragraph("{{skala}}")
    filled = fill(saved(document), example.content(LAN)).document
    assert numbered(filled) == 4
    assert "Daftar Angka" in {paragraph.style.name for paragraph in filled.paragraphs}


def test_a_template_without_any_numbering_gets_it():
    document = docx.Document()
    for key, relation in list(document.part.rels.items()):
        if relation.reltype == RT.NUMBERING:
            del document.part.rels[key]
    document.add_paragraph("{{skala}}")
    assert numbered(docx.Document(io.BytesIO(saved(fill(saved(document), example.content(LAN)).document)))) == 4


def test_a_list_style_without_a_list_is_told():
    document = opened()
    style = document.styles["Daftar Angka"].element
    style.pPr.remove(style.pPr.find(qn("w:numPr")))
    [found] = check(document)
    assert (found.code, found.severity) == ("TPL-008", Severity.WARNING)


# What may not come along


def external(document: Document, kind: str, target: str, part=None) -> str:
    reltype = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    return (part or document.part).relate_to(target, reltype, is_external=True)


def test_a_parent_template_is_taken_out_and_told(tmp_path):
    document = opened()
    settings = document.settings
    key = external(document, "attachedTemplate", "file:///C:/Users/orang/Normal.dotm", document.part._settings_part)
    element = OxmlElement("w:attachedTemplate")
    element.set(qn("r:id"), key)
    settings.element.insert(0, element)
    assert codes(check(document)) == ["TPL-009"]
    path = tmp_path / "templat.docx"
    path.write_bytes(saved(document))
    made = pipeline.document(pipeline.check(SAMPLE), template=path)
    assert "TPL-009" in [finding.code for finding in made.findings]
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Normal.dotm" not in whole
    assert b"attachedTemplate" not in whole


@pytest.mark.parametrize("kind", ["image", "oleObject", "frame", "aFChunk", "subDocument", "video"])
def test_content_from_elsewhere_is_refused(kind):
    document = opened()
    external(document, kind, "http://contoh.invalid/isi")
    [found] = check(document)
    assert (found.code, found.severity) == ("TPL-010", Severity.ERROR)
    with pytest.raises(UnreadableError, match="tidak dipakai"):
        fill(saved(document), example.content(LAN))


@pytest.mark.parametrize("simple", [True, False])
@pytest.mark.parametrize("code", ["DDEAUTO c:\\\\x cmd", 'INCLUDEPICTURE "http://x/y.png"', 'LINK Excel.Sheet "a"'])
def test_fields_that_fetch_are_refused(code, simple):
    document = opened()
    document.paragraphs[3]._p.append(field(code) if simple else spread(code))
    [found] = check(document)
    assert found.code == "TPL-010"
    assert code.split()[0] in found.message


def field(code: str):
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), f" {code} ")
    return element


def spread(code: str):
    """A field code over two runs' texts, as Word writes it."""
    run = OxmlElement("w:r")
    for piece in (f" {code[:4]}", f"{code[4:]} "):
        text = OxmlElement("w:instrText")
        text.text = piece
        run.append(text)
    return run


def test_hyperlinks_are_nobodys_business():
    document = opened()
    external(document, "hyperlink", "https://contoh.invalid/")
    assert check(document) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wordprocessingml.document.main", "wordprocessingml.template.main", ".dotx"),
        (
            "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
            "vnd.ms-word.document.macroEnabled.main",
            "makro",
        ),
    ],
)
def test_other_kinds_of_word_files_are_named(old, new, said, tmp_path):
    path = tmp_path / "templat.docx"
    with zipfile.ZipFile(io.BytesIO(build(LAN))) as archive, zipfile.ZipFile(path, "w") as target:
        for name in archive.namelist():
            blob = archive.read(name)
            target.writestr(name, blob.replace(old.encode(), new.encode()) if name == "[Content_Types].xml" else blob)
    done = run("template", "check", path, folder=tmp_path)
    assert done.returncode == 3
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


# Restyled templates still fill


def restyled(document: Document) -> Document:
    for name in ("Isi", "Isi Tabel", "heading 1", "Sampul Judul"):
        style = document.styles[name if not name.startswith("heading") else "Heading 1"]
        style.font.name, style.font.size, style.font.color.rgb = "Carlito", Pt(13), RGBColor(0x1F, 0x4E, 0x79)
    return document


@each_layout
def test_a_restyled_template_fills_without_findings(layout, tmp_path):
    path = tmp_path / "templat.docx"
    restyled(opened(layout)).save(str(path))
    checked = pipeline.check(SAMPLE, layout=layout)
    made = pipeline.document(checked, template=path)
    assert [f for f in made.findings if f.code.startswith("TPL")] == []
    document = docx.Document(io.BytesIO(made.data))
    assert document.styles["Isi"].font.name == "Carlito"
    result = tmp_path / "hasil.docx"
    result.write_bytes(made.data)
    assert [str(error) for error in OpenXmlValidator().validate(str(result)).errors] == []


def test_a_deleted_column_is_gone_and_the_rest_stays(tmp_path):
    document = opened()
    table = next(t for t in document.tables if "{{#indikator.baris}}" in t.rows[1].cells[0].text)
    for row in table.rows:
        tag = row._tr.tc_lst[3] if len(row._tr.tc_lst) > 3 else None
        if tag is not None:
            row._tr.remove(tag)
    grid = table._tbl.tblGrid
    grid.remove(grid.gridCol_lst[3])
    assert check(document) == []
    path = tmp_path / "templat.docx"
    path.write_bytes(saved(document))
    made = docx.Document(io.BytesIO(pipeline.document(pipeline.check(SAMPLE), template=path).data))
    headings = [[cell.text for cell in t.rows[0].cells] for t in made.tables]
    [found] = [row for row in headings if "Indikator Kinerja Sasaran" in row]
    assert "Realisasi" not in found
    assert "Capaian (%)" in found


def test_a_text_without_a_place_in_the_template_is_told_with_its_cell(tmp_path):
    document = opened()
    paragraph = holding(document, "{{narasi.strategi_pemecahan}}")
    paragraph._p.getparent().remove(paragraph._p)
    path = tmp_path / "templat.docx"
    document.save(str(path))
    checked = pipeline.check(SAMPLE)
    [found] = [f for f in pipeline.document(checked, template=path).findings if f.code == "TPL-011"]
    assert (found.code, found.severity, found.cell.sheet) == ("TPL-011", Severity.WARNING, "Narasi")
    assert "Strategi Pemecahan Masalah" in found.message
    assert [f for f in pipeline.document(checked).findings if f.code.startswith("TPL")] == []


def test_blocks_moved_by_a_person_are_filled_where_they_are():
    document = opened()
    body = document.element.body
    table = next(t._tbl for t in document.tables if "{{#indikator.baris}}" in t.rows[1].cells[0].text)
    body.insert(0, copy.deepcopy(table))
    table.getparent().remove(table)
    filled = fill(saved(document), example.content(LAN))
    assert filled.findings == ()
    assert filled.document.tables[0].rows[1].cells[1].text.startswith("contoh")


@needs_libreoffice
@each_layout
def test_a_template_saved_by_libreoffice_still_fills(layout, tmp_path):
    path = tmp_path / "templat.docx"
    restyled(opened(layout)).save(str(path))
    (tmp_path / "ubah").mkdir()
    command = [str(find_soffice()), f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path / "ubah"), str(path)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    data = (tmp_path / "ubah" / "templat.docx").read_bytes()
    assert {f.code for f in check(data, layout) if f.severity is Severity.ERROR} == set()
    made = pipeline.document(pipeline.check(SAMPLE, layout=layout), template=tmp_path / "ubah" / "templat.docx")
    assert [f for f in made.findings if f.code.startswith("TPL")] == []
    text = "".join(node.text or "" for node in docx.Document(io.BytesIO(made.data)).element.body.iter(qn("w:t")))
    assert "{{" not in text
    assert "5.322.700.000" in text


# The commands


def run(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lakip_xlsx", *map(str, arguments)]
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}
    return subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=folder, env=environment, timeout=120
    )


@each_layout
def test_export_check_convert(layout, tmp_path):
    done = run("template", "export", "--tata-letak", layout.key, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    path = tmp_path / f"templat-{layout.key}.docx"
    assert path.is_file()
    done = run("template", "check", path, folder=tmp_path)
    assert (done.returncode, layout.name in done.stdout, "Tidak ada temuan" in done.stdout) == (0, True, True)


def test_export_never_overwrites_unasked(tmp_path):
    tools.export_template(LAN, tmp_path)
    with pytest.raises(OutputError, match="--force"):
        tools.export_template(LAN, tmp_path)
    assert tools.export_template(LAN, tmp_path, force=True).is_file()
    assert tools.export_template(LAN, tmp_path / "lain.docx").name == "lain.docx"


def test_check_says_all_and_exits_with_one(tmp_path):
    document = opened()
    for number in range(6):
        document.paragraphs[number].insert_paragraph_before(f"{{{{salah{number}}}}}")
    path = tmp_path / "templat.docx"
    document.save(str(path))
    done = run("template", "check", path, folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout.count("TPL-001") == 6
    assert "seluruh lembar" not in done.stdout


@pytest.mark.parametrize(("argument", "code"), [("tidak-ada.docx", 3), ("--tata-letak=x", 2)])
def test_check_of_nothing(argument, code, tmp_path):
    assert run("template", "check", argument, folder=tmp_path).returncode == code


def test_the_page_lists_the_names_as_they_are():
    assert PAGE.read_text(encoding="utf-8") == render()
    assert "`{{instansi.nama}}`" in render()
