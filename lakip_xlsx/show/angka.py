"""The numbers of the sentences with what became of each, for the reviewer: as lines, and as plain data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lakip_xlsx.checks.angka.account import Number
from lakip_xlsx.checks.places import locate
from lakip_xlsx.finding import Cell, Severity
from lakip_xlsx.show.text import NARROWEST, WIDEST, Line

STATES = {
    "contradicted": "bertentangan dengan tabel",
    "told": "tidak ada pada tabel",
    "tied": "cocok dengan tabel",
}
"""The states, in the order in which a reviewer wants them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number of a sentence, ready to be shown or sent: all of it pickles."""

    cell: Cell
    text: str
    quote: str
    state: str
    source: tuple[Cell, ...]


def shown(numbers: Sequence[Number]) -> tuple[Shown, ...]:
    """The numbers with their cells, in the order of the texts."""
    return tuple(
        Shown(
            locate(number.passage.place),
            number.text,
            number.quote,
            number.state.value,
            tuple(map(locate, number.figure.places)) if number.figure is not None else (),
        )
        for number in numbers
    )


def lines(numbers: Sequence[Shown], *, width: int = 80) -> Iterator[Line]:
    """Every number under its state, with its phrase and cells; the closing line counts them."""
    width = max(NARROWEST, min(width, WIDEST))
    for state, title in STATES.items():
        group = [one for one in numbers if one.state == state]
        if not group:
            continue
        yield Line(f"Angka yang {title}", Severity.ERROR if state == "contradicted" else None, bold=True)
        for one in group:
            source = f" = {', '.join(map(str, one.source))}" if one.source and state == "tied" else ""
            source = f"; lihat {', '.join(map(str, one.source))}" if one.source and state == "contradicted" else source
            text = f'{one.cell}: {one.text} dalam "{one.quote}"{source}'
            for line in textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    "):
                yield Line(line)
        yield Line("")
    yield Line(closing(numbers))


def closing(numbers: Sequence[Shown]) -> str:
    """The counts in one sentence."""
    counts = {state: sum(one.state == state for one in numbers) for state in STATES}
    return (
        f"{len(numbers)} angka dalam teks: {counts['tied']} cocok, {counts['contradicted']} bertentangan, "
        f"{counts['told']} tidak ada pada tabel."
    )


def as_data(numbers: Sequence[Shown]) -> dict[str, Any]:
    """The same as plain data, for JSON."""
    found: dict[str, Any] = {"total": len(numbers)}
    found |= {state: sum(one.state == state for one in numbers) for state in ("tied", "contradicted", "told")}
    found["items"] = [
        {
            "sheet": one.cell.sheet,
            "cell": one.cell.ref,
            "text": one.text,
            "quote": one.quote,
            "state": one.state,
            "source": [{"sheet": cell.sheet, "cell": cell.ref} for cell in one.source],
        }
        for one in numbers
    ]
    return found
