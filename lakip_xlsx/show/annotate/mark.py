"""How a marked copy is known: a property in the file with a fingerprint of its parts, and its first sheet."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import Workbook
from openpyxl.packaging.custom import CustomPropertyList, StringProperty

from lakip_xlsx.errors import LakipError, UnreadableError
from lakip_xlsx.excel.cells import read_listing
from lakip_xlsx.guard.package import Package, open_package
from lakip_xlsx.show.annotate.sheet_temuan import TITLE
from lakip_xlsx.word.imprint import fingerprint
from lakip_xlsx.workbook.sheets import TEMUAN

PROPERTY = "lakip-xlsx-temuan"
"""Name of the custom document property of a marked copy."""

_PART = "docProps/custom.xml"
_BLANK = "0" * 64
_VALUE = re.compile(rb'name="%s"[^>]*>\s*<[^>]*>([0-9a-f]{64})<' % PROPERTY.encode())


def is_marked(path: Path) -> bool:
    """Whether a workbook is a marked copy; also when it was saved since, or lost its properties.

    Raises:
        UnreadableError: it is no workbook, or damaged.
    """
    names = {name.lower() for name in TEMUAN}
    with open_package(path) as package:
        if any(PROPERTY.encode() in package.read(name) for name in package.names() if _is_custom(name)):
            return True
        raw = read_listing(package)
        for entry in raw.entries:
            if entry.name.lower() in names:
                try:
                    first = raw.sheet(entry).rows.get(1, {}).get(1)
                except UnreadableError:  # a sheet of the office, which the check does not read either
                    continue
                if first is not None and first.text == TITLE:
                    return True
    return False


def is_untouched(path: Path) -> bool:
    """Whether a file is a marked copy that nobody changed or saved since it was written."""
    try:
        with open_package(path) as package:
            parts = _all(package)
    except LakipError:
        return False
    stored = _VALUE.search(parts.get(_PART, b""))
    return stored is not None and stored[1].decode() == fingerprint(parts)


def prepare(book: Workbook) -> None:
    """Give a copy its property, still without a value."""
    properties: CustomPropertyList[str] = vars(book)["custom_doc_props"]  # the stubs do not know of it
    properties.append(StringProperty(name=PROPERTY, value=_BLANK))


def seal(parts: dict[str, bytes]) -> None:
    """Write the fingerprint of a finished copy into its property; the last change before it is packed."""
    parts[_PART] = parts[_PART].replace(_BLANK.encode(), fingerprint(parts).encode())


def _all(package: Package) -> dict[str, bytes]:
    return {name: package.read(name) for name in package.names()}


def _is_custom(name: str) -> bool:
    return name.lower().startswith("docprops/custom")
