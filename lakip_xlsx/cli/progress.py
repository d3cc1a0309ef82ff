"""How far a batch is, on stderr: one line that is rewritten on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

from lakip_xlsx.cli import common
from lakip_xlsx.cli.outlet import Ours, clean

_FIRST, _PACE = 10.0, 30.0  # seconds between plain lines
_REDRAW = 0.1


class Progress:
    """The progress of a batch; of a single workbook only that it takes a while (``waiting``), where it does."""

    def __init__(
        self, total: int, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic, waiting: str = ""
    ) -> None:
        self._waiting = waiting if total == 1 else ""
        self._total = total
        self._stream = stream or sys.stderr
        self._clock = clock
        self._start = self._drawn = clock()
        self._next = self._start + _FIRST
        self._done = 0
        self._shown = False
        self._live = (total > 1 or bool(self._waiting)) and self._stream.isatty()

    def done(self, name: str) -> None:
        """One more workbook is finished."""
        self._done += 1
        now = self._clock()
        if self._live and not self._waiting and now - self._drawn >= _REDRAW:
            self._draw(name, now)
        elif not self._live and self._total > 1 and now >= self._next and self._done < self._total:
            self._next = now + _PACE
            self._stream.write(f"{self._said(now)}\n")
            self._stream.flush()

    def again(self) -> None:
        """Draw the line once more below what was printed; at the beginning too, so that somebody sees it begin."""
        if self._live and self._done < self._total:
            self._draw("", self._clock())

    def clear(self) -> None:
        """Take the line away before something else is printed."""
        if self._shown:
            self._stream.write(Ours("\r\x1b[2K"))
            self._stream.flush()
            self._shown = False

    def _draw(self, name: str, now: float) -> None:
        line = f"{self._said(now)}  {clean(name)}"[: max(20, common.width() - 1)]
        self._stream.write(Ours(f"\r\x1b[2K{line}"))
        self._stream.flush()
        self._shown, self._drawn = True, now

    def _said(self, now: float) -> str:
        if self._waiting:
            return self._waiting
        if not self._done:
            return f"0 dari {self._total} workbook"
        left = (now - self._start) / self._done * (self._total - self._done)
        return f"{self._done} dari {self._total} workbook, sisa sekitar {duration(left)}"


def duration(seconds: float) -> str:
    """A span of time as people say it: "40 detik", "2 menit 10 detik", "1 jam 5 menit"."""
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} detik"
    if whole < 3600:
        return f"{whole // 60} menit {whole % 60} detik"
    return f"{whole // 3600} jam {whole % 3600 // 60} menit"
