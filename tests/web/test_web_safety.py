"""Attacks on the page, each as it is really tried: against the running program, with the bytes of the attacker."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xlsx.web import sent
from lakip_xlsx.web.safety import HEADERS, Doors, origins_of
from tests.processes import until
from tests.test_cli import CLEAN, REAL
from tests.web.visit import NO_OFFICE, served

FOREIGN_HOSTS = [
    "jahat.example",
    "jahat.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost.jahat.example:{port}",
    "[::1]:{port}",
]


# -- Who may ask ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_name_that_somebody_lets_lead_here_is_refused(visitor, host):
    """DNS rebinding: the browser believes that it talks to the attacker's name, and says so in Host."""
    answer = visitor.get("/", Host=host.format(port=visitor.port))
    assert answer.status == 403
    assert visitor.base not in answer.text


def test_two_hosts_or_none_are_refused(visitor):
    for head in ("", f"Host: 127.0.0.1:{visitor.port}\r\nHost: jahat.example\r\n"):
        with socket.create_connection(("127.0.0.1", visitor.port), timeout=10) as line:
            line.sendall(f"GET {visitor.base}/ HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode())
            assert line.makefile("rb").readline().split()[1] in {b"400", b"403"}


@pytest.mark.parametrize("token", ["", "x", "{0}x", "{0:.20}", "{0}%00", "..", "%2e%2e", "statis/../{0:.5}", "é" * 40])
def test_without_the_token_there_is_nothing(visitor, token):
    path = quote(f"/{token.format(visitor.base[1:])}", safe="/%")
    for rest in ("/", "/daftar", "/kerja/x", "/kerja/x/keadaan"):
        answer = visitor.ask("GET", path.rstrip("/") + rest)
        assert answer.status == 404, path
        assert visitor.base not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://jahat.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": ""},
        {"Origin": "", "Referer": "http://jahat.example/"},
        {"Origin": "", "Referer": "http://127.0.0.1:{port}.jahat.example/"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
def test_another_page_in_the_same_browser_cannot_send(visitor, headers):
    told = {name.replace("-", "_"): value.format(port=visitor.port) for name, value in headers.items()}
    before = visitor.get("/daftar").text
    assert visitor.send("a.xlsx", b"PK", **told).status == 403
    assert visitor.ask("POST", f"{visitor.base}/selesai", **told).status == 403
    assert visitor.get("/daftar").text == before


def test_our_own_page_can_send_also_from_a_browser_without_origin(visitor):
    assert visitor.ask("POST", f"{visitor.base}/ada", b"h", Origin="", Referer=f"{visitor.origin}/x").status == 204


def test_another_page_cannot_read_nor_embed(visitor):
    for mode in ("no-cors", "cors", "same-origin"):
        assert visitor.get("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode=mode).status == 403
    assert visitor.get("/", Origin="http://jahat.example").status == 403
    opened = visitor.get("/", Sec_Fetch_Site="none", Sec_Fetch_Mode="navigate")
    assert opened.status == 200
    assert "access-control-allow-origin" not in opened.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(visitor, method):
    assert visitor.ask(method, f"{visitor.base}/").status == 405


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="dibaca dari /proc")
def test_only_this_computer_is_listened_to(visitor):
    hexed, tables = f"{visitor.port:04X}", [Path("/proc/net/tcp"), Path("/proc/net/tcp6")]
    rows = [line.split() for table in tables for line in table.read_text().splitlines()]
    held = [row[1] for row in rows if row[1].endswith(f":{hexed}") and row[3] == "0A"]
    assert held == [f"0100007F:{hexed}"]


# -- What is sent ---------------------------------------------------------------------------------------------


def raw(visitor, head: str, seconds: float = 10) -> bytes:
    """The first line that comes back while not one byte of the body was sent."""
    with socket.create_connection(("127.0.0.1", visitor.port), timeout=seconds) as line:
        start = f"POST {visitor.base}/berkas HTTP/1.1\r\nHost: 127.0.0.1:{visitor.port}\r\nOrigin: {visitor.origin}\r\n"
        line.sendall(f"{start}{head}\r\n".encode())
        return line.makefile("rb").readline()


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("Content-Length: 62914560\r\n", b"413"),
        ("Content-Length: 99999999999999999999\r\n", b"413"),
        ("Transfer-Encoding: chunked\r\n", b"411"),
        ("", b"411"),
    ],
)
def test_too_much_is_refused_before_any_of_it_is_read(visitor, head, status):
    assert status in raw(visitor, head)


