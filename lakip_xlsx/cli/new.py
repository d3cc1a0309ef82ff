"""``lakip-xlsx new``: a blank workbook."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lakip_xlsx import tools
from lakip_xlsx.batch.inputs import UsageError, named
from lakip_xlsx.cli import common
from lakip_xlsx.layouts.outline import Layout


@click.command(options_metavar="[PILIHAN]")
@click.argument("path", metavar="[BERKAS]", default="lakip.xlsx")
@click.option("--tahun", "year", metavar="TAHUN", type=click.IntRange(1990, 2100), help="Tahun laporan.")
@click.option("--nama", "name", metavar="TEKS", default="", help="Nama instansi.")
@common.layout_option
def new(path: str, year: int | None, name: str, layout: Layout | None) -> None:
    """Membuat workbook kosong yang siap diisi (bawaan: lakip.xlsx). Berkas yang sudah ada tidak ditimpa."""
    try:
        place = Path(named("BERKAS", path, ".xlsx"))
    except UsageError as error:
        raise click.UsageError(str(error)) from error
    written, code, failure = common.attempt(lambda: tools.new_workbook(place, layout=layout, year=year, name=name))
    if written is None:
        common.say(failure, err=True)
    else:
        common.say(f"Workbook kosong: {written}")
        common.say(f"Isi dahulu, lalu jalankan: lakip-xlsx check {written}")
    sys.exit(code)
