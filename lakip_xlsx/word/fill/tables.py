"""Filled tables on paper: columns wide enough for their numbers, joined cells, rows that stay together.

How wide a column must be and how high a row becomes is reckoned from the texts (:mod:`.letters`), because only
Word and its like lay pages out. So a block is kept on one page only where it is low: what is kept together too
eagerly leaves the page before it empty.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docx.document import Document

from lakip_xlsx.word.build import sheet, styles
from lakip_xlsx.word.build import table as build
from lakip_xlsx.word.fill import letters
from lakip_xlsx.word.fill.letters import Look
from lakip_xlsx.word.fill.textrows import (
    MERGED,
    ROWS,
    Join,
    RowStore,
    TextRow,
    first_style,
    is_merged,
    join,
    set_width,
    span_of,
    text_parts,
)
from lakip_xlsx.word.fill.values import width_at
from lakip_xlsx.word.xml import (
    BR,
    TAB,
    TBL,
    TC,
    TR,
    TWIPS_PER_CM,
    VAL,
    Element,
    P,
    T,
    keep_with_next,
    qn,
    set_text,
    style_of,
)

_SOURCE_LINE = "SumberTabel"
_STYLE, _GRID, _COLUMN = qn("w:pStyle"), qn("w:tblGrid"), qn("w:gridCol")
_W, _TYPE = qn("w:w"), qn("w:type")
_LOW, _LOW_WIDE = 6.5 * TWIPS_PER_CM, 4.5 * TWIPS_PER_CM
"""A block as high as this stays on one page; on a page that lies, the second."""
_HIGH, _HIGH_WIDE = 15 * TWIPS_PER_CM, 9 * TWIPS_PER_CM
"""When joined cells have grown as high as this, they are parted."""
_WIDE = 20 * TWIPS_PER_CM
_UNUSED = 0.5  # of its width: what a column without any text keeps
_PADDING, _EDGE = 200, 80  # twips: at the sides of a cell's text, above and below it
_CONTINUED, _LONGEST = " (lanjutan)", 60  # letters of what is said again


def arrange(document: Document, roots: Sequence[Element], store: RowStore) -> None:
    """Put all tables of a document in order; cells are joined before rows are kept, for both look at what is empty."""
    looks, fill = letters.looks(document.styles.element), sheet.heading_fill(document.styles.element)
    for root in roots:
        for table in list(root.iter(TBL)):
            rows = _rows(table, store)
            paper = _fit(table, rows, store, looks)
            if _has_merged(table, store):
                _merge_cells(rows, paper)
            _keep_ends(table, rows, paper)
            if fill != styles.SHADE:
                _recolour(rows, fill)


def _recolour(rows: Sequence[_Row], fill: str) -> None:
    """Give headings the colour of the table style, where they still have ours."""
    for row in rows:
        for shade in row.row.iter(qn("w:shd")) if isinstance(row, _TreeRow) and row.is_heading else ():
            if shade.get(qn("w:fill")) == styles.SHADE:
                shade.set(qn("w:fill"), fill)


class _TreeRow:
    """A row that is a tree, as one among the rows of a table."""

    def __init__(self, row: Element) -> None:
        self.row = row
        self.cells = row.findall(TC)

    @property
    def is_heading(self) -> bool:
        """Whether the row is repeated at the head of every page."""
        return self.row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None

    def spans(self) -> list[int]:
        """How many columns each cell takes."""
        return list(map(span_of, self.cells))

    def merged(self) -> Iterator[tuple[int, bool]]:
        """The columns in which empty cells are joined, each with whether this row's cell is empty."""
        for column, cell in enumerate(self.cells):
            if is_merged(cell):
                yield column, not any(node.text for node in cell.iter(T))

    def join(self, column: int, kind: Join) -> None:
        """Make the cell part of a joined one; what it is already it stays."""
        join(self.cells[column], kind)

    def keep_with_next(self) -> None:
        """Keep the row on the page of the next one."""
        for block in self.row.iter(P):
            keep_with_next(block)

    def texts(self) -> Iterator[tuple[int, str, str]]:
        """Column, text and paragraph style of each cell that takes one column."""
        column = 0
        for cell, span in zip(self.cells, self.spans(), strict=True):
            if span == 1:
                yield column, "".join(str(part) for part in text_parts(cell, {})), first_style(cell)
            column += span

    def go_on(self, column: int, said: str) -> bool:
        """Say in an empty cell what the joined cell above says; False where something unseen stands."""
        slot = next(self.cells[column].iter(T), None)
        if slot is None or next(self.cells[column].iter(BR, TAB), None) is not None:
            return False
        set_text(slot, said)
        return True


