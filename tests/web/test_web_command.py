"""The command ``web`` itself: what it says when it cannot begin, and how it leads the browser."""

from __future__ import annotations

import socket
import stat
import sys
import webbrowser

import pytest

from lakip_xlsx.cli import web
from lakip_xlsx.web import serve
from tests.test_cli import lakip
from tests.web.visit import served


def test_without_its_libraries_the_command_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(web, "find_spec", lambda _: None)
    with pytest.raises(SystemExit) as ended:
        web.web.main([], prog_name="lakip-xlsx web")
    assert ended.value.code == 2
    assert "pip install 'lakip-xlsx[web]'" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = lakip("web", "--tanpa-buka", "--port", taken.getsockname()[1])
    assert done.returncode == 3
    assert "tidak dapat dipakai (sudah dipakai program lain)" in done.stderr


@pytest.mark.parametrize("host", ["tidak.ada.invalid", "999.1.1.1", "203.0.113.7"])
def test_a_host_that_is_not_this_computer_is_told(host):
    done = lakip("web", "--tanpa-buka", "--host", host, env={"LAKIP_KATA_SANDI": "cukup-panjang"})
    assert done.returncode == 3
    assert f"{host}:8765 tidak dapat dipakai" in done.stderr


def test_an_address_of_a_proxy_must_be_one():
    done = lakip("web", "--tanpa-buka", "--alamat", "lakip.go.id", env={"LAKIP_KATA_SANDI": "cukup-panjang"})
    assert done.returncode == 2
    assert "https://lakip.kantor.go.id" in done.stderr


def test_the_token_never_stands_on_a_command_line(tmp_path, monkeypatch):
    """Everybody on a computer sees the command lines of all; the browser is led by a file that only one can read."""
    opened = []
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setattr(webbrowser, "open", opened.append)
    serve.lead_browser('http://127.0.0.1:1/rahasia"<&/', tmp_path)
    assert opened == [(tmp_path / "buka.html").as_uri()]
    assert "url=http://127.0.0.1:1/rahasia&quot;&lt;&amp;/" in (tmp_path / "buka.html").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="hak berkas POSIX")
def test_nobody_else_can_look_into_the_folder(tmp_path):
    with served(temporary=tmp_path) as visitor:
        visitor.send("a.xlsx", b"bukan workbook")
        (folder,) = tmp_path.glob("lakip-laman-*")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
