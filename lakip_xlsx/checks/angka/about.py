"""What a number in a sentence is said to be: whose, what is measured, and of which year.

A number stands between the number before it and the one behind it. The words in front of it decide first,
then those right behind it; what it does not say itself it takes over from the number before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lakip_xlsx.checks.angka.index import Index
from lakip_xlsx.checks.angka.kinds import PERCENT, RUPIAH, TOTAL, Kind, Measure, Subject
from lakip_xlsx.checks.angka.names import Named
from lakip_xlsx.checks.angka.read import Mention
from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.numbers import fold

_YEAR = Pattern(
    r"\b(?P<year>(?:19|20)[0-9]{2})\b|\b(?P<last>tahun\s+(?:lalu|sebelumnya|kemarin|lampau)|sebelumnya|n-1)\b"
    r"|\b(?P<next>tahun\s+(?:depan|berikutnya|mendatang|selanjutnya))\b|\b(?P<now>tahun\s+(?:ini|berjalan|laporan))\b"
)
_YEAR_BEHIND = Pattern(
    r"^[\s)]*(?:(?:pada|di|untuk|dari|selama|dalam)\s+)?(?:\(\s*)?(?:akhir\s+|kondisi\s+|capaian\s+|realisasi\s+)?"
    r"(?:tahun\s+(?:anggaran\s+)?)?(?:\(\s*)?(?P<year>(?:19|20)[0-9]{2})\b"
    r"|^[\s)]*(?:(?:pada|di|dari)\s+)?(?P<last>tahun\s+(?:lalu|sebelumnya|kemarin))\b"
    r"|^[\s)]*(?:(?:pada|di)\s+)?(?P<next>tahun\s+(?:depan|berikutnya|mendatang))\b"
)
_COMPARING = Pattern(r"\b(?:dibanding\w*|perbandingan|membandingkan|daripada|terhadap|sejak|dari)\b[^,]*$")
_SAYS = Pattern(r"\b(?:sebesar|sejumlah|sebanyak|yaitu|yakni|adalah|senilai|mencapai|tercatat)\b|[(:=]")
_MEASURE = Pattern(
    r"\b(?:(?P<sisa>(?:sisa(?:nya)?|tersisa|bersisa|menyisakan)(?:\s+(?:anggaran|dana|pagu|belanja))?|silpa|tidak\s+ter(?:serap|ealisasi|pakai)\w*|belum\s+ter(?:serap|ealisasi)\w*"
    r"|efisiensi\s+anggaran|penghematan)"
    r"|(?P<akhir>target\s+(?:jangka\s+menengah|(?:pada\s+|di\s+)?akhir|renstra|rpjmd)|akhir\s+(?:periode\s+|masa\s+|tahun\s+)?"
    r"(?:renstra|rpjmd)|jangka\s+menengah)"
    r"|(?P<standar>standar(?:\s+nasional)?|(?:rata-rata|capaian|angka|tingkat|target)\s+nasional)"
    r"|(?P<realisasi>(?:di|te|me)?realisasi\w*|terealisir|(?:pe|te|di)?ny?erap\w*|terserap|diserap|serapan|menyerap|"
    r"dibelanjakan|terpakai|dipakai|dicairkan|menghabiskan|membelanjakan|penggunaan)"
    r"(?:\s+(?:anggaran|keuangan|belanja|dana|kinerja)(?:nya)?)?"
    r"|(?P<selisih>naik|tumbuh|merosot|melonjak|anjlok|membaik|kenaikan|meningkat|peningkatan|turun|penurunan|menurun|bertambah|berkurang|selisih|terpaut|"
    r"melampaui|melebihi|lebih\s+(?:tinggi|rendah|baik|besar|kecil|cepat|lambat)|kurang|deviasi|gap|kesenjangan)"
    r"|(?P<capaian>(?:tingkat\s+|persentase\s+)?(?:capaian|pencapaian|tercapai|ketercapaian)(?:nya)?(?:\s+kinerja(?:nya)?)?)"
    r"|(?P<target>target(?:nya)?|ditargetkan|diharapkan|diproyeksikan|menargetkan|diperjanjikan|dijanjikan|direncanakan)"
    r"|(?P<pagu>pagu|anggaran(?:nya)?|dianggarkan|alokasi|dialokasikan|mengalokasikan|plafon|dpa|dana|belanja)"
    r"|(?P<reach>mencapai|meraih|memperoleh|diperoleh|berhasil\s+dicapai|menjadi|menyentuh))\b"
)
_BASE = Pattern(r"\b(?:dibanding\w*|daripada|dari|terhadap|dengan)\b")
_FILL = Pattern(
    r"\u00a7\s*(?:[\s:(=,]|pada|akhir|tahun|(?:19|20)[0-9]{2}|sebesar|tercatat|adalah|yaitu|yakni|hanya|baru|masih|sudah|telah|"
    r"sebanyak|sejumlah|berada|tetap|level|di|angka|nilai|saat|ini|senilai|rata-rata|dinas|badan|daerah|kabupaten|sekarang)*$"
)
_TO = Pattern(r"\b(?:menjadi|ke)\s+(?:sebesar\s+|angka\s+|hanya\s+)?(?:rp\.?\s*)?$")
_COUNTED_NOUN = Pattern(
    r"^\s*(?:sub\s?kegiatan|program|kegiatan|sasaran|indikator|tujuan|misi)\b(?:\s+(?:kinerja|strategis))*"
)
MONEY_FILL = Pattern(
    r"\u00a7\s*(?:[\s:(=,\"”')]|yang|diterima|dikelola|diperoleh|memperoleh|mendapat|mendapatkan|menerima|dengan|sebesar|senilai|"
    r"sejumlah|adalah|yaitu|yakni|tahun|(?:19|20)[0-9]{2}|pada|tercatat|total|jumlah|nilai|berjumlah|dari|hanya)*$"
)
_FROM_TO = Pattern(r"\b(?P<word>dari|menjadi|ke)\s+(?:sebesar\s+|angka\s+|nilai\s+|hanya\s+|semula\s+)?(?:rp\.?\s*)?$")
_GROUPS = {
    "sisa": Measure.SISA,
    "akhir": Measure.AKHIR,
    "standar": Measure.STANDAR,
    "realisasi": Measure.REALISASI,
    "selisih": Measure.SELISIH,
    "capaian": Measure.CAPAIAN,
    "target": Measure.TARGET,
    "pagu": Measure.PAGU,
    "reach": Measure.REALISASI,
}
_LINK = Pattern(
    r"^[\s)]*(?:(?:yang|telah|sudah|yakni|yaitu|di\s?antaranya|dialokasikan|digunakan|dipergunakan|berasal|bersumber|"
    r"diperuntukkan|disediakan|terserap|dilaksanakan|dianggarkan|adalah|merupakan|untuk|pada|bagi|dari|di|oleh|guna|"
    r"dalam|membiayai|mendukung|melalui|melaksanakan|realisasi|pelaksanaan|anggaran|pagu|target|capaian)\s+){1,5}"
    r"[\"“'(]?$"
)
_BREAK = Pattern(r"[,;]|\b(?:sedangkan|sementara|namun|tetapi|tapi|adapun|kemudian|serta)\b")
_EDGE = Pattern(r"[;]|\b(?:sedangkan|sementara|adapun|selanjutnya)\b")


@dataclass(frozen=True, slots=True)
class About:
    """What the words around a number say of it.

    ``subjects``: whose it may be; none if nobody is named. ``sure``: named in the same sentence. ``backs``: of how
    many years before the report's it may be (negative: later); ``before`` and ``after`` are the words around it,
    without names; ``explicit`` whether the measure stands beside this number.
    """

    subjects: tuple[Subject, ...] = ()
    sure: bool = False
    measure: Measure | None = None
    explicit: bool = False
    money: bool = False
    backs: frozenset[int] = frozenset({0})
    years: frozenset[int] = frozenset({0})  # the same for the number behind this one
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class Sentence:
    """A sentence with its numbers, its names, and what it inherits from the text around it."""

    line: str  # in lower case
    plain: str  # the same with blanks for names
    mentions: list[Mention]
    named: list[Named]
    default: tuple[Subject, ...] = ()
    goes_on: bool = False  # the sentence before it ended with a semicolon only
    years: frozenset[int] = frozenset()  # years that the sentence before this one spoke of
    found: list[About] = field(default_factory=list)


_RATE = Pattern(r"\bper\s+[0-9][0-9.]*\s+[a-z]+(?:\s+hidup)?")


def blanked(line: str, named: Sequence[Named]) -> str:
    """The sentence with blanks in place of what it names, so that no word of a name is taken for a word of its own."""
    line = _RATE.sub(lambda match: " " * len(match[0]), line)
    for one in named:
        line = line[: one.start] + "\u00a7" + " " * (one.end - one.start - 1) + line[one.end :]
    return line


def behind_year(after: str) -> bool:
    """Whether a year stands right behind a number."""
    return _YEAR_BEHIND.match(after) is not None


class Reader:
    """Tells what numbers are about, in the sentences of one workbook."""

    def __init__(self, index: Index) -> None:
        self._index = index
        first = fold(index.office).split(" ")[0]
        offices = "|".join(
            dict.fromkeys(
                word
                for word in (first, "dinas", "opd", "skpd", "perangkat daerah", "instansi", "kantor", "badan")
                if word
            )
        )
        money = r"(?:anggaran|pagu|belanja|dana|alokasi|keuangan|realisasi\w*|serapan|penyerapan|sisa)"
        self._whole = Pattern(
            rf"\b(?:(?:total|jumlah|seluruh|keseluruhan|semua)(?:nya)?\s+(?:\w+\s+){{0,2}}?{money}"
            rf"|{money}\s+(?:\w+\s+){{0,2}}?(?:total|keseluruhan|secara\s+(?:keseluruhan|total)|seluruhnya|{offices})"
            rf"|(?:{offices})\s+(?:\w+\s+){{0,6}}?(?:memperoleh|mendapat\w*|mengelola|didukung|menerima|memiliki|menyerap|"
            rf"membelanjakan|merealisasikan)(?:\s+\w+){{0,3}}?\s+{money}|secara\s+keseluruhan|secara\s+total)\b"
        )

    def read(self, sentence: Sentence) -> list[About]:
        """What each of the sentence's numbers is about."""
        numbers = sentence.mentions
        values = [one for one in numbers if not one.year]
        for place, one in enumerate(values):
            start = values[place - 1].end if place else 0
            stop = values[place + 1].start if place + 1 < len(values) else len(sentence.line)
            last = sentence.found[-1] if sentence.found else None
            sentence.found.append(self._one(sentence, one, start, stop, last))
        return sentence.found

    def _one(self, sentence: Sentence, one: Mention, start: int, stop: int, last: About | None) -> About:
        before = sentence.plain[start : one.start]
        if edge := [*_EDGE.finditer(before)]:
            before = before[edge[-1].end() :]
            start = one.start - len(before)
        if place_counts := _COUNTED_NOUN.match(before):
            before = " " * place_counts.end() + before[place_counts.end() :]
        behind = sentence.plain[one.end : stop]
        cut = _BREAK.search(behind)
        after = behind[: cut.start()] if cut else behind
        final = stop == len(sentence.line)
        measure, explicit, base = _measure(before, after if final else "", last, one)
        subjects, sure = self._subject(sentence, one, start, before, after, last)
        backs = self._years(sentence, one, measure, before, after, last)
        years = backs
        if (
            base is False
            and 0 not in backs
            and _TO.search(before)
            and not _YEAR.search(before)
            and not behind_year(after)
        ):
            backs = frozenset({0})
        if measure is Measure.SELISIH:
            backs |= {0}
        if base and 0 in backs:
            backs = frozenset({1, 2, 3})
        if not explicit and "\u00a7" in before and measure is not Measure.SELISIH:
            measure = None
        unsaid = measure is None or (measure is Measure.SELISIH and not explicit)
        if unsaid and subjects and sure and subjects[0].kind is Kind.INDIKATOR and _FILL.search(before):
            measure, explicit = Measure.REALISASI, True
        money = (
            one.unit == RUPIAH
            or bool(_MONEY_WORDS.search(before))
            or (last is not None and last.money and not explicit)
        )
        return About(subjects, sure, measure, explicit, money, backs, years, before, after)

    def _subject(
        self, sentence: Sentence, one: Mention, start: int, before: str, after: str, last: About | None
    ) -> tuple[tuple[Subject, ...], bool]:
        stop = one.end + len(after)
        ahead = [each for each in sentence.named if start <= each.start and each.end <= one.start]
        whole = [*self._whole.finditer(before)]
        if whole and (not ahead or start + whole[-1].end() > ahead[-1].end):
            earlier = last.subjects if last is not None and last.sure else ()
            own = self._index.office and fold(self._index.office).split(" ")[0] in whole[-1][0]
            return (
                (TOTAL,) if own else tuple(dict.fromkeys((TOTAL, *earlier, *(ahead[-1].subjects if ahead else ()))))
            ), True
        if ahead:
            return ahead[-1].subjects, True
        behind = next((each for each in sentence.named if one.end <= each.start < stop), None)
        if behind is not None and _LINK.match(sentence.plain[one.end : behind.start]):
            return behind.subjects, True
        if last is not None and last.subjects:
            return last.subjects, last.sure
        if len(sentence.named) == 1 and last is None:
            return sentence.named[0].subjects, True
        if sentence.default:
            return sentence.default, sentence.goes_on
        if not sentence.named and _MONEY_PHRASE.search(before) and not speaks_of_a_part(f"{before} {near(after)}"):
            return (TOTAL,), str(self._index.year) in before
        return (), False

    def _years(
        self, sentence: Sentence, one: Mention, measure: Measure | None, before: str, after: str, last: About | None
    ) -> frozenset[int]:
        year = self._index.year
        if year is None:
            return frozenset({0})
        found: set[int] = set()
        inside = [*_YEAR.finditer(before)]
        if inside:
            said = _back(inside[-1], year)
            found.add(said)
            tail = before[inside[-1].end() :]
            if (said and _COMPARING.search(before[: inside[-1].start()]) and not _SAYS.search(tail)) or (
                said and "," in tail and not _SAYS.search(tail.partition(",")[0])
            ):
                found.add(0)
        behind = _YEAR_BEHIND.match(after)
        if behind is not None and measure is not Measure.SELISIH:
            found = {_back(behind, year)}
        if found:
            return frozenset(found)
        if last is not None and _BREAK.search(before) is None:
            return last.years
        every = {_back(match, year) for match in _YEAR.finditer(sentence.line[: one.start])}
        if last is not None:
            every |= last.years
        return frozenset(every or {year - each for each in sentence.years} or {0}) | (
            frozenset({0}) if not every else frozenset()
        )


