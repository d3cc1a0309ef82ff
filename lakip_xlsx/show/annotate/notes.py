"""Notes on cells: the comments part of a sheet and the drawing that shows its boxes.

A cell that has a note already keeps it; ours is written below. A threaded comment is a conversation
between people, with a placeholder as its note: it is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.finding import Cell, column_letters
from lakip_xlsx.show.annotate import texts
from lakip_xlsx.show.annotate.parts import Parts
from lakip_xlsx.show.annotate.sheet_xml import Place, SheetXml
from lakip_xlsx.show.annotate.vml import Boxes

AUTHOR = "lakip-xlsx"
MOST = 2_000
"""Notes on one sheet; with more of them Excel becomes slow."""

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_THREADED = "tc="
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Entries = Sequence[tuple[str, str]]  # heading and text of each finding on a cell


class _Comments:
    """A comments part."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        found = root.find("{*}commentList")
        self._list = self._sub(root, "commentList") if found is None else found
        self._held = {str(each.get("ref")): each for each in self._list.iterfind("{*}comment")}

    def find(self, reference: str) -> etree._Element | None:
        """The note on a cell."""
        return self._held.get(reference)

    def threaded(self, comment: etree._Element) -> bool:
        """Whether a note only stands in for a threaded comment."""
        authors = [author.text or "" for author in self.root.iterfind("{*}authors/{*}author")]
        number = comment.get("authorId", "")
        return number.isdigit() and int(number) < len(authors) and authors[int(number)].startswith(_THREADED)

    def add(self, reference: str) -> etree._Element:
        """A new, empty note on a cell."""
        comment = self._sub(self._list, "comment", ref=reference, authorId=str(self._author()))
        self._sub(comment, "text")
        self._held[reference] = comment
        return comment

    def write(self, comment: etree._Element, entries: Entries) -> str:
        """Add our text to a note; returns the whole text that it now holds."""
        text = comment.find("{*}text")
        if text is None:
            text = self._sub(comment, "text")
        plain = text.find("{*}t")
        if plain is not None:  # runs may not follow a plain text
            run = self._element("r")
            text.insert(0, run)
            run.append(plain)
        after = [index for index, child in enumerate(text) if str(child.tag).endswith("}r")]
        position = after[-1] + 1 if after else 0
        for heading, body in entries:
            gap = "\n\n" if position else ""
            for value, bold in ((f"{gap}{heading}", True), (f"\n{body}", False)):
                text.insert(position, self._run(texts.clean(value), bold=bold))
                position += 1
        return "".join(run.text or "" for run in text.iterfind("{*}r/{*}t"))

    def all(self) -> list[tuple[Place, str]]:
        """Every note: its place and its text."""
        found = []
        for reference, comment in self._held.items():
            place = _place(reference)
            if place is not None:
                found.append((place, "".join(run.text or "" for run in comment.iterfind("{*}text//{*}t"))))
        return found

    def _run(self, value: str, *, bold: bool) -> etree._Element:
        run, properties = self._element("r"), self._element("rPr")
        if bold:
            properties.append(self._element("b"))
        for name, held in (("sz", "9"), ("color", ""), ("rFont", "Tahoma"), ("family", "2")):
            properties.append(self._element(name, **({"indexed": "81"} if name == "color" else {"val": held})))
        run.append(properties)
        text = self._sub(run, "t")
        text.text = texts.excel_escape(value)
        text.set(_SPACE, "preserve")
        return run

    def _author(self) -> int:
        authors = self.root.find("{*}authors")
        if authors is None:
            authors = self._element("authors")
            self.root.insert(0, authors)
        names = [author.text or "" for author in authors.iterfind("{*}author")]
        if AUTHOR not in names:
            self._sub(authors, "author").text = AUTHOR
            names.append(AUTHOR)
        return names.index(AUTHOR)

    def _element(self, name: str, **attributes: str) -> etree._Element:
        return self.root.makeelement(f"{{{etree.QName(self.root).namespace}}}{name}", attributes)

    def _sub(self, parent: etree._Element, name: str, **attributes: str) -> etree._Element:
        element = self._element(name, **attributes)
        parent.append(element)
        return element


def add_notes(
    parts: Parts, workbook: str, part: str, sheet: SheetXml, notes: Mapping[Place, Entries]
) -> frozenset[Place]:
    """Put notes on cells of a sheet; returns the places that could not get one."""
    try:
        boxes = _boxes(parts, part, sheet)
        comments_part = parts.target(part, "comments")
        old = None if comments_part is None else parts.xml(comments_part)
    except UnreadableError:  # a drawing that only Excel understands: not worth breaking
        return frozenset(notes)
    comments = _Comments(_empty() if old is None else old)
    if old is not None and boxes.new:
        for place, text in comments.all():
            boxes.show(place, text, sheet.sizes)
    done = set()
    for place, entries in sorted(notes.items()):
        reference = f"{column_letters(place[1])}{place[0]}"
        comment = comments.find(reference)
        if comment is not None and comments.threaded(comment):
            continue
        text = comments.write(comments.add(reference) if comment is None else comment, entries)
        boxes.show(place, text, sheet.sizes)
        done.add(place)
    if done:
        _save(parts, workbook, part, sheet, comments_part, comments, boxes)
    return frozenset(notes.keys() - done)


def _empty() -> etree._Element:
    root = etree.Element(f"{{{_MAIN}}}comments", nsmap={None: _MAIN})
    etree.SubElement(root, f"{{{_MAIN}}}authors")
    return root


def _boxes(parts: Parts, part: str, sheet: SheetXml) -> Boxes:
    """The drawing of a sheet's notes, or a new one.

    Raises:
        UnreadableError: it is there but cannot be changed.
    """
    used = {number for name in parts.names(".vml") for number in Boxes.blocks_of(parts.read(name))}
    if sheet.legacy_drawing is None:
        return Boxes(None, None, used)
    _, target = parts.relations(part).get(sheet.legacy_drawing, ("", ""))
    return Boxes(target, parts.xml(target), used)


def _save(
    parts: Parts,
    workbook: str,
    part: str,
    sheet: SheetXml,
    comments_part: str | None,
    comments: _Comments,
    boxes: Boxes,
) -> None:
    folder = workbook.rpartition("/")[0]
    base = f"{folder}/" if folder else ""
    if comments_part is None:
        comments_part = parts.free_name(f"{base}comments{{}}.xml")
        parts.relate(part, f"{_RELATED}/comments", comments_part)
        parts.declare(comments_part, _COMMENTS_TYPE)
    parts.put_xml(comments_part, comments.root)
    drawing = boxes.part
    if drawing is None:
        drawing = parts.free_name(f"{base}drawings/vmlDrawing{{}}.vml")
        sheet.add_notes_drawing(parts.relate(part, f"{_RELATED}/vmlDrawing", drawing), _RELATED)
        parts.declare(drawing, _VML_TYPE)
    parts.put(drawing, etree.tostring(boxes.root, encoding="UTF-8"))


def _place(reference: str) -> Place | None:
    cell = Cell("", reference.replace("$", "").upper())
    return cell.position if cell.position != (0, 0) else None
