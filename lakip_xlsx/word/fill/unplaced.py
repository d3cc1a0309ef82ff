"""What the office wrote and a template of its own has no place for: texts of Narasi, and optional tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lakip_xlsx.finding import Cell, Finding
from lakip_xlsx.layouts.outline import Layout, Level
from lakip_xlsx.report.content import Content, Grid, Paragraph, Teks
from lakip_xlsx.word.build.blocks.own import names as own_names
from lakip_xlsx.word.build.blocks.pelengkap import CONTENT, EACH_SASARAN
from lakip_xlsx.word.fill import faults
from lakip_xlsx.word.fill.compiled import load
from lakip_xlsx.word.fill.scope import Frame, lookup
from lakip_xlsx.workbook.book import Table


def unplaced(template: Path, layout: Layout, narasi: Table | None, content: Content) -> Iterator[Finding]:
    """A finding for each text, and for each optional table that is filled, without a tag in the template.

    Raises:
        UnreadableError: the template cannot be opened, or is no Word document.
    """
    names = load(template).names()
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
            yield faults.unplaced(part.title, f"narasi.{part.key}", narasi.cell(row, "teks"))


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
