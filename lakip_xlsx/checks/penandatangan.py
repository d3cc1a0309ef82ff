"""Rules of the family IDN on the signature: when it was signed, and the number of the person who signs."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from lakip_xlsx import bahasa
from lakip_xlsx.checks.places import Isian
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.layouts import panrb_53
from lakip_xlsx.numbers import fold, squeeze
from lakip_xlsx.workbook.book import Form, Oddity, Value
from lakip_xlsx.workbook.tingkat import is_pemda

_MONTH_YEAR = re.compile(rf"\b(?P<month>{'|'.join(bahasa.MONTHS)})\b\s+(?P<year>[0-9]{{4}})\b", re.IGNORECASE)
_MONTHS = [month.casefold() for month in bahasa.MONTHS]
_NIP_DIGITS = 18
_YOUNGEST, _OLDEST = 17, 70  # of an employee, in years
_FIRST_CONTRACT_CODE = 21  # in the number of an employee by contract (PPPK) it stands where others have a month


@rule(
    Rule(
        code="IDN-006",
        severity=Severity.WARNING,
        nomor=(34,),
        title="Tanggal penandatanganan kosong atau tidak wajar",
        what="Tanggal Penandatanganan harus terisi, tidak mendahului 31 Desember tahun laporan, dan tidak melewati "
        "akhir Februari tahun berikutnya. Bulan dan tahun saja juga diterima.",
        why="Laporan setahun selesai sesudah tahunnya berakhir, dan perangkat daerah menyampaikannya paling lambat dua "
        "bulan kemudian (PermenPANRB 53/2014).",
        fix="Periksa Tanggal Penandatanganan dan Tahun Laporan; mungkin salah satunya masih dari tahun lalu.",
        example="Tahun laporan 2019, ditandatangani Januari 2019.",
    )
)
def tanggal_tanda_tangan(form: Form) -> Outcome:
    """The date of signing, or its month, within the time that the law gives."""
    if "tanggal" not in form.cells:
        return
    year, value = form.year("tahun"), form.values.get("tanggal")
    place = Isian(form, "tanggal")
    if value is None and "tanggal" not in form.notes:
        yield Fault(
            place,
            "Tanggal Penandatanganan masih kosong; di bawah tanda tangan tercetak penanda.",
            actual="kosong",
            fix="Isi tanggalnya, atau bulan dan tahunnya saja bila tanggal ditulis tangan.",
            kind=FindingKind.UNFILLED,
        )
        return
    span = _span(value)
    if span is None and value is not None:
        said = squeeze(str(value))
        message = f'Tanggal Penandatanganan "{said}" tidak terbaca sebagai tanggal.'
        yield Fault(place, message, "tanggal, atau bulan dan tahun, misalnya 30 Januari 2026", said)
    if span is None or year is None:
        return
    first, last = span
    start = dt.date(year, 12, 31)
    deadline = dt.date(year + 1, 2, calendar.monthrange(year + 1, 2)[1])
    shown = bahasa.date(value) if isinstance(value, dt.date) else squeeze(str(value))
    if last < start:
        message = f"Tanggal Penandatanganan {shown} mendahului akhir tahun laporan {year}."
    elif first > deadline:
        message = f"Tanggal Penandatanganan {shown} melewati batas waktu, {bahasa.date(deadline)}."
    else:
        return
    expected = f"{bahasa.date(start)} sampai {bahasa.date(deadline)}"
    yield Fault(place, message, expected=expected, actual=shown, related=(Isian(form, "tahun"),))


def _span(value: Value) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that a date or "Januari 2020" may mean."""
    if isinstance(value, dt.date):
        return value, value
    match = _MONTH_YEAR.search(str(value or ""))
    if match is None:
        return None
    year, month = int(match["year"]), _MONTHS.index(match["month"].casefold()) + 1
    if not dt.MINYEAR <= year < dt.MAXYEAR:
        return None
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


@rule(
    Rule(
        code="IDN-008",
        severity=Severity.WARNING,
        nomor=(46,),
        title="Susunan NIP tidak wajar",
        what="NIP harus terdiri atas 18 angka: tanggal lahir (8), tahun dan bulan pengangkatan (6), jenis kelamin "
        "(1), dan nomor urut (3). Nomor induk PPPK juga diterima.",
        why="NIP yang salah ketik tidak menunjuk siapa pun.",
        fix="Ketik ulang NIP menurut SK. Bila pejabatnya memang tidak ber-NIP, catat pada lembar Pengecualian.",
        example="NIP 19671311 198810 2 001: tidak ada bulan ke-13.",
    )
)
def susunan_nip(form: Form) -> Outcome:
    """A NIP whose parts cannot be."""
    note, text = form.notes.get("nip"), form.text("nip")
    if not text or (note is not None and note.oddity is Oddity.LOST_DIGITS):
        return
    digits = re.sub(r"[\s.-]", "", re.sub(r"^nip\b[\s.:]*", "", fold(text)))
    reason = _wrong(digits)
    if reason:
        yield Fault(Isian(form, "nip"), f"NIP {squeeze(text)}: {reason}.", expected="18 angka", actual=squeeze(text))


