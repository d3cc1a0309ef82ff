"""All layouts that the program knows. A new regulation is one module and one entry here."""

from __future__ import annotations

from lakip_xlsx.layouts import lan_2003, panrb_53
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import fold

LAYOUTS: tuple[Layout, ...] = (lan_2003.LAYOUT, panrb_53.LAYOUT)


def in_force(year: int | None) -> Layout:
    """The layout that the law prescribes for a report year; without a year, the one in force now."""
    fitting = [
        each
        for each in LAYOUTS
        if (year is None or each.first_year <= year)
        and (each.last_year is None or (year is not None and year <= each.last_year))
    ]
    return fitting[-1] if fitting else LAYOUTS[0]


def find(name: str) -> Layout | None:
    """The layout with this name (as in the workbook) or key; None if there is none."""
    wanted = fold(name)
    for layout in LAYOUTS:
        if wanted in {fold(layout.name), layout.key}:
            return layout
    return None
