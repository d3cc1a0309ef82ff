"""Regulations that are cited in these reports and are no longer in force, and NAR-007, which looks for them.

Each entry names the regulation that took its place; from that one's date follows the last report year for
which the old one could be cited. Perpres 29/2014 and PermenPANRB 53/2014 ended the older rules on
accountability reports: reports of 2014 and later follow the new ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.places import Isian, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.texts import Passage, Texts
from lakip_xlsx.finding import Severity
from lakip_xlsx.layouts import catalog
from lakip_xlsx.workbook.book import Form


@dataclass(frozen=True, slots=True)
class Repealed:
    """A regulation, the last report year it may be cited for, and what is in force instead.

    ``mark`` are the digits that stand in every way of citing it.
    """

    name: str
    mark: str
    said: Pattern
    last_year: int
    instead: str


UU = r"(?:undang\s?[-‐‑–—]?\s?undang|uu)"  # the hyphen as it is typed, or as Word and PDF make it
PP = r"(?:peraturan pemerintah|pp)"
PERMENDAGRI = r"(?:peraturan menteri dalam negeri|permendagri)"
PERMENPAN = (
    r"(?:peraturan menteri (?:negara )?pendayagunaan aparatur negara(?: dan reformasi birokrasi)?"
    r"|peraturan menteri pan(?:[- ]?rb)?|permen ?pan(?:[- ]?rb)?)"
)


def _numbered(kind: str, number: int, year: int) -> Pattern:
    """The ways in which a regulation is cited: by number and year, in full or as "7/1999"."""
    return Pattern(
        rf"\b{kind}\b(?:\s+(?!nomor\b|no\b)[a-z()-]+){{0,4}}\s*(?:(?:nomor|no)\b\.?\s*:?)?\s*0*{number}"
        rf"(?:\s+tahun\s+|\s*/\s*){year}\b"
    )


REPEALED = (
    Repealed(
        "Inpres 7/1999",
        "1999",
        _numbered(r"(?:instruksi presiden|inpres)", 7, 1999),
        2013,
        "Perpres 29/2014 tentang SAKIP",
    ),
    Repealed(
        "Keputusan Kepala LAN 239/IX/6/8/2003",
        "2003",
        Pattern(r"\b239\s*/\s*(?:ix|9)\s*/\s*6\s*/\s*8\s*/\s*2003\b|\blan\b[^.;]{0,30}\b239\s*/\s*2003\b"),
        2013,
        "PermenPANRB 53/2014",
    ),
    Repealed(
        "Keputusan Kepala LAN 589/IX/6/Y/99",
        "589",
        Pattern(r"\b589\s*/\s*ix\s*/\s*6\s*/\s*y\s*/\s*(?:19)?99\b"),
        2002,
        "Keputusan Kepala LAN 239/IX/6/8/2003, dan sejak 2014 PermenPANRB 53/2014",
    ),
    Repealed("Permenpan 29/2010", "2010", _numbered(PERMENPAN, 29, 2010), 2013, "PermenPANRB 53/2014"),
    Repealed("UU 32/2004", "2004", _numbered(UU, 32, 2004), 2014, "UU 23/2014 tentang Pemerintahan Daerah"),
    Repealed("PP 41/2007", "2007", _numbered(PP, 41, 2007), 2016, "PP 18/2016 tentang Perangkat Daerah"),
    Repealed("Permendagri 54/2010", "2010", _numbered(PERMENDAGRI, 54, 2010), 2017, "Permendagri 86/2017"),
    Repealed("PP 58/2005", "2005", _numbered(PP, 58, 2005), 2019, "PP 12/2019 tentang Pengelolaan Keuangan Daerah"),
    Repealed("Permendagri 13/2006", "2006", _numbered(PERMENDAGRI, 13, 2006), 2020, "Permendagri 77/2020"),
    Repealed("UU 5/2014", "2014", _numbered(UU, 5, 2014), 2023, "UU 20/2023 tentang Aparatur Sipil Negara"),
    Repealed("PermenPANRB 12/2015", "2015", _numbered(PERMENPAN, 12, 2015), 2021, "PermenPANRB 88/2021"),
    Repealed(
        "Kepmendagri 050-3708 Tahun 2020",
        "3708",
        Pattern(r"\b050\s?[-‐‑–—]\s?3708\b"),
        2021,
        "Kepmendagri 050-5889 Tahun 2021 beserta perubahannya",
    ),
)
_TOLD = Pattern(
    r"\b(?:dicabut|mencabut|diganti\w*|pengganti|menggantikan|menggantinya|tidak berlaku|tidak lagi|semula)\b"
)


@rule(
    Rule(
        code="NAR-007",
        severity=Severity.WARNING,
        nomor=(36,),
        title="Dasar hukum sudah tidak berlaku",
        what="Peraturan yang disebut dalam teks, dan Tata Letak yang dipilih, dicari dalam daftar peraturan yang sudah "
        "diganti, antara lain Inpres 7/1999, Keputusan Kepala LAN 239/2003, dan Permenpan 29/2010.",
        why="Laporan disusun menurut peraturan yang berlaku pada tahunnya. Sejak laporan tahun 2014: Perpres 29/2014 "
        "dan PermenPANRB 53/2014.",
        fix="Ganti dengan peraturan yang berlaku, atau sebutkan bahwa peraturan itu sudah diganti.",
        example="Laporan tahun 2019 mendasarkan diri pada Inpres 7/1999.",
    )
)
def dasar_hukum(texts: Texts, form: Form) -> Outcome:
    """Repealed regulations that a text builds upon, each once for each text, and the one that is chosen."""
    year = form.year("tahun")
    chosen = catalog.find(form.text("tata_letak"))
    if chosen and year is not None and chosen.last_year is not None and year > chosen.last_year:
        current = catalog.in_force(year).name
        yield Fault(
            Isian(form, "tata_letak"),
            f"{chosen.name} tidak berlaku lagi untuk laporan tahun {year}; susunannya sekarang menurut {current}.",
            expected=current,
            actual=chosen.name,
            related=(Isian(form, "tahun"),),
            fix=f"Pilih {current} pada isian Tata Letak. Bila memang diminta, catat pada Pengecualian.",
        )
    ended = [law for law in REPEALED if year is not None and year > law.last_year]
    related: tuple[Place, ...] = (Isian(form, "tahun"),)
    for passage in texts.with_digits if ended else ():
        for law in ended:
            if law.mark in passage.folded and _builds_upon(law, passage):
                yield Fault(
                    passage.place,
                    f"{law.name} tidak berlaku lagi untuk laporan tahun {year}.",
                    expected=law.instead,
                    actual=law.name,
                    related=related,
                )


def _builds_upon(law: Repealed, passage: Passage) -> bool:
    """Whether a sentence cites the regulation without saying that it was repealed."""
    return any(law.mark in line and law.said.search(line) and not _TOLD.search(line) for line in passage.lines)
