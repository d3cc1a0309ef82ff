"""The style sheet of our templates as WordprocessingML: the declared styles, and the looks of letters and tables."""

from __future__ import annotations

import re

from docx.oxml.parser import parse_xml

from lakip_xlsx.word.build.styles import (
    CHART_COLOR,
    DEEP,
    FONT,
    MARKER,
    RULE,
    SHADE,
    SIGNATURES,
    STYLES,
    TABLE,
    ParagraphStyle,
)
from lakip_xlsx.word.package import LANGUAGE
from lakip_xlsx.word.xml import TWIPS_PER_CM, TWIPS_PER_PT, Element, W, el, qn, val

ALIASES = {"Caption": "Judul Tabel"}

_MARKER_XML = f"""<w:style xmlns:w="{W}" w:type="character" w:customStyle="1" w:styleId="{MARKER}">
<w:name w:val="Penanda Teks"/><w:uiPriority w:val="9"/><w:qFormat/>
<w:rPr><w:b/><w:shd w:val="clear" w:color="auto" w:fill="FFF200"/></w:rPr></w:style>"""
_PREDIKAT = ("C6E0B4", "E2EFDA", "FFF2CC", "FCE4D6", "F8CBAD")  # behind the classes, the best first
_PREDIKAT_XML = tuple(
    f"""<w:style xmlns:w="{W}" w:type="character" w:customStyle="1" w:styleId="Predikat{number}">
<w:name w:val="Predikat {number}"/><w:uiPriority w:val="9"/><w:qFormat/>
<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:rPr></w:style>"""
    for number, fill in enumerate(_PREDIKAT, 1)
)
_CHART_COLOR_XML = f"""<w:style xmlns:w="{W}" w:type="character" w:customStyle="1" w:styleId="{CHART_COLOR}">
<w:name w:val="Warna Grafik"/><w:uiPriority w:val="9"/><w:qFormat/>
<w:rPr><w:color w:val="{DEEP}"/></w:rPr></w:style>"""
_COLORS = (*_PREDIKAT_XML, _CHART_COLOR_XML)
_DEFAULT_FONT_XML = f"""<w:style xmlns:w="{W}" w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>"""
_NORMAL_TABLE_XML = f"""<w:style xmlns:w="{W}" w:type="table" w:default="1" w:styleId="TableNormal">
<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>
<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""
_NO_LIST_XML = f"""<w:style xmlns:w="{W}" w:type="numbering" w:default="1" w:styleId="NoList">
<w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>"""
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE_XML = f"""<w:style xmlns:w="{W}" w:type="table" w:customStyle="1" w:styleId="{TABLE}">
<w:name w:val="Tabel Laporan"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="9"/><w:qFormat/>
<w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>
</w:style>"""

_SIGNATURES_XML = f"""<w:style xmlns:w="{W}" w:type="table" w:customStyle="1" w:styleId="{SIGNATURES}">
<w:name w:val="Tabel Tanda Tangan"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="9"/><w:qFormat/></w:style>"""


def _points(value: float) -> str:
    return str(round(value * TWIPS_PER_PT))


def _centimetres(value: float) -> str:
    return str(round(value * TWIPS_PER_CM))


def _spacing(style: ParagraphStyle) -> Element | None:
    attributes: dict[str, str] = {}
    if style.before is not None:
        attributes["w:before"] = _points(style.before)
    if style.after is not None:
        attributes["w:after"] = _points(style.after)
    if style.exact is not None:
        attributes |= {"w:line": _points(style.exact), "w:lineRule": "exact"}
    elif style.line is not None:
        attributes |= {"w:line": str(round(style.line * 240)), "w:lineRule": "auto"}
    return el("w:spacing", attributes) if attributes else None


def _indent(style: ParagraphStyle) -> Element | None:
    pairs = (("left", style.left), ("right", style.right), ("hanging", style.hanging), ("firstLine", style.first))
    attributes = {f"w:{name}": _centimetres(value) for name, value in pairs if value is not None}
    return el("w:ind", attributes) if attributes else None


def _paragraph_properties(style: ParagraphStyle) -> list[Element]:
    items: list[Element] = []
    if style.keep_next is not None:
        items.append(el("w:keepNext") if style.keep_next else val("w:keepNext", "0"))
    if style.keep_lines:
        items.append(el("w:keepLines"))
    if style.new_page:
        items.append(el("w:pageBreakBefore"))
    if style.num is not None:
        number, level = style.num
        levels = [val("w:ilvl", level)] if level else []
        items.append(el("w:numPr", None, *levels, val("w:numId", number)))
    if style.border:
        thick = style.id.startswith("Sampul")
        line = {"w:val": "single", "w:sz": "12" if thick else "4", "w:space": "8" if thick else "4", "w:color": RULE}
        items.append(el("w:pBdr", None, el(f"w:{style.border}", line)))
    items += _ground(style)
    items += [item for item in (_spacing(style), _indent(style)) if item is not None]
    if style.contextual:
        items.append(el("w:contextualSpacing"))
    if style.align:
        items.append(val("w:jc", style.align))
    if style.outline is not None:
        items.append(val("w:outlineLvl", style.outline))
    return items


def _ground(style: ParagraphStyle) -> list[Element]:
    """What stands between the borders and the spacing: colour behind, tabulator, hyphens."""
    items: list[Element] = []
    if style.ground:
        items.append(el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": style.ground}))
    if style.tab is not None:
        kind, leader, position = style.tab
        more = {"w:leader": leader} if leader else {}
        items.append(el("w:tabs", None, el("w:tab", {"w:val": kind, **more, "w:pos": str(position)})))
    if not style.hyphens:
        items.append(el("w:suppressAutoHyphens"))
    return items


def _run_properties(style: ParagraphStyle) -> list[Element]:
    items: list[Element] = []
    if style.bold is not None:
        items += [el("w:b"), el("w:bCs")] if style.bold else [val("w:b", "0"), val("w:bCs", "0")]
    if style.italic:
        items += [el("w:i"), el("w:iCs")]
    if style.caps:
        items.append(el("w:caps"))
    if style.color:
        items.append(val("w:color", style.color))
    if style.spread:
        items.append(val("w:spacing", _points(style.spread)))
    if style.size is not None:
        items += [val("w:sz", round(style.size * 2)), val("w:szCs", round(style.size * 2))]
    if style.underline:
        items.append(val("w:u", "single"))
    if style.shade:
        items.append(el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": style.shade}))
    return items


_BUILT_IN = ("Normal", "Heading", "TOC", "TableofFigures", "Header", "Footer", "Caption")


def style_element(style: ParagraphStyle) -> Element:
    """The ``w:style`` of a paragraph style."""
    attributes = {"w:type": "paragraph", "w:styleId": style.id}
    if style.id == "Normal":
        attributes["w:default"] = "1"
    if not style.id.startswith(_BUILT_IN):
        attributes["w:customStyle"] = "1"
    element = el("w:style", attributes, val("w:name", style.name))
    if style.id in ALIASES:
        element.append(val("w:aliases", ALIASES[style.id]))
    if style.base:
        element.append(val("w:basedOn", style.base))
    if style.next:
        element.append(val("w:next", style.next))
    element.append(val("w:uiPriority", 9 if style.shown else 99))
    if style.shown:
        element.append(el("w:qFormat"))
    paragraph, run = _paragraph_properties(style), _run_properties(style)
    if paragraph:
        element.append(el("w:pPr", None, *paragraph))
    if run:
        element.append(el("w:rPr", None, *run))
    return element


def _defaults() -> Element:
    fonts = {f"w:{kind}": FONT for kind in ("ascii", "hAnsi", "eastAsia", "cs")}
    language = {"w:val": LANGUAGE, "w:eastAsia": LANGUAGE, "w:bidi": "ar-SA"}
    run = el("w:rPr", None, el("w:rFonts", fonts), val("w:sz", 24), val("w:szCs", 24), el("w:lang", language))
    return el("w:docDefaults", None, el("w:rPrDefault", None, run), el("w:pPrDefault"))


def _others() -> dict[str, Element]:
    texts = (_DEFAULT_FONT_XML, _NORMAL_TABLE_XML, _NO_LIST_XML, _MARKER_XML, *_COLORS, _TABLE_XML, _SIGNATURES_XML)
    elements: list[Element] = [parse_xml("".join(line for line in text.splitlines())) for text in texts]
    return {str(element.get(qn("w:styleId"))): element for element in elements}


def install(styles: Element) -> None:
    """Replace all that a ``w:styles`` element holds by our styles."""
    for child in list(styles):
        styles.remove(child)
    styles.append(_defaults())
    styles.extend(style_element(style) for style in STYLES)
    styles.extend(_others().values())


def ensure(styles: Element) -> list[Element]:
    """Add those of our styles that a template lacks (an office may have deleted them), by name; the new ones."""
    added = _lacking(styles)
    for element in added:
        element.attrib.pop(qn("w:default"), None)
        styles.append(element)
    return added


def missing(styles: Element) -> list[str]:
    """The names of our styles that a template lacks."""
    return [str(name.get(qn("w:val"))) for style in _lacking(styles) if (name := style.find(qn("w:name"))) is not None]


def _lacking(styles: Element) -> list[Element]:
    present = {_name(style) for style in styles.iter(qn("w:style"))}
    ids = {str(style.get(qn("w:styleId"))) for style in styles.iter(qn("w:style"))}
    ours = [*(style_element(style) for style in STYLES), *_others().values()]
    return [style for style in ours if _name(style) not in present and style.get(qn("w:styleId")) not in ids]


def _name(style: Element) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val"))).casefold()


def heading_fill(sheet: Element) -> str:
    """The colour behind the headings of tables: that of the first row in the table style."""
    for style in sheet.iter(qn("w:style")):
        if style.get(qn("w:styleId")) == TABLE:
            for part in style.findall(qn("w:tblStylePr")):
                shade = part.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
                if part.get(qn("w:type")) == "firstRow" and shade is not None:
                    return str(shade.get(qn("w:fill"), SHADE))
    return SHADE


def chart_color(sheet: Element) -> str:
    """The darkest colour of the charts: the letters' colour in the style made for it; six hexadecimal digits."""
    for style in sheet.iter(qn("w:style")):
        color = style.find(f"{qn('w:rPr')}/{qn('w:color')}")
        if style.get(qn("w:styleId")) == CHART_COLOR and color is not None:
            value = str(color.get(qn("w:val"), ""))
            return value.upper() if re.fullmatch("[0-9A-Fa-f]{6}", value) else DEEP
    return DEEP
