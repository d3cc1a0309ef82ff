"""What a declared formula gives, calculated as Excel and LibreOffice do, but on exact numbers.

So that the result stands beside the formula in a workbook that no program has opened yet. The formula is read in
the notation of :class:`~lakip_xlsx.workbook.spec.Field`; its placeholders are asked of :class:`Cells`. A formula
with a function that is not known here is no mistake: it is written without a result, and Excel calculates it.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException, localcontext
from functools import lru_cache
from typing import Protocol

from lakip_xlsx.excel.calculate_functions import FUNCTIONS, number, text
from lakip_xlsx.excel.calculate_values import CalculationError, ErrorValue, Value, each

_TOKEN = re.compile(
    r"""\s*(?:(?P<place>\{[a-z_0-9]+(?:\.[a-z_0-9]+)?\})|(?P<array>\{[-0-9.,]+\})|"(?P<text>(?:[^"]|"")*)"
    |(?P<number>[0-9]+(?:\.[0-9]*)?(?:E[-+]?[0-9]+)?)|(?P<name>[A-Z][A-Z0-9.]*)|(?P<sign><=|>=|<>|[-+*/&=<>(),[\]]))""",
    re.VERBOSE,
)
_LEVELS: tuple[tuple[str, ...], ...] = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"))
_DIGITS = 40


class UnknownFormulaError(ValueError):
    """A formula says something that cannot be calculated here."""


class Cells(Protocol):
    """Where a formula stands: what its placeholders mean there."""

    def place(self, first: str, second: str) -> Value:
        """What ``{first}`` or ``{first.second}`` holds; a column is a sequence.

        Raises:
            CalculationError: the workbook does not have it.
        """

    def is_percent(self, first: str, second: str) -> bool:
        """Whether that cell has a percent format."""

    def once(self, said: str, calculate: Callable[[], Value]) -> Value:
        """The result of what is the same for every row."""


Compiled = Callable[[Cells], Value]


def calculate(formula: str, cells: Cells) -> Value:
    """The result of a formula; an error value where Excel would show one.

    Raises:
        UnknownFormulaError: the formula uses something that is not known here.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        try:
            return _compiled(formula)(cells)
        except CalculationError as error:
            return ErrorValue(error.code)


@lru_cache(maxsize=512)
def _compiled(formula: str) -> Compiled:
    return _Parser(formula).whole()


@dataclass(slots=True)
class _Parser:
    """Reads a formula from left to right; the weakest operator is the outermost."""

    formula: str
    at: int = 0

    def whole(self) -> Compiled:
        found = self._level(0)
        if self.formula[self.at :].strip():
            raise UnknownFormulaError(self.formula[self.at :])
        return found

    def _next(self, *, take: bool = True) -> tuple[str, str]:
        match = _TOKEN.match(self.formula, self.at)
        if match is None:
            return "", ""
        if take:
            self.at = match.end()
        kind = match.lastgroup or ""
        return kind, match[kind]

    def _take(self, sign: str) -> None:
        if self._next() != ("sign", sign):
            raise UnknownFormulaError(f"{sign} expected: {self.formula}")

    def _level(self, level: int) -> Compiled:
        if level == len(_LEVELS):
            return self._unary()
        left = self._level(level + 1)
        while (token := self._next(take=False))[0] == "sign" and token[1] in _LEVELS[level]:
            self._next()
            left = _binary(token[1], left, self._level(level + 1))
        return left

    def _unary(self) -> Compiled:
        if self._next(take=False) == ("sign", "-"):
            self._next()
            inner = self._unary()
            return lambda cells: each(lambda value: -number(value), inner(cells))
        return self._primary()

    def _primary(self) -> Compiled:
        kind, said = self._next()
        if kind == "sign" and said == "(":
            inner = self._level(0)
            self._take(")")
            return inner
        if kind == "sign" and said == "[":
            return self._once()
        if kind == "name" and said in {"TRUE", "FALSE"}:
            return _constant(said == "TRUE")
        if kind == "name":
            return self._call(said)
        if kind == "place":
            first, _, second = said[1:-1].partition(".")
            return lambda cells: cells.place(first, second)
        constants: dict[str, Callable[[str], Value]] = {
            "text": lambda each_: each_.replace('""', '"'),
            "number": Decimal,
            "array": lambda each_: [Decimal(part) for part in each_[1:-1].split(",")],
        }
        if kind not in constants:
            raise UnknownFormulaError(self.formula[self.at :] or self.formula)
        return _constant(constants[kind](said))

    def _once(self) -> Compiled:
        """``[…]``: the same for every row, so it is calculated once."""
        start = self.at
        inner = self._level(0)
        self._take("]")
        said = self.formula[start : self.at]
        return lambda cells: cells.once(said, lambda: _argument(inner, cells))

    def _call(self, name: str) -> Compiled:
        self._take("(")
        start, arguments = self.at, list[Compiled]()
        while True:
            arguments.append(self._level(0))
            sign = self._next()
            if sign == ("sign", ")"):
                break
            if sign != ("sign", ","):
                raise UnknownFormulaError(self.formula[start:])
        if name == "CELL":
            return _format_of(self.formula[start : self.at])
        if name in _LAZY:
            return _LAZY[name](arguments)
        function = FUNCTIONS.get(name)
        if function is None:
            raise UnknownFormulaError(name)
        return lambda cells: function(*[_argument(argument, cells) for argument in arguments])


