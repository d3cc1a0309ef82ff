"""Running programs side by side: interleaved, so that a machine that slows down slows all of them."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Time(NamedTuple):
    """CPU time, which other work on the machine hardly changes, and wall time; both in one unit."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: what it took, largest memory (MiB), what it printed."""

    time: Time
    memory: float
    out: str


def spawn(command: Sequence[str], env: Mapping[str, str] | None = None) -> Run:
    """Run a program to its end.

    Raises:
        RuntimeError: it failed.
    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        out, err = process.stdout, process.stderr
        if out is None or err is None:
            raise RuntimeError("no output")
        said, errors = out.read(), err.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        taken = Time(usage.ru_utime + usage.ru_stime, time.perf_counter() - start)
    fine = {0, 1} if "lakip_xlsx" in command else {0}  # 1: our command has found something in the workbook
    if process.returncode not in fine:
        raise RuntimeError(f"{' '.join(map(str, command))[:200]}: {errors.decode(errors='replace')[-500:]}")
    return Run(taken, usage.ru_maxrss / 1024, said.decode())


def interleaved(jobs: Mapping[str, Callable[[], Time]], runs: int) -> dict[str, list[Time]]:
    """Each job once per round; the first round warms the machine and is thrown away. A job that fails is left out."""
    found: dict[str, list[Time]] = {name: [] for name in jobs}
    for turn in range(runs + 1):
        for name in list(found):
            try:
                value = jobs[name]()
            except (RuntimeError, OSError) as error:
                print(f"# {name}: {error}")
                del found[name]
                continue
            if turn:
                found[name].append(value)
    return found


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def ratio(found: Mapping[str, Sequence[Time]], one: str, other: str, *, wall: bool = False) -> float | None:
    """The median over the rounds of one to the other, in CPU time; None if either is missing."""
    if not found.get(one) or not found.get(other):
        return None
    return median([a[wall] / b[wall] for a, b in zip(found[one], found[other], strict=True)])


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio that is aimed at."""

    name: str
    value: float | None
    goal: float
    stretch: float | None = None
    higher: bool = False

    def line(self) -> str:
        """The ratio with its goal, and whether it is reached."""
        if self.value is None:
            return f"{self.name:<52} {'–':>8}   (not measured)"
        met = self.value >= self.goal if self.higher else self.value <= self.goal
        sign = "≥" if self.higher else "≤"
        stretch = f", stretch {self.stretch:g}" if self.stretch is not None else ""
        return (
            f"{self.name:<52} {self.value:8.3f}   goal {sign} {self.goal:g}{stretch}: {'reached' if met else 'MISSED'}"
        )
