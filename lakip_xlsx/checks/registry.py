"""All rules, and running them over a workbook.

A new family of rules is one module and one name in the import below.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lakip_xlsx.bahasa import enumerate_
from lakip_xlsx.checks import (  # noqa: F401 - to import them is to declare their rules
    acceptance,
    analisis,
    anggaran,
    anggaran_wajar,
    bunyi,
    gambar,
    identitas,
    indikator,
    indikator_isi,
    jumlah_samar,
    kode_program,
    narasi,
    narasi_angka,
    narasi_capaian,
    narasi_predikat,
    narasi_susunan,
    narasi_tabel,
    narasi_tahun,
    pangkat,
    pegawai,
    penandatangan,
    peraturan,
    peraturan_nomor,
    perjanjian,
    persen,
    pilihan,
    program,
    rata_rata,
    rencana_aksi,
    renstra,
    sel,
    silang,
    tahun_lalu,
)
from lakip_xlsx.checks.angka.account import Numbers
from lakip_xlsx.checks.dokumen.declared import DOCUMENT
from lakip_xlsx.checks.near import closest
from lakip_xlsx.checks.rule import FAMILIES, Check, Fault, Outcome, Rule, Unchecked, declared_checks
from lakip_xlsx.checks.texts import Texts, read_texts
from lakip_xlsx.figures.figures import Figures, compute
from lakip_xlsx.finding import Accepted, Finding, Skipped
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.workbook.book import Book
from lakip_xlsx.workbook.sheets import BY_KEY
from lakip_xlsx.workbook.structure import STRUCTURE, Declared, crash

CHECKS: dict[str, Check] = declared_checks()
"""Code → check, in the order in which they are shown."""

RULES: dict[str, Rule] = {code: check.rule for code, check in CHECKS.items()}
"""Code → declaration."""


UNRULED: dict[str, Declared] = {**STRUCTURE, **DOCUMENT}
"""Code → declaration, of the codes that no rule on workbooks yields: of the reader, the template, a document."""

ALL_CODES: tuple[str, ...] = (*UNRULED, *CHECKS)
"""Every code there is."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All findings of one run, by place, the checks that could not be run, and those that failed in our own code."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    crashes: tuple[Finding, ...] = ()


def run(
    book: Book,
    layout: Layout,
    figures: Figures | None = None,
    *,
    only: frozenset[str] | None = None,
    previous: Book | None = None,
    texts: Texts | None = None,
) -> CheckResult:
    """Run every rule that applies to the layout; nothing stops at the first fault.

    ``previous`` is last year's workbook; without it the rules that need one say nothing.

    A rule whose sheet or column is missing is skipped with the reason, so that one missing sheet does
    not rain false findings. A rule that fails in our own code costs what it would have said, and is told as
    skipped and as a crash; with ``LAKIP_DEBUG`` set the failure is raised. ``only`` limits the run to these codes,
    ``texts`` are read in the place of the workbook's own: those of a document.
    """
    figures = compute(book) if figures is None else figures
    texts = read_texts(book, layout) if texts is None else texts
    known: dict[str, object] = {
        "form": book.form,
        "figures": figures,
        "texts": texts,
        "numbers": Numbers(book, texts, figures),
        "layout": layout,
        "book": book,
        "previous": previous,
    }
    findings: list[Finding] = []
    crashes: list[Finding] = []
    skipped: dict[Skipped, None] = {}
    for code, check in CHECKS.items():
        if not check.rule.applies(layout) or (only is not None and code not in only):
            continue
        if previous is None and "previous" in check.inputs:
            continue
        try:
            for outcome in _outcomes(check, book, known):
                if isinstance(outcome, Fault):
                    findings.append(check.rule.finding(outcome))
                else:
                    skipped[Skipped(code, outcome.reason)] = None
        except MemoryError:
            raise  # a limit, and no fault of the rule
        except Exception as error:
            if os.environ.get("LAKIP_DEBUG"):
                raise
            crashes.append(crash(f"Aturan {code} gagal dijalankan", error))
            skipped[Skipped(code, crashes[-1].message)] = None
    return CheckResult(tuple(in_order(findings, book)), tuple(skipped), tuple(crashes))


