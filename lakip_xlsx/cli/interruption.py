"""Ctrl-C during a batch: the first one lets the workbooks at hand be finished, the second one stops at once."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType, TracebackType
from typing import Self

_SAID = (
    b"\nMenyelesaikan workbook yang sedang dikerjakan, lalu berhenti. "
    b"Tekan Ctrl+C sekali lagi untuk berhenti sekarang juga.\n"
)


class Interruption:
    """Whether the user asked to stop. Not ``gentle``: Ctrl-C raises ``KeyboardInterrupt`` as ever."""

    def __init__(self, *, gentle: bool) -> None:
        self.asked = False
        self._takes = gentle and threading.current_thread() is threading.main_thread()

    def __enter__(self) -> Self:
        if self._takes:
            self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._takes:
            signal.signal(signal.SIGINT, self._before)

    def _ask(self, _: int, __: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        os.write(2, _SAID)  # the streams may be in the middle of a line
