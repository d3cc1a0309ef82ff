"""Field codes of Word: which fields do nothing but show what is in the document already.

The list says what may stay. All others fetch, run, ask or print something, or nobody knows what they do.
"""

from __future__ import annotations

import re
from typing import Final

HARMLESS: Final = frozenset(
    """
    = ADVANCE AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT BIBLIOGRAPHY CITATION COMMENTS COMPARE CREATEDATE DATE
    DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME FILESIZE FORMCHECKBOX FORMDROPDOWN FORMTEXT
    HYPERLINK IF INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM MERGEFIELD NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE
    PAGEREF PRINTDATE QUOTE REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ SET SHAPE STYLEREF SUBJECT SYMBOL TA
    TC TEMPLATE TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME XE
    """.split()  # noqa: SIM905  read as a page, not as a column
)
NESTED: Final = "\ufffc"
"""Stands in a code where another field, or a letter that is drawn, stands: nobody knows what it will read."""
_CODE: Final = re.compile(rf"\s*(=|[^\s\"“”\\=()[\]{{}}{NESTED}]*)")
_ARGUMENT: Final = re.compile(r'(\\\S|[“"](?P<quoted>[^"”]*)["”]?|(?P<plain>[^\s"“]+))')
_SWITCHES: Final = frozenset({"\\l", "\\o", "\\t"})  # of a hyperlink: what follows belongs to them
_WEB: Final = re.compile(r"(?i)(?:https?://|mailto:)[^\x00-\x20\\][^\x00-\x1f\\]*")


def refused(code: str) -> str:
    """The name of a field that may not stay, with its address if that is the reason; empty for one that may."""
    found = _CODE.match(code)
    name = found[1].upper() if found else ""
    rest = code[found.end() :] if found else code
    if not name and not rest.strip():
        return ""
    if name not in HARMLESS or (name != "=" and rest.startswith(NESTED)):
        return name[:40] or "tanpa nama"
    if name == "HYPERLINK":
        target = _address(rest)
        if NESTED in rest or (target and not is_web(target)):
            return f"HYPERLINK ke {target[:80] or 'alamat yang dihitung'}"
    return ""


def is_web(address: str) -> bool:
    """Whether an address leads to a web page or a mailbox, and so may stand in a report."""
    return _WEB.fullmatch(address.strip()) is not None


def _address(arguments: str) -> str:
    """The first argument of a hyperlink that belongs to no switch."""
    belongs = False
    for found in _ARGUMENT.finditer(arguments):
        if found[1].startswith("\\"):
            belongs = found[1].lower() in _SWITCHES
        elif belongs:
            belongs = False
        else:
            return found["quoted"] if found["quoted"] is not None else found["plain"]
    return ""
