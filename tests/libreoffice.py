"""LibreOffice as an independent calculator: open a workbook, change it as a person would, calculate, save.

The changes run inside LibreOffice (a Basic macro in a profile of its own), so inserted rows move formulas,
names and conditional formats exactly as they do for a user.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) tidak terpasang")

_RECALCULATE = (
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
    '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>'
)
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Ubah"/></library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Ubah" script:language="StarBasic">
Sub Main(source As String, target As String, steps As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim doc : doc = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  Dim step_ : Dim part
  For Each step_ In Split(steps, "|")
    If step_ &lt;&gt; "" Then
      part = Split(step_, ";")
      Dim sheet : sheet = doc.Sheets.getByName(part(1))
      Select Case part(0)
        Case "insert" : sheet.Rows.insertByIndex(CLng(part(2)) - 1, CLng(part(3)))
        Case "delete" : sheet.Rows.removeByIndex(CLng(part(2)) - 1, CLng(part(3)))
        Case "number" : sheet.getCellRangeByName(part(2)).Value = CDbl(part(3))
        Case "text" : sheet.getCellRangeByName(part(2)).String = part(3)
      End Select
    End If
  Next
  doc.calculateAll()
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName" : filter(0).Value = "Calc MS Excel 2007 XML"
  doc.storeToURL(ConvertToURL(target), filter())
  doc.close(True)
End Sub
</script:module>
"""


def insert(sheet: str, row: int, many: int = 1) -> str:
    """Insert rows above a row."""
    return f"insert;{sheet};{row};{many}"


def delete(sheet: str, row: int, many: int = 1) -> str:
    """Delete rows from a row on."""
    return f"delete;{sheet};{row};{many}"


def number(sheet: str, cell: str, value: float) -> str:
    """Type a number."""
    return f"number;{sheet};{cell};{value}"


def text(sheet: str, cell: str, value: str) -> str:
    """Type a text."""
    return f"text;{sheet};{cell};{value}"


class LibreOffice:
    """One LibreOffice with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.profile = folder / "profil"
        self.runs = 0
        self._run("--terminate_after_init")  # makes the profile; its Basic library is empty until then
        user = self.profile / "user"
        settings = user / "registrymodifications.xcu"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("</oor:items>", _RECALCULATE), encoding="utf-8")
        (user / "basic" / "Standard" / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
        (user / "basic" / "Standard" / "Ubah.xba").write_text(_MODULE, encoding="utf-8")

    def calculate(self, source: Path, *steps: str) -> dict[str, dict[str, object]]:
        """What every cell shows after these changes: sheet name → cell → value."""
        return shown(self.change(source, *steps))

    def change(self, source: Path, *steps: str) -> Path:
        """A calculated copy of a workbook, after these changes."""
        self.runs += 1
        target = self.folder / f"dihitung-{self.runs}.xlsx"
        self._run(f'macro:///Standard.Ubah.Main("{source}","{target}","{"|".join(steps)}")')
        assert target.exists(), "LibreOffice tidak menyimpan hasilnya"
        return target

    def calculate_all(self, sources: Sequence[Path]) -> list[Path]:
        """Calculated copies of many workbooks, by one start of the program."""
        target = self.folder / "semua"
        command = ("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), *map(str, sources))
        self._run(*command, seconds=180 + 10 * len(sources))
        return [target / source.name for source in sources]

    def _run(self, *arguments: str, seconds: int = 180) -> None:
        command = [
            str(SOFFICE),
            f"-env:UserInstallation={self.profile.as_uri()}",
            "--headless",
            "--norestore",
            *arguments,
        ]
        subprocess.run(command, check=True, timeout=seconds, capture_output=True)


def shown(path: Path) -> dict[str, dict[str, object]]:
    """The stored value of every cell that holds one."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book
    }
