"""pandoc from generated Markdown, with a reference document; pandas with calamine reads."""

import os
import re
import subprocess

import pandas as pd
from loop import main

PANDOC = os.environ.get("PANDOC", "pandoc")


def one(blocks: list[dict], template: str, workbook: str, document: str) -> None:
    """Read every sheet, write Markdown, let pandoc convert it."""
    pd.read_excel(workbook, sheet_name=None, header=None, dtype=object, engine="calamine")
    lines = []
    for block in blocks:
        if block["kind"] == "text":
            lines += [f"{plain(text)}\n" for text in block["texts"]]
        else:
            lines += [cells(block["head"]), "|" + "---|" * len(block["head"]), *map(cells, block["rows"]), ""]
    command = [PANDOC, "-f", "markdown", "-t", "docx", "--toc", "--reference-doc", template, "-o", document]
    subprocess.run(command, input="\n".join(lines).encode(), check=True)


def cells(row: list[str]) -> str:
    """A line of a table."""
    return "| " + " | ".join(map(plain, row)) + " |"


def plain(text: str) -> str:
    """A text without marks that Markdown would take for its own."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~^@:'\"])", r"\\\1", text)


main(one)
