"""From the declared notation to formulas of one workbook: placeholders become cells and defined names.

Other sheets are always named by defined names (``Data_Renstra_Kode``), because only those work alike in
cells, drop-downs and conditional formats, in Excel and in LibreOffice. A name of a column begins one row
below the heading whatever is inserted there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from lakip_xlsx.excel.write_plan import HEADING_ROW, Column, Plan, PlannedTable, quoted, safe_name
from lakip_xlsx.workbook.sheets import BY_KEY

_PLACE = re.compile(r"\{([a-z_0-9]+)(?:\.([a-z_0-9]+))?\}")


class Check(Enum):
    """What kind of live check a mark is."""

    FIELD = auto()  # Field.mark: a typed value against the row's own figures
    SUM = auto()  # a Jumlah against the sum of its rows
    SHEET = auto()  # a Jumlah against the Jumlah of another sheet
    GROUP = auto()  # a Jumlah against the Jumlah of another group of the same sheet


@dataclass(frozen=True, slots=True)
class Mark:
    """A live check of one cell: the expression that is true when something is wrong, and the words for it."""

    check: Check
    key: str
    expression: str
    text: str
    other: str = ""  # SHEET: key of the other sheet
    other_row: int = 0  # GROUP: row of the other Jumlah


class _MissingError(LookupError):
    """A formula needs a column that this workbook does not have."""


@dataclass(slots=True)
class Formulas:
    """All formulas of a planned workbook. ``names`` collects the defined names that they need."""

    plan: Plan
    names: dict[str, str] = field(default_factory=dict)

    def standard(self, table: PlannedTable, number: int, key: str) -> str | None:
        """The formula of the standard workbook for a cell; None if it has none, or lacks a column for it."""
        column = table.column(key)
        if column is None or column.field is None or table.spec is None:
            return None
        row, total = table.row(number), table.spec.total
        if row.total and total is not None:
            if key in total.fields:
                return f"={self._sum_or_blank(table, number, column)}"
            if not self._in_total(table, key):
                return None
        if not column.field.formula:
            return None
        return self.render(column.field.formula, table, number, column)

    def _in_total(self, table: PlannedTable, key: str) -> bool:
        """Whether a computed column has its place in the Jumlah row: what it needs is summed there."""
        if table.spec is None or table.spec.total is None:
            return False
        needed = {match[1] for match in _PLACE.finditer(table.spec.field(key).formula)}
        return needed <= {*table.spec.total.fields, "periksa"}

    def render(self, template: str, table: PlannedTable, number: int, column: Column) -> str | None:
        """A declared formula as it stands in one cell; None if the workbook lacks something it needs."""
        try:
            return "=" + self._fill(template, table, number, column)
        except _MissingError:
            return None

    def _fill(self, template: str, table: PlannedTable, number: int, column: Column) -> str:
        def replace(match: re.Match[str]) -> str:
            first, second = match[1], match[2]
            if second is not None:
                return self.form_name(second) if BY_KEY[first].form else self.column_name(first, second)
            if first == "periksa":
                return self._periksa(table, number)
            if first == "above":
                return f"{column.letters}${HEADING_ROW}:{column.letters}{number - 1}"
            place = column if first == "self" else table.column(first)
            if place is None:
                raise _MissingError(first)
            return f"{place.letters}{number}"

        return _PLACE.sub(replace, template)

    def form_name(self, key: str) -> str:
        """The defined name of a value of the form, or an empty text where the form lacks it."""
        form = self.plan.form
        number = form.number(key) if form else None
        if form is None or number is None:
            return '""'
        name = safe_name(form.spec.field(key).heading)
        self.names[name] = f"={quoted(form.data.name)}!$B${number}"
        return name

    def column_name(self, sheet: str, key: str) -> str:
        """The defined name of a whole column of a table.

        Raises:
            _MissingError: the workbook has no such sheet or column.
        """
        table = self.plan.table(sheet)
        column = table.column(key) if table else None
        if table is None or column is None:
            raise _MissingError(f"{sheet}.{key}")
        name = safe_name("Data", table.data.name, BY_KEY[sheet].field(key).heading)
        whole = self._whole(table, column)
        self.names[name] = f"=INDEX({whole},2):{quoted(table.data.name)}!${column.letters}${table.reach}"
        return name

    def list_name(self, sheet: str, key: str) -> str | None:
        """The defined name of a column's filled part, for a drop-down; None if it is not there."""
        table = self.plan.table(sheet)
        column = table.column(key) if table else None
        if table is None or column is None:
            return None
        name = safe_name("Daftar", table.data.name, BY_KEY[sheet].field(key).heading)
        whole = self._whole(table, column)
        last = f'MAX(2,SUMPRODUCT(MAX(({whole}<>"")*(ROW({whole})-MIN(ROW({whole}))+1))))'
        self.names[name] = f"=INDEX({whole},2):INDEX({whole},{last})"
        return name

    def _whole(self, table: PlannedTable, column: Column) -> str:
        """A column from its heading to where lookups end: rows may be inserted anywhere in it."""
        return f"{quoted(table.data.name)}!${column.letters}${HEADING_ROW}:${column.letters}${table.reach}"

    def _range(self, table: PlannedTable, number: int, column: Column) -> str:
        """From the heading (or the Jumlah before) to the row above: right wherever a row is inserted."""
        letters = column.letters
        return f"{letters}${table.anchor(number)}:INDEX({letters}:{letters},ROW()-1)"

    def _sum(self, table: PlannedTable, number: int, column: Column) -> tuple[str, str]:
        """The sum of a Jumlah's rows, and how many of them hold a number."""
        cells, total = self._range(table, number, column), table.spec.total if table.spec else None
        where = table.column(total.where[0]) if total and total.where else None
        if total and total.where and where is not None:
            kinds = self._range(table, number, where)
            one = f'"{total.where[1]}"'
            return f"SUMIF({kinds},{one},{cells})", f"SUMPRODUCT(({kinds}={one})*ISNUMBER({cells}))"
        before = [f"{column.letters}${each}" for each in table.totals() if table.anchor(number) <= each < number]
        minus_amounts = "".join(f"-N({cell})" for cell in before)
        minus_counts = "".join(f"-COUNT({cell})" for cell in before)
        return f"SUM({cells}){minus_amounts}", f"COUNT({cells}){minus_counts}"

    def _sum_or_blank(self, table: PlannedTable, number: int, column: Column) -> str:
        amount, count = self._sum(table, number, column)
        return f'IF({count}=0,"",{amount})'

    def marks(self, table: PlannedTable, number: int) -> list[Mark]:
        """All live checks of a row, from left to right."""
        marks: list[Mark] = []
        row = table.row(number)
        for column in table.columns:
            if column.field is None or table.spec is None:
                continue
            total = table.spec.total if row.total else None
            if total is not None and column.key in total.fields:
                marks += self._total_marks(table, number, column)
            elif column.field.mark and (total is None or self._in_total(table, column.key)):
                rendered = self.render(column.field.mark, table, number, column)
                if rendered is not None:
                    marks.append(Mark(Check.FIELD, column.key, rendered[1:], f"{column.field.heading} tidak cocok"))
        return marks

    def _total_marks(self, table: PlannedTable, number: int, column: Column) -> list[Mark]:
        heading, cell = column.field.heading if column.field else "", f"{column.letters}{number}"
        total, marks = table.spec.total if table.spec else None, list[Mark]()
        if (total and total.by) or len(table.totals()) == 1:  # subtotals are left to the full check
            amount, _ = self._sum(table, number, column)
            expression = f"IF(ISNUMBER({cell}),ABS({cell}-({amount}))>0.005,FALSE)"
            marks.append(Mark(Check.SUM, column.key, expression, f"{heading} bukan jumlah barisnya"))
        for sheet in total.agrees if total else ():
            name = self._total_name(sheet, column.key)
            if name is not None:
                text = f"{heading} berbeda dengan lembar {BY_KEY[sheet].name}"
                marks.append(Mark(Check.SHEET, column.key, _differs(cell, name), text, other=sheet))
        if total and total.by:
            for other in (each for each in table.totals() if each != number):
                expression = _differs(cell, f"{column.letters}${other}")
                text = f"{heading} berbeda antarkelompok"
                marks.append(Mark(Check.GROUP, column.key, expression, text, other_row=other))
        return marks

    def _total_name(self, sheet: str, key: str) -> str | None:
        """The defined name of another sheet's Jumlah."""
        table = self.plan.table(sheet)
        column = table.column(key) if table else None
        total = table.spec.total if table and table.spec else None
        if table is None or column is None or total is None or key not in total.fields or not table.totals():
            return None
        name = safe_name("Jumlah", table.data.name, BY_KEY[sheet].field(key).heading)
        self.names[name] = f"={quoted(table.data.name)}!${column.letters}${table.totals()[-1]}"
        return name

    def _periksa(self, table: PlannedTable, number: int) -> str:
        """The texts of the marks that hold, joined by "; "; each text once."""
        by_text: dict[str, list[str]] = {}
        for mark in self.marks(table, number):
            by_text.setdefault(mark.text, []).append(f"IFERROR({mark.expression},FALSE)")
        if not by_text:
            return '""'
        parts = (
            f'IF({all_[0] if len(all_) == 1 else "OR(" + ",".join(all_) + ")"},"; {text}","")'
            for text, all_ in by_text.items()
        )
        return f"MID({'&'.join(parts)},3,250)"

    def summary(self, table: PlannedTable) -> str | None:
        """The line above the headings that counts what does not agree; None without a column Periksa."""
        column = table.column("periksa")
        if column is None:
            return None
        texts = f"{column.letters}${HEADING_ROW}:{column.letters}${table.reach}"
        count = f'SUMPRODUCT(({texts}<>"")+LEN({texts})-LEN(SUBSTITUTE({texts},";","")))-1'
        return f'=IF({count}=0,"{NO_DIFFERENCE}","Pemeriksaan: "&{count}&"{DIFFERENCES}")'


NO_DIFFERENCE = "Pemeriksaan: tidak ada selisih."
DIFFERENCES = " hal tidak cocok, lihat sel merah dan kolom Periksa."


def _differs(cell: str, other: str) -> str:
    return f"IF(AND(ISNUMBER({cell}),ISNUMBER({other})),ABS({cell}-{other})>0.005,FALSE)"