_MONEY_PHRASE = Pattern(
    r"\b(?:(?:realisasi|penyerapan|serapan|pagu|sisa|capaian|alokasi|penggunaan|total|jumlah)\s+(?:\w+\s+)?"
    r"(?:anggaran|keuangan|belanja)|anggaran)\b"
)
_EXPLAINS = Pattern(
    r"\b(?:berasal|bersumber|disebabkan|karena|dikarenakan|akibat|terutama|sehingga|dengan|yang|dan|berkat)\b"
)
_ALL_OF_THEM = Pattern(
    r"(?:[0-9]|\)|\b(?:seluruh|semua|setiap|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|pelaksanaan))\s*"
    r"(?:program|kegiatan)(?:\s*(?:dan|/|,)\s*(?:sub\s*)?kegiatan)*|\bprogram\s*(?:dan|/|,)\s*(?:sub\s*)?kegiatan"
)


def near(after: str) -> str:
    """The words behind a number that still belong to it: without reasons and what comes after them."""
    found = _EXPLAINS.search(after)
    return after[: found.start()] if found else after


def speaks_of_a_part(phrase: str) -> bool:
    """Whether a phrase speaks of a part of the office's money, or of other money."""
    return PART.search(_ALL_OF_THEM.sub(lambda match: " ", phrase)) is not None


