"""Rules of the family NAR on counts and amounts in sentences, against the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lakip_xlsx.bahasa import counted
from lakip_xlsx.checks.laws import place_of
from lakip_xlsx.checks.narasi import class_counts
from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.checks.terbilang import SPOKEN, spoken
from lakip_xlsx.checks.texts import Passage, Texts
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.figures.ledger import Line, records
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Book, Form, Table

_NUMBER = rf"(?<![\w.,/(-])(?P<count>[0-9]{{1,4}}|(?:{SPOKEN})(?:\s+(?:{SPOKEN}))*)\s*(?:\([^)]{{1,40}}\)\s*)?"
_OFFICE_WIDE = (
    r"(?:melaksanakan|dilaksanakan|merencanakan|direncanakan|menetapkan|ditetapkan|memiliki|mempunyai|menjabarkan|"
    r"menyelenggarakan|mewujudkan|diukur|didukung|terdiri|terbagi|mencakup|meliputi|memuat|atas|dari|seluruh|"
    r"keseluruhan|semua|berjumlah|sejumlah|sebanyak|ke dalam|melalui|dalam|dengan|terdapat|ada)"
)
_ANCHOR = Pattern(rf"\b{_OFFICE_WIDE}\b")
_PARTIAL_BEFORE = Pattern(
    r"\b(?:sisa|sisanya|hanya|baru|sekitar|kurang lebih|lebih dari|kurang dari|lebih kurang|paling sedikit|"
    r"paling banyak|minimal|maksimal|masing-masing|setiap|tiap|per|rata-rata|antara|diantaranya|"
    r"termasuk|tambahan|bertambah|berkurang|ditambah|dikurangi|selisih|tersisa|bidang|seksi|subbagian|sekretariat|"
    r"nasional|provinsi|kecamatan|desa|kelurahan|selama|berpredikat|predikat|kategori|terlaksana)\b"
)
_PARTIAL_AFTER = Pattern(
    r"\s*(?:yang(?!\s+(?:diukur|ditetapkan|diperjanjikan|dijabarkan|tertuang|tercantum|hendak|ingin))|ber\w+|me\w{3,}|"
    r"tidak|belum|tercapai|terlaksana|masih|di bawah|di atas|telah|sudah|"
    r"dengan (?:capaian|predikat|kategori|nilai|kriteria)|prioritas|unggulan|baru|lain(?:nya)?|tambahan|pendukung|"
    r"per|setiap|tiap|pada (?:bidang|seksi|program|sasaran|kegiatan|tahun lalu)|di bidang|"
    r"untuk (?:bidang|sasaran|program)|laki|perempuan|golongan|eselon|honorer|kontrak|non|"
    r"mutasi|pensiun|pindah|masuk|keluar|cuti|fungsional|struktural|"
    r"utama|kunci|individu|daerah|makro|program|kegiatan|spm|rpjmd|komposit|capaian|\w{3,}nya|"
    r"pelatihan|sosialisasi|rapat|bimbingan|pembinaan|nasional|provinsi|pusat|kementerian)\b"
)
_YEAR = Pattern(r"\b(?:19|20)[0-9]{2}\b")
_ELSEWHERE = Pattern(
    r"\btahun (?:lalu|sebelumnya|depan|berikutnya|mendatang)\b|\b(?:rpjm\w*|rkpd|gubernur|presiden|kementerian)\b"
)
"""Words of sentences that count what is not in this workbook: another year, another plan."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What sentences count: the noun as it is shown, how it is said, the true numbers, and where they are."""

    noun: str
    said: Pattern
    values: tuple[int, ...]  # every honest count; empty where the tables do not tell
    place: Place | None
    missing: str = ""  # why the tables do not tell


@rule(
    Rule(
        code="NAR-004",
        severity=Severity.ERROR,
        nomor=(20,),
        title="Banyaknya dalam kalimat tidak sesuai dengan tabel",
        what="Kalimat yang menyebut banyaknya seluruh sasaran, indikator, program, kegiatan, sub kegiatan, atau "
        "pegawai dibandingkan dengan lembarnya. Kalimat tentang sebagian saja, atau tentang tahun lain, tidak "
        "diperiksa.",
        why="Kalimat yang tertinggal dari tahun lalu adalah kekeliruan yang paling sering ditemukan.",
        fix="Sesuaikan angka dalam kalimat itu dengan tabelnya, atau lengkapi tabelnya.",
        example='"4 (empat) indikator kinerja", lembar Indikator memuat 5.',
        tolerance="Tidak ada.",
    )
)
def banyaknya(book: Book, texts: Texts, form: Form | None, figures: Figures) -> Outcome:
    """Counts that sentences claim for the whole office, against the tables."""
    year = form.year("tahun") if form is not None else None
    things = tuple(_things(book, figures))
    names = figures.skala.names if figures.skala else ()
    untold: dict[str, None] = {}
    for passage in texts.prose:
        for sentence, line in zip(passage.sentences, passage.lines, strict=True):
            claims = list(_claims(line, things))
            if not claims or _of_elsewhere(line, year):
                continue
            if names and any(class_counts(sentence, names, 0, year)):
                continue
            for thing, count in claims:
                if not thing.values:
                    untold[thing.missing] = None
                elif count not in thing.values and thing.place is not None:
                    yield _fault(passage, thing, count)
    for reason in untold:
        yield Unchecked(reason)


def _fault(passage: Passage, thing: Counted, count: int) -> Fault:
    right = counted(thing.values[0])
    return Fault(
        passage.place,
        f"Disebut {count} {thing.noun}, menurut tabel {thing.values[0]} {thing.noun}.",
        expected=right,
        actual=str(count),
        related=(thing.place,) if thing.place is not None else (),
    )


