"""``convert`` beside the tools people use today: the same workbook, the same tables, rows and words.

    python -m benchmarks.peers --setup DIR      make the tools' environments there (pip, npm), then measure
    python -m benchmarks.peers [--python PYTHON] [--node NODE_MODULES] [--pandoc PANDOC]

COLD is a whole process for one workbook, WARM a document in a process that has done some. What the tools are
asked to do is less than ours: their texts come ready made, they check nothing and draw no chart.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import content, data, templates
from benchmarks.measure import Target, interleaved, median, ratio, spawn
from lakip_xlsx import pipeline

HERE = Path(__file__).parent
FLOOR = "floor: import pandas, docx, python_calamine"
OURS, DOCXTPL, CARBONE = "lakip-xlsx", "docxtpl + openpyxl", "Carbone"
_PACKAGES = ("pandas", "openpyxl", "python-docx", "docxtpl", "python-calamine", "lxml", "pypandoc_binary")
_NODE_PACKAGES = ("docxtemplater", "pizzip", "carbone", "xlsx")


def setup(folder: Path) -> tuple[str, str, str]:
    """Install the tools under a folder; interpreter, node modules and pandoc."""
    folder.mkdir(parents=True, exist_ok=True)
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *_PACKAGES], check=True)
    modules = folder / "node" / "node_modules"
    if shutil.which("npm") and not modules.exists():
        modules.parent.mkdir(exist_ok=True)
        (modules.parent / "package.json").write_text('{"private": true}')
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", *_NODE_PACKAGES], cwd=modules.parent, check=False
        )
    found = subprocess.run(
        [python, "-c", "import pypandoc; print(pypandoc.get_pandoc_path())"],
        capture_output=True,
        text=True,
        check=False,
    )
    return str(python), str(modules), found.stdout.strip() or "pandoc"


class Bench:
    """The workbooks, the templates and the commands of one measurement."""

    def __init__(self, work: Path, options: argparse.Namespace) -> None:
        self.work, self.options = work, options
        self.workbooks = [work / f"w{number:03}.xlsx" for number in range(options.warm)]
        for number, path in enumerate(self.workbooks):
            data.write(path, budget=options.budget, seed=number)
        pipeline.convert(self.workbooks[0], work / "model.docx", force=True)
        self.content = work / "content.json"
        blocks = content.blocks(work / "model.docx")
        self.content.write_text(json.dumps(blocks), encoding="utf-8")
        self.templates = templates.make(work, blocks, options.pandoc)
        self.programs = self._programs()
        self.env = {
            **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
            "NODE_PATH": options.node,
            "PANDOC": options.pandoc or "",
            "PYTHONPATH": str(HERE.parent),
        }

    def _programs(self) -> dict[str, tuple[list[str], str]]:
        """Name → (command up to its arguments, template)."""
        python, node = self.options.python, str(HERE / "peer_node.js")
        programs = {
            OURS: ([sys.executable, "-m", "benchmarks.run_lakip"], "plain"),
            DOCXTPL: ([python, str(HERE / "peer_docxtpl.py")], "docxtpl"),
            "pandas + python-docx": ([python, str(HERE / "peer_pandas.py")], "plain"),
            "pandoc": ([python, str(HERE / "peer_pandoc.py")], "pandoc"),
            "docxtemplater": (["node", node, "docxtemplater"], "docxtemplater"),
            CARBONE: (["node", node, "carbone"], "carbone"),
        }
        return {name: item for name, item in programs.items() if item[1] in self.templates}

    def command(self, name: str, workbooks: list[Path]) -> list[str]:
        """The command that does these workbooks."""
        start, template = self.programs[name]
        folder = self.work / "".join(filter(str.isalnum, name))
        folder.mkdir(exist_ok=True)
        return [*start, str(self.content), str(self.templates[template]), str(folder), *map(str, workbooks)]

    def cold(self) -> dict[str, Callable[[], float]]:
        """A whole process for one workbook; ours is the command as users call it."""
        one = self.workbooks[0]
        jobs = {name: self._timed(self.command(name, [one])) for name in self.programs if name != OURS}
        ours = [sys.executable, "-m", "lakip_xlsx"]
        target = ["-o", str(self.work / "cold.docx"), "--tanpa-halaman", "--force"]
        return jobs | {
            OURS: self._timed([*ours, "convert", str(one), *target]),
            "lakip-xlsx --help": self._timed([*ours, "--help"]),
            FLOOR: self._timed([self.options.python, "-c", "import pandas, docx, python_calamine"]),
        }

    def _timed(self, command: list[str]) -> Callable[[], float]:
        return lambda: spawn(command, self.env).seconds * 1000

    def warm(self) -> dict[str, Callable[[], float]]:
        """Milliseconds for a document in a process that has done some before."""

        def once(name: str) -> float:
            times = json.loads(spawn(self.command(name, self.workbooks), self.env).out.splitlines()[-1])
            return median(times[1:])

        return {name: functools.partial(once, name) for name in self.programs}

    def sizes(self) -> None:
        """Print that all documents hold the same."""
        for name in self.programs:
            made = self.work / "".join(filter(str.isalnum, name)) / "out0000.docx"
            if made.exists():
                print(f"# {name}: tables, rows, words {content.size(made)}")


def show(title: str, found: dict[str, list[float]], base: str) -> None:
    """A table of medians and ratios."""
    print(f"\n{title:<48}{'median ms':>10}{'ratio':>8}   (to {base})")
    for name in sorted(found, key=lambda name: median(found[name])):
        print(f"{name:<48}{median(found[name]):10.1f}{ratio(found, name, base) or 0:8.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--setup", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--node", default=os.environ.get("NODE_PATH", ""))
    parser.add_argument("--pandoc", default=shutil.which("pandoc"))
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--warm", type=int, default=12, help="workbooks in a warm process")
    parser.add_argument("--budget", type=int, default=60, help="budget rows")
    options = parser.parse_args()
    if options.setup:
        options.python, options.node, options.pandoc = setup(options.setup.resolve())
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options)
        cold = interleaved(bench.cold(), options.runs)
        warm = interleaved(bench.warm(), options.runs)
        bench.sizes()
    print(f"# Python {sys.version.split()[0]}, {os.cpu_count()} cores, medians of {options.runs} interleaved rounds")
    show("COLD, whole process", cold, FLOOR)
    show("WARM, per document", warm, DOCXTPL)
    print()
    for target in (
        Target("cold convert / floor import", ratio(cold, OURS, FLOOR), 1.15, 1.0),
        Target("cold / docxtpl + openpyxl", ratio(cold, OURS, DOCXTPL), 0.85, 0.7),
        Target("--help / floor import", ratio(cold, "lakip-xlsx --help", FLOOR), 0.2, 0.13),
        Target("warm per document / docxtpl + openpyxl", ratio(warm, OURS, DOCXTPL), 0.2, 0.125),
        Target("warm per document / Carbone", ratio(warm, OURS, CARBONE), 0.75, 0.5),
    ):
        print(target.line())


if __name__ == "__main__":
    main()
