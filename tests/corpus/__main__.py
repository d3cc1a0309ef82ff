"""``python -m tests.corpus``: precision and recall of the findings on sentences, over the corpus.

``--part NAME`` takes one file of passages, ``--show`` prints what went wrong, ``--seed N`` makes other faults.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lakip_xlsx.checks.registry import RULES, run
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Severity
from lakip_xlsx.layouts.catalog import LAYOUTS
from tests.corpus.passages import Passage, faulty, honest
from tests.corpus.tables import offices

CODES = frozenset(code for code in RULES if code.startswith("NAR")) - {
    "NAR-002",
    "NAR-003",
    "NAR-009",
    "NAR-011",
    "NAR-013",
}
"""The rules on what sentences say; the others are about parts, lists and pasted paragraphs."""


@dataclass
class Score:
    """What was found: of the honest passages those that got an error, of the faults those that got a finding."""

    honest: int = 0
    false: list[tuple[Passage, str]] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[Passage] = field(default_factory=list)

    @property
    def false_share(self) -> float:
        return len(self.false) / self.honest if self.honest else 0.0

    @property
    def recall(self) -> float:
        return sum(self.found.values()) / sum(self.faults.values()) if self.faults else 1.0


def findings(passages: list[Passage]) -> dict[int, str]:
    """Place in the list → the first finding on that passage."""
    found: dict[int, str] = {}
    for key, office in offices().items():
        own = [(place, passage) for place, passage in enumerate(passages) if passage.office == key]
        if not own:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "workbook.xlsx"
            write_workbook(path, office.workbook([passage.text for _, passage in own]), layout=LAYOUTS[1])
            book = read_workbook(path)
        rows = book.tables["narasi"].rows
        for each in run(book, LAYOUTS[1], only=CODES).findings:
            if each.cell is not None and each.cell.sheet == "Narasi" and each.severity is not Severity.INFO:
                place, _ = own[rows.index(each.cell.position[0])]
                found.setdefault(place, f"{each.code} {each.message}")
    return found


def score(part: str = "*", seed: int = 11) -> Score:
    """Run the corpus."""
    result = Score()
    good, bad = honest(part), faulty(part, seed)
    result.honest = len(good)
    for place, message in findings(good).items():
        result.false.append((good[place], message))
    hits = findings(bad)
    for place, passage in enumerate(bad):
        result.faults[passage.kind] += 1
        if place in hits:
            result.found[passage.kind] += 1
        else:
            result.missed.append(passage)
    return result


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--part", default="*")
    asked.add_argument("--seed", type=int, default=11)
    asked.add_argument("--show", action="store_true")
    options = asked.parse_args()
    result = score(options.part, options.seed)
    lines = [
        f"alinea jujur: {result.honest}, dengan temuan keliru: {len(result.false)} ({result.false_share:.1%})",
        f"kesalahan: {sum(result.faults.values())}, ditemukan: {sum(result.found.values())} ({result.recall:.1%})",
    ]
    lines += [f"  {kind}: {result.found[kind]} dari {many}" for kind, many in sorted(result.faults.items())]
    if options.show:
        lines += [f"KELIRU {one.office}:{one.number} {one.text}\n    {said}" for one, said in result.false]
        lines += [f"LOLOS [{one.kind}] {one.office}:{one.number} {one.text}" for one in result.missed]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
