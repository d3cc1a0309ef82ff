"""Puts a chart where its tag stands: the drawing in the text, the chart and its data sheet in the package."""

from __future__ import annotations

from dataclasses import replace

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from lakip_xlsx.report.content import Chart, Reference, Series, Teks
from lakip_xlsx.word.build import sheet, styles
from lakip_xlsx.word.fill.anchors import GRAFIK, Anchors
from lakip_xlsx.word.fill.chart import WORKBOOK_ID, chart_xml, height
from lakip_xlsx.word.fill.chart_sheet import workbook
from lakip_xlsx.word.fill.values import width_at
from lakip_xlsx.word.xml import TWIPS_PER_CM, Element, P, R, W, ancestor, printable, qn, quoteattr, remove

_EMU_PER_CM = 360_000
_DRAWING = """<w:r xmlns:w="{w}" xmlns:r="{r}"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><w:drawing>
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>
<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" name="Grafik {number}" descr={alt}/>
<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""


class ChartPlacer:
    """Places charts into one document."""

    def __init__(self, document: Document, anchors: Anchors) -> None:
        self._part = document.part
        self._anchors = anchors
        self._font = _default_font(document)
        self._color = sheet.chart_color(document.styles.element)
        self._number = 0
        self._taken: set[str] | None = None

    def place(self, tag: Element, chart: Chart) -> None:
        """Replace the tag element's run by the chart, as wide as the text."""
        run, paragraph = tag.getparent(), ancestor(tag, P)
        if run is None or paragraph is None:
            return
        shown = _printable(chart)
        width = width_at(paragraph, styles.TEXT_WIDTH) / TWIPS_PER_CM
        relation = self._add(shown, width)
        drawing = parse_xml(
            _DRAWING.format(
                w=W,
                r=R,
                cx=round(width * _EMU_PER_CM),
                cy=round(height(shown) * _EMU_PER_CM),
                number=self._number,
                alt=quoteattr(shown.alt),
                relation=relation,
            ).replace("\n", "")
        )
        run.addnext(drawing)
        remove(run)
        if shown.sources:
            self._anchors.around(drawing, Teks(shown.title, shown.sources, how="digambar dari angkanya"), kind=GRAFIK)

    def _add(self, chart: Chart, width: float) -> str:
        """Add the chart and its data sheet to the package; the id of the document's relation to it."""
        package = self._part.package
        if self._taken is None:
            self._taken = {str(part.partname) for part in package.iter_parts()}
        self._number += 1
        while {self._name("chart"), self._name("sheet")} & self._taken:
            self._number += 1
        xml = chart_xml(chart, width, self._font, self._color)
        part = Part(PackURI(self._name("chart")), CT.DML_CHART, xml, package)
        data = Part(PackURI(self._name("sheet")), CT.SML_SHEET, workbook(chart), package)
        if part.relate_to(data, RT.PACKAGE) != WORKBOOK_ID:
            raise AssertionError("the first relation of a new part is rId1")
        return self._part.relate_to(part, RT.CHART)

    def _name(self, kind: str) -> str:
        if kind == "chart":
            return f"/word/charts/chart{self._number}.xml"
        return f"/word/embeddings/Microsoft_Excel_Worksheet{self._number}.xlsx"


def _printable(chart: Chart) -> Chart:
    """The chart with every character that XML cannot hold made visible."""
    reference = chart.reference
    return replace(
        chart,
        categories=tuple(printable(name) for name in chart.categories),
        full_names=tuple(printable(name) for name in chart.full_names),
        series=tuple(Series(printable(series.name), series.values) for series in chart.series),
        alt=printable(chart.alt),
        reference=reference and Reference(reference.value, printable(reference.label)),
    )


def _default_font(document: Document) -> str:
    """The font of the body text: that of the style Normal, else the document's default."""
    sheet = document.styles.element
    normal = next(
        (s for s in sheet.iter(qn("w:style")) if s.get(qn("w:default")) and s.get(qn("w:type")) == "paragraph"), None
    )
    for holder in (normal, sheet.find(qn("w:docDefaults"))):
        fonts = None if holder is None else next(holder.iter(qn("w:rFonts")), None)
        name = None if fonts is None else fonts.get(qn("w:ascii"))
        if name:
            return str(name)
    return styles.FONT
