"""The program itself in the frame of the measurements: all of ``convert`` but page numbers, checks included."""

from __future__ import annotations

from itertools import count
from typing import Any

from benchmarks.loop import main
from lakip_xlsx.batch.job import run_chunk
from lakip_xlsx.batch.model import Item, Options

_OPTIONS = Options(command="convert", force=True, findings=False)
_numbers = count()


def one(_: list[dict[str, Any]], __: str, workbook: str, document: str) -> None:
    """Convert one workbook, as one of a batch."""
    run_chunk((Item(next(_numbers), workbook, document),), _OPTIONS)


if __name__ == "__main__":
    main(one)
