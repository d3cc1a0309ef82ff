"""Whole parts: those that the workbook newly has come in at their place, those that it no longer has are marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lakip_xlsx.word.fill.copies import drop_paragraph
from lakip_xlsx.word.fill.fill import OWN_PAGES
from lakip_xlsx.word.follow.trace import text_of
from lakip_xlsx.word.refresh.changes import Group, runs_at
from lakip_xlsx.word.refresh.context import Context
from lakip_xlsx.word.refresh.entries import TABLE, VALUE, Row, Table, Value
from lakip_xlsx.word.refresh.places import TRACKED
from lakip_xlsx.word.xml import (
    BOOKMARK_END,
    BOOKMARK_START,
    PPR,
    RUN,
    SECT_PR,
    TBL,
    Element,
    P,
    T,
    qn,
    remove,
)

_FLEETING = (*OWN_PAGES, "penanda")
"""Parts that a document shows only as long as there is something to say; they go when there is nothing."""
_BY_HAND = (
    *TRACKED,
    *(qn(f"w:{name}") for name in ("commentRangeStart", "commentReference", "pict", "footnoteReference")),
)
_TOC = re.compile(r"\s*TOC\s", re.IGNORECASE)
_Thing = Value | Table
_GONE = (
    "Bagian ini tidak ada lagi dalam workbook. Hapus bila memang tidak berlaku lagi; "
    "lakip-xlsx tidak menghapus bagian laporan sendiri."
)


def block_of(element: Element, body: Element) -> Element | None:
    """The child of the body in which an element stands."""
    block: Element | None = element
    while block is not None and block.getparent() is not body:
        block = block.getparent()
    return block


class Blocks:
    """The blocks of both documents, and what stands in them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._body: Element = context.document.element.body
        self._new_body: Element = context.new_document.element.body
        self._mine = self._standing([*context.old.values, *context.old.tables], self._body)
        self._theirs = self._standing([*context.fresh.values, *context.fresh.tables], self._new_body)

    @staticmethod
    def _standing(things: Iterable[_Thing], body: Element) -> dict[Element, list[_Thing]]:
        found: dict[Element, list[_Thing]] = {}
        for thing in things:
            place = thing.element if isinstance(thing, Table) else None if thing.place is None else thing.place.start
            block = None if place is None else block_of(place, body)
            if block is not None:
                found.setdefault(block, []).append(thing)
        return found

    # What comes

    def insert_new(self) -> None:
        """Put the blocks that the workbook newly has behind the ones that they follow in a fresh document."""
        cursor: Element | None = None  # the last block of the old document that is in the fresh one too
        waiting: list[Element] = []
        for block in self._new_body:
            if block.tag == SECT_PR:
                continue
            known = self._known(block)
            if known is None:
                waiting.append(block)
                continue
            self._insert(waiting, cursor, known)
            waiting = []
            if block.tag == P and known.tag == P:
                self._context.adopter.like(block, known)
                self._rebuild(block, known)
            cursor = known
        self._insert(waiting, cursor, None)
        self._tell_order()

    def _tell_order(self) -> None:
        """Parts that stand in another order in the workbook now are not moved, but told."""
        listed = {id(thing): at for at, thing in enumerate(self._context.old.root.iter(VALUE, TABLE))}
        order: list[int] = []
        moved: _Thing | None = None
        for things in self._theirs.values():
            before = self._context.before(things[0])
            if isinstance(before, Row) or before is None:
                continue
            at = listed[id(before.listed)]
            if moved is None and order and at < order[-1] and isinstance(before, Value):
                moved = before
            order.append(at)
        if moved is not None:
            note = "urutan bagian dalam workbook berubah; bagian dalam dokumen tidak dipindah"
            self._context.log.add(Group.KEPT, moved, None, None, None, note=note)

    def _known(self, block: Element) -> Element | None:
        """The block of the old document that holds what a fresh one holds."""
        for thing in self._theirs.get(block, []):
            before = self._context.before(thing)
            place = None
            if isinstance(before, Table):
                place = before.element
            elif isinstance(before, Value) and before.place is not None:
                place = before.place.start
            found = None if place is None else block_of(place, self._body)
            if found is not None:
                return found
        return None

    def _is_new(self, block: Element) -> bool:
        things = self._theirs.get(block, [])
        return bool(things) and all(self._context.before(thing) is None for thing in things)

    def _insert(self, waiting: Sequence[Element], cursor: Element | None, known: Element | None) -> None:
        """What stands between two blocks that both documents have."""
        new = [at for at, block in enumerate(waiting) if self._is_new(block)]
        if not new:
            return
        last = self._last(waiting, new[-1])
        if cursor is not None and known is not None and not _follows(cursor, known):
            known = None
        for block in waiting[: last + 1]:
            if self._is_new(block) or not self._theirs.get(block):
                there = None if self._is_new(block) else self._same_text(block, cursor, known)
                cursor = self._put(block, cursor, known) if there is None else there

    def _last(self, waiting: Sequence[Element], last: int) -> int:
        """Where new blocks end: with what goes along, and the template's own lines before it (under a table)."""
        for at, block in enumerate(waiting[last + 1 :], last + 1):
            if _goes_along(block):
                last = at
            elif self._theirs.get(block) or _squeezed(block) not in self._context.fixed_texts():
                break
        return last

    def _same_text(self, block: Element, cursor: Element | None, known: Element | None) -> Element | None:
        """The block with this text between two others; a blank one only right after the first."""
        said = _squeezed(block)
        here = next(iter(self._body), None) if cursor is None else cursor.getnext()
        while here is not None and here is not known:
            if here not in self._mine and here.tag == block.tag and _squeezed(here) == said:
                return here
            if here in self._mine or not said:
                return None
            here = here.getnext()
        return None

    def _put(self, block: Element, cursor: Element | None, known: Element | None) -> Element:
        made = self._context.adopter.take(block)
        if cursor is not None:
            cursor.addnext(made)
        elif known is not None:
            known.addprevious(made)
        else:
            self._body.insert(0, made)
        self._context.log.touched = True
        for thing in self._theirs.get(block, []):
            said = f"{len(thing.rows)} baris" if isinstance(thing, Table) else thing.inserted
            self._context.log.add(Group.ADDED, thing, None, said, said)
        return made

    # Paragraphs that hold other values than before

    def _rebuild(self, block: Element, known: Element) -> None:
        """A paragraph with a value more or less than before, where nobody typed anything into it."""
        theirs = [thing for thing in self._theirs[block] if isinstance(thing, Value)]
        mine = [thing for thing in self._mine[known] if isinstance(thing, Value)]
        came = [value for value in theirs if self._context.before(value) is None]
        went = [value for value in mine if self._context.after(value) is None]
        if not came and not went:
            return
        typed = _besides(known, mine) - _besides(block, theirs)
        plain = next(known.iter(*_BY_HAND), None) is None
        untouched = all(value.is_as_inserted() or self._is_fresh(value) for value in mine)
        log = self._context.log
        if plain and untouched and not typed:
            self._refill(block, known)
            for value in came:
                log.add(Group.ADDED, value, None, value.inserted, value.inserted)
            for value in went:
                log.add(Group.REMOVED, value, value.inserted, None, None)
            return
        said = (
            f"Menurut workbook sekarang paragraf ini berbunyi: “{' '.join(text_of(block).split())}”. "
            "Sesuaikan, lalu hapus komentar ini."
        )
        log.comment(list(known.iter(RUN))[:1], said)
        for value in came:
            log.add(Group.CONFLICT, value, None, None, value.inserted, note="paragrafnya disunting tangan")
        for value in went:
            log.add(Group.CONFLICT, value, value.inserted, value.place.text if value.place else None, None)

    def _is_fresh(self, value: Value) -> bool:
        """Whether a value already says what the workbook says now."""
        new = self._context.after(value)
        return isinstance(new, Value) and value.place is not None and new.says(text_of_place(value))

    def _refill(self, block: Element, known: Element) -> None:
        """Give a paragraph the content of a fresh one; how the paragraph itself looks stays."""
        made = self._context.adopter.take(block)
        ours = {id(value.place.start) for value in self._mine[known] if isinstance(value, Value) and value.place}
        for child in list(known):
            if child.tag == PPR:
                continue
            foreign = child.tag in {BOOKMARK_START, BOOKMARK_END} and id(child) not in ours
            if foreign and not self._ends_ours(child, known):
                continue
            remove(child)
        for child in list(made):
            if child.tag != PPR:
                known.append(child)
        self._context.log.touched = True

    def _ends_ours(self, end: Element, known: Element) -> bool:
        return any(
            value.place is not None and value.place.end is end
            for value in self._mine[known]
            if isinstance(value, Value)
        )

    # What goes

    def drop_gone(self) -> None:
        """Blocks whose values the workbook no longer has."""
        fields = {(value.field, value.group) for value in self._context.fresh.values}
        run: list[tuple[Element, list[_Thing]]] = []
        cut: list[Element] = []
        for block in list(self._body):
            things = self._mine.get(block)
            if not things:
                continue
            if any(self._context.after(thing) is not None for thing in things):
                self._tell(run)
                run = []
            elif self._may_go(block, things, fields):
                cut.append(block)
                for thing in things:
                    self._context.log.add(Group.REMOVED, thing, _said(thing), None, None)
            else:
                run.append((block, things))
        self._tell(run)
        self._cut(cut)

    def _may_go(self, block: Element, things: Sequence[_Thing], fields: set[tuple[str, str]]) -> bool:
        """Whether a block is cut: nobody touched it, and it was for the time being or its part goes on without it."""
        if next(block.iter(*_BY_HAND), None) is not None:
            return False
        if not all(self._is_passing(block, thing, fields) and _is_untouched(block, thing) for thing in things):
            return False
        return block.tag == TBL or not self._typed(block, [thing for thing in things if isinstance(thing, Value)])

    def _is_passing(self, block: Element, thing: _Thing, fields: set[tuple[str, str]]) -> bool:
        if _field(thing).partition(".")[0] in _FLEETING:
            return True
        if isinstance(thing, Table) or block.tag != P:
            return False
        return (thing.field, thing.group) in fields or self._is_item(block)

    def _is_item(self, block: Element) -> bool:
        """Whether a paragraph is a line of a list that goes on: one beside it holds the same fields and stays."""
        own = {_field(thing) for thing in self._mine[block]}
        for beside in (block.getprevious(), block.getnext()):
            things = [] if beside is None else self._mine.get(beside, [])
            stays = any(self._context.after(thing) is not None for thing in things)
            if stays and own & {_field(thing) for thing in things}:
                return True
        return False

    def _typed(self, block: Element, values: Sequence[Value]) -> bool:
        """Whether a paragraph says more than its values and what the template says around them."""
        rest = "".join(sorted(_besides(block, values)))
        return bool(rest) and not any(
            _in_order(text_besides(block, values), said) for said in self._context.fixed_texts()
        )

    def _tell(self, run: Sequence[tuple[Element, Sequence[_Thing]]]) -> None:
        """Mark a run of blocks that are gone from the workbook, with one comment at its beginning."""
        if not run:
            return
        block, things = run[0]
        runs = [part for thing in things if isinstance(thing, Value) for part in runs_at(thing)]
        self._context.log.comment(runs or list(block.iter(RUN))[:1], _GONE)
        for _, gone in run:
            for thing in gone:
                said = _said(thing)
                note = "tidak ada lagi dalam workbook; ditandai, tidak dihapus"
                self._context.log.add(Group.REMOVED, thing, said, said, None, note=note)

    def _cut(self, blocks: Sequence[Element]) -> None:
        """Take blocks away, with the fixed lines of the template beside them that stand over or under nothing now."""
        shown = {_squeezed(block) for block in self._new_body}
        gone = list(blocks)
        for block in blocks:
            gone += [*self._fixed(block, shown, forward=False), *self._fixed(block, shown, forward=True)]
        ends = [end for block in gone if (end := block.getnext()) is not None and _ends_section(end)]
        for block in gone:
            _drop(block)
            self._context.log.touched = True
        for end in ends:
            before = end.getprevious()
            if end.getparent() is not None and (before is None or _ends_section(before)):
                remove(end)  # the page section held nothing else

    def _fixed(self, block: Element, shown: set[str], *, forward: bool) -> Iterator[Element]:
        """The neighbours of a block that the template wrote and that a fresh document does not show."""
        here = block.getnext() if forward else block.getprevious()
        while here is not None and here.tag == P and here not in self._mine:
            said = _squeezed(here)
            if not said or said in shown or said not in self._context.fixed_texts():
                return
            following = here.getnext() if forward else here.getprevious()
            yield here
            here = following


