"""Reading the numbers of a sentence: value, unit, and how exactly each was written.

Numbers that name and do not measure are no figures and are passed over: dates, numbers of laws, articles,
tables and lists, codes, clock times, telephone numbers, ranks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lakip_xlsx.bahasa import MONTHS
from lakip_xlsx.checks.angka.kinds import PERCENT, POINT, RUPIAH
from lakip_xlsx.checks.pattern import Match, Pattern
from lakip_xlsx.checks.terbilang import NUMBER_WORDS, SCALES, SPOKEN, spoken

_MONTH = "|".join(month.casefold() for month in MONTHS)
_YEAR = r"(?:19|20)[0-9]{2}"
_SCALE_WORDS = {**SCALES, "rb": 10**3, "jt": 10**6, "miliyar": 10**9, "mlr": 10**9, "m": 10**9, "t": 10**12}
_SCALE = "|".join(sorted((word for word in _SCALE_WORDS if len(word) > 1), key=len, reverse=True))

NAMES = Pattern(
    rf"\b[0-9]{{1,2}}\s*(?:-|–|s\.?d\.?|sampai(?:\s+dengan)?|hingga)\s*[0-9]{{1,2}}\s+(?:{_MONTH})\b(?:\s+{_YEAR}\b)?"
    rf"|\b(?:tanggal\s+)?(?:[0-9]{{1,2}}\s+)?(?:{_MONTH})\s+{_YEAR}\b|\b[0-9]{{1,2}}\s+(?:{_MONTH})\b"
    r"|\btanggal\s+[0-9]{1,2}\b|\bper\s+[0-9][0-9.]*\s+[a-z]+(?:\s+hidup)?"
    rf"|\b(?:nomor|no|nomer)\b\.?\s*:?\s*[\w./-]{{0,60}}[0-9][\w./-]*(?:\s+tahun\s+{_YEAR}\b)?"
    rf"|\b(?:uu|pp|perpres|perda|perbup|perwali|perwal|pergub|permen[a-z]*|kepmen[a-z]*|inpres|keppres|undang-undang)"
    rf"\s+(?:ri\s+)?[0-9][\w./-]*(?:\s+tahun\s+{_YEAR}\b)?"
    r"|\b(?=[a-z.-]{0,40}[0-9])[0-9a-z.-]{1,80}(?:/[0-9a-z.-]{1,80})+\b"
    r"|\b(?:tabel|gambar|grafik|diagram|bab|lampiran|formulir|halaman|hlm|hal|pasal|ayat|huruf|butir|angka|poin|"
    r"bagian|subbab|kolom|baris|indikator|sasaran|tujuan|misi|program|kegiatan|iku|ss|kelas|tipe|seri|versi|pukul|jam|"
    r"tahap|rt|rw|iso|sni|kurikulum|kode|telepon|telp|hp|nip|jalan|gedung|lantai|ruang|sdn|smpn|sman|"
    r"negeri|golongan|eselon|triwulan|semester|tw|semester ke|peringkat|urutan|ranking|rangking)"
    r"\s*(?:ke)?[-\s.:(]*[0-9]+(?:[./:][0-9]+)*\)?(?![0-9]|[.,][0-9]|\s*(?:%|persen|rupiah|orang|buah|poin|indikator|"
    r"program|kegiatan|sasaran|dari|dokumen|unit|juta|miliar|milyar|ribu))"
    r"|\bke-\s?[0-9]+\b|\bke\s[0-9]{1,2}\b(?![.,]?[0-9]|\s*(?:%|persen|poin|[a-z]))"
    r"|\b[0-9]+(?:\.[0-9]+){2,12}\b(?<!\.[0-9]{3})|\b[a-z]+-?[0-9]+\b(?<!rp[0-9])"
    rf"|\b[0-9]{{1,2}}[.:][0-9]{{2}}\s*(?:wib|wita|wit)\b|\b08[0-9]{{8,11}}\b|\([0-9]{{3,4}}\)\s*[0-9]{{5,8}}"
    r"|^\s*\(?[0-9]{1,2}[.)]?\s*$|^\s*\(?(?:[0-9]{1,2}|[a-z])[.)](?=\s)|(?<=[,:;]\s)\(?[0-9]{1,2}\)(?=\s)|\([0-9]{1,2}\)(?=\s+[a-z])"
)
"""Numbers that only name something."""

_RP_NAME = Pattern(r"^rp[0-9]")
_FIGURE = Pattern(
    r"(?<![\w.,/:])(?<!\w[-–])(?P<rp>(?:rp|idr)\s*\.?\s*)?(?P<digits>[0-9]+(?:[.,][0-9]+)*)(?P<tail>[,.][-–=]+)?"
    rf"(?:\s*(?P<scale>{_SCALE})\b|(?P<short>\s*[mt])\b(?!\w))?(?![0-9:/])"
)
_RANGE = Pattern(r"^\s*(?:(?:%|persen)\s*)?(?:-|–|—|s\.?d\.?|sampai(?:\s+dengan)?|hingga)\s*(?:rp\.?\s*)?[0-9]")
_SPOKEN_RUN = Pattern(rf"(?<![\w-])(?:{SPOKEN})(?:\s+(?:koma|{SPOKEN}))*(?![\w-])")
_PAREN = Pattern(r"^\s*\((?P<inside>[^()]{1,120})\)")
_UNIT = Pattern(
    r"^\s*(?:(?P<point>(?:poin|point)\s+persen(?:tase)?|persen\s+poin|poin|point)\b|(?P<percent>%|(?:persen|prosen)\b)|"
    r"(?P<rupiah>rupiah\b)|(?:(?:buah|butir|orang(?=\s+(?:pegawai|asn|aparatur|pns)))\s+)?(?P<noun>[a-z][a-z/-]*[a-z]"
    r"(?:\s+[a-z][a-z-]*[a-z])?))"
)
_GROUPED = Pattern(r"^[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?$")
_PLAIN = Pattern(r"^[0-9]+(?:,[0-9]+)?$")
_ENGLISH = Pattern(r"^[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?$")
_DOTTED = Pattern(r"^[0-9]{1,3}\.(?:[0-9]{1,2}|[0-9]{4,6})$")
_ROUGH = Pattern(
    r"\b(?:sekitar|kurang\s+lebih|lebih\s+kurang|hampir|lebih\s+dari|kurang\s+dari|di\s+atas|di\s+bawah|diatas|dibawah|"
    r"mendekati|paling\s+sedikit|paling\s+banyak|minimal|maksimal|minimum|maksimum|antara|berkisar|rentang|\u00b1)\s*"
    r"(?:angka\s+)?(?:rp\.?\s*)?$"
)
_QUANTITY_BEFORE = Pattern(
    r"\b(?:nilai|indeks|skor|sebesar|mencapai|menjadi|rata-rata|realisasi|target|adalah|dari)\s+$"
)
_COUNTED = Pattern(
    r"^\s*(?:\([^()]{1,40}\)\s*)?(?:buah\s+|butir\s+)?(?:sub[\s-]?kegiatan|kegiatan|program|sasaran|indikator|orang|pegawai|"
    r"persen|%|poin|rupiah|tujuan|misi|sumber|dari\s+\w+\s+(?:\([^()]*\)\s*)?(?:indikator|sasaran))"
)
MOST = 200
"""Numbers read in one sentence; what has more is a table in a cell."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in a sentence, with its place in it.

    ``half`` is half a unit of the last written place; ``noun`` up to two words behind it; ``year`` marks a year;
    ``rough`` a number that does not claim to be exact ("sekitar", a range); ``words`` one written in words.
    """

    start: int
    end: int
    value: Decimal
    half: Decimal
    unit: str
    noun: str = ""
    year: bool = False
    rough: bool = False
    words: bool = False
    scaled: bool = False

    def fits(self, exact: Decimal) -> bool:
        """Whether an exact figure is this number at the precision in which it was written.

        An amount in juta or miliar may also have been cut off there: 1.333 juta for 1.333.620.587.
        """
        more = abs(exact) - self.value
        return abs(more) <= self.half or (self.unit == RUPIAH and self.half > 1 and 0 <= more < 2 * self.half)


def mask(line: str) -> str:
    """The sentence with blanks in place of numbers that only name something."""
    return NAMES.sub(lambda match: match[0] if _RP_NAME.match(match[0]) else " " * len(match[0]), line)


def read(line: str) -> list[Mention]:
    """The figures of a sentence in lower case, from left to right."""
    masked = mask(line)
    found: list[Mention] = []
    covered = 0
    for match in _FIGURE.finditer(masked):
        if match.start() < covered or len(found) >= MOST:
            continue
        mention = _figure(masked, match)
        if mention is not None:
            found.append(mention)
            covered = mention.end
    return sorted([*found, *_in_words(masked, found)], key=lambda one: one.start)


def _figure(line: str, match: Match) -> Mention | None:
    digits = match["digits"]
    read_as = _value(digits)
    if read_as is None or len(digits) > 30:
        return None
    value, places, dotted = read_as
    scale = match["scale"] or (match["short"] or "").strip()
    rp = bool(match["rp"])
    end = match.end()
    if scale in {"m", "t"} and not rp:
        scale, end = "", match.start("short")
    factor = _SCALE_WORDS[scale] if scale else 1
    unit, noun, end = _unit(line, end)
    if rp or unit == RUPIAH:
        unit = RUPIAH
    before = line[max(0, match.start() - 32) : match.start()]
    if dotted and unit not in {PERCENT, POINT, RUPIAH} and not scale and not _QUANTITY_BEFORE.search(before):
        return None
    bare = digits.isdigit() and len(digits) == 4 and digits[:2] in {"19", "20"} and not (rp or scale)
    year = bare and unit not in {PERCENT, POINT, RUPIAH} and not noun.startswith(("orang", "pegawai", "rupiah"))
    ranged = bool(_RANGE.search(line[end : end + 24])) and not year
    rough = ranged or bool(_ROUGH.search(before))
    half = Decimal(factor).scaleb(-places) / 2
    return Mention(
        match.start(), end, value * factor, half, unit, noun, year=year, rough=rough, scaled=factor > 1 or places > 0
    )


def _value(digits: str) -> tuple[Decimal, int, bool] | None:
    """Value, decimal places, and whether it was written with a decimal dot."""
    if _GROUPED.match(digits) or _PLAIN.match(digits):
        whole, _, frac = digits.partition(",")
        return Decimal(f"{whole.replace('.', '')}.{frac or 0}"), len(frac), False
    if _ENGLISH.match(digits):
        return Decimal(digits.replace(",", "")), len(digits.partition(".")[2]), False
    if _DOTTED.match(digits):
        return Decimal(digits), len(digits.partition(".")[2]), True
    return None


def _unit(line: str, at: int) -> tuple[str, str, int]:
    """Unit, noun, and where the number with its words in brackets and its sign ends."""
    bracket = _PAREN.match(line[at : at + 130])
    if bracket is not None and _is_reading(bracket["inside"]):
        at += bracket.end()
    found = _UNIT.match(line[at : at + 64])
    if found is None:
        return "", "", at
    if found["noun"]:
        return "", found["noun"], at
    sign = PERCENT if found["percent"] else RUPIAH if found["rupiah"] else POINT
    at += found.end()
    again = _PAREN.match(line[at : at + 130])
    return sign, "", at + again.end() if again is not None and _is_reading(again["inside"]) else at


def _is_reading(text: str) -> bool:
    words = text.split()
    return bool(words) and (
        words[0] in NUMBER_WORDS
        or (len(words) == 1 and words[0].isdigit() and not (len(words[0]) == 4 and words[0][:2] in {"19", "20"}))
    )


def _in_words(line: str, found: list[Mention]) -> Iterator[Mention]:
    """Numbers in words; a single word only where something is counted with it."""
    for match in _SPOKEN_RUN.finditer(line):
        if any(one.start <= match.start() < one.end for one in found):
            continue
        text, at = match[0], match.end()
        counted = _COUNTED.match(line[at : at + 64])
        before = line[: match.start()].rstrip()
        if before.endswith(("salah", "ke", "nomor", "sasaran", "indikator", "program")):
            continue
        if not counted and len(text.split()) < 3:
            continue
        said = _said(text)
        if said is None:
            continue
        value, half = said
        unit, noun, end = _unit(line, at)
        rough = bool(_ROUGH.search(line[max(0, match.start() - 32) : match.start()]))
        yield Mention(match.start(), end, value, half, unit, noun, rough=rough, words=True)


def _said(text: str) -> tuple[Decimal, Decimal] | None:
    """Value and half a unit of its last word: "delapan koma empat miliar" was said to a tenth of a miliar."""
    head, _, last = text.rpartition(" ")
    factor = SCALES.get(last, 1) if "koma" in text else 1
    readings = spoken(head if factor > 1 else text)
    if not readings:
        return None
    exponent = int(readings[0].as_tuple().exponent)
    return readings[0] * factor, Decimal(5).scaleb(min(exponent, 0) - 1) * factor
