"""pandas with python-docx, as its documentation shows: ``add_row().cells``."""

import docx
import pandas as pd
from docx.shared import Pt
from loop import main


def one(blocks: list[dict], template: str, workbook: str, document: str) -> None:
    """Read every sheet into a frame, then build the document block by block."""
    pd.read_excel(workbook, sheet_name=None, header=None, dtype=object)
    report = docx.Document(template)
    for block in blocks:
        if block["kind"] == "text":
            for text in block["texts"]:
                report.add_paragraph(text)
        else:
            table = report.add_table(rows=1, cols=len(block["head"]))
            table.style = "Table Grid"
            put(table.rows[0].cells, block["head"])
            for row in block["rows"]:
                put(table.add_row().cells, row)
    report.save(document)


def put(cells: tuple, texts: list[str]) -> None:
    """Small texts into the cells of a row."""
    for cell, text in zip(cells, texts, strict=True):
        cell.text = text
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(8)


main(one)
