"""The .xlsx as a zip package: what it is, whether it is safe to open, and its parts by name.

Limits are checked before anything is parsed. They are generous for honest files: a workbook with
100,000 programme rows has some 10 MiB.
"""

from __future__ import annotations

import posixpath
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from lxml import etree

from lakip_xlsx.errors import UnreadableError

MAX_FILE = 50 * 2**20
MAX_PARTS = 2_000
MAX_PART = 150 * 2**20
MAX_TOTAL = 300 * 2**20
MAX_RATIO = 400
RATIO_FROM = 8 * 2**20

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Buka di Excel, pilih Simpan Sebagai, jenis Excel Workbook (.xlsx)."
_AGAIN = "Salin atau unduh ulang berkasnya, lalu coba lagi."


@dataclass(slots=True)
class Package:
    """An opened workbook package. Part names are matched without case, slashes either way."""

    path: Path
    _zip: zipfile.ZipFile
    _names: dict[str, zipfile.ZipInfo]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return _fold(name) in self._names

    def names(self) -> list[str]:
        """The names of all parts as the file spells them, with forward slashes, in its order."""
        spelt = (info.filename.replace("\\", "/").lstrip("/") for info in self._names.values())
        return [name for name in spelt if not name.endswith("/")]

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            UnreadableError: the part is missing, damaged, or not what its size says.
        """
        info = self._names.get(_fold(name))
        if info is None:
            raise UnreadableError(f"{self.path.name}: bagian {name} tidak ada; berkas rusak. {_AGAIN}")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise UnreadableError(f"{self.path.name}: berkas rusak pada bagian {name}. {_AGAIN}") from error
        if len(data) > MAX_PART:
            raise UnreadableError(f"{self.path.name}: isi bagian {name} mengembang tidak wajar. {_SAVE_AS}")
        return data

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part, without entities, without the network.

        Raises:
            UnreadableError: the part is missing or damaged, or declares a DOCTYPE.
        """
        return self.parse(self.read(name), name)

    def parse(self, data: bytes, name: str) -> etree._Element:
        """Parse the bytes of a part that was read before; ``name`` is for the message.

        Raises:
            UnreadableError: not well-formed, or with a DOCTYPE.
        """
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableError(f"{self.path.name}: berkas rusak pada bagian {name}. {_AGAIN}") from error
        if root.getroottree().docinfo.doctype:
            raise UnreadableError(
                f"{self.path.name}: bagian {name} memuat DOCTYPE, yang tidak pernah ada dalam workbook asli. "
                "Minta berkas aslinya dari pengirim."
            )
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (type, target part) of a part; external targets are left out."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for rel in self.xml(rels).iterfind("{*}Relationship"):
            target = str(rel.get("Target", "")).replace("\\", "/")
            if rel.get("TargetMode") != "External":
                full = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
                found[str(rel.get("Id"))] = (str(rel.get("Type", "")), full)
        return found


def open_package(path: Path) -> Package:
    """Open a workbook file after looking at what it really is.

    Raises:
        UnreadableError: not there, not a regular file, not a workbook, damaged, or beyond the limits; the
            line says which, and how to mend it.
    """
    head = _look(path)
    if not head.startswith(b"PK"):
        raise UnreadableError(f"{path.name}: {_what_is(head, path)}")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableError(f"{path.name}: berkas rusak atau terpotong. {_AGAIN}") from error
    try:
        names = _index(path, archive)
    except BaseException:
        archive.close()
        raise
    return Package(path, archive, names)


