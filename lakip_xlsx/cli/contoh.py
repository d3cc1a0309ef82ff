"""``lakip-xlsx contoh``: filled examples to look at, with the reports that are made of them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lakip_xlsx import tools
from lakip_xlsx.cli import common


@click.command(options_metavar="[PILIHAN]")
@click.argument("folder", metavar="[FOLDER]", default="contoh-lakip", type=click.Path(path_type=Path))
def contoh(folder: Path) -> None:
    """Menaruh workbook contoh yang sudah terisi beserta laporannya dalam FOLDER (bawaan: contoh-lakip).

    Dua instansi: satu rekaan yang lengkap dan bersih dalam kedua tata letak, satu laporan nyata tahun 2019 dengan
    kekeliruannya. Berkas yang sudah ada tidak ditimpa.
    """
    written, code, failure = common.attempt(lambda: tools.copy_examples(folder))
    if written is None:
        common.say(failure, err=True)
        sys.exit(code)
    for place in written:
        common.say(str(place))
    common.say("Lihat isinya di Excel dan Word, lalu coba lakip-xlsx check pada salah satu workbook.")
    sys.exit(code)