def test_a_form_that_is_no_file_is_small(visitor):
    body = b"x" * 70_000
    assert (
        visitor.ask("POST", f"{visitor.base}/kosong", body, Content_Type="application/x-www-form-urlencoded").status
        == 413
    )


def test_who_sends_too_much_reads_why(visitor):
    """The answer comes at once and the rest is swallowed, so that a browser shows it instead of a broken line."""
    with socket.create_connection(("127.0.0.1", visitor.port), timeout=30) as line:
        size = 52 * 2**20
        head = f"POST {visitor.base}/berkas HTTP/1.1\r\nHost: 127.0.0.1:{visitor.port}\r\nOrigin: {visitor.origin}\r\n"
        line.sendall(f"{head}Content-Length: {size}\r\n\r\n".encode())
        for _ in range(52):
            line.sendall(bytes(2**20))
        answer = line.makefile("rb").read()
    assert b"413" in answer.splitlines()[0]
    assert "lebih dari 50 MiB" in answer.decode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"----",
        b"--a\r\n\r\n",
        b'--a\r\nContent-Disposition: form-data; name="berkas"; filename="a.xlsx"\r\n\r\n',
    ],
)
def test_a_broken_form_is_told(visitor, body):
    for place in ("berkas", "impor"):
        answer = visitor.ask("POST", f"{visitor.base}/{place}", body, Content_Type="multipart/form-data; boundary=a")
        assert answer.status == 400
        assert re.search(
            "Kiriman tidak lengkap|Tidak ada berkas yang dipilih|Tidak ada tabel yang dipilih", answer.text
        )


NAMES = [
    "../../../etc/passwd.xlsx",
    "..\\..\\C:\\Windows\\CON.xlsx",
    "<script>alert(1)</script>.xlsx",
    "\u202elsx.exe; filename=jahat.exe.xlsx",
    "x" * 200 + ".xlsx",
]


def test_a_name_is_never_a_path_and_never_markup(visitor, tmp_path_factory):
    for name in NAMES:
        key = visitor.work(name, b"bukan workbook")
        page = visitor.get(f"/kerja/{key}").text
        assert "<script>alert" not in page
        assert "Workbook ini tidak dapat dikerjakan" in page
        assert "tmp" not in page  # nothing of where it lies
        written = {path.name for path in tmp_path_factory.getbasetemp().rglob("*") if key in path.parts}
        assert {key, "workbook.xlsx"} <= written <= {key, "workbook.xlsx", "tahap", "0"}
        visitor.ask("POST", f"{visitor.base}/kerja/{key}/hapus")
        assert not [path for path in tmp_path_factory.getbasetemp().rglob("*") if key in path.parts]


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=300, deadline=None)
def test_any_name_is_one_line_that_a_header_can_hold(name):
    shown = sent.shown_name(name)
    assert shown.isprintable()
    assert "\\" not in shown
    assert len(shown) < 165
    header = sent.attachment(f"{shown}.docx")
    assert header.isascii()
    assert header.isprintable()
    assert header.count(";") == 2
    assert unquote(header.partition("UTF-8''")[2]) == f"{shown}.docx"


def test_only_what_was_made_can_be_fetched(visitor):
    key = visitor.work("a.xlsx", b"bukan workbook")
    for what in ("dokumen", "workbook", "..", "%2e%2e", "../workbook.xlsx", "dokumen/../../x", "0", "tahap"):
        for path in (f"/kerja/{key}/ambil/{what}", f"/kerja/{quote(what, safe='%')}/ambil/dokumen"):
            assert visitor.get(path).status == 404
    for name in ("../app.py", "..%2fapp.py", "%2e%2e%2fapp.py", "laman.css/../../app.py", "..\\app.py", ""):
        assert visitor.ask("GET", f"/statis/{quote(name, safe='/%')}").status == 404