def _argument(argument: Compiled, cells: Cells) -> Value:
    """The value of an argument; an error is a value too, and some functions ask for it."""
    try:
        return argument(cells)
    except CalculationError as error:
        return ErrorValue(error.code)


def _constant(value: Value) -> Compiled:
    return lambda _: value


def _format_of(arguments: str) -> Compiled:
    """``CELL("format",{key})``: P where the cell has a percent format, else G (Excel adds the decimals)."""
    match = re.fullmatch(r'"format",\{([a-z_0-9]+)(?:\.([a-z_0-9]+))?\}\)', arguments)
    if match is None:
        raise UnknownFormulaError(f"CELL({arguments}")
    first, second = match[1], match[2] or ""
    return lambda cells: "P" if cells.is_percent(first, second) else "G"


def _if(arguments: Sequence[Compiled]) -> Compiled:
    condition, then, *rest = arguments
    other = rest[0] if rest else _constant(value=False)
    return lambda cells: then(cells) if number(condition(cells)) else other(cells)


def _iferror(arguments: Sequence[Compiled]) -> Compiled:
    first, other = arguments

    def run(cells: Cells) -> Value:
        value = _argument(first, cells)
        return other(cells) if isinstance(value, ErrorValue) else value

    return run


_LAZY: dict[str, Callable[[Sequence[Compiled]], Compiled]] = {"IF": _if, "IFERROR": _iferror}
_COMPARE: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


def _binary(sign: str, left: Compiled, right: Compiled) -> Compiled:
    def run(cells: Cells) -> Value:
        return each(lambda one, other: _operate(sign, one, other), left(cells), right(cells))

    return run


def _operate(sign: str, one: Value, other: Value) -> Value:
    if sign in _COMPARE:
        return _COMPARE[sign](_order(one, other))
    if sign == "&":
        return text(one) + text(other)
    first, second = number(one), number(other)
    if sign == "/" and second == 0:
        raise CalculationError("#DIV/0!")
    operation = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}[sign]
    try:
        return Decimal(operation(first, second))
    except DecimalException as error:
        raise CalculationError("#NUM!") from error


def _order(one: Value, other: Value) -> int:
    """Below 0, 0 or above: numbers stand before texts, texts before truth; capitals do not matter."""
    first, second = _rank(one, other), _rank(other, one)
    return (first > second) - (first < second)


def _rank(value: Value, beside: Value) -> tuple[int, Decimal, str]:
    """An empty cell is like whatever it is compared with."""
    if value is None:
        value = "" if isinstance(beside, str) else Decimal(0)
    if isinstance(value, str):
        return 1, Decimal(0), value.casefold()
    return (2 if isinstance(value, bool) else 0), number(value), ""
