"""Writing a workbook: the blank one that offices fill, a sample, or the workbook of a test."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import BinaryIO, cast

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException

from lakip_xlsx.errors import OutputError
from lakip_xlsx.excel.blank import blank_data
from lakip_xlsx.excel.guide import write_guide
from lakip_xlsx.excel.styles import NAVY, Styles
from lakip_xlsx.excel.write_cells import ExactWorksheet
from lakip_xlsx.excel.write_data import FormData, SheetData, WorkbookData
from lakip_xlsx.excel.write_formulas import Formulas
from lakip_xlsx.excel.write_plan import PlannedForm, PlannedTable, plan
from lakip_xlsx.excel.write_sheet import Desk, write_form, write_table
from lakip_xlsx.excel.write_values import Values
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.workbook.sheets import VERSION

VERSION_PROPERTY = "lakip-xlsx-versi"
_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # fixed: the same workbook is the same bytes
_FREE_TAB = "#B4C6E7"
_OPTIONAL_TAB = "#A9D08E"
_OPTIONS = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}


def write_workbook(target: Path | BinaryIO, data: WorkbookData | None = None, *, layout: Layout) -> None:
    """Write a workbook; without ``data`` the blank one of this layout. The same call gives the same bytes.

    Raises:
        OutputError: the file cannot be written, or Excel does not allow a sheet's name.
        ValueError: a text is longer than an Excel cell can hold.
    """
    placed = plan(data or blank_data(layout))
    book = Workbook(str(target) if isinstance(target, Path) else target, _OPTIONS)
    book.set_properties({"title": "Workbook LAKIP", "subject": layout.report_name, "created": _CREATED})
    book.set_custom_property(VERSION_PROPERTY, VERSION, "text")
    book.set_size(1600, 1000)
    formulas = Formulas(placed)
    styles = Styles(book)
    desk = Desk(formulas, Values(formulas), styles)
    try:
        define_guide_names = write_guide(book, desk.values, styles, layout)
        tables = iter(placed.tables)
        for sheet in placed.order:
            item = placed.form if isinstance(sheet, FormData) else next(tables)
            if item is not None:
                _write_sheet(book, desk, sheet, item, required=sheet.key in layout.sheets)
        define_guide_names()
        for name, formula in sorted(formulas.names.items()):
            book.define_name(name, formula)
        book.close()
    except (XlsxWriterException, OSError) as error:
        raise OutputError(
            f"{target}: tidak dapat ditulis ({error}). Tutup berkas itu di Excel atau pilih folder lain."
        ) from error


def _write_sheet(
    book: Workbook, desk: Desk, data: SheetData, item: PlannedForm | PlannedTable, *, required: bool
) -> None:
    sheet = cast("ExactWorksheet", book.add_worksheet(data.name, ExactWorksheet))
    sheet.set_comments_author("lakip-xlsx")
    optional = isinstance(item, PlannedTable) and item.spec is not None and item.spec.optional
    sheet.set_tab_color(NAVY if required else _OPTIONAL_TAB if optional else _FREE_TAB)
    if isinstance(item, PlannedForm):
        write_form(desk, sheet, item)
    else:
        write_table(desk, sheet, item)
