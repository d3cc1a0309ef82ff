"""The recap: from the workbooks that were read to the workbook that tells of them all."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException

from lakip_xlsx.batch.places import Places
from lakip_xlsx.errors import OutputError
from lakip_xlsx.excel.paper import AMBER, GREEN, GREY, RED, Column, Paper, Table, Value, paper
from lakip_xlsx.files import explained, must_be_place, put_whole
from lakip_xlsx.numbers import fold
from lakip_xlsx.recap import apbd, cross, follow, frames, sheets
from lakip_xlsx.recap.board import Board, Line
from lakip_xlsx.recap.data_sheets import DataSheets, name_of, specs
from lakip_xlsx.recap.follow import Earlier, Task
from lakip_xlsx.recap.kinds import KINDS
from lakip_xlsx.recap.model import Facts, Fault, Office
from lakip_xlsx.recap.pack import DamagedError
from lakip_xlsx.recap.sheets import VIEW_SHEETS
from lakip_xlsx.recap.spool import Spool
from lakip_xlsx.recap.told import band
from lakip_xlsx.workbook.book import Table as BookTable

_WEIGHT = {"error": "KESALAHAN", "warning": "PERINGATAN"}
_LINTAS = "lintas "


@dataclass(slots=True)
class Asked:
    """What the recap is made of, besides the workbooks."""

    output: Path
    board: Board
    apbd: BookTable | None = None
    last: dict[str, Facts] = field(default_factory=dict)  # office → last year's facts
    has_list: bool = False
    force: bool = False


@dataclass(slots=True)
class Made:
    """What the recap found, for the terminal and the letters."""

    cross: list[cross.Cross]
    tasks: list[Task]
    run: int
    sums: frames.Sums
    strangers: list[str] = field(default_factory=list)

    def count(self, state: follow.State) -> int:
        """How many tasks are in this state."""
        return sum(task.state is state for task in self.tasks)


def make(asked: Asked, spool: Spool) -> Made:
    """Write the recap.

    Raises:
        OutputError: it cannot be written, or what people typed into the earlier one cannot be taken over.
    """
    earlier = _earlier(asked)
    place = asked.output.with_name(f".{asked.output.name}.tmp")
    must_be_place(place)
    try:
        with paper(place, f"Rekap LAKIP {asked.board.year or ''}".strip()) as open_paper:
            made = _write(open_paper, asked, spool, earlier)
        _keep(asked.output)
        put_whole(place, asked.output)
    except (OSError, XlsxWriterException) as error:
        raise explained(error if isinstance(error, OSError) else OSError(str(error)), asked.output) from error
    finally:
        place.unlink(missing_ok=True)
    return made


def _earlier(asked: Asked) -> Earlier:
    known = [*sheets.SHEET_NAMES, *(name_of(spec.name) for spec in specs()), name_of("Sasaran")]
    try:
        earlier = follow.read(asked.output, known)
    except OutputError:
        if not asked.force:
            raise
        return Earlier()
    if asked.force:
        return earlier
    if earlier.strangers:
        raise OutputError(
            f"{asked.output} tidak ditimpa, karena memuat lembar buatan sendiri ({', '.join(earlier.strangers[:5])}). "
            "Pindahkan lembar itu ke buku lain, pakai nama lain, atau tambahkan --force."
        )
    if earlier.year and asked.board.year and earlier.year != asked.board.year:
        raise OutputError(
            f"{asked.output} tidak ditimpa, karena itu rekap tahun {earlier.year} dan ini tahun {asked.board.year}. "
            "Pakai nama lain, atau tambahkan --force."
        )
    return earlier


def _keep(output: Path) -> None:
    """Lay the recap before beside the new one, with whatever somebody wrote into it."""
    if output.exists():
        copy = output.with_name(f".{output.name}.lama.tmp")
        must_be_place(copy)
        shutil.copyfile(output, copy)
        put_whole(copy, kept(output))


def kept(output: Path) -> Path:
    """Where the recap before is kept."""
    return output.with_name(f"{output.stem}.sebelumnya{output.suffix}")


def _write(open_paper: Paper, asked: Asked, spool: Spool, earlier: Earlier) -> Made:
    board, places = asked.board, Places(asked.output.parent)
    run = earlier.run + 1
    filled = frozenset(key for line in board.counted if line.facts for key in line.facts.sheets)
    views = [view for view in frames.VIEWS if VIEW_SHEETS[view][3] in filled]
    front = sheets.begin(open_paper, places, board, asked.last, views=views)
    todo = _begin_follow(open_paper, board, run, earlier)
    data = DataSheets(open_paper, places, filled)
    tree, comparison, bands = frames.Tree(), cross.Comparison(), Counter[str]()
    tasks: list[Task] = []
    programs: dict[str, dict[str, apbd.Amounts]] = {}
    for block in _blocks(board, spool):
        data.write(block)
        tree.push(frames.sums(block))
        for line, office in block:
            comparison.take(line, office)
            tasks += [_task(line, fault) for fault in office.faults]
            indikator = office.sheets.get("indikator")
            if indikator is not None:
                bands.update(map(band, indikator.frame["capaian_hitung"]))
            if asked.apbd is not None:
                rows = office.sheets["uang"].frame[["lembar", "kode", "anggaran", "realisasi"]]
                programs[line.key] = apbd.programs_of(rows.itertuples(index=False, name=None))
    sums = tree.result()
    found = comparison.findings(board)
    if asked.apbd is not None:
        found += apbd.reconcile(asked.apbd, board, programs)
        found.sort(key=lambda each: (each.code, each.subject))
    front.fill(sums, data, bands)
    front.lintas(found)
    tasks += [_cross_task(each) for each in found if each.kind.severity.value in _WEIGHT]
    merged = follow.merged(earlier, tasks, _seen(asked), run=run)
    _fill_follow(todo, merged, earlier, places)
    data.finish()
    return Made(found, merged, run, sums, earlier.strangers)


def _blocks(board: Board, spool: Spool) -> Iterator[list[tuple[Line, Office]]]:
    """The counted offices, a few at a time."""
    lines = board.counted
    for at in range(0, len(lines), frames.BLOCK):
        some = lines[at : at + frames.BLOCK]
        try:
            yield [(line, spool.office(line.facts.digest)) for line in some if line.facts]
        except DamagedError as error:
            raise OutputError(f"{spool.path} rusak. Hapus berkas itu, lalu jalankan lagi.") from error


def _seen(asked: Asked) -> Iterator[str]:
    """What was looked at this time: the offices that count, and the kinds of findings that could be found."""
    yield from (line.key for line in asked.board.counted)
    for code in KINDS:
        if code in {"LKT-017", "LKT-018"} and asked.apbd is None:
            continue
        if code in {"LKT-001", "LKT-020"} and not asked.has_list:
            continue
        yield f"{_LINTAS}{code}"


def _task(line: Line, fault: Fault) -> Task:
    fix = fault.fix
    if fault.expected:
        fix = f"Seharusnya: {fault.expected}. {fix}"
    said = {
        "Kantor": line.name,
        "Bobot": "BELUM DIISI" if fault.kind == "unfilled" else _WEIGHT[fault.severity],
        "Kode": fault.code,
        "Lembar": fault.sheet,
        "Sel": fault.ref,
        "Temuan": fault.message,
        "Cara memperbaiki": fix,
    }
    hand: dict[str, follow.Hand] = {"Petugas": line.petugas} if line.petugas else {}
    return Task(f"{line.key}|{fault.key}", said, line.key, line.source, (fault.sheet, fault.ref), hand=hand)


def _cross_task(each: cross.Cross) -> Task:
    spot, kind = each.places[0], each.kind
    owners = dict.fromkeys(place.line.name for place in each.places)
    said = {
        "Kantor": ", ".join(list(owners)[:4]) + (" …" if len(owners) > 4 else ""),
        "Bobot": _WEIGHT[kind.severity.value],
        "Kode": each.code,
        "Lembar": spot.sheet,
        "Sel": spot.ref,
        "Temuan": each.message,
        "Cara memperbaiki": kind.fix,
    }
    return Task(
        f"{_LINTAS}{each.code}|{fold(each.subject)}", said, spot.line.key, spot.line.source, (spot.sheet, spot.ref)
    )


_WIDTHS = {
    "Kantor": 32,
    "Bobot": 13,
    "Kode": 10,
    "Lembar": 18,
    "Sel": 10,
    "Temuan": 60,
    "Cara memperbaiki": 46,
    "Keadaan": 18,
    "Sejak rekap": 8,
    "Terakhir": 8,
    "Petugas": 20,
    "Status": 14,
    "Tenggat": 12,
    "Catatan": 36,
}
_LONG = frozenset({"Temuan", "Cara memperbaiki", "Catatan"})
_HAND_FILL = "#FFF2CC"


def _begin_follow(open_paper: Paper, board: Board, run: int, earlier: Earlier) -> Table:
    columns = [Column(name, _WIDTHS[name], "panjang" if name in _LONG else "teks") for name in follow.OURS]
    columns += [
        Column(name, _WIDTHS[name], "panjang" if name in _LONG else "teks", fill=_HAND_FILL) for name in follow.HAND
    ]
    columns += [Column(name, 20, fill=_HAND_FILL) for name in earlier.columns]
    columns.append(Column(follow.KEY, 10, hidden=True))
    note = (
        f"Rekap ke-{run}. Kolom kuning diisi tangan dan ikut ke rekap berikutnya, juga kolom dan baris tambahan. "
        "Jangan menghapus kolom tersembunyi Kunci."
    )
    title = f"TINDAK LANJUT TAHUN {board.year}" if board.year else "TINDAK LANJUT"
    return open_paper.sheet(follow.NAME, title, note, columns, tab=AMBER)


def _fill_follow(table: Table, tasks: Sequence[Task], earlier: Earlier, places: Places) -> None:
    fills = {follow.State.NEW: AMBER, follow.State.BACK: RED, follow.State.DONE: GREEN, follow.State.UNKNOWN: GREY}
    for task in tasks:
        values: list[Value] = [_ours(task, name, places) for name in follow.OURS]
        values += [task.hand.get(name) for name in (*follow.HAND, *earlier.columns)]
        table.row([*values, task.key], fills={follow.OURS.index("Keadaan"): fills.get(task.state, "")})
    status = len(follow.OURS) + follow.HAND.index("Status")
    table.page.data_validation(
        4,
        status,
        max(table.at, 4),
        status,
        {
            "validate": "list",
            "source": list(follow.STATUS),
            "error_type": "information",
            "ignore_blank": True,
            "error_title": "Bukan dari daftar",
            "error_message": "Boleh juga kata lain.",
        },
    )
    table.finish()


def _ours(task: Task, name: str, places: Places) -> Value:
    if name == "Keadaan":
        return str(task.state)
    if name in {"Sejak rekap", "Terakhir"} and task.state is not follow.State.OWN:
        return task.first if name == "Sejak rekap" else task.last
    if name == "Sel" and task.source and task.said["Sel"]:
        return places.link(task.source, task.said["Sel"], *task.cell)
    return task.said[name]
