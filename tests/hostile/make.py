"""All classes of bad, messy and hostile workbooks, each made in memory from the sound one."""

from __future__ import annotations

from tests.hostile import make_cells, make_files, make_xml
from tests.hostile.case import Case


def all_cases() -> list[Case]:
    """Every class, in a fixed order; the names are unique."""
    return [
        *make_files.documents(),
        *make_files.packages(),
        *make_xml.attacks(),
        *make_cells.sizes(),
        *make_xml.dresses(),
        *make_cells.cells(),
    ]
