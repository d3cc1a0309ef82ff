"""What the criteria of the evaluation (PermenPANRB 88/2021) look at: each with the place in the report.

As in :mod:`lakip_xlsx.show.evidence`: True, False, or None where the workbook does not hold what is needed to know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from lakip_xlsx.bahasa import enumerate_
from lakip_xlsx.figures.capaian import Efisiensi
from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.layouts import panrb_53
from lakip_xlsx.numbers import HUNDRED, fold
from lakip_xlsx.show.evidence import EVIDENCE as REVIU
from lakip_xlsx.show.evidence import NO_INDICATORS, Evidence, Reviewed, filled
from lakip_xlsx.workbook.book import Oddity, Table
from lakip_xlsx.workbook.tingkat import is_pemda

_MOST = 4  # cells named for one thing that is missing
_LAST_YEAR = ("lalu1",)
_NEW = "indikator baru"


def _place(reviewed: Reviewed, *keys: str) -> str:
    """Where the report shows it: the headings of those of these parts that the layout has."""
    titles = [part.title for part in reviewed.layout.parts if part.key in keys]
    return f"Tempatnya: bagian {enumerate_(titles)}." if titles else "Tata letak ini tidak punya bagian untuk itu."


def _rows(reviewed: Reviewed, key: str) -> tuple[Table, list[int]] | None:
    """The sheet and its rows, if it holds any."""
    table = reviewed.book.table(key)
    return (table, list(table.rows)) if table is not None and len(table) else None


def _without(table: Table, key: str, done: set[int]) -> str:
    """The cells of the rows that are not done."""
    rows = [row for row in table.rows if row not in done]
    heading = table.spec.field(key).heading
    if key not in table:
        return f"kolom {heading} tidak ada pada lembar {table.name}"
    rest = f" dan {len(rows) - _MOST} sel lain" if len(rows) > _MOST else ""
    return f"{heading} kosong di {', '.join(str(table.cell(row, key)) for row in rows[:_MOST])}{rest}"


def _numbers(table: Table, key: str) -> set[int]:
    return set(table.numbers(key)) if key in table else set()


def _compared(noun: str, keys: tuple[str, ...], *parts: str, besides: str = "") -> Callable[[Reviewed], Evidence]:
    """Whether every indicator has something to compare with in one of these columns, and the report shows it."""

    def held(reviewed: Reviewed) -> Evidence:
        table = reviewed.indikator
        if table is None:
            return None, NO_INDICATORS
        new = {row for row in table.rows if keys == _LAST_YEAR and _is_new(table, row)}
        done = {row for row in table.rows if any(_says(table, row, key) for key in keys)} - new
        none = {row for row in table.rows if any(_says_none(table, row, key) for key in keys)} - done
        fresh = f", {len(new)} lainnya indikator baru" if new else ""
        said = f"{noun} ada pada {len(done)} dari {len(table)} indikator{fresh}."
        answered = done | none | new
        if len(answered) < len(table):
            return False, _joined(said, f"{_without(table, keys[0], answered)}.", besides)
        is_shown = any(part.key in parts for part in reviewed.layout.parts)
        told = "Pada yang lain tertulis tidak ada." if none - new else ""
        return (None if told or not is_shown else True), _joined(said, told, _place(reviewed, *parts))

    return held


def _is_new(table: Table, row: int) -> bool:
    """Whether the office says that an indicator had no last year; one with a result had one."""
    words = f"{table.text(row, 'lalu1')} {table.text(row, 'keterangan')}"
    return _NEW in fold(words) and table.number(row, "lalu1") is None


def _says(table: Table, row: int, key: str) -> bool:
    """Whether a cell says something: a number, or a word such as BB."""
    return bool(table.text(row, key).strip()) and not _says_none(table, row, key)


def _says_none(table: Table, row: int, key: str) -> bool:
    """Whether a cell says that there is none."""
    return table.note(row, key) is Oddity.DASH or fold(table.text(row, key)).startswith("tidak ada")


def _joined(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def _disusun(reviewed: Reviewed) -> Evidence:
    errors = [finding for finding in reviewed.findings if finding.severity is Severity.ERROR]
    empty = sum(finding.kind is FindingKind.UNFILLED for finding in errors)
    if errors:
        return False, f"Laporan masih DRAF: {len(errors) - empty} keliru dan {empty} belum diisi."
    return True, "Laporan dapat dibuat dari workbook ini tanpa tanda DRAF."


def _berkala(reviewed: Reviewed) -> Evidence:
    found = _rows(reviewed, "rencana_aksi")
    if found is None:
        return None, "Lembar Rencana Aksi (triwulan) tidak diisi."
    table, _ = found
    quarters = {table.text(row, "triwulan") for row in _numbers(table, "realisasi")} - {""}
    return True, f"Lembar Rencana Aksi memuat realisasi {len(quarters)} dari 4 triwulan."


def _diformalkan(reviewed: Reviewed) -> Evidence:
    form = reviewed.book.form
    if form is None:
        return None, "Lembar Instansi tidak terbaca."
    keys = ("kepala", "jabatan_kepala", "nip", "tempat", "tanggal")
    empty = [form.spec.field(key).heading for key in keys if form.values.get(key) is None]
    if empty:
        return False, f"Blok tanda tangan belum lengkap: {enumerate_(empty)} (lembar Instansi)."
    return True, f"Blok tanda tangan lengkap. {_place(reviewed, 'kata_pengantar')}"


def _direviu(reviewed: Reviewed) -> Evidence:
    form = reviewed.book.form
    if form is None or not is_pemda(form):
        return None, "Reviu APIP dilakukan atas laporan tingkat kementerian, lembaga, atau pemda (PermenPANRB 53/2014)."
    empty = [form.spec.field(key).heading for key in ("inspektur", "tanggal_reviu") if form.values.get(key) is None]
    if empty:
        return False, f"Pernyataan telah direviu belum lengkap: {enumerate_(empty)} (lembar Instansi)."
    return True, f"Formulir pernyataannya terisi. {_place(reviewed, 'pernyataan_reviu')}"


def _tepat_waktu(reviewed: Reviewed) -> Evidence:
    form = reviewed.book.form
    if form is None or form.values.get("tanggal") is None:
        return None, "Tanggal Penandatanganan belum diisi."
    return True, f"Tanggal Penandatanganan: {form.cell('tanggal')}."


def _standar(reviewed: Reviewed) -> Evidence:
    year = reviewed.book.form.year("tahun") if reviewed.book.form else None
    if year is not None and year >= panrb_53.LAYOUT.first_year and reviewed.layout.key != panrb_53.LAYOUT.key:
        return False, f"Tata letak {reviewed.layout.name}; untuk {year} susunannya {panrb_53.LAYOUT.name}."
    empty = reviewed.empty_parts(key for key, part in reviewed.layout.narasi().items() if part.required)
    if empty:
        return False, f"Belum ditulis: {enumerate_(empty)}."
    return True, f"Susunannya menurut {reviewed.layout.basis}; bagian wajib ditulis semua."


def _seluruh_capaian(reviewed: Reviewed) -> Evidence:
    measured = reviewed.figures.indikator
    if reviewed.indikator is None:
        return None, NO_INDICATORS
    known = sum(each.capaian is not None for each in measured.values())
    bare = [kode for kode, each in reviewed.figures.sasaran.items() if not each.indikator]
    if bare:
        return False, f"Sasaran tanpa indikator: {enumerate_(bare)}."
    return True, f"Capaian terhitung pada {known} dari {len(measured)} indikator, untuk setiap sasaran."


def _target_tahunan(reviewed: Reviewed) -> Evidence:
    table = reviewed.indikator
    if table is None:
        return None, NO_INDICATORS
    done = {row for row, each in reviewed.figures.indikator.items() if each.capaian is not None}
    said = f"Target dan realisasi dapat dibandingkan pada {len(done)} dari {len(table)} indikator."
    if len(done) < len(table):
        rows = [str(table.cell(row, "realisasi")) for row in table.rows if row not in done and "realisasi" in table]
        return False, f"{said} Periksa {', '.join(rows[:_MOST])}."
    return True, f"{said} {_place(reviewed, 'analisis_target', 'analisis_sasaran')}"


def _upaya_hambatan(reviewed: Reviewed) -> Evidence:
    table = reviewed.indikator
    if table is None:
        return None, NO_INDICATORS
    told = set(filled(table, "analisis"))
    below = {row for row, each in reviewed.figures.indikator.items() if each.capaian and each.capaian < HUNDRED}
    if len(told) < len(table):
        return False, f"Analisis ada pada {len(told)} dari {len(table)} indikator; {_without(table, 'analisis', told)}."
    missing = below - set(filled(table, "hambatan"))
    if missing:
        return False, f"{_without(table, 'hambatan', set(table.rows) - missing)}, padahal capaiannya di bawah 100%."
    return True, f"Analisis ada pada semua indikator. {_place(reviewed, 'analisis_penyebab', 'analisis_sasaran')}"


def _efisiensi(reviewed: Reviewed) -> Evidence:
    sasaran = reviewed.figures.sasaran
    if not sasaran:
        return None, "Lembar Renstra tidak memuat sasaran."
    unknown = [kode for kode, each in sasaran.items() if each.efisiensi is Efisiensi.TIDAK_DIHITUNG]
    if unknown:
        return False, f"Efisiensi anggaran tidak dapat dihitung bagi sasaran {enumerate_(unknown)}."
    resources = {"pegawai": "pegawai", "sarana": "sarana prasarana"}
    absent = [noun for key, noun in resources.items() if _rows(reviewed, key) is None]
    besides = f" Belum ada data {enumerate_(absent)}." if absent else ""
    place = _place(reviewed, "analisis_efisiensi")
    return True, f"Efisiensi anggaran terhitung bagi {len(sasaran)} sasaran.{besides} {place}"


def _sheet(key: str, name: str, said: str) -> Callable[[Reviewed], Evidence]:
    """What an optional sheet tells about the use of the report; only a person knows whether that is enough."""

    def held(reviewed: Reviewed) -> Evidence:
        found = _rows(reviewed, key)
        if found is None:
            return None, f"Lembar {name} tidak diisi."
        return True, f"Lembar {found[0].name} memuat {len(found[1])} {said}."

    return held


EVIDENCE: Final[Mapping[str, Callable[[Reviewed], Evidence]]] = {
    "disusun": _disusun,
    "berkala": _berkala,
    "diformalkan": _diformalkan,
    "direviu": _direviu,
    "tepat_waktu": _tepat_waktu,
    "standar": _standar,
    "seluruh_capaian": _seluruh_capaian,
    "target_tahunan": _target_tahunan,
    "jangka_menengah": _compared("Target akhir Renstra", ("target_akhir",), "analisis_renstra"),
    "tahun_sebelumnya": _compared("Realisasi tahun lalu", _LAST_YEAR, "analisis_tahun_lalu", "analisis_sasaran"),
    "benchmark": _compared(
        "Standar nasional atau pembanding",
        ("standar", "pembanding"),
        "analisis_standar",
        besides="Kolom Pembanding dan Nama Pembanding boleh dipakai.",
    ),
    "upaya_hambatan": _upaya_hambatan,
    "efisiensi": _efisiensi,
    "perbaikan": REVIU["perbaikan"],
    "rencana_aksi": _sheet("rencana_aksi", "Rencana Aksi", "baris rencana aksi triwulan"),
    "tindak_lanjut": _sheet("tindak_lanjut", "Tindak Lanjut", "tindak lanjut rekomendasi evaluasi"),
}
"""Name of the evidence, as in :mod:`lakip_xlsx.layouts.lke` → the function that looks at it."""
