"""All layouts that the program knows. A new regulation is one module and one entry here."""

from __future__ import annotations

from lakip_xlsx.layouts import lan_2003, panrb_53
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import fold

LAYOUTS: tuple[Layout, ...] = (lan_2003.LAYOUT, panrb_53.LAYOUT)


def find(name: str) -> Layout | None:
    """The layout with this name (as in the workbook) or key; None if there is none."""
    wanted = fold(name)
    for layout in LAYOUTS:
        if wanted in {fold(layout.name), layout.key}:
            return layout
    return None
