"""Reads what a Word document says today, whoever wrote it: :class:`~lakip_xlsx.checks.dokumen.paper.Paper`.

Tracked insertions count, deletions do not. What Word or LibreOffice computes anew at every save (page numbers,
the date of today) is left out, so that two saves of one document read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document
from lxml import etree

from lakip_xlsx.checks.dokumen.paper import Block, BlockKind, Grid, Label, Paper, Remark
from lakip_xlsx.finding import Spot
from lakip_xlsx.numbers import fold, squeeze
from lakip_xlsx.word.headings import Counter, StyleFacts, style_facts
from lakip_xlsx.word.inline import Inline, Text
from lakip_xlsx.word.xml import PPR, SDT, TBL, TC, TR, VAL, Element, P, qn, style_of

_ACROSS = {qn(name) for name in ("w:ins", "w:moveTo", "w:customXml", "w:smartTag", "w:sdtContent")} | {SDT}
_EDGES = {"header": "kepala halaman", "footer": "kaki halaman"}
_NOTES = {"footnotes": "catatan kaki", "endnotes": "catatan akhir"}
_LABEL = re.compile(r"(?P<name>Tabel|Gambar|Grafik|Diagram|Bagan|Foto)\s+(?P<number>[0-9]+(?:[.-][0-9]+)*)\b", re.I)
_CHAPTER = re.compile(r"BAB\s+[IVX]{1,5}\b.{0,80}", re.I | re.S)
_PRINTED = {"toc", "table of figures", "tableoffigures", "contents"}
_NOT_OF_THE_REPORT = {"catatan pengecualian", "checklist reviu"}
_FINDINGS, _FINDINGS_END = "judul temuan", "halaman ini tidak termasuk laporan"
_NUMBER_ONLY = re.compile(r"[-+(]?(?:rp\.?\s*)?[0-9][0-9.,]*\s*%?\)?", re.I)
_CAPTION = 160  # letters of a caption
_DEEP = 6  # tables within tables
START = "Awal dokumen"
"""What stands before the first heading is said to be here."""


def read(document: Document) -> Paper:
    """All texts of a document in order: the body, heads and feet of pages, notes."""
    return _Reader(document).read()


@dataclass(slots=True)
class _Path:
    """The headings above a place, and how many paragraphs and tables without a name came since the last."""

    steps: list[tuple[int, str]] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    outside: bool = False

    def __str__(self) -> str:
        return " > ".join(text for _, text in self.steps) or START

    def enter(self, level: int, text: str) -> None:
        """A heading begins a part."""
        self.steps = [step for step in self.steps if step[0] < level]
        self.steps.append((level, text))
        self.paragraphs = self.tables = 0
        if level == 0:
            self.outside = fold(text) in _NOT_OF_THE_REPORT


class _Reader:
    """Walks through the parts of a document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        sheet = document.styles.element
        self._facts: dict[str, StyleFacts] = style_facts(sheet)
        self._names = {str(style.get(qn("w:styleId"))): _style_name(style) for style in sheet.iter(qn("w:style"))}
        self._counter = Counter(document)
        self._paper = Paper()
        self._path = _Path()
        self._place = ""  # of heads, feet and notes
        self._last: Block | None = None  # the paragraph before, if nothing came between
        self._inline = Inline()

    def read(self) -> Paper:
        self._blocks(self._document.element.body)
        for place, root in self._others():
            self._path, self._place, self._last = _Path(), place, None
            self._inline.forget()
            self._blocks(root)
        self._paper.bookmarks = self._inline.bookmarks
        self._comments()
        return self._paper

    def _others(self) -> Iterator[tuple[str, Element]]:
        """The parts besides the body, by what they are; a head that says what another says is told once."""
        seen: set[str] = set()
        for key, relation in sorted(self._document.part.rels.items()):
            kind = relation.reltype.rsplit("/", 1)[-1]
            place = (_EDGES | _NOTES).get(kind)
            if relation.is_external or place is None or key is None:
                continue
            root = _parsed(relation.target_part.blob)
            text = "\n".join(node.text or "" for node in root.iter(qn("w:t")))
            if text not in seen:
                seen.add(text)
                yield place, root

    def _blocks(self, parent: Element, depth: int = 0) -> None:
        for child in parent:
            if child.tag == P:
                self._paragraph(child)
            elif child.tag == TBL and depth < _DEEP:
                self._table(child, depth)
            elif child.tag in _ACROSS or etree.QName(child).localname in {"footnote", "endnote"}:
                self._blocks(child, depth)

    # Paragraphs

    def _paragraph(self, element: Element) -> None:
        style = style_of(element)
        name = self._names.get(style, style)
        said = self._inline.paragraph(element)
        level = None if self._place else self._level(element, style, name, said)
        if level is not None:
            self._path.enter(level, squeeze(f"{self._number(element, style)} {said.text}"))
        text = squeeze(said.text)
        if name == _FINDINGS:
            self._path.outside = True
        if text:
            self._path.paragraphs += 1
            self._add(said, self._kind(name, said, level), name)
        if fold(text).startswith(_FINDINGS_END):
            self._path.outside = False
        for box in said.boxes:
            self._blocks(box)

    def _level(self, element: Element, style: str, name: str, said: Text) -> int | None:
        """The outline level of a heading; None of an ordinary paragraph."""
        if not squeeze(said.text) or said.in_contents or _is_contents(name):
            return None
        facts = self._facts.get(style)
        properties = element.find(PPR)
        own = None if properties is None else properties.find(qn("w:outlineLvl"))
        if own is not None and str(own.get(VAL)).isdigit():
            level = int(str(own.get(VAL)))
            return level if level < 9 else None
        if facts is not None and facts.outline is not None:
            return facts.outline
        return 0 if _CHAPTER.fullmatch(squeeze(said.text)) else None

    def _number(self, element: Element, style: str) -> str:
        facts = self._facts.get(style)
        return self._counter.next(facts.num) if facts is not None and facts.num is not None else ""

    def _kind(self, name: str, said: Text, level: int | None) -> BlockKind:
        if self._place:
            return BlockKind.NOTE if self._place in _NOTES.values() else BlockKind.EDGE
        if said.in_contents or _is_contents(name):
            return BlockKind.CONTENTS
        if level is not None:
            return BlockKind.HEADING
        label = _LABEL.match(squeeze(said.text))
        titled = (
            name == "caption" or said.is_numbered or (len(said.text) < 160 and not said.text.rstrip().endswith("."))
        )
        return BlockKind.CAPTION if label is not None and titled else BlockKind.TEXT

    def _add(self, said: Text, kind: BlockKind, style: str) -> Block:
        label = _LABEL.match(squeeze(said.text)) if kind is BlockKind.CAPTION else None
        ref = f"keterangan {label[0]}" if label else "judul" if kind is BlockKind.HEADING else self._ref(kind)
        block = self._block(said, kind, ref, style)
        if label is not None:
            block.label = Label(label["name"].capitalize(), label["number"])
        self._last = block
        return block

    def _ref(self, kind: BlockKind) -> str:
        number = self._path.paragraphs - (1 if self._path.steps and kind is not BlockKind.HEADING else 0)
        return f"alinea {max(1, number)}"

    def _block(self, said: Text, kind: BlockKind, ref: str, style: str) -> Block:
        heading = self._place.capitalize() or str(self._path)
        spot = Spot(heading, ref, len(self._paper.blocks) + 1)
        block = Block(
            spot, kind, said.text, style, tuple(said.marks), squeeze(said.yellow), tuple(said.leads), None,
            self._path.outside,
        )  # fmt: skip
        self._paper.blocks.append(block)
        self._paper.remarks += (Remark(spot, each, squeeze(text), author) for each, text, author in said.remarks)
        self._inline.settle(spot)
        return block

    # Tables

    def _table(self, table: Element, depth: int) -> None:
        rows = [list(_cells(row)) for row in _rows(table)]
        label, caption = self._named()
        grid = Grid(len(self._paper.grids), label, caption, [], 0, self._path.outside)
        self._paper.grids.append(grid)
        grid.head = _head(table, rows)
        above: list[Block | None] = []
        headings: list[str] = []
        nested: list[Element] = []
        for number, row in enumerate(rows):
            if number == grid.head:
                headings = [grid.heading(column) for column in range(max(map(len, grid.rows), default=0))]
            line: list[Block] = []
            for column, (cell, span, goes_on) in enumerate(row):
                held = above[len(line)] if goes_on and len(line) < len(above) else None
                block = held or self._cell(grid, cell, (number, column, len(line)), headings, nested)
                line += [block] * span
            grid.rows.append(line)
            above = list(line)
        self._last = None
        for inner in nested:
            self._table(inner, depth + 1)

    def _named(self) -> tuple[str, str]:
        """How findings call a table: as its caption does, or by its number in its part."""
        before = self._last
        if before is not None and before.label is not None:
            return f"{before.label.name} {before.label.number}", before.text
        self._path.tables += 1
        return f"tabel ke-{self._path.tables}", ""

    def _cell(
        self, grid: Grid, cell: Element, place: tuple[int, int, int], headings: list[str], nested: list[Element]
    ) -> Block:
        number, column, at = place
        whole = Text()
        for child in _inside(cell):
            if child.tag == P:
                whole.append(self._inline.paragraph(child))
            else:
                nested.append(child)
        if number < grid.head:
            ref = f"{grid.label}, baris judul"
        else:
            title = headings[at] if at < len(headings) else ""
            ref = f"{grid.label}, baris {number - grid.head + 1}, kolom {squeeze(title)[:60] or column + 1}"
        block = self._block(whole, BlockKind.CELL, ref, "")
        block.grid, block.row, block.column = grid.number, number, column
        return block

    # Comments

    def _comments(self) -> None:
        for relation in self._document.part.rels.values():
            if relation.reltype.endswith("/comments") and not relation.is_external:
                for comment in _parsed(relation.target_part.blob).iter(qn("w:comment")):
                    spot = self._inline.commented.get(str(comment.get(qn("w:id"))))
                    text = squeeze(" ".join(node.text or "" for node in comment.iter(qn("w:t"))))
                    author = str(comment.get(qn("w:author"), ""))
                    self._paper.remarks.append(Remark(spot or Spot(START), "komentar", text, author))


