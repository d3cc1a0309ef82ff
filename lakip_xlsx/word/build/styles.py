"""The styles of our Word templates, declared once as data.

Every look of the report hangs on a named style, so that an office restyles the report by changing
styles in Word. Sizes and spaces are in points, indents in centimetres.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
CHART_COLOR = "WarnaGrafik"
