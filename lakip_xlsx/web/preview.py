"""The pages of a document as pictures: of its PDF, by poppler's ``pdftoppm`` where that is installed."""

from __future__ import annotations

import shutil
import tempfile
import threading
from pathlib import Path

from lakip_xlsx.word.office.pages import page_count
from lakip_xlsx.word.office.soffice import run_kept

_RESOLUTION = 70  # dots per inch
MOST_PAGES = 300
_at_once = threading.Semaphore(2)


def count(pdf: Path) -> int:
    """How many pages can be shown; 0 where there is no PDF, or nothing to draw it with."""
    if shutil.which("pdftoppm") is None:
        return 0
    try:
        return min(page_count(pdf.read_bytes()), MOST_PAGES)
    except OSError:
        return 0


def page(pdf: Path, number: int) -> Path | None:
    """The picture of a page (from 1), made now or before; None when it cannot be made."""
    place, program = pdf.with_name(f"halaman-{number}.png"), shutil.which("pdftoppm")
    if place.is_file():
        return place
    if program is None:
        return None
    with _at_once, tempfile.TemporaryDirectory(dir=pdf.parent, ignore_cleanup_errors=True) as name:
        made = Path(name) / "halaman"
        pages = ["-f", str(number), "-l", str(number), "-singlefile"]
        if not run_kept([program, "-png", "-r", str(_RESOLUTION), *pages, str(pdf), str(made)], Path(name)):
            return None
        try:
            return made.with_suffix(".png").replace(place)
        except OSError:
            return None
