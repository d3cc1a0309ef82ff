"""What can be wrong with a page and be measured: words broken or lost, pages left empty, lines left alone."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from lxml import etree

from tests.pages.paper import Line, Page

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_CM = 28.35
HEAD, FOOT = 2.2 * _CM, 2.2 * _CM
"""Of a page, for the running texts."""
_NEW_PAGE = ("Heading1", "JudulDepan", "JudulLampiran", "JudulFormulirBaru", "JudulTemuan")
_SIGNED = re.compile(r"NIP[ \d]+$")
_FEW = 3  # lines: a page with less holds what should stand on the one before
_FULL = 1 / 3
_BREAKS = "-\u2010\u00ad\u2013/"  # after these a line may end within a word


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong, on which page (0: of the whole document), and the words by which it is found."""

    kind: str
    page: int
    text: str


class Document:
    """The parts of a ``.docx`` that pages are held against; ``own`` are the texts of the workbook beside it."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.body = etree.fromstring(archive.read("word/document.xml"), etree.XMLParser(huge_tree=True))[0]
            names = sorted(name for name in archive.namelist() if name.startswith("word/charts/chart"))
            self.charts = [etree.fromstring(archive.read(name)) for name in names]

        with zipfile.ZipFile(path.with_suffix(".xlsx")) as archive:
            strings = etree.fromstring(archive.read("xl/sharedStrings.xml"))
        self.own = "\n".join(str(text) for text in strings.itertext())

    def paragraphs(self) -> Iterator[tuple[str, str]]:
        """Style and text of every paragraph."""
        for block in self.body.iter(f"{_W}p"):
            style = block.find(f"{_W}pPr/{_W}pStyle")
            yield "" if style is None else str(style.get(f"{_W}val")), _text(block)

    def words(self) -> Counter[str]:
        """All words that a reader must find."""
        return Counter(word.casefold() for _, text in self.paragraphs() for word in text.split())

    def labels(self) -> Counter[str]:
        """All words that stand in charts: names of bars and of series, titles of axes."""
        found: Counter[str] = Counter()
        for chart in self.charts:
            names = chart.xpath(".//c:ser[1]/c:cat//c:v | .//c:ser/c:tx//c:v", namespaces={"c": _C[1:-1]})
            found.update(word.casefold() for node in names for word in (node.text or "").split())
        return found


def _text(block: etree._Element) -> str:
    pieces = []
    for node in block.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        outer = next((one for one in node.iterancestors(f"{_W}p")), None)
        if outer is block:
            pieces.append(node.text or "" if node.tag == f"{_W}t" else " ")
    return "".join(pieces)


def found(path: Path, pages: Sequence[Page]) -> list[Flaw]:
    """Every flaw of a document that was laid out."""
    document = Document(path)
    return [
        *broken(document, pages),
        *too_empty(document, pages),
        *alone(document, pages),
        *outside(pages),
        *numbered(document),
        *same_labels(document),
        *wide_tables(document),
    ]


def broken(document: Document, pages: Sequence[Page]) -> Iterator[Flaw]:
    """Words that no page shows whole: broken inside (but for a hyphen at the end of the line), or cut."""
    printed, labels = _printed(pages), document.labels()
    for word, many in sorted((document.words() - printed).items()):
        if any(letter.isalnum() for letter in word):
            page = next((at for at, one in enumerate(pages, 1) if _starts(one, word)), 0)
            yield Flaw("angka terputus" if word[0].isdigit() else "kata terputus", page, f"{word} ({many}x)")
    for word, many in sorted((labels - (printed - document.words())).items()):
        if any(letter.isalnum() for letter in word):
            yield Flaw("label grafik terpotong", 0, f"{word} ({many}x)")


def _printed(pages: Sequence[Page]) -> Counter[str]:
    """The words on the pages, those with a hyphen at the end of the line put together again."""
    counted: Counter[str] = Counter()
    for page in pages:
        lines = [*page.lines, *page.running]
        counted.update(word.casefold() for line in lines for word in line.words)
        for line in lines:
            last = line.words[-1]
            if len(last) > 1 and last[-1] in _BREAKS:
                counted.update(_joined(last, _below(line, page.lines)))
    return counted


def _joined(last: str, below: Line | None) -> Iterator[str]:
    if below is not None:
        yield (last[:-1] + below.words[0]).casefold()
        yield (last + below.words[0]).casefold()


def _below(line: Line, lines: Sequence[Line]) -> Line | None:
    """The next line of the same column."""
    under = (one for one in lines if 0 < one.top - line.top < 40 and one.left < line.right and one.right > line.left)
    return min(under, key=lambda one: (one.top, abs(one.left - line.left)), default=None)


def _starts(page: Page, word: str) -> bool:
    """Whether a line of a page ends with the beginning of a word."""
    for line in page.lines:
        last = line.words[-1].casefold()
        if len(last) > 2 and last != word and word.startswith(last.rstrip("-\u2010")):
            return True
    return False


def _ends(document: Document, pages: Sequence[Page]) -> set[int]:
    """The pages after which the document wants a new one: the ends of chapters, and the last."""
    opening = {" ".join(text.split()).casefold() for style, text in document.paragraphs() if style in _NEW_PAGE}
    ends = {len(pages), 1}
    for at, page in enumerate(pages[1:], 2):
        first = " ".join(line.text for line in page.lines[:4]).casefold()
        if re.match(r"(bab [ivx]+|lampiran \d+\.) ", first) or any(
            first.startswith(one[:40]) for one in opening if one
        ):
            ends.add(at - 1)
        if page.wide != pages[at - 2].wide:
            ends.add(at - 1)
    return ends


def too_empty(document: Document, pages: Sequence[Page]) -> Iterator[Flaw]:
    """Pages filled to less than a third, unless a chapter ends there."""
    ends = _ends(document, pages)
    for at, page in enumerate(pages, 1):
        if not page.lines:
            yield Flaw("halaman kosong", at, "")
            continue
        room = page.height - 3.0 * _CM - 2.5 * _CM
        filled = (max(line.bottom for line in page.lines) - 3.0 * _CM) / room
        if filled < _FULL and at not in ends:
            yield Flaw("halaman hampir kosong", at, f"{filled:.0%}: {page.lines[0].text[:50]}")


def alone(document: Document, pages: Sequence[Page]) -> Iterator[Flaw]:
    """Pages with a line or two, or with nothing but a signature; headings and captions at the foot of a page."""
    headings = {
        " ".join(text.split()).casefold()
        for style, text in document.paragraphs()
        if style.startswith(("Heading", "Judul", "Caption")) and len(text) > 5
    }
    ends = _ends(document, pages)
    captions = tuple(one for one in headings if one.startswith("tabel "))
    for at, page in enumerate(pages, 1):
        short = at in ends and at - 1 in ends  # a chapter that is no longer
        only_source = [line.text[:8] for line in page.lines] == ["Sumber: "]  # Word keeps it with its table
        if at > 1 and not short and not only_source and 0 < len(page.lines) < _FEW:
            yield Flaw("baris sendirian", at, " / ".join(line.text for line in page.lines)[:60])
        elif at - 1 not in ends and 0 < len(page.lines) < 9 and _SIGNED.search(page.lines[-1].text):
            yield Flaw("tanda tangan sendirian", at, page.lines[0].text[:50])
    begun = False
    for at, (page, following) in enumerate(pairwise(pages), 1):
        begun = begun or (bool(page.lines) and page.lines[0].text.casefold().startswith("bab i "))
        if begun and page.lines and following.lines:
            last = page.lines[-1].text.casefold()
            plain = re.sub(r"^([a-z]|\d+)\. ", "", last)
            if plain in headings or (last.startswith("tabel ") and last.startswith(captions)):
                yield Flaw("judul sendirian", at, last[:60])


def outside(pages: Sequence[Page]) -> Iterator[Flaw]:
    """Text outside the margins."""
    for at, page in enumerate(pages, 1):
        for line in (*page.lines, *page.running):
            if line.right > page.width - 2.4 * _CM + 8 or line.left < 2.4 * _CM - 4:
                yield Flaw("di luar batas", at, line.text[:60])


def numbered(document: Document) -> Iterator[Flaw]:
    """Captions that are not counted 1, 2, 3, and references that name another number than their caption has."""
    counters: Counter[str] = Counter()
    marks: dict[str, str] = {}
    for block in document.body.iter(f"{_W}p"):
        for name, result in _fields(block):
            if name[0] == "SEQ":
                counters[name[1]] += 1
                if result != str(counters[name[1]]):
                    yield Flaw("nomor salah", 0, f"{name[1]} {result}, seharusnya {counters[name[1]]}")
        for mark in block.iter(f"{_W}bookmarkStart"):
            marks[str(mark.get(f"{_W}name"))] = _between(mark)
    yield from _referred(document, marks)


def _referred(document: Document, marks: dict[str, str]) -> Iterator[Flaw]:
    """References to captions that say another number, or none."""
    for block in document.body.iter(f"{_W}p"):
        for name, result in _fields(block):
            if name[0] == "REF" and marks.get(name[1]) != result:
                yield Flaw("rujukan salah", 0, f"{name[1]}: {result!r}, seharusnya {marks.get(name[1])!r}")
    for _, text in document.paragraphs():
        if re.search(r"\b(tabel|grafik|gambar) berikut\b", text) and text[:40] not in document.own:
            yield Flaw("rujukan tanpa nomor", 0, text[:60])


def _fields(block: etree._Element) -> Iterator[tuple[list[str], str]]:
    """Words of the instruction and result of each simple (not nested) field of a paragraph."""
    code, result, state = "", "", ""
    for node in block.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}t"):
        if node.tag == f"{_W}fldChar":
            state = str(node.get(f"{_W}fldCharType"))
            if state == "begin":
                code, result = "", ""
            elif state == "end" and code.split():
                yield code.split(), result
        elif node.tag == f"{_W}instrText":
            code += node.text or ""
        elif state == "separate":
            result += node.text or ""


def _between(mark: etree._Element) -> str:
    """The text between the start of a bookmark and its end, in the same paragraph."""
    pieces = []
    for node in mark.itersiblings():
        if node.tag == f"{_W}bookmarkEnd" and node.get(f"{_W}id") == mark.get(f"{_W}id"):
            break
        pieces += [text.text or "" for text in node.iter(f"{_W}t")]
    return "".join(pieces)


def same_labels(document: Document) -> Iterator[Flaw]:
    """Bars of one chart that bear the same name."""
    for number, chart in enumerate(document.charts, 1):
        series = chart.find(f".//{_C}ser/{_C}cat")
        names = [" ".join((node.text or "").split()) for node in series.iter(f"{_C}v")] if series is not None else []
        for name, many in Counter(re.sub(r"^\d+\. ", "", one) for one in names).items():
            if many > 1:
                yield Flaw("nama batang kembar", 0, f"grafik {number}: {name[:50]}")


def wide_tables(document: Document) -> Iterator[Flaw]:
    """Tables wider than the text of their page."""
    room: list[tuple[etree._Element, int]] = []
    for section in document.body.iter(f"{_W}sectPr"):
        page, margin = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
        if page is not None and margin is not None:
            sides = sum(int(str(margin.get(f"{_W}{side}"))) for side in ("left", "right"))
            room.append((section, int(str(page.get(f"{_W}w"))) - sides))
    order = {element: at for at, element in enumerate(document.body.iter())}
    for table in document.body.findall(f"{_W}tbl"):
        widths = [int(str(column.get(f"{_W}w"))) for column in table.iterfind(f"{_W}tblGrid/{_W}gridCol")]
        text = next((wide for section, wide in room if order[section] > order[table]), 0)
        if sum(widths) > text + 20:
            yield Flaw("tabel terlalu lebar", 0, f"{sum(widths)} > {text}")
