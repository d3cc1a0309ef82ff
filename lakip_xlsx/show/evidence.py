"""What the review checklist looks at in the workbook: for each question whether it holds, and the figures.

Each function answers True, False, or None where the workbook does not hold what is needed to know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from lakip_xlsx.bahasa import enumerate_
from lakip_xlsx.figures.figures import MONEY_SHEETS, Figures
from lakip_xlsx.finding import Finding, Severity
from lakip_xlsx.layouts.outline import Layout, Level
from lakip_xlsx.numbers import HUNDRED, percent, rupiah
from lakip_xlsx.workbook.book import Book, Oddity, Table

Evidence = tuple[bool | None, str]

_PROFIL = ("tugas_pokok", "struktur_organisasi", "aspek_strategis", "permasalahan_utama")
_LANGKAH = ("langkah_ke_depan", "strategi_pemecahan")
NO_INDICATORS = "Lembar Indikator belum berisi indikator."


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The workbook with its figures, its layout and its open findings."""

    book: Book
    figures: Figures
    layout: Layout
    findings: tuple[Finding, ...]

    def empty_parts(self, keys: Iterable[str]) -> list[str]:
        """Titles of those parts of the layout, among these, whose text the office has not written."""
        parts = {key: part for key, part in self.layout.narasi().items() if key in keys}
        table = self.book.table("narasi")
        written: set[str] = set()
        current = None
        for _, values in table.records() if table is not None and {"bagian", "teks"} <= table.letters.keys() else ():
            if values["bagian"]:  # an empty Bagian goes on with the one above
                current = self.layout.find_narasi(str(values["bagian"]))
            if current is not None and str(values["teks"] or "").strip():
                written.add(current.key)
        return [part.title for key, part in parts.items() if key not in written]

    @property
    def indikator(self) -> Table | None:
        """The sheet Indikator, if it holds any indicator."""
        table = self.book.table("indikator")
        return table if table is not None and len(table) else None


def filled(table: Table, key: str, *, dash: bool = False) -> list[int]:
    """The rows that say something in a column; ``dash`` also counts "-" and "tidak ada"."""
    if key not in table:
        return []
    return [row for row in table.rows if table.text(row, key).strip() or (dash and table.note(row, key) is Oddity.DASH)]


def _identitas(reviewed: Reviewed) -> Evidence:
    form = reviewed.book.form
    if form is None:
        return None, "Lembar Instansi tidak terbaca."
    empty = [field.heading for field in form.spec.fields if field.required and not form.text(field.key)]
    empty += reviewed.empty_parts(_PROFIL)
    pegawai = reviewed.book.table("pegawai")
    if pegawai is None or not len(pegawai):
        empty.append("Pegawai")
    if empty:
        return False, f"Belum diisi: {enumerate_(empty)}."
    return True, "Isian wajib Instansi, uraian tugas dan struktur, serta data pegawai terisi."


def _target(reviewed: Reviewed) -> Evidence:
    table = reviewed.indikator
    if table is None:
        return None, NO_INDICATORS
    held = len(filled(table, "target"))
    return held == len(table), f"{held} dari {len(table)} indikator bertarget."


def _capaian(reviewed: Reviewed) -> Evidence:
    if reviewed.indikator is None:
        return None, NO_INDICATORS
    measured = reviewed.figures.indikator.values()
    known = sum(each.capaian is not None for each in measured)
    return known > 0, f"Capaian terhitung pada {known} dari {len(measured)} indikator."


def _lampiran(reviewed: Reviewed) -> Evidence:
    table, perjanjian = reviewed.book.table("lampiran"), reviewed.book.table("perjanjian")
    forms = [part.title for part in reviewed.layout.parts if part.level is Level.APPENDIX]
    listed = 0 if table is None else len(filled(table, "judul"))
    if "perjanjian" in reviewed.layout.sheets and (perjanjian is None or not len(perjanjian)):
        return False, "Lembar Perjanjian Kinerja kosong, padahal menjadi lampiran."
    return True, f"{len(forms)} lampiran disusun dari workbook; {listed} dokumen lain tercantum pada lembar Lampiran."


