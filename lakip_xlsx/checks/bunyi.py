"""Rules on wordings that should be the same everywhere: sasaran, indikator, the name of the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lakip_xlsx.checks import near
from lakip_xlsx.checks.places import At, Isian, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.texts import Texts
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold, squeeze
from lakip_xlsx.workbook.book import Form, Table

_FEW_CHANGES = 3
_FEW_WORDS = 8  # words that only one of two wordings may have, to be worth a closer look
_ALL_PAIRS_UP_TO = 300
_WINDOW = 8
_MOSTLY = 0.1  # the share of words that a near duplicate may have more
_LONG = 8  # words: shorter wordings differ by one word and mean other things
_LONGEST = 300  # words: a longer text is no sasaran and no indikator, and is held against no other one
_LONGEST_NAME = 60  # words of the name of an office


@dataclass(frozen=True, slots=True)
class Wording:
    """A sasaran or an indikator as it is worded in one cell."""

    name: str  # how it is spoken of: "Sasaran 7"
    text: str
    place: Place
    words: tuple[str, ...]
    vocabulary: frozenset[str]


def _wording(name: str, text: str, place: Place) -> Wording:
    words = near.words(text)
    return Wording(name, squeeze(text), place, words, frozenset(words))


@rule(
    Rule(
        code="SIL-004",
        severity=Severity.ERROR,
        nomor=(24,),
        title="Bunyi sasaran atau indikator berubah",
        what="Sasaran Strategis yang diketik pada lembar Anggaran Sasaran dibandingkan dengan lembar Renstra, dan "
        "bunyi indikator pada lembar Perjanjian Kinerja dengan lembar Indikator. Di dalam Renstra dicari pula uraian "
        "yang sama kecuali salah ketik. Huruf besar, spasi, dan tanda baca diabaikan.",
        why="Sasaran dan indikator ditetapkan dalam Renstra dan Perjanjian Kinerja; laporan mengutipnya apa adanya.",
        fix="Salin bunyinya dari dokumen yang ditetapkan ke kedua tempat.",
        example='"Lancarnya admsitrasi perkantoran" pada lembar Anggaran Sasaran, "administrasi" pada lembar Renstra.',
    )
)
def bunyi_berubah(
    renstra: Table | None, anggaran_sasaran: Table | None, indikator: Table | None, perjanjian: Table | None
) -> Outcome:
    """Wordings of the same code that differ, and misspelt twins inside the Renstra."""
    if renstra is not None and anggaran_sasaran is not None:
        yield from _drifts(anggaran_sasaran, "kode_sasaran", "sasaran", renstra, "kode", "uraian")
    if indikator is not None and perjanjian is not None:
        yield from _drifts(indikator, "kode", "indikator", perjanjian, "kode", "indikator")
    if renstra is not None:
        yield from _misspelt_twins(renstra)


def _drifts(here: Table, code: str, key: str, there: Table, its_code: str, its_key: str) -> Iterator[Fault]:
    kinds = dict(there.column("jenis"))
    originals: dict[str, int] = {}
    for row, kode in there.column(its_code):
        if isinstance(kode, str) and fold(str(kinds.get(row) or "sasaran")) == "sasaran":
            originals.setdefault(fold(kode), row)
    typed = dict(here.column(key))
    for row, kode in here.column(code):
        line = originals.get(fold(str(kode or "")))
        text = typed.get(row)
        if line is None or not isinstance(text, str) or (row, key) in here.formulas:
            continue
        original = squeeze(there.text(line, its_key))
        left, right = near.words(text), near.words(original)
        if original and left != right:
            yield Fault(
                At(here, row, key),
                f"Bunyi {kode} berbeda dari lembar {there.name}: {near.described(near.changes(left, right))}.",
                expected=original,
                actual=squeeze(text),
                related=(At(there, line, its_key),),
            )


def _misspelt_twins(renstra: Table) -> Iterator[Fault]:
    """Statements of other kinds (a kebijakan, a tujuan) that repeat a sasaran with a slip of the keyboard."""
    every = [
        (fold(renstra.text(row, "jenis")), _named(renstra, row, text))
        for row, text in renstra.column("uraian")
        if isinstance(text, str)
    ]
    sasaran = [one for jenis, one in every if jenis == "sasaran" and len(one.words) <= _LONGEST]
    others = [one for jenis, one in every if jenis != "sasaran" and len(one.words) <= _LONGEST]
    for left, right in _pairs(sasaran, others):
        if len(left.vocabulary ^ right.vocabulary) > _FEW_WORDS or len(left.words) < _LONG:
            continue
        found = near.changes(right.words, left.words)
        typos = [change for change in found if change.is_typo]
        rest = sum(len(change.left) + len(change.right) for change in found if not change.is_typo)
        if typos and len(found) <= _FEW_CHANGES and rest <= _FEW_CHANGES:
            yield Fault(
                right.place,
                f"{right.name} sama dengan {left.name} kecuali {near.described(found)}.",
                expected=left.text,
                actual=right.text,
                related=(left.place,),
            )


def _named(renstra: Table, row: int, text: str) -> Wording:
    name = f"{renstra.text(row, 'jenis')} {renstra.text(row, 'kode')}".strip()
    return _wording(name, text, At(renstra, row, "uraian"))


def _pairs(left: Sequence[Wording], right: Sequence[Wording]) -> Iterator[tuple[Wording, Wording]]:
    """Pairs worth comparing: all of them; in very long sheets those that begin or end alike."""
    if len(left) * len(right) <= _ALL_PAIRS_UP_TO**2:
        yield from ((one, other) for one in left for other in right)
        return
    beginning: dict[tuple[str, ...], list[Wording]] = {}
    for one in left:
        beginning.setdefault(one.words[:2], []).append(one)
    yield from ((one, other) for other in right for one in beginning.get(other.words[:2], [])[:_WINDOW])


@rule(
    Rule(
        code="SIL-005",
        severity=Severity.WARNING,
        nomor=(25,),
        title="Sasaran atau indikator yang hampir sama",
        what="Bunyi sasaran pada lembar Renstra dibandingkan satu sama lain, demikian pula bunyi indikator. "
        "Disebutkan yang sama persis, yang hanya berbeda salah ketik, dan yang panjang tetapi hanya kelebihan satu "
        "dua kata.",
        why="Dua sasaran yang hampir sama biasanya satu sasaran yang tertulis dua kali, sehingga anggarannya terpecah.",
        fix="Gabungkan bila memang satu, atau perjelas bedanya menurut Renstra.",
        example="Sasaran 5 sama dengan sasaran 2, hanya ditambah kata pengembangan.",
    )
)
def hampir_sama(renstra: Table | None, indikator: Table | None) -> Outcome:
    """Near duplicates among the sasaran, and among the indicators."""
    if renstra is not None:
        rows = [row for row, jenis in renstra.column("jenis") if fold(str(jenis or "")) == "sasaran"]
        yield from _duplicates([_named(renstra, row, renstra.text(row, "uraian")) for row in rows])
    if indikator is not None:
        named = [
            _wording(f"Indikator {indikator.text(row, 'kode')}".strip(), text, At(indikator, row, "indikator"))
            for row, text in indikator.column("indikator")
            if isinstance(text, str)
        ]
        yield from _duplicates(named)


def _duplicates(every: list[Wording]) -> Iterator[Fault]:
    for one, other in _each_pair([wording for wording in every if 0 < len(wording.words) <= _LONGEST]):
        found = near.changes(one.words, other.words)
        if not _near(one, other, found):
            continue
        how = f"hampir sama dengan {one.name}: {near.described(found)}" if found else f"sama persis dengan {one.name}"
        yield Fault(other.place, f"{other.name} {how}.", actual=other.text, related=(one.place,))


def _near(one: Wording, other: Wording, found: Sequence[near.Change]) -> bool:
    longer = max(len(one.words), len(other.words))
    more = sum(len(change.left) + len(change.right) for change in found if not change.is_typo)
    replaced = any(change.left and change.right and not change.is_typo for change in found)
    return len(found) <= 2 and not replaced and (more == 0 or (longer >= _LONG and more <= longer * _MOSTLY))


def _each_pair(every: Sequence[Wording]) -> Iterator[tuple[Wording, Wording]]:
    """Each pair once, the upper one first; only neighbours by their first words in very long sheets."""
    if len(every) <= _ALL_PAIRS_UP_TO:
        for position, one in enumerate(every):
            for other in every[position + 1 :]:
                if abs(len(one.words) - len(other.words)) <= 2 and _share_words(one, other):
                    yield one, other
        return
    ranked = sorted(range(len(every)), key=lambda place: every[place].words)
    for position, first in enumerate(ranked):
        for second in ranked[position + 1 : position + 1 + _WINDOW]:
            yield every[min(first, second)], every[max(first, second)]


def _share_words(one: Wording, other: Wording) -> bool:
    """Whether two wordings may differ in two words at most; cheap, so that most pairs end here."""
    return len(one.vocabulary ^ other.vocabulary) <= 4


@rule(
    Rule(
        code="IDN-007",
        severity=Severity.WARNING,
        nomor=(37,),
        title="Nama instansi ditulis lain",
        what="Nama Instansi pada lembar Instansi dicari dalam semua teks; disebutkan tulisan yang hampir sama, "
        "misalnya salah ketik, kata yang tersambung, atau tanda & sebagai ganti dan. Nama singkat dan sebagian nama "
        "tidak dihitung.",
        why="Nama instansi harus sama di seluruh laporan.",
        fix="Samakan dengan Nama Instansi pada lembar Instansi.",
        example='"Kantor Kesatuan Bangsa dan Politk Kabupaten Tebo".',
    )
)
def nama_instansi(form: Form, texts: Texts) -> Outcome:
    """Near misses of the office's name in every text."""
    name = squeeze(form.text("nama"))
    wanted = near.words(name)
    if not 2 <= len(wanted) <= _LONGEST_NAME:
        return
    start = wanted[0][:2]
    for passage in texts.passages:
        is_name = passage.key == "nama" and passage.sheet == "instansi"
        if is_name or 2 * len(passage.text) < len(name) or start not in passage.text.casefold():
            continue
        for said in dict.fromkeys(_misspelt_names(passage.text, wanted, ampersand="&" in name)):
            yield Fault(
                passage.place,
                f'Nama instansi tertulis "{said}".',
                expected=name,
                actual=said,
                related=(Isian(form, "nama"),),
            )