PART = Pattern(
    r"\u00a7|\b(?:bidang|seksi|sub\s?bag\w*|sub\s?bidang|upt\w*|puskesmas|sekolah|desa|kelurahan|unit|paket|pengadaan|"
    r"pekerjaan|pembangunan|rehabilitasi|kontrak|gaji|tunjangan|honor\w*|perjalanan|bantuan|hibah|dak|dau|dbh|dif|did|bok|"
    r"bos|blud|pad|pendapatan|retribusi|pajak|cukai|csr|apbn|fisik|triwulan\w*|tw|semester|bulan|bulanan|"
    r"belanja\s+(?:pegawai|barang|modal|jasa|operasi\w*|hibah|tidak|tak|langsung|rutin|bantuan|pemeliharaan|makan\w*)|"
    r"dana\s+(?:alokasi|desa|bagi|hibah|bos|insentif|kelurahan|tugas|dekonsentrasi|pendamping|transfer|otonomi)|"
    r"per|setiap|tiap|masing-masing|rata-rata|murni|sebelum|semula|awalnya|perubahan|pergeseran|refocusing|rasionalisasi|"
    r"bertambah|berkurang|tambahan|penambahan|pengurangan|dikurangi|ditambah|dialihkan|provinsi|pusat|kementerian|"
    r"pemerintah|kabupaten|kota|nasional|harga|usulan|mengusulkan|diusulkan|proyeksi|kebutuhan|membutuhkan|dibutuhkan|"
    r"sebagian|sebagiannya|hampir|salah\s+satu|antara\s+lain|di\s?antaranya|misalnya|lain|lainnya|terbesar|terkecil|program|"
    r"kegiatan|subkegiatan|sasaran|indikator|penawaran|lelang|tender|honorarium|operasional|pemeliharaan|renja|rpjmd|"
    r"target|apabila|jika|seandainya|khusus\w*|utang|hutang|denda|temuan|kerugian|aset|barang)\b"
)
"""Words of a phrase that speaks of a part of the office's money, or of other money."""
_MONEY_WORDS = Pattern(
    r"\b(?:anggaran|keuangan|pagu|belanja|dana|serapan|penyerapan|terserap|diserap|menyerap|dpa|silpa)\w*\b"
)


