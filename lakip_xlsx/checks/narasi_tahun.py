"""NAR-006: years in sentences that belong to another report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.places import Isian
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.texts import Passage, Texts
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Form

_YEAR = r"(?:19|20)[0-9]{2}"
_ANY_YEAR = Pattern(rf"(?=({_YEAR}))")
"""Every year, also inside longer numbers: a quick look before the slower patterns."""
_RANGE = Pattern(
    rf"(?P<start>{_YEAR})\s*(?:-|–|—|/|s\.?\s?d\.?|sampai(?: dengan)?|hingga)\s*(?:tahun\s+)?(?P<end>{_YEAR})\b"
)
_LAW = Pattern(
    rf"\b(?:nomor|no)\b\.?\s*:?\s*[\w./-]+(?:\s+[\w./-]+)?\s+tahun\s+{_YEAR}"
    rf"|\b[0-9a-z./-]*[0-9][a-z0-9.]*/[a-z0-9./-]*{_YEAR}\b"
    rf"|\btahun\s+{_YEAR}\s+(?:tentang|nomor|no)\b|[:.]{_YEAR}\b"
)
_CLAIM = Pattern(
    rf"(?P<before>\b(?:tahun(?: anggaran| laporan| pelaporan)?|t\.?a\.?|anggaran|apbd(?:-?p)?|dpa|renja|rkt|rka|"
    rf"lakip|lkjip|lkip|laporan kinerja|per 31 desember|keadaan 31 desember|posisi 31 desember)\s+)(?P<year>{_YEAR})\b"
)
_RENSTRA = Pattern(r"\b(?:renstra|rencana strategis)\b")
_OTHER_PLAN = Pattern(r"\brpj|\bprovinsi\b|\bnasional\b|\b(?:lama|lalu|sebelumnya|sebelum|terdahulu)\b")
_COMPARING = Pattern(
    r"\b(?:dibanding\w*|diperbandingkan|perbandingan|sebelumnya|lalu|terdahulu|meningkat|menurun|naik|turun|kenaikan|"
    r"penurunan|peningkatan|bertambah|berkurang|sejak|semenjak|mulai|dari tahun|berturut-turut|tren|baseline|data awal|"
    r"kondisi awal|tahun dasar|pada awal|evaluasi atas|hasil evaluasi)\b"
)
_HISTORY = Pattern(
    r"\b(?:sejak|semenjak|mulai|berdiri|dibentuk|pembentukan|didirikan|lahir|diresmikan|sensus|pemekaran|dimekarkan|"
    r"dibangun|pembangunan|direnovasi|dihibahkan|beroperasi|meraih|memperoleh|penghargaan|juara|menjabat|dilantik|terakhir|"
    r"ditetapkan|berlaku|diundangkan|terbit|diterbitkan|berdasarkan|sejarah|pemilu|pemilihan|pilkada)\b"
)
_NEAR, _FAR_BACK = 3, 5
_EARLIER_IN_TITLES = frozenset({"uraian", "keluaran", "judul"})


@rule(
    Rule(
        code="NAR-006",
        severity=Severity.ERROR,
        nomor=(33,),
        title="Tahun dari laporan lain",
        what="Tahun lampau dalam kalimat, misalnya sesudah kata tahun, anggaran, atau LAKIP, dibandingkan dengan Tahun "
        "Laporan. Diterima: tahun pembanding, periode Renstra, riwayat, nomor dan tanggal peraturan.",
        why="Tahun yang tertinggal menunjukkan kalimat yang disalin dari laporan lain dan belum diperiksa.",
        fix="Ganti tahunnya dan periksa seluruh kalimatnya, atau sebutkan bahwa itu tahun pembanding.",
        example='Laporan tahun 2019 memuat "pengukuran kinerja tahun 2014 ini".',
    )
)
def tahun_lain(texts: Texts, form: Form) -> Outcome:
    """Years that are neither this report's nor named for a reason."""
    year = form.year("tahun")
    start, end = form.year("awal_renstra"), form.year("akhir_renstra")
    if year is None:
        return
    period = (start, end) if start is not None and end is not None else (year, year)
    office = fold(form.text("nama"))
    for passage in texts.with_digits:
        if passage.sheet == "instansi" or passage.key in {"sumber_data", "sumber_dana"}:
            continue
        found = dict.fromkeys(_stale(passage, year, period, office))
        for stale, shown in found:
            yield Fault(
                passage.place,
                f"{shown} tidak sesuai dengan {'lembar Instansi' if '-' in stale else f'tahun laporan {year}'}.",
                expected=stale,
                actual=shown,
                related=tuple(
                    Isian(form, key) for key in (("awal_renstra", "akhir_renstra") if "-" in stale else ("tahun",))
                ),
            )


def _stale(passage: Passage, year: int, period: tuple[int, int], office: str) -> Iterator[tuple[str, str]]:
    """What should stand there, and what stands there."""
    for line in passage.lines:
        if all(said == str(year) for said in _ANY_YEAR.findall(line)):
            continue
        yield from _other_period(line, year, period)
        rest = _LAW.sub(lambda match: " " * len(match[0]), _RANGE.sub(lambda match: " " * len(match[0]), line))
        for match in (*_CLAIM.finditer(rest), *_after_name(rest, office)):
            said = int(match["year"])
            if said < year and not _excused(said, year, period, line, passage):
                words = match["before"].strip()
                yield str(year), f"{words[:1].upper()}{words[1:]} {said}" if len(words) > 2 else f"Tahun {said}"


def _after_name(line: str, office: str) -> Iterator[re.Match[str]]:
    """A year right behind the name of the office: the title of a report."""
    if office:
        yield from re.finditer(rf"(?P<before>){re.escape(office)}\s*,?\s*(?P<year>{_YEAR})\b", line)


def _other_period(line: str, year: int, period: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """A period of the Renstra that is not the one in the form."""
    if not _RENSTRA.search(line) or _OTHER_PLAN.search(line):
        return
    for match in _RANGE.finditer(line):
        start, end = int(match["start"]), int(match["end"])
        before = _RENSTRA.search(line[: match.start()])
        if not before or (start, end) == period or end - start < 2:
            continue
        half_right = (start == period[0]) != (end == period[1])
        if half_right or not start <= year <= end:
            yield f"{period[0]}-{period[1]}", f"Periode Renstra {start}-{end}"


def _excused(said: int, year: int, period: tuple[int, int], line: str, passage: Passage) -> bool:
    """Whether an earlier year is named for a reason."""
    gap = year - said
    if not passage.is_narasi and passage.key in _EARLIER_IN_TITLES:
        return gap == 1 or (passage.sheet == "renstra" and period[0] - 1 <= said <= period[1])
    if said == period[0] and _RENSTRA.search(line):
        return True
    if _HISTORY.search(line):
        return True
    if gap <= _NEAR:
        return str(year) in passage.folded or _COMPARING.search(passage.folded) is not None
    return gap <= _FAR_BACK and (str(year) in line or _COMPARING.search(line) is not None)
