"""Plays people's edits against changed workbooks, and counts what a refresh makes of them.

    python -m tests.refresh [--n 300] [--benih 0] [--rinci]

Half of the edited reports go through a save by LibreOffice, where it is installed. Exit code 1 where anything is
lost, stale, or not told.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from openxml_audit import OpenXmlValidator

from lakip_xlsx import pipeline
from lakip_xlsx.refresh import refresh
from lakip_xlsx.word.office.soffice import find_soffice
from tests.refresh import books, edits
from tests.refresh.judge import Verdict, judge

_BATCH = 40  # reports that one LibreOffice saves


@dataclass
class Case:
    number: int
    source: str
    changes: list[str]
    done: list[edits.Edit]
    report: Path
    workbook: Path
    wanted: Document
    fresh: bytes
    seconds: float  # that a convert took
    resaved: bool = False


def prepare(number: int, folder: Path, reports: dict[str, bytes], seed: int) -> Case:
    rng = random.Random(seed * 100_003 + number)
    name = rng.choice(books.SOURCES)
    text, changes = books.changed(name, rng)
    workbook = books.write(text, folder / f"kasus{number}.xlsx")
    start = time.process_time()
    fresh = pipeline.document(pipeline.check(workbook)).data
    seconds = time.process_time() - start
    report = folder / f"kasus{number}.docx"
    report.write_bytes(reports[name])
    copy = folder / f"kasus{number}.baru"
    copy.write_bytes(fresh)
    both = (edits.Report(docx.Document(str(report))), edits.Report(docx.Document(str(copy))))
    done = edits.edit(both, rng, number)
    both[0].document.save(str(report))
    copy.unlink()
    return Case(number, name, changes, done, report, workbook, both[1].document, fresh, seconds)


def resave(cases: list[Case], program: str, folder: Path) -> None:
    """Let LibreOffice open and save the reports, as an office does that has no Word."""
    target = folder / "disimpan"
    for at in range(0, len(cases), _BATCH):
        batch = cases[at : at + _BATCH]
        command = [program, f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target), *(str(c.report) for c in batch)]
        subprocess.run(command, check=True, timeout=900, capture_output=True)
        for case in batch:
            shutil.move(target / case.report.name, case.report)
            case.resaved = True


def play(case: Case, validator: OpenXmlValidator) -> tuple[Verdict, float, int]:
    """Refresh one case; the verdict, the seconds that it took, the errors of the validator."""
    result = case.report.with_suffix(".hasil.docx")
    start = time.process_time()
    done = refresh(case.report, case.workbook, output=result)
    seconds = time.process_time() - start
    verdict = judge(case.report, result, case.wanted, done, case.done, case.fresh)
    again = result.with_suffix(".lagi.docx")
    second = refresh(result, case.workbook, output=again)
    if second.changed or again.read_bytes() != result.read_bytes():
        verdict.faults.append(f"penyegaran kedua mengubah: {second.changes[:2]}")
    before = set(map(_kind, validator.validate(case.report).errors))  # LibreOffice writes some of its own
    errors = [error for error in validator.validate(result).errors if _kind(error) not in before]
    verdict.faults += [f"audit: {error}"[:160] for error in errors[:2]]
    return verdict, seconds, len(errors)


def _kind(error: object) -> str:
    """What an error says, without its place and the values of the case."""
    return re.sub(r"\d+", "", str(error).rpartition(": ")[2])


def main() -> int:
    parser = argparse.ArgumentParser(description="Menyegarkan laporan yang disunting, menurut aturan.")
    parser.add_argument("--n", type=int, default=300)
    parser.add_argument("--benih", type=int, default=0)
    parser.add_argument("--rinci", action="store_true", help="sebut setiap kekeliruan")
    wanted = parser.parse_args()
    program = find_soffice()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        reports = {
            name: pipeline.document(pipeline.check(books.write(books.source(name), folder / f"{name}.xlsx"))).data
            for name in books.SOURCES
        }
        cases = [prepare(number, folder, reports, wanted.benih) for number in range(wanted.n)]
        if program is not None:
            resave(cases[::2], program, folder)
        return tell(cases, detailed=wanted.rinci)


def tell(cases: list[Case], *, detailed: bool) -> int:
    total, kinds, changes = Verdict(), Counter[str](), Counter[str]()
    equal, comparable, errors, ratios = 0, 0, 0, []
    validator = OpenXmlValidator()
    for case in cases:
        verdict, seconds, found = play(case, validator)
        for name in ("untouched", "renewed", "typed", "lost", "conflicts", "listed"):
            setattr(total, name, getattr(total, name) + getattr(verdict, name))
        kinds.update(edit.kind for edit in case.done)
        changes.update(case.changes)
        comparable += verdict.equal is not None
        equal += bool(verdict.equal)
        errors += found
        ratios.append(seconds / case.seconds)
        total.faults += verdict.faults
        if verdict.faults and detailed:
            saved = " (LibreOffice)" if case.resaved else ""
            say(f"kasus {case.number}{saved}: {case.source}; {case.changes}; {[edit.kind for edit in case.done]}")
            for fault in verdict.faults[:6]:
                say(f"    {fault}")
    say(f"{len(cases)} laporan yang disunting, {sum(case.resaved for case in cases)} disimpan LibreOffice")
    say(f"suntingan: {', '.join(f'{kind} {count}' for kind, count in sorted(kinds.items()))}")
    say(f"nilai yang tidak disentuh: {total.renewed} dari {total.untouched} baru")
    say(f"huruf yang diketik: {total.typed - total.lost} dari {total.typed} tetap ada")
    say(f"pertentangan: {total.listed} dari {total.conflicts} disebut")
    say(f"sama dengan suntingan yang sama dalam laporan baru: {equal} dari {comparable}")
    say(f"galat openxml-audit yang baru: {errors}")
    say(f"waktu: {sorted(ratios)[len(ratios) // 2]:.2f} kali satu convert (tengah), {max(ratios):.2f} (terlama)")
    say(f"kekeliruan: {len(total.faults)}")
    return int(bool(total.faults))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
