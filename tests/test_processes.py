"""A run that is ended from outside takes all its processes and its temporary folders with it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lakip_xlsx.batch import journal, resume
from lakip_xlsx.batch.model import Item, Outcome, Status
from lakip_xlsx.guard.work import CAN_ALARM
from tests.processes import is_alive, until
from tests.test_cli import CLEAN, lakip

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows tidak mengenal sinyal ini")
linux_only = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="proses anak dicari lewat /proc")


@pytest.fixture
def offices(tmp_path):
    """Enough workbooks for a run of some seconds."""
    for number in range(40):
        shutil.copy(CLEAN, tmp_path / f"dinas-{number:02}.xlsx")
    return tmp_path


@pytest.fixture
def temporary(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("sementara")
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def family(pid: int) -> set[int]:
    """A process and all its descendants."""
    found, waiting = set(), [pid]
    while waiting:
        one = waiting.pop()
        found.add(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def begun(folder: Path, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "lakip_xlsx", "convert", ".", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


CODES = {"SIGKILL": -9, "SIGTERM": 143, "SIGHUP": 129}


@linux_only
@pytest.mark.parametrize("name", list(CODES))
@pytest.mark.parametrize("arguments", ["--jobs 3 --tanpa-halaman", "--jobs 2", "--jobs 1 --tanpa-halaman"])
def test_nothing_stays_behind(name, arguments, offices, temporary):
    process = begun(offices, *arguments.split())
    assert until(lambda: len(list(offices.glob("*.docx"))) >= 4, 60)  # so that some are finished with their pages
    all_of_them = family(process.pid)
    assert len(all_of_them) > 1 or "--jobs 1" in arguments
    process.send_signal(getattr(signal, name))
    process.communicate(timeout=30)
    assert process.returncode == CODES[name]
    assert until(lambda: not any(map(is_alive, all_of_them))), [pid for pid in all_of_them if is_alive(pid)]
    assert until(lambda: list(temporary.iterdir()) == []), list(temporary.iterdir())
    if name != "SIGKILL":
        assert list(offices.glob(".lakip-*.tmp")) == []
        assert (offices / resume.NAME).is_file()  # the run may be taken up again
    assert len(list(offices.glob("*.docx"))) < 40


@posix_only
def test_a_hangup_that_is_ignored_stays_ignored(offices, temporary):
    """As with nohup."""
    code = "import signal as s; s.signal(s.SIGHUP, s.SIG_IGN); from lakip_xlsx.cli.main import main; main()"
    few = sorted(offices.glob("*.xlsx"))[:12]
    with subprocess.Popen(
        [sys.executable, "-c", code, "convert", *map(str, few), "--jobs", "1", "--tanpa-halaman"],
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.DEVNULL,
    ) as process:
        assert until(lambda: len(list(offices.glob("*.docx"))) >= 1, 60)
        process.send_signal(signal.SIGHUP)
        assert process.wait(60) == 0
    assert len(list(offices.glob("*.docx"))) == 12


@posix_only
@pytest.mark.parametrize("command", [("check",), ("convert", "--tanpa-halaman")])
def test_a_single_run_ends_too_and_leaves_the_old_document(command, tmp_path, temporary):
    shutil.copy(CLEAN, tmp_path / "a.xlsx")
    code = (
        "import time, lakip_xlsx.pipeline as p; p.compute = lambda _: print('siap', flush=True) or time.sleep(60);"
        "from lakip_xlsx.cli.main import main; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, command[0], str(tmp_path / "a.xlsx"), *command[1:]],
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline() == b"siap\n"
        process.terminate()
        _, said = process.communicate(timeout=20)
    assert process.returncode == 143
    assert b"Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.skipif(not CAN_ALARM, reason="sistem ini tidak mengenal alarm")
def test_a_single_workbook_has_its_time_too(tmp_path):
    shutil.copy(CLEAN, tmp_path / "a.xlsx")
    code = (
        "import time, lakip_xlsx.pipeline as p, lakip_xlsx.cli.flow as f; p.compute = lambda _: time.sleep(60);"
        "f.USUAL_SECONDS = 0.5; from lakip_xlsx.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", str(tmp_path / "a.xlsx")],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert "--batas-waktu" in done.stderr


# -- The journal: it stands in folders of others, and holds whatever others wrote into it ---------------------------

ENTRY = resume.Entry("k", "d", 0, (0, 0, 0))


def _link(place):
    target = place.parent / "milik-orang.txt"
    target.write_text("isi\n")
    place.symlink_to(target)


def _fifo(place):
    os.mkfifo(place)


def _device(place):
    place.symlink_to("/dev/full")


def _nowhere(place):
    place.symlink_to("tiada")


OBSTACLES = {"link": _link, "fifo": _fifo, "device": _device, "folder": Path.mkdir, "nowhere": _nowhere}


@posix_only
@pytest.mark.parametrize("kind", list(OBSTACLES))
def test_what_stands_in_the_place_of_the_journal_costs_only_the_journal(kind, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        shutil.copy(CLEAN, tmp_path / name)
    OBSTACLES[kind](tmp_path / resume.NAME)
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.suffix == ".txt"}
    done = lakip("convert", ".", "--tanpa-halaman", "--lanjut", "--jobs", "1", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.count(resume.NAME) == 1
    assert len(list(tmp_path.glob("*.docx"))) == 2
    assert {path: path.read_bytes() for path in before} == before
    assert not (tmp_path / "tiada").exists()


OURS = {"name": "a.docx", "key": "k", "document": "d", "status": 0, "counts": [0, 0, 0]}
ODD_VALUES = [
    None,
    3,
    1e999,
    float("nan"),
    -1,
    10**400,
    "x",
    "",
    [],
    [1],
    [[]],
    [1e999] * 3,
    ["x"] * 3,
    {},
    {"a": 1},
    True,
]
FOREIGN = [
    *("1e999", "[" * 100_000, '{"a":' * 50_000, "{}", "[]", "null", '"x"', "NaN", "9" * 10_000, "\x00", "{"),
    *(json.dumps(OURS | {key: value}) for key in (*OURS, "beside") for value in ODD_VALUES),
    *(json.dumps({key: value for key, value in OURS.items() if key != left_out}) for left_out in OURS),
]
"""Lines that no run of ours has written, made by rule: other JSON, and ours with one value changed or lost."""


@pytest.mark.parametrize("line", FOREIGN, ids=lambda line: line[:30])
def test_foreign_lines_are_as_if_they_were_not_there(line, tmp_path):
    resume.append(tmp_path, [("b.docx", ENTRY)])
    with (tmp_path / resume.NAME).open("ab") as stream:
        stream.write(line.encode() + b"\n")
    assert resume.load(tmp_path)["b.docx"] == ENTRY
    item = Item(0, "b.xlsx", str(tmp_path / "b.docx"))
    assert journal.Journal.demand([item])[0].known == ENTRY


def test_a_journal_that_is_too_long_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(resume, "_LONGEST", 1000)
    (tmp_path / resume.NAME).write_bytes(b"x" * 1001)
    assert resume.load(tmp_path) == {}
    kept = journal.Journal()
    kept.take(Outcome(item=Item(0, "a"), status=Status.DONE, document=str(tmp_path / "a.docx"), entry=ENTRY))
    assert len(kept.failures) == 1
