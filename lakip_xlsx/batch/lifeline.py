"""Workers that end with the process that started them, also when that one was killed."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

_PATIENCE = 2.0  # seconds to take back what was begun
_folders: set[Path] = set()


def hold(line: Connection) -> None:
    """In a worker: end as soon as the other end of this pipe is closed, by will or by death."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _leave)
    threading.Thread(target=_watch, args=(line,), daemon=True).start()


def remove_at_the_end(folder: Path | None) -> None:
    """A folder of the parent's that nobody else would remove if the parent were killed."""
    if folder is not None:
        _folders.add(folder)


def _leave(_: int, __: FrameType | None) -> None:
    raise SystemExit(1)


def _watch(line: Connection) -> None:
    with suppress(EOFError, OSError):
        line.recv_bytes()
    for folder in _folders:
        shutil.rmtree(folder, ignore_errors=True)
    if sys.platform != "win32":
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        time.sleep(_PATIENCE)
    os._exit(1)
