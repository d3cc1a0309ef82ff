"""Rules on what leads from one place of a document to another: references, captions, mentions of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xlsx.checks.dokumen.case import Case, fault, short
from lakip_xlsx.checks.dokumen.paper import BlockKind
from lakip_xlsx.finding import Finding
from lakip_xlsx.numbers import squeeze

_BROKEN = re.compile(
    r"Error!\s*[A-Z][\w -]{3,60}\.?|Error: Reference source not found"
    r"|(?:Galat|Kesalahan|Eror)[!:]\s*[\w ]{3,40}\s(?:tidak|belum)\s(?:di)?(?:temukan|tentukan|definisikan|kenal)\w*\.?"
)
_MENTION = re.compile(
    r"\b(?P<name>tabel|gambar|grafik|diagram|bagan)\s+(?P<number>[0-9]{1,3}(?:[.-][0-9]{1,2}){0,3})(?![0-9%/]|[.,][0-9]|\s*(?:kolom|baris|buah|lembar|halaman)\b)"
    r"(?P<more>(?:\s*,\s*[0-9]{1,3}(?:\.[0-9]{1,2}){0,3}){0,8}(?:\s*,?\s*(?:dan|atau|s\.?d\.?|sampai(?:\s+dengan)?|hingga|-|–)"
    r"\s*(?:tabel\s+|gambar\s+)?[0-9]{1,3}(?:\.[0-9]{1,2}){0,3})?)",
    re.I,
)
_NUMBER = re.compile(r"[0-9]{1,3}(?:[.-][0-9]{1,2}){0,3}")
_ELSEWHERE = re.compile(
    r"^\s*+(?:\([^)]*\)\s*+)?(?:(?:pada|dalam|di|dari)\s*+)?(?:lampiran\s++)?(?:peraturan|keputusan|undang-undang|permen\w*|perpres|"
    r"perda|renstra|rpjmd|rkpd|buku|dokumen\s+lain|laporan\s+tahun)\b",
    re.I,
)


def leads(case: Case) -> Iterator[Finding]:
    """References to nothing, and the words that Word left in their place."""
    for block in case.paper.report:
        for match in _BROKEN.finditer(block.text):
            yield fault("DOK-009", block.spot, f'Rujukan rusak: "{short(match[0])}".', actual=match[0])
        missing = [name for name in dict.fromkeys(block.leads) if name not in case.paper.bookmarks and name != "_top"]
        if missing and not _BROKEN.search(block.text):
            noun = "Entri daftar ini" if block.kind is BlockKind.CONTENTS else "Rujukan di sini"
            message = f'{noun} menuju tempat yang tidak ada lagi: "{short(block.text)}".'
            yield fault("DOK-009", block.spot, message, actual=", ".join(missing[:3]))


def captions(case: Case) -> Iterator[Finding]:
    """Captions whose numbers do not follow each other, by kind; numbers by chapter (3.1) begin anew in each."""
    last: dict[str, list[int]] = {}
    for block in case.paper.report:
        if block.label is None:
            continue
        name, number = block.label
        now = [int(step) for step in re.split(r"[.-]", number)]
        before = last.get(name)
        last[name] = now
        wanted = _after(before, now)
        if wanted:
            said = f"{name} {number}"
            came = f"sesudah {name} {'.'.join(map(str, before))}" if before else "paling depan"
            yield fault("DOK-010", block.spot, f"{said} berdiri {came}.", f"{name} {wanted}", said)


def _after(before: list[int] | None, now: list[int]) -> str:
    """The number that should stand here; empty if the one that does may."""
    if before is None or len(before) != len(now) or before[:-1] != now[:-1]:
        right = [*now[:-1], 1]
        moved = before is not None and len(before) == len(now) and now[:-1] < before[:-1]
        return ".".join(map(str, right)) if now[-1] != 1 and not moved else ""
    return "" if now[-1] == before[-1] + 1 else ".".join(map(str, [*before[:-1], before[-1] + 1]))


def mentions(case: Case) -> Iterator[Finding]:
    """Tables and figures that are named but not there; a document without any caption is not asked."""
    there: dict[str, set[str]] = {}
    for block in case.paper.report:
        if block.label is not None:
            there.setdefault(block.label.name.casefold(), set()).add(block.label.number)
    for block in case.paper.report:
        if block.kind in {BlockKind.CAPTION, BlockKind.CONTENTS, BlockKind.EDGE}:
            continue
        for match in _MENTION.finditer(squeeze(block.text)):
            name = match["name"].casefold()
            known = there.get(name) or set()
            if not known or _ELSEWHERE.match(match.string[match.end() :]):
                continue
            numbers = [match["number"], *_NUMBER.findall(match["more"])]
            for number in dict.fromkeys(numbers):
                if number.rstrip(".") not in known:
                    said = f"{match['name'].capitalize()} {number}"
                    spot_text = short(_phrase(match))
                    yield fault(
                        "DOK-011", block.spot, f'{said} tidak ada dalam dokumen ini: "{spot_text}".', actual=said
                    )


def _phrase(match: re.Match[str]) -> str:
    start, stop = max(0, match.start() - 40), match.end() + 30
    head, tail = match.string[start : match.start()], match.string[match.end() : stop]
    head = head.partition(" ")[2] if start else head
    tail = tail.rpartition(" ")[0] if stop < len(match.string) else tail.rstrip(".")
    return f"{head}{match[0]}{tail}"
