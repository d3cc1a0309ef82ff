"""A fingerprint inside the document, by which a later run sees whether a person edited it."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard import directory, limits
from lakip_xlsx.guard.path import opened
from lakip_xlsx.guard.sniff import WORD, Kind

_PART = "docProps/custom.xml"
_PROPERTY = "Sidik lakip-xlsx"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_VALUE = re.compile(rb'name="' + _PROPERTY.encode() + rb'"[^>]*>\s*<[^>]*>([0-9a-f]{64})<')
_PROPERTIES = 2**20  # bytes of the part that holds the fingerprint
_PIECE = 2**20


def fingerprint(parts: dict[str, bytes]) -> str:
    """SHA-256 over names and contents of all parts but the one that holds the fingerprint."""
    digest = hashlib.sha256()
    for name in sorted(parts):
        if name != _PART:
            content = parts[name]
            digest.update(f"{len(name)}:{name}:{len(content)}:".encode())
            digest.update(content)
    return digest.hexdigest()


def with_fingerprint(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts with a custom document property that holds their fingerprint."""
    imprinted = dict(parts)
    imprinted["[Content_Types].xml"] = _declared(parts["[Content_Types].xml"])
    imprinted["_rels/.rels"] = _related(parts["_rels/.rels"])
    imprinted[_PART] = (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{_FORMAT_ID}" pid="2" name="{_PROPERTY}">'
        f"<vt:lpwstr>{fingerprint(imprinted)}</vt:lpwstr></property></Properties>"
    ).encode()
    return imprinted


def _declared(content_types: bytes) -> bytes:
    entry = f'<Override PartName="/{_PART}" ContentType="{_CONTENT_TYPE}"/>'.encode()
    if f"/{_PART}".encode() in content_types:
        return content_types
    return content_types.replace(b"</Types>", entry + b"</Types>")


def _related(relations: bytes) -> bytes:
    entry = f'<Relationship Id="rIdSidik" Type="{_RELATION}" Target="{_PART}"/>'.encode()
    if _RELATION.encode() in relations:
        return relations
    return relations.replace(b"</Relationships>", entry + b"</Relationships>")


def changed_since_generated(path: Path, kind: Kind = WORD) -> bool:
    """Whether a ``.docx`` (or another ``kind`` of file) is no longer, or never was, what this program wrote.

    Opening and saving it in Word counts as a change: what cannot be told apart is not overwritten.

    Raises:
        OSError: the file cannot be opened.
    """
    with opened(path) as stream:
        try:
            archive, names = directory.open_zip(stream, path, limits.DOCUMENT, kind)
            with archive:
                return _stored(archive, names) != _found(archive, sorted(archive.namelist()))
        except (UnreadableError, *directory.FAILURES, zlib.error):
            return True


def _stored(archive: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo]) -> str:
    """The fingerprint that the file holds; empty if it holds none."""
    info = names.get(_PART.lower())
    stored = _VALUE.search(archive.read(info)) if info is not None and info.file_size < _PROPERTIES else None
    return "" if stored is None else stored[1].decode()


def _found(archive: zipfile.ZipFile, names: Iterable[str]) -> str:
    """The fingerprint as :func:`fingerprint` makes it, one piece after the other."""
    digest = hashlib.sha256()
    for name in names:
        if name != _PART:
            size = archive.getinfo(name).file_size
            digest.update(f"{len(name)}:{name}:{size}:".encode())
            with archive.open(name) as part:
                while piece := part.read(_PIECE):
                    digest.update(piece)
    return digest.hexdigest()
