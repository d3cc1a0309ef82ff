"""``lakip-xlsx web``: the page for people without a terminal, for one person or for an office."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click

from lakip_xlsx.cli import common
from lakip_xlsx.errors import LakipError

_HOME = "127.0.0.1"
_VARIABLE = "LAKIP_KATA_SANDI"
_SHORTEST = 10
_OFFICE_PORT = 8765
_NEEDED = ("jinja2", "python_multipart", "starlette", "uvicorn")
MISSING = "Laman memerlukan bagian tambahan. Pasang dahulu: python -m pip install 'lakip-xlsx[web]'"


@click.command(options_metavar="[PILIHAN]")
@click.option(
    "--port", type=common.Whole(0, 65535), help=f"Nomor port. Bawaan: yang bebas; {_OFFICE_PORT} bersama --host."
)
@click.option(
    "--host",
    default=_HOME,
    metavar="ALAMAT",
    help="Alamat komputer ini di jaringan kantor (0.0.0.0: semuanya), agar laman dapat dibuka dari komputer lain. "
    f"Menuntut kata sandi: ditanyakan, atau dari variabel {_VARIABLE}. Bawaan: {_HOME}, hanya komputer ini.",
)
@click.option(
    "--alamat",
    "addresses",
    metavar="URL",
    multiple=True,
    help="Alamat yang diketik orang, bila lain dari --host, misalnya di belakang proksi. Boleh berulang.",
)
@click.option("--tanpa-buka", "stay", is_flag=True, help="Jangan membuka browser.")
@common.limits_option
def web(port: int | None, host: str, addresses: tuple[str, ...], *, stay: bool) -> None:
    """Membuka laman di browser: jatuhkan workbook, baca temuannya, ambil laporannya.

    Laman hanya dapat dibuka dari komputer ini, dan berkasnya dihapus begitu ditutup. Ctrl+C mengakhirinya.
    """
    if not all(map(find_spec, _NEEDED)):
        raise click.UsageError(MISSING)
    served = import_module("lakip_xlsx.web.serve")
    shared = host != _HOME or bool(addresses)
    try:
        served.origins_of(addresses)
    except ValueError as error:
        raise click.UsageError(
            f"--alamat {error}: tulis seperti https://lakip.kantor.go.id, tanpa yang lain."
        ) from error
    password = _password(host) if shared else ""
    wish = served.Wish(
        host=host,
        port=(_OFFICE_PORT if shared else 0) if port is None else port,
        password=password,
        addresses=addresses,
    )

    def ready(address: str, folder: Path) -> None:
        common.say(f"Laman lakip-xlsx: {address}")
        if shared:
            common.say("Beri tahu alamat itu dan kata sandinya hanya kepada yang berhak.")
        else:
            common.say("Jangan bagikan alamat itu: siapa pun di komputer ini yang mengetahuinya dapat membukanya.")
        common.say("Biarkan jendela ini terbuka selama bekerja. Ctrl+C, atau tombol Selesai di laman, mengakhirinya.")
        sys.stdout.flush()
        if not stay and not shared:
            served.lead_browser(address, folder)

    try:
        served.serve(wish, ready)
    except KeyboardInterrupt as error:
        if type(error) is not KeyboardInterrupt:  # a signal that is to end the program
            raise
    except LakipError as error:
        common.tell_failure(str(error))
        sys.exit(common.UNREADABLE)
    common.say("Laman ditutup; semua berkas di dalamnya dihapus.")


def _password(host: str) -> str:
    """The password of an office's page; what the page then means is told first.

    Raises:
        click.UsageError: none was given, or it is too short.
    """
    common.say(
        f"Laman akan dapat dibuka dari komputer lain lewat {host}: siapa pun yang mengetahui kata sandinya dapat "
        "mengirim workbook ke komputer ini. Yang dikirim seseorang tidak terlihat oleh yang lain.",
        err=True,
    )
    common.say(
        "Lalu lintasnya tidak disandikan: kata sandi dan isi workbook dapat disadap di jaringan yang tidak "
        "dipercaya. Untuk itu pakai proksi HTTPS (docs/laman.md).",
        err=True,
    )
    given = os.environ.get(_VARIABLE, "")
    if not given and sys.stdin is not None and sys.stdin.isatty():
        given = click.prompt("Kata sandi laman", hide_input=True, confirmation_prompt="Sekali lagi", err=True)
    if len(given) < _SHORTEST:
        said = "terlalu pendek" if given else f"belum ada; ketik saat ditanya, atau isi variabel {_VARIABLE}"
        raise click.UsageError(f"Kata sandi laman {said}. Paling sedikit {_SHORTEST} huruf.")
    return given
