"""The XML of a native chart (DrawingML): bars with their numbers, told apart by lightness in print.

Numbers are written as exact decimals; the same ones stand in the data sheet behind the chart (see
:mod:`lakip_xlsx.word.fill.chart_sheet`), at the cells that the formulas here name. Lengths are in centimetres.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import Final

from lakip_xlsx import numbers
from lakip_xlsx.finding import column_letters
from lakip_xlsx.report.content import Chart, ChartKind, Reference, Series
from lakip_xlsx.word.build.styles import DEEP
from lakip_xlsx.word.xml import escape

SHEET: Final = "Data"
WORKBOOK_ID: Final = "rId1"  # the chart part's relation to its data sheet
_TINTS: Final = {1: (0.0,), 2: (0.74, 0.0), 3: (0.86, 0.48, 0.0), 4: (0.92, 0.7, 0.41, 0.0)}
"""For so many series how much white is in the colour of each; the last one is the colour itself."""
_INK, _LINE = "262626", "7F7F7F"
_LABEL_LETTERS, _LABEL_LETTERS_OF_MANY = 38, 52  # per line, beside lying bars
_MANY = 12  # bars: beyond that each takes one line
_FLAT = 0.24  # the height that a series adds to a bar then
_NAMES_SHARE = 0.4  # of the width, for the names beside lying bars
_LEGEND, _AXIS, _MARGIN, _TEXT_LINE, _BAR = 0.85, 1.25, 0.25, 0.35, 0.42
_LETTER = 0.145  # of a number
_COLUMN_HEIGHT = 7.0
_HEADROOM = Decimal("1.15")
_FAR = 5  # times the reference: beyond that its line would be one of very many
_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def labels(chart: Chart) -> tuple[str, ...]:
    """The names as they stand beside the bars: broken into lines where the bars lie."""
    if chart.kind is ChartKind.COLUMN:
        return chart.categories
    letters = _LABEL_LETTERS if len(chart.categories) <= _MANY else _LABEL_LETTERS_OF_MANY
    return tuple(_broken(name, letters) for name in chart.categories)


@lru_cache(maxsize=256)
def _broken(name: str, letters: int) -> str:
    """A name in lines; the same names are asked for by the bars, their height and the data sheet."""
    return "\n".join(textwrap.wrap(name, letters))


def height(chart: Chart) -> float:
    """The height in centimetres that a chart needs."""
    if chart.kind is ChartKind.COLUMN:
        return _COLUMN_HEIGHT
    return _rows_height(chart) + _foot(chart) + _MARGIN


def number_format(places: int) -> str:
    """The format code of the numbers, with comma and dot as in Indonesia where the program can do that."""
    return f"[$-421]#,##0.{'0' * places}" if places else "[$-421]#,##0"


def chart_xml(chart: Chart, width: float, font: str, color: str = DEEP) -> bytes:
    """The chart part for a chart of so many centimetres, in the font and the colour (six digits) of the document."""
    bars = (
        f'<c:barChart><c:barDir val="{"bar" if chart.kind is ChartKind.BAR else "col"}"/>'
        '<c:grouping val="clustered"/><c:varyColors val="0"/>'
        f"{''.join(_series(chart, number, color) for number in range(len(chart.series)))}"
        f'<c:gapWidth val="{80 if len(chart.series) == 1 else 45}"/><c:overlap val="0"/>'
        '<c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>'
    )
    legend = (
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text(900)}</c:legend>' if _has_legend(chart) else ""
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_NAMESPACES}>'
        '<c:date1904 val="0"/><c:lang val="id-ID"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{_layout(chart, width)}{bars}'
        f"{_category_axis(chart)}{_value_axis(chart)}<c:spPr><a:noFill/></c:spPr></c:plotArea>"
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{_text(800, font)}<c:externalData r:id="{WORKBOOK_ID}"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    ).encode()


def value_text(value: Decimal) -> str:
    """A number as it is written in the file: exact, with a decimal dot, without exponent."""
    return f"{value:f}"


# Space


def _has_legend(chart: Chart) -> bool:
    return len(chart.series) > 1


def _foot(chart: Chart) -> float:
    """The height below the bars: axis and legend."""
    return (_LEGEND if _has_legend(chart) else 0) + (_AXIS if _shown_reference(chart) else 0)


def _rows_height(chart: Chart) -> float:
    lines = max(label.count("\n") + 1 for label in labels(chart))
    if len(chart.categories) > _MANY:
        return len(chart.categories) * max(lines * _TEXT_LINE + 0.06, len(chart.series) * _FLAT + 0.2)
    return len(chart.categories) * max(lines * _TEXT_LINE + 0.25, len(chart.series) * _BAR + 0.35)


def _layout(chart: Chart, width: float) -> str:
    """Where the bars stand. Lying bars get a fixed place, so that names and numbers have room."""
    if chart.kind is ChartKind.COLUMN:
        return "<c:layout/>"
    whole = height(chart)
    longest = max((len(numbers.show(value, chart.places)) for value in _values(chart)), default=1)
    beside = 0.02 if _shown_reference(chart) else min(0.3, longest * _LETTER / width)
    box = {
        "x": _NAMES_SHARE,
        "y": _MARGIN / 2 / whole,
        "w": 1 - _NAMES_SHARE - beside,
        "h": _rows_height(chart) / whole,
    }
    sizes = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in box.items())
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{sizes}</c:manualLayout></c:layout>"
    )


# Bars


def _values(chart: Chart) -> list[Decimal]:
    return [value for series in chart.series for value in series.values if value is not None]


def _series(chart: Chart, number: int, color: str) -> str:
    """One row of bars: name, look, numbers at the bars, names, values."""
    series = chart.series[number]
    tints = _TINTS[min(len(chart.series), max(_TINTS))]
    column, last = column_letters(number + 2), len(chart.categories) + 1
    ground = _fill("FFFFFF") if _shown_reference(chart) else "<a:noFill/>"  # numbers that stand on the line
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx>{_string_cache(f'${column}$1', (series.name,))}</c:tx>"
        f"<c:spPr>{_fill(_tinted(color, tints[number % len(tints)]))}{_stroke(color, 6350)}"
        '</c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:numFmt formatCode="{number_format(chart.places)}" sourceLinked="0"/>'
        f"<c:spPr>{ground}<a:ln><a:noFill/></a:ln></c:spPr>{_text(800)}"
        '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat>{_string_cache(f'$A$2:$A${last}', labels(chart))}</c:cat>"
        f"<c:val>{_number_cache(f'${column}$2:${column}${last}', series, chart.places)}</c:val></c:ser>"
    )


def _string_cache(place: str, texts: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{escape(text)}</c:v></c:pt>' for at, text in enumerate(texts))
    return (
        f"<c:strRef><c:f>{SHEET}!{place}</c:f><c:strCache>"
        f'<c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef>'
    )


def _number_cache(place: str, series: Series, places: int) -> str:
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{value_text(value)}</c:v></c:pt>'
        for at, value in enumerate(series.values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>{SHEET}!{place}</c:f><c:numCache><c:formatCode>{number_format(places)}</c:formatCode>"
        f'<c:ptCount val="{len(series.values)}"/>{points}</c:numCache></c:numRef>'
    )


# Axes


def _category_axis(chart: Chart) -> str:
    """The names; beside lying bars the first one is on top, as in the table."""
    lying = chart.kind is ChartKind.BAR
    return (
        f'<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="{"maxMin" if lying else "minMax"}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{"l" if lying else "b"}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/><c:spPr>{_stroke(_LINE)}</c:spPr>{_text(800)}<c:crossAx val="222222222"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(chart: Chart) -> str:
    """Hidden, because every bar has its number; with a reference its line is the axis's only line."""
    reference = _shown_reference(chart)
    lying = chart.kind is ChartKind.BAR
    lines = title = unit = ""
    limits = '<c:min val="0"/>' if all(value >= 0 for value in _values(chart)) else ""
    if reference is not None:
        low, high = _limits(chart, reference.value)
        limits = f'<c:max val="{value_text(high)}"/><c:min val="{value_text(low)}"/>'
        lines = f"<c:majorGridlines><c:spPr>{_stroke(_INK, 15875, 'sysDash')}</c:spPr></c:majorGridlines>"
        title = _axis_title(reference.label)
        unit = f'<c:majorUnit val="{value_text(reference.value)}"/>'
    return (
        '<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/>'
        f'{limits}</c:scaling><c:delete val="{0 if reference else 1}"/><c:axPos val="{"b" if lying else "l"}"/>'
        f'{lines}{title}<c:numFmt formatCode="{number_format(0)}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text(800)}"
        f'<c:crossAx val="111111111"/><c:crosses val="{"max" if lying else "autoZero"}"/>'
        f'<c:crossBetween val="between"/>{unit}</c:valAx>'
    )


