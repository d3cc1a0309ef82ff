"""WordprocessingML in a few words: names, elements, paragraphs, fields.

Elements are made by python-docx's own parser, so that they behave like the ones it reads.
Lengths are in twips (1/20 pt; 1 cm is 567), as Word stores them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser, parse_xml
from lxml import etree

Element: TypeAlias = etree._Element

W = nsmap["w"]
R = nsmap["r"]
TWIPS_PER_CM = 567
TWIPS_PER_PT = 20
_PREFIXES = {"w": W}
_LENGTH = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,20})?)(|mm|cm|in|pt|pc|pi)")
_UNITS = {"": 1, "mm": 56.7, "cm": TWIPS_PER_CM, "in": 1440, "pt": TWIPS_PER_PT, "pc": 240, "pi": 240}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ORDINARY = re.compile("[^\x00-\x1f&<>\ud800-\udfff\ufffe\uffff]*").fullmatch
BREAKS = re.compile(r"(\r\n|\r|\n|\t)")
"""What a run shows by elements of its own: line breaks and tabulators."""
_SIGNS = {"\t": "<w:tab/>", "\n": "<w:br/>", "\r": "<w:br/>", "\r\n": "<w:br/>"}
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


@cache
def qn(name: str) -> str:
    """A qualified name: ``w:p`` → ``{…main}p``; a name without prefix stays as it is."""
    prefix, colon, local = name.partition(":")
    return f"{{{nsmap[prefix]}}}{local}" if colon else name


P, TBL, TR, TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
RUN, RPR, PPR, T, BR, TAB = qn("w:r"), qn("w:rPr"), qn("w:pPr"), qn("w:t"), qn("w:br"), qn("w:tab")
SECT_PR, SDT = qn("w:sectPr"), qn("w:sdt")
TXBX = qn("w:txbxContent")
VAL = qn("w:val")
BOOKMARK_START, BOOKMARK_END = qn("w:bookmarkStart"), qn("w:bookmarkEnd")


def printable(value: str) -> str:
    """The text with every character that XML cannot hold shown as U+FFFD."""
    return _UNPRINTABLE.sub("�", value)


def el(name: str, attributes: dict[str, str] | None = None, *children: Element) -> Element:
    """An element such as ``el("w:jc", {"w:val": "center"})``."""
    attrib = {qn(key): value for key, value in attributes.items()} if attributes else None
    element: Element = oxml_parser.makeelement(qn(name), attrib, _PREFIXES)
    if children:
        element.extend(children)
    return element


def escape(value: str) -> str:
    """A text as it stands between two tags (the standard library's function would load all of its network)."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoteattr(value: str) -> str:
    """A text as the value of an attribute, with its quotation marks."""
    whole = escape(value).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    quoted = whole.replace('"', "&quot;")
    return f'"{quoted}"'


def is_ordinary(value: str) -> bool:
    """Whether a text stands in XML as it is."""
    return _ORDINARY(value) is not None


def inside(value: str) -> str:
    """What a run holds for a text, as XML: its text, line breaks and tabulators."""
    if _ORDINARY(value) and value == value.strip():
        return f"<w:t>{value}</w:t>"
    pieces = (_SIGNS.get(piece) or _escaped(piece) for piece in BREAKS.split(printable(value)) if piece)
    return "".join(pieces) or "<w:t></w:t>"


def _escaped(value: str) -> str:
    keep = ' xml:space="preserve"' if value != value.strip() else ""
    return f"<w:t{keep}>{escape(value)}</w:t>"


def val(name: str, value: str | int) -> Element:
    """An element whose whole content is ``w:val``."""
    return el(name, {"w:val": str(value)})


def text(value: str) -> Element:
    """A ``w:t`` that keeps its outer blanks. The value must be fit for XML."""
    element = el("w:t")
    element.text = value
    if value != value.strip():
        element.set(_PRESERVE, "preserve")
    return element


def become_text(element: Element, value: str) -> None:
    """Make an element a ``w:t`` in its place; cheaper than a new one beside it."""
    element.attrib.clear()
    element.tag = T
    set_text(element, value)


def set_text(element: Element, value: str) -> None:
    """Give a ``w:t`` another text, keeping its outer blanks."""
    element.text = value
    if value != value.strip():
        element.set(_PRESERVE, "preserve")


def run(value: str, *properties: Element) -> Element:
    """A run; a tabulator in the value becomes ``w:tab``."""
    element = el("w:r")
    if properties:
        element.append(el("w:rPr", None, *properties))
    for number, piece in enumerate(value.split("\t")):
        if number:
            element.append(el("w:tab"))
        if piece:
            element.append(text(piece))
    return element


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field_xml(instruction: str, result: str) -> str:
    """The runs of a field with its cached result, as text; without a result no run stands for it."""
    shown = f"<w:r>{inside(result)}</w:r>" if result else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}{FIELD_END}'
    )


def field(instruction: str, result: str) -> list[Element]:
    """The runs of a field with its cached result."""
    return list(parse_xml(f'<w:p xmlns:w="{W}">{field_xml(instruction, result)}</w:p>'))


def paragraph(style: str, *content: str | Element) -> Element:
    """A paragraph of a style (by id); texts become runs."""
    element = el("w:p", None, el("w:pPr", None, val("w:pStyle", style)))
    element.extend(run(item) if isinstance(item, str) else item for item in content)
    return element


def style_of(element: Element) -> str:
    """The style id of a paragraph; empty for the default style."""
    properties = element.find(PPR)
    if properties is None:
        return ""
    style = properties.find(qn("w:pStyle"))
    return "" if style is None else str(style.get(VAL, ""))


def properties_of(element: Element) -> Element:
    """The ``w:pPr`` of a paragraph, made when there is none."""
    properties = element.find(PPR)
    if properties is None:
        properties = el("w:pPr")
        element.insert(0, properties)
    return properties


def set_style(element: Element, style: str) -> None:
    """Give a paragraph another style (by id)."""
    properties = properties_of(element)
    old = properties.find(qn("w:pStyle"))
    if old is not None:
        properties.remove(old)
    properties.insert(0, val("w:pStyle", style))


def keep_with_next(element: Element) -> None:
    """Keep a paragraph on the page of the next one."""
    properties = properties_of(element)
    if properties.find(qn("w:keepNext")) is None:
        properties.insert(1 if properties.find(qn("w:pStyle")) is not None else 0, el("w:keepNext"))


def keep_lines(element: Element) -> None:
    """Keep the lines of a paragraph on one page."""
    properties = properties_of(element)
    if properties.find(qn("w:keepLines")) is None:
        before = {qn("w:pStyle"), qn("w:keepNext")}
        properties.insert(sum(1 for item in properties if item.tag in before), el("w:keepLines"))


def twips(value: str | None, default: int) -> int:
    """A length as Word and others write it: twips, also with a fraction, or with a unit; the default for any other."""
    found = _LENGTH.fullmatch(value or "")
    return default if found is None else round(float(found[1]) * _UNITS[found[2]])


def ancestor(element: Element, *names: str) -> Element | None:
    """The nearest ancestor with one of these qualified names."""
    return next(element.iterancestors(*names), None)


def remove(element: Element) -> None:
    """Take an element out of its parent. Its tail goes with it (Word has no tails)."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def plain_text(element: Element) -> str:
    """The text that a reader sees in a paragraph, tabulators as blanks."""
    pieces: list[str] = []
    for child in element.iter(T, TAB, BR):
        if child.tag == T:
            pieces.append(child.text or "")
        elif (parent := child.getparent()) is not None and parent.tag == RUN:
            pieces.append(" ")
    return "".join(pieces)
