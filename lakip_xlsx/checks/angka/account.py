"""Every number in the sentences of a workbook, accounted for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lakip_xlsx.checks.angka.about import About, Reader, Sentence, blanked
from lakip_xlsx.checks.angka.classes import class_counts
from lakip_xlsx.checks.angka.counting import Claim, Counting
from lakip_xlsx.checks.angka.index import Index
from lakip_xlsx.checks.angka.kinds import Figure, Kind, Measure, Subject
from lakip_xlsx.checks.angka.quantities import BANYAK
from lakip_xlsx.checks.angka.read import Mention, read
from lakip_xlsx.checks.angka.tie import TOLD, Judge, Verdict
from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.places import Isian, locate
from lakip_xlsx.checks.terbilang import SPOKEN
from lakip_xlsx.checks.texts import Passage, Texts
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.finding import SentenceNumber, State
from lakip_xlsx.numbers import fold, visible
from lakip_xlsx.workbook.book import Book

_WORTH = Pattern(rf"[0-9]|\b(?:{SPOKEN})\b", 0)  # a sentence without either holds no number
_AFTER, _BEFORE = 24, 90
_LONGEST = 4000  # characters of a sentence; what is longer is no sentence


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text: where it stands, what it says, and what became of it."""

    passage: Passage
    text: str  # the number as it is written
    quote: str  # the phrase that it stands in, as it is written
    state: State
    figure: Figure | None = None
    claim: Claim | None = None
    near: bool = False
    of_class: bool = False  # told by NAR-001
    sentence: int = 0  # which one of its text
    backs: frozenset[int] = frozenset()  # of how many years before the report's it may be


class Numbers:
    """The numbers of all texts, read when a rule or the reviewer first asks for them."""

    def __init__(self, book: Book, texts: Texts, figures: Figures) -> None:
        self._texts = texts
        self.index = Index(book, figures)

    @cached_property
    def all(self) -> tuple[Number, ...]:
        """Every number, in the order of the texts."""
        texts = (each for each in self._texts.passages if each.is_prose or each.key == "keterangan")
        return tuple(number for passage in texts for number in self.of(passage))

    def told(self) -> Iterator[SentenceNumber]:
        """Every number as it is listed for the reviewer, with the cells of the figure that it is or should be."""
        for each in self.all:
            figure = each.figure or (each.claim.figures[0] if each.claim and each.claim.figures else None)
            places = figure.places if figure and each.state is not State.TOLD else ()
            source = tuple(dict.fromkeys(map(locate, places)))
            yield SentenceNumber(locate(each.passage.place), each.text, each.quote, each.state, source)

    def years_told(self, passage: Passage, sentence: int) -> tuple[frozenset[int], frozenset[int]]:
        """The years that figures of a sentence bear out, and those that they belie (a figure under another year)."""
        year = self.index.year or 0
        own = [each for each in self._by_passage.get(id(passage), ()) if each.sentence == sentence and each.figure]
        proved = {year - each.figure.back for each in own if each.figure is not None and each.figure.back}
        belied = {
            year - back
            for each in own
            for back in each.backs
            if each.state is State.TIED and len(each.backs) == 1 and back > 0 and _is_of_this_year(each)
        }
        return frozenset(proved), frozenset(belied)

    @cached_property
    def _by_passage(self) -> dict[int, list[Number]]:
        found: dict[int, list[Number]] = {}
        for number in self.all:
            found.setdefault(id(number.passage), []).append(number)
        return found

    @property
    def contradicted(self) -> Iterator[Number]:
        """The numbers that contradict the tables."""
        return (number for number in self.all if number.state is State.CONTRADICTED)

    @cached_property
    def _tools(self) -> tuple[Reader, Judge, Counting]:
        return Reader(self.index), Judge(self.index), Counting(self.index)

    def of(self, passage: Passage) -> Iterator[Number]:
        """The numbers of one text."""
        before: Sentence | None = None
        ended = ""
        for place, written in enumerate(passage.sentences):
            if len(written) > _LONGEST:
                continue
            shown = visible(written)
            line = shown.lower()
            if len(line) != len(shown):
                shown = line
            named = self.index.names.find(line) if _WORTH.search(line) or before is not None else []
            sentence = Sentence(
                line, self._office(blanked(line, named)), read(line) if _WORTH.search(line) else [], named
            )
            sentence.goes_on = ended == ";"
            sentence.default, sentence.years = self._inherited(passage, sentence, before)
            yield from self._numbers(passage, place, shown, sentence)
            before, ended = sentence, written[-1]

    @cached_property
    def _office(self) -> Callable[[str], str]:
        """Puts "dinas" in the place of the office's name, and takes the region out of "APBD Kabupaten …"."""
        form = self.index.book.form
        name = re.escape(fold(form.text("nama"))) if form is not None and form.text("nama") else "(?!)"
        first = re.escape(fold(self.index.office).split(" ")[0]) or "(?!)"
        region = re.escape(fold(form.text("pemda")).removeprefix("pemerintah ")) if form is not None else ""
        found = re.compile(
            rf"\b(?:{name}|(?<![0-9]\s)(?<![0-9)]){first})\b"
            + (rf"|(?<=apbd )(?:pemerintah )?{region}" if region else "")
        )

        def put(match: re.Match[str]) -> str:
            length = len(match[0])
            return (
                "dinas".ljust(length)[:length] if not match.string[: match.start()].endswith("apbd ") else " " * length
            )

        return lambda line: found.sub(put, line)

    def _inherited(
        self, passage: Passage, sentence: Sentence, before: Sentence | None
    ) -> tuple[tuple[Subject, ...], frozenset[int]]:
        """What a sentence that names nobody speaks of, and the years of the sentence before it."""
        default: tuple[Subject, ...] = ()
        row = getattr(passage.place, "row", None)
        if passage.sheet == "indikator" and row is not None:
            default = (Subject(Kind.INDIKATOR, row),)
        elif before is not None and (sentence.goes_on or _PRONOUN.search(sentence.line)):
            default = before.named[-1].subjects if before.named else before.default
        years = frozenset(int(match[0]) for match in _YEAR.finditer(before.line)) if before is not None else frozenset()
        return default, years - {self.index.year}

    def _numbers(self, passage: Passage, place: int, shown: str, sentence: Sentence) -> Iterator[Number]:
        reader, judge, counting = self._tools
        values = [one for one in sentence.mentions if not one.year]
        everything = frozenset(subject for each in sentence.named for subject in each.subjects)
        abouts = reader.read(sentence)
        verdicts = dict(
            zip(map(id, values), zip(abouts, judge.decide(values, abouts, everything), strict=True), strict=True)
        )
        for one in sentence.mentions:
            claim, backs = None, frozenset[int]()
            if one.year:
                verdict = self._of_year(one)
            else:
                about, verdict = verdicts[id(one)]
                if verdict.figure is not None and verdict.figure.subject in about.subjects:
                    backs = about.backs
                claim = counting.claim(sentence.line, sentence.plain, one, sentence.named)
                if claim is not None:
                    verdict = self._of_class(one, shown, claim) or _counted(one, about, claim, verdict)
            text, quote = shown[one.start : one.end].strip(), _quote(shown, one)
            yield Number(
                passage, text, quote, verdict.state, verdict.figure, claim, verdict.near, verdict.of_class, place, backs
            )

    def _of_class(self, one: Mention, shown: str, claim: Claim) -> Verdict | None:
        """So many indicators of a class: what NAR-001 decides on."""
        skala = self.index.figures.skala
        if skala is None or claim.noun != "indikator":
            return None
        for said in class_counts(shown, skala.names, 0, self.index.year):
            if said.count == one.value:
                right = Decimal(self.index.figures.predikat[said.predikat])
                place = claim.figures[0].places if claim.figures else ()
                figure = Figure(right, claim.noun, BANYAK, Measure.DATA, 0, place)
                return Verdict(State.TIED if right == one.value else State.CONTRADICTED, figure, of_class=True)
        return None

    def _of_year(self, one: Mention) -> Verdict:
        """A year is that of the report, of a column, or within the Renstra; another one is only told."""
        year, said = self.index.year, int(one.value)
        start, end = self.index.start, self.index.end
        near = year is not None and year - 3 <= said <= year + 1
        inside = start is not None and end is not None and start <= said <= end
        if not near and not inside:
            return TOLD
        form = self.index.book.form
        places = (Isian(form, "tahun" if near else "awal_renstra"),) if form is not None else ()
        return Verdict(State.TIED, Figure(one.value, "", Subject(Kind.LAIN), Measure.DATA, 0, places))


