"""Rules on the tables of a finished document: their sums, their percentages, and what they say of the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from lakip_xlsx.checks.angka.account import Numbers
from lakip_xlsx.checks.angka.kinds import PERCENT, RUPIAH, TOTAL, Kind, Measure, Subject
from lakip_xlsx.checks.angka.kinds import Figure as Known
from lakip_xlsx.checks.dokumen.case import Case, TypedCell, fault, short
from lakip_xlsx.checks.dokumen.grids import Figure, Table
from lakip_xlsx.checks.near import words
from lakip_xlsx.checks.places import locate
from lakip_xlsx.finding import Cell, Finding, SentenceNumber, State
from lakip_xlsx.numbers import decimals, fold, half_up, percentage, show, squeeze

_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_MONEY = frozenset({Kind.PROGRAM, Kind.SUMBER, Kind.SASARAN, Kind.TOTAL})
_WHOLE_NAME = 0.75  # of the words of a cell that must be the name
_CENT = Decimal("0.005")


def sums(case: Case) -> Iterator[Finding]:
    """Totals that are not the sum of their rows."""
    for table in case.tables:
        totals = [row for row in table.rows if table.is_total(row)]
        for column in range(len(table.headings)):
            if totals and table.may_be_added(column):
                yield from _column(case, table, column, totals)


def _column(case: Case, table: Table, column: int, totals: list[int]) -> Iterator[Finding]:
    """The totals of one column; each may add up the rows since the last, all rows, or the totals before it."""
    since: list[tuple[int, Figure]] = []
    every: list[tuple[int, Figure]] = []
    before: list[Figure] = []
    whole = True
    for row, cells in table.rows.items():
        one = table.at(row, column)
        if row not in totals:
            if one is None:
                text = squeeze(cells[column].text) if column < len(cells) else ""
                whole = whole and (text in {"", "-", "–", "—"} or any(letter.isalpha() for letter in text) is False)
                continue
            since.append((row, one))
            every.append((row, one))
            continue
        if one is None or not every or not whole:
            since = []
            continue
        ways = [_sum(since), _sum(_top(table, since)), _sum(every), _sum(_top(table, every)), _added(before)]
        right = next((way for way in ways if way is not None), None)
        if any(case.is_told(part.block) for _, part in every):
            right = None  # a row of it is wrong and told, so its total follows
        if right is not None and not any(way is not None and abs(way - one.value) <= _CENT for way in ways):
            case.tell(one.block.spot, squeeze(one.block.text))
            heading = table.grid.heading(column)
            message = (
                f'{table.grid.label}: {short(table.label(row), 40)} kolom "{short(heading, 60)}" '
                f"tertulis {show(one.value)}, jumlah barisnya {show(right)}. Selisih {show(abs(right - one.value))}."
            )
            yield fault("DOK-006", one.block.spot, message, show(right), show(one.value))
        before.append(one)
        since = []


def _sum(rows: list[tuple[int, Figure]]) -> Decimal | None:
    return sum((one.value for _, one in rows), Decimal(0)) if rows else None


def _added(before: list[Figure]) -> Decimal | None:
    return sum((one.value for one in before), Decimal(0)) if len(before) > 1 else None


def _top(table: Table, rows: list[tuple[int, Figure]]) -> list[tuple[int, Figure]]:
    """Of rows with codes those that stand under no other of them."""
    codes = {row: table.code(row) for row, _ in rows}
    if not all(codes.values()):
        return []
    known = set(codes.values())
    return [
        (row, one)
        for row, one in rows
        if not any(codes[row].startswith(f"{code}.") for code in known if code != codes[row])
    ]


def shares(case: Case) -> Iterator[Finding]:
    """Percentages and remainders that do not follow from the amounts of their row."""
    for table in case.tables:
        budget, spent, left, percent = table.money
        if budget is None or spent is None:
            continue
        for row in table.rows:
            whole, part = table.at(row, budget), table.at(row, spent)
            if whole is None or part is None or not _is_money(whole):
                continue
            if case.is_told(whole.block) or case.is_told(part.block):
                continue
            rest, share = (None if column is None else _typed(case, table, row, column) for column in (left, percent))
            if rest is not None and _is_money(rest) and abs(abs(rest.value) - abs(whole.value - part.value)) > _CENT:
                yield _wrong(case, table, rest, whole.value - part.value, f"{show(whole.value)} − {show(part.value)}")
            exact = percentage(part.value, whole.value) if whole.value else None
            if share is not None and exact is not None and not share.fits(exact):
                remaining = percentage(whole.value - part.value, whole.value)
                if not share.fits(remaining):
                    right = half_up(exact, max(share.places, 2))
                    yield _wrong(case, table, share, right, f"{show(part.value)} ÷ {show(whole.value)} × 100")


def _typed(case: Case, table: Table, row: int, column: int) -> Figure | None:
    """The number of a cell that people wrote: what the program worked out may follow another rule than these."""
    one = table.at(row, column)
    return None if one is None or case.settled(one.block) is not None else one


def _is_money(figure: Figure) -> bool:
    return abs(figure.value) >= 1000


def _wrong(case: Case, table: Table, one: Figure, right: Decimal, how: str) -> Finding:
    said = squeeze(one.block.text)
    case.tell(one.block.spot, said)
    places = max(one.places, 2) if one.places or decimals(right) else 0
    expected = show(right, places)
    return fault(
        "DOK-007", one.block.spot, f"{table.grid.label}: tertulis {said}, padahal {how} = {expected}.", expected, said
    )


def _tied(case: Case) -> list[TypedCell]:
    """The typed cells of a document; worked out once, for the findings and for the list of all numbers."""
    if case.typed_cells is None:
        case.typed_cells = [] if case.numbers is None else list(Tied(case, case.numbers).all())
    return case.typed_cells


class Tied:
    """The numbers of the cells that were typed, tied to the workbook by what their row and column name."""

    def __init__(self, case: Case, account: Numbers) -> None:
        self._case = case
        self._index = account.index
        self._names: dict[str, tuple[Subject, ...]] = {}

    def all(self) -> Iterator[TypedCell]:
        """Each number with what became of it, the figure that it is or should be, and its heading."""
        for table in self._case.tables:
            for row in table.rows:
                for column in range(len(table.headings)):
                    one = None if table.is_number_of_row(column) else table.at(row, column)
                    if one is not None and self._case.settled(one.block) is None:
                        yield one, *self._decide(table, row, column, one), table.grid.heading(column)

    def _decide(self, table: Table, row: int, column: int, one: Figure) -> tuple[State, Known | None]:
        heading = table.headings[column]
        back = self._back(heading, fold(table.grid.caption))
        if table.is_scaled or back is None:
            return State.TOLD, None
        total = table.is_total(row)
        found: list[Known] = []
        named: set[Subject] = set()
        for subject in (TOTAL,) if total else self._subjects(table, row):
            measure = _measure(heading, subject.kind, one)
            own = [each for each in self._index.of(subject) if each.measure is measure and each.back == back]
            own = [each for each in own if (each.unit == RUPIAH) == (_unit_of(heading, one) == RUPIAH)]
            if own:
                found += own
                named.add(subject)
        right = next((each for each in found if one.fits(each.value)), None)
        if right is not None:
            return State.TIED, right
        if not found or total or len({subject.kind for subject in named}) > 1:
            return State.TOLD, None
        return State.CONTRADICTED, found[0]

    def _back(self, heading: str, caption: str) -> int | None:
        """How many years before the report's a column is; None where that is not clear."""
        year = self._index.year
        for text in (heading, caption):
            said = {int(found) for found in _YEAR.findall(text)}
            if said:
                return year - next(iter(said)) if len(said) == 1 and year is not None else None
        return 0

    def _subjects(self, table: Table, row: int) -> tuple[Subject, ...]:
        found: dict[Subject, None] = {}
        for cell in dict.fromkeys(table.rows[row]):
            text = squeeze(cell.text)
            if len(text) < 4 or any(one in text for one in "\n") or len(text) > 400:
                continue
            if text not in self._names:
                self._names[text] = self._named(text)
            found |= dict.fromkeys(self._names[text])
        return tuple(found)

    def _named(self, text: str) -> tuple[Subject, ...]:
        """What a cell names, if that is nearly all it says."""
        line = text.lower()
        every = self._index.names.find(line)
        said = len(words(text)) or 1
        return tuple(
            subject
            for one in every
            if len(words(line[one.start : one.end])) / said >= _WHOLE_NAME
            for subject in one.subjects
        )


