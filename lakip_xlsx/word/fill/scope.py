"""What a name means at a place in the template: inner names first, outer names still visible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Final, NamedTuple

from lakip_xlsx.report.content import Node, Paragraph, Paragraphs


class Unknown(Enum):
    """The value of a name that names nothing."""

    NAME = "unknown"


class Frame(NamedTuple):
    """What a section entered: its node, the names that lead to it, the key of what is repeated around it."""

    node: Node
    path: str = ""
    group: str = ""


Scope = tuple[Frame, ...]  # innermost first
Found = Node | Unknown
SELF: Final = "."


def lookup(name: str, scope: Scope) -> Found:
    """The node that a name means; a name below something absent is absent too."""
    if name == SELF:
        return scope[0].node if scope else Unknown.NAME
    first, _, rest = name.partition(".")
    for holder, _, _ in scope:
        if isinstance(holder, dict | Mapping) and first in holder:  # a dict is known at once, the others slowly
            return _below(holder[first], rest) if rest else holder[first]
    return Unknown.NAME


def path_of(name: str, scope: Scope) -> str:
    """A name that means something, as it would be written from the beginning of the content."""
    if name == SELF:
        return scope[0].path
    first = name.partition(".")[0]
    path = next(path for node, path, _ in scope if isinstance(node, Mapping) and first in node)
    return f"{path}.{name}" if path else name


def _below(node: Node, path: str) -> Found:
    for name in path.split("."):
        if node is None or node is False:
            return None
        if not isinstance(node, Mapping) or name not in node:
            return Unknown.NAME
        node = node[name]
    return node


def as_paragraphs(node: Found) -> Paragraphs | None:
    """The node as paragraphs, if it is that (and not an empty sequence of anything)."""
    if not isinstance(node, tuple) or not node:
        return None
    paragraphs = tuple(item for item in node if isinstance(item, Paragraph))
    return paragraphs if len(paragraphs) == len(node) else None


def is_absent(node: Node) -> bool:
    """Whether an inverted section shows: nothing, false, an empty text or an empty sequence."""
    return node is None or node is False or (isinstance(node, str | Sequence) and len(node) == 0)


def inside(name: str, node: Node, scope: Scope) -> list[Scope]:
    """The scopes in which the content of a section is rendered: one per item, one for a mapping or a value."""
    if is_absent(node):
        return []
    path, group, items = path_of(name, scope), scope[0].group, repeated(node)
    return [(Frame(item, path, group), *scope) for item in ([node] if items is None else items)]


def repeated(node: Found) -> list[Mapping[str, Node]] | None:
    """The items of a node for each of which a section is repeated; None for a node that is entered once."""
    if isinstance(node, Sequence) and not isinstance(node, str) and as_paragraphs(node) is None:
        return [item for item in node if isinstance(item, Mapping)]
    return None


def names(scope: Scope) -> Iterator[str]:
    """All names that can be written at a place, for did-you-mean."""
    for holder, _, _ in scope:
        if isinstance(holder, Mapping):
            yield from _names(holder, "")


def _names(holder: Mapping[str, Node], prefix: str) -> Iterator[str]:
    for name, node in holder.items():
        yield f"{prefix}{name}"
        if isinstance(node, Mapping):
            yield from _names(node, f"{prefix}{name}.")
