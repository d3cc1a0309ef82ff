"""The program itself in the frame of the measurements: all of ``convert`` but page numbers, checks included."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.loop import main
from lakip_xlsx import pipeline
from lakip_xlsx.batch.job import prepare


def one(_: list[dict[str, Any]], __: str, workbook: str, document: str) -> None:
    """Convert one workbook."""
    pipeline.convert(Path(workbook), Path(document), force=True)


if __name__ == "__main__":
    prepare()
    main(one)
