"""Tying the numbers of sentences to the figures of the workbook: which agree, which contradict, which are only told.

A number is called contradicted only where its phrase names its subject, what is measured and, if any, the year,
and the figure of that subject is known and another one. Two figures of one subject that changed places in a
sentence are never called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lakip_xlsx.checks.angka.about import MONEY_FILL, About, near, speaks_of_a_part
from lakip_xlsx.checks.angka.fits import BARE, OF_MONEY, is_no_unit, may_be, measures_of, of_unit
from lakip_xlsx.checks.angka.index import Index, family
from lakip_xlsx.checks.angka.kinds import PERCENT, POINT, RUPIAH, TOTAL, Figure, Kind, Measure, Subject
from lakip_xlsx.checks.angka.read import Mention
from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.finding import State
from lakip_xlsx.numbers import percentage

_ELSEWHERE = Pattern(
    r"\b(?:provinsi|kabupaten|kota|kecamatan|desa|kelurahan|triwulan\w*|tw|semester|bulan|rpjmd|spm|prognosis|proyeksi|"
    r"diproyeksikan|komponen|unsur|aspek|bobot|maksimal|minimal|skala|responden|interval|kategori|per|setiap|tiap|"
    r"laki-laki|perempuan|negeri|swasta|se-\w+|regional|rata-rata\s+\w+|dunia|asean|puskesmas|sekolah|tertinggi|"
    r"terendah|semula|sebelum|awal|usulan|diusulkan|batas|ambang|minimum|maksimum|jika|apabila|sisanya|sisa|diantaranya|"
    r"di antaranya|antara\s+lain|khusus|bidang|murni|perubahan|kali|tahap|anggaran|pagu|dari\s+total)\b"
)
_PHYSICAL = Pattern(r"\bfisik\b")
_SPENT = Pattern(r"\b(?:\w*realisasi\w*|\w*serap\w*|terpakai|dibelanjakan|terealisir)\b")
_PERCENT_OF_AMOUNT = Pattern(
    r"^[\s,]*(?:\(|/|=|(?:atau|yakni|yaitu|dengan|sehingga|setara)\b[\w\s]{0,60}$|(?:atau\s+)?sebesar|mencapai)"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A number's state with the figure that it is, or that it should be; ``near`` where only a slip betrays it."""

    state: State
    figure: Figure | None = None
    near: bool = False
    of_class: bool = False


TOLD = Verdict(State.TOLD)


def _stands_elsewhere(wanted: Sequence[Figure], about: About, others: Sequence[Mention]) -> bool:
    """Whether the figure that belongs here stands at another place of the sentence: they changed places."""
    said = [figure for figure in wanted if figure.measure is about.measure] or wanted
    return any(other.fits(figure.value) for figure in said for other in others)


def _best(wanted: Sequence[Figure], one: Mention, about: About) -> Figure:
    """The figure that was most likely meant: of the measure that is said, of the same unit, nearest to the number."""
    base = "target" if "target" in f"{about.before} {about.after}" else "lalu1"

    def far(figure: Figure) -> tuple[bool, bool, bool, Decimal]:
        gap = figure.measure is Measure.SELISIH
        keys = {place.key for place in figure.places if isinstance(place, At)}
        near = abs(abs(figure.value) - one.value) if gap else Decimal(0)
        other_unit = (figure.unit == PERCENT) != (one.unit == PERCENT)
        return figure.measure is not about.measure, other_unit, gap and not {base, "realisasi"} <= keys, near

    return min(wanted, key=far)


_ALWAYS = frozenset({Kind.BANYAK, Kind.LAIN})
"""What a sentence about something else may still give a figure of."""


