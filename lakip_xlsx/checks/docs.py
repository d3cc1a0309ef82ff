"""The page of all rules, from their declarations."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from lakip_xlsx.checks.rule import FAMILIES, Rule
from lakip_xlsx.finding import Severity
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.workbook.structure import Declared

SEVERITIES = {Severity.ERROR: "Kesalahan", Severity.WARNING: "Peringatan", Severity.INFO: "Informasi"}
"""What the weights of findings are called in Indonesian."""

_INTRO = """# Aturan pemeriksaan

Setiap workbook diperiksa dengan semua aturan di bawah ini sebelum laporannya disusun. Setiap temuan menyebut kode
aturan, sel, yang diharapkan, yang ditemukan, dan cara memperbaikinya. **Kesalahan** membuat laporan bertanda DRAF;
**peringatan** perlu diperiksa; **informasi** hanya memberi tahu. Angka tidak pernah diperbaiki diam-diam.

Temuan yang memang diketahui dan dapat dipertanggungjawabkan ditulis pada lembar Pengecualian beserta alasannya;
laporan mencantumkannya.

Dalam contoh, tanda ' di depan isi sel berarti teks, tanda # di depan angka berarti angka, dan `=C6/B6 -> 0,98` berarti
rumus dengan hasilnya; rumus tanpa tanda panah belum pernah dihitung.

Aturan keluarga DOK memeriksa dokumen Word yang sudah jadi (`lakip-xlsx check laporan.docx`), beserta aturan NAR
tentang kalimat. Dalam contohnya, `dari` menyebut contoh yang dokumennya disunting, dan baris berikutnya apa yang
dilakukan orang.

Halaman ini disusun dari pernyataan aturan di dalam program. Untuk satu aturan: `lakip-xlsx explain KODE`."""


def page(rules: Mapping[str, Rule], structure: Mapping[str, Declared], cases: Mapping[str, str]) -> str:
    """All codes in Markdown, by family; ``cases`` are worked examples in Markdown, by code."""
    every: dict[str, Rule | Declared] = {**structure, **rules}
    order = {family: position for position, family in enumerate(FAMILIES)}
    codes = sorted(every, key=lambda code: (order[code[:3]], code))
    parts = [_INTRO, _overview({code: every[code] for code in codes})]
    for family, members in groupby(codes, key=lambda code: code[:3]):
        parts.append(f"## {FAMILIES[family]} ({family})")
        parts += [_entry(code, every[code], cases.get(code, "")) for code in members]
    return "\n\n".join(parts) + "\n"


def _overview(every: Mapping[str, Rule | Declared]) -> str:
    lines = ["| Kode | Tingkat | Yang diperiksa |", "| --- | --- | --- |"]
    for code, one in every.items():
        lines.append(f"| [{code}](#{code.lower()}) | {SEVERITIES[one.severity]} | {one.title} |")
    return "\n".join(lines)


def _entry(code: str, one: Rule | Declared, case: str) -> str:
    lines = [f"- **Tingkat:** {SEVERITIES[one.severity]}", f"- **Yang diperiksa:** {one.what}"]
    lines += [f"- **Alasan:** {one.why}", f"- **Contoh:** {one.example}"]
    if isinstance(one, Rule) and one.tolerance:
        lines.append(f"- **Toleransi:** {one.tolerance}")
    if isinstance(one, Rule) and one.layouts:
        names = ", ".join(layout.name for layout in LAYOUTS if layout.key in one.layouts)
        lines.append(f"- **Tata letak:** {names}")
    lines.append(f"- **Cara memperbaiki:** {one.fix}")
    head = f"### {code}\n\n**{one.title}**\n\n" + "\n".join(lines)
    return f"{head}\n\n{case}" if case else head
