"""WorkLimits on time and memory for the work on one workbook, so that it cannot cost the others.

Time is limited twice: first by an alarm that ends the work and lets the process live (where the system
has one, in the main thread), and some seconds later by ending the process itself, which works also when
the interpreter is stuck. Memory is limited by the address space of the process, where the system knows
that limit.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from lakip_xlsx.errors import LakipError

GRACE = 5.0
"""Seconds between the alarm and the end of the process."""

USUAL_SECONDS, USUAL_MEMORY = 300.0, 2048 * 2**20
"""What the work on one of several workbooks, or on one that somebody sent, may take: seconds and bytes."""

CAN_ALARM = hasattr(signal, "setitimer")
"""Whether work in this process can be ended without ending the process."""

_one_at_a_time = threading.Lock()


class LimitError(LakipError):
    """The work took more time or memory than it was given (exit code 3)."""


class _TimeUp(BaseException):
    """Raised by the alarm wherever the work happens to be; no handler of ordinary errors stops it."""


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """What the work on one workbook may take; None is no limit.

    ``ends_process``: when the alarm is not heeded the process is ended; only for a process that was made
    for this work. ``witness`` is a file that then holds a trace, by which the parent knows the cause.
    """

    seconds: float | None = None
    memory: int | None = None  # bytes
    ends_process: bool = False
    witness: Path | None = None


@contextmanager
def limited(limits: WorkLimits, what: str) -> Iterator[None]:
    """Do the work inside the block within its limits; ``what`` names it in the message.

    Raises:
        LimitError: it took too long, or too much memory.
    """
    try:
        with ExitStack() as stack:
            if limits.memory is not None:
                stack.enter_context(_memory(limits.memory))
            if limits.seconds is not None and limits.ends_process:
                stack.enter_context(_last_resort(limits.seconds + GRACE, limits.witness))
            if limits.seconds is not None and CAN_ALARM and threading.current_thread() is threading.main_thread():
                stack.enter_context(_alarm(limits.seconds))
            yield
    except _TimeUp:
        raise too_slow(what, limits.seconds or 0) from None
    except MemoryError:
        raise LimitError(
            f"{what}: memerlukan terlalu banyak memori, jadi dihentikan. "
            "Hapus baris dan kolom kosong (Ctrl+End di Excel), atau naikkan --batas-memori."
        ) from None


def too_slow(what: str, seconds: float) -> LimitError:
    """The failure of work that was ended because of its time."""
    return LimitError(
        f"{what}: belum selesai dalam {seconds:g} detik, jadi dihentikan. "
        "Periksa apakah ukurannya wajar, atau naikkan --batas-waktu."
    )


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(_: int, __: FrameType | None) -> None:
        raise _TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _last_resort(seconds: float, witness: Path | None) -> Iterator[None]:
    """End this process after so many seconds, from a thread that does not need the interpreter."""
    with _one_at_a_time, (witness or Path(os.devnull)).open("w") as stream:
        faulthandler.dump_traceback_later(seconds, file=stream, exit=True)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


if sys.platform != "win32":
    import resource

    @contextmanager
    def _address_space(limit: int) -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = limit if hard == resource.RLIM_INFINITY or limit < 0 else min(limit, hard)
        with suppress(ValueError, OSError):  # some systems know the limit and do not let it be set
            resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
        try:
            yield
        finally:
            with suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_AS, (soft, hard))

    def _memory(limit: int) -> AbstractContextManager[None]:
        return _address_space(limit)

else:
    from contextlib import nullcontext

    def _memory(limit: int) -> AbstractContextManager[None]:
        del limit
        return nullcontext()
