"""``lakip-xlsx check``: read, reconcile, print every finding."""

from __future__ import annotations

import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import click

from lakip_xlsx.batch.model import Options, Outcome
from lakip_xlsx.cli import common, flow, summary
from lakip_xlsx.cli.flow import Many
from lakip_xlsx.layouts import catalog
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.show import data, text
from lakip_xlsx.show.text import Line


@click.command(options_metavar="[PILIHAN]")
@common.workbooks_argument
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Bentuk hasil. Bawaan: text."
)
@common.full_option
@common.layout_option
@flow.many_options
def check(workbooks: tuple[str, ...], form: str, layout: Layout | None, many: Many, *, full: bool) -> None:
    """Memeriksa workbook dan menampilkan semua temuan, tanpa membuat dokumen.

    Folder diperiksa beserta isinya.
    """
    wants_all = full or form == "json"
    options = Options(command="check", layout=layout.key if layout else None, findings=wants_all)
    work = flow.plan(workbooks, options, many)
    sys.exit(flow.execute(work, _Json(work.several) if form == "json" else _Text(full)))


@dataclass(slots=True)
class _Text:
    """For people: a single workbook in full, of several a line each."""

    full: bool
    is_data: bool = False

    def outcome(self, outcome: Outcome, *, several: bool) -> None:
        """Tell one."""
        if outcome.failure:
            return
        if several and not self.full:
            common.write([Line(summary.one(outcome))])
            return
        name, width = Path(outcome.item.source).name, common.width()
        year = f", tahun {outcome.year}" if outcome.year else ""
        common.write([*text.wrap(f"{name} ({outcome.layout_name}{year})", width), Line("")])
        common.write(text.listing(outcome.findings, width=width, full=self.full))
        common.write(text.skipped_lines(outcome.skipped, width=width))
        common.write(text.wrap(f"{name}: {text.summary(outcome.findings)}", width))

    def end(self) -> None:
        """Nothing more to tell."""


@dataclass(slots=True)
class _Json:
    """For programs: one object, or a list of them that is written as it grows."""

    several: bool
    is_data: bool = True
    told: int = 0

    def outcome(self, outcome: Outcome, *, several: bool) -> None:
        """Tell one."""
        path, layout = Path(outcome.item.source), catalog.find(outcome.layout)
        if layout is None:
            one = data.unreadable(path, f"lakip-xlsx: {common.clean(outcome.failure)}")
        else:
            one = data.as_data(path, layout, outcome.year, outcome.findings, outcome.skipped)
        shown = data.dumps([one])
        if several:
            click.echo(("," if self.told else "[") + "\n" + textwrap.indent(shown, "  "), nl=False)
        else:
            click.echo(shown)
        self.told += 1

    def end(self) -> None:
        """Close the list."""
        if self.several or not self.told:
            click.echo("\n]" if self.told else "[]")
