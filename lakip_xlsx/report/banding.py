"""Comparisons of every indicator: with earlier years, the end of the Renstra, others, and the money behind it.

Each is made for some sasaran (see :mod:`lakip_xlsx.report.panrb_kelompok`): for all of them together, or for one.
None where no cell holds what is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from lakip_xlsx.figures.capaian import Efisiensi, capaian, efisiensi
from lakip_xlsx.figures.figures import earlier
from lakip_xlsx.finding import Cell
from lakip_xlsx.report import origin, panrb_upaya
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Align, Grid, Node, Teks, naming
from lakip_xlsx.report.panrb_kelompok import Kelompok, Record, groups
from lakip_xlsx.report.panrb_ukur import meets, signed
from lakip_xlsx.report.pelengkap import shown
from lakip_xlsx.report.source import Source
from lakip_xlsx.workbook.book import Table, Value

Row = dict[str, Node]
_BACK: Final = (3, 2, 1)


def has_targets(group: Kelompok) -> bool:
    """Whether an earlier year has a target, and so a capaian."""
    return any(group.given(record, f"target_lalu{back}") for record in group.records for back in _BACK)


def riwayat(source: Source, held: Sequence[Kelompok]) -> Node:
    """Target, realisasi and capaian of each indicator, year by year."""
    rows: list[Row] = []
    for group in held:
        for record in group.records:
            years = [b for b in _BACK if group.given(record, f"lalu{b}") or group.given(record, f"target_lalu{b}")]
            if years:
                rows += [_year(source, group, record, back, first=back == years[0]) for back in (*years, 0)]
    return {"baris": rows} if rows else None


def _year(source: Source, group: Kelompok, record: Record, back: int, *, first: bool) -> Row:
    table, (row, values) = group.table, record
    keys = (f"target_lalu{back}", f"lalu{back}") if back else ("target", "realisasi")
    satuan = str(values.get("satuan") or "")
    batas = source.figures.batas
    value = earlier(table, row, back, batas) if back else source.figures.indikator[row].capaian
    cells = origin.span(table, keys, (row,))
    given = all(group.given(record, key) for key in keys)
    return {
        "indikator": group.indikator(record) if first else Teks(""),
        "tahun": Teks(str(source.year(-back)), how=origin.YEAR, names_row=True),
        "target": shown(table, row, keys[0], values.get(keys[0]), satuan),
        "realisasi": shown(table, row, keys[1], values.get(keys[1]), satuan),
        "capaian": src.capaian(value, cells, origin.capaian(group.arah(record), batas)) if given else src.DASH,
    }


def kemajuan(source: Source, held: Sequence[Kelompok], *, earlier_only: bool = False) -> Node:
    """How far each year came towards the target at the end of the Renstra, in percent."""
    named = [(group, r) for group in held for r in group.records if group.number_in(r, "target_akhir") is not None]
    years = [back for back in _BACK if any(group.number_in(r, f"lalu{back}") is not None for group, r in named)]
    if not named or (earlier_only and not years):
        return None
    rows = [
        (
            group.indikator(record),
            group.quantity(record, "target_akhir"),
            *(_towards(group, record, f"lalu{back}" if back else "realisasi") for back in (*years, 0)),
        )
        for group, record in named
    ]
    form = source.book.form
    end = form.year("akhir_renstra") if form else None
    return {
        "isi": Grid(
            headings=(
                Teks("Indikator Kinerja"),
                Teks(f"Target {end}" if end else "Target Akhir Renstra"),
                *(Teks(f"{source.year(-back)} (%)") for back in (*years, 0)),
            ),
            widths=(15 - 2.7 - 1.8 * (len(years) + 1), 2.7, *[1.8] * (len(years) + 1)),
            aligns=(Align.LEFT, *[Align.RIGHT] * (len(years) + 2)),
            rows=tuple(rows),
        )
    }


def _towards(group: Kelompok, record: Record, key: str) -> Teks:
    value = capaian(group.number_in(record, "target_akhir"), group.number_in(record, key), group.arah(record))
    if not group.given(record, key):
        return src.DASH
    cells = origin.span(group.table, ("target_akhir", key), (record[0],))
    return src.capaian(value, cells, origin.capaian(group.arah(record)))


def pembanding(source: Source, held: Sequence[Kelompok], *, standar: bool) -> Node:
    """Realisasi beside that of a named other, and beside the national standard where ``standar`` is."""
    del source
    rows: list[Row] = []
    for group in held:
        for record in group.records:
            given = [key for key in ("standar", "pembanding") if group.given(record, key)]
            wanted = [k for k in given if k == "pembanding" or (standar and not group.says_none(record, k))]
            rows += [_beside(group, record, key, first=key == wanted[0]) for key in wanted]
    return {"baris": rows} if rows else None


def _beside(group: Kelompok, record: Record, key: str, *, first: bool) -> Row:
    row, values = record
    other, now = group.number_in(record, key), group.number_in(record, "realisasi")
    both = origin.span(group.table, ("realisasi", key), (row,))
    known = other is not None and now is not None
    name = (
        shown(group.table, row, "nama_pembanding", values.get("nama_pembanding"))
        if key == "pembanding"
        else Teks("Standar nasional", how=origin.STANDING)
    )
    said = meets(other, now, group.arah(record), key)
    return {
        "indikator": group.indikator(record) if first else Teks(""),
        "realisasi": group.quantity(record, "realisasi") if first else Teks(""),
        "nama": naming(name),
        "nilai": group.quantity(record, key),
        "selisih": Teks(signed(now - other), both, how="realisasi − pembanding")
        if known and now is not None and other is not None
        else src.DASH,
        "keterangan": src.sentence(said, both, origin.COMPUTED),
    }


def efisiensi_sasaran(source: Source) -> list[Row]:
    """Each sasaran's capaian against the share of its money that was spent."""
    found: list[Row] = []
    for group in source.once(groups):
        one = group.sasaran
        if one is not None and one.efisiensi is not Efisiensi.TIDAK_DIHITUNG:
            cells = origin.span(group.table, ("target", "realisasi"), (row for row, _ in group.records))
            found.append(
                {
                    "no": Teks(str(group.number)),
                    "sasaran": group.uraian,
                    "capaian": src.capaian(one.capaian, cells, origin.MEAN),
                    "serapan": src.percent(one.serapan, money_cells(source, group.kode)),
                    "selisih": panrb_upaya.gap(one.capaian, one.serapan),
                    "tingkat": Teks(one.efisiensi, cells, how=panrb_upaya.GAP),
                }
            )
    return found


