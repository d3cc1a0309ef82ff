"""XML in the plain form that all usual programs write, taken apart as text instead of parsed.

What is not in that form is not repaired and not refused here: :class:`NotPlainError` says that an XML
parser must look at the whole part. The plain form is a subset of well-formed XML, so every part that is
read here would be read by the parser as well, and say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.guard.package import Package, nodes

_MOST_WAITING = 1 << 23  # bytes without the end of an item
_LONGEST_TAG = 400  # characters of one tag's attributes
_PROLOG = re.compile(
    r"""<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?(?: standalone=["'](?:yes|no)["'])? ?\?>"""
)
_FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # U+FFFE and U+FFFF, which XML has not
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED = {"&quot;": '"', "&lt;": "<", "&gt;": ">", "&apos;": "'", "&amp;": "&"}  # what makes new marks comes last
_FRAGMENTS = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
KNOWN_PREFIX = "x14ac"
"""The one prefix that attributes of rows and cells may have: Excel's own for the height of a line."""
_DECLARED = f'xmlns:{KNOWN_PREFIX}="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'


class NotPlainError(Exception):
    """A part is not in the plain form; nothing is said about whether it is sound."""


def pieces(package: Package, part: str, end: bytes) -> Iterator[str]:
    """The text of a part in pieces that end with the mark ``end``; the last one is what stands behind it.

    The mark must end in ``>``. Line breaks are as XML wants them.

    Raises:
        NotPlainError: the part is not in UTF-8, holds what no XML document may hold, is damaged, or may go
            beyond a limit.
    """
    waiting, pending = b"", 0
    try:
        for chunk in package.checked(part):
            pending += nodes(chunk)
            if 2 * pending > package.limits.branch or len(waiting) > _MOST_WAITING:
                raise NotPlainError
            at = (waiting[-len(end) :] + chunk).rfind(end)
            if at < 0:
                waiting += chunk
                continue
            data = waiting + chunk
            cut = data.rfind(end) + len(end)
            waiting, pending = data[cut:], 0
            yield _text(data[:cut])
    except UnreadableError as error:
        raise NotPlainError from error
    yield _text(waiting)


def _text(data: bytes) -> str:
    """The characters of a piece of XML."""
    if len(data.translate(None, _FORBIDDEN)) != len(data):
        raise NotPlainError
    if not data.isascii() and any(mark in data for mark in _NO_CHARACTERS):
        raise NotPlainError
    try:
        text = data.decode()
    except UnicodeError as error:
        raise NotPlainError from error
    if "]]>" in text:
        raise NotPlainError
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def skeleton(package: Package, part: str, text: str) -> etree._Element:
    """What is left of a part when its items are taken out, parsed: the judge of everything around them.

    Raises:
        NotPlainError: it is damaged, or holds anything that a mark could hide in.
    """
    text = text.removeprefix("\ufeff")
    prolog = _PROLOG.match(text)
    if "<!" in text or "<?" in text[prolog.end() if prolog else 0 :]:
        raise NotPlainError
    try:
        return package.parse(text.encode(), part)
    except UnreadableError as error:
        raise NotPlainError from error


def resolved(text: str) -> str:
    """A text with its references as the characters that they mean.

    Raises:
        NotPlainError: it holds something else behind ``&``.
    """
    marks = left = text.count("&")
    if not marks:
        return text
    found = text
    for reference, character in _NAMED.items():
        before = len(found)
        found = found.replace(reference, character)
        left -= (before - len(found)) // (len(reference) - 1)
        if not left:
            return found
    found, count = _REFERENCE.subn(_character, text)
    if count != marks:
        raise NotPlainError
    return found


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[0]]
    code = int(match[2]) if match[2] else int(match[3], 16)
    legal = 0x20 <= code <= 0xD7FF or code in {0x9, 0xA, 0xD} or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    if not legal:
        raise NotPlainError
    return chr(code)


class Attributes(NamedTuple):
    """What a tag says, and whether it needs the known prefix to be declared."""

    values: Mapping[str, str]
    prefixed: bool


def attributes(rest: str) -> Attributes:
    """The attributes of a tag behind its first one, ``r``; judged by the parser, once for each wording.

    Raises:
        NotPlainError: they are not well-formed, or unusual.
    """
    found = _attributes(rest) if len(rest) <= _LONGEST_TAG else None
    if found is None:
        raise NotPlainError
    return found


@lru_cache(maxsize=4096)
def _attributes(rest: str) -> Attributes | None:
    if "&" in rest or "<" in rest or ">" in rest or "xmlns" in rest:
        return None
    try:
        element = etree.fromstring(f'<x {_DECLARED} r="1"{rest}/>', _FRAGMENTS)
    except etree.XMLSyntaxError:
        return None
    return Attributes({str(key): str(value) for key, value in element.attrib.items()}, f"{KNOWN_PREFIX}:" in rest)


def fragment(text: str) -> etree._Element:
    """One element without any prefix, parsed.

    Raises:
        NotPlainError: it is not well-formed, or holds more than elements and text.
    """
    if "<!" in text or "<?" in text:
        raise NotPlainError
    try:
        return etree.fromstring(text, _FRAGMENTS)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotPlainError from error
