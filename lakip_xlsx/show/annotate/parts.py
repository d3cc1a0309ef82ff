"""The parts of a workbook in memory, to be changed in a few places and packed again.

What is not touched keeps its bytes. Parts are found through the relationships, never by a fixed name.
"""

from __future__ import annotations

import posixpath

from lxml import etree

from lakip_xlsx.guard.package import Package
from lakip_xlsx.word.fill.save import pack

_CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


class Parts:
    """A package that can be changed; names are matched without case, as in the package it comes from."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._data = {name: package.read(name) for name in package.names()}
        self._spelt = {name.lower(): name for name in self._data}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._spelt

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            UnreadableError: the part is missing.
        """
        spelt = self._spelt.get(name.lower())
        return self._package.read(name) if spelt is None else self._data[spelt]

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part.

        Raises:
            UnreadableError: the part is missing or damaged, or declares a DOCTYPE.
        """
        return self._package.parse(self.read(name), name)

    def put(self, name: str, data: bytes) -> None:
        """Set the bytes of a part, which may be new."""
        self._data[self._spelt.setdefault(name.lower(), name)] = data

    def put_xml(self, name: str, root: etree._Element) -> None:
        """Set a part from its root element."""
        self.put(name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def drop_folder(self, folder: str) -> None:
        """Leave out every part in a folder, with the types stated for them."""
        for key in [key for key in self._spelt if key.startswith(folder)]:
            del self._data[self._spelt.pop(key)]
        root = self.xml(_CONTENT_TYPES)
        entries = root.findall("{*}Override")
        doomed = [each for each in entries if str(each.get("PartName", "")).lower().startswith(f"/{folder}")]
        for entry in doomed:
            root.remove(entry)
        if doomed:
            self.put_xml(_CONTENT_TYPES, root)

    def free_name(self, pattern: str) -> str:
        """The first unused name for a new part; ``{}`` in the pattern is its number, nothing for the first."""
        name, number = pattern.format(""), 1
        while name in self:
            number += 1
            name = pattern.format(number)
        return name

    def names(self, ending: str) -> list[str]:
        """The parts whose name ends so, sorted."""
        return sorted(name for name in self._data if name.lower().endswith(ending))

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (type, target part) of a part; external targets are left out."""
        found: dict[str, tuple[str, str]] = {}
        rels = _rels_of(part)
        if rels in self:
            for rel in self.xml(rels).iterfind("{*}Relationship"):
                target = str(rel.get("Target", "")).replace("\\", "/")
                if rel.get("TargetMode") != "External":
                    full = posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
                    found[str(rel.get("Id"))] = (str(rel.get("Type", "")), full.lstrip("/"))
        return found

    def target(self, part: str, kind: str) -> str | None:
        """The part that the first relationship of this kind (the last word of its type) leads to."""
        targets = (target for type_, target in self.relations(part).values() if type_.endswith(f"/{kind}"))
        return next((target for target in targets if target in self), None)

    def relate(self, part: str, type_: str, target: str) -> str:
        """Add a relationship from a part (the package itself: "") to another; returns its id."""
        rels = _rels_of(part)
        if rels in self:
            root = self.xml(rels)
        else:
            root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
        taken = {rel.get("Id") for rel in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        relative = posixpath.relpath(target, posixpath.dirname(part) or ".")
        attributes = {"Id": f"rId{number}", "Type": type_, "Target": relative}
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
        self.put_xml(rels, root)
        return f"rId{number}"

    def unrelate(self, part: str, kind: str) -> None:
        """Remove the relationships of this kind."""
        rels = _rels_of(part)
        if rels not in self:
            return
        root = self.xml(rels)
        doomed = [rel for rel in root if str(rel.get("Type", "")).endswith(f"/{kind}")]
        for rel in doomed:
            root.remove(rel)
        if doomed:
            self.put_xml(rels, root)

    def content_type(self, part: str) -> str:
        """The declared type of a part; empty if there is none."""
        root = self.xml(_CONTENT_TYPES)
        entry = _override(root, part)
        if entry is None:
            extension = posixpath.splitext(part)[1][1:].lower()
            defaults = root.iterfind("{*}Default")
            entry = next((each for each in defaults if str(each.get("Extension", "")).lower() == extension), None)
        return "" if entry is None else str(entry.get("ContentType", ""))

    def declare(self, part: str, content_type: str) -> None:
        """State the type of a part, unless it is stated already."""
        if self.content_type(part) == content_type:
            return
        root = self.xml(_CONTENT_TYPES)
        entry = _override(root, part)
        if entry is None:
            entry = etree.SubElement(root, f"{{{_TYPES}}}Override", {"PartName": f"/{part}"})
        entry.set("ContentType", content_type)
        self.put_xml(_CONTENT_TYPES, root)

    def all(self) -> dict[str, bytes]:
        """Name → bytes of every part."""
        return dict(self._data)

    def packed(self) -> bytes:
        """The package as a file: the same parts give the same bytes."""
        return pack(self._data)


def _override(root: etree._Element, part: str) -> etree._Element | None:
    wanted = f"/{part}".lower()
    return next(
        (each for each in root.iterfind("{*}Override") if str(each.get("PartName", "")).lower() == wanted), None
    )


def _rels_of(part: str) -> str:
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")