def _back(match: object, year: int) -> int:
    groups = match.groupdict()  # type: ignore[attr-defined]
    if groups.get("year"):
        return year - int(groups["year"])
    return 1 if groups.get("last") else -1 if groups.get("next") else 0


_Said = tuple[Measure | None, bool, bool]
_OF_A_REACH = frozenset({Measure.CAPAIAN, Measure.REALISASI, Measure.PAGU, Measure.SISA})


def _measure(before: str, after: str, last: About | None, one: Mention) -> _Said:
    """What is measured, whether that is said here, and whether it is what a difference was counted from."""
    words = [(_GROUPS[str(match.lastgroup)], str(match.lastgroup), match.end()) for match in _MEASURE.finditer(before)]
    measures = [measure for measure, _, _ in words]
    if measures[-1:] == [Measure.TARGET] and Measure.AKHIR in measures:
        return Measure.AKHIR, True, False
    found = _from_or_to(before, words, last)
    if found is None and words:
        found = _by_words(before, words)
    if found is None and after and one.unit != PERCENT:
        behind = _MEASURE.search(after)
        if behind is not None and behind.start() < 30 and behind.lastgroup in {"realisasi", "sisa"}:
            found = _GROUPS[str(behind.lastgroup)], True, False
    return found or (last.measure if last is not None else None, False, False)


