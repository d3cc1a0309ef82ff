"""The command line: Indonesian help, exit codes, nothing else.

Heavy imports stay inside the commands that need them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lakip_xlsx import __version__, terjemahan
from lakip_xlsx.errors import LakipError

if TYPE_CHECKING:
    from lakip_xlsx.layouts.outline import Layout
    from lakip_xlsx.pipeline import Checked, Converted
    from lakip_xlsx.show.text import Line

DONE, WITH_ERRORS, WRONG_USE, UNREADABLE, CRASH = range(5)
T = TypeVar("T")

_LAYOUT = click.option(
    "--tata-letak", "--layout", metavar="NAMA", help="Tata letak laporan: lan-2003. Bawaan: menurut workbook."
)


def main() -> None:
    """Entry point of the command ``lakip-xlsx``."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts faster, and no sum here is large
    terjemahan.use_indonesian()
    cli(prog_name="lakip-xlsx")


_HELP = """Dari workbook Excel yang sudah diisi menjadi LAKIP dalam Word, setelah angka-angkanya dicocokkan.

\b
Tiga langkah:
  lakip-xlsx new                  membuat workbook kosong untuk diisi
  lakip-xlsx check lakip.xlsx     memeriksa isian
  lakip-xlsx convert lakip.xlsx   membuat dokumen Word
"""


@click.group(
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[PILIHAN]",
    subcommand_metavar="PERINTAH ...",
)
@click.version_option(
    __version__, prog_name="lakip-xlsx", message="%(prog)s %(version)s", help="Tampilkan versi program."
)
def cli() -> None:
    """The group of all commands; its help text is Indonesian and stands above."""


@cli.command(short_help="Membuat workbook kosong.", options_metavar="[PILIHAN]")
@click.argument("path", metavar="[BERKAS]", type=click.Path(path_type=Path), default=Path("lakip.xlsx"))
@click.option("--tahun", "year", type=click.IntRange(1990, 2100), help="Tahun laporan.")
@click.option("--nama", "name", help="Nama instansi.")
@_LAYOUT
def new(path: Path, year: int | None, name: str | None, tata_letak: str | None) -> None:
    """Membuat workbook kosong yang siap diisi (bawaan: lakip.xlsx)."""
    layout = _layout(tata_letak)

    def write() -> Path:
        from lakip_xlsx import pipeline

        return pipeline.new_workbook(path, layout=layout, year=year, name=name or "")

    written, code, failure = _attempt(write)
    if failure:
        click.echo(failure, err=True)
    if written is not None:
        click.echo(f"Workbook kosong: {written}")
        click.echo(f"Isi dahulu, lalu jalankan: lakip-xlsx check {written}")
    sys.exit(code)


@cli.command(short_help="Memeriksa workbook.", options_metavar="[PILIHAN]")
@click.argument("workbooks", metavar="WORKBOOK...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Bentuk hasil. Bawaan: text."
)
@click.option("--full", is_flag=True, help="Tampilkan semua temuan, juga yang sejenis.")
@_LAYOUT
def check(workbooks: tuple[Path, ...], form: str, tata_letak: str | None, *, full: bool) -> None:
    """Memeriksa workbook dan menampilkan semua temuan, tanpa membuat dokumen."""
    layout = _layout(tata_letak)
    results: list[dict[str, Any]] = []
    codes = []
    for path in workbooks:

        def one(path: Path = path) -> Checked:
            from lakip_xlsx import pipeline

            return pipeline.check(path, layout=layout)

        checked, code, failure = _attempt(one)
        if checked is not None:
            code = WITH_ERRORS if checked.has_errors else DONE
        codes.append(code)
        if form == "json":
            results.append(_as_data(path, checked, failure))
        elif checked is not None:
            _print_checked(checked, full=full)
        if failure:
            click.echo(failure, err=True)
    if form == "json":
        from lakip_xlsx.show.data import dumps

        click.echo(dumps(results))
    sys.exit(max(codes))


@cli.command(short_help="Membuat dokumen Word dari workbook.", options_metavar="[PILIHAN]")
@click.argument("workbooks", metavar="WORKBOOK...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="BERKAS|FOLDER",
    help="Nama atau folder dokumen. Bawaan: di samping workbook.",
)
@click.option("--template", type=click.Path(path_type=Path), metavar="BERKAS", help="Template Word sendiri (.docx).")
@click.option("--force", is_flag=True, help="Timpa dokumen walaupun sudah disunting orang.")
@click.option("--full", is_flag=True, help="Tampilkan semua temuan, juga yang sejenis.")
@_LAYOUT
def convert(
    workbooks: tuple[Path, ...],
    output: Path | None,
    template: Path | None,
    tata_letak: str | None,
    *,
    force: bool,
    full: bool,
) -> None:
    """Memeriksa workbook, lalu membuat dokumen Word (.docx) di sampingnya."""
    layout = _layout(tata_letak)
    targets = _targets(workbooks, output)
    codes = []
    for path, target in targets:

        def one(path: Path = path, target: Path = target) -> Converted:
            from lakip_xlsx import pipeline

            return pipeline.convert(path, target, layout=layout, template=template, force=force)

        converted, code, failure = _attempt(one)
        if converted is not None:
            code = WITH_ERRORS if converted.is_draft else DONE
            _print_converted(converted, full=full)
        else:
            click.echo(failure, err=True)
        codes.append(code)
    sys.exit(max(codes))


