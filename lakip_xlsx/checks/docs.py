"""The page of all rules, from their declarations."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from lakip_xlsx.checks.rule import FAMILIES, Rule
from lakip_xlsx.finding import Severity

SEVERITIES = {Severity.ERROR: "Kesalahan", Severity.WARNING: "Peringatan", Severity.INFO: "Informasi"}
"""What the weights of findings are called in Indonesian."""

_INTRO = """# Aturan pemeriksaan

Setiap workbook diperiksa dengan semua aturan di bawah ini sebelum laporannya disusun. Setiap temuan menyebut kode
aturan, sel, yang diharapkan, yang ditemukan, dan cara memperbaikinya. **Kesalahan** membuat laporan bertanda DRAF;
**peringatan** perlu diperiksa; **informasi** hanya memberi tahu. Angka tidak pernah diperbaiki diam-diam.

Dalam contoh, tanda ' di depan isi sel berarti teks, tanda # di depan angka berarti angka, dan `=C6/B6 -> 0,98` berarti
rumus dengan hasilnya; rumus tanpa tanda panah belum pernah dihitung.

Halaman ini disusun dari pernyataan aturan di dalam program. Untuk satu aturan: `lakip-xlsx explain KODE`."""


def page(rules: Mapping[str, Rule], cases: Mapping[str, str]) -> str:
    """All rules in Markdown, by family; ``cases`` are worked examples in Markdown, by code."""
    parts = [_INTRO, _overview(rules)]
    for family, members in groupby(rules.values(), key=lambda rule: rule.family):
        parts.append(f"## {FAMILIES[family]} ({family})")
        parts += [_rule(rule, cases.get(rule.code, "")) for rule in members]
    return "\n\n".join(parts) + "\n"


def _overview(rules: Mapping[str, Rule]) -> str:
    lines = ["| Kode | Tingkat | Yang diperiksa |", "| --- | --- | --- |"]
    for rule in rules.values():
        link = f"[{rule.code}](#{rule.code.lower()})"
        lines.append(f"| {link} | {SEVERITIES[rule.severity]} | {rule.title} |")
    return "\n".join(lines)


def _rule(rule: Rule, case: str) -> str:
    lines = [f"- **Tingkat:** {SEVERITIES[rule.severity]}", f"- **Yang diperiksa:** {rule.what}"]
    lines += [f"- **Alasan:** {rule.why}", f"- **Contoh:** {rule.example}"]
    if rule.tolerance:
        lines.append(f"- **Toleransi:** {rule.tolerance}")
    if rule.layouts:
        lines.append(f"- **Tata letak:** {', '.join(rule.layouts)}")
    lines.append(f"- **Cara memperbaiki:** {rule.fix}")
    head = f"### {rule.code}\n\n**{rule.title}**\n\n" + "\n".join(lines)
    return f"{head}\n\n{case}" if case else head
