"""Foreign tables sent to the page: what it shows and gives is what the terminal does, whoever sends them."""

from __future__ import annotations

import html
import io
import json
import re
from pathlib import Path
from random import Random

import openpyxl
import pytest

from lakip_xlsx import tools
from lakip_xlsx.errors import LakipError
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.web.tables import MOST, Order, order_of
from tests.hostile import make_files
from tests.imports import budgets, words
from tests.imports.office import make
from tests.processes import until
from tests.test_cli import lakip
from tests.web.test_web_pages import flat, text_of
from tests.web.test_web_safety import HOSTILE, seen
from tests.web.visit import form


def send(visitor, sources, workbook=None, **fields):
    """Send tables (name, content) as the form does; without a workbook its field is empty."""
    files = [("sumber", name, content) for name, content in sources]
    files += [("workbook", *workbook)] if workbook else []
    body, kind = form(*files, *((name, "", value.encode()) for name, value in fields.items()))
    return visitor.ask("POST", f"{visitor.base}/impor", body, Content_Type=kind, Accept="application/json")


def done(visitor, sources, workbook=None, **fields) -> str:
    """Send them, and wait; the path of what became of them."""
    (key,) = send(visitor, sources, workbook, **fields).data["diterima"]
    assert until(lambda: visitor.get(f"/kerja/{key}/keadaan").data["selesai"], 60)
    return f"/kerja/{key}"


def named(*paths: Path):
    return [(path.name, path.read_bytes()) for path in paths]


@pytest.fixture
def blank(tmp_path):
    return tools.new_workbook(tmp_path / "lakip 2025.xlsx", layout=LAYOUTS[1], year=2025, name="Dinas Contoh")


@pytest.fixture
def sources(tmp_path):
    office = make(3)
    return [budgets.rfk(office, tmp_path, Random(1)), words.agreement(office, tmp_path, Random(1))]


def must_show(page: str, told) -> None:
    """Every line of the terminal's data stands on the page."""
    for table in told["tables"]:
        assert f"{table['table']}: {table['kind']}" in page or not table["kind"]
        for column in table["columns"]:
            assert flat(f"{column['heading']} {column['to']}") in page
        assert all(flat(heading) in page for heading in table["unused"][:6])
        for each in table["sums"]:
            assert f"{each['what']}: jumlah baris" in page
    assert all(flat(f"{each['place']} : {each['why']}.") in page for each in told["left"])
    assert all(f"{each['sheet']}!{each['cell']} : {each['was']} ->" in page for each in told["changes"])
    assert all(flat(note) in page for note in told["notes"])


def test_the_page_shows_and_gives_what_the_terminal_does(visitor, blank, sources):
    workbook = blank.read_bytes()
    place = done(visitor, named(*sources), (blank.name, workbook))
    page = text_of(visitor.get(place).text)
    said = lakip("import", *sources, "--into", blank, "--ya", "--format", "json")
    told = json.loads(said.stdout)
    must_show(page, told)
    assert len(told["tables"]) >= 2
    assert "dengan mengunduh workbook terisi, anda menyetujuinya" in page.casefold()
    taken = visitor.get(f"{place}/ambil/dokumen")
    assert "filename*=UTF-8''lakip%202025.terisi.xlsx" in taken.headers["content-disposition"]
    assert taken.body == blank.read_bytes() != workbook  # also the notes: where each value came from

    other = openpyxl.load_workbook(blank)  # now with something else in a cell that a source speaks of
    cell = other["Program"][next(each["cell"] for each in told["filled"] if each["value"].isdecimal())]
    was, cell.value = cell.value, 5
    other.save(blank)
    for chosen in ({}, {"ganti": "ya"}):
        place = done(visitor, named(*sources), (blank.name, blank.read_bytes()), **chosen)
        said = lakip("import", *sources, "--into", blank, "--dry-run", "--format", "json", *["--update"] * len(chosen))
        must_show(text_of(visitor.get(place).text), json.loads(said.stdout))
        assert json.loads(said.stdout)["changes"]
        answer = visitor.get(f"{place}/ambil/dokumen")
        if chosen:
            assert openpyxl.load_workbook(io.BytesIO(answer.body))["Program"][cell.coordinate].value == was
        else:  # everything else stands there already
            assert answer.status == 404


def test_without_a_workbook_a_new_one_is_made(visitor, sources, tmp_path):
    fields = {"tahun": "2025", "nama": "Dinas Contoh", "tata_letak": LAYOUTS[0].key}
    place = done(visitor, named(*sources), **fields)
    new = tmp_path / "lakip-2025.xlsx"
    options = ("--tahun", "2025", "--nama", "Dinas Contoh", "--tata-letak", LAYOUTS[0].key)
    assert lakip("import", *sources, "--baru", new, "--ya", *options).returncode == 0
    taken = visitor.get(f"{place}/ambil/dokumen")
    assert "lakip-2025.xlsx" in taken.headers["content-disposition"]
    sheets = [
        [[cell.value for cell in row] for row in openpyxl.load_workbook(source)["Program"].iter_rows()]
        for source in (io.BytesIO(taken.body), new)
    ]
    assert sheets[0] == sheets[1]
    listed = visitor.get("/daftar").text
    assert f"Workbook baru dari {sources[0].name} dan 1 lagi" in listed
    assert "Unduh Excel dari Workbook baru" in listed


