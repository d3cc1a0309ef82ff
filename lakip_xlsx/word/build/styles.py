"""The styles of our Word templates, declared once as data.

Every look of the report hangs on a named style, so that an office restyles the report by changing
styles in Word. Sizes and spaces are in points, indents in centimetres.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from docx.oxml.parser import parse_xml

from lakip_xlsx.word.package import LANGUAGE
from lakip_xlsx.word.xml import TWIPS_PER_CM, TWIPS_PER_PT, Element, W, el, qn, val

FONT = "Times New Roman"
SHADE = "DCE6F1"
RULE = "7F7F7F"
DEEP = "1F3864"
SECTION_END = "PemisahBagian"
TEXT_HEIGHT = 13720  # 24,2 cm: A4 upright, 3 cm and 2,5 cm margins
TEXT_WIDTH = 8505  # 15 cm: A4 upright, 3,5 cm and 2,5 cm margins
WIDE_TEXT_WIDTH = 14003  # 24,7 cm: A4 landscape, 2,5 cm margins
HEADINGS_NUM, BULLET_NUM, NUMBER_NUM, APPENDIX_NUM, BULLET_BELOW_NUM, NUMBER_BELOW_NUM, LETTER_NUM = range(1, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """One paragraph style. ``num`` is (numbering instance, level); ``tab`` is (kind, leader, twips).

    ``ground`` colours what is behind it, ``shade`` what is behind its letters. ``exact`` is the height
    of its line; without ``hyphens`` its words are not divided.
    """

    id: str
    name: str
    base: str = "Normal"
    next: str = ""
    align: str = ""
    size: float | None = None
    bold: bool | None = None
    italic: bool = False
    underline: bool = False
    caps: bool = False
    color: str = ""
    shade: str = ""
    spread: float = 0
    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    hanging: float | None = None
    keep_next: bool | None = None
    keep_lines: bool = False
    new_page: bool = False
    border: str = ""
    outline: int | None = None
    num: tuple[int, int] | None = None
    tab: tuple[str, str, int] | None = None
    contextual: bool = False
    ground: str = ""
    exact: float | None = None
    hyphens: bool = True
    shown: bool = True


def _heading(level: int, base: ParagraphStyle) -> ParagraphStyle:
    """A numbered heading: what all levels share, and the look of its own."""
    return replace(
        base,
        id=f"Heading{level}",
        name=f"heading {level}",
        next="Isi",
        bold=True,
        keep_next=True,
        keep_lines=True,
        hyphens=False,
        outline=level - 1,
        num=(HEADINGS_NUM, level - 1),
    )


_S = ParagraphStyle
STYLES: tuple[ParagraphStyle, ...] = (
    _S(id="Normal", name="Normal", base=""),
    _S(id="Isi", name="Isi", align="both", line=1.5, after=6, first=1.0),
    _heading(1, _S(id="", name="", align="center", size=14, caps=True, new_page=True, after=18)),
    _heading(2, _S(id="", name="", before=12, after=6, left=0.75, hanging=0.75)),
    _heading(3, _S(id="", name="", before=8, after=4, left=0.75, hanging=0.75)),
    _heading(4, _S(id="", name="", italic=True, before=8, after=4, left=0.75, hanging=0.75)),
    _S(
        id="JudulDepan",
        name="Judul Depan",
        hyphens=False,
        next="Isi",
        align="center",
        size=14,
        bold=True,
        caps=True,
        new_page=True,
        after=18,
        keep_next=True,
        outline=0,
    ),
    _S(
        id="JudulLampiran",
        name="Judul Lampiran",
        hyphens=False,
        next="Isi",
        align="center",
        bold=True,
        new_page=True,
        after=10,
        keep_next=True,
        outline=0,
        num=(APPENDIX_NUM, 0),
    ),
    _S(id="IsiLanjutan", name="Isi Lanjutan", base="Isi", before=6, first=0),
    _S(
        id="JudulIndikator",
        name="Judul Indikator",
        next="Isi",
        bold=True,
        before=4,
        after=2,
        keep_next=True,
        keep_lines=True,
        outline=4,
        hyphens=False,
    ),
    _S(id="DaftarButir", name="Daftar Butir", base="Isi", after=3, left=1.0, hanging=0.6, num=(BULLET_NUM, 0)),
    _S(id="DaftarAngka", name="Daftar Angka", base="Isi", after=3, left=1.0, hanging=0.75, num=(NUMBER_NUM, 0)),
    _S(
        id="DaftarButir2",
        name="Daftar Butir 2",
        base="DaftarButir",
        left=1.6,
        hanging=0.6,
        num=(BULLET_BELOW_NUM, 0),
    ),
    _S(
        id="DaftarAngka2",
        name="Daftar Angka 2",
        base="DaftarAngka",
        left=1.75,
        hanging=0.75,
        num=(NUMBER_BELOW_NUM, 0),
    ),
    _S(id="DaftarHuruf", name="Daftar Huruf", base="DaftarAngka", left=1.75, hanging=0.75, num=(LETTER_NUM, 0)),
    _S(id="DaftarLampiran", name="Daftar Lampiran", base="Isi", align="left", after=3, left=0.75, hanging=0.75),
    _S(
        id="Caption",
        name="caption",
        next="IsiTabel",
        align="center",
        size=11,
        bold=True,
        before=12,
        after=4,
        keep_next=True,
        keep_lines=True,
        hyphens=False,
    ),
    _S(id="IsiTabel", name="Isi Tabel", size=10, before=1.5, after=1.5),
    _S(id="IsiTabelTengah", name="Isi Tabel Tengah", base="IsiTabel", align="center"),
    _S(id="IsiTabelAngka", name="Isi Tabel Angka", base="IsiTabel", align="right"),
    _S(id="IsiTabelGabung", name="Isi Tabel Gabung", base="IsiTabel"),
    _S(id="IsiTabelGabungTengah", name="Isi Tabel Gabung Tengah", base="IsiTabelGabung", align="center"),
    _S(id="IsiFormulir", name="Isi Formulir", base="IsiTabel", size=9),
    _S(id="IsiFormulirTengah", name="Isi Formulir Tengah", base="IsiFormulir", align="center"),
    _S(id="IsiFormulirAngka", name="Isi Formulir Angka", base="IsiFormulir", align="right"),
    _S(id="IsiFormulirGabung", name="Isi Formulir Gabung", base="IsiFormulir"),
    _S(id="IsiFormulirGabungTengah", name="Isi Formulir Gabung Tengah", base="IsiFormulirGabung", align="center"),
    _S(
        id="KepalaTabel", name="Kepala Tabel", base="IsiTabel", align="center", bold=True, keep_next=True, hyphens=False
    ),
    _S(id="JumlahTabel", name="Jumlah Tabel", base="IsiTabel", align="center", bold=True),
    _S(id="JumlahTabelAngka", name="Jumlah Tabel Angka", base="JumlahTabel", align="right"),
    _S(id="SumberTabel", name="Sumber Tabel", next="Isi", size=9, italic=True, before=3, after=12, hyphens=False),
    _S(id="Gambar", name="Gambar", next="Caption", align="center", before=6, keep_next=True),
    _S(
        id="KepalaFormulir",
        name="Kepala Formulir",
        size=11,
        after=4,
        left=3.2,
        hanging=3.2,
        tab=("left", "", 1701),
        keep_next=True,
        hyphens=False,
    ),
    _S(id="JudulFormulir", name="Judul Formulir", align="center", bold=True, after=4, keep_next=True, hyphens=False),
    _S(id="JudulFormulirBaru", name="Judul Formulir Baru", base="JudulFormulir", next="JudulFormulir", new_page=True),
    _S(id="CatatanFormulir", name="Catatan Formulir", size=10, before=6, after=6),
    _S(id="CatatanLampiran", name="Catatan Lampiran", align="center", italic=True, before=6),
    _S(id="Penanda", name="Penanda", base="Isi", align="left", bold=True, first=0, shade="FFF200"),
    _S(id="SampulLogo", name="Sampul Logo", align="center"),
    _S(
        id="SampulPemda",
        name="Sampul Pemerintah Daerah",
        align="center",
        size=16,
        bold=True,
        color=DEEP,
        before=18,
        spread=1,
        hyphens=False,
    ),
    _S(
        id="SampulJudul",
        name="Sampul Judul",
        align="center",
        size=24,
        bold=True,
        color="FFFFFF",
        ground=DEEP,
        line=1.25,
        before=120,
        hyphens=False,
    ),
    _S(id="SampulSingkatan", name="Sampul Singkatan", base="SampulJudul", size=22, before=0, after=190),
    _S(
        id="SampulInstansi",
        name="Sampul Instansi",
        align="center",
        size=18,
        bold=True,
        color=DEEP,
        line=1.25,
        after=12,
        hyphens=False,
    ),
    _S(id="SampulTahun", name="Sampul Tahun", base="SampulInstansi", after=0, border="top"),
    _S(id="SampulAlamat", name="Sampul Alamat", align="center", size=11, before=4, hyphens=False),
    _S(id=SECTION_END, name="Pemisah Bagian", size=1, exact=1, after=0),
    _S(
        id="TandaTangan",
        name="Tanda Tangan",
        align="center",
        left=6.5,
        keep_next=True,
        keep_lines=True,
        hyphens=False,
    ),
    _S(id="TempatTanggal", name="Tempat dan Tanggal", base="TandaTangan", before=24, after=6),
    _S(id="TanggalFormulir", name="Tanggal Formulir", base="TandaTangan", before=12),
    _S(id="NamaPejabat", name="Nama Pejabat", base="TandaTangan", bold=True, underline=True, before=60),
    _S(id="NipPejabat", name="NIP Pejabat", base="TandaTangan", keep_next=False),
    _S(
        id="TandaTanganTengah",
        name="Tanda Tangan Tengah",
        align="center",
        keep_next=True,
        keep_lines=True,
        hyphens=False,
    ),
    _S(id="JudulTandaTangan", name="Judul Tanda Tangan", base="TandaTanganTengah", before=14),
    _S(
        id="NamaPejabatTengah",
        name="Nama Pejabat Tengah",
        base="TandaTanganTengah",
        bold=True,
        underline=True,
        before=48,
    ),
    _S(id="JudulTemuan", name="Judul Temuan", align="center", size=14, bold=True, color="C00000", after=8),
    _S(id="PenandaDraf", name="Penanda Draf", align="center", size=9, bold=True, color="C00000", after=2),
    _S(
        id="TOC1",
        name="toc 1",
        size=11,
        bold=True,
        before=6,
        right=0,
        left=0,
        tab=("right", "dot", TEXT_WIDTH),
        hyphens=False,
    ),
    _S(
        id="TOC2",
        name="toc 2",
        size=11,
        before=1,
        left=1.35,
        hanging=0.6,
        right=0,
        tab=("right", "dot", TEXT_WIDTH),
        hyphens=False,
    ),
    _S(
        id="TOC3",
        name="toc 3",
        size=11,
        before=1,
        left=2.05,
        hanging=0.6,
        right=0,
        tab=("right", "dot", TEXT_WIDTH),
        hyphens=False,
    ),
    _S(
        id="TableofFigures",
        name="table of figures",
        hyphens=False,
        size=11,
        before=2,
        left=1.0,
        hanging=1.0,
        right=0,
        tab=("right", "dot", TEXT_WIDTH),
    ),
    _S(id="Header", name="header", size=9, italic=True, align="right", border="bottom", shown=False, hyphens=False),
    _S(id="Footer", name="footer", size=9, border="top", tab=("right", "", TEXT_WIDTH), shown=False),
    _S(id="KakiDepan", name="Kaki Depan", base="Footer", align="center"),
    _S(id="KakiMendatar", name="Kaki Mendatar", size=9, border="top", tab=("right", "", WIDE_TEXT_WIDTH)),
)
MARKER = "PenandaTeks"
TABLE = "TabelLaporan"
SIGNATURES = "TabelTandaTangan"
ALIASES = {"Caption": "Judul Tabel"}

_MARKER_XML = f"""<w:style xmlns:w="{W}" w:type="character" w:customStyle="1" w:styleId="{MARKER}">
<w:name w:val="Penanda Teks"/><w:uiPriority w:val="9"/><w:qFormat/>
<w:rPr><w:b/><w:shd w:val="clear" w:color="auto" w:fill="FFF200"/></w:rPr></w:style>"""
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
    texts = (_DEFAULT_FONT_XML, _NORMAL_TABLE_XML, _NO_LIST_XML, _MARKER_XML, _TABLE_XML, _SIGNATURES_XML)
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
