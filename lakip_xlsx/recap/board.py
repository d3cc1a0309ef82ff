"""Who handed in what: every workbook and every office that was expected, and which workbook counts for an office.

Nothing is left out of the sums in silence: a workbook that does not count says why on the board.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from lakip_xlsx.batch import resume
from lakip_xlsx.batch.model import Outcome
from lakip_xlsx.checks.near import closest
from lakip_xlsx.recap import names
from lakip_xlsx.recap.lists import Expected
from lakip_xlsx.recap.model import Facts, Gathered


class State(StrEnum):
    """What became of an office or a workbook."""

    COUNTED = "Masuk"
    STRANGER = "Tidak ada dalam daftar"  # counted all the same
    DOUBLED = "Ganda, tidak dihitung"
    OTHER_YEAR = "Tahun lain, tidak dihitung"
    NAMELESS = "Tanpa nama instansi"  # counted under its file name
    UNREADABLE = "Tidak terbaca"
    MISSING = "Belum masuk"


COUNTS = frozenset({State.COUNTED, State.STRANGER, State.NAMELESS})


class Paper(StrEnum):
    """What is known of the document of a workbook."""

    NONE = "Belum dibuat"
    FRESH = "Terbaru"
    DRAFT = "Terbaru, DRAF"
    EDITED = "Terbaru, sudah disunting"
    STALE = "Usang: workbook berubah sesudahnya"
    UNKNOWN = "Ada, asalnya tidak tercatat"


@dataclass(slots=True)
class Line:
    """One line of the board. ``key`` names the office over the runs."""

    key: str
    name: str
    state: State
    source: str = ""  # the workbook, as it was named or found
    facts: Facts | None = None
    failure: str = ""
    petugas: str = ""
    remark: str = ""
    document: str = ""
    paper: Paper = Paper.NONE

    @property
    def file(self) -> str:
        """The workbook by its folder and name: the same from wherever the command is run."""
        return "/".join(PurePath(self.source).parts[-2:])

    @property
    def counts(self) -> bool:
        """Whether its figures are in the sums."""
        return self.state in COUNTS


@dataclass(slots=True)
class Board:
    """All lines, in the order of the list or of the names, and the year of the recap."""

    lines: list[Line]
    year: int | None
    expected: int | None  # how many offices are; None where no list was given

    @property
    def counted(self) -> list[Line]:
        """The lines whose figures are in the sums."""
        return [line for line in self.lines if line.counts]

    def of(self, state: State) -> list[Line]:
        """The lines in this state."""
        return [line for line in self.lines if line.state is state]


def board(outcomes: Sequence[Outcome], expected: Sequence[Expected] | None, year: int | None = None) -> Board:
    """The board of a run; without ``year`` that of most workbooks, the later of two equally frequent ones."""
    read = [(each, each.facts) for each in outcomes if isinstance(each, Gathered) and each.facts is not None]
    known = Counter(facts.year for _, facts in read if facts.year is not None)
    year = year or max(known, key=lambda each: (known[each], each), default=None)
    wanted = {names.key(each.name, _region(read)): each for each in expected or ()}
    files = {each.berkas.casefold(): key for key, each in wanted.items() if each.berkas}
    lines = [_line(outcome, facts, year, wanted, files) for outcome, facts in read]
    lines += [
        Line(
            _file_key(each.item.source),
            PurePath(each.item.source).name,
            State.UNREADABLE,
            each.item.source,
            None,
            each.failure,
        )
        for each in outcomes
        if not isinstance(each, Gathered)
    ]
    for same in _groups(lines).values():
        _settle(same, wanted)
    there = {line.key for line in lines if line.counts}
    if expected is not None:
        _name_strangers(lines, wanted)
        lines += [_missing(key, each, lines) for key, each in wanted.items() if key not in there]
    places = {key: at for at, key in enumerate(wanted)}
    lines.sort(key=lambda line: (places.get(line.key, len(places)), line.key, not line.counts, line.source))
    return Board(lines, year, None if expected is None else len(wanted))


def _file_key(source: str) -> str:
    """What a workbook without the name of an office is known by over the runs."""
    return f"berkas {'/'.join(PurePath(source).parts[-2:])}"


def _region(read: Sequence[tuple[Gathered, Facts]]) -> str:
    """The region that most workbooks name."""
    said = Counter(facts.pemda for _, facts in read if facts.pemda)
    return max(said, key=lambda each: (said[each], each), default="")


def _line(outcome: Outcome, facts: Facts, year: int | None, wanted: dict[str, Expected], files: dict[str, str]) -> Line:
    source = outcome.item.source
    key = names.key(facts.name, facts.pemda)
    if key not in wanted:
        key = files.get(PurePath(source).name.casefold(), key)
    petugas = wanted[key].petugas if key in wanted else ""
    if not key:
        line = Line(_file_key(source), PurePath(source).name, State.NAMELESS, source, facts)
        line.remark = "Isi Nama Instansi pada lembar Instansi."
        return line
    line = Line(key, facts.name or wanted[key].name, State.COUNTED, source, facts, petugas=petugas)
    if facts.year != year:
        line.state = State.OTHER_YEAR
        line.remark = f"Tahun Laporan {facts.year or 'kosong'}, sedangkan rekap ini {year}."
    return line


def _groups(lines: Sequence[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.state is State.COUNTED:
            found.setdefault(line.key, []).append(line)
    return {key: same for key, same in found.items() if len(same) > 1}


def _settle(same: list[Line], wanted: dict[str, Expected]) -> None:
    """Of several workbooks of one office one counts: the one the list names, or else the last saved one."""
    said = wanted[same[0].key].berkas.casefold() if same[0].key in wanted else ""
    alike = len({line.facts.digest for line in same if line.facts}) == 1
    chosen = max(
        same,
        key=lambda line: (
            PurePath(line.source).name.casefold() == said,
            line.facts.modified if line.facts else "",
            -len(PurePath(line.source).parts),  # a copy lies deeper more often than the original
            line.source,
        ),
    )
    for line in same:
        others = ", ".join(PurePath(each.source).name for each in same if each is not line)
        if line is not chosen:
            line.state = State.DOUBLED
            line.remark = (
                f"Isinya sama persis dengan {others}." if alike else f"Yang dihitung {PurePath(chosen.source).name}."
            )
        elif not alike:
            basis = _basis(line, same, said)
            line.remark = f"Ada workbook lain untuk kantor ini: {others}. Yang ini dihitung karena {basis}."


def _basis(chosen: Line, same: Sequence[Line], said: str) -> str:
    """Why this one counts."""
    if PurePath(chosen.source).name.casefold() == said:
        return "disebut dalam daftar"
    times = sorted(line.facts.modified for line in same if line.facts)
    if chosen.facts and times[-2:].count(chosen.facts.modified) == 1:
        return "terakhir disimpan"
    return "letaknya; tentukan sendiri dengan kolom Berkas dalam daftar"


def _name_strangers(lines: Sequence[Line], wanted: dict[str, Expected]) -> None:
    free = [each.name for key, each in wanted.items() if not any(line.key == key for line in lines)]
    for line in lines:
        if line.state is State.COUNTED and line.key not in wanted:
            line.state = State.STRANGER
            meant = closest(line.name, free)
            line.remark = (
                f'Mungkin maksudnya "{meant}"; samakan namanya.'
                if meant
                else "Tambahkan ke daftar bila memang kantor sendiri."
            )


def _missing(key: str, each: Expected, lines: Sequence[Line]) -> Line:
    line = Line(key, each.name, State.MISSING, petugas=each.petugas)
    other = next((found for found in lines if found.key == key), None)
    line.remark = f"Yang ada: {PurePath(other.source).name} ({other.state.lower()})." if other else ""
    return line


def look_for_documents(found: Board, targets: dict[str, str]) -> None:
    """What became of each workbook's document: by the journal that ``convert`` keeps beside the documents."""
    journals: dict[Path, dict[str, resume.Entry]] = {}
    for line in found.lines:
        target = Path(targets.get(line.source, ""))
        if line.facts is None or not target.name or not target.is_file():
            continue
        line.document = str(target)
        if target.parent not in journals:
            journals[target.parent] = resume.load(target.parent)
        line.paper = _paper(journals[target.parent].get(target.name), line.facts, target)


def _paper(entry: resume.Entry | None, facts: Facts, target: Path) -> Paper:
    if entry is None or not entry.workbook:
        return Paper.UNKNOWN
    if entry.workbook != facts.digest:
        return Paper.STALE
    if resume.digest(target) != entry.document:
        return Paper.EDITED
    return Paper.DRAFT if entry.status else Paper.FRESH
