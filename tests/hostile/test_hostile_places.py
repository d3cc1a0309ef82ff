"""Inputs that are no files, and consoles that cannot show what is said."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from lakip_xlsx.cli import main
from tests.hostile.base import pack, plain
from tests.hostile.run import command, fresh, run

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="tidak ada di Windows")
not_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root boleh membaca semuanya")


def one_line(end, *says: str) -> None:
    """The end of an input that cannot be used."""
    assert end.code == 3, end
    assert end.out == ""
    assert end.err.count("\n") == 1
    assert "Traceback" not in end.err
    for words in says:
        assert words in end.err


def test_missing_file_is_named(tmp_path):
    one_line(run("check", "tiada.xlsx", folder=tmp_path), "tiada.xlsx", "tidak ditemukan")


def test_file_in_a_missing_folder_is_named(tmp_path):
    one_line(run("check", "tiada/isi.xlsx", folder=tmp_path), "tidak ditemukan")


def test_file_below_a_file_is_named(tmp_path):
    (tmp_path / "berkas").touch()
    one_line(run("check", "berkas/isi.xlsx", folder=tmp_path), "berkas/isi.xlsx")


def test_folder_without_workbook_is_named(tmp_path):
    one_line(run("check", str(tmp_path), folder=tmp_path), "tidak memuat workbook")


def test_name_that_is_too_long_is_refused(tmp_path):
    one_line(run("check", "x" * 300 + ".xlsx", folder=tmp_path), "tidak dapat dibaca")


def test_fault_that_nobody_expected_is_one_line_too(monkeypatch, capsys):
    def fail(**_):
        raise RuntimeError("tak\nterduga")

    monkeypatch.setattr(main, "cli", fail)
    with pytest.raises(SystemExit) as ended:
        main.main()
    assert ended.value.code == 4
    assert capsys.readouterr().err.count("\n") == 1


@posix_only
def test_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipa.xlsx")
    one_line(run("check", "pipa.xlsx", folder=tmp_path), "bukan berkas biasa")


@posix_only
def test_endless_device_is_not_read(tmp_path):
    one_line(run("check", "/dev/zero", folder=tmp_path), "bukan berkas biasa")


@posix_only
def test_link_to_itself_is_refused(tmp_path):
    (tmp_path / "putar.xlsx").symlink_to("putar.xlsx")
    one_line(run("check", "putar.xlsx", folder=tmp_path), "tidak dapat dibaca")


@posix_only
@not_root
def test_file_without_permission_is_told(tmp_path):
    path = tmp_path / "isi.xlsx"
    path.write_bytes(pack(plain()))
    path.chmod(0)
    one_line(run("check", path, folder=tmp_path), "tidak ada izin")


@posix_only
def test_link_to_a_workbook_is_read(tmp_path):
    (tmp_path / "asli.xlsx").write_bytes(pack(plain()))
    (tmp_path / "isi.xlsx").symlink_to("asli.xlsx")
    assert run("check", "isi.xlsx", folder=tmp_path).code == 1


@posix_only
@pytest.mark.parametrize(
    "name", [b"jalan\x1b[31m.xlsx", b"dua\nbaris.xlsx", b"rusak\xff.xlsx", "kanan\u202ekiri.xlsx".encode()]
)
def test_odd_file_name_cannot_steer_the_terminal(name: bytes, tmp_path):
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(b"bukan workbook")
    end = run("check", path, folder=tmp_path)
    one_line(end, "CSV")
    assert end.err.removesuffix("\n").isprintable()


def test_one_bad_workbook_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"")
    (tmp_path / "b.xlsx").write_bytes(pack(plain()))
    end = run("check", "a.xlsx", "b.xlsx", folder=tmp_path)
    assert end.code == 3
    assert "kosong" in end.err
    assert "b.xlsx" in end.out


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii", "utf-16"])
@pytest.mark.parametrize("name", ["isi.xlsx", "tiada – 2025 ✓.xlsx"])
def test_console_of_any_encoding_gets_the_whole_text(encoding: str, name: str, tmp_path):
    (tmp_path / "isi.xlsx").write_bytes(pack(plain()))
    plainly = fresh("check", name, folder=tmp_path)
    end = fresh("check", name, folder=tmp_path, environment={"PYTHONIOENCODING": encoding}, encoding=encoding)
    assert end.code == plainly.code == (1 if name == "isi.xlsx" else 3)
    assert "Traceback" not in end.err
    assert len(end.out.splitlines()) == len(plainly.out.splitlines())


@posix_only
def test_console_without_utf8_locale_is_no_obstacle(tmp_path):
    end = fresh("check", "tiada ✓.xlsx", folder=tmp_path, environment={"LC_ALL": "C", "PYTHONUTF8": "0"})
    one_line(end, "tidak ditemukan")


@posix_only
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_console_changes_nothing(closed: str, tmp_path):
    (tmp_path / "isi.xlsx").write_bytes(pack(plain()))
    line = ["sh", "-c", f'"$@" {closed}', "sh", *command("check", "isi.xlsx")]
    end = subprocess.run(line, capture_output=True, text=True, cwd=tmp_path, timeout=20, check=False)
    assert end.returncode == 1
    assert "Traceback" not in end.stderr


@posix_only
def test_reader_that_went_away_is_no_reason_to_complain(tmp_path):
    (tmp_path / "isi.xlsx").write_bytes(pack(plain()))
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        command("check", "isi.xlsx"), stdout=writing, stderr=subprocess.PIPE, cwd=tmp_path
    ) as process:
        os.close(writing)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 1
    assert said == b""