def _unit_of(heading: str, one: Figure) -> str:
    if "%" in heading or "persen" in heading or one.unit == "%":
        return PERCENT
    is_money = "rp" in heading.rpartition("(")[2] or fold(one.block.text).startswith("rp") or abs(one.value) >= _LARGE
    return RUPIAH if is_money else one.unit


_LARGE = 10**6  # what is larger, with no unit said, is money
_SPENT = re.compile(r"\b(?:realisasi|serapan|penyerapan)\b")
_OF_MONEY = (
    (re.compile(r"\b(?:sisa|selisih)\b"), Measure.SISA),
    (_SPENT, Measure.REALISASI),
    (re.compile(r"\b(?:anggaran|pagu|alokasi)\b"), Measure.PAGU),
)
_OF_WORK = (
    (re.compile(r"\b(?:akhir|renstra|rpjmd|nasional|selisih|perubahan|tw|triwulan)\b"), None),
    (re.compile(r"capaian"), Measure.CAPAIAN),
    (re.compile(r"realisasi"), Measure.REALISASI),
    (re.compile(r"\btarget\b"), Measure.TARGET),
)


def _measure(heading: str, kind: Kind, one: Figure) -> Measure | None:
    """What a column measures of what its row names; None where that is not clear."""
    unit = _unit_of(heading, one)
    if unit == RUPIAH:
        return (
            next((measure for words, measure in _OF_MONEY if words.search(heading)), None) if kind in _MONEY else None
        )
    if kind is Kind.INDIKATOR:
        return next((measure for words, measure in _OF_WORK if words.search(heading)), None)
    if unit != PERCENT or kind not in _MONEY:
        return None
    if "capaian" in heading and kind is Kind.SASARAN and not _SPENT.search(heading):
        return Measure.CAPAIAN
    return Measure.SERAPAN if _SPENT.search(heading) or heading.strip(" ()") == "%" else None


