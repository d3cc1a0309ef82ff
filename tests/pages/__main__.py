"""Lays out every kind of office in both layouts and measures the pages: ``python -m tests.pages [--ke FOLDER]``.

Prints a table and ends with 1 where a page has a flaw. Needs LibreOffice and poppler.
"""

from __future__ import annotations

import argparse
import shutil
import struct
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from lakip_xlsx import pipeline
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.layouts.catalog import LAYOUTS
from samples import build as samples
from samples.markdown import parse_markdown
from tests.pages import flaws, offices, paper

_SHOWN = 6  # flaws of a kind, in full


def png(size: int = 60) -> bytes:
    """A grey square: the logo of the large office."""
    rows = b"".join(b"\x00" + b"\x80" * size for _ in range(size))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def make(folder: Path, chosen: Sequence[str]) -> list[Path]:
    """The documents of the chosen offices (all without a choice), made anew."""
    (folder / "logo.png").write_bytes(png())
    texts = {f"{name}-{layout}": one for name, one in _KINDS.items() for layout in offices.LAYOUTS}
    found = []
    for name, one in texts.items():
        if not chosen or name in chosen:
            book = parse_markdown(one(name.rpartition("-")[2]), name)
            write_workbook(folder / f"{name}.xlsx", samples.as_standard(book), layout=LAYOUTS[0])
            found.append(folder / f"{name}.xlsx")
    for name in samples.names():
        if not chosen or name in chosen:
            shutil.copy(samples.FOLDER / f"{name}.xlsx", folder)
            found.append(folder / f"{name}.xlsx")
    return [pipeline.convert(path, force=True).document for path in found]


_KINDS = {"besar": offices.large, "kecil": offices.minimal}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make, lay out, measure, tell; the exit code."""
    parser = argparse.ArgumentParser(description="Mengukur halaman dokumen kantor besar, kecil, dan contoh.")
    parser.add_argument("nama", nargs="*", help="hanya dokumen ini: besar-lan, kecil-panrb, nama contoh …")
    parser.add_argument("--ke", type=Path, help="folder bagi dokumen dan PDF-nya (bawaan: sementara)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.ke or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        documents = make(folder, options.nama)
        many = 0
        for document, pdf in zip(documents, paper.lay_out(documents, folder), strict=True):
            pages = paper.pages(pdf, head=flaws.HEAD, foot=flaws.FOOT)
            found = flaws.found(document, pages)
            many += len(found)
            sys.stdout.write(f"{_told(document.stem, len(pages), found)}\n")
            sys.stdout.flush()
    return 1 if many else 0


def _told(name: str, pages: int, found: Sequence[flaws.Flaw]) -> str:
    counted = Counter(flaw.kind for flaw in found)
    lines = [f"{name:32} {pages:4} halaman  {len(found):4} cacat"]
    for kind, many in sorted(counted.items()):
        shown = [f"hlm. {flaw.page}: {flaw.text}" for flaw in found if flaw.kind == kind][:_SHOWN]
        lines += [f"    {kind} ({many})", *(f"        {line}" for line in shown)]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
