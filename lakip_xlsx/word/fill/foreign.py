"""What a template may bring along that no report may carry: macros, and content from elsewhere.

A template comes from somebody else. What may stay is a list (:mod:`lakip_xlsx.guard.word`): a link to a parent
template, and what nothing in the document uses, is taken out, all else is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.opc.part import Part, XmlPart
from docx.opc.rel import Relationships, _Relationship
from lxml import etree

from lakip_xlsx.finding import Finding
from lakip_xlsx.guard import ooxml
from lakip_xlsx.guard import word as guard
from lakip_xlsx.guard.word import Fate
from lakip_xlsx.guard.words import Foreign
from lakip_xlsx.word.fill import faults
from lakip_xlsx.word.xml import qn, remove

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def findings(data: bytes, name: str) -> Iterator[Finding]:
    """What makes the template unusable.

    Raises:
        UnreadableError: it is damaged.
    """
    return (faults.refused(str(said), said.fix) for said in refused(data, name))


def refused(data: bytes, name: str) -> list[Foreign]:
    """What a template holds that must not be passed on.

    Raises:
        UnreadableError: it is damaged.
    """
    with ooxml.open_word(data, name) as package:
        return guard.foreign(package, ooxml.built(package))


def take_out(document: Document) -> tuple[Finding, ...]:
    """Take out what can be missed; what a person may miss all the same, as findings."""
    told: list[Finding] = []
    for part, relations in _all_relations(document):
        for key, relation in list(relations.items()):
            if _fate(part, relation) is Fate.TAKEN_OUT:
                del relations[key]
                told += _told(relation)
    settings = document.settings.element
    for name in ("w:attachedTemplate", "w:mailMerge"):
        for element in settings.findall(qn(name)):
            remove(element)
    return tuple(dict.fromkeys(told))


def _told(relation: _Relationship) -> Iterator[Finding]:
    kind = relation.reltype.rsplit("/", 1)[-1]
    if kind in guard.TAKEN_OUT:
        yield faults.taken_out(f"{guard.TAKEN_OUT[kind]} ({relation.target_ref})")
    elif not relation.is_external:
        yield faults.taken_out(f"isi yang tidak dikenal ({kind})")


def _fate(part: Part | None, relation: _Relationship) -> Fate:
    kind = relation.reltype.rsplit("/", 1)[-1]
    fate = guard.fate(kind, relation.reltype, is_external=relation.is_external, is_used=True)
    if fate is Fate.STAYS and not relation.is_external:
        return fate
    used = part is not None and _is_used(part, relation.rId)
    return guard.fate(kind, relation.reltype, is_external=relation.is_external, is_used=used)


def _is_used(part: Part, key: str) -> bool:
    if not ooxml.is_xml(part.content_type):
        return False
    root = part.element if isinstance(part, XmlPart) else etree.fromstring(part.blob, _PARSER)
    return any(key in element.attrib.values() for element in root.iter("*"))


def _all_relations(document: Document) -> Iterator[tuple[Part | None, Relationships]]:
    package = document.part.package
    yield None, package.rels
    for part in list(package.iter_parts()):
        yield part, part.rels
