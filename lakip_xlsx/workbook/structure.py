"""The structural findings (family BRK): what may be wrong with the form of a workbook.

They come from the reader, not from a check, because the checks need a workbook that has been read.
"""

from __future__ import annotations

from lakip_xlsx.finding import Severity

STRUCTURE: dict[str, tuple[Severity, str]] = {
    "BRK-001": (Severity.ERROR, "Lembar yang wajib tidak ada"),
    "BRK-002": (Severity.ERROR, "Kolom atau isian yang wajib tidak ada"),
    "BRK-003": (Severity.ERROR, "Judul kolom atau isian salah ketik"),
    "BRK-004": (Severity.ERROR, "Judul kolom ganda"),
    "BRK-005": (Severity.INFO, "Kolom yang tidak dikenal"),
    "BRK-006": (Severity.ERROR, "Nama lembar salah ketik"),
    "BRK-007": (Severity.WARNING, "Isi di bawah kolom tanpa judul"),
    "BRK-008": (Severity.INFO, "Baris di bawah Jumlah tidak dibaca sebagai data"),
    "BRK-009": (Severity.INFO, "Baris atau lembar tersembunyi"),
    "BRK-010": (Severity.ERROR, "Lembar yang sama ada dua kali"),
    "BRK-011": (Severity.ERROR, "Baris judul tabel tidak ditemukan"),
    "BRK-012": (Severity.INFO, "Lembar yang tidak dikenal"),
}
"""The structural findings: code → severity and title. They come from the reader, not from a check."""
