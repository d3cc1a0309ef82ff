"""What a Word file may hold is a list: by rule, in every part, whatever way it is written."""

from __future__ import annotations

import copy
import datetime as dt
import io
import itertools
import os
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xlsx import pipeline, tools
from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard import fields, limits, ooxml, word
from lakip_xlsx.guard.words import Foreign
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.word.build.template import build
from lakip_xlsx.word.fill import compiled, save
from lakip_xlsx.word.fill.fill import fill
from lakip_xlsx.word.follow import trace
from lakip_xlsx.word.package import Properties
from tests.hostile.base import HEAD, Parts, pack

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    + (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
)
CT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STORIES = {
    "header": ("hdr", "kepala halaman"),
    "footer": ("ftr", "kaki halaman"),
    "footnotes": ("footnotes", "catatan kaki"),
    "endnotes": ("endnotes", "catatan akhir"),
    "comments": ("comments", "komentar"),
    "glossaryDocument": ("glossaryDocument", "blok penyusun"),
}
PLACES = ["document", *STORIES]
HARMFUL = [
    "DDE",
    "DDEAUTO",
    "INCLUDE",
    "INCLUDETEXT",
    "INCLUDEPICTURE",
    "LINK",
    "EMBED",
    "IMPORT",
    "DATABASE",
    "MACROBUTTON",
    "GOTOBUTTON",
    "RD",
    "ASK",
    "FILLIN",
    "PRINT",
    "CONTROL",
    "HTMLCONTROL",
    "AUTOTEXT",
    "ADDIN",
    "DATA",
    "NEXT",
    "ENTAH",
]


def sound() -> Parts:
    """A small Word file."""
    document = docx.Document()
    document.add_paragraph("{{instansi.nama}}")
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


SOUND = sound()


def related(
    parts: Parts, kind: str, target: str, *, source: str = "word/document.xml", mode: str = "", key: str = "rIdX"
):
    """The parts with one more relation."""
    folder, _, base = source.rpartition("/")
    name = f"{folder}/_rels/{base}.rels".lstrip("/")
    type_ = kind if "//" in kind else f"{R}/{kind}"
    outside = f' TargetMode="{mode}"' if mode else ""
    entry = f'<Relationship Id="{key}" Type="{type_}" Target={quoteattr(target)}{outside}/>'
    old = parts.get(name, f'{HEAD}<Relationships xmlns="{ooxml._OPC}/relationships"></Relationships>'.encode())
    return parts | {name: old.replace(b"</Relationships>", f"{entry}</Relationships>".encode())}


def with_part(parts: Parts, name: str, data: bytes, content_type: str) -> Parts:
    entry = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    types = parts["[Content_Types].xml"].replace(b"</Types>", entry.encode())
    return parts | {name: data, "[Content_Types].xml": types}


def holding(xml: str, place: str = "document", parts: Parts | None = None) -> Parts:
    """A Word file that holds this in a paragraph of a story."""
    parts = parts or SOUND
    block = f"<w:p {NAMES}>{xml}</w:p>"
    if place == "document":
        body = re.sub(rb"(<w:body[^>]*>)", lambda found: found[1] + block.encode(), parts["word/document.xml"], count=1)
        return parts | {"word/document.xml": body}
    root = STORIES[place][0]
    inner = (
        f'<w:{root[:-1]} w:id="1">{block}</w:{root[:-1]}>' if place in {"footnotes", "endnotes", "comments"} else block
    )
    inner = (
        f"<w:docParts><w:docPart><w:docPartBody>{block}</w:docPartBody></w:docPart></w:docParts>"
        if root == "glossaryDocument"
        else inner
    )
    name = "word/glossary/document.xml" if root == "glossaryDocument" else f"word/{place}9.xml"
    kind = "document.glossary" if root == "glossaryDocument" else place
    data = f"{HEAD}<w:{root} {NAMES}>{inner}</w:{root}>".encode()
    return related(with_part(parts, name, data, f"{CT}.{kind}+xml"), place, f"/{name}", key="rIdStory")


def story_part(place: str) -> str:
    return {"document": "word/document.xml", "glossaryDocument": "word/glossary/document.xml"}.get(
        place, f"word/{place}9.xml"
    )


def foreign(parts: Parts) -> list[Foreign]:
    with ooxml.open_word(pack(parts), "templat.docx") as package:
        return word.foreign(package, ooxml.built(package))


def simple(code: str) -> str:
    return f"<w:fldSimple w:instr={quoteattr(code)}><w:r><w:t>x</w:t></w:r></w:fldSimple>"


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def mark(kind: str) -> str:
    return run(f'<w:fldChar w:fldCharType="{kind}"/>')


