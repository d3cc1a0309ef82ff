"""Marks every page of a document as a draft that must not be signed."""

from __future__ import annotations

from typing import Final

from docx.document import Document
from docx.oxml.parser import parse_xml
from docx.section import Section, _Header

from lakip_xlsx.word.xml import Element, W, paragraph, run

NOTICE: Final = "DRAF – masih ada temuan kesalahan, belum boleh ditandatangani"
_WATERMARK = """<w:r xmlns:w="{w}" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:w10="urn:schemas-microsoft-com:office:word"><w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>
<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>
<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>
<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/>
</v:shapetype><v:shape id="TandaDraf{number}" o:spid="_x0000_s{spid}" type="#_x0000_t136" alt="DRAF"
 style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:160pt;rotation:315;z-index:-251658752;\
mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
mso-position-vertical:center;mso-position-vertical-relative:margin"
 o:allowincell="f" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/>
<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt;font-weight:bold" string="DRAF"/>
<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>"""


def mark(document: Document) -> None:
    """Put a watermark and a line of warning into every header of every page section."""
    marked: set[str] = set()
    begun: set[str] = set()
    for section in document.sections:
        for kind, header in _headers(document, section):
            if header.is_linked_to_previous:
                if kind in begun:
                    continue
                _open_empty(header)
            begun.add(kind)
            name = str(header.part.partname)
            if name not in marked:
                marked.add(name)
                header.part.element.insert(0, _mark(len(marked)))


def _headers(document: Document, section: Section) -> list[tuple[str, _Header]]:
    """The kinds of header that the pages of a section show."""
    shown: list[tuple[str, _Header]] = [("default", section.header)]
    if section.different_first_page_header_footer:
        shown.append(("first", section.first_page_header))
    if document.settings.odd_and_even_pages_header_footer:
        shown.append(("even", section.even_page_header))
    return shown


def _open_empty(header: _Header) -> None:
    """A header of its own, without the empty paragraph that a new one comes with."""
    header.is_linked_to_previous = False
    element = header.part.element
    for child in list(element):
        element.remove(child)


def _mark(number: int) -> Element:
    watermark = parse_xml(_WATERMARK.format(w=W, number=number, spid=2048 + number).replace("\n", ""))
    return paragraph("PenandaDraf", watermark, run(NOTICE))
