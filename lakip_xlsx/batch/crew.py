"""Who does the work: this process, processes of this machine, or the workers of a Dask cluster.

Each is an executor of the standard library's interface; what differs is said here.
"""

from __future__ import annotations

import importlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from lakip_xlsx.batch.inputs import UsageError
from lakip_xlsx.guard.work import CAN_ALARM

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PAYS_FROM = 10
"""Workbooks from which several processes are worth their start without page numbers (0.6 s instead of 0.9)."""

PAYS_FROM_WITH_PAGES = 3
"""The same with page numbers, where each workbook takes seconds."""

_LARGEST_CHUNK = 16

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Crew:
    """An executor, and how to feed it.

    ``own``: its processes do nothing else, so that one may be ended when its time is over. ``breaks``: the
    executor as a whole is lost with one of its workers, and a new one must be opened.
    """

    open: Callable[[], Executor]
    workers: int
    chunk: int = 1
    ahead: int = 1  # chunks that wait, beside those that are worked on
    own: bool = False
    breaks: bool = False
    near: bool = True  # on this machine
    leave: Callable[[], object] = bool  # called when all is done
    abandon: Callable[[], object] = bool  # called when what is being worked on is not wanted any more


class Here(Executor):
    """An executor that does the work at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do it, and return the finished future; an interruption by the user goes through."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def here() -> Crew:
    """One workbook after the other, in this process."""
    return Crew(Here, workers=1, ahead=0)


def processes(number: int) -> Crew:
    """So many processes of this machine, each started afresh; they end with this one."""
    lines: list[Connection] = []

    def start() -> Executor:
        pool: type[Executor] = importlib.import_module("concurrent.futures").ProcessPoolExecutor
        context = importlib.import_module("multiprocessing").get_context("spawn")
        theirs, ours = context.Pipe(duplex=False)
        lines.append(ours)
        executor = pool(number, mp_context=context, initializer=_begin, initargs=(theirs,))  # type: ignore[call-arg]
        with _deaf():
            for _ in range(number):
                executor.submit(bool)  # each starts a process
        return executor

    def abandon() -> None:
        for line in lines:
            line.close()

    return Crew(start, workers=number, own=True, breaks=True, abandon=abandon)


def _begin(line: Connection) -> None:
    """In a new worker: the user's Ctrl-C is for the parent, which lets us finish what we are at.

    What the work needs is loaded while the parent is still busy; if that fails, the work itself will say so.
    """
    importlib.import_module("lakip_xlsx.batch.lifeline").hold(line)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(Exception):
        importlib.import_module("lakip_xlsx.batch.job").prepare()


@contextmanager
def _deaf() -> Iterator[None]:
    """Ignore Ctrl-C for a moment: a process that is started meanwhile ignores it from its first breath."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def choose(jobs: int | None, workbooks: int, *, page_numbers: bool) -> Crew:
    """Processes where they pay, else this one. ``jobs`` None chooses by the number of workbooks.

    Without an alarm in this system a workbook can only be stopped with its process, so several workbooks
    always get one.
    """
    cores = available_cores()
    pays = workbooks >= (PAYS_FROM_WITH_PAGES if page_numbers else PAYS_FROM) and cores > 1
    number = min(jobs or (cores if pays else 1), workbooks)
    if number > 1 or (workbooks > 1 and not CAN_ALARM):
        return processes(number)
    return here()


def available_cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def dask(address: str, workbooks: int) -> Crew:
    """The workers of a Dask cluster; they must see the files under the same paths.

    Raises:
        UsageError: the library is not installed, or no scheduler answers there.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise UsageError("Untuk --scheduler pasang dahulu: pip install lakip-xlsx[dask]") from None
    try:
        client = distributed.Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"Scheduler {address} tidak menjawab ({type(error).__name__}). Periksa alamatnya.") from None
    workers = max(1, sum(client.nthreads().values()))
    chunk = max(1, min(_LARGEST_CHUNK, workbooks // (workers * 4)))
    return Crew(
        lambda: client.get_executor(pure=False),
        workers=workers,
        chunk=chunk,
        ahead=workers,
        own=True,
        near=False,
        leave=client.close,
    )