def test_what_holds_no_table_gives_no_workbook(visitor, blank):
    place = done(visitor, [("catatan.csv", b"a;b\n1;2\n")], (blank.name, blank.read_bytes()))
    page = visitor.get(place).text
    assert "Tidak ada yang perlu ditulis" in page
    assert "ambil/dokumen" not in page
    assert visitor.get(f"{place}/ambil/dokumen").status == 404


def test_what_cannot_be_meant_is_told_and_nothing_is_kept(visitor, tmp_path_factory):
    before = set(tmp_path_factory.getbasetemp().glob("laman*/lakip-laman-*/*"))
    table = ("a.csv", b"a;b")
    for answer, said in (
        (send(visitor, []), "Tidak ada tabel"),
        (send(visitor, [table, ("folder/A.CSV", b"c")]), "A.CSV: dua berkas bernama sama"),
        (send(visitor, [table], ("lakip.docx", b"x")), "lakip.docx: yang diisi satu workbook"),
        (send(visitor, [table], tahun="25"), "dari 1990 sampai 2100"),
        (send(visitor, [(f"{n}.csv", b"x") for n in range(MOST + 2)]), "Kiriman tidak lengkap"),
    ):
        assert answer.status == 400
        assert answer.data["diterima"] == []
        assert said in answer.data["ditolak"][0]
    size = str(52 * 2**20)
    assert visitor.ask("POST", f"{visitor.base}/impor", Content_Length=size).status == 413
    assert set(tmp_path_factory.getbasetemp().glob("laman*/lakip-laman-*/*")) == before


# -- Attacks --------------------------------------------------------------------------------------------------


def test_headings_cells_and_names_are_never_markup(visitor, blank):
    """Hostile texts give a page of the same elements as harmless ones, with the texts in it."""
    shapes = []
    for texts in (["teks biasa"] * len(HOSTILE), HOSTILE):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["LAPORAN REALISASI ANGGARAN TAHUN 2025"])
        foreign = [f"{text} {n}" for n, text in enumerate(texts)]
        sheet.append(["Kode", "Uraian", "Pagu (Rp)", "Realisasi (Rp)", *foreign])
        sheet.append(["1.01", texts[0], 1000, "satu dua", *texts])
        sheet.append(["Jumlah", None, 999, None, *texts])
        book.create_sheet("Lain").append(foreign)
        stream = io.BytesIO()
        book.save(stream)
        page = visitor.get(done(visitor, [("x.xlsx", stream.getvalue())], (blank.name, blank.read_bytes()))).text
        assert seen(page).wrong == []
        shapes.append([tag for tag in seen(page).tags if tag in {"script", "img", "svg", "iframe", "style", "form"}])
    assert shapes[0] == shapes[1]
    assert all(flat(text) in flat(html.unescape(page)) for text in HOSTILE[:6])


NAMES = [
    "../../../etc/passwd.csv",
    "..\\..\\C:\\CON.xlsx",
    "<script>alert(1)</script>.docx",
    "a.csv/../../x.pdf",
    "x.%2e%2e",
    "..",
]


def test_a_name_is_never_a_path_and_never_markup(visitor, tmp_path_factory):
    place = done(visitor, [(name, b"bukan") for name in NAMES[:5]])
    page = visitor.get(place).text
    assert "<script>alert" not in page
    assert "tidak dapat diimpor" in page
    key = place.rpartition("/")[2]
    written = {path.name for path in tmp_path_factory.getbasetemp().rglob("*") if key in path.parts}
    ours = {f"sumber-{n}{end}" for n, end in enumerate((".csv", ".xlsx", ".docx", ".pdf", ""), 1)}
    assert ours <= written <= ours | {key, "tahap", "0"}
    for name in NAMES:
        for where in order_of({}, [name], []).places(Path("/laci")):
            assert re.fullmatch(r"/laci/sumber-1(\.[a-z0-9]{1,5})?", str(where))


@pytest.mark.parametrize("case", make_files.documents()[::14], ids=lambda case: case.name)
def test_a_hostile_source_is_read_or_refused_by_the_name_people_know(visitor, case):
    page = visitor.get(done(visitor, [(f"Sumber Kami{Path(case.file).suffix}", case.make())])).text
    assert "sumber-1" not in page
    assert "lakip-laman" not in page
    assert "Program gagal" not in page


def test_a_failure_names_the_file_that_people_sent(visitor, blank):
    for name, content, said in (
        ("workbook.xlsx", b"bukan", "workbook.xlsx"),
        ("DPA lama.xls", b"bukan", "DPA lama.xls: jenis berkas ini tidak dapat diimpor. Buka di Excel"),
        ("DPA.xlsx", b"", "DPA.xlsx"),
    ):
        page = text_of(visitor.get(done(visitor, [("baik.csv", b"a;b"), (name, content)], named(blank)[0])).text)
        assert said in page
        assert "sumber-" not in page
        assert "lakip-laman" not in page
    page = text_of(visitor.get(done(visitor, [("baik.csv", b"a;b")], ("Rusak.xlsx", b"bukan"))).text)
    assert "Rusak.xlsx" in page.partition("tidak dapat diimpor")[2]


def test_an_order_says_what_it_makes():
    order = order_of({"ganti": "ya"}, ["a.csv"], ["Lakip.Dinas.XLSM"])
    assert (order.file, order.title, order.update) == ("Lakip.Dinas.terisi.XLSM", "Lakip.Dinas.XLSM", True)
    assert Order(("a.csv",)).file == "lakip.xlsx"
    with pytest.raises(LakipError):
        order_of({}, ["a.csv"], ["a.xlsx", "b.xlsx"])