def _wrong(digits: str) -> str:
    """What cannot be in a NIP; empty if nothing is wrong."""
    if not digits.isdigit():
        return "memuat tanda yang bukan angka"
    if len(digits) != _NIP_DIGITS:
        return f"{len(digits)} angka, seharusnya {_NIP_DIGITS}"
    try:
        born = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return f"delapan angka pertama ({digits[:8]}) bukan tanggal lahir"
    appointed, month = int(digits[8:12]), int(digits[12:14])
    if not 1 <= month <= 12 and month < _FIRST_CONTRACT_CODE:
        return f"bulan pengangkatan ({digits[12:14]}) tidak ada"
    if not _YOUNGEST <= appointed - born.year <= _OLDEST:
        return f"tahun lahir {born.year} dan tahun pengangkatan {appointed} tidak sepadan"
    return "" if digits[14] in "12" else f"angka ke-15 ({digits[14]}) harus 1 atau 2"


@rule(
    Rule(
        code="IDN-013",
        severity=Severity.WARNING,
        title="Pernyataan telah direviu belum lengkap atau terlambat",
        what="Laporan pemda (ditandatangani Gubernur, Bupati, atau Wali Kota) memuat pernyataan telah direviu: Nama "
        "Inspektur dan Tanggal Pernyataan Reviu harus terisi, dan tanggalnya tidak sesudah Tanggal Penandatanganan.",
        why="Laporan pemda direviu Inspektorat sebelum ditandatangani, dan pernyataannya bagian dari laporan "
        "(PermenPANRB 53/2014, Lampiran III).",
        fix="Isi menurut surat pernyataan Inspektorat pada lembar Instansi.",
        example="Bupati menandatangani 20 Maret 2026, pernyataan reviu bertanggal 2 April 2026.",
        layouts=(panrb_53.LAYOUT.key,),
    )
)
def pernyataan_reviu(form: Form) -> Outcome:
    """What the statement lacks, and a review after the signature."""
    if not is_pemda(form):
        return
    for key in ("inspektur", "tanggal_reviu"):
        heading = form.spec.field(key).heading
        if form.values.get(key) is None and key not in form.notes:
            message = f"{heading} belum diisi; pada pernyataan telah direviu tercetak penanda."
            yield Fault(Isian(form, key), message, actual="kosong", kind=FindingKind.UNFILLED)
    reviewed, signed = _span(form.values.get("tanggal_reviu")), _span(form.values.get("tanggal"))
    if reviewed is not None and signed is not None and reviewed[0] > signed[1]:
        shown, limit = bahasa.date(reviewed[0]), bahasa.date(signed[1])
        yield Fault(
            Isian(form, "tanggal_reviu"),
            f"Tanggal Pernyataan Reviu {shown} sesudah laporan ditandatangani.",
            expected=f"paling lambat {limit}",
            actual=shown,
            related=(Isian(form, "tanggal"),),
        )


@rule(
    Rule(
        code="IDN-014",
        severity=Severity.WARNING,
        title="Tanggal Perjanjian Kinerja di luar tahunnya",
        what="Tanggal Perjanjian Kinerja, bila diisi, harus antara Oktober sebelum tahun laporan dan akhir tahun itu.",
        why="Perjanjian ditandatangani untuk satu tahun; tanggal lain biasanya sisa dari tahun lalu.",
        fix="Periksa tanggal pada perjanjian terakhir yang ditandatangani.",
        example="Tahun laporan 2025, Tanggal Perjanjian Kinerja 12 Januari 2024.",
    )
)
def tanggal_perjanjian(form: Form) -> Outcome:
    """A date that belongs to the agreement of another year, or that is none."""
    value, year = form.values.get("tanggal_perjanjian"), form.year("tahun")
    span, place = _span(value), Isian(form, "tanggal_perjanjian")
    if value is not None and span is None:
        said = squeeze(str(value))
        message = f'Tanggal Perjanjian Kinerja "{said}" tidak terbaca sebagai tanggal.'
        yield Fault(place, message, "tanggal, misalnya 15 Januari 2025", said)
    if span is None or year is None:
        return
    first, last = dt.date(year - 1, 10, 1), dt.date(year, 12, 31)
    if span[1] < first or span[0] > last:
        shown = bahasa.date(value) if isinstance(value, dt.date) else squeeze(str(value))
        message = f"Tanggal Perjanjian Kinerja {shown} tidak sesuai dengan tahun laporan {year}."
        expected = f"{bahasa.date(first)} sampai {bahasa.date(last)}"
        yield Fault(place, message, expected=expected, actual=shown, related=(Isian(form, "tahun"),))
