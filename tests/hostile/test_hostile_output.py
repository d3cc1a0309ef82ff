"""Documents that cannot be written: one clear line, the old file whole, nothing half done."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lakip_xlsx import files
from lakip_xlsx.errors import OutputError
from tests.hostile.base import pack, plain
from tests.hostile.run import Ended, run
from tests.hostile.test_hostile_places import not_root, one_line, posix_only


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "isi.xlsx").write_bytes(pack(plain()))
    return tmp_path


def convert(folder: Path, *more: str | Path) -> Ended:
    return run("convert", "isi.xlsx", "--tanpa-halaman", *more, folder=folder)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_document_is_written_beside_the_workbook(folder):
    before = (folder / "isi.xlsx").read_bytes()
    assert convert(folder).code == 1
    assert names(folder) == ["isi.docx", "isi.xlsx"]
    assert (folder / "isi.xlsx").read_bytes() == before


@posix_only
def test_link_in_the_place_of_the_document_is_not_followed(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("lain") / "penting.docx"
    other.write_bytes(b"penting")
    (folder / "isi.docx").symlink_to(other)
    one_line(convert(folder, "--force"), "symlink")
    assert other.read_bytes() == b"penting"
    assert (folder / "isi.docx").is_symlink()


@posix_only
@pytest.mark.parametrize("device", ["/dev/full", "/dev/null"])
def test_device_is_not_replaced(device: str, folder):
    one_line(convert(folder, "--force", "-o", device), device)
    assert Path(device).is_char_device()


@posix_only
def test_pipe_is_not_replaced(folder):
    os.mkfifo(folder / "isi.docx")
    one_line(convert(folder), "bukan berkas biasa")


def test_folder_in_the_place_of_the_document_is_named(folder):
    (folder / "isi.docx").mkdir()
    one_line(convert(folder), "adalah folder")


def test_missing_folder_is_named(folder):
    one_line(convert(folder, "-o", "tiada/isi.docx"), "tidak ada")


def test_folder_that_is_a_file_is_named(folder):
    (folder / "berkas").touch()
    one_line(convert(folder, "-o", "berkas/isi.docx"), "bukan folder")


@pytest.mark.parametrize("name", ["con.docx", "NUL.docx", "Aux.docx", "com1.docx", "LPT9.x.docx"])
def test_name_that_windows_keeps_is_refused_everywhere(name: str, folder):
    one_line(convert(folder, "-o", name), "Windows tidak menerima nama itu")
    assert names(folder) == ["isi.xlsx"]


def test_name_that_is_too_long_is_told(folder):
    one_line(convert(folder, "-o", "x" * 300 + ".docx"), "nama terlalu panjang")
    one_line(run("new", "x" * 300 + ".xlsx", folder=folder), "nama terlalu panjang")


def test_file_that_is_no_document_of_ours_is_kept(folder):
    (folder / "isi.docx").write_bytes(b"PK\x03\x04 surat orang lain")
    one_line(convert(folder), "tidak ditimpa")
    assert (folder / "isi.docx").read_bytes() == b"PK\x03\x04 surat orang lain"


def test_workbook_is_never_the_document(folder):
    before = (folder / "isi.xlsx").read_bytes()
    assert convert(folder, "--force", "-o", "isi.xlsx").code == 2
    assert (folder / "isi.xlsx").read_bytes() == before


@posix_only
@not_root
def test_folder_that_can_only_be_read_is_told(folder):
    folder.chmod(0o500)
    try:
        one_line(convert(folder), "tidak ada izin")
    finally:
        folder.chmod(0o700)


def test_full_disk_in_the_middle_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "isi.docx"
    path.write_bytes(b"lama")
    opened = os.fdopen

    class Full:
        def __init__(self, stream):
            self.stream = stream

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.stream.close()

        def write(self, data):
            self.stream.write(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fdopen", lambda *arguments: Full(opened(*arguments)))
    with pytest.raises(OutputError, match="ruang penyimpanan penuh"):
        files.write_whole(b"baru" * 1000, path)
    assert (names(tmp_path), path.read_bytes()) == (["isi.docx"], b"lama")


@posix_only
def test_end_of_the_process_in_the_middle_leaves_the_old_file(tmp_path):
    path = tmp_path / "isi.docx"
    path.write_bytes(b"lama")
    script = (
        "import os, signal, sys; from pathlib import Path; from lakip_xlsx import files\n"
        "os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)\n"
        "files.write_whole(b'baru' * 1000, Path(sys.argv[1]))"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(path)], check=False, timeout=20)
    assert ended.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"lama"


@pytest.mark.parametrize(("system", "tries"), [("nt", 4), ("posix", 1)])
def test_file_held_for_a_moment_is_tried_again_on_windows(system: str, tries: int, tmp_path, monkeypatch):
    path, asked = tmp_path / "isi.docx", []
    replace = Path.replace

    def held(self, target):
        asked.append(target)
        if len(asked) < 4:
            raise PermissionError(errno.EACCES, "held")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(files, "_is_windows", lambda: system == "nt")
    monkeypatch.setattr(files.time, "sleep", lambda _: None)
    if system == "nt":
        files.write_whole(b"baru", path)
        assert path.read_bytes() == b"baru"
    else:
        with pytest.raises(OutputError, match="sedang terbuka"):
            files.write_whole(b"baru", path)
        assert names(tmp_path) == []
    assert len(asked) == tries
