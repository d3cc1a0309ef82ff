"""The table of contents of a zip package, checked against the limits before any part is inflated."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard.limits import MIB, Limits
from lakip_xlsx.guard.sniff import AGAIN, RELAX, WORD, WORKBOOK, Kind, locked

FAILURES = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OverflowError,
    IndexError,
    struct.error,
)
"""What :mod:`zipfile` raises on damaged packages."""

_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1 | 0x40 | 0x2000


def open_zip(
    stream: BinaryIO, path: Path, limits: Limits, kind: Kind = WORKBOOK
) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    """The archive in an open file and its entries by folded name; ``path`` is for messages.

    Raises:
        UnreadableError: damaged, locked, none of its kind, or beyond the limits.
    """
    try:
        if _entries(stream) > limits.parts:
            raise UnreadableError(
                f"{path.name}: memuat lebih dari {limits.parts} bagian, terlalu banyak untuk {kind.name}. "
                f"{kind.save_as}"
            )
        archive = zipfile.ZipFile(stream)
    except FAILURES as error:
        raise UnreadableError(f"{path.name}: berkas rusak atau terpotong. {AGAIN}") from error
    try:
        infos = archive.infolist()
        names = _index(path, infos, limits, kind)
        _must_not_overlap(path, infos, archive.start_dir)
        _must_be(kind, path, names)
    except BaseException:
        archive.close()
        raise
    return archive, names


def fold(name: str) -> str:
    """A part name for comparison: slashes one way, none in front, no case."""
    return name.replace("\\", "/").lstrip("/").lower()


def _entries(stream: BinaryIO) -> int:
    """How many entries the file can have at most: the marks that start one, counted without parsing."""
    count, tail = 0, b""
    stream.seek(0)
    while block := stream.read(MIB):
        count += (tail + block).count(_ENTRY)
        tail = block[-3:]
    return count


def _index(path: Path, infos: Iterable[zipfile.ZipInfo], limits: Limits, kind: Kind) -> dict[str, zipfile.ZipInfo]:
    """The entries by folded name, once each is known to be sane.

    Of a workbook only the parts that are read must be sane: that is asked when one is read.
    """
    names: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = fold(info.filename)
        odd = name in names or ".." in name.split("/") or ":" in name or "\x00" in info.orig_filename
        if odd:
            raise UnreadableError(f"{path.name}: nama bagian {info.filename[:80]!r} tidak sah atau ganda. {AGAIN}")
        if kind is not WORKBOOK:
            must_be_sane(info, path, limits, kind)
        names[name] = info
    return names


def must_be_sane(info: zipfile.ZipInfo, path: Path, limits: Limits, kind: Kind) -> None:
    """Refuse a part that is locked, packed in an unknown way, or a bomb, before it is inflated.

    Raises:
        UnreadableError: it is one of these.
    """
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableError(f"{path.name}: {locked(kind)}")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise UnreadableError(f"{path.name}: cara pemampatan bagian {info.filename[:80]} tidak dikenal. {kind.save_as}")
    if info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(info.compress_size, 1):
        raise swelling(path, info.filename, info.file_size, kind)


def swelling(path: Path, part: str, size: int, kind: Kind) -> UnreadableError:
    """The failure of a part that inflates beyond the limits."""
    return UnreadableError(
        f"{path.name}: isi bagian {part[:80]} mengembang tidak wajar ({size / MIB:.0f} MiB). {kind.save_as} {RELAX}"
    )


def _must_not_overlap(path: Path, infos: list[zipfile.ZipInfo], directory: int) -> None:
    """Entries that share bytes are the trick of a zip bomb; an honest package never has them."""
    previous = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        if info.header_offset < previous:
            raise UnreadableError(f"{path.name}: bagian di dalamnya bertumpang tindih, mengembang tidak wajar. {AGAIN}")
        previous = info.header_offset + _LOCAL_HEADER + info.compress_size
    if previous > directory:
        raise UnreadableError(f"{path.name}: berkas rusak atau terpotong. {AGAIN}")


def _must_be(kind: Kind, path: Path, names: dict[str, zipfile.ZipInfo]) -> None:
    """Name what a zip file is that is none of the kind that is wanted."""
    if kind.main in names and "_rels/.rels" in names:
        return
    other = f"bukan {kind.name}. Sebutkan berkas {kind.suffix}."
    if "xl/workbook.bin" in names:
        raise UnreadableError(f"{path.name}: format .xlsb. {WORKBOOK.save_as if kind is WORKBOOK else other}")
    if "content.xml" in names and "mimetype" in names:
        suffix = ".ods" if kind is WORKBOOK else ".odt"
        raise UnreadableError(f"{path.name}: format OpenDocument ({suffix}). {kind.save_as}")
    for main, found in (
        (WORD.main, "dokumen Word"),
        (WORKBOOK.main, "workbook Excel"),
        ("ppt/presentation.xml", "presentasi"),
    ):
        if main in names and main != kind.main:
            raise UnreadableError(f"{path.name}: ini {found}, {other}")
    if "index/document.iwa" in names:
        program = "Numbers" if kind is WORKBOOK else "Pages"
        raise UnreadableError(
            f"{path.name}: ini berkas {program}. Di {program} pilih Berkas, Ekspor Ke, {kind.program}."
        )
    if "_rels/.rels" in names:
        return
    if any(name.endswith(kind.inner) for name in names):
        raise UnreadableError(
            f"{path.name}: ini berkas ZIP yang berisi {kind.name}. Ekstrak dulu, lalu sebutkan berkas {kind.suffix}."
        )
    if kind.main in names:
        raise UnreadableError(f"{path.name}: bagian _rels/.rels tidak ada; berkas rusak. {AGAIN}")
    raise UnreadableError(f"{path.name}: ini berkas ZIP tanpa {kind.name} di dalamnya, atau rusak. {AGAIN}")