# -- What comes back ------------------------------------------------------------------------------------------


class Seen(HTMLParser):
    """The elements of a page, and what in them could run or load something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.wrong: list[object] = []
        self._inside = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._inside = tag
        for name, value in attrs:
            outside = name in {"src", "href", "action"} and not re.match(r"/(?!/)|#", value or "")
            if name.startswith("on") or name == "style" or outside:
                self.wrong.append((tag, name, value))

    def handle_data(self, data):
        if self._inside in {"script", "style"} and data.strip():
            self.wrong.append(data)

    def handle_endtag(self, tag):
        self._inside = ""


def seen(page: str) -> Seen:
    found = Seen()
    found.feed(page)
    return found


def test_every_answer_forbids_what_it_does_not_need(visitor):
    key = visitor.work("kesbangpol.xlsx", REAL.read_bytes())
    paths = ["/", "/daftar", f"/kerja/{key}", f"/kerja/{key}?jenis=keliru", f"/kerja/{key}/keadaan", "/tiada"]
    paths += [f"/kerja/{key}/ambil/dokumen", f"/kerja/{key}/ambil/salinan"]
    answers = [visitor.get(path) for path in paths]
    answers += [visitor.ask("GET", "/"), visitor.ask("GET", "/statis/laman.js"), visitor.get("/", Host="jahat.example")]
    for answer in answers:
        assert {name: answer.headers[name.lower()] for name in HEADERS} == HEADERS
        assert "server" not in answer.headers
        if answer.headers["content-type"].startswith("text/html"):
            assert seen(answer.text).wrong == []
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</textarea></title></p><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "&lt;b&gt; &amp;amp;",
]


def column(sheet, heading: str) -> int:
    """The column under a heading."""
    rows = sheet.iter_rows(max_row=10)
    return next(cell.column for row in rows for cell in row if str(cell.value or "").startswith(heading))


def test_text_of_a_cell_is_never_markup(visitor, tmp_path):
    """The same workbook with harmless and with hostile texts gives pages of the same elements."""
    import openpyxl

    shapes = []
    for number, texts in enumerate((["teks biasa"] * len(HOSTILE), HOSTILE)):
        book = openpyxl.load_workbook(REAL)
        for at, text in enumerate(texts):
            book["Program"].cell(7 + at, column(book["Program"], "Jenis")).value = text  # words that no choice knows
        book["Instansi"]["B4"].value = texts[0]
        place = tmp_path / f"{number}.xlsx"
        book.save(place)
        page = visitor.get(f"/kerja/{visitor.work('sama.xlsx', place.read_bytes())}").text
        assert seen(page).wrong == []
        shapes.append(
            [tag for tag in seen(page).tags if tag in {"script", "img", "svg", "iframe", "style", "object", "form"}]
        )
    assert shapes[0] == shapes[1]
    assert "&lt;script&gt;alert(1)" in page


# -- What is left ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="sinyal POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_nothing_stays_when_the_program_ends(tmp_path, number):
    with served(temporary=tmp_path) as visitor:
        visitor.send("a.xlsx", CLEAN.read_bytes())
        assert list(tmp_path.glob("lakip-laman-*/*/workbook.xlsx"))
        visitor.process.send_signal(number)
        code = visitor.process.wait(30)
    assert code == (0 if number == signal.SIGINT else 128 + number)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="sinyal POSIX")
def test_what_a_killed_program_left_is_swept_by_the_next_and_that_of_a_living_one_is_not(tmp_path):
    with served(temporary=tmp_path) as killed:
        killed.send("a.xlsx", b"bukan workbook")
        killed.process.kill()
        killed.process.wait(30)
    assert len(list(tmp_path.glob("lakip-laman-*"))) == 1
    with served(temporary=tmp_path) as first, served(temporary=tmp_path) as second:
        first.send("a.xlsx", b"bukan workbook")
        assert first.port != second.port
        assert len(list(tmp_path.glob("lakip-laman-*"))) == 2
        assert len(list(tmp_path.glob("lakip-laman-*/*/workbook.xlsx"))) == 1


def test_the_button_ends_the_program(tmp_path):
    with served(temporary=tmp_path) as visitor:
        assert "Laman ditutup" in visitor.ask("POST", f"{visitor.base}/selesai").text
        assert visitor.process.wait(30) == 0


# -- For an office --------------------------------------------------------------------------------------------

SECRET = "rahasia-kantor-2025"


def test_a_network_without_a_password_is_refused():
    for given_ in ({}, {"LAKIP_KATA_SANDI": "pendek"}):
        done = subprocess.run(
            [sys.executable, "-m", "lakip_xlsx", "web", "--host", "0.0.0.0", "--tanpa-buka"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **given_},
        )  # fmt: skip
        assert done.returncode == 2
        assert "Kata sandi laman" in done.stderr
        assert "dapat disadap" in done.stderr


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    options = ("--host", "127.0.0.1", "--alamat", "http://127.0.0.1:{port}")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    told = [option.format(port=port) for option in options]
    env = {**NO_OFFICE, "LAKIP_KATA_SANDI": SECRET}
    with served(*told, "--port", str(port), temporary=tmp_path_factory.mktemp("kantor"), env=env) as found:
        yield found


def enter(visitor, password: str):
    return visitor.ask(
        "POST", "/masuk", f"sandi={quote(password)}".encode(), Content_Type="application/x-www-form-urlencoded"
    )


def test_people_of_an_office_see_only_their_own(office):
    assert office.base == ""
    assert 'type="password"' in office.ask("GET", "/").text
    people = []
    for name in ("a", "b"):
        answer = enter(office, SECRET)
        assert answer.status == 303
        cookie = answer.headers["set-cookie"]
        assert {"HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
        base = answer.headers["location"].rstrip("/")
        people.append((base, cookie.partition(";")[0]))
        assert f"Path={base}/" in cookie
        office.base, office.cookie = people[-1]
        office.work(f"punya-{name}.xlsx", b"bukan workbook")
    for at, (base, cookie) in enumerate(people):
        office.base, office.cookie = base, cookie
        listed = office.get("/daftar").text
        assert f"punya-{'ab'[at]}.xlsx" in listed
        assert f"punya-{'ba'[at]}.xlsx" not in listed
        other, _ = people[1 - at]
        assert office.ask("GET", f"{other}/daftar").status == 404  # the address alone is not enough
    assert office.ask("POST", f"{people[0][0]}/selesai", Cookie=people[0][1]).status == 404  # nobody ends it for all
    office.base = office.cookie = ""


def test_a_wrong_password_is_told_and_guessing_is_slow(office):
    statuses = [enter(office, f"salah-{number}").status for number in range(10)]
    assert statuses == [403] * 8 + [429] * 2
    assert enter(office, SECRET).status == 429


@pytest.mark.parametrize(
    "address", ["lakip.go.id", "ftp://lakip.go.id", "https://lakip.go.id/jalur", "https://a@lakip.go.id", "https://"]
)
def test_an_address_that_is_none_is_told(address):
    with pytest.raises(ValueError, match=re.escape(address)):
        origins_of([address])


def test_addresses_are_compared_as_a_browser_writes_them():
    found = origins_of(["https://lakip.go.id:443/", "http://lakip:80", "http://[fe80::1]:8765"])
    assert found == {"https://lakip.go.id", "http://lakip", "http://[fe80::1]:8765"}
    doors = Doors(origins=origins_of(["https://lakip.go.id"]), largest=1)
    assert (doors.hosts, doors.is_encrypted) == ({"lakip.go.id"}, True)


def test_slow_and_silent_lines_cost_the_others_nothing(visitor):
    lines = [socket.create_connection(("127.0.0.1", visitor.port)) for _ in range(30)]
    try:
        for line in lines:
            line.sendall(f"POST {visitor.base}/berkas HTTP/1.1\r\nHost: 127.0.0.1".encode())
        assert visitor.get("/").status == 200
    finally:
        for line in lines:
            line.close()
    assert until(lambda: visitor.get("/").status == 200)
