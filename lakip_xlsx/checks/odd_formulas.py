"""Comparing formulas of one column: the same formula, read from each row's own place.

The reader keeps them in relative form (see :mod:`lakip_xlsx.excel.relative`); what is left are the ways of
writing the same.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from lakip_xlsx.checks.tables import nearest

_LITERAL = re.compile(
    """Texts and names of sheets; the sign behind a name may be missing, so that no quote is looked at twice."""
    r'("(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'!?)'
)
_ENOUGH = 3  # of two formulas nobody can say which one is the odd one


@lru_cache(maxsize=1024)
def _written(formula: str) -> str:
    """A formula without blanks and small letters, but for its texts and names of sheets."""
    pieces = _LITERAL.split(formula.lstrip("="))
    return "".join(piece if at % 2 else piece.upper().replace(" ", "") for at, piece in enumerate(pieces))


def odd_ones_out(formulas: dict[int, str]) -> list[tuple[int, int]]:
    """Rows whose formula is not the usual one, each with a row that has the usual one.

    There is a usual one only if more than half of at least three rows share it.
    """
    forms = {row: _written(formula) for row, formula in formulas.items()}
    if len(forms) < _ENOUGH:
        return []
    usual, times = Counter(forms.values()).most_common(1)[0]
    if times * 2 <= len(forms):
        return []
    pattern = sorted(row for row, form in forms.items() if form == usual)
    return [(row, nearest(pattern, row)) for row, form in forms.items() if form != usual]
