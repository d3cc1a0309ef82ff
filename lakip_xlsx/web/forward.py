"""Last year's workbook, sent to become this year's; done in the process of its own that every sent workbook gets."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lakip_xlsx.batch.model import Item, Options, Outcome, Status, failed
from lakip_xlsx.guard.work import limited
from lakip_xlsx.web.desk import Task

if TYPE_CHECKING:
    from lakip_xlsx.carry.forward import Carried


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarded(Outcome):
    """The workbook of the next year: what came along, and what did not."""

    said: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name under which it is taken."""
        return f"lakip-{self.year}.xlsx"


def carry_forward(chunk: tuple[Item, ...], options: Options) -> list[Outcome]:
    """What a worker does; like :func:`lakip_xlsx.batch.run.work` it lets no failure out."""
    importlib.import_module("lakip_xlsx.batch.lifeline").remove_at_the_end(options.limits.witness)
    return [_one(item, options) for item in chunk]


def _one(item: Item, options: Options) -> Outcome:
    limits = options.limits
    if limits.witness is not None:
        limits = replace(limits, witness=limits.witness / str(item.number))
    try:
        with limited(limits, Path(item.source).name):
            tools = importlib.import_module("lakip_xlsx.tools")
            carried: Carried = tools.next_workbook(Path(item.target), Path(item.source), name=item.name)
    except Exception as error:  # it is told, like that of any workbook
        return failed(item, error)
    return Forwarded(
        item=item,
        status=Status.DONE,
        document=item.target,
        layout=carried.layout.key,
        layout_name=carried.layout.name,
        year=carried.year,
        said=tuple(carried.said()),
        left=carried.left,
    )


FORWARD = Task("lanjutan", carry_forward, "lanjutan.xlsx")
"""Make the workbook of the next year."""
