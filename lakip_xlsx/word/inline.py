"""Reads what stands in one paragraph: its words, bookmarks, references, fields, and what is left open in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lakip_xlsx.checks.dokumen.paper import Mark
from lakip_xlsx.finding import Spot
from lakip_xlsx.word.build.styles import MARKER
from lakip_xlsx.word.xml import BOOKMARK_END, BOOKMARK_START, BR, RPR, RUN, TAB, TXBX, VAL, Element, T, qn, style_of

_INSERTED = {qn("w:ins"), qn("w:moveTo")}
_DELETED = {qn("w:del"), qn("w:moveFrom")}
_ACROSS = {qn(f"w:{name}") for name in ("smartTag", "customXml", "sdt", "sdtContent", "bdo", "dir")}
_HYPERLINK, _SIMPLE = qn("w:hyperlink"), qn("w:fldSimple")
_CHAR, _CODE = qn("w:fldChar"), qn("w:instrText")
_COMMENT = {qn("w:commentRangeStart"), qn("w:commentReference")}
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE, _CHOICE = f"{_MC}AlternateContent", f"{_MC}Choice"
_DRAWN = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
_SIGNS = {TAB: "\t", BR: "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_ID, _NAME, _AUTHOR = qn("w:id"), qn("w:name"), qn("w:author")
_LEADS = re.compile(r"\s*(?:REF|PAGEREF|NOTEREF)\s+\"?(?P<name>[^\s\"\\]+)", re.I)
_LINKS = re.compile(r"\s*HYPERLINK\s.*\\l\s+\"?(?P<name>[^\s\"\\]+)", re.I | re.S)
_VOLATILE = re.compile(
    r"^\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION|PAGEREF|DATE|TIME|SAVEDATE|PRINTDATE|CREATEDATE|FILENAME|FILESIZE|"
    r"EDITTIME|NUMWORDS|NUMCHARS|REVNUM)\b",
    re.I,
)
_TOC, _SEQ = re.compile(r"\s*TOC\b", re.I), re.compile(r"\s*SEQ\b", re.I)


@dataclass(slots=True)
class Text:
    """What a paragraph holds; of a cell, what its paragraphs hold together."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    yellow: str = ""
    leads: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)  # the text boxes that hang on it
    remarks: list[tuple[str, str, str]] = field(default_factory=list)  # kind, text, author
    in_contents: bool = False
    is_numbered: bool = False  # by a field, as captions are

    def append(self, other: Text) -> None:
        """Let another paragraph follow."""
        at = len(self.text) + 1 if self.text else 0
        self.text = f"{self.text}\n{other.text}" if self.text else other.text
        self.marks += (Mark(name, start + at, end + at) for name, start, end in other.marks)
        self.yellow = f"{self.yellow} {other.yellow}"
        self.leads += other.leads
        self.boxes += other.boxes
        self.remarks += other.remarks


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_code: bool = True


