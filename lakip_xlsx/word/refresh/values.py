"""The three-way merge of one value: what was inserted, what stands there now, what the workbook says now."""

from __future__ import annotations

import copy

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from lxml import etree

from lakip_xlsx.word.fill.anchors import GAMBAR, GRAFIK, chart_numbers, picture_mark
from lakip_xlsx.word.refresh import words
from lakip_xlsx.word.refresh.adopt import chart_part
from lakip_xlsx.word.refresh.changes import Group, runs_at
from lakip_xlsx.word.refresh.context import Context
from lakip_xlsx.word.refresh.entries import Value
from lakip_xlsx.word.refresh.places import Place
from lakip_xlsx.word.xml import Element, R

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMBED = f"{{{R}}}embed"


def merge(context: Context, old: Value, new: Value) -> None:
    """Bring one value up to date."""
    if old.kind == GRAFIK:
        _chart(context, old, new)
    elif old.kind == GAMBAR:
        _picture(context, old, new)
    else:
        _text(context, old, new)


def _text(context: Context, old: Value, new: Value) -> None:
    log, changed = context.log, not old.agrees(new)
    if old.place is None:
        if changed:
            log.add(Group.CONFLICT, old, old.inserted, None, new.inserted, note="dihapus tangan, jadi tidak disisipkan")
        else:
            log.add(Group.KEPT, old, old.inserted, None, new.inserted, note="dihapus tangan")
        return
    now = old.place.text
    if old.is_as_inserted():
        if changed:
            _take(context, old, new, old.place)
    elif new.says(now) and not old.place.tracked:
        return
    elif not changed:
        log.add(Group.KEPT, old, old.inserted, now, new.inserted)
    else:
        _both_changed(context, old, new, old.place)


def _take(context: Context, old: Value, new: Value, place: Place) -> None:
    """The workbook's text in place of one that nobody touched."""
    was = place.text
    if not words.become(place, new.inserted):
        conflict(context, old, new.inserted)
        return
    context.log.touched = True
    context.log.add(Group.UPDATED, old, was, new.inserted, new.inserted)
    fresh_runs = runs_at(new)
    if fresh_runs:
        for run in runs_at(old):
            context.set_marker(run, wanted=context.is_marker(fresh_runs[0], new=True))


def _both_changed(context: Context, old: Value, new: Value, place: Place) -> None:
    """Both texts in one where they do not meet; else the hand's stays, and is told in a comment."""
    now = place.text
    woven = None if old.cut or place.tracked else words.merge(old.inserted, now, new.inserted)
    if woven is not None and words.become(place, woven):
        context.log.touched = True
        note = "yang diketik tangan tetap ada"
        context.log.add(Group.UPDATED, old, old.inserted, woven, new.inserted, note=note)
        return
    conflict(context, old, new.inserted)


def conflict(context: Context, old: Value, new: str) -> None:
    """Keep what a person wrote, and say at its place what the workbook says."""
    now = "" if old.place is None else old.place.text
    cells = ", ".join(old.cells)
    said = (
        f"Disunting tangan: “{_short(now)}”. Semula: “{_short(old.inserted)}”. "
        f"Menurut workbook sekarang{f' ({cells})' if cells else ''}: “{_short(new)}”. "
        "Pilih yang benar, lalu hapus komentar ini."
    )
    placed = context.log.comment(runs_at(old), said)
    note = "" if placed else "di kepala atau kaki halaman tidak dapat diberi komentar"
    context.log.add(Group.CONFLICT, old, old.inserted, now, new, note=note)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 300 else f"{line[:299]}…"


# Charts


def _chart(context: Context, old: Value, new: Value) -> None:
    log = context.log
    mine = None if old.place is None or old.place.chart is None else chart_part(context.document, old.place.chart)
    theirs = None if new.place is None or new.place.chart is None else chart_part(context.new_document, new.place.chart)
    if theirs is None or old.place is None:
        return
    if mine is None:
        log.add(Group.KEPT, old, old.inserted, None, new.inserted, note="grafik dihapus atau diganti tangan")
        return
    drawn, wanted = chart_numbers(mine.blob), chart_numbers(theirs.blob)
    if not old.says(drawn) and not new.says(drawn):
        if old.agrees(new):
            log.add(Group.KEPT, old, old.inserted, drawn, wanted)
            return
        said = (
            "Data grafik ini disunting tangan, sedangkan angkanya dalam workbook berubah. "
            "Periksa, lalu hapus komentar ini."
        )
        log.comment(runs_at(old), said)
        log.add(Group.CONFLICT, old, old.inserted, drawn, wanted)
        return
    blob = spliced(mine.blob, theirs.blob)
    if blob == mine.blob:
        return
    mine._blob = blob
    _sheet(context, mine, theirs)
    _stretch(old.place.drawing, new.place.drawing if new.place else None, mine.blob, theirs.blob)
    log.touched = True
    log.add(Group.UPDATED, old, drawn, wanted, wanted)


