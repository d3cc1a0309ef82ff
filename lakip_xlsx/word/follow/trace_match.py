"""Holds the trace of a document against what the workbook says now.

Values are known by their field and the keys of their rows, so rows that were inserted in the workbook confuse
nothing. In a document that lists no fields yet they are known by their cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lakip_xlsx.word.fill.anchors import fingerprint
from lakip_xlsx.word.follow.trace import Item

_Key = tuple[str, tuple[str, ...], str]
_Name = Callable[[Item], _Key]


@dataclass(frozen=True, slots=True)
class Matched:
    """A value of the document and what the workbook says of it now.

    ``workbook`` is None where that cannot be said: the workbook no longer yields this value, or yields it
    another number of times. ``agrees``: whether the workbook still says what was inserted. ``sources`` are
    the cells from which it comes now.
    """

    item: Item
    workbook: str | None
    agrees: bool | None
    sources: tuple[str, ...] = ()


def match(items: Sequence[Item], fresh: Sequence[Item]) -> list[Matched]:
    """Each item with its counterpart in the trace of a document that was just made from the workbook.

    Counterparts have the same name, and are told apart by their order. Where there are more or fewer of
    them than before, only a text that all of them share is taken.
    """
    name = _by_field if any(item.field for item in items) else _by_cells
    known = _by_key(fresh, name)
    total = {key: len(found) for key, found in _by_key(items, name).items()}
    seen: dict[_Key, int] = {}
    matched = []
    for item in items:
        key = name(item)
        at = seen.get(key, 0)
        seen[key] = at + 1
        now = _counterpart(known.get(key, []), at, total[key])
        agrees = None if now is None else (now.inserted, now.mark) == (item.inserted, item.mark)
        sources = () if now is None else now.sources
        matched.append(Matched(item, None if now is None else now.now or "", agrees, sources))
    return matched


def _by_field(item: Item) -> _Key:
    return item.kind, (item.group, item.key), item.field


def _by_cells(item: Item) -> _Key:
    return item.kind, item.sources, item.how


def _by_key(items: Iterable[Item], name: _Name) -> dict[_Key, list[Item]]:
    found: dict[_Key, list[Item]] = {}
    for item in items:
        found.setdefault(name(item), []).append(item)
    return found


def _counterpart(found: Sequence[Item], at: int, total: int) -> Item | None:
    if len(found) == total:
        return found[at]
    texts = {fingerprint(item.now or "") for item in found}
    return found[0] if len(texts) == 1 else None