_PRONOUN = Pattern(r"(?<=[a-z])nya\b|\b(?:tersebut|ini|itu)\b")
_STOP = Pattern(r"[,;:.(](?![0-9])")
_YEAR = Pattern(r"\b(?:19|20)[0-9]{2}\b")


_TELLING = frozenset({Measure.PAGU, Measure.REALISASI, Measure.SISA, Measure.SERAPAN, Measure.CAPAIAN})


def _is_of_this_year(number: Number) -> bool:
    """Whether a number can only be this year's figure of what the sentence names: with three digits at least."""
    figure = number.figure
    if figure is None or figure.back or figure.measure not in _TELLING or figure.value == 100:
        return False
    return figure.subject.kind is not Kind.LAIN and sum(char.isdigit() for char in number.text) >= 3


def _counted(one: Mention, about: About, claim: Claim, verdict: Verdict) -> Verdict:
    """The verdict on a number that counts something."""
    if any(one.value == figure.value for figure in claim.figures):
        return Verdict(State.TIED, next(figure for figure in claim.figures if figure.value == one.value))
    if claim.certain and not any(about.backs) and claim.figures:
        return Verdict(State.CONTRADICTED, claim.figures[0])
    return verdict if verdict.state is State.TIED else TOLD


def _quote(shown: str, one: Mention) -> str:
    """The phrase around a number: from the last sign in front of it to the next one behind it, cut between words."""
    start = max(0, one.start - _BEFORE)
    head = shown[start : one.start]
    cut = max(head.rfind(", "), head.rfind(": "), head.rfind("; "))
    if cut >= 0 and len(head) - cut > 25:
        head = head[cut + 2 :]
    elif start:
        head = head.partition(" ")[2]
    tail = shown[one.end : one.end + _AFTER]
    stop = _STOP.search(tail)
    if stop is not None:
        tail = tail[: stop.start()]
    elif one.end + _AFTER < len(shown):
        tail = tail.rpartition(" ")[0]
    return f"{head}{shown[one.start : one.end]}{tail}".strip(" ,;:")
