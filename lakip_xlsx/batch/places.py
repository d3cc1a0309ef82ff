"""Ways from the recap to a cell of an office's workbook."""

from __future__ import annotations

import os
from pathlib import Path

from lakip_xlsx.batch import remote
from lakip_xlsx.excel.paper import LONGEST_FORMULA_TEXT, Link


class Places:
    """The workbooks as seen from the folder of the recap: relative, so that both may be moved together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._known: dict[str, str] = {}

    def path(self, source: str) -> str:
        """The way to a file, with forward slashes; an address as it is."""
        if source not in self._known:
            way = source
            if not remote.is_address(source):
                whole = Path(source).absolute()
                try:
                    way = os.path.relpath(whole, self._folder)
                except ValueError:  # another drive
                    way = str(whole)
            self._known[source] = way.replace("\\", "/")
        return self._known[source]

    def link(self, source: str, text: str, sheet: str = "", ref: str = "") -> Link:
        """A link to a file, or to a cell in it."""
        if not source:
            return Link("", text)
        way = self.path(source)
        target = way if remote.is_address(source) else f"external:{way}"
        return Link(f"{target}#{place(sheet, ref)}" if sheet else target, text)

    def formula(self, source: str, sheet: str, ref: str) -> tuple[str, str]:
        """The same as a formula, for tables with more rows than a sheet may have links; and what it shows."""
        text = f"{sheet}!{ref}"
        target = f"{self.path(source)}#{place(sheet, ref)}"
        if not sheet or max(len(target), len(text)) > LONGEST_FORMULA_TEXT:
            return "", text
        return f"HYPERLINK({quoted(target)},{quoted(text)})", text


def place(sheet: str, ref: str) -> str:
    """A cell as Excel names it in links and formulas."""
    name = sheet.replace("'", "''")
    return f"'{name}'!{ref or 'A1'}"


def quoted(text: str) -> str:
    """A text inside a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
