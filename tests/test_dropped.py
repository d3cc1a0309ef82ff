"""Files without a command, as they are dropped on the program; and the window that a double click opens."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xlsx.cli import dropped, main, window
from tests.test_cli import CLEAN, REAL, lakip


def test_a_workbook_alone_becomes_its_document(tmp_path):
    book = Path(shutil.copy(CLEAN, tmp_path / "check-an kami.xlsx"))
    done = lakip(book.name, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert book.with_suffix(".docx").is_file()
    assert f"Dokumen: {book.with_suffix('.docx').name}" in done.stdout


def test_workbooks_folders_and_documents_together_go_their_ways(tmp_path):
    (tmp_path / "masuk").mkdir()
    shutil.copy(CLEAN, tmp_path / "masuk" / "a.xlsx")
    shutil.copy(REAL, tmp_path / "b.xlsx")
    document = Path(shutil.copy(CLEAN.with_suffix(".docx"), tmp_path / "laporan.docx"))
    before = document.read_bytes()
    done = lakip("masuk", "b.xlsx", "laporan.docx", cwd=tmp_path)
    assert (tmp_path / "masuk" / "a.docx").is_file()
    assert (tmp_path / "b.docx").is_file()
    assert document.read_bytes() == before
    assert "laporan.docx" in done.stdout + done.stderr
    assert done.returncode >= 1  # b.xlsx holds errors


def test_options_after_a_file_are_those_of_its_command(tmp_path):
    shutil.copy(CLEAN, tmp_path / "a.xlsx")
    done = lakip("a.xlsx", "--tanpa-halaman", "-o", "hasil.docx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "hasil.docx").is_file()


def test_a_word_that_is_neither_command_nor_file_is_told_as_before(tmp_path):
    done = lakip("chekc", "a.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert "Tidak ada perintah 'chekc'. Maksudnya 'check'?" in done.stderr
    missing = lakip("tiada.xlsx", cwd=tmp_path)
    assert missing.returncode == 3
    assert "tiada.xlsx: berkas tidak ditemukan" in missing.stderr


def test_a_command_goes_before_a_file_of_its_name(tmp_path):
    (tmp_path / "explain").mkdir()
    assert "ANG-002" in lakip("explain", "ANG", cwd=tmp_path).stdout


@given(st.lists(st.sampled_from(["a.xlsx", "b.XLSM", "folder", "c.docx", "d.DOCX"]), min_size=1))
def test_only_documents_are_checked_and_only_the_others_converted(names):
    command = dropped.command_for(names)
    documents = [name for name in names if name.casefold().endswith(".docx")]
    assert command == ("check" if len(documents) == len(names) else "dropped" if documents else "convert")


CONSOLES = {
    "bundle": ([r"C:\Unduhan\lakip-xlsx.exe"], True),
    "one-file bundle, with its starter": ([r"C:\x\lakip-xlsx-0.1.0.exe", r"C:\x\lakip-xlsx-0.1.0.exe"], True),
    "pip": ([r"C:\py\Scripts\lakip-xlsx.exe", r"C:\py\venv\Scripts\python.exe", r"C:\py\python3.12.exe"], True),
    "py": ([r"C:\Windows\py.exe", r"C:\Python311\python.exe"], True),
    "cmd": ([r"C:\Windows\System32\cmd.exe", r"C:\x\lakip-xlsx.exe"], False),
    "PowerShell": ([r"C:\x\lakip-xlsx.exe", r"C:\Program Files\PowerShell\7\pwsh.exe"], False),
    "unknown": ([r"C:\x\lakip-xlsx.exe", ""], False),
    "pythonista": ([r"C:\x\pythonista.exe"], False),
    "none": ([], False),
}


@pytest.mark.parametrize("name", CONSOLES)
def test_a_window_is_ours_when_nobody_else_lives_in_it(name):
    programs, ours = CONSOLES[name]
    assert window.only_ours(programs) is ours


def test_our_own_window_shows_the_folder_and_waits(tmp_path, monkeypatch, capsys):
    opened: list[Path] = []
    monkeypatch.setattr(window, "is_ours", lambda: True)
    monkeypatch.setattr(window, "_open", opened.append)
    monkeypatch.setattr(sys, "stdin", io.StringIO("\nlagi"))
    monkeypatch.setattr(sys, "argv", ["lakip-xlsx", str(shutil.copy(CLEAN, tmp_path / "a.xlsx")), "--tanpa-halaman"])
    with pytest.raises(SystemExit) as ended:
        main.cli(prog_name="lakip-xlsx")
    window.keep_open()
    assert ended.value.code == 0
    assert opened == [tmp_path]
    assert sys.stdin.read() == "lagi"  # it read the one line that closes it
    assert "Tekan Enter untuk menutup jendela ini." in capsys.readouterr().out


def test_several_folders_are_shown_by_the_one_above_them(tmp_path, monkeypatch):
    opened: list[Path] = []
    monkeypatch.setattr(window, "is_ours", lambda: True)
    monkeypatch.setattr(window, "_open", opened.append)
    window.show([str(tmp_path / "a" / "x.docx"), str(tmp_path / "b" / "c" / "y.docx"), "s3://wadah/z.docx"])
    window.show([])
    assert opened == [tmp_path]


def test_a_window_of_somebody_else_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(window, "_open", lambda _: pytest.fail("opened"))
    monkeypatch.setattr(sys, "stdin", None)  # reading from it would fail
    window.show([str(tmp_path / "x.docx")])
    window.keep_open()
