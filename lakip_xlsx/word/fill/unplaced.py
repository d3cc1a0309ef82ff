"""What the office wrote and a template of its own has no place for: texts of Narasi, pictures, and optional tables."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path

from lakip_xlsx.figures import gambar
from lakip_xlsx.figures.gambar import Place
from lakip_xlsx.finding import Cell, Finding
from lakip_xlsx.layouts.outline import Layout, Level
from lakip_xlsx.report.content import Content, Grid, Paragraph, Teks
from lakip_xlsx.word.build.blocks.own import names as own_names
from lakip_xlsx.word.build.blocks.pelengkap import CONTENT, EACH_SASARAN
from lakip_xlsx.word.fill import faults
from lakip_xlsx.word.fill.compiled import load
from lakip_xlsx.word.fill.scope import Frame, lookup
from lakip_xlsx.workbook.book import Book


def unplaced(template: Path, layout: Layout, book: Book, content: Content) -> Iterator[Finding]:
    """A finding for each text and picture, and for each optional table that is filled, without a tag in the template.

    Raises:
        UnreadableError: the template cannot be opened, or is no Word document.
    """
    names, narasi = load(template).names(), book.table("narasi")
    optional = (CONTENT[block] for part in layout.parts for block in part.blocks if block in CONTENT)
    inside = EACH_SASARAN if any(part.level is Level.ANALYSIS for part in layout.parts) else ()
    for wanted in (*optional, *inside, *(f"bagian.{name}" for name in own_names(layout))):
        if not any(f"{name}.".startswith(f"{wanted}.") for name in names):
            groups = _groups(content) if wanted in inside else [content]
            cell = next((cell for group in groups if (cell := _first_cell(group, wanted))), None)
            if cell is not None:
                yield faults.unplaced_table(wanted, cell)
    told: set[str] = set()
    for row, bagian in narasi.column("bagian") if narasi is not None else ():
        part = layout.find_narasi(str(bagian or ""))
        if narasi is None or part is None or not part.level or part.key in told:
            continue
        if f"narasi.{part.key}" not in names and narasi.text(row, "teks"):
            told.add(part.key)
            yield faults.unplaced(f'Teks bagian "{part.title}"', f"narasi.{part.key}", narasi.cell(row, "teks"))
    yield from _pictures(names, layout, book)


def _pictures(names: Container[str], layout: Layout, book: Book) -> Iterator[Finding]:
    """The pictures of the office that a template of its own has no place for."""
    table = book.table("gambar")
    for each in gambar.read(book, layout) if table is not None else ():
        name = f"gambar.{each.name}" if each.place is Place.PART else "gambar"
        if table is not None and each.place is not Place.UNKNOWN and name not in names:
            cell = table.cell(each.row, "berkas")
            yield faults.unplaced(f"Gambar {table.text(each.row, 'berkas')}", name, cell)


def _groups(content: Content) -> list[Content]:
    """The sasaran, each with its analyses."""
    found = content["capaian_sasaran"]
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, Sequence) else []


def _first_cell(content: Content, name: str) -> Cell | None:
    """The first cell that the content of this name comes from; None where there is no content."""
    waiting: list[object] = [lookup(name, (Frame(content),))]
    while waiting:
        node = waiting.pop(0)
        node = node.rows if isinstance(node, Grid) else node.text if isinstance(node, Paragraph) else node
        if isinstance(node, Teks) and node.sources:
            return node.sources[0]
        if isinstance(node, Mapping):
            waiting += node.values()
        elif isinstance(node, Sequence) and not isinstance(node, str):
            waiting += node
    return None
