"""What goes into the bundle beside the code: an icon, version data, and a keeper that is still called by its name."""

from __future__ import annotations

import ast
import struct
import zlib

import pytest

from bundle import __main__ as bundle
from bundle import icon, start
from lakip_xlsx.word.office import soffice


def pixels(png: bytes) -> tuple[int, list[bytes]]:
    """Width and rows of a PNG as :mod:`bundle.icon` writes it, checked part by part."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, parts = 8, {}
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size]) == (zlib.crc32(kind + data),)
        parts[kind] = data
        at += 12 + size
    width, height, depth, colour, *_ = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    assert (height, depth, colour) == (width, 8, 6)
    raw = zlib.decompress(parts[b"IDAT"])
    return width, [raw[row * (4 * width + 1) + 1 : (row + 1) * (4 * width + 1)] for row in range(width)]


@pytest.mark.parametrize("size", icon.SIZES[:5])
def test_the_icon_is_a_green_sheet_with_round_corners(size):
    width, rows = pixels(icon.png(size))
    assert width == size
    assert rows[0][3] < 128  # the corner is round
    assert tuple(rows[size // 2][4:8]) == (11, 110, 79, 255)
    assert rows[int(size * 14 / 64)][4 * (size // 2) :][:4] == bytes((255, 255, 255, 255))
    assert icon.png(size) == icon.png(size)


def test_windows_finds_every_size():
    data = icon.ico()
    _, kind, count = struct.unpack("<HHH", data[:6])
    assert (kind, count) == (1, len(icon.SIZES))
    for number, size in enumerate(icon.SIZES):
        width, height, *_, length, at = struct.unpack("<BBBBHHII", data[6 + 16 * number : 22 + 16 * number])
        assert (width or 256, height or 256) == (size, size)
        assert data[at : at + 8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">I", data[at + 16 : at + 20]) == (size,)
    assert at + length == len(data)


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.1.0", (0, 1, 0, 0)), ("12.3", (12, 3, 0, 0)), ("1.2.3rc4", (1, 2, 3, 4))]
)
def test_version_data_is_what_pyinstaller_reads(version, numbers):
    tree = ast.parse(bundle.version_data(version).strip(), mode="eval")
    fixed = next(each for each in ast.walk(tree) if isinstance(each, ast.Call) and each.func.id == "FixedFileInfo")
    given = {keyword.arg: ast.literal_eval(keyword.value) for keyword in fixed.keywords}
    assert given["filevers"] == given["prodvers"] == numbers


def test_the_bundle_knows_its_keeper():
    assert start.KEEPER == soffice.KEEPER
