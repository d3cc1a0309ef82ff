"""Windows: a program in a job object, which ends with all that it started when we let it go or are gone.

Written after Microsoft's documentation of job objects; not yet run on Windows.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Mapping, Sequence

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_KILL_ON_CLOSE, _PROCESS_MEMORY = 0x2000, 0x100
_MEMORY = 4 * 2**30  # bytes


class _Basic(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("Basic", _Basic),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


if sys.platform == "win32":

    def run_in_job(command: Sequence[str], environment: Mapping[str, str], seconds: float) -> bool:
        """Run a program in a job of its own; whether it ended well in time. Closing the job ends all that is in it.

        Raises:
            OSError: the job cannot be made, or the program cannot be started.
        """
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        if not job:
            raise ctypes.WinError(ctypes.get_last_error())
        limits = _Extended()
        limits.Basic.LimitFlags = _KILL_ON_CLOSE | _PROCESS_MEMORY
        limits.ProcessMemoryLimit = _MEMORY
        nothing = subprocess.DEVNULL
        try:
            told = kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
            if not told:
                raise ctypes.WinError(ctypes.get_last_error())
            with subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, env=environment) as process:  # noqa: S603
                try:
                    if not kernel.AssignProcessToJobObject(job, ctypes.c_void_p(int(process._handle))):
                        return False
                    return process.wait(seconds) == 0
                except subprocess.TimeoutExpired:
                    return False
                finally:
                    process.kill()
        finally:
            kernel.CloseHandle(job)