def _outcomes(check: Check, book: Book, known: Mapping[str, object]) -> Outcome:
    reason = _why_not(check, book)
    return [Unchecked(reason)] if reason else check.function(**_arguments(check, book, known))


def in_order(findings: list[Finding], book: Book) -> list[Finding]:
    """Findings by sheet (as the workbook has them), row, column and code; those without a cell first."""
    sheets = {name: position for position, name in enumerate(book.sheet_names)}

    def place(finding: Finding) -> tuple[int, tuple[int, int], str, str]:
        if finding.cell is None:
            return (-1, (0, 0), finding.code, finding.message)
        position = sheets.get(finding.cell.sheet, len(sheets))
        return (position, finding.cell.position, finding.code, finding.message)

    return sorted(findings, key=place)


def accept(
    findings: Sequence[Finding], book: Book
) -> tuple[tuple[Finding, ...], tuple[Accepted, ...], tuple[Finding, ...]]:
    """The findings that stay open, those that the sheet Pengecualian accepts, and those about useless exceptions."""
    return acceptance.accept(findings, book, ALL_CODES)


def chosen(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> frozenset[str]:
    """The codes that remain when only some are selected and others ignored, by code or by its beginning.

    Nothing selected means all. The codes of the reader and of the template count as well, so the result
    serves to filter findings and, as ``only``, to run fewer rules.

    Raises:
        ValueError: something that begins no code; the text is a line for the user.
    """
    wanted = [_beginning(text) for text in select] or [""]
    unwanted = tuple(_beginning(text) for text in ignore)
    kept = (code for code in ALL_CODES if code.startswith(tuple(wanted)))
    return frozenset(code for code in kept if not (unwanted and code.startswith(unwanted)))


def _beginning(text: str) -> str:
    """The beginning of a code, as the user typed it, in capitals."""
    wanted = text.strip().upper()
    if wanted and any(code.startswith(wanted) for code in ALL_CODES):
        return wanted
    guess = closest(wanted, sorted({*ALL_CODES, *FAMILIES}), cutoff=60)
    asked = f" Apakah maksudnya {guess}?" if guess else ""
    raise ValueError(f'Tidak ada kode "{text.strip()}".{asked} Daftarnya: lakip-xlsx explain')


def _arguments(check: Check, book: Book, known: Mapping[str, object]) -> dict[str, object]:
    return {name: known[name] if name in known else book.table(name) for name in check.inputs}


def _why_not(check: Check, book: Book) -> str:
    """Why a check cannot be run on this workbook, in Indonesian; empty if it can."""
    missing = {name: reason for name in check.inputs if (reason := _missing_sheet(name, book))}
    reasons = [reason for name, reason in missing.items() if not check.inputs[name]]
    tables = [name for name in check.inputs if name in BY_KEY]
    if not reasons and tables and all(name in missing for name in tables):
        reasons = [missing[name] for name in tables]  # each may be missing, but not all of them
    text = "; ".join(reasons or _missing_columns(check.rule, book))
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _missing_sheet(name: str, book: Book) -> str:
    key = "instansi" if name == "form" else name
    spec = BY_KEY.get(key)
    if spec is None or (book.form if spec.form else book.table(key)) is not None:
        return ""
    return book.unreadable.get(key, f'lembar "{spec.name}" tidak ada').rstrip(". ")


def _missing_columns(rule: Rule, book: Book) -> Iterator[str]:
    by_sheet: dict[str, list[str]] = {}
    for column in rule.needs:
        sheet, _, key = column.partition(".")
        table = book.table(sheet)
        if table is not None and key not in table:
            by_sheet.setdefault(table.name, []).append(BY_KEY[sheet].field(key).heading)
    for name, headings in by_sheet.items():
        yield f'kolom {enumerate_(headings)} tidak ada pada lembar "{name}"'
