"""The findings that a template can give rise to, in the words of the person who edits it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from lakip_xlsx.finding import Cell, Finding, Severity
from lakip_xlsx.word.fill.tags import Stray, Tag

UNKNOWN, UNBALANCED, EMPTY, MISPLACED = "TPL-001", "TPL-002", "TPL-003", "TPL-004"
UNFILLED, MISSING_PART, NO_STYLES, UNNUMBERED = "TPL-005", "TPL-006", "TPL-007", "TPL-008"
TAKEN_OUT, REFUSED, UNPLACED, IDLE = "TPL-009", "TPL-010", "TPL-011", "TPL-012"
_AGAIN = "Perbaiki di templat Word"


def _error(code: str, message: str, *, fix: str, expected: str = "", actual: str = "") -> Finding:
    return Finding(code, Severity.ERROR, message, expected=expected, actual=actual, fix=fix)


def unknown(tag: Tag, known: Iterable[str]) -> Finding:
    """A tag that names nothing."""
    close = difflib.get_close_matches(tag.name, sorted(known), n=1, cutoff=0.6)
    hint = f"Barangkali maksudnya {{{{{close[0]}}}}}. {_AGAIN}." if close else f"{_AGAIN} atau hapus tag itu."
    return _error(
        UNKNOWN,
        f"Tag {tag.shown} tidak dikenal ({tag.place}).",
        expected=f"{{{{{close[0]}}}}}" if close else "",
        actual=tag.shown,
        fix=hint,
    )


def unclosed(tag: Tag) -> Finding:
    """An opening tag without its closing tag in the same place."""
    return _error(
        UNBALANCED,
        f"Bagian {tag.shown} tidak ditutup ({tag.place}).",
        expected=f"{{{{/{tag.name}}}}}",
        fix=f"Tambahkan {{{{/{tag.name}}}}} di akhir bagian: pada paragraf, baris tabel, atau sel yang setara.",
    )


def unopened(tag: Tag) -> Finding:
    """A closing tag without its opening tag in the same place."""
    return _error(
        UNBALANCED,
        f"Tag penutup {tag.shown} tidak punya pembuka ({tag.place}).",
        expected=f"{{{{#{tag.name}}}}}",
        actual=tag.shown,
        fix=f"Tambahkan {{{{#{tag.name}}}}} di awal bagian, atau hapus tag penutup ini.",
    )


def malformed(tag: Tag) -> Finding:
    """Braces that hold no name."""
    return _error(
        UNBALANCED,
        f"Tag {tag.shown} tidak tertulis dengan benar ({tag.place}).",
        actual=tag.shown,
        fix="Tulis tag sebagai {{nama.isian}}, tanpa spasi atau tanda lain di dalam nama.",
    )


def stray(item: Stray) -> Finding:
    """Double braces that are not a pair."""
    return _error(
        UNBALANCED,
        f"Ada kurung kurawal ganda yang tidak berpasangan ({item.place}).",
        fix="Tulis tag lengkap, diawali {{ dan diakhiri }}, dalam satu paragraf.",
    )


def empty(tag: Tag) -> Finding:
    """A tag that names something known, of which there is nothing."""
    return _error(
        EMPTY,
        f"Tag {tag.shown} tidak ada isinya ({tag.place}).",
        actual=tag.shown,
        fix=f"Isi datanya di workbook, atau apit tag dengan {{{{#{tag.name}}}}} … {{{{/{tag.name}}}}} di templat.",
    )


def misplaced(tag: Tag, why: str) -> Finding:
    """A tag whose value cannot stand where the tag stands."""
    return _error(MISPLACED, f"Tag {tag.shown} {why} ({tag.place}).", actual=tag.shown, fix=f"{_AGAIN}.")


def unfilled(shown: str, place: str) -> Finding:
    """A tag where nothing is filled."""
    return _error(
        UNFILLED,
        f"Tag {shown} berada di tempat yang tidak diisi ({place}).",
        actual=shown,
        fix="Pindahkan tag itu ke isi dokumen, kepala halaman, atau kaki halaman.",
    )


def idle(tag: Tag) -> Finding:
    """A section that repeats, with nothing in it of what it repeats."""
    return _error(
        IDLE,
        f"Bagian {tag.shown} mengulang hal yang sama berkali-kali ({tag.place}).",
        actual=tag.shown,
        fix=f"Periksa nama bagian itu: tidak ada tag di dalamnya yang menyebut isi {{{{#{tag.name}}}}}. {_AGAIN}.",
    )


def missing_part(title: str, lacking: Sequence[str], basis: str, *, demanded: bool) -> Finding:
    """A part of the layout; ``demanded`` says that the regulation itself asks for it."""
    return Finding(
        code=MISSING_PART,
        severity=Severity.ERROR if demanded else Severity.WARNING,
        message=f'Bagian "{title}" tidak lengkap: {", ".join(lacking)} tidak ada di templat. Dasar: {basis}.',
        expected=", ".join(lacking),
        fix="Salin bagian itu dari templat asal (lakip-xlsx template export).",
    )


def no_styles(names: Sequence[str]) -> Finding:
    """Styles that a template lacks."""
    return Finding(
        code=NO_STYLES,
        severity=Severity.INFO,
        message=f"Gaya yang tidak ada di templat: {', '.join(names)}.",
        fix="Tidak harus diperbaiki: saat diisi, gaya itu ditambahkan dengan tampilan bawaan.",
    )


def unnumbered(style: str) -> Finding:
    """A list style without a list."""
    return Finding(
        code=UNNUMBERED,
        severity=Severity.WARNING,
        message=f'Gaya "{style}" tidak terhubung dengan penomoran, jadi butir daftar tercetak tanpa nomor atau tanda.',
        fix=f'Di Word, ubah gaya "{style}" (Ubah, Format, Penomoran), atau hapus gaya itu agar dibuat ulang.',
    )


def taken_out(what: str) -> Finding:
    """A link that no report carries on."""
    return Finding(
        code=TAKEN_OUT,
        severity=Severity.INFO,
        message=f"Tautan templat ke {what} tidak diteruskan ke dokumen.",
        fix="Tidak ada yang perlu diperbaiki.",
    )


def refused(what: str, fix: str) -> Finding:
    """Active or outside content."""
    return _error(
        REFUSED,
        f"Templat memuat {what}, yang tidak boleh ada dalam laporan; templat ini tidak akan diisi.",
        actual=what,
        fix=fix,
    )


def unplaced_table(name: str, cell: Cell) -> Finding:
    """Filled cells for which the template has no place."""
    return Finding(
        code=UNPLACED,
        severity=Severity.WARNING,
        message=f"Isi lembar {cell.sheet} mulai {cell.ref} tidak dimuat: tag {{{{#{name}}}}} tidak ada di templat.",
        cell=cell,
        expected=f"{{{{#{name}}}}}",
        fix="Salin bagian itu dari templat bawaan (lakip-xlsx template export).",
    )


def unplaced(what: str, name: str, cell: Cell) -> Finding:
    """A text or a picture of the office for which the template has no place."""
    return Finding(
        code=UNPLACED,
        severity=Severity.WARNING,
        message=f"{what} tidak dimuat: tag {{{{{name}}}}} tidak ada di templat.",
        cell=cell,
        expected=f"{{{{{name}}}}}",
        fix="Tambahkan tag itu di templat Word, atau pindahkan ke bagian lain.",
    )
