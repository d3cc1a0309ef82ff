"""Writing a document: the same bytes for the same content, and never half a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import NAMESPACE
from docx.opc.package import OpcPackage
from docx.opc.spec import default_content_types
from docx.parts.story import StoryPart

from lakip_xlsx.errors import OutputError
from lakip_xlsx.files import explained, must_be_place, pack, write_whole
from lakip_xlsx.word import seal
from lakip_xlsx.word.build.styles import LANGUAGE
from lakip_xlsx.word.fill.textrows import Paper, RowStore
from lakip_xlsx.word.xml import quoteattr

_CONTENT_TYPES = "[Content_Types].xml"
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_PROPERTY = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What the file says about itself; ``author`` is the office, ``date`` the day on the report."""

    title: str
    subject: str
    author: str
    date: dt.date


def serialise(document: Document | Paper, properties: Properties, *, sealed: bool = True) -> bytes:
    """The document as the bytes of a ``.docx``: no clock, fixed order, fixed times.

    With ``sealed`` the file carries a fingerprint of its own content, by which
    :func:`lakip_xlsx.word.seal.changed_since_generated` later tells whether a person edited it.
    """
    paper = document if isinstance(document, Paper) else Paper(document, RowStore())
    package: OpcPackage = paper.tree.part.package
    _set_properties(package, properties)
    parts = _parts_of(package, paper.rows)
    if sealed:
        parts = seal.with_fingerprint(parts)
    return pack(parts)


def _parts_of(package: OpcPackage, rows: RowStore) -> dict[str, bytes]:
    """The parts of a package by name, as they stand in the file; every XML part is written out once."""
    found = {"_rels/.rels": package.rels.xml}
    defaults, overrides = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML}, {}
    for part in package.parts:
        name = part.partname
        found[name.membername] = rows.spliced(part.blob) if isinstance(part, StoryPart) else part.blob
        if len(part.rels):
            found[name.rels_uri.membername] = part.rels.xml
        if (name.ext.lower(), part.content_type) in default_content_types:
            defaults[name.ext] = part.content_type
        else:
            overrides[name] = part.content_type
    listed = [
        f"<Default Extension={quoteattr(key)} ContentType={quoteattr(kind)}/>" for key, kind in sorted(defaults.items())
    ]
    listed += [
        f"<Override PartName={quoteattr(key)} ContentType={quoteattr(kind)}/>"
        for key, kind in sorted(overrides.items())
    ]
    whole = f"{_DECLARATION}<Types xmlns={quoteattr(NAMESPACE.OPC_CONTENT_TYPES)}>{''.join(listed)}</Types>"
    return {_CONTENT_TYPES: whole.encode(), **found}


def _set_properties(package: OpcPackage, properties: Properties) -> None:
    core = package.core_properties
    moment = dt.datetime.combine(properties.date, dt.time(0), dt.UTC)
    core.title, core.subject, core.author = map(_short, (properties.title, properties.subject, properties.author))
    core.last_modified_by = core.author
    core.created = core.modified = moment.replace(tzinfo=None)
    core.language, core.revision, core.keywords, core.comments = LANGUAGE, 1, "", ""


def _short(text: str) -> str:
    """A property has room for 255 characters; the document itself holds the whole text."""
    return text if len(text) <= _PROPERTY else f"{text[: _PROPERTY - 1]}…"


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
            "Pakai nama lain, atau tambahkan --force bila berkas itu memang boleh diganti."
        )
    write_whole(data, path)


def _changed(path: Path) -> bool:
    try:
        return seal.changed_since_generated(path)
    except OSError as error:
        raise explained(error, path) from error
