"""Excel's functions that the declared formulas use, on exact numbers. One more is one more line in ``FUNCTIONS``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import product

from lakip_xlsx.excel.calculate_values import CalculationError, Column, ErrorValue, Value, each
from lakip_xlsx.numbers import half_up, plain


def number(value: Value) -> Decimal:
    """A value as a number: an empty cell is 0, a truth 1 or 0.

    Raises:
        CalculationError: a text, or an error.
    """
    if isinstance(value, ErrorValue):
        raise CalculationError(value.code)
    if value is None or isinstance(value, bool):
        return Decimal(bool(value))
    if isinstance(value, Decimal):
        return value
    raise CalculationError("#VALUE!")


def text(value: Value) -> str:
    """A value as a text: an empty cell is nothing."""
    if isinstance(value, ErrorValue):
        raise CalculationError(value.code)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{plain(value):f}" if isinstance(value, Decimal) else value if isinstance(value, str) else ""


def _flat(values: Sequence[Value]) -> Iterator[Value]:
    """All values, those of columns one by one.

    Raises:
        CalculationError: one of them is an error.
    """
    for value in values:
        for single in value if isinstance(value, list) else [value]:
            if isinstance(single, ErrorValue):
                raise CalculationError(single.code)
            yield single


def _numbers(values: Sequence[Value]) -> list[Decimal]:
    return [value for value in _flat(values) if isinstance(value, Decimal)]


def _is(kind: type) -> Callable[[Value], Value]:
    """A question about single values that also an error answers: with no."""

    def ask(value: Value) -> Value:
        return [isinstance(one, kind) for one in value] if isinstance(value, list) else isinstance(value, kind)

    return ask


def _single(function: Callable[..., Value]) -> Callable[..., Value]:
    return lambda *values: each(function, *values)


def _index(values: Value, at: Value) -> Value:
    place = int(number(at))
    if not isinstance(values, list) or place > len(values):
        raise CalculationError("#REF!")
    found: Value = values[place - 1] if place else values
    return found


def _match(wanted: Value, values: Value, _: Value) -> Value:
    """The place of the first equal value, from 1; a text may hold ``*`` and ``?``."""
    criterion = Criterion.of(wanted)
    for place, value in enumerate(values if isinstance(values, list) else [values], start=1):
        if criterion.holds(value):
            return Decimal(place)
    raise CalculationError("#N/A")


def _lookup(_: Value, values: Value, results: Value) -> Value:
    """``LOOKUP(2,1/(condition),results)``: the last one for which the condition holds."""
    if not isinstance(values, list) or not isinstance(results, list):
        raise CalculationError("#N/A")
    found: list[Value] = [result for value, result in zip(values, results, strict=True) if isinstance(value, Decimal)]
    if found:
        return found[-1]
    raise CalculationError("#N/A")


def _sumproduct(values: Value) -> Value:
    return sum((number(value) for value in _flat([values]) if not isinstance(value, str)), Decimal(0))


def _find(part: Value, whole: Value) -> Value:
    at = text(whole).find(text(part))
    if at < 0:
        raise CalculationError("#VALUE!")
    return Decimal(at + 1)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What SUMIFS and its like look for: ``Program``, ``1.02.*``, ``<>Jumlah*``, ``<9E+99``."""

    sign: str
    operand: str | Decimal

    @classmethod
    @lru_cache(maxsize=4096)
    def of(cls, wanted: Value) -> Criterion:
        """The criterion that a value means."""
        if isinstance(wanted, Decimal):
            return cls("=", wanted)
        match = re.match(r"<>|<=|>=|<|>|=", text(wanted))
        sign, rest = (match[0], text(wanted)[match.end() :]) if match else ("=", text(wanted))
        try:
            return cls(sign, Decimal(rest)) if match else cls(sign, rest.casefold())
        except ArithmeticError:
            return cls(sign, rest.casefold())

    @property
    def beginning(self) -> str | None:
        """``1.02.`` of ``1.02.*``: what all must begin with, where that is all; it ends with a dot."""
        if self.sign != "=" or not isinstance(self.operand, str) or not self.operand.endswith(".*"):
            return None
        return self.operand[:-1] if not re.search(r"[*?~]", self.operand[:-1]) else None

    def holds(self, value: Value) -> bool:
        """Whether a cell meets it."""
        if isinstance(self.operand, Decimal):
            if not isinstance(value, Decimal):
                return self.sign == "<>"
            found = (value > self.operand) - (value < self.operand)
            return {"=": found == 0, "<>": found != 0, "<": found < 0, ">": found > 0, "<=": found <= 0}.get(
                self.sign, found >= 0
            )
        said = value.casefold() if isinstance(value, str) else ""
        same = isinstance(value, str) and _pattern(self.operand).fullmatch(said) is not None
        return same != (self.sign == "<>")


