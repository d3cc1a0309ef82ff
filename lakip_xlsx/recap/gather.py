"""The workbooks of a recap, read over the same crews as every batch; what was read before is not read again."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lakip_xlsx.batch import remote, resume
from lakip_xlsx.batch.crew import Crew
from lakip_xlsx.batch.model import Item, Options, Outcome, Status
from lakip_xlsx.batch.run import run
from lakip_xlsx.recap.model import Gathered
from lakip_xlsx.recap.spool import Spool, is_same


def work(chunk: tuple[Item, ...], options: Options) -> list[Outcome]:
    """What a worker does; the libraries that it needs are loaded there and not here."""
    importlib.import_module("lakip_xlsx.batch.lifeline").remove_at_the_end(options.limits.witness)
    done: list[Outcome] = importlib.import_module("lakip_xlsx.recap.job").gather_chunk(chunk, options)
    return done


def gather(
    items: Sequence[Item], options: Options, crew: Crew, spool: Spool, stopped: Callable[[], bool]
) -> Iterator[Outcome]:
    """The outcome of every workbook as it comes in; its office is in the spool, only its facts are held."""
    for outcome in run(items, options, crew, do=work, stopped=stopped):
        if isinstance(outcome, Gathered) and outcome.facts is not None:
            spool.add(outcome.facts, outcome.packed)
            yield replace(outcome, packed=b"")
        else:
            yield outcome


def known(item: Item, spool: Spool) -> Gathered | None:
    """What an earlier run read of a workbook that is still the same; None where it must be read."""
    if remote.is_address(item.source):
        return None
    path = Path(item.source)
    facts = spool.facts(resume.digest(path))
    if facts is None or not is_same(facts, path.parent):
        return None
    status = Status.CRASHED if facts.crashes else Status.WITH_ERRORS if facts.counts[0] else Status.DONE
    return Gathered(
        item=item,
        status=status,
        year=facts.year,
        counts=facts.counts,
        unfilled=facts.unfilled,
        facts=facts,
        unchanged=True,
    )
