"""What filling does to the tree besides placing values: copies of what repeats, and the end of what is empty."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence

from lakip_xlsx.word.fill.scope import Scope
from lakip_xlsx.word.fill.tags import shows_something
from lakip_xlsx.word.xml import PPR, RUN, SECT_PR, Element, P, properties_of, remove


def copies(content: Sequence[Element], scopes: Sequence[Scope]) -> Iterable[tuple[list[Element], Scope]]:
    """The content once per scope, in the document one after the other; none is left when there is no scope."""
    for scope in scopes[:-1]:
        copied = [copy.deepcopy(element) for element in content]
        for element in copied:
            content[0].addprevious(element)
        yield copied, scope
    if scopes:
        yield list(content), scopes[-1]
    else:
        for element in content:
            remove(element)


def drop_tag(tag: Element) -> None:
    """Take a tag away with its run, which holds nothing else."""
    run = tag.getparent()
    if run is not None:
        remove(run)


def row_shows(row: Element) -> bool:
    """Whether a table row still shows anything."""
    return any(shows_something(paragraph) for paragraph in row.iter(P))


def drop_paragraph(paragraph: Element) -> None:
    """Take a paragraph away; a page section that ends with it then ends with the paragraph before."""
    properties = paragraph.find(PPR)
    section = None if properties is None else properties.find(SECT_PR)
    if section is not None:
        before = paragraph.getprevious()
        if before is None or before.tag != P or before.find(f"{PPR}/{SECT_PR}") is not None:
            for run in paragraph.findall(RUN):
                paragraph.remove(run)
            return
        properties_of(before).append(section)
    remove(paragraph)
