"""``lakip-xlsx new``: a blank workbook."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from lakip_xlsx import tools
from lakip_xlsx.batch.inputs import UsageError, named
from lakip_xlsx.carry.forward import Carried
from lakip_xlsx.cli import common
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.show.text import Line, wrap


@click.command(options_metavar="[PILIHAN]")
@click.argument("path", metavar="[BERKAS]", default="lakip.xlsx")
@click.option("--tahun", "year", metavar="TAHUN", type=common.Whole(1990, 2100), help="Tahun laporan.")
@click.option("--nama", "name", metavar="TEKS", default="", help="Nama instansi.")
@click.option(
    "--from",
    "--dari",
    "source",
    metavar="WORKBOOK",
    help="Workbook tahun lalu: identitas, Renstra, dan realisasinya (menjadi n-1) dibawa. Dengan --tahun tahun yang "
    "sama, semuanya disalin ke bentuk workbook yang sekarang.",
)
@common.layout_option("yang berlaku pada tahun itu")
def new(path: str, year: int | None, name: str, source: str | None, layout: Layout | None) -> None:
    """Membuat workbook kosong yang siap diisi (bawaan: lakip.xlsx). Berkas yang sudah ada tidak ditimpa."""
    try:
        place = Path(named("BERKAS", path, ".xlsx"))
        if source is not None:
            if name or layout:
                raise click.UsageError(
                    "--nama dan --tata-letak tidak dipakai bersama --from: keduanya dari workbook itu."
                )
            sys.exit(_from(place, Path(source), year))
    except UsageError as error:
        raise click.UsageError(str(error)) from error
    written, code, failure = common.attempt(lambda: tools.new_workbook(place, layout=layout, year=year, name=name))
    if written is None:
        common.say(failure, err=True)
    else:
        common.say(f"Workbook kosong: {written}")
        common.say(f"Isi dahulu, lalu jalankan: lakip-xlsx check {written}")
    sys.exit(code)


def _from(place: Path, source: Path, year: int | None) -> int:
    """Write the next workbook, and say what came along and what did not."""
    carried, code, failure = common.attempt(lambda: tools.next_workbook(place, source, year=year))
    if carried is None:
        common.say(failure, err=True)
        return code
    common.write(_told(carried, place, source))
    return code


def _told(carried: Carried, place: Path, source: Path) -> Iterator[Line]:
    width = common.width()
    yield from wrap(f"Workbook {carried.year}: {place}, dari {source.name}", width)
    for said in carried.said():
        yield from wrap(said, width, indent=2)
    if carried.left:
        yield from wrap("Tidak ikut, atau perlu perhatian:", width, indent=2)
        for line in carried.left:
            yield from wrap(f"- {line}", width, indent=4)
    yield from wrap(f"Isi dahulu, lalu jalankan: lakip-xlsx check {place}", width)
