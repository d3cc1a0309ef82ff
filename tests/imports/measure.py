"""How much of what an office's files hold is imported right, and whether anything is wrong without a word."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

from lakip_xlsx.importing.merge import merged
from lakip_xlsx.importing.proposal import Given, Record, name_key
from lakip_xlsx.importing.recognise import propose, read
from lakip_xlsx.layouts.catalog import LAYOUTS
from tests.imports import budgets, words
from tests.imports.noise import noise
from tests.imports.office import Office, make

Truth = dict[tuple[str, str, str], Decimal | str]  # sheet, row, field → value


@dataclass(slots=True)
class Score:
    """Of one file, or of many: cells that are right, wrong, or not there, and wrong ones by name."""

    right: int = 0
    absent: int = 0
    wrong: list[str] = field(default_factory=list)
    left: int = 0

    def add(self, other: Score) -> None:
        """Count another one in."""
        self.right, self.absent, self.left = (
            self.right + other.right,
            self.absent + other.absent,
            self.left + other.left,
        )
        self.wrong += other.wrong

    @property
    def share(self) -> float:
        """Which part of the cells is right, in percent."""
        return 100 * self.right / max(1, self.right + self.absent + len(self.wrong))


def budget(layout: budgets.Layout, seed: int, *, spoil: bool = False) -> Score:
    """One export of one office."""
    office = make(seed)
    with tempfile.TemporaryDirectory() as folder, noise(seed) if spoil else nullcontext():
        path = layout.make(office, Path(folder), Random(seed))
        found, left = _records(path, office)
    return _score(dict(_money(office, layout)), found, {"program"}, left)


def word(layout: words.Layout, seed: int, *, spoil: bool = False) -> Score:
    """One table in Word of one office."""
    office = make(seed)
    with tempfile.TemporaryDirectory() as folder, noise(seed) if spoil else nullcontext():
        path = layout.make(office, Path(folder), Random(seed))
        found, left = _records(path, office)
    truth = {key: value for key, value in _performance(office) if key[2] in layout.fields.get(key[0], ())}
    if layout.name == "pkp":
        truth |= {("perjanjian", name_key(i.name), "target"): i.first for i in office.indicators}
        truth |= {("perjanjian", name_key(i.name), "target_perubahan"): i.target for i in office.indicators}
    if layout.name == "menengah":
        truth |= {("indikator", name_key(i.name), "target_akhir"): i.target for i in office.indicators}
    if layout.name == "pk":
        truth = {key: value for key, value in truth.items() if key[0] != "program"}
        truth |= {("program", f"program|{name_key(p.name)}", "anggaran"): p.pagu for p in office.programs}
    return _score(truth, found, set(layout.fields), left)


def _records(path: Path, office: Office) -> tuple[list[Record], int]:
    proposal = propose([read(path)], year=office.year, office="Dinas Contoh", layout=LAYOUTS[1])
    records, disputed = merged(proposal.records())
    return records, len(disputed) + sum(len(taken.left) for taken in proposal.taken)


def _score(truth: Truth, records: list[Record], sheets: set[str], left: int) -> Score:
    score = Score(left=left)
    found: dict[tuple[str, str, str], Given] = {
        (record.sheet, "|".join(map(name_key, record.key)), name): given
        for record in records
        if record.sheet in sheets
        for name, given in record.values.items()
    }
    rows = {key[:2] for key in truth}
    for key, value in truth.items():
        given = found.get(key)
        if given is None:
            score.absent += 1
        elif given.value == value or (isinstance(value, str) and name_key(str(given.value)) == name_key(value)):
            score.right += 1
        else:
            score.wrong.append(f"{key}: {given.value}, bukan {value} ({given.source})")
    known = {(sheet, name) for sheet, _, name in truth}
    for key, given in found.items():
        if key not in truth and (key[0], key[2]) in known and key[:2] not in rows:
            score.wrong.append(f"{key}: {given.value} tidak ada di sumber ({given.source})")
    return score


def _money(office: Office, layout: budgets.Layout) -> Iterator[tuple[tuple[str, str, str], Decimal | str]]:
    path: list[str] = []
    for step in office.steps():
        level = {"Program": 0, "Kegiatan": 1, "Sub Kegiatan": 2}[step.level]
        path = [*path[:level], step.name]
        key = step.code if layout.coded else f"{step.level.lower()}|{name_key(step.name)}"
        values: dict[str, Decimal | str] = {
            "anggaran": step.pagu,
            "realisasi": step.spent,
            "uraian": step.name,
            "jenis": step.level,
        }
        values |= {f"tw{quarter}": step.quarter(quarter) for quarter in range(1, 5)}
        for name in ("jenis", "uraian", *layout.fields):
            yield ("program", key, name), values[name]


def _performance(office: Office) -> Iterator[tuple[tuple[str, str, str], Decimal | str]]:
    for i in office.indicators:
        key = name_key(i.name)
        own: dict[str, Decimal | str] = {
            "indikator": i.name,
            "satuan": i.unit,
            "target": i.target,
            "realisasi": i.reached,
        }
        own |= {f"lalu{n}": value for n, value in enumerate(i.earlier, 1)}
        for name, value in own.items():
            yield ("indikator", key, name), value
        for roman, value in zip(("i", "ii", "iii", "iv"), i.quarters, strict=True):
            yield ("rencana_aksi", f"{key}|{roman}", "target"), value
        yield ("perjanjian", key, "indikator"), i.name
        yield ("perjanjian", key, "target"), i.target
    for n, step in enumerate(office.steps()):
        values: dict[str, Decimal | str] = {
            "kode": step.code,
            "uraian": step.name,
            "anggaran": step.pagu,
            "satuan": "dokumen",
        }
        values |= {"keluaran": f"Keluaran {step.name.lower()}", "target": Decimal(n % 9 + 1)}
        for name, value in values.items():
            yield ("program", step.code, name), value
    for n, goal in enumerate(dict.fromkeys(i.goal for i in office.indicators)):
        yield ("anggaran_sasaran", name_key(goal), "anggaran"), Decimal(1_000_000_000 + n * 12_345)
        yield ("anggaran_sasaran", name_key(goal), "realisasi"), Decimal(900_000_000 + n * 54_321)
    for name, value in (("anggaran", Decimal(1_351_829_790)), ("realisasi", Decimal(1_333_620_587))):
        yield ("anggaran", "apbd kabupaten", name), value
        yield ("anggaran", "dana tugas pembantuan", name), "-"
