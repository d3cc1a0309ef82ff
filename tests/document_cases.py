"""Case files of the rules on documents: one readable Markdown file for each, with wrong and right documents.

A file is ``# CODE title``, then sections ``## Salah`` and ``## Benar`` (with a remark after a colon if wanted), each
with one fenced block; a list of the expected findings follows in a ``Salah`` section, as ``- CODE place: beginning of
the message``. A block ``dokumen`` is a document line by line: ``# judul``, ``## subjudul``, ``| tabel |``,
``^ kepala halaman``, all else a paragraph; in it ``==kuning==``, ``{+sisipan+}``, ``{-hapusan-}``, ``{?komentar?}``,
``{REF tujuan}``. A block ``suntingan`` is a sample's own document and what people did to it, a step a line:
``dari NAMA``, ``ganti A -> B``, ``hapus A``, ``tabel A | B`` (a row of a typed table), ``bidang KODE``, ``workbook A ->
B`` (in the workbook, afterwards), ``segel NAMA``, ``rusak`` (the record beside it), ``buka`` (the document alone,
without its workbook and its record).
"""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from lakip_xlsx import finished, pipeline
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.word.follow.examined import Examined
from lakip_xlsx.word.follow.signoff import beside
from lakip_xlsx.word.xml import field
from samples.build import as_standard
from samples.markdown import parse_markdown

CASES = Path(__file__).parent / "cases" / "dokumen"
SAMPLES = Path(__file__).parent.parent / "samples"
_TITLE = re.compile(r"# (?P<code>DOK-[0-9]{3}) (?P<title>.+)")
_BLOCK = re.compile(r"^~~~(?P<kind>dokumen|suntingan)\n(?P<body>.*?)^~~~$", re.MULTILINE | re.DOTALL)
_MARKED = re.compile(r"(==.+?==|\{\+.+?\+\}|\{-.+?-\}|\{\?.+?\?\}|\{REF \w+\})")
DATE = dt.date(2026, 2, 2)


@dataclass(frozen=True)
class Section:
    """One document of a case file, with the findings that it must give."""

    title: str
    kind: str
    body: str
    expected: tuple[str, ...]

    @property
    def wrong(self) -> bool:
        return self.title.startswith("Salah")

    def examined(self) -> Examined:
        """The document of this section, made and checked."""
        return _examined(self.kind, self.body)


@dataclass(frozen=True)
class CaseFile:
    code: str
    title: str
    sections: tuple[Section, ...]

    @property
    def example(self) -> Section:
        return next(section for section in self.sections if section.wrong)