def _perbaikan(reviewed: Reviewed) -> Evidence:
    empty = reviewed.empty_parts(_LANGKAH)
    if empty:
        return False, f"Belum ditulis: {enumerate_(empty)}."
    below = [
        row for row, each in reviewed.figures.indikator.items() if each.capaian is not None and each.capaian < HUNDRED
    ]
    table = reviewed.indikator
    solved = set(filled(table, "solusi")) if table is not None else set()
    without = [row for row in below if row not in solved]
    if table is not None and without:
        cells = ", ".join(str(table.cell(row, "solusi")) for row in without[:4])
        return False, f"{len(without)} indikator dengan capaian di bawah 100% belum bersolusi ({cells})."
    told = f"; solusi ada pada {len(below)} indikator dengan capaian di bawah 100%" if below else ""
    return True, f"Langkah perbaikan ditulis pada bab penutup{told}."


def _keuangan(reviewed: Reviewed) -> Evidence:
    for key in MONEY_SHEETS:
        money = reviewed.figures.totals.get(key)
        if money is not None and money.anggaran is not None and money.realisasi is not None:
            share = "" if money.serapan is None else f", serapan {percent(money.serapan)}%"
            return True, f"Anggaran Rp {rupiah(money.anggaran)}, realisasi Rp {rupiah(money.realisasi)}{share}."
    return False, "Anggaran dan realisasi belum diisi."


def _column(key: str, noun: str) -> Callable[[Reviewed], Evidence]:
    """Whether a column of Indikator is filled in every row."""

    def held(reviewed: Reviewed) -> Evidence:
        table = reviewed.indikator
        if table is None:
            return None, NO_INDICATORS
        many = len(filled(table, key))
        return many == len(table), f"{noun} terisi pada {many} dari {len(table)} indikator."

    return held


def _keandalan(reviewed: Reviewed) -> Evidence:
    errors = [finding for finding in reviewed.findings if finding.severity is Severity.ERROR]
    if errors:
        return False, f"Masih ada {len(errors)} kesalahan dalam workbook."
    return True, "Pemeriksaan tidak menemukan kesalahan."


def _perjanjian(reviewed: Reviewed) -> Evidence:
    table = reviewed.book.table("perjanjian")
    if table is None or not len(table):
        return None, "Lembar Perjanjian Kinerja tidak diisi."
    return True, f"Dibandingkan dengan {len(table)} indikator pada lembar Perjanjian Kinerja."


def _renstra(reviewed: Reviewed) -> Evidence:
    sasaran = reviewed.figures.sasaran
    table = reviewed.book.table("renstra")
    if table is None or not sasaran:
        return None, "Lembar Renstra tidak memuat sasaran."
    strange = [kode for kode, each in sasaran.items() if each.row is None]
    if strange:
        return False, f"Sasaran {enumerate_(strange)} tidak ada pada lembar Renstra."
    return True, f"{len(sasaran)} sasaran, semuanya ada pada lembar Renstra."


def _pembanding(reviewed: Reviewed) -> Evidence:
    table = reviewed.indikator
    if table is None:
        return None, NO_INDICATORS
    counts = {
        "realisasi tahun lalu": len(filled(table, "lalu1")),
        "target akhir Renstra": len(filled(table, "target_akhir")),
        "standar nasional": len(filled(table, "standar", dash=True)),
    }
    said = ", ".join(f"{name} {many}" for name, many in counts.items())
    return all(many == len(table) for many in counts.values()), f"Dari {len(table)} indikator terisi: {said}."


def _ukuran(reviewed: Reviewed) -> Evidence:
    sasaran = reviewed.figures.sasaran
    if not sasaran:
        return None, "Lembar Renstra tidak memuat sasaran."
    measured = sum(each.indikator > 0 for each in sasaran.values())
    return measured == len(sasaran), f"{measured} dari {len(sasaran)} sasaran mempunyai indikator."


def _smart(reviewed: Reviewed) -> Evidence:
    table = reviewed.indikator
    if table is None:
        return None, NO_INDICATORS
    whole = set(filled(table, "satuan")) & set(filled(table, "target"))
    return len(whole) == len(table), f"{len(whole)} dari {len(table)} indikator bersatuan dan bertarget."


EVIDENCE: Final[Mapping[str, Callable[[Reviewed], Evidence]]] = {
    "identitas": _identitas,
    "target": _target,
    "capaian": _capaian,
    "lampiran": _lampiran,
    "perbaikan": _perbaikan,
    "keuangan": _keuangan,
    "sumber_data": _column("sumber_data", "Sumber Data"),
    "penanggung_jawab": _column("penanggung_jawab", "Penanggung Jawab"),
    "keandalan": _keandalan,
    "perjanjian": _perjanjian,
    "renstra": _renstra,
    "pembanding": _pembanding,
    "ukuran": _ukuran,
    "smart": _smart,
}
"""Name of the evidence, as in :mod:`lakip_xlsx.layouts.reviu` → the function that looks at it."""
