"""Field codes gathered out of a stream of elements: over runs and paragraphs, one within the other.

A text box, a note and each half of an alternative is a story of its own: no field reaches into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lakip_xlsx.guard import fields

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
_BOXES: Final = frozenset(
    {f"{_MC}Choice", f"{_MC}Fallback"}
    | {f"{_W}{name}" for name in ("txbxContent", "footnote", "endnote", "comment", "docPart")}
)
_CODE, _DELETED, _TEXT, _CHAR = (f"{_W}{name}" for name in ("instrText", "delInstrText", "t", "fldChar"))
_SIMPLE, _SYMBOL, _PARAGRAPH = (f"{_W}{name}" for name in ("fldSimple", "sym", "p"))
WATCHED: Final = _BOXES | {_CODE, _DELETED, _TEXT, _CHAR, _SIMPLE, _SYMBOL, _PARAGRAPH}
"""The elements of which a story wants to know."""


class _Field:
    """A field that has begun: what its code is so far, with and without what was deleted."""

    def __init__(self) -> None:
        self.live: list[str] = []
        self.all: list[str] = []
        self.in_code = True


class Story:
    """Sees the elements of a part in order; afterwards knows the fields that may not stay."""

    def __init__(self) -> None:
        self._stories: list[list[_Field]] = [[]]
        self._codes: dict[str, None] = {}
        self._text: list[str] = []
        self._loose = ""

    def refused(self) -> list[str]:
        """The names of the fields that may not stay, once the part has ended."""
        while self._stories:
            self._close()
        names = (fields.refused(code) for code in self._codes)
        return list(dict.fromkeys(name for name in names if name))

    def starts(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins; names are a namespace, a blank, and a local name."""
        self._text = []
        if tag in _BOXES:
            self._add(fields.NESTED)
            self._flush()
            self._stories.append([])
        elif tag == _SIMPLE:
            self._codes[attributes.get(f"{_W}instr", "")] = None
            self._add(fields.NESTED)
        elif tag == _SYMBOL:
            self._add(fields.NESTED)
        elif tag == _CHAR:
            self._mark(attributes.get(f"{_W}fldCharType", ""))

    def says(self, text: str) -> None:
        """A piece of the text of the element that has begun."""
        self._text.append(text)

    def ends(self, tag: str) -> None:
        """An element ends; its text is known."""
        if tag in _BOXES:
            self._close()
        elif tag in {_CODE, _DELETED}:
            text = "".join(self._text)
            if not self._open or not self._open[-1].in_code:
                self._loose += text  # a code outside of any field: for what program?
            else:
                self._add(text, deleted=tag == _DELETED)
        elif tag == _TEXT:
            self._add("".join(self._text))
        elif tag == _PARAGRAPH:
            self._flush()

    @property
    def _open(self) -> list[_Field]:
        return self._stories[-1]

    def _add(self, text: str, *, deleted: bool = False) -> None:
        if self._open and self._open[-1].in_code:
            self._open[-1].all.append(text)
            if not deleted:
                self._open[-1].live.append(text)

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._add(fields.NESTED)
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].in_code = False
        elif kind == "end" and self._open:
            self._note(self._open.pop())

    def _note(self, field: _Field) -> None:
        self._codes["".join(field.all)] = None
        self._codes["".join(field.live)] = None

    def _flush(self) -> None:
        """What stood outside of any field is a code of its own."""
        self._codes[self._loose] = None
        self._loose = ""

    def _close(self) -> None:
        self._flush()
        for field in self._stories.pop():
            self._note(field)
