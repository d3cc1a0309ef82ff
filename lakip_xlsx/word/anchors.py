"""Hidden bookmarks around inserted values, and a list in the file that says which cells each came from.

A bookmark whose name begins with an underscore is not shown in Word's list of bookmarks, survives
editing, and moves with its text. The list is a custom XML part of the document.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from lakip_xlsx.finding import Cell
from lakip_xlsx.word.xml import Element, el

NAMESPACE = "urn:lakip-xlsx:anchors:1"
PREFIX = "_lx"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    '<ds:datastoreItem ds:itemID="{5F1A6C1E-0B1D-4E0A-9C55-6C616B697078}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()
_FIRST_ID = 1_000_000  # away from the ids of the template; all are made unique at the end


class Anchors:
    """The anchors of one document."""

    def __init__(self) -> None:
        self._cells: list[str] = []

    def around(self, run: Element, sources: Sequence[Cell]) -> None:
        """Put a hidden bookmark around a run."""
        number = len(self._cells) + 1
        self._cells.append(" ".join(_address(cell) for cell in sources))
        identity = str(_FIRST_ID + number)
        run.addprevious(el("w:bookmarkStart", {"w:id": identity, "w:name": f"{PREFIX}{number}"}))
        run.addnext(el("w:bookmarkEnd", {"w:id": identity}))

    def attach(self, document: Document) -> None:
        """Store the list of anchors and their cells in the document."""
        if not self._cells:
            return
        root = etree.Element(f"{{{NAMESPACE}}}anchors", nsmap={None: NAMESPACE})
        for number, cells in enumerate(self._cells, 1):
            etree.SubElement(root, f"{{{NAMESPACE}}}a", n=f"{PREFIX}{number}", cells=cells)
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = document.part.package
        taken = {str(part.partname) for part in package.iter_parts()}
        number = next(n for n in range(1, len(taken) + 2) if f"/customXml/item{n}.xml" not in taken)
        part = Part(PackURI(f"/customXml/item{number}.xml"), "application/xml", blob, package)
        properties = Part(PackURI(f"/customXml/itemProps{number}.xml"), _PROPERTIES_TYPE, _PROPERTIES, package)
        part.relate_to(properties, RT.CUSTOM_XML_PROPS)
        document.part.relate_to(part, RT.CUSTOM_XML)


def _address(cell: Cell) -> str:
    """``'Anggaran Sasaran'!D14``, as Excel writes a cell of another sheet."""
    quoted = cell.sheet.replace("'", "''")
    return f"'{quoted}'!{cell.ref}" if cell.ref else f"'{quoted}'"
