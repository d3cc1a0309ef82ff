"""Files that were sent: what they are called, where their bytes go, and by which name a browser saves what is taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from typing import BinaryIO
from urllib.parse import quote

from lakip_xlsx.guard.limits import MIB

_LONGEST = 150  # letters of a name


def shown_name(name: str) -> str:
    """What a sent file is called from now on: the last part of its name, of letters that can be shown."""
    last = PureWindowsPath(name.replace("/", "\\")).name
    plain = "".join(letter for letter in last if letter.isprintable())
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[:_LONGEST]}{dot}{suffix[:10]}" if stem else plain[:_LONGEST]


def attachment(name: str) -> str:
    """The header by which a browser saves an answer under this name."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name.rpartition(".")[0])
    suffix = name.rpartition(".")[2]
    return f"attachment; filename=\"{plain}.{suffix}\"; filename*=UTF-8''{quote(name, safe='')}"


def putter(source: BinaryIO) -> Callable[[Path], int]:
    """What writes a sent file to its place, and counts its bytes."""

    def put(place: Path) -> int:
        size = 0
        with place.open("xb") as target:
            while piece := source.read(MIB):
                size += target.write(piece)
        return size

    return put
