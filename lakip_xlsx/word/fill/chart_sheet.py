"""The data sheet behind a chart: the small workbook that Word opens at "Edit Data".

Names stand in column A, then comes one column per series, and at the right the names uncut where they were
shortened beside the bars. A fixed day of creation keeps the bytes the same for the same chart.
"""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter

from lakip_xlsx.report.content import Chart
from lakip_xlsx.word.fill.chart import SHEET, labels

_SOME_DAY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_NAMES, _NUMBERS, _WHOLE_NAMES = 44, 20, 90  # widths of columns, in letters


def workbook(chart: Chart) -> bytes:
    """The data sheet of a chart as the bytes of an ``.xlsx``."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": _SOME_DAY})
    wrapped = {"valign": "top", "text_wrap": True}
    text, heading = book.add_format(wrapped), book.add_format({**wrapped, "bold": True})
    code = f"#,##0.{'0' * chart.places}" if chart.places else "#,##0"
    number = book.add_format({"valign": "top", "num_format": code})
    columns = [("Uraian", _NAMES, labels(chart)), *((each.name, _NUMBERS, each.values) for each in chart.series)]
    if chart.full_names != chart.categories:
        columns.append(("Uraian lengkap", _WHOLE_NAMES, chart.full_names))
    sheet = book.add_worksheet(SHEET)
    for column, (title, width, values) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, heading)
        for row, value in enumerate(values, 1):
            if isinstance(value, str):
                sheet.write_string(row, column, value, text)
            elif value is not None:
                sheet.write_number(row, column, float(value), number)  # what Excel holds; the chart itself is exact
    book.close()
    return target.getvalue()
