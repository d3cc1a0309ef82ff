"""The table of contents of a zip package, checked against the limits before any part is inflated."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard.limits import MIB, Limits
from lakip_xlsx.guard.sniff import AGAIN, LOCKED, RELAX, SAVE_AS

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


def open_zip(path: Path, limits: Limits) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    """The archive and its entries by folded name.

    Raises:
        UnreadableError: damaged, locked, no workbook, or beyond the limits.
    """
    try:
        if _entries(path, limits.file) > limits.parts:
            raise UnreadableError(
                f"{path.name}: memuat lebih dari {limits.parts} bagian, terlalu banyak untuk workbook. {SAVE_AS}"
            )
        archive = zipfile.ZipFile(path)
    except FAILURES as error:
        raise UnreadableError(f"{path.name}: berkas rusak atau terpotong. {AGAIN}") from error
    try:
        infos = archive.infolist()
        names = _index(path, infos, limits)
        _must_not_overlap(path, infos, archive.start_dir)
        _must_be_workbook(path, names)
    except BaseException:
        archive.close()
        raise
    return archive, names


def fold(name: str) -> str:
    """A part name for comparison: slashes one way, none in front, no case."""
    return name.replace("\\", "/").lstrip("/").lower()


def _entries(path: Path, size: int) -> int:
    """How many entries the file can have at most: the marks that start one, counted without parsing."""
    count, tail = 0, b""
    with path.open("rb") as stream:
        for _ in range(size // MIB + 1):
            block = stream.read(MIB)
            if not block:
                break
            count += (tail + block).count(_ENTRY)
            tail = block[-3:]
    return count


def _index(path: Path, infos: Iterable[zipfile.ZipInfo], limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """The entries by folded name, once each is known to be sane."""
    names: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = fold(info.filename)
        odd = name in names or ".." in name.split("/") or ":" in name or "\x00" in info.orig_filename
        if odd:
            raise UnreadableError(f"{path.name}: nama bagian {info.filename[:80]!r} tidak sah atau ganda. {AGAIN}")
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableError(f"{path.name}: {LOCKED}")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise UnreadableError(f"{path.name}: cara pemampatan bagian {info.filename[:80]} tidak dikenal. {SAVE_AS}")
        bomb = info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(info.compress_size, 1)
        if bomb:
            raise swelling(path, info.filename, info.file_size)
        names[name] = info
    return names


def swelling(path: Path, part: str, size: int) -> UnreadableError:
    """The failure of a part that inflates beyond the limits."""
    return UnreadableError(
        f"{path.name}: isi bagian {part[:80]} mengembang tidak wajar ({size / MIB:.0f} MiB). {SAVE_AS} {RELAX}"
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


def _must_be_workbook(path: Path, names: dict[str, zipfile.ZipInfo]) -> None:
    """Name what a zip file without a workbook is."""
    if "xl/workbook.bin" in names:
        raise UnreadableError(f"{path.name}: format .xlsb. {SAVE_AS}")
    if "content.xml" in names and "mimetype" in names:
        raise UnreadableError(f"{path.name}: format OpenDocument (.ods). {SAVE_AS}")
    if "word/document.xml" in names:
        raise UnreadableError(f"{path.name}: ini dokumen Word, bukan workbook Excel. Sebutkan berkas .xlsx.")
    if "ppt/presentation.xml" in names:
        raise UnreadableError(f"{path.name}: ini presentasi, bukan workbook Excel. Sebutkan berkas .xlsx.")
    if "index/document.iwa" in names:
        raise UnreadableError(f"{path.name}: ini berkas Numbers. Di Numbers pilih Berkas, Ekspor Ke, Excel.")
    if "_rels/.rels" in names:
        return
    if any(name.endswith((".xlsx", ".xlsm", ".xls")) for name in names):
        raise UnreadableError(
            f"{path.name}: ini berkas ZIP yang berisi workbook. Ekstrak dulu, lalu sebutkan berkas .xlsx."
        )
    if "xl/workbook.xml" in names:
        raise UnreadableError(f"{path.name}: bagian _rels/.rels tidak ada; berkas rusak. {AGAIN}")
    raise UnreadableError(f"{path.name}: ini berkas ZIP tanpa workbook di dalamnya, atau rusak. {AGAIN}")
