"""The kinds of findings across offices. A code is never used again for another kind."""

from __future__ import annotations

from dataclasses import dataclass

from lakip_xlsx.finding import Severity


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding across offices."""

    code: str
    severity: Severity
    title: str
    fix: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind("LKT-001", Severity.ERROR, "Belum menyerahkan workbook", "Tagih workbooknya, atau perbaiki daftarnya."),
        Kind(
            "LKT-002",
            Severity.ERROR,
            "Dua workbook untuk satu kantor",
            "Sisakan satu, pindahkan yang lain dari folder.",
        ),
        Kind(
            "LKT-003", Severity.ERROR, "Tahun laporan berbeda", "Minta workbook tahun ini, atau betulkan Tahun Laporan."
        ),
        Kind("LKT-004", Severity.WARNING, "Tata letak berbeda", "Samakan Tata Letak pada lembar Instansi."),
        Kind(
            "LKT-005",
            Severity.WARNING,
            "Nama pemerintah daerah berbeda",
            "Samakan Pemerintah Daerah pada lembar Instansi.",
        ),
        Kind(
            "LKT-006",
            Severity.WARNING,
            "Skala atau batas capaian berbeda",
            "Capaian antarkantor baru sebanding bila skala dan batasnya sama.",
        ),
        Kind("LKT-007", Severity.WARNING, "Nama atasan berbeda", "Samakan Nama Atasan pada lembar Instansi."),
        Kind(
            "LKT-008",
            Severity.WARNING,
            "Satu orang menandatangani untuk dua kantor",
            "Benar bila ia pelaksana tugas; bila tidak, betulkan Nama Kepala dan NIP.",
        ),
        Kind("LKT-009", Severity.ERROR, "Satu NIP dengan dua nama", "Cocokkan nama dan NIP dengan data kepegawaian."),
        Kind(
            "LKT-010",
            Severity.WARNING,
            "Kode program sama, namanya berbeda",
            "Pakai nama menurut nomenklatur (Kepmendagri 050-5889/2021).",
        ),
        Kind(
            "LKT-011",
            Severity.WARNING,
            "Indikator sama, targetnya berbeda",
            "Cocokkan dengan RPJMD; target bersama seharusnya satu.",
        ),
        Kind(
            "LKT-012",
            Severity.ERROR,
            "Indikator sama, standar nasionalnya berbeda",
            "Standar nasional hanya satu; cocokkan dengan sumbernya.",
        ),
        Kind(
            "LKT-013",
            Severity.ERROR,
            "Indikator sama, satuan atau arahnya berbeda",
            "Samakan Satuan dan Arah pada lembar Indikator.",
        ),
        Kind("LKT-014", Severity.WARNING, "Narasi disalin antarkantor", "Tulis menurut keadaan kantor sendiri."),
        Kind(
            "LKT-015",
            Severity.ERROR,
            "Narasi salinan menyebut kantor lain",
            "Tulis ulang; nama kantor lain ikut tersalin.",
        ),
        Kind("LKT-016", Severity.INFO, "Kalimat yang sama di banyak kantor", "Tidak apa bila memang kalimat bersama."),
        Kind("LKT-017", Severity.ERROR, "Berbeda dengan APBD", "Cari selisihnya dengan DPA dan LRA kantor itu."),
        Kind(
            "LKT-018", Severity.WARNING, "Tidak ada dalam APBD", "Samakan namanya dengan APBD, atau lengkapi APBD-nya."
        ),
        Kind("LKT-019", Severity.ERROR, "Workbook tidak terbaca", "Buka di Excel, simpan ulang, lalu serahkan lagi."),
        Kind(
            "LKT-020",
            Severity.WARNING,
            "Nama kantor di luar daftar",
            "Samakan namanya dengan daftar, atau tambahkan ke daftar.",
        ),
    )
}
