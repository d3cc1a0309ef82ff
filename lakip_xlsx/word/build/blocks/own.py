"""Parts of the office's own: named in the sheet Narasi, with the chapter in which they stand."""

from __future__ import annotations

from lakip_xlsx.bahasa import roman
from lakip_xlsx.layouts.outline import Layout, Level
from lakip_xlsx.word.build.blocks.body import within
from lakip_xlsx.word.build.blocks.charts import pictures
from lakip_xlsx.word.build.blocks.front import close_section
from lakip_xlsx.word.xml import Element, paragraph
from lakip_xlsx.workbook.sheets import CHAPTERS


def chapter(number: int) -> list[Element]:
    """The parts at the end of a chapter; nothing at all where the office has none."""
    if roman(number) not in CHAPTERS:
        return []
    name = f"bagian.bab_{roman(number).lower()}"
    return within(name, paragraph("Heading2", "{{judul}}"), paragraph("Isi", "{{isi}}"), *pictures("gambar"))


def names(layout: Layout) -> list[str]:
    """The names of the parts of the office's own that a template of this layout can hold."""
    many = sum(part.level is Level.CHAPTER for part in layout.parts)
    chapters = (roman(number) for number in range(1, many + 1))
    return [*(f"bab_{chapter.lower()}" for chapter in chapters if chapter in CHAPTERS), "lampiran"]


def appendices(section: Element) -> list[Element]:
    """The appendices of the office's own on upright pages, which end with this page section; or nothing at all."""
    text = paragraph("JudulLampiran", "{{judul}}"), paragraph("Isi", "{{isi}}")
    pages = within("bagian.lampiran", *text, *pictures("gambar"))
    close_section(pages, section)
    return within("bagian.ada_lampiran", *pages)
