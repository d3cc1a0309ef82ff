"""``convert`` beside the tools people use today: the same workbook, the same tables, rows and words.

    python -m benchmarks.peers --setup DIR      make the tools' environments there (pip, npm), then measure
    python -m benchmarks.peers [--python PYTHON] [--node NODE_MODULES] [--pandoc PANDOC]

COLD is a whole process for one workbook, WARM a document in a process that has done some. What the tools are
asked to do is less than ours: their texts come ready made, they check nothing and draw no chart. All workbooks are
different, so a cache that helps only when the same one comes twice does not count.

No longer aimed at: 0.85 of docxtpl's cold run, since pandas now holds and reconciles the tables, and importing it is
most of a cold run; what a programmer would write with the same packages is the measure instead.
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
from benchmarks.measure import Target, Time, interleaved, median, ratio, spawn
from lakip_xlsx import pipeline

HERE = Path(__file__).parent
FLOOR = "floor: import pandas, docx, lxml, click"
OURS, DOCXTPL, PANDAS, CARBONE = "lakip-xlsx", "docxtpl + openpyxl", "pandas + python-docx", "Carbone"
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
            PANDAS: ([python, str(HERE / "peer_pandas.py")], "plain"),
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

    def cold(self) -> dict[str, Callable[[], Time]]:
        """A whole process for one workbook; ours is the command as users call it."""
        one = self.workbooks[0]
        jobs = {name: self._timed(self.command(name, [one])) for name in self.programs if name != OURS}
        ours = [sys.executable, "-m", "lakip_xlsx"]
        target = ["-o", str(self.work / "cold.docx"), "--tanpa-halaman", "--force"]
        return jobs | {
            OURS: self._timed([*ours, "convert", str(one), *target]),
            "lakip-xlsx --help": self._timed([*ours, "--help"]),
            FLOOR: self._timed([sys.executable, "-c", "import pandas, docx, lxml.etree, click"]),
        }

    def _timed(self, command: list[str]) -> Callable[[], Time]:
        def run() -> Time:
            taken = spawn(command, self.env).time
            return Time(taken.cpu * 1000, taken.wall * 1000)

        return run

    def warm(self) -> dict[str, Callable[[], Time]]:
        """What a document takes in a process that has done some before."""

        def once(name: str) -> Time:
            times = json.loads(spawn(self.command(name, self.workbooks), self.env).out.splitlines()[-1])[1:]
            return Time(median([cpu for cpu, _ in times]), median([wall for _, wall in times]))

        return {name: functools.partial(once, name) for name in self.programs}

    def sizes(self) -> None:
        """Print that all documents hold the same."""
        for name in self.programs:
            made = self.work / "".join(filter(str.isalnum, name)) / "out0000.docx"
            if made.exists():
                print(f"# {name}: tables, rows, words {content.size(made)}")


def show(title: str, found: dict[str, list[Time]], base: str) -> None:
    """A table of medians and ratios, in the order of CPU time."""
    print(f"\n{title:<44}{'CPU ms':>10}{'ratio':>8}{'wall ms':>10}{'ratio':>8}   (to {base})")
    for name in sorted(found, key=lambda name: median([each.cpu for each in found[name]])):
        cpu, wall = (median([each[which] for each in found[name]]) for which in (0, 1))
        ratios = [ratio(found, name, base, wall=which) or 0 for which in (False, True)]
        print(f"{name:<44}{cpu:10.1f}{ratios[0]:8.2f}{wall:10.1f}{ratios[1]:8.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--setup", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--node", default=os.environ.get("NODE_PATH", ""))
    parser.add_argument("--pandoc", default=shutil.which("pandoc"))
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--warm", type=int, default=24, help="workbooks in a warm process, all different")
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
    print("\n# targets, in CPU time")
    for target in (
        Target("cold convert / floor import", ratio(cold, OURS, FLOOR), 1.35, 1.2),
        Target("cold / pandas + python-docx", ratio(cold, OURS, PANDAS), 0.6, 0.5),
        Target("--help / floor import", ratio(cold, "lakip-xlsx --help", FLOOR), 0.2, 0.13),
        Target("warm per document / docxtpl + openpyxl", ratio(warm, OURS, DOCXTPL), 0.7, 0.5),
        Target("warm per document / pandas + python-docx", ratio(warm, OURS, PANDAS), 0.27, 0.2),
        Target("warm per document / Carbone", ratio(warm, OURS, CARBONE), 1.3, 1.0),
    ):
        print(target.line())


if __name__ == "__main__":
    main()
