"""Where the time goes: a stopwatch that the stages of a run are handed, and one that measures nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol

READ, COMPUTE, CHECK, COMPOSE, FILL, SAVE, PAGES = (
    "membaca",
    "menghitung",
    "memeriksa",
    "menyusun",
    "mengisi",
    "menyimpan",
    "nomor halaman",
)
STAGES = (READ, COMPUTE, CHECK, COMPOSE, FILL, PAGES, SAVE)
"""The stages of one workbook, in their order."""


class Watch(Protocol):
    """What a run needs of a stopwatch."""

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Count the time inside the block for this stage."""


class Stopwatch:
    """Seconds by stage. A stage inside another one is counted once, for the inner one."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._open: list[str] = []
        self._since = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time inside the block for this stage."""
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _turn(self) -> None:
        """Give the time since the last turn to the stage that is open now."""
        now = time.perf_counter()
        if self._open:
            self.seconds[self._open[-1]] = self.seconds.get(self._open[-1], 0.0) + now - self._since
        self._since = now


class _Off:
    def stage(self, name: str) -> AbstractContextManager[None]:
        """Measure nothing."""
        del name
        return nullcontext()


OFF: Watch = _Off()
"""The stopwatch that measures nothing."""


@dataclass(slots=True)
class Totals:
    """The seconds of many runs, by stage."""

    workbooks: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, seconds: Mapping[str, float]) -> None:
        """Add one run."""
        self.workbooks += 1
        for name, value in seconds.items():
            self.seconds[name] = self.seconds.get(name, 0.0) + value

    def lines(self) -> Iterator[str]:
        """A line for each stage: milliseconds in all, per workbook if there are several, and the share."""
        whole = sum(self.seconds.values())
        for name in [*STAGES, *sorted(set(self.seconds) - set(STAGES))]:
            if name in self.seconds:
                yield self._line(name, self.seconds[name], whole)
        yield self._line("jumlah", whole, whole)

    def _line(self, name: str, value: float, whole: float) -> str:
        each = f"{value / self.workbooks * 1000:10.1f} ms per workbook" if self.workbooks > 1 else ""
        return f"{name:<14}{value * 1000:10.1f} ms{value / whole * 100 if whole else 0:7.1f} %{each}"
