"""What ``check`` and ``convert`` do alike: one workbook or many, from their names to the exit code."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import click

from lakip_xlsx.batch import inputs, report
from lakip_xlsx.batch.crew import Crew, choose, dask
from lakip_xlsx.batch.journal import Journal
from lakip_xlsx.batch.model import Item, Options, Outcome
from lakip_xlsx.batch.run import run
from lakip_xlsx.cli import common, stopping, summary
from lakip_xlsx.cli.interruption import Interruption
from lakip_xlsx.cli.progress import Progress
from lakip_xlsx.guard.work import USUAL_MEMORY, USUAL_SECONDS, WorkLimits
from lakip_xlsx.timings import Totals

_MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """How many workbooks are worked on."""

    jobs: int | None = None
    seconds: float | None = None
    memory: int | None = None  # MiB
    scheduler: str | None = None
    report: Path | None = None
    timings: bool = False


_REPORT = click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="BERKAS",
    help="Simpan hasil semua workbook ke berkas .json, .csv, atau .xlsx.",
)
_TIMINGS = click.option("--timings", is_flag=True, help="Tampilkan lamanya tiap tahap.")
_OPTIONS = (
    click.option("--jobs", metavar="N", type=common.Whole(1, 256), help="Banyaknya proses. Bawaan: dipilih sendiri."),
    _REPORT,
    click.option(
        "--batas-waktu",
        "seconds",
        metavar="DETIK",
        type=common.Seconds(min=0.1),
        help=f"Waktu terlama untuk satu workbook. Bawaan: {USUAL_SECONDS:g}.",
    ),
    click.option(
        "--batas-memori",
        "memory",
        metavar="MIB",
        type=common.Whole(min=256),
        help=f"Memori terbanyak untuk satu workbook. Bawaan: {USUAL_MEMORY // _MIB} bila workbooknya beberapa.",
    ),
    click.option("--scheduler", metavar="ALAMAT", help="Kerjakan di klaster Dask, misalnya tcp://server:8786."),
    _TIMINGS,
)

Command = Callable[..., Any]


def many_options(command: Command) -> Command:
    """Give a command the options for many workbooks, in one argument ``many``."""
    return _with_options(command, _OPTIONS)


def crew_options(command: Command) -> Command:
    """The same for a command whose result is itself a report on all of them: who works, and within what limits."""
    return _with_options(command, tuple(option for option in _OPTIONS if option not in (_REPORT, _TIMINGS)))


def _with_options(command: Command, options: tuple[Command, ...]) -> Command:
    @functools.wraps(command)
    def wrapped(*args: object, **given: object) -> object:
        own: dict[str, Any] = {name: given.pop(name) for name in Many.__dataclass_fields__ if name in given}
        return command(*args, many=Many(**own), **given)

    return functools.reduce(lambda function, option: option(function), reversed(options), wrapped)


continue_option = click.option(
    "--lanjut",
    "--continue",
    "go_on",
    is_flag=True,
    help="Lewati workbook yang tidak berubah sejak terakhir dan dokumennya masih utuh.",
)


class Show(Protocol):
    """How a command tells its outcomes, in the order of the workbooks."""

    @property
    def is_data(self) -> bool:
        """Whether stdout is for a program, so that the summary must go elsewhere."""

    def outcome(self, outcome: Outcome, *, several: bool) -> None:
        """Tell one."""

    def end(self) -> None:
        """There are no more."""


@dataclass(slots=True)
class Plan:
    """What is to be done: known before the first workbook is opened."""

    items: list[Item]
    failures: tuple[str, ...]
    several: bool
    options: Options
    many: Many
    go_on: bool = False
    told: list[Outcome] = field(default_factory=list)


def plan(names: Sequence[str], options: Options, many: Many, *, output: str | None = None, go_on: bool = False) -> Plan:
    """The workbooks behind the names, each with its document.

    Raises:
        click.UsageError: two documents of one name, a report that cannot be written, and the like.
        LakipError: a folder cannot be made.
    """
    try:
        if many.report:
            report.demand_format(many.report, force=options.force)
        found = inputs.find(names)
        several = found.from_folders or len(found.sources) + len(found.failures) > 1
        if several and options.previous:
            raise inputs.UsageError(
                "--with hanya untuk satu workbook; beberapa workbook memakai yang di folder yang sama."
            )
        targets = [""] * len(found.sources)
        if options.command == "convert":
            targets = inputs.targets(found.sources, output, several=several)
            if output is not None and (several or inputs.is_folder(output)):
                inputs.make_folders(targets)
        items = [Item(at, each.place, to) for at, (each, to) in enumerate(zip(found.sources, targets, strict=True))]
        if go_on:
            items = Journal.demand(items)
    except inputs.UsageError as error:
        raise click.UsageError(str(error)) from error
    options = replace(
        options,
        findings=options.findings or not several or many.report is not None,
        timings=many.timings,
        record=options.command == "convert" and several,
        limits=limits_of(many, several=several),
    )
    return Plan(items, found.failures, several, options, many, go_on)


def limits_of(many: Many, *, several: bool) -> WorkLimits:
    """What the work on one workbook may take."""
    usual = USUAL_MEMORY if several else None
    return WorkLimits(many.seconds or USUAL_SECONDS, many.memory * _MIB if many.memory else usual)


def execute(work: Plan, show: Show) -> int:
    """Do it, tell it, and return the exit code."""
    progress = Progress(len(work.items), waiting=_waiting(work))
    journal = Journal()
    for failure in work.failures:
        common.tell_failure(failure)
    progress.again()
    ended: KeyboardInterrupt | None = None
    with Interruption(gentle=work.several) as interruption:
        try:
            for outcome in _in_order(_outcomes(work, progress, journal, interruption)):
                progress.clear()
                _tell(outcome, work, show)
                progress.again()
                work.told.append(outcome if work.many.report else replace(outcome, findings=(), skipped=()))
        except KeyboardInterrupt as error:
            interruption.asked, ended = True, error
        progress.clear()
        show.end()
    for failure in journal.failures.values() if work.go_on else ():  # without, nobody waits for what was noted
        common.tell_failure(failure)
        work.failures += (failure,)
    code = _finish(work, interrupted=interruption.asked, to_stderr=show.is_data)
    return stopping.exit_code(ended) if interruption.asked else max([code, *(each.exit_code for each in work.told)])


def _waiting(work: Plan) -> str:
    """What takes a while with a single workbook."""
    counts = work.options.page_numbers and import_module("lakip_xlsx.word.office.soffice").find_soffice()
    return "Menulis dokumen dan menghitung nomor halamannya, beberapa detik ..." if counts else ""


def _tell(outcome: Outcome, work: Plan, show: Show) -> None:
    """One outcome, and what failed about it."""
    name = Path(outcome.item.source).name
    if outcome.failure:
        common.tell_failure(summary.placed(outcome) if work.several else outcome.failure)
    show.outcome(outcome, several=work.several)
    for crash in outcome.crashes:
        common.tell_failure(f"{name}: {crash}")
    if outcome.pages_failure:
        skipped = f"nomor halaman dilewati karena {outcome.pages_failure}; tekan Ctrl+A lalu F9 di Word."
        common.tell_failure(f"{name}: {skipped}")
    if outcome.pdf_failure:
        common.tell_failure(f"{name}: {outcome.pdf_failure}")


def _in_order(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes in the order of the workbooks; at the end those that a gap had held back."""
    held: dict[int, Outcome] = {}
    following = 0
    for outcome in outcomes:
        held[outcome.item.number] = outcome
        while following in held:
            yield held.pop(following)
            following += 1
    yield from (held[number] for number in sorted(held))


