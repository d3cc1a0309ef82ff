"""How large a workbook may be: every limit of the reader, in one place.

The limits are there so that no file can take all of the machine's memory or time. They are generous for
honest files: 100,000 programme rows stay well below each of them. All are checked before or while a part is
inflated, never after. ``LAKIP_BATAS=longgar`` in the environment raises them for one run.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
"""The grid of Excel itself: no option changes it."""

VARIABLE = "LAKIP_BATAS"
LOOSE_NAME = "longgar"
MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is still read; sizes in bytes unless they say otherwise."""

    file: int = 50 * MIB
    parts: int = 2_000  # entries of the zip package
    part: int = 200 * MIB  # one part, inflated
    total: int = 400 * MIB  # all parts that are read, inflated
    ratio: int = 400  # inflated to packed size …
    ratio_from: int = 8 * MIB  # … of parts above this size
    tree: int = 2_000_000  # tags and attributes of a part that is held as a whole
    branch: int = 1_000_000  # tags and attributes of one row, or between two rows
    run: int = MIB  # between two tags: one text, or one tag with its attributes
    sheets: int = 256
    rows: int = 150_000  # filled rows over all sheets
    cells: int = 2_000_000  # filled cells over all sheets
    blank_cells: int = 6_000_000  # formatted cells without content
    strings: int = 1_500_000  # shared strings
    text: int = 200 * MIB  # characters over all cells: one long shared string may stand in many of them
    merges: int = 250_000  # merged ranges of one sheet


STANDARD = Limits()
DOCUMENT = Limits(file=200 * MIB, part=1024 * MIB, total=2048 * MIB, tree=80_000_000)
"""What is still read of a finished document: a report of 150,000 rows, the most that is made, is 400 MiB inflated."""
LOOSE = Limits(
    file=1024 * MIB,
    parts=50_000,
    part=2048 * MIB,
    total=4096 * MIB,
    ratio=1_100,
    tree=40_000_000,
    branch=20_000_000,
    sheets=4_096,
    rows=3_000_000,
    cells=20_000_000,
    blank_cells=200_000_000,
    strings=20_000_000,
    text=4096 * MIB,
    merges=5_000_000,
)


def current() -> Limits:
    """The limits of this run."""
    return LOOSE if os.environ.get(VARIABLE, "").strip().casefold() == LOOSE_NAME else STANDARD
