"""What became of many workbooks, in a file for other programs: JSON, CSV or a workbook.

Texts from workbooks stay texts: in the workbook none becomes a formula, in the CSV a text that Excel would
take for one begins with an apostrophe.
"""

from __future__ import annotations

import csv
import importlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from lakip_xlsx.batch.inputs import UsageError
from lakip_xlsx.batch.model import Outcome, Status
from lakip_xlsx.files import is_folder, write_whole
from lakip_xlsx.finding import Finding, FindingKind, Severity
from lakip_xlsx.guard.sniff import WORKBOOK
from lakip_xlsx.layouts import catalog
from lakip_xlsx.numbers import half_up
from lakip_xlsx.show import data
from lakip_xlsx.show.text import KINDS, LABELS

SUFFIXES = (".json", ".csv", ".xlsx")
WORDS = {
    Status.DONE: "selesai",
    Status.WITH_ERRORS: "selesai dengan kesalahan",
    Status.UNREADABLE: "tidak terbaca atau tidak tertulis",
    Status.CRASHED: "gagal program",
}
NOT_BEGUN = "belum dikerjakan"
BOOKS = (
    *("Workbook", "Status", "Kesalahan", "Peringatan", "Informasi", "Dokumen", "Keterangan", "Belum Diisi"),
    *("Kantor", "Tahun", "Tata Letak", "Capaian (%)", "Serapan (%)", "Keliru", "Nomor Halaman"),
)
_FINDING = ("Kode", "Bobot", "Lembar", "Sel", "Temuan", "Tertulis", "Seharusnya", "Cara memperbaiki", "Sifat")
FINDINGS = ("Workbook", *_FINDING)
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*%?")


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that a run has to tell; ``not_begun`` are the workbooks that an interruption left."""

    outcomes: tuple[Outcome, ...]
    failures: tuple[str, ...] = ()
    not_begun: tuple[str, ...] = ()


def demand_format(path: Path, *, force: bool = False) -> None:
    """Refuse a report that could not be written, before any work is done.

    Raises:
        UsageError: the suffix is none of ours, the folder is not there, or a person changed the workbook that is
            there (unless ``force``); what is written for programs (.json, .csv) is always replaced.
    """
    if path.suffix.casefold() not in SUFFIXES:
        raise UsageError(f"--report {path}: akhiran harus {', '.join(SUFFIXES)}.")
    if is_folder(path) or not is_folder(path.absolute().parent):
        raise UsageError(f"--report {path}: folder {path.parent} tidak ada, atau nama itu sebuah folder.")
    if path.suffix.casefold() == ".xlsx" and not force and path.exists() and _edited(path):
        raise UsageError(
            f"--report {path} sudah disunting sejak dibuat, atau bukan buatan lakip-xlsx, jadi tidak ditimpa. "
            "Pakai nama lain."
        )


def _edited(path: Path) -> bool:
    try:
        changed: bool = importlib.import_module("lakip_xlsx.word.imprint").changed_since_generated(path, WORKBOOK)
    except OSError:
        return False  # writing will say why it cannot be written
    return changed


def render(result: Result, path: Path) -> bytes:
    """The report in the format that the suffix of its path names."""
    form = path.suffix.casefold()
    if form != ".xlsx":
        return _json(result) if form == ".json" else _csv(result)
    books, findings = (BOOKS, _books(result)), (FINDINGS, _findings(result.outcomes))
    made: bytes = importlib.import_module("lakip_xlsx.batch.report_xlsx").render(
        books, findings, path.absolute().parent
    )
    return made


def as_data(outcome: Outcome) -> dict[str, Any]:
    """One workbook as plain data: as ``check --format json`` has it, with what became of it."""
    place = Path(outcome.item.source)
    layout = catalog.find(outcome.layout)
    if outcome.failure:
        own = data.unreadable(place, outcome.failure)
    elif layout is None:
        counts = dict(zip(("error", "warning", "info"), outcome.counts, strict=True))
        counts[FindingKind.UNFILLED.value] = outcome.unfilled
        own = {"schema": data.SCHEMA, "workbook": place.name, "summary": counts}
    else:
        own = data.as_data(place, layout, outcome.year, outcome.findings, outcome.skipped)
    more: dict[str, Any] = {"path": outcome.item.source, "status": WORDS[outcome.status], "exit": outcome.exit_code}
    if outcome.office:
        more["office"] = outcome.office
    for name, value in (("capaian", outcome.capaian), ("serapan", outcome.serapan)):
        if value is not None:
            more[name] = f"{half_up(value, 2):f}"
    if outcome.document:
        more |= {"document": outcome.document, "draft": outcome.is_draft, "unchanged": outcome.unchanged}
        more["page_numbers"] = outcome.has_page_numbers
    return own | more


def _json(result: Result) -> bytes:
    counted = {WORDS[status]: sum(each.status is status for each in result.outcomes) for status in Status}
    whole = {
        "schema": data.SCHEMA,
        "summary": counted | {NOT_BEGUN: len(result.not_begun)},
        "workbooks": [as_data(each) for each in result.outcomes],
        "failures": list(result.failures),
        "not_begun": list(result.not_begun),
    }
    return data.plain_json(whole).encode()


def _books(result: Result) -> Iterator[tuple[str | int | Decimal, ...]]:
    for each in result.outcomes:
        remark = each.failure or ("tidak berubah sejak terakhir" if each.unchanged else "")
        own = (each.item.source, WORDS[each.status], *each.counts, each.document, remark, each.unfilled)
        shares = ("" if value is None else half_up(value, 2) for value in (each.capaian, each.serapan))
        pages = {True: "ya", False: "tidak"}[each.has_page_numbers] if each.document else ""
        yield (*own, each.office, each.year or "", each.layout_name, *shares, _faults(each), pages)
    for failure in result.failures:
        yield ("", WORDS[Status.UNREADABLE], 0, 0, 0, "", failure, 0, *_NOTHING)
    for place in result.not_begun:
        yield (place, NOT_BEGUN, 0, 0, 0, "", "", 0, *_NOTHING)


_NOTHING = ("", "", "", "", "", 0, "")


def _faults(outcome: Outcome) -> int:
    """Errors and warnings that are no blanks."""
    if outcome.findings:
        weighty = (each for each in outcome.findings if each.severity is not Severity.INFO)
        return sum(each.kind is FindingKind.FAULT for each in weighty)
    return max(0, sum(outcome.counts[:2]) - outcome.unfilled)


def _findings(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, ...]]:
    for each in outcomes:
        for finding in each.findings:
            yield (each.item.source, *_finding(finding))


def _finding(finding: Finding) -> tuple[str, ...]:
    sheet, ref = (finding.cell.sheet, finding.cell.ref) if finding.cell else ("", "")
    weight = LABELS[finding.severity].lower()
    kind = KINDS[finding.kind]
    return (finding.code, weight, sheet, ref, finding.message, finding.actual, finding.expected, finding.fix, kind)


def _csv(result: Result) -> bytes:
    """One line per finding, after it what became of the workbook; a workbook without findings has one line.

    With semicolons and a mark of its encoding, as Excel in Indonesia opens it.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([*FINDINGS, *BOOKS[1:]])
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in _findings(result.outcomes):
        found.setdefault(row[0], []).append(row[1:])
    empty = ("",) * (len(FINDINGS) - 1)
    for place, *book in _books(result):
        for finding in found.get(str(place), [empty]):
            writer.writerow([_harmless(_plain(value)) for value in (place, *finding, *book)])
    return target.getvalue().encode("utf-8-sig", errors="replace")


def _plain(value: str | int | Decimal) -> str:
    """A value as Excel in Indonesia reads it: with a decimal comma."""
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    starts = text[:1] in {"=", "+", "-", "@", "\t", "\r"} and text != "-"
    return f"'{text}" if starts and not _NUMBER.fullmatch(text) else text


def write(result: Result, path: Path) -> None:
    """Write the report, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    write_whole(render(result, path), path)
