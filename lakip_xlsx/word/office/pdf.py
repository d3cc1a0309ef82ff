"""The finished document as PDF, laid out by LibreOffice.

It has bookmarks from the headings, the document's language, its title in the window, and tags for readers
who listen; on request it is PDF/A-2b. The day in it is that of the report and not that of the clock, so the
same document gives the same PDF (but for the colour profile in PDF/A, which LibreOffice dates).

The checksum that LibreOffice leaves in the file is replaced by one over the whole PDF. By it a later run knows
that nobody signed or marked the PDF since, or put another one in its place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path

from lakip_xlsx.errors import OutputError
from lakip_xlsx.files import reason, write_whole
from lakip_xlsx.word.office.soffice import as_pdf, find_soffice

_OPTIONS = {"ExportBookmarks": True, "UseTaggedPDF": True, "DisplayPDFDocumentTitle": True, "InitialView": 1}
_ARCHIVAL = {"SelectPdfVersion": 2}
_DAY = re.compile(rb"/CreationDate\(D:(\d{14})Z")
_XMP_DAY = re.compile(rb"<xmp:(?:Create|Modify)Date>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)</xmp:")
_IDENTITY = re.compile(rb"/ID \[ <([0-9A-F]{32})>\s*<([0-9A-F]{32})> \]")
_CHECKSUM = re.compile(rb"/DocChecksum /([0-9A-F]{32})")
_NOTHING = b"0" * 32


def make(document: bytes, day: dt.date, *, archival: bool = False, program: str | None = None) -> bytes:
    """The PDF of a ``.docx``; ``program`` is LibreOffice, by default it is looked for.

    Raises:
        OutputError: LibreOffice is not installed, fails, or takes too long.
    """
    soffice = program or find_soffice()
    if soffice is None:
        raise OutputError("PDF tidak dibuat: LibreOffice tidak terpasang. Pasang LibreOffice, atau buat PDF dari Word.")
    made = as_pdf(document, soffice, _OPTIONS | (_ARCHIVAL if archival else {}))
    if made is None or not made.startswith(b"%PDF-"):
        raise OutputError("PDF tidak dibuat: LibreOffice gagal atau terlalu lama. Ulangi, atau buat PDF dari Word.")
    return _sealed(made, document, day)


def _sealed(pdf: bytes, document: bytes, day: dt.date) -> bytes:
    """The PDF with the day of the report, an identity that follows from the document, and its checksum."""
    data = bytearray(pdf)
    for found in _DAY.finditer(pdf):
        data[slice(*found.span(1))] = f"{day:%Y%m%d}000000".encode()
    for found in _XMP_DAY.finditer(pdf):
        data[slice(*found.span(1))] = f"{day:%Y-%m-%d}T00:00:00Z".encode()
    identity = hashlib.sha256(document).hexdigest()[:32].upper().encode()
    for found in _IDENTITY.finditer(pdf):
        data[slice(*found.span(1))] = data[slice(*found.span(2))] = identity
    place = _place_of_checksum(bytes(data))
    if place is not None:
        data[place] = _checksum(bytes(data), place)
    return bytes(data)


def _place_of_checksum(pdf: bytes) -> slice | None:
    found = list(_CHECKSUM.finditer(pdf))
    return slice(*found[-1].span(1)) if found else None


def _checksum(pdf: bytes, place: slice) -> bytes:
    """SHA-256 over the whole file with nothing where the checksum stands, as far as it has room."""
    return hashlib.sha256(pdf[: place.start] + _NOTHING + pdf[place.stop :]).hexdigest()[:32].upper().encode()


def is_untouched(path: Path) -> bool:
    """Whether a PDF is still as this program wrote it.

    Raises:
        OSError: the file cannot be opened.
    """
    pdf = path.read_bytes()
    place = _place_of_checksum(pdf)
    return place is not None and pdf[place] == _checksum(pdf, place)


def write(pdf: bytes, path: Path, *, force: bool = False) -> None:
    """Put a PDF in its place, whole or not at all.

    Raises:
        OutputError: it cannot be written, or there is a PDF that is not ours or was changed (a scan, a
            signature) and ``force`` is not given.
    """
    try:
        taken = not force and path.exists() and not is_untouched(path)
    except OSError as error:
        raise OutputError(f"{path} tidak dapat dibaca ({reason(error)}).") from error
    if taken:
        raise OutputError(
            f"PDF tidak dibuat: {path} sudah ditandatangani atau diubah, atau bukan buatan lakip-xlsx, jadi tidak "
            "ditimpa. Pindahkan berkas itu, atau tambahkan --force."
        )
    write_whole(pdf, path)
