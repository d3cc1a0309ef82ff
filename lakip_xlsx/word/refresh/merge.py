"""One refresh: the document that people edited, and a fresh one from the workbook as it is now, into one.

The steps, in their order: every value that both have (:mod:`values`), with the rows of its table
(:mod:`tables`); parts that come and go (:mod:`blocks`); the mark DRAF, captions and contents (:mod:`state`); and
the list of anchors, which from then on says what the workbook said today.
"""

from __future__ import annotations

import copy
import io
from dataclasses import dataclass
from functools import cache, partial

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.word.build.blocks import back_pages, front
from lakip_xlsx.word.fill.anchors import is_list
from lakip_xlsx.word.fill.compiled import open_document
from lakip_xlsx.word.follow.trace import read_list, text_of
from lakip_xlsx.word.refresh import entries, state, tables, values
from lakip_xlsx.word.refresh.blocks import Blocks
from lakip_xlsx.word.refresh.changes import Change
from lakip_xlsx.word.refresh.context import Context
from lakip_xlsx.word.refresh.entries import ROW, TABLE, VALUE, Row, Table, Value
from lakip_xlsx.word.xml import Element, P


@dataclass(frozen=True, slots=True)
class Merged:
    """The document after the merge, what was done, and whether the file is another one now."""

    document: Document
    changes: tuple[Change, ...]
    changed: bool
    moved: bool  # whether anything changed that a reader sees, so that pages may have moved


def merge(old: Document, fresh: bytes, template: bytes, name: str) -> Merged:
    """Merge a fresh document into an old one, which is changed.

    Raises:
        UnreadableError: the old document has no list of anchors, or one of a version that did not name its values.
    """
    listed = read_list(old)
    if listed is None or not any(value.get("field") for value in listed.iter(VALUE)):
        raise UnreadableError(
            f"{name}: dibuat oleh lakip-xlsx versi lama, yang belum mencatat nama isiannya, jadi tidak dapat "
            "disegarkan. Buat dokumen baru dengan lakip-xlsx convert, lalu pindahkan suntingannya."
        )
    new = docx.Document(io.BytesIO(fresh))  # made a moment ago, so it needs no guard
    new_list = read_list(new)
    if new_list is None:
        raise UnreadableError(f"{name}: workbook ini tidak menghasilkan satu nilai pun.")
    try:
        before, after = entries.read(old, listed), entries.read(new, new_list)
    except (ValueError, LookupError) as error:
        raise UnreadableError(f"{name}: daftar jejak di dalam dokumen rusak. Pakai dokumen aslinya.") from error
    context = Context.of(old, before, new, after, cache(partial(fixed_texts, template)))
    _run(context)
    state_changed = state.follow_draft(old, is_draft=bool(state.draft_lines(new)))
    moved = context.log.touched or state_changed
    moved = state.follow_numbers(old) or moved
    listing_changed = _store(old, _new_list(context, new_list))
    return Merged(old, tuple(context.log.changes), moved or listing_changed, moved)


def _run(context: Context) -> None:
    for one, other in context.pairs.values:
        values.merge(context, one, other)
    for table, new in context.pairs.tables:
        tables.merge(context, table, new)
    blocks = Blocks(context)
    blocks.insert_new()
    blocks.drop_gone()


def fixed_texts(template: bytes) -> frozenset[str]:
    """The paragraphs that a template holds as they are, and those of the pages that every document has."""
    body = open_document(template, "Templat").element.body
    pages = [*front.temuan(), *back_pages.pengecualian(), *back_pages.reviu()]
    every = [*body.iter(P), *(line for block in pages for line in block.iter(P))]
    return frozenset(filter(None, (" ".join(text_of(line).split()) for line in every)))


# The list


def _new_list(context: Context, new_list: Element) -> bytes:
    """The list of the fresh document with the bookmarks of the old one."""
    stored = copy.deepcopy(new_list)
    things: dict[Element, Value | Row | Table] = {}
    for value in context.fresh.values:
        things[value.listed] = value
    for table in context.fresh.tables:
        things[table.listed] = table
        things |= {row.listed: row for row in table.rows}
        things |= {value.listed: value for row in table.rows for value in row.values}
    for entry, made in zip(new_list.iter(VALUE, TABLE, ROW), stored.iter(VALUE, TABLE, ROW), strict=True):
        _name(context, things[entry], made)
    return etree.tostring(stored, xml_declaration=True, encoding="UTF-8", standalone=True)


def _name(context: Context, thing: Value | Row | Table, made: Element) -> None:
    """Give an entry of the list the bookmark that its value has in the document."""
    if isinstance(thing, Row):
        return
    before = context.before(thing)
    fresh = made.get("bookmark")
    if before is not None and before.listed.get("bookmark"):
        made.set("bookmark", str(before.listed.get("bookmark")))
    elif before is not None and made.get("column") is not None:
        made.attrib.pop("bookmark", None)
    elif fresh:
        made.set("bookmark", context.adopter.new_name(fresh))


def _store(document: Document, blob: bytes) -> bool:
    """Put the list in place of the old one; whether it says anything else."""
    for relation in document.part.rels.values():
        if relation.reltype == RT.CUSTOM_XML and not relation.is_external and is_list(relation.target_part.blob):
            part: Part = relation.target_part
            if _canonical(part.blob) == _canonical(blob):
                return False
            part._blob = blob
            return True
    return False


def _canonical(blob: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return bytes(etree.tostring(etree.fromstring(blob, parser), method="c14n"))
