"""``lakip-xlsx check``: read, reconcile, print every finding."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import click

from lakip_xlsx.batch.model import Options, Outcome
from lakip_xlsx.cli import common, flow, summary
from lakip_xlsx.cli.flow import Many
from lakip_xlsx.guard.work import USUAL_SECONDS
from lakip_xlsx.layouts import catalog
from lakip_xlsx.layouts.lke import LKE
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.layouts.reviu import REVIU
from lakip_xlsx.show import data, text
from lakip_xlsx.show.text import Line

DOCUMENTS = (".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf")
"""The endings of what is checked as a document; those that are none are refused by the guard, with advice."""


@click.command(options_metavar="[PILIHAN]")
@click.argument("workbooks", metavar="WORKBOOK|DOKUMEN|FOLDER...", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Bentuk hasil. Bawaan: text."
)
@click.option("--annotate", is_flag=True, help="Tulis salinan workbook bertanda: nama.temuan.xlsx di sampingnya.")
@click.option("--checklist", is_flag=True, help="Jawab checklist reviu (PermenPANRB 53/2014, Lampiran III).")
@click.option("--lke", is_flag=True, help="Jawab kriteria evaluasi SAKIP untuk pelaporan (PermenPANRB 88/2021).")
@click.option(
    "--numbers",
    "--angka",
    "numbers",
    is_flag=True,
    help="Daftarkan angka dalam teks: cocok dengan tabel, bertentangan, atau tidak ada di sana.",
)
@click.option(
    "--select", metavar="KODE", multiple=True, help="Hanya temuan dengan kode ini atau awalannya (ANG). Boleh berulang."
)
@click.option(
    "--ignore", metavar="KODE", multiple=True, help="Tanpa temuan dengan kode ini atau awalannya. Boleh berulang."
)
@common.previous_option
@click.option(
    "--workbook",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Untuk dokumen: workbook pembanding. Bawaan: yang tercatat di dalamnya, bila ada di folder yang sama.",
)
@common.quiet_option
@common.full_option
@common.limits_option
@common.layout_option("menurut workbook")
@flow.many_options
def check(
    workbooks: tuple[str, ...],
    form: str,
    layout: Layout | None,
    previous: str | None,
    many: Many,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    workbook: Path | None,
    **wanted: bool,
) -> None:
    """Memeriksa workbook, atau dokumen Word yang sudah jadi, dan menampilkan semua temuan.

    Dokumen dicocokkan dengan workbooknya, juga angka yang diketik di dalamnya; tanpa workbook diperiksa yang dapat
    disimpulkan dari dokumennya sendiri. Folder diperiksa workbooknya, beserta isinya.
    """
    documents = [name for name in workbooks if name.lower().endswith(DOCUMENTS)]
    if documents or workbook is not None:
        for_workbooks = wanted["annotate"] or wanted["checklist"] or many != replace(Many(), seconds=many.seconds)
        if not documents or len(documents) < len(workbooks) or for_workbooks or layout is not None:
            raise click.UsageError(_APART if documents else "--workbook dipakai bersama dokumen .docx.")
        module = import_module("lakip_xlsx.cli.document")
        asked = module.Wanted(
            workbook=workbook,
            only=codes(select, ignore),
            as_json=form == "json",
            quiet=wanted["quiet"],
            full=wanted["full"],
            numbers=wanted["numbers"],
            seconds=many.seconds or USUAL_SECONDS,
        )
        sys.exit(module.check(documents, asked))
    options = Options(
        command="check",
        layout=layout.key if layout else None,
        previous=previous,
        only=codes(select, ignore),
        annotate=wanted["annotate"],
        reviu=wanted["checklist"],
        lke=wanted["lke"],
        numbers=wanted["numbers"],
        findings=wanted["full"] or form == "json",
    )
    work = flow.plan(workbooks, options, many)
    show = _Json(work.several) if form == "json" else _Text(wanted["full"], wanted["quiet"])
    sys.exit(flow.execute(work, show))


_APART = (
    "Dokumen diperiksa dengan perintah tersendiri, tanpa workbook dan tanpa pilihan untuk workbook (--annotate, "
    "--checklist, --tata-letak, --jobs, --report, dan sejenisnya)."
)


def codes(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str] | None:
    """The codes that two options leave; None where neither was given.

    Raises:
        click.UsageError: there is no such code.
    """
    if not select and not ignore:
        return None
    try:
        found: frozenset[str] = import_module("lakip_xlsx.checks.registry").chosen([*_split(select)], [*_split(ignore)])
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return found


def _split(values: Sequence[str]) -> Iterator[str]:
    for value in values:
        yield from (part.strip() for part in value.split(",") if part.strip())


@dataclass(slots=True)
class _Text:
    """For people: a single workbook in full, of several a line each."""

    full: bool
    quiet: bool
    is_data: bool = False

    def outcome(self, outcome: Outcome, *, several: bool) -> None:
        """Tell one."""
        if outcome.failure:
            return
        if self.quiet or (several and not self.full):
            common.write([Line(summary.one(outcome))])
        else:
            self._in_full(outcome)
        for daftar, answers in ((REVIU, outcome.reviu), (LKE, outcome.lke)):
            if answers:
                lines = import_module("lakip_xlsx.show.checklist").checklist_lines
                common.write([Line(""), *lines(daftar, answers, width=common.width())])
        if outcome.numbers is not None:
            lines = import_module("lakip_xlsx.show.sentence_numbers").lines
            common.write([Line(""), *lines(outcome.numbers, width=common.width())])
        if outcome.marked:
            common.say(f"Salinan bertanda: {outcome.marked}")

    def _in_full(self, outcome: Outcome) -> None:
        name, width = Path(outcome.item.source).name, common.width()
        year = f", tahun {outcome.year}" if outcome.year else ""
        with_last = f"; dibandingkan dengan {outcome.previous}" if outcome.previous else ""
        common.write([*text.wrap(f"{name} ({outcome.layout_name}{year}{with_last})", width), Line("")])
        common.write(text.listing(outcome.findings, width=width, full=self.full))
        common.write(text.accepted_lines(outcome.accepted, width=width))
        common.write(text.skipped_lines(outcome.skipped, width=width))
        if outcome.unprinted:
            common.write([*text.wrap(f"Tidak dicetak dalam laporan ini: {outcome.unprinted}.", width), Line("")])
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
            one = data.unreadable(path, f"lakip-xlsx: {outcome.failure}")
        else:
            one = data.as_data(path, layout, outcome.year, outcome.findings, outcome.skipped)
            if outcome.previous:
                one["previous"] = outcome.previous
            one["accepted"] = data.accepted(outcome.accepted)
            if outcome.reviu:
                one["checklist"] = data.checklist(outcome.reviu)
            if outcome.lke:
                one["lke"] = data.checklist(outcome.lke)
                one["lke_note"] = LKE.catatan
            if outcome.numbers is not None:
                one["numbers"] = import_module("lakip_xlsx.show.sentence_numbers").as_data(outcome.numbers)
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
