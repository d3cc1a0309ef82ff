"""The sasaran with their indicators: the frame in which the seven analyses stand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lakip_xlsx.figures.capaian import Arah, arah
from lakip_xlsx.figures.figures import Sasaran
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Teks
from lakip_xlsx.report.source import Source
from lakip_xlsx.workbook.book import Oddity, Table, Value

Record = tuple[int, dict[str, Value]]


@dataclass(frozen=True, slots=True)
class Kelompok:
    """A sasaran and its indicators; ``sasaran`` is None for the indicators that name no known sasaran."""

    number: int
    kode: str
    uraian: Teks
    sasaran: Sasaran | None
    table: Table
    records: tuple[Record, ...]

    @property
    def name(self) -> str:
        """How captions call it."""
        return f"Sasaran {self.number}" if self.sasaran is not None else "Indikator Tanpa Sasaran"

    def indikator(self, record: Record) -> Teks:
        """The indicator's text."""
        return src.text(self.table, record[0], "indikator", record[1].get("indikator"))

    def with_unit(self, record: Record) -> Teks:
        """The indicator's text with its unit, for a table whose cells have none; a percentage shows its own."""
        name, satuan = self.indikator(record), str(record[1].get("satuan") or "")
        return name if satuan in {"", "%"} or name.missing else Teks(f"{name} ({satuan})", name.sources)

    def quantity(self, record: Record, key: str) -> Teks:
        """A quantity with its unit."""
        return src.with_unit(self.plain(record, key), str(record[1].get("satuan") or ""))

    def plain(self, record: Record, key: str) -> Teks:
        """A quantity without its unit, but for the percent sign."""
        row, values = record
        return src.quantity(self.table, row, key, values.get(key), str(values.get("satuan") or ""))

    def given(self, record: Record, key: str) -> bool:
        """Whether the office wrote anything here."""
        return record[1].get(key) is not None or self.table.note(record[0], key) is not None

    def number_in(self, record: Record, key: str) -> Decimal | None:
        """The number in a column, if it is one."""
        value = record[1].get(key)
        return value if isinstance(value, Decimal) else None

    def says_none(self, record: Record, key: str) -> bool:
        """Whether the office says that there is none: a dash, or "tidak ada"."""
        value = record[1].get(key)
        if isinstance(value, str):
            return value.strip().casefold().startswith("tidak ada")
        return value is None and self.table.note(record[0], key) is Oddity.DASH

    def arah(self, record: Record) -> Arah | None:
        """Which way is better."""
        return arah(str(record[1].get("arah") or ""))


def groups(source: Source) -> list[Kelompok]:
    """Every sasaran in the order of the Renstra, then the indicators without one; empty without any table."""
    table = source.book.table("indikator")
    renstra = source.book.table("renstra")
    if table is None:
        return []
    known = source.figures.sasaran
    members: dict[str, list[Record]] = {kode: [] for kode in known}
    rest: list[Record] = []
    for row, values in table.records():
        members.get(str(values.get("kode_sasaran") or ""), rest).append((row, values))
    found = []
    for number, (kode, sasaran) in enumerate(known.items(), 1):
        cells = (renstra.cell(sasaran.row, "uraian"),) if renstra is not None and sasaran.row is not None else ()
        uraian = Teks(sasaran.uraian, cells) if sasaran.uraian else src.gap(f"uraian sasaran {kode} belum diisi")
        found.append(Kelompok(number, kode, uraian, sasaran, table, tuple(members[kode])))
    if rest:
        uraian = src.gap("indikator yang belum dikaitkan dengan sasaran")
        found.append(Kelompok(len(found) + 1, "", uraian, None, table, tuple(rest)))
    return found
