"""Makes everything that is generated, by one command: ``python -m docs.regenerate``.

The blank workbook and the Word templates, the samples, ``docs/aturan.md``, the list of names in
``docs/template.md``, and the pictures where LibreOffice and poppler are installed. ``--check`` writes nothing and
says what would change; pictures are not compared.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence

from docs import build, gambar, templat
from samples import build as samples

PAGES = ((build.TARGET, build.render), (templat.PAGE, templat.render))


def stale() -> list[str]:
    """The pages that are no longer what the program makes."""
    return [page.name for page, render in PAGES if page.read_text(encoding="utf-8") != render()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make everything, or say what is not fresh; the exit code."""
    parser = argparse.ArgumentParser(description="Membuat ulang semua berkas yang dihasilkan.")
    parser.add_argument("--check", action="store_true", help="hanya bandingkan, jangan menulis")
    options = parser.parse_args(arguments)
    if options.check:
        found = stale()
        print("\n".join(found) or "Halaman dokumentasi masih sama dengan hasil program.")
        return max(bool(found), samples.main(["--check"]))
    samples.main([])
    for page, render in PAGES:
        page.write_text(render(), encoding="utf-8")
        print(page)
    if shutil.which("soffice") and shutil.which("pdftoppm"):
        gambar.main()
        templat.main()
    else:
        print("Gambar tidak dibuat: LibreOffice atau poppler tidak terpasang.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
