"""The values that formulas calculate with, and how one function is applied to whole columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Union


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """The result of a formula that cannot be calculated, such as ``#DIV/0!``."""

    code: str


class CalculationError(ArithmeticError):
    """A formula cannot be calculated; ``code`` is what Excel would show."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Column(list["Value"]):
    """A whole column of a workbook; what was once counted in it is remembered in ``known``."""

    def __init__(self, values: Sequence[Value]) -> None:
        super().__init__(values)
        self.known: dict[object, dict[tuple[str, ...], list[Value]]] = {}


Value = Union[Decimal, str, bool, None, ErrorValue, Sequence["Value"]]  # noqa: UP007 - it names itself
"""A number, a text, a truth, an empty cell, an error, or several of them."""


def each(function: Callable[..., Value], *values: Value) -> Value:
    """A function of single values, applied place by place where one of them is a column.

    Raises:
        CalculationError: single values of which one is an error; in a column the error stays in its place.
    """
    columns = [value for value in values if isinstance(value, list)]
    if not columns:
        for value in values:
            if isinstance(value, ErrorValue):
                raise CalculationError(value.code)
        return function(*values)
    rows = range(max(len(column) for column in columns))
    return [_one(function, [value[row] if isinstance(value, list) else value for value in values]) for row in rows]


def _one(function: Callable[..., Value], values: Sequence[Value]) -> Value:
    error = next((value for value in values if isinstance(value, ErrorValue)), None)
    if error is not None:
        return error
    try:
        return function(*values)
    except CalculationError as found:
        return ErrorValue(found.code)
