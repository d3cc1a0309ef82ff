"""The window of a program that was started by a double click or by dropping files on it (Windows).

Such a window closes with the program, before anybody has read what stands in it. So it is kept open, and the folder
of what was made is shown. In a window that somebody opened to type commands nothing of this happens.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PureWindowsPath

import click

from lakip_xlsx.batch import remote

_OURS = re.compile(r"python[\d.]*w?|pyw?|lakip-xlsx.*")
"""What may stand between the double click and us: an interpreter, its starter, or this program itself."""
_MOST = 64  # processes of one console that are looked at
_MAY_ASK = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION


def is_ours() -> bool:
    """Whether the console was made for this program alone, so that it closes with it."""
    return sys.platform == "win32" and only_ours(_programs())


def only_ours(programs: Iterable[str]) -> bool:
    """Whether no process of the console is a shell or another program that lives on after us.

    Files of the processes are given by their full paths; the empty text is one that could not be asked, and counts
    as foreign. A console without processes is none.
    """
    names = [PureWindowsPath(program).stem.casefold() for program in programs]
    own = PureWindowsPath(sys.executable).stem.casefold()
    return bool(names) and all(name == own or _OURS.fullmatch(name) for name in names)


def show(made: Iterable[str]) -> None:
    """Open the folder of the files that were made, where the window is ours."""
    folders = {Path(place).absolute().parent for place in made if not remote.is_address(place)}
    if folders and is_ours():
        folder = Path(os.path.commonpath(folders)) if len({each.anchor for each in folders}) == 1 else min(folders)
        with suppress(OSError):
            _open(folder)
            click.echo(f"Folder hasilnya dibuka: {folder}")


def keep_open() -> None:
    """Wait for the person to have read the window, where it is ours."""
    if is_ours():
        click.echo("\nTekan Enter untuk menutup jendela ini.")
        with suppress(EOFError, OSError, KeyboardInterrupt):
            sys.stdin.readline()


if sys.platform == "win32":

    def _open(folder: Path) -> None:
        os.startfile(folder)  # noqa: S606 - a folder that this program has just written to

    def _programs() -> list[str]:
        """The files of all processes of this console."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        numbers = (ctypes.c_uint32 * _MOST)()
        count = min(kernel.GetConsoleProcessList(numbers, _MOST), _MOST)
        return [_program(kernel, number) for number in numbers[:count]]

    def _program(kernel: ctypes.WinDLL, number: int) -> str:
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(kernel.OpenProcess(_MAY_ASK, False, number))
        if not handle:
            return ""
        try:
            name, size = ctypes.create_unicode_buffer(1024), ctypes.c_uint32(1024)
            return name.value if kernel.QueryFullProcessImageNameW(handle, 0, name, ctypes.byref(size)) else ""
        finally:
            kernel.CloseHandle(handle)

else:

    def _open(folder: Path) -> None:
        del folder

    def _programs() -> list[str]:
        return []
