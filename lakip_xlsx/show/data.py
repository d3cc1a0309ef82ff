"""Findings as JSON, for scripts. The shape is public (``schema`` 1): add to it, never change it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lakip_xlsx.finding import Accepted, Cell, Finding, FindingKind, Severity, Skipped, Spot
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.show.text import tally, unfilled

if TYPE_CHECKING:  # all checks stand behind it, and a batch that only hands out work needs none
    from lakip_xlsx.show.checklist import Answer

SCHEMA = 1


def as_data(
    workbook: Path, layout: Layout, year: int | None, findings: Sequence[Finding], skipped: Sequence[Skipped]
) -> dict[str, Any]:
    """One workbook's result as plain data."""
    return {
        "schema": SCHEMA,
        "workbook": workbook.name,
        "layout": layout.key,
        "year": year,
        "summary": {
            **{severity.value: count for severity, count in tally(findings).items()},
            FindingKind.UNFILLED.value: unfilled(findings),
        },
        "findings": [finding_data(finding) for finding in findings],
        "skipped": [{"code": item.code, "reason": item.reason} for item in skipped],
    }


def accepted(items: Sequence[Accepted]) -> list[dict[str, Any]]:
    """The findings that the office accepts, each with its reason and the cell that says so."""
    return [finding_data(item.finding) | {"reason": item.reason, "accepted_in": _cell(item.cell)} for item in items]


def checklist(answers: Sequence[Answer]) -> list[dict[str, str]]:
    """A checklist with its answers."""
    return [
        {"no": a.butir.no, "statement": a.butir.pernyataan, "answer": str(a.jawaban), "basis": a.dasar} for a in answers
    ]


def unreadable(workbook: Path, message: str) -> dict[str, Any]:
    """A workbook that could not be read at all."""
    return {"schema": SCHEMA, "workbook": workbook.name, "unreadable": message}


def dumps(results: Sequence[dict[str, Any]]) -> str:
    """One object for one workbook, a list for several."""
    return plain_json(results[0] if len(results) == 1 else list(results))


def plain_json(whole: object) -> str:
    """Data as JSON in readable letters; a letter that could steer a terminal or turn the writing stands as its code."""
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    return text if text.isascii() and text.replace("\n", "").isprintable() else "".join(map(_letter, text))


def _letter(letter: str) -> str:
    return letter if letter.isprintable() or letter == "\n" else json.dumps(letter)[1:-1].replace("\x7f", "\\u007f")


def finding_of(data: object) -> Finding | None:
    """A finding as :func:`finding_data` told it; None for what is none."""
    try:
        said: dict[str, Any] = dict(data)  # type: ignore[call-overload]
        place: Cell | None = Cell(str(said["sheet"]), str(said["cell"])) if said["sheet"] else None
        if "heading" in said:
            place = Spot(str(said["heading"]), str(said["place"]))
        related = tuple(Cell(str(each["sheet"]), str(each["cell"])) for each in said["related"])
        texts = {name: str(said[name]) for name in ("message", "expected", "actual", "fix")}
        weight, kind = Severity(said["severity"]), FindingKind(said["kind"])
        return Finding(str(said["code"]), weight, cell=place, related=related, kind=kind, **texts)
    except (ValueError, LookupError, TypeError):
        return None


def finding_data(finding: Finding) -> dict[str, Any]:
    """One finding as plain data."""
    place = finding.cell
    if isinstance(place, Spot):
        where = {"sheet": "", "cell": "", "heading": place.sheet, "place": place.ref}
    else:
        where = {"sheet": place.sheet if place else "", "cell": place.ref if place else ""}
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "kind": finding.kind.value,
        **where,
        "message": finding.message,
        "expected": finding.expected,
        "actual": finding.actual,
        "fix": finding.fix,
        "related": [_cell(cell) for cell in finding.related],
    }


def _cell(cell: Cell) -> dict[str, str]:
    return {"sheet": cell.sheet, "cell": cell.ref}
