"""Writing a file: the same bytes for the same parts, whole or not at all, and only where one of ours may stand."""

from __future__ import annotations

import errno
import io
import os
import stat
import tempfile
import time
import zipfile
from pathlib import Path

from lakip_xlsx.errors import OutputError
from lakip_xlsx.guard.path import is_reserved

_PATIENCE = 2.5  # seconds that a virus scanner or a cloud drive may hold a file that was just written
_PAUSE = 0.1
_CONTENT_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 3  # 6, the usual one, takes nearly twice as long for a file that is an eighth smaller


def is_folder(path: Path) -> bool:
    """Whether this is a folder; a name that no file can have is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def must_be_place(path: Path) -> None:
    """Refuse places where no file of ours may be written, before anything is done there.

    Raises:
        OutputError: a folder, a link, a device, or a name that Windows keeps for itself.
    """
    if is_reserved(path.name):
        raise OutputError(f"{path} tidak dapat dipakai: Windows tidak menerima nama itu. Pakai nama lain.")
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise explained(error, path) from error
    if stat.S_ISLNK(mode):
        raise OutputError(f"{path} adalah pintasan (symlink), jadi tidak ditulisi. Sebutkan berkas tujuannya sendiri.")
    if stat.S_ISDIR(mode):
        raise OutputError(f"{path} adalah folder. Sebutkan nama berkasnya.")
    if not stat.S_ISREG(mode):
        raise OutputError(f"{path} bukan berkas biasa, jadi tidak ditulisi. Pakai nama lain.")


def pack(parts: dict[str, bytes]) -> bytes:
    """A zip of the parts in a fixed order with fixed times."""
    names = sorted(parts, key=lambda name: (name != _CONTENT_TYPES, name != "_rels/.rels", name))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, parts[name], compresslevel=_LEVEL)
    return target.getvalue()


def write_whole(data: bytes, path: Path) -> None:
    """Write bytes to a temporary file beside the target, then put it in the target's place.

    Whatever happens on the way, the old file stays as it was and no other file is left.

    Raises:
        OutputError: the folder or the file cannot be written, or is no place for a file of ours.
    """
    must_be_place(path)
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".lakip-", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(path))
        _replace(temporary, path)
        temporary = None
    except OSError as error:
        raise explained(error, path) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _is_windows() -> bool:
    return os.name == "nt"


def _replace(temporary: Path, path: Path) -> None:
    """Put the new file in the old one's place; on Windows once more while another program holds it."""
    until = time.monotonic() + (_PATIENCE if _is_windows() else 0)
    while True:
        try:
            temporary.replace(path)
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _mode(path: Path) -> int:
    """The rights of the file that is replaced, or those that a new file would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def explained(error: OSError, path: Path) -> OutputError:
    """The failure in one line that says what to do."""
    if isinstance(error, FileNotFoundError):
        return OutputError(f"{path} tidak dapat ditulis: folder {path.parent} tidak ada. Buat folder itu dahulu.")
    if isinstance(error, NotADirectoryError):
        return OutputError(f"{path} tidak dapat ditulis: {path.parent} bukan folder. Pilih folder lain.")
    if error.errno == errno.ENOSPC:
        return OutputError(f"{path} tidak dapat ditulis: ruang penyimpanan penuh. Kosongkan ruang, lalu ulangi.")
    if error.errno == errno.ENAMETOOLONG:
        shown = f"{str(path)[:60]}…"
        return OutputError(f"{shown} tidak dapat ditulis: nama terlalu panjang. Pakai nama yang lebih pendek.")
    if error.errno == errno.EROFS:
        return OutputError(f"{path} tidak dapat ditulis: tempat ini hanya dapat dibaca. Pilih folder lain.")
    if isinstance(error, PermissionError):
        return OutputError(
            f"{path} tidak dapat ditulis: tidak ada izin, atau berkas sedang terbuka di program lain. "
            "Tutup dahulu (di Word atau Excel), atau pilih folder lain."
        )
    return OutputError(f"{path} tidak dapat ditulis: {reason(error)}. Pilih folder lain.")


_REASONS = {
    "ENOENT": "tidak ditemukan",
    "ENOTDIR": "salah satu bagian namanya bukan folder",
    "EISDIR": "ini folder",
    "EACCES": "tidak ada izin, atau sedang dibuka program lain",
    "EPERM": "tidak ada izin",
    "EEXIST": "sudah ada",
    "ENOTEMPTY": "foldernya tidak kosong",
    "ENAMETOOLONG": "namanya terlalu panjang",
    "EINVAL": "namanya tidak sah",
    "ELOOP": "pintasannya (symlink) tidak berujung",
    "ENOSPC": "ruang penyimpanan penuh",
    "EDQUOT": "jatah penyimpanan habis",
    "EFBIG": "berkasnya terlalu besar",
    "EROFS": "tempat ini hanya dapat dibaca",
    "EIO": "penyimpanan atau perangkatnya gagal",
    "ENXIO": "perangkatnya tidak ada",
    "ENODEV": "perangkatnya tidak ada",
    "EBUSY": "sedang dipakai",
    "ETXTBSY": "sedang dipakai",
    "EMFILE": "terlalu banyak berkas terbuka",
    "ENFILE": "terlalu banyak berkas terbuka",
    "ENOMEM": "memori tidak cukup",
    "EAGAIN": "sistem sedang sibuk",
    "ESTALE": "folder jaringannya terputus",
    "EPIPE": "penerimanya sudah tutup",
    "ETIMEDOUT": "tidak ada jawaban",
    "ECONNREFUSED": "sambungan ditolak",
    "EADDRINUSE": "sudah dipakai program lain",
    "EADDRNOTAVAIL": "bukan alamat komputer ini",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Indonesian and in few words."""
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return _REASONS.get(name, f"sistem menolak ({name})")


def told(error: OSError) -> str:
    """A failure of the system that nobody named more closely, in one line that says what to do."""
    try:
        Path.cwd()
    except OSError:
        return "folder kerja ini sudah tidak ada atau tidak dapat dibuka. Pindah ke folder lain (cd), lalu ulangi."
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{reason(error)}. Periksa tempatnya, lalu ulangi."


def put_whole(temporary: Path, path: Path) -> None:
    """Put a file that was written beside the target in the target's place; for what is too large to hold.

    Raises:
        OutputError: the target is no place for a file of ours, or cannot be replaced; the old file is intact.
    """
    try:
        must_be_place(path)
        temporary.chmod(_mode(path))
        _replace(temporary, path)
    except OSError as error:
        raise explained(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)
