"""What only shows when offices are laid side by side. Every finding names the offices and their cells.

Offices are taken one by one; of each only what is compared is kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from sys import intern

from lakip_xlsx.bahasa import enumerate_
from lakip_xlsx.checks.near import alike, changes, described, words
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold, show, squeeze
from lakip_xlsx.recap.board import Board, Line, State
from lakip_xlsx.recap.kinds import KINDS, Kind
from lakip_xlsx.recap.model import Office
from lakip_xlsx.recap.texts import Texts

_COMPARED = ("satuan", "arah", "target", "standar")  # columns of the same indicator in several offices
_NAMED = 4  # offices that a message names; the others are counted
_TYPO = 85  # of 100: two wordings that are meant to be one


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of an office's workbook."""

    line: Line
    sheet: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Cross:
    """A finding across offices. ``subject`` is what it is about, for its key over the runs."""

    code: str
    message: str
    subject: str
    places: tuple[Place, ...]
    actual: str = ""
    expected: str = ""

    @property
    def kind(self) -> Kind:
        """Its weight, title and advice."""
        return KINDS[self.code]


@dataclass(frozen=True, slots=True)
class _Said:
    place: Place
    value: str


class Comparison:
    """Offices side by side: :meth:`take` each once, then ask for :meth:`findings`."""

    def __init__(self) -> None:
        self._programs: defaultdict[str, list[_Said]] = defaultdict(list)
        self._indicators: defaultdict[str, list[tuple[Place, tuple[str, ...]]]] = defaultdict(list)
        self._wording: dict[str, str] = {}
        self._columns: dict[str, dict[str, str]] = {}  # workbook → letters of its sheet Indikator
        self._texts = Texts()

    def take(self, line: Line, office: Office) -> None:
        """One office."""
        self._take_programs(line, office)
        self._take_indicators(line, office)
        for key, columns in (("narasi", ("teks",)), ("indikator", ("analisis", "hambatan", "solusi"))):
            sheet = office.sheets.get(key)
            for column in columns if sheet else ():
                if sheet is not None and column in sheet.frame:
                    for row, text in sheet.frame[column].items():
                        if isinstance(text, str):
                            self._texts.take(Place(line, sheet.name, f"{sheet.letters[column]}{row}"), text)

    def _take_programs(self, line: Line, office: Office) -> None:
        sheet = office.sheets.get("program")
        if sheet is None or not {"kode", "uraian"} <= set(sheet.frame):
            return
        met: set[str] = set()
        for row, kode, uraian in zip(sheet.frame.index, sheet.frame["kode"], sheet.frame["uraian"], strict=True):
            code = fold(str(kode or "")).strip(" .")
            if code and isinstance(uraian, str) and code not in met:
                met.add(code)
                self._programs[code].append(
                    _Said(Place(line, sheet.name, f"{sheet.letters['uraian']}{row}"), intern(squeeze(uraian)))
                )

    def _take_indicators(self, line: Line, office: Office) -> None:
        sheet = office.sheets.get("indikator")
        if sheet is None or "indikator" not in sheet.frame:
            return
        for row, values in sheet.frame.iterrows():
            text = values["indikator"]
            if isinstance(text, str) and text.strip():
                said = tuple(intern(_shown(values.get(column))) for column in _COMPARED)
                key = " ".join(words(text))
                self._wording.setdefault(key, squeeze(text))
                self._indicators[key].append((Place(line, sheet.name, str(row)), said))
        self._columns[line.source] = sheet.letters

    def findings(self, board: Board) -> list[Cross]:
        """Everything that was found, by code."""
        found = [*handed_in(board), *identities(board), *self._program_names(), *self._indicator_values()]
        found += _copied(self._texts, board)
        return sorted(found, key=lambda each: (each.code, each.subject))

    def _program_names(self) -> Iterator[Cross]:
        for code, said in self._programs.items():
            forms: dict[tuple[str, ...], list[_Said]] = {}
            for each in said:
                forms.setdefault(words(each.value), []).append(each)
            if len(forms) < 2:
                continue
            ordered = sorted(forms.values(), key=lambda group: (-len(group), group[0].value))
            usual = ordered[0][0].value
            for group in ordered[1:]:
                other = group[0].value
                near = alike(usual, other) >= _TYPO
                how = f" Bedanya: {described(changes(words(usual), words(other)))}." if near else ""
                yield Cross(
                    "LKT-010",
                    f'Kode {code}: {_offices(group)} menulis "{other}", '
                    f'sedangkan {_offices(ordered[0])} menulis "{usual}".{how}',
                    f"{code}|{fold(other)}",
                    tuple(each.place for each in (*group, ordered[0][0])),
                    actual=other,
                    expected=usual,
                )

    def _indicator_values(self) -> Iterator[Cross]:
        for key, said in self._indicators.items():
            if len({id(place.line) for place, _ in said}) < 2:
                continue
            for code, column, noun in (
                ("LKT-011", "target", "targetnya"),
                ("LKT-012", "standar", "standar nasionalnya"),
                ("LKT-013", "satuan", "satuannya"),
                ("LKT-013", "arah", "arahnya"),
            ):
                forms: dict[str, list[_Said]] = {}
                for place, values in said:
                    value = values[_COMPARED.index(column)]
                    if value:
                        letters = self._columns[place.line.source]
                        cell = Place(place.line, place.sheet, f"{letters.get(column, 'A')}{place.ref}")
                        forms.setdefault(fold(value), []).append(_Said(cell, value))
                if len(forms) < 2:
                    continue
                ordered = sorted(forms.values(), key=lambda group: (-len(group), group[0].value))
                told = "; ".join(f"{_offices(group)}: {group[0].value}" for group in ordered)
                yield Cross(
                    code,
                    f'Indikator "{self._wording[key]}" dipakai {len(said)} kali, tetapi {noun} berbeda. {told}.',
                    f"{column}|{key}",
                    tuple(each.place for group in reversed(ordered) for each in group),
                    actual=", ".join(group[0].value for group in ordered),
                )


