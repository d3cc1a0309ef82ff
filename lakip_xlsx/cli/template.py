"""``lakip-xlsx template``: the Word template of a layout to change in Word, and a check of the changed one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from lakip_xlsx import tools
from lakip_xlsx.batch.inputs import UsageError, is_folder, named
from lakip_xlsx.cli import common
from lakip_xlsx.finding import Severity
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.show import text
from lakip_xlsx.show.fields import template_fields
from lakip_xlsx.show.text import Line


@click.group(options_metavar="[PILIHAN]", subcommand_metavar="export|check|fields ...")
def template() -> None:
    """Menyalin templat Word untuk diubah tampilannya, memeriksa yang sudah diubah, atau mendaftarkan tagnya."""


@template.command(options_metavar="[PILIHAN]", short_help="Menyalin templat bawaan.")
@click.option(
    "-o",
    "--output",
    default=".",
    metavar="BERKAS|FOLDER",
    help="Nama atau folder templat. Bawaan: templat-<tata letak>.docx di folder ini.",
)
@click.option("--force", is_flag=True, help="Timpa berkas yang sudah ada.")
@common.layout_option(LAYOUTS[0].key)
def export(output: str, layout: Layout | None, *, force: bool) -> None:
    """Menyalin templat Word bawaan suatu tata letak."""
    try:
        place = Path(output if is_folder(output) else named("-o", output, ".docx"))
    except UsageError as error:
        raise click.UsageError(str(error)) from error
    chosen = layout or LAYOUTS[0]
    written, code, failure = common.attempt(lambda: tools.export_template(chosen, place, force=force))
    if written is None:
        common.say(failure, err=True)
    else:
        common.say(f"Templat {chosen.name}: {written}")
        common.say(f"Ubah di Word, lalu periksa: lakip-xlsx template check {written}")
        common.say(f"Pakai: lakip-xlsx convert WORKBOOK --template {written}")
    sys.exit(code)


@template.command(options_metavar="[PILIHAN]", short_help="Memeriksa templat yang sudah diubah.")
@click.argument("path", metavar="TEMPLAT", type=click.Path(path_type=Path))
@common.layout_option("yang paling sesuai")
def check(path: Path, layout: Layout | None) -> None:
    """Memeriksa templat Word: tag, bagian wajib, gaya, dan isi yang tidak boleh ada.

    Tanpa --tata-letak, templat dibandingkan dengan tata letak yang paling sesuai.
    """
    result, code, failure = common.attempt(lambda: tools.check_template(path, layout))
    if result is None:
        common.say(failure, err=True)
        sys.exit(code)
    chosen, findings = result
    width, name = common.width(), path.name
    common.write([*text.wrap(f"{name} ({chosen.name})", width), Line("")])
    common.write(text.listing(findings, width=width, full=True))
    common.write(text.wrap(f"{name}: {text.summary(findings)}", width))
    wrong = any(finding.severity is Severity.ERROR for finding in findings)
    sys.exit(common.WITH_ERRORS if wrong else common.DONE)


@template.command(options_metavar="[PILIHAN]", short_help="Mendaftarkan semua tag.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="text (bawaan) atau json.")
@common.layout_option("semua")
def fields(layout: Layout | None, form: str) -> None:
    """Mendaftarkan semua tag yang boleh ditulis dalam templat, juga yang di dalam bagian berulang.

    Tanpa --tata-letak, tag semua tata letak.
    """
    found = template_fields([layout] if layout else LAYOUTS)
    if form == "json":
        listed = [{"tag": each.tag, "kind": each.kind, "inside": list(each.inside)} for each in found]
        common.say(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    common.write([Line(f"{'  ' * len(each.inside)}{each.tag}  {each.kind}") for each in found])
