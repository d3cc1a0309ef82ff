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
@click.argument("wanted", metavar="[CARI]", default="")
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
@click.option("--berubah", "only_changed", is_flag=True, help="Hanya yang berubah sejak dokumen dibuat (bawaan).")
@click.option("--semua", "--all", "everything", is_flag=True, help="Semua nilai, dalam urutan dokumen.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Bentuk hasil. Bawaan: text."
)
def trace(
    document: Path,
    wanted: str,
    workbook: Path | None,
    template: Path | None,
    form: str,
    *,
    only_changed: bool,
    everything: bool,
) -> None:
    """Menunjukkan asal setiap nilai dalam dokumen: sel mana, dihitung bagaimana, dan apa yang berubah sejak dibuat.

    CARI adalah nilai atau sel yang dicari, misalnya "97,22" atau Anggaran!B8. Tanpa CARI hanya yang berubah yang
    ditampilkan. Dokumen boleh sudah disunting. Nilai yang tandanya ikut terhapus dilaporkan hilang.
    """
    result, code, failure = common.attempt(lambda: tools.retrace(document, workbook=workbook, template=template))
    if result is None:
        common.say(failure, err=True)
        sys.exit(code)
    whole = everything or bool(wanted) or (form == "json" and not only_changed)
    chosen = [each for each in result.matched if (whole or shown.is_changed(each)) and shown.holds(each, wanted)]
    name, source = document.name, result.workbook
    if form == "json":
        click.echo(data.dumps([shown.as_data(name, source, chosen, compared=result.compared)]))
        sys.exit(code)
    width = common.width()
    common.write(shown.listing(chosen, width=width))
    for said in (*shown.heading(name, source, result.matched, compared=result.compared), result.note):
        common.write(text.wrap(said, width))
    if wanted and not chosen:
        common.write(text.wrap(f'Tidak ada nilai atau sel "{wanted}" yang tercatat dalam dokumen ini.', width))
    if not whole:
        hint = f'Mencari satu nilai: lakip-xlsx trace {name} "97,22". Semuanya: tambahkan --semua.'
        common.write(text.wrap(hint, width))
    sys.exit(code)
