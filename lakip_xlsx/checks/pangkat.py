"""IDN-011: pangkat and golongan of the person who signs, which must be of one kind.

A civil servant (PNS) has a pangkat with its golongan ruang (PP 11/2017 as amended by PP 17/2020; the names are
those of PP 99/2000). An employee by contract (PPPK) has a golongan from I to XVII and no pangkat (PP 49/2018,
Perpres 98/2020), also one who works part time. Who is neither has none.
"""

from __future__ import annotations

from lakip_xlsx.checks.near import words
from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.places import Isian
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import squeeze
from lakip_xlsx.workbook.book import Form

PANGKAT = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tingkat I",
    "I/c": "Juru",
    "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tingkat I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
"""Golongan ruang → pangkat."""

_RUANG = Pattern(r"\b(?P<golongan>I{1,3}|IV)\s*[/.-]?\s*(?P<ruang>[a-eA-E])\b")
_ABBREVIATED = {"tk": "tingkat", "tk1": "tingkat i", "1": "i"}


@rule(
    Rule(
        code="IDN-011",
        severity=Severity.WARNING,
        title="Pangkat dan golongan tidak sepadan",
        what="Pangkat pada isian Pangkat/Golongan dicocokkan dengan golongan ruangnya. Golongan PPPK (I sampai XVII, "
        "tanpa pangkat), PPPK paruh waktu, dan non-ASN juga diterima.",
        why="Keduanya tercetak di bawah tanda tangan; pangkat lama sering tertinggal sesudah kenaikan pangkat.",
        fix="Tulis pangkat dan golongan menurut SK terakhir.",
        example="Pembina Tk. I (IV/a); Pembina Tk. I adalah IV/b.",
    )
)
def pangkat_golongan(form: Form) -> Outcome:
    """A pangkat beside the golongan ruang of another one."""
    text = squeeze(form.text("pangkat"))
    match = _RUANG.search(text)
    if match is None:
        return
    golongan = f"{match['golongan']}/{match['ruang'].lower()}"
    right = PANGKAT.get(golongan)
    named = _named(text.replace(match[0], " "))
    if right is None:
        yield Fault(Isian(form, "pangkat"), f"Golongan {golongan} tidak ada.", "I/a sampai IV/e", text)
    elif named and named != right:
        own = next(one for one, name in PANGKAT.items() if name == named)
        message = f"Pangkat {named} adalah golongan {own}, bukan {golongan}."
        yield Fault(Isian(form, "pangkat"), message, f"{named} ({own}), atau {right} ({golongan})", text)


def _named(text: str) -> str:
    """The pangkat that a text names; empty if it names none."""
    said = " ".join(_ABBREVIATED.get(word, word) for word in words(text.replace(".", " ")))
    found = [name for name in PANGKAT.values() if f" {name.casefold()} " in f" {said} "]
    return max(found, key=len, default="")