def _limits(chart: Chart, reference: Decimal) -> tuple[Decimal, Decimal]:
    """The ends of an axis whose lines fall on the reference, with room for the number at the longest bar."""
    step = reference / 5
    highest, lowest = max([*_values(chart), reference]), min([*_values(chart), Decimal(0)])
    high = (highest * _HEADROOM / step).to_integral_value(ROUND_CEILING) * step
    low = (lowest / reference).to_integral_value(ROUND_FLOOR) * reference
    return low, high


def _shown_reference(chart: Chart) -> Reference | None:
    """The reference, unless some bar is so long that its line could not be told from others."""
    reference = chart.reference
    if reference is None or any(abs(value) > _FAR * reference.value for value in _values(chart)):
        return None
    return reference


def _axis_title(label: str) -> str:
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr/>{_paragraph(800, text=label)}</c:rich></c:tx><c:overlay val="0"/></c:title>'
    )


# Looks


def _fill(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def _tinted(color: str, white: float) -> str:
    """A colour with so much white in it."""
    parts = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(part + (255 - part) * white):02X}" for part in parts)


def _stroke(color: str, width: int = 9525, dash: str = "") -> str:
    kind = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{width}">{_fill(color)}{kind}</a:ln>'


def _text(size: int, font: str = "") -> str:
    """Text properties; size in hundredths of a point."""
    return f"<c:txPr><a:bodyPr/>{_paragraph(size, font)}</c:txPr>"


def _paragraph(size: int, font: str = "", text: str = "") -> str:
    name = escape(font).replace('"', "&quot;")
    face = f'<a:latin typeface="{name}"/><a:cs typeface="{name}"/>' if font else ""
    look = f"{_fill(_INK)}{face}"
    run = f'<a:r><a:rPr lang="id-ID" sz="{size}" b="0"/><a:t>{escape(text)}</a:t></a:r>' if text else ""
    end = "" if text else '<a:endParaRPr lang="id-ID"/>'
    return f'<a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="0">{look}</a:defRPr></a:pPr>{run}{end}</a:p>'
