"""The look of what is missing: a text that the office still owes stands out until it is there."""

from __future__ import annotations

from lakip_xlsx.word.build import styles
from lakip_xlsx.word.xml import RPR, Element, el, qn, val


def mark(run: Element) -> None:
    """Give a run the character style of markers."""
    properties = run.find(RPR)
    if properties is None:
        properties = el("w:rPr")
        run.insert(0, properties)
    for old in properties.findall(qn("w:rStyle")):
        properties.remove(old)
    properties.insert(0, val("w:rStyle", styles.MARKER))
