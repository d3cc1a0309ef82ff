"""Findings that the office accepts: the sheet Pengecualian against the findings of a run.

An accepted finding is not thrown away: it is kept apart with its reason, and the document lists it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lakip_xlsx.checks import near
from lakip_xlsx.finding import Accepted, Cell, Finding
from lakip_xlsx.numbers import fold, squeeze
from lakip_xlsx.workbook.book import Book, Table
from lakip_xlsx.workbook.spec import Kind
from lakip_xlsx.workbook.structure import STRUCTURE

CODE = "BRK-013"
_TEMPLATE = "TPL"
_SEPARATORS = re.compile(r"[,;\n]")


@dataclass(frozen=True, slots=True)
class Pengecualian:
    """One row of the sheet: which findings it means, and why they are accepted."""

    kode: str
    lembar: str
    sel: frozenset[str]
    alasan: str
    row: int

    def covers(self, finding: Finding, key: str) -> bool:
        """Whether a finding is meant; ``key`` is the code of the row in which it stands."""
        if finding.code != self.kode or finding.code == CODE:
            return False
        sheet, ref = (finding.cell.sheet, finding.cell.ref) if finding.cell else ("", "")
        if self.lembar and fold(sheet) != self.lembar:
            return False
        return not self.sel or fold(ref) in self.sel or (key != "" and fold(key) in self.sel)


def accept(
    findings: Sequence[Finding], book: Book, known: Collection[str]
) -> tuple[tuple[Finding, ...], tuple[Accepted, ...], tuple[Finding, ...]]:
    """The findings that stay open, those that are accepted, and findings about useless exceptions.

    ``known`` are all codes there are. An exception without a reason accepts nothing.
    """
    table = book.table("pengecualian")
    if table is None or not len(table):
        return tuple(findings), (), ()
    exceptions = tuple(_read(table))
    left: list[Finding] = []
    accepted: list[Accepted] = []
    used: set[int] = set()
    for finding in findings:
        key = _key_of(finding, book)
        meant = [one for one in exceptions if one.covers(finding, key)]
        used.update(one.row for one in meant)
        reasoned = next((one for one in meant if one.alasan), None)
        if reasoned is None:
            left.append(finding)
        else:
            accepted.append(Accepted(finding, reasoned.alasan, table.cell(reasoned.row, "kode")))
    return tuple(left), tuple(accepted), tuple(_useless(table, exceptions, used, known))


def _read(table: Table) -> Iterator[Pengecualian]:
    for row in table.rows:
        parts = _SEPARATORS.split(table.text(row, "sel"))
        cells = {fold(part).replace("$", "") for part in parts if part.strip()}
        yield Pengecualian(
            table.text(row, "kode").upper(),
            fold(table.text(row, "lembar")),
            frozenset(cells),
            squeeze(table.text(row, "alasan")).strip("-–. "),
            row,
        )


def _key_of(finding: Finding, book: Book) -> str:
    """The code that stands in the row of a finding: it stays right when rows move."""
    if finding.cell is None:
        return ""
    row = finding.cell.position[0]
    for table in book.tables.values():
        if table.name == finding.cell.sheet and table.is_data(row):
            codes = (field.key for field in table.spec.fields if field.kind is Kind.CODE and field.key in table)
            return table.text(row, next(codes, ""))
    return ""


def _useless(
    table: Table, exceptions: Iterable[Pengecualian], used: set[int], known: Collection[str]
) -> Iterator[Finding]:
    for one in exceptions:
        message, expected, key = "", "", "kode"
        if not one.kode:
            continue  # an empty required cell has a finding of its own
        if one.kode not in known:
            expected = near.closest(one.kode, sorted(known))
            message = f"Kode {one.kode} tidak ada." + (f" Apakah maksudnya {expected}?" if expected else "")
        elif one.kode.startswith(_TEMPLATE):
            message = f"Temuan {one.kode} tentang templat Word; perbaiki di sana, tidak dapat dikecualikan."
        elif one.row not in used:
            where = " di tempat itu" if one.lembar or one.sel else ""
            message = f"Tidak ada temuan {one.kode}{where}; pengecualian ini tidak diperlukan."
        elif not one.alasan:
            message, expected, key = (
                f"Pengecualian {one.kode} tidak berlaku karena alasannya kosong.",
                "alasan",
                "alasan",
            )
        if message:
            yield _finding(message, expected, one.kode, table.cell(one.row, key))


def _finding(message: str, expected: str, actual: str, cell: Cell) -> Finding:
    declared = STRUCTURE[CODE]
    return Finding(CODE, declared.severity, message, cell, expected=expected, actual=actual, fix=declared.fix)
