"""Tables by the keys of their rows: rows come, go and change place; what a person did to rows stays."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from lakip_xlsx.word.fill.anchors import fingerprint
from lakip_xlsx.word.follow.trace import is_deleted, text_of
from lakip_xlsx.word.refresh import values, words
from lakip_xlsx.word.refresh.changes import Group
from lakip_xlsx.word.refresh.context import Context
from lakip_xlsx.word.refresh.entries import Row, Table, Value
from lakip_xlsx.word.refresh.places import TRACKED, in_cell
from lakip_xlsx.word.xml import (
    BOOKMARK_END,
    BOOKMARK_START,
    PPR,
    RUN,
    TC,
    TR,
    Element,
    P,
    ancestor,
    el,
    qn,
    remove,
)

_TC_PR, _V_MERGE = qn("w:tcPr"), qn("w:vMerge")
_NOTHING = {"", "-", "–"}
_BY_HAND = (
    *TRACKED,
    *(qn(f"w:{name}") for name in ("commentRangeStart", "commentReference", "drawing", "pict", "footnoteReference")),
)


def merge(context: Context, old: Table, new: Table) -> None:
    """Bring one table up to date."""
    if old.element is None or new.element is None:
        said = "tabel dihapus tangan"
        context.log.add(Group.KEPT, old, f"{len(old.rows)} baris", None, f"{len(new.rows)} baris", note=said)
        return
    numbered = _numbering(old.element)
    for row in new.rows:
        before = context.before(row)
        if isinstance(before, Row):
            _row(context, before, row)
    rows = _Rows(context, old, new)
    rows.drop_gone()
    rows.reorder()
    rows.insert_new()
    if rows.changed:
        context.log.touched = True
        if numbered:
            rows.number_as_fresh()
            _number(old.element, numbered)
        rows.join_cells()


def _row(context: Context, old: Row, new: Row) -> None:
    """The values of a row that both have."""
    if old.element is None:
        pairs = ((value, context.after(value)) for value in old.values)
        changed = any(isinstance(other, Value) and not value.agrees(other) for value, other in pairs)
        group = Group.CONFLICT if changed or len(old.values) != len(new.values) else Group.KEPT
        was, now = _line(old), _line(new)
        context.log.add(group, old, was, None, now, note="baris dihapus tangan, jadi tidak disisipkan")
        return
    for value in old.values:
        other = context.after(value)
        if isinstance(other, Value):
            values.merge(context, value, other)
        elif new.element is not None:
            _emptied(context, value, new.element)
    for value in new.values:
        if context.before(value) is None:
            _filled(context, old, value)
    _dashes(context, old, new)


def _dashes(context: Context, old: Row, new: Row) -> None:
    """A cell that says nothing says it as the fresh one does: blank, or with a dash."""
    if old.element is None or new.element is None or not old.same_columns:
        return
    listed = {value.column for value in (*old.values, *new.values)}
    for at, (cell, fresh) in enumerate(zip(old.element.findall(TC), new.element.findall(TC), strict=False)):
        said, wanted = text_of(cell).strip(), text_of(fresh).strip()
        if at not in listed and said != wanted and {said, wanted} <= _NOTHING:
            set_cell(cell, wanted, words.first_run(fresh))
            context.log.touched = True


def _emptied(context: Context, old: Value, row: Element) -> None:
    """A value that the workbook no longer says: its cell shows what the fresh one shows there."""
    cells = row.findall(TC)
    if old.place is None or old.column is None or old.column >= len(cells) or old.kind != "nilai":
        return
    new = text_of(cells[old.column]).strip("\n")
    now = old.place.text
    if now.split() == new.split():
        return
    if not old.is_as_inserted():
        values.conflict(context, old, new)
    elif words.become(old.place, new):
        context.log.touched = True
        context.log.add(Group.UPDATED, old, now, new, new)


def _filled(context: Context, row: Row, new: Value) -> None:
    """A value in a cell that said nothing before."""
    log = context.log
    cell = None if row.element is None or new.column is None else row.element.findall(TC)[new.column : new.column + 1]
    if not cell or not row.same_columns or new.place is None or new.kind != "nilai":
        log.add(Group.CONFLICT, new, None, None, new.inserted, note="tidak ada tempatnya dalam baris yang disunting")
        return
    now = text_of(cell[0]).strip("\n")
    if now.split() == new.inserted.split():
        _mark(context, cell[0], new)
        return
    fresh_cell = ancestor(new.place.start, TC) if not new.in_cell else new.place.start
    if now.strip() and now.strip() not in _NOTHING:
        where = in_cell(new.place.part, cell[0])
        runs = [run for piece in where.pieces if (run := piece.element.getparent()) is not None and run.tag == RUN]
        log.comment(runs, f"Menurut workbook sekarang: “{new.inserted}”. Pilih yang benar, lalu hapus komentar ini.")
        log.add(Group.CONFLICT, new, "", now, new.inserted)
        return
    set_cell(cell[0], new.inserted, None if fresh_cell is None else words.first_run(fresh_cell))
    _mark(context, cell[0], new)
    log.touched = True
    log.add(Group.ADDED, new, None, new.inserted, new.inserted)


def set_cell(cell: Element, value: str, like: Element | None) -> None:
    """Give a cell another text: in the look of the run that it has, else of another one."""
    paragraph = next(cell.iterchildren(P), None)
    if paragraph is None:
        paragraph = el("w:p")
        cell.append(paragraph)
    own = words.first_run(paragraph)
    for run in list(cell.iter(RUN)):
        remove(run)
    if value:
        words.put_into(paragraph, value, own if own is not None else like)


def _mark(context: Context, cell: Element, new: Value) -> None:
    """Put the bookmark of a fresh value around what a cell holds."""
    name = new.listed.get("bookmark")
    runs = list(cell.iter(RUN))
    if name and runs and runs[0].getparent() is runs[-1].getparent():
        context.adopter.mark(runs[0], runs[-1], name)


def _line(row: Row) -> str:
    return " | ".join(value.inserted for value in row.values)


class _Rows:
    """The rows of one table that come, go, or change place."""

    def __init__(self, context: Context, old: Table, new: Table) -> None:
        self._context = context
        self._old, self._new = old, new
        self._table: Element = old.element if old.element is not None else el("w:tbl")
        self.changed = False
        self._here: dict[int, Element] = {}  # id of a fresh row → its element in the old document
        for row in new.rows:
            before = context.before(row)
            if isinstance(before, Row) and before.element is not None:
                self._here[id(row)] = before.element

    def drop_gone(self) -> None:
        """Rows that the workbook no longer has: away where nobody touched them, else told at their place."""
        gone = [row for row in self._old.rows if self._context.after(row) is None and row.element is not None]
        free = self._free_texts()
        for row in gone:
            if row.element is None:
                continue
            log, said = self._context.log, _line(row)
            if self._is_untouched(row, free):
                remove(row.element)
                self.changed = True
                log.add(Group.REMOVED, row, said, None, None)
            else:
                log.comment(list(row.element.iter(RUN))[:1], _GONE)
                now = " | ".join(text_of(cell).strip("\n") for cell in row.element.iterchildren(TC))
                log.add(Group.REMOVED, row, said, now, None, note="disunting tangan, jadi ditandai dan tidak dihapus")

    def _free_texts(self) -> set[str]:
        """What stands in the rows of the fresh table besides its values."""
        return _NOTHING | {
            " ".join(text_of(cell).split())
            for row in self._element(self._new).iterchildren(TR)
            for cell in row.iter(TC)
        }

    @staticmethod
    def _element(table: Table) -> Element:
        return table.element if table.element is not None else el("w:tbl")

    def _is_untouched(self, row: Row, free: set[str]) -> bool:
        if row.element is None or not row.same_columns or next(row.element.iter(*_BY_HAND), None) is not None:
            return False
        if not all(value.is_as_inserted() for value in row.values):
            return False
        known = {fingerprint(value.inserted) for value in row.values}
        for cell in row.element.iterchildren(TC):
            said = " ".join(text_of(cell).split())
            if fingerprint(said) not in known and said not in free and not said.isdecimal():
                return False
        return True

    def reorder(self) -> None:
        """The order of the workbook, unless a person made another one."""
        shared = [row for row in self._new.rows if id(row) in self._here]
        was = {id(row): at for at, row in enumerate(self._old.rows)}
        places = [was[id(self._context.before(row))] for row in shared]
        if places == sorted(places):
            return
        elements = [self._here[id(row)] for row in shared]
        by_old = [element for _, element in sorted(zip(places, elements, strict=True), key=lambda pair: pair[0])]
        present = [row for row in self._table.iterchildren(TR) if row in set(elements)]
        if present == elements:
            return
        if present != by_old:
            note = "urutan barisnya disunting tangan, jadi urutan workbook tidak diikuti"
            self._context.log.add(Group.KEPT, self._old, None, None, None, note=note)
            return
        slots = [el("w:tr") for _ in present]
        for slot, row in zip(slots, present, strict=True):
            row.addprevious(slot)
        for slot, element in zip(slots, elements, strict=True):
            self._table.replace(slot, element)
        self.changed = True
        self._context.log.add(Group.UPDATED, self._old, None, None, None, note="urutan baris mengikuti workbook")

    def insert_new(self) -> None:
        """Rows that the workbook newly has, after the row that they follow there."""
        for at, row in enumerate(self._new.rows):
            if self._context.before(row) is not None or row.element is None:
                continue
            made = self._like_neighbour(row)
            before = next((self._here[id(r)] for r in reversed(self._new.rows[:at]) if id(r) in self._here), None)
            after = next((self._here[id(r)] for r in self._new.rows[at + 1 :] if id(r) in self._here), None)
            if before is not None:
                before.addnext(made)
            elif after is not None:
                after.addprevious(made)
            else:
                self._table.append(made)
            self._here[id(row)] = made
            self.changed = True
            said = _line(row)
            self._context.log.add(Group.ADDED, row, None, said, said)

    def _like_neighbour(self, row: Row) -> Element:
        """A new row in the looks of one that is there already; a copy of the fresh one where none is like it."""
        fresh = row.element if row.element is not None else el("w:tr")
        cells = fresh.findall(TC)
        plain = all(_is_plain(cell) for cell in cells) and all(
            value.column is not None and value.kind == "nilai" for value in row.values
        )
        look = [self._context.new_style(cell[-1]) for cell in cells] if plain else []
        for other in self._new.rows if plain else ():
            model, source = self._here.get(id(other)), other.element
            if model is None or source is None or other.path != row.path:
                continue
            theirs = source.findall(TC)
            if not all(map(_is_plain, theirs)) or [self._context.new_style(cell[-1]) for cell in theirs] != look:
                continue
            ours = model.findall(TC)
            if len(ours) == len(cells) and all(map(_is_plain, ours)) and next(model.iter(*_BY_HAND), None) is None:
                return self._copied(model, row, cells)
        return self._context.adopter.take(fresh)

    def _copied(self, model: Element, row: Row, cells: Sequence[Element]) -> Element:
        made = copy.deepcopy(model)
        for mark in list(made.iter(BOOKMARK_START, BOOKMARK_END)):
            remove(mark)
        for element in (made, *made.iter(P)):
            for name in [name for name in element.attrib if str(name).endswith(("paraId", "textId"))]:
                del element.attrib[name]
        for cell, fresh in zip(made.findall(TC), cells, strict=True):
            run = words.first_run(fresh)
            set_cell(cell, text_of(fresh).strip("\n"), run)
            own = words.first_run(cell)
            if own is not None and run is not None:
                self._context.set_marker(own, wanted=self._context.is_marker(run, new=True))
        for value in row.values:
            if value.column is not None:
                _mark(self._context, made.findall(TC)[value.column], value)
        return made

    def number_as_fresh(self) -> None:
        """Give those rows a number that have one in the fresh table."""
        for row in self._new.rows:
            mine = self._here.get(id(row))
            if mine is None or row.element is None or any(value.column == 0 for value in row.values):
                continue
            cell, fresh = next(mine.iterchildren(TC), None), next(row.element.iterchildren(TC), None)
            if cell is None or fresh is None:
                continue
            now, new = text_of(cell).strip(), text_of(fresh).strip()
            if {now, new} - {""} and all(said.rstrip(".").isdecimal() for said in {now, new} - {""}) and now != new:
                set_cell(cell, new, words.first_run(fresh))

    def join_cells(self) -> None:
        """Cells are joined as in the fresh table, where rows came, went or moved."""
        for row in self._new.rows:
            mine = self._here.get(id(row))
            if mine is None or row.element is None:
                continue
            ours, theirs = mine.findall(TC), row.element.findall(TC)
            if len(ours) != len(theirs):
                continue
            for cell, fresh in zip(ours, theirs, strict=True):
                _join_like(cell, fresh)


_GONE = "Baris ini tidak ada lagi dalam workbook, tetapi sudah disunting tangan. Hapus bila memang tidak berlaku lagi."


def _join_like(cell: Element, fresh: Element) -> None:
    """Let a cell be the first or a further one of a joined cell as a fresh one is."""
    wanted = fresh.find(f"{_TC_PR}/{_V_MERGE}")
    properties = cell.find(_TC_PR)
    present = None if properties is None else properties.find(_V_MERGE)
    if wanted is None:
        if present is not None:
            remove(present)
        return
    if properties is None:
        return
    new = copy.deepcopy(wanted)
    if present is not None:
        properties.replace(present, new)
        return
    before = [properties.find(qn(f"w:{name}")) for name in ("gridSpan", "tcW", "cnfStyle")]
    after = next((item for item in before if item is not None), None)
    if after is None:
        properties.insert(0, new)
    else:
        after.addnext(new)


def _is_plain(cell: Element) -> bool:
    """Whether a cell is one paragraph of text."""
    blocks = [child for child in cell if child.tag not in {_TC_PR, BOOKMARK_START, BOOKMARK_END}]
    if len(blocks) != 1 or blocks[0].tag != P or cell[-1].tag != P:
        return False
    return all(child.tag in {PPR, RUN, BOOKMARK_START, BOOKMARK_END} for child in blocks[0])


# Numbers of rows


def _number_cells(table: Element) -> list[tuple[Element, str]]:
    """The first cells of a table's rows that hold a number."""
    found = []
    for row in table.iterchildren(TR):
        cell = next(row.iterchildren(TC), None)
        said = "" if cell is None or is_deleted(row) else text_of(cell).strip()
        if cell is not None and said.rstrip(".").isdecimal():
            found.append((cell, said))
    return found


def _numbering(table: Element) -> list[tuple[Element, str]]:
    """The first cells, where they count the rows: 1, 2, 3 …; else none."""
    cells = _number_cells(table)
    return cells if [said.rstrip(".") for _, said in cells] == [str(n) for n in range(1, len(cells) + 1)] else []


def _number(table: Element, counted: Sequence[tuple[Element, str]]) -> None:
    """Count the rows anew, where they were counted before."""
    dot = "." if counted[0][1].endswith(".") else ""
    for number, (cell, said) in enumerate(_number_cells(table), 1):
        wanted = f"{number}{dot}"
        run = words.first_run(cell)
        if said != wanted and run is not None and run.getparent() is not None:
            set_cell_text(cell, wanted)


def set_cell_text(cell: Element, value: str) -> None:
    """Give a cell that holds one short text another one, its marks untouched."""
    slots = [slot for slot in cell.iter(qn("w:t")) if slot.text]
    for at, slot in enumerate(slots):
        slot.text = value if at == 0 else ""