def _shown(value: object) -> str:
    return show(value) if isinstance(value, Decimal) else squeeze(str(value or ""))


def _offices(said: Sequence[_Said]) -> str:
    return _named([each.place.line for each in said])


def _named(lines: Sequence[Line]) -> str:
    """Offices in a sentence: the first by name, the others counted."""
    found = list(dict.fromkeys(line.name for line in lines))
    if len(found) > _NAMED:
        return f"{', '.join(found[:_NAMED])}, dan {len(found) - _NAMED} kantor lain"
    return enumerate_(found)


def handed_in(board: Board) -> Iterator[Cross]:
    """Who is missing, doubled, of another year or not readable."""
    for line in board.lines:
        place, name = (Place(line, *_cell(line, "nama")),), line.name
        if line.state is State.MISSING:
            yield Cross("LKT-001", f"{name} belum menyerahkan workbook. {line.remark}".strip(), line.key, place)
        elif line.state is State.DOUBLED:
            yield Cross(
                "LKT-002",
                f"{line.file}: workbook lain dari {name}; tidak dihitung. {line.remark}".strip(),
                f"{line.key}|{line.file}",
                place,
            )
        elif line.state is State.OTHER_YEAR:
            place = (Place(line, *_cell(line, "tahun")),)
            yield Cross("LKT-003", f"{name}: {line.remark} Tidak dihitung.", f"{line.key}|{line.file}", place)
        elif line.state is State.UNREADABLE:
            yield Cross("LKT-019", f"{line.file}: {line.failure}", line.key, place)
        elif line.state in {State.STRANGER, State.NAMELESS}:
            yield Cross(
                "LKT-020",
                f"{name} ({line.file}) tidak ada dalam daftar; angkanya tetap dihitung. {line.remark}",
                line.key,
                place,
            )


def _cell(line: Line, fact: str) -> tuple[str, str]:
    return line.facts.cells.get(fact, ("", "")) if line.facts else ("", "")


