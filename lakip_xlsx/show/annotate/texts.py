"""The words of a marked copy, fit for an Excel cell or note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from lakip_xlsx.finding import Cell, Finding, FindingKind
from lakip_xlsx.show.text import KINDS, LABELS

CELL_LIMIT = 32_000
"""Characters; an Excel cell or note holds 32,767."""
NOTE_LIMIT = 1_500
"""Characters of ours in a note; the whole text is in the sheet of findings."""

_PLACES = 12
_MORE = "… (lengkapnya pada lembar temuan)"
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile(r"_(x[0-9A-Fa-f]{4}_)")


def excel_text(text: str) -> str:
    """Text as Excel stores it.

    What XML cannot hold becomes U+FFFD, line ends are plain, and ``_x000D_``, which would be taken for a
    character, has its first ``_`` escaped.
    """
    plain = _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ESCAPE.sub(r"_x005F_\1", plain)


def cut(text: str, limit: int) -> str:
    """Text of at most so many characters, with a word about the rest."""
    return text if len(text) <= limit else text[: limit - len(_MORE)] + _MORE


def starts_formula(text: str) -> bool:
    """Whether Excel would take the text for a formula when someone edits the cell."""
    return text[:1] in {"=", "+", "-", "@", "\t", "\n"}


def message(finding: Finding) -> str:
    """What is wrong, with the places that have to do with it."""
    if not finding.related:
        return finding.message
    return f"{finding.message}\nLihat juga: {places(finding.related)}"


def places(cells: Sequence[Cell]) -> str:
    """Places by sheet: ``Program!A7, A8; Anggaran!C7``; many are counted."""
    shown, rest = cells[:_PLACES], len(cells) - _PLACES
    groups = ("; ".join(f"{sheet}!{_refs(list(group))}" for sheet, group in groupby(shown, lambda cell: cell.sheet)),)
    return groups[0] + (f"; dan {rest} sel lain" if rest > 0 else "")


def _refs(cells: list[Cell]) -> str:
    return ", ".join(cell.ref or "(seluruh lembar)" for cell in cells)


def note(findings: Sequence[Finding]) -> str:
    """The note on a cell: for each finding a heading and its text; what is too long is only announced."""
    entries: list[str] = []
    used = 0
    for number, finding in enumerate(findings):
        lines = [message(finding)]
        lines += [f"Tertulis: {finding.actual}"] if finding.actual else []
        lines += [f"Seharusnya: {finding.expected}"] if finding.expected else []
        lines += [f"Perbaiki: {finding.fix}"] if finding.fix else []
        text = cut("\n".join(lines), NOTE_LIMIT)
        if entries and used + len(text) > NOTE_LIMIT:
            entries.append(f"{len(findings) - number} TEMUAN LAGI\nLihat lembar temuan.")
            break
        kind = f", {KINDS[finding.kind]}" if finding.kind is FindingKind.UNFILLED else ""
        entries.append(f"{LABELS[finding.severity]} {finding.code}{kind}\n{text}")
        used += len(text)
    return excel_text("\n\n".join(entries))