def money_cells(source: Source, kode: str) -> tuple[Cell, ...]:
    """The cells of the money of a sasaran in Anggaran Sasaran."""
    table = source.book.table("anggaran_sasaran")
    rows = [row for row, code in table.column("kode_sasaran") if str(code) == kode] if table else []
    return origin.span(table, ("anggaran", "realisasi"), rows) if rows else ()


def efisiensi_indikator(source: Source, held: Sequence[Kelompok]) -> Node:
    """Each indicator's capaian against the share that its supporting programs spent; None where none is named."""
    programs = source.once(panrb_upaya.Programs.read)
    rows: list[Row] = []
    for group in held:
        for record in group.records:
            row, values = record
            if values.get("penunjang") is None:
                continue
            reached = source.figures.indikator[row].capaian
            money, cells = panrb_upaya.spent(programs, str(values.get("penunjang")))
            level = efisiensi(reached, money.serapan)
            rows.append(
                {
                    "indikator": group.indikator(record),
                    "program": shown(group.table, row, "penunjang", values.get("penunjang")),
                    "capaian": src.capaian(reached, origin.span(group.table, ("target", "realisasi"), (row,))),
                    "serapan": src.percent(money.serapan, cells, origin.SHARE_OF_SUMS),
                    "selisih": panrb_upaya.gap(reached, money.serapan),
                    "tingkat": src.DASH
                    if level is Efisiensi.TIDAK_DIHITUNG
                    else Teks(level, cells, how=panrb_upaya.GAP),
                }
            )
    return {"baris": rows} if rows else None


