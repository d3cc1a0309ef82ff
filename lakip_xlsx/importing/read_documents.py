"""Foreign tables and chapters out of Word."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
from docx.oxml.text.paragraph import CT_P

from lakip_xlsx import numbers
from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard import limits, ooxml
from lakip_xlsx.guard.sniff import WORD
from lakip_xlsx.importing.grid import Chapter, Content, Grid, Medium, Merge, Source
from lakip_xlsx.numbers import squeeze
from lakip_xlsx.word.fill.anchors import is_list
from lakip_xlsx.word.follow.trace import text_of
from lakip_xlsx.word.headings import StyleFacts, style_facts
from lakip_xlsx.word.xml import qn

_TITLES = 40  # paragraphs at the beginning of a document in which its year stands
_BEFORE = 4  # texts in front of a table that are kept
_DEEPEST = 6  # of tables within tables
_WIDEST = 200  # columns of a table
_LEVELS = 9


def read_word(path: Path) -> Source:
    """The tables of a Word document in their order, and its chapters.

    Raises:
        UnreadableError: it is no Word document, or damaged.
    """
    data = ooxml.read_word(path, allowed=limits.DOCUMENT)
    with ooxml.open_word(data, path.name, allowed=limits.DOCUMENT) as package:
        ooxml.built(package)
    try:
        document = Document(io.BytesIO(data))
        parts = (each.target_part for each in document.part.rels.values() if each.reltype == RT.CUSTOM_XML)
        reader = _Reader(
            path.name, style_facts(document.styles.element), ours=any(is_list(each.blob) for each in parts)
        )
        return reader.read(document.element.body)
    except (KeyError, ValueError, AttributeError, IndexError, RecursionError) as error:  # parts that python-docx trusts
        raise UnreadableError(f"{path.name}: susunan dokumen ini tidak dapat dibaca. {WORD.save_as}") from error


class _Reader:
    """Walks through a document, and keeps what stood before."""

    def __init__(self, file: str, styles: dict[str, StyleFacts], *, ours: bool) -> None:
        self._styles = styles
        self._ours = ours  # written by this program: a point parts thousands, a comma stands before decimals
        self._source = Source(file, Medium.WORD, [])
        if ours:
            self._source.notes.append("dokumen buatan lakip-xlsx; titik dibaca sebagai pemisah ribuan")
        self._recent: list[str] = []
        self._heads: list[tuple[int, str]] = []
        self._paragraphs: list[str] = []

    def read(self, body: object) -> Source:
        """All that stands in the body."""
        for element in _blocks(body):
            if isinstance(element, CT_P):
                self._paragraph(element)
            else:
                self._table(element, 0)
        self._close()
        return self._source

    def _paragraph(self, element: CT_P) -> None:
        text = squeeze(text_of(element))
        if not text:
            return
        if len(self._source.title) < _TITLES:
            self._source.title.append(text)
        self._recent = [*self._recent[1 - _BEFORE :], text]
        level = self._level(element)
        if level is None:
            numbered = self._is_item(element) and not text[:2].startswith("- ")
            self._paragraphs.append(f"- {text}" if numbered else text)
            return
        self._close()
        self._heads = [head for head in self._heads if head[0] < level]
        self._heads.append((level, text))

    def _level(self, element: CT_P) -> int | None:
        properties = element.find(qn("w:pPr"))
        own = None if properties is None else properties.find(qn("w:outlineLvl"))
        if own is not None:
            value = str(own.get(qn("w:val")))
            return int(value) if value.isdigit() and int(value) < _LEVELS else None
        facts = self._styles.get(element.style or "")
        return None if facts is None else facts.outline

    def _is_item(self, element: CT_P) -> bool:
        """Whether a paragraph is an item of a list."""
        properties = element.find(qn("w:pPr"))
        facts = self._styles.get(element.style or "")
        return (properties is not None and properties.find(qn("w:numPr")) is not None) or bool(facts and facts.num)

    def _close(self) -> None:
        """Keep the chapter that ends here."""
        if self._heads and self._paragraphs:
            *above, (_, title) = self._heads
            self._source.chapters.append(Chapter(title, tuple(self._paragraphs), tuple(text for _, text in above)))
        self._paragraphs = []

    def _table(self, table: CT_Tbl, depth: int) -> None:
        number = len(self._source.grids) + 1
        grid = Grid(self._source.file, f"tabel {number}", Medium.WORD, {}, before=list(self._recent))
        self._source.grids.append(grid)
        open_: dict[int, tuple[int, int]] = {}  # column → first row and last column of a vertical merge
        merged: dict[tuple[int, int], Merge] = {}
        rows = [row for row in table.tr_lst if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        for at, row in enumerate(rows, start=1):
            for column, width, vertical, cell in _cells(row):
                last = column + width - 1
                start = open_.get(column)
                if vertical == "continue" and start is not None and start[1] == last:
                    merged[start[0], column] = (start[0], column, at, last)
                    continue
                open_.pop(column, None)
                text = _text(cell)
                if text:
                    grid.rows.setdefault(at, {})[column] = Content(_settled(text) if self._ours else text)
                    if len(self._source.title) < _TITLES:
                        self._source.title.append(text)
                if vertical:
                    open_[column] = (at, last)
                if width > 1:
                    merged[at, column] = (at, column, at, last)
                if depth < _DEEPEST:
                    for inner in cast("list[CT_Tbl]", cell.findall(qn("w:tbl"))):
                        self._table(inner, depth + 1)
        grid.merges = list(merged.values())


def _settled(text: str) -> str:
    """A number with two readings as the one that this program writes."""
    if not isinstance(numbers.parse(text), numbers.Ambiguous):
        return text
    grouped = re.sub(r"([0-9])\.([0-9]{3})(?![0-9])", r"\1\2", text, count=1)
    return re.sub(r"([0-9]),([0-9]{3})(?![0-9])", r"\1,\g<2>0", grouped, count=1)


def _blocks(element: object) -> Iterator[CT_P | CT_Tbl]:
    """Paragraphs and tables in their order, also those inside content controls."""
    for child in element.iterchildren():  # type: ignore[attr-defined]
        if isinstance(child, CT_P | CT_Tbl):
            yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
            yield from _blocks(child)


def _cells(row: CT_Row) -> Iterator[tuple[int, int, str, CT_Tc]]:
    """First column, width, vertical merge and element of the cells of a row."""
    column = 1 + row.grid_before
    for cell in row.iterchildren(qn("w:tc"), qn("w:sdt")):
        found = cell.find(f"{qn('w:sdtContent')}/{qn('w:tc')}") if cell.tag == qn("w:sdt") else cell
        inner = cast("CT_Tc | None", found)
        if inner is None or column > _WIDEST:
            continue
        width = min(max(1, inner.grid_span), _WIDEST)
        yield column, width, inner.vMerge or "", inner
        column += width


def _text(cell: CT_Tc) -> str:
    """The text of a cell, its paragraphs as lines."""
    lines = (squeeze(text_of(each)) for each in cell.iterchildren(qn("w:p")))
    return "\n".join(line for line in lines if line)