@lru_cache(maxsize=4096)
def _pattern(wanted: str) -> re.Pattern[str]:
    return re.compile(re.escape(wanted).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


def _where(amounts: Value, pairs: Sequence[Value]) -> list[Value]:
    """The amounts of the rows that meet all criteria.

    Criteria that differ from row to row (a kind, the beginning of a code) are looked up in what one walk over
    the columns has found for all of them: a table of 100,000 rows is walked once and not 100,000 times.
    """
    columns = [column if isinstance(column, list) else [column] for column in pairs[::2]]
    wanted = [Criterion.of(one) for one in pairs[1::2]]
    keyed = [one.beginning is not None or (one.sign == "=" and isinstance(one.operand, str)) for one in wanted]
    keyed = [key and not (one.beginning is None and re.search(r"[*?]", str(one.operand))) for key, one in
             zip(keyed, wanted, strict=True)]  # fmt: skip
    known = columns[0].known if isinstance(columns[0], Column) else {}
    shape = tuple(
        (id(column), one.beginning is not None if key else one)
        for column, one, key in zip(columns, wanted, keyed, strict=True)
    )
    place = (id(amounts), shape)
    if place not in known:
        known[place] = _walk(amounts if isinstance(amounts, list) else [amounts], columns, wanted, keyed)
    key = tuple((one.beginning or str(one.operand)) for one, is_key in zip(wanted, keyed, strict=True) if is_key)
    return known[place].get(key, [])


def _walk(
    amounts: list[Value], columns: list[list[Value]], wanted: list[Criterion], keyed: list[bool]
) -> dict[tuple[str, ...], list[Value]]:
    found: dict[tuple[str, ...], list[Value]] = {}
    for row, amount in enumerate(amounts):
        keys: list[list[str]] = []
        for column, one, is_key in zip(columns, wanted, keyed, strict=True):
            value = column[row]
            if not is_key:
                if not one.holds(value):
                    break
            elif not isinstance(value, str):
                break
            else:
                said = value.casefold()
                keys.append([said[: m.end()] for m in re.finditer(r"\.", said)] if one.beginning else [said])
        else:
            for key in product(*keys):
                found.setdefault(key, []).append(amount)
    return found


def _sumifs(amounts: Value, *pairs: Value) -> Value:
    return sum(_numbers([list(_where(amounts, pairs))]), Decimal(0))


def _countifs(*pairs: Value) -> Value:
    if isinstance(pairs[1], list):
        return [Decimal(len(_where(pairs[0], [pairs[0], wanted]))) for wanted in pairs[1]]
    return Decimal(len(_where(pairs[0], pairs)))


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "ABS": _single(lambda value: abs(number(value))),
    "AND": lambda *values: all(number(value) for value in _flat(values)),
    "COUNT": lambda *values: Decimal(sum(isinstance(v, Decimal) for v in _flat(values))),
    "COUNTIF": _countifs,
    "COUNTIFS": _countifs,
    "EXACT": _single(lambda one, other: text(one) == text(other)),
    "FIND": _single(_find),
    "INDEX": _index,
    "ISNUMBER": _is(Decimal),
    "ISTEXT": _is(str),
    "LEFT": _single(lambda value, many=Decimal(1): text(value)[: int(number(many))]),
    "LEN": _single(lambda value: Decimal(len(text(value)))),
    "LOOKUP": _lookup,
    "LOWER": _single(lambda value: text(value).lower()),
    "MATCH": _match,
    "MAX": lambda *values: max(_numbers(values), default=Decimal(0)),
    "MIN": lambda *values: min(_numbers(values), default=Decimal(0)),
    "N": _single(lambda value: Decimal(0) if isinstance(value, str) else number(value)),
    "NOT": _single(lambda value: not number(value)),
    "OR": lambda *values: any(number(value) for value in _flat(values)),
    "ROUND": _single(lambda value, places: plain(half_up(number(value), int(number(places))))),
    "SUM": lambda *values: sum(_numbers(values), Decimal(0)),
    "SUMIFS": _sumifs,
    "SUMPRODUCT": _sumproduct,
    "TRIM": _single(lambda value: " ".join(filter(None, text(value).split(" ")))),
    "UPPER": _single(lambda value: text(value).upper()),
}
