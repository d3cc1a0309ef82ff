"""Where one stands: of every sheet whether it is complete, by a formula on the guidance sheet, with its result.

A row has begun as soon as one of the cells is filled that every row needs; what else it needs is then missing.
The cells that turn yellow in the sheet follow the same definition.
"""

from __future__ import annotations

from dataclasses import dataclass

from lakip_xlsx.excel.calculate_values import ErrorValue
from lakip_xlsx.excel.write_formulas import Formulas
from lakip_xlsx.excel.write_plan import Column, PlannedForm, PlannedTable
from lakip_xlsx.excel.write_values import Values
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.workbook.spec import SheetSpec

WRONG, COMPLETE, EMPTY, OPTIONAL = "ada yang keliru", "lengkap", "belum diisi", "boleh kosong"
MISSING = " sel wajib kosong"
_JUMLAH = "Jumlah"


def needed(table: PlannedTable) -> list[Column]:
    """The columns that every row needs, and whose cells begin a row; not those that the blank workbook fills in."""
    if table.spec is None:
        return []
    preset = preset_columns(table.spec)
    columns = (column for column in table.columns if column.field is not None and column.key not in preset)
    return [
        each
        for each in columns
        if each.field and each.field.required and not (each.field.computed or each.field.all_or_none)
    ]


def preset_columns(spec: SheetSpec) -> set[str]:
    """The columns of labels that the blank workbook offers; none where its presets are whole rows."""
    filled = max((len(texts) for texts in spec.presets), default=0)
    whole = filled >= sum(field.required for field in spec.fields)
    return set() if whole else {field.key for field in spec.fields[:filled]}


@dataclass(frozen=True, slots=True)
class Standing:
    """The formula of one sheet's state, and its result now."""

    formula: str
    result: str


def of_form(values: Values, form: PlannedForm) -> Standing:
    """The state of the form: how many of its required values are missing."""
    count, missing = _missing_of_form(values, form)
    return Standing(
        f'=IF({count}=0,"{COMPLETE}",({count})&"{MISSING}")', f"{missing}{MISSING}" if missing else COMPLETE
    )


def summary_of_form(values: Values, form: PlannedForm) -> Standing:
    """The line above the form that counts what is missing."""
    count, missing = _missing_of_form(values, form)
    done, rest = "Pemeriksaan: isian wajib sudah lengkap.", " isian wajib belum terisi (sel kuning)."
    formula = f'=IF({count}=0,"{done}","Pemeriksaan: "&({count})&"{rest}")'
    return Standing(formula, f"Pemeriksaan: {missing}{rest}" if missing else done)


def _missing_of_form(values: Values, form: PlannedForm) -> tuple[str, int]:
    """How many required values the form lacks: as an expression, and now."""
    required = [field.key for field in form.spec.fields if field.required and form.number(field.key) is not None]
    expression = "+".join(f'({values.formulas.form_name(key)}="")' for key in required) or "0"
    return expression, sum(values.form(key) in {None, ""} for key in required)


def of_table(values: Values, table: PlannedTable) -> Standing | None:
    """The state of a table; None where the sheet has none of the columns that a row needs."""
    columns, formulas = needed(table), values.formulas
    if not columns or table.spec is None:
        return None
    names = [formulas.column_name(table.data.key, column.key) for column in columns]
    label = _label(table)
    data = f'(LEFT({formulas.column_name(table.data.key, label)},6)<>"{_JUMLAH}")*' if label else ""
    begun = f"({_sum(names, '<>')}>0)"
    missing = f"SUMPRODUCT({data}{begun}*({_sum(names, '=')}))"
    differences = formulas.differences(table)
    state = (
        f"IF(SUMPRODUCT({data}{begun})=0,{_when_empty(table.spec, formulas)},"
        f'IF({missing}=0,"{COMPLETE}",{missing}&"{MISSING}"))'
    )
    if differences is not None:
        state = f'IF({differences}>0,"{WRONG}",{state})'
    return Standing(f'=IFERROR({state},"{WRONG}")', _result(values, table, columns, label))


def _label(table: PlannedTable) -> str:
    """The column whose word Jumlah marks a row that holds no data."""
    label = table.spec.total.label if table.spec and table.spec.total else ""
    return label if label and table.column(label) is not None else ""


def _sum(names: list[str], compared: str) -> str:
    return "+".join(f'({name}{compared}"")' for name in names)


def _when_empty(spec: SheetSpec, formulas: Formulas) -> str:
    """What an empty sheet is in the chosen layout, as an expression."""
    demanding = _demanding(spec)
    if len(demanding) in {0, len(LAYOUTS)}:
        return f'"{EMPTY if demanding else OPTIONAL}"'
    chosen = "+".join(f'({formulas.form_name("tata_letak")}="{name}")' for name in demanding)
    return f'IF({chosen}=0,"{OPTIONAL}","{EMPTY}")'


def _demanding(spec: SheetSpec) -> list[str]:
    return [layout.name for layout in LAYOUTS if spec.key in layout.sheets]


def _result(values: Values, table: PlannedTable, columns: list[Column], label: str) -> str:
    """What the formula gives."""
    cells = {number: [values.value(table, number, column.key) for column in columns] for number in table.numbers()}
    if values.differences(table) or any(isinstance(cell, ErrorValue) for row in cells.values() for cell in row):
        return WRONG
    said = {number: values.value(table, number, label) if label else None for number in cells}
    rows = [[cell in {None, ""} for cell in row] for number, row in cells.items() if not _is_jumlah(said[number])]
    begun = [row for row in rows if not all(row)]
    if missing := sum(map(sum, begun)):
        return f"{missing}{MISSING}"
    demanding = _demanding(table.spec) if table.spec else []
    if begun:
        return COMPLETE
    return EMPTY if len(demanding) == len(LAYOUTS) or values.form("tata_letak") in demanding else OPTIONAL


def _is_jumlah(value: object) -> bool:
    return isinstance(value, str) and value.casefold().startswith(_JUMLAH.casefold())