def _from_or_to(before: str, words: list[tuple[Measure, str, int]], last: About | None) -> _Said | None:
    """The two ends of a change: "naik dari 84,1 menjadi 86,75", "dibandingkan tahun lalu sebesar 84,1"."""
    rest = [measure for measure, _, _ in words if measure is not Measure.SELISIH]
    changed = any(measure is Measure.SELISIH for measure, _, _ in words)
    if last is not None and last.measure is Measure.SELISIH and not changed and _BASE.search(before):
        return (rest[-1] if rest else Measure.REALISASI), True, not rest
    edge = _FROM_TO.search(before)
    if edge is None:
        return None
    named = [(measure, group) for measure, group, _ in words if group != "reach"]
    if named and named[-1][1] == "selisih":
        return (rest[-1] if rest else Measure.REALISASI), True, edge["word"] == "dari" and not rest
    if edge["word"] == "dari" or last is None or last.measure is Measure.SELISIH:
        return None
    measure = named[-1][0] if named else last.measure
    return measure, measure is not None, False


def _by_words(before: str, words: list[tuple[Measure, str, int]]) -> _Said:
    """The nearest word decides; "mencapai" only where no other word says what was reached."""
    measure, group, end = words[-1]
    strong = [each for each, name, _ in words if name != "reach"]
    if group == "reach" and strong and strong[-1] in _OF_A_REACH:
        return strong[-1], True, False
    if group == "reach" and Measure.AKHIR in strong:
        return Measure.AKHIR, True, False
    if group == "reach" and strong and strong[-1] is Measure.TARGET:
        return Measure.TARGET, before.find("target", end) >= 0, False
    return measure, True, False
