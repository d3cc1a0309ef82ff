"""What becomes of a damaged file: it is read or refused in one line, and what is made of it is sound."""

from __future__ import annotations

import io
import signal
import tempfile
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lakip_xlsx import finished, pipeline, tools
from lakip_xlsx.errors import LakipError
from lakip_xlsx.guard.word import admit
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.word.follow import trace
from tests.hostile import fuzz, structure
from tests.hostile.base import Parts, pack, plain

SECONDS = 20
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Kind:
    """One way into the program: the sound files that are damaged, and what is done with a damaged one."""

    suffix: str
    sources: Callable[[], list[Parts]]
    use: Callable[[Path], None]


def unpacked(path: Path) -> Parts:
    """The parts of a file by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def _templates() -> list[Parts]:
    return [unpacked(pipeline.template_path(layout)) for layout in LAYOUTS[:2]]


@cache
def _documents() -> list[Parts]:
    made = pipeline.document(_checked()).data
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return [{name: archive.read(name) for name in archive.namelist()}]


@cache
def _workbooks() -> list[Parts]:
    return fuzz.sources()


@cache
def _checked() -> pipeline.Checked:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "isi.xlsx"
        path.write_bytes(pack(plain()))
        return pipeline.check(path)


def _use_workbook(path: Path) -> None:
    pipeline.document(pipeline.check(path))


def _use_template(path: Path) -> None:
    """Check it and fill it; the document that comes of it is sound, and would be let in itself."""
    tools.check_template(path, LAYOUTS[0])
    made = pipeline.document(_checked(), template=path).data
    try:
        admit(made, "hasil.docx")
    except LakipError as error:
        raise AssertionError(f"an unsound document came of it: {error}") from error


def _use_document(path: Path) -> None:
    """Check it by itself, as if it had been made elsewhere, and read its trace."""
    finished.examine(path).numbers()
    trace.read(path)


KINDS = {
    "workbook": Kind(".xlsx", _workbooks, _use_workbook),
    "templat": Kind(".docx", _templates, _use_template),
    "dokumen": Kind(".docx", _documents, _use_document),
}


def made(kind: str, number: int) -> bytes:
    """The damaged file of this number."""
    sources = KINDS[kind].sources()
    parts = sources[number % len(sources)]
    if kind == "workbook" and number % 3:
        return fuzz.damaged(number, parts)
    return structure.damaged(number, parts)


def fault(kind: str, path: Path) -> str:
    """What is wrong with how a file ended; empty if all is well."""
    try:
        with _at_most(SECONDS):
            KINDS[kind].use(path)
    except LakipError as error:
        line = str(error)
        return "" if 20 < len(line) <= 500 and "\n" not in line else f"not one line of 20 to 500 letters: {line!r}"
    except Exception as error:
        where = [frame for frame in traceback.extract_tb(error.__traceback__) if "lakip_xlsx" in frame.filename]
        place = f"{Path(where[-1].filename).name}:{where[-1].lineno} {where[-1].name}" if where else "?"
        return f"{type(error).__name__} in {place}: {str(error)[:200]}"
    return ""


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    """An alarm, where there is one; no measurement: it only ends what would never end."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise TimeoutError(f"more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
