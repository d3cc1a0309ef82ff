"""Rules of the family NAR on how numbers are written in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xlsx.bahasa import words
from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.terbilang import FIGURE, SCALES, SPOKEN, figure, spoken
from lakip_xlsx.checks.texts import Texts
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import show, squeeze

_SCALE = "|".join(SCALES)
_FIGURE_WORDS = Pattern(
    rf"(?<![\w.,/])(?P<figure>{FIGURE})(?:,-)?\s*(?P<scale>{_SCALE})?\s*(?:%|persen|orang|rupiah)?\s*"
    r"\(\s*(?P<words>[A-Za-z][A-Za-z\s-]*?)\s*\)",
    re.IGNORECASE,
)
_WORDS_FIGURE = Pattern(
    rf"\b(?P<words>(?:{SPOKEN})(?:\s+(?:{SPOKEN})){{0,40}})\s*\(\s*(?P<figure>{FIGURE})\s*\)", re.IGNORECASE
)
_DECIMAL_DOT = Pattern(r"[0-9](?<![\w.,/:][0-9])[0-9]{0,2}\.(?:[0-9]{1,2}|[0-9]{4,})(?![.,/:]?[0-9])")
"""A number with a dot that does not group by three: a quick look before the slower patterns."""
_DOT = Pattern(
    r"(?<![\w.,/:])(?P<number>[0-9]{1,3}\.(?:[0-9]{1,2}|[0-9]{4,}))(?![.,/:]?[0-9])\s*(?P<unit>%|persen\b|poin\b)",
    re.IGNORECASE,
)
_DOT_AFTER_WORD = Pattern(
    r"\b(?:nilai|indeks|skor|sebesar|mencapai|rata-rata|rasio)\s+(?:adalah\s+|sebesar\s+|rata-rata\s+)?"
    r"(?P<number>[0-9]{1,3}\.[0-9]{1,2})(?![.,/:]?[0-9])(?!\s*(?:wib|wita|wit)\b)",
    re.IGNORECASE,
)
_DOT_SCALE = Pattern(
    r"(?<![\w.,/:])(?P<number>[0-9]{1,3}\.[0-9]{1,2})\s*(?P<unit>juta|miliar|milyar|triliun|trilyun)\b", re.IGNORECASE
)
_CLOCK = Pattern(r"\b(?:pukul|jam)\b", re.IGNORECASE)


@rule(
    Rule(
        code="NAR-005",
        severity=Severity.ERROR,
        nomor=(21,),
        title="Angka dan tulisannya berbeda",
        what="Angka yang diikuti tulisannya dalam kurung, misalnya 4 (empat), dibandingkan dengan tulisan itu; "
        "demikian pula tulisan yang diikuti angkanya.",
        why="Salah satunya tertinggal ketika angkanya diperbarui.",
        fix="Periksa angka yang benar pada tabelnya, lalu perbaiki yang keliru.",
        example='"4 (lima) indikator".',
        tolerance="Tidak ada.",
    )
)
def angka_dan_kata(texts: Texts) -> Outcome:
    """Figures against the words behind them, in every text."""
    for passage in texts.with_digits:
        if "(" not in passage.text:
            continue
        for said, in_words, expected in _disagreeing(passage.text):
            yield Fault(
                passage.place,
                f"Tertulis {said}, sedangkan tulisannya berbunyi {in_words}.",
                expected=expected,
                actual=said,
            )


def _disagreeing(text: str) -> Iterator[tuple[str, str, str]]:
    """What is written, what its words say, and how the figure is written in words."""
    for pattern in (_FIGURE_WORDS, _WORDS_FIGURE):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            value = figure(match["figure"]) * SCALES.get((groups.get("scale") or "").casefold(), 1)
            readings = spoken(match["words"])
            if groups.get("scale"):
                readings = (*readings, *(reading * SCALES[groups["scale"].casefold()] for reading in readings))
            if not readings or value in readings:
                continue
            whole = value == value.to_integral_value() and value < 10**15
            expected = f"{show(value)} ({words(int(value))})" if whole else show(value)
            yield squeeze(match[0]), show(readings[0]), expected


@rule(
    Rule(
        code="NAR-012",
        severity=Severity.WARNING,
        nomor=(46,),
        title="Desimal dengan titik dalam kalimat",
        what="Dalam semua teks dicari angka desimal bertitik: di depan persen, poin, juta, atau miliar, dan sesudah "
        "kata seperti sebesar atau nilai. Ribuan, tanggal, kode, dan jam tidak termasuk.",
        why="Di Indonesia desimal ditulis dengan koma; titik memisahkan ribuan.",
        fix="Ganti titiknya dengan koma.",
        example='"98.65 %" seharusnya "98,65 %".',
    )
)
def titik_dalam_kalimat(texts: Texts) -> Outcome:
    """Decimal dots in sentences; each number once for each text."""
    for passage in texts.with_digits:
        if not _DECIMAL_DOT.search(passage.text):
            continue
        for said in dict.fromkeys(_dotted(passage.text)):
            right = said.replace(".", ",", 1)
            yield Fault(passage.place, f'Angka "{said}" memakai titik desimal.', expected=right, actual=said)


def _dotted(text: str) -> Iterator[str]:
    told: set[int] = set()
    for pattern in (_DOT, _DOT_SCALE, _DOT_AFTER_WORD):
        for match in pattern.finditer(text):
            at = match.start("number")
            if at not in told and not _CLOCK.search(text[max(0, at - 24) : at]):
                told.add(at)
                unit = match.groupdict().get("unit")
                yield squeeze(f"{match['number']} {unit}") if unit else match["number"]