@cli.command(short_help="Menjelaskan aturan pemeriksaan.", options_metavar="[PILIHAN]")
@click.argument("code", metavar="[KODE]", required=False)
def explain(code: str | None) -> None:
    """Menjelaskan satu aturan pemeriksaan; tanpa KODE, menampilkan daftarnya."""
    from lakip_xlsx.show.rules import explanation, overview

    lines = overview(width=_width()) if code is None else explanation(code, width=_width())
    if lines is None:
        raise click.UsageError(f"Tidak ada aturan dengan kode {code}. Daftarnya: lakip-xlsx explain")
    _print(lines)


def _layout(name: str | None) -> Layout | None:
    """The layout that an option names.

    Raises:
        click.UsageError: there is none of that name.
    """
    if name is None:
        return None
    from lakip_xlsx.layouts.catalog import LAYOUTS, find

    layout = find(name)
    if layout is None:
        raise click.UsageError(
            f"Tata letak {name!r} tidak dikenal. Yang ada: {', '.join(each.key for each in LAYOUTS)}."
        )
    return layout


def _targets(workbooks: Sequence[Path], output: Path | None) -> list[tuple[Path, Path]]:
    """Each workbook with the document it becomes.

    Raises:
        click.UsageError: several workbooks into one file, two documents of one name, or over a workbook.
    """
    into_folder = output is not None and (output.is_dir() or str(output).endswith(("/", os.sep)))
    if output is not None and len(workbooks) > 1 and not into_folder:
        raise click.UsageError("Untuk beberapa workbook, -o harus folder yang sudah ada.")
    pairs = []
    for path in workbooks:
        beside = path.with_suffix(".docx") if path.name else path
        target = beside if output is None else output / beside.name if into_folder else output
        pairs.append((path, target))
    names = [target.absolute() for _, target in pairs]
    if len(set(names)) < len(names):
        raise click.UsageError(
            "Dua workbook akan menjadi dokumen dengan nama yang sama. Ubah namanya, atau jalankan terpisah."
        )
    if set(names) & {path.absolute() for path in workbooks}:
        raise click.UsageError("Dokumen tidak boleh bernama sama dengan workbook.")
    return pairs


def _attempt(action: Callable[[], T]) -> tuple[T | None, int, str]:
    """Run one workbook's work: its result, or an exit code and one line. A crash costs only this one."""
    try:
        return action(), DONE, ""
    except LakipError as error:
        return None, UNREADABLE, f"lakip-xlsx: {_clean(str(error))}"
    except Exception as error:  # our own fault: said in one line, and the other workbooks go on
        if os.environ.get("LAKIP_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        return (
            None,
            CRASH,
            (
                f"lakip-xlsx: kesalahan program, bukan kesalahan Anda ({_clean(what)[:200]}). "
                "Laporkan dengan menyertakan workbooknya."
            ),
        )


def _clean(text: str) -> str:
    """Text for the terminal: what cannot be printed is escaped, so a file name cannot steer it."""
    return "".join(
        char if char.isprintable() or char == "\n" else char.encode("unicode_escape").decode() for char in text
    )


def _width() -> int:
    return shutil.get_terminal_size((80, 24)).columns


def _print(lines: Iterable[Line]) -> None:
    from lakip_xlsx.show.text import COLOURS

    colour = None if os.environ.get("NO_COLOR") is None else False
    for line in lines:
        text = _clean(line.text)
        if line.severity is not None:
            head, _, rest = text.strip().partition(" ")
            text = f"  {click.style(head, fg=COLOURS[line.severity], bold=True)} {rest}"
        click.echo(click.style(text, bold=True) if line.bold else text, color=colour)


def _print_checked(checked: Checked, *, full: bool) -> None:
    from lakip_xlsx.show.text import Line, listing, skipped_lines, summary

    year = f", tahun {checked.year}" if checked.year else ""
    _print([Line(f"{checked.book.path.name} ({checked.layout.name}{year})", bold=True), Line("")])
    _print(listing(checked.findings, width=_width(), full=full))
    _print(skipped_lines(checked.skipped, width=_width()))
    _print([Line(f"{checked.book.path.name}: {summary(checked.findings)}")])


def _print_converted(converted: Converted, *, full: bool) -> None:
    from lakip_xlsx.show.text import Line, listing, skipped_lines, summary

    checked = converted.checked
    _print(listing(converted.findings, width=_width(), full=full))
    _print(skipped_lines(checked.skipped, width=_width()))
    _print([Line(f"{checked.book.path.name}: {summary(converted.findings)}"), Line(f"Dokumen: {converted.document}")])
    if converted.is_draft:
        _print([Line("Dokumen bertanda DRAF karena masih ada kesalahan. Perbaiki workbook, lalu jalankan lagi.")])
    else:
        _print([Line("Buka di Word, lalu tekan Ctrl+A dan F9 untuk memperbarui daftar isi.")])


def _as_data(path: Path, checked: Checked | None, failure: str) -> dict[str, Any]:
    from lakip_xlsx.show.data import as_data, unreadable

    if checked is None:
        return unreadable(path, failure)
    return as_data(path, checked.layout, checked.year, checked.findings, checked.skipped)
