"""Page sections of a filled document."""

from __future__ import annotations

from lakip_xlsx.word.xml import PPR, SECT_PR, Element, P


def drop_empty_end(body: Element) -> None:
    """Where the last page section holds nothing, the one before it becomes the last: it would be an empty page."""
    last = body.find(SECT_PR)
    before = None if last is None else last.getprevious()
    ending = None if before is None or before.tag != P else before.find(f"{PPR}/{SECT_PR}")
    if last is not None and ending is not None:
        body.replace(last, ending)
