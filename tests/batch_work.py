"""What workers do in the tests of the batch: succeed, die, hang or be killed, by the name of the workbook."""

import ctypes
import os
import signal
import time
from pathlib import Path

from lakip_xlsx.batch.model import Outcome, Status, failed
from lakip_xlsx.guard import work
from lakip_xlsx.guard.work import limited


def quick(chunk, options):
    """Every workbook is done, and leaves a line with the process that did it."""
    for item in chunk:
        with Path(item.target).open("a") as log:
            log.write(f"{item.number} {os.getpid()}\n")
    return [Outcome(item=item, status=Status.DONE) for item in chunk]


def deadly(chunk, options):
    """The workbook named ``mati`` ends its process, each time."""
    if any("mati" in item.source for item in chunk):
        os._exit(11)
    return quick(chunk, options)


def killed_once(chunk, options):
    """The process is killed at ``bunuh``, as by the system or a person; the second time nobody does it."""
    for item in chunk:
        mark = Path(item.target).with_suffix(".mark")
        if "bunuh" in item.source and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    return quick(chunk, options)


def slow(chunk, options):
    """The workbook named ``lama`` never ends; it heeds the alarm."""
    return [_limited(item, options, _forever, "lama") for item in chunk]


def stuck(chunk, options):
    """The workbook named ``lama`` never ends and holds the interpreter, so that no alarm is heeded."""
    work.GRACE = 0.2
    return [_limited(item, options, _hold_interpreter, "lama") for item in chunk]


def hungry(chunk, options):
    """The workbook named ``besar`` takes all memory that it can get."""
    return [_limited(item, options, _take_memory, "besar") for item in chunk]


def refused(chunk, options):
    """The workbook named ``aneh`` comes back as something that cannot be sent."""
    return [quick((item,), options)[0] if "aneh" not in item.source else lambda: None for item in chunk]


def _forever():
    while True:
        time.sleep(0.01)


def _take_memory():
    bytearray(64 * 2**30)


def _hold_interpreter():
    ctypes.PyDLL(None).sleep(60)  # PyDLL, unlike CDLL, does not let the interpreter go


def _limited(item, options, action, name):
    limits = options.limits
    if limits.witness is not None:
        limits = work.WorkLimits(limits.seconds, limits.memory, limits.ends_process, limits.witness / str(item.number))
    try:
        with limited(limits, Path(item.source).name):
            if name in item.source:
                action()
    except Exception as error:
        return failed(item, error)
    return Outcome(item=item, status=Status.DONE)
