"""Charts of the report: the workbook's figures, native and editable in Word, and only where there are any."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import OpenXmlValidator

from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.figures.figures import compute
from lakip_xlsx.layouts.lan_2003 import LAYOUT
from lakip_xlsx.report import charts
from lakip_xlsx.report.compose import compose
from lakip_xlsx.report.content import Chart, ChartKind, Reference, Series
from lakip_xlsx.report.source import Source
from lakip_xlsx.word import package
from lakip_xlsx.word.build.template import build
from lakip_xlsx.word.fill import save
from lakip_xlsx.word.fill.chart import chart_xml, height
from lakip_xlsx.word.fill.fill import fill
from lakip_xlsx.word.office import soffice
from tests.word_sample import content

SAMPLES = Path(__file__).parent.parent / "samples"
CLEAN, PRINTED = "dinas-contoh-2025", "kesbangpol-tebo-2019"
TOPICS = ("capaian", "anggaran_sasaran", "anggaran_program", "pegawai", "tahun", "tren")
TEMPLATE = build(LAYOUT)
PROPERTIES = package.Properties(title="LAKIP", subject="Laporan", author="Kantor", date=dt.date(2020, 1, 31))
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R_ID = qn("r:id")
needs_libreoffice = pytest.mark.skipif(soffice.find_soffice() is None, reason="LibreOffice tidak terpasang")


def source(name: str = CLEAN, **cells: object) -> Source:
    """A sample as read; ``indikator_realisasi_0=…`` puts another value into the first row of that column."""
    book = read_workbook(SAMPLES / f"{name}.xlsx")
    for place, value in cells.items():
        sheet, _, rest = place.partition("__")
        key, _, row = rest.rpartition("__")
        table = book.table(sheet)
        table.frame.at[table.rows[int(row)], key] = value
    return Source(book, compute(book), LAYOUT)


def document(of: Source) -> bytes:
    filled = fill(TEMPLATE, compose(of.book, of.figures, LAYOUT, ()))
    assert filled.findings == ()
    return save.serialise(filled.document, PROPERTIES)


@pytest.fixture(scope="module", params=[CLEAN, PRINTED])
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def made(name: str) -> bytes:
    return document(source(name))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def chart_parts(data: bytes) -> list[tuple[etree._Element, bytes]]:
    """Every chart of a document in reading order: its XML, and the workbook behind it."""
    document = docx.Document(io.BytesIO(data))
    found = []
    for reference in document.element.body.iter(f"{C}chart"):
        part = document.part.related_parts[reference.get(R_ID)]
        root = etree.fromstring(part.blob)
        behind = part.rels[root.find(f"{C}externalData").get(R_ID)].target_part
        found.append((root, behind.blob))
    return found


def cached(series: etree._Element) -> list[Decimal | None]:
    cache = series.find(f"{C}val/{C}numRef/{C}numCache")
    values: list[Decimal | None] = [None] * int(cache.find(f"{C}ptCount").get("val"))
    for point in cache.iter(f"{C}pt"):
        values[int(point.get("idx"))] = Decimal(point.findtext(f"{C}v"))
    return values


def drawn(root: etree._Element) -> dict[str, list[Decimal | None]]:
    """Series name → values."""
    return {series.findtext(f"{C}tx//{C}v"): cached(series) for series in root.iter(f"{C}ser")}


def figure(figures: list) -> Chart:
    assert len(figures) == 1
    return figures[0]["bagan"]


# The figures are the workbook's


def test_money_in_the_charts_is_the_money_in_the_workbook(name, made):
    of = source(name)
    table = of.book.table("anggaran_sasaran")
    expected = {
        "Anggaran (Rp)": list(table.numbers("anggaran").values()),
        "Realisasi (Rp)": list(table.numbers("realisasi").values()),
    }
    assert len(expected["Anggaran (Rp)"]) == {CLEAN: 4, PRINTED: 9}[name]
    assert expected in [drawn(root) for root, _ in chart_parts(made)]
    for value in expected["Anggaran (Rp)"]:
        assert f"<c:v>{value}</c:v>".encode() in b"".join(parts(made).values())


def test_capaian_is_that_of_the_table_rounded_half_up(name, made):
    measured = source(name).figures.indikator.values()
    exact = [one.capaian for one in measured]
    shown = next(drawn(root) for root, _ in chart_parts(made) if "Capaian (%)" in drawn(root))["Capaian (%)"]
    assert len(shown) == {CLEAN: 10, PRINTED: 5}[name]
    assert all(abs(one - other) <= Decimal("0.005") for one, other in zip(shown, exact, strict=True))
    assert all(one.as_tuple().exponent == -2 for one in shown)


def test_half_a_hundredth_is_rounded_up():
    target, realisasi = Decimal(20000), Decimal(13333)  # 66,665
    chart = figure(charts.capaian(source(indikator__target__0=target, indikator__realisasi__0=realisasi)))
    assert chart.series[0].values[0] == Decimal("66.67")


def test_staff_of_both_ends_of_the_year():
    chart = figure(charts.pegawai(source()))
    assert chart.kind is ChartKind.COLUMN
    assert chart.categories == ("S 2", "S 1", "D III", "SLTA")
    assert [tuple(map(int, series.values)) for series in chart.series] == [(4, 17, 5, 8), (4, 18, 5, 8)]
    assert [series.name for series in chart.series] == ["1 Januari 2025", "31 Desember 2025"]


def test_years_are_compared_within_one_unit():
    by_title = {str(one["judul"]): one["bagan"] for one in charts.tahun(source())}
    assert set(by_title) == {
        "Realisasi Indikator Tahun 2022–2025 (satuan: poin)",
        "Realisasi Indikator Tahun 2022–2025 (satuan: %)",
    }
    chart = by_title["Realisasi Indikator Tahun 2022–2025 (satuan: %)"]
    assert [name.partition(".")[0] for name in chart.categories] == ["3", "7"]  # 5 is new, without earlier years
    assert {series.name: series.values for series in chart.series} == {
        "2022": (Decimal("25.1"), Decimal("42.5")),
        "2023": (Decimal("27.2"), Decimal("47.5")),
        "2024": (Decimal("29.6"), Decimal(50)),
        "2025": (Decimal("32.4"), Decimal("52.5")),
    }


def test_a_number_written_with_another_unit_is_not_drawn():
    of = source()
    table = of.book.table("indikator")
    table.units[table.rows[2], "lalu1"] = "orang"
    chart = next(one["bagan"] for one in charts.tahun(of) if "satuan: %" in one["judul"])
    assert chart.series[2].values == (None, Decimal(50))
    assert chart.categories[0].endswith("(2024: n/a)")


# Behind the chart stands a workbook with the same numbers, at the cells that the chart names


def test_the_workbook_behind_a_chart_holds_what_the_chart_shows(made):
    seen = 0
    for root, behind in chart_parts(made):
        sheet = openpyxl.load_workbook(io.BytesIO(behind))["Data"]
        for reference in root.iter(f"{C}strRef", f"{C}numRef"):
            name, _, place = reference.findtext(f"{C}f").partition("!")
            assert name == sheet.title
            block = sheet[place.replace("$", "")]
            cells = [row[0] for row in block] if isinstance(block, tuple) else [block]
            shown = {int(point.get("idx")): point.findtext(f"{C}v") for point in reference.iter(f"{C}pt")}
            for at, cell in enumerate(cells):
                told = shown.get(at)
                number = reference.tag == f"{C}numRef" and told is not None
                assert (Decimal(str(cell.value)) if number else cell.value) == (Decimal(told) if number else told)
                seen += 1
    assert seen > 20


def test_names_cut_beside_the_bars_stand_whole_in_the_workbook():
    of = source(PRINTED)
    chart = figure(charts.money(of, "anggaran_sasaran", "Anggaran"))
    whole = [of.book.table("anggaran_sasaran").text(row, "sasaran") for row in of.book.table("anggaran_sasaran").rows]
    assert any(" … " in name for name in chart.categories)
    assert [name.partition(". ")[2] for name in chart.full_names] == [" ".join(name.split()) for name in whole]
    behind = next(sheet for root, sheet in chart_parts(document(of)) if "Anggaran (Rp)" in drawn(root))
    column = [row[-1].value for row in openpyxl.load_workbook(io.BytesIO(behind))["Data"].iter_rows()]
    assert column == ["Uraian lengkap", *chart.full_names]


# Only where there is something to see


def test_nothing_is_left_where_there_is_no_chart():
    empty: dict[str, object] = {topic: [] for topic in TOPICS}
    whole = content()
    pictures: dict[str, object] = {name: dict.fromkeys(whole[name]) for name in ("gambar", "bagian")}
    document = fill(TEMPLATE, {**whole, **pictures, "grafik": empty, "lampiran_lain": []}).document
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert not [text for text in texts if text.startswith("Gambar") or "grafik" in text]
    assert [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Gambar"] == []
    assert [paragraph for paragraph in document.element.body if paragraph.tag == qn("w:p") and not len(paragraph)] == []
    assert not [part for part in parts(save.serialise(document, PROPERTIES)) if "chart" in part or "embed" in part]


def test_all_zero_or_one_value_is_not_drawn():
    many = range(10)
    nothing = dict.fromkeys([f"indikator__realisasi__{at}" for at in many])
    zero = {f"indikator__realisasi__{at}": Decimal(0) for at in many}
    rising = {f"indikator__arah__{at}": "Naik" for at in many}
    assert charts.capaian(source(**nothing)) == []
    assert charts.capaian(source(**zero, **rising)) == []
    one = nothing | {"indikator__realisasi__3": Decimal(42)}
    assert charts.capaian(source(**one)) == []
    two = one | {"indikator__realisasi__4": Decimal(93)}
    assert len(figure(charts.capaian(source(**two))).categories) == 10


def test_what_has_no_bar_says_so():
    chart = figure(charts.capaian(source(indikator__realisasi__1=None)))
    assert chart.series[0].values[1] is None
    assert chart.categories[1] == "2. Indeks Pembangunan Literasi Masyarakat (n/a)"
    assert "2. Indeks Pembangunan Literasi Masyarakat: Capaian (%) n/a" in chart.alt
    money = figure(charts.money(source(anggaran_sasaran__realisasi__1=None), "anggaran_sasaran", "Anggaran"))
    assert money.categories[1].endswith("(Realisasi (Rp): n/a)")


def test_without_sheets_there_are_no_charts():
    of = source()
    of.book.tables.clear()
    bare = charts.compose(Source(of.book, compute(of.book), LAYOUT))
    assert bare == {topic: [] for topic in TOPICS}


@pytest.mark.parametrize("many", [1, 2, 3, 4])
def test_the_fullest_figure_fits_on_a_page_with_its_caption(many):
    name = "Meningkatnya pemahaman masyarakat " * 5
    values = (Decimal(1234567890),) * many
    names = tuple(f"Tahun {at}" for at in range(many))
    reference = Reference(Decimal(100), "Capaian (%)") if many == 1 else None
    rows = [charts._Line(f"{at}. {name}", values, ()) for at in range(60)]
    split = charts._figures("Judul", names, rows, places=2, reference=reference) or charts._figures(
        "Judul", names, rows[:40], places=2, reference=reference
    )
    assert len(split) > 1
    assert max(height(one["bagan"]) for one in split) < 22  # of 24,2 between the margins


def lines(many: int) -> list[charts._Line]:
    return [charts._Line(f"Program {at}", (Decimal(at), Decimal(1)), ()) for at in range(1, many + 1)]


def test_many_bars_go_over_several_figures_and_too_many_over_none():
    split = charts._figures("Judul", ("A", "B"), lines(40), places=0)
    assert [one["judul"] for one in split] == [f"Judul (bagian {at} dari 2)" for at in (1, 2)]
    assert [len(one["bagan"].categories) for one in split] == [20, 20]
    assert [name for one in split for name in one["bagan"].full_names] == [line.name for line in lines(40)]
    assert charts._figures("Judul", ("A", "B"), lines(101), places=0) == []


# In the document


def test_captions_are_numbered_and_stand_below(made, name):
    paragraphs = docx.Document(io.BytesIO(made)).paragraphs
    at = [number for number, one in enumerate(paragraphs) if one.style.name == "Gambar"]
    captions = [paragraphs[number + 1].text for number in at]
    assert [text.partition(". ")[0] for text in captions] == [f"Gambar {number}" for number in range(1, len(at) + 1)]
    year = {CLEAN: "2025", PRINTED: "2019"}[name]
    assert f"Capaian Indikator Kinerja Sasaran Tahun {year}" in {text.partition(". ")[2] for text in captions}
    assert len(at) == {CLEAN: 7, PRINTED: 3}[name]
    assert all(paragraphs[number + 2].text.startswith("Sumber:") for number in at)


def test_every_chart_is_described_unique_and_within_the_margins(made):
    document = docx.Document(io.BytesIO(made))
    properties = list(document.element.body.iter(f"{WP}docPr"))
    assert all(one.get("descr").startswith("Grafik batang") for one in properties)
    assert len({one.get("id") for one in properties}) == len(properties) >= 3
    references = [reference.get(R_ID) for reference in document.element.body.iter(f"{C}chart")]
    targets = {str(document.part.related_parts[reference].partname) for reference in references}
    assert len(set(references)) == len(targets) == len(properties)
    for extent in document.element.body.iter(f"{WP}extent"):
        assert int(extent.get("cx")) == 8505 * 360_000 // 567
        assert 1_000_000 < int(extent.get("cy")) < 22 * 360_000


def test_a_chart_leads_back_to_its_cells(made, name):
    anchors = next(blob for part, blob in parts(made).items() if part.startswith("customXml/item1"))
    drawing = next(docx.Document(io.BytesIO(made)).element.body.iter(qn("w:drawing"))).getparent()
    start = drawing.getprevious()
    assert start.tag == qn("w:bookmarkStart")
    (cells,) = etree.fromstring(anchors).xpath("//*[@bookmark=$name]/@cells", name=start.get(qn("w:name")))
    first = source(name).book.table("pegawai").rows[0]
    assert cells.split(" ")[:2] == [f"'Pegawai'!C{first}", f"'Pegawai'!D{first}"]


def test_the_document_is_valid_for_word_and_the_same_twice(made, name, tmp_path):
    assert document(source(name)) == made
    path = tmp_path / "lakip.docx"
    path.write_bytes(made)
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_the_workbook_behind_is_valid_too(made, tmp_path):
    for _, behind in chart_parts(made):
        path = tmp_path / "data.xlsx"
        path.write_bytes(behind)
        assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_the_charts_take_the_font_of_the_template():
    document = docx.Document(io.BytesIO(TEMPLATE))
    document.styles["Normal"].font.name = "Bookman Old Style"
    changed = io.BytesIO()
    document.save(changed)
    of = source()
    filled = fill(changed.getvalue(), compose(of.book, of.figures, LAYOUT, ()))
    root, _ = chart_parts(save.serialise(filled.document, PROPERTIES))[0]
    fonts = {
        latin.get("typeface") for latin in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}latin")
    }
    assert fonts == {"Bookman Old Style"}


@needs_libreoffice
def test_libreoffice_draws_them(made, name, tmp_path):
    path = tmp_path / "lakip.docx"
    path.write_bytes(made)
    profile = (tmp_path / "profil").as_uri()
    command = [soffice.find_soffice(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, timeout=180, capture_output=True)
    text = subprocess.run(["pdftotext", str(path.with_suffix(".pdf")), "-"], check=True, capture_output=True).stdout
    assert "garis putus-putus menandai 100%" in text.decode()
    amount = {CLEAN: "3.681.750.000", PRINTED: "475.910.410"}[name]
    assert text.decode().count(amount) > document_text(made).count(amount)  # in the table, and again at its bar


def document_text(data: bytes) -> str:
    return "".join(docx.Document(io.BytesIO(data)).element.body.itertext(qn("w:t")))


# Places and texts of all kinds

BAGAN = Chart(
    kind=ChartKind.BAR,
    title="Judul",
    categories=("A & <B>", "C\x0bD"),
    full_names=("A & <B>", "C\x0bD"),
    series=(Series("Nilai <\x00>", (Decimal("12.50"), Decimal("140.00"))),),
    places=2,
    alt='Grafik "A" & <B>\x01',
    reference=Reference(Decimal(100), "Capaian (%)"),
)


def template_with(text: str, *, header: bool = False) -> bytes:
    document = docx.Document()
    if header:
        document.sections[0].header.paragraphs[0].text = text
    else:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(("text", "header"), [("Lihat {{bagan}} ini", False), ("{{bagan}}", True)])
def test_a_chart_where_none_can_stand_is_told(text, header):
    filled = fill(template_with(text, header=header), {"bagan": BAGAN})
    assert [finding.code for finding in filled.findings] == ["TPL-004"]
    assert "grafik" in filled.findings[0].message
    holder = filled.document.sections[0].header if header else filled.document
    assert any("[{{bagan}} salah tempat]" in paragraph.text for paragraph in holder.paragraphs)


def test_signs_of_all_kinds_do_not_break_the_file():
    filled = fill(template_with("{{bagan}}"), {"bagan": BAGAN})
    data = save.serialise(filled.document, PROPERTIES)
    root, behind = chart_parts(data)[0]
    names = [point.text for point in root.find(f".//{C}cat").iter(f"{C}v")]
    assert names == ["A & <B>", "C\ufffdD"]
    assert list(drawn(root)) == ["Nilai <\ufffd>"]
    sheet = openpyxl.load_workbook(io.BytesIO(behind))["Data"]
    assert [sheet["A2"].value, sheet["A3"].value] == names
    description = next(docx.Document(io.BytesIO(data)).element.body.iter(f"{WP}docPr")).get("descr")
    assert description == 'Grafik "A" & <B>\ufffd'


def axis(chart: Chart) -> dict[str, str | None]:
    found = etree.fromstring(chart_xml(chart, 15.0, "Arial")).find(f".//{C}valAx")
    names = {"max": "scaling/max", "min": "scaling/min", "unit": "majorUnit", "hidden": "delete"}
    nodes = {key: found.find("/".join(f"{C}{step}" for step in path.split("/"))) for key, path in names.items()}
    return {key: None if node is None else node.get("val") for key, node in nodes.items()}


def with_values(*values: str) -> Chart:
    return replace(BAGAN, series=(Series("Nilai", tuple(map(Decimal, values))),))


def test_the_line_at_the_target_is_on_the_axis():
    assert axis(with_values("12.50", "100.00")) == {"max": "120", "min": "0", "unit": "100", "hidden": "0"}
    assert axis(with_values("12.50", "180.00")) == {"max": "220", "min": "0", "unit": "100", "hidden": "0"}
    assert axis(with_values("-20.00", "98.00")) == {"max": "120", "min": "-100", "unit": "100", "hidden": "0"}


def test_a_bar_of_another_order_takes_the_line_away():
    assert axis(with_values("98.00", "9800.00")) == {"max": None, "min": "0", "unit": None, "hidden": "1"}


def test_a_reader_of_an_indicator_above_200_is_told_of_every_line():
    chart = figure(charts.capaian(source(indikator__realisasi__0=Decimal(200))))
    assert chart.series[0].values[0] == Decimal(120)  # capped in this workbook
    of = source(indikator__realisasi__0=Decimal(200))
    of.book.form.values["batas_capaian"] = None
    free = Source(of.book, compute(of.book), LAYOUT)
    assert figure(charts.capaian(free)).reference.label.endswith("menandai kelipatan 100%")
