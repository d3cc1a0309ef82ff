"""Same input, same output, whatever the process: the order of sets and dictionaries must not show anywhere."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.layouts import catalog
from tests.case_files import CASES, read_case

ROOT = Path(__file__).parent.parent
_ALL = """
import sys
from pathlib import Path
from lakip_xlsx import pipeline
from lakip_xlsx.layouts import catalog
for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    for layout in catalog.LAYOUTS:
        checked = pipeline.check(path, layout=layout)
        for finding in (*checked.findings, *checked.skipped):
            print(path.name, finding)
"""

_CONVERT = """
import sys
from pathlib import Path
from lakip_xlsx import pipeline
pipeline.convert(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def _run(seed: int, *arguments: str) -> str:
    env = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first wrong workbook of every rule."""
    folder = tmp_path_factory.mktemp("salah")
    for path in sorted(CASES.glob("*.md")):
        case = read_case(path)
        write_workbook(folder / f"{case.code}.xlsx", case.example.workbook(), layout=catalog.LAYOUTS[0])
    return folder


def test_findings_do_not_depend_on_the_hash_seed(wrong):
    first = _run(0, "-c", _ALL, str(wrong))
    assert first.count("\n") > len(list(CASES.glob("*.md")))
    assert _run(1, "-c", _ALL, str(wrong)) == first
    assert _run(2, "-c", _ALL, str(wrong)) == first


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.xlsx")), ids=lambda path: path.stem)
def test_documents_do_not_depend_on_the_hash_seed(sample, tmp_path):
    found = set()
    for seed in (0, 1):
        made = tmp_path / f"{seed}.docx"
        _run(seed, "-c", _CONVERT, str(sample), str(made))
        found.add(hashlib.sha256(made.read_bytes()).hexdigest())
    assert len(found) == 1
