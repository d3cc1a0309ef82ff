"""The program's icon, drawn by rule: a sheet with its table and a tick, as in ``lakip_xlsx/web/statis/lakip.svg``."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

SIZES = (16, 24, 32, 48, 64, 128, 256)
_GREEN, _WHITE, _PALE, _GOLD = (11, 110, 79), (255, 255, 255), (159, 201, 184), (242, 169, 0)
_FINE = 4  # samples of a pixel in each direction

Grid = NDArray[np.float64]
Mask = NDArray[np.bool_]


def _box(x: Grid, y: Grid, left: float, top: float, width: float, height: float, radius: float = 0) -> Mask:
    """The points inside a rectangle with round corners, on a field of 64 by 64."""
    across = np.maximum(np.abs(x - left - width / 2) - width / 2 + radius, 0)
    down = np.maximum(np.abs(y - top - height / 2) - height / 2 + radius, 0)
    return np.hypot(across, down) <= max(radius, 1e-9)


def _stroke(x: Grid, y: Grid, points: Iterable[tuple[float, float]], width: float) -> Mask:
    """The points near a line through some points."""
    held = list(points)
    near = np.zeros(x.shape, bool)
    for (x1, y1), (x2, y2) in pairwise(held):
        along = np.clip(((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2), 0, 1)
        near |= np.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)) <= width / 2
    return near


def draw(size: int) -> NDArray[np.uint8]:
    """The icon as rows of RGBA pixels."""
    steps = (np.arange(size * _FINE) + 0.5) * 64 / (size * _FINE)
    x, y = np.meshgrid(steps, steps)
    picture = np.zeros((*x.shape, 4))
    layers = [
        (_box(x, y, 0, 0, 64, 64, 12), _GREEN),
        (_box(x, y, 16, 11, 32, 42, 3), _WHITE),
        (_box(x, y, 21, 18, 22, 4), _PALE),
        (_box(x, y, 21, 26, 22, 4), _PALE),
        (_box(x, y, 21, 34, 10, 4), _PALE),
        (_stroke(x, y, [(27, 42), (33, 48), (46, 34)], 5), _GOLD),
    ]
    for mask, colour in layers:
        picture[mask] = (*colour, 255)
    fine = picture.reshape(size, _FINE, size, _FINE, 4)
    weight = fine[..., 3:].sum(axis=(1, 3))
    colours = (fine[..., :3] * fine[..., 3:]).sum(axis=(1, 3)) / np.maximum(weight, 1)
    return np.concatenate([colours, weight / _FINE**2], axis=2).round().astype(np.uint8)


def png(size: int) -> bytes:
    """The icon as a PNG file."""
    rows = draw(size)
    body = b"".join(b"\0" + row.tobytes() for row in rows)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)),
        (b"IDAT", zlib.compress(body, 9)),
        (b"IEND", b""),
    ]
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def ico() -> bytes:
    """The icon in all sizes as a Windows file; each size is a PNG, as Windows reads it since Vista."""
    pictures = [png(size) for size in SIZES]
    head, at = struct.pack("<HHH", 0, 1, len(SIZES)), 6 + 16 * len(SIZES)
    for size, picture in zip(SIZES, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + b"".join(pictures)
