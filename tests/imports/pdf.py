"""A PDF made by hand: pages with one ruled table each, or with a picture instead of text."""

from __future__ import annotations

from collections.abc import Sequence

_LEFT, _TOP, _HEIGHT = 40, 760, 18


def make(pages: Sequence[Sequence[Sequence[str]]], widths: Sequence[int], title: str = "") -> bytes:
    """The bytes of a PDF; each page holds one table of these rows."""
    return _file([_page(rows, widths, title) for rows in pages])


def scan(number: int = 2) -> bytes:
    """A PDF of so many pages without a single letter."""
    return _file([b"q 500 0 0 700 40 40 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"] * number)


def _page(rows: Sequence[Sequence[str]], widths: Sequence[int], title: str) -> bytes:
    edges = [_LEFT + sum(widths[:at]) for at in range(len(widths) + 1)]
    said = [f"BT /F1 9 Tf {_LEFT} 790 Td ({title}) Tj ET", "0.5 w"]
    lines = [_TOP - at * _HEIGHT for at in range(len(rows) + 1)]
    said += [f"{edges[0]} {y} m {edges[-1]} {y} l S" for y in lines]
    said += [f"{x} {_TOP} m {x} {_TOP - len(rows) * _HEIGHT} l S" for x in edges]
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            safe = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            said.append(f"BT /F1 8 Tf {edges[column] + 3} {_TOP - at * _HEIGHT - 12} Td ({safe}) Tj ET")
    return "\n".join(said).encode("latin-1")


def _file(contents: Sequence[bytes]) -> bytes:
    count = len(contents)
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(count))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode()]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for at, content in enumerate(contents):
        page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"{page} /Contents {5 + 2 * at} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + tail
