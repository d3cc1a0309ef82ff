"""NAR-020: a regulation whose number and year do not fit its name.

The list holds the regulations that reports on performance cite, each with its title and every number that has
borne it (older ones are for NAR-007). Where a citation tells the title, the title decides; without one, only a
number with the wrong neighbour year, or with its two digits exchanged, is asked back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lakip_xlsx.checks.near import words
from lakip_xlsx.checks.pattern import Match, Pattern
from lakip_xlsx.checks.peraturan import PERMENDAGRI, PERMENPAN, PP, UU
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.texts import Texts
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold

_PERPRES = r"(?:peraturan presiden|perpres)"
_KINDS = {"UU": UU, "PP": PP, "Perpres": _PERPRES, "PermenPANRB": PERMENPAN, "Permendagri": PERMENDAGRI}
_NEAR_YEARS = 5
_BEFORE_TITLE = 4  # words such as "pedoman" that may stand before the words of a title


@dataclass(frozen=True, slots=True)
class Law:
    """A regulation: its kind, how its title begins, and its numbers and years, the one in force first."""

    kind: str
    title: str
    cited: tuple[tuple[int, int], ...]

    @property
    def name(self) -> str:
        """The one in force, as it is cited."""
        number, year = self.cited[0]
        return f"{self.kind} {number}/{year}"


LAWS = (
    Law("UU", "penyelenggara negara yang bersih dan bebas", ((28, 1999),)),
    Law("UU", "penyelenggaraan negara yang bersih dan bebas", ((28, 1999),)),
    Law("UU", "keuangan negara", ((17, 2003),)),
    Law("UU", "perbendaharaan negara", ((1, 2004),)),
    Law("UU", "sistem perencanaan pembangunan nasional", ((25, 2004),)),
    Law("UU", "pelayanan publik", ((25, 2009),)),
    Law("UU", "pemerintahan daerah", ((23, 2014), (32, 2004), (22, 1999), (5, 1974))),
    Law("UU", "aparatur sipil negara", ((20, 2023), (5, 2014))),
    Law("PP", "pelaporan keuangan dan kinerja instansi pemerintah", ((8, 2006),)),
    Law("PP", "sistem pengendalian intern pemerintah", ((60, 2008),)),
    Law("PP", "standar akuntansi pemerintahan", ((71, 2010), (24, 2005))),
    Law("PP", "perangkat daerah", ((18, 2016), (41, 2007), (8, 2003), (84, 2000))),
    Law("PP", "pengelolaan keuangan daerah", ((12, 2019), (58, 2005))),
    Law("PP", "laporan dan evaluasi penyelenggaraan pemerintahan daerah", ((13, 2019),)),
    Law("Perpres", "sistem akuntabilitas kinerja instansi pemerintah", ((29, 2014),)),
    Law("PermenPANRB", "petunjuk teknis perjanjian kinerja", ((53, 2014),)),
    Law("PermenPANRB", "evaluasi akuntabilitas kinerja instansi pemerintah", ((88, 2021),)),
    Law("Permendagri", "tata cara perencanaan pengendalian dan evaluasi pembangunan daerah", ((86, 2017),)),
    Law("Permendagri", "klasifikasi kodefikasi dan nomenklatur perencanaan pembangunan", ((90, 2019),)),
    Law("Permendagri", "pedoman teknis pengelolaan keuangan daerah", ((77, 2020),)),
)
_DISTINCT = frozenset({("PermenPANRB", 53), ("PermenPANRB", 88), ("Permendagri", 86), ("UU", 28)})
"""Kind and number of those that are asked back without a title: these reports cite no other of that number."""

_CITED = Pattern(
    "|".join(rf"(?P<{name}>\b{kind}\b)" for name, kind in _KINDS.items()).join(("(?:", ")"))
    + r"(?:\s+(?!nomor\b|no\b|tentang\b)[a-z()-]+){0,4}\s*(?:(?:nomor|no)\b\.?\s*:?)?\s*0*(?P<number>[0-9]{1,3})"
    r"(?:\s+(?:tahun|th\.?)\s+|\s*/\s*)(?P<year>[0-9]{4})\b(?:\s*,?\s*tentang\s+(?P<title>[^.;:]{3,160}))?"
)


@rule(
    Rule(
        code="NAR-020",
        severity=Severity.WARNING,
        title="Nomor dan tahun peraturan tidak cocok",
        what="Nomor dan tahun peraturan yang lazim disebut dalam laporan kinerja dicocokkan dengan judulnya, misalnya "
        "PermenPANRB 53/2014, Permendagri 86/2017, Perpres 29/2014, dan UU 28/1999.",
        why="Dasar hukum dengan nomor atau tahun yang keliru menunjuk peraturan lain.",
        fix="Periksa nomor dan tahunnya pada naskah peraturan itu.",
        example="PermenPANRB Nomor 53 Tahun 2015.",
    )
)
def nomor_peraturan(texts: Texts) -> Outcome:
    """Each citation whose number and year are not those of its title, or of the only law of that number."""
    for passage in texts.with_digits:
        told: set[str] = set()
        for sentence in passage.lines:
            for match in _CITED.compiled.finditer(sentence):
                law = _meant(match)
                said = f"{_kind(match)} {match['number']}/{match['year']}"
                if law is not None and said not in told:
                    told.add(said)
                    yield Fault(
                        passage.place,
                        f"{said} tidak cocok dengan judul atau nomornya. Apakah maksudnya {law.name}?",
                        expected=law.name,
                        actual=said,
                    )


def _kind(match: Match) -> str:
    return next(name for name in _KINDS if match[name])


def _meant(match: Match) -> Law | None:
    """The regulation that a wrong citation means; None where the citation is right, or of another regulation."""
    kind, number, year = _kind(match), int(match["number"]), int(match["year"])
    own = [law for law in LAWS if law.kind == kind]
    if any((number, year) in law.cited for law in own):
        return None
    if match["title"]:
        title = words(fold(match["title"]))
        return next((law for law in own if _titled(title, words(law.title))), None)
    for law in own:
        right, passed = law.cited[0]
        swapped = year == passed and str(number) == str(right)[::-1] and number != right
        moved = number == right and abs(year - passed) <= _NEAR_YEARS
        if (kind, right) in _DISTINCT and (swapped or moved):
            return law
    return None


def _titled(title: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether a title is the wanted one; an amendment (perubahan atas …) has a number of its own."""
    if re.match(r"perubahan|pencabutan|pelaksanaan|petunjuk pelaksanaan", " ".join(title)):
        return False
    places = range(min(_BEFORE_TITLE, max(0, len(title) - len(wanted))) + 1)
    return any(title[at : at + len(wanted)] == wanted for at in places)
