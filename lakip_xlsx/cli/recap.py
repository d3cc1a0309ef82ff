"""``lakip-xlsx recap``: the workbooks of many offices in one."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from lakip_xlsx.batch import inputs, remote
from lakip_xlsx.batch.model import Item, Options, Outcome
from lakip_xlsx.cli import common, flow, stopping
from lakip_xlsx.cli.flow import Many
from lakip_xlsx.cli.interruption import Interruption
from lakip_xlsx.cli.progress import Progress
from lakip_xlsx.errors import OutputError
from lakip_xlsx.files import is_folder
from lakip_xlsx.finding import Severity
from lakip_xlsx.recap import gather
from lakip_xlsx.recap.model import Facts, Gathered
from lakip_xlsx.recap.spool import Spool, beside
from lakip_xlsx.show.text import Line, by_weight, wrap

if TYPE_CHECKING:  # pandas and all checks stand behind it
    from lakip_xlsx.recap.board import Board
    from lakip_xlsx.recap.build import Made

_FILE = click.Path(path_type=Path)
_NAMED = 15


@dataclass(frozen=True, slots=True)
class _Asked:
    output: Path
    daftar: Path | None
    apbd: Path | None
    lalu: tuple[str, ...]
    documents: str | None
    letters: Path | None
    year: int | None
    force: bool


@click.command(options_metavar="[PILIHAN]")
@common.workbooks_argument
@click.option("-o", "--output", type=_FILE, metavar="BERKAS", default=Path("REKAP.xlsx"), help="Bawaan: REKAP.xlsx.")
@click.option("--daftar", type=_FILE, metavar="BERKAS", help="Workbook berisi kolom Kantor: siapa saja yang ditunggu.")
@click.option(
    "--apbd", type=_FILE, metavar="BERKAS", help="Workbook berisi kolom Kantor, Kode Program, dan Anggaran (Rp)."
)
@click.option("--lalu", multiple=True, metavar="FOLDER", help="Workbook tahun lalu, untuk pembanding.")
@click.option(
    "--dokumen", "documents", metavar="FOLDER", help="Tempat dokumen hasil convert. Bawaan: di samping workbook."
)
@click.option(
    "--surat",
    "--letters",
    "letters",
    type=_FILE,
    metavar="FOLDER",
    help="Tulis satu halaman tindak lanjut tiap kantor.",
)
@click.option(
    "--tahun", "year", type=common.Whole(1990, 2100), metavar="TAHUN", help="Tahun rekap. Bawaan: yang terbanyak."
)
@click.option("--force", is_flag=True, help="Timpa rekap dan surat yang tidak dapat diambil catatannya.")
@common.quiet_option
@common.limits_option
@flow.crew_options
def recap(workbooks: tuple[str, ...], many: Many, *, quiet: bool, **given: Any) -> None:  # noqa: ANN401
    """Merekap workbook banyak kantor: papan status, uang, kinerja, temuan antarkantor, dan tindak lanjut.

    Yang diketik di lembar Tindak Lanjut ikut ke rekap berikutnya.
    """
    asked = _Asked(**given)
    result, code, failure = common.attempt(functools.partial(_recap, workbooks, many, asked, quiet=quiet))
    if failure:
        common.say(failure, err=True)
    sys.exit(code if result is None else result)


def _recap(workbooks: Sequence[str], many: Many, asked: _Asked, *, quiet: bool) -> int:
    output = Path(_checked(inputs.named, "-o", str(asked.output), ".xlsx"))
    if not is_folder(output.absolute().parent):
        raise click.UsageError(f"-o {output}: folder {output.parent} tidak ada.")
    lists = import_module("lakip_xlsx.recap.lists")
    expected = lists.read_daftar(asked.daftar) if asked.daftar else None
    apbd = lists.read_apbd(asked.apbd) if asked.apbd else None
    ours = [output, output.with_name(f"{output.stem}.sebelumnya{output.suffix}")]
    ours += [each for each in (asked.daftar, asked.apbd) if each]
    found = _sources(workbooks, ours)
    before = _sources(asked.lalu, ours) if asked.lalu else inputs.Found((), (), from_folders=False)
    for each in (*found.failures, *before.failures):
        common.tell_failure(each)
    items = [Item(at, source.place) for at, source in enumerate((*found.sources, *before.sources))]
    spool = Spool(beside(output))
    try:
        outcomes, ended = _gathered(items, many, spool)
        if ended is not None:
            common.say("Dihentikan. Jalankan perintah yang sama untuk meneruskan; yang sudah dibaca tidak dibaca lagi.")
            return stopping.exit_code(ended)
        now, earlier = outcomes[: len(found.sources)], outcomes[len(found.sources) :]
        make = import_module("lakip_xlsx.recap.build")
        board = import_module("lakip_xlsx.recap.board").board(now, expected, asked.year)
        targets = _documents(found.sources, asked.documents)
        import_module("lakip_xlsx.recap.board").look_for_documents(board, targets)
        last = _last(earlier, board)
        made = make.make(make.Asked(output, board, apbd, last, has_list=expected is not None, force=asked.force), spool)
        code = _letters(board, made, asked) if asked.letters else common.DONE
        spool.close(each.facts.digest for each in outcomes if isinstance(each, Gathered) and each.facts)
    finally:
        spool.release()
    common.write(_told(board, made, output, quiet=quiet))
    if found.failures or before.failures:
        code = max(code, common.UNREADABLE)
    errors = any(each.kind.severity is Severity.ERROR for each in made.cross)
    return max([code, int(errors), *(each.exit_code for each in outcomes)])


def _checked(action: Any, *arguments: str) -> str:  # noqa: ANN401
    try:
        return str(action(*arguments))
    except inputs.UsageError as error:
        raise click.UsageError(str(error)) from error


def _sources(names: Sequence[str], ours: Sequence[Path]) -> inputs.Found:
    """The workbooks that are meant, without the recap itself and the lists, which may lie among them."""
    try:
        found = inputs.find(names)
    except inputs.UsageError as error:
        raise click.UsageError(str(error)) from error
    own = {os.path.normcase(each.absolute()) for each in ours}
    kept = [
        each
        for each in found.sources
        if remote.is_address(each.place) or os.path.normcase(Path(each.place).absolute()) not in own
    ]
    return inputs.Found(tuple(kept), found.failures, found.from_folders)


def _gathered(items: Sequence[Item], many: Many, spool: Spool) -> tuple[list[Outcome], BaseException | None]:
    """The outcome of every workbook in order; or what ended the run before all were read."""
    done: dict[int, Outcome] = {}
    rest: list[Item] = []
    for item in items:
        known = gather.known(item, spool)
        if known is None:
            rest.append(item)
        else:
            done[item.number] = known
    progress, ended = Progress(len(rest)), None
    options = Options(command="check", limits=flow.limits_of(many, several=len(items) > 1))
    with Interruption(gentle=True) as interruption:
        try:
            if rest:
                crew = flow.crew_of(many, len(rest))
                with flow.ready(options, crew) as ready:
                    for outcome in gather.gather(rest, ready, crew, spool, lambda: interruption.asked):
                        done[outcome.item.number] = outcome
                        progress.done(outcome.item.source)
                        if outcome.failure:
                            progress.clear()
                            common.tell_failure(f"{outcome.item.source}: {outcome.failure}")
        except KeyboardInterrupt as error:
            ended = error
    progress.clear()
    if interruption.asked and ended is None and len(done) < len(items):
        ended = KeyboardInterrupt()
    return [done[number] for number in sorted(done)], ended


def _documents(sources: Sequence[inputs.Source], folder: str | None) -> dict[str, str]:
    """Workbook → where ``convert`` puts its document."""
    if folder is None:
        return {
            each.place: str(Path(each.place).with_suffix(".docx"))
            for each in sources
            if not remote.is_address(each.place)
        }
    return {each.place: str(Path(folder) / each.inside.with_suffix(".docx")) for each in sources if each.inside.name}


def _last(earlier: Sequence[Outcome], board: Board) -> dict[str, Facts]:
    """Office → last year's facts, where one workbook only is surely meant."""
    if not earlier:
        return {}
    before: Board = import_module("lakip_xlsx.recap.board").board(earlier, None)
    if before.year is not None and board.year is not None and before.year >= board.year:
        common.tell_failure(f"--lalu: workbook tahun {before.year} tidak lebih lama daripada rekap tahun {board.year}.")
        return {}
    return {line.key: line.facts for line in before.counted if line.facts is not None}


