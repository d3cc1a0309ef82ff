"""Many workbooks over an executor: nothing lost, nothing twice, whatever happens to a worker."""

from __future__ import annotations

import importlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from lakip_xlsx.batch.crew import Crew
from lakip_xlsx.batch.model import Item, Options, Outcome, Status, failed
from lakip_xlsx.guard.work import too_slow

Chunk = tuple[Item, ...]
Work = Callable[[Chunk, Options], list[Outcome]]

_PATIENCE = 0.25  # seconds of waiting before it is looked whether the user wants to stop
_DIED = (
    "program pekerja berhenti mendadak saat mengerjakan workbook ini, dua kali. Workbook lain tetap dikerjakan. "
    "Laporkan beserta workbooknya."
)


def work(chunk: Chunk, options: Options) -> list[Outcome]:
    """What a worker does; the libraries that it needs are loaded there and not here."""
    importlib.import_module("lakip_xlsx.batch.lifeline").remove_at_the_end(options.limits.witness)
    done: list[Outcome] = importlib.import_module("lakip_xlsx.batch.job").run_chunk(chunk, options)
    return done


def run(
    items: Sequence[Item],
    options: Options,
    crew: Crew,
    *,
    do: Work = work,
    stopped: Callable[[], bool] = bool,
) -> Iterator[Outcome]:
    """The outcome of every workbook, as they come in.

    When a worker dies, the workbooks it may have died of are done once more, one by one; the one that
    kills its worker again is reported, and the others lose nothing. Once ``stopped`` says so, nothing new
    is begun; what is being worked on is finished.
    """
    state = _State(options, crew, do)
    size = crew.chunk
    state.waiting.extend(tuple(items[at : at + size]) for at in range(0, len(items), size))
    state.executor = crew.open()
    try:
        while (state.waiting or state.suspects or state.pending) and not stopped():
            state.feed()
            yield from state.collect()
        yield from state.stop()
    except BaseException:  # an interruption, or nobody wants the outcomes any more
        crew.abandon()
        raise
    finally:
        state.close()
        crew.leave()


@dataclass(slots=True)
class _State:
    options: Options
    crew: Crew
    do: Work
    waiting: deque[Chunk] = field(default_factory=deque)
    suspects: deque[Item] = field(default_factory=deque)  # what a worker may have died of
    second: set[int] = field(default_factory=set)  # numbers of workbooks that are done once more
    pending: dict[Future[list[Outcome]], Chunk] = field(default_factory=dict)
    executor: Executor | None = None

    def feed(self) -> None:
        """Hand out work. A suspect is done alone, so that its death says which one it was."""
        if self.suspects:
            if not self.pending:
                self._submit((self.suspects.popleft(),))
            return
        while self.waiting and len(self.pending) < self.crew.workers + self.crew.ahead:
            self._submit(self.waiting.popleft())
            if next(iter(self.pending)).done():
                return  # done at once, in this process: its outcome is told before the next begins

    def _submit(self, chunk: Chunk) -> None:
        if self.executor is None:
            self.executor = self.crew.open()
        try:
            future = self.executor.submit(self.do, chunk, self.options)
        except RuntimeError as error:  # the executor broke between two calls
            future = Future()
            future.set_exception(error)
        self.pending[future] = chunk

    def collect(self) -> Iterator[Outcome]:
        """What has come back, if anything has after a short while."""
        finished, _ = wait(self.pending, _PATIENCE, return_when=FIRST_COMPLETED)
        broken = False
        for future in [each for each in self.pending if each in finished]:
            chunk = self.pending.pop(future)
            error = future.exception()
            if error is None:
                yield from future.result()
            else:
                broken = True
                yield from self._lost(chunk, error)
        if broken and self.crew.breaks:
            wait(self.pending)  # the others are lost with it, or were finished just before
            for future, chunk in self.pending.items():
                error = future.exception()
                yield from future.result() if error is None else self._lost(chunk, error)
            self.pending.clear()
            self.close()

    def _lost(self, chunk: Chunk, error: BaseException) -> Iterator[Outcome]:
        """A chunk that did not come back: each of its workbooks once more, or the verdict."""
        if os.environ.get("LAKIP_DEBUG"):
            raise error
        for item in chunk:
            seconds = self.options.limits.seconds
            if seconds is not None and self._timed_out(item):
                yield failed(item, too_slow(Path(item.source).name, seconds))
            elif item.number not in self.second:
                self.second.add(item.number)
                self.suspects.append(item)
            elif isinstance(error, BrokenExecutor) or "Killed" in type(error).__name__:
                yield Outcome(item=item, status=Status.CRASHED, failure=f"{Path(item.source).name}: {_DIED}")
            else:
                yield failed(item, error)

    def _timed_out(self, item: Item) -> bool:
        """Whether a worker left word that it ended itself at this workbook because of its time."""
        witness = self.options.limits.witness
        if witness is None:
            return False
        place = witness / str(item.number)
        return place.is_file() and place.stat().st_size > 0

    def stop(self) -> Iterator[Outcome]:
        """Begin nothing new, let the workers finish, and take what they have."""
        for future in self.pending:
            future.cancel()
        self.close()
        for future in self.pending:
            if future.done() and not future.cancelled() and future.exception() is None:
                yield from future.result()
        self.pending.clear()

    def close(self) -> None:
        """Let the executor go; its workers finish what they are at."""
        executor, self.executor = self.executor, None
        if executor is not None:
            executor.shutdown(wait=True)
