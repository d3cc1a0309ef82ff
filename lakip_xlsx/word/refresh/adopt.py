"""Takes blocks out of a fresh document into one that people edited, with all that they lead to."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart

from lakip_xlsx.word.build import numbering
from lakip_xlsx.word.fill.anchors import PREFIX, is_ours
from lakip_xlsx.word.fill.compiled import stories
from lakip_xlsx.word.xml import BOOKMARK_END, BOOKMARK_START, SECT_PR, VAL, Element, R, el, qn, remove, val

_ID, _NAME = qn("w:id"), qn("w:name")
_STYLES = (qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_EMBED, _RELATION = f"{{{R}}}embed", f"{{{R}}}id"
_NUM, _ABSTRACT, _NUM_ID = qn("w:num"), qn("w:abstractNum"), qn("w:numId")
_ABSTRACT_ID = qn("w:abstractNumId")


class Adopter:
    """Gives elements of a fresh document a place in another one; ``names`` are its bookmarks, old → new."""

    def __init__(self, fresh: Document, target: Document) -> None:
        self._fresh, self._target = fresh, target
        self._styles = _same_styles(fresh, target)
        self._added: set[str] = set()
        self._nums: dict[str, str] = {}
        self._taken = {str(part.partname) for part in target.part.package.iter_parts()}
        roots = list(stories(target))
        marks = [mark for root in roots for mark in root.iter(BOOKMARK_START)]
        self._next_id = max((_number(mark.get(_ID)) for mark in marks), default=0) + 1
        self._next_name = max((_number(str(mark.get(_NAME)).removeprefix(PREFIX)) for mark in marks), default=0) + 1
        drawings = [mark for root in roots for mark in root.iter(_DOC_PR)]
        self._next_drawing = max((_number(mark.get("id")) for mark in drawings), default=0) + 1
        self.names: dict[str, str] = {}

    def reserve(self, names: Iterator[str]) -> None:
        """Let no new bookmark have one of these names, which the list knows although the document lost them."""
        numbers = (_number(name.removeprefix(PREFIX)) for name in names)
        self._next_name = max([self._next_name, *(number + 1 for number in numbers)])

    def style(self, identity: str) -> str:
        """The style of the target that is named like one of the fresh document's; taken over where there is none."""
        if identity not in self._styles:
            self._take_style(identity)
        return self._styles[identity]

    def like(self, fresh: Element, present: Element) -> None:
        """Note that two paragraphs are the same one, so that what is numbered with one is with the other."""
        one, other = _num_of(fresh), _num_of(present)
        if one and other:
            self._nums.setdefault(one, other)

    def new_name(self, old: str) -> str:
        """A bookmark name that is free in the target, for a bookmark of the fresh document."""
        name = self.names.get(old)
        if name is None:
            name = self.names[old] = f"{PREFIX}{self._next_name}"
            self._next_name += 1
        return name

    def mark(self, start_before: Element, end_after: Element, old: str) -> None:
        """Put the bookmark that a fresh value has around elements of the target."""
        start = el("w:bookmarkStart", {"w:id": str(self._next_id), "w:name": self.new_name(old)})
        start_before.addprevious(start)
        end_after.addnext(el("w:bookmarkEnd", {"w:id": str(self._next_id)}))
        self._next_id += 1

    def take(self, element: Element) -> Element:
        """A copy of an element of the fresh document, fit for the target."""
        taken = copy.deepcopy(element)
        self._bookmarks(taken)
        for reference in list(taken.iter(*_STYLES)):
            reference.set(VAL, self.style(str(reference.get(VAL))))
        for reference in list(taken.iter(_NUM_ID)):
            reference.set(VAL, self._num(str(reference.get(VAL))))
        for section in list(taken.iter(SECT_PR)):
            for child in [*section.findall(qn("w:headerReference")), *section.findall(qn("w:footerReference"))]:
                section.remove(child)
        for drawing in taken.iter(_DOC_PR):
            drawing.set("id", str(self._next_drawing))
            self._next_drawing += 1
        for holder in taken.iter():
            for attribute in (_EMBED, _RELATION):
                key = holder.get(attribute)
                if key is not None:
                    holder.set(attribute, self._relation(key))
        return taken

    def _bookmarks(self, taken: Element) -> None:
        """Ours get new names and ids; the others (of the contents lists) are made anew."""
        kept: dict[str, str] = {}
        for mark in list(taken.iter(BOOKMARK_START, BOOKMARK_END)):
            old = str(mark.get(_ID))
            if mark.tag == BOOKMARK_START and is_ours(str(mark.get(_NAME))):
                mark.set(_NAME, self.new_name(str(mark.get(_NAME))))
                kept[old] = str(self._next_id)
                self._next_id += 1
                mark.set(_ID, kept[old])
            elif mark.tag == BOOKMARK_END and old in kept:
                mark.set(_ID, kept.pop(old))
            else:
                remove(mark)

    def _take_style(self, identity: str) -> None:
        sheet = self._target.styles.element
        self._styles[identity] = identity
        source = next((s for s in self._fresh.styles.element.iter(qn("w:style")) if _style_id(s) == identity), None)
        if source is None:
            return
        style = copy.deepcopy(source)
        for link in [*style.findall(qn("w:link")), *style.iter(qn("w:numPr"))]:
            remove(link)
        for link in (qn("w:basedOn"), qn("w:next")):
            for found in style.findall(link):
                found.set(VAL, self.style(str(found.get(VAL))))
        sheet.append(style)

    def _num(self, identity: str) -> str:
        """The numbering of the target for one of the fresh document: its own where known, else a copy."""
        if identity not in self._nums:
            self._nums[identity] = self._copied_num(identity)
        return self._nums[identity]

    def _copied_num(self, identity: str) -> str:
        source, sheet = numbering.element_of(self._fresh), numbering.element_of(self._target)
        if source is None or sheet is None:
            return "0"
        num = next((n for n in source.iter(_NUM) if n.get(_NUM_ID) == identity), None)
        reference = None if num is None else num.find(_ABSTRACT_ID)
        wanted = None if reference is None else reference.get(VAL)
        abstract = next((a for a in source.iter(_ABSTRACT) if a.get(_ABSTRACT_ID) == wanted), None)
        if num is None or reference is None or abstract is None:
            return "0"
        new = copy.deepcopy(abstract)
        for link in [*new.iter(qn("w:pStyle")), *new.iter(qn("w:styleLink")), *new.iter(qn("w:numStyleLink"))]:
            remove(link)
        number = max((_number(a.get(_ABSTRACT_ID)) for a in sheet.iter(_ABSTRACT)), default=-1) + 1
        new.set(_ABSTRACT_ID, str(number))
        first = sheet.find(_NUM)
        if first is None:
            sheet.append(new)
        else:
            first.addprevious(new)
        copied = copy.deepcopy(num)
        identity = str(max((_number(n.get(_NUM_ID)) for n in sheet.iter(_NUM)), default=0) + 1)
        copied.set(_NUM_ID, identity)
        for old in copied.findall(_ABSTRACT_ID):
            copied.replace(old, val("w:abstractNumId", number))
        [*sheet.iter(_ABSTRACT, _NUM)][-1].addnext(copied)
        return identity

    def _relation(self, key: str) -> str:
        """A relation of the target's main part to a copy of what the fresh document's leads to."""
        relation = self._fresh.part.rels[key]
        if relation.is_external:
            return self._target.part.relate_to(relation.target_ref, relation.reltype, is_external=True)
        return self._target.part.relate_to(self.part(relation.target_part), relation.reltype)

    def part(self, source: Part) -> Part:
        """A copy of a part of the fresh document, with the parts that it leads to."""
        blob = source.blob
        name = self._free(str(source.partname))
        package = self._target.part.package
        made = XmlPart.load if isinstance(source, XmlPart) else Part.load
        new: Part = made(PackURI(name), source.content_type, blob, package)
        for key, relation in source.rels.items():
            inner = self.part(relation.target_part)
            if new.relate_to(inner, relation.reltype) != key:
                raise AssertionError("the relations of a new part are counted as those of its source")
        return new

    def _free(self, name: str) -> str:
        stem, dot, ending = name.rpartition(".")
        base = stem.rstrip("0123456789")
        number = 1
        while f"{base}{number}{dot}{ending}" in self._taken:
            number += 1
        free = f"{base}{number}{dot}{ending}"
        self._taken.add(free)
        return free


