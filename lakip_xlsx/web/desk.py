"""The workbooks that people have sent: who sent them, what is being done to them, and when they are thrown away.

Every workbook lies in a folder of its own under a name that we choose, and is worked on in a process of its own
with the limits of a batch. Nothing outlives the page that it was sent from, one hour, or the program.
"""

from __future__ import annotations

import secrets
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from lakip_xlsx.batch import run as batch
from lakip_xlsx.batch.crew import available_cores, processes
from lakip_xlsx.batch.model import Item, Options, Outcome, Status, failed
from lakip_xlsx.batch.run import run
from lakip_xlsx.errors import LakipError
from lakip_xlsx.guard.work import USUAL_MEMORY, USUAL_SECONDS, WorkLimits
from lakip_xlsx.word.office.soffice import find_soffice

KEPT = 3600.0
"""Seconds after which a workbook and all that was made of it is thrown away."""
CLOSING = 15.0
"""Seconds after the last page was closed; a page that is only loaded anew is back before."""
SILENT = 180.0
"""Seconds without a sign of life after which a page counts as closed."""
MOST_WORKS, MOST_BYTES, MOST_SESSIONS = 100, 500 * 2**20, 200
_MOST_AT_ONCE = 4
_SOURCE, _STAGES = "workbook.xlsx", "tahap"


class FullError(LakipError):
    """There is no room for another workbook, or another person."""


class State(StrEnum):
    """Where a workbook is."""

    WAITING = "menunggu"
    WORKING = "dikerjakan"
    DONE = "selesai"
    STOPPED = "dihentikan"


@dataclass(frozen=True, slots=True)
class Task:
    """What is done to a workbook in its process, and the file that it becomes."""

    key: str
    do: batch.Work
    target: str


REPORT = Task("laporan", batch.work, "laporan.docx")
"""Check it, and make its document."""


class _StopError(Exception):
    """Nobody wants the work any more."""


@dataclass(slots=True)
class Work:
    """One workbook that was sent."""

    key: str
    name: str  # what people call it; never a path
    folder: Path
    size: int
    since: float
    task: Task = REPORT
    state: State = State.WAITING
    outcome: Outcome | None = None
    unwanted: threading.Event = field(default_factory=threading.Event)

    @property
    def source(self) -> Path:
        """The workbook as it was sent."""
        return self.folder / _SOURCE

    @property
    def stage(self) -> str:
        """The stage it is in; empty where it is in none."""
        try:
            return (self.folder / _STAGES / "0").read_text(encoding="utf-8")
        except OSError:
            return ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {State.DONE, State.STOPPED}

    def must_go_on(self) -> bool:
        """False, so that a batch goes on.

        Raises:
            _StopError: it is not wanted any more; this ends its process at once.
        """
        if self.unwanted.is_set():
            raise _StopError
        return False


@dataclass(slots=True)
class Session:
    """One person at the page: the token in the address, a secret of the browser, the open pages, the workbooks."""

    key: str
    secret: str
    seen: float
    works: dict[str, Work] = field(default_factory=dict)
    pages: dict[str, float] = field(default_factory=dict)  # open page → its last sign of life
    closing: float | None = None  # since when no page is open

    def alive(self, page: str, now: float) -> None:
        """A page is open."""
        self.pages[page] = self.seen = now
        self.closing = None

    def closed(self, page: str, now: float) -> None:
        """A page was closed."""
        if self.pages.pop(page, None) is not None and not self.pages:
            self.closing = now

    def is_left(self, now: float) -> bool:
        """Whether the person is gone."""
        if self.pages and all(now - last > SILENT for last in self.pages.values()):
            return True
        return now - self.seen > KEPT or (self.closing is not None and now - self.closing > CLOSING)


