"""The command ``lakip-xlsx`` itself: which commands there are, without importing any of them.

``--help`` and a mistyped command answer at once; a command's module (and python-docx behind it)
is imported only when that command runs.
"""

from __future__ import annotations

import atexit
import difflib
import gc
import keyword
import os
import sys
from functools import partial
from importlib import import_module

import click

from lakip_xlsx import __version__, translation
from lakip_xlsx.cli.outlet import outlets
from lakip_xlsx.cli.stopping import exit_code, heeding

_UNUSABLE = 3  # the exit code where a result cannot be written

COMMANDS: dict[str, tuple[str, str]] = {
    "new": ("lakip_xlsx.cli.new", "Membuat workbook kosong."),
    "import": ("lakip_xlsx.cli.import_", "Mengisi workbook dari ekspor, Word, atau laporan lama."),
    "check": ("lakip_xlsx.cli.check", "Memeriksa workbook atau dokumen."),
    "convert": ("lakip_xlsx.cli.convert", "Membuat dokumen Word dari workbook."),
    "seal": ("lakip_xlsx.cli.seal", "Mencatat siapa yang memeriksa dokumen."),
    "recap": ("lakip_xlsx.cli.recap", "Merekap workbook banyak kantor."),
    "trace": ("lakip_xlsx.cli.trace", "Menunjukkan sel asal setiap angka dalam dokumen."),
    "refresh": ("lakip_xlsx.cli.refresh", "Memasukkan angka baru ke dokumen yang sudah disunting."),
    "template": ("lakip_xlsx.cli.template", "Menyalin atau memeriksa templat Word."),
    "explain": ("lakip_xlsx.cli.explain", "Menjelaskan aturan pemeriksaan."),
    "web": ("lakip_xlsx.cli.web", "Membuka laman di browser, tanpa mengetik perintah lain."),
}
"""Command → the module that holds it (under the command's own name), and its help in one line."""

_DROPPED = "lakip_xlsx.cli.dropped"

_HELP = """Dari workbook Excel yang sudah diisi menjadi LAKIP dalam Word, setelah angka-angkanya dicocokkan.

\b
Tiga langkah:
  lakip-xlsx new                  membuat workbook kosong untuk diisi
  lakip-xlsx check lakip.xlsx     memeriksa isian
  lakip-xlsx convert lakip.xlsx   membuat dokumen Word

Nama berkas saja sudah cukup: lakip-xlsx lakip.xlsx membuat dokumennya. Berkas juga boleh dijatuhkan pada program ini.
"""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of a clerk's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, imported now."""
        module = _DROPPED if cmd_name == "dropped" else COMMANDS.get(cmd_name, ("",))[0]
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command = getattr(import_module(module), name) if module else None
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed, or the one that files without a command mean.

        Raises:
            click.UsageError: there is none of that name; the nearest one is suggested.
        """
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            dropped = import_module(_DROPPED)
            if dropped.is_file(name):
                return super().resolve_command(ctx, [dropped.command_for(args), *args])
            near = difflib.get_close_matches(name, COMMANDS, n=1)
            raise click.UsageError(f"Tidak ada perintah {name!r}." + "".join(f" Maksudnya {n!r}?" for n in near), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table above."""
        with formatter.section("Perintah"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])


@click.command(
    cls=LazyGroup,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[PILIHAN]",
    subcommand_metavar="PERINTAH ...",
)
@click.version_option(
    __version__, prog_name="lakip-xlsx", message="%(prog)s %(version)s", help="Tampilkan versi program."
)
def cli() -> None:
    """The group of all commands; its help text is Indonesian and stands above."""


def main() -> None:
    """Entry point of the command ``lakip-xlsx``."""
    gc.disable()  # a command is short, and a batch collects after every workbook
    atexit.register(gc.freeze)  # at the end nothing is worth collecting: it would all be looked at once more
    translation.use_indonesian()
    with outlets() as (out, err), heeding():
        if len(sys.argv) == 1 and sys.platform == "win32" and import_module("lakip_xlsx.cli.window").is_ours():
            sys.argv.append("web")  # a double click
        code = _run()
        if sys.platform == "win32":
            import_module("lakip_xlsx.cli.window").keep_open()
        out.flush()
        if out.lost is not None:
            reason = import_module("lakip_xlsx.files").reason(out.lost)
            err.write(f"lakip-xlsx: hasil tidak dapat ditampilkan seluruhnya: {reason}. Simpan ke tempat lain.\n")
            code = max(code, _UNUSABLE)
    sys.exit(code)


def _run() -> int:
    """Run the command that was typed; its exit code. Whatever ends it is told in a line, never in a traceback."""
    try:
        ended = cli(prog_name="lakip-xlsx", standalone_mode=False)
    except SystemExit as error:
        ended = error.code
    except click.Abort as error:
        return exit_code(error.__cause__)
    except click.ClickException as error:
        said = " ".join(error.format_message().split("\n"))
        error.__dict__["format_message"] = lambda: said  # names in it may hold line breaks
        error.show()
        return error.exit_code
    except Exception as error:
        if os.environ.get("LAKIP_DEBUG"):
            raise
        return _told(error)
    return ended if isinstance(ended, int) else 0


def _told(error: Exception) -> int:
    """Tell what no command expected, in one line; the exit code."""
    common = import_module("lakip_xlsx.cli.common")
    _, code, failure = common.attempt(partial(_raise, error))
    common.say(failure, err=True)
    return int(code)


def _raise(error: Exception) -> None:
    raise error
