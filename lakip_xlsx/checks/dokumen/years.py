"""Rules on the years of titles, and on the names of people, in a finished document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xlsx.checks.dokumen.case import Case, fault, short
from lakip_xlsx.checks.dokumen.paper import Block, BlockKind
from lakip_xlsx.checks.near import distance
from lakip_xlsx.finding import Finding
from lakip_xlsx.numbers import fold, squeeze

_TITLES = {BlockKind.HEADING, BlockKind.CAPTION, BlockKind.EDGE, BlockKind.CONTENTS}
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_CLAIMED = re.compile(r"\btahun(?:\s+anggaran)?\s+(?P<year>20[0-9]{2})\b", re.I)
_EXCUSED = re.compile(
    r"\b(?:dibanding\w*|perbandingan|perkembangan|tren|target\s+akhir|menuju|renstra|rencana\s+strategis|rpjm\w*|nomor|"
    r"sampai|s\.?d\.?|hingga|tindak\s+lanjut|evaluasi|lhe|rekomendasi|rencana|prognosis|proyeksi|n-1|sebelumnya|lalu)\b",
    re.I,
)
_LONGEST = 200  # letters of a title
_WORDS = re.compile(r"[^\W\d_]+", re.UNICODE)


def years(case: Case) -> Iterator[Finding]:
    """Titles, captions, heads and feet of pages that name another year than the report's."""
    year = case.year
    if year is None:
        return
    for place, block in enumerate(case.paper.report):
        if (
            not (block.kind in _TITLES or (place < _COVER and block.kind is BlockKind.TEXT))
            or len(block.text) > _LONGEST
        ):
            continue
        text = squeeze(block.text)
        years = {int(said) for said in _YEAR.findall(text)}
        if not years or year in years or _EXCUSED.search(text) or _is_written_right(case, block):
            continue
        for match in _CLAIMED.finditer(text):
            said = match["year"]
            message = f'Tahun {said} pada judul ini, sedangkan tahun laporan {year}: "{short(text)}".'
            yield fault("DOK-017", block.spot, message, str(year), said)
            break


_COVER = 12  # the first lines of a report are its cover


def _is_written_right(case: Case, block: Block) -> bool:
    return case.settled(block) is not None


def people(case: Case) -> Iterator[Finding]:
    """Names of people that are nearly, but not quite, those of the workbook."""
    names = [(name, cell, _letters(name)) for name, cell in case.people]
    for block in case.typed():
        text = squeeze(block.text)
        words = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
        for name, cell, wanted in names:
            if len(wanted) < _SHORTEST or name in text or fold(name) in fold(text):
                continue
            found = _near(text, words, len(name.split()), wanted)
            if found is not None and not case.has_told(block.spot, found):
                message = f'Tertulis "{found}", lembar Instansi memuat "{name}".'
                yield fault("DOK-003", block.spot, message, name, found, (cell,))


_SHORTEST = 8  # letters of a name that is told from other words by its letters


def _letters(name: str) -> str:
    return "".join(_WORDS.findall(fold(name)))


def _near(text: str, words: list[tuple[int, int]], many: int, wanted: str) -> str | None:
    """The words that are one or two letters from a name; None also where the very name stands, titles aside."""
    best: str | None = None
    for size in (many, many - 1, many + 1):
        for place in range(len(words) - size + 1 if size > 0 else 0):
            said = text[words[place][0] : words[place + size - 1][1]].strip(",;:")
            letters = _letters(said)
            if letters == wanted:
                return None
            if best is None and abs(len(letters) - len(wanted)) <= 2 and letters[:1] == wanted[:1]:
                best = said if distance(letters, wanted) <= 2 else None
    return best