def _outcomes(work: Plan, progress: Progress, journal: Journal, interruption: Interruption) -> Iterator[Outcome]:
    """The outcomes as they come, each written down for a later run to go on from."""
    if not work.items:
        return
    crew = crew_of(work.many, len(work.items), page_numbers=work.options.page_numbers)
    with ready(work.options, crew) as options:
        for outcome in run(work.items, options, crew, stopped=lambda: interruption.asked):
            journal.take(outcome)
            progress.done(outcome.item.source)
            yield outcome


@contextmanager
def ready(options: Options, crew: Crew) -> Iterator[Options]:
    """The options with the limits that this crew can keep."""
    with ExitStack() as stack:
        limits = replace(options.limits, ends_process=crew.own)
        if not crew.near:
            limits = replace(limits, memory=None)
        elif crew.own:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lakip-", ignore_cleanup_errors=True))
            limits = replace(limits, witness=Path(folder))
        yield replace(options, limits=limits)


def crew_of(many: Many, count: int, *, page_numbers: bool = False) -> Crew:
    """Who works on so many workbooks.

    Raises:
        click.UsageError: the scheduler that was named does not answer.
    """
    if many.scheduler:
        try:
            return dask(many.scheduler, count)
        except inputs.UsageError as error:
            raise click.UsageError(str(error)) from error
    return choose(many.jobs, count, page_numbers=page_numbers)


def _finish(work: Plan, *, interrupted: bool, to_stderr: bool) -> int:
    """The end of a run: summary, times and report; the exit code of what is not about one workbook."""
    done = {outcome.item.number for outcome in work.told}
    rest = [item.source for item in work.items if item.number not in done]
    if work.several or interrupted:
        lines = summary.lines(work.told, rest, interrupted=interrupted, command=work.options.command)
        common.write(lines, err=to_stderr)
    if work.many.timings:
        totals = Totals()
        for outcome in work.told:
            if outcome.seconds:
                totals.add(outcome.seconds)
        for line in totals.lines():
            common.say(line, err=True)
    code = common.UNREADABLE if work.failures else common.DONE
    if work.many.report is not None:
        result = report.Result(tuple(work.told), work.failures, tuple(rest))
        _, failed, failure = common.attempt(functools.partial(report.write, result, work.many.report))
        common.say(failure or f"Laporan: {work.many.report}", err=bool(failure) or to_stderr)
        code = max(code, failed)
    return code
