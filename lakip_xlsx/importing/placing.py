"""Placing a proposal in a workbook: which cells are empty, which hold the same already, which hold something else.

Only empty cells are written. A cell that holds something else is shown with both, and written only where that was
asked for. Codes that a source does not have (S1, I1) are made, since other sheets need them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from rapidfuzz import fuzz, process

from lakip_xlsx.excel.edit.fill import Filling
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write_data import find_field
from lakip_xlsx.finding import Cell, column_letters
from lakip_xlsx.importing.merge import merged, same
from lakip_xlsx.importing.proposal import Given, Left, Proposal, Record, name_key
from lakip_xlsx.importing.rooms import Room, rooms_of
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Book
from lakip_xlsx.workbook.sheets import BY_KEY
from lakip_xlsx.workbook.spec import Field, Kind

_ORDER = (
    *("renstra", "indikator", "perjanjian", "program", "anggaran", "anggaran_sasaran", "belanja", "pegawai"),
    *("rencana_aksi", "narasi"),
)
_NAMED = {  # sheet → the fields that name a row
    "renstra": ("jenis", "uraian"),
    "indikator": ("indikator",),
    "perjanjian": ("indikator",),
    "program": ("kode",),
    "anggaran": ("sumber_dana",),
    "anggaran_sasaran": ("kode_sasaran",),
    "belanja": ("jenis",),
    "rencana_aksi": ("kode", "triwulan"),
}
_EARLIER = {f"target_lalu{n}": f"Target n-{n}" for n in (1, 2, 3)}
_NEAR = 88  # of 100: two wordings that may well be one


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that holds something else than the source says."""

    cell: Cell
    before: str
    now: Given


@dataclass(slots=True)
class Placed:
    """What would become of a workbook."""

    fillings: list[Filling] = field(default_factory=list)  # empty cells, and changed ones where they were asked for
    changes: list[Change] = field(default_factory=list)
    same: int = 0
    rows: dict[str, int] = field(default_factory=dict)  # sheet → rows that are new in it
    left: list[Left] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def place(path: Path, proposal: Proposal, *, update: bool, doubtful: frozenset[str] = frozenset()) -> Placed:
    """Find the cells of a proposal in a workbook. ``doubtful`` are sources whose values are marked as proposals.

    Raises:
        UnreadableError: the workbook cannot be read.
    """
    book = read_workbook(path)
    records, left = merged(proposal.records())
    placing = _Placing(book, rooms_of(path, book), update=update, doubtful=doubtful)
    placing.placed.left += left
    for sheet in _ORDER:
        placing.sheet(sheet, [record for record in records if record.sheet == sheet])
    return placing.placed