_Row = _TreeRow | TextRow


@dataclass(frozen=True, slots=True)
class _Paper:
    """Where a table stands: the widths of its columns, the looks of its texts, how high a kept block may be."""

    widths: Sequence[int]
    looks: Mapping[str, Look]

    @property
    def low(self) -> float:
        """The height in twips up to which a block is kept on one page."""
        return _LOW_WIDE if sum(self.widths) > _WIDE else _LOW

    @property
    def high(self) -> float:
        """The height in twips up to which cells are joined."""
        return _HIGH_WIDE if sum(self.widths) > _WIDE else _HIGH

    def height(self, rows: Iterable[_Row]) -> float:
        """How high rows become, in twips, roughly: as high as the column that holds most, for cells are joined."""
        columns: dict[int, float] = {}
        for row in rows:
            here: dict[int, float] = {}
            for column, text, style in row.texts():
                here[column] = here.get(column, 0.0) + (self._text(column, text, style) if text else 0.0)
            for column, high in here.items():
                columns[column] = columns.get(column, 0.0) + high
        return max(columns.values(), default=0.0)

    def _text(self, column: int, text: str, style: str) -> float:
        look = self.looks.get(style) or self.looks[""]
        return look.lines(text, self.widths[column] - _PADDING) * look.size * 23 + _EDGE


def _rows(table: Element, store: RowStore) -> list[_Row]:
    """The rows of a table, those that are text among them."""
    found: list[_Row] = []
    for item in table.iterchildren(TR, ROWS):
        found += [_TreeRow(item)] if item.tag == TR else store.of(item).rows
    return found


# Widths


def _fit(table: Element, rows: Sequence[_Row], store: RowStore, looks: Mapping[str, Look]) -> _Paper:
    """Give a table the width of its page, and each column room for its longest number and, where it can, word.

    Tables whose widths Word finds by itself, or whose rows are not all alike, stay as they are.
    """
    columns = table.findall(f"{_GRID}/{_COLUMN}")
    told = [str(column.get(_W, "")) for column in columns]
    old = [int(width) if width.isdecimal() else 0 for width in told]
    layout, wanted = table.find(f"{qn('w:tblPr')}/{qn('w:tblLayout')}"), table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
    fixed = layout is not None and layout.get(_TYPE) == "fixed" and all(old)
    if not old or not fixed or wanted is None or not _is_regular(rows, len(old)):
        return _Paper(old, looks)
    percent = str(wanted.get(_W, "")) if wanted.get(_TYPE) == "pct" else ""
    total = sum(old)
    if percent.isdecimal():
        total = width_at(table, total) * int(percent) // 5000
    least, liked = _needs(rows, len(old), looks)
    used = {
        column for row in rows if isinstance(row, TextRow) or not row.is_heading for column, t, _ in row.texts() if t
    }
    shares = [width if column in used or not percent else width * _UNUSED for column, width in enumerate(old)]
    widths = _shared(shares, total, least, liked)
    if widths != old or percent:
        for column, width in zip(columns, widths, strict=True):
            column.set(_W, str(width))
        _set_widths(table, store, widths)
    return _Paper(widths, looks)


def _is_regular(rows: Sequence[_Row], columns: int) -> bool:
    """Whether every row has a cell for every column."""
    return all(
        sum(row.form.spans if isinstance(row, TextRow) else row.spans()) == columns
        for row in {id(row.form) if isinstance(row, TextRow) else id(row): row for row in rows}.values()
    )


def _needs(rows: Sequence[_Row], columns: int, looks: Mapping[str, Look]) -> tuple[list[int], list[int]]:
    """For each column the width of its longest number, and of its longest word."""
    longest: dict[tuple[int, str, bool], str] = {}
    for row in rows:
        for column, text, style in row.texts():
            for word in text.split():
                key = (column, style, word[0].isdigit() or word[:2] == "Rp")
                if len(word) > len(longest.get(key, "")):
                    longest[key] = word
    least, liked = [0] * columns, [0] * columns
    for (column, style, number), word in longest.items():
        width = (looks.get(style) or looks[""]).width(word) + _PADDING
        liked[column] = max(liked[column], width)
        if number:
            least[column] = max(least[column], width)
    return least, liked


