"""A Word file as parts: what it says about itself, and what stands in it (:func:`lakip_xlsx.files.pack` zips them)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.pkgwriter import _ContentTypesItem

LANGUAGE = "id-ID"
_CONTENT_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_PROPERTY = 255
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What the file says about itself; ``author`` is the office, ``date`` the day on the report."""

    title: str
    subject: str
    author: str
    date: dt.date


def set_properties(document: Document, properties: Properties) -> None:
    """Let the file say what it is; no clock and no user name of this machine."""
    core = document.core_properties
    moment = dt.datetime.combine(properties.date, dt.time(0), dt.UTC)
    core.title, core.subject, core.author = map(_short, (properties.title, properties.subject, properties.author))
    core.last_modified_by = core.author
    core.created = core.modified = moment.replace(tzinfo=None)
    core.language, core.revision, core.keywords, core.comments = LANGUAGE, 1, "", ""


def _short(text: str) -> str:
    """A property has room for 255 characters; the document itself holds the whole text."""
    return text if len(text) <= _PROPERTY else f"{text[: _PROPERTY - 1]}…"


def parts_of(document: Document, blob: Callable[[Part], bytes] = lambda part: part.blob) -> dict[str, bytes]:
    """The parts of a document by name, as they stand in the file; ``blob`` writes each of them once."""
    package: OpcPackage = document.part.package
    parts = list(package.parts)
    types: bytes = _ContentTypesItem.from_parts(parts).blob  # type: ignore[no-untyped-call]
    found = {_CONTENT_TYPES: types, _RELATIONS: package.rels.xml}
    for part in parts:
        found[part.partname.membername] = blob(part)
        if len(part.rels):
            found[part.partname.rels_uri.membername] = part.rels.xml
    return found


def add_custom_xml(document: Document, blob: bytes, *, namespace: str, identity: str) -> None:
    """Store a part of our own in the file, which programs keep when they save it; ``identity`` is a GUID in braces."""
    package = document.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, len(taken) + 2) if f"/customXml/item{n}.xml" not in taken)
    described = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
        f'<ds:datastoreItem ds:itemID="{identity}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{namespace}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
    part = Part(PackURI(f"/customXml/item{number}.xml"), "application/xml", blob, package)
    properties = Part(PackURI(f"/customXml/itemProps{number}.xml"), _PROPERTIES_TYPE, described, package)
    part.relate_to(properties, RT.CUSTOM_XML_PROPS)
    document.part.relate_to(part, RT.CUSTOM_XML)
