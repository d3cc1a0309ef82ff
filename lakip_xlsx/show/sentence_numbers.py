"""The numbers of the sentences, for the reviewer: as lines of text and as data."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from lakip_xlsx.finding import Cell, SentenceNumber, Severity, Spot, State, ranges
from lakip_xlsx.show.text import Line

_HEADS = {
    State.CONTRADICTED: "Bertentangan dengan tabel",
    State.TOLD: "Tidak ada pada tabel (periksa sumbernya)",
    State.TIED: "Cocok dengan tabel",
}
_COUNTED = {State.TIED: "cocok", State.CONTRADICTED: "bertentangan", State.TOLD: "tidak ada pada tabel"}
_WEIGHT = {State.CONTRADICTED: Severity.ERROR}
_MOST_SOURCES = 4


def lines(numbers: Sequence[SentenceNumber], *, width: int) -> Iterator[Line]:
    """Each number with its cell, its phrase and the cells of its figure, by what became of it."""
    yield Line("Angka dalam teks", bold=True)
    for state, head in _HEADS.items():
        members = [number for number in numbers if number.state is state]
        if members:
            yield Line(f"  {head}", _WEIGHT.get(state))
        for number in members:
            source = ranges(number.source)
            more = f" dan {len(source) - _MOST_SOURCES} lagi" if len(source) > _MOST_SOURCES else ""
            led = f" -> {', '.join(source[:_MOST_SOURCES])}{more}" if source else ""
            said = f'{number.cell}  {number.text}: "{number.quote}"{led}'
            yield from map(Line, textwrap.wrap(said, width, initial_indent="    ", subsequent_indent="      "))
    yield Line(summary(numbers), bold=True)


def summary(numbers: Sequence[SentenceNumber]) -> str:
    """How many there are of each kind: "214 angka dalam teks: 189 cocok, 2 bertentangan, 23 tidak ada pada tabel"."""
    counts = Counter(number.state for number in numbers)
    told = ", ".join(f"{counts[state]} {word}" for state, word in _COUNTED.items())
    return f"{len(numbers)} angka dalam teks: {told}."


def _where(place: Cell) -> dict[str, str]:
    if isinstance(place, Spot):
        return {"heading": place.sheet, "place": place.ref}
    return {"sheet": place.sheet, "cell": place.ref}


def as_data(numbers: Sequence[SentenceNumber]) -> dict[str, Any]:
    """The same as plain data, in the order of the texts."""
    counts = Counter(number.state for number in numbers)
    return {
        "total": len(numbers),
        **{state.value: counts[state] for state in State},
        "items": [
            {
                **_where(number.cell),
                "text": number.text,
                "quote": number.quote,
                "state": number.state.value,
                "source": [{"sheet": cell.sheet, "cell": cell.ref} for cell in number.source],
            }
            for number in numbers
        ],
    }
