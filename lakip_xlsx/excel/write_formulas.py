"""From the declared notation to formulas of one workbook: placeholders become cells and defined names.

Other sheets are always named by defined names (``Data_Renstra_Kode``), because only those work alike in
cells, drop-downs and conditional formats, in Excel and in LibreOffice. A name of a column begins one row
below the heading whatever is inserted there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lakip_xlsx.excel.write_plan import HEADING_ROW, Column, Plan, PlannedTable, quoted, safe_name
from lakip_xlsx.workbook import totals
from lakip_xlsx.workbook.formulas import texts
from lakip_xlsx.workbook.sheets import BY_KEY
from lakip_xlsx.workbook.spec import NUMERIC, Mark

_ROW = "\0"  # stands for the row's number in a formula that is kept for the whole column
_COUNTED = "Hitung_"  # begins the names of what is calculated once for all rows
_ONCE = re.compile(r"\[([^\[\]]+)\]")
_PLACE = re.compile(r"\{([a-z_0-9]+)(?:\.([a-z_0-9]+))?\}")


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A live check of one cell: its column, and the words that stand in the column Periksa if it is true."""

    column: Column
    mark: Mark

    @property
    def wrong(self) -> str:
        """The formula in the notation, with the cell's own column for ``{self}``."""
        return self.mark.wrong.replace("{self}", f"{{{self.column.key}}}")

    @property
    def text(self) -> str:
        """Which cell of the row does not agree, and with what."""
        return f"{self.column.heading.rstrip(' *')}: {self.mark.said}"


class _MissingError(LookupError):
    """A formula needs a column that this workbook does not have."""


