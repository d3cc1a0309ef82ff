"""Runs the real command in a process of its own, within limits of memory and time.

``fresh`` starts an interpreter for each run, as a user does. ``run`` forks a process that has imported the
command already, which is ten times faster; where there is no fork it does the same as ``fresh``.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

MEMORY = 2**30
SECONDS = 20.0
"""Of the processor's work, so that a busy machine changes nothing; the system itself ends what works for longer."""
_PATIENCE = 10 * SECONDS  # of the clock, for what neither works nor ends
_PLAIN_CONSOLE = {"NO_COLOR": "1", "COLUMNS": "200", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Ended:
    """How the command ended: after how much work of the processor, and the most memory it held (0: nobody knows)."""

    code: int
    seconds: float
    mib: int
    out: str
    err: str


def fresh(
    *arguments: str | Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    encoding: str = "utf-8",
) -> Ended:
    """Run ``lakip-xlsx`` in a new interpreter; ended after 20 seconds of work."""
    with subprocess.Popen(
        command(*arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **_PLAIN_CONSOLE, **(environment or {})},
        cwd=folder,
    ) as process:
        try:
            out, err = process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
    return Ended(process.returncode, 0.0, 0, out.decode(encoding, "replace"), err.decode(encoding, "replace"))


def command(*arguments: str | Path) -> list[str]:
    """The command line that runs ``lakip-xlsx`` in at most 1 GiB."""
    script = "from tests.hostile.run import limit; limit()\nfrom lakip_xlsx.cli.main import main; main()"
    root = str(Path(__file__).parents[2])
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {root!r})\n{script}", *map(str, arguments)]


def limit() -> None:
    """Give this process at most 1 GiB, 20 seconds of work and no core file, where the system knows such limits."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS) + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(*arguments: str | Path, folder: Path) -> Ended:
    """Run ``lakip-xlsx`` in a folder; ended after 20 seconds of work."""
    if not hasattr(os, "fork"):
        return fresh(*arguments, folder=folder)
    with TemporaryDirectory() as name:
        out, err = Path(name) / "out", Path(name) / "err"
        order = {"argv": [str(each) for each in arguments], "cwd": str(folder), "out": str(out), "err": str(err)}
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(order) + "\n")
        server.stdin.flush()
        said = json.loads(server.stdout.readline())
        texts = [path.read_bytes().decode("utf-8", "replace") for path in (out, err)]
    return Ended(said["code"], said["seconds"], said["mib"], *texts)


@cache
def _server() -> subprocess.Popen[str]:
    """The process that forks; it ends with ours."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.run"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **_PLAIN_CONSOLE, "PYTHONUTF8": "1"},
        cwd=Path(__file__).parents[2],
    )
    atexit.register(server.kill)
    return server


def serve() -> None:
    """Carry out orders from stdin, each in a forked process, and tell how it ended."""
    for module in ("pipeline", "batch.job", "cli.check", "cli.convert"):
        import_module(f"lakip_xlsx.{module}")  # once, for all the forks

    for line in sys.stdin:
        order = json.loads(line)
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            _obey(order)
        code, mib, seconds = None, 0, 0.0
        while code is None:
            mib = max(mib, _peak(child))
            done, status, used = os.wait4(child, os.WNOHANG)
            if done:
                code, seconds = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
            elif time.monotonic() - started > _PATIENCE:
                os.kill(child, 9)
            else:
                time.sleep(0.002)
        answer = {"code": code, "seconds": seconds, "mib": mib}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _obey(order: dict[str, str]) -> None:
    """In the fork: run the command as if it had just been started. Never returns."""
    code = 70
    try:
        for stream, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(order[name], os.O_WRONLY | os.O_CREAT, 0o600), stream)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(order["cwd"])
        limit()
        sys.argv = ["lakip-xlsx", *order["argv"]]
        from lakip_xlsx.cli.main import main

        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
    finally:
        os._exit(code)


def _peak(child: int) -> int:
    """The most memory that a process has held so far, in MiB; 0 where nobody knows."""
    try:
        lines = Path(f"/proc/{child}/status").read_text().splitlines()
    except OSError:
        return 0
    return max((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), default=0)


if __name__ == "__main__":
    serve()
