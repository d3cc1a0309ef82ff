"""LibreOffice as a program that may hang, grow and call out: nothing of it outlives us."""

from __future__ import annotations

import http.server
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from lakip_xlsx import pipeline
from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard.work import LimitError, WorkLimits, limited
from lakip_xlsx.word.office import pages, soffice
from tests.processes import is_alive, until

CLEAN = Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.xlsx"
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows memakai job object")
needs_libreoffice = pytest.mark.skipif(soffice.find_soffice() is None, reason="LibreOffice tidak terpasang")


@pytest.fixture
def hanging(tmp_path):
    """A LibreOffice like the real one that hangs: a wrapper, and behind it the program that works for ever."""
    log, script = tmp_path / "pid", tmp_path / "soffice"
    script.write_text(
        f'#!/bin/sh\nsh -c \'echo $$ >> "{log}"; while :; do sleep 0.05; done\' &\necho $$ >> "{log}"\nwait\n'
    )
    script.chmod(0o755)
    return script, log


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "sementara"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def alive(log: Path) -> list[int]:
    return [pid for pid in map(int, log.read_text().split()) if is_alive(pid)]


def is_running(log: Path) -> bool:
    return log.exists() and len(log.read_text().split()) == 2


@posix_only
def test_a_program_that_hangs_is_ended_with_all_that_it_started(hanging, temporary, monkeypatch):
    script, log = hanging
    monkeypatch.setattr(soffice, "TIME_LIMIT", 1)
    assert soffice.lay_out(b"PK", str(script), {}) is None
    assert is_running(log)
    assert alive(log) == []
    assert list(temporary.iterdir()) == []


@posix_only
def test_a_program_that_leaves_others_behind_is_cleaned_up_after(hanging, temporary):
    script, log = hanging
    script.write_text(script.read_text().replace("wait\n", "sleep 0.3; exit 0\n"))
    assert soffice.lay_out(b"PK", str(script), {}) is None
    assert is_running(log)
    assert until(lambda: alive(log) == [])
    assert list(temporary.iterdir()) == []


@posix_only
def test_the_time_limit_of_a_workbook_ends_it_too(hanging, temporary):
    script, log = hanging
    with pytest.raises(LimitError), limited(WorkLimits(seconds=1), "isi.xlsx"):
        soffice.lay_out(b"PK", str(script), {})
    assert until(lambda: alive(log) == [])
    assert list(temporary.iterdir()) == []


@posix_only
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_ends_with_the_process_that_started_it(hanging, temporary, sent):
    script, log = hanging
    code = f"from lakip_xlsx.word.office import soffice; soffice.lay_out(b'PK', {str(script)!r}, {{}})"
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as process:
        assert until(lambda: is_running(log))
        process.send_signal(sent)
        process.wait(10)
    assert until(lambda: alive(log) == [])
    assert until(lambda: list(temporary.iterdir()) == [])


@posix_only
def test_the_document_is_whole_before_its_pages_are_counted(hanging, temporary, tmp_path, monkeypatch):
    script, _ = hanging
    monkeypatch.setattr(soffice, "TIME_LIMIT", 1)
    monkeypatch.setattr(pages, "find_soffice", lambda: str(script))
    without = pipeline.convert(CLEAN, tmp_path / "tanpa.docx")
    hung = pipeline.convert(CLEAN, tmp_path / "macet.docx", page_numbers=True)
    assert "LibreOffice" in hung.pages_failure
    assert not hung.has_page_numbers
    assert hung.document.read_bytes() == without.document.read_bytes()


@posix_only
def test_the_document_is_there_when_the_run_is_killed_meanwhile(hanging, temporary, tmp_path):
    script, log = hanging
    target = tmp_path / "dinas.docx"
    code = (
        "from pathlib import Path; from lakip_xlsx import pipeline; from lakip_xlsx.word.office import pages;"
        f"pages.find_soffice = lambda: {str(script)!r};"
        f"pipeline.convert(Path({str(CLEAN)!r}), Path({str(target)!r}), page_numbers=True)"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        assert until(lambda: is_running(log), 30)
        process.kill()
    assert docx.Document(str(target)).paragraphs
    assert until(lambda: alive(log) == [])


def test_a_document_that_is_too_long_is_not_laid_out(tmp_path, monkeypatch):
    def never(*_):
        raise AssertionError

    monkeypatch.setattr(pages, "find_soffice", lambda: "soffice")
    monkeypatch.setattr(pages, "as_pdf", never)
    monkeypatch.setattr(pages, "LONGEST", 100_000)
    made = pipeline.convert(CLEAN, tmp_path / "a.docx", page_numbers=True)
    assert "terlalu panjang" in made.pages_failure
    assert docx.Document(str(made.document)).paragraphs


_DRAWING = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:drawing>'
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="g"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="1" name="g"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="{}"/>'
    '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def linked(url: str) -> bytes:
    """A document with a picture that stands elsewhere."""
    document, target = docx.Document(), io.BytesIO()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = document.part.relate_to(url, kind, is_external=True)
    document.add_paragraph()._p.append(parse_xml(_DRAWING.format(link)))
    document.save(target)
    return target.getvalue()


@pytest.fixture
def server():
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}/gambar.png", asked
        made.shutdown()


@posix_only
@needs_libreoffice
@pytest.mark.parametrize("forbidden", ["by nothing", "by settings", "by the system"])
def test_nothing_is_fetched(server, forbidden, tmp_path, monkeypatch):
    """Each of the two ways is enough; without both, this LibreOffice does fetch."""
    url, asked = server
    if forbidden != "by settings":
        monkeypatch.setattr(soffice, "_settle", lambda _: None)
        monkeypatch.setattr(soffice, "_environment", lambda _: dict(os.environ))
    if forbidden != "by the system":
        keeper = Path(soffice.__file__).with_name("keeper.py").read_text()
        (tmp_path / "keeper.py").write_text(keeper.replace("    _leave_network()\n", ""))
        monkeypatch.setattr(soffice, "__file__", str(tmp_path / "soffice.py"))
    elif shutil.which("unshare") is None or subprocess.run(["unshare", "-r", "-n", "true"], check=False).returncode:
        pytest.skip("sistem ini tidak mengizinkan proses tanpa jaringan")
    assert soffice.lay_out(linked(url), soffice.find_soffice(), {})
    assert bool(asked) == (forbidden == "by nothing")


def test_what_would_be_fetched_is_not_even_given_to_it(tmp_path):
    started = tmp_path / "mulai"
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\ntouch {started}\n")
    script.chmod(0o755)
    with pytest.raises(UnreadableError, match="isi dari luar"):
        soffice.as_pdf(linked("http://contoh.invalid/gambar.png"), str(script), {})
    assert not started.exists()
