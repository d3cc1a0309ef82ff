"""Holds the trace of a document against what the workbook says now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lakip_xlsx.word.fill.anchors import fingerprint
from lakip_xlsx.word.follow.trace import Item

_Key = tuple[str, tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Matched:
    """A value of the document and what the workbook says now in the same cells.

    ``workbook`` is None where that cannot be said: the cells no longer yield this value, or yield it
    another number of times. ``agrees``: whether the workbook still says what was inserted.
    """

    item: Item
    workbook: str | None
    agrees: bool | None


def match(items: Sequence[Item], fresh: Sequence[Item]) -> list[Matched]:
    """Each item with its counterpart in the trace of a document that was just made from the workbook.

    Counterparts come from the same cells in the same way, and are told apart by their order. Where there
    are more or fewer of them than before, only a text that all of them share is taken.
    """
    known = _by_key(fresh)
    total = {key: len(found) for key, found in _by_key(items).items()}
    seen: dict[_Key, int] = {}
    matched = []
    for item in items:
        key = _key(item)
        at = seen.get(key, 0)
        seen[key] = at + 1
        now = _counterpart(known.get(key, []), at, total[key])
        agrees = None if now is None else (now.inserted, now.mark) == (item.inserted, item.mark)
        matched.append(Matched(item, None if now is None else now.now or "", agrees))
    return matched


def _key(item: Item) -> _Key:
    return item.kind, item.sources, item.how


def _by_key(items: Iterable[Item]) -> dict[_Key, list[Item]]:
    found: dict[_Key, list[Item]] = {}
    for item in items:
        found.setdefault(_key(item), []).append(item)
    return found


def _counterpart(found: Sequence[Item], at: int, total: int) -> Item | None:
    if len(found) == total:
        return found[at]
    texts = {fingerprint(item.now or "") for item in found}
    return found[0] if len(texts) == 1 else None