def _of_elsewhere(line: str, year: int | None) -> bool:
    years = {int(found) for found in _YEAR.findall(line)}
    return bool(_ELSEWHERE.search(line)) or bool(years and year is not None and year not in years)


_MENTIONS = {
    "sasaran": ("sasaran",),
    "indikator": ("indikator",),
    "program": ("program",),
    "kegiatan": ("kegiatan",),
    "sub kegiatan": ("kegiatan",),
    "pegawai": ("pegawai", "aparatur"),
}
"""Words without which a sentence does not count that thing: a quick look before the patterns."""


def _claims(line: str, things: tuple[Counted, ...]) -> Iterator[tuple[Counted, int]]:
    """The counts in a sentence that speak of everything, and not of a part."""
    if not _ANCHOR.search(line):
        return
    for thing in things:
        if not any(word in line for word in _MENTIONS[thing.noun]):
            continue
        for match in thing.said.finditer(line):
            before, after = line[: match.start()], line[match.end() :]
            clause = re.split(r"[,:;]| dan | serta ", before)[-1]
            if not _ANCHOR.search(before) or _PARTIAL_BEFORE.search(clause) or _PARTIAL_AFTER.match(after):
                continue
            if _narrower(thing.noun, before):
                continue
            text = match["count"]
            readings = (Decimal(text),) if text.isdigit() else spoken(text)
            if readings:
                yield thing, int(readings[0])


_ONE_OF = {
    "indikator": Pattern(r"\b(?:sasaran|program|kegiatan)\b"),
    "sub kegiatan": Pattern(r"\b(?:program|kegiatan|sasaran)\b"),
    "kegiatan": Pattern(r"\b(?:program|sasaran)\b"),
    "program": Pattern(r"\b(?:sasaran|tujuan|misi)\b"),
    "sasaran": Pattern(r"\b(?:tujuan|misi)\b"),
}
_ALL = Pattern(
    rf"(?:\b(?:seluruh|semua|setiap)\s+|(?:[0-9]|\)|\b(?:{SPOKEN}))\s*|indikator (?:kinerja )?|"
    r"analisis |capaian |tingkat )$"
)


def _narrower(noun: str, before: str) -> bool:
    """Whether one thing of a higher kind was named before: "Program Kearsipan terdiri atas 3 kegiatan"."""
    higher = _ONE_OF.get(noun)
    if higher is None:
        return False
    return any(not _ALL.search(before[: found.start()]) for found in higher.finditer(before))


def _things(book: Book, figures: Figures) -> Iterator[Counted]:
    yield from _sasaran_and_indikator(book, figures)
    program = book.table("program")
    kinds = [fold(str(jenis or "")) for _, jenis in program.column("jenis")] if program is not None else []
    for jenis, said in (
        ("program", r"program(?! studi| kerja| penunjang)(?:\s+kerja)?"),
        ("kegiatan", r"kegiatan"),
        ("sub kegiatan", r"sub[ -]?kegiatan"),
    ):
        many = sum(kind in {jenis, jenis.replace(" ", "")} for kind in kinds)
        place = At(program, program.header_row, "jenis") if program is not None else None
        reason = f"Banyaknya {jenis} dalam kalimat tidak dicocokkan: lembar Program tidak memuat {jenis}."
        yield Counted(jenis, _said(said), (many,) if many else (), place, reason)
    pegawai = book.table("pegawai")
    if pegawai is not None and "kelompok" in pegawai:
        yield from _staff(pegawai, figures)


def _sasaran_and_indikator(book: Book, figures: Figures) -> Iterator[Counted]:
    renstra, money, indikator = book.table("renstra"), book.table("anggaran_sasaran"), book.table("indikator")
    if renstra is not None:
        own = sum(fold(str(jenis or "")) == "sasaran" for _, jenis in renstra.column("jenis"))
        funded = len(money) if money is not None else 0
        values = tuple(dict.fromkeys(value for value in (own, funded) if value))
        reason = "Banyaknya sasaran dalam kalimat tidak dicocokkan: lembar Renstra tidak memuat sasaran."
        said = _said(r"sasaran(?: (?:strategis|renstra|kinerja))*")
        yield Counted("sasaran", said, values, At(renstra, renstra.header_row, "jenis"), reason)
    if indikator is not None:
        many = len(figures.indikator)
        reason = "Banyaknya indikator dalam kalimat tidak dicocokkan: lembar Indikator kosong."
        said = _said(r"indikator(?: (?:kinerja|sasaran|strategis))*")
        place = At(indikator, indikator.header_row, "indikator")
        yield Counted("indikator", said, (many,) if many else (), place, reason)


def _staff(pegawai: Table, figures: Figures) -> Iterator[Counted]:
    sheets = {"pegawai": pegawai}
    found = figures.ledger.finished
    lines = [line for key in ("akhir", "awal") for line in records(found[found["key"] == key], Line)]
    values = tuple(dict.fromkeys(int(line.amount) for line in lines))
    place = place_of(sheets, lines[0], figures.ledger) if lines else At(pegawai, pegawai.header_row, "akhir")
    reason = "Banyaknya pegawai dalam kalimat tidak dicocokkan: lembar Pegawai belum berisi angka."
    yield Counted("pegawai", _said(r"(?:orang\s+)?(?:pegawai|aparatur)"), values, place, reason)


def _said(noun: str) -> Pattern:
    return Pattern(rf"{_NUMBER}(?:buah\s+|butir\s+)?{noun}\b")
