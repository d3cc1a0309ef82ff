"""What leaves the program: nothing that steers a terminal; and a closed way out stops nothing."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xlsx.cli.outlet import Ours, Outlet
from lakip_xlsx.show.data import plain_json
from tests.test_cli import CLEAN, REAL, lakip

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="nama seperti ini tidak ada di Windows")
STEERING = [
    *map(chr, (*range(1, 10), *range(11, 32), 0x7F, *range(0x80, 0xA0))),
    *"\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\U000e0041",
]
"""Control letters, marks that turn the direction of writing, letters that are never seen."""
SOURCES = Path(__file__).parent.parent / "lakip_xlsx"


def harmless(text: str) -> bool:
    return all(unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for letter in text.replace("\n", ""))


@given(st.lists(st.text(), max_size=5))
def test_only_our_own_control_sequences_pass(texts):
    target = io.StringIO()
    outlet = Outlet(target)
    for text in texts:
        outlet.write(text)
    assert harmless(target.getvalue())
    outlet.write(Ours("\x1b[0m"))
    assert target.getvalue().endswith("\x1b[0m")


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_json_holds_the_same_data_and_nothing_that_steers(data):
    text = plain_json(data)
    assert harmless(text)
    assert json.loads(text) == data


def test_json_writes_every_steering_letter_as_a_code():
    for letter in STEERING:
        assert json.loads(plain_json([letter])) == [letter]
        assert "\\u" in plain_json([letter]) or letter in "\t\b\f\r"


def test_nothing_is_printed_on_another_way():
    for path in SOURCES.rglob("*.py"):
        written = set(re.findall(r"\bprint\(|sys\.__std|click\.secho|\bos\.write\(", path.read_text(encoding="utf-8")))
        assert written <= ({"os.write("} if path.name == "interruption.py" else set()), path


ODD = "a\x1b[31m\x07\x7f\x9b2J\u202eb\nc"
COMMANDS = [
    ("check", "{}.xlsx"),
    ("check", "{}.xlsx", "--format", "json"),
    ("check", "{}.xlsx", "{}.xlsx"),
    ("check", "{}/"),
    ("check", "{}*"),
    ("check", "isi.xlsx", "--select", "{}"),
    ("check", "isi.xlsx", "--report", "{}"),
    ("check", "isi.xlsx", "--report", "tiada/{}.json"),
    ("check", "isi.xlsx", "--report", "{}.json"),
    ("check", "isi.xlsx", "--tata-letak", "{}"),
    ("check", "isi.xlsx", "--format", "{}"),
    ("check", "isi.xlsx", "--{}"),
    ("check", "isi.xlsx", "--annotate"),
    ("check", "isi.xlsx", "--jobs", "{}"),
    ("convert", "{}.xlsx"),
    ("convert", "isi.xlsx", "{}/isi.xlsx", "-o", "hasil/"),
    ("convert", "isi.xlsx", "--tanpa-halaman", "-o", "{}.docx"),
    ("convert", "isi.xlsx", "--tanpa-halaman", "-o", "{}.pdf"),
    ("convert", "isi.xlsx", "--tanpa-halaman", "-o", "{}/{}.docx"),
    ("convert", "isi.xlsx", "--template", "{}.docx"),
    ("convert", "dua", "--tanpa-halaman", "-o", "{}/"),
    ("convert", "dua/{}.xlsx", "dua/{}.xlsm"),
    ("new", "{}.xlsx"),
    ("new", "{}.docx"),
    ("new", "tiada/{}.xlsx"),
    ("trace", "{}.docx"),
    ("trace", "isi.docx", "--workbook", "{}.xlsx"),
    ("template", "export", "-o", "{}.docx"),
    ("template", "check", "{}.docx"),
    ("explain", "{}"),
    ("{}",),
    ("template", "{}"),
]


@pytest.fixture
def folder(tmp_path):
    """A workbook with steering letters in its name, its sheets and its cells, and one that it can be confused with."""
    for place in (tmp_path / "isi.xlsx", tmp_path / f"{ODD}.xlsx", tmp_path / "dua" / f"{ODD}.xlsx"):
        place.parent.mkdir(exist_ok=True)
        shutil.copy(REAL, place)
    shutil.copy(CLEAN, tmp_path / "dua" / f"{ODD}.xlsm")
    book = openpyxl.load_workbook(tmp_path / "isi.xlsx")
    told = "".join(letter for letter in STEERING if ord(letter) >= 0x7F)
    for sheet in book:
        for row in sheet.iter_rows(min_row=3):
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith("="):
                    cell.value = f"{cell.value[:20]} {told} _x001B_[31m"
    book.create_sheet(f"Lembar {told[:15]}")["A1"] = told
    book.save(tmp_path / "isi.xlsx")
    return tmp_path


@posix_only
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_steers_the_terminal(command, folder):
    done = lakip(*(part.replace("{}", ODD) for part in command), cwd=folder)
    assert done.returncode in {0, 1, 2, 3}, done.stderr
    assert done.stdout + done.stderr
    assert harmless(done.stdout)
    assert harmless(done.stderr)
    if "json" in command and done.returncode < 2:
        assert json.loads(done.stdout)


def ended(line: str, folder: Path) -> tuple[int, str]:
    """Exit code and stderr of a line of the shell, in which ``lakip`` is the command."""
    command = f'lakip() {{ "{sys.executable}" -m lakip_xlsx "$@"; }}; {line}'
    root = {**os.environ, "PYTHONPATH": str(SOURCES.parent)}
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, cwd=folder, env=root, timeout=60, check=False
    )
    return done.returncode, done.stderr


needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="sistem ini tidak punya /dev/full")


@needs_full
@pytest.mark.parametrize(
    "what", ["check a.xlsx", "check a.xlsx b.xlsx", "--help", "explain", "check a.xlsx --format json"]
)
def test_a_full_disk_for_the_results_is_told(what, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        shutil.copy(CLEAN, tmp_path / name)
    code, said = ended(f"lakip {what} > /dev/full", tmp_path)
    assert code == 3
    assert said.count("ruang penyimpanan penuh") == 1
    assert "Traceback" not in said


@needs_full
def test_a_full_disk_for_the_results_does_not_stop_a_batch(tmp_path):
    for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
        shutil.copy(CLEAN, tmp_path / name)
    assert ended("lakip convert . --tanpa-halaman > /dev/full", tmp_path)[0] == 3
    assert sorted(path.name for path in tmp_path.glob("*.docx")) == ["a.docx", "b.docx", "c.docx"]


@needs_full
@pytest.mark.parametrize(("what", "code"), [("check tiada.xlsx", 3), ("check", 2), ("check a.xlsx", 0), ("chek", 2)])
def test_a_full_disk_for_the_messages_changes_no_exit_code(what, code, tmp_path):
    shutil.copy(CLEAN, tmp_path / "a.xlsx")
    assert ended(f"lakip {what} 2> /dev/full", tmp_path) == (code, "")


@posix_only
def test_a_reader_that_leaves_stops_nothing(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        shutil.copy(CLEAN, tmp_path / name)
    line = "set -o pipefail; lakip convert . --tanpa-halaman | head -c 1 > /dev/null"
    assert ended(line, tmp_path) == (0, "")
    assert len(list(tmp_path.glob("*.docx"))) == 2


@posix_only
@pytest.mark.parametrize(
    "what", ["check a.xlsx", "convert a.xlsx", "check a.xlsx b.xlsx", "convert .", "new", "trace a.docx"]
)
def test_a_folder_that_is_gone_is_told(what, tmp_path):
    code, said = ended(f"mkdir hilang; cd hilang; rmdir ../hilang; lakip {what}", tmp_path)
    assert (code, said.count("\n")) == (3, 1)
    assert "kesalahan program" not in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["new", "."], 2),
        (["new", ".."], 2),
        (["new", ""], 2),
        (["new", "lakip.docx"], 2),
        (["convert", "a.xlsx", "-o", "hasil.pdf"], 2),
        (["convert", "a.xlsx", "-o", ""], 2),
        (["convert", "", "-o", "x.docx"], 2),
        (["check", ""], 2),
        (["convert", "kosong", "-o", "x.docx"], 3),
        (["convert", "*.xlsm", "-o", "x.docx"], 3),
        (["convert", "kosong", "-o", "kosong"], 3),
        (["convert", "a.xlsx", "a.xlsx", "-o", "a.xlsx/x/"], 2),
        (["convert", "a.xlsx", "-o", "a.xlsx/x/"], 3),
        (["template", "export", "-o", "templat.pdf"], 2),
        (["template", "export", "-o", ""], 2),
    ],
    ids=str,
)
def test_names_that_name_nothing_are_told_in_plain_words(arguments, code, tmp_path):
    shutil.copy(CLEAN, tmp_path / "a.xlsx")
    (tmp_path / "kosong").mkdir()
    before = sorted(tmp_path.rglob("*"))
    done = lakip(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert "kesalahan program" not in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_without_a_suffix_gets_that_of_its_kind(tmp_path):
    shutil.copy(CLEAN, tmp_path / "a.xlsx")
    assert lakip("convert", "a.xlsx", "--tanpa-halaman", "-o", "hasil", cwd=tmp_path).returncode == 0
    assert lakip("new", "baru", cwd=tmp_path).returncode == 0
    assert {"hasil.docx", "baru.xlsx"} <= {path.name for path in tmp_path.iterdir()}
