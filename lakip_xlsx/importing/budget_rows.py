"""The rows of a budget as lines: level, code, name and amounts of each, and the line that it belongs to.

Exports write the hierarchy in four ways: one column of codes, a code split over columns, every level in columns of its
own on every row, or names that are moved to the right. Sections that are no spending, totals and rows of remarks are
passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from lakip_xlsx.importing import codes
from lakip_xlsx.importing.amounts import Doubt, money
from lakip_xlsx.importing.budget_columns import Amounts, Measures
from lakip_xlsx.importing.codes import KEPT, Code
from lakip_xlsx.importing.grid import Content
from lakip_xlsx.importing.proposal import Taken, name_key
from lakip_xlsx.importing.tables import Column, Table, lines_above
from lakip_xlsx.importing.vocabulary import Concept
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.labels import begins_as_total, plain_label
from lakip_xlsx.workbook.pilihan import Words
from lakip_xlsx.workbook.sheets import BY_KEY

_SECTION = re.compile(
    r"^(?:[ivx]+\.?|[a-z][.)]|[0-9]+\.?)?\s*(pendapatan|pembiayaan|belanja|penerimaan|surplus|defisit)\b"
)
_CONTEXT = re.compile(r"^(program|kegiatan|sub kegiatan)\s*:?\s+([0-9Xx][0-9Xx.]+)\.?\s*[-–:]?\s*(.*)$", re.IGNORECASE)
_PREFIX = re.compile(r"^(program|sub ?-?kegiatan|kegiatan)\b\s*:?\s*", re.IGNORECASE)
_LEVEL_WORDS = {
    "program": "Program",
    "kegiatan": "Kegiatan",
    "sub kegiatan": "Sub Kegiatan",
    "subkegiatan": "Sub Kegiatan",
}


@dataclass(slots=True)
class Line:
    """One row that counts: ``key`` names it, ``above`` the line that it belongs to (empty for a program)."""

    key: str
    level: str
    code: str
    name: str
    place: str
    above: str = ""
    source: str = ""
    amounts: Amounts = field(default_factory=dict)


def lines_of(table: Table, taken: Taken, measures: Measures) -> tuple[list[Line], dict[str, list[Decimal]]]:
    """The lines of a table in their order, and the amounts of its printed totals."""
    reader = _Reader(table, taken, measures)
    return reader.lines(), reader.totals


def has_codes_above(table: Table) -> bool:
    """Whether rows with codes and amounts stand above the first heading that was known: then nothing is complete."""
    for row in table.before:
        cells = table.grid.rows[row].values()
        coded = any((code := codes.read(cell.text)) is not None and code.level == "Rekening" for cell in cells)
        if coded and any(isinstance(money(cell), Decimal) for cell in cells if codes.read(cell.text) is None):
            return True
    return False


def _coded(table: Table) -> list[Column]:
    """A column without a heading that is known, whose cells are codes of the nomenclature all the same."""
    for column in table.columns.values():
        texts = [table.grid.text(row, column.number) for row in table.rows]
        said = [text for text in texts if text]
        known = sum((code := codes.read(text)) is not None and code.level in {*KEPT, "Rekening"} for text in said)
        if known >= 2 and known >= 0.6 * len(said) and column.about.concept in {Concept.LAIN, Concept.NO}:
            return [column]
    return []


class _Reader:
    """Goes through the rows of a table and remembers what they belong to."""

    def __init__(self, table: Table, taken: Taken, measures: Measures) -> None:
        self._table, self._taken, self._measures = table, taken, measures
        self._codes = table.having(Concept.KODE) or _coded(table)
        self._names = [each for each in table.having(Concept.URAIAN) if each.about.level != "Sasaran"]
        self._jenis = next(iter(table.having(Concept.JENIS)), None)
        self._source = next(iter(table.having(Concept.SUMBER_DANA)), None)
        self._words = Words(BY_KEY["program"].field("jenis"))
        self._last: dict[str, str] = {}  # level → key of the last line of it
        self._before: list[str | Decimal | None] = []  # the last code that was split over columns
        self._path: list[tuple[str, str, str]] = []  # of flat rows: level, code and name
        self._aside = False  # in a section that is no spending
        self.totals: dict[str, list[Decimal]] = {}
        self._uncoded = 0
        self._is_flat = any(
            len({each.about.level for each in columns} & {*KEPT, "Rekening"}) > 1
            for columns in (self._codes, self._names)
        )
        self._is_split = not self._is_flat and len(self._codes) > 1
        self._widths = [self._width(column) for column in self._codes]
        self._indents = self._steps() if not self._codes and not self._is_flat and self._jenis is None else {}

    def lines(self) -> list[Line]:
        """All lines."""
        found: list[Line] = []
        for said in lines_above(self._table):
            found += self._context(said, self._table.name)
        for row in self._table.rows:
            found += self._flat(row) if self._is_flat else self._stepped(row)
        if self._uncoded:
            self._taken.told.append(
                f"{self._uncoded} baris tanpa kode yang dikenal dilewati (rincian, catatan, subjudul)"
            )
        return found

    def _width(self, column: Column) -> int:
        """The digits of the pieces of a code that are texts in a column; 0 where none is, or they differ."""
        texts = (self._table.grid.text(row, column.number).strip() for row in self._table.rows)
        widths = {len(text) for text in texts if text.isdigit()}
        return widths.pop() if len(widths) == 1 else 0

    def _context(self, said: str, place: str) -> Iterator[Line]:
        """A line such as "Sub Kegiatan : 4.01.05.1.01.01 …" that says what the rows below are about."""
        match = _CONTEXT.match(said.replace(" : ", " "))
        code = codes.read(match[2]) if match else None
        if match is not None and code is not None and code.level == _LEVEL_WORDS[fold(match[1])]:
            yield self._line(code, match[3].strip(), place, {})

    def _stepped(self, row: int) -> Iterator[Line]:
        """A row that is a step of the hierarchy, in a table with one code or none."""
        name = self._name(row)
        amounts = self._measures.amounts(self._table, row)
        if self._is_total(row, name):
            self._note_total(amounts)
            return
        code, name = self._code(row, name)
        section = _SECTION.match(fold(name))
        if section and (code is None or code.level in {"Rekening", "Urusan"}):
            self._aside = section[1] != "belanja"
        if code is None:
            yield from self._without_code(row, name, amounts)
            return
        if code.level == "Rekening" and (self._aside or not code.text.startswith("5")):
            return
        if code.level in {*KEPT, "Rekening"}:
            yield self._line(code, name, self._table.place(row), amounts, self._table.text(row, self._source))

    def _without_code(self, row: int, name: str, amounts: Amounts) -> Iterator[Line]:
        said = " ".join(self._table.text(row, column) for column in self._table.columns.values()).strip()
        context = list(self._context(re.sub(r"\s+", " ", said), self._table.place(row)))
        if context:
            yield from context
            return
        level = self._level_without_code(row, name)
        if not level:
            self._uncoded += bool(name)
            return
        if self._aside:
            return
        bare = name
        above = self._above(level)
        line = Line(f"{above}/{level}:{name_key(bare)}", level, "", bare, self._table.place(row), above)
        line.amounts, line.source = amounts, self._table.text(row, self._source)
        self._remember(line)
        yield line

    def _level_without_code(self, row: int, name: str) -> str:
        """The level of a row that has no code: as its column says, or by how far its name stands to the right."""
        if not name:
            return ""
        if self._jenis is not None:
            return self._words(self._table.text(row, self._jenis))
        if self._codes:
            return ""
        return self._indents.get(self._indent(row), "")

    def _steps(self) -> dict[int, str]:
        """How far program, kegiatan and sub kegiatan stand to the right, if the rows show just these three steps."""
        amounts = self._measures.amounts
        rows = [row for row in self._table.rows if self._name(row) and amounts(self._table, row)]
        rows = [row for row in rows if not self._is_total(row, self._name(row))]
        steps = sorted({self._indent(row) for row in rows})
        known = {}
        if len(steps) in {3, 4}:
            known = dict(zip(steps, (*KEPT, "Rekening"), strict=False))
        elif len(steps) == 2 and any(fold(self._name(row)).startswith("program") for row in rows):
            known = dict(zip(steps, KEPT, strict=False))
        elif len(steps) == 1 and len(self._names) == 1 and self._names[0].about.level in KEPT:
            known = {steps[0]: self._names[0].about.level}
        if not known and rows:
            why = "tingkat program, kegiatan, dan sub kegiatan tidak terbaca dari kode maupun letak namanya"
            self._taken.leave(self._table.name, why)
        return known

    def _indent(self, row: int) -> int:
        """How far a name stands to the right: by its column, then by its indentation."""
        for place, column in enumerate(self._names):
            content = self._table.grid.rows.get(row, {}).get(column.number)
            if content is not None and content.text:
                return place * 100 + content.indent
        return 0

    def _name(self, row: int) -> str:
        return next((text for column in self._names if (text := self._table.text(row, column))), "")

    def _code(self, row: int, name: str) -> tuple[Code | None, str]:
        """The code of a row and its name; a code in front of the name is taken off."""
        if self._is_split:
            parts = self._parts(row)
            joined = codes.joined(parts, self._widths) if parts else ""
            if joined is None:
                self._taken.leave(
                    self._table.place(row, self._codes[0]), "nol di depan kode mungkin hilang; baris ini dilewati"
                )
                return None, name
            found = codes.read(joined, name)
            if found is not None:
                return found, name
        elif self._codes:
            text = self._table.text(row, self._codes[0])
            found = codes.read(text, name)
            if found is not None:
                return found, codes.leading(name)[1] if name.startswith(found.text) else name
            front, rest = codes.leading(text)
            if front:
                return codes.read(front, rest), name or rest
            if text:
                return None, name
        front, rest = codes.leading(name)
        return (codes.read(front, rest), rest) if front else (None, name)

    def _parts(self, row: int) -> list[str | Decimal | None]:
        """The pieces of a code; those that are left out on the left are as in the row before."""
        parts: list[str | Decimal | None] = []
        for column in self._codes:
            content: Content | None = self._table.cell(row, column)
            value = content.value if content is not None else None
            parts.append(value.strip() if isinstance(value, str) else value if isinstance(value, Decimal) else None)
        filled = [at for at, part in enumerate(parts) if part not in {None, ""}]
        if not filled:
            return []
        if filled[0] > 0 and len(self._before) == len(parts):
            parts[: filled[0]] = self._before[: filled[0]]
        self._before = [part if at <= filled[-1] else None for at, part in enumerate(parts)]
        return parts

    def _flat(self, row: int) -> Iterator[Line]:
        """A row that says all its levels: one line for each, the amounts with the lowest."""
        if self._is_total(row, self._name(row)):
            self._note_total(self._measures.amounts(self._table, row))
            return
        found: list[tuple[str, str, str]] = []
        before = next((code for _, code, _ in reversed(self._path) if code), "")
        for level in codes.LEVELS[1:]:
            code, name = self._at_level(row, level, before)
            if level in KEPT and (code or name):
                found.append((level, code, name))
            elif level == "Rekening" and (code or name):
                if code and not code.startswith("5"):
                    return
                found.append((level, code, name))
            before = code if level != "Rekening" and code else before
        if not found:
            return
        place, source = self._table.place(row), self._table.text(row, self._source)
        found = self._with_those_above(found)
        above = ""
        for at, (level, code, name) in enumerate(found):
            is_last = at == len(found) - 1
            key = code if code and level != "Rekening" else f"{above}/{level}:{code or name_key(name)}"
            if level == "Rekening":
                key += f"#{row}"  # one account may stand on several rows, each with its own amount
            line = Line(key, level, code or f"{at}.{row}" if level == "Rekening" else code, name, place, above)
            line.source = source if level in {"Sub Kegiatan", "Rekening"} else ""
            line.amounts = self._measures.amounts(self._table, row) if is_last else {}
            yield line
            above = key

    def _with_those_above(self, found: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """The levels of a row with those above it that only the rows before say."""
        first = codes.LEVELS.index(found[0][0])
        self._path = [each for each in self._path if codes.LEVELS.index(each[0]) < first] + found
        whole = list(self._path)
        self._path = [each for each in self._path if each[0] != "Rekening"]
        return whole

    def _at_level(self, row: int, level: str, before: str) -> tuple[str, str]:
        """Code and name of one level of a flat row; a code that is only a piece is joined to those before it."""
        column = next((each for each in self._codes if each.about.level == level), None)
        named = next((each for each in self._names if each.about.level == level), None)
        text, name = self._table.text(row, column), self._table.text(row, named)
        front, rest = codes.leading(name)
        if front:
            text, name = text or front, rest
        if not text:
            return "", name
        whole = codes.read(text, name)
        if whole is not None and whole.level == level:
            return whole.text, name
        piece = text.zfill(2) if text.isdigit() and level == "Program" else text
        joined = codes.read(f"{before}.{piece}", name) if before else None
        return (joined.text, name) if joined is not None and joined.level == level else ("", name)

    def _line(self, code: Code, name: str, place: str, amounts: Amounts, source: str = "") -> Line:
        if code.level == "Rekening":
            above = code.within or self._last.get("*", "")
            return Line(f"{above}/{code.text}", code.level, code.text, name, place, above, source, amounts)
        line = Line(code.text, code.level, code.text, name, place, codes.parent(code.text, code.level), source, amounts)
        self._aside = False
        self._remember(line)
        return line

    def _above(self, level: str) -> str:
        order = KEPT[: KEPT.index(level)] if level in KEPT else KEPT
        return next((self._last[each] for each in reversed(order) if each in self._last), "")

    def _remember(self, line: Line) -> None:
        """The rows that follow belong to this line, until another of its level or above."""
        if line.level not in KEPT:
            return
        self._last[line.level] = self._last["*"] = line.key
        for lower in KEPT[KEPT.index(line.level) + 1 :]:
            self._last.pop(lower, None)

    def _is_total(self, row: int, name: str) -> bool:
        """Whether a row is a total: it begins so, and has no code."""
        texts = [text for _, text in self._table.grid.texts(row)]
        first = plain_label(name or (texts[0] if texts else ""))
        return begins_as_total(first) and not any(codes.read(self._table.text(row, each)) for each in self._codes)

    def _note_total(self, amounts: Amounts) -> None:
        """Keep the printed totals: of the whole, and perhaps of its parts."""
        for measure, (value, _) in amounts.items():
            if not isinstance(value, Doubt):
                self.totals.setdefault(measure, []).append(value)