def _is_untouched(block: Element, thing: _Thing) -> bool:
    """Whether nobody changed a value, or a table."""
    if isinstance(thing, Value):
        return thing.is_as_inserted()
    return _only_ours(block, thing) and all(value.is_as_inserted() for row in thing.rows for value in row.values)


def _drop(block: Element) -> None:
    """Take a block away. A page section that ends with it goes with it where it began there too."""
    if block.getparent() is None:
        return
    if block.tag == P and block.find(f"{PPR}/{SECT_PR}") is not None:
        before = block.getprevious()
        if before is None or before.tag != P or before.find(f"{PPR}/{SECT_PR}") is not None:
            remove(block)
            return
        drop_paragraph(block)
        return
    remove(block)


def _ends_section(block: Element) -> bool:
    """Whether a block is a paragraph of its own that ends a page section."""
    return block.tag == P and not _squeezed(block) and block.find(f"{PPR}/{SECT_PR}") is not None


def _goes_along(block: Element) -> bool:
    """Whether a block belongs to the one before it: a blank line between tables, the end of a page section."""
    return block.tag == P and (not _squeezed(block) or block.find(f"{PPR}/{SECT_PR}") is not None)


def _follows(one: Element, other: Element) -> bool:
    return any(block is other for block in one.itersiblings())


