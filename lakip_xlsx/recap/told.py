"""The recap in a few words, and the classes of its distribution."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from lakip_xlsx.numbers import percentage, show
from lakip_xlsx.recap.board import Board, State

BANDS = (
    ("di bawah 50", Decimal(0), Decimal(50)),
    ("50 sampai di bawah 75", Decimal(50), Decimal(75)),
    ("75 sampai di bawah 90", Decimal(75), Decimal(90)),
    ("90 sampai di bawah 100", Decimal(90), Decimal(100)),
    ("tepat 100", Decimal(100), Decimal(100)),
    ("di atas 100", Decimal(100), None),
)
"""The classes of the distribution, in percent; the last two part at exactly 100."""


def band(value: Decimal | None) -> str:
    """The class of a percentage."""
    if value is None:
        return "tidak dapat dihitung"
    if value < 0:
        return BANDS[0][0]
    if value == 100:
        return BANDS[4][0]
    if value > 100:
        return BANDS[5][0]
    return next(name for name, low, high in BANDS[:4] if high is not None and low <= value < high)


def problems(board: Board) -> int:
    """How many lines of the board are not as they should be."""
    return sum(line.state is not State.COUNTED for line in board.lines)


def headline(board: Board) -> str:
    """The board in a sentence."""
    counts = Counter(line.state for line in board.lines)
    parts = [f"{len(board.counted)} kantor dihitung"]
    if board.expected is not None:
        parts.insert(0, f"{board.expected} kantor ditunggu")
    nouns = {
        State.MISSING: "belum masuk",
        State.DOUBLED: "ganda",
        State.OTHER_YEAR: "tahun lain",
        State.UNREADABLE: "tidak terbaca",
        State.STRANGER: "di luar daftar",
        State.NAMELESS: "tanpa nama",
    }
    parts += [f"{counts[state]} {noun}" for state, noun in nouns.items() if counts[state]]
    total = sum(
        (line.facts.anggaran for line in board.counted if line.facts and line.facts.anggaran is not None), Decimal(0)
    )
    spent = sum(
        (line.facts.realisasi for line in board.counted if line.facts and line.facts.realisasi is not None), Decimal(0)
    )
    share = f" ({show(percentage(spent, total), 2)}%)" if total else ""
    return f"{'; '.join(parts)}. Anggaran Rp {show(total)}, realisasi Rp {show(spent)}{share}."
