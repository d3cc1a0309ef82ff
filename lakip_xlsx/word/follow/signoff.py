"""The record of who reviewed a document: every text of it as it was then, in the document and beside it.

It is a record, no cryptographic signature: whoever can write the file can write the record. It tells what changed
since, also after a save by another program, because texts are compared and not bytes. In the document it is a custom
XML part, beside it ``nama.segel.json``; both hold the same JSON::

    {"schema": 1, "texts": {"9f86d081884c7d65": "Jumlah", …},
     "signatures": [{"by": "Siti, Kasubag", "role": "penyusun", "date": "2026-02-02",
                     "accepted": [{"code": "DOK-014", "place": "…", "message": "…", "reason": "…"}],
                     "texts": ["9f86d081884c7d65", …]}, …]}

``texts`` of a signature are all paragraphs and cells in order, each by the hash of its words.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from lakip_xlsx.checks.dokumen.case import Change
from lakip_xlsx.checks.dokumen.paper import Block, BlockKind, Paper
from lakip_xlsx.checks.near import gaps
from lakip_xlsx.files import pack
from lakip_xlsx.finding import Spot
from lakip_xlsx.numbers import visible
from lakip_xlsx.word.package import add_custom_xml, parts_of
from lakip_xlsx.word.xml import escape, printable

NAMESPACE = "urn:lakip-xlsx:seal:1"
SCHEMA = 1
ROLES = ("penyusun", "inspektorat", "kepala")
"""Who reviews, in the usual order."""
_IDENTITY = "{A3C1B7E2-59D4-4F0B-8E16-6C616B697073}"
_LARGEST = 64 * 2**20  # bytes of a record


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding that was known and accepted when the document was signed."""

    code: str
    place: str
    message: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signature:
    """One person's review."""

    by: str
    role: str
    date: str  # as in ISO 8601
    accepted: tuple[Acceptance, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Who and when, for a sentence."""
        return f"{self.role} {self.by} ({self.date})"


@dataclass(frozen=True, slots=True)
class Record:
    """All reviews of a document, in the order in which they were made."""

    signatures: tuple[Signature, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)

    def signed(self, paper: Paper, signature: Signature) -> Record:
        """The record with one more review, of the document as it is."""
        known = {digest(text): text for text in map(text_of, units(paper))}
        own = tuple(digest(text_of(block)) for block in units(paper))
        made = Signature(signature.by, signature.role, signature.date, signature.accepted, own)
        signatures = (*self.signatures, made)
        needed = {each for one in signatures for each in one.texts}
        return Record(signatures, {key: text for key, text in {**self.texts, **known}.items() if key in needed})

    def as_text(self) -> str:
        """The record as JSON; the same record, the same text."""
        held = [asdict(one) for one in self.signatures]
        whole = {"schema": SCHEMA, "texts": dict(sorted(self.texts.items())), "signatures": held}
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def units(paper: Paper) -> Iterator[Block]:
    """The texts that are signed: all but tables of contents, which are made anew at every save.

    Heads and feet of pages come last and sorted, because programs store them in any order.
    """
    kept = [block for block in paper.blocks if block.kind is not BlockKind.CONTENTS and text_of(block)]
    yield from (block for block in kept if block.kind is not BlockKind.EDGE)
    edges = {text_of(block): block for block in kept if block.kind is BlockKind.EDGE}
    yield from (edges[text] for text in sorted(edges))


def text_of(block: Block) -> str:
    """The words of a text; blanks, and the forms in which letters can be stored, make no difference."""
    return visible(block.text)


def digest(text: str) -> str:
    """A short hash of a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def changes(record: Record, paper: Paper) -> list[Change]:
    """What differs from the document as the last person signed it, in the order of the document."""
    return [] if not record.signatures else list(_changes(record, record.signatures[-1], paper))


def differing(record: Record, signature: Signature, paper: Paper) -> int:
    """How many texts differ from those that one person signed."""
    return sum(1 for _ in _changes(record, signature, paper))


def _changes(record: Record, signature: Signature, paper: Paper) -> Iterator[Change]:
    now = list(units(paper))
    marks = [digest(text_of(block)) for block in now]
    for start, end, begin, stop in _gaps(signature.texts, marks):
        old = [record.texts.get(each, "") for each in signature.texts[start:end]]
        new = now[begin:stop]
        for place in range(max(len(old), len(new))):
            block = new[place] if place < len(new) else None
            was = old[place] if place < len(old) else None
            spot = block.spot if block else now[min(begin, len(now) - 1)].spot if now else Spot("Seluruh dokumen")
            now_said = None if block is None else text_of(block)
            yield Change(spot, was, now_said, signature.name, block.grid if block is not None and was is None else -1)


def _gaps(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """As :func:`gaps`; of very long documents in memory that does not grow with the square of their length."""
    if max(len(left), len(right)) <= _LONG:
        yield from gaps(left, right)
        return
    for kind, start, end, begin, stop in difflib.SequenceMatcher(None, left, right).get_opcodes():
        if kind != "equal":
            yield start, end, begin, stop


_LONG = 20_000  # texts


def inside(document: Document) -> Record | None:
    """The record that a document holds; None if it holds none.

    Raises:
        ValueError: it is damaged.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    for relation in document.part.rels.values():
        if relation.reltype != RT.CUSTOM_XML or relation.is_external or not _is_ours(relation.target_part.blob):
            continue
        try:
            return parsed(etree.fromstring(relation.target_part.blob, parser).text or "")
        except etree.XMLSyntaxError as error:
            raise ValueError("rusak") from error
    return None


def _is_ours(blob: bytes) -> bool:
    return NAMESPACE.encode() in blob[:300]


def put_inside(document: Document, record: Record) -> bytes:
    """The document with the record in the place of an older one, as the bytes of a file."""
    relations = document.part.rels
    for key, relation in list(relations.items()):
        if relation.reltype == RT.CUSTOM_XML and not relation.is_external and _is_ours(relation.target_part.blob):
            del relations[key]
    said = escape(printable(record.as_text()))
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<seal xmlns="{NAMESPACE}">{said}</seal>'.encode()
    add_custom_xml(document, blob, namespace=NAMESPACE, identity=_IDENTITY)
    return pack(parts_of(document))


def beside(document: Path) -> Path:
    """Where the record of a document lies."""
    return document.with_suffix(".segel.json")


def parsed(text: str | bytes) -> Record:
    """A record out of its JSON.

    Raises:
        ValueError: it is none of ours, or damaged.
    """
    if len(text) > _LARGEST:
        raise ValueError("terlalu besar")
    try:
        held: Any = json.loads(text)
        signatures = tuple(_signature(each) for each in held["signatures"])
        texts = {str(key): str(said) for key, said in held["texts"].items()}
    except (KeyError, TypeError, AttributeError, RecursionError, UnicodeDecodeError) as error:
        raise ValueError("bukan catatan lakip-xlsx") from error
    return Record(signatures, texts)


def _signature(held: Any) -> Signature:  # noqa: ANN401 - out of a file
    accepted = tuple(
        Acceptance(*(str(one[name]) for name in ("code", "place", "message", "reason"))) for one in held["accepted"]
    )
    by, role, date = (str(held[name]) for name in ("by", "role", "date"))
    return Signature(by, role, date, accepted, tuple(str(each) for each in held["texts"]))


def order_of(signatures: Sequence[Signature]) -> str:
    """A remark where somebody signs before those who usually come first; empty otherwise."""
    seen: list[str] = []
    for one in signatures:
        missing = [role for role in ROLES[: ROLES.index(one.role)] if role not in seen] if one.role in ROLES else []
        seen.append(one.role)
        if missing and one is signatures[-1]:
            return f"Belum ada catatan dari {' dan '.join(missing)}, yang biasanya lebih dahulu."
    return ""
