"""The predikat scales that every blank workbook offers; an office may add its own rows.

A scale is a list of classes with their lower limits: the top class is open, the lowest starts at 0,
and nothing lies between two classes, so every capaian has exactly one predikat.
"""

from __future__ import annotations

LAN_2003 = "Skala LAKIP (4 kelas)"
PERMENDAGRI_86 = "Permendagri 86/2017 (5 kelas)"
ORDINAL = "Skala Ordinal (4 kelas)"

# Skala, Batas Bawah (%), Predikat, Termasuk Batas.
# Permendagri 86/2017 prints whole limits (91, 76, 66, 51), which leave holes such as 90,5: the classes
# are therefore "above 90", "above 75" and so on, without a hole.
PRESETS: tuple[tuple[str, str, str, str], ...] = (
    (LAN_2003, "100", "Sangat Baik", "Ya"),
    (LAN_2003, "85", "Baik", "Ya"),
    (LAN_2003, "70", "Sedang", "Ya"),
    (LAN_2003, "0", "Kurang Baik", "Ya"),
    (PERMENDAGRI_86, "90", "Sangat Tinggi", "Tidak"),
    (PERMENDAGRI_86, "75", "Tinggi", "Tidak"),
    (PERMENDAGRI_86, "65", "Sedang", "Tidak"),
    (PERMENDAGRI_86, "50", "Rendah", "Tidak"),
    (PERMENDAGRI_86, "0", "Sangat Rendah", "Ya"),
    (ORDINAL, "85", "Sangat Berhasil", "Ya"),
    (ORDINAL, "70", "Berhasil", "Ya"),
    (ORDINAL, "55", "Cukup Berhasil", "Ya"),
    (ORDINAL, "0", "Tidak Berhasil", "Ya"),
)

SYNONYMS = {
    LAN_2003: ("Skala LAKIP", "LAKIP", "Skala LAKIP 4 kelas", "Skala LAN"),
    PERMENDAGRI_86: (
        "Permendagri 86/2017",
        "Permendagri 86 Tahun 2017",
        "Permendagri No 86 Tahun 2017",
        "Permendagri 86",
    ),
    ORDINAL: ("Skala Ordinal", "Ordinal"),
}
"""Preset → what people call it; a scale of that very name in the sheet Skala goes before."""
