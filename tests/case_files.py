"""Case files: one readable Markdown file for each rule, with wrong and right workbooks.

A file is ``# CODE title``, then sections ``## Salah`` and ``## Benar`` (with a remark after a colon if
wanted). In a section ``### Anggaran`` opens a sheet's table, written as in :mod:`samples.markdown`; in a
``Salah`` section a list of the expected findings follows: ``- CODE Sheet!Cell: beginning of the message``.
A section ``## Dasar`` in front holds sheets that all workbooks of the file share. A sheet named ``### Tahun lalu:
Indikator`` belongs to last year's workbook. The files in ``berkas`` stand beside every workbook.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lakip_xlsx.excel.write_data import WorkbookData
from samples.markdown import parse_markdown

CASES = Path(__file__).parent / "cases"
SHARED = "Dasar"
LAST_YEAR = "Tahun lalu: "
_TITLE = re.compile(r"# (?P<code>[A-Z]{3}-[0-9]{3}) (?P<title>.+)")


@dataclass(frozen=True)
class Section:
    """One workbook of a case file, in Markdown, with the findings that it must give."""

    title: str
    tables: str
    expected: tuple[str, ...]
    shared: str = ""

    @property
    def wrong(self) -> bool:
        return self.title.startswith("Salah")

    def workbook(self) -> WorkbookData:
        """The workbook of this section: the shared sheets, with its own in their place."""
        return self._workbook(lambda part: not part.startswith(LAST_YEAR))

    def previous(self) -> WorkbookData | None:
        """Last year's workbook, where the section has one."""
        has = LAST_YEAR in self.shared + self.tables
        return self._workbook(lambda part: part.startswith(LAST_YEAR)) if has else None

    def _workbook(self, wanted: Callable[[str], bool]) -> WorkbookData:
        shared, own = (
            "".join(f"## {part.removeprefix(LAST_YEAR)}" for part in text.split("## ")[1:] if wanted(part))
            for text in (self.shared, self.tables)
        )
        return parse_markdown(shared, SHARED).overlaid(parse_markdown(own, self.title))


@dataclass(frozen=True)
class CaseFile:
    """The case file of one rule."""

    code: str
    title: str
    sections: tuple[Section, ...]

    @property
    def example(self) -> Section:
        """The first wrong workbook: the rule's example."""
        return next(section for section in self.sections if section.wrong)


def read_case(path: Path) -> CaseFile:
    """Read a case file.

    Raises:
        ValueError: the file does not have the form described above.
    """
    head, *parts = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    match = _TITLE.fullmatch(head.strip())
    if match is None:
        raise ValueError(f"{path.name}: the first line must be '# CODE title'")
    shared = ""
    if parts and parts[0].startswith(f"{SHARED}\n"):
        shared = _tables(parts.pop(0).partition("\n")[2])
    sections = tuple(_section(part, path.name, shared) for part in parts)
    return CaseFile(match["code"], match["title"], sections)


def _section(part: str, source: str, shared: str) -> Section:
    title, _, body = part.partition("\n")
    title = title.strip()
    if not title.startswith(("Salah", "Benar")):
        raise ValueError(f"{source}: ## {title} is neither Salah nor Benar")
    expected = tuple(line[2:].strip() for line in body.splitlines() if line.startswith("- "))
    if title.startswith("Salah") != bool(expected):
        raise ValueError(f"{source}: ## {title}: Salah, and only Salah, lists findings")
    return Section(title, _tables(body), expected, shared)


def _tables(body: str) -> str:
    lines = (line for line in body.splitlines() if not line.startswith("- "))
    return re.sub(r"^### ", "## ", "\n".join(lines).strip(), flags=re.MULTILINE)


def all_cases() -> list[CaseFile]:
    """All case files, by code."""
    return [read_case(path) for path in sorted(CASES.glob("*.md"))]
