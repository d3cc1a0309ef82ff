"""What a file really is, before anything opens it: by its kind, its name and its first bytes."""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard import path as door
from lakip_xlsx.guard.limits import MIB, Limits

SAVE_AS = "Buka di Excel, pilih Simpan Sebagai, jenis Excel Workbook (.xlsx)."
AGAIN = "Salin atau unduh ulang berkasnya, lalu coba lagi."
RELAX = "Bila isinya memang sebesar itu, lihat bagian Batas pada README."
_ORIGINAL = "Pilih berkas aslinya."


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What kind of file is wanted, in the words of its program."""

    name: str
    suffix: str
    program: str
    save_as: str
    main: str  # the part that a file of the kind usually has, and none of another
    inner: tuple[str, ...]  # how files of the kind end


WORKBOOK: Final = Kind(
    name="workbook Excel",
    suffix=".xlsx",
    program="Excel",
    save_as=SAVE_AS,
    main="xl/workbook.xml",
    inner=(".xlsx", ".xlsm", ".xls"),
)
WORD: Final = Kind(
    name="dokumen Word",
    suffix=".docx",
    program="Word",
    save_as="Buka di Word, pilih Simpan Sebagai, jenis Dokumen Word (.docx).",
    main="word/document.xml",
    inner=(".docx", ".docm", ".doc"),
)
_HEAD = 8192
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_APPLE_DOUBLE = (b"\x00\x05\x16\x07", b"\x00\x05\x16\x00")
_OLD_EXCEL = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00\x04\x00")
_POINTERS = (b"version https://git-lfs", b"[internetshortcut]", b"l\x00\x00\x00\x01\x14\x02\x00")
_BINARY = (
    ((b"%pdf",), "PDF"),
    ((b"\x89png", b"\xff\xd8\xff", b"gif8", b"ii*\x00", b"mm\x00*", b"riff"), "gambar"),
    ((b"\x1f\x8b", b"7z\xbc\xaf", b"rar!", b"\xfd7zxz", b"bzh"), "berkas arsip"),
    ((b"{\\rtf",), "dokumen RTF"),
    ((b"sqlite format",), "basis data"),
)
_TEXTUAL = (
    ((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<body"), "HTML"),
    ((b"mime-version:",), "HTML (MHT)"),
    ((b"<?xml", b"<"), "XML"),
    ((b"{", b"["), "JSON"),
)


def look(path: Path, limits: Limits, kind: Kind = WORKBOOK) -> io.BufferedReader:
    """The file, opened, if it is a regular, readable, sensibly sized one.

    Raises:
        UnreadableError: there is no such file, or it is none of the kind; the line says which.
    """
    try:
        stream = door.opened(path)
        size = os.fstat(stream.fileno()).st_size
    except FileNotFoundError as error:
        raise UnreadableError(f"{path}: berkas tidak ditemukan. Periksa nama dan foldernya.") from error
    except door.NotRegularError as error:
        if path.is_dir():
            said = f"ini folder, bukan berkas {kind.name}. Sebutkan berkas {kind.suffix} di dalamnya."
        else:
            said = f"bukan berkas biasa. Sebutkan berkas {kind.suffix}."
        raise UnreadableError(f"{path}: {said}") from error
    except PermissionError as error:
        raise UnreadableError(
            f"{path}: tidak ada izin membaca, atau berkas sedang dikunci. Tutup dulu di {kind.program}, lalu coba lagi."
        ) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise UnreadableError(f"{str(path)[:200]}: tidak dapat dibaca. Periksa nama dan foldernya.") from error
    try:
        must_fit(size, path, limits, kind)
    except BaseException:
        stream.close()
        raise
    return stream


def must_fit(size: int, path: Path, limits: Limits, kind: Kind) -> None:
    """Refuse a file by its name and its size in bytes.

    Raises:
        UnreadableError: a temporary file, an empty one, or one that is too large.
    """
    if path.name.startswith("~$"):
        raise UnreadableError(
            f"{path.name}: ini berkas sementara {kind.program}. Pilih berkas aslinya, tanpa ~$ di depan namanya."
        )
    if size > limits.file:
        raise UnreadableError(
            f"{path.name}: berkas {size // MIB} MiB, lebih dari batas {limits.file // MIB} MiB. "
            f"Hapus gambar dan lembar yang tidak perlu. {RELAX}"
        )
    if not size:
        raise UnreadableError(
            f"{path.name}: berkas kosong (0 byte). {AGAIN} Bila di OneDrive, pilih dulu Always keep on this device."
        )


def what_is(stream: BinaryIO, path: Path, kind: Kind) -> str:
    """What a file that is no zip package is, and what to do with it; empty for a zip package."""
    stream.seek(0)
    head = stream.read(_HEAD)
    if path.name.startswith("._") or head.startswith(_APPLE_DOUBLE):
        return f"ini berkas sampingan macOS, bukan {kind.name}. {_ORIGINAL}"
    if head.startswith(b"PK"):
        return ""
    if head.startswith(_OLE2):
        return _ole2(head + stream.read(), kind)
    if head.lower().startswith(_POINTERS) or _is_drive_pointer(head):
        return f"ini penunjuk (pintasan) ke berkas lain, bukan isinya. {_ORIGINAL}"
    return _contents(head, kind)


def _contents(head: bytes, kind: Kind) -> str:
    if head.startswith(_OLD_EXCEL):
        return _old_excel(kind)
    if not head.strip(b"\x00"):
        return f"isinya hanya byte nol, berkas rusak. {AGAIN}"
    text = _start_of_text(head)
    if b"schemas-microsoft-com:office:spreadsheet" in text:
        return f"isinya XML Spreadsheet 2003, bukan {kind.name} ({kind.suffix}). {kind.save_as}"
    bitmap = text.startswith(b"bm") and b"\x00" in text[:32]
    for starts, name in (*_BINARY, *_TEXTUAL):
        if text.startswith(starts) or (bitmap and name == "gambar"):
            return f"isinya {name}, bukan {kind.name}. {kind.save_as}"
    if b"\x00" not in text:
        return f"isinya teks atau CSV, bukan {kind.name}. {kind.save_as}"
    return f"bukan {kind.name}, atau rusak. {AGAIN}"


def not_text(data: bytes) -> str:
    """What bytes are that should be plain text; empty where they may be one."""
    head = data[:_HEAD]
    if head.startswith((b"PK\x03\x04", _OLE2, *_OLD_EXCEL)):
        return "isinya berkas Office"
    text = _start_of_text(head)
    for starts, name in (*_BINARY, *_TEXTUAL[:3]):
        if text.startswith(starts):
            return f"isinya {name}"
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "isinya bukan teks" if b"\x00" in data and not is_wide else ""


def _old_excel(kind: Kind) -> str:
    return f"format Excel lama (.xls). {kind.save_as if kind is WORKBOOK else f'Sebutkan berkas {kind.suffix}.'}"


def _start_of_text(head: bytes) -> bytes:
    """The head without byte order mark and leading blanks, in lower case; UTF-16 as UTF-8."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode("utf-8", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n").lower()


def _is_drive_pointer(head: bytes) -> bool:
    """Whether this is the small JSON file that Google Drive leaves in the place of a spreadsheet."""
    try:
        content = json.loads(head)
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and not {"doc_id", "resource_id", "url"}.isdisjoint(content)


def _ole2(content: bytes, kind: Kind) -> str:
    """An old binary document, or a file that is locked with a password."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return locked(kind)
    if "WordDocument".encode("utf-16-le") not in content:
        return _old_excel(kind)
    if kind is WORD:
        return f"format Word lama (.doc). {kind.save_as}"
    return f"ini dokumen Word lama (.doc), bukan {kind.name}. Sebutkan berkas {kind.suffix}."


def locked(kind: Kind) -> str:
    """What to do with a file that asks for a password."""
    return f"terkunci kata sandi. Buka di {kind.program}, hapus kata sandinya, lalu simpan ulang."
