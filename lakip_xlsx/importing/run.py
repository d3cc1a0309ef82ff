"""An import from its sources to the written workbook: preview first, then write what was shown."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lakip_xlsx.errors import OutputError
from lakip_xlsx.excel.blank import blank_data
from lakip_xlsx.excel.edit.fill import Filled, Written, fill, write_filled
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import Row, SheetData, TableData, WorkbookData
from lakip_xlsx.files import must_be_place, write_whole
from lakip_xlsx.importing.grid import Medium, Source
from lakip_xlsx.importing.placing import Placed, place
from lakip_xlsx.importing.proposal import Proposal
from lakip_xlsx.importing.recognise import propose, read
from lakip_xlsx.layouts import catalog
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.workbook.sheets import BY_KEY

_SPARE = 10  # empty rows that a new table has beside those that are filled


@dataclass(slots=True)
class Import:
    """What was found in the sources, and what would become of the workbook."""

    workbook: Path
    proposal: Proposal
    placed: Placed
    base: bytes | None = None  # a new workbook, before anything is filled in


def into(sources: Sequence[Path], workbook: Path, *, update: bool = False, names: Sequence[str] = ()) -> Import:
    """Read the sources and find their places in a workbook that is there; nothing is written.

    ``names`` are what people call the sources, where their files are named otherwise.

    Raises:
        UnreadableError: a source or the workbook cannot be read.
    """
    book = read_workbook(workbook)
    form = book.form
    year = form.year("tahun") if form else None
    layout = (catalog.find(form.text("tata_letak")) if form else None) or catalog.in_force(year)
    found = _read(sources, names)
    proposal = propose(found, year=year, office=form.text("nama") if form else "", layout=layout)
    return Import(workbook, proposal, place(workbook, proposal, update=update, doubtful=_doubtful(found)))


def anew(
    sources: Sequence[Path], target: Path, *, layout: Layout, year: int | None, name: str, names: Sequence[str] = ()
) -> Import:
    """Read the sources and find their places in a new workbook with as many rows as they need; nothing is written.

    ``names`` are what people call the sources, where their files are named otherwise.

    Raises:
        UnreadableError: a source cannot be read.
        OutputError: there is a file of that name.
    """
    must_be_place(target)
    if target.exists():
        raise OutputError(f"{target} sudah ada dan tidak ditimpa. Pakai nama lain, atau --into untuk mengisinya.")
    found = _read(sources, names)
    proposal = propose(found, year=year, office=name, layout=layout)
    stream = io.BytesIO()
    write_workbook(stream, _with_room(blank_data(layout, year=year, name=name), proposal), layout=layout)
    with tempfile.TemporaryDirectory(prefix="lakip-") as folder:
        blank = Path(folder) / target.name
        blank.write_bytes(stream.getvalue())
        placed = place(blank, proposal, update=False, doubtful=_doubtful(found))
    return Import(target, proposal, placed, stream.getvalue())


def _read(sources: Sequence[Path], names: Sequence[str]) -> list[Source]:
    called = names or [""] * len(sources)
    return [read(source, name) for source, name in zip(sources, called, strict=True)]


def _doubtful(sources: Sequence[Source]) -> frozenset[str]:
    """The sources whose values are proposals: out of a PDF no cell is certain."""
    return frozenset(f"{source.file}, " for source in sources if source.medium is Medium.PDF)


def _with_room(data: WorkbookData, proposal: Proposal) -> WorkbookData:
    """A blank workbook with rows for everything that is proposed."""
    wanted: dict[str, int] = {}
    for record in proposal.records():
        wanted[record.sheet] = wanted.get(record.sheet, 0) + 1
    sheets: list[SheetData] = []
    for sheet in data.sheets:
        spec = BY_KEY.get(sheet.key)
        more = wanted.get(sheet.key, 0) + _SPARE - len(sheet.rows) if isinstance(sheet, TableData) else 0
        if isinstance(sheet, TableData) and spec is not None and more > 0:
            rows = list(sheet.rows)
            if spec.total is None:
                rows += [Row({})] * more
            elif not spec.total.by:
                rows[-1:-1] = [Row({})] * more
            else:
                rows = _in_groups(rows, more)
            sheets.append(replace(sheet, rows=tuple(rows)))
        else:
            sheets.append(sheet)
    return replace(data, sheets=tuple(sheets))


def _in_groups(rows: list[Row], more: int) -> list[Row]:
    found: list[Row] = []
    for row in rows:
        found += [Row({})] * more if row.total else []
        found.append(row)
    return found


def write(done: Import) -> Written | Filled:
    """Write what was shown: into the workbook, with a copy of it as it was, or as a new one.

    Raises:
        UnreadableError: the workbook cannot be read or edited.
        OutputError: it cannot be written.
    """
    if done.base is None:
        return write_filled(done.workbook, done.placed.fillings)
    made = filled(done)
    write_whole(made.data, done.workbook)
    return made


def filled(done: Import) -> Filled:
    """What was shown as the bytes of a workbook; nothing is written.

    Raises:
        UnreadableError: the workbook cannot be read or edited.
    """
    if done.base is None:
        return fill(done.workbook, done.placed.fillings)
    with tempfile.TemporaryDirectory(prefix="lakip-") as folder:
        blank = Path(folder) / done.workbook.name
        blank.write_bytes(done.base)
        return fill(blank, done.placed.fillings)


def outcome(done: Written | Filled) -> tuple[str, Filled]:
    """The name of the copy of the file as it was (empty for a new one), and what was filled."""
    return (str(done.copy), done.filled) if isinstance(done, Written) else ("", done)
