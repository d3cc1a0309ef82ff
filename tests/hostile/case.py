"""What one class of bad file is: how it is made, how it must end, and what must be said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

UNREADABLE = frozenset({3})
READ = frozenset({0, 1})


@dataclass(frozen=True, kw_only=True)
class Case:
    """One class of file.

    ``says`` must stand in the one line on stderr; ``finds`` are findings (``CODE Lembar!Sel``) that must be
    told; ``as_plain`` demands exactly the findings of the sound workbook, at the same cells unless they are
    ``moved``.
    """

    name: str
    make: Callable[[], bytes]
    exits: frozenset[int] = UNREADABLE
    says: str = ""
    finds: tuple[str, ...] = ()
    as_plain: bool = False
    moved: bool = False
    file: str = "isi.xlsx"


def refused(name: str, make: Callable[[], bytes], says: str, *, file: str = "isi.xlsx") -> Case:
    """A file that cannot be read: exit code 3 and a line that says why."""
    return Case(name=name, make=make, says=says, file=file)


def same(name: str, make: Callable[[], bytes], *, file: str = "isi.xlsx", moved: bool = False) -> Case:
    """A file in a disguise that makes no difference; ``moved``: its rows stand elsewhere."""
    return Case(name=name, make=make, exits=READ, as_plain=True, file=file, moved=moved)


def told(name: str, make: Callable[[], bytes], *finds: str) -> Case:
    """A file that is read, with these findings among others."""
    return Case(name=name, make=make, exits=READ, finds=finds)
