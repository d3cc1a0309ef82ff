"""Paragraphs that stand in the reports of several offices: equal, or nearly so.

A paragraph is compared without the name of its own office and without its numbers. Of each only a sketch is kept:
the smallest hashes of its runs of five words (MinHash, bottom-k), by which two paragraphs with most runs in
common are found without comparing each with each.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lakip_xlsx.checks.near import words

if TYPE_CHECKING:
    from lakip_xlsx.recap.cross import Place

_SHORTEST = 12  # words; shorter sentences are alike by chance
_RUN = 5
_SKETCH = 24  # hashes that are kept
_KEYS = 6  # of them the smallest, by which likely pairs are found
_ALIKE = 0.6  # share of the sketch that two near copies have in common
_CROWD = 60  # paragraphs under one key: beyond, they are common wording and not compared one by one
_QUOTE = 90
_GENERIC = frozenset(
    {"dinas", "badan", "kantor", "kecamatan", "bagian", "sekretariat", "inspektorat", "satuan", "rumah"}
)


@dataclass(frozen=True, slots=True)
class _Kept:
    place: Place
    plain: bytes  # digest of the words without the office's name and numbers
    whole: bytes  # digest of the words as they are
    has_numbers: bool
    sketch: array[int]  # the smallest first
    quote: str
    offices: tuple[str, ...]  # what reads like the name of an office in it


@dataclass(frozen=True, slots=True)
class Copy:
    """A paragraph in several places. ``naming``: where it names the office of another of these places."""

    digest: str
    places: tuple[Place, ...]
    quote: str
    exact: bool
    with_numbers: bool
    naming: tuple[tuple[Place, str], ...]


class Texts:
    """The paragraphs of many offices."""

    def __init__(self) -> None:
        self._kept: list[_Kept] = []
        self._names: dict[str, tuple[str, ...]] = {}

    def take(self, place: Place, text: str) -> None:
        """One paragraph."""
        said = words(text)
        if len(said) < _SHORTEST:
            return
        own = self._names.setdefault(place.line.name, words(place.line.name))
        bare = [word for word in _without(said, own) if not word[0].isdigit()]
        runs = sorted(
            {zlib.crc32(" ".join(bare[at : at + _RUN]).encode()) for at in range(max(1, len(bare) - _RUN + 1))}
        )
        self._kept.append(
            _Kept(
                place,
                _digest(bare),
                _digest(said),
                any(word[0].isdigit() for word in said),
                array("L", runs[:_SKETCH]),
                text.strip()[:_QUOTE] + ("…" if len(text.strip()) > _QUOTE else ""),
                tuple(_named_in(text)),
            )
        )

    def copies(self) -> Iterator[Copy]:
        """Groups of equal or nearly equal paragraphs of more than one office."""
        parent = list(range(len(self._kept)))

        def root(at: int) -> int:
            while parent[at] != at:
                parent[at] = parent[parent[at]]
                at = parent[at]
            return at

        for left, right in self._pairs():
            parent[max(root(left), root(right))] = min(root(left), root(right))
        grouped: defaultdict[int, list[_Kept]] = defaultdict(list)
        for at, kept in enumerate(self._kept):
            grouped[root(at)].append(kept)
        for members in grouped.values():
            if len({each.place.line.key for each in members}) > 1:
                yield _copy(members)

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Which paragraphs belong together."""
        equal: dict[bytes, int] = {}
        by_key: defaultdict[int, list[int]] = defaultdict(list)
        for at, kept in enumerate(self._kept):
            first = equal.setdefault(kept.plain, at)
            if first != at:
                yield first, at
                continue
            for key in kept.sketch[:_KEYS]:
                for other in by_key[key]:
                    if _share(self._kept[other].sketch, kept.sketch) >= _ALIKE:
                        yield other, at
                if len(by_key[key]) < _CROWD:
                    by_key[key].append(at)


def _without(said: Sequence[str], name: tuple[str, ...]) -> list[str]:
    """The words without each mention of a name."""
    found: list[str] = []
    at = 0
    while at < len(said):
        if name and tuple(said[at : at + len(name)]) == name:
            at += len(name)
        else:
            found.append(said[at])
            at += 1
    return found


def _digest(said: Sequence[str]) -> bytes:
    return hashlib.sha256(" ".join(said).encode()).digest()[:8]


def _share(left: array[int], right: array[int]) -> float:
    """The share of common runs, estimated by the smallest hashes of both."""
    one, other = set(left), set(right)
    smallest = sorted(one | other)[: min(_SKETCH, max(len(one), len(other)))]
    return sum(each in one and each in other for each in smallest) / len(smallest)


_NAME = re.compile(
    r"\b(?:Dinas|Badan|Kantor|Kecamatan|Inspektorat|Sekretariat|Satuan)(?:[ ,]+(?:dan|serta|[A-Z][\w-]*))+"
)


def _named_in(text: str) -> Iterator[str]:
    """What reads like the name of an office."""
    yield from dict.fromkeys(match[0].removesuffix(" dan").strip(" ,") for match in _NAME.finditer(text))


def _copy(members: list[_Kept]) -> Copy:
    first = members[0]
    names = {each.place.line.name: words(each.place.line.name) for each in members}
    naming = [
        (each.place, other)
        for each in members
        for other, said in names.items()
        if other != each.place.line.name
        and any(_is_of(words(found), said, names[each.place.line.name]) for found in each.offices)
    ]
    whole = {each.whole for each in members}
    return Copy(
        digest=first.plain.hex(),
        places=tuple(each.place for each in members),
        quote=first.quote,
        exact=len({each.plain for each in members}) == 1,
        with_numbers=len(whole) == 1 and first.has_numbers,
        naming=tuple(naming),
    )


def _is_of(found: tuple[str, ...], other: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Whether a name in a text begins the other office's name and not its own: at least two telling words of it."""
    size = len(found)
    telling = size > 1 and found[0] in _GENERIC
    return telling and other[:size] == found and own[:size] != found
