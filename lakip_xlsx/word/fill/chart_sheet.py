"""The data sheet behind a chart: the small workbook that Word opens at "Edit Data".

It is written directly, because it is always the same few parts: one sheet, names in column A, one column
per series, and at the right the names uncut where they were shortened beside the bars. Its zip is stored,
not compressed: the document around it is, and the bytes depend on no version of a library.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final

from lakip_xlsx.finding import column_letters
from lakip_xlsx.report.content import Chart
from lakip_xlsx.word.fill.chart import SHEET, labels, value_text
from lakip_xlsx.word.xml import escape

_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PLAIN, _HEADING, _NUMBER = 0, 1, 2  # cell formats, in the order of _styles
_COLORS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "1F3864",
    "lt2": "DCE6F1",
    **{f"accent{number}": color for number, color in enumerate(("1F3864", "8B98B0", "C3CBD8") * 2, 1)},
    "hlink": "0563C1",
    "folHlink": "954F72",
}
_SCHEME = "".join(f'<a:{name}><a:srgbClr val="{color}"/></a:{name}>' for name, color in _COLORS.items())
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_FONTS = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
_THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Data"><a:themeElements>'
    '<a:clrScheme name="Data">'
    f"{_SCHEME}</a:clrScheme>"
    f'<a:fontScheme name="Data"><a:majorFont>{_FONTS}</a:majorFont><a:minorFont>{_FONTS}</a:minorFont></a:fontScheme>'
    f'<a:fmtScheme name="Data"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
    f"<a:lnStyleLst>{f'<a:ln>{_FILL}</a:ln>' * 3}</a:lnStyleLst>"
    f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)
_FIXED: Final = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    '<Override PartName="/xl/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="rId4" Type="{_OFFICE}/theme" Target="theme/theme1.xml"/></Relationships>',
    "xl/theme/theme1.xml": _THEME,
}


def workbook(chart: Chart) -> bytes:
    """The data sheet of a chart as the bytes of an ``.xlsx``."""
    texts: list[str] = []
    parts = {**_FIXED, "xl/styles.xml": _styles(chart.places), "xl/worksheets/sheet1.xml": _sheet(chart, texts)}
    parts["xl/sharedStrings.xml"] = _strings(texts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 0
            archive.writestr(info, f"{_HEAD}{content}")
    return target.getvalue()


def _styles(places: int) -> str:
    """Three cell formats: text that wraps, bold headings, and the numbers of this chart."""
    code = f"#,##0.{'0' * places}" if places else "#,##0"
    wrapped = '<alignment vertical="top" wrapText="1"/>'
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3">'
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">{wrapped}</xf>'
        f'<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">{wrapped}</xf>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
        '<alignment vertical="top"/></xf></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _strings(texts: Sequence[str]) -> str:
    """The table of texts, in the order of their cells."""
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    return f'<sst xmlns="{_MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">{items}</sst>'


def _sheet(chart: Chart, texts: list[str]) -> str:
    """The sheet; its texts go to the end of ``texts``."""
    last = len(chart.series) + 1
    widths = f'<col min="1" max="1" width="44" customWidth="1"/><col min="2" max="{last}" width="20" customWidth="1"/>'
    if chart.full_names != chart.categories:
        widths += f'<col min="{last + 1}" max="{last + 1}" width="90" customWidth="1"/>'
    rows = "".join(f'<row r="{number}">{"".join(cells)}</row>' for number, cells in enumerate(_rows(chart, texts), 1))
    return f'<worksheet xmlns="{_MAIN}"><cols>{widths}</cols><sheetData>{rows}</sheetData></worksheet>'


def _rows(chart: Chart, texts: list[str]) -> Iterator[list[str]]:
    """The cells of every row, the headings first."""
    cut = chart.full_names != chart.categories
    headings = ["Uraian", *(series.name for series in chart.series), *(["Uraian lengkap"] if cut else [])]
    yield [_text_cell(column, 1, heading, texts, _HEADING) for column, heading in enumerate(headings, 1)]
    for at, label in enumerate(labels(chart)):
        cells = [_text_cell(1, at + 2, label, texts)]
        for column, series in enumerate(chart.series, 2):
            value = series.values[at]
            if value is not None:
                place = f"{column_letters(column)}{at + 2}"
                cells.append(f'<c r="{place}" s="{_NUMBER}"><v>{value_text(value)}</v></c>')
        if cut:
            cells.append(_text_cell(len(headings), at + 2, chart.full_names[at], texts))
        yield cells


def _text_cell(column: int, row: int, text: str, texts: list[str], style: int = _PLAIN) -> str:
    texts.append(text)
    return f'<c r="{column_letters(column)}{row}" s="{style}" t="s"><v>{len(texts) - 1}</v></c>'
