"""Writes docs/aturan.md from the declared rules and their case files: ``python -m docs.build``."""

from __future__ import annotations

from pathlib import Path

from lakip_xlsx.checks.docs import page
from lakip_xlsx.checks.registry import RULES, UNRULED
from tests import document_cases
from tests.case_files import CaseFile, all_cases

TARGET = Path(__file__).parent / "aturan.md"


def render() -> str:
    """The whole page."""
    examples = {case.code: _example(case) for case in all_cases()}
    examples |= {case.code: _of_document(case) for case in document_cases.all_cases()}
    return page(RULES, UNRULED, examples)


def _example(case: CaseFile) -> str:
    """The rule's example: the sheets as a table each, and what is found in them."""
    lines = [f"*Lembar {line[3:]}*" if line.startswith("## ") else line for line in case.example.tables.splitlines()]
    found = [f"- `{line}`" for line in case.example.expected]
    return "\n".join([*lines, "", "Temuannya:", "", *found])


def _of_document(case: document_cases.CaseFile) -> str:
    """The same of a rule on documents: what stands in the document, or what was done to it."""
    held = case.example.body.rstrip()
    found = [f"- `{line}`" for line in case.example.expected]
    return "\n".join(["```text", held, "```", "", "Temuannya:", "", *found])


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
