"""Makes the generated files: the templates, and from each sample's ``.md`` its workbook, findings and report.

``python -m samples.build`` writes them, ``python -m samples.build --check`` says whether the files that are
there are still what the program makes. The same data gives the same bytes.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from lakip_xlsx import pipeline
from lakip_xlsx.excel.blank import blank_data
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import (
    FormData,
    SheetData,
    TableData,
    TextCell,
    WorkbookData,
    spec_of,
    starred,
)
from lakip_xlsx.finding import Finding
from lakip_xlsx.layouts import catalog
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.report import example
from lakip_xlsx.word.build import template
from lakip_xlsx.word.fill import template_check
from samples.markdown import read_markdown

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER.parent / "workbook_templates"
BLANK = "lakip-standar.xlsx"
_BASE = re.compile(r"^Dasar: (?P<name>\S+)$", re.MULTILINE)
_FINGERPRINT = re.compile(rb">[0-9a-f]{64}<")


def names() -> list[str]:
    """The samples: every Markdown file here but the guide."""
    return sorted(path.stem for path in FOLDER.glob("*.md") if path.stem != "README")


def build(name: str, folder: Path) -> None:
    """Write one sample's ``.xlsx``, ``.temuan.txt`` and ``.docx`` into a folder.

    Raises:
        ValueError: the data names no layout that the program knows.
    """
    data = as_standard(read(name))
    workbook = folder / f"{name}.xlsx"
    write_workbook(workbook, data, layout=_layout(data))
    converted = pipeline.convert(workbook, force=True, page_numbers=True)
    lines = "".join(f"{line_of(finding)}\n" for finding in converted.findings)
    (folder / f"{name}.temuan.txt").write_text(lines, encoding="utf-8", newline="\n")


def read(name: str) -> WorkbookData:
    """A sample's data. A line ``Dasar: name`` lays its sheets, and its lines of the form, over another sample."""
    path = FOLDER / f"{name}.md"
    own, base = read_markdown(path), _BASE.search(path.read_text(encoding="utf-8"))
    if base is None:
        return own
    below = read(base["name"])
    forms = tuple(_form_over(below.sheet(each.key), each) for each in own.sheets if isinstance(each, FormData))
    return below.overlaid(own).overlaid(WorkbookData(forms))


def _form_over(below: SheetData | None, own: FormData) -> FormData:
    """The form of the sample below with those lines replaced that this one has."""
    if not isinstance(below, FormData):
        return own
    changed = {line.key: line for line in own.lines}
    return replace(below, lines=tuple(changed.get(line.key, line) for line in below.lines))


def build_templates(folder: Path) -> None:
    """Write the blank workbook and the Word template of every layout into a folder.

    Raises:
        ValueError: a block names what no report holds, or repeats without naming anything of what it repeats.
    """
    write_workbook(folder / BLANK, layout=catalog.LAYOUTS[0])
    for layout in catalog.LAYOUTS:
        built = template.build(layout)
        faults = template_check.check(built, layout, example.content(layout))
        if faults:
            raise ValueError("\n".join(finding.message for finding in faults))
        (folder / layout.template).write_bytes(built)


def line_of(finding: Finding) -> str:
    """A finding in one line: code, severity and place."""
    return f"{finding.code} {finding.severity} {finding.cell or '-'}"


def as_standard(data: WorkbookData) -> WorkbookData:
    """The data under the headings of the standard workbook, in their order; sheets without data stay blank."""
    own = {sheet.key: _standard_sheet(sheet) for sheet in data.sheets}
    blank = blank_data(catalog.LAYOUTS[0])
    return replace(data, sheets=tuple(own.get(sheet.key, sheet) for sheet in blank.sheets))


def _standard_sheet(sheet: SheetData) -> SheetData:
    spec = spec_of(sheet)
    if spec is None:
        return sheet
    if isinstance(sheet, TableData):
        return replace(sheet, headings=())
    labels = {field.key: starred(field) for field in spec.fields}
    return replace(sheet, lines=tuple(replace(line, label=labels.get(line.key, line.label)) for line in sheet.lines))


def _layout(data: WorkbookData) -> Layout:
    """The layout that the data chooses in the form."""
    form = data.sheet("instansi")
    for line in form.lines if isinstance(form, FormData) else ():
        if line.key == "tata_letak" and isinstance(line.value, TextCell):
            layout = catalog.find(line.value.text)
            if layout is not None:
                return layout
    raise ValueError("Tata Letak belum diisi atau tidak dikenal")


def differences(built: Path, kept: Path) -> list[str]:
    """What differs between a file as built and as kept: part by part in an Office file, XML by its content.

    Other versions of the zip library pack the same parts into other bytes; that is no difference. Nor are
    the page numbers in the table of contents, which come from LibreOffice's layout where it is installed.
    """
    if not kept.is_file():
        return [f"{kept.name}: tidak ada"]
    if built.suffix == ".txt":
        return [] if built.read_bytes() == kept.read_bytes() else [kept.name]
    new, old = _parts(built), _parts(kept)
    return [f"{kept.name}: {part}" for part in sorted({*new, *old}) if new.get(part) != old.get(part)]


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: _canonical(name, archive.read(name)) for name in archive.namelist()}


def _canonical(name: str, content: bytes) -> bytes:
    if not name.endswith((".xml", ".rels", ".vml")):
        return content
    root = etree.fromstring(content)
    if name == "word/document.xml":
        _without_page_numbers(root)
    plain = etree.tostring(root, method="c14n")
    return _FINGERPRINT.sub(b"<", plain) if name == "docProps/custom.xml" else plain


def _without_page_numbers(root: etree._Element) -> None:
    """Leave only the text of each entry of the table of contents: its first run."""
    for link in root.iter("{*}hyperlink"):
        if any("PAGEREF" in (code.text or "") for code in link.iter("{*}instrText")):
            for run in list(link)[1:]:
                link.remove(run)


def _check(chosen: Sequence[str]) -> int:
    """Build beside the kept files and compare; the number of differences, each on a line."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as samples, tempfile.TemporaryDirectory() as templates:
        build_templates(Path(templates))
        for name in chosen:
            build(name, Path(samples))
        for built, kept in ((templates, TEMPLATES), (samples, FOLDER)):
            found += [line for path in sorted(Path(built).iterdir()) for line in differences(path, kept / path.name)]
    print("\n".join(found) if found else "Contoh masih sama dengan hasil program.")
    return len(found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the samples that are named, or all; the exit code."""
    parser = argparse.ArgumentParser(description="Membuat ulang contoh dari data Markdown.")
    parser.add_argument("nama", nargs="*", help="nama contoh; tanpa nama: semua")
    parser.add_argument("--ke", type=Path, default=FOLDER, help="folder tujuan (bawaan: folder contoh)")
    parser.add_argument("--check", action="store_true", help="hanya bandingkan, jangan menulis")
    options = parser.parse_args(arguments)
    chosen = options.nama or names()
    if options.check:
        return 1 if _check(chosen) else 0
    if options.ke == FOLDER:
        build_templates(TEMPLATES)
        print(f"{TEMPLATES}: workbook kosong dan templat Word")
    for name in chosen:
        build(name, options.ke)
        print(f"{options.ke / name}: .xlsx, .temuan.txt, .docx")
    return 0


if __name__ == "__main__":
    sys.exit(main())
