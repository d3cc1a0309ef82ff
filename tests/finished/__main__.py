"""``python -m tests.finished [--n 500]``: documents with one wrong number: how many are found, how much is false.

``--show`` prints what was missed and what was false; ``--seed N`` makes others.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lakip_xlsx.finding import Finding, FindingKind, Severity, Spot
from lakip_xlsx.finished import examine
from tests.finished.make import KINDS, Base, Made, bases, document


@dataclass
class Score:
    """What was made and found, by kind; of the untouched documents what was said all the same."""

    made: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    untouched: int = 0
    false: list[str] = field(default_factory=list)
    spoilt: int = 0  # untouched documents of which something was said

    @property
    def recall(self) -> float:
        return sum(self.found.values()) / max(1, sum(self.made.values()))

    @property
    def false_share(self) -> float:
        return self.spoilt / max(1, self.untouched)

    def told(self) -> str:
        lines = [f"dokumen dengan satu angka keliru {sum(self.made.values())}, ditemukan {self.recall:.1%}"]
        lines += [f"  {kind}: {self.found[kind]} dari {self.made[kind]}" for kind in KINDS]
        lines.append(
            f"dokumen yang benar {self.untouched}, dengan temuan keliru {self.spoilt} ({self.false_share:.1%})"
        )
        return "\n".join(lines)


def faults(path: Path, workbook: Path) -> set[tuple[str, str, Finding]]:
    """What is said to be wrong in a document: no marks, no drafts, nothing that is only told."""
    said = examine(path, workbook=workbook).findings
    return {
        (each.code, each.message, each)
        for each in said
        if each.kind is FindingKind.FAULT and each.severity is not Severity.INFO and each.code != "DOK-015"
    }


def measure(many: int, folder: Path, seed: int = 0) -> Score:
    """The score over so many documents with a fault, and a third as many without."""
    score = Score()
    every = bases(folder)
    known = {base.name: {key[:2] for key in faults(_written(folder, base.document), base.workbook)} for base in every}
    for number in range(many):
        base, kind = every[number % len(every)], KINDS[number // len(every) % len(KINDS)]
        own = seed * 100_000 + number
        made = document(base, own, kind)
        if made is not None:
            _judge(score, base, made, faults(_written(folder, made.data), base.workbook), known[base.name])
        if number % 3 == 0:
            right = document(base, own)
            said = faults(_written(folder, right.data), base.workbook) if right else set()
            false = [each for code, message, each in said if (code, message) not in known[base.name]]
            score.untouched += 1
            score.spoilt += bool(false)
            score.false += [f"{base.name} {each.code} {each.cell} {each.message}" for each in false]
    return score


def _judge(
    score: Score, base: Base, made: Made, said: set[tuple[str, str, Finding]], known: set[tuple[str, str]]
) -> None:
    new = [each for code, message, each in said if (code, message) not in known]
    score.made[made.kind] += 1
    if any(isinstance(each.cell, Spot) for each in new):
        score.found[made.kind] += 1
    else:
        score.missed.append(f"[{made.kind}] {base.name}: {made.was} -> {made.now}: {made.text[:300]}")


def _written(folder: Path, data: bytes) -> Path:
    path = folder / "dokumen.docx"
    path.write_bytes(data)
    return path


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--n", type=int, default=500)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--show", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        score = measure(options.n, Path(folder), options.seed)
    lines = [score.told()]
    if options.show:
        lines += [f"LOLOS {each}" for each in score.missed] + [f"KELIRU {each}" for each in score.false]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
