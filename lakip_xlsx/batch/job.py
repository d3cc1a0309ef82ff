"""Doing one workbook of many, in this process, in another one or on another machine.

No failure leaves as an exception: it comes back as an outcome.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import import_module
from pathlib import Path

from lakip_xlsx import pipeline
from lakip_xlsx.batch import inputs, remote, resume
from lakip_xlsx.batch.model import Item, Options, Outcome, Status, failed
from lakip_xlsx.errors import LakipError, OutputError
from lakip_xlsx.excel.previous import name_of_last_year
from lakip_xlsx.figures.figures import average, whole
from lakip_xlsx.finding import Finding
from lakip_xlsx.guard.work import limited
from lakip_xlsx.layouts import catalog
from lakip_xlsx.layouts.lke import LKE
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import squeeze
from lakip_xlsx.show import data
from lakip_xlsx.show.text import tally, unfilled
from lakip_xlsx.timings import OFF, Stopwatch, Watch
from lakip_xlsx.word.office.soffice import find_soffice
from lakip_xlsx.workbook import picture, unprinted


def run_chunk(items: tuple[Item, ...], options: Options) -> list[Outcome]:
    """Do several workbooks one after the other; what a worker is sent."""
    prepare()
    done = []
    for item in items:
        done.append(run(item, options))
        if item.number or len(items) > 1:
            gc.collect()  # a document is a net of parts that hold each other; it would stay for long by itself
    return done


@cache
def prepare() -> None:
    """Once per process: what is loaded now will not be looked at by the garbage collector again."""
    gc.freeze()


def run(item: Item, options: Options) -> Outcome:
    """Do one workbook.

    With ``LAKIP_DEBUG`` set, a fault of our own is raised instead of returned.
    """
    limits = options.limits
    if limits.witness is not None:
        limits = replace(limits, witness=limits.witness / str(item.number))
    try:
        with limited(limits, Path(item.source).name):
            return _check(item, options) if options.command == "check" else _convert(item, options)
    except Exception as error:
        if os.environ.get("LAKIP_DEBUG") and not isinstance(error, LakipError):
            raise
        outcome = failed(item, error)
        guess = inputs.meant(item.source) if isinstance(error, LakipError) else ""
        return replace(outcome, failure=f"{outcome.failure} Maksudnya {guess}?") if guess else outcome


def _check(item: Item, options: Options) -> Outcome:
    watch = _watch(item, options)
    with here(item.source) as path:
        checked = pipeline.check(
            path,
            layout=_layout(options),
            only=options.only,
            previous=_previous(options),
            name=item.name,
            watch=watch,
        )
        marked = _marked(item, path, checked) if options.annotate else ""
    status = _status(checked.crashes, has_errors=checked.has_errors)
    reviu = tuple(pipeline.checklist(checked, only=options.only)) if options.reviu else ()
    lke = tuple(pipeline.checklist(checked, LKE, only=options.only)) if options.lke else ()
    outcome = _outcome(item, options, status, checked, checked.findings, watch)
    numbers = pipeline.sentence_numbers(checked) if options.numbers else None
    crashes = _told(checked.crashes)
    return replace(outcome, reviu=reviu, lke=lke, numbers=numbers, marked=marked, crashes=crashes)


class _Told(Stopwatch):
    """A stopwatch that writes down which stage it is in, for those who wait."""

    def __init__(self, place: Path) -> None:
        super().__init__()
        self._place = place

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time inside the block for this stage, and tell its name."""
        with suppress(OSError):
            self._place.write_text(name, encoding="utf-8")
        with super().stage(name):
            yield


def _watch(item: Item, options: Options) -> Watch:
    if options.stages is not None:
        return _Told(options.stages / str(item.number))
    return Stopwatch() if options.timings else OFF


def _status(crashes: tuple[Finding, ...], *, has_errors: bool) -> Status:
    """How a workbook ended whose work was done, but for what failed in our own code."""
    if crashes:
        return Status.CRASHED
    return Status.WITH_ERRORS if has_errors else Status.DONE