class _Placing:
    """Places the records sheet by sheet; later sheets need the codes of earlier ones."""

    def __init__(self, book: Book, rooms: dict[str, Room], *, update: bool, doubtful: frozenset[str]) -> None:
        self._book, self._rooms, self._update, self._doubtful = book, rooms, update, doubtful
        self._codes: dict[str, dict[str, str]] = {"renstra": {}, "indikator": {}}  # wording → code
        self.placed = Placed()

    def sheet(self, key: str, records: list[Record]) -> None:
        """All records of one sheet."""
        room = self._rooms.get(key)
        if room is None or key not in BY_KEY:
            if records:
                name = BY_KEY[key].name if key in BY_KEY else key.replace("_", " ").capitalize()
                why = f"{len(records)} baris untuk lembar {name} tidak dipakai, karena workbook tidak punya lembar itu"
                self.placed.left.append(Left(next(iter(records[0].values.values())).source, why))
            return
        if key in self._codes:
            self._known_codes(key, room)
        if key == "pegawai":
            self._in_groups(room, records)
        elif key == "narasi":
            self._texts(room, records)
        else:
            self._rows(key, room, list(self._resolved(key, records)))

    def _known_codes(self, key: str, room: Room) -> None:
        """The codes that the workbook has."""
        text = "uraian" if key == "renstra" else "indikator"
        for row in room.table.rows:
            if key != "renstra" or fold(room.table.text(row, "jenis")) == "sasaran":
                self._codes[key].setdefault(name_key(room.table.text(row, text)), room.table.text(row, "kode"))

    def _resolved(self, key: str, records: list[Record]) -> Iterator[Record]:
        """The records with the codes that other sheets know them by."""
        for record in records:
            values = record.values
            if key == "indikator" and "kode_sasaran" in values:
                self._refer(record, "kode_sasaran", "renstra", name_key(str(values["kode_sasaran"].value)))
            elif key == "perjanjian":
                self._refer(record, "kode", "indikator", record.key[0])
            elif key == "anggaran_sasaran":
                said = values.pop("sasaran")
                record.values = {"kode_sasaran": said, **record.values}
                if not self._refer(record, "kode_sasaran", "renstra", record.key[0]):
                    why = f'sasaran "{said.value}" tidak ada pada lembar Renstra, jadi anggarannya tidak dipakai'
                    self.placed.left.append(Left(said.source, why))
                    continue
                record.key = (str(record.values["kode_sasaran"].value),)
            elif key == "rencana_aksi":
                if not self._refer(record, "kode", "indikator", record.key[0]):
                    continue
                record.key = (str(record.values["kode"].value), record.key[1])
            yield record

    def _refer(self, record: Record, name: str, sheet: str, wording: str) -> bool:
        code = self._codes[sheet].get(wording, "")
        given = record.values.get(name) or next(iter(record.values.values()))
        if code:
            record.values[name] = Given(code, given.source)
        else:
            record.values.pop(name, None)
        return bool(code)

    def _rows(self, key: str, room: Room, records: list[Record]) -> None:
        known = {self._name(key, room, row): row for row in room.table.rows}
        if key == "program":
            known |= {
                f"{name_key(room.table.text(row, 'jenis'))}|{self._wording(room, row)}": row for row in room.table.rows
            }
        new: list[Record] = []
        for record in records:
            name = "|".join(map(name_key, record.key))
            row = known.get(name) or self._by_wording(key, record, known)
            if row:
                self._code_of(key, record, room.table.text(row, "kode") if "kode" in room.table else "")
                self._fill(room, row, record)
            elif not self._is_near(key, name, known, record):
                new.append(record)
        new = [record for record in new if self._is_whole(key, record)]
        rows = room.take(len(new))
        if rows is None:
            self.placed.left.append(Left(next(iter(new[0].values.values())).source, _no_room(room, len(new))))
            return
        for record, row in zip(new, rows, strict=True):
            self._give_code(key, record)
            self._fill(room, row, record)
        if new:
            self.placed.rows[room.table.name] = self.placed.rows.get(room.table.name, 0) + len(new)

    def _name(self, key: str, room: Room, row: int) -> str:
        return "|".join(name_key(room.table.text(row, each)) for each in _NAMED[key])

    def _wording(self, room: Room, row: int) -> str:
        return name_key(room.table.text(row, "uraian"))

    def _by_wording(self, key: str, record: Record, known: dict[str, int]) -> int:
        """A program that the source has no code for, by its name: of its level, or of the only one with that name."""
        if key != "program" or len(record.key) == 1:
            return 0
        level, name = map(name_key, record.key)
        alike = {row for said, row in known.items() if said.endswith(f"|{name}")}
        return known.get(f"{level}|{name}") or (alike.pop() if len(alike) == 1 else 0)

    def _is_near(self, key: str, name: str, known: dict[str, int], record: Record) -> bool:
        """Whether a wording is nearly that of a row that is there: then a person has to say whether it is the same."""
        if key not in {"renstra", "indikator", "perjanjian", "anggaran", "belanja"}:
            return False
        near = process.extractOne(name, known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
        if near is None:
            return False
        first = next(iter(record.values.values()))
        wording = name.rpartition("|")[2]
        where = f"baris {known[near[0]]} lembar {BY_KEY[key].name}"
        why = f'"{wording}" mirip dengan {where}, tetapi tidak sama; samakan bunyinya dahulu'
        self.placed.left.append(Left(first.source, why))
        return True

    def _is_whole(self, key: str, record: Record) -> bool:
        """Whether a new row says what it is about; a wording alone, or figures without one, make none."""
        wanted = {
            "program": ("jenis", "uraian"),
            "indikator": ("indikator",),
            "perjanjian": ("kode", "indikator", "target"),
        }
        missing = [each for each in wanted.get(key, ()) if each not in record.values]
        if missing:
            first = next(iter(record.values.values()))
            why = f"baris baru lembar {BY_KEY[key].name} tanpa {', '.join(missing)} tidak dibuat"
            self.placed.left.append(Left(first.source, f"{why} ({' '.join(record.key)[:80]})"))
        return not missing

    def _give_code(self, key: str, record: Record) -> None:
        """A code for a new sasaran or indicator."""
        letter = {"renstra": "S", "indikator": "I"}.get(key)
        if letter is None:
            return
        taken = {fold(code) for code in self._codes[key].values()}
        if key == "renstra":
            taken |= {fold(code) for _, code in self._rooms[key].table.column("kode") if isinstance(code, str)}
        number = next(n for n in range(1, 100_000) if fold(f"{letter}{n}") not in taken)
        code = f"{letter}{number}"
        source = "kode dibuat saat impor, karena sumbernya tidak punya"
        record.values = {"kode": Given(code, source), **record.values}
        self._codes[key][record.key[-1]] = code

    def _code_of(self, key: str, record: Record, code: str) -> None:
        if key in self._codes and code:
            self._codes[key][record.key[-1]] = code

    def _in_groups(self, room: Room, records: list[Record]) -> None:
        for record in records:
            group, name = record.key
            row = room.in_group("kelompok", group, "uraian", name)
            if row:
                self._fill(room, row, record)
                continue
            first = next(iter(record.values.values()))
            said = record.values["uraian"].value
            why = f'tidak ada baris kosong untuk "{said}" pada kelompok {group} lembar {room.table.name}'
            self.placed.left.append(Left(first.source, why))

    def _texts(self, room: Room, records: list[Record]) -> None:
        """Proposed texts, only for those Bagian that have none."""
        written = {fold(room.table.text(row, "bagian")) for row in room.table.rows if room.table.text(row, "teks")}
        new = [record for record in records if fold(str(record.values["bagian"].value)) not in written]
        if len(new) < len(records):
            self.placed.told.append(f"{len(records) - len(new)} alinea usulan dilewati: Bagiannya sudah berisi teks")
        rows = room.take(len(new))
        if rows is None:
            self.placed.left.append(Left(next(iter(new[0].values.values())).source, _no_room(room, len(new))))
            return
        if new and "usulan" not in room.table.letters:
            self._add_column(room, "usulan")
        for record, row in zip(new, rows, strict=True):
            self._fill(room, row, record, proposal=True)
        if new:
            self.placed.rows[room.table.name] = len(new)

    def _add_column(self, room: Room, key: str) -> None:
        """A column that is only written where it is needed, behind the last heading."""
        row = room.table.header_row
        letters = column_letters(max(room.raw.rows[row]) + 1)
        room.table.letters[key] = letters
        heading = room.table.spec.field(key).heading
        self.placed.fillings.append(Filling(Cell(room.table.name, f"{letters}{row}"), heading))

    def _fill(self, room: Room, row: int, record: Record, *, proposal: bool = False) -> None:
        for name, given in record.values.items():
            declared = self._field(room, name)
            if declared is None:
                why = f"lembar {room.table.name} tidak punya kolom {_EARLIER.get(name, name)}"
                self.placed.left.append(Left(given.source, why))
            elif not declared.computed:
                self._cell(room, row, declared, given, proposal=proposal)

    def _field(self, room: Room, name: str) -> Field | None:
        declared = next((each for each in room.table.spec.fields if each.key == name), None)
        if declared is None and name in _EARLIER:
            declared = find_field(room.table.spec, _EARLIER[name])
        return declared if declared is not None and declared.key in room.table.letters else None

    def _cell(self, room: Room, row: int, declared: Field, given: Given, *, proposal: bool) -> None:
        table, key = room.table, declared.key
        cell = table.cell(row, key)
        is_row = table.is_data(row)
        before = table.value(row, key) if is_row else (room.text(row, key) or None)
        note = table.note(row, key) if is_row else None
        percent = given.percent and isinstance(given.value, Decimal) and declared.kind is Kind.QUANTITY
        marked = proposal or any(each in given.source for each in self._doubtful)
        filling = Filling(cell, given.value, given.source, percent=percent, proposal=marked)
        if before is None and note is None and (row, key) not in table.formulas:
            self.placed.fillings.append(filling)
        elif _is_same(before, given) or (note is not None and table.text(row, key) == given.value):
            self.placed.same += 1
        else:
            shown = table.text(row, key) if is_row else str(before)
            self.placed.changes.append(Change(cell, shown, given))
            if self._update:
                self.placed.fillings.append(filling)


def _no_room(room: Room, many: int) -> str:
    """Why new rows are left out."""
    total = "di atas baris Jumlah " if room.table.spec.total else ""
    why = f"lembar {room.table.name} tidak cukup baris kosong untuk {many} baris baru"
    return f"{why}; sisipkan baris {total}di Excel lalu ulangi, atau impor ke workbook baru"


def _is_same(before: Decimal | str | dt.date | None, given: Given) -> bool:
    if isinstance(before, Decimal | str):
        return same(Given(before, ""), given)
    return before is None and given.value == "-"