def _misspelt_names(text: str, wanted: tuple[str, ...], *, ampersand: bool) -> Iterator[str]:
    """Runs of words that are the name but for a slip, as written."""
    written = squeeze(text if ampersand else text.replace("&", " & ")).split(" ")
    plain = [("&",) if word == "&" and not ampersand else near.words(word) for word in written]
    size = len(wanted)
    for start, first in enumerate(plain):
        if not first or not (first[0] == wanted[0] or near.misspelt(first[0], wanted[0])):
            continue
        for length in (size, size - 1, size + 1):
            window = plain[start : start + length]
            said = tuple(word for words in window for word in words)
            if len(window) < length or said == wanted:
                continue
            if _is_slip(said, wanted):
                yield " ".join(written[start : start + length]).strip(" ,.;:()\"'“”")
                break


def _is_slip(said: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if "".join(said) == "".join(wanted):
        return True  # words run together or torn apart
    if len(said) != len(wanted):
        return False
    found = near.changes(said, wanted)
    return len(found) <= 2 and all(change.is_typo or change.left == ("&",) or _same_stem(change) for change in found)


def _same_stem(change: near.Change) -> bool:
    """Whether one word is the other with something around it: arsip, kearsipan."""
    if len(change.left) != 1 or len(change.right) != 1:
        return False
    short, long = sorted((change.left[0], change.right[0]), key=len)
    return len(short) >= 5 and short in long
