"""Runs the real command in a process of its own, within limits of memory and time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MEMORY = 2**30
SECONDS = 20.0

_LIMITED = """
import os, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except ImportError:
    resource = None
from lakip_xlsx.cli.main import main
try:
    main()
finally:
    if os.path.exists("/proc/self/status"):
        lines = dict(line.split(":", 1) for line in open("/proc/self/status"))
        with open({peak!r}, "w") as stream:
            stream.write(str(int(lines["VmHWM"].split()[0]) // 1024))
"""


@dataclass(frozen=True)
class Ended:
    """How the command ended; ``mib`` is the most memory it held (0 where nobody knows)."""

    code: int
    seconds: float
    mib: int
    out: str
    err: str


def run(
    *arguments: str | Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    encoding: str = "utf-8",
) -> Ended:
    """Run ``lakip-xlsx`` with these arguments, in at most 1 GiB and 20 seconds; killed if it takes longer."""
    command, note = limited(*arguments)
    env = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **(environment or {})}
    started = time.monotonic()
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=folder
    ) as process:
        try:
            out, err = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
    seconds = time.monotonic() - started
    peak = int(note.read_text() or 0)
    note.unlink()
    return Ended(process.returncode, seconds, peak, out.decode(encoding, "replace"), err.decode(encoding, "replace"))


def limited(*arguments: str | Path) -> tuple[list[str], Path]:
    """The command line that runs within the limits, and the file to which it writes its peak of memory."""
    handle, name = tempfile.mkstemp(suffix=".mib")
    os.close(handle)
    script = _LIMITED.format(memory=MEMORY, peak=name)
    return [sys.executable, "-c", script, *map(str, arguments)], Path(name)
