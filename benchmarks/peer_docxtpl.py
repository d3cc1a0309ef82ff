"""docxtpl with openpyxl: the usual way with a template."""

import openpyxl
from docxtpl import DocxTemplate
from loop import main


def one(blocks: list[dict], template: str, workbook: str, document: str) -> None:
    """Read every value, then render the template."""
    book = openpyxl.load_workbook(workbook, data_only=True)
    values = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    context = {f"b{n}": block.get("texts") or block.get("rows") or [] for n, block in enumerate(blocks)}
    report = DocxTemplate(template)
    report.render(context | {"sheets": len(values)}, autoescape=True)
    report.save(document)


main(one)
