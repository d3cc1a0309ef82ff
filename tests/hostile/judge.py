"""Runs one class of file through the command and says what is wrong with how it ended."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hostile.base import pack, plain
from tests.hostile.case import UNREADABLE, Case
from tests.hostile.run import MEMORY, SECONDS, Ended, run

Finding = tuple[str, str, str]


def ended(case: Case, folder: Path) -> Ended:
    """The end of ``check --format json`` on a file of this class."""
    path = folder / case.file
    path.write_bytes(case.make())
    return run("check", "--format", "json", path, folder=folder)


def faults(case: Case, end: Ended, folder: Path) -> list[str]:
    """What is not as it must be; empty if all is well. ``folder`` must hold the file and nothing else."""
    wrong = []
    if end.code not in case.exits:
        wrong.append(f"exit {end.code}, not {sorted(case.exits)}")
    if end.seconds >= SECONDS or end.mib >= MEMORY >> 20:
        wrong.append(f"{end.seconds:.1f} s, {end.mib} MiB")
    if "Traceback" in end.out + end.err:
        wrong.append("a traceback")
    if [path.name for path in folder.iterdir()] != [case.file]:
        wrong.append("something is left behind")
    if case.exits == UNREADABLE:
        wrong += _line_faults(case, end)
    elif end.err:
        wrong.append(f"stderr: {end.err[:200]}")
    return wrong + _finding_faults(case, end)


def _line_faults(case: Case, end: Ended) -> list[str]:
    """A refusal is one clear line: what, where, how to mend."""
    line = end.err.removesuffix("\n")
    wrong = []
    if case.says not in line:
        wrong.append(f"{case.says!r} is not said: {line[:300]}")
    if "\n" in line or len(line) > 500 or not line.endswith((".", "new")):
        wrong.append(f"not one line of at most 500 characters: {line[:600]}")
    return wrong


def _finding_faults(case: Case, end: Ended) -> list[str]:
    if not case.finds and not case.as_plain:
        return []
    try:
        found = findings(end)
    except (ValueError, KeyError) as error:
        return [f"no findings: {error!r}"]
    places = {f"{code} {place}" for code, place, _ in found}
    wrong = [f"{find} is not found: {sorted(places)[:12]}" for find in case.finds if find not in places]
    wanted = plain_findings()
    if case.moved:
        found, wanted = ([(code, "", message) for code, _, message in each] for each in (found, wanted))
    if case.as_plain and found != wanted:
        wrong.append(f"other findings: {sorted(set(found) ^ set(wanted))[:6]}")
    return wrong


def findings(end: Ended) -> list[Finding]:
    """Code, place and message of every finding."""
    return [
        (each["code"], f"{each['sheet']}!{each['cell']}" if each["cell"] else each["sheet"], each["message"])
        for each in json.loads(end.out)["findings"]
    ]


@cache
def plain_findings() -> list[Finding]:
    """The findings of the sound workbook."""
    with TemporaryDirectory() as name:
        path = Path(name) / "isi.xlsx"
        path.write_bytes(pack(plain()))
        return findings(run("check", "--format", "json", path, folder=Path(name)))