class Judge:
    """Decides on the numbers of a sentence."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._named: frozenset[Subject] = frozenset()
        self._slips: dict[str, list[Figure]] | None = None

    def decide(
        self, mentions: Sequence[Mention], abouts: Sequence[About], named: frozenset[Subject]
    ) -> Iterator[Verdict]:
        """A verdict for each number, in their order; ``named``: everything that the sentence names."""
        self._named = named
        abouts = self._together(mentions, abouts)
        for place, (one, about) in enumerate(zip(mentions, abouts, strict=True)):
            others = [mention for mention in mentions if mention is not one and mention.unit == one.unit]
            ahead = list(zip(mentions[:place], abouts[:place], strict=True))
            yield self._decide(one, about, others, ahead)

    def _together(self, mentions: Sequence[Mention], abouts: Sequence[About]) -> list[About]:
        """A sentence of which one amount is a total of the office speaks of the office in its other amounts too."""
        is_total = any(
            (about.subjects == (TOTAL,) and about.sure)
            or (
                about.subjects == (TOTAL,)
                and one.unit == RUPIAH
                and any(
                    one.fits(each.value) and each.measure is about.measure
                    for each in self._index.of(TOTAL)
                    if each.unit == RUPIAH
                )
            )
            for one, about in zip(mentions, abouts, strict=True)
        )
        return [replace(each, sure=True) if is_total and each.subjects == (TOTAL,) else each for each in abouts]

    def _decide(
        self, one: Mention, about: About, others: Sequence[Mention], ahead: Sequence[tuple[Mention, About]]
    ) -> Verdict:
        own = [figure for subject in about.subjects for figure in self._index.of(subject) if of_unit(figure, one)]
        measures = measures_of(one, about)
        if Measure.TARGET in measures and self._index.year is not None and self._index.end is not None:
            measures |= {Measure.AKHIR} if self._index.year - self._index.end in about.backs else set()
        wanted = [figure for figure in own if figure.measure in measures and figure.back in about.backs]
        others_here = [figure for figure in own if figure.back in about.backs and may_be(figure, about)]
        for group in (wanted, others_here):
            tied = next((figure for figure in group if one.fits(figure.value)), None)
            if tied is not None and (group is wanted or not self._other_place(one, about, wanted, others)):
                return Verdict(State.TIED, tied)
        if wanted and self._certain(one, about, ahead):
            contradicts = Verdict(State.CONTRADICTED, _best(wanted, one, about))
            if _stands_elsewhere(wanted, about, others):
                fits = next((figure for figure in own if one.fits(figure.value)), None)
                if fits is not None:
                    return Verdict(State.TIED, fits)
            if about.explicit and about.sure:
                return contradicts
            return self._anywhere(one, about, ahead) or contradicts
        fits = next((figure for figure in own if one.fits(figure.value)), None)
        if fits is not None:
            return Verdict(State.TIED, fits)
        return self._anywhere(one, about, ahead) or self._slip(one, about) or self._ratio(one, about, ahead) or TOLD

    def _other_place(self, one: Mention, about: About, wanted: Sequence[Figure], others: Sequence[Mention]) -> bool:
        """Whether a figure of the same subject stands where another belongs, and they did not change places."""
        if not wanted or not about.explicit or len(about.backs) > 1 or not self._certain(one, about, ()):
            return False
        return not _stands_elsewhere(wanted, about, others)

    def _certain(self, one: Mention, about: About, ahead: Sequence[tuple[Mention, About]]) -> bool:
        """Whether the words around a number leave no doubt of what it should be."""
        if one.rough or not about.subjects or any(back < 0 for back in about.backs):
            return False
        around = f"{about.before} {about.after}"
        kinds = {subject.kind for subject in about.subjects}
        if one.unit == RUPIAH:
            named = about.sure and kinds <= {Kind.SUMBER, Kind.PROGRAM} and MONEY_FILL.search(about.before) is not None
            known = about.measure is not None or named
            return about.backs == {0} and known and self._of_money(about, f"{about.before} {near(about.after)}")
        if one.unit == PERCENT and (kinds <= OF_MONEY or (about.money and Kind.INDIKATOR not in kinds)):
            return about.backs == {0} and self._share(about, ahead, kinds)
        if kinds == {Kind.SASARAN}:
            return (
                about.backs == {0}
                and about.explicit
                and one.unit == PERCENT
                and not _ELSEWHERE.search(around.replace("rata-rata", ""))
            )
        if kinds == {Kind.INDIKATOR}:
            return self._of_indicator(one, about, f"{about.before} {near(about.after)}")
        if kinds == {Kind.TOTAL} and one.unit == PERCENT:
            return "rata-rata" in around and about.measure is Measure.CAPAIAN
        return False

    def _of_money(self, about: About, around: str) -> bool:
        if about.subjects == (TOTAL,):
            return not speaks_of_a_part(around.replace("\u00a7", " "))
        return about.sure and not _PARTS_OF_A_PART.search(around.rpartition("\u00a7")[2] or around)

    def _share(self, about: About, ahead: Sequence[tuple[Mention, About]], kinds: set[Kind]) -> bool:
        if _PHYSICAL.search(about.before) or not self._of_money(about, f"{about.before} {near(about.after)[:24]}"):
            return False
        if about.explicit and about.measure in {Measure.REALISASI, Measure.SISA, Measure.CAPAIAN} and about.money:
            return True
        if about.explicit and about.measure is Measure.REALISASI and kinds <= {Kind.SUMBER, Kind.PROGRAM}:
            return True
        amounts = [each for one, each in ahead if one.unit == RUPIAH]
        if not amounts or about.explicit or not _PERCENT_OF_AMOUNT.match(about.before):
            return False
        return amounts[-1].measure in {Measure.REALISASI, Measure.SISA} or (
            amounts[-1].measure is Measure.PAGU and Measure.REALISASI in {each.measure for each in amounts}
        )

    def _of_indicator(self, one: Mention, about: About, around: str) -> bool:
        units = {figure.unit for subject in about.subjects for figure in self._index.of(subject)} - {PERCENT, ""}
        for unit in units:
            around = around.replace(unit, " ")
        if _ELSEWHERE.search(around) or (about.money and about.measure is not Measure.TARGET):
            return False
        if about.measure is Measure.SELISIH:
            return about.sure and not (about.backs - {0, 1}) and self._has_unit(one, about)
        if not self._has_unit(one, about):
            return False
        return about.explicit or (about.sure and about.measure is not None)

    def _has_unit(self, one: Mention, about: About) -> bool:
        """Whether the number has the very unit of the indicator, or is a percentage of its capaian."""
        for subject in about.subjects:
            for figure in self._index.of(subject):
                if figure.unit == PERCENT == one.unit:
                    return True
                if figure.measure in {Measure.REALISASI, Measure.TARGET}:
                    bare = figure.unit in BARE or figure.unit.startswith("per ")
                    if one.unit == POINT:
                        return bare or figure.unit == PERCENT
                    if not one.unit and about.explicit and one.noun and is_no_unit(one.noun):
                        return True
                    if not one.unit and (bare or (one.noun and one.noun.startswith(figure.unit))):
                        return not bare or not one.noun or is_no_unit(one.noun)
        return False

    def _anywhere(self, one: Mention, about: About, ahead: Sequence[tuple[Mention, About]]) -> Verdict | None:
        """A figure of any subject that is this number; also a share of two amounts of the sentence itself."""
        for figure in self._index.near(one.value, one.half, family(one.unit)):
            if (
                about.sure
                and figure.subject.kind not in _ALWAYS
                and figure.subject not in {*self._named, *about.subjects}
            ):
                continue
            if of_unit(figure, one) and (
                family(figure.unit) or (one.noun and figure.unit and one.noun.startswith(figure.unit))
            ):
                return Verdict(State.TIED, figure)
        amounts = [mention.value for mention, _ in ahead if mention.unit == RUPIAH and mention.value]
        if one.unit == PERCENT and len(amounts) == 2:
            small, large = sorted(amounts)
            share = percentage(small, large)
            if one.fits(share) or one.fits(percentage(large - small, large)):
                return Verdict(State.TIED, None)
        return None

    def _ratio(self, one: Mention, about: About, ahead: Sequence[tuple[Mention, About]]) -> Verdict | None:
        """A share that is not that of the two amounts in front of it, whatever they are."""
        amounts = [mention.value for mention, _ in ahead if mention.unit == RUPIAH and mention.value]
        if one.unit != PERCENT or len(amounts) != 2 or one.rough or len(ahead) != 2:
            return None
        spent = _SPENT.search(about.before) or Measure.REALISASI in {each.measure for _, each in ahead}
        if not spent or not _PERCENT_OF_AMOUNT.match(about.before) or _PHYSICAL.search(about.before):
            return None
        small, large = sorted(amounts)
        places = tuple(place for subject in ahead[0][1].subjects[:1] for place in self._places(subject))
        return Verdict(State.CONTRADICTED, Figure(percentage(small, large), PERCENT, TOTAL, Measure.SERAPAN, 0, places))

    def _places(self, subject: Subject) -> tuple[Place, ...]:
        return next((figure.places for figure in self._index.of(subject)), ())

    def _slip(self, one: Mention, about: About) -> Verdict | None:
        """An amount to the rupiah that is a figure but for one digit or two that changed places."""
        digits = f"{one.value:f}"
        if one.unit != RUPIAH or one.scaled or one.rough or len(digits.rstrip("0")) < 6 or 0 not in about.backs:
            return None
        if len(about.backs) > 1:
            return None
        if self._slips is None:
            self._slips = {}
            for figure in self._index.amounts():
                text = f"{abs(figure.value):f}"
                for pattern in slips(text) if len(text.rstrip("0")) >= 6 else ():
                    self._slips.setdefault(pattern, []).append(figure)
        for pattern in slips(digits):
            for figure in self._slips.get(pattern, ()):
                if about.subjects in ((), (figure.subject,), (TOTAL,)):
                    return Verdict(State.CONTRADICTED, figure, near=True)
        return None


_PARTS_OF_A_PART = Pattern(
    r"\b(?:paket|pengadaan|pekerjaan|kontrak|gaji|tunjangan|honor\w*|triwulan\w*|tw|semester|bulan|per|setiap|tiap|"
    r"masing-masing|rata-rata|murni|sebelum|semula|bertambah|berkurang|tambahan|penambahan|pengurangan|ditambah|"
    r"dikurangi|dialihkan|provinsi|pusat|sebagian|untuk\s+(?!program|kegiatan|sub\b|\u00a7)\w+|"
    r"fisik|usulan|kebutuhan|belanja\s+(?:pegawai|barang|modal|jasa|operasi\w*|hibah)|kegiatan\s+(?!\u00a7)[a-z]+)\b"
)


def slips(digits: str) -> Iterator[str]:
    """Forms of a number that it shares with numbers of one other digit, or of two neighbours that changed places."""
    for place in range(len(digits)):
        yield f"{digits[:place]}?{digits[place + 1 :]}"
        if place + 1 < len(digits) and digits[place] != digits[place + 1]:
            pair = "".join(sorted(digits[place : place + 2]))
            yield f"{digits[:place]}<{pair}>{digits[place + 2 :]}"
