"""The findings that a template can give rise to, in the words of the person who edits it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from lakip_xlsx.finding import Finding, Severity
from lakip_xlsx.word.tags import Stray, Tag

UNKNOWN, UNBALANCED, EMPTY, MISPLACED = "TPL-001", "TPL-002", "TPL-003", "TPL-004"
_AGAIN = "Perbaiki di templat Word"


def unknown(tag: Tag, known: Iterable[str]) -> Finding:
    """A tag that names nothing."""
    close = difflib.get_close_matches(tag.name, sorted(known), n=1, cutoff=0.6)
    hint = f"Barangkali maksudnya {{{{{close[0]}}}}}. {_AGAIN}." if close else f"{_AGAIN} atau hapus tag itu."
    return Finding(
        code=UNKNOWN,
        severity=Severity.ERROR,
        message=f"Tag {tag.shown} tidak dikenal ({tag.place}).",
        expected=f"{{{{{close[0]}}}}}" if close else "",
        actual=tag.shown,
        fix=hint,
    )


def unclosed(tag: Tag) -> Finding:
    """An opening tag without its closing tag in the same place."""
    return Finding(
        code=UNBALANCED,
        severity=Severity.ERROR,
        message=f"Bagian {tag.shown} tidak ditutup ({tag.place}).",
        expected=f"{{{{/{tag.name}}}}}",
        actual="",
        fix=f"Tambahkan {{{{/{tag.name}}}}} di akhir bagian: pada paragraf, baris tabel, atau sel yang setara.",
    )


def unopened(tag: Tag) -> Finding:
    """A closing tag without its opening tag in the same place."""
    return Finding(
        code=UNBALANCED,
        severity=Severity.ERROR,
        message=f"Tag penutup {tag.shown} tidak punya pembuka ({tag.place}).",
        expected=f"{{{{#{tag.name}}}}}",
        actual=tag.shown,
        fix=f"Tambahkan {{{{#{tag.name}}}}} di awal bagian, atau hapus tag penutup ini.",
    )


def malformed(tag: Tag) -> Finding:
    """Braces that hold no name."""
    return Finding(
        code=UNBALANCED,
        severity=Severity.ERROR,
        message=f"Tag {tag.shown} tidak tertulis dengan benar ({tag.place}).",
        actual=tag.shown,
        fix="Tulis tag sebagai {{nama.isian}}, tanpa spasi atau tanda lain di dalam nama.",
    )


def stray(item: Stray) -> Finding:
    """Double braces that are not a pair."""
    return Finding(
        code=UNBALANCED,
        severity=Severity.ERROR,
        message=f"Ada kurung kurawal ganda yang tidak berpasangan ({item.place}).",
        fix="Tulis tag lengkap, diawali {{ dan diakhiri }}, dalam satu paragraf.",
    )


def empty(tag: Tag) -> Finding:
    """A tag that names something known, of which there is nothing."""
    return Finding(
        code=EMPTY,
        severity=Severity.ERROR,
        message=f"Tag {tag.shown} tidak ada isinya ({tag.place}).",
        actual=tag.shown,
        fix=f"Isi datanya di workbook, atau apit tag dengan {{{{#{tag.name}}}}} … {{{{/{tag.name}}}}} di templat.",
    )


def misplaced(tag: Tag, why: str) -> Finding:
    """A tag whose value cannot stand where the tag stands."""
    return Finding(
        code=MISPLACED,
        severity=Severity.ERROR,
        message=f"Tag {tag.shown} {why} ({tag.place}).",
        actual=tag.shown,
        fix=f"{_AGAIN}.",
    )