def spliced(mine: bytes, fresh: bytes) -> bytes:
    """A chart with the data of a fresh one in the looks that it has; the fresh one where it has other series."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root, new = etree.fromstring(mine, parser), etree.fromstring(fresh, parser)
    ours, theirs = list(root.iter(f"{_C}ser")), list(new.iter(f"{_C}ser"))
    if len(ours) != len(theirs) or _kinds(ours) != _kinds(theirs):
        return mine if _said(root) == _said(new) else fresh
    if _said(root) == _said(new):
        return mine
    for one, other in zip(ours, theirs, strict=True):
        for name in ("tx", "cat", "val"):
            present, wanted = one.find(f"{_C}{name}"), other.find(f"{_C}{name}")
            if present is not None and wanted is not None:
                one.replace(present, copy.deepcopy(wanted))
        _labels(one, other)
    for present, wanted in zip(root.iter(f"{_C}scaling"), new.iter(f"{_C}scaling"), strict=False):
        for name in ("max", "min"):
            limit, given = present.find(f"{_C}{name}"), wanted.find(f"{_C}{name}")
            if limit is not None and given is not None:
                limit.set("val", str(given.get("val")))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _labels(one: Element, other: Element) -> None:
    """Points that are drawn in their own way belong to the old data: they become those of the fresh series."""
    wanted = other.findall(f"{_C}dPt")
    present = one.findall(f"{_C}dPt")
    if not present or len(present) == len(wanted):
        return
    at = list(one).index(present[0])
    for point in present:
        one.remove(point)
    for number, point in enumerate(wanted):
        one.insert(at + number, copy.deepcopy(point))


def _kinds(series: list[Element]) -> list[str]:
    return [str(holder.tag) for each in series if (holder := each.getparent()) is not None]


def _said(root: Element) -> list[list[list[str]]]:
    """All that a chart says: for each series its name, its categories, its numbers."""
    return [
        [
            _plain(" ".join(node.text or "" for part in series.findall(f"{_C}{name}") for node in part.iter(f"{_C}v")))
            for name in ("tx", "cat", "val")
        ]
        for series in root.iter(f"{_C}ser")
    ]


def _plain(text: str) -> list[str]:
    found = []
    for word in text.split():
        try:
            found.append(f"{float(word):.12g}")
        except ValueError:
            found.append(word)
    return found


def _sheet(context: Context, mine: Part, theirs: Part) -> None:
    """The data sheet behind a chart."""
    fresh = next((r.target_part for r in theirs.rels.values() if r.reltype == RT.PACKAGE), None)
    sheets = [r.target_part for r in mine.rels.values() if r.reltype == RT.PACKAGE and not r.is_external]
    if fresh is None:
        return
    if sheets:
        sheets[0]._blob = fresh.blob
        return
    key = mine.relate_to(context.adopter.part(fresh), RT.PACKAGE)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(mine.blob, parser)
    data = root.find(f"{_C}externalData")
    if data is None:
        data = etree.SubElement(root, f"{_C}externalData")
        after = [child for child in root if child.tag in {f"{_C}userShapes"}]
        for child in after:
            data.addnext(child)
        etree.SubElement(data, f"{_C}autoUpdate").set("val", "0")
    data.set(f"{{{R}}}id", key)
    mine._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _stretch(mine: Element | None, fresh: Element | None, blob: bytes, new_blob: bytes) -> None:
    """A chart that has more bars than before is as high as a fresh one, at the width that it has."""
    if mine is None or fresh is None or blob.count(b"<c:pt ") == new_blob.count(b"<c:pt "):
        return
    ours, theirs = next(mine.iter(f"{_WP}extent"), None), next(fresh.iter(f"{_WP}extent"), None)
    if ours is None or theirs is None:
        return
    width, (cx, cy) = int(str(ours.get("cx"))), (int(str(theirs.get("cx"))), int(str(theirs.get("cy"))))
    if cx:
        ours.set("cy", str(round(cy * width / cx)))


# Pictures


def _picture(context: Context, old: Value, new: Value) -> None:
    if old.place is None or new.place is None:
        context.log.add(Group.KEPT, old, None, None, None, note="gambar dihapus tangan")
        return
    mine, theirs = _blip(old.place), _blip(new.place)
    if mine is None or theirs is None:
        return
    present = old.place.part.related_parts.get(str(mine.get(_EMBED)))
    wanted = new.place.part.related_parts[str(theirs.get(_EMBED))]
    if present is not None and picture_mark(present.blob) == picture_mark(wanted.blob):
        return
    if present is None or (old.mark and picture_mark(present.blob) != old.mark) or not old.mark:
        group = Group.KEPT if old.agrees(new) or not old.mark else Group.CONFLICT
        context.log.add(group, old, None, "gambar lain", "gambar menurut workbook", note="gambar diganti tangan")
        return
    mine.set(_EMBED, old.place.part.relate_to(context.adopter.part(wanted), RT.IMAGE))
    context.log.touched = True
    context.log.add(Group.UPDATED, old, "gambar", "gambar baru", "gambar baru")


def _blip(place: Place) -> Element | None:
    return None if place.drawing is None else next(place.drawing.iter(f"{_A}blip"), None)
