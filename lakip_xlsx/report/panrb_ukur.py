"""Analyses 1 to 4: target, earlier years, the end of the Renstra, the national standard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from lakip_xlsx import bahasa, numbers
from lakip_xlsx.figures.capaian import Arah, capaian
from lakip_xlsx.numbers import HUNDRED, fold
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Align, Grid, Node, Teks
from lakip_xlsx.report.panrb_kelompok import Kelompok, Record
from lakip_xlsx.report.source import Source

Row = dict[str, Node]
_NEW = "indikator baru"
_YEARS = (("lalu3", -3), ("lalu2", -2), ("lalu1", -1))


def without_indicators(group: Kelompok) -> Row:
    """What an analysis shows where a sasaran has no indicator."""
    said = f"belum ada indikator untuk sasaran {group.kode}: lembar Indikator, kolom Kode Sasaran"
    return {"tabel": None, "kalimat": src.gap(said)}


def told(*sentences: str) -> Teks:
    """Sentences as one text; they stand in front of their table."""
    return Teks(" ".join(sentences))


def _counted(many: int) -> str:
    return bahasa.counted(many, "indikator")


# 1. Target and realisasi of the year


def target(source: Source, group: Kelompok) -> Row:
    """Target, realisasi, capaian and predikat of each indicator, and what they come to."""
    if not group.records:
        return without_indicators(group)
    measured = source.figures.indikator
    rows: list[Row] = []
    for record in group.records:
        row, values = record
        predikat = measured[row].predikat
        cells = (group.table.cell(row, "target"), group.table.cell(row, "realisasi"))
        rows.append(
            {
                "indikator": group.indikator(record),
                "target": group.quantity(record, "target"),
                "realisasi": group.quantity(record, "realisasi"),
                "capaian": src.capaian(measured[row].capaian, cells),
                "predikat": src.predikat(source, predikat, cells) if predikat else src.NOT_CALCULABLE,
                "keterangan": src.text(group.table, row, "keterangan", values.get("keterangan")) or src.DASH,
            }
        )
    values_known = [measured[row].capaian for row, _ in group.records]
    return {"tabel": {"baris": rows}, "kalimat": told(*_average(group), *_reached(values_known))}


def _average(group: Kelompok) -> list[str]:
    sasaran = group.sasaran
    if sasaran is None:
        return []
    left = sasaran.indikator - sasaran.terhitung
    if sasaran.capaian is None:
        return ["Capaian sasaran ini tidak dapat dihitung karena tidak satu pun indikatornya dapat dihitung."]
    shown = f"Capaian sasaran ini {numbers.percent(sasaran.capaian)}%"
    if sasaran.predikat:
        shown += f" dengan predikat {sasaran.predikat}"
    if sasaran.indikator == 1:
        return [f"{shown}, sama dengan capaian satu-satunya indikatornya."]
    aside = f"; {_counted(left)} tidak ikut dihitung" if left else ""
    return [f"{shown}, yaitu rata-rata capaian {_counted(sasaran.terhitung)}{aside}."]


def _reached(values: Iterable[Decimal | None]) -> list[str]:
    known = [value for value in values if value is not None]
    met = sum(value >= HUNDRED for value in known)
    if not known:
        return []
    if met == len(known):
        return [f"Target {_counted(met)} tercapai."]
    if not met:
        return [f"Target {_counted(len(known))} belum tercapai."]
    return [f"Target {_counted(met)} tercapai, sedangkan target {_counted(len(known) - met)} belum tercapai."]


# 2. Earlier years


def tahun_lalu(source: Source, group: Kelompok) -> Row:
    """Realisasi of the years that have data, the change since last year, and this year's capaian."""
    if not group.records:
        return without_indicators(group)
    shown = [(key, back) for key, back in _YEARS if back == -1 or any(group.given(r, key) for r in group.records)]
    measured = source.figures.indikator
    rows = []
    ways: Counter[str] = Counter()
    for record in group.records:
        change, way = _change(group, record)
        ways[way] += 1
        rows.append(
            (
                group.with_unit(record),
                *(_earlier(group, record, key) for key, _ in shown),
                group.plain(record, "realisasi"),
                change,
                src.capaian(measured[record[0]].capaian),
            )
        )
    years = [Teks(source.year(back)) for _, back in shown]
    grid = Grid(
        headings=(
            Teks("Indikator Kinerja"),
            *years,
            Teks(source.year()),
            Teks("Perubahan setahun"),
            Teks(f"Capaian {source.year()} (%)"),
        ),
        widths=(15 - 1.7 * (len(years) + 1) - 4.2, *[1.7] * (len(years) + 1), 2.3, 1.9),
        aligns=(Align.LEFT, *[Align.RIGHT] * (len(years) + 3)),
        rows=tuple(rows),
    )
    return {"tabel": {"isi": grid}, "kalimat": _compared(source, ways)}


def _earlier(group: Kelompok, record: Record, key: str) -> Teks:
    """A year's realisasi; a gap only for last year, which must be told or be marked as new."""
    if group.given(record, key):
        return group.plain(record, key)
    if key == "lalu1":
        new = group.table.cell(record[0], "keterangan")
        return Teks(_NEW, (new,)) if _is_new(group, record) else group.plain(record, key)
    return src.DASH


def _is_new(group: Kelompok, record: Record) -> bool:
    """Whether the office says, there or in Keterangan, that last year did not have this indicator."""
    return any(_NEW in fold(group.table.text(record[0], key)) for key in ("lalu1", "keterangan"))


