"""A newcomer's changes, exactly as CONTRIBUTING shows them, made in a copy of the program and used there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parent.parent
FILL = """
from pathlib import Path
from samples.build import as_standard
from samples.markdown import read_markdown
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.layouts.catalog import LAYOUTS
write_workbook(Path("isi.xlsx"), as_standard(read_markdown(Path("samples/dinas-contoh-2025.md"))), layout=LAYOUTS[0])
"""
READ = """
from pathlib import Path
from lakip_xlsx.excel.read import read_workbook
print(read_workbook(Path("isi.xlsx")).tables["program"].number(6, "sisa"))
"""


def shown_in_contributing(mark: str) -> tuple[str, str]:
    """The file that an example is for, and the example."""
    said = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    match = re.search(rf"<!-- {mark}: (\S+) -->\n\s*```\w+\n(.*?)```", said, re.DOTALL)
    assert match
    return match[1], textwrap.dedent(match[2].rstrip(" "))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("lakip_xlsx", "samples", "workbook_templates", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def call(folder: Path, *arguments: str, codes: frozenset[int] = frozenset({0})) -> str:
    ran = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in codes, ran.stdout + ran.stderr
    return ran.stdout


def insert_before(path: Path, place: str, lines: str) -> None:
    text = path.read_text(encoding="utf-8")
    at = text.index(place)
    path.write_text(text[:at] + lines + text[at:], encoding="utf-8")


def add_columns(module: Path, fields: str) -> None:
    insert_before(module, "PROGRAM = SheetSpec(", f"{fields}\n\n")
    names = re.findall(r"^([A-Z]+) = ", fields, re.MULTILINE)
    assert len(names) == 2
    insert_before(module, '        Field(\n            key="keluaran"', "".join(f"        {name},\n" for name in names))


def test_a_plain_and_a_computed_column(copy: Path) -> None:
    file, fields = shown_in_contributing("contoh-kolom")
    module = copy / file
    add_columns(module, fields)
    call(copy, "-m", "lakip_xlsx", "new", "baru.xlsx", "--tahun", "2025")
    program = openpyxl.load_workbook(copy / "baru.xlsx")["Program"]
    letters = {str(cell.value): cell.column_letter for cell in program[5]}
    assert str(program[f"{letters['Sisa (Rp)']}6"].value).startswith("=IF(AND(ISNUMBER(G6)")
    call(copy, "-c", FILL)
    filled = openpyxl.load_workbook(copy / "isi.xlsx", data_only=True)["Program"]
    sisa = filled[f"{letters['Sisa (Rp)']}6"].value
    assert sisa == filled["G6"].value - filled["H6"].value
    call(copy, "-m", "lakip_xlsx", "check", "isi.xlsx")
    call(copy, "-m", "lakip_xlsx", "convert", "isi.xlsx", "--tanpa-halaman")
    assert (copy / "isi.docx").stat().st_size > 20_000
    book = openpyxl.load_workbook(copy / "isi.xlsx")
    book["Program"][f"{letters['Sisa (Rp)']}6"] = 1
    book.save(copy / "isi.xlsx")
    assert call(copy, "-c", READ).strip() == "1"


def test_a_function_that_only_excel_knows_is_left_to_it(copy: Path) -> None:
    file, fields = shown_in_contributing("contoh-kolom")
    fields = fields.replace("{anggaran}-{realisasi},", "FLOOR({anggaran}-{realisasi},1000),")
    add_columns(copy / file, fields)
    call(copy, "-m", "lakip_xlsx", "new", "baru.xlsx")
    said = call(copy, "-m", "lakip_xlsx", "check", "baru.xlsx", codes=frozenset({0, 1}))
    assert "Traceback" not in said


def test_a_rule_and_its_case_file(copy: Path) -> None:
    for mark in ("contoh-aturan", "contoh-kasus"):
        file, lines = shown_in_contributing(mark)
        with (copy / file).open("a", encoding="utf-8") as target:
            target.write(f"\n\n{lines}" if mark == "contoh-aturan" else lines)
    said = call(copy, "-m", "pytest", "-n", "0", "-q", "-k", "ANG-900", "tests/test_cases.py")
    assert re.search(r"\b4 passed", said), said
