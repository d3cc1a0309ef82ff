"""What the commands share: exit codes, one line for a failure, printing for the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from lakip_xlsx.cli.outlet import Ours, clean
from lakip_xlsx.errors import LakipError, our_fault
from lakip_xlsx.files import told
from lakip_xlsx.guard import limits
from lakip_xlsx.layouts.catalog import LAYOUTS, find
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.show.text import COLOURS, Line

DONE, WITH_ERRORS, WRONG_USE, UNREADABLE, CRASH = range(5)
"""Exit codes: done, done with error findings, wrong use, input or output unusable, our own crash."""

T = TypeVar("T")
Command = Callable[..., Any]


def _chosen(_: click.Context, __: click.Parameter, name: str | None) -> Layout | None:
    if name is None:
        return None
    layout = find(name)
    if layout is None:
        keys = ", ".join(each.key for each in LAYOUTS)
        raise click.BadParameter(f"{name!r} tidak dikenal. Yang ada: {keys}.")
    return layout


def layout_option(default: str) -> Callable[[Command], Command]:
    """The option for a layout; ``default`` says what holds without it."""
    return click.option(
        "--tata-letak",
        "--layout",
        "layout",
        metavar="NAMA",
        callback=_chosen,
        help=f"Tata letak laporan: {', '.join(each.key for each in LAYOUTS)}. Bawaan: {default}.",
    )


class Whole(click.IntRange):
    """A whole number within bounds, which are told in words."""

    def _describe_range(self) -> str:
        if self.max is None:
            return f"paling sedikit {self.min}"
        return f"{self.min} sampai {self.max}"


class Seconds(click.FloatRange):
    """A time in seconds above zero."""

    def _describe_range(self) -> str:
        return f"paling sedikit {self.min}".replace(".", ",")


def _set_limits(_: click.Context, __: click.Parameter, value: str | None) -> None:
    if value is not None:
        os.environ[limits.VARIABLE] = value  # also for the processes that this one starts


limits_option = click.option(
    "--batas",
    type=click.Choice(["biasa", limits.LOOSE_NAME]),
    callback=_set_limits,
    expose_value=False,
    help="Batas ukuran workbook. longgar: untuk berkas sangat besar yang asalnya diketahui.",
)
previous_option = click.option(
    "--with",
    "--bandingkan",
    "previous",
    metavar="WORKBOOK",
    help="Workbook tahun lalu, untuk membandingkan angkanya. Bawaan: yang bernama sama dengan tahun lalu, di folder "
    "yang sama (lakip-2026.xlsx: lakip-2025.xlsx).",
)
quiet_option = click.option("--quiet", is_flag=True, help="Hanya ringkasannya, tanpa daftar temuan.")
full_option = click.option("--full", is_flag=True, help="Tampilkan semua temuan, juga yang sejenis.")
workbooks_argument = click.argument("workbooks", metavar="WORKBOOK|FOLDER...", nargs=-1, required=True)


def attempt(action: Callable[[], T]) -> tuple[T | None, int, str]:
    """Run one workbook's work: its result, or an exit code and one line.

    A fault of our own is said in one line too, and the other workbooks go on; with ``LAKIP_DEBUG`` set
    it is raised.
    """
    try:
        return action(), DONE, ""
    except LakipError as error:
        return None, UNREADABLE, f"lakip-xlsx: {error}"
    except OSError as error:
        return None, UNREADABLE, f"lakip-xlsx: {told(error)}"
    except Exception as error:
        if os.environ.get("LAKIP_DEBUG"):
            raise
        return None, CRASH, f"lakip-xlsx: {our_fault(error)}"


def tell_failure(line: str) -> None:
    """One line on stderr."""
    say(f"lakip-xlsx: {line}", err=True)


def say(line: str, *, err: bool = False) -> None:
    """One line, whatever is in it."""
    click.echo(clean(line).replace("\n", " "), err=err)


def width() -> int:
    """Columns of the terminal; 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def write(lines: Iterable[Line], *, err: bool = False) -> None:
    """Print lines to stdout (or stderr), coloured where it helps and the terminal allows it."""
    stream = sys.stderr if err else sys.stdout
    coloured = not os.environ.get("NO_COLOR") and stream.isatty()
    for line in lines:
        text = clean(line.text)
        if coloured and line.severity is not None:
            head, _, rest = text.strip().partition(" ")
            text = f"  {click.style(head, fg=COLOURS[line.severity], bold=True)} {rest}"
        elif coloured and line.bold:
            text = click.style(text, bold=True)
        stream.write(Ours(f"{text}\n"))
    stream.flush()
