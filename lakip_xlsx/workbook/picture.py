"""Picture files beside the workbook: the logo named in the sheet ``Instansi``, those of the sheet ``Gambar``.

The name comes from a cell, so it is not trusted: it may only lead to a file in the workbook's own folder or
below it, never up, to another drive, over the network or through a link. The picture itself is looked at only
as far as is needed to know that it is one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from lakip_xlsx.guard.path import read_inside
from lakip_xlsx.workbook.book import Book

LARGEST: Final = 5 * 2**20
"""Bytes of a logo's file."""
LARGEST_FIGURE: Final = 15 * 2**20
"""Bytes of another picture's file."""
MOST: Final = 200
ALTOGETHER: Final = 80 * 2**20
"""Pictures of one report besides its logo, and the bytes of all of them."""
SMALLEST_SIDE: Final = 16
LARGEST_SIDE: Final = 8000
LONGEST_SHAPE: Final = 12  # times as long as it is wide
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_EXIF: Final = b"Exif\0\0"
_ORIENTATION: Final = 0x0112
_SIZES: Final = frozenset({*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)})


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG picture, as it stands in its file; ``width`` and ``height`` in pixels."""

    data: bytes
    width: int
    height: int


def read(folder: Path, name: str, largest: int = LARGEST) -> Picture | str:
    """The picture that a cell names, of so many bytes at most, or why there is none, as the end of a sentence."""
    data = read_inside(folder, name, largest)
    return data if isinstance(data, str) else _picture(data)


def figures(folder: Path, names: Iterable[str]) -> Iterator[Picture | str]:
    """The pictures that the cells of one sheet name, in their order; beyond what a report can hold a reason instead."""
    total = 0
    for number, name in enumerate(names, 1):
        found = read(folder, name, LARGEST_FIGURE)
        size = 0 if isinstance(found, str) else len(found.data)
        if size and (number > MOST or total + size > ALTOGETHER):
            yield f"bersama gambar di atasnya lebih dari {MOST} gambar atau {ALTOGETHER // 2**20} MB"
        else:
            total += size
            yield found


def named_beside(book: Book) -> list[str]:
    """The picture files that a workbook names, whether they are there or not."""
    table = book.table("gambar")
    names = [str(value) for _, value in table.column("berkas") if value] if table and "berkas" in table else []
    return [book.form.text("logo"), *names] if book.form and book.form.text("logo") else names


def is_turned(data: bytes) -> bool:
    """Whether a JPEG says that it is to be turned before it is shown, as photos held upright do (Exif).

    Word shows it as it is stored, so it would lie on its side.
    """
    at = 2
    while data.startswith(_JPEG) and at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == 0xE1 and data[at + 4 : at + 10] == _EXIF:
            return _orientation(data[at + 10 : at + 2 + length]) not in {None, 1}
        at += 2 + length
    return False


def _orientation(tiff: bytes) -> int | None:
    """The tag Orientation in the first directory of a TIFF header."""
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    start = number(4, 4)
    entries = range(start + 2, min(start + 2 + 12 * number(start, 2), len(tiff) - 11), 12)
    return next((number(at + 8, 2) for at in entries if number(at, 2) == _ORIENTATION), None)


def _picture(data: bytes) -> Picture | str:
    size = _png_size(data) if data.startswith(_PNG) else _jpeg_size(data) if data.startswith(_JPEG) else None
    if size is None:
        return "berkas itu bukan gambar PNG atau JPG yang utuh"
    width, height = size
    if min(size) < SMALLEST_SIDE or max(size) > LARGEST_SIDE:
        return f"ukurannya {width} x {height} titik; yang dapat dipakai {SMALLEST_SIDE} sampai {LARGEST_SIDE}"
    if max(size) > LONGEST_SHAPE * min(size):
        return f"bentuknya terlalu panjang ({width} x {height} titik)"
    return Picture(data, width, height)


def _png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG; None if it is not whole from its first to its last chunk."""
    at, size, has_image = len(_PNG), None, False
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            return None
        if kind == b"IHDR" and length == 13 and size is None:
            size = struct.unpack_from(">II", data, at + 8)
        has_image = has_image or kind == b"IDAT"
        if kind == b"IEND":
            return (size[0], size[1]) if size is not None and has_image else None
        at += 12 + length
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a JPEG; None if no frame, no picture or no end is found."""
    at, size = 2, None
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker in _SIZES and at + 9 <= len(data):
            height, width = struct.unpack_from(">HH", data, at + 5)
            size = (width, height)
        if marker == 0xDA:
            return size if data.rfind(b"\xff\xd9") > at else None
        at += 2 + length
    return None
