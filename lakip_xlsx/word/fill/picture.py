"""Puts a picture where its tag stands, at the size that fits there."""

from __future__ import annotations

import io

from docx.document import Document
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml.shape import CT_Inline
from docx.parts.story import StoryPart
from docx.shared import Cm, Emu, Twips

from lakip_xlsx.report.content import Image, Teks
from lakip_xlsx.word.build import styles
from lakip_xlsx.word.fill.anchors import GAMBAR, Anchors
from lakip_xlsx.word.fill.compiled import story_parts
from lakip_xlsx.word.fill.values import height_at, width_at
from lakip_xlsx.word.xml import TWIPS_PER_CM, Element, P, ancestor, el, printable, qn, remove

HEIGHT, WIDTH = 3.0, 8.0
"""Centimetres that a picture takes at most in the text."""
HEIGHT_IN_HEADER, WIDTH_IN_HEADER = 1.8, 4.0
ROOM_FOR_WORDS = 4.0
"""Centimetres of a page that a figure leaves for its caption, and for a heading above it."""
MARGIN = 0.2
"""Centimetres by which a figure stays narrower than its line, so that it stands in its middle everywhere."""
PIXEL = 9525
"""EMU of a pixel at 96 to the inch: the size at which a figure is not enlarged."""


class PicturePlacer:
    """Places pictures into one document."""

    def __init__(self, document: Document, anchors: Anchors) -> None:
        self._parts = {part.element: part for part in story_parts(document)}
        self._anchors = anchors

    def place(self, tag: Element, image: Image) -> bool:
        """Put the picture in place of a tag element, inside its run; False if it cannot be read after all."""
        run, paragraph = tag.getparent(), ancestor(tag, P)
        part = self._parts.get(tag.getroottree().getroot())
        if run is None or paragraph is None or not isinstance(part, StoryPart):
            return False
        try:
            relation, _ = part.get_or_add_image(io.BytesIO(image.data))
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
            return False
        width, height = _fit(image, paragraph)
        inline = CT_Inline.new_pic_inline(1, relation, "gambar" if image.figure else "logo", Emu(width), Emu(height))
        inline.docPr.set("descr", printable(image.alt))
        tag.addprevious(el("w:drawing", None, inline))
        remove(tag)
        self._anchors.around(run, Teks("", image.sources, how="disisipkan"), kind=GAMBAR)
        return True


def _fit(image: Image, paragraph: Element) -> tuple[int, int]:
    """Width and height in EMU: as large as fits, in its own shape."""
    if image.figure:
        return _fit_figure(image, paragraph)
    in_header = paragraph.getroottree().getroot().tag in {qn("w:hdr"), qn("w:ftr")}
    height, width = (HEIGHT_IN_HEADER, WIDTH_IN_HEADER) if in_header else (HEIGHT, WIDTH)
    width = min(width, width_at(paragraph, styles.TEXT_WIDTH) / TWIPS_PER_CM)
    scale = min(Cm(width) / image.width, Cm(height) / image.height)
    return round(image.width * scale), round(image.height * scale)


def _fit_figure(image: Image, paragraph: Element) -> tuple[int, int]:
    """The same for a figure: at most the width and the height of the text where it stands, and never enlarged."""
    width = Twips(width_at(paragraph, styles.TEXT_WIDTH)) - Cm(MARGIN)
    height = Twips(height_at(paragraph)) - Cm(ROOM_FOR_WORDS)
    scale = min(PIXEL, width / image.width, height / image.height)
    return round(image.width * scale), round(image.height * scale)
