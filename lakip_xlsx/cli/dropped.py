"""Files alone, without a command: dropped on the program, or typed after its name.

Workbooks and folders are converted, Word documents are checked.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from lakip_xlsx.batch import remote

_DOCUMENTS = (".docx", ".docm", ".doc")
_FILES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", *_DOCUMENTS)


def is_file(name: str) -> bool:
    """Whether a word that is no command is meant as a file or a folder."""
    try:
        return remote.is_address(name) or name.casefold().endswith(_FILES) or Path(name).exists()
    except (OSError, ValueError):
        return False


def is_document(name: str) -> bool:
    """Whether a name is that of a Word document."""
    return name.casefold().endswith(_DOCUMENTS)


def command_for(args: Sequence[str]) -> str:
    """The command that files without one mean: ``convert``, ``check``, or ``dropped`` for some of both.

    With options among them the first file decides: a document after ``-o`` is one to be written.
    """
    documents = [is_document(name) for name in args]
    if any(name.startswith("-") for name in args) or len(set(documents)) == 1:
        return "check" if documents[0] else "convert"
    return "dropped"


@click.command(hidden=True)
@click.argument("names", nargs=-1, required=True)
def dropped(names: tuple[str, ...]) -> None:
    """Convert the workbooks and check the documents; the weightiest exit code counts."""
    parts = {"convert": [name for name in names if not is_document(name)], "check": [*filter(is_document, names)]}
    sys.exit(max(_run(command, part) for command, part in parts.items()))


def _run(name: str, names: list[str]) -> int:
    command: click.Command = getattr(import_module(f"lakip_xlsx.cli.{name}"), name)
    try:
        command.main(names, prog_name=f"lakip-xlsx {name}", standalone_mode=False)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    return 0
