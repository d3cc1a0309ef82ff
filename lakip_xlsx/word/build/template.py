"""Builds the Word template of a layout: the outline as headings, narasi tags and blocks.

The result is an ordinary document with visible tags that an office opens in Word, restyles and
rewrites. It is built by us once and shipped; what fills it does not care who made it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.section import Section

from lakip_xlsx.files import pack
from lakip_xlsx.layouts.outline import Layout, Level
from lakip_xlsx.layouts.outline import Part as OutlinePart
from lakip_xlsx.word import package
from lakip_xlsx.word.build import numbering, sheet, styles
from lakip_xlsx.word.build.blocks import back_pages, charts, front, own, panrb
from lakip_xlsx.word.build.blocks.body import within
from lakip_xlsx.word.build.blocks.catalog import BLOCKS
from lakip_xlsx.word.xml import (
    BOOKMARK_END,
    BOOKMARK_START,
    TWIPS_PER_CM,
    Element,
    W,
    el,
    field,
    paragraph,
    qn,
    run,
    val,
)

TEMPLATE_DATE = dt.date(2003, 3, 25)
"""A fixed date, so that the same layout always gives the same template."""

_STYLE_IDS = {
    Level.FRONT: "JudulDepan",
    Level.CHAPTER: "Heading1",
    Level.SECTION: "Heading2",
    Level.SUBSECTION: "Heading3",
    Level.ANALYSIS: "Heading4",
    Level.APPENDIX: "JudulLampiran",
}
_SETTINGS = f"""<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>
<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/><w:hyphenationZone w:val="357"/>
<w:characterSpacingControl w:val="doNotCompress"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification"
 w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
<w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
<w:compatSetting w:name="differentiateMultirowTableHeaders"
 w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat>
<w:themeFontLang w:val="{package.LANGUAGE}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"""
_UNUSED = ("stylesWithEffects", "webSettings", "customXml", "thumbnail", "extended-properties")
_FONTS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="{W}"><w:font w:name="{styles.FONT}"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/>
<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>"""


def build(layout: Layout) -> bytes:
    """The template of a layout as the bytes of a ``.docx``."""
    document = _document(_content(layout))
    _running_texts(document)
    title = f"Templat {layout.short_name} menurut {layout.name}"
    about = package.Properties(title=title, subject=layout.report_name, author="lakip-xlsx", date=TEMPLATE_DATE)
    package.set_properties(document, about)
    return pack(package.parts_of(document))


def page(content: Sequence[Element]) -> Document:
    """A document of one upright section in the look of the reports: a letter, a list."""
    return _document([*content, _section()])


def _document(content: Sequence[Element]) -> Document:
    """A document in our styles with this body."""
    document = docx.Document()
    _lean(document)
    sheet.install(document.styles.element)
    numbering.install(document.part.numbering_part.element)
    _replace_children(document.settings.element, parse_xml(_SETTINGS.replace("\n", "")))
    body = document.element.body
    for child in list(body):
        body.remove(child)
    for element in content:
        body.append(element)
    for number, mark in enumerate(body.iter(BOOKMARK_START, BOOKMARK_END)):
        mark.set(qn("w:id"), str(number // 2))  # they never overlap: an end follows its start
    return document


def _lean(document: Document) -> None:
    """Drop what python-docx's own template brings along and nothing here uses."""
    package = document.part.package
    for source in (package, document.part):
        _drop_relations(source)
    fonts = document.part.part_related_by(RT.FONT_TABLE)
    blob = _FONTS.replace("\n<w:family", "<w:family").encode()
    relation = next(key for key, item in document.part.rels.items() if item.target_part is fonts)
    del document.part.rels[relation]
    document.part.relate_to(Part(fonts.partname, fonts.content_type, blob, package), RT.FONT_TABLE)


def _drop_relations(source: OpcPackage | Part) -> None:
    for key, relation in list(source.rels.items()):
        if relation.reltype.rsplit("/", 1)[-1] in _UNUSED:
            del source.rels[key]


def _replace_children(old: Element, new: Element) -> None:
    for child in list(old):
        old.remove(child)
    old.extend(list(new))


def _content(layout: Layout) -> list[Element]:
    """The body: findings, cover, front matter, chapters and appendices, each in its page section."""
    fronts = [part for part in layout.parts if part.level is Level.FRONT]
    appendices = [part for part in layout.parts if part.level is Level.APPENDIX]
    chapters = [part for part in layout.parts if part.level not in (Level.FRONT, Level.APPENDIX)]
    findings, cover = front.temuan(), front.sampul()
    front.close_section(findings, _section())
    front.close_section(cover, _section(framed=True))
    opening, main = _parts(fronts), _chapters(chapters)
    front.close_section(opening, _section(numbers="lowerRoman", restart=True))
    body = [*findings, front.temuan_end(), *cover, *opening]
    behind = [*back_pages.lampiran_lain(), *(each for page in back_pages.BACK_PAGES.values() for each in page())]
    if not appendices:
        return [*body, *main, *behind, _section(numbers="decimal", restart=True)]
    front.close_section(main, _section(numbers="decimal", restart=True))
    groups = [(upright, list(parts)) for upright, parts in groupby(appendices, key=lambda part: part.upright)]
    first_wide = next((number for number, (upright, _) in enumerate(groups, 1) if not upright), 0)
    for number, (upright, parts) in enumerate(groups, 1):
        pages, section = _parts(parts), _section(wide=not upright, numbers="decimal")
        if number == first_wide:
            main += own.appendices(_section(numbers="decimal"))
        front.close_section(pages, section)
        main += pages
    return [*body, *main, *behind, _section(numbers="decimal")]


