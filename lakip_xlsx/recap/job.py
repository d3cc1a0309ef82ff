"""Reading one workbook for the recap: what a worker does, behind the same guard and limits as a check."""

from __future__ import annotations

import gc
import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd

from lakip_xlsx import pipeline
from lakip_xlsx.batch import resume
from lakip_xlsx.batch.job import here, prepare
from lakip_xlsx.batch.model import Item, Options, Outcome, Status, failed
from lakip_xlsx.errors import LakipError, UnreadableError
from lakip_xlsx.excel.previous import name_of_last_year
from lakip_xlsx.excel.write import VERSION_PROPERTY
from lakip_xlsx.figures.figures import average, whole
from lakip_xlsx.figures.hierarchy import MONEY, levels, parents
from lakip_xlsx.figures.ledger import Ledger
from lakip_xlsx.finding import Cell, Finding, FindingKind, Severity
from lakip_xlsx.guard.package import open_package
from lakip_xlsx.guard.work import limited
from lakip_xlsx.numbers import fold, squeeze
from lakip_xlsx.recap import urusan
from lakip_xlsx.recap.model import Facts, Fault, Gathered, Office, Sheet
from lakip_xlsx.recap.pack import pack
from lakip_xlsx.show.text import tally
from lakip_xlsx.workbook import picture
from lakip_xlsx.workbook.book import Book, Table, object_frame
from lakip_xlsx.workbook.keys import RowKeys

LEFT_OUT = frozenset({"skala", "pengecualian"})
"""Sheets of which the recap has no use: settings of the office, and what it accepts (told as a number)."""

_WATCHED = frozenset({Severity.ERROR, Severity.WARNING})
_BLANK = Decimal(0)
_TOLD = frozenset({"nama", "pemda", "tahun", "kepala", "nip", "atasan", "tata_letak", "skala", "batas_capaian"})


def gather_chunk(items: tuple[Item, ...], options: Options) -> list[Outcome]:
    """Read several workbooks one after the other; what a worker is sent."""
    prepare()
    done: list[Outcome] = []
    for item in items:
        done.append(gather(item, options))
        gc.collect()
    return done


def gather(item: Item, options: Options) -> Outcome:
    """Read one workbook. No failure leaves as an exception, unless ``LAKIP_DEBUG`` is set and it is our own."""
    limits = options.limits
    if limits.witness is not None:
        limits = replace(limits, witness=limits.witness / str(item.number))
    try:
        with limited(limits, Path(item.source).name), here(item.source) as path:
            checked = pipeline.check(path)
            office = _office(path, checked)
    except Exception as error:
        if os.environ.get("LAKIP_DEBUG") and not isinstance(error, LakipError):
            raise
        return failed(item, error)
    status = Status.CRASHED if checked.crashes else Status.WITH_ERRORS if checked.has_errors else Status.DONE
    return Gathered(
        item=item,
        status=status,
        layout=checked.layout.key,
        layout_name=checked.layout.name,
        year=checked.year,
        counts=office.facts.counts,
        unfilled=office.facts.unfilled,
        facts=office.facts,
        packed=pack(office),
    )


def _office(path: Path, checked: pipeline.Checked) -> Office:
    book = checked.book
    sheets = {key: _sheet(table) for key, table in book.tables.items() if key not in LEFT_OUT}
    _add_measured(checked, sheets)
    _add_money(checked, sheets)
    sheets["sasaran"] = _sasaran(checked)
    return Office(facts=_facts(path, checked), sheets=sheets, faults=tuple(_faults(checked)))


def _sheet(table: Table) -> Sheet:
    """The data rows as they are; where a cell held what is no value (``1.351``, ``#REF!``), what it showed."""
    frame = table.data.copy()
    for (row, key), note in table.notes.items():
        if table.is_data(row) and key in frame and frame.at[row, key] is None:
            frame.at[row, key] = note.raw
    return Sheet(name=table.name, letters=dict(table.letters), frame=frame)


def _add_measured(checked: pipeline.Checked, sheets: dict[str, Sheet]) -> None:
    """Beside each indicator its capaian and predikat as they follow from target and realisasi."""
    if "indikator" in sheets:
        measured = [checked.figures.indikator[row] for row in sheets["indikator"].frame.index]
        frame = sheets["indikator"].frame
        frame["capaian_hitung"] = pd.Series([one.capaian for one in measured], frame.index, dtype=object)
        frame["predikat_hitung"] = [one.predikat or "" for one in measured]


