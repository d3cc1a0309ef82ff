"""NAR-016: the predikat that a sentence gives an indicator or a sasaran, against the scale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lakip_xlsx.checks.angka.about import blanked
from lakip_xlsx.checks.angka.account import Numbers
from lakip_xlsx.checks.angka.kinds import Kind, Subject
from lakip_xlsx.checks.angka.names import Named
from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.texts import Passage, Texts
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold, percent, visible
from lakip_xlsx.workbook.book import Form, Table

_OTHER_SCALE = Pattern(
    r"\b(?:mutu|pelayanan|skm|akreditasi|opini|evaluasi|sakip|akip|spbe|reformasi|zona|maturitas|nilai\s+[a-d]{1,2}|"
    r"tahun\s+(?:lalu|sebelumnya)|sebelumnya|triwulan\w*|semester|apabila|jika|provinsi|nasional)\b"
)
_EVERY = Pattern(r"\b(?:seluruh|semua|keseluruhan)\s+(?P<what>indikator|sasaran)\b")
_EXCEPT = Pattern(r"\b(?:kecuali|selain|belum|tidak|hampir|sebagian)\b")
_YEAR = Pattern(r"\b(?:19|20)[0-9]{2}\b")


@rule(
    Rule(
        code="NAR-016",
        severity=Severity.ERROR,
        nomor=(17,),
        title="Predikat dalam kalimat tidak sesuai dengan skala",
        what="Predikat yang disebut untuk satu indikator atau sasaran, atau untuk seluruhnya, dibandingkan dengan "
        "predikat menurut skala yang dipilih. Singkatan di belakangnya tidak mengubahnya: Sangat Tinggi (ST). "
        "Predikat menurut skala lain (mutu pelayanan, evaluasi, opini) tidak diperiksa.",
        why="Predikat dihitung dari capaian; kalimat yang disalin membawa predikat tahun lalu.",
        fix="Sesuaikan predikat dalam kalimat itu dengan tabelnya.",
        example='"... dengan predikat Tinggi", menurut capaiannya Sangat Tinggi.',
    )
)
def predikat(texts: Texts, numbers: Numbers, indikator: Table, figures: Figures, form: Form | None) -> Outcome:
    """Classes that sentences give to what they name."""
    if figures.skala is None:
        return
    shown = {fold(name): name for name in figures.skala.names}
    names = "|".join(re.escape(name) for name in sorted(shown, key=len, reverse=True))
    said = re.compile(
        r"(?:\b(?:ber)?(?:predikat|kategori|kriteria|klasifikasi|kualifikasi)(?:nya)?\s+(?:kinerja\s+|capaian\s+)?"
        r"(?:\u00a7[\s:]*)?|\btergolong\s+|(?:persen|%)\s*(?=\())"
        rf"(?:adalah\s+|yaitu\s+)?[\"'“”‘’(]*\s*(?P<name>{names})\b"
    )
    year = form.year("tahun") if form is not None else None
    for passage in texts.prose:
        if not any(name in passage.folded for name in shown):
            continue
        for sentence in passage.sentences:
            line = visible(sentence).lower()
            named = numbers.index.names.find(line)
            plain = blanked(line, named)
            years = {int(found) for found in _YEAR.findall(plain)}
            match = said.search(plain)
            if match is None or _OTHER_SCALE.search(plain) or (years and year not in years):
                continue
            for right, place, whose in _wrong(
                shown[match["name"]], match.start(), plain, named, passage, indikator, figures
            ):
                name = shown[match["name"]]
                quote = visible(sentence)[match.start() : match.end()].strip()
                message = f'Disebut "{quote}" untuk {whose}, menurut tabel {right}.'
                yield Fault(passage.place, message, right, name, (place,))


def _wrong(
    name: str, at: int, plain: str, named: list[Named], passage: Passage, indikator: Table, figures: Figures
) -> Iterator[tuple[str, Place, str]]:
    """The right predikat, its place, and of whom it is said; nothing where the sentence is right or names nobody."""
    every = _EVERY.search(plain[:at])
    if every is not None and not named:
        held: Mapping[object, str | None] = {
            key: one.predikat
            for key, one in (figures.indikator if every["what"] == "indikator" else figures.sasaran).items()
        }
        others = [one for one in held.values() if one is not None and one != name]
        if others and not _EXCEPT.search(plain):
            right = f"{len(others)} {every['what']} lain"
            yield right, At(indikator, indikator.header_row, "realisasi"), f"seluruh {every['what']}"
        return
    ahead = [each for each in named if each.start <= at + 30]
    subjects = ahead[-1].subjects if ahead else _own(passage) if not named else ()
    if len(subjects) != 1:
        return
    subject = subjects[0]
    if subject.kind is Kind.INDIKATOR and isinstance(subject.key, int) and subject.key in figures.indikator:
        one = figures.indikator[subject.key]
        right, whose = one.predikat or "", f"indikator {one.kode} (capaian {percent(one.capaian)}%)"
        place = At(indikator, subject.key, "realisasi")
    elif subject.kind is Kind.SASARAN and str(subject.key) in figures.sasaran:
        right, whose = figures.sasaran[str(subject.key)].predikat or "", f"sasaran {subject.key}"
        place = At(indikator, indikator.header_row, "realisasi")
    else:
        return
    if right is not None and right != name:
        yield right, place, whose


def _own(passage: Passage) -> tuple[Subject, ...]:
    row = getattr(passage.place, "row", None)
    return (Subject(Kind.INDIKATOR, row),) if passage.sheet == "indikator" and row is not None else ()
