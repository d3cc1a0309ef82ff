"""Prints every class of bad file with how it ended: ``python -m tests.hostile.table [PART OF A NAME]``."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hostile.judge import ended, faults
from tests.hostile.make import all_cases


def main(words: list[str]) -> int:
    """Print the table; the exit code is the number of classes that ended wrongly, at most 100."""
    bad, slowest, largest, count = 0, 0.0, 0, 0
    for case in all_cases():
        if words and not any(word in case.name for word in words):
            continue
        with TemporaryDirectory() as name:
            folder = Path(name)
            end = ended(case, folder)
            wrong = faults(case, end, folder)
        count, bad = count + 1, bad + bool(wrong)
        slowest, largest = max(slowest, end.seconds), max(largest, end.mib)
        _say(f"{case.name[:44]:44} {end.code:3} {end.seconds:6.2f} s {end.mib:5} MiB  {'; '.join(wrong)}")
    _say(f"\n{count} classes, {bad} ended wrongly; slowest {slowest:.1f} s, most memory {largest} MiB")
    return min(bad, 100)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