def _change(group: Kelompok, record: Record) -> tuple[Teks, str]:
    """The change since last year, and which way it went: "membaik", "menurun", "tetap"; else "baru" or nothing."""
    before, now = group.number_in(record, "lalu1"), group.number_in(record, "realisasi")
    row, _ = record
    if before is None or now is None:
        return src.DASH, "baru" if before is None and _is_new(group, record) else ""
    difference = now - before
    direction = group.arah(record)
    way = "tetap" if not difference else ""
    if difference and direction is not None:
        way = "membaik" if (difference > 0) == (direction is Arah.NAIK) else "menurun"
    cells = (group.table.cell(row, "lalu1"), group.table.cell(row, "realisasi"))
    return Teks("\n".join(filter(None, (signed(difference), way))), cells), way


def signed(value: Decimal) -> str:
    """A difference with its sign."""
    return f"+{numbers.show(value)}" if value > 0 else numbers.show(value)


def _compared(source: Source, ways: Counter[str]) -> Teks:
    """How many indicators went which way."""
    parts = [f"{_counted(ways[way])} {way}" for way in ("membaik", "menurun", "tetap") if ways[way]]
    lines = [f"Dibandingkan dengan tahun {source.year(-1)}, realisasi {bahasa.enumerate_(parts)}."] if parts else []
    if ways["baru"]:
        lines.append(
            f"{_counted(ways['baru'])} baru dipakai pada tahun {source.year()}, sehingga belum ada pembandingnya."
        )
    if ways[""]:
        lines.append(f"{_counted(ways[''])} tidak dapat dibandingkan dengan tahun {source.year(-1)}.")
    return told(*lines)


# 3. The end of the Renstra


def renstra(source: Source, group: Kelompok) -> Row:
    """Realisasi to date against the target at the end of the Renstra, as a percentage by direction."""
    if not group.records:
        return without_indicators(group)
    rows: list[Row] = []
    progress: list[Decimal | None] = []
    for record in group.records:
        row, _ = record
        end, now = group.number_in(record, "target_akhir"), group.number_in(record, "realisasi")
        reached = capaian(end, now, group.arah(record))
        progress.append(reached)
        cells = (group.table.cell(row, "target_akhir"), group.table.cell(row, "realisasi"))
        rows.append(
            {
                "indikator": group.indikator(record),
                "realisasi": group.quantity(record, "realisasi"),
                "target_akhir": group.quantity(record, "target_akhir"),
                "selisih": src.DASH if end is None or now is None else Teks(signed(now - end), cells),
                "kemajuan": src.capaian(reached, cells),
            }
        )
    return {"tabel": {"baris": rows}, "kalimat": told(*_so_far(source, progress))}


def _so_far(source: Source, progress: list[Decimal | None]) -> list[str]:
    form = source.book.form
    start, end = (form.year("awal_renstra"), form.year("akhir_renstra")) if form else (None, None)
    lines = []
    if start and end and source.tahun is not None and start <= source.tahun <= end:
        at, length = source.tahun - start + 1, end - start + 1
        lines.append(f"Tahun {source.year()} adalah tahun ke-{at} dari {length} tahun masa Renstra.")
    known = [value for value in progress if value is not None]
    met = sum(value >= HUNDRED for value in known)
    if known and met == len(known):
        lines.append(f"Target akhir Renstra telah tercapai pada {_counted(met)}.")
    elif known and met:
        lines.append(
            f"Target akhir Renstra telah tercapai pada {_counted(met)}, sedangkan {_counted(len(known) - met)} masih "
            "harus ditingkatkan."
        )
    elif known:
        lines.append(f"Target akhir Renstra belum tercapai pada {_counted(len(known))}.")
    if len(known) < len(progress):
        lines.append(f"Kemajuan {_counted(len(progress) - len(known))} tidak dapat dihitung dalam persen.")
    return lines


# 4. The national standard


def standar(source: Source, group: Kelompok) -> Row:
    """Realisasi against the national standard, for the indicators that have one or do not say."""
    del source
    if not group.records:
        return without_indicators(group)
    rows: list[Row] = []
    for record in group.records:
        if group.says_none(record, "standar"):
            continue
        row, _ = record
        wanted, now = group.number_in(record, "standar"), group.number_in(record, "realisasi")
        known = wanted is not None and now is not None
        cells = (group.table.cell(row, "standar"), group.table.cell(row, "realisasi"))
        rows.append(
            {
                "indikator": group.indikator(record),
                "realisasi": group.quantity(record, "realisasi"),
                "standar": group.quantity(record, "standar"),
                "selisih": Teks(signed(now - wanted), cells)
                if known and now is not None and wanted is not None
                else src.DASH,
                "keterangan": Teks(meets(wanted, now, group.arah(record))),
            }
        )
    none = len(group.records) - len(rows)
    if not rows:
        said = f"Bagi {_counted(none)} pada sasaran ini tidak ada standar nasional yang dapat dijadikan pembanding."
        return {"tabel": None, "kalimat": told(said)}
    rest = (f"Bagi {_counted(none)} lainnya tidak ada standar nasional.",) if none else ()
    return {"tabel": {"baris": rows}, "kalimat": told(*rest)}


def meets(wanted: Decimal | None, now: Decimal | None, direction: Arah | None, key: str = "standar") -> str:
    """How a realisasi stands to the national standard, or to a named other."""
    if wanted is None or now is None or direction is None:
        return "tidak dapat dibandingkan"
    met = now >= wanted if direction is Arah.NAIK else now <= wanted
    if key != "standar":
        return "sama" if now == wanted else "lebih baik" if met else "belum menyamai"
    return "memenuhi standar" if met else "belum memenuhi standar"