def typed(case: Case) -> Iterator[Finding]:
    """Typed cells that contradict the workbook."""
    if case.book is None:
        return
    for one, state, known, heading in _tied(case):
        if state is not State.CONTRADICTED or known is None:
            continue
        said = squeeze(one.block.text)
        if case.has_told(one.block.spot, said):
            continue
        case.tell(one.block.spot, said)
        right = show(known.value if decimals(known.value) <= 2 else half_up(known.value, 2))
        name = case.numbers.index.name(known.subject) if case.numbers is not None else ""
        message = f'Tertulis {said} pada kolom "{short(heading, 60)}", {known.measure} {name} menurut workbook {right}.'
        yield fault("DOK-008", one.block.spot, message, right, said, _cells(known))


def _cells(known: Known) -> tuple[Cell, ...]:
    return tuple(dict.fromkeys(map(locate, known.places)))


def cell_numbers(case: Case) -> Iterator[SentenceNumber]:
    """The numbers of typed cells, for the list of all numbers."""
    for one, state, known, heading in _tied(case):
        said = squeeze(one.block.text)
        wrong = case.has_told(one.block.spot, said)
        source = _cells(known) if known is not None else ()
        quote = short(f"{heading}: {said}", 120)
        yield SentenceNumber(one.block.spot, said, quote, State.CONTRADICTED if wrong else state, source)
