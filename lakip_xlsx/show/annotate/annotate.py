"""A marked copy of a workbook: findings as colours and notes on the cells, and listed on a first sheet.

The original's parts are patched, not written anew: formulas, charts, drop-downs, formats and whatever else
the file holds stay as they are. The original file itself is never touched, and a copy is not marked twice:
the mended original is checked again and marked anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lakip_xlsx.errors import LakipError, OutputError
from lakip_xlsx.files import write_whole
from lakip_xlsx.finding import Cell, Finding
from lakip_xlsx.guard.package import open_package
from lakip_xlsx.show.annotate import mark, texts
from lakip_xlsx.show.annotate.notes import MOST, add_notes
from lakip_xlsx.show.annotate.parts import Parts
from lakip_xlsx.show.annotate.sheet_temuan import Setting, sheet_of_findings
from lakip_xlsx.show.annotate.sheet_xml import Place, SheetXml, scan
from lakip_xlsx.show.annotate.styles import Paint, StyleSheet
from lakip_xlsx.show.annotate.workbook_xml import Sheet, WorkbookXml

ENDING = ".temuan"

_MACROS = "macroenabled"
_SIGNATURES = "_xmlsignatures/"
_NO_NOTES = "Sebagian sel hanya diwarnai, tanpa catatan; bacalah temuannya di daftar ini."


def annotate(path: Path, findings: Sequence[Finding]) -> bytes:
    """A marked copy of the workbook, as the bytes of a file; the same input gives the same bytes.

    Raises:
        UnreadableError: the workbook cannot be read.
        OutputError: it is a marked copy itself.
    """
    parts = _opened(path)
    book = WorkbookXml(parts)
    if mark.is_marked(parts, book):
        raise OutputError(
            f"{path.name}: ini sudah salinan bertanda temuan. Perbaiki dan periksa berkas aslinya, "
            "lalu buat salinan bertanda yang baru dari sana."
        )
    styles = StyleSheet(parts, book.part)
    remarks = _mark_sheets(parts, book, styles, findings)
    names = [sheet.name for sheet in book.sheets]
    setting = Setting(path.name, names, book.namespace, remarks)
    data, last_row = sheet_of_findings(findings, setting, styles)
    styles.save(book.part, book.related, book.folder)
    book.put_in_front(book.free_sheet_name(), data, last_row)
    _plain_workbook(parts, book)
    mark.seal(parts, strict=book.strict)
    return parts.packed()


def marked_path(path: Path) -> Path:
    """Where the marked copy of a workbook goes: beside it, ``nama.temuan.xlsx`` (``.xlsm`` with macros).

    Raises:
        UnreadableError: the workbook cannot be read.
    """
    parts = _opened(path)
    macros = _MACROS in parts.content_type(WorkbookXml(parts).part).lower()
    return path.with_name(f"{path.stem}{ENDING}{'.xlsm' if macros else '.xlsx'}")


def write_marked(path: Path, findings: Sequence[Finding]) -> Path:
    """Write the marked copy of a workbook beside it; returns its place.

    Raises:
        UnreadableError: the workbook cannot be read.
        OutputError: it is a marked copy itself, the copy cannot be written, or the file of that name is not an
            untouched marked copy.
    """
    data, target = annotate(path, findings), marked_path(path)
    if target.exists() and not _replaceable(target):
        raise OutputError(
            f"{target} sudah disunting, atau bukan salinan bertanda dari lakip-xlsx, jadi tidak ditimpa. "
            "Pindahkan atau ganti namanya, lalu ulangi."
        )
    write_whole(data, target)
    return target


def _opened(path: Path) -> Parts:
    with open_package(path) as package:
        return Parts(package)


def _replaceable(target: Path) -> bool:
    """Whether a file is a marked copy that nobody changed since it was written."""
    try:
        return mark.is_untouched(_opened(target))
    except LakipError:
        return False


def _mark_sheets(parts: Parts, book: WorkbookXml, styles: StyleSheet, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Colour the cells, put the notes, and take every sheet out of the selection; what has to be said about it."""
    about: dict[str, dict[Place, list[Finding]]] = {}
    paints: dict[str, dict[Place, Paint]] = {}
    for finding in findings:
        primary = [finding.cell] if finding.cell is not None else []
        for cell in (*primary, *finding.related):
            _paint(paints, cell, Paint(finding.severity, related=cell is not finding.cell))
        for cell in primary:
            if cell.position != (0, 0):
                about.setdefault(cell.sheet, {}).setdefault(cell.position, []).append(finding)
    without = 0
    for sheet in book.sheets:
        own = paints.get(sheet.name, {}) if sheet.cells else {}
        if own or b"tabSelected" in parts.read(sheet.part):
            scanned = scan(parts.read(sheet.part), f"Lembar {sheet.name}", own)
            scanned.deselect()
            wanted = {place: scanned.targets[place] for place in own if place in scanned.targets}
            scanned.paint({place: styles.painted(at.style, own[place]) for place, at in wanted.items()})
            without += _put_notes(parts, book, sheet, scanned, about.get(sheet.name, {}))
            parts.put(sheet.part, scanned.edited())
    return (_NO_NOTES,) if without else ()


def _paint(paints: dict[str, dict[Place, Paint]], cell: Cell, paint: Paint) -> None:
    """Remember the colour of a cell; the weightier one wins."""
    if cell.position != (0, 0):
        own = paints.setdefault(cell.sheet, {})
        own[cell.position] = min(own.get(cell.position, paint), paint, key=lambda each: each.rank)


def _put_notes(
    parts: Parts, book: WorkbookXml, sheet: Sheet, scanned: SheetXml, about: dict[Place, list[Finding]]
) -> int:
    """Put the notes of a sheet; returns how many cells got none."""
    if not about or not sheet.cells:
        return 0
    if book.strict:
        return len(about)
    first = dict(sorted(about.items())[:MOST])
    notes = {place: texts.note(findings) for place, findings in first.items()}
    return len(about) - len(first) + len(add_notes(parts, book.part, sheet.part, scanned, notes))


def _plain_workbook(parts: Parts, book: WorkbookXml) -> None:
    """A changed file cannot keep its signature, and the copy of a template is a workbook."""
    if any(name.lower().startswith(_SIGNATURES) for name in parts.all()):
        parts.unrelate("", "origin")
        parts.drop_folder(_SIGNATURES)
    kind = parts.content_type(book.part)
    parts.declare(
        book.part, kind.replace(".template.main+xml", ".sheet.main+xml").replace("template.macro", "sheet.macro")
    )