@cache
def _examined(kind: str, body: str) -> Examined:
    """What is found in a document; several rules may show the same one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if kind == "suntingan":
            return edited(body, folder)
        path = folder / "laporan.docx"
        written(body).save(str(path))
        return finished.examine(path)


def all_cases() -> list[CaseFile]:
    """All case files, by code."""
    return [_read(path) for path in sorted(CASES.glob("*.md"))]


def _read(path: Path) -> CaseFile:
    head, *parts = re.split(r"^## (?=Salah|Benar)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    match = _TITLE.fullmatch(head.strip())
    if match is None:
        raise ValueError(f"{path.name}: the first line must be '# CODE title'")
    return CaseFile(match["code"], match["title"], tuple(_section(part, path.name) for part in parts))


def _section(part: str, source: str) -> Section:
    title, _, rest = part.partition("\n")
    block = _BLOCK.search(rest)
    if block is None:
        raise ValueError(f"{source}: ## {title} has no document")
    expected = tuple(line[2:] for line in rest[block.end() :].splitlines() if line.startswith("- "))
    if title.startswith("Salah") != bool(expected):
        raise ValueError(f"{source}: ## {title}: Salah, and only Salah, lists findings")
    return Section(title.strip(), block["kind"], block["body"], expected)


# A document of its own


def written(body: str) -> Document:
    """A document line by line."""
    document = docx.Document()
    table = None
    for line in filter(None, map(str.strip, body.splitlines())):
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            table = table if table is not None else document.add_table(rows=0, cols=len(cells))
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                _say(document, cell.paragraphs[0], text)
            continue
        table = None
        if line.startswith("^ "):
            document.sections[0].header.paragraphs[0].text = line[2:]
        elif heading := re.match(r"(#{1,3}) ", line):
            document.add_heading(line[heading.end() :], len(heading[1]))
        else:
            _say(document, document.add_paragraph(), line)
    return document


def _say(document: Document, paragraph: Paragraph, text: str) -> None:
    for piece in filter(None, _MARKED.split(text)):
        inner = piece[2:-2]
        if piece.startswith("=="):
            paragraph.add_run(inner).font.highlight_color = docx.enum.text.WD_COLOR_INDEX.YELLOW
        elif piece.startswith(("{+", "{-")):
            paragraph._p.append(_tracked("w:ins" if piece.startswith("{+") else "w:del", inner))
        elif piece.startswith("{?"):
            document.add_comment(paragraph.runs, text=inner, author="Budi", initials="B")
        elif piece.startswith("{REF "):
            paragraph._p.extend(field(f"REF {piece[5:-1]} \\h", "di sana"))
        else:
            paragraph.add_run(piece)


def _tracked(tag: str, text: str):
    change, run = OxmlElement(tag), OxmlElement("w:r")
    said = OxmlElement("w:t" if tag == "w:ins" else "w:delText")
    said.text = text
    change.set(qn("w:id"), "1")
    change.set(qn("w:author"), "Budi")
    run.append(said)
    change.append(run)
    return change


# A sample's document, edited


@cache
def _sample(name: str) -> str:
    return (SAMPLES / f"{name}.md").read_text(encoding="utf-8")


@cache
def _document(name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return pipeline.document(pipeline.check(_workbook(name, Path(folder), ()))).data


def _workbook(name: str, folder: Path, steps: tuple[tuple[str, str], ...]) -> Path:
    text = _sample(name)
    for old, new in steps:
        if old not in text:
            raise ValueError(f"{name}: {old} is not in the workbook")
        text = text.replace(old, new)
    path = folder / f"{name}.xlsx"
    write_workbook(path, as_standard(parse_markdown(text)), layout=LAYOUTS[0])
    return path


def edited(body: str, folder: Path) -> Examined:
    """A sample's document after these steps, checked against its workbook."""
    first, *steps = [line.strip() for line in body.strip().splitlines()]
    name = first.removeprefix("dari ")
    path = folder / f"{name}.docx"
    path.write_bytes(_document(name))
    _workbook(name, folder, ())
    changed: list[tuple[str, str]] = []
    typed: list[list[str]] = []
    for step in steps:
        verb, _, rest = step.partition(" ")
        old, _, new = rest.partition(" -> ")
        if verb == "workbook":
            changed.append((old, new))
        elif verb == "segel":
            finished.seal(path, by=rest, role="penyusun", date=DATE)
        elif verb == "buka":
            beside(path).unlink(missing_ok=True)
            path = path.rename(folder / "kiriman.docx")
            (folder / f"{name}.xlsx").unlink()
        elif verb == "tabel":
            typed.append([cell.strip() for cell in rest.split("|")])
        elif verb == "bidang":
            path.write_bytes(_with_field(path.read_bytes(), rest))
        elif verb == "rusak":
            beside(path).write_text("{}", encoding="utf-8")
        else:
            path.write_bytes(_edit(path.read_bytes(), old, new if verb == "ganti" else None))
    if typed:
        path.write_bytes(_with_table(path.read_bytes(), typed))
    if changed:
        _workbook(name, folder, tuple(changed))
    return finished.examine(path)


def _edit(data: bytes, old: str, new: str | None) -> bytes:
    """The document with the first text of this wording changed, or with its paragraph or table row deleted."""
    document = docx.Document(io.BytesIO(data))
    for node in document.element.body.iter(qn("w:t")):
        if old in (node.text or ""):
            row = next(node.iterancestors(qn("w:tr")), None)
            holder = row if row is not None else next(node.iterancestors(qn("w:p")))
            if new is None:
                holder.getparent().remove(holder)
            else:
                node.text = node.text.replace(old, new)
            return _saved(document)
    raise ValueError(f"{old} is not in the document")


def _with_table(data: bytes, rows: list[list[str]]) -> bytes:
    document = docx.Document(io.BytesIO(data))
    table = document.add_table(rows=0, cols=len(rows[0]))
    for line in rows:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    next(each for each in document.paragraphs if each.style.name == "Heading 1")._p.addprevious(table._tbl)
    return _saved(document)


def _with_field(data: bytes, code: str) -> bytes:
    document = docx.Document(io.BytesIO(data))
    document.paragraphs[0]._p.extend(field(code, "logo"))
    return _saved(document)


def _saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