def _squeezed(block: Element) -> str:
    return " ".join(text_of(block).split())


def _field(thing: _Thing) -> str:
    if isinstance(thing, Value):
        return thing.field
    return thing.rows[0].path if thing.rows else ""


def _said(thing: _Thing) -> str:
    return f"{len(thing.rows)} baris" if isinstance(thing, Table) else thing.inserted


def text_of_place(value: Value) -> str:
    """What stands at a value today."""
    return "" if value.place is None else value.place.text


def text_besides(block: Element, values: Sequence[Value]) -> str:
    """The text of a block without its values."""
    ours = {id(piece.element) for value in values if value.place for piece in value.place.pieces}
    return "".join((node.text or "") for node in block.iter(T) if id(node) not in ours)


def _besides(block: Element, values: Sequence[Value]) -> set[str]:
    """The words of a block besides its values, without signs."""
    return set(re.findall(r"\w+", text_besides(block, values)))


def _in_order(part: str, whole: str) -> bool:
    """Whether the words of a text stand in another one, in their order."""
    words = iter(re.findall(r"\w+", whole))
    return all(word in words for word in re.findall(r"\w+", part))


def _only_ours(table: Element, listed: Table) -> bool:
    """Whether a table has no row besides those that are listed and its heading."""
    rows = [row for row in table.iterchildren(qn("w:tr")) if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None]
    own = [row.element for row in listed.rows if isinstance(row, Row)]
    return all(row in own for row in rows)
