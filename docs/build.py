"""Writes docs/aturan.md from the declared rules and their case files: ``python -m docs.build``."""

from __future__ import annotations

from pathlib import Path

from lakip_xlsx.checks.docs import page
from lakip_xlsx.checks.registry import RULES, UNRULED
from tests.case_files import CaseFile, all_cases

TARGET = Path(__file__).parent / "aturan.md"


def render() -> str:
    """The whole page."""
    return page(RULES, UNRULED, {case.code: _example(case) for case in all_cases()})


def _example(case: CaseFile) -> str:
    """The rule's example: the sheets as a table each, and what is found in them."""
    lines = [f"*Lembar {line[3:]}*" if line.startswith("## ") else line for line in case.example.tables.splitlines()]
    found = [f"- `{line}`" for line in case.example.expected]
    return "\n".join([*lines, "", "Temuannya:", "", *found])


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