def identities(board: Board) -> Iterator[Cross]:
    """What the sheets Instansi say differently, and who signs for whom."""
    for code, fact, noun in (
        ("LKT-004", "layout", "Tata Letak"),
        ("LKT-005", "pemda", "Pemerintah Daerah"),
        ("LKT-006", "skala", "Skala Predikat"),
        ("LKT-006", "batas", "Batas Capaian"),
        ("LKT-007", "atasan", "Nama Atasan"),
    ):
        yield from _differing(board, code, fact, noun)
    yield from _signers(board)


def _differing(board: Board, code: str, fact: str, noun: str) -> Iterator[Cross]:
    forms: dict[tuple[str, ...], list[Line]] = {}
    empty = "batas"  # an empty limit says that there is none; other empty lines have findings of their own
    for line in board.counted:
        value = str(getattr(line.facts, fact)) if line.facts else ""
        if value or fact == empty:
            forms.setdefault(words(value), []).append(line)
    ordered = sorted(forms.values(), key=lambda group: (-len(group), group[0].key))
    cell = {"layout": "tata_letak", "batas": "batas_capaian"}.get(fact, fact)
    for group in ordered[1:]:
        usual, other = (str(getattr(each[0].facts, fact)) or "kosong" for each in (ordered[0], group))
        yield Cross(
            code,
            f'{noun} {_named(group)} "{other}", sedangkan {len(ordered[0])} kantor lain "{usual}".',
            f"{fact}|{fold(other)}",
            tuple(Place(line, *_cell(line, cell)) for line in group),
            actual=other,
            expected=usual,
        )


def _signers(board: Board) -> Iterator[Cross]:
    by_number: defaultdict[str, list[Line]] = defaultdict(list)
    by_name: defaultdict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in board.counted:
        if line.facts and (digits := re.sub(r"\D", "", line.facts.nip)):
            by_number[digits].append(line)
        elif line.facts and line.facts.kepala:
            by_name[words(line.facts.kepala)].append(line)
    for digits, lines in by_number.items():
        people: dict[tuple[str, ...], Line] = {}
        for line in lines:
            people.setdefault(words(line.facts.kepala if line.facts else ""), line)
        if len(people) > 1:
            told = enumerate_(
                [f'"{each.facts.kepala if each.facts else ""}" ({each.name})' for each in people.values()]
            )
            yield Cross("LKT-009", f"NIP {digits} dipakai {told}.", digits, _signatures(lines, "nip"))
        elif len(lines) > 1:
            yield _signs_twice(lines)
    yield from (_signs_twice(lines) for lines in by_name.values() if len(lines) > 1)


def _signs_twice(lines: Sequence[Line]) -> Cross:
    person = lines[0].facts.kepala if lines[0].facts else ""
    return Cross(
        "LKT-008", f"{person} menandatangani untuk {_named(lines)}.", fold(person), _signatures(lines, "kepala")
    )


def _signatures(lines: Sequence[Line], fact: str) -> tuple[Place, ...]:
    return tuple(Place(line, *_cell(line, fact)) for line in lines)


def _copied(texts: Texts, board: Board) -> Iterator[Cross]:
    """Paragraphs that stand in several offices; where most have one, it is common wording."""
    common = max(4, len(board.counted) // 3)
    for copy in texts.copies():
        lines = list(dict.fromkeys(place.line.key for place in copy.places))
        if len(lines) < 2:
            continue
        people = [next(p.line for p in copy.places if p.line.key == key) for key in lines]
        quote = copy.quote
        if copy.naming:
            told = enumerate_([f'{place.line.name} menyebut "{other}"' for place, other in copy.naming[:_NAMED]])
            yield Cross("LKT-015", f'"{quote}" sama di {_named(people)}: {told}.', copy.digest, copy.places)
        elif len(lines) >= common:
            yield Cross("LKT-016", f'"{quote}" sama di {len(lines)} kantor.', copy.digest, copy.places[:20])
        else:
            exact = ", termasuk angkanya" if copy.with_numbers else ""
            how = "sama persis" if copy.exact else "hampir sama"
            yield Cross("LKT-014", f'"{quote}" {how}{exact} di {_named(people)}.', copy.digest, copy.places)


def tally(found: Sequence[Cross]) -> Counter[Severity]:
    """How many of each weight."""
    return Counter(each.kind.severity for each in found)
