"""What the commands share: exit codes, one line for a failure, printing for the terminal."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from lakip_xlsx.errors import LakipError
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


layout_option = click.option(
    "--tata-letak",
    "--layout",
    "layout",
    metavar="NAMA",
    callback=_chosen,
    help=f"Tata letak laporan: {', '.join(each.key for each in LAYOUTS)}. Bawaan: menurut workbook.",
)


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
        return None, UNREADABLE, f"lakip-xlsx: {clean(str(error))}"
    except Exception as error:
        if os.environ.get("LAKIP_DEBUG"):
            raise
        what = clean(f"{type(error).__name__}: {error}")[:200]
        said = f"lakip-xlsx: kesalahan program, bukan kesalahan Anda ({what}). Laporkan beserta workbooknya."
        return None, CRASH, said


def tell_failure(line: str) -> None:
    """One line on stderr."""
    click.echo(f"lakip-xlsx: {clean(line).replace(chr(10), ' ')}", err=True)


def clean(text: str) -> str:
    """Text for the terminal: what cannot be printed is escaped, so a file name cannot steer it."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)


def width() -> int:
    """Columns of the terminal; 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def write(lines: Iterable[Line], *, err: bool = False) -> None:
    """Print lines to stdout (or stderr), coloured where it helps and the terminal allows it."""
    colour = False if os.environ.get("NO_COLOR") else None
    for line in lines:
        text = clean(line.text)
        if line.severity is not None:
            head, _, rest = text.strip().partition(" ")
            text = f"  {click.style(head, fg=COLOURS[line.severity], bold=True)} {rest}"
        click.echo(click.style(text, bold=True) if line.bold else text, err=err, color=colour)