def _add_money(checked: pipeline.Checked, sheets: dict[str, Sheet]) -> None:
    """The amounts that make up the totals, each with what it is summed by; and the same marks beside the rows."""
    book, ledger = checked.book, checked.figures.ledger
    lines: list[list[object]] = []
    program = book.table("program")
    counted = _counted(ledger)
    if program is not None and "program" in sheets:
        top = _programs(program)
        frame = sheets["program"].frame
        frame["program_induk"] = [top[row][0] for row in frame.index]
        frame["urusan"] = [urusan.code(top[row][0]) for row in frame.index]
        frame["dihitung"] = _marks(frame.index, counted["program"])
        lines += [["program", row, *top[row], *_pair(program, row)] for row in counted["program"]]
    for key, column in (("anggaran", "sumber_dana"), ("belanja", "jenis")):
        table = book.table(key)
        if table is None or key not in sheets:
            continue
        frame = sheets[key].frame
        frame["kelompok"] = [squeeze(table.text(row, column)) for row in frame.index]
        frame["dihitung"] = _marks(frame.index, counted[key])
        for row in counted[key]:
            said = squeeze(table.text(row, column))
            lines.append([key, row, fold(said), said, *_pair(table, row)])
    frame = object_frame(["lembar", "baris", "kode", "nama", *MONEY], dict(enumerate(lines)))
    sheets["uang"] = Sheet(name="", letters={}, frame=frame)


def _marks(rows: pd.Index, counted: list[int]) -> pd.Series:
    """1 for each row that makes up a total, 0 for the others."""
    held = frozenset(counted)
    return pd.Series([Decimal(row in held) for row in rows], rows, dtype=object)


def _counted(ledger: Ledger) -> dict[str, list[int]]:
    """Sheet key → the rows that make up its totals, in order."""
    rows = ledger.counted[["sheet", "row"]].drop_duplicates()
    return {key: rows["row"][rows["sheet"] == key].astype(int).tolist() for key in ("program", "anggaran", "belanja")}


def _pair(table: Table, row: int) -> list[Decimal]:
    return [table.number(row, key) or _BLANK for key in MONEY]


def _programs(program: Table) -> dict[int, tuple[str, str]]:
    """Row → code and name of the program that it belongs to."""
    above, level = parents(program), levels(program)
    found: dict[int, tuple[str, str]] = {}
    for row in program.rows:
        top, seen = row, {row}
        while level.get(top, 0) > 0 and above.get(top) and above[top] not in seen:
            top = above[top]
            seen.add(top)
        found[row] = (squeeze(program.text(top, "kode")).rstrip("."), squeeze(program.text(top, "uraian")))
    return found


def _sasaran(checked: pipeline.Checked) -> Sheet:
    """The sasaran with what was computed of them; the row is that of the Renstra, also of a sasaran without one."""
    renstra = checked.book.table("renstra")
    columns = [
        "baris",
        "kode",
        "uraian",
        "indikator",
        "terhitung",
        "capaian",
        "predikat",
        *MONEY,
        "serapan",
        "efisiensi",
    ]
    rows = {
        at: [
            Decimal(one.row or 0),
            kode,
            one.uraian,
            Decimal(one.indikator),
            Decimal(one.terhitung),
            one.capaian,
            one.predikat or "",
            one.anggaran,
            one.realisasi,
            one.serapan,
            str(one.efisiensi),
        ]
        for at, (kode, one) in enumerate(checked.figures.sasaran.items())
    }
    name, letters = (renstra.name, dict(renstra.letters)) if renstra else ("", {})
    return Sheet(name=name, letters=letters, frame=object_frame(columns, rows))


def _facts(path: Path, checked: pipeline.Checked) -> Facts:
    book, figures, form = checked.book, checked.figures, checked.book.form
    error, warning, info = tally(checked.findings).values()
    mean_capaian = average(figures)
    sheet, money = whole(figures)
    version, modified, person = _properties(path)
    group, staff = _staff(figures.ledger)
    names = [*picture.named_beside(checked.book), name_of_last_year(path, checked.year)]

    def said(key: str) -> str:
        return squeeze(form.text(key)) if form else ""

    return Facts(
        digest=resume.digest(path),
        name=said("nama"),
        pemda=said("pemda"),
        year=checked.year,
        layout=checked.layout.name,
        sheets=tuple(key for key, table in book.tables.items() if table.rows),
        version=version,
        modified=modified,
        modified_by=person,
        counts=(error, warning, info),
        unfilled=sum(finding.kind is FindingKind.UNFILLED for finding in checked.findings),
        accepted=len(checked.accepted),
        crashes=len(checked.crashes),
        indikator=len(figures.indikator),
        terhitung=sum(one.capaian is not None for one in figures.indikator.values()),
        capaian=mean_capaian,
        predikat=(figures.skala.predikat(mean_capaian) or "") if figures.skala else "",
        per_predikat=tuple(figures.predikat.items()),
        skala=figures.skala.nama if figures.skala else "",
        batas=said("batas_capaian"),
        money_sheet=book.tables[sheet].spec.name if sheet else "",
        anggaran=money.anggaran,
        realisasi=money.realisasi,
        pegawai_awal=staff.get("awal"),
        pegawai_akhir=staff.get("akhir"),
        pegawai_kelompok=group,
        kepala=said("kepala"),
        nip=said("nip"),
        atasan=said("atasan"),
        beside=tuple((name, resume.digest_beside(path.parent, name)) for name in names if name),
        cells=_cells(book, figures.ledger, sheet),
    )