def chart_part(document: Document, chart: Element) -> Part | None:
    """The part that a ``c:chart`` in the text leads to."""
    relation = document.part.rels.get(str(chart.get(_RELATION)))
    return None if relation is None or relation.is_external or relation.reltype != RT.CHART else relation.target_part


def _same_styles(fresh: Document, target: Document) -> dict[str, str]:
    """Style of the fresh document → the target's of the same name and type (programs give ids of their own)."""
    known = {_style_name(style): _style_id(style) for style in target.styles.element.iter(qn("w:style"))}
    return {
        _style_id(style): known[_style_name(style)]
        for style in fresh.styles.element.iter(qn("w:style"))
        if _style_name(style) in known
    }


def _style_id(style: Element) -> str:
    return str(style.get(qn("w:styleId")))


def _style_name(style: Element) -> tuple[str, str]:
    name = style.find(qn("w:name"))
    return str(style.get(qn("w:type"))), "" if name is None else str(name.get(VAL)).casefold()


def style_names(document: Document) -> dict[str, str]:
    """The names of a document's styles, in small letters, by id."""
    return {_style_id(style): _style_name(style)[1] for style in document.styles.element.iter(qn("w:style"))}


def _num_of(paragraph: Element) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{_NUM_ID}")
    return "" if found is None else str(found.get(VAL, ""))


def _number(value: str | None) -> int:
    return int(value) if value is not None and value.isdecimal() else 0
