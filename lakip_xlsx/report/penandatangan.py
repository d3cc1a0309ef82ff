"""Statements that are signed: place and day, and the statement of review of a government's report."""

from __future__ import annotations

from lakip_xlsx import bahasa
from lakip_xlsx.report import origin
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Node, Teks
from lakip_xlsx.report.source import Source
from lakip_xlsx.workbook.tingkat import is_pemda


def place_and_day(source: Source, key: str) -> Teks | None:
    """Place and a date of the form, as they stand above a signature; None where the date is not given."""
    form = source.book.form
    value = form.values.get(key) if form else None
    if form is None or value is None:
        return None
    place = form.text("tempat") or f"[tempat {src.EMPTY}]"
    day = value if isinstance(value, str) else bahasa.date(value)  # type: ignore[arg-type]  # a date, by its kind
    cells = (form.cell("tempat"), form.cell(key))
    return Teks(f"{place}, {day}", cells, missing=not form.text("tempat"), how=origin.JOINED)


def pernyataan_reviu(source: Source) -> Node:
    """Who says that the report was reviewed (PermenPANRB 53/2014, Anak Lampiran III/1); None for an office's report.

    Only reports of a government are reviewed.
    """
    form = source.book.form
    if form is None or not is_pemda(form):
        return None
    names: dict[str, Node] = {
        key: Teks(form.text(key), (form.cell(key),)) if form.text(key) else None
        for key in ("inspektur", "nip_inspektur")
    }
    nip = names["nip_inspektur"]
    return {
        "nama": names["inspektur"] or src.gap(f"nama inspektur {src.EMPTY}"),
        "nip": Teks(bahasa.nip(nip), nip.sources) if isinstance(nip, Teks) else None,
        "tempat_tanggal": place_and_day(source, "tanggal_reviu") or src.gap(f"tanggal pernyataan reviu {src.EMPTY}"),
    }