class Desk:
    """All sessions and their workbooks, below one folder; safe to be used by several threads."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = threading.RLock()
        self._sessions: dict[str, Session] = {}
        self._hands = ThreadPoolExecutor(min(available_cores(), _MOST_AT_ONCE), thread_name_prefix="lakip-kerja")

    def open(self) -> Session:
        """A new session.

        Raises:
            FullError: there are too many.
        """
        with self._lock:
            if len(self._sessions) >= MOST_SESSIONS:
                raise FullError("Terlalu banyak orang memakai laman ini sekarang. Coba lagi beberapa menit lagi.")
            session = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(32), self._clock())
            self._sessions[session.key] = session
            return session

    def find(self, key: str) -> Session | None:
        """The session with this token."""
        wanted = key.encode()
        with self._lock:
            held = [each for each in self._sessions.values() if secrets.compare_digest(each.key.encode(), wanted)]
        return held[0] if held else None

    def touch(self, session: Session) -> None:
        """The person did something."""
        session.seen = self._clock()

    def arrive(self, session: Session) -> None:
        """A page was loaded, so nobody is gone; whether it will say that it is open is another question."""
        with self._lock:
            session.closing = None

    def alive(self, session: Session, page: str) -> None:
        """A page of the session is open."""
        with self._lock:
            session.alive(page, self._clock())

    def closed(self, session: Session, page: str) -> None:
        """A page of the session was closed."""
        with self._lock:
            session.closed(page, self._clock())

    def must_have_room(self, session: Session, size: int) -> None:
        """Refuse what is too much, before it is read; ``size`` in bytes.

        Raises:
            FullError: so many workbooks, or bytes, are there already.
        """
        with self._lock:
            held = list(session.works.values())
            everything = sum(work.size for each in self._sessions.values() for work in each.works.values())
        if len(held) >= MOST_WORKS or sum(work.size for work in held) + size > MOST_BYTES:
            raise FullError("Terlalu banyak berkas sekaligus. Hapus dahulu yang sudah selesai.")
        if everything + size > 4 * MOST_BYTES:
            raise FullError("Komputer ini sedang memegang terlalu banyak berkas. Coba lagi nanti.")

    def take(self, session: Session, name: str, put: Callable[[Path], int], task: Task = REPORT) -> Work:
        """Take a workbook in and have its task done; ``put`` writes it to a place and returns its size.

        Raises:
            FullError: there is no room for it.
            OSError: it cannot be written.
        """
        self.must_have_room(session, 0)
        key = secrets.token_urlsafe(12)
        folder = self._folder / key
        (folder / _STAGES).mkdir(parents=True, mode=0o700)
        work = Work(key, name, folder, 0, self._clock(), task)
        try:
            work.size = put(work.source)
            self.must_have_room(session, work.size)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        with self._lock:
            session.works[key] = work
        self._hands.submit(self._do, work)
        return work

    def stop(self, work: Work) -> None:
        """End the work on a workbook; what was sent stays until it is removed."""
        work.unwanted.set()
        with self._lock:
            if work.state is State.WAITING:
                work.state = State.STOPPED

    def remove(self, session: Session, work: Work) -> None:
        """Throw a workbook away, with all that was made of it."""
        with self._lock:
            session.works.pop(work.key, None)
            self.stop(work)
            busy = work.state is State.WORKING
        if not busy:  # else the hand that works on it will
            shutil.rmtree(work.folder, ignore_errors=True)

    def tidy(self, kept: str = "") -> None:
        """Throw away what is over its time, and the sessions of people who are gone.

        ``kept`` is a session that only loses its workbooks: the one of a page for one person.
        """
        now = self._clock()
        with self._lock:
            sessions = list(self._sessions.values())
        for session in sessions:
            left = session.is_left(now)
            for work in list(session.works.values()):
                if left or now - work.since > KEPT:
                    self.remove(session, work)
            if left and session.key == kept:
                session.pages.clear()
                session.closing = None
            elif left:
                with self._lock:
                    self._sessions.pop(session.key, None)

    def close(self) -> None:
        """End all work, and throw everything away."""
        with self._lock:
            sessions = list(self._sessions.values())
            self._sessions.clear()
        for session in sessions:
            for work in list(session.works.values()):
                self.remove(session, work)
        self._hands.shutdown(wait=True, cancel_futures=True)

    def _do(self, work: Work) -> None:
        """Work on one workbook, in a process of its own."""
        with self._lock:
            if work.unwanted.is_set():
                return
            work.state = State.WORKING
        state, outcome = State.DONE, None
        item = Item(0, str(work.source), str(work.folder / work.task.target), name=work.name)
        try:
            for each in run([item], _options(work), processes(1), do=work.task.do, stopped=work.must_go_on):
                outcome = each
        except _StopError:
            state = State.STOPPED
        except Exception as error:  # the page must say so, whatever it is
            outcome = failed(item, error)
        with self._lock:
            work.outcome = outcome or Outcome(item=item, status=Status.CRASHED, failure="tidak ada hasil")
            work.state, work.since = state, self._clock()
            wanted = any(work.key in session.works for session in self._sessions.values())
        if not wanted:
            shutil.rmtree(work.folder, ignore_errors=True)


def _options(work: Work) -> Options:
    """What is done to each workbook: everything that the page offers."""
    limits = WorkLimits(USUAL_SECONDS, USUAL_MEMORY, ends_process=True, witness=work.folder)
    return Options(
        command="convert",
        page_numbers=True,
        pdf="pdf" if find_soffice() else "",
        annotate=True,
        limits=limits,
        stages=work.folder / _STAGES,
    )
