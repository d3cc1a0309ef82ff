"""Going on where the last run stopped: what was written from what, in a small file beside the documents.

A workbook is left alone when it, the template, the options and the program are what they were, and the
document is still there as it was written. Contents are compared, never times.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

from lakip_xlsx import __version__
from lakip_xlsx.errors import OutputError
from lakip_xlsx.files import reason, write_whole
from lakip_xlsx.guard import limits
from lakip_xlsx.guard.path import open_own, opened, read_inside

NAME = ".lakip-lanjut.jsonl"
"""The file in each folder of documents: one line per document, the last one counts."""

_LONGEST = 256 * 2**20  # bytes: with their findings some 50,000 documents in one folder


@dataclass(frozen=True, slots=True)
class Entry:
    """What the last run knows about one document."""

    key: str  # of everything it was made from
    document: str  # of what was written
    status: int
    counts: tuple[int, int, int]
    unfilled: int = 0
    beside: tuple[tuple[str, str], ...] = ()  # name and digest of files beside the workbook: its logo, last year's
    workbook: str = ""  # digest of the workbook alone
    about: Mapping[str, str] = field(default_factory=dict)  # office, year, layout, capaian, serapan
    findings: tuple[Mapping[str, object], ...] | None = (
        None  # as a report tells them; None where nobody wrote them down
    )

    def holds(self, key: str, document: Path, folder: Path) -> bool:
        """Whether the document would be made from the same, and is still there as it was written."""
        if key != self.key or any(digest_beside(folder, name) != known for name, known in self.beside):
            return False
        return document.is_file() and digest(document) == self.document


def digest(path: Path) -> str:
    """SHA-256 of a regular file; empty if it cannot be read."""
    try:
        with opened(path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def digest_beside(folder: Path, name: str) -> str:
    """SHA-256 of the file that a cell or a journal names; empty where it may not be opened, or is not there.

    So it is, too, for a file that is larger than any that we read.
    """
    found = read_inside(folder, name, limits.current().file)
    return "" if isinstance(found, str) else hashlib.sha256(found).hexdigest()


def _journal(folder: Path, flags: int) -> int:
    """The journal of a folder, opened.

    Raises:
        OSError: it cannot be opened, is a link or no regular file, or too long to be ours.
    """
    place = folder / NAME
    handle = open_own(place, flags)
    if os.fstat(handle).st_size > _LONGEST:
        os.close(handle)
        raise OSError(errno.EFBIG, "too long", str(place))
    return handle


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
    """Name of the document → what the last run knows; what is not ours in it is as if it were not there."""
    return {name: entry for line in _lines(folder) if (known := _parsed(line)) for name, entry in [known]}


def _lines(folder: Path) -> list[str]:
    try:
        with os.fdopen(_journal(folder, os.O_RDONLY), encoding="utf-8", errors="replace") as stream:
            return stream.read().splitlines()
    except OSError:
        return []


def _parsed(line: str) -> tuple[str, Entry] | None:
    try:
        data = json.loads(line)
        error, warning, info = (int(number) for number in data["counts"])
        beside = tuple((str(name), str(known)) for name, known in data.get("beside", ()))
        counts, unfilled = (error, warning, info), int(data.get("unfilled", 0))
        whole = (str(data["key"]), str(data["document"]), int(data["status"]), counts, unfilled, beside)
        about = {str(name): str(value) for name, value in dict(data.get("about", {})).items()}
        said = data.get("findings")
        findings = None if said is None else tuple(each for each in said if isinstance(each, dict))
        entry = Entry(*whole, str(data.get("workbook", "")), about, findings)
        return (str(data["name"]), entry) if entry.status in {0, 1} else None
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _written(entries: Iterable[tuple[str, Entry]]) -> bytes:
    return "".join(f"{json.dumps({'name': name, **asdict(entry)})}\n" for name, entry in entries).encode()


def append(folder: Path, entries: Iterable[tuple[str, Entry]]) -> None:
    """Add lines for documents that were written.

    Raises:
        OutputError: the file cannot be written, or what stands in its place is not ours.
    """
    try:
        with os.fdopen(_journal(folder, os.O_WRONLY | os.O_APPEND | os.O_CREAT), "ab") as stream:
            stream.write(_written(entries))
    except OSError as error:
        place = folder / NAME
        raise OutputError(f"{place} tidak dapat ditulis ({reason(error)}), jadi --lanjut tidak akan tahu.") from error


def compact(folder: Path) -> None:
    """Keep one line per document; done once at the start of a run.

    Raises:
        OutputError: the file cannot be written.
    """
    entries = load(folder)
    if entries and len(_lines(folder)) > len(entries):
        write_whole(_written(entries.items()), folder / NAME)
