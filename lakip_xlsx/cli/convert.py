"""``lakip-xlsx convert``: check, then write the Word document."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from lakip_xlsx import pipeline
from lakip_xlsx.cli import common
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.pipeline import Converted
from lakip_xlsx.show.text import listing, skipped_lines, summary, wrap


@click.command(options_metavar="[PILIHAN]")
@common.workbooks_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="BERKAS|FOLDER",
    help="Nama atau folder dokumen. Bawaan: di samping workbook.",
)
@click.option("--template", type=click.Path(path_type=Path), metavar="BERKAS", help="Template Word sendiri (.docx).")
@click.option("--force", is_flag=True, help="Timpa dokumen walaupun sudah disunting orang.")
@click.option(
    "--tanpa-halaman",
    "skip_pages",
    is_flag=True,
    help="Jangan menghitung nomor halaman daftar isi (memakai LibreOffice bila ada); lebih cepat.",
)
@common.full_option
@common.layout_option
def convert(
    workbooks: tuple[Path, ...],
    output: Path | None,
    template: Path | None,
    layout: Layout | None,
    *,
    force: bool,
    skip_pages: bool,
    full: bool,
) -> None:
    """Memeriksa workbook, lalu membuat dokumen Word (.docx) di sampingnya."""
    codes = []
    for path, target in targets(workbooks, output):
        action = partial(
            pipeline.convert,
            path,
            target,
            layout=layout,
            template=template,
            force=force,
            page_numbers=not skip_pages,
        )
        converted, code, failure = common.attempt(action)
        if converted is None:
            click.echo(failure, err=True)
        else:
            code = common.WITH_ERRORS if converted.is_draft else common.DONE
            _show(converted, full=full)
        codes.append(code)
    sys.exit(max(codes))


def targets(workbooks: Sequence[Path], output: Path | None) -> list[tuple[Path, Path]]:
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
        raise click.UsageError("Dua workbook akan menjadi dokumen bernama sama. Ubah namanya, atau jalankan terpisah.")
    if set(names) & {path.absolute() for path in workbooks}:
        raise click.UsageError("Dokumen tidak boleh bernama sama dengan workbook.")
    return pairs


def _show(converted: Converted, *, full: bool) -> None:
    name, width = converted.checked.book.path.name, common.width()
    common.write(listing(converted.findings, width=width, full=full))
    common.write(skipped_lines(converted.checked.skipped, width=width))
    common.write(wrap(f"{name}: {summary(converted.findings)}", width))
    click.echo(f"Dokumen: {common.clean(str(converted.document))}")
    if converted.is_draft:
        said = "Dokumen bertanda DRAF karena masih ada kesalahan. Perbaiki workbook, lalu jalankan lagi."
    else:
        said = "Dokumen siap diperiksa dan disunting di Word."
    if not converted.has_page_numbers:
        said += " Untuk nomor halaman daftar isi, tekan Ctrl+A lalu F9 di Word."
    common.write(wrap(said, width))
