"""What people do to a report in Word, by rule.

An edit is made twice: in the report of the old workbook, and in that of the new one. Where the workbook did not
change the very same place, refreshing the edited old report must give the edited new one: that is the law by
which a refresh is judged. Every typed text is a word that is nowhere else, so that it can be looked for.
"""

from __future__ import annotations

import copy
import io
import random
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.run import Run

from lakip_xlsx.word.follow.trace import read_list
from lakip_xlsx.word.refresh import entries
from lakip_xlsx.word.refresh.entries import Listed, Row, Value
from lakip_xlsx.word.refresh.words import words
from lakip_xlsx.word.xml import Element

P, R, T, TBL, TR, TC = (qn(f"w:{name}") for name in ("p", "r", "t", "tbl", "tr", "tc"))
Name = tuple[object, ...]
FLEETING = ("temuan", "pengecualian", "penanda")


@dataclass
class Report:
    """A report that is being edited, with its values by name."""

    document: Document
    listed: Listed = field(init=False)

    def __post_init__(self) -> None:
        root = read_list(self.document)
        assert root is not None
        self.listed = entries.read(self.document, root)

    def values(self) -> dict[Name, Value]:
        """The texts in the body that are there once by their name, with their number among those of the same name."""
        return dict(numbered(self.listed.values))

    def rows(self) -> dict[Name, Row]:
        """The rows that are there once by their name."""
        every = [((*table.name, row.key), row) for table in self.listed.tables for row in table.rows]
        names = [name for name, _ in every]
        return {
            name: row
            for name, row in every
            if names.count(name) == 1 and row.key and row.element is not None and not row.path.startswith(FLEETING)
        }


def numbered(values: list[Value]) -> Iterator[tuple[Name, Value]]:
    names = [value.name for value in values]
    for value in values:
        if names.count(value.name) == 1 and value.place is not None and value.kind == "nilai" and value.place.is_main:
            yield value.name, value


@dataclass
class Edit:
    """One edit: what it is, the words that it typed, the value it touches, whether it retyped or deleted that."""

    kind: str
    typed: str = ""
    touches: Name = ()
    conflicts: bool = False  # the workbook changed that value as well


Both = tuple[Report, Report]


def pick(both: Both, rng: random.Random, *, long: bool = False, often_changed: bool = False) -> Name | None:
    """A value that both reports have; with ``often_changed`` in half of the cases one that the workbook changed."""
    old, new = (report.values() for report in both)
    names = [
        name
        for name, value in old.items()
        if name in new
        and value.is_as_inserted()
        and new[name].is_as_inserted()
        and not str(name[1]).startswith(FLEETING)
        and (not long or len(value.inserted.split()) > 14)
    ]
    if often_changed and rng.random() < 0.5:
        names = [name for name in names if not old[name].agrees(new[name])] or names
    return rng.choice(names) if names else None


def differs(both: Both, name: Name) -> bool:
    return not both[0].values()[name].agrees(both[1].values()[name])


def paragraph_of(value: Value) -> Element:
    assert value.place is not None
    return next(value.place.start.iterancestors(P))


def run_of(text: str) -> Element:
    run, node = OxmlElement("w:r"), OxmlElement("w:t")
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(node)
    return run


# Edits. Each gets both reports and a word that is nowhere else.


