"""What grows with the size of a workbook and the number of workbooks, and what does not.

    python -m benchmarks.scale [rows] [document] [processes] [memory]

``document`` compares with docxtpl when ``--python`` names an interpreter that has it (see ``benchmarks.peers``).

No longer aimed at: reading in 0.15 of openpyxl's time. It took a second reading lane of 750 lines to save 2.5 ms of 65.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks import content, data, templates
from benchmarks.measure import Target, Time, interleaved, ratio, spawn
from lakip_xlsx.batch.job import run_chunk
from lakip_xlsx.batch.model import Item, Options

HERE = Path(__file__).parent
_MANY = 200  # workbooks of a batch, all different
_DIFFERENT = 40
_ENV = {
    **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPATH": str(HERE.parent),
}


def _write(book: Path, count: int) -> None:
    """Write a large workbook in another process: a child's peak memory begins with that of its parent."""
    spawn([sys.executable, "-m", "benchmarks.data", str(book), str(count)], _ENV)


def rows(work: Path, _: int, __: str) -> None:
    """Reading and checking ten times as many rows."""
    found, largest = {}, 0.0
    for count in (10_000, 100_000):
        book = work / f"{count}.xlsx"
        _write(book, count)
        code = f"from pathlib import Path; from lakip_xlsx import pipeline; pipeline.check(Path({str(book)!r}))"
        empty = spawn([sys.executable, "-c", "from lakip_xlsx import pipeline"], _ENV)
        run = spawn([sys.executable, "-c", code], _ENV)
        found[count] = run.time.cpu - empty.time.cpu
        largest = run.memory
        print(f"{count} program rows read and checked: {found[count]:.2f} s of CPU time, {run.memory:.0f} MiB")
    print(Target("100,000 rows / 10,000 rows", found[100_000] / found[10_000], 11.5, 10.5).line())
    print(Target("memory of 100,000 rows (MiB)", largest, 900).line())


def document(work: Path, _: int, python: str) -> None:
    """A report of 20,000 program rows, and the same tables by docxtpl."""
    book, made = work / "20000.xlsx", work / "ours.docx"
    _write(book, 20_000)
    ours = spawn([sys.executable, "-m", "lakip_xlsx", "convert", str(book), "-o", str(made), "--tanpa-halaman"], _ENV)
    print(f"20,000 program rows to a document: {ours.time.cpu:.1f} s of CPU time, {ours.memory:.0f} MiB")
    print(Target("memory (MiB)", ours.memory, 500).line())
    if not python:
        return
    blocks = content.blocks(made)
    (work / "content.json").write_text(json.dumps(blocks), encoding="utf-8")
    template = templates.make(work, blocks, None)["docxtpl"]
    command = [python, str(HERE / "peer_docxtpl.py"), str(work / "content.json"), str(template), str(work), str(book)]
    peer = spawn(command, _ENV)
    print(f"docxtpl + openpyxl: {peer.time.cpu:.1f} s of CPU time, {peer.memory:.0f} MiB")
    print(Target("20,000 rows / docxtpl", ours.time.cpu / peer.time.cpu, 0.2, 0.1).line())


def processes(work: Path, runs: int, _: str) -> None:
    """Many workbooks by one process and by two."""
    folder = work / "masuk"
    folder.mkdir()
    with ProcessPoolExecutor() as pool:
        list(pool.map(_numbered, [folder] * _MANY, range(_MANY)))

    def batch(jobs: int) -> Callable[[], Time]:
        command = [sys.executable, "-m", "lakip_xlsx", "convert", str(folder), "-o", str(work / f"keluar{jobs}")]
        return lambda: spawn([*command, "--tanpa-halaman", "--jobs", str(jobs)], _ENV).time

    found = interleaved({"one": batch(1), "two": batch(2)}, min(runs, 3))
    for name, taken in found.items():
        print(f"{name}: {_MANY / statistics.median([each.wall for each in taken]):.1f} documents/s")
    print(Target("two processes / one", ratio(found, "one", "two", wall=True), 1.8, 1.9, higher=True).line())


def _numbered(folder: Path, number: int) -> None:
    """Write one of many workbooks, all different."""
    data.write(folder / f"{number:03}.xlsx", seed=number)


def memory(work: Path, _: int, __: str) -> None:
    """The memory of one process over 1,000 workbooks."""
    books = [work / f"m{number}.xlsx" for number in range(_DIFFERENT)]
    for number, book in enumerate(books):
        data.write(book, seed=number)
    options = Options(command="convert", force=True, findings=False)
    seen = {}
    for number in range(1, 1001):
        run_chunk((Item(number, str(books[number % _DIFFERENT]), str(work / "m.docx")),), options)
        if number in {100, 250, 500, 1000}:
            seen[number] = _resident()
    print({number: f"{size:.1f} MiB" for number, size in seen.items()})
    print(Target("memory after 1,000 workbooks / after 100", seen[1000] / seen[100], 1.05).line())


def _resident() -> float:
    """The memory that this process holds now (MiB); where the system does not say, the most it ever held."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PARTS = {part.__name__: part for part in (rows, document, processes, memory)}


def main() -> None:
    """Run the parts that are named, or all; each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART")
    parser.add_argument("--python", default="")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    if len(options.parts) != 1:
        for name in options.parts or PARTS:
            command = [sys.executable, "-m", "benchmarks.scale", name, "--python", options.python]
            subprocess.run([*command, "--runs", str(options.runs)], env=_ENV, check=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        PARTS[options.parts[0]](Path(folder), options.runs, options.python)


if __name__ == "__main__":
    main()
