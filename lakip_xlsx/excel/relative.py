"""Formulas in relative form: copies of one formula read the same, wherever they stand."""

from __future__ import annotations

import re
from typing import NamedTuple

from lakip_xlsx.finding import column_number

_IN_FORMULA = re.compile(
    r"""("[^"]*"|'[^']*'!?)|(?<![A-Za-z0-9_.$])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![A-Za-z0-9_(])"""
)


class Formula(NamedTuple):
    """A formula as it is stored, and the cell whose it is: the first one, where several share it."""

    text: str
    row: int
    column: int

    @property
    def relative(self) -> str:
        """The formula in relative form, which is the same in all cells that share it."""
        return relative_form(self.text, self.row, self.column)


def relative_form(formula: str, row: int, column: int) -> str:
    """A formula with every relative reference as an offset, so that copies of it read the same.

    ``=D6/C6`` in E6 and ``=D7/C7`` in E7 both become ``R[0]C[-1]/R[0]C[-2]``.
    """
    text = formula.removeprefix("=").strip()

    def replace(match: re.Match[str]) -> str:
        if match[1] is not None:
            return match[1]
        absolute_column, letters, absolute_row, number = match[2], match[3].upper(), match[4], int(match[5])
        column_text = f"C{column_number(letters)}" if absolute_column else f"C[{column_number(letters) - column}]"
        row_text = f"R{number}" if absolute_row else f"R[{number - row}]"
        return row_text + column_text

    return _IN_FORMULA.sub(replace, text)
