"""The list of sheets of a workbook, with the sheet of findings put in front."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.show.annotate.parts import Parts
from lakip_xlsx.show.annotate.sheet_temuan import HEADING_ROW, LAST_COLUMN
from lakip_xlsx.workbook.sheets import TEMUAN

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_AFTER_NAMES = frozenset(
    {
        "calcPr",
        "oleSize",
        "customWorkbookViews",
        "pivotCaches",
        "smartTagPr",
        "smartTagTypes",
        "webPublishing",
        "fileRecoveryPr",
        "webPublishObjects",
        "extLst",
    }
)
"""Children of a workbook that stand after its defined names."""
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the file: its name and its part; ``cells`` is False for a sheet that is only a chart."""

    name: str
    part: str
    cells: bool


class WorkbookXml:
    """The workbook part."""

    def __init__(self, parts: Parts) -> None:
        part = parts.target("", "officeDocument")
        if part is None:
            raise UnreadableError("Berkas ini bukan workbook Excel, atau rusak.")
        self.part = part
        self.folder = f"{part.rpartition('/')[0]}/" if "/" in part else ""
        self._parts = parts
        self._root = parts.xml(part)
        self.namespace = etree.QName(self._root).namespace or ""
        relations = parts.relations(part)
        self.sheets = [
            Sheet(str(entry.get("name", "")), target, type_.endswith("/worksheet"))
            for entry in self._entries()
            for type_, target in (relations.get(_relation(entry)[1], ("", "")),)
            if target in parts
        ]
        self._related = next((type_.rpartition("/")[0] for type_, target in relations.values() if target in parts), "")

    @property
    def strict(self) -> bool:
        """Whether the file follows the strict form of the standard, which has no drawings for notes."""
        return self.namespace == _STRICT

    @property
    def related(self) -> str:
        """The base of the types of relationships in this file."""
        return self._related

    def free_sheet_name(self) -> str:
        """The name for the sheet of findings; the office may have a sheet of that name."""
        held = {sheet.name.lower() for sheet in self.sheets}
        number = 2
        for name in TEMUAN:
            if name.lower() not in held:
                return name
        while f"{TEMUAN[-1]} {number}".lower() in held:
            number += 1
        return f"{TEMUAN[-1]} {number}"

    def put_in_front(self, name: str, data: bytes, last_row: int) -> None:
        """Add a sheet as the first and open one, with its filter and its repeated headings."""
        part = self._parts.free_name(f"{self.folder}worksheets/temuan{{}}.xml")
        self._parts.put(part, data)
        self._parts.declare(part, _SHEET_TYPE)
        relation = self._parts.relate(self.part, f"{self._related}/worksheet", part)
        entries = self._entries()
        numbers = [int(number) for entry in entries if (number := str(entry.get("sheetId", ""))).isdigit()]
        key = _relation(entries[0])[0]
        attributes = {"name": name, "sheetId": str(max(numbers, default=0) + 1), key: relation}
        sheet = self._root.makeelement(f"{{{self.namespace}}}sheet", attributes)
        holder = entries[0].getparent()
        if holder is not None:
            holder.insert(0, sheet)
        for view in self._root.iterfind("{*}bookViews/{*}workbookView"):
            for attribute in ("activeTab", "firstSheet"):
                view.attrib.pop(attribute, None)
        self._define(name, last_row)
        self._parts.put_xml(self.part, self._root)

    def _define(self, name: str, last_row: int) -> None:
        """Names of the new sheet; those of the others count their sheet from the front, so they move by one."""
        holder = self._root.find("{*}definedNames")
        if holder is None:
            holder = self._root.makeelement(f"{{{self.namespace}}}definedNames")
            after = [child for child in self._root if str(child.tag).rpartition("}")[2] in _AFTER_NAMES]
            position = self._root.index(after[0]) if after else len(self._root)
            self._root.insert(position, holder)
        for entry in holder.iterfind("{*}definedName"):
            number = str(entry.get("localSheetId", ""))
            if number.isdigit():
                entry.set("localSheetId", str(int(number) + 1))
        filtered = {"name": "_xlnm._FilterDatabase", "localSheetId": "0", "hidden": "1"}
        titles = {"name": "_xlnm.Print_Titles", "localSheetId": "0"}
        for position, (attributes, text) in enumerate(
            (
                (filtered, f"'{name}'!$A${HEADING_ROW}:${LAST_COLUMN}${last_row}"),
                (titles, f"'{name}'!${HEADING_ROW}:${HEADING_ROW}"),
            )
        ):
            entry = self._root.makeelement(f"{{{self.namespace}}}definedName", attributes)
            entry.text = text
            holder.insert(position, entry)

    def _entries(self) -> list[etree._Element]:
        return self._root.findall("{*}sheets/{*}sheet")


def _relation(entry: etree._Element) -> tuple[str, str]:
    """The attribute of a sheet's entry that holds its relationship id, and the id."""
    found = ((str(key), str(value)) for key, value in entry.attrib.items() if str(key).endswith("}id"))
    return next(found, ("", ""))
