"""What is still to be done, over the runs: what is new, what is done, what came back; and what people wrote beside it.

A finding is known by its key (office, code, sheet, field, row), which stands in a hidden column. What was typed by
hand, in our columns or in columns and rows that somebody added, goes into the next recap as it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

from lakip_xlsx.errors import OutputError, UnreadableError
from lakip_xlsx.excel.cells import read_listing
from lakip_xlsx.excel.raw import RawCell, RawSheet
from lakip_xlsx.guard.package import open_package
from lakip_xlsx.numbers import fold

NAME = "Tindak Lanjut"
OURS = ("Kantor", "Bobot", "Kode", "Lembar", "Sel", "Temuan", "Cara memperbaiki", "Keadaan", "Sejak rekap", "Terakhir")
HAND = ("Petugas", "Status", "Tenggat", "Catatan")
KEY = "Kunci"
HEADINGS = (*OURS, *HAND, KEY)
STATUS = ("Belum", "Dikerjakan", "Selesai", "Diterima")

_RUN = re.compile(r"rekap ke-([0-9]{1,6})\b", re.IGNORECASE)
_YEAR = re.compile(r"tahun ([0-9]{4})\b", re.IGNORECASE)
_EPOCH = dt.date(1899, 12, 30)
_SEARCHED = 30  # rows in which the headings are looked for


class State(StrEnum):
    """What became of a finding since the recap before."""

    NEW = "Baru"
    OPEN = "Masih ada"
    DONE = "Sudah beres"
    BACK = "Muncul lagi"
    UNKNOWN = "Tidak diperiksa kali ini"
    OWN = "Catatan sendiri"


Hand = str | Decimal | dt.date
"""What somebody typed."""


@dataclass(slots=True)
class Task:
    """One line of the sheet. ``said`` are our columns as text, ``hand`` what was typed, by its heading."""

    key: str
    said: dict[str, str]
    office: str = ""  # its key, for the letters
    source: str = ""
    cell: tuple[str, str] = ("", "")
    state: State = State.NEW
    first: int = 0
    last: int = 0
    hand: dict[str, Hand] = field(default_factory=dict)


@dataclass(slots=True)
class Earlier:
    """The sheet as the recap before left it and people changed it."""

    run: int = 0
    year: int | None = None
    tasks: dict[str, Task] = field(default_factory=dict)
    own: list[Task] = field(default_factory=list)  # rows that somebody added
    columns: list[str] = field(default_factory=list)  # and columns
    strangers: list[str] = field(default_factory=list)  # and sheets


def read(path: Path, known_sheets: Iterable[str]) -> Earlier:
    """The earlier recap; an empty one where there is none.

    Raises:
        OutputError: something stands there from which what people typed cannot be taken over.
    """
    if not path.exists():
        return Earlier()
    try:
        with open_package(path) as package:
            raw = read_listing(package)
            entry = next((each for each in raw.entries if each.name == NAME), None)
            if entry is None:
                raise UnreadableError(f'tidak ada lembar "{NAME}"')
            earlier = _read(raw.sheet(entry))
    except UnreadableError as error:
        raise OutputError(
            f"{path} tidak ditimpa, karena catatan di dalamnya tidak dapat diambil ({error}). "
            "Pakai nama lain, atau tambahkan --force bila berkas itu memang boleh diganti."
        ) from error
    known = {*known_sheets, NAME}
    earlier.strangers = [each.name for each in raw.entries if re.sub(r" [0-9]+$", "", each.name) not in known]
    return earlier


def _read(sheet: RawSheet) -> Earlier:
    earlier = Earlier()
    heading = next(
        (
            row
            for row in sorted(sheet.rows)[:_SEARCHED]
            if {KEY, "Temuan"} <= {cell.text for cell in sheet.rows[row].values()}
        ),
        None,
    )
    if heading is None:
        raise UnreadableError(f'kolom tersembunyi "{KEY}" atau judul tabel lembar "{NAME}" hilang')
    above = " ".join(cell.text for row in sheet.rows if row < heading for cell in sheet.rows[row].values())
    if found := _RUN.search(above):
        earlier.run = int(found[1])
    if found := _YEAR.search(above):
        earlier.year = int(found[1])
    columns: dict[int, str] = {}
    for column, cell in sorted(sheet.rows[heading].items()):
        name = cell.text.strip()
        if name and name not in columns.values():
            columns[column] = name
        elif name:
            columns[column] = f"{name} ({column})"  # two of one name: both are kept
    widest = max((max(cells) for row, cells in sheet.rows.items() if row > heading), default=0)
    for column in range(1, widest + 1):
        columns.setdefault(column, f"Kolom {column}")  # notes without a heading
    filled = {column for row, cells in sheet.rows.items() if row >= heading for column in cells}
    earlier.columns = [name for column, name in sorted(columns.items()) if column in filled and name not in HEADINGS]
    for row in sorted(row for row in sheet.rows if row > heading):
        _take(earlier, sheet.rows[row], columns)
    return earlier


def _take(earlier: Earlier, cells: dict[int, RawCell], columns: dict[int, str]) -> None:
    values = {columns[column]: value for column, cell in cells.items() if (value := _typed(cell)) not in (None, "")}
    key = str(values.pop(KEY, ""))
    said = {name: str(values.get(name, "")) for name in OURS}
    hand = {name: value for name, value in values.items() if name not in OURS and value is not None}
    task = Task(key, said, hand=hand)
    task.first, task.last = _number(said["Sejak rekap"]), _number(said["Terakhir"])
    state = next((each for each in State if each.value == said["Keadaan"]), None)
    if not key or key in earlier.tasks or state is None or state is State.OWN:
        if any(said.values()) or hand:
            task.state, task.key = State.OWN, ""
            earlier.own.append(task)
        return
    task.state = state
    earlier.tasks[key] = task


def _typed(cell: RawCell) -> Hand | None:
    if cell.kind == "n":
        try:
            number = Decimal(cell.text)
        except InvalidOperation:
            return cell.text
        return _EPOCH + dt.timedelta(days=int(number)) if cell.look.date and 0 < number < 2_958_466 else number
    return {"1": "BENAR", "0": "SALAH"}.get(cell.text, cell.text) if cell.kind == "b" else cell.text


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 10 else 0


def merged(earlier: Earlier, now: Sequence[Task], seen: Iterable[str], *, run: int) -> list[Task]:
    """The tasks of this run: those of now with what was typed beside them, then those that are gone.

    ``seen`` are the offices (by their keys) that were read this time, and the kinds of findings across offices
    that were asked for: only what was looked at can be done.
    """
    looked = set(seen)
    found: list[Task] = []
    present = {task.key for task in now}
    for task in now:
        before = earlier.tasks.get(task.key)
        task.first, task.last, task.state = run, run, State.NEW
        if before is not None:
            task.state = State.BACK if before.state is State.DONE else State.OPEN
            task.first = before.first or run
            task.hand = {**task.hand, **before.hand}
        found.append(task)
    for key, before in earlier.tasks.items():
        if key not in present:
            if before.state is not State.DONE:
                before.state = State.DONE if scope(key) in looked else State.UNKNOWN
            found.append(before)
    order = {State.BACK: 0, State.NEW: 1, State.OPEN: 1, State.UNKNOWN: 2, State.DONE: 3, State.OWN: 4}
    weight = {"KESALAHAN": 0, "PERINGATAN": 1}
    found.sort(
        key=lambda task: (
            order[task.state],
            weight.get(task.said["Bobot"], 2),
            fold(task.said["Kantor"]),
            task.said["Kode"],
            task.key,
        )
    )
    return [*found, *earlier.own]


def scope(key: str) -> str:
    """The office, or the kind of finding across offices, that a key belongs to."""
    return key.partition("|")[0]