def _letters(board: Board, made: Made, asked: _Asked) -> int:
    folder = asked.letters
    if folder is None:
        return common.DONE
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Folder {folder} tidak dapat dibuat.") from error
    written, failures = import_module("lakip_xlsx.recap.letters").write(board, made.tasks, folder, force=asked.force)
    common.say(f"Surat: {len(written)} di {folder}")
    for failure in failures:
        common.tell_failure(failure)
    return common.UNREADABLE if failures else common.DONE


def _told(board: Board, made: Made, output: Path, *, quiet: bool) -> Iterator[Line]:
    """The recap in a few lines."""
    told, state = import_module("lakip_xlsx.recap.told"), import_module("lakip_xlsx.recap.board").State
    width = common.width()
    yield Line(f"Rekap tahun {board.year or '?'}", bold=True)
    yield from wrap(told.headline(board), width, indent=2)
    for each in (state.MISSING, state.DOUBLED, state.OTHER_YEAR, state.UNREADABLE, state.STRANGER, state.NAMELESS):
        lines = board.of(each)
        if lines:
            named = "; ".join(
                f"{line.name}" + (f" ({PurePath(line.source).name})" if line.source else "") for line in lines[:_NAMED]
            )
            more = f"; dan {len(lines) - _NAMED} lagi" if len(lines) > _NAMED else ""
            yield from wrap(f"{each}: {named}{more}.", width, indent=2)
    counts = import_module("lakip_xlsx.recap.cross").tally(made.cross)
    yield Line(f"Antarkantor: {by_weight([counts[each] for each in Severity])}.", bold=True)
    for found in () if quiet else made.cross[:_NAMED]:
        if found.kind.severity is not Severity.INFO:
            yield from wrap(f"{found.code} {found.message}", width, indent=2)
    if len(made.cross) > _NAMED and not quiet:
        yield Line(f'  ... dan {len(made.cross) - _NAMED} lagi pada lembar "Lintas Kantor".')
    states = import_module("lakip_xlsx.recap.follow").State
    parts = [f"{number} {each.lower()}" for each in states if (number := made.count(each))]
    yield from wrap(f"Tindak lanjut (rekap ke-{made.run}): {', '.join(parts) or 'tidak ada'}.", width)
    if made.strangers:
        yield from wrap(
            f"Lembar buatan sendiri tidak ikut: {', '.join(made.strangers[:5])}; ada di rekap sebelumnya.", width
        )
    yield Line(f"Rekap: {output}")
