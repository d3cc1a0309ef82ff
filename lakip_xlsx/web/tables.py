"""Foreign tables, sent to fill a workbook; done in the process of its own that every sent workbook gets.

Nothing is written but the result that the page offers: whoever takes it has seen what is in it, and so agreed.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lakip_xlsx.batch.model import Item, Options, Outcome, Status, failed
from lakip_xlsx.errors import LakipError
from lakip_xlsx.guard.work import limited
from lakip_xlsx.layouts import catalog
from lakip_xlsx.web.desk import Task
from lakip_xlsx.web.starts import year_of

if TYPE_CHECKING:
    from lakip_xlsx.importing.proposal import Taken
    from lakip_xlsx.importing.run import Import

KEY = "impor"
MOST = 30
"""Tables that are sent at once."""
_MOST_TOLD = 1_000
"""Lines of one list that the page tells one by one."""
_WORKBOOKS = (".xlsx", ".xlsm")
Put = Callable[[Path], int]
_ENDING = re.compile(r"\.[a-z0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be filled with what, in the names that people know; ``workbook`` is empty for a new one."""

    sources: tuple[str, ...]
    workbook: str = ""
    update: bool = False  # also cells that hold something else
    year: int | None = None
    name: str = ""  # of the office
    layout: str = ""  # key

    @property
    def title(self) -> str:
        """What the page calls it."""
        more = f" dan {len(self.sources) - 1} lagi" if len(self.sources) > 1 else ""
        return self.workbook or f"Workbook baru dari {self.sources[0]}{more}"

    @property
    def file(self) -> str:
        """The name under which the filled workbook is taken."""
        if not self.workbook:
            return f"lakip-{self.year}.xlsx" if self.year else "lakip.xlsx"
        stem, _, suffix = self.workbook.rpartition(".")
        return f"{stem}.terisi.{suffix}"

    @property
    def task(self) -> Task:
        """What is done in the process of its own."""
        return Task(KEY, partial(import_tables, self), "terisi.xlsx")

    def put(self, sources: Sequence[Put], workbooks: Sequence[Put], place: Path) -> int:
        """Write all that was sent, the workbook to its place and the sources beside it; how many bytes they are."""
        beside = zip(sources, self.places(place.parent), strict=True)
        return sum(put(place) for put in workbooks) + sum(put(where) for put, where in beside)

    def places(self, folder: Path) -> list[Path]:
        """Where the sources lie, under names of our own; only the ending is theirs, since it says how they are read."""
        endings = (Path(name).suffix.casefold() for name in self.sources)
        return [
            folder / f"sumber-{number}{ending if _ENDING.fullmatch(ending) else ''}"
            for number, ending in enumerate(endings, 1)
        ]


def reads_pdf() -> bool:
    """Whether what reads tables out of a PDF is installed."""
    return importlib.util.find_spec("pdfplumber") is not None