def _told(crashes: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(f"{each.message} {each.fix}" for each in crashes)


def _marked(item: Item, path: Path, checked: pipeline.Checked) -> str:
    if remote.is_address(item.source):
        raise OutputError("salinan bertanda hanya ditulis di samping berkas komputer ini, bukan di alamat.")
    write_marked = import_module("lakip_xlsx.show.annotate.annotate").write_marked
    return str(write_marked(path, checked.findings, name=item.name))


_NOT_HERE = "PDF tidak dibuat: PDF hanya ditulis ke folder komputer ini, bukan ke alamat."


def _convert(item: Item, options: Options) -> Outcome:
    watch = _watch(item, options)
    with here(item.source) as path, _there(item.target) as target, here(options.template or "") as template:
        own = template if options.template else None
        key = ""
        if options.record or item.known:
            key = resume.key(path, own or _shipped(), options.recipe())
            there = not options.pdf or target.with_suffix(".pdf").is_file()
            told = item.known is not None and (item.known.findings is not None or not options.findings)
            if item.known and told and there and item.known.holds(key, target, path.parent):
                return _unchanged(item)
        converted = pipeline.convert(
            path,
            target,
            layout=_layout(options),
            template=own,
            previous=_previous(options),
            force=options.force,
            page_numbers=options.page_numbers,
            reviu=options.reviu,
            numbers=options.numbers,
            name=item.name,
            watch=watch,
        )
        kind = pipeline.Pdf.NONE if remote.is_address(item.target) else pipeline.Pdf(options.pdf)
        converted = pipeline.with_pdf(converted, kind, force=options.force, watch=watch)
        status = _status(converted.crashes, has_errors=converted.is_draft)
        outcome = _outcome(item, options, status, converted.checked, converted.findings, watch)
        outcome = replace(
            outcome,
            document=item.target,
            crashes=_told(converted.crashes),
            has_page_numbers=converted.has_page_numbers,
            pages_failure=converted.pages_failure,
            pdf=str(converted.pdf or ""),
            pdf_failure=_NOT_HERE if options.pdf and remote.is_address(item.target) else converted.pdf_failure,
            marked=_marked(item, path, converted.checked) if options.annotate else "",
        )
        has_pdf = bool(outcome.pdf) or not options.pdf
        numbered = converted.has_page_numbers or not options.page_numbers or find_soffice() is None
        if options.record and numbered and has_pdf and not outcome.crashes:
            names = [*picture.named_beside(converted.checked.book), name_of_last_year(path, converted.checked.year)]
            beside = tuple((name, resume.digest_beside(path.parent, name)) for name in names if name)
            made = (key, resume.digest(target), int(status), outcome.counts, outcome.unfilled, beside)
            outcome = replace(outcome, entry=_entry(made, path, outcome, converted.findings))
        return outcome


def _outcome(
    item: Item,
    options: Options,
    status: Status,
    checked: pipeline.Checked,
    findings: tuple[Finding, ...],
    watch: Watch,
) -> Outcome:
    counted = tally(findings)
    error, warning, info = counted.values()
    return Outcome(
        item=item,
        status=status,
        layout=checked.layout.key,
        layout_name=checked.layout.name,
        year=checked.year,
        office=squeeze(checked.book.form.text("nama")) if checked.book.form else "",
        capaian=average(checked.figures),
        serapan=whole(checked.figures)[1].serapan,
        previous=checked.previous,
        counts=(error, warning, info),
        unfilled=unfilled(findings),
        findings=findings if options.findings else (),
        skipped=checked.skipped if options.findings else (),
        unprinted=unprinted.filled(checked.book, checked.layout.key) if options.findings else "",
        accepted=checked.accepted if options.findings else (),
        seconds=watch.seconds if isinstance(watch, Stopwatch) else {},
    )


def _entry(
    made: tuple[str, str, int, tuple[int, int, int], int, tuple[tuple[str, str], ...]],
    path: Path,
    outcome: Outcome,
    findings: tuple[Finding, ...],
) -> resume.Entry:
    """What a later run must know: when the document is still right, and what a report says of it."""
    about = {
        "office": outcome.office,
        "year": str(outcome.year or ""),
        "layout": outcome.layout,
        "layout_name": outcome.layout_name,
        "capaian": "" if outcome.capaian is None else str(outcome.capaian),
        "serapan": "" if outcome.serapan is None else str(outcome.serapan),
        "pages": "ya" if outcome.has_page_numbers else "tidak",
    }
    told = tuple(data.finding_data(each) for each in findings)
    return resume.Entry(*made, resume.digest(path), about, told)


def _decimal(text: str) -> Decimal | None:
    """A number of the journal, which anybody may have written."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _unchanged(item: Item) -> Outcome:
    """What the last run said about a workbook that is still the same, with its document."""
    known = item.known
    if known is None:
        raise ValueError("unchanged since when?")
    about = known.about
    return Outcome(
        item=item,
        status=Status(known.status),
        layout=about.get("layout", ""),
        layout_name=about.get("layout_name", ""),
        year=int(about["year"]) if about.get("year", "").isdigit() else None,
        office=about.get("office", ""),
        capaian=_decimal(about.get("capaian", "")),
        serapan=_decimal(about.get("serapan", "")),
        findings=tuple(found for each in known.findings or () if (found := data.finding_of(each))),
        has_page_numbers=about.get("pages", "") == "ya",
        counts=known.counts,
        unfilled=known.unfilled,
        document=item.target,
        unchanged=True,
        entry=known,
    )


def _layout(options: Options) -> Layout | None:
    return catalog.find(options.layout) if options.layout else None


def _previous(options: Options) -> Path | None:
    return Path(options.previous) if options.previous else None


def _shipped() -> Path:
    """The folder of the templates that come with the program: any of them may be the one."""
    return pipeline.template_path(catalog.LAYOUTS[0]).parent


@contextmanager
def here(source: str) -> Iterator[Path]:
    """A file on this machine: the one that is meant, or a copy of what stands at an address."""
    if not remote.is_address(source):
        yield Path(source)
        return
    with tempfile.TemporaryDirectory(prefix="lakip-") as folder:
        yield remote.fetch(source, Path(folder))


@contextmanager
def _there(target: str) -> Iterator[Path]:
    """Where to write: the place itself, or a file here that is sent to the address when all went well."""
    if not remote.is_address(target):
        yield Path(target)
        return
    with tempfile.TemporaryDirectory(prefix="lakip-") as folder:
        place = remote.fetch(target, Path(folder), must_exist=False)
        yield place
        remote.send(place, target)
