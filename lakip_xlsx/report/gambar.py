"""The pictures of the report by place: the file's content, its caption, what is said of it."""

from __future__ import annotations

from collections.abc import Sequence

from lakip_xlsx.figures import gambar
from lakip_xlsx.figures.gambar import Place
from lakip_xlsx.numbers import fold
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Image, Node, Teks
from lakip_xlsx.report.source import Source
from lakip_xlsx.workbook import picture
from lakip_xlsx.workbook.book import Table
from lakip_xlsx.workbook.picture import Picture

Row = dict[str, Node]


def compose(source: Source) -> Node:
    """Key of a part → its pictures, of every part of the layout."""
    found = source.once(_placed)
    return {part.key: found.get((Place.PART, part.key), ()) for part in source.layout.parts}


def of(source: Source, place: Place, title: str) -> Sequence[Row]:
    """The pictures of a part of the office's own, or of an attachment."""
    return source.once(_placed).get((place, fold(title)), ())


def _placed(source: Source) -> dict[tuple[Place, str], list[Row]]:
    table = source.book.table("gambar")
    found: dict[tuple[Place, str], list[Row]] = {}
    if table is None:
        return found
    rows = list(gambar.read(source.book, source.layout))
    names = [table.text(each.row, "berkas") for each in rows]
    for each, read in zip(rows, picture.figures(source.book.path.parent, names), strict=True):
        found.setdefault((each.place, each.name), []).append(_picture(table, each.row, read))
    return found


def _picture(table: Table, row: int, data: Picture | str) -> Row:
    """A picture with its texts; a visible gap where the file is no picture."""
    values = {key: table.value(row, key) if key in table else None for key in ("judul", "keterangan")}
    title = src.text(table, row, "judul", values["judul"]) if "judul" in table else src.gap(f"judul {src.EMPTY}")
    remark = Teks(str(values["keterangan"]), (table.cell(row, "keterangan"),)) if values["keterangan"] else None
    if isinstance(data, str):
        shown: Node = src.gap(f"gambar tidak dapat dipakai: {table.text(row, 'berkas')}")
    else:
        alt = ". ".join(text.strip().rstrip(".") for text in (title, remark or "") if text.strip())
        cell = table.cell(row, "berkas")
        shown = Image(data.data, data.width, data.height, f"{alt}.", (cell,), figure=True)
    return {"berkas": shown, "judul": title, "keterangan": remark}
