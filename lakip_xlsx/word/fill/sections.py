"""Page sections of a filled document."""

from __future__ import annotations

from lakip_xlsx.word.build.styles import SECTION_END
from lakip_xlsx.word.xml import PPR, SECT_PR, Element, P, style_of


def drop_empty_end(body: Element) -> None:
    """Where our last page section holds nothing, the one before it becomes the last: it would be an empty page.

    A section that an office added stays; it does not end in a paragraph of our own.
    """
    last = body.find(SECT_PR)
    before = None if last is None else last.getprevious()
    ending = None if before is None or before.tag != P else before.find(f"{PPR}/{SECT_PR}")
    if before is not None and last is not None and ending is not None and style_of(before) == SECTION_END:
        body.replace(last, ending)
