"""The one way out: whatever is printed, by us or by a library, comes through here.

A letter that could steer a terminal (a control character, a mark that turns the direction of writing) is shown as
its code. A stream that cannot be written to stops nothing: the work goes on, and the exit code tells of lost results.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

_PLAIN = str.maketrans(
    {"…": "...", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "×": "x", "−": "-", "≥": ">=", "≤": "<="}
    | {"→": "->", "•": "-", "\u00a0": " ", "²": "2", "³": "3", "±": "+-"}
)


class Ours(str):
    """A text with control sequences that we made ourselves (a colour, a line that is drawn anew)."""

    __slots__ = ()


def clean(text: str) -> str:
    """Text for the terminal: what cannot be printed is escaped, so a file name cannot steer it."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)


class Outlet(io.TextIOBase):
    """A standard stream; ``stream`` is None where the console is closed."""

    encoding = "utf-8"  # for the command line library, which would go round us where the console knows less
    errors = "backslashreplace"

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__()
        self._stream = stream
        self.lost: OSError | None = None  # why something could not be printed

    def write(self, text: str | bytes) -> int:
        """Print a text, cleaned unless it is :class:`Ours`; a failure is remembered and stops nothing.

        The command line library writes what a shell is to complete as bytes.
        """
        text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        if self._stream is not None:
            with self._surviving():
                self._stream.write(self._known(text if isinstance(text, Ours) else clean(text)))
        return len(text)

    def _known(self, text: str) -> str:
        """The text in letters that an old console has: a dash for a long one, dots for an ellipsis."""
        if text.isascii() or not isinstance(self._stream, io.TextIOWrapper):
            return text
        try:
            text.encode(self._stream.encoding)
        except UnicodeEncodeError:
            return text.translate(_PLAIN)
        return text

    def flush(self) -> None:
        """Print what is waiting."""
        if self._stream is not None:
            with self._surviving():
                self._stream.flush()

    @contextmanager
    def _surviving(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reader_left = isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)
            self.lost = self.lost or (None if reader_left else error)
            with suppress(OSError, ValueError):  # what still waits to be printed goes nowhere
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, self.fileno())
                os.close(nowhere)

    def isatty(self) -> bool:
        """Whether a person reads along."""
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """The stream's number for the system.

        Raises:
            OSError: it has none.
        """
        if self._stream is None:
            raise io.UnsupportedOperation("fileno")
        return self._stream.fileno()

    def writable(self) -> bool:
        """Yes."""
        return True


@contextmanager
def outlets() -> Iterator[tuple[Outlet, Outlet]]:
    """Let all that is printed inside the block, results and the rest, come through here."""
    before = sys.stdout, sys.stderr
    for stream in before:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.stdout, sys.stderr = out, err = Outlet(sys.stdout), Outlet(sys.stderr)
    try:
        yield out, err
    finally:
        out.flush()
        err.flush()
        sys.stdout, sys.stderr = before
