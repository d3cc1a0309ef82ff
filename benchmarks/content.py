"""What a finished report says, apart from how: the texts that the other tools are asked to place.

They get it ready made, so that all documents hold the same tables, rows and words; reading the workbook,
and placing and writing everything, is left to them.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def blocks(path: Path) -> list[dict[str, Any]]:
    """Groups of paragraphs and tables, in the order of the document; of a table the first row is its head."""
    found: list[dict[str, Any]] = []
    for element in _body(path):
        if element.tag == f"{_W}tbl":
            rows = [[_text(cell) for cell in row.iter(f"{_W}tc")] for row in element.iter(f"{_W}tr")]
            columns = max(map(len, rows))
            padded = [row + [""] * (columns - len(row)) for row in rows]
            found.append({"kind": "table", "head": padded[0], "rows": padded[1:]})
        elif text := _text(element).strip():
            if not found or found[-1]["kind"] != "text":
                found.append({"kind": "text", "texts": []})
            found[-1]["texts"].append(text)
    return found


def size(path: Path) -> tuple[int, int, int]:
    """Tables, rows and words of a document, whoever made it."""
    body = _body(path)
    words = sum(len(_text(paragraph).split()) for paragraph in body.iter(f"{_W}p"))
    return len(list(body.iter(f"{_W}tbl"))), len(list(body.iter(f"{_W}tr"))), words


def _body(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"), etree.XMLParser(huge_tree=True))
    body = root.find(f"{_W}body")
    if body is None:
        raise ValueError(f"{path}: no body")
    return body


def _text(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{_W}t"))
