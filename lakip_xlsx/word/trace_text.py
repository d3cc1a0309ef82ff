"""What the writing and the reading of anchors must see alike: texts and the numbers of charts."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from lxml import etree

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def chart_values(blob: bytes) -> str:
    """All numbers that a chart draws, in order; programs may write them differently, so in plain form."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(blob, parser)
    except etree.XMLSyntaxError:
        return ""
    numbers = (point.text or "" for values in root.iter(f"{_C}val") for point in values.iter(f"{_C}v"))
    return " ".join(_plain(number.strip()) for number in numbers)


def _plain(number: str) -> str:
    try:
        return format(Decimal(number).normalize(), "f")
    except InvalidOperation:
        return number