def order_of(given: Mapping[str, str], sources: Sequence[str], workbooks: Sequence[str]) -> Order:
    """What a form asks for, with the names of the files that were sent.

    Raises:
        LakipError: something in the form cannot be meant.
    """
    if not sources:
        raise LakipError("Tidak ada tabel yang dipilih.")
    double = next((name for at, name in enumerate(sources) if name.casefold() in map(str.casefold, sources[:at])), "")
    if double:
        raise LakipError(f"{double}: dua berkas bernama sama, jadi asal isinya tidak jelas. Ganti nama salah satunya.")
    if len(workbooks) > 1 or not all(name.casefold().endswith(_WORKBOOKS) for name in workbooks):
        raise LakipError(f"{', '.join(workbooks)}: yang diisi satu workbook Excel (.xlsx atau .xlsm).")
    layout = catalog.find(given.get("tata_letak", ""))
    return Order(
        tuple(sources),
        workbooks[0] if workbooks else "",
        update=given.get("ganti") == "ya",
        year=year_of(given.get("tahun", "")),
        name=given.get("nama", "").strip()[:300],
        layout=layout.key if layout else "",
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as the page shows it: what it was recognised as, where its columns go, its sums and if they agree."""

    name: str
    kind: str
    columns: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    sums: tuple[tuple[str, bool], ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as the page shows it: how long it is, the lines with what stands before them, how many are not told."""

    count: int
    lines: tuple[tuple[str, str], ...]

    @property
    def rest(self) -> int:
        """How many lines are not told."""
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(Outcome):
    """A filled workbook, and all that a person should know before taking it."""

    order: Order
    summary: str = ""
    tables: tuple[Sheet, ...] = ()
    unknown: Listed = Listed(0, ())
    left: Listed = Listed(0, ())
    changes: Listed = Listed(0, ())
    refused: Listed = Listed(0, ())
    notes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    waiting: int = 0

    @property
    def file(self) -> str:
        """The name under which it is taken."""
        return self.order.file


def import_tables(order: Order, chunk: tuple[Item, ...], options: Options) -> list[Outcome]:
    """What a worker does; like :func:`lakip_xlsx.batch.run.work` it lets no failure out."""
    importlib.import_module("lakip_xlsx.batch.lifeline").remove_at_the_end(options.limits.witness)
    return [_one(order, item, options) for item in chunk]


def _one(order: Order, item: Item, options: Options) -> Outcome:
    limits = options.limits
    if limits.witness is not None:
        limits = replace(limits, witness=limits.witness / str(item.number))
    try:
        with limited(limits, item.name):
            return _imported(order, item)
    except Exception as error:  # it is told, like that of any workbook
        outcome = failed(item, error)
        said = _in_their_names(outcome.failure, order, Path(item.source))
        return Imported(item=item, status=outcome.status, failure=said, order=order)


def _in_their_names(said: str, order: Order, workbook: Path) -> str:
    """A message with the names that people know in the place of ours."""
    ours = {workbook: order.workbook, **dict(zip(order.places(workbook.parent), order.sources, strict=True))}
    names = {name: theirs for place, theirs in ours.items() for name in (str(place), place.name)}
    wanted = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?:{wanted})(?![\w.])", lambda found: names[found[0]], said)


def _imported(order: Order, item: Item) -> Imported:
    run: Any = importlib.import_module("lakip_xlsx.importing.run")
    workbook, target = Path(item.source), Path(item.target)
    sources = order.places(workbook.parent)
    if order.workbook:
        done: Import = run.into(sources, workbook, update=order.update, names=order.sources)
    else:
        layout = catalog.find(order.layout) or catalog.in_force(order.year)
        done = run.anew(sources, target, layout=layout, year=order.year, name=order.name, names=order.sources)
    return _told(order, item, done, run.filled(done) if done.placed.fillings else None)


def _told(order: Order, item: Item, done: Import, filled: Any) -> Imported:  # noqa: ANN401  loaded when it is needed
    show: Any = importlib.import_module("lakip_xlsx.show.importing")
    if filled is not None:
        Path(item.target).write_bytes(filled.data)
    taken = done.proposal.taken
    return Imported(
        item=item,
        status=Status.DONE,
        document=item.target if filled is not None else "",
        order=order,
        summary=show.counted(done, update=order.update),
        tables=tuple(_sheet(each, show.sum_line) for each in taken if each.kind),
        unknown=_listed([(each.table, show.headings(each)) for each in taken if not each.kind]),
        left=_listed([(each.place, each.why) for each in show.left(done)]),
        changes=_listed([(str(each.cell), show.change_line(each)) for each in done.placed.changes]),
        refused=_listed([(str(cell), "") for cell in filled.refused] if filled is not None else []),
        notes=(*done.proposal.told, *done.placed.told),
        lost=filled.lost if filled is not None else (),
        waiting=filled.waiting if filled is not None else 0,
    )


def _listed(lines: list[tuple[str, str]]) -> Listed:
    return Listed(len(lines), tuple(lines[:_MOST_TOLD]))


def _sheet(taken: Taken, line: Callable[[Any], str]) -> Sheet:
    sums = tuple((line(each), each.agrees) for each in taken.sums)
    return Sheet(taken.table, taken.kind, tuple(taken.columns), tuple(taken.unused), sums, tuple(taken.told))
