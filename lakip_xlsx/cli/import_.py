"""``lakip-xlsx import``: fill a workbook from what stands elsewhere already, after showing what would be written."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from lakip_xlsx.batch.inputs import UsageError, named
from lakip_xlsx.cli import common
from lakip_xlsx.layouts import catalog
from lakip_xlsx.layouts.outline import Layout


@click.command("import", options_metavar="[PILIHAN]")
@click.argument("sources", metavar="SUMBER...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", "workbook", metavar="WORKBOOK", type=click.Path(path_type=Path), help="Workbook yang diisi.")
@click.option("--baru", "new", metavar="BERKAS", help="Buat workbook baru, dengan baris sebanyak yang diperlukan.")
@click.option("--tahun", "year", metavar="TAHUN", type=common.Whole(1990, 2100), help="Tahun laporan, untuk --baru.")
@click.option("--nama", "name", metavar="TEKS", default="", help="Nama instansi, untuk --baru.")
@click.option("--dry-run", is_flag=True, help="Hanya tampilkan, jangan tulis.")
@click.option("--update", is_flag=True, help="Ganti juga sel yang sudah berisi lain.")
@click.option("--ya", "--yes", "yes", is_flag=True, help="Tulis tanpa bertanya.")
@common.full_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Bentuk hasil. Bawaan: text."
)
@common.layout_option("yang berlaku pada tahun itu, untuk --baru")
@common.limits_option
def import_(
    sources: tuple[Path, ...],
    workbook: Path | None,
    new: str | None,
    year: int | None,
    name: str,
    form: str,
    layout: Layout | None,
    **wanted: bool,
) -> None:
    """Mengisi workbook dari ekspor anggaran (Excel, CSV), Perjanjian Kinerja, atau laporan tahun lalu (Word).

    Tabel dikenali dari judul kolomnya. Hanya sel kosong yang diisi, setiap isian diberi catatan asalnya, dan yang
    meragukan ditinggalkan lalu disebutkan. Salinan workbook semula disimpan di sampingnya.
    """
    if (workbook is None) == (new is None):
        raise click.UsageError("Sebutkan salah satu: --into WORKBOOK, atau --baru BERKAS.")
    if wanted["yes"] and wanted["dry_run"]:
        raise click.UsageError("--ya dan --dry-run tidak dapat dipakai bersama.")
    run: Any = import_module("lakip_xlsx.importing.run")
    if workbook is not None:
        found, code, failure = common.attempt(lambda: run.into(sources, workbook, update=wanted["update"]))
    else:
        target, chosen = _target(new or ""), layout or catalog.in_force(year)
        found, code, failure = common.attempt(lambda: run.anew(sources, target, layout=chosen, year=year, name=name))
    if found is None:
        common.say(failure, err=True)
        sys.exit(code)
    sys.exit(_json(run, found, wanted) if form == "json" else _text(run, found, wanted))


def _target(name: str) -> Path:
    try:
        return Path(named("--baru", name, ".xlsx"))
    except UsageError as error:
        raise click.UsageError(str(error)) from error


def _text(run: Any, found: Any, wanted: dict[str, bool]) -> int:  # noqa: ANN401  loaded when it is needed
    """Show, ask, write; the exit code."""
    show: Any = import_module("lakip_xlsx.show.importing")
    common.write(show.preview(found, width=common.width(), full=wanted["full"], update=wanted["update"]))
    if wanted["dry_run"] or not found.placed.fillings:
        common.say("Belum ada yang ditulis." if wanted["dry_run"] else "Tidak ada yang perlu ditulis.")
        return common.DONE
    if not wanted["yes"] and not _agreed():
        common.say("Dibatalkan; tidak ada yang ditulis.")
        return common.DONE
    written, code, failure = common.attempt(lambda: run.write(found))
    if written is None:
        common.say(failure, err=True)
        return code
    copy, filled = run.outcome(written)
    common.say(f"Terisi: {found.workbook}")
    if copy:
        common.say(f"Salinan semula: {copy}")
    for lost in filled.lost:
        common.say(f"Tidak dapat ikut: {lost}.")
    for cell in filled.refused:
        common.say(f"Tidak ditulisi, karena berisi rumus atau tertutup: {cell}")
    if filled.waiting:
        common.say(
            f"{filled.waiting} rumus buatan kantor dihitung lagi saat workbook dibuka di Excel; simpan dari sana."
        )
    common.say(f"Periksa: lakip-xlsx check {found.workbook}")
    return common.DONE


def _agreed() -> bool:
    """Whether the person wants it written; without a terminal to ask at, nobody said so."""
    if not sys.stdin.isatty():
        common.say("Tambahkan --ya untuk menulis tanpa ditanya.", err=True)
        return False
    answer: str = click.prompt("Tulis ke workbook? (ya/tidak)", default="tidak", show_default=False)
    return answer.strip().casefold() in {"y", "ya", "yes"}


def _json(run: Any, found: Any, wanted: dict[str, bool]) -> int:  # noqa: ANN401
    """Write where that was asked for, and tell all of it; the exit code."""
    data: Any = import_module("lakip_xlsx.show.data")
    show: Any = import_module("lakip_xlsx.show.importing")
    copy, lost, written = "", (), False
    if wanted["yes"] and found.placed.fillings:
        result, code, failure = common.attempt(lambda: run.write(found))
        if result is None:
            common.say(failure, err=True)
            return code
        (copy, filled), written = run.outcome(result), True
        lost = filled.lost
    said = show.as_data(found, written=written, copy=copy, lost=lost, update=wanted["update"])
    click.echo(data.dumps([said]))
    return common.DONE