def _shared(old: Sequence[float], total: int, least: Sequence[int], liked: Sequence[int]) -> list[int]:
    """The old widths as shares of the total, but wide enough for numbers, and for words as far as there is room."""
    for part in (10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0):
        wanted = [max(number, word * part // 10) for number, word in zip(least, liked, strict=True)]
        if sum(wanted) <= total * 0.97:
            return build.share(old, total, wanted)
    return build.share(old, total)


def _set_widths(table: Element, store: RowStore, widths: Sequence[int]) -> None:
    """Write the widths into all cells, as parts of the table's: it then follows another page."""
    total = sum(widths)
    parts = tuple(build.share(widths, 5000))
    size = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
    if size is not None and size.get(_TYPE) != "pct":
        size.set(_W, str(total))
    for row in table.iterchildren(TR, ROWS):
        if row.tag == ROWS:
            store.of(row).widths = parts
            continue
        at, found = 0, _TreeRow(row)
        for cell, span in zip(found.cells, found.spans(), strict=True):
            set_width(cell, parts[at : at + span])
            at += span


# Joined cells, and rows that stay together


def _has_merged(table: Element, store: RowStore) -> bool:
    """Whether a table has a column in which empty cells are joined."""
    if any(style.get(VAL) in MERGED for style in table.iter(_STYLE)):
        return True
    return any(rows and rows[0].form.merged for rows in (store.of(place).rows for place in table.findall(ROWS)))


def _merge_cells(rows: Sequence[_Row], paper: _Paper) -> None:
    """In the columns that are made for it, an empty cell is joined to the one above it.

    The rows of joined cells stay together while they are low. High ones are parted, and each part says again what
    it belongs to: a page that goes on in the middle is not left without it.
    """
    above: _Row | None = None
    upper: dict[int, bool] = {}
    said: dict[int, str] = {}
    group: list[_Row] = []
    for row in rows:
        here = dict(row.merged())
        empty = [column for column, is_empty in here.items() if is_empty and column in upper]
        if parted := bool(empty) and paper.height([*group, row]) > paper.high:
            empty = [column for column in empty if column not in said or not row.go_on(column, said[column])]
        else:
            said |= _said(row, here)
        for column in empty:
            if above is not None:
                above.join(column, "restart")
            row.join(column, "continue")
        if parted or not empty:
            _keep_together(group, paper)
            group = []
        group.append(row)
        above, upper = row, here
    _keep_together(group, paper)


def _said(row: _Row, here: Mapping[int, bool]) -> dict[int, str]:
    """What the filled ones of a row's joined cells say, as it is said again further down: in short, and as such."""
    found: dict[int, str] = {}
    for column, text, _ in row.texts():
        if here.get(column) is False and text.strip():
            short = textwrap.shorten(text, _LONGEST, placeholder=" …")
            found[column] = f"{short}{_CONTINUED}" if text.strip()[0].isalpha() else short
    return found


def _keep_together(rows: Sequence[_Row], paper: _Paper) -> None:
    """Keep the rows of joined cells on one page, if they are low."""
    for row in rows[:-1] if paper.height(rows) <= paper.low else ():
        row.keep_with_next()


def _stacked(rows: Sequence[_Row], paper: _Paper) -> float:
    """How high rows become that are not joined."""
    return sum(paper.height([row]) for row in rows)


def _keep_ends(table: Element, rows: Sequence[_Row], paper: _Paper) -> None:
    """A low table stays on one page; the last row of a high one (its Jumlah) does not stand alone.

    The last row keeps to the row before it, and to the source line after the table.
    """
    following = table.getnext()
    if following is None or style_of(following) != _SOURCE_LINE:
        return
    headings = sum(1 for row in rows if isinstance(row, _TreeRow) and row.is_heading)
    if not headings:
        return
    low = len(rows) < 40 and _stacked(rows, paper) <= paper.low
    for row in rows[headings:] if low else rows[headings:][-2:]:
        row.keep_with_next()
