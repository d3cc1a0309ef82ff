"""Formulas in relative form: copies of one formula read the same, wherever they stand."""

from __future__ import annotations

import re

from lakip_xlsx.finding import column_number

_ROWS = 10_000_000  # as many as the digits of a reference can say
_MOST = 100_000  # characters of a formula that is remembered
_IN_FORMULA = re.compile(
    r"""("[^"]*"|'[^']*'!?)|(?<![A-Za-z0-9_.$])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![A-Za-z0-9_(])"""
)

RELATIVE = "\x00"
"""Stands in front of a formula that is kept in relative form; no stored formula can begin so."""


def relative_form(formula: str, row: int, column: int) -> str:
    """A formula with every relative reference as an offset, so that copies of it read the same.

    ``=D6/C6`` in E6 and ``=D7/C7`` in E7 both become ``R[0]C[-1]/R[0]C[-2]``. A formula that is in relative
    form already stays as it is.
    """
    if formula.startswith(RELATIVE):
        return formula.removeprefix(RELATIVE)
    text = formula.removeprefix("=").strip()

    def replace(match: re.Match[str]) -> str:
        if match[1] is not None:
            return match[1]
        absolute_column, letters, absolute_row, number = match[2], match[3].upper(), match[4], int(match[5])
        column_text = f"C{column_number(letters)}" if absolute_column else f"C[{column_number(letters) - column}]"
        row_text = f"R{number}" if absolute_row else f"R[{number - row}]"
        return row_text + column_text

    return _IN_FORMULA.sub(replace, text)


class Relative:
    """The relative forms of one column's formulas. A formula is mostly the one above it, moved down.

    The formula met last is kept as the texts between its relative rows: put together for another row, they
    give its copy there. What is equal to that copy has the same relative form.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._offsets: list[int] = []
        self._known = ""

    def of(self, formula: str, row: int, column: int) -> str:
        """The relative form of a formula in this row; all formulas must be of the same column."""
        if self._pieces and formula == self._copy(row):
            return self._known
        self._known = relative_form(formula, row, column)
        self._take_apart(formula, row)
        return self._known

    def _copy(self, row: int) -> str:
        """The formula met last, as its copy in another row reads; empty where a row would not exist."""
        rows = [row + offset for offset in self._offsets]
        if not all(0 < each < _ROWS for each in rows):
            return ""
        numbers = (*map(str, rows), "")
        return "".join([part for pair in zip(self._pieces, numbers, strict=True) for part in pair])

    def _take_apart(self, formula: str, row: int) -> None:
        self._pieces, self._offsets = [], []
        if formula.startswith(RELATIVE) or len(formula) > _MOST:
            return
        moving = [match for match in _IN_FORMULA.finditer(formula) if match[1] is None and not match[4]]
        if any(match[5].startswith("0") for match in moving):
            return  # a copy would not be written so
        at = 0
        for match in moving:
            self._pieces.append(formula[at : match.start(5)])
            self._offsets.append(int(match[5]) - row)
            at = match.end(5)
        self._pieces.append(formula[at:])
