"""What a file really is, before anything opens it: by its kind, its name and its first bytes."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard.limits import MIB, Limits

SAVE_AS = "Buka di Excel, pilih Simpan Sebagai, jenis Excel Workbook (.xlsx)."
AGAIN = "Salin atau unduh ulang berkasnya, lalu coba lagi."
RELAX = "Bila isinya memang sebesar itu, lihat bagian Batas pada README."
LOCKED = "terkunci kata sandi. Buka di Excel, hapus kata sandinya, lalu simpan ulang."
_ORIGINAL = "Pilih berkas aslinya."
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


def look(path: Path, limits: Limits) -> bytes:
    """The first bytes of the file, if it is a regular, readable, sensibly sized one.

    Raises:
        UnreadableError: there is no such file, or it is no workbook of itself; the line says which.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableError(f"{path}: ini folder, bukan berkas workbook. Sebutkan berkas .xlsx di dalamnya.")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(f"{path}: bukan berkas biasa. Sebutkan berkas .xlsx.")
        if path.name.startswith("~$"):
            raise UnreadableError(
                f"{path.name}: ini berkas sementara Excel. Pilih berkas aslinya, tanpa ~$ di depan namanya."
            )
        if status.st_size > limits.file:
            raise UnreadableError(
                f"{path.name}: berkas {status.st_size // MIB} MiB, lebih dari batas {limits.file // MIB} MiB. "
                f"Hapus gambar dan lembar yang tidak perlu. {RELAX}"
            )
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except FileNotFoundError as error:
        raise UnreadableError(f"{path}: berkas tidak ditemukan. Periksa nama dan foldernya.") from error
    except PermissionError as error:
        raise UnreadableError(
            f"{path}: tidak ada izin membaca, atau berkas sedang dikunci. Tutup dulu di Excel, lalu coba lagi."
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableError(f"{str(path)[:200]}: tidak dapat dibaca. Periksa nama dan foldernya.") from error
    if not head:
        raise UnreadableError(
            f"{path.name}: berkas kosong (0 byte). {AGAIN} Bila di OneDrive, pilih dulu Always keep on this device."
        )
    return head


def what_is(head: bytes, path: Path) -> str:
    """What a file that is no zip package is, and what to do with it."""
    if head.startswith(_OLE2):
        return _ole2(path)
    if path.name.startswith("._") or head.startswith(_APPLE_DOUBLE):
        return f"ini berkas sampingan macOS, bukan workbook. {_ORIGINAL}"
    if head.lower().startswith(_POINTERS) or _is_drive_pointer(head):
        return f"ini penunjuk (pintasan) ke berkas lain, bukan isinya. {_ORIGINAL}"
    return _contents(head)


def _contents(head: bytes) -> str:
    if head.startswith(_OLD_EXCEL):
        return f"format Excel lama (.xls). {SAVE_AS}"
    if not head.strip(b"\x00"):
        return f"isinya hanya byte nol, berkas rusak. {AGAIN}"
    text = _start_of_text(head)
    if b"schemas-microsoft-com:office:spreadsheet" in text:
        return f"isinya XML Spreadsheet 2003, bukan workbook .xlsx. {SAVE_AS}"
    bitmap = text.startswith(b"bm") and b"\x00" in text[:32]
    for starts, name in (*_BINARY, *_TEXTUAL):
        if text.startswith(starts) or (bitmap and name == "gambar"):
            return f"isinya {name}, bukan workbook Excel. {SAVE_AS}"
    if b"\x00" not in text:
        return f"isinya teks atau CSV, bukan workbook Excel. {SAVE_AS}"
    return f"bukan workbook Excel, atau rusak. {AGAIN}"


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


def _ole2(path: Path) -> str:
    """An old binary document, or a workbook that is locked with a password."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return LOCKED
    if "WordDocument".encode("utf-16-le") in content:
        return "ini dokumen Word lama (.doc), bukan workbook Excel. Sebutkan berkas .xlsx."
    return f"format Excel lama (.xls). {SAVE_AS}"
