"""The page in a real browser, used as a clerk would use it."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from lakip_xlsx import tools
from lakip_xlsx.layouts.catalog import LAYOUTS
from tests.processes import is_alive, until
from tests.test_cli import CLEAN, REAL
from tests.web.visit import form, served

pytest.importorskip("selenium", reason="selenium tidak terpasang (pip install 'lakip-xlsx[browser]')")

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.browser import CHROMIUM, DRIVER, person

pytestmark = pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="Chromium dan chromedriver tidak terpasang")
AXE = os.environ.get("LAKIP_AXE", "")
needs_axe = pytest.mark.skipif(not AXE, reason="LAKIP_AXE tidak menunjuk axe.min.js (lihat .ci/browser)")
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) tidak terpasang")


@pytest.fixture(scope="module")
def temporary(tmp_path_factory):
    return tmp_path_factory.mktemp("laman")


@pytest.fixture(scope="module")
def page(temporary):
    with served(temporary=temporary, env={}) as visitor:
        yield visitor


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with person(tmp_path_factory.mktemp("unduhan")) as found:
        found.downloads = tmp_path_factory.getbasetemp() / "unduhan0"
        yield found


@pytest.fixture
def clerk(browser, page):
    """Somebody with the page in front; nothing that the browser complains about is left unseen."""
    browser.look()
    browser.get(f"{page.origin}{page.base}/")
    browser.get_log("browser")
    yield browser
    assert [entry["message"] for entry in browser.get_log("browser")] == []
    clear(page)


TABLE = b"""REALISASI ANGGARAN TAHUN 2025
Kode;Uraian;Pagu (Rp);Realisasi (Rp);Sisa kolom yang panjang judulnya dan tidak dikenal
2.19.01;Program Penunjang Urusan;123456789;1000000;x
Jumlah;;123456780;1000000;
"""


def clear(page) -> None:
    """Take all workbooks off the page."""
    for key in re.findall(r'id="w-([^"]+)"', page.get("/daftar").text):
        page.ask("POST", f"{page.base}/kerja/{key}/hapus")


def named(folder: Path, name: str, content: bytes) -> Path:
    place = folder / name
    place.write_bytes(content)
    return place


# -- What a clerk does ----------------------------------------------------------------------------------------


@needs_office
def test_the_2019_report_is_dropped_read_and_taken(clerk, page):
    clerk.drop(REAL)
    clerk.wait_for("#judul-temuan")
    assert "Dokumen bertanda DRAF" in clerk.one(".lead").text
    finding = next(each for each in clerk.all(".finding") if "Selisih Rp 10." in each.text)
    assert "C15" in finding.text
    assert "1.351.829.790" in finding.text

    link = finding.find_element("css selector", ".code")  # follow one: what the code means, in its place
    link.send_keys(Keys.ENTER)
    explained = clerk.wait(lambda: next(iter(finding.find_elements("css selector", ".rule")), None))
    assert "Yang diperiksa" in explained.text
    assert clerk.switch_to.active_element == explained
    assert link.get_attribute("aria-expanded") == "true"
    link.send_keys(Keys.SPACE)
    assert finding.find_elements("css selector", ".rule") == []

    clerk.one("a.sort-belum-diisi").click()
    clerk.wait(lambda: "jenis=belum-diisi" in clerk.current_url)
    assert {each.text for each in clerk.all(".finding .badge")} == {"Belum diisi"}
    clerk.one(".filter a").click()

    for link in clerk.all(".results .button"):
        link.click()
    wanted = [f"{REAL.stem}{ending}" for ending in (".docx", ".temuan.xlsx", ".pdf")]
    clerk.wait(lambda: all((clerk.downloads / name).is_file() for name in wanted))
    with zipfile.ZipFile(clerk.downloads / wanted[0]) as document:
        parts = {name: document.read(name) for name in document.namelist()}
    assert any(REAL.name.encode() in part for part in parts.values())  # it tells its workbook by the name people know
    assert not any(b"workbook.xlsx" in part for part in parts.values())
    assert "Temuan" in openpyxl.load_workbook(clerk.downloads / wanted[1]).sheetnames

    first = clerk.one(".pages img")
    clerk.execute_script("arguments[0].scrollIntoView()", first)
    clerk.wait(lambda: first.get_property("naturalWidth"))
    assert first.get_property("naturalHeight") > first.get_property("naturalWidth") > 300
    key = clerk.current_url.rpartition("/kerja/")[2].partition("?")[0].partition("#")[0]
    assert page.get(f"/kerja/{key}/halaman/0").status == page.get(f"/kerja/{key}/halaman/9999").status == 404


def test_a_broken_file_is_told(clerk, tmp_path):
    clerk.drop(named(tmp_path, "rusak.xlsx", CLEAN.read_bytes()[:5000]))
    said = clerk.wait_for(".alert-card").text
    assert "Workbook ini tidak dapat dikerjakan" in said
    assert "rusak" in said
    assert "workbook.xlsx" not in said


def test_a_file_of_60_mb_is_told_without_sending_it(clerk, tmp_path):
    large = tmp_path / "besar.xlsx"
    with large.open("wb") as stream:
        stream.truncate(60 * 2**20)
    clerk.drop(large)
    said = clerk.wait(lambda: clerk.one("#kabar").text)
    assert "besar.xlsx: 60 MiB, lebih dari batas 50 MiB" in said
    assert clerk.all(".work") == []


def test_what_is_no_workbook_is_left_out_and_counted(clerk, tmp_path):
    clerk.drop(named(tmp_path, "catatan.txt", b"a"), named(tmp_path, "~$a.xlsx", b"a"))
    assert "2 berkas dilewati" in clerk.wait(lambda: clerk.one("#kabar").text)


def test_a_script_in_a_cell_and_in_the_name_stays_text(clerk, tmp_path):
    book = openpyxl.load_workbook(REAL)
    evil = "<img src=x onerror=\"document.title='jebol'\"><script>document.title='jebol'</script>"
    headings = {cell.value: cell for row in book["Program"].iter_rows(max_row=10) for cell in row}
    kind = next(cell for text, cell in headings.items() if str(text or "").startswith("Jenis"))
    book["Program"].cell(kind.row + 1, kind.column).value = evil
    place = tmp_path / "<img src=x onerror=document.title='jebol'>.xlsx"
    book.save(place)
    clerk.drop(place)
    clerk.wait_for("#judul-temuan")
    assert any(evil[:30] in finding.text for finding in clerk.all(".finding")), [f.text for f in clerk.all(".finding")]
    assert "jebol" not in clerk.title.replace(place.name, "")
    assert clerk.all("main img[src=x], main script") == []


def test_five_at_once(clerk, tmp_path):
    books = [CLEAN, REAL, CLEAN, named(tmp_path, "rusak.xlsx", b"bukan"), REAL]
    names = [f"kantor {number}.xlsx" for number in range(5)]
    clerk.drop(*(named(tmp_path, name, book.read_bytes()) for name, book in zip(names, books, strict=True)))
    clerk.wait(lambda: "5 dari 5 workbook diterima" in clerk.one("#kabar").text)
    clerk.wait_for("[data-busy=tidak]", 180)
    rows = {row.find_element("css selector", ".work-name").text: row.text for row in clerk.all(".work")}
    assert list(rows) == names
    ends = ["Dokumen siap", "Dokumen bertanda DRAF", "Dokumen siap", "Tidak dapat dikerjakan", "Dokumen bertanda DRAF"]
    for name, end in zip(names, ends, strict=True):
        assert end in rows[name]


@needs_office
def test_stopped_in_the_middle(clerk, page, temporary):
    clerk.drop(REAL)
    clerk.wait(lambda: "nomor halaman" in clerk.one("#langkah").text)
    mine = children(page.process.pid)
    assert mine
    clerk.one("#keadaan button").click()
    clerk.wait(lambda: "Dihentikan" in clerk.one("#daftar").text)
    gone = until(lambda: not any(map(is_alive, mine)))
    assert gone, [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in mine if is_alive(pid)]
    clerk.get(f"{page.origin}{page.base}/")
    clerk.one(".work button").click()
    assert until(lambda: not list(temporary.glob("lakip-laman-*/*/workbook.xlsx")))
    clerk.wait(lambda: "Belum ada" in clerk.one("#daftar").text)


def children(pid: int) -> list[int]:
    """All processes below one, but the one of Python that counts shared things."""
    found = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=2) for line in found.splitlines()]
    below, known = list[int](), {pid}
    for _ in range(6):
        fresh = {int(row[0]) for row in rows if int(row[1]) in known} - known
        known |= fresh
        below += [
            each for each in fresh if "resource_tracker" not in next(row[2] for row in rows if int(row[0]) == each)
        ]
    return below


def test_a_blank_workbook_to_start_from(clerk):
    clerk.one("#tahun").send_keys("2025")
    clerk.one("#nama").send_keys("Dinas Perpustakaan")
    clerk.one("#nama").send_keys(Keys.ENTER)
    place = clerk.downloads / "lakip-2025.xlsx"
    clerk.wait(place.is_file)
    sheet = openpyxl.load_workbook(place)["Instansi"]
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Dinas Perpustakaan" in values
    assert 2025 in values


def test_last_years_workbook_becomes_the_next(clerk):
    clerk.one("#lalu").send_keys(str(CLEAN))
    clerk.one("form[action$=lanjut] button").click()
    assert "Workbook tahun 2026 siap diisi" in clerk.wait_for(".is-ready").text
    clerk.one(".card .button").click()
    place = clerk.downloads / "lakip-2026.xlsx"
    clerk.wait(place.is_file)
    assert 2026 in [cell.value for row in openpyxl.load_workbook(place)["Instansi"].iter_rows() for cell in row]


def test_tables_that_are_there_fill_a_workbook(clerk, tmp_path):
    """Chosen, looked at, and taken."""
    sources = [named(tmp_path, f"{name}.csv", TABLE) for name in ("DPA", "<b>LRA<b>")]
    clerk.one("#sumber").send_keys("\n".join(map(str, sources)))
    book = tools.new_workbook(tmp_path / "dinas.xlsx", layout=LAYOUTS[1], year=2025, name="Dinas Contoh")
    clerk.one("#diisi").send_keys(str(book))
    clerk.one("form[action$=impor] button").click()
    clerk.wait_for("#judul-dikenali")
    assert "Belum ada yang ditulis di luar laman ini" in clerk.one("main").text
    assert [each.text for each in clerk.all(".columns tbody tr")[:2]] == [
        "Kode Program: kode",
        "Uraian Program: uraian",
    ]
    assert "<b>LRA<b>.csv" in clerk.one("main").text
    clerk.one(".results .button").click()
    place = clerk.downloads / "dinas.terisi.xlsx"
    clerk.wait(place.is_file)
    assert 123_456_789 in [cell.value for row in openpyxl.load_workbook(place)["Program"].iter_rows() for cell in row]


def test_with_the_keyboard_alone(clerk):
    """Every control is reached by Tab, in the order of the page, and one can see where one is."""

    def tab() -> None:
        ActionChains(clerk).send_keys(Keys.TAB).perform()

    tab()
    assert clerk.switch_to.active_element.text == "Langsung ke isi"
    assert clerk.switch_to.active_element.is_displayed()
    reached = []
    for _ in range(30):
        at = clerk.switch_to.active_element
        if at.tag_name == "body" or (reached and at == reached[0]):
            break
        style = clerk.execute_script(
            "const e = arguments[0], s = getComputedStyle(e.id === 'berkas' ? e.nextElementSibling : e);"
            "return [s.outlineStyle, s.outlineWidth]",
            at,
        )
        assert style == ["solid", "3px"], at.get_attribute("outerHTML")
        reached.append(at)
        tab()
    ids = [at.get_attribute("id") or at.text for at in reached]
    assert ids[2:8] == ["berkas", "pilih-folder", "tahun", "nama", "tata_letak", "Unduh workbook kosong"]
    clerk.one("#berkas").send_keys(str(CLEAN))  # what the system's dialogue does
    clerk.wait_for("#judul-temuan")


def test_without_script(clerk, page):
    clerk.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        clerk.get(f"{page.origin}{page.base}/")
        clerk.one("#berkas").send_keys(str(CLEAN))
        clerk.one("#kirim button[type=submit]").click()
        clerk.wait_for("#judul-temuan")  # the page loads itself anew until it is done
        assert "Dokumen siap diperiksa" in clerk.one(".lead").text
    finally:
        clerk.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


# -- How it looks ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def places(page):
    """Every kind of page, by its path."""
    done, broken = page.work("kesbangpol-tebo-2019.xlsx", REAL.read_bytes()), page.work("rusak.xlsx", b"bukan")
    (waiting,) = page.send("a.xlsx", CLEAN.read_bytes()).data["diterima"]
    page.ask("POST", f"{page.base}/kerja/{waiting}/henti")
    clean = page.work("dinas-contoh-2025.xlsx", CLEAN.read_bytes())
    body, kind = form(("berkas", "lalu.xlsx", CLEAN.read_bytes()))
    told = page.ask("POST", f"{page.base}/lanjut", body, Content_Type=kind, Accept="application/json").data
    (last,) = told["diterima"]
    assert until(lambda: page.get(f"/kerja/{last}/keadaan").data["selesai"], 60)
    body, kind = form(("sumber", "Laporan Realisasi.csv", TABLE), ("workbook", "lakip.xlsx", CLEAN.read_bytes()))
    told = page.ask("POST", f"{page.base}/impor", body, Content_Type=kind, Accept="application/json").data
    (filled,) = told["diterima"]
    assert until(lambda: page.get(f"/kerja/{filled}/keadaan").data["selesai"], 60)
    yield [
        "/",
        *(f"/kerja/{key}" for key in (done, broken, waiting, clean, last, filled)),
        f"/kerja/{done}?jenis=peringatan",
        "/tiada",
    ]
    clear(page)


@pytest.mark.parametrize("width", [360, 768, 1920])
def test_nothing_sticks_out(browser, page, places, width):
    browser.look(width=width, height=800)
    for place in places:
        browser.get(f"{page.origin}{page.base}{place}")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, place
    browser.get_log("browser")


@needs_axe
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser, page, places, width, dark):
    script = Path(AXE).read_text(encoding="utf-8")
    browser.look(width=width, dark=dark)
    for place in places:
        browser.get(f"{page.origin}{page.base}{place}")
        for code in browser.all(".code")[:1]:
            code.click()
        browser.execute_script(script)
        found = browser.execute_async_script("const done = arguments[0]; axe.run().then(done)")
        told = [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found["violations"]]
        assert told == [], place
        assert len(found["passes"]) > 10
    browser.get_log("browser")


def test_findings_on_paper(browser, page, places):
    browser.look()
    browser.get(f"{page.origin}{page.base}{places[1]}")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    try:
        shown = browser.one("main").text
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    assert "Selisih Rp 10." in shown
    assert "Unduh" not in shown
    assert "Hapus berkas" not in shown
    paper = base64.b64decode(
        browser.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.7})["data"]
    )
    assert paper.startswith(b"%PDF")


def test_no_other_host_is_asked(browser, page, places):
    browser.get_log("performance")
    for place in places:
        browser.get(f"{page.origin}{page.base}{place}")
    told = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {each["params"]["request"]["url"] for each in told if each["method"] == "Network.requestWillBeSent"}
    assert len(asked) > 8
    assert [url for url in asked if not url.startswith(f"{page.origin}/")] == []
    browser.get_log("browser")


def test_what_was_sent_is_gone_when_the_page_is_closed(browser, page, temporary):
    clear(page)
    browser.get(f"{page.origin}{page.base}/")
    page.work("a.xlsx", b"bukan workbook")
    browser.get(f"{page.origin}{page.base}/")  # loaded anew is not closed
    assert len(list(temporary.glob("lakip-laman-*/*/workbook.xlsx"))) == 1
    browser.get("about:blank")
    assert until(lambda: not list(temporary.glob("lakip-laman-*/*/workbook.xlsx")), 40)