def typed_beside(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A sentence behind a value, in its paragraph."""
    name = pick(both, rng)
    for report in both if name else ():
        value = report.values()[name]
        assert value.place is not None
        assert value.place.end is not None
        value.place.end.addnext(run_of(f" {word} diketik di samping."))
    return Edit("diketik di samping", f"{word} diketik di samping.") if name else None


def typed_inside(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A word inside a long text, where the workbook changed nothing near."""
    name = pick(both, rng, long=True)
    if name is None:
        return None
    said = [words(report.values()[name].inserted) for report in both]
    near = 8
    places = [
        at
        for at in range(near, len(said[0]) - near)
        if "".join(said[0][at - near : at + near]) in "".join(said[1])
        and "".join(said[0]).count("".join(said[0][at - near : at + near])) == 1
        and said[0][at - 1].isspace()
    ]
    if not places:
        return None
    at = rng.choice(places)
    before, after = "".join(said[0][at - near : at]), "".join(said[0][at : at + near])
    for report in both:
        _type_between(report.values()[name], before, after, f"{word} ")
    return Edit("diketik di dalam", word, name)


def _type_between(value: Value, before: str, after: str, typed: str) -> None:
    assert value.place is not None
    whole = value.place.text
    at = whole.index(before + after) + len(before)
    for piece in value.place.pieces:
        if at <= len(piece.text):
            node = piece.element
            node.text = f"{piece.text[:at]}{typed}{piece.text[at:]}"
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            return
        at -= len(piece.text)


def retyped(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A value is typed over."""
    name = pick(both, rng, often_changed=True)
    if name is None:
        return None
    for report in both:
        value = report.values()[name]
        assert value.place is not None
        first = True
        for piece in value.place.pieces:
            if piece.element.tag == T:
                piece.element.text = word if first else ""
                first = False
    return Edit("diketik ulang", word, name, differs(both, name))


def new_paragraph(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A paragraph of the office's own."""
    name = pick(both, rng)
    for report in both if name else ():
        paragraph = OxmlElement("w:p")
        paragraph.append(run_of(f"{word} adalah paragraf yang diketik sendiri."))
        block_of(report, name).addnext(paragraph)
    return Edit("paragraf sendiri", f"{word} adalah paragraf yang diketik sendiri.") if name else None


def block_of(report: Report, name: Name) -> Element:
    block = paragraph_of(report.values()[name])
    while block.getparent() is not report.document.element.body:
        block = block.getparent()
    return block


def own_table(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A table of the office's own."""
    name = pick(both, rng)
    for report in both if name else ():
        table = report.document.add_table(rows=2, cols=2)
        table.cell(0, 0).text, table.cell(1, 1).text = word, "17"
        block_of(report, name).addnext(table._tbl)
        table._tbl.addnext(OxmlElement("w:p"))
    return Edit("tabel sendiri", word) if name else None


def picture(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A picture with a line under it."""
    name = pick(both, rng)
    for report in both if name else ():
        paragraph = report.document.add_paragraph()
        paragraph.add_run().add_picture(io.BytesIO(png(len(word))))
        paragraph.add_run(word)
        block_of(report, name).addnext(paragraph._p)
    return Edit("gambar", word) if name else None


def png(seed: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = b"".join(b"\0" + bytes([seed % 256, 90, 120]) * 8 for _ in range(8))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def shared_row(both: Both, rng: random.Random) -> Name | None:
    old, new = (report.rows() for report in both)
    names = [name for name in old if name in new]
    return rng.choice(names) if names else None


def own_row(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A row of the office's own behind another one."""
    name = shared_row(both, rng)
    for report in both if name else ():
        element = report.rows()[name].element
        assert element is not None
        row = OxmlElement("w:tr")
        for number, cell in enumerate(element.iterchildren(TC)):
            made = OxmlElement("w:tc")
            properties = cell.find(qn("w:tcPr"))
            if properties is not None:
                made.append(copy.deepcopy(properties))
                for merge in made[0].findall(qn("w:vMerge")):
                    made[0].remove(merge)
            paragraph = OxmlElement("w:p")
            paragraph.append(run_of(word if number == 1 else "x"))
            made.append(paragraph)
            row.append(made)
        element.addnext(row)
    return Edit("baris sendiri", word) if name else None


def row_deleted(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A row is deleted."""
    del word
    name = shared_row(both, rng)
    if name is None:
        return None
    texts = [report.rows()[name].text for report in both]
    for report in both:
        element = report.rows()[name].element
        assert element is not None
        element.getparent().remove(element)
    return Edit("baris dihapus", "", ("baris", *name), texts[0] != texts[1])


def paragraph_deleted(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A paragraph is deleted with its value."""
    del word
    name = pick(both, rng, long=True, often_changed=True)
    if name is None:
        return None
    changed = differs(both, name)
    for report in both:
        block = paragraph_of(report.values()[name])
        if block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None or block.getparent().tag == TC:
            return None
    for report in both:
        block = paragraph_of(report.values()[name])
        block.getparent().remove(block)
    return Edit("paragraf dihapus", "", name, changed)


def section_moved(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A section is cut and pasted behind the next one: from a heading to the next of the same style."""
    del word
    spans = [sections(report) for report in both]
    names = [name for name in spans[0] if name in spans[1]]
    at = [number for number in range(len(names) - 1) if _adjacent(spans, names[number], names[number + 1])]
    if not at:
        return None
    number = rng.choice(at)
    for span in spans:
        one, other = span[names[number]], span[names[number + 1]]
        last = other[-1]
        for block in reversed(one):
            last.addnext(block)
    return Edit("bagian dipindah")


def _adjacent(spans: list[dict[str, list[Element]]], one: str, other: str) -> bool:
    return all(span[one][-1].getnext() is span[other][0] for span in spans)


def sections(report: Report) -> dict[str, list[Element]]:
    """The sections of the second level by the text of their heading, without those that end a page section."""
    found: dict[str, list[Element]] = {}
    current: list[Element] | None = None
    for block in report.document.element.body:
        style = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if style is None else str(style.get(qn("w:val")))
        if name == "Heading2":
            current = found.setdefault("".join(node.text or "" for node in block.iter(T)), [])
        elif name.startswith(("Heading1", "Judul")) or block.tag == qn("w:sectPr"):
            current = None
        if current is not None:
            current.append(block)
    section = qn("w:sectPr")
    return {name: own for name, own in found.items() if not any(next(b.iter(section), None) is not None for b in own)}


def bold(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A value is made bold."""
    del word
    name = pick(both, rng)
    for report in both if name else ():
        for run in paragraph_of(report.values()[name]).iter(R):
            Run(run, report.document).bold = True
    return Edit("ditebalkan") if name else None


def recoloured(both: Both, rng: random.Random, word: str) -> Edit | None:
    """The styles get other colours."""
    del word
    colour = RGBColor(rng.randrange(256), rng.randrange(256), rng.randrange(256))
    for report in both:
        for style in report.document.styles:
            if style.name.startswith(("Heading", "Isi", "Judul")) and hasattr(style, "font"):
                style.font.color.rgb = colour
    return Edit("diwarnai")


def tracked(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A tracked insertion behind a value."""
    name = pick(both, rng)
    for number, report in enumerate(both if name else ()):
        insertion = OxmlElement("w:ins")
        insertion.set(qn("w:id"), str(990_000 + number))
        insertion.set(qn("w:author"), "Pegawai")
        insertion.append(run_of(f" {word} usulan."))
        value = report.values()[name]
        assert value.place is not None
        assert value.place.end is not None
        value.place.end.addnext(insertion)
    return Edit("lacak perubahan", f"{word} usulan.") if name else None


def comment(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A comment of a colleague on a value."""
    name = pick(both, rng)
    for report in both if name else ():
        runs = [Run(run, report.document) for run in paragraph_of(report.values()[name]).iterchildren(R)]
        if runs:
            report.document.add_comment(runs[:1], f"{word}: mohon dicek", "Pegawai", "P")
    return Edit("komentar", f"{word}: mohon dicek") if name else None


def header(both: Both, rng: random.Random, word: str) -> Edit | None:
    """A line in a header."""
    for report in both:
        sections_ = [section for section in report.document.sections if not section.header.is_linked_to_previous]
        if not sections_:
            return None
        sections_[0].header.add_paragraph(word)
    return Edit("kepala halaman", word)


EDITS: tuple[Callable[[Both, random.Random, str], Edit | None], ...] = (
    typed_beside,
    typed_beside,
    typed_inside,
    typed_inside,
    retyped,
    retyped,
    new_paragraph,
    own_table,
    picture,
    own_row,
    row_deleted,
    paragraph_deleted,
    section_moved,
    bold,
    recoloured,
    tracked,
    comment,
    header,
)


def edit(both: Both, rng: random.Random, number: int, most: int = 5) -> list[Edit]:
    """Some edits, in both reports; a value is touched once."""
    done: list[Edit] = []
    touched: set[Name] = set()
    wanted = rng.randint(1, most)
    for at in range(wanted * 2):
        if len(done) == wanted:
            break
        made = rng.choice(EDITS)(both, rng, f"Ketikan{number}x{at}")
        for report in both:
            report.__post_init__()
        if made is not None:
            done.append(made)
            touched.add(made.touches)
    return done


def text_of(document: Document) -> str:
    """All text in the file: body, headers, footers, comments."""
    pieces = []
    for part in document.part.package.iter_parts():
        if str(part.partname).endswith(".xml") and "/word/" in str(part.partname):
            pieces += [re.sub(r"<[^>]+>", "", part.blob.decode("utf-8", "replace"))]
    return "\n".join(pieces)


def reopened(document: Document) -> Document:
    stream = io.BytesIO()
    document.save(stream)
    return docx.Document(io.BytesIO(stream.getvalue()))
