"""Makes what docs/template.md shows: ``python -m docs.templat`` (the pictures need LibreOffice and poppler).

The list of names stands between two marks in the page, and comes from the content that fills a report.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import docx
from docx.shared import Pt, RGBColor

from docs.gambar import RESOLUTION, TARGET, as_pdf, page_with
from lakip_xlsx import pipeline
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.show.fields import template_fields
from lakip_xlsx.word.build.template import build

ROOT = Path(__file__).parent.parent
PAGE = Path(__file__).parent / "template.md"
START, END = "<!-- nama-nama -->", "<!-- akhir nama-nama -->"


def names() -> str:
    """Every name that a template may use, with what it is, as a Markdown table; what is inside a part is set in."""
    lines = [f"| {'&emsp;' * len(field.inside)}`{field.tag}` | {field.kind} |" for field in template_fields(LAYOUTS)]
    return "\n".join(["| Tag | Isinya |", "| --- | --- |", *lines])


def render() -> str:
    """The page with the list as it is now."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{names()}\n\n{END}{after}"


def _restyled(path: Path) -> None:
    """A template as an office might change it: another font, blue headings."""
    document = docx.Document(str(path))
    for name in ("Normal", "Isi", "Isi Tabel", "Kepala Tabel", "caption"):
        document.styles[name if name != "caption" else "Caption"].font.name = "Carlito"
    for name in ("Heading 1", "Heading 2", "Heading 3", "Sampul Judul", "Sampul Instansi"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = "Carlito", RGBColor(0x1F, 0x4E, 0x79)
    document.styles["Isi"].font.size = Pt(11)
    document.save(str(path))


def _picture(name: str, source: Path, text: str, folder: Path) -> None:
    pdf = as_pdf(source, folder)
    page = str(page_with(pdf, text))
    command = ["pdftoppm", "-png", "-r", str(RESOLUTION), "-f", page, "-l", page, "-singlefile"]
    subprocess.run([*command, str(pdf), str(TARGET / name)], check=True)
    print(TARGET / f"{name}.png")


def main() -> None:
    """Write the list, and make every picture anew."""
    PAGE.write_text(render(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = folder / "templat.docx"
        template.write_bytes(build(LAYOUTS[0]))
        _picture("templat-asal", template, "{{narasi.tugas_pokok}}", folder)
        _restyled(template)
        checked = pipeline.check(ROOT / "samples" / "dinas-contoh-2025.xlsx")
        report = folder / "laporan.docx"
        report.write_bytes(pipeline.document(checked, template=template).data)
        _picture("templat-diubah", report, "Pencapaian Indikator Kinerja Sasaran", folder)


if __name__ == "__main__":
    main()
