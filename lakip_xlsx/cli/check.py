"""``lakip-xlsx check``: read, reconcile, print every finding."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from lakip_xlsx import pipeline
from lakip_xlsx.cli import common
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.pipeline import Checked
from lakip_xlsx.show import data
from lakip_xlsx.show.text import Line, listing, skipped_lines, summary, wrap


@click.command(options_metavar="[PILIHAN]")
@common.workbooks_argument
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Bentuk hasil. Bawaan: text."
)
@common.full_option
@common.layout_option
def check(workbooks: tuple[Path, ...], form: str, layout: Layout | None, *, full: bool) -> None:
    """Memeriksa workbook dan menampilkan semua temuan, tanpa membuat dokumen."""
    codes, results = [], []
    for path in workbooks:
        checked, code, failure = common.attempt(partial(pipeline.check, path, layout=layout))
        if checked is None:
            click.echo(failure, err=True)
            results.append(data.unreadable(path, failure))
        else:
            code = common.WITH_ERRORS if checked.has_errors else common.DONE
            results.append(data.as_data(path, checked.layout, checked.year, checked.findings, checked.skipped))
            if form == "text":
                _show(checked, full=full)
        codes.append(code)
    if form == "json":
        click.echo(data.dumps(results))
    sys.exit(max(codes))


def _show(checked: Checked, *, full: bool) -> None:
    name, year = checked.book.path.name, f", tahun {checked.year}" if checked.year else ""
    common.write([*wrap(f"{name} ({checked.layout.name}{year})", common.width()), Line("")])
    common.write(listing(checked.findings, width=common.width(), full=full))
    common.write(skipped_lines(checked.skipped, width=common.width()))
    common.write(wrap(f"{name}: {summary(checked.findings)}", common.width()))
