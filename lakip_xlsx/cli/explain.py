"""``lakip-xlsx explain``: what a rule checks, why, and how to mend it."""

from __future__ import annotations

import click

from lakip_xlsx.cli import common
from lakip_xlsx.show.rules import explanation, nearest, overview


@click.command(options_metavar="[PILIHAN]")
@click.argument("code", metavar="[KODE]", required=False)
def explain(code: str | None) -> None:
    """Menjelaskan satu aturan pemeriksaan; tanpa KODE, menampilkan daftarnya.

    KODE boleh juga satu keluarga, misalnya ANG.
    """
    width = common.width()
    lines = overview(width=width) if code is None else explanation(code, width=width)
    if lines is None:
        guess = nearest(code or "")
        asked = f" Maksudnya {guess}?" if guess else ""
        raise click.UsageError(f"Tidak ada aturan dengan kode {code}.{asked} Daftarnya: lakip-xlsx explain")
    common.write(lines)
