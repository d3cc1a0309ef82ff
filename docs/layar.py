"""Makes the pictures of the page for the README and ``docs/laman.md``: ``python -m docs.layar``.

Needs Chromium, chromedriver, LibreOffice and poppler, and the extra ``browser``. The pictures are those of a real run.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.browser.browser import CHROMIUM, DRIVER, Person, person
from tests.web.visit import Visitor, served

ROOT = Path(__file__).parent.parent
TARGET = Path(__file__).parent / "gambar"
SAMPLES = [ROOT / "samples" / name for name in ("kesbangpol-tebo-2019.xlsx", "dinas-contoh-2025.xlsx")]


def _save(browser: Person, name: str) -> None:
    time.sleep(0.5)  # what was just shown is drawn
    browser.save_screenshot(str(TARGET / f"{name}.png"))
    print(TARGET / f"{name}.png")


def _findings(browser: Person, page: Visitor, key: str) -> None:
    browser.look(width=1100, height=860)
    browser.get(f"{page.origin}{page.base}/kerja/{key}")
    _save(browser, "laman-temuan")
    found = next(each for each in browser.all(".finding") if "Selisih Rp 10." in each.text)
    browser.look(width=1100, height=860, dark=True)
    found.find_element("css selector", ".code").click()
    browser.execute_script("arguments[0].scrollIntoView(); scrollBy(0, -60)", found)
    _save(browser, "laman-penjelasan-gelap")
    browser.look(width=360, height=860)
    browser.execute_script("arguments[0].scrollIntoView(); scrollBy(0, -12)", found)
    _save(browser, "laman-ponsel")
    browser.look(width=1100, height=860)
    browser.execute_script("document.getElementById('judul-pratinjau').scrollIntoView()")
    browser.wait(lambda: all(each.get_property("naturalWidth") for each in browser.all(".pages img")[:6]))
    _save(browser, "laman-pratinjau")


def main() -> None:
    """Make every picture anew."""
    if CHROMIUM is None or DRIVER is None:
        sys.exit("Chromium dan chromedriver tidak terpasang.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with served(temporary=folder, env={}) as page, person(folder) as browser:
            keys = [page.work(sample.name, sample.read_bytes(), 300) for sample in SAMPLES]
            browser.look(width=1100, height=860)
            browser.get(f"{page.origin}{page.base}/")
            _save(browser, "laman-awal")
            _findings(browser, page, keys[0])


if __name__ == "__main__":
    main()
