"""A name out of a cell or a journal opens a file in the workbook's folder, and nothing else."""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lakip_xlsx import pipeline, tools
from lakip_xlsx.batch import resume
from lakip_xlsx.batch.job import run
from lakip_xlsx.batch.model import Item, Options
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.guard import limits
from lakip_xlsx.guard import path as door
from lakip_xlsx.layouts.catalog import LAYOUTS
from samples.build import as_standard
from samples.markdown import parse_markdown

SAMPLE = (Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.md").read_text(encoding="utf-8")
SECRET = b"rahasia"
posix = pytest.mark.skipif(sys.platform == "win32", reason="pipa dan perangkat sebagai berkas hanya ada di POSIX")

AWAY = ("/", "\\", "//", "\\\\", "\\\\?\\", "\\\\.\\", "C:", "c:\\", "file:///", "http://", "~/")
STARTS = ("", *AWAY, "./", "a/", "a\\")
STEPS = ("..", ".", "rahasia.txt", "logo.png", "a", "NUL", "con.png", "COM1", "lpt9.txt", "a.", "b ", "passwd", "")
NAMES = st.builds(
    lambda start, steps, slash: start + slash.join(steps),
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(STEPS) | st.text(max_size=6), min_size=1, max_size=20),
    st.sampled_from(["/", "\\", "//"]),
)


@pytest.fixture
def folder(tmp_path):
    inner = tmp_path / "kerja"
    (inner / "a").mkdir(parents=True)
    (tmp_path / "rahasia.txt").write_bytes(SECRET)
    (inner / "logo.png").write_bytes(b"logo")
    (inner / "a" / "logo.png").write_bytes(b"logo")
    return inner


@pytest.fixture(params=["steps", "name"])
def way(request, monkeypatch):
    """Both ways to open: as seen from the folder, and by name where a system knows no other."""
    if request.param == "name":
        monkeypatch.setattr(os, "supports_dir_fd", set())


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(NAMES)
@example("../rahasia.txt")
@example("a/../../rahasia.txt")
@example("\\\\server\\bagi\\logo.png")
def test_a_name_opens_what_is_in_the_folder_or_nothing(folder, name):
    found = door.read_inside(folder, name, 100)
    assert isinstance(found, str) or found == b"logo"


@pytest.mark.parametrize("start", AWAY)
@pytest.mark.parametrize("name", ["logo.png", "etc/passwd", "server/bagi/logo.png", "x"])
def test_an_address_is_refused_before_anything_is_opened(start, name, folder, monkeypatch):
    monkeypatch.setattr(os, "open", None)
    assert door.read_inside(folder, start + name, 100) == door.OUTSIDE


@pytest.mark.parametrize(
    "name", ["NUL", "con.png", "a/aux", "com1.png", "LPT9.jpg", "logo.png.", "logo.png ./x", "a\x1b.png"]
)
def test_names_that_a_system_reads_otherwise_are_refused(name, folder):
    assert door.read_inside(folder, name, 100) == door.OUTSIDE


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("name", ["logo.png", "./logo.png", " a\\logo.png ", "a//logo.png"])
def test_names_inside_are_read(name, folder):
    assert door.read_inside(folder, name, 4) == b"logo"
    assert door.read_inside(folder, name, 3) == "berkas itu lebih dari 0 MB"


@posix
@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    "kind", ["folder", "pipe", "socket", "device", "link", "link to a device", "link on the way", "loop"]
)
def test_what_is_no_file_of_the_folder_is_not_read(kind, folder):
    place, name = folder / "x", "x"
    if kind == "folder":
        place.mkdir()
    elif kind == "pipe":
        os.mkfifo(place)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            before = Path.cwd()
            os.chdir(folder)
            made.bind("x")
            os.chdir(before)
    elif kind == "device":
        folder, name = Path("/dev"), "zero"
    elif kind == "link":
        place.symlink_to("../rahasia.txt")
    elif kind == "link to a device":
        place.symlink_to("/dev/zero")
    elif kind == "link on the way":
        place.symlink_to("..", target_is_directory=True)
        name = "x/rahasia.txt"
    else:
        place.symlink_to("x")
    signal.alarm(10)
    try:
        assert isinstance(door.read_inside(folder, name, 100), str)
    finally:
        signal.alarm(0)


@posix
def test_a_file_that_a_person_names_is_opened_only_if_it_is_one(tmp_path):
    os.mkfifo(tmp_path / "pipa")
    (tmp_path / "berkas").write_bytes(b"isi")
    (tmp_path / "pintasan").symlink_to("berkas")
    with door.opened(tmp_path / "pintasan") as stream:
        assert stream.read() == b"isi"
    for place in (tmp_path, tmp_path / "pipa", Path("/dev/zero")):
        with pytest.raises(door.NotRegularError):
            door.opened(place)


# The batch


def workbook(folder: Path, name: str) -> Path:
    path = folder / "dinas.xlsx"
    text = SAMPLE.replace("| Alamat |", f"| Logo | {name} |\n| Alamat |", 1)
    write_workbook(path, as_standard(parse_markdown(text)), layout=LAYOUTS[0])
    return path


def elsewhere(tmp_path: Path, folder: Path) -> dict[str, str]:
    os.mkfifo(folder / "pipa")
    (folder / "pintasan").symlink_to(tmp_path / "rahasia.txt")
    (folder / "nol").symlink_to("/dev/zero")
    with (folder / "besar").open("wb") as large:
        large.truncate(limits.current().file + 1)
    absolute = str(tmp_path / "rahasia.txt")
    return {each: each for each in ("pipa", "pintasan", "nol", "besar", "../rahasia.txt", absolute, "/dev/zero")}


@posix
def test_a_batch_notes_no_digest_of_what_is_not_the_workbooks_own(tmp_path, folder):
    for name in elsewhere(tmp_path, folder):
        source, target = workbook(folder, name), folder / "hasil.docx"
        options = Options(command="convert", force=True, page_numbers=False, record=True)
        signal.alarm(60)
        outcome = run(Item(0, str(source), str(target)), options)
        signal.alarm(0)
        assert outcome.entry is not None, outcome.message
        assert outcome.entry.beside == ((name, ""),)
        assert outcome.entry.holds(outcome.entry.key, target, folder)


@posix
def test_a_journal_opens_nothing_outside_either(tmp_path, folder):
    target = folder / "hasil.docx"
    target.write_bytes(b"isi")
    known = resume.digest(tmp_path / "rahasia.txt")
    for name in elsewhere(tmp_path, folder):
        signal.alarm(10)
        forged = resume.Entry("k", resume.digest(target), 0, (0, 0, 0), beside=((name, known),))
        assert not forged.holds("k", target, folder)
        signal.alarm(0)


@posix
def test_a_document_names_its_workbook_only_beside_itself(tmp_path, folder):
    source, target = workbook(folder, "logo.png"), tmp_path / "hasil.docx"
    pipeline.convert(source, target)
    os.mkfifo(tmp_path / "dinas.xlsx")
    signal.alarm(60)
    assert not tools.retrace(target).compared
    (tmp_path / "dinas.xlsx").unlink()
    (tmp_path / "dinas.xlsx").symlink_to(source)
    assert not tools.retrace(target).compared
    (tmp_path / "dinas.xlsx").unlink()
    (tmp_path / "dinas.xlsx").write_bytes(source.read_bytes())
    assert tools.retrace(target).compared
    signal.alarm(0)
