"""The rows of the report's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from lakip_xlsx import bahasa, numbers
from lakip_xlsx.figures.capaian import arah
from lakip_xlsx.figures.figures import Money, Sasaran
from lakip_xlsx.figures.hierarchy import top_level
from lakip_xlsx.finding import Cell
from lakip_xlsx.numbers import fold
from lakip_xlsx.report import daftar, origin
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Align, Grid, Node, Paragraph, Paragraphs, Style, Teks
from lakip_xlsx.report.source import Source
from lakip_xlsx.workbook.book import Table, Value

Row = dict[str, Node]
_CHECK = "√"
_CLASSES_IN_COLUMNS = 4


def pegawai(source: Source) -> list[Row]:
    """One table for each Kelompok, in the order of the workbook."""
    table = source.book.table("pegawai")
    if table is None or not len(table):
        return []
    groups: dict[str, list[tuple[int, dict[str, Value]]]] = {}
    for row, values in table.records():
        groups.setdefault(str(values.get("kelompok") or "Lainnya"), []).append((row, values))
    return [_staff_table(source, table, name, rows) for name, rows in groups.items()]


def _staff_table(source: Source, table: Table, name: str, rows: list[tuple[int, dict[str, Value]]]) -> Row:
    counted = [key for key in ("awal", "akhir", "laki", "perempuan") if key in table]
    dashes: Row = dict.fromkeys(("awal", "akhir", "laki", "perempuan"), src.DASH)
    baris: list[Row] = []
    for row, values in rows:
        line: Row = {"uraian": src.text(table, row, "uraian", values.get("uraian"))}
        line |= {key: src.count(values[key], table, row, key) for key in counted}
        line["keterangan"] = src.text(table, row, "keterangan", values.get("keterangan"))
        baris.append(dashes | line)
    sums = {key: _sum(values.get(key) for _, values in rows) for key in ("awal", "akhir", "laki", "perempuan")}
    title = {"jenis kelamin": "Jenis Kelamin"}.get(fold(name), name)
    numbered = [row for row, _ in rows]
    first = (table.cell(numbered[0], "kelompok"),)
    year = (source.book.form.cell("tahun"),) if source.book.form else ()
    return {
        "kelompok": Teks(title, first),
        "judul": src.sentence(f"Jumlah Pegawai menurut {title} Tahun {source.year()}", (*first, *year), "judul tabel"),
        "awal_judul": src.sentence(f"Keadaan 1 Januari {source.year()} (orang)", year, "judul kolom"),
        "akhir_judul": src.sentence(f"Keadaan 31 Desember {source.year()} (orang)", year, "judul kolom"),
        "baris": baris,
        "jumlah": {
            key: src.DASH
            if value is None
            else Teks(numbers.show(value), origin.span(table, (key,), numbered), how=origin.SUM)
            for key, value in sums.items()
        },
        "rinci": any(isinstance(values.get(key), Decimal) for _, values in rows for key in ("laki", "perempuan")),
    }


def _sum(values: Iterable[Value]) -> Decimal | None:
    known = [value for value in values if isinstance(value, Decimal)]
    return sum(known, Decimal(0)) if known else None


def renstra(source: Source) -> dict[str, Paragraphs | None]:
    """Visi, misi, tujuan, sasaran, strategi, kebijakan and the programs, as paragraphs and lists."""
    table = source.book.table("renstra")
    found: dict[str, list[Teks]] = {}
    if table is not None:
        for row, values in table.records():
            found.setdefault(fold(str(values.get("jenis") or "")), []).append(
                src.text(table, row, "uraian", values.get("uraian"))
            )
    content: dict[str, Paragraphs | None] = {}
    for jenis in ("visi", "misi", "tujuan", "sasaran", "kebijakan"):
        texts = found.get(jenis, [])
        one = Style.BODY if jenis == "visi" or len(texts) == 1 else Style.NUMBER
        name = jenis.capitalize()
        content[jenis] = src.listed(texts, one) or src.missing_text(f"{name} belum diisi: lembar Renstra, Jenis {name}")
    content["arah_kebijakan"] = src.listed(found.get("kebijakan", []), Style.NUMBER) or None
    content["strategi"] = src.listed(found.get("strategi", []), Style.NUMBER) or None
    content["program"] = program_list(source)
    return content


def program_list(source: Source) -> Paragraphs:
    """The names of the programs."""
    table = source.book.table("program")
    names = (
        [
            src.text(table, row, "uraian", values.get("uraian"))
            for row, values in (table.records() if table else ())
            if fold(str(values.get("jenis") or "")) == "program"
        ]
        if table
        else []
    )
    return src.listed(names, Style.NUMBER) or src.missing_text("Program belum diisi: lembar Program")


def indikator(source: Source) -> list[Row]:
    """The indicator table: target, realisasi, capaian, predikat."""
    table = source.book.table("indikator")
    if table is None:
        return []
    rows: list[Row] = []
    measured = source.figures.indikator
    for number, (row, values) in enumerate(table.records(), 1):
        satuan = str(values.get("satuan") or "")
        value, predikat = measured[row].capaian, measured[row].predikat
        sources = (table.cell(row, "target"), table.cell(row, "realisasi"))
        how = origin.capaian(arah(str(values.get("arah") or "")), source.figures.batas)
        rows.append(
            {
                "no": Teks(str(number)),
                "kode_sasaran": Teks(str(values.get("kode_sasaran") or "")),
                "indikator": src.text(table, row, "indikator", values.get("indikator")),
                "satuan": Teks(satuan),
                "target": src.with_unit(src.quantity(table, row, "target", values.get("target"), satuan), satuan),
                "realisasi": src.with_unit(
                    src.quantity(table, row, "realisasi", values.get("realisasi"), satuan), satuan
                ),
                "capaian": src.capaian(value, sources, how),
                "predikat": src.predikat(source, predikat, sources),
                "keterangan": src.text(table, row, "keterangan", values.get("keterangan")),
            }
        )
    return rows


def averages(source: Source) -> Paragraphs:
    """What follows the indicator table: how many count, and how many were left out."""
    lines: list[Teks] = []
    cells = source.once(src.measured_by)
    for kode, sasaran in source.figures.sasaran.items():
        left = sasaran.indikator - sasaran.terhitung
        aside = f"; {bahasa.counted(left, 'indikator')} tidak ikut dihitung" if left else ""
        if sasaran.indikator:
            value = sasaran.capaian
            shown = "n/a" if value is None else f"{numbers.percent(value)}%, predikat {sasaran.predikat or 'n/a'}"
            basis = f"rata-rata dari {bahasa.counted(sasaran.terhitung, 'indikator')}{aside}"
            said = f"{sasaran.uraian or kode}: {shown} ({basis})"
            lines.append(src.sentence(said, (*name_cell(source, sasaran), *cells.get(kode, ())), origin.MEAN))
    if not lines:
        return ()
    opening = src.body("Capaian setiap sasaran strategis adalah sebagai berikut.")
    return src.credited(source, opening) + src.listed(lines, Style.NUMBER)


def analisis(source: Source) -> list[Row]:
    """What the office wrote on each indicator: analysis, obstacle, solution."""
    table = source.book.table("indikator")
    blocks: list[Row] = []
    for row, values in table.records() if table else ():
        said: list[Paragraph] = []
        for key, label in (("analisis", ""), ("hambatan", "Hambatan"), ("solusi", "Solusi")):
            written = values.get(key)
            if table is not None and isinstance(written, str):
                said += daftar.labelled(label, daftar.paragraphs(written, (table.cell(row, key),)))
        if said and table is not None:
            blocks.append({"judul": src.text(table, row, "indikator", values.get("indikator")), "isi": tuple(said)})
    return blocks


def rencana_kerja(source: Source, rows: Sequence[Mapping[str, Node]]) -> list[Row]:
    """The targets of the year, with the sasaran of each."""
    names = {kode: Teks(sasaran.uraian, name_cell(source, sasaran)) for kode, sasaran in source.figures.sasaran.items()}
    return [
        {
            "no": row["no"],
            "sasaran": names.get(str(row["kode_sasaran"])) or src.gap("sasaran belum ditunjuk"),
            "indikator": row["indikator"],
            "target": row["target"],
        }
        for row in rows
    ]


def ringkasan(source: Source) -> Grid | None:
    """The summary of predikat: one row for each sasaran, a √ under its class.

    A scale of more classes than fit beside the texts has one column, which names the class.
    """
    scale, known = source.figures.skala, source.figures.sasaran
    if scale is None or not known:
        return None
    support, cells = _support(source), source.once(src.measured_by)
    classes = scale.names if len(scale.names) <= _CLASSES_IN_COLUMNS else ()
    rows = [
        (
            Teks(str(number)),
            Teks(sasaran.uraian, name_cell(source, sasaran)) or src.gap("uraian sasaran belum diisi"),
            support.get(kode, src.DASH),
            src.capaian(sasaran.capaian, cells.get(kode, ()), origin.MEAN),
            *_predikat_cells(source, sasaran.predikat, classes, cells.get(kode, ())),
        )
        for number, (kode, sasaran) in enumerate(known.items(), 1)
    ]
    last = classes or ("Predikat",)
    widths = (25 / len(classes) + 2.5,) * len(classes) if classes else (13,)
    return Grid(
        headings=tuple(Teks(text) for text in ("No", "Sasaran Strategis", "Tujuan/Program", "Capaian (%)", *last)),
        widths=(5, 32, 27, 11, *widths),
        aligns=(Align.CENTER, Align.LEFT, Align.LEFT, Align.RIGHT, *(Align.CENTER for _ in last)),
        rows=tuple(rows),
    )


def _predikat_cells(
    source: Source, predikat: str | None, classes: Sequence[str], cells: Sequence[Cell]
) -> tuple[Teks, ...]:
    """A √ under the class of the predikat, or the predikat itself where classes have no columns."""
    if not classes:
        return (src.predikat(source, predikat, cells, origin.CLASS_OF_MEAN),)
    if predikat is None:
        return (src.DASH,) * len(classes)
    check = Teks(_CHECK, cells, how=origin.CLASS_OF_MEAN)
    return tuple(check if predikat == name else Teks("") for name in classes)


def name_cell(source: Source, sasaran: Sasaran) -> tuple[Cell, ...]:
    """The cell that names a sasaran, in the sheet Renstra."""
    renstra = source.book.table("renstra")
    return () if renstra is None or sasaran.row is None else (renstra.cell(sasaran.row, "uraian"),)


def _support(source: Source) -> dict[str, Teks]:
    """Code of a sasaran → the tujuan above it, or the programs that support it."""
    texts: dict[str, Teks] = {}
    programs, renstra = source.book.table("program"), source.book.table("renstra")
    for row, values in programs.records() if programs else ():
        kode = values.get("kode_sasaran")
        if programs and isinstance(kode, str) and fold(str(values.get("jenis") or "")) == "program":
            name = src.text(programs, row, "uraian", values.get("uraian"))
            before = texts.get(kode)
            texts[kode] = (
                Teks(f"{before}\n{name}", (*before.sources, *name.sources), how=origin.JOINED) if before else name
            )
    if renstra is not None:
        lines = list(renstra.records())
        names = {
            str(values["kode"]): src.text(renstra, row, "uraian", values.get("uraian"))
            for row, values in lines
            if values.get("kode") and fold(str(values.get("jenis") or "")) == "tujuan"
        }
        for _, values in lines:
            if fold(str(values.get("jenis") or "")) == "sasaran" and str(values.get("induk")) in names:
                texts[str(values.get("kode"))] = names[str(values.get("induk"))]
    return texts


def money_rows(source: Source, key: str) -> Row | None:
    """A money table with its Jumlah; None if the sheet has no amounts at all."""
    table = source.book.table(key)
    sums = source.figures.totals.get(key)
    if table is None or sums is None or not len(table):
        return None
    if sums.anggaran is None and sums.realisasi is None and key == "program":
        return None
    names = {"anggaran": "sumber_dana", "anggaran_sasaran": "sasaran", "program": "uraian", "belanja": "jenis"}
    rows = top_level(table)
    baris: list[Row] = []
    for number, (row, values) in enumerate(table.records(rows), 1):
        baris.append(
            {
                "no": Teks(str(number)),
                "kode": src.text(table, row, "kode", values.get("kode")) if "kode" in table else Teks(str(number)),
                "uraian": _name(source, table, row, values, names[key]),
                "anggaran": src.money(table, row, "anggaran", values.get("anggaran")),
                "realisasi": src.money(table, row, "realisasi", values.get("realisasi")),
                "serapan": _serapan(table, row, values),
            }
        )
    return {"baris": baris, "jumlah": _jumlah(sums, table, rows)}


def _name(source: Source, table: Table, row: int, values: dict[str, Value], key: str) -> Teks:
    """The row's name; a sasaran whose text was left to the lookup is named by the Renstra."""
    if key == "sasaran" and not values.get(key):
        known = source.figures.sasaran.get(str(values.get("kode_sasaran")))
        if known is None or not known.uraian:
            return src.gap("sasaran belum diisi")
        cells = (table.cell(row, "kode_sasaran"), *name_cell(source, known))
        return Teks(known.uraian, cells, how="uraian menurut kodenya")
    return src.text(table, row, key, values.get(key))


def _serapan(table: Table, row: int, values: dict[str, Value]) -> Teks:
    anggaran, realisasi = values.get("anggaran"), values.get("realisasi")
    pair = Money(*(value if isinstance(value, Decimal) else None for value in (anggaran, realisasi)))
    return src.percent(pair.serapan, (table.cell(row, "anggaran"), table.cell(row, "realisasi")))


def _jumlah(sums: Money, table: Table, rows: Sequence[int]) -> Row:
    both = origin.span(table, ("anggaran", "realisasi"), rows)
    return {
        "anggaran": src.total(sums.anggaran, table, "anggaran", rows),
        "realisasi": src.total(sums.realisasi, table, "realisasi", rows),
        "serapan": src.percent(sums.serapan, both, origin.SHARE_OF_SUMS),
    }
