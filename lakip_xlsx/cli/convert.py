"""``lakip-xlsx convert``: check, then write the Word document."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from lakip_xlsx.batch.model import Options, Outcome
from lakip_xlsx.cli import common, flow, summary, window
from lakip_xlsx.cli.flow import Many
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.show import text
from lakip_xlsx.show.text import Line


@click.command(options_metavar="[PILIHAN]")
@common.workbooks_argument
@click.option(
    "-o",
    "--output",
    metavar="BERKAS|FOLDER",
    help="Nama atau folder dokumen. Bawaan: di samping workbook.",
)
@click.option("--template", metavar="BERKAS", help="Templat Word sendiri (.docx).")
@click.option("--force", is_flag=True, help="Timpa dokumen walaupun sudah disunting orang.")
@click.option(
    "--tanpa-halaman",
    "skip_pages",
    is_flag=True,
    help="Jangan menghitung nomor halaman daftar isi (memakai LibreOffice bila ada); lebih cepat.",
)
@click.option(
    "--pdf", "pdf", flag_value="pdf", default="", help="Buat juga PDF di samping dokumen (memakai LibreOffice)."
)
@click.option("--pdf-a", "pdf", flag_value="pdf-a", help="Seperti --pdf, dalam bentuk arsip PDF/A-2b.")
@click.option("--checklist", "reviu", is_flag=True, help="Muat checklist reviu di belakang laporan.")
@click.option("--numbers", "--angka", "numbers", is_flag=True, help="Muat daftar angka dalam teks di belakang laporan.")
@common.previous_option
@common.quiet_option
@flow.continue_option
@common.full_option
@common.limits_option
@common.layout_option("menurut workbook")
@flow.many_options
def convert(
    workbooks: tuple[str, ...],
    output: str | None,
    template: str | None,
    layout: Layout | None,
    previous: str | None,
    many: Many,
    pdf: str,
    *,
    go_on: bool,
    **wanted: bool,
) -> None:
    """Memeriksa workbook, lalu membuat dokumen Word (.docx) di sampingnya.

    Folder dikerjakan beserta isinya.
    """
    options = Options(
        command="convert",
        layout=layout.key if layout else None,
        previous=previous,
        template=template,
        page_numbers=not wanted["skip_pages"],
        pdf=pdf or "",
        force=wanted["force"],
        reviu=wanted["reviu"],
        numbers=wanted["numbers"],
        findings=wanted["full"],
    )
    work = flow.plan(workbooks, options, many, output=output, go_on=go_on)
    code = flow.execute(work, _Text(wanted["full"], wanted["quiet"]))
    window.show(outcome.document for outcome in work.told if outcome.document)
    sys.exit(code)


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
        if self.quiet or (several and (not self.full or outcome.unchanged)):
            common.write([Line(summary.one(outcome))])
            return
        name, width = Path(outcome.item.source).name, common.width()
        common.write(text.listing(outcome.findings, width=width, full=self.full))
        common.write(text.accepted_lines(outcome.accepted, width=width))
        common.write(text.skipped_lines(outcome.skipped, width=width))
        common.write(text.wrap(f"{name}: {text.summary(outcome.findings)}", width))
        common.say(f"Dokumen: {outcome.document}")
        if outcome.pdf:
            common.say(f"PDF: {outcome.pdf}")
        common.write(text.wrap(_advice(outcome), width))

    def end(self) -> None:
        """Nothing more to tell."""


def _advice(outcome: Outcome) -> str:
    """What to do with a document now."""
    if outcome.unchanged:
        return "Workbook tidak berubah dan dokumennya masih utuh, jadi tidak dibuat ulang."
    if outcome.is_draft:
        said = "Dokumen bertanda DRAF karena masih ada kesalahan. Perbaiki workbook, lalu jalankan lagi."
    else:
        said = "Dokumen siap diperiksa dan disunting di Word."
    if not outcome.has_page_numbers:
        said += " Untuk nomor halaman daftar isi, tekan Ctrl+A lalu F9 di Word."
    return said
