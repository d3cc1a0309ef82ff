"""The door for files: a regular file, opened without waiting, read to a known size, and never elsewhere.

A name that a person typed may lead anywhere. A name out of a cell, a template, a document or a journal is input
like any other: it leads to a file in one folder or below it, and neither up nor away, nor through a link.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path
from typing import Final

_RESERVED: Final = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}
_DEEPEST: Final = 16  # folders below the one that is meant
_READ: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_AT_ONCE: Final = _READ | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_LINKED: Final = frozenset({errno.ELOOP, errno.EMLINK})

OUTSIDE: Final = "harus berkas di folder workbook atau di dalamnya, tanpa .. dan tanpa alamat lain"
LINK: Final = "harus berkas di folder workbook, bukan pintasan ke tempat lain"
ABSENT: Final = "berkas itu tidak ada di folder workbook"
IRREGULAR: Final = "itu bukan berkas biasa"
UNREADABLE: Final = "berkas itu tidak dapat dibaca"


class NotRegularError(OSError):
    """What stands there is a folder, a pipe, a device or a socket."""


def is_reserved(name: str) -> bool:
    """Whether Windows keeps this file name for a device, whatever its ending."""
    return name.partition(".")[0].strip().casefold() in _RESERVED


def opened(path: Path) -> io.BufferedReader:
    """A file that a person named, opened to be read; what was opened is looked at, not what was there before.

    Raises:
        NotRegularError: it is no regular file.
        OSError: it cannot be opened. ValueError: no file can have that name.
    """
    if not stat.S_ISREG(path.stat().st_mode):  # some devices do something when they are opened
        raise NotRegularError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return _regular(os.open(path, _AT_ONCE))


def open_own(path: Path, flags: int) -> int:
    """A file of our own that is added to, opened as a handle: never through a link, which could lead anywhere.

    Raises:
        NotRegularError: it is no regular file.
        OSError: it cannot be opened, or is a link.
    """
    if not _NO_LINK and path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    handle = os.open(path, flags | _AT_ONCE | _NO_LINK, 0o666)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotRegularError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return handle


def read_inside(folder: Path, name: str, largest: int) -> bytes | str:
    """The file in a folder, or below it, that a name out of a file leads to; or why there is none.

    No part of the way below the folder may be a link. ``largest`` is in bytes. The reason is the end of a
    sentence.
    """
    found = open_inside(folder, name)
    if isinstance(found, str):
        return found
    try:
        with found:
            data = found.read(largest + 1)
    except OSError:
        return UNREADABLE
    return data if len(data) <= largest else f"berkas itu lebih dari {largest // 2**20} MB"


def open_inside(folder: Path, name: str) -> io.BufferedReader | str:
    """As :func:`read_inside`, for a file of any size: whoever reads it knows the limit."""
    parts = _parts(name)
    if parts is None:
        return OUTSIDE
    try:
        return _regular(_open_below(folder, parts))
    except NotRegularError:
        return IRREGULAR
    except FileNotFoundError:
        return ABSENT
    except OSError as error:
        return LINK if error.errno in _LINKED or isinstance(error, NotADirectoryError) else UNREADABLE
    except (ValueError, RuntimeError):  # a name that no file can have; links that lead to each other
        return UNREADABLE


def _parts(name: str) -> tuple[str, ...] | None:
    """The steps of a name, if it leads down and only down on every system."""
    way = name.strip().replace("\\", "/")
    parts = tuple(part for part in way.split("/") if part not in {"", "."})
    leads_away = way.startswith(("/", "~")) or ":" in way or not way.isprintable()
    if leads_away or not 0 < len(parts) <= _DEEPEST or any(_is_odd(part) for part in parts):
        return None
    return parts


def _is_odd(part: str) -> bool:
    """Whether a step is none of its own: up, a device, or a name that Windows reads as another one."""
    return part == ".." or part != part.rstrip(". ") or is_reserved(part)


def _open_below(folder: Path, parts: tuple[str, ...]) -> int:
    """Open the file step by step, each step seen from the folder before, so that none can be exchanged."""
    if os.open not in os.supports_dir_fd:
        return _open_by_name(folder, parts)
    at = os.open(folder, _READ | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            below = os.open(part, _READ | os.O_DIRECTORY | _NO_LINK, dir_fd=at)
            os.close(at)
            at = below
        return os.open(parts[-1], _AT_ONCE | _NO_LINK, dir_fd=at)
    finally:
        os.close(at)


def _open_by_name(folder: Path, parts: tuple[str, ...]) -> int:
    """The same where a file cannot be opened as seen from a folder (Windows)."""
    place = folder.joinpath(*parts)
    if not place.resolve().is_relative_to(folder.resolve()):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(place))
    if place.exists() and not stat.S_ISREG(place.stat().st_mode):
        raise NotRegularError(errno.EINVAL, os.strerror(errno.EINVAL), str(place))
    return os.open(place, _AT_ONCE)


def _regular(handle: int) -> io.BufferedReader:
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotRegularError(errno.EINVAL, os.strerror(errno.EINVAL))
        return io.open(handle, "rb")  # noqa: UP020  Path.open takes no handle
    except BaseException:
        os.close(handle)
        raise
