"""What a refresh did, or would do: one line for each value, and the comments that it leaves in the document."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from docx.document import Document
from docx.text.run import Run

from lakip_xlsx.word.refresh.entries import Row, Table, Value
from lakip_xlsx.word.xml import RUN, Element, el, qn, val

Thing = Value | Row | Table
AUTHOR, INITIALS = "lakip-xlsx", "lx"
_STYLES = (
    ("CommentReference", "annotation reference", "character"),
    ("CommentText", "annotation text", "paragraph"),
)


class Group(StrEnum):
    """What became of a value."""

    UPDATED = "updated"  # the workbook's new text was taken
    KEPT = "kept"  # changed by hand, and the workbook says what it said
    CONFLICT = "conflicts"  # both changed: the hand's text stands, with a comment
    ADDED = "added"  # the workbook newly has it
    REMOVED = "removed"  # the workbook no longer has it


@dataclass(frozen=True, slots=True)
class Change:
    """One line: which value, what it was, what stands in the document, what the workbook says.

    ``now`` is None where it is gone from the document, ``new`` where it is gone from the workbook. ``note`` is
    for the reader: what was done besides.
    """

    group: Group
    kind: str  # "nilai", "tabel", "baris", "grafik" or "gambar"
    anchor: str
    was: str | None
    now: str | None
    new: str | None
    cells: tuple[str, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Log:
    """All lines in order; ``touched`` when anything in the document changed."""

    document: Document
    changes: list[Change] = field(default_factory=list)
    touched: bool = False

    def add(
        self, group: Group, thing: Thing, was: str | None, now: str | None, new: str | None, note: str = ""
    ) -> None:
        """One line more."""
        kind = thing.kind if isinstance(thing, Value) else "baris" if isinstance(thing, Row) else "tabel"
        cells = thing.cells if isinstance(thing, Value) else ()
        self.changes.append(Change(group, kind, anchor(thing), was, now, new, cells, note))

    def comment(self, around: list[Element], said: str) -> bool:
        """Put a comment at runs of the body; whether there was a place for it."""
        runs = [run for run in around if run.getroottree().getroot().tag == qn("w:document")]
        if not runs:
            return False
        for identity, name, kind in _STYLES:
            _provide_style(self.document, identity, name, kind)
        first, last = Run(runs[0], self.document), Run(runs[-1], self.document)  # type: ignore[arg-type]
        made = self.document.add_comment([first, last], said, AUTHOR, INITIALS)
        made._comment_elm.attrib.pop(qn("w:date"), None)
        self.touched = True
        return True


def _provide_style(document: Document, identity: str, name: str, kind: str) -> None:
    """Let there be a style that comments are written in."""
    sheet = document.styles.element
    if any(style.get(qn("w:styleId")) == identity for style in sheet.iter(qn("w:style"))):
        return
    style = el("w:style", {"w:type": kind, "w:styleId": identity}, val("w:name", name), el("w:semiHidden"))
    style.append(el("w:unhideWhenUsed"))
    style.append(el("w:rPr", None, val("w:sz", 16 if kind == "character" else 20)))
    sheet.append(style)


def anchor(thing: Thing) -> str:
    """What a value is called: its field, and in brackets the part and the row that it belongs to."""
    if isinstance(thing, Table):
        first = thing.rows[0] if thing.rows else None
        named, about = ("tabel", [""]) if first is None else (first.path, [first.group])
    else:
        named = thing.path or "baris" if isinstance(thing, Row) else thing.field
        about = [thing.group, thing.key]
    told = " / ".join(dict.fromkeys(filter(None, about)))
    return f"{named} [{told}]" if told else named


def runs_at(value: Value) -> list[Element]:
    """The runs that show a value."""
    if value.place is None:
        return []
    if value.kind != "nilai":
        drawing = value.place.drawing
        return [] if drawing is None else list(drawing.iterancestors(RUN))[:1]
    found: dict[Element, None] = {}
    for piece in value.place.pieces:
        holder = piece.element.getparent()
        if holder is not None and holder.tag == RUN:
            found[holder] = None
    return list(found)
