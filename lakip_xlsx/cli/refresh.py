"""``lakip-xlsx refresh``: new figures into an edited document, hand edits kept."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from lakip_xlsx import refresh as refreshing
from lakip_xlsx.cli import common
from lakip_xlsx.show import data, text
from lakip_xlsx.show import refresh as shown


@click.command(options_metavar="[PILIHAN]")
@click.argument("document", metavar="DOKUMEN", type=click.Path(path_type=Path))
@click.argument("workbook", metavar="[WORKBOOK]", type=click.Path(path_type=Path), required=False)
@click.option(
    "-o",
    "--output",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Tulis hasilnya ke berkas ini; dokumen semula tidak diubah.",
)
@click.option(
    "--template",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Templat Word yang dulu dipakai, bila bukan templat bawaan dan tidak di samping dokumen.",
)
@click.option("--dry-run", "trial", is_flag=True, help="Tunjukkan apa yang akan terjadi, tanpa menulis apa pun.")
@click.option(
    "--tanpa-halaman",
    "skip_pages",
    is_flag=True,
    help="Jangan menghitung nomor halaman daftar isi (memakai LibreOffice bila ada); lebih cepat.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Bentuk hasil. Bawaan: text."
)
@common.quiet_option
@common.full_option
@common.limits_option
def refresh(
    document: Path,
    workbook: Path | None,
    output: Path | None,
    template: Path | None,
    form: str,
    *,
    trial: bool,
    skip_pages: bool,
    quiet: bool,
    full: bool,
) -> None:
    """Memasukkan angka baru dari workbook ke dokumen yang sudah disunting; suntingan orang tetap.

    Dokumen diganti setelah salinan utuhnya diletakkan di sampingnya (.sebelum.docx). Bila isi yang disunting
    tangan juga berubah dalam workbook, suntingannya tetap dan di tempat itu diberi komentar Word.
    """
    action = partial(
        refreshing.refresh,
        document,
        workbook,
        template=template,
        output=output,
        trial=trial,
        page_numbers=not skip_pages,
    )
    result, code, failure = common.attempt(action)
    if result is None:
        common.say(failure, err=True)
        sys.exit(code)
    if form == "json":
        state = {
            "changed": result.changed,
            "draft": result.is_draft,
            "written": None if result.document is None else result.document.name,
            "backup": None if result.backup is None else result.backup.name,
        }
        click.echo(data.dumps([shown.as_data(document.name, result.workbook.name, result.changes, **state)]))
    else:
        if not quiet:
            common.write(shown.listing(result.changes, full=full, width=common.width()))
        common.write(text.wrap(_told(document, result, trial=trial), common.width()))
    sys.exit(common.WITH_ERRORS if result.has_conflicts or result.is_draft else common.DONE)


def _told(document: Path, result: refreshing.Refreshed, *, trial: bool) -> str:
    """What was done, and what is to be done now."""
    said = f"{document.name}, menurut {result.workbook.name}: {shown.summary(result.changes)}."
    if not result.changed:
        said += " Tidak ada yang perlu diubah."
    elif trial:
        said += " Belum ada yang ditulis (--dry-run)."
    if result.backup is not None:
        said += f" Salinan sebelum disegarkan: {result.backup.name}."
    elif result.document is not None:
        said += f" Ditulis: {result.document}."
    if result.has_conflicts:
        said += " Cari komentar lakip-xlsx di Word, pilih yang benar, lalu hapus komentarnya."
    if result.is_draft:
        said += " Dokumen bertanda DRAF karena masih ada kesalahan dalam workbook."
    if result.pages_failure:
        said += f" Nomor halaman daftar isi belum diperbarui: {result.pages_failure}."
    elif result.changed and not result.has_page_numbers and not trial:
        said += " Untuk nomor halaman daftar isi, tekan Ctrl+A lalu F9 di Word."
    return said