def _parsed(blob: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root: Element = etree.fromstring(blob, parser)
    return root


def _style_name(style: Element) -> str:
    name = style.find(qn("w:name"))
    return fold(str(name.get(VAL))) if name is not None else ""


def _is_contents(name: str) -> bool:
    return name in _PRINTED or name.rstrip(" 0123456789") in _PRINTED


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == TR:
            if child.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                yield child
        elif child.tag in _ACROSS:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[tuple[Element, int, bool]]:
    """The cells of a row: how many columns each takes, and whether it goes on from the row above."""
    for child in row:
        if child.tag == TC:
            properties = child.find(qn("w:tcPr"))
            span = None if properties is None else properties.find(qn("w:gridSpan"))
            merge = None if properties is None else properties.find(qn("w:vMerge"))
            wide = str(span.get(VAL)) if span is not None else "1"
            yield child, min(int(wide), 60) if wide.isdigit() else 1, merge is not None and merge.get(VAL) != "restart"
        elif child.tag in _ACROSS:
            yield from _cells(child)


def _inside(cell: Element) -> Iterator[Element]:
    """The paragraphs and tables of a cell."""
    for child in cell:
        if child.tag in {P, TBL}:
            yield child
        elif child.tag in _ACROSS:
            yield from _inside(child)


def _head(table: Element, rows: list[list[tuple[Element, int, bool]]]) -> int:
    """How many rows are headings: as the table says, else the first ones in which no number stands alone."""
    said = 0
    for row in _rows(table):
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
            break
        said += 1
    if said or len(rows) < 2:
        return min(said, len(rows))
    first = [squeeze("".join(node.text or "" for node in cell.iter(qn("w:t")))) for cell, _, _ in rows[0]]
    return 0 if any(_NUMBER_ONLY.fullmatch(text) for text in first) or sum(map(bool, first)) < 2 else 1
