"""Workbooks and documents at an address (``s3://…``, ``file://…``) instead of a path.

They are fetched to a file on this machine, and sent when they are finished, by the library ``fsspec``.
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path, PurePosixPath
from typing import Any

from lakip_xlsx.errors import LakipError, OutputError, UnreadableError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def is_address(text: str) -> bool:
    """Whether a text is an address and not a path. A drive letter (``C:``) makes no address."""
    return _ADDRESS.match(text) is not None


def name_of(address: str) -> str:
    """The last part of an address."""
    return PurePosixPath(address).name


def with_suffix(address: str, suffix: str) -> str:
    """The address with another suffix of its last part."""
    name = name_of(address)
    return address.removesuffix(name) + PurePosixPath(name).stem + suffix


def _open(address: str) -> tuple[Any, str]:
    try:
        fsspec: Any = importlib.import_module("fsspec.core")
    except ImportError:
        raise LakipError(
            f"{address}: untuk alamat seperti ini pasang dahulu pustaka fsspec: pip install lakip-xlsx[dask]"
        ) from None
    try:
        system, path = fsspec.url_to_fs(address)
    except (ValueError, ImportError, OSError) as error:
        raise LakipError(f"{address}: alamat ini tidak dapat dipakai ({error}).") from error
    return system, str(path)


def fetch(address: str, folder: Path, *, must_exist: bool = True) -> Path:
    """A copy of the file at an address, under its own name in a folder; perhaps not there if it need not exist.

    Raises:
        LakipError: there is no such file, or it cannot be read.
    """
    place = folder / (name_of(address) or "berkas")
    system, path = _open(address)
    try:
        if must_exist or system.exists(path):
            place.write_bytes(system.cat_file(path))
    except FileNotFoundError:
        raise UnreadableError(f"{address}: tidak ditemukan. Periksa alamatnya.") from None
    except OSError as error:
        raise UnreadableError(f"{address}: tidak dapat dibaca ({error}).") from error
    return place


def send(place: Path, address: str) -> None:
    """Put a finished file where it belongs.

    Raises:
        OutputError: that cannot be done.
    """
    system, path = _open(address)
    try:
        system.makedirs(path.rpartition("/")[0], exist_ok=True)
        system.pipe_file(path, place.read_bytes())
    except OSError as error:
        raise OutputError(f"{address}: tidak dapat ditulis ({error}).") from error


def listing(address: str) -> list[tuple[str, str]]:
    """All files in a folder or behind a pattern: the address of each, and its path below the folder.

    Raises:
        UnreadableError: the folder cannot be listed.
    """
    system, path = _open(address)
    first = min((path.index(mark) for mark in "*?[" if mark in path), default=-1)
    root = path if first < 0 else path[:first].rpartition("/")[0]
    try:
        found = sorted(str(each) for each in (system.find(path) if first < 0 else system.glob(path)))
    except OSError as error:
        raise UnreadableError(f"{address}: tidak dapat dibaca ({error}).") from error
    return [(str(system.unstrip_protocol(each)), each.removeprefix(root).lstrip("/")) for each in found]
