"""Which parts a report really has: some are there only where the office fills them."""

from __future__ import annotations

from collections.abc import Sequence

from lakip_xlsx.figures.bagian import APPENDIX, Own
from lakip_xlsx.layouts.outline import Level, Part
from lakip_xlsx.report import banding, pelengkap, penandatangan
from lakip_xlsx.report.source import Source

_MAKERS = {**pelengkap.MAKERS, **banding.MAKERS, "pernyataan_reviu": penandatangan.pernyataan_reviu}


def shown_parts(source: Source) -> list[Part]:
    """The parts of the layout in order, without those that have nothing to show."""
    return [part for part in source.layout.parts if not part.when or source.once(_MAKERS[part.when])]


def appendix_titles(parts: Sequence[Part], own: Sequence[Own]) -> list[str]:
    """The appendices by their titles: those of the office's own stand before the first landscape page."""
    titles: list[str] = []
    rest = [each.title for each in own if each.bab == APPENDIX]
    for part in parts:
        if part.level is Level.APPENDIX:
            titles, rest = (titles, rest) if part.upright else ([*titles, *rest], [])
            titles.append(part.title)
    return [*titles, *rest]
