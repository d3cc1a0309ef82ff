"""A real browser: Chromium as the system has it, driven by Selenium, and files that are dropped on its page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
PATIENCE = 60  # seconds for a workbook, with LibreOffice

_DROP = """
const [target, input] = arguments, data = new DataTransfer();
for (const file of input.files) { data.items.add(file); }
for (const kind of ["dragenter", "dragover", "drop"]) {
  target.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
}
input.remove();
"""
_INPUT = """
const input = document.createElement("input");
input.type = "file"; input.multiple = true; input.id = "tangan"; document.body.appendChild(input);
return input;
"""


class Person(Chrome):
    """Somebody in front of the page."""

    def drop(self, *files: Path) -> None:
        """Drop files on the page, as from a window of the system's file manager."""
        hand = self.execute_script(_INPUT)
        hand.send_keys("\n".join(map(str, files)))
        self.execute_script(_DROP, self.find_element(By.ID, "kirim"), hand)

    def one(self, selector: str):
        return self.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> Sequence:
        return self.find_elements(By.CSS_SELECTOR, selector)

    def wait(self, true, seconds: float = PATIENCE):
        """Wait until something is so, and return it; meanwhile the page may be drawn anew."""
        redrawn = (NoSuchElementException, StaleElementReferenceException)
        return WebDriverWait(self, seconds, 0.1, ignored_exceptions=redrawn).until(lambda _: true())

    def wait_for(self, selector: str, seconds: float = PATIENCE):
        return self.wait(lambda: next(iter(self.all(selector)), None), seconds)

    def look(self, *, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """Sit before a screen of this size (CSS pixels), with the system's light or dark colours."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@contextmanager
def person(downloads: Path) -> Iterator[Person]:
    """A person with a new browser; what they download goes to a folder."""
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--lang=id", "--disable-extensions"):
        options.add_argument(argument)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium has none for root
    options.add_argument(f"--user-data-dir={downloads / 'profil'}")
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = Person(options=options, service=Service(str(DRIVER)))
    try:
        yield browser
    finally:
        browser.quit()
