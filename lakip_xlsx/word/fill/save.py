"""Writing a filled document: its text rows in their places, its fingerprint in it, and never half a file."""

from __future__ import annotations

from pathlib import Path

from docx.document import Document
from docx.opc.part import Part
from docx.parts.story import StoryPart

from lakip_xlsx.errors import OutputError
from lakip_xlsx.files import explained, must_be_place, pack, write_whole
from lakip_xlsx.word import imprint, package
from lakip_xlsx.word.fill.textrows import Paper, RowStore


def serialise(document: Document | Paper, properties: package.Properties, *, imprinted: bool = True) -> bytes:
    """The document as the bytes of a ``.docx``.

    With ``imprinted`` the file carries a fingerprint of its own content, by which
    :func:`lakip_xlsx.word.imprint.changed_since_generated` later tells whether a person edited it.
    """
    paper = document if isinstance(document, Paper) else Paper(document, RowStore())

    def blob(part: Part) -> bytes:
        return paper.rows.spliced(part.blob) if isinstance(part, StoryPart) else part.blob

    package.set_properties(paper.tree, properties)
    parts = package.parts_of(paper.tree, blob)
    return pack(imprint.with_fingerprint(parts) if imprinted else parts)


def write_document(data: bytes, path: Path, *, force: bool = False) -> None:
    """Put a finished document where it was asked for, whole or not at all.

    Raises:
        OutputError: the target is no place for a file, cannot be written, or was changed by a person since it was
            generated and ``force`` is not given. The old file is intact.
    """
    must_be_place(path)
    if not force and path.exists() and _changed(path):
        raise OutputError(
            f"{path} sudah disunting sejak dibuat, atau bukan buatan lakip-xlsx, jadi tidak ditimpa. "
            "Agar angkanya baru dan suntingannya tetap: lakip-xlsx refresh. Atau pakai nama lain, atau tambahkan "
            "--force bila berkas itu memang boleh diganti."
        )
    write_whole(data, path)


def _changed(path: Path) -> bool:
    try:
        return imprint.changed_since_generated(path)
    except OSError as error:
        raise explained(error, path) from error