def _look(path: Path) -> bytes:
    """The first bytes of the file, if it is a regular, readable, sensibly sized one."""
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
        if status.st_size > MAX_FILE:
            raise UnreadableError(
                f"{path.name}: berkas {status.st_size // 2**20} MiB, lebih dari batas {MAX_FILE // 2**20} MiB. "
                "Hapus gambar dan lembar yang tidak perlu."
            )
        with path.open("rb") as stream:
            head = stream.read(8192)
    except FileNotFoundError as error:
        raise UnreadableError(f"{path}: berkas tidak ditemukan. Periksa nama dan foldernya.") from error
    except PermissionError as error:
        raise UnreadableError(
            f"{path}: tidak ada izin membaca, atau berkas sedang dikunci. Tutup dulu di Excel, lalu coba lagi."
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableError(f"{path}: tidak dapat dibaca. Periksa nama dan foldernya.") from error
    if not head:
        raise UnreadableError(f"{path.name}: berkas kosong (0 byte). {_AGAIN}")
    return head


def _what_is(head: bytes, path: Path) -> str:
    """What a file that is no zip package is, and what to do with it."""
    if head.startswith(_OLE2):
        tail = path.read_bytes()
        if "EncryptedPackage".encode("utf-16-le") in tail:
            return "terkunci kata sandi. Buka di Excel, hapus kata sandinya, lalu simpan ulang."
        return f"format Excel lama (.xls). {_SAVE_AS}"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kinds = (
        ((b"<!doctype html", b"<html", b"<table"), "HTML"),
        ((b"<?xml",), "XML"),
        ((b"%pdf",), "PDF"),
        ((b"\x89png", b"\xff\xd8\xff", b"gif8"), "gambar"),
        ((b"{", b"["), "JSON"),
        ((b"\x1f\x8b", b"7z\xbc\xaf", b"rar!"), "berkas arsip"),
    )
    for starts, name in kinds:
        if text.startswith(starts):
            return f"isinya {name}, bukan workbook Excel. {_SAVE_AS}"
    if b"\x00" not in head:
        return f"isinya teks atau CSV, bukan workbook Excel. {_SAVE_AS}"
    return f"bukan workbook Excel, atau rusak. {_AGAIN}"


def _index(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The parts by folded name, once the package is known to be within the limits."""
    infos = archive.infolist()
    if len(infos) > MAX_PARTS:
        raise UnreadableError(f"{path.name}: memuat {len(infos)} bagian, terlalu banyak untuk workbook. {_SAVE_AS}")
    names: dict[str, zipfile.ZipInfo] = {}
    total = 0
    for info in infos:
        name = _fold(info.filename)
        if name in names or ".." in name.split("/") or ":" in name:
            raise UnreadableError(f"{path.name}: nama bagian {info.filename!r} tidak sah atau ganda. {_AGAIN}")
        if info.flag_bits & 1:
            raise UnreadableError(
                f"{path.name}: terkunci kata sandi. Buka di Excel, hapus kata sandinya, lalu simpan ulang."
            )
        total += info.file_size
        bomb = info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        if info.file_size > MAX_PART or total > MAX_TOTAL or bomb:
            raise UnreadableError(f"{path.name}: isi bagian {info.filename} mengembang tidak wajar. {_SAVE_AS}")
        names[name] = info
    _must_be_workbook(path, names)
    return names


def _must_be_workbook(path: Path, names: dict[str, zipfile.ZipInfo]) -> None:
    if any(name.endswith("xl/workbook.bin") for name in names):
        raise UnreadableError(f"{path.name}: format .xlsb. {_SAVE_AS}")
    if "content.xml" in names and "mimetype" in names:
        raise UnreadableError(f"{path.name}: format OpenDocument (.ods). {_SAVE_AS}")
    if "word/document.xml" in names:
        raise UnreadableError(f"{path.name}: ini dokumen Word, bukan workbook Excel. Sebutkan berkas .xlsx.")
    if "_rels/.rels" not in names:
        if any(name.endswith((".xlsx", ".xlsm")) for name in names):
            raise UnreadableError(
                f"{path.name}: ini berkas ZIP yang berisi workbook. Ekstrak dulu, lalu sebutkan berkas .xlsx."
            )
        raise UnreadableError(f"{path.name}: bukan workbook Excel, atau rusak. {_AGAIN}")


def _fold(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
