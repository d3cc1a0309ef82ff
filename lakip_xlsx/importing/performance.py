"""Tables of indicators: the Perjanjian Kinerja, what was measured, series of years, the Rencana Aksi.

A sasaran that is merged over several indicators, or written once above them, goes with each of them. A table of
another year than the report's fills the columns of that year, and nothing of this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from lakip_xlsx.importing.amounts import Absent, Doubt, Quantity, quantity
from lakip_xlsx.importing.codes import KEPT
from lakip_xlsx.importing.kinds import Kind
from lakip_xlsx.importing.proposal import NONE, Given, Record, Taken, Years, name_key, says_nothing, unnumbered
from lakip_xlsx.importing.tables import Column, Table, lines_above
from lakip_xlsx.importing.vocabulary import Concept, is_understood
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.labels import is_bare_total, plain_label

_REACHED = re.compile(r"\b(?:realisasi|perbandingan|perkembangan|pencapaian)\b")
_EARLIER = 3  # years before the report's that the workbook keeps
_ROMAN = ("I", "II", "III", "IV")


def take_performance(table: Table, kind: Kind, taken: Taken, years: Years) -> None:
    """Read a table of indicators into records of Renstra, Indikator, Perjanjian Kinerja and Rencana Aksi."""
    if not 0 <= years.back <= _EARLIER:
        taken.leave(table.name, f"isinya tahun {years.source}, di luar tahun-tahun workbook ini ({years.report})")
        return
    reader = _Reader(table, taken, years)
    if kind is Kind.SERIES and not _REACHED.search(fold(" ".join(lines_above(table)))):
        taken.leave(table.name, "tidak tertulis apakah angka tiap tahun itu target atau realisasi; tidak dipakai")
        return
    for row, goal, name in reader.rows():
        indicator = Record("indikator", (name_key(name),))
        indicator.give("indikator", Given(name, table.place(row, reader.indicator)))
        if goal is not None:
            taken.records.append(goal)
            indicator.give("kode_sasaran", goal.values["uraian"])  # its code is found in the workbook
        {
            Kind.AGREEMENT: reader.agreement,
            Kind.MEASURED: reader.measured,
            Kind.SERIES: reader.series,
            Kind.ACTIONS: reader.actions,
        }[kind](row, indicator)
        taken.records.append(indicator)


class _Reader:
    """The rows of a table of indicators, one by one."""

    def __init__(self, table: Table, taken: Taken, years: Years) -> None:
        self._table, self._taken, self._years = table, taken, years
        own = ("", "Sasaran")
        self._told: set[str] = set()
        self.indicator = next(c for c in table.having(Concept.INDIKATOR) if c.about.level not in KEPT)
        goals = [
            *table.having(Concept.SASARAN),
            *(c for c in table.having(Concept.URAIAN) if c.about.level == "Sasaran"),
        ]
        self._goal = goals[0] if goals else None
        self._unit = next((c for c in table.having(Concept.SATUAN) if c.about.level in own), None)
        self._targets = [c for c in table.having(Concept.TARGET) if c.about.level in own and self._is_clear(c)]
        self._reached = [c for c in table.having(Concept.REALISASI) if c.about.level in own and self._is_clear(c)]

    def _is_clear(self, column: Column) -> bool:
        """Whether no word of a heading is unknown: one could say that the figure is somebody else's."""
        clear = is_understood(column.heading)
        if not clear:
            why = f'judul kolom "{column.heading}" tidak seluruhnya dikenal, jadi angkanya tidak dipakai'
            self._taken.leave(self._table.name, why)
        return clear

    def rows(self) -> Iterator[tuple[int, Record | None, str]]:
        """Row, record of its sasaran, and wording of its indicator."""
        goal: Record | None = None
        for row in self._table.rows:
            text = self._table.text(row, self._goal)
            if not says_nothing(text) and not is_bare_total(plain_label(text)):
                said = Given(unnumbered(text), self._table.place(row, self._goal))
                goal = Record("renstra", ("Sasaran", name_key(str(said.value))))
                goal.give("jenis", Given("Sasaran", said.source))
                goal.give("uraian", said)
            name = self._table.text(row, self.indicator)
            if name in NONE or is_bare_total(plain_label(name)) or fold(name) == fold(self.indicator.heading):
                continue
            yield row, goal, unnumbered(name)

    def agreement(self, row: int, indicator: Record) -> None:
        """A row of the Perjanjian Kinerja: the target of the year."""
        first, last = self._this_year([c for c in self._targets if not c.about.plan and not c.about.quarter])
        unit = self._give_unit(row, indicator)
        if self._years.back:
            self._take(row, last or first, indicator, f"target_lalu{self._years.back}", unit)
            return
        self._take(row, last or first, indicator, "target", unit)
        if any(column.about.year for column in self._targets):
            return  # a table of several years is no agreement
        promised = Record("perjanjian", indicator.key)
        promised.give("indikator", indicator.values["indikator"])
        self._take(row, first, promised, "target", unit, again=True)
        if last is not None and last is not first:
            self._take(row, last, promised, "target_perubahan", unit, again=True)
        if "target" in promised.values:
            self._taken.records.append(promised)

    def measured(self, row: int, indicator: Record) -> None:
        """A row of the measurement: target and realisasi, and what stands beside them."""
        unit = self._give_unit(row, indicator)
        back = self._years.back
        for column in self._targets:
            if column.about.plan or (column.about.year and column.about.year > (self._years.source or 9999)):
                self._take(row, column, indicator, "target_akhir", unit)
        first, last = self._this_year([c for c in self._targets if not c.about.plan and not c.about.quarter])
        if first is not None:
            self._take(row, last or first, indicator, f"target_lalu{back}" if back else "target", unit)
        now = [c for c in self._reached if c.about.year in {0, self._years.source} and not c.about.quarter]
        if len(now) == 1:
            self._take(row, now[0], indicator, f"lalu{back}" if back else "realisasi", unit)
        elif now:
            self._taken.leave(self._table.place(row), "beberapa kolom dapat berarti realisasi; tidak satu pun dipakai")
        if not back:
            self._beside(row, indicator, unit)
        for column in self._reached:
            if column.about.year and column.about.year != self._years.source:
                self._take_year(row, column, indicator, unit)

    def _beside(self, row: int, indicator: Record, unit: str) -> None:
        """What stands beside the figures of the year: the standard, the source of the data, who answers for it."""
        for column in self._table.having(Concept.STANDAR):
            self._take(row, column, indicator, "standar", unit)
        for concept, key in ((Concept.SUMBER_DATA, "sumber_data"), (Concept.PENANGGUNG, "penanggung_jawab")):
            for column in self._table.having(concept):
                text = self._table.text(row, column)
                indicator.give(key, None if text in NONE else Given(text, self._table.place(row, column)))

    def series(self, row: int, indicator: Record) -> None:
        """A row of several years: what was reached in each of them."""
        unit = self._give_unit(row, indicator)
        for column in self._table.having(Concept.NILAI_TAHUN):
            self._take_year(row, column, indicator, unit)

    def actions(self, row: int, indicator: Record) -> None:
        """A row of the Rencana Aksi: the targets up to each quarter.

        That they are up to it, as the workbook wants them, is certain only where the last is the year's.
        """
        self.agreement(row, indicator)
        if self._years.back:
            return
        quarters = {c.about.quarter: c for c in self._targets if c.about.quarter}
        year = indicator.values.get("target")
        last = quantity(self._table.cell(row, quarters.get(4)))
        if year is None or not isinstance(last, Quantity) or last.value != year.value:
            why = "target triwulan IV tidak sama dengan target setahun; tidak jelas apakah sampai dengan triwulan itu"
            self._taken.leave(self._table.place(row), why)
            return
        doing = next(iter(self._table.having(Concept.AKSI)), None)
        for quarter, column in sorted(quarters.items()):
            record = Record("rencana_aksi", (*indicator.key, _ROMAN[quarter - 1]))
            record.give("kode", indicator.values["indikator"])  # its code is found in the workbook
            record.give("triwulan", Given(_ROMAN[quarter - 1], self._table.place(row, column)))
            given = indicator.values.get("satuan")
            self._take(row, column, record, "target", str(given.value) if given else "")
            text = self._table.text(row, doing)
            if text not in NONE:
                record.give("kegiatan", Given(text, self._table.place(row, doing)))
            if "target" in record.values:
                self._taken.records.append(record)

    def _take_year(self, row: int, column: Column, indicator: Record, unit: str) -> None:
        report = self._years.report
        back = report - column.about.year if report is not None else -1
        if back == 0 and not self._years.back:
            self._take(row, column, indicator, "realisasi", unit)
        elif 0 < back <= _EARLIER:
            self._take(row, column, indicator, f"lalu{back}", unit)

    def _this_year(self, columns: list[Column]) -> tuple[Column | None, Column | None]:
        """The column of the target as first promised, and of the one that was promised last."""
        own = [c for c in columns if c.about.year in {0, self._years.source or c.about.year} and not c.about.month]
        own = [c for c in own if c.about.year == self._years.source] or own if self._years.source else own
        if not own:
            return None, None
        phases = sorted({column.about.phase for column in own})
        chosen = []
        for phase in phases:
            alike = [column for column in own if column.about.phase == phase]
            if not all(self._same(alike[0], other) for other in alike[1:]):
                headings = " dan ".join(f'"{column.heading}"' for column in alike)
                if headings not in self._told:
                    self._told.add(headings)
                    self._taken.leave(self._table.name, f"kolom {headings} sama-sama target; tidak satu pun dipakai")
                return None, None
            chosen.append(alike[0])
        return chosen[0], chosen[-1] if len(chosen) > 1 else None

    def _same(self, one: Column, other: Column) -> bool:
        return all(self._table.text(row, one) == self._table.text(row, other) for row in self._table.rows)

    def _give_unit(self, row: int, indicator: Record) -> str:
        text = self._table.text(row, self._unit)
        if text in NONE:
            return ""
        indicator.give("satuan", Given(text, self._table.place(row, self._unit)))
        return text

    def _take(
        self, row: int, column: Column | None, record: Record, key: str, unit: str, *, again: bool = False
    ) -> None:
        """Take a target or a realisasi; its unit, where it stands in the same cell, is the indicator's.

        ``again`` says that this cell was taken before: its doubts are told already.
        """
        found = quantity(self._table.cell(row, column))
        if column is None or found is None:
            return
        place = self._table.place(row, column)
        if isinstance(found, Doubt):
            if not again:
                self._taken.leave(place, f"{column.heading}: {found.why}")
            return
        if isinstance(found, Absent):
            if fold(found.said) not in {"-", "–", "—"}:
                record.give(key, Given(found.said, place))
            return
        self._give(record, key, found, unit, place, again=again)

    def _give(self, record: Record, key: str, found: Quantity, unit: str, place: str, *, again: bool) -> None:
        if not isinstance(found.value, Decimal):
            record.give(key, Given(str(found.value), place))
            return
        said = fold(found.unit)
        is_share = fold(unit) in {"%", "persen"}
        if found.unit and unit and said != fold(unit) and not (found.percent and is_share):
            if not again:
                self._taken.leave(place, f'satuan "{found.unit}" berbeda dengan kolom Satuan "{unit}"')
            return
        if found.unit and not unit and record.sheet == "indikator":
            known = record.values.get("satuan")
            if known is not None and fold(str(known.value)) != said:
                self._taken.leave(place, f'satuan "{found.unit}" berbeda dengan "{known.value}" di baris yang sama')
                return
            record.give("satuan", Given(found.unit, place))
        record.give(key, Given(found.value, place, percent=found.percent or is_share))
