"""Runs a program so that it cannot outlive, overfill or call out: ``keeper.py FOLDER SECONDS PROGRAM…``.

A program of its own, started by its path and without our package. It ends the whole process group that it started
when its standard input closes, which also happens when its parent is killed, and then removes the folder.
It ends with the exit code of the program. For systems with process groups; see :mod:`.soffice` for Windows.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of Linux
_MEMORY = 4 * 2**30  # bytes of address space
_LARGEST_FILE = 2**30  # bytes


def main(arguments: Sequence[str]) -> int:
    """Run the program until it ends or our parent is gone; its exit code, 1 where it was ended."""
    folder, seconds, *command = arguments
    for caught in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(caught, lambda *_: None)  # what ends us is that our input closes
    waking, woken = os.pipe()
    os.set_blocking(woken, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    _leave_network()
    _limit(int(seconds))
    try:
        program = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            restore_signals=True,
        )
    except OSError:
        return 1
    try:
        while program.poll() is None:
            ready, _, _ = select.select([0, waking], [], [])
            if 0 in ready:
                return 1
            os.read(waking, 4096)
        return program.returncode and 1
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(program.pid, signal.SIGKILL)  # also what a wrapper left behind
        program.wait()
        if _is_closed(0):
            shutil.rmtree(folder, ignore_errors=True)


def _is_closed(stream: int) -> bool:
    """Whether the other end of a pipe is gone."""
    return bool(select.select([stream], [], [], 0)[0])


def _leave_network() -> None:
    """Go where there is no network, if the system lets us (Linux with user namespaces, or as root)."""
    if not sys.platform.startswith("linux"):
        return
    user, group = os.getuid(), os.getgid()
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    if unshare(_NEW_NET) == 0 or unshare(_NEW_USER | _NEW_NET) != 0:
        return
    with contextlib.suppress(OSError):
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as target:  # noqa: PTH123
                target.write(text)


def _limit(seconds: int) -> None:
    """Limits that the program inherits, where the system takes them."""
    wanted = {
        resource.RLIMIT_AS: _MEMORY,
        resource.RLIMIT_FSIZE: _LARGEST_FILE,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: 4 * seconds,
    }
    for kind, limit in wanted.items():
        hard = resource.getrlimit(kind)[1]
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (allowed, hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
