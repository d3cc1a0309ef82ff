"""A refresh as a person reads it, and as plain data for scripts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from lakip_xlsx.show.text import NARROWEST, WIDEST, Line
from lakip_xlsx.show.trace import plain, split
from lakip_xlsx.word.refresh.changes import Change, Group

SCHEMA = 1
_LONGEST, _MANY = 70, 12
_TITLES = {
    Group.CONFLICT: "PERLU DIPUTUSKAN: disunting tangan, dan workbook berubah",
    Group.KEPT: "Tetap menurut suntingan tangan",
    Group.UPDATED: "Diperbarui dari workbook",
    Group.ADDED: "Baru dari workbook",
    Group.REMOVED: "Tidak ada lagi dalam workbook",
}
_BOTH = frozenset({Group.CONFLICT, Group.KEPT})


def listing(changes: Sequence[Change], *, full: bool = False, width: int = 80) -> Iterator[Line]:
    """The changes, group by group, what needs a person first; of a long group the beginning unless ``full``."""
    width = max(NARROWEST, min(width, WIDEST))
    for group, title in _TITLES.items():
        own = [change for change in changes if change.group is group]
        if not own:
            continue
        yield Line(f"{title} ({len(own)})", bold=True)
        shown = own if full or group is Group.CONFLICT else own[:_MANY]
        for change in shown:
            yield from _entry(change, width)
        if len(shown) < len(own):
            yield Line(f"  … dan {len(own) - len(shown)} lagi; semuanya dengan --full")


def _entry(change: Change, width: int) -> Iterator[Line]:
    where = f" <- {', '.join(map(plain, change.cells))}" if change.cells else ""
    yield from _wrapped(f"{change.anchor}{where}", "  ", width)
    if change.group in _BOTH and change.was is not None:
        yield from _wrapped(f"semula: {_short(change.was)}", "      ", width)
        now = "(dihapus)" if change.now is None else _short(change.now)
        yield from _wrapped(f"dalam dokumen: {now}", "      ", width)
    if change.group is Group.CONFLICT and change.new is not None:
        yield from _wrapped(f"menurut workbook: {_short(change.new)}", "      ", width)
    elif change.group is Group.UPDATED and change.was is not None:
        yield from _wrapped(f"{_short(change.was)} -> {_short(change.now or '')}", "      ", width)
    elif change.group in {Group.ADDED, Group.REMOVED}:
        yield from _wrapped(_short(change.was or change.new or change.now or ""), "      ", width)
    if change.note:
        yield from _wrapped(f"({change.note})", "      ", width)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _wrapped(text: str, indent: str, width: int) -> Iterator[Line]:
    for line in textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False
    ):
        yield Line(line)


def summary(changes: Sequence[Change]) -> str:
    """How many there are of each group, in one line."""
    counts = {group: sum(change.group is group for change in changes) for group in Group}
    return (
        f"{counts[Group.UPDATED]} diperbarui, {counts[Group.ADDED]} baru, {counts[Group.REMOVED]} tidak ada lagi, "
        f"{counts[Group.KEPT]} tetap menurut suntingan, {counts[Group.CONFLICT]} perlu diputuskan"
    )


def as_data(document: str, workbook: str, changes: Sequence[Change], **state: object) -> dict[str, Any]:
    """A refresh as plain data. The shape is public (``schema`` 1): add to it, never change it."""
    groups = {group.value: [_item(change) for change in changes if change.group is group] for group in Group}
    return {"schema": SCHEMA, "document": document, "workbook": workbook, **state, **groups}


def _item(change: Change) -> dict[str, Any]:
    sources = [dict(zip(("sheet", "cell"), split(cell), strict=True)) for cell in change.cells]
    return {
        "anchor": change.anchor,
        "kind": change.kind,
        "was": change.was,
        "now": change.now,
        "new": change.new,
        "sources": sources,
        "note": change.note,
    }
