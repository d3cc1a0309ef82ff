"""What ``check`` does with Word documents: each is held against its workbook and told as a workbook is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from lakip_xlsx import finished
from lakip_xlsx.cli import common
from lakip_xlsx.guard.work import WorkLimits, limited
from lakip_xlsx.show import data, text
from lakip_xlsx.show import finished as shown
from lakip_xlsx.show import sentence_numbers as listed
from lakip_xlsx.show.text import Line
from lakip_xlsx.word.follow.examined import Examined


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How documents are to be checked and told."""

    workbook: Path | None = None
    only: frozenset[str] | None = None
    as_json: bool = False
    quiet: bool = False
    full: bool = False
    numbers: bool = False
    seconds: float = 300.0


def check(documents: Sequence[str], wanted: Wanted) -> int:
    """Check documents one after the other; the exit code is the highest of all."""
    codes = [common.DONE]
    told = []
    for name in documents:
        path = Path(name)
        result, code, failure = common.attempt(lambda path=path: _one(path, wanted))  # type: ignore[misc]
        if result is None:
            common.say(failure, err=True)
            told.append(shown.unreadable(path, failure))
        else:
            code = common.CRASH if result.crashes else common.WITH_ERRORS if result.has_errors else common.DONE
            told.append(_data(result, wanted))
            if not wanted.as_json:
                _tell(result, wanted)
        codes.append(code)
    if wanted.as_json:
        click.echo(data.dumps(told))
    return max(codes)


def _one(path: Path, wanted: Wanted) -> Examined:
    with limited(WorkLimits(wanted.seconds), path.name):
        return finished.examine(path, workbook=wanted.workbook, only=wanted.only)


def _data(result: Examined, wanted: Wanted) -> dict[str, object]:
    if not wanted.as_json:
        return {}
    whole = shown.as_data(result)
    return whole | {"numbers": listed.as_data(result.numbers())} if wanted.numbers else whole


def _tell(result: Examined, wanted: Wanted) -> None:
    width, name = common.width(), result.document.name
    if wanted.quiet:
        common.write(text.wrap(f"{name}: {text.summary(result.findings)}", width))
    else:
        for said in shown.heading(result):
            common.write(text.wrap(said, width))
        common.write([Line("")])
        common.write(text.listing(result.findings, width=width, full=wanted.full))
        common.write(text.accepted_lines(result.accepted, width=width))
        common.write(text.skipped_lines(result.skipped, width=width))
        common.write(text.wrap(f"{name}: {text.summary(result.findings)}", width))
    if wanted.numbers:
        common.write([Line(""), *listed.lines(result.numbers(), width=width)])
    for crash in result.crashes:
        common.tell_failure(f"{name}: {crash.message} {crash.fix}")
