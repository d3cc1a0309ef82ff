"""Comparing formulas of one column: the same formula, read from each row's own place."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from lakip_xlsx.checks.tables import nearest

_LITERAL = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'!')
_REFERENCE = re.compile(r"(?<![\w.$])(?P<column>\$?[A-Z]{1,3})(?P<fixed>\$?)(?P<row>[0-9]{1,7})(?![\w.(!])")
_ENOUGH = 3  # of two formulas nobody can say which one is the odd one


def relative(formula: str, row: int) -> str:
    """A formula with its rows counted from its own row: in row 5, ``C5/C$4`` becomes ``C[0]/C$4``.

    Columns stay as they are: only formulas of the same column are compared. Texts and names of sheets
    are not touched.
    """

    def shift(match: re.Match[str]) -> str:
        if match["fixed"]:
            return match[0]
        return f"{match['column']}[{int(match['row']) - row}]"

    parts, start = [], 0
    body = formula.lstrip("=")
    for literal in _LITERAL.finditer(body):
        parts.append(_REFERENCE.sub(shift, body[start : literal.start()].upper().replace(" ", "")))
        parts.append(literal[0])
        start = literal.end()
    parts.append(_REFERENCE.sub(shift, body[start:].upper().replace(" ", "")))
    return "".join(parts)


@lru_cache(maxsize=1024)
def _fixed(formula: str) -> str:
    """The relative form of a formula that has the same in every row; empty if it has not.

    Formulas come from the reader with their references as offsets already, so nearly all are alike.
    """
    form = relative(formula, 1)
    return form if form == relative(formula, 2) else ""


def odd_ones_out(formulas: dict[int, str]) -> list[tuple[int, int]]:
    """Rows whose formula is not the usual one, each with a row that has the usual one.

    There is a usual one only if more than half of at least three rows share it.
    """
    forms = {row: _fixed(formula) or relative(formula, row) for row, formula in formulas.items()}
    if len(forms) < _ENOUGH:
        return []
    usual, times = Counter(forms.values()).most_common(1)[0]
    if times * 2 <= len(forms):
        return []
    pattern = sorted(row for row, form in forms.items() if form == usual)
    return [(row, nearest(pattern, row)) for row, form in forms.items() if form != usual]
