"""Going on where the last run stopped: what was written from what, in a small file beside the documents.

A workbook is left alone when it, the template, the options and the program are what they were, and the
document is still there as it was written. Contents are compared, never times.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from lakip_xlsx import __version__
from lakip_xlsx.errors import OutputError
from lakip_xlsx.guard.path import opened
from lakip_xlsx.workbook import logo

NAME = ".lakip-lanjut.jsonl"
"""The file in each folder of documents: one line per document, the last one counts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the last run knows about one document."""

    key: str  # of everything it was made from
    document: str  # of what was written
    status: int
    counts: tuple[int, int, int]
    unfilled: int = 0
    beside: tuple[tuple[str, str], ...] = ()  # name and digest of files beside the workbook: its logo

    def holds(self, key: str, document: Path, folder: Path) -> bool:
        """Whether the document would be made from the same, and is still there as it was written."""
        if key != self.key or any(logo_digest(folder, name) != known for name, known in self.beside):
            return False
        return document.is_file() and digest(document) == self.document


def digest(path: Path) -> str:
    """SHA-256 of a file; empty if it cannot be read."""
    try:
        with opened(path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def logo_digest(folder: Path, name: str) -> str:
    """SHA-256 of the logo that a cell or a journal names; empty if that file is none that a report may show."""
    data = logo.content(folder, name)
    return "" if isinstance(data, str) else hashlib.sha256(data).hexdigest()


def key(workbook: Path, template: Path, recipe: str) -> str:
    """What decides the content of a document, in one value. A folder stands for all templates in it."""
    templates = sorted(template.glob("*.docx")) if template.is_dir() else [template]
    parts = [__version__, recipe, digest(workbook), *(f"{each.name}={_template(each)}" for each in templates)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _template(path: Path) -> str:
    """The digest of a template, which is the same one for every workbook: read again only if it was touched."""
    try:
        about = path.stat()
    except OSError:
        return ""
    return _digest_of(path, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=16)
def _digest_of(path: Path, *_: int) -> str:
    return digest(path)


def load(folder: Path) -> dict[str, Entry]:
    """Name of the document → what the last run knows; a line that is broken is as if it were not there."""
    try:
        lines = (folder / NAME).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    found: dict[str, Entry] = {}
    for line in lines:
        try:
            data = json.loads(line)
            error, warning, info = (int(number) for number in data["counts"])
            beside = tuple((str(name), str(known)) for name, known in data.get("beside", ()))
            counts, unfilled = (error, warning, info), int(data.get("unfilled", 0))
            entry = Entry(str(data["key"]), str(data["document"]), int(data["status"]), counts, unfilled, beside)
            if entry.status in {0, 1}:
                found[str(data["name"])] = entry
        except (ValueError, KeyError, TypeError):
            continue
    return found


def append(folder: Path, entries: Iterable[tuple[str, Entry]]) -> None:
    """Add lines for documents that were written.

    Raises:
        OutputError: the file cannot be written.
    """
    text = "".join(f"{json.dumps({'name': name, **asdict(entry)}, ensure_ascii=False)}\n" for name, entry in entries)
    try:
        with (folder / NAME).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise OutputError(f"{folder / NAME} tidak dapat ditulis ({error.strerror}).") from error


def compact(folder: Path) -> None:
    """Keep one line per document; done once at the start of a run."""
    entries = load(folder)
    place = folder / NAME
    if entries and len(place.read_text(encoding="utf-8", errors="replace").splitlines()) > len(entries):
        temporary = folder / f"{NAME}.tmp"
        temporary.unlink(missing_ok=True)
        lines = (json.dumps({"name": name, **asdict(entry)}, ensure_ascii=False) for name, entry in entries.items())
        temporary.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
        temporary.replace(place)
