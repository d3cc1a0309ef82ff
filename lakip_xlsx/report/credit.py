"""Gives computed texts the cells that they were computed from, where many are made of the same cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar, cast

from lakip_xlsx.finding import Cell
from lakip_xlsx.report import origin
from lakip_xlsx.report.content import Grid, Node, Paragraph, Teks
from lakip_xlsx.report.source import DASH, NOT_CALCULABLE

AnyNode = TypeVar("AnyNode", bound=Node)
_SIGNS = {"", DASH, NOT_CALCULABLE}
_NUMBERS = "no"  # the running number of a row comes from no cell


def credit(node: AnyNode, cells: Sequence[Cell], how: str = origin.COMPUTED) -> AnyNode:
    """The node with these cells for every text in it that names none, and is no gap and no mere sign."""
    return cast("AnyNode", _credit(node, tuple(dict.fromkeys(cells)), how))


def _credit(node: object, cells: tuple[Cell, ...], how: str) -> object:
    if isinstance(node, Teks):
        known = node.sources or node.how or node.missing or node in _SIGNS
        return node if known else Teks(node, cells, how=how)
    if isinstance(node, Paragraph):
        return replace(node, text=credit(node.text, cells, how))
    if isinstance(node, Grid):
        return replace(node, rows=tuple(tuple(credit(c, cells, how) for c in row) for row in node.rows))
    if isinstance(node, Mapping):
        return {key: below if key == _NUMBERS else _credit(below, cells, how) for key, below in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return type(node)(_credit(item, cells, how) for item in node)  # type: ignore[call-arg]
    return node
