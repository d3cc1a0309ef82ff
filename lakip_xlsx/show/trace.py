"""A trace as a person reads it, and as plain data for scripts."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from lakip_xlsx.finding import column_number
from lakip_xlsx.numbers import fold
from lakip_xlsx.show.text import NARROWEST, WIDEST, Line
from lakip_xlsx.word.follow.trace import Item, State
from lakip_xlsx.word.follow.trace_match import Matched

SCHEMA = 1
_LONGEST = 70
_AREA = re.compile(
    r"(?P<sheet>.+)!(?P<left>[a-z]{1,3})(?P<top>[0-9]{1,7})(?::(?P<right>[a-z]{1,3})(?P<bottom>[0-9]{1,7}))?"
)
_NOUNS = ("nilai", "tabel", "grafik", "gambar")


def is_changed(matched: Matched) -> bool:
    """Whether something about a value is no longer as it was: in the document or in the workbook."""
    return matched.item.state is not State.SAME or matched.agrees is False


def holds(matched: Matched, wanted: str) -> bool:
    """Whether a value, as it is or was, or one of its cells is what a person looks for; nothing is everything."""
    if not wanted.strip():
        return True
    item, said = matched.item, fold(wanted)
    cells = [fold(plain(source)) for source in (*item.sources, *matched.sources)]
    return any(_covers(cell, said) for cell in cells) or any(
        said in fold(text) for text in (item.inserted, item.now or "")
    )


def _covers(source: str, wanted: str) -> bool:
    """Whether an address, or one cell in the range that it is, is the wanted one."""
    if source == wanted:
        return True
    area, one = _AREA.fullmatch(source), _AREA.fullmatch(wanted)
    if area is None or one is None or area["sheet"] != one["sheet"]:
        return False
    column, row = column_number(one["left"].upper()), int(one["top"])
    left, right = (column_number((area[side] or area["left"]).upper()) for side in ("left", "right"))
    return left <= column <= right and int(area["top"]) <= row <= int(area["bottom"] or area["top"])


def heading(document: str, workbook: str, matched: Sequence[Matched], *, compared: bool) -> Iterator[str]:
    """How many there are of each kind, and what became of them."""
    kinds = Counter(each.item.kind for each in matched)
    held = ", ".join(f"{kinds[noun]} {noun}" for noun in _NOUNS if kinds[noun])
    yield f"{document}, dari {workbook or 'workbook yang tidak tercatat'}: {held}."
    states = Counter(each.item.state for each in matched)
    told = [f"{states[state]} {state}" for state in State if state is not State.SAME and states[state]]
    yield f"Sejak dibuat: {', '.join(told)}." if told else "Sejak dibuat tidak ada yang berubah dalam dokumen."
    if compared:
        differing = sum(each.agrees is False for each in matched)
        unknown = sum(each.agrees is None for each in matched)
        said = f"{differing} berbeda dengan isi workbook sekarang" if differing else "Workbook masih berisi sama"
        yield f"{said}{f'; {unknown} tidak dapat dicocokkan' if unknown else ''}."


def listing(matched: Sequence[Matched], *, width: int = 80) -> Iterator[Line]:
    """Every value with its cells, in the order of the document; what changed says how."""
    width = max(NARROWEST, min(width, WIDEST))
    for each in matched:
        item = each.item
        mark = "" if item.state is State.SAME else f"[{item.state.upper()}] "
        yield from _wrapped(f"{mark}{_shown(item)}", "", width)
        yield from _wrapped(f"<- {_places(item.sources)} ({item.how})", "    ", width)
        if item.state is State.CHANGED and item.kind == "nilai":
            yield from _wrapped(f"semula: {_short(item.inserted)}", "    ", width)
        elif item.state is State.CHANGED and item.kind == "tabel":
            yield from _wrapped(f"semula {item.inserted}, kini {item.now}", "    ", width)
        if each.sources and each.sources != item.sources:
            yield from _wrapped(f"kini di {_places(each.sources)}", "    ", width)
        if each.agrees is False:
            now = f": {_short(each.workbook or '')}" if item.kind == "nilai" else "angka lain"
            yield from _wrapped(f"workbook kini {now}".replace(" :", ":"), "    ", width)


def _shown(item: Item) -> str:
    if item.kind == "nilai":
        return _short(item.inserted if item.now is None else item.now)
    return f"({item.kind}{f' {item.now or item.inserted}' if item.kind == 'tabel' else ''})"


def _places(sources: Sequence[str]) -> str:
    return ", ".join(map(plain, sources)) or "tidak dari sel"


def plain(source: str) -> str:
    """An address without the quotes that its sheet's name does not need."""
    sheet, ref = split(source)
    return f"{sheet}!{ref}" if ref else sheet


def split(source: str) -> tuple[str, str]:
    """Sheet and cell of an address as Excel writes it."""
    sheet, _, ref = source.rpartition("!") if not source.endswith("'") else (source, "", "")
    return sheet[1:-1].replace("''", "'"), ref


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _wrapped(text: str, indent: str, width: int) -> Iterator[Line]:
    for line in textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=f"{indent}   ", break_on_hyphens=False
    ):
        yield Line(line)


def as_data(document: str, workbook: str, matched: Sequence[Matched], *, compared: bool) -> dict[str, Any]:
    """The trace as plain data. The shape is public (``schema`` 1): add to it, never change it."""
    return {
        "schema": SCHEMA,
        "document": document,
        "workbook": workbook,
        "compared": compared,
        "items": [_item(each) for each in matched],
    }


def _item(matched: Matched) -> dict[str, Any]:
    item = matched.item
    return {
        "kind": item.kind,
        "state": item.state.value,
        "inserted": item.inserted,
        "cut": item.cut,
        "now": item.now,
        "field": item.field,
        "group": item.group,
        "key": item.key,
        "sources": [_cell(source) for source in item.sources],
        "sources_now": [_cell(source) for source in matched.sources],
        "how": item.how,
        "workbook": matched.workbook,
        "agrees": matched.agrees,
    }


def _cell(source: str) -> dict[str, str]:
    sheet, ref = split(source)
    return {"sheet": sheet, "cell": ref}
