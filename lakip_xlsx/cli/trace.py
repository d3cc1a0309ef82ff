"""``lakip-xlsx trace``: every value of a document with the cells that it came from."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lakip_xlsx import tools
from lakip_xlsx.cli import common
from lakip_xlsx.show import data, text
from lakip_xlsx.show import trace as shown


@click.command(options_metavar="[PILIHAN]")
@click.argument("document", metavar="DOKUMEN", type=click.Path(path_type=Path))
@click.option(
    "--workbook",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Workbook pembanding. Bawaan: yang tercatat dalam dokumen, bila ada di folder yang sama.",
)
@click.option(
    "--template",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Templat Word yang dulu dipakai, bila bukan templat bawaan.",
)
@click.option("--berubah", "only_changed", is_flag=True, help="Hanya yang berubah sejak dokumen dibuat.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Bentuk hasil. Bawaan: text."
)
def trace(document: Path, workbook: Path | None, template: Path | None, form: str, *, only_changed: bool) -> None:
    """Menunjukkan asal setiap nilai dalam dokumen: sel mana, dihitung bagaimana, dan apa yang berubah sejak dibuat.

    Dokumen boleh sudah disunting. Nilai yang tandanya ikut terhapus dilaporkan hilang.
    """
    result, code, failure = common.attempt(lambda: tools.retrace(document, workbook=workbook, template=template))
    if result is None:
        common.say(failure, err=True)
        sys.exit(code)
    chosen = [each for each in result.matched if not only_changed or shown.is_changed(each)]
    name, source = document.name, result.workbook
    if form == "json":
        click.echo(data.dumps([shown.as_data(name, source, chosen, compared=result.compared)]))
        sys.exit(code)
    width = common.width()
    common.write(shown.listing(chosen, width=width))
    for said in (*shown.heading(name, source, result.matched, compared=result.compared), result.note):
        common.write(text.wrap(said, width))
    sys.exit(code)
