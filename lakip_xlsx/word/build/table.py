"""Tables of the report: declared as columns, built as WordprocessingML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lakip_xlsx.report.content import Align
from lakip_xlsx.word.build.styles import SHADE, SIGNATURES, TABLE, TEXT_WIDTH
from lakip_xlsx.word.xml import Element, el, paragraph, val

_BODY = {Align.LEFT: "IsiTabel", Align.CENTER: "IsiTabelTengah", Align.RIGHT: "IsiTabelAngka"}
_MERGED = {Align.LEFT: "IsiTabelGabung", Align.CENTER: "IsiTabelGabungTengah", Align.RIGHT: "IsiTabelAngka"}
_TOTAL = {Align.LEFT: "JumlahTabel", Align.CENTER: "JumlahTabel", Align.RIGHT: "JumlahTabelAngka"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, share of the width, the tag in its rows; ``group`` is a heading above several.

    In a ``merged`` column an empty cell belongs to the one above it: they become one cell.
    """

    heading: str
    width: float
    tag: str
    align: Align = Align.LEFT
    group: str = ""
    merged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """A table of the template.

    ``rows`` names the sequence whose items are the rows; ``total`` names the mapping whose values
    ``total_tags`` fill the last cells of a Jumlah row, the word Jumlah stands in the cells before;
    ``marker`` is the text shown in one wide row when ``absent`` is absent; ``small`` sets forms of many columns in
    smaller letters.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: str
    marker: str = ""
    absent: str = ""
    total: str = ""
    total_tags: tuple[str, ...] = ()
    width: int = TEXT_WIDTH
    small: bool = False


def room(letters: int) -> int:
    """Twips that a heading word of so many letters needs in a cell."""
    return letters * 115 + 200


def share(widths: Sequence[float], total: int, least: Sequence[int] = ()) -> list[int]:
    """Whole twips for shares of a width; they add up to the total exactly.

    A column gets its ``least`` width, if all of them fit, at the cost of the others.
    """
    narrow = _too_narrow(widths, total, least)
    if narrow:
        rest = total - sum(least[number] for number in narrow)
        others = sum(width for number, width in enumerate(widths) if number not in narrow)
        widths = [least[n] if n in narrow else width * rest / others for n, width in enumerate(widths)]
    whole = sum(widths)
    edges = [round(total * sum(widths[: number + 1]) / whole) for number in range(len(widths))]
    return [edge - start for start, edge in zip([0, *edges], edges, strict=False)]


def _too_narrow(widths: Sequence[float], total: int, least: Sequence[int]) -> set[int]:
    """The columns to widen: widening some takes from the others, so look again until none is left."""
    narrow: set[int] = set()
    while True:
        rest = total - sum(least[number] for number in narrow)
        others = sum(width for number, width in enumerate(widths) if number not in narrow)
        found = {n for n, width in enumerate(least) if n not in narrow and widths[n] * rest < width * others}
        if not found:
            return narrow
        narrow |= found
        if len(narrow) == len(widths) or sum(least[number] for number in narrow) >= total:
            return set()


def frame(widths: Sequence[int], style: str = TABLE) -> Element:
    """An empty table of fixed column widths in the look of the report."""
    look = {"w:val": "0020", "w:firstRow": "1", "w:lastRow": "0", "w:firstColumn": "0", "w:lastColumn": "0"}
    properties = el(
        "w:tblPr",
        None,
        val("w:tblStyle", style),
        el("w:tblW", {"w:w": "5000", "w:type": "pct"}),  # all of the line: the table follows the page
        el("w:tblLayout", {"w:type": "fixed"}),
        el("w:tblLook", {**look, "w:noHBand": "1", "w:noVBand": "1"}),
    )
    grid = el("w:tblGrid", None, *(el("w:gridCol", {"w:w": str(width)}) for width in widths))
    return el("w:tbl", None, properties, grid)


def cell(width: int, content: Element, *, span: int = 1, merge: str = "", heading: bool = False) -> Element:
    """A table cell; ``merge`` is "restart" or "continue" for cells joined downwards."""
    items = [el("w:tcW", {"w:w": str(width), "w:type": "dxa"})]
    if span > 1:
        items.append(val("w:gridSpan", span))
    if merge:
        items.append(val("w:vMerge", merge))
    if heading:
        items += [el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": SHADE}), val("w:vAlign", "center")]
    return el("w:tc", None, el("w:tcPr", None, *items), content)


def row(*cells: Element, heading: bool = False) -> Element:
    """A table row that is not split over pages; heading rows repeat on every page."""
    properties = el("w:trPr", None, el("w:cantSplit"))
    if heading:
        properties.append(el("w:tblHeader"))
    return el("w:tr", None, properties, *cells)


def heading_cell(width: int, text: str, *, span: int = 1, merge: str = "") -> Element:
    """A cell of a heading row."""
    return cell(width, paragraph("KepalaTabel", text), span=span, merge=merge, heading=True)


def body_cell(width: int, text: str, align: Align) -> Element:
    """A cell of an ordinary row."""
    return cell(width, paragraph(_BODY[align], text))


def build(spec: TableSpec) -> Element:
    """The table with its heading rows, the repeated row, the row for "absent" and the Jumlah row."""
    widths = share([column.width for column in spec.columns], spec.width)
    table = frame(widths)
    table.extend(_heading_rows(spec, widths))
    table.append(_repeated_row(spec, widths))
    if spec.marker:
        absent = f"{{{{^{spec.absent}}}}}{{{{{spec.marker}}}}}{{{{/{spec.absent}}}}}"
        table.append(row(cell(sum(widths), paragraph("IsiTabelTengah", absent), span=len(widths))))
    if spec.total_tags:
        table.append(_total_row(spec, widths))
    return table


def _heading_rows(spec: TableSpec, widths: list[int]) -> list[Element]:
    if not any(column.group for column in spec.columns):
        cells = [heading_cell(width, column.heading) for column, width in zip(spec.columns, widths, strict=True)]
        return [row(*cells, heading=True)]
    upper: list[Element] = []
    lower: list[Element] = []
    columns = list(zip(spec.columns, widths, strict=True))
    for (number, group), members in groupby(enumerate(columns), key=lambda item: _group_key(*item)):
        inside = [member for _, member in members]
        if group:
            upper.append(heading_cell(sum(width for _, width in inside), group, span=len(inside)))
            lower += [heading_cell(width, column.heading) for column, width in inside]
        else:
            column, width = columns[number]
            upper.append(heading_cell(width, column.heading, merge="restart"))
            lower.append(heading_cell(width, "", merge="continue"))
    return [row(*upper, heading=True), row(*lower, heading=True)]


def _group_key(number: int, item: tuple[Column, int]) -> tuple[int, str]:
    """Columns of one group fall together; a column without a group stands alone."""
    group = item[0].group
    return (-1, group) if group else (number, "")


def _repeated_row(spec: TableSpec, widths: list[int]) -> Element:
    texts = [f"{{{{{column.tag}}}}}" for column in spec.columns]
    texts[0] = f"{{{{#{spec.rows}}}}}{texts[0]}"
    texts[-1] = f"{texts[-1]}{{{{/{spec.rows}}}}}"
    columns = zip(widths, texts, spec.columns, strict=True)
    return row(*(cell(width, paragraph(_style(column, spec), text)) for width, text, column in columns))


def _style(column: Column, spec: TableSpec) -> str:
    style = _MERGED[column.align] if column.merged else _BODY[column.align]
    return style.replace("IsiTabel", "IsiFormulir") if spec.small else style


def _total_row(spec: TableSpec, widths: list[int]) -> Element:
    """The word Jumlah over the first columns, then the totals; shown only with the mapping ``total``."""
    label = len(widths) - len(spec.total_tags)
    texts = [f"{{{{{tag}}}}}" if tag else "" for tag in spec.total_tags]
    texts[-1] += f"{{{{/{spec.total}}}}}"
    first = cell(sum(widths[:label]), paragraph("JumlahTabel", f"{{{{#{spec.total}}}}}Jumlah"), span=label)
    aligns = [column.align for column in spec.columns[label:]]
    rest = zip(widths[label:], texts, aligns, strict=True)
    return row(first, *(cell(width, paragraph(_TOTAL[align], text)) for width, text, align in rest))


def signatures(width: int, *parties: Sequence[Sequence[tuple[str, str]]]) -> Element:
    """Signatures side by side without lines: each party has as many cells, a cell its (style, text) paragraphs.

    The first row names the parties; the names to sign over stand at the same height.
    """
    widths = share([1] * len(parties), width)
    table = frame(widths, SIGNATURES)
    for number, level in enumerate(zip(*parties, strict=True)):
        cells = []
        for each, lines in zip(widths, level, strict=True):
            first, *rest = (paragraph(style, text) for style, text in lines)
            holder = cell(each, first)
            holder.extend(rest)
            cells.append(holder)
        table.append(row(*cells, heading=number == 0))
    return table


def grid(headings: Sequence[str], widths: Sequence[int]) -> Element:
    """A table with its heading row only, for a table whose columns depend on the data. Widths in twips."""
    table = frame(widths)
    table.append(row(*(heading_cell(width, text) for width, text in zip(widths, headings, strict=True)), heading=True))
    return table
