"""Formulas in relative form: copies of one formula read the same, wherever they stand."""

from __future__ import annotations

import re

from lakip_xlsx.finding import column_number

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

    def replace(match: re.Match[str]) -> str:
        if match[1] is not None:
            return match[1]
        absolute_column, letters, absolute_row, number = match[2], match[3].upper(), match[4], int(match[5])
        column_text = f"C{column_number(letters)}" if absolute_column else f"C[{column_number(letters) - column}]"
        row_text = f"R{number}" if absolute_row else f"R[{number - row}]"
        return row_text + column_text

    return _IN_FORMULA.sub(replace, formula.removeprefix("=").strip())
