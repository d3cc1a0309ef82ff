"""Three texts into one, word by word, and a text changed where it stands without touching what stays."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lakip_xlsx.word.refresh.places import Piece, Place
from lakip_xlsx.word.xml import BREAKS, RPR, RUN, Element, T, el, printable, qn, remove, set_text, text

_CHANGES = frozenset(qn(f"w:{name}") for name in ("ins", "del", "rPrChange"))
_WORD = re.compile(r"\s+|[^\s]+")
_FEWEST = 6  # words of a text that is merged word by word; a shorter one is a figure or a name, and is one thing
_ALIKE = 0.6  # of a text that is another sentence now nothing is woven into what a person wrote
_LONGEST = 20_000  # letters; a text above that is compared as a whole


def words(value: str) -> list[str]:
    """A text as words and the blanks between them."""
    return _WORD.findall(value)


@dataclass(frozen=True, slots=True)
class _Change:
    """Words ``start`` to ``end`` of the base become others."""

    start: int
    end: int
    words: tuple[str, ...]


def merge(base: str, mine: str, new: str) -> str | None:
    """Both changes of a text together: a person's (``mine``) and the workbook's (``new``).

    None where they meet: between a word that one changed and a word that the other changed at least one word
    must be as it was.
    """
    if max(map(len, (base, mine, new))) > _LONGEST:
        return None
    old = words(base)
    if sum(1 for word in old if not word.isspace()) < _FEWEST:
        return None
    if SequenceMatcher(None, old, words(new), autojunk=False).ratio() < _ALIKE:
        return None
    ours, theirs = _changes(old, words(mine)), _changes(old, words(new))
    changes = sorted([*ours, *theirs], key=lambda change: (change.start, change.end))
    for one, other in ((one, other) for one in ours for other in theirs):
        if not _apart(old, one, other):
            return None
    merged: list[str] = []
    at = 0
    for change in changes:
        merged += old[at : change.start]
        merged += change.words
        at = change.end
    return "".join([*merged, *old[at:]])


def _apart(old: Sequence[str], one: _Change, other: _Change) -> bool:
    """Whether a word that nobody changed stands between two changes."""
    first, second = (one, other) if one.end <= other.start else (other, one)
    if first.end > second.start:
        return False
    return any(not word.isspace() for word in old[first.end : second.start])


def _changes(old: Sequence[str], now: Sequence[str]) -> list[_Change]:
    matcher = SequenceMatcher(None, old, now, autojunk=False)
    return [_Change(i1, i2, tuple(now[j1:j2])) for kind, i1, i2, j1, j2 in matcher.get_opcodes() if kind != "equal"]


def become(place: Place, value: str) -> bool:
    """Make the text at a place another one, changing only the words that differ; False where that cannot be.

    Every word keeps the look of its run; a new one takes that of the word which it replaces or follows.
    """
    value = printable(value).replace("\r\n", "\n").replace("\r", "\n")
    edits = _edits(place.pieces, value)
    if edits is None:
        return False
    starts = _starts(place.pieces)
    for start, end, put in reversed(edits):
        _replace(place.pieces, starts, start, end, put)
    for piece in place.pieces:
        if piece.element.tag == T:
            _set(piece.element, piece.element.text or "")
    return True


_Edit = tuple[int, int, str]


def _edits(pieces: Sequence[Piece], value: str) -> list[_Edit] | None:
    """What to put in place of which letters; None if a fixed piece is among them, or there is no place at all."""
    now = "".join(piece.text for piece in pieces)
    old, new = words(now), words(value)
    at = [0]
    for word in old:
        at.append(at[-1] + len(word))
    edits: list[_Edit] = []
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    if len(now) > _LONGEST:
        codes = [("replace", 0, len(old), 0, len(new))]
    for kind, i1, i2, j1, j2 in codes:
        if kind != "equal":
            edits.append((at[i1], at[i2], "".join(new[j1:j2])))
    starts = _starts(pieces)
    for start, end, put in edits:
        touched = [
            piece
            for piece, begin in zip(pieces, starts, strict=True)
            if begin < end and begin + len(piece.text) > start and piece.text
        ]
        if any(piece.fixed for piece in touched) or (put and _host(pieces, starts, start, end) is None):
            return None
    return edits


def _starts(pieces: Sequence[Piece]) -> list[int]:
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text)
    return starts


def _host(pieces: Sequence[Piece], starts: Sequence[int], start: int, end: int) -> int | None:
    """The piece that takes new letters: the one that is replaced, else the one before, else the one after."""
    plain = [at for at, piece in enumerate(pieces) if piece.element.tag == T and not piece.fixed]
    inside = [at for at in plain if starts[at] < end and starts[at] + len(pieces[at].text) > start]
    before = [at for at in plain if starts[at] < start <= starts[at] + len(pieces[at].text)]
    after = [at for at in plain if starts[at] == end]
    empty = [at for at in plain if starts[at] <= start <= starts[at] + len(pieces[at].text)]
    return next((found[0] for found in (inside, before, after, empty) if found), None)


def _replace(pieces: Sequence[Piece], starts: Sequence[int], start: int, end: int, put: str) -> None:
    """Put letters in place of others. Edits are made from the last to the first, so that positions stay right."""
    host = _host(pieces, starts, start, end) if put else None
    for at, piece in enumerate(pieces):
        first, last = starts[at], starts[at] + len(piece.text)
        cut = first < end and last > start and piece.text != ""
        if piece.element.tag != T:
            if cut:
                remove(piece.element)
            continue
        if not cut and at != host:
            continue
        now = piece.element.text or ""
        left, right = max(start, first) - first, max(min(end, last), start, first) - first
        set_text(piece.element, f"{now[:left]}{put if at == host else ''}{now[right:]}")


def _set(element: Element, value: str) -> None:
    """Give a ``w:t`` another text, with elements for its line breaks."""
    if not BREAKS.search(value):
        if element.text != value:
            set_text(element, value)
        return
    for part in BREAKS.split(value):
        if part == "\t":
            element.addprevious(el("w:tab"))
        elif part == "\n":
            element.addprevious(el("w:br"))
        elif part:
            element.addprevious(text(part))
    remove(element)


def put_into(paragraph: Element, value: str, like: Element | None) -> Element:
    """A new run with a text at the end of a paragraph, with the look of another run; the run."""
    run = el("w:r")
    look = None if like is None else like.find(RPR)
    if look is not None:
        run.append(_copied(look))
    slot = el("w:t")
    run.append(slot)
    paragraph.append(run)
    _set(slot, printable(value))
    return run


def _copied(look: Element) -> Element:
    copied = copy.deepcopy(look)
    for change in [child for child in copied if child.tag in _CHANGES]:
        remove(change)
    return copied


def first_run(element: Element) -> Element | None:
    """The first run below an element."""
    return next(element.iter(RUN), None)
