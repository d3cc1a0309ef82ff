"""Documents as they come out of a printer: laid out by LibreOffice, every line with its place on the page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

_X = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words, and its box in points from the upper left corner."""

    words: tuple[str, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """A page in points, its lines from the top down; header and footer are kept apart."""

    width: float
    height: float
    lines: tuple[Line, ...]
    running: tuple[Line, ...]

    @property
    def wide(self) -> bool:
        return self.width > self.height


def lay_out(documents: Sequence[Path], folder: Path) -> list[Path]:
    """The documents as PDF, by one start of LibreOffice with a profile of its own."""
    program = shutil.which("soffice")
    if program is None:
        raise FileNotFoundError("soffice")
    command = [program, f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", "--convert-to", "pdf"]
    indonesian = os.environ | {"LC_ALL": "id_ID.UTF-8", "LANG": "id_ID.UTF-8"}
    command += ["--outdir", str(folder), *map(str, documents)]
    subprocess.run(command, check=True, timeout=600, capture_output=True, env=indonesian)
    return [folder / f"{path.stem}.pdf" for path in documents]


def pages(pdf: Path, *, head: float, foot: float) -> list[Page]:
    """The pages of a PDF. What stands above ``head`` or below ``foot`` points from the edges is running text."""
    command = ["pdftotext", "-bbox-layout", str(pdf), "-"]
    told = subprocess.run(command, check=True, capture_output=True).stdout
    told = re.sub(rb"&#x?[0-9a-fA-F]+;|[\x00-\x08\x0b\x0c\x0e-\x1f]", b" ", told)
    found = []
    for page in etree.fromstring(told, etree.XMLParser(huge_tree=True)).iter(f"{_X}page"):
        height = float(page.get("height", 0))
        lines = [_line(line) for line in page.iter(f"{_X}line")]
        body = sorted((one for one in lines if head < one.top < height - foot), key=lambda one: (one.top, one.left))
        running = [one for one in lines if one not in body]
        found.append(Page(float(page.get("width", 0)), height, tuple(body), tuple(running)))
    return found


def _line(line: etree._Element) -> Line:
    words = tuple(word.text or "" for word in line.iter(f"{_X}word"))
    box = [float(line.get(side, 0)) for side in ("xMin", "yMin", "xMax", "yMax")]
    return Line(words, *box)