class Inline:
    """Reads paragraph after paragraph; fields and bookmarks may reach over several."""

    def __init__(self) -> None:
        self.bookmarks: set[str] = set()
        self.commented: dict[str, Spot] = {}
        self._fields: list[_Field] = []
        self._open: dict[str, tuple[str, int]] = {}  # bookmarks that have begun: name and letter
        self._waiting: list[str] = []  # comments that begin in the paragraph that is being read
        self._out = Text()
        self._pieces: list[str] = []
        self._length = 0
        self._yellow: list[str] = []
        self._whole_is_yellow = False
        self._readers: dict[str, Callable[[Element], None]] = {
            RUN: self._run,
            BOOKMARK_START: self._begin,
            BOOKMARK_END: self._end,
            _HYPERLINK: self._hyperlink,
            _SIMPLE: self._simple,
            _ALTERNATE: self._alternate,
            _CHAR: self._mark,
            _CODE: self._code,
            **dict.fromkeys(_INSERTED, self._inserted),
            **dict.fromkeys(_DELETED, self._deleted),
            **dict.fromkeys(_COMMENT, self._comment),
            **dict.fromkeys(_DRAWN, self._boxes),
        }

    def forget(self) -> None:
        """Another part begins, into which nothing reaches."""
        self._fields, self._open = [], {}

    def settle(self, spot: Spot) -> None:
        """The paragraph that was just read stands here."""
        for comment in self._waiting:
            self.commented.setdefault(comment, spot)
        self._waiting = []

    def paragraph(self, element: Element) -> Text:
        """What a paragraph holds."""
        self._out = Text(in_contents=self._inside(_TOC))
        self._pieces, self._yellow, self._length = [], [], 0
        self._open = {key: (name, 0) for key, (name, _) in self._open.items()}
        self._whole_is_yellow = style_of(element) == "Penanda"
        self._walk(element)
        for name, start in self._open.values():
            self._out.marks.append(Mark(name, start, self._length))
        self._out.text, self._out.yellow = "".join(self._pieces), "".join(self._yellow)
        return self._out

    def _inside(self, pattern: re.Pattern[str]) -> bool:
        return any(pattern.match(each.code) for each in self._fields if not each.in_code)

    def _walk(self, parent: Element) -> None:
        for child in parent:
            tag = str(child.tag)
            if tag in _ACROSS:
                self._walk(child)
            elif (read := self._readers.get(tag)) is not None:
                read(child)

    def _begin(self, mark: Element) -> None:
        name = str(mark.get(_NAME))
        self.bookmarks.add(name)
        self._open[str(mark.get(_ID))] = (name, self._length)

    def _end(self, mark: Element) -> None:
        if (begun := self._open.pop(str(mark.get(_ID)), None)) is not None:
            self._out.marks.append(Mark(begun[0], begun[1], self._length))

    def _inserted(self, element: Element) -> None:
        before = self._length
        self._walk(element)
        self._remark("sisipan", "".join(self._pieces)[before:], element)

    def _deleted(self, element: Element) -> None:
        self._remark("hapusan", "".join(node.text or "" for node in element.iter(T, qn("w:delText"))), element)

    def _comment(self, element: Element) -> None:
        self._waiting.append(str(element.get(_ID)))

    def _hyperlink(self, element: Element) -> None:
        self._out.leads += [str(element.get(qn("w:anchor")))] if element.get(qn("w:anchor")) else []
        self._walk(element)

    def _remark(self, kind: str, text: str, element: Element) -> None:
        self._out.remarks.append((kind, text, str(element.get(_AUTHOR, ""))))

    def _simple(self, element: Element) -> None:
        one = _Field(str(element.get(qn("w:instr"), "")), in_code=False)
        self._note(one.code)
        self._fields.append(one)
        self._walk(element)
        self._fields.pop()

    def _alternate(self, element: Element) -> None:
        for choice in element.findall(_CHOICE):
            self._boxes(choice)

    def _boxes(self, element: Element) -> None:
        """The text boxes in a drawing, each once: what old programs see instead is left out."""
        for box in element.iter(TXBX):
            if next(box.iterancestors(f"{_MC}Fallback"), None) is None:
                self._out.boxes.append(box)

    def _run(self, run: Element) -> None:
        yellow = self._whole_is_yellow or _is_yellow(run)
        for child in run:
            tag = str(child.tag)
            if tag == T:
                self._say(child.text or "", yellow=yellow)
            elif tag in _SIGNS:
                if tag != BR or child.get(qn("w:type")) in {None, "textWrapping"}:
                    self._say(_SIGNS[tag], yellow=yellow)
            elif (read := self._readers.get(tag)) is not None:
                read(child)

    def _code(self, element: Element) -> None:
        if self._fields and self._fields[-1].in_code:
            self._fields[-1].code += element.text or ""

    def _say(self, text: str, *, yellow: bool) -> None:
        if any(each.in_code for each in self._fields) or self._inside(_VOLATILE):
            return
        self._pieces.append(text)
        self._length += len(text)
        if yellow:
            self._yellow.append(text)

    def _mark(self, element: Element) -> None:
        kind = str(element.get(qn("w:fldCharType")))
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_code = False
            self._note(self._fields[-1].code)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if ended.in_code:
                self._note(ended.code)

    def _note(self, code: str) -> None:
        """What the code of a field says of its paragraph."""
        lead = _LEADS.match(code) or _LINKS.match(code)
        self._out.leads += [lead["name"]] if lead else []
        self._out.in_contents |= _TOC.match(code) is not None
        self._out.is_numbered |= _SEQ.match(code) is not None


def _is_yellow(run: Element) -> bool:
    properties = run.find(RPR)
    if properties is None:
        return False
    style, light = properties.find(qn("w:rStyle")), properties.find(qn("w:highlight"))
    shade = properties.find(qn("w:shd"))
    fill = "" if shade is None else str(shade.get(qn("w:fill"), "")).upper()
    marked = style is not None and style.get(VAL) == MARKER
    return marked or (light is not None and light.get(VAL) == "yellow") or fill in {"FFFF00", "FFF200"}
