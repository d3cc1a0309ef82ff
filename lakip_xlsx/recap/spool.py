"""What was read so far, in a file beside the recap.

A run that was killed goes on from it, an unchanged workbook is not read again, and no more than a few offices
are in memory at a time. One line for each workbook: the digest of its content, its facts, and the office packed.
Contents are compared, never times. A line that is damaged is as if it were not there: that workbook is read anew.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from lakip_xlsx import __version__
from lakip_xlsx.batch import resume
from lakip_xlsx.errors import OutputError
from lakip_xlsx.files import explained, must_be_place
from lakip_xlsx.guard.path import open_own
from lakip_xlsx.recap.model import Facts, Office
from lakip_xlsx.recap.pack import DamagedError, facts_of, unpack

_LONGEST_LINE = 200 * 2**20


def beside(output: Path) -> Path:
    """The file beside a recap."""
    return output.with_name(f".{output.stem}.lakip-rekap")


class Spool:
    """The file, open: it is added to, and read at any place."""

    def __init__(self, path: Path) -> None:
        """Open it, or begin it.

        Raises:
            OutputError: it cannot be written, or what stands in its place is not ours.
        """
        self.path = path
        self._places: dict[str, tuple[int, int]] = {}  # digest → where its line begins, and its length
        self._facts: dict[str, Facts] = {}
        try:
            must_be_place(path)
            self._file = os.fdopen(open_own(path, os.O_RDWR | os.O_CREAT), "r+b")
        except OSError as error:
            raise explained(error, path) from error
        self._list()

    def _list(self) -> None:
        at = 0
        while line := self._file.readline(_LONGEST_LINE):
            with suppress(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
                data = json.loads(line)
                if data["program"] == __version__:
                    facts = facts_of(data["facts"])
                    self._places[facts.digest], self._facts[facts.digest] = (at, len(line)), facts
            at += len(line)

    def __contains__(self, digest: str) -> bool:
        return digest in self._places

    def facts(self, digest: str) -> Facts | None:
        """The facts of a workbook, if it was read and a file beside it that it shows (its logo) is the same."""
        return self._facts.get(digest)

    def add(self, facts: Facts, packed: bytes) -> None:
        """Keep one office.

        Raises:
            OutputError: the disk is full, or gone.
        """
        about = {name: _plain(value) for name, value in asdict(facts).items()}
        line = {"program": __version__, "facts": about, "office": base64.b85encode(packed).decode()}
        data = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        try:
            at = self._file.seek(0, os.SEEK_END)
            if at and not self._ends_with_break(at):
                at += self._file.write(b"\n")  # a killed run left half a line
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            raise explained(error, self.path) from error
        self._places[facts.digest], self._facts[facts.digest] = (at, len(data)), facts

    def _ends_with_break(self, end: int) -> bool:
        self._file.seek(end - 1)
        last = self._file.read(1)
        self._file.seek(end)
        return last == b"\n"

    def office(self, digest: str) -> Office:
        """One office, unpacked.

        Raises:
            DamagedError: its line is not what was written.
        """
        at, size = self._places[digest]
        self._file.seek(at)
        try:
            return unpack(base64.b85decode(json.loads(self._file.read(size))["office"]))
        except (ValueError, LookupError, TypeError, AttributeError, binascii.Error) as error:
            raise DamagedError from error

    def offices(self, digests: Iterable[str]) -> Iterator[Office]:
        """Offices one after the other."""
        for digest in digests:
            yield self.office(digest)

    def forget(self, digest: str) -> None:
        """A workbook is to be read anew."""
        self._places.pop(digest, None)
        self._facts.pop(digest, None)

    def close(self, keep: Iterable[str] | None = None) -> None:
        """Close it; with ``keep``, leave only these workbooks in it."""
        wanted = None if keep is None else [self._places[digest] for digest in dict.fromkeys(keep)]
        if wanted is not None and sum(size for _, size in wanted) < self._file.seek(0, os.SEEK_END):
            with suppress(OSError, OutputError):  # it is only longer than it need be
                self._compact(wanted)
        self._file.close()

    def release(self) -> None:
        """Let the file go as it is, if it was not closed before."""
        self._file.close()

    def _compact(self, wanted: list[tuple[int, int]]) -> None:
        temporary = self.path.with_name(f"{self.path.name}.tmp")
        must_be_place(temporary)
        with os.fdopen(open_own(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as target:
            for at, size in wanted:
                self._file.seek(at)
                target.write(self._file.read(size))
        self._file.close()
        temporary.replace(self.path)


def _plain(value: object) -> object:
    """A value of the facts as JSON has it; the other way is :func:`lakip_xlsx.recap.pack.facts_of`."""
    return value if value is None or isinstance(value, str | int | list | tuple | dict) else ["n", str(value)]


def is_same(facts: Facts, folder: Path) -> bool:
    """Whether the files beside a workbook that were looked at with it are what they were."""
    return all(resume.digest_beside(folder, name) == known for name, known in facts.beside)
