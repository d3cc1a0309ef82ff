"""A complete content as the composing side hands it over: the example that follows from the declaration.

Nothing is absent in it: every name of the workbook, of the layouts and of the blocks has a value, so a new
column, block or table needs no line here. What a test needs to recognise is laid over it.
"""

from __future__ import annotations

from collections.abc import Mapping

from lakip_xlsx.finding import Cell
from lakip_xlsx.layouts.lan_2003 import LAYOUT
from lakip_xlsx.report import example
from lakip_xlsx.report.content import Content, Teks

OFFICE = "Kantor Kesatuan Bangsa dan Politik Kabupaten Muara Jaya"
NAMES = {
    "nama": OFFICE,
    "sebutan": OFFICE,
    "nama_kapital": OFFICE.upper(),
    "tempat_tanggal": "Muara Jaya, 31 Januari 2020",
}
BEHIND = ("pengecualian", "reviu", "angka")


def content(*, temuan: bool = False) -> Content:
    """The whole content without the pages behind the report; with ``temuan`` that of a draft."""
    made = dict(example.content(LAYOUT))
    office = made["instansi"]
    assert isinstance(office, Mapping)
    named = {key: Teks(text, (Cell("Instansi", "B4"),)) for key, text in NAMES.items()}
    made["instansi"] = {**office, **named, "logo": None}
    made |= dict.fromkeys(BEHIND)
    markers = made["penanda"]
    assert isinstance(markers, Mapping)
    made["penanda"] = {name: Teks(f"[{name} belum diisi]", missing=True) for name in markers}
    return made if temuan else {**made, "temuan": None}