def efisiensi_semua(source: Source) -> Node:
    """Efficiency by sasaran and by indicator, for a report that does not analyse each sasaran by itself."""
    by_sasaran, by_indikator = efisiensi_sasaran(source), efisiensi_indikator(source, source.once(groups))
    if not by_sasaran and not by_indikator:
        return None
    return {"sasaran": {"baris": by_sasaran} if by_sasaran else None, "indikator": by_indikator}


def rumus(source: Source) -> Node:
    """How each indicator is measured: its formula, the numbers put into it, source and owner; which are IKU.

    Only the columns that hold something are there. A report whose appendix tells source and owner of every
    indicator has this table for formulas and IKU alone.
    """
    table = source.book.table("indikator")
    columns = [key for key in _RUMUS if table is not None and any(v is not None for _, v in table.column(key))]
    told = any("formulir_pengukuran" in part.blocks for part in source.layout.parts)
    found = None
    if table is not None and columns and (not told or {"iku", "rumus"} & set(columns)):
        found = _formulas(table, columns)
    written = "indikator_kinerja_utama" in source.once(src.placed).written
    return {"tabel": found} if found or written else None


def _formulas(table: Table, columns: list[str]) -> Row:
    keys = [key for key in columns if key not in {"pembilang", "penyebut"}]
    parts = [(*_RUMUS[key], key) for key in keys]
    if len(keys) < len(columns):
        at = keys.index("sumber_data") if "sumber_data" in keys else len(keys)
        parts.insert(at, ("Hitungan", 2.4, ""))
    rows = []
    for number, (row, values) in enumerate(table.records(), 1):
        cells = (shown(table, row, k, values.get(k)) if k else _counted(table, row, values) for *_, k in parts)
        rows.append((Teks(str(number)), src.text(table, row, "indikator", values.get("indikator")), *cells))
    iku = any(value == "Ya" for _, value in table.column("iku"))
    title = "Indikator Kinerja Utama dan Cara Mengukurnya" if iku else "Indikator Kinerja dan Cara Mengukurnya"
    return {
        "judul": src.sentence(title, how="judul tabel"),
        "isi": Grid(
            headings=tuple(map(Teks, ("No", "Indikator Kinerja", *(heading for heading, *_ in parts)))),
            widths=(0.9, 4.2, *(width for _, width, _ in parts)),
            aligns=(Align.CENTER, *[Align.LEFT] * (1 + len(parts))),
            rows=tuple(rows),
        ),
    }


_RUMUS: Final[dict[str, tuple[str, float]]] = {
    "iku": ("IKU", 1.3),
    "rumus": ("Formula", 3.8),
    "pembilang": ("", 0),
    "penyebut": ("", 0),
    "sumber_data": ("Sumber Data", 2.4),
    "penanggung_jawab": ("Penanggung Jawab", 2.4),
}
"""Column of Indikator → its heading and width; numerator and denominator share one."""


def _counted(table: Table, row: int, values: dict[str, Value]) -> Teks:
    """Numerator and denominator as they were put into the formula."""
    parts = [src.quantity(table, row, key, values.get(key)) for key in ("pembilang", "penyebut") if values.get(key)]
    return Teks(" / ".join(parts), [c for part in parts for c in part.sources], how=origin.JOINED) or src.DASH


def per_sasaran(source: Source, group: Kelompok) -> dict[str, Node]:
    """What the analyses of one sasaran show besides: analysis → what is added to it."""
    held = [group]
    return {
        "riwayat": riwayat(source, held) if has_targets(group) else None,
        "kemajuan": kemajuan(source, held, earlier_only=True),
        "pembanding": pembanding(source, held, standar=False),
        "indikator": efisiensi_indikator(source, held),
    }


def _all(make: Callable[..., Node], **options: bool) -> Callable[[Source], Node]:
    return lambda source: make(source, source.once(groups), **options)


MAKERS: Final[dict[str, Callable[[Source], Node]]] = {
    "riwayat": _all(riwayat),
    "kemajuan": _all(kemajuan),
    "pembanding": _all(pembanding, standar=True),
    "efisiensi": efisiensi_semua,
    "rumus": rumus,
}
