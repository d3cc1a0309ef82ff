"""Regular expressions that are compiled when a text first asks for them.

Most rules look for a word first and for their pattern only where the word stands; a workbook that gives no
occasion for a pattern does not pay for it. The methods are those of :class:`re.Pattern`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

Match = re.Match[str]


class Pattern:
    """A regular expression; ``source`` and ``flags`` as for :func:`re.compile`."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled pattern; a mistake in ``source`` is a mistake in our own code, found by any test."""
        return re.compile(self._source, self._flags)

    @cached_property
    def search(self) -> Callable[[str], Match | None]:
        """See :meth:`re.Pattern.search`."""
        return self.compiled.search

    @cached_property
    def match(self) -> Callable[[str], Match | None]:
        """See :meth:`re.Pattern.match`."""
        return self.compiled.match

    @cached_property
    def finditer(self) -> Callable[[str], Iterator[Match]]:
        """See :meth:`re.Pattern.finditer`."""
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[[str], list[str]]:
        """See :meth:`re.Pattern.findall`."""
        return self.compiled.findall

    @cached_property
    def sub(self) -> Callable[[Callable[[Match], str], str], str]:
        """See :meth:`re.Pattern.sub`, with a function for the replacement."""
        return self.compiled.sub
