"""The look of what is missing: a text that the office still owes stands out until it is there."""

from __future__ import annotations

from lakip_xlsx.word.build import styles
from lakip_xlsx.word.xml import RPR, Element, el, qn, val


def mark(run: Element, style: str = styles.MARKER) -> None:
    """Give a run a character style (by id), by default that of markers."""
    properties = run.find(RPR)
    if properties is None:
        properties = el("w:rPr")
        run.insert(0, properties)
    for old in properties.findall(qn("w:rStyle")):
        properties.remove(old)
    properties.insert(0, val("w:rStyle", style))