def _chapters(parts: Sequence[OutlinePart]) -> list[Element]:
    """The chapters in order, each followed by the parts that an office adds to it."""
    starts = [at for at, part in enumerate(parts) if part.level is Level.CHAPTER]
    elements = _parts(parts[: starts[0]]) if starts else _parts(parts)
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(parts)], strict=True), 1):
        elements += [*_parts(parts[start:end]), *own.chapter(number)]
    return elements


def _parts(parts: Sequence[OutlinePart]) -> list[Element]:
    """The parts in order; analyses in a row are repeated together for each sasaran."""
    elements: list[Element] = []
    for repeated, members in groupby(parts, key=lambda part: part.level is Level.ANALYSIS):
        made = [element for part in members for element in _part(part)]
        elements += panrb.each_sasaran(made) if repeated else made
    return elements


def _part(part: OutlinePart) -> list[Element]:
    """Heading, narasi tag and blocks."""
    if part.level is Level.TEXT:
        return []
    elements = [paragraph(_STYLE_IDS[part.level], part.title)]
    if part.narasi:
        elements.append(paragraph("Isi", f"{{{{narasi.{part.key}}}}}"))
    for block in part.blocks:
        elements += BLOCKS[block]()
    elements += charts.pictures(f"gambar.{part.key}") if part.narasi else []
    return within(part.when, *elements) if part.when else elements


def _section(*, wide: bool = False, numbers: str = "", restart: bool = False, framed: bool = False) -> Element:
    """A page section on A4."""
    page = {"w:w": "11906", "w:h": "16838"}
    margins = {"top": 3.0, "right": 2.5, "bottom": 2.5, "left": 3.5}
    if wide:
        page = {"w:w": "16838", "w:h": "11906", "w:orient": "landscape"}
        margins = {"top": 3.0, "right": 2.5, "bottom": 2.5, "left": 2.5}
    edges = {f"w:{name}": str(round(value * TWIPS_PER_CM)) for name, value in margins.items()}
    if wide:
        edges["w:right"] = str(16838 - styles.WIDE_TEXT_WIDTH - int(edges["w:left"]))
    else:
        edges["w:right"] = str(11906 - styles.TEXT_WIDTH - int(edges["w:left"]))
    section = el(
        "w:sectPr",
        None,
        val("w:type", "nextPage"),
        el("w:pgSz", page),
        el("w:pgMar", {**edges, "w:header": "794", "w:footer": "794", "w:gutter": "0"}),
    )
    if framed:
        line = {"w:val": "thinThickSmallGap", "w:sz": "24", "w:space": "24", "w:color": styles.DEEP}
        sides = {"top": "thinThickSmallGap", "left": "thinThickSmallGap", "bottom": "thickThinSmallGap"}
        sides["right"] = "thickThinSmallGap"
        borders = (el(f"w:{side}", {**line, "w:val": kind}) for side, kind in sides.items())
        section.append(el("w:pgBorders", {"w:offsetFrom": "page"}, *borders))
    if numbers:
        start = {"w:start": "1"} if restart else {}
        section.append(el("w:pgNumType", {"w:fmt": numbers, **start}))
    section.append(el("w:cols", {"w:space": "708"}))
    return section


def _running_texts(document: Document) -> None:
    """Header and footer from the front matter on; findings and cover have none."""
    _, _, opening, main, *appendices = document.sections
    _fill_story(opening, header=paragraph("Header", "{{instansi.sebutan}}"))
    _fill_story(opening, footer=paragraph("KakiDepan", *_page_number("i")))
    _fill_story(main, footer=_footer("Footer"))
    for section in appendices:
        wide = section.orientation is WD_ORIENTATION.LANDSCAPE
        _fill_story(section, footer=_footer("KakiMendatar" if wide else "Footer"))


def _page_number(shown: str) -> list[Element]:
    return field("PAGE", shown)


def _footer(style: str) -> Element:
    return paragraph(style, run("{{laporan.singkatan}} Tahun {{laporan.tahun}}\t"), *_page_number("1"))


def _fill_story(section: Section, *, header: Element | None = None, footer: Element | None = None) -> None:
    for story, content in ((section.header, header), (section.footer, footer)):
        if content is None:
            continue
        story.is_linked_to_previous = False
        element = story.part.element
        for child in list(element):
            element.remove(child)
        element.append(content)
