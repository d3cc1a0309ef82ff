"""SIGTERM and SIGHUP end the command as Ctrl-C does: what was begun is taken back, and nothing of ours stays behind."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130
"""Exit code after Ctrl-C; 143 after SIGTERM, 129 after SIGHUP."""

_CAUGHT = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


class StoppedError(KeyboardInterrupt):
    """The system or another program asked us to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


def exit_code(error: BaseException | None) -> int:
    """The exit code of a run that was ended."""
    return error.exit_code if isinstance(error, StoppedError) else INTERRUPTED


@contextmanager
def heeding() -> Iterator[None]:
    """Raise :class:`StoppedError` inside the block where the signal is not ignored already (``nohup``)."""
    caught = [number for number in _CAUGHT if signal.getsignal(number) == signal.SIG_DFL]

    def stop(number: int, _: FrameType | None) -> None:
        for each in caught:
            signal.signal(each, signal.SIG_IGN)  # once is enough, and the cleaning up must not be cut short
        raise StoppedError(number)

    for number in caught:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in caught:
            signal.signal(number, signal.SIG_DFL)
