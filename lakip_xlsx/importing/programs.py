"""Outputs of program, kegiatan and sub kegiatan: Renja, RKT, PKK."""

from __future__ import annotations

from decimal import Decimal

from lakip_xlsx.importing.amounts import Doubt, Quantity, quantity
from lakip_xlsx.importing.codes import KEPT, leading, read
from lakip_xlsx.importing.proposal import NONE, Given, Record, Taken, Years, name_key, unnumbered
from lakip_xlsx.importing.tables import Column, Table
from lakip_xlsx.importing.vocabulary import Concept
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.labels import is_bare_total, plain_label


def take_outputs(table: Table, taken: Taken, years: Years) -> None:
    """Read outputs of program, kegiatan and sub kegiatan (Renja, RKT, PKK) into records of the sheet Program."""
    if years.back:
        taken.leave(table.name, f"keluaran tahun {years.source} bukan keluaran tahun laporan ({years.report})")
        return
    codes = table.having(Concept.KODE)
    indicators = [c for c in table.having(Concept.INDIKATOR) if c.about.level != "Sasaran"]
    names = [c for c in table.having(Concept.URAIAN) if c.about.level != "Sasaran"]
    targets = [c for c in table.having(Concept.TARGET) if c.about.level != "Sasaran" and not c.about.plan]
    targets = [c for c in targets if c.about.year in {0, years.report} and not c.about.quarter and not c.about.month]
    reached = [c for c in table.having(Concept.REALISASI) if not c.about.quarter and not c.about.month]
    unit = next((c for c in table.having(Concept.SATUAN) if c.about.level != "Sasaran"), None)
    if len(indicators) != 1 or len(targets) > 1 or len(reached) > 1:
        taken.leave(table.name, "beberapa kolom dapat berarti indikator, target, atau realisasi keluaran")
        return
    for row in table.rows:
        record = _step(table, row, codes, names)
        output = table.text(row, indicators[0])
        if record is None or output in NONE:
            continue
        record.give("keluaran", Given(unnumbered(output), table.place(row, indicators[0])))
        said = table.text(row, unit)
        record.give("satuan", None if said in NONE else Given(said, table.place(row, unit)))
        for columns, key in ((targets, "target"), (reached, "realisasi_keluaran")):
            for column in columns:
                _take_output(table, row, column, record, key, taken)
        taken.records.append(record)


def _take_output(table: Table, row: int, column: Column, record: Record, key: str, taken: Taken) -> None:
    found, place = quantity(table.cell(row, column)), table.place(row, column)
    if isinstance(found, Doubt):
        taken.leave(place, f"{column.heading}: {found.why}")
    elif isinstance(found, Quantity) and isinstance(found.value, Decimal):
        given = record.values.get("satuan")
        if found.unit and given is not None and fold(str(given.value)) not in {fold(found.unit), "persen"}:
            taken.leave(place, f'satuan "{found.unit}" berbeda dengan "{given.value}"')
            return
        if found.unit and given is None:
            record.give("satuan", Given(found.unit, place))
        record.give(key, Given(found.value, place, percent=found.percent))
    elif isinstance(found, Quantity):
        record.give(key, Given(str(found.value), place))


def _step(table: Table, row: int, codes: list[Column], names: list[Column]) -> Record | None:
    """The program, kegiatan or sub kegiatan of a row: by its code, or by the lowest level that it names."""
    texts = [(column.about.level, table.text(row, column)) for column in names]
    said = [(level, text) for level, text in texts if text not in NONE]
    if not said or is_bare_total(plain_label(said[-1][1])):
        return None
    level, name = said[-1]
    code = read("".join(f"{table.text(row, c)}." for c in codes), name) if codes else None
    if code is None:
        front, rest = leading(name)
        code, name = (read(front, rest), rest) if front else (None, name)
    if code is not None:
        if code.level not in KEPT:
            return None
        record = Record("program", (code.text,))
        record.give("kode", Given(code.text, table.place(row)))
        record.give("jenis", Given(code.level, table.place(row)))
        record.give("uraian", Given(name, table.place(row)))
        return record
    return Record("program", (level if level in KEPT else "", name_key(name)))
