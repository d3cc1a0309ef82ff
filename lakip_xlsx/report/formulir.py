"""The four forms of LAN 239/2003: RS, RKT, PKK, PPS.

What is linked by code stands side by side; what is linked to nothing is still shown, in rows of its own
that say so, and never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest

from lakip_xlsx.figures.capaian import Arah, arah, capaian
from lakip_xlsx.numbers import fold
from lakip_xlsx.report import origin
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Node, Teks
from lakip_xlsx.report.source import Source
from lakip_xlsx.workbook.book import Table, Value

Row = dict[str, Node]
Record = tuple[int, dict[str, Value]]
_NONE = Teks("")
_MEASURE = ("target", "realisasi_keluaran")
_UNLINKED = "tidak dikaitkan dengan sasaran"


@dataclass(slots=True)
class _Sasaran:
    """A sasaran with everything that points at it, or what points at no sasaran."""

    tujuan: Teks
    uraian: Teks
    linked: bool = True
    indikator: list[Record] = field(default_factory=list)
    kebijakan: list[Teks] = field(default_factory=list)
    program: list[list[Record]] = field(default_factory=list)  # each: a program, then its kegiatan


def compose(source: Source) -> dict[str, Node]:
    """Rows of the four forms; None where there is nothing to show."""
    groups = _groups(source)
    return {
        "rs": _rs(source, groups) or None,
        "rkt": _rkt(source, groups) or None,
        "pkk": _pkk(source) or None,
        "pps": _pps(source, groups) or None,
    }


def _records(source: Source, key: str) -> tuple[Table | None, list[Record]]:
    table = source.book.table(key)
    return table, list(table.records()) if table else []


def _groups(source: Source) -> list[_Sasaran]:
    """The sasaran in the order of the Renstra, then one group for what no sasaran claims."""
    renstra, lines = _records(source, "renstra")
    by_code: dict[str, _Sasaran] = {}
    tujuan: dict[str, Teks] = {}
    for row, values in lines if renstra else ():
        if renstra and fold(str(values.get("jenis") or "")) == "tujuan" and values.get("kode"):
            tujuan[str(values["kode"])] = src.text(renstra, row, "uraian", values.get("uraian"))
    parents: dict[str, str] = {}
    for row, values in lines:
        if renstra and fold(str(values.get("jenis") or "")) == "sasaran" and values.get("kode"):
            kode, induk = str(values["kode"]), str(values.get("induk") or "")
            parents[kode] = induk
            uraian = src.text(renstra, row, "uraian", values.get("uraian"))
            by_code[kode] = _Sasaran(tujuan.get(induk, src.DASH), uraian)
    rest = _Sasaran(src.DASH, src.gap(_UNLINKED), linked=False)
    for row, values in lines:
        if renstra and fold(str(values.get("jenis") or "")) == "kebijakan":
            induk = str(values.get("induk") or "")
            owner = by_code.get(induk) or next((by_code[k] for k, t in parents.items() if t == induk and t), rest)
            owner.kebijakan.append(src.text(renstra, row, "uraian", values.get("uraian")))
    _, indicators = _records(source, "indikator")
    for row, values in indicators:
        by_code.get(str(values.get("kode_sasaran") or ""), rest).indikator.append((row, values))
    for program in source.once(_programs):
        by_code.get(str(program[0][1].get("kode_sasaran") or ""), rest).program.append(program)
    held = rest.indikator or rest.kebijakan or rest.program
    return [*by_code.values(), rest] if held else list(by_code.values())


def _programs(source: Source) -> list[list[Record]]:
    """The sheet Program cut at each Jenis = Program: the program and what follows it."""
    _, lines = _records(source, "program")
    blocks: list[list[Record]] = []
    for row, values in lines:
        if fold(str(values.get("jenis") or "")) == "program" or not blocks:
            blocks.append([])
        blocks[-1].append((row, values))
    return blocks


def _rs(source: Source, groups: list[_Sasaran]) -> list[Row]:
    indicators, programs = source.book.table("indikator"), source.book.table("program")
    rows: list[Row] = []
    for group in groups:
        names = (
            [src.text(indicators, row, "indikator", v.get("indikator")) for row, v in group.indikator]
            if indicators
            else []
        )
        heads = [src.text(programs, *_head(block)) for block in group.program] if programs else []
        lines = list(
            zip_longest(names or [src.DASH], group.kebijakan or [src.DASH], heads or [src.DASH], fillvalue=_NONE)
        )
        for at, (name, kebijakan, program) in enumerate(lines):
            rows.append(
                {
                    "tujuan": group.tujuan if not at else _NONE,
                    "sasaran": group.uraian if not at else _NONE,
                    "indikator": name,
                    "kebijakan": kebijakan,
                    "program": program,
                    "keterangan": _NONE,
                }
            )
    return rows


def _head(block: list[Record]) -> tuple[int, str, Value]:
    row, values = block[0]
    return row, "uraian", values.get("uraian")


def _quantity(table: Table, record: Record, key: str) -> Teks:
    row, values = record
    optional = not table.spec.field(key).required
    if values.get(key) is None and optional and table.note(row, key) is None:
        return src.DASH
    return src.quantity(table, row, key, values.get(key), str(values.get("satuan") or ""))


def _optional(table: Table, record: Record, key: str) -> Teks:
    row, values = record
    return src.text(table, row, key, values.get(key)) or src.DASH


def _rkt(source: Source, groups: list[_Sasaran]) -> list[Row]:
    indicators, programs = source.book.table("indikator"), source.book.table("program")
    rows: list[Row] = []
    for group in groups:
        if not (group.linked or group.indikator or group.program):
            continue  # only kebijakan, which this form does not show
        left = (
            [(_optional(indicators, r, "indikator"), _with_unit(indicators, r, "target")) for r in group.indikator]
            if indicators
            else []
        )
        right = [line for block in group.program for line in _plan_lines(programs, block)] if programs else []
        empty = (_NONE, _NONE)
        dashes = (src.DASH,) * 5
        for at, (pair, plan) in enumerate(zip_longest(left or [(src.DASH, src.DASH)], right or [dashes])):
            name, target = pair or empty
            program, kegiatan, keluaran, satuan, jumlah = plan or (_NONE,) * 5
            rows.append(
                {
                    "sasaran": group.uraian if not at else _NONE,
                    "indikator": name,
                    "target": target,
                    "program": program,
                    "kegiatan": kegiatan,
                    "indikator_kegiatan": keluaran,
                    "satuan": satuan,
                    "target_kegiatan": jumlah,
                    "keterangan": _NONE,
                }
            )
    return rows


def _with_unit(table: Table, record: Record, key: str) -> Teks:
    return src.with_unit(_quantity(table, record, key), str(record[1].get("satuan") or ""))


def _plan_lines(table: Table, block: list[Record]) -> list[tuple[Teks, Teks, Teks, Teks, Teks]]:
    """A program with its kegiatan and sub kegiatan: name, uraian, indikator, satuan, target."""
    lines = []
    program = src.text(table, *_head(block))
    for at, record in enumerate(block[1:] or block[:1]):
        own = at == 0 and len(block) == 1
        lines.append(
            (
                program if at == 0 else _NONE,
                src.DASH if own else _activity(table, record),
                _optional(table, record, "keluaran"),
                _optional(table, record, "satuan"),
                _quantity(table, record, "target"),
            )
        )
    return lines


def _activity(table: Table, record: Record) -> Teks:
    """The name of a kegiatan; a sub kegiatan is set apart from its kegiatan by a dash."""
    name = _optional(table, record, "uraian")
    if fold(str(record[1].get("jenis") or "")) != "sub kegiatan" or name.missing or name == src.DASH:
        return name
    return Teks(f"– {name}", name.sources, how="sub kegiatan")


def _pkk(source: Source) -> list[Row]:
    table = source.book.table("program")
    rows: list[Row] = []
    for block in source.once(_programs) if table else ():
        if table is None:
            continue
        for record, line in zip(block[1:] or block[:1], _plan_lines(table, block), strict=True):
            program, kegiatan, keluaran, satuan, target = line
            row, _ = record
            value = capaian(table.number(row, "target"), table.number(row, "realisasi_keluaran"), Arah.NAIK)
            measured = table.number(row, "target") is not None
            rows.append(
                {
                    "program": program,
                    "kegiatan": kegiatan,
                    "indikator": keluaran,
                    "satuan": satuan,
                    "target": target,
                    "realisasi": _quantity(table, record, "realisasi_keluaran"),
                    "persentase": src.capaian(value, origin.span(table, _MEASURE, (row,))) if measured else src.DASH,
                    "keterangan": _NONE,
                }
            )
    return rows


def _pps(source: Source, groups: list[_Sasaran]) -> list[Row]:
    table, measured = source.book.table("indikator"), source.figures.indikator
    rows: list[Row] = []
    for group in groups if table else ():
        if not (group.linked or group.indikator):
            continue
        for at, record in enumerate(group.indikator):
            if table is None:
                continue
            row, _ = record
            cells = (table.cell(row, "target"), table.cell(row, "realisasi"))
            how = origin.capaian(arah(table.text(row, "arah")), source.figures.batas)
            rows.append(
                {
                    "sasaran": group.uraian if not at else _NONE,
                    "indikator": _optional(table, record, "indikator"),
                    "target": _with_unit(table, record, "target"),
                    "realisasi": _with_unit(table, record, "realisasi"),
                    "persentase": src.capaian(measured[row].capaian, cells, how),
                    "keterangan": src.predikat(source, measured[row].predikat, cells),
                }
            )
        if not group.indikator:
            empty: Row = dict.fromkeys(("indikator", "target", "realisasi", "persentase"), src.DASH)
            rows.append(empty | {"sasaran": group.uraian, "keterangan": Teks("belum ada indikator")})
    return rows
