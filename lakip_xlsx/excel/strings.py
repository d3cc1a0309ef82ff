"""Texts as Excel stores them: shared strings, rich runs, and the escapes for what XML cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard.package import Package

UNKNOWN = "\ufffd"
"""Stands for a character that no document can hold, so that it is seen and not lost."""

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c]")
_UNFIT = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def shared_strings(package: Package, part: str | None) -> list[str]:
    """The table of texts that cells point into.

    Raises:
        UnreadableError: the table is missing, damaged or beyond the limits.
    """
    strings: list[str] = []
    held = 0
    for item in package.elements(part, "si") if part is not None else ():
        text = string_of(item)
        strings.append(text)
        held += len(text)
        if len(strings) > package.limits.strings or held > package.limits.text:
            raise UnreadableError(f"{package.path.name}: memuat terlalu banyak teks. Hapus lembar yang tidak perlu.")
    return strings


def string_of(item: etree._Element) -> str:
    """The text of a string item: plain, or its rich runs joined; phonetic hints left out."""
    return unescape("".join(_pieces(item)))


def _pieces(item: etree._Element) -> Iterator[str]:
    for child in item:
        name = str(child.tag).rpartition("}")[2]
        if name == "t":
            yield child.text or ""
        elif name == "r":
            yield from (part.text or "" for part in child if str(part.tag).rpartition("}")[2] == "t")


def unescape(text: str) -> str:
    """Decode Excel's ``_xHHHH_`` escapes; every kind of line break becomes an ordinary one.

    What no XML document can hold (control characters, half a surrogate pair) becomes U+FFFD: visible,
    and harmless further on.
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if text.isascii() and text.isprintable():
        return text
    return _UNFIT.sub(UNKNOWN, _BREAKS.sub("\n", text))
