"""Whether a refresh did what it promises, seen without the code that did it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn

from lakip_xlsx.refresh import Refreshed
from lakip_xlsx.word.follow import trace
from lakip_xlsx.word.follow.trace import Item, State
from lakip_xlsx.word.refresh.changes import Group
from tests.refresh.edits import Edit, text_of

P, T = qn("w:p"), qn("w:t")


@dataclass
class Verdict:
    """What was counted, and every word of complaint."""

    untouched: int = 0
    renewed: int = 0
    typed: int = 0
    lost: int = 0
    conflicts: int = 0
    listed: int = 0
    equal: bool | None = None  # to the same edits in the new report; None where that cannot be expected
    faults: list[str] = field(default_factory=list)


def judge(
    before: Path, result: Path, wanted: Document, done: Refreshed, edits: Sequence[Edit], fresh: bytes
) -> Verdict:
    """A refreshed report beside the edited one, the same edits in the new report, and that report untouched."""
    verdict = Verdict()
    old, new = docx.Document(str(before)), docx.Document(str(result))
    _typed(verdict, text_of(old), text_of(new), edits)
    _renewed(verdict, trace.read(result).items, trace.read(fresh).items, trace.read(before).items, done)
    _conflicts(verdict, done, edits)
    marked = any("ditandai" in change.note or "tidak dipindah" in change.note for change in done.changes)
    if not marked and not any(change.group is Group.CONFLICT for change in done.changes):
        got, expected = lines(new), lines(wanted)
        verdict.equal = got == expected or _without_own(got) == _without_own(expected)
        if not verdict.equal:
            verdict.faults += difference(got, expected)
    return verdict


def _typed(verdict: Verdict, before: str, after: str, edits: Sequence[Edit]) -> None:
    for edit in edits:
        if edit.typed and _flat(edit.typed) in _flat(before):
            verdict.typed += len(edit.typed)
            if _flat(edit.typed) not in _flat(after):
                verdict.lost += len(edit.typed)
                verdict.faults.append(f"hilang: {edit.typed}")


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _renewed(
    verdict: Verdict, items: Sequence[Item], fresh: Sequence[Item], old: Sequence[Item], done: Refreshed
) -> None:
    """Every value of the new report stands in the refreshed one, but for those that a person touched."""
    told = Counter(
        change.anchor for change in done.changes if change.group in {Group.KEPT, Group.CONFLICT} or change.note
    )
    touched = {(item.kind, item.field, item.group, item.key) for item in old if item.state is not State.SAME}
    names = Counter((item.kind, item.field, item.group, item.key, item.mark or item.inserted) for item in fresh)
    del told
    for item in items:
        if item.kind == "tabel":
            continue
        name = (item.kind, item.field, item.group, item.key)
        if name in touched:
            continue
        verdict.untouched += 1
        if item.state is State.SAME and names[(*name, item.mark or item.inserted)]:
            verdict.renewed += 1
        else:
            verdict.faults.append(f"tidak baru: {name} {item.state} {item.inserted[:40]!r} {(item.now or '')[:40]!r}")


def _conflicts(verdict: Verdict, done: Refreshed, edits: Sequence[Edit]) -> None:
    told = [change for change in done.changes if change.group is Group.CONFLICT]
    for edit in edits:
        if not edit.conflicts:
            continue
        verdict.conflicts += 1
        if edit.touches[0] == "baris":
            found = any(change.kind == "baris" and str(edit.touches[-1]) in change.anchor for change in told)
        else:
            found = any(
                str(edit.touches[1]) in change.anchor and str(edit.touches[3]) in change.anchor for change in told
            )
        verdict.listed += found
        if not found:
            verdict.faults.append(f"pertentangan tidak disebut: {edit}")


def lines(document: Document) -> list[str]:
    """The paragraphs of the body, but for contents lists; numbers of captions aside, which follow their order."""
    names = {style.style_id: (style.name or "").casefold() for style in document.styles}
    found = []
    for paragraph in document.element.body.iter(P):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if style is None else names.get(str(style.get(qn("w:val"))), "")
        if name.startswith(("toc", "table of", "contents", "figure index", "table index")):
            continue
        said = " ".join(trace.text_of(paragraph).split())
        found.append(re.sub(r"^(Tabel|Gambar) \d+", r"\1 N", said))
    return [line for line in found if line]


def _without_own(found: Sequence[str]) -> list[str]:
    """Without paragraphs that a person typed: behind or before a new part, they stand right."""
    return [line for line in found if not line.startswith("Ketikan")]


def difference(got: Sequence[str], expected: Sequence[str]) -> list[str]:
    one, other = Counter(got), Counter(expected)
    more, less = one - other, other - one
    found = [f"lebih: {line[:90]}" for line in more] + [f"kurang: {line[:90]}" for line in less]
    return found[:6] or ["urutan lain"]