@dataclass(slots=True)
class Formulas:
    """All formulas of a planned workbook. ``names`` collects the defined names that they need."""

    plan: Plan
    names: dict[str, str] = field(default_factory=dict)
    _rendered: dict[tuple[str, str, str], str | None] = field(default_factory=dict)
    _marks: dict[tuple[str, bool], list[PlacedMark]] = field(default_factory=dict)

    def standard(self, table: PlannedTable, number: int, key: str) -> str | None:
        """The formula of the standard workbook for a cell; None if it has none, or lacks a column for it."""
        column = table.column(key)
        if column is None or column.field is None or table.spec is None:
            return None
        template = self.template(table, number, column)
        return self.render(template, table, number, column) if template else None

    def template(self, table: PlannedTable, number: int, column: Column) -> str:
        """The declared formula of a cell, in its notation; empty where it has none."""
        if column.field is None or table.spec is None:
            return ""
        if table.row(number).total and table.spec.total is not None:
            if column.key in table.spec.total.fields:
                return totals.jumlah(table.spec)
            if not self._in_total(table, column.key):
                return ""
        if column.field.formula == "{periksa}":
            return self.periksa(table, total=table.row(number).total)
        return column.field.formula

    def _in_total(self, table: PlannedTable, key: str) -> bool:
        """Whether a computed column has its place in the Jumlah row: what it needs is summed there."""
        if table.spec is None or table.spec.total is None:
            return False
        needed = {match[1] for match in _PLACE.finditer(table.spec.field(key).formula)}
        return needed <= {*table.spec.total.fields, "periksa"}

    def render(self, template: str, table: PlannedTable, number: int, column: Column) -> str | None:
        """A declared formula as it stands in one cell; None if the workbook lacks something it needs."""
        place = (table.data.name, column.letters, template)
        if place not in self._rendered:
            try:
                self._rendered[place] = "=" + self._fill(template, table, column)
            except _MissingError:
                self._rendered[place] = None
        formula = self._rendered[place]
        return None if formula is None else formula.replace(_ROW, str(number))

    def _fill(self, template: str, table: PlannedTable, column: Column) -> str:
        def replace(match: re.Match[str]) -> str:
            first, second = match[1], match[2]
            if first == "above":
                return _above(column if second is None else table.column(second))
            if second is not None:
                return self.form_name(second) if BY_KEY[first].form else self.column_name(first, second)
            place = column if first == "self" else table.column(first)
            if place is None:
                raise _MissingError(first)
            return f"{place.letters}{_ROW}"

        filled = _ONCE.sub(lambda match: self._once_name(match[1]), _PLACE.sub(replace, template))
        return filled.replace('CELL("format","")', '"G"')  # a line that the form lacks

    def _once_name(self, expression: str) -> str:
        """The defined name of what is the same for every row."""
        wanted = f"={expression}"
        known = (name for name, said in self.names.items() if said == wanted and name.startswith(_COUNTED))
        name = next(known, f"{_COUNTED}{sum(each.startswith(_COUNTED) for each in self.names) + 1}")
        self.names[name] = wanted
        return name

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

    def marks(self, table: PlannedTable, *, total: bool) -> list[PlacedMark]:
        """All live checks of a row, from left to right; those for which this workbook has the columns."""
        place = (table.data.name, total)
        if place not in self._marks:
            self._marks[place] = [
                PlacedMark(column, mark)
                for column in table.columns
                for mark in self._declared(table, column, total=total)
                if self.render(mark.wrong, table, 0, column) is not None
            ]
        return self._marks[place]

    def _declared(self, table: PlannedTable, column: Column, *, total: bool) -> tuple[Mark, ...]:
        if column.field is None or table.spec is None:
            return ()
        summed = table.spec.total if total else None
        if summed is not None and column.key in summed.fields:
            return totals.marks(table.spec, column.key)
        return column.field.marks if summed is None or self._in_total(table, column.key) else ()

    def periksa(self, table: PlannedTable, *, total: bool) -> str:
        """The column Periksa of a row in the notation: the texts of the marks that hold, joined by "; "."""
        marks = self.marks(table, total=total)
        parts = (f'IF(IFERROR({mark.wrong},FALSE),"; {mark.text}","")' for mark in marks)
        return f"MID({'&'.join(parts)},3,250)" if marks else '""'

    def summary(self, table: PlannedTable) -> str | None:
        """The line above the headings that counts what does not agree; None without a column Periksa."""
        count = self.differences(table)
        if count is None:
            return None
        columns = [self.column_name(table.data.key, key) for key in self.judged(table)]
        unread = f"IFERROR({'+'.join(texts(name) for name in columns) or 0},0)"
        return (
            f'="Pemeriksaan: "&IF({count}=0,"{NO_DIFFERENCE}",{count}&"{DIFFERENCES}")'
            f'&IF({unread}=0,"",{_quoted_around(UNREAD, unread)})'
        )

    def differences(self, table: PlannedTable) -> str | None:
        """How many live checks find something, as an expression for any sheet; None without a column Periksa."""
        column = table.column("periksa")
        if column is None:
            return None
        said = f"{quoted(table.data.name)}!${column.letters}${HEADING_ROW}:${column.letters}${table.reach}"
        return f'SUMPRODUCT(({said}<>"")+LEN({said})-LEN(SUBSTITUTE({said},";","")))-1'

    def judged(self, table: PlannedTable) -> list[str]:
        """The columns of numbers that the live checks of this sheet look at: a text there is not known to them."""
        if table.spec is None:
            return []
        used = set(table.spec.total.fields if table.spec.total else ())
        for each in (each for each in table.spec.fields if each.marks):
            used |= {each.key, *(match[1] for mark in each.marks for match in _PLACE.finditer(mark.wrong))}
        fields = (column.field for column in table.columns if column.key in used)
        return [each.key for each in fields if each is not None and each.kind in NUMERIC]

    def claims(self, table: PlannedTable) -> str:
        """What the live checks of this sheet look at, with the codes of the findings that they stand for."""
        summed = table.spec.total.fields if table.spec and table.spec.total else ()
        of_fields = (mark for column in table.columns if column.field for mark in column.field.marks)
        of_totals = (mark for key in summed if table.spec for mark in totals.marks(table.spec, key))
        said = dict.fromkeys(f"{mark.what} ({', '.join(mark.codes)})" for mark in (*of_fields, *of_totals) if mark.what)
        return f"Diperiksa di sini: {'; '.join(said)}. {ELSEWHERE}" if said else ""


NO_DIFFERENCE = "tidak ada selisih."
DIFFERENCES = " hal tidak cocok, lihat sel merah dan kolom Periksa."
UNREAD = " Belum diperiksa di sini: {} angka yang tertulis sebagai teks."
ELSEWHERE = "Sel kosong, teks, kata lain, dan selebihnya: lakip-xlsx check."


def _quoted_around(words: str, expression: str) -> str:
    """Words with a number in their midst, as a formula puts them together."""
    before, _, after = words.partition("{}")
    return f'"{before}"&({expression})&"{after}"'


def _above(column: Column | None) -> str:
    """From the heading to the row above: right wherever a row is inserted or deleted."""
    if column is None:
        raise _MissingError
    letters = column.letters
    return f"{letters}${HEADING_ROW}:INDEX({letters}:{letters},ROW()-1)"
