"""Every regular expression of the program on texts made to hurt it: ``python -m benchmarks.patterns [SIZE]``.

The texts are made from the pattern itself: what each of its repetitions and the whole of it repeat, over and over, with
and without an end that does not fit. A pattern that takes longer than linear shows as seconds, a linear one as
milliseconds. Prints the slowest; exits with 1 if one takes longer than :data:`ALLOWED`.
"""

from __future__ import annotations

import pkgutil
import random
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import lakip_xlsx
from lakip_xlsx.checks.pattern import Pattern

SIZE = 32_000
"""Characters: what a cell of Excel holds."""

ALLOWED = 0.5
"""Seconds for one pattern on one text, on a busy machine; quadratic ones take many times as long."""

_ENDS = ("", "\x00", " !")
_MOST_SEEDS = 60
_COMMON = (
    "a",
    "A",
    "1",
    " ",
    "a ",
    "1 ",
    ".",
    "1.",
    "-",
    "(",
    "\n",
    "ab-",
    "rp ",
    "tahun ",
    "20",
    "a, ",
    '"',
    "1,2 ",
    "_",
)


def patterns() -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """All patterns that stand in a module, with their names, also those inside lists and mappings.

    Whether one is only ever held against the beginning of a text is told by how its name is used there.
    """
    seen: set[int] = set()
    for found in pkgutil.walk_packages(lakip_xlsx.__path__, "lakip_xlsx."):
        if found.name.endswith(("__main__", "keeper", "job_object")):
            continue
        module = import_module(found.name)
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for name, value in vars(module).items():
            for pattern in _within(value, 3):
                if id(pattern) not in seen and isinstance(pattern.pattern, str):
                    seen.add(id(pattern))
                    used = set(re.findall(rf"\b{name}\.(\w+)", source))
                    anchored = bool(used) and used <= {"match", "fullmatch"}
                    yield f"{found.name.removeprefix('lakip_xlsx.')}.{name}", pattern, anchored


def _within(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Pattern):
        yield value.compiled
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from _within(each, depth - 1)
    elif depth and isinstance(value, dict):
        yield from _within([*value, *value.values()], depth)
    elif depth and type(value).__module__.startswith("lakip_xlsx."):
        yield from _within([getattr(value, name, None) for name in getattr(value, "__slots__", ())], depth - 1)