def text(code: str, tag: str = "instrText") -> str:
    return run(f'<w:{tag} xml:space="preserve">{escape(code)}</w:{tag}>')


def spread(code: str, size: int = 2) -> str:
    pieces = [code[at : at + size] for at in range(0, len(code), size)]
    return f"{mark('begin')}{''.join(map(text, pieces))}{mark('separate')}{run('<w:t>x</w:t>')}{mark('end')}"


def in_paragraphs(code: str) -> str:
    half = len(code) // 2
    return f"{mark('begin')}{text(code[:half])}</w:p><w:p>{text(code[half:])}{mark('end')}"


def nested(code: str) -> str:
    return f"{mark('begin')}{text(' IF 1 = 1 ')}{spread(code)}{text(' ')}{mark('end')}"


def in_result(code: str) -> str:
    return f"{mark('begin')}{text(' PAGE ')}{mark('separate')}{spread(code)}{mark('end')}"


def in_box(code: str) -> str:
    box = f"<w:txbxContent><w:p>{spread(code)}</w:p></w:txbxContent>"
    return run(f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>")


def in_fallback(code: str) -> str:
    choice = f'<mc:Choice Requires="entah">{text(" PAGE ")}</mc:Choice><mc:Fallback>{text(code)}</mc:Fallback>'
    return f"{mark('begin')}<mc:AlternateContent>{choice}</mc:AlternateContent>{mark('end')}"


def after_deleted(code: str) -> str:
    return f"{mark('begin')}<w:del w:id='1'>{text(' PAGE ', 'delInstrText')}</w:del>{text(code)}{mark('end')}"


def deleted(code: str) -> str:
    return f"{mark('begin')}{text(code, 'delInstrText')}{mark('end')}"


def unended(code: str) -> str:
    return f"{mark('begin')}{text(code)}"


def in_text(code: str) -> str:
    return f"{mark('begin')}{text(code, 't')}{mark('end')}"


def loose(code: str) -> str:
    return text(code[:3]) + text(code[3:])


WAYS = (
    simple,
    spread,
    in_paragraphs,
    nested,
    in_result,
    in_box,
    in_fallback,
    after_deleted,
    deleted,
    unended,
    in_text,
    loose,
)
FORMS = ("{}", " {} ", '{}"x"', " {}\t\\a", '{} "c:\\\\x" "cmd"', "\n{}\\* MERGEFORMAT")


def test_the_sound_file_holds_nothing_foreign():
    assert foreign(SOUND) == []


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("place", PLACES)
def test_a_field_that_is_not_on_the_list_is_told_wherever_and_however_it_is_written(way, place):
    for name, form in itertools.product(("DDEAUTO", "INCLUDETEXT"), FORMS[::2]):
        spelt = name.lower()
        found = next(each for each in foreign(holding(way(form.format(spelt)), place)) if name in each.what)
        assert place == "document" or found.place == STORIES[place][1]
        assert "Alt+F9" in found.fix


@pytest.mark.parametrize("name", HARMFUL)
@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_a_harmful_code_passes(name, form):
    assert name in fields.refused(form.format(name))


@pytest.mark.parametrize("way", [simple, spread, nested, in_result, in_box, in_text], ids=lambda way: way.__name__)
def test_fields_that_only_show_something_stay(way):
    for name, form in zip(sorted(fields.HARMLESS - {"HYPERLINK"}), itertools.cycle(FORMS), strict=False):
        assert foreign(holding(way(form.format(name)))) == [], (name, form)


@given(st.text(min_size=1, max_size=12))
def test_a_code_passes_only_by_a_name_of_the_list(code):
    name = re.match(r"\s*(=|[^\s\"\\]*)", code)[1].upper()
    if not fields.refused(code):
        assert name in fields.HARMLESS or not code.strip() or re.split(r"[=()\[\]{}“”]", name)[0] in fields.HARMLESS


@pytest.mark.parametrize(
    "code", ["DDE{}AUTO", "{}DDEAUTO x", "{}", "D{} x", "PAGE{}", 'HYPERLINK "{}"', "HYPERLINK {}"]
)
def test_a_name_or_an_address_that_another_field_would_give_is_refused(code):
    before, after = code.split("{}")
    xml = f"{mark('begin')}{text(before)}{spread(' QUOTE 68 ')}{text(after)}{mark('end')}"
    assert len(foreign(holding(xml))) == 1


# Addresses

GOOD = ("http://contoh.invalid/a?b=c&d", "https://contoh.invalid/", "HTTPS://CONTOH.invalid", "mailto:a@contoh.invalid")
BAD = (
    *("file:///etc/passwd", "ms-msdt:/id", "javascript:alert(1)", "\\\\server\\bagi\\x", "//server/bagi"),
    *("x.docx", "../x.docx", "C:\\x.exe", "ftp://contoh.invalid/", "data:text/html,x", "search-ms:query=x"),
    *("vbscript:x", "https:x", "ht\ttps://x", "/etc/x", ""),
)


def hyperlink(inner: str = 'r:id="rIdX"') -> str:
    return f"<w:hyperlink {inner}><w:r><w:t>x</w:t></w:r></w:hyperlink>"


@pytest.mark.parametrize("place", PLACES)
def test_a_hyperlink_leads_to_pages_and_mailboxes_only(place):
    for target in GOOD:
        parts = related(holding(hyperlink(), place), "hyperlink", target, source=story_part(place), mode="External")
        assert foreign(parts) == [], target
    for target in BAD:
        parts = related(holding(hyperlink(), place), "hyperlink", target, source=story_part(place), mode="External")
        [found] = foreign(parts)
        assert found.what.startswith("tautan ke"), target


@pytest.mark.parametrize(
    "form", ['HYPERLINK "{}"', "HYPERLINK {}", 'HYPERLINK \\o "tip" "{}" \\t "_blank"', 'HYPERLINK"{}"']
)
def test_a_hyperlink_field_leads_to_pages_and_mailboxes_only(form):
    assert [fields.refused(form.format(target)) for target in GOOD] == [""] * len(GOOD)
    assert all(
        fields.refused(form.format(target.replace("\\", "\\\\"))) for target in BAD if target and "\t" not in target
    )
    assert fields.refused(' HYPERLINK \\l "_Toc1" \\h ') == ""


USES = {
    "a linked picture": '<w:r><w:drawing><a:blip r:link="rIdX"/></w:drawing></w:r>',
    "a picture": '<w:r><w:drawing><a:blip r:embed="rIdX"/></w:drawing></w:r>',
    "a picture in the old form": '<w:r><w:pict><v:imagedata r:href="rIdX"/></w:pict></w:r>',
    "a picture by its number": '<w:r><w:pict><v:shape><v:fill o:relid="rIdX"/></v:shape></w:pict></w:r>',
    "a hyperlink's other attribute": '<w:hyperlink r:link="rIdX"/>',
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["hyperlink", "image", "entah"])
def test_an_address_outside_is_for_hyperlinks_alone(use, place, kind):
    for target in (*GOOD[:2], *BAD[:4]):
        parts = related(holding(use, place), kind, target, source=story_part(place), mode="External")
        assert any(found.what.startswith("isi dari luar") for found in foreign(parts)), target


@pytest.mark.parametrize(
    "xml",
    [
        '<w:r><w:pict><v:imagedata src="{}"/></w:pict></w:r>',
        '<w:r><w:pict><v:shape><v:imagedata o:href="{}"/></v:shape></w:pict></w:r>',
        '<w:r><w:pict><v:shape><v:fill src="{}"/></v:shape></w:pict></w:r>',
        '<w:r><w:pict><v:shape><v:fill o:althref="{}"/></v:shape></w:pict></w:r>',
        '<w:r><w:pict><v:stroke src="{}"/></w:pict></w:r>',
    ],
)
@pytest.mark.parametrize("place", PLACES)
def test_an_address_in_a_drawing_itself_is_refused(xml, place):
    for target in (GOOD[0], *BAD[:8]):
        [found] = foreign(holding(xml.format(escape(target)), place))
        assert found.what == f"isi dari luar: {target}"


def test_a_shape_of_the_old_form_may_link_to_a_page():
    shape = '<w:r><w:pict><v:shape href="{}"/></w:pict></w:r>'
    assert foreign(holding(shape.format(GOOD[1]))) == []
    assert len(foreign(holding(shape.format("file:///x")))) == 1


# Relations and parts

ACTIVE = [
    "vbaProject",
    "keyMapCustomizations",
    "attachedToolbars",
    "control",
    "oleObject",
    "aFChunk",
    "subDocument",
    "frame",
    "video",
    "audio",
    "media",
    "transform",
]


@pytest.mark.parametrize("kind", ACTIVE)
@pytest.mark.parametrize("mode", ["", "External"])
def test_what_runs_or_embeds_something_is_refused_used_or_not(kind, mode):
    parts = with_part(SOUND, "word/isi.bin", b"isi", "application/octet-stream")
    for source in ("word/document.xml", "word/styles.xml", ""):
        target = "/word/isi.bin" if not mode else "http://contoh.invalid/x"
        [found] = foreign(related(parts, kind, target, source=source, mode=mode))
        assert found.fix


def test_a_task_pane_is_refused():
    pane = "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes"
    parts = with_part(
        SOUND, "word/webextensions/taskpanes.xml", b"<x/>", "application/vnd.ms-office.webextensiontaskpanes+xml"
    )
    [found] = foreign(related(parts, pane, "word/webextensions/taskpanes.xml", source=""))
    assert "panel tugas" in found.what
    assert "Periksa Dokumen" in found.fix


@pytest.mark.parametrize("kind", ["entah", "http://contoh.invalid/relationships/font", "http://contoh.invalid/image"])
def test_what_nobody_knows_is_refused_where_it_is_used_and_else_taken_out(kind, tmp_path):
    parts = with_part(SOUND, "word/isi.xml", b"<x/>", "application/xml")
    unused = related(parts, kind, "isi.xml")
    assert foreign(unused) == []
    path = tmp_path / "templat.docx"
    path.write_bytes(pack(unused))
    filled = fill(pack(unused), {"instansi": {"nama": "Dinas"}})
    assert "word/isi.xml" not in {str(part.partname) for part in filled.document.part.package.iter_parts()}
    assert b"/word/isi.xml" not in b"".join(
        str(part.partname).encode() for part in filled.document.part.package.iter_parts()
    )
    used = related(holding('<w:r><w:drawing><a:x r:id="rIdX"/></w:drawing></w:r>', parts=parts), kind, "isi.xml")
    assert len(foreign(used)) == 1


def test_a_link_in_a_note_is_kept_in_every_encoding():
    parts = related(
        holding(hyperlink(), "footnotes"), "hyperlink", GOOD[1], source="word/footnotes9.xml", mode="External"
    )
    name = "word/footnotes9.xml"
    text = parts[name].decode()
    for spelt in (text, text.replace('"rIdX"', "'rIdX'"), text.replace("UTF-8", "UTF-16")):
        data = spelt.encode("utf-16" if "UTF-16" in spelt else "utf-8")
        filled = fill(pack(parts | {name: data}), {"instansi": {"nama": "Dinas"}}).document
        [part] = [part for part in filled.part.package.iter_parts() if str(part.partname) == f"/{name}"]
        assert [relation.target_ref for relation in part.rels.values()] == [GOOD[1]]


@pytest.mark.parametrize(
    "xml",
    [
        "<w:object><o:OLEObject Type='Link' ProgID='x' r:id=''/></w:object>",
        "<w:control r:id='' w:name='x'/>",
        "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:entryMacro w:val='x'/></w:ffData></w:fldChar></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
    ],
)
@pytest.mark.parametrize("place", PLACES)
def test_elements_that_run_or_embed_something_are_refused(xml, place):
    assert len(foreign(holding(xml, place))) == 1


@pytest.mark.parametrize(
    "content_type",
    [
        "application/vnd.ms-excel.sheet.macroEnabled.12",
        "application/octet-stream",
        "text/html",
        "message/rfc822",
        "application/rtf",
    ],
)
def test_an_image_or_a_custom_part_of_another_content_is_refused(content_type):
    parts = with_part(SOUND, "word/isi.bin", b"isi", content_type)
    assert len(foreign(related(parts, "customXml", "isi.bin"))) == 1


def test_a_refusal_says_what_where_and_how_in_one_line(tmp_path):
    parts = holding(simple("DDEAUTO x") + spread("INCLUDETEXT y") + spread("LINK z"), "footnotes")
    path = tmp_path / "templat.docx"
    path.write_bytes(pack(parts))
    with pytest.raises(UnreadableError) as caught:
        fill(path.read_bytes(), {})
    line = str(caught.value)
    assert "bidang DDEAUTO pada catatan kaki" in line
    assert "dan 1 lainnya" in line
    assert "Alt+F9" in line
    assert len(line) <= 500
    _, findings = tools.check_template(path, LAYOUTS[0])
    assert [finding.code for finding in findings].count("TPL-010") == 3


# The build of a file


def trial(parts: Parts) -> str:
    """The line with which a file is refused by all three ways into the program; the same sentence for each."""
    data = pack(parts)
    with pytest.raises(UnreadableError) as caught:
        word.admit(data, "x.docx")
    with pytest.raises(UnreadableError):
        fill(data, {})
    with pytest.raises(UnreadableError):
        trace.read(data)
    return str(caught.value)


@pytest.mark.parametrize("name", sorted(SOUND))
def test_a_part_that_is_cut_or_declares_a_doctype_is_told(name):
    if not name.endswith((".xml", ".rels")):
        return
    data = SOUND[name]
    assert name.rpartition("/")[2].split(".")[0] in trial(SOUND | {name: data[:-20]})
    doctype = re.sub(rb"^(<\?xml.*?\?>)?", b'<!DOCTYPE x [<!ENTITY e "e">]>', data, count=1)
    for spelt in (doctype, doctype.decode().encode("utf-16")):
        assert "DOCTYPE" in trial(SOUND | {name: spelt})


@pytest.mark.parametrize(
    "name",
    [
        "word/document.xml",
        "word/styles.xml",
        "word/settings.xml",
        "word/theme/theme1.xml",
        "docProps/core.xml",
        "word/fontTable.xml",
    ],
)
def test_a_part_with_a_wrong_root_or_without_its_file_is_told(name):
    assert "rusak" in trial(SOUND | {name: b"<x/>"})
    assert (
        "rusak" in trial({other: data for other, data in SOUND.items() if other != name}) or name == "word/document.xml"
    )


def test_a_document_without_a_body_is_told():
    assert "tidak berisi dokumen" in trial(SOUND | {"word/document.xml": f'<w:document xmlns:w="{W}"/>'.encode()})


@pytest.mark.parametrize("target", ["NULL", "", "../..", "/", "STYLES.xml", "a\\b.xml", "x" * 300])
def test_a_relation_without_its_part_is_told(target):
    assert "rusak" in trial(related(SOUND, "image", target))


@pytest.mark.parametrize("kind", ["styles", "settings", "numbering", "officeDocument"])
def test_a_second_part_of_a_kind_is_told(kind):
    target = "document.xml" if kind == "officeDocument" else f"{kind}.xml"
    source = "" if kind == "officeDocument" else "word/document.xml"
    parts = related(SOUND, kind, f"/word/{target}", source=source)
    assert "lebih dari sekali" in trial(parts)


def test_a_file_for_other_eyes_is_named(tmp_path):
    sheet = pack({"xl/workbook.xml": b"<x/>", "_rels/.rels": b"<x/>"})
    for data, said in (
        (b"", "kosong"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word lama"),
        (b"%PDF-1.4", "PDF"),
        (b"{\\rtf1", "RTF"),
        (b"<html>", "HTML"),
        (sheet, "workbook Excel"),
        (pack(SOUND).replace(b"PK\x01\x02", b"PK\x01\x03"), "rusak"),
    ):
        path = tmp_path / "x.docx"
        path.write_bytes(data)
        for use in (trace.read, compiled.load):
            with pytest.raises(UnreadableError, match=said):
                use(path)


@pytest.mark.parametrize("use", [trace.read, compiled.load, tools.check_template])
def test_a_folder_a_pipe_and_a_device_are_refused(use, tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("tidak ada pipa di sistem ini")
    os.mkfifo(tmp_path / "pipa")
    for place in (tmp_path, tmp_path / "pipa", Path("/dev/zero"), tmp_path / "tidak-ada"):
        with pytest.raises(UnreadableError):
            use(place)


def test_deep_nesting_is_refused_and_not_followed():
    deep = "<w:sdt><w:sdtContent>" * 100 + "</w:sdtContent></w:sdt>" * 100
    with pytest.raises(UnreadableError, match="terlalu dalam"):
        fill(pack(holding(deep)), {})


def test_a_large_document_of_ours_is_still_ours(tmp_path, monkeypatch):
    """More than the 200 MiB that a part of a workbook may have: what is made is read again, and known as ours."""
    monkeypatch.setattr(limits, "STANDARD", limits.Limits(part=1 << 20, tree=10_000))
    path = tmp_path / "besar.docx"
    document = docx.Document(io.BytesIO(build(LAYOUTS[0])))
    body = document.element.body
    for _ in range(6):
        body.extend(copy.deepcopy(list(body))[:-1])
    data = save.serialise(document, Properties(title="", subject="", author="", date=dt.date(2025, 1, 1)))
    path.write_bytes(data)
    assert len(zipfile.ZipFile(path).read("word/document.xml")) > 1 << 20
    save.write_document(data, path)
    with pytest.raises(UnreadableError, match="jejak tidak ada"):
        trace.read(path)
    with pytest.raises(UnreadableError, match=r"mengembang|terlalu besar"):
        compiled.load(path)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_what_is_shipped_and_made_of_it_is_let_in(layout):
    word.admit(build(layout), "templat.docx")
    sample = Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.xlsx"
    word.admit(pipeline.document(pipeline.check(sample, layout=layout)).data, "hasil.docx")
