"""Writing down what a run has done, so that a later one can go on from there."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from lakip_xlsx.batch import remote, resume
from lakip_xlsx.batch.inputs import UsageError
from lakip_xlsx.batch.model import Item, Outcome
from lakip_xlsx.errors import OutputError


class Journal:
    """The documents of a run, written down one by one: also a run that is killed can be taken up again."""

    def __init__(self) -> None:
        self.failures: dict[Path, str] = {}
        """Folder → why nothing can be written down there; the documents do not wait for it."""

    @staticmethod
    def demand(items: Iterable[Item]) -> list[Item]:
        """The workbooks, each with what the last run knows of its document.

        Raises:
            UsageError: a document goes to an address, where nothing is written down.
        """
        known: dict[Path, dict[str, resume.Entry]] = {}
        found: list[Item] = []
        for item in items:
            if remote.is_address(item.target):
                raise UsageError(f"--lanjut hanya untuk dokumen di folder, bukan di alamat: {item.target}")
            target = Path(item.target)
            if target.parent not in known:
                with suppress(OutputError):  # it is only longer than it need be
                    resume.compact(target.parent)
                known[target.parent] = resume.load(target.parent)
            found.append(replace(item, known=known[target.parent].get(target.name)))
        return found

    def take(self, outcome: Outcome) -> None:
        """Note one outcome, if there is a document and it is new."""
        if outcome.entry is None or outcome.unchanged or remote.is_address(outcome.document):
            return
        target = Path(outcome.document)
        self._append(target.parent, [(target.name, outcome.entry)])

    def _append(self, folder: Path, entries: list[tuple[str, resume.Entry]]) -> None:
        if folder not in self.failures:
            try:
                resume.append(folder, entries)
            except OutputError as error:
                self.failures[folder] = str(error)