def _staff(ledger: Ledger) -> tuple[str, dict[str, Decimal]]:
    """The first grouping of the staff that has both sums, and its sums (key → people)."""
    totals = ledger.totals[(ledger.totals["sheet"] == "pegawai") & ledger.totals["amount"].notna()]
    found: dict[str, dict[str, Decimal]] = {}
    for group, key, amount in zip(totals["group"], totals["key"], totals["amount"], strict=True):
        found.setdefault(group, {})[key] = amount
    for group, sums in found.items():
        if {"awal", "akhir"} <= sums.keys():
            return group, sums
    return "", {}


def _cells(book: Book, ledger: Ledger, money: str) -> dict[str, tuple[str, str]]:
    """Where the facts stand: the lines of the form, and the rows that were summed."""
    found: dict[str, tuple[str, str]] = {}
    if book.form:
        found = {key: (cell.sheet, cell.ref) for key, cell in book.form.cells.items() if key in _TOLD}
    for key in MONEY:
        rows = ledger.counted[(ledger.counted["sheet"] == money) & (ledger.counted["key"] == key)]["row"].tolist()
        table = book.table(money)
        if rows and table is not None:
            letter = table.letters[key]
            found[key] = (table.name, f"{letter}{min(rows)}:{letter}{max(rows)}")
    for key, column in (("indikator", "capaian"), ("pegawai", "akhir")):
        table = book.table(key)
        if table is not None and table.rows:
            letter = table.letters.get(column) or next(iter(table.letters.values()))
            found[key] = (table.name, f"{letter}{table.rows[0]}:{letter}{table.rows[-1]}")
    return found


def _properties(path: Path) -> tuple[str, str, str]:
    """Version of the form, and when and by whom the file was last saved, by its own word; empty where it is silent."""
    found = {"version": "", "modified": "", "lastModifiedBy": ""}
    with open_package(path) as package:
        for part in ("docProps/core.xml", "docProps/custom.xml"):
            if part not in package:
                continue
            try:
                root = package.xml(part)
            except UnreadableError:
                continue  # what the file says of itself is a courtesy
            for element in root.iter("{*}modified", "{*}lastModifiedBy"):
                found[str(element.tag).rpartition("}")[2]] = (element.text or "")[:100]
            for element in root.iter("{*}property"):
                if element.get("name") == VERSION_PROPERTY:
                    found["version"] = "".join(map(str, element.itertext())).strip()[:20]
    return found["version"], found["modified"][:16].replace("T", " "), squeeze(found["lastModifiedBy"])


def _faults(checked: pipeline.Checked) -> Iterator[Fault]:
    """Errors and warnings, each under a key that stays when rows are moved."""
    keys, met = _RowNames(checked.book), Counter[str]()
    fields = {
        (table.name, letter): key for table in checked.book.tables.values() for key, letter in table.letters.items()
    }
    form = checked.book.form
    lines = {cell: key for key, cell in form.cells.items()} if form else {}
    for finding in checked.findings:
        if finding.severity not in _WATCHED:
            continue
        place = f"isian:{lines[finding.cell]}" if finding.cell in lines else _place(finding, keys, fields)
        key = f"{finding.code}|{place}"
        met[key] += 1
        yield Fault(
            key=f"{key}|{met[key]}",
            code=finding.code,
            severity=finding.severity.value,
            kind=finding.kind.value,
            sheet=finding.cell.sheet if finding.cell else "",
            ref=finding.cell.ref if finding.cell else "",
            message=finding.message,
            actual=finding.actual,
            expected=finding.expected,
            fix=finding.fix,
        )


def _place(finding: Finding, names: _RowNames, fields: dict[tuple[str, str], str]) -> str:
    """Sheet, field and the row's own name."""
    if finding.cell is None:
        return ""
    letter = finding.cell.ref.rstrip("0123456789")
    field = fields.get((finding.cell.sheet, letter), letter)
    return f"{finding.cell.sheet}|{field}|{names.of(finding.cell)}"


class _RowNames:
    """What a row is known by: its code; where rows share one or have none, also its words, as a short digest."""

    def __init__(self, book: Book) -> None:
        self._keys = RowKeys(book)
        self._tables = {table.name: table for table in book.tables.values()}
        self._shared: dict[str, set[str]] = {}

    def of(self, cell: Cell) -> str:
        """The name of the row in which a cell stands; empty outside of the tables."""
        table, (row, _) = self._tables.get(cell.sheet), cell.position
        if table is None or row not in table.frame.index:
            return ""
        name = fold(self._keys.of((cell,)))
        if table.is_data(row) and name and name not in self._shared_of(table):
            return name
        said = "\n".join(fold(value) for value in table.frame.loc[row] if isinstance(value, str))
        return f"{name}~{hashlib.sha256(said.encode()).hexdigest()[:10]}"

    def _shared_of(self, table: Table) -> set[str]:
        if table.name not in self._shared:
            first = next(iter(table.letters.values()))
            names = Counter(fold(self._keys.of((Cell(table.name, f"{first}{row}"),))) for row in table.rows)
            self._shared[table.name] = {name for name, count in names.items() if count > 1}
        return self._shared[table.name]
