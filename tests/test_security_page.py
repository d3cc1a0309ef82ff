"""Every promise in SECURITY.md names a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISED = PAGE.partition("## Yang dijanjikan")[2].partition("## Yang tidak dijanjikan")[0]


def test_every_named_test_exists():
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    known = {name for text in sources.values() for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}
    assert set(re.findall(r"\b(test_\w+)`", PROMISED)) <= known
    for place, name in re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PROMISED):
        assert f"def {name}(" in sources[ROOT / place]


def test_every_promise_has_a_test():
    rows = [
        line for line in PROMISED.splitlines() if line.startswith("| ") and not line.startswith(("| Janji", "| ---"))
    ]
    assert len(rows) > 15
    assert all(row.rpartition(" | ")[2].count("`") >= 2 for row in rows)
