"""Tags in a Word template: found in the text, put together again where Word split them, numbered.

Word splits a tag such as ``{{instansi.nama}}`` over several runs as it pleases. When a template is
read, every tag becomes one run with one private element in it, so that filling never searches text
again, and a value that happens to hold ``{{…}}`` is never taken for a tag.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from docx.oxml.parser import oxml_parser
from lxml import etree

from lakip_xlsx.word.xml import RPR, RUN, TBL, TR, TXBX, Element, P, T, W, ancestor, qn, remove, set_text, text

TAG = qn("w:lakipTag")  # private: Word knows no such element, and none is left in a filled document
_TAG_TEXT = re.compile(r"\{\{([^{}]*)\}\}")
_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*|\.")
_STORIES = {
    qn("w:body"): "",
    qn("w:hdr"): "kepala halaman, ",
    qn("w:ftr"): "kaki halaman, ",
    qn("w:footnotes"): "catatan kaki, ",
    qn("w:endnotes"): "catatan akhir, ",
}
_VISIBLE = tuple(
    qn(f"w:{name}")
    for name in (
        "drawing",
        "pict",
        "object",
        "br",
        "tab",
        "ptab",
        "sym",
        "fldChar",
        "fldSimple",
        "footnoteReference",
        "endnoteReference",
        "noBreakHyphen",
    )
)


class Kind(StrEnum):
    """What a tag does."""

    VALUE = ""
    OPEN = "#"
    INVERTED = "^"
    CLOSE = "/"
    COMMENT = "!"
    MALFORMED = "?"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a template: what it does, what it names, how it is written, where it stands."""

    kind: Kind
    name: str
    shown: str
    place: str
    alone: bool  # nothing else in its paragraph


@dataclass(frozen=True, slots=True)
class Stray:
    """Braces that belong to no tag."""

    place: str


def index_of(element: Element) -> int:
    """The number of a tag element: its place in the list of tags."""
    return int(str(element.get("i")))


def own(paragraph: Element, *names: str) -> Iterator[Element]:
    """Descendants of a paragraph that are its own: not those of a text box inside it."""
    if next(paragraph.iter(TXBX), None) is None:
        yield from paragraph.iter(*names)
        return
    for element in paragraph.iter(*names):
        if ancestor(element, P) is paragraph:
            yield element


def isolate(root: Element, tags: list[Tag], strays: list[Stray]) -> None:
    """Turn every tag of a story (body, header, footer) into a tag element; ``tags`` grows."""
    for paragraph in list(root.iter(P)):
        nodes = list(own(paragraph, T))
        whole = "".join(node.text or "" for node in nodes)
        if "{{" not in whole and "}}" not in whole:
            continue
        place = _place(root, paragraph, whole)
        matches = list(_TAG_TEXT.finditer(whole))
        if "{{" in (rest := _TAG_TEXT.sub("", whole)) or "}}" in rest:
            strays.append(Stray(place))
        first = len(tags)
        found = [_parse(match, place) for match in matches]
        tags.extend(found)
        for number in range(len(matches) - 1, -1, -1):
            _cut(nodes, matches[number].span(), first + number)
        if len(found) == 1 and _nothing_else(paragraph):
            tags[first] = Tag(found[0].kind, found[0].name, found[0].shown, place, alone=True)


def _parse(match: re.Match[str], place: str) -> Tag:
    inside = match[1].strip()
    if inside.startswith("!"):
        return Tag(Kind.COMMENT, "", match[0], place, alone=False)
    kind = Kind(inside[:1]) if inside[:1] in {"#", "^", "/"} else Kind.VALUE
    name = inside[1:].strip() if kind is not Kind.VALUE else inside
    if _NAME.fullmatch(name) is None:
        return Tag(Kind.MALFORMED, name, match[0], place, alone=False)
    return Tag(kind, name, match[0], place, alone=False)


def _cut(nodes: list[Element], span: tuple[int, int], number: int) -> None:
    """Put the tag at this span of the joined text into a run of its own, in the format of its first run."""
    start, end = span
    at = 0
    first: Element | None = None
    for node in nodes:
        length = len(node.text or "")
        left, right = max(start - at, 0), min(end - at, length)
        at += length
        if left >= right:
            continue
        content = node.text or ""
        if first is None:
            first = node
            _split(node, content[:left], number, content[right:])
        else:
            set_text(node, content[right:])


def _split(node: Element, before: str, number: int, after: str) -> None:
    """Split a run at one of its texts: what stands before, the tag, what stands after."""
    run = node.getparent()
    if run is None or run.tag != RUN:
        return
    if not before and not after and all(child is node or child.tag == RPR for child in run):
        _become_tag(node, number)
        return
    tag_run = _same_format(run)
    tag_run.append(oxml_parser.makeelement(TAG, {"i": str(number)}, nsmap=run.nsmap))
    followers = list(node.itersiblings())
    run.addnext(tag_run)
    if after or followers:
        rest = _same_format(run)
        if after:
            rest.append(text(after))
        rest.extend(followers)
        tag_run.addnext(rest)
    set_text(node, before)
    if not before:
        remove(node)
    if all(child.tag == RPR for child in run):
        remove(run)


def _become_tag(node: Element, number: int) -> None:
    """A text that is nothing but a tag, alone in its run."""
    node.attrib.clear()
    node.text = None
    node.tag = TAG
    node.set("i", str(number))


def _same_format(run: Element) -> Element:
    new: Element = oxml_parser.makeelement(RUN, nsmap=run.nsmap)
    properties = run.find(RPR)
    if properties is not None:
        new.append(copy.deepcopy(properties))
    return new


def _nothing_else(paragraph: Element) -> bool:
    """Whether a paragraph shows nothing but its one tag."""
    if any((node.text or "").strip() for node in own(paragraph, T)):
        return False
    return next((item for item in own(paragraph, *_VISIBLE) if not _is_tab_stop(item)), None) is None


def _is_tab_stop(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == qn("w:tabs")


def shows_something(paragraph: Element) -> bool:
    """Whether a paragraph still shows anything: text, a picture, a field, a tag."""
    if next(paragraph.iter(TAG), None) is not None:
        return True
    return not _nothing_else(paragraph)


def _place(root: Element, paragraph: Element, whole: str) -> str:
    """Where a person finds a paragraph: "paragraf 12", "tabel 3, baris 2", with its first words."""
    story = _STORIES.get(str(root.tag), "")
    outer: Element | None = None
    row: Element | None = None
    for element in paragraph.iterancestors(TBL, TR):
        if element.tag == TBL:
            outer = element
        else:
            row = element
    words = whole.strip()
    excerpt = words if len(words) <= 50 else f"{words[:49]}…"
    if outer is not None and row is not None:
        return f'{story}tabel {_nth(outer)}, baris {_nth(row)}: "{excerpt}"'
    box = "kotak teks, " if ancestor(paragraph, TXBX) is not None else ""
    return f'{story}{box}paragraf {_nth(paragraph)}: "{excerpt}"'


_BEFORE = {
    qn(name): etree.XPath(f"count(preceding-sibling::{name})", namespaces={"w": W}) for name in ("w:p", "w:tbl", "w:tr")
}


def _nth(element: Element) -> int:
    """The how-manieth of its kind an element is among its siblings, from 1."""
    before = _BEFORE[str(element.tag)](element)
    return 1 + (int(before) if isinstance(before, float) else 0)