def texts(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Texts made to hurt a pattern."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    seeds = dict.fromkeys(_COMMON)
    for number in range(2):
        choose = random.Random(number)
        seeds |= dict.fromkeys(_pieces(tree, choose))
    pairs = list(seeds)[:_MOST_SEEDS]
    for seed in pairs:
        for end in _ENDS:
            yield (seed * (size // max(1, len(seed)) + 1))[: size - len(end)] + end
    choose = random.Random(0)
    for _ in range(10):
        first, second = choose.choice(pairs), choose.choice(pairs)
        yield (first + second * size)[:size]


def _pieces(tree: object, choose: random.Random) -> Iterator[str]:
    """What the whole pattern matches, what every beginning of it does, and what each repetition repeats."""
    whole = ""
    for item in tree:  # type: ignore[attr-defined]
        whole += _sample([item], choose)
        if whole:
            yield whole
        yield from _repeated(item, choose)


def _repeated(item: tuple[object, object], choose: random.Random) -> Iterator[str]:
    kind, argument = item
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        body = _sample(argument[2], choose)
        if body:
            yield body
    for inner in _inside(kind, argument):
        for each in inner:
            yield from _repeated(each, choose)


def _inside(kind: object, argument: object) -> list[object]:
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        return [argument[2]]
    if kind is code.SUBPATTERN:
        return [argument[3]]
    if kind is code.BRANCH:
        return list(argument[1])
    if kind in (code.ASSERT, code.ASSERT_NOT):
        return [argument[1]]
    return [argument] if kind is code.ATOMIC_GROUP else []


def _sample(items: object, choose: random.Random) -> str:
    """A text that this part of a pattern matches, as far as looks around are left aside."""
    made = ""
    for kind, argument in items:  # type: ignore[attr-defined]
        if kind is code.LITERAL:
            made += chr(argument)
        elif kind is code.NOT_LITERAL:
            made += "a" if argument != ord("a") else "b"
        elif kind is code.ANY:
            made += choose.choice("a 1")
        elif kind is code.IN:
            made += _one_of(argument, choose)
        elif kind is code.BRANCH:
            made += _sample(choose.choice(argument[1]), choose)
        elif kind is code.SUBPATTERN:
            made += _sample(argument[3], choose)
        elif kind is code.ATOMIC_GROUP:
            made += _sample(argument, choose)
        elif kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            least, most, body = argument
            made += "".join(_sample(body, choose) for _ in range(max(least, min(int(most), choose.randint(0, 2)))))
    return made


def _one_of(options: list[tuple[object, object]], choose: random.Random) -> str:
    fitting = [letter for letter in "a1 .,-_(Z\n\u2026\x00" if _is_in(letter, options)]
    for kind, argument in options:
        if kind is code.LITERAL:
            fitting.append(chr(argument))
        elif kind is code.RANGE:
            fitting.append(chr(argument[0]))
    return choose.choice(fitting) if fitting else ""


_CLASSES = {
    code.CATEGORY_DIGIT: str.isdigit,
    code.CATEGORY_SPACE: str.isspace,
    code.CATEGORY_WORD: lambda letter: letter.isalnum() or letter == "_",
    code.CATEGORY_NOT_DIGIT: lambda letter: not letter.isdigit(),
    code.CATEGORY_NOT_SPACE: lambda letter: not letter.isspace(),
    code.CATEGORY_NOT_WORD: lambda letter: not (letter.isalnum() or letter == "_"),
}


def _is_in(letter: str, options: list[tuple[object, object]]) -> bool:
    negated = bool(options) and options[0][0] is code.NEGATE
    within = any(
        (kind is code.LITERAL and ord(letter) == argument)
        or (kind is code.RANGE and argument[0] <= ord(letter) <= argument[1])
        or (kind is code.CATEGORY and _CLASSES[argument](letter))
        for kind, argument in options
    )
    return within != negated


def measured(pattern: re.Pattern[str], size: int, most: float, *, anchored: bool) -> tuple[float, str]:
    """Seconds on the worst text, and how that one begins; given up after ``most`` seconds."""
    worst, said = 0.0, ""
    for text in texts(pattern, size):
        started = time.process_time()
        try:
            with _giving_up(most):
                if anchored:
                    pattern.match(text), pattern.fullmatch(text)
                else:
                    deque(pattern.finditer(text), 0)
        except TimeoutError:
            return most, repr(text[:40])
        taken = time.process_time() - started
        if taken > worst:
            worst, said = taken, repr(text[:40])
    return worst, said


class _giving_up:  # noqa: N801
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __enter__(self) -> None:
        def ring(*_: object) -> None:
            raise TimeoutError

        signal.signal(signal.SIGVTALRM, ring)
        signal.setitimer(signal.ITIMER_VIRTUAL, self.seconds)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def main() -> int:
    """Measure all, print the slowest; 1 if one is too slow."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else SIZE
    found = sorted(
        (
            (*measured(pattern, size, 1.5, anchored=anchored), name, pattern.pattern)
            for name, pattern, anchored in patterns()
        ),
        reverse=True,
    )
    for seconds, text, name, source in found[:25]:
        print(f"{seconds * 1000:8.1f} ms  {name:<48} {text}  {source[:90]!r}")
    slow = [each for each in found if each[0] > ALLOWED]
    print(f"{len(found)} patterns, {len(slow)} slower than {ALLOWED * 1000:.0f} ms on {size} characters")
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
