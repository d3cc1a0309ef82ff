"""The frame of every measured program: do each workbook, print what each took (CPU and wall milliseconds).

Called as ``program CONTENT.json TEMPLATE OUTPUT-FOLDER WORKBOOK...``. It stands beside the programs, which
run under an interpreter of their own, and needs nothing but the standard library.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main(one: Callable[[list[dict[str, Any]], str, str, str], object]) -> None:
    """Call ``one(blocks, template, workbook, document)`` for each workbook."""
    content, template, folder, *workbooks = sys.argv[1:]
    times = []
    for number, workbook in enumerate(workbooks):
        start, busy = time.perf_counter(), cpu()
        blocks = json.loads(Path(content).read_text(encoding="utf-8"))
        one(blocks, template, workbook, f"{folder}/out{number:04}.docx")
        times.append([(cpu() - busy) * 1000, (time.perf_counter() - start) * 1000])
    print(json.dumps(times))


def cpu() -> float:
    """Seconds of CPU time of this process and of the programs that it has run."""
    below = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + below.ru_utime + below.ru_stime
