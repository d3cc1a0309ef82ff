"""Wordings that are meant to be the same: equal after all, misspelt, or told with other words."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType

from lakip_xlsx.numbers import fold

_WORD = re.compile(r"[^\W_]+(?:[-/'’][^\W_]+)*")
_SHORTEST_TYPO = 4
_MORE = 3
_CLOSELY = 64  # words of two wordings that are compared as a reader would; longer ones by their longest common row
_SHOWN = 20  # words of a difference that a message shows
_NAME = 300  # letters: what is longer is no name, and no misspelt one
_COMPARED = 2000  # letters by which long texts are compared as a whole
_ENDS = 2  # a slip of the keyboard lies inside a word; other endings are other words


@dataclass(frozen=True, slots=True)
class Change:
    """Where two wordings part: the words that only the one and only the other has."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def is_typo(self) -> bool:
        """Whether one word only was misspelt."""
        return len(self.left) == len(self.right) == 1 and misspelt(self.left[0], self.right[0])

    def __str__(self) -> str:
        left, right = _beginning(self.left), _beginning(self.right)
        if left and right:
            return f'"{left}" dan "{right}"'
        return f'"{left or right}" hanya di salah satunya'


def _beginning(said: Sequence[str]) -> str:
    return " ".join(said[:_SHOWN]) + (" …" if len(said) > _SHOWN else "")


def words(text: str) -> tuple[str, ...]:
    """The words of a text for comparing: no case, no punctuation, no double blanks; "&" is "dan"."""
    return _short_words(text) if len(text) <= _SHORT else _words(text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text).replace("&", " dan ")))


_SHORT = 64  # letters: a word or a name, asked for again and again; long texts are not kept in memory
_short_words = lru_cache(maxsize=8192)(_words)


def same(left: str, right: str) -> bool:
    """Whether two wordings are the same, apart from case, blanks and punctuation."""
    return words(left) == words(right)


@lru_cache(maxsize=8192)
def misspelt(left: str, right: str) -> bool:
    """Whether two words differ by a slip of the keyboard: one letter, or several lost or swapped, inside the word."""
    if left == right or min(len(left), len(right)) < _SHORTEST_TYPO or abs(len(left) - len(right)) > _ENDS:
        return False
    if left.isdigit() or right.isdigit():
        return False
    shorter = min(len(left), len(right))
    kept = _ENDS if shorter > 2 * _SHORTEST_TYPO else 1
    if left[:kept] != right[:kept] or left[-kept:] != right[-kept:]:
        return False
    far = distance(left, right)
    return far == 1 or (far <= _MORE and shorter > 2 * _SHORTEST_TYPO - 1 and _only_lost(left, right))


def _only_lost(left: str, right: str) -> bool:
    """Whether letters are missing or out of order, but none is another: pelayanan is not pelaksanaan."""
    counts = Counter(left), Counter(right)
    return not (counts[0] - counts[1]) or not (counts[1] - counts[0])


def distance(left: str, right: str) -> int:
    """How many letters must be changed; two letters that changed places count as one."""
    return int(_rapidfuzz(".distance").OSA.distance(left, right))


def changes(left: Sequence[str], right: Sequence[str]) -> tuple[Change, ...]:
    """The places where two wordings differ, word by word; also of long ones in time that grows with their length."""
    found: list[Change] = []
    for i1, i2, j1, j2 in gaps(left, right):
        if i2 - i1 == j2 - j1:
            found += [Change((a,), (b,)) for a, b in zip(left[i1:i2], right[j1:j2], strict=True)]
        else:
            found.append(Change(tuple(left[i1:i2]), tuple(right[j1:j2])))
    return tuple(found)


def gaps(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two rows of words have nothing in common: beginning and end in the one and in the other."""
    if max(len(left), len(right)) <= _CLOSELY:
        blocks = difflib.SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    else:  # the library above takes the cube of the length, this one a 64th of its square
        blocks = _rapidfuzz(".distance").Indel.opcodes(left, right).as_matching_blocks()
    i = j = 0
    for a, b, size in blocks:
        if i < a or j < b:
            yield i, a, j, b
        i, j = a + size, b + size


def described(found: Iterable[Change]) -> str:
    """The differences in a few words, for a message; at most three of them."""
    shown = [str(change) for change in found]
    more = f"; dan {len(shown) - 3} perbedaan lain" if len(shown) > 3 else ""
    return "; ".join(shown[:3]) + more


def alike(left: str, right: str) -> float:
    """How much two wordings have in common, 0 to 100."""
    return float(_rapidfuzz(".fuzz").ratio(_comparable(left), _comparable(right)))


@lru_cache(maxsize=1024)
def _comparable(text: str) -> str:
    return " ".join(words(text[:_COMPARED]))


def nearest(wanted: str, names: Iterable[str]) -> str:
    """The name that is most like the wanted one, letter by letter; empty if none is."""
    choices = [name for name in names if len(name) <= _NAME]
    found = difflib.get_close_matches(wanted, choices, n=1) if len(wanted) <= _NAME else []
    return found[0] if found else ""


def closest(wanted: str, names: Iterable[str], cutoff: float = 75) -> str:
    """The name that is most like the wanted one; empty if none is."""
    if len(wanted) > _NAME:
        return ""
    choices = {fold(name): name for name in names if len(name) <= _NAME}
    scorer = _rapidfuzz(".fuzz").ratio
    best = _rapidfuzz(".process").extractOne(fold(wanted), list(choices), scorer=scorer, score_cutoff=cutoff)
    return choices[best[0]] if best else ""


@cache
def _rapidfuzz(part: str) -> ModuleType:
    """A part of rapidfuzz, loaded when it is first needed: most workbooks hold nothing that is nearly the same."""
    return import_module(part, "rapidfuzz")
