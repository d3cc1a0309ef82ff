"""What helps while a sheet is filled: drop-downs, prompts, gentle warnings and live red cells."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from lakip_xlsx.excel.standing import needed
from lakip_xlsx.excel.styles import Styles
from lakip_xlsx.excel.write_formulas import Formulas
from lakip_xlsx.excel.write_plan import CHECK_ROW, PlannedForm, PlannedTable
from lakip_xlsx.workbook.spec import Field, Kind

NARASI_OPTIONS = "tata_letak.bagian"
NARASI_NAME = "Daftar_Bagian"
"""The parts of the chosen layout, listed on the guidance sheet; see :mod:`lakip_xlsx.excel.guide`."""

_COUNT_AT = len("Pemeriksaan: ") + 1
_RULES: dict[Kind, tuple[str, str]] = {
    Kind.MONEY: (
        'IF(ISNUMBER({cell}),{cell}>=0,{cell}="-")',
        "Isi angka saja, tanpa Rp dan tanpa titik. Tulis - bila memang tidak ada.",
    ),
    Kind.PERCENT: ("ISNUMBER({cell})", "Isi persentase, misalnya 98,65%."),
    Kind.COUNT: (
        'IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),{cell}="-")',
        "Isi jumlah orang dengan bilangan bulat.",
    ),
    Kind.YEAR: (
        "IF(ISNUMBER({cell}),AND({cell}>=1990,{cell}<=2100,{cell}=INT({cell})),FALSE)",
        "Isi tahun dengan empat angka, misalnya 2025.",
    ),
}


def add_choices(formulas: Formulas, sheet: Worksheet, table: PlannedTable) -> None:
    """Drop-downs, prompts and number checks for the data rows of a table."""
    blocks = _blocks(table)
    for column in table.columns:
        if column.field is None or not blocks or column.key == "periksa":
            continue
        options = validation(formulas, column.field, f"{column.letters}{blocks[0][0]}")
        if options is None:
            continue
        (first, last), *others = blocks
        if others:
            options["other_cells"] = [[start - 1, column.index, end - 1, column.index] for start, end in others]
        sheet.data_validation(first - 1, column.index, last - 1, column.index, options)
    texts = [c.letters for c in table.columns if c.field and c.field.kind in {Kind.CODE, Kind.TEXT, Kind.CHOICE}]
    if texts and table.data.rows:
        ranges = " ".join(f"{letters}{table.first}:{letters}{table.last}" for letters in texts)
        sheet.ignore_errors({"number_stored_as_text": ranges})


def add_form_help(formulas: Formulas, styles: Styles, sheet: Worksheet, form: PlannedForm) -> None:
    """Drop-downs and prompts of the form; a required value that is still missing is amber."""
    for field in form.spec.fields:
        number = form.number(field.key)
        if number is None:
            continue
        if options := validation(formulas, field, f"$B${number}"):
            sheet.data_validation(number - 1, 1, number - 1, 1, options)
        if field.required:
            rule = {"type": "formula", "criteria": f'=$B${number}=""', "format": styles.missing()}
            sheet.conditional_format(number - 1, 1, number - 1, 1, rule)
        if field.kind is Kind.CODE:
            sheet.ignore_errors({"number_stored_as_text": f"B{number}"})


def validation(formulas: Formulas, field: Field, cell: str) -> dict[str, object] | None:
    """What Excel offers and asks for in a cell of this field, if anything. Only closed lists refuse other input."""
    shared: dict[str, object] = {"ignore_blank": True, "error_title": field.heading[:32]}
    source = _options(formulas, field)
    if source is not None:
        message = "Isian ini tidak ada dalam daftar. Tetap dipakai?"
        return {"validate": "list", "source": source, "error_type": "warning", "error_message": message, **shared}
    if field.choices:
        message = "Pilih salah satu dari daftar: " + ", ".join(field.choices) + "."
        return {"validate": "list", "source": list(field.choices), "error_message": message[:255], **shared}
    if field.kind in _RULES:
        rule, message = _RULES[field.kind]
        value = "=" + rule.format(cell=cell)
        return {"validate": "custom", "value": value, "error_type": "warning", "error_message": message, **shared}
    return None


def _options(formulas: Formulas, field: Field) -> str | None:
    """The defined name of the list that a field offers."""
    if field.options == NARASI_OPTIONS:
        return f"={NARASI_NAME}"
    sheet, _, key = field.options.partition(".")
    name = formulas.list_name(sheet, key) if key else None
    return f"={name}" if name else None


def _blocks(table: PlannedTable) -> list[tuple[int, int]]:
    """First and last row of each run of data rows, between the Jumlah rows."""
    blocks: list[tuple[int, int]] = []
    start: int | None = None
    for number in [*table.numbers(), table.last + 1]:
        ends = number > table.last or table.row(number).total
        if not ends and start is None:
            start = number
        elif ends and start is not None:
            blocks.append((start, number - 1))
            start = None
    return blocks


def add_marks(styles: Styles, sheet: Worksheet, table: PlannedTable) -> None:
    """Red cells: one rule for each column with a live check. It reads what the column Periksa says of the row."""
    periksa = table.column("periksa")
    if not table.data.rows or periksa is None or table.spec is None:
        return
    summed = table.spec.total.fields if table.spec.total else ()
    for column in table.columns:
        if column.field is not None and (column.field.marks or column.key in summed):
            said = f'"; {column.heading.rstrip(" *")}: "'
            rule = f'=ISNUMBER(FIND({said},"; "&${periksa.letters}{table.first}))'
            place = (table.first - 1, column.index, table.last - 1, column.index)
            sheet.conditional_format(*place, {"type": "formula", "criteria": rule, "format": styles.wrong()})


def add_missing(styles: Styles, sheet: Worksheet, table: PlannedTable) -> None:
    """Amber cells: what a row that has begun still needs; money only once the column holds any."""
    columns, blocks = needed(table), _blocks(table)
    begun = "+".join(f'(${column.letters}{{0}}<>"")' for column in columns)
    for column in table.columns:
        if not begun or column.field is None or not column.field.required or column.field.computed:
            continue
        first, last = blocks[0][0] if blocks else table.first, table.last
        used = f"COUNT(${column.letters}${first}:${column.letters}${last})>0" if column.field.all_or_none else "TRUE"
        for start, end in blocks:
            place = (start - 1, column.index, end - 1, column.index)
            criteria = f'=AND({column.letters}{start}="",{begun.format(start)}>0,{used})'
            sheet.conditional_format(*place, {"type": "formula", "criteria": criteria, "format": styles.missing()})


def mark_summary(styles: Styles, sheet: Worksheet) -> None:
    """The line above the headings turns red when it counts something."""
    rule = {
        "type": "formula",
        "criteria": f"=ISNUMBER(-MID($A${CHECK_ROW},{_COUNT_AT},1))",
        "format": styles.wrong_text(),
    }
    sheet.conditional_format(CHECK_ROW - 1, 0, CHECK_ROW - 1, 0, rule)
