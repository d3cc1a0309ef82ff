"""The Word templates of the other tools: the same blocks, each in the tool's own words for a loop."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.shared import Pt

Lines = list[str]
Rows = list[Lines]


@dataclass(frozen=True, slots=True)
class Syntax:
    """How a tool repeats paragraphs, and how it repeats a row: the lines and rows that stand in the template."""

    texts: Callable[[str], Lines]
    rows: Callable[[str, int], Rows]


def _docxtpl_rows(name: str, columns: int) -> Rows:
    blank = [""] * (columns - 1)
    cells = [f"{{{{ r[{n}] }}}}" for n in range(columns)]
    return [[f"{{%tr for r in {name} %}}", *blank], cells, ["{%tr endfor %}", *blank]]


def _docxtemplater_rows(name: str, columns: int) -> Rows:
    cells = [f"{{c{n}}}" for n in range(columns)]
    cells[0] = f"{{#{name}}}{cells[0]}"
    cells[-1] = f"{cells[-1]}{{/{name}}}"
    return [cells]


def _carbone_rows(name: str, columns: int) -> Rows:
    following = [f"{{d.{name}[i+1].c0}}", *[""] * (columns - 1)]
    return [[f"{{d.{name}[i].c{n}}}" for n in range(columns)], following]


SYNTAX = {
    "docxtpl": Syntax(lambda name: [f"{{%p for p in {name} %}}", "{{ p }}", "{%p endfor %}"], _docxtpl_rows),
    "docxtemplater": Syntax(lambda name: [f"{{#{name}}}", "{t}", f"{{/{name}}}"], _docxtemplater_rows),
    "carbone": Syntax(lambda name: [f"{{d.{name}[i].t}}", f"{{d.{name}[i+1].t}}"], _carbone_rows),
}


def make(folder: Path, blocks: list[dict[str, Any]], pandoc: str | None) -> dict[str, Path]:
    """Write the templates; name of the tool → its file. ``plain`` is an empty document."""
    made: dict[str, Path] = {}
    for tool, syntax in SYNTAX.items():
        document = docx.Document()
        for number, block in enumerate(blocks):
            _block(document, f"b{number}", block, syntax)
        made[tool] = folder / f"{tool}.docx"
        document.save(str(made[tool]))
    made["plain"] = folder / "plain.docx"
    docx.Document().save(str(made["plain"]))
    if pandoc and shutil.which(pandoc):
        made["pandoc"] = folder / "reference.docx"
        printed = subprocess.run(
            [pandoc, "--print-default-data-file", "reference.docx"], capture_output=True, check=True
        )
        made["pandoc"].write_bytes(printed.stdout)
    return made


def _block(document: Document, name: str, block: dict[str, Any], syntax: Syntax) -> None:
    if block["kind"] == "text":
        for line in syntax.texts(name):
            document.add_paragraph(line)
        return
    lines = [block["head"], *syntax.rows(name, len(block["head"]))]
    table = document.add_table(rows=len(lines), cols=len(block["head"]))
    table.style = "Table Grid"
    for row, texts in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text).font.size = Pt(8)
