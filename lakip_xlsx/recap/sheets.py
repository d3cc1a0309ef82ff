"""The sheets of the recap that are read by people: the board, the money, the performance, the staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lakip_xlsx.batch.places import Places, place
from lakip_xlsx.excel.paper import AMBER, GREEN, RED, VIOLET, Column, Formula, Paper, Table, Value
from lakip_xlsx.figures.capaian import Efisiensi, efisiensi
from lakip_xlsx.figures.figures import Money
from lakip_xlsx.finding import column_letters
from lakip_xlsx.recap import columns, cross, frames
from lakip_xlsx.recap.board import Board, Line, State
from lakip_xlsx.recap.board import Paper as Document
from lakip_xlsx.recap.data_sheets import DataSheets
from lakip_xlsx.recap.frames import Group
from lakip_xlsx.recap.model import Facts
from lakip_xlsx.recap.told import BANDS, band, headline, problems
from lakip_xlsx.show.text import LABELS

_ZERO = Decimal(0)
_PLACES = 6  # cells that a finding across offices names; those of the fewest offices come first
_MOST_PRODUCTS = 20_000_000  # cells that the formulas of one view may look at when Excel opens the file

PAPAN, UANG, KINERJA, SEBARAN, PEGAWAI, LINTAS = "Papan", "Uang", "Kinerja", "Sebaran", "Pegawai", "Lintas Kantor"
VIEW_SHEETS = {
    frames.PROGRAM: ("Uang per Program", "Kode", "Program", "program"),
    frames.URUSAN: ("Uang per Urusan", "Kode", "Urusan", "program"),
    frames.SUMBER: ("Uang per Sumber Dana", "", "Sumber Dana", "anggaran"),
    frames.BELANJA: ("Uang per Jenis Belanja", "", "Jenis Belanja", "belanja"),
}
"""View → sheet, heading of the code (none where there is no code), heading of the name, and the sheet of its rows."""

SHEET_NAMES = (PAPAN, UANG, *(each[0] for each in VIEW_SHEETS.values()), KINERJA, SEBARAN, PEGAWAI, LINTAS)
"""Every sheet in front of the follow-up and the data."""

_SUMMED_BY = {
    frames.PROGRAM: "program_induk",
    frames.URUSAN: "urusan",
    frames.SUMBER: "kelompok",
    frames.BELANJA: "kelompok",
}
_STATE_FILLS = dict.fromkeys((State.DOUBLED, State.OTHER_YEAR, State.UNREADABLE, State.MISSING), RED) | {
    State.STRANGER: AMBER,
    State.NAMELESS: AMBER,
}
_PAPER_FILLS = {
    Document.FRESH: GREEN,
    Document.EDITED: GREEN,
    Document.STALE: RED,
    Document.DRAFT: AMBER,
    Document.UNKNOWN: AMBER,
}


@dataclass(slots=True)
class Front:
    """The tables in front, begun in the order of their tabs and filled when all offices are known."""

    paper: Paper
    places: Places
    board: Board
    last: Mapping[str, Facts]  # office → last year's facts
    tables: dict[str, Table]

    def fill(self, sums: frames.Sums, data: DataSheets, bands: Mapping[str, int]) -> None:
        """Everything but the findings across offices and the follow-up."""
        self._papan()
        self._uang()
        for view in frames.VIEWS:
            if VIEW_SHEETS[view][0] in self.tables:
                self._view(view, frames.groups(sums, view), data)
        self._kinerja()
        self._sebaran(bands)
        self._pegawai()

    def _papan(self) -> None:
        table = self.tables[PAPAN]
        for number, line in enumerate(self.board.lines, 1):
            facts = line.facts
            fills = {2: _STATE_FILLS.get(line.state, GREEN)}
            values: list[Value] = [number, self.places.link(line.source, line.name), str(line.state)]
            if facts is None:
                table.row([*values, *[None] * 12, line.petugas, line.remark or line.failure], fills=fills)
                continue
            error, warning, _ = facts.counts
            fills |= {
                6: VIOLET if facts.unfilled else GREEN,
                7: RED if error else GREEN,
                8: AMBER if warning else GREEN,
            }
            fills[13] = _PAPER_FILLS.get(line.paper, "")
            money = Money(facts.anggaran, facts.realisasi)
            document: Value = self.places.link(line.document, str(line.paper)) if line.document else str(line.paper)
            table.row(
                [
                    *values,
                    facts.year,
                    facts.layout,
                    facts.version or "?",
                    facts.unfilled,
                    error,
                    warning,
                    facts.accepted,
                    facts.capaian,
                    facts.predikat,
                    money.serapan,
                    document,
                    f"{facts.modified} {facts.modified_by}".strip() or "tidak tercatat",
                    line.petugas,
                    line.remark,
                ],
                fills=fills,
            )
        table.finish()

    def _uang(self) -> None:
        table = self.tables[UANG]
        ranks = _ranks({line.key: _money(line).serapan for line in self.board.counted})
        first = table.at + 2
        for number, line in enumerate(self.board.counted, 1):
            money, before = _money(line), self.last.get(line.key)
            earlier = Money(before.anggaran, before.realisasi) if before else Money(None, None)
            table.row(
                [
                    number,
                    line.name,
                    money.anggaran,
                    money.realisasi,
                    money.sisa,
                    money.serapan,
                    ranks.get(line.key),
                    earlier.anggaran,
                    earlier.realisasi,
                    earlier.serapan,
                    _minus(money.serapan, earlier.serapan),
                    self._fact(line, "anggaran"),
                    self._fact(line, "realisasi"),
                ]
            )
        total, earlier = self._total(), self._total(self.last)
        last = table.at + 1
        sums: list[Value] = [None, "Jumlah"]
        for letter, amount in (("C", total.anggaran), ("D", total.realisasi), ("E", total.sisa)):
            sums.append(Formula(f"=SUM({letter}{first}:{letter}{last})", amount or _ZERO))
        table.row(
            [
                *sums,
                total.serapan,
                None,
                earlier.anggaran,
                earlier.realisasi,
                earlier.serapan,
                _minus(total.serapan, earlier.serapan),
                "",
                "",
            ],
            bold=True,
        )
        table.finish()
        table.chart("bar", "Serapan anggaran per kantor (%)", (1, 5), (first - 1, last - 1))

    def _total(self, among: Mapping[str, Facts] | None = None) -> Money:
        """The sums over the counted offices; with ``among``, of their figures there."""
        facts = [line.facts if among is None else among.get(line.key) for line in self.board.counted]
        known = [
            [value for each in facts if each and (value := getattr(each, name)) is not None]
            for name in ("anggaran", "realisasi")
        ]
        return Money(*(sum(values, _ZERO) if values else None for values in known))

    def _fact(self, line: Line, fact: str) -> Value:
        """A link to the cells in which a fact of an office stands."""
        sheet, ref = line.facts.cells.get(fact, ("", "")) if line.facts else ("", "")
        return self.places.link(line.source, f"{sheet}!{ref}", sheet, ref) if sheet else ""

    def _view(self, view: str, found: Sequence[Group], data: DataSheets) -> None:
        """Money by program, affair, source or kind: formulas over the rows, closed by what the offices' totals are."""
        name, code, _, key = VIEW_SHEETS[view]
        table = self.tables[name]
        rows = data.rows(key)
        if rows and (rows[2] - rows[1]) * len(found) * 2 > _MOST_PRODUCTS:
            rows = None
        first = table.at + 2
        for group in found:
            money = Money(group.anggaran, group.realisasi)
            remark = f"{group.wordings} sebutan berbeda; lihat lembar {LINTAS}." if group.wordings > 1 and code else ""
            row = table.at + 2
            amounts = [
                self._sum_of(view, data, rows, row, column, amount)
                for column, amount in (("anggaran", group.anggaran), ("realisasi", group.realisasi))
            ]
            said: list[Value] = [group.kode, group.nama] if code else [group.nama]
            table.row([*said, group.kantor, group.baris, *amounts, money.sisa, money.serapan, remark])
        last, at = table.at + 1, 4 if code else 3
        sums = Money(sum((each.anggaran for each in found), _ZERO), sum((each.realisasi for each in found), _ZERO))
        lead: list[Value] = [""] if code else []
        letters = [column_letters(at + 1), column_letters(at + 2), column_letters(at + 3)]
        totals: list[Value] = [
            Formula(f"=SUM({letter}{first}:{letter}{max(first, last)})", amount or _ZERO)
            for letter, amount in zip(letters, (sums.anggaran, sums.realisasi, sums.sisa), strict=True)
        ]
        table.row([*lead, "Jumlah", None, None, *totals, sums.serapan, ""], bold=True)
        whole = self._total()
        table.row(
            [
                *lead,
                f"Jumlah menurut lembar {UANG}",
                None,
                None,
                whole.anggaran,
                whole.realisasi,
                whole.sisa,
                whole.serapan,
                "",
            ]
        )
        gaps = [_minus(whole.anggaran, sums.anggaran), _minus(whole.realisasi, sums.realisasi)]
        remark = (
            "Tidak ada selisih."
            if not any(gaps)
            else "Lembar-lembar kantor sendiri tidak sama jumlahnya; lihat ANG-002 pada Tindak Lanjut."
        )
        table.row([*lead, "Selisih", None, None, *gaps, None, None, remark], fill=RED if any(gaps) else GREEN)
        table.finish()
        if found and not code:
            table.chart("pie", table.name, (0, at), (first - 1, last - 1))

    def _sum_of(
        self, view: str, data: DataSheets, rows: tuple[str, int, int] | None, row: int, column: str, amount: Decimal
    ) -> Value:
        if rows is None:
            return amount
        name, first, last = rows
        key = VIEW_SHEETS[view][3]

        def cells(which: str) -> str:
            letter = column_letters(data.letter(key, which))
            return place(name, f"${letter}${first}:${letter}${last}")

        mark, counted, money = cells(_SUMMED_BY[view]), cells("dihitung"), cells(column)
        return Formula(f"=SUMPRODUCT(({mark}=A{row})*({counted}=1),{money})", amount)

    def _kinerja(self) -> None:
        table = self.tables[KINERJA]
        ranks = _ranks({line.key: line.facts.capaian if line.facts else None for line in self.board.counted})
        first = table.at + 1
        for number, line in enumerate(self.board.counted, 1):
            facts = line.facts
            if facts is None:
                continue
            serapan = _money(line).serapan
            verdict = efisiensi(facts.capaian, serapan)
            before = self.last.get(line.key)
            earlier = before.capaian if before else None
            told = ", ".join(f"{name} {count}" for name, count in facts.per_predikat if count)
            left = facts.indikator - facts.terhitung
            table.row(
                [
                    number,
                    line.name,
                    facts.indikator,
                    facts.terhitung,
                    facts.capaian,
                    facts.predikat,
                    ranks.get(line.key),
                    told,
                    serapan,
                    str(verdict),
                    earlier,
                    _minus(facts.capaian, earlier),
                    facts.skala,
                    facts.batas or "tanpa batas",
                    self._fact(line, "indikator"),
                ],
                fills={
                    3: AMBER if left else "",
                    9: {Efisiensi.EFISIEN: GREEN, Efisiensi.KURANG: RED}.get(verdict, AMBER),
                },
            )
        table.finish()
        table.chart("bar", "Rata-rata capaian indikator per kantor (%)", (1, 4), (first, table.at))

    def _sebaran(self, indicators: Mapping[str, int]) -> None:
        table = self.tables[SEBARAN]
        capaian = Counter(band(line.facts.capaian) for line in self.board.counted if line.facts)
        serapan = Counter(band(_money(line).serapan) for line in self.board.counted)
        first = table.at + 1
        for name in (*(each for each, _, _ in BANDS), band(None)):
            table.row([name, capaian[name], indicators.get(name, 0), serapan[name]])
        last = table.at
        table.row(["Jumlah", capaian.total(), sum(indicators.values()), serapan.total()], bold=True)
        table.finish()
        table.chart("column", "Sebaran capaian indikator", (0, 2), (first, last))

    def _pegawai(self) -> None:
        table = self.tables[PEGAWAI]
        total = [_ZERO, _ZERO]
        for number, line in enumerate(self.board.counted, 1):
            facts = line.facts
            if facts is None:
                continue
            start, end = facts.pegawai_awal, facts.pegawai_akhir
            total = [total[0] + (start or _ZERO), total[1] + (end or _ZERO)]
            per = facts.realisasi / end if facts.realisasi is not None and end else None
            table.row(
                [
                    number,
                    line.name,
                    start,
                    end,
                    _minus(end, start),
                    facts.pegawai_kelompok.title(),
                    per,
                    self._fact(line, "pegawai"),
                ]
            )
        table.row([None, "Jumlah", *total, total[1] - total[0], "", None, ""], bold=True)
        table.finish()

    def lintas(self, found: Sequence[cross.Cross]) -> None:
        """The findings across offices: one row each, with links to the first two cells."""
        table = self.tables[LINTAS]
        for each in found:
            links: list[Value] = [self._at(spot) for spot in each.places[:2]]
            links += [""] * (2 - len(links))
            rest = "; ".join(_told(spot) for spot in each.places[2:_PLACES])
            more = f"; dan {len(each.places) - _PLACES} lagi" if len(each.places) > _PLACES else ""
            kind = each.kind
            fill = {"error": RED, "warning": AMBER}.get(kind.severity.value, "")
            table.row(
                [kind.code, LABELS[kind.severity], kind.title, each.message, *links, rest + more, kind.fix],
                fills={1: fill},
            )
        if not found:
            table.row(["", "", "", "Tidak ada temuan antarkantor.", "", "", "", ""])
        table.finish()

    def _at(self, spot: cross.Place) -> Value:
        return self.places.link(spot.line.source, _told(spot), spot.sheet, spot.ref)


def _told(spot: cross.Place) -> str:
    return f"{spot.line.name} {spot.sheet}!{spot.ref}" if spot.sheet else spot.line.name


def _money(line: Line) -> Money:
    return Money(line.facts.anggaran, line.facts.realisasi) if line.facts else Money(None, None)


def _minus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else left - right


def _ranks(values: Mapping[str, Decimal | None]) -> dict[str, int]:
    """The place of each, the highest first; equal values share the better place."""
    ordered = sorted((value for value in values.values() if value is not None), reverse=True)
    first: dict[Decimal, int] = {}
    for at, value in enumerate(ordered, 1):
        first.setdefault(value, at)
    return {key: first[value] for key, value in values.items() if value is not None}


def begin(paper: Paper, places: Places, board: Board, last: Mapping[str, Facts], *, views: Sequence[str]) -> Front:
    """Begin the front sheets in the order of their tabs."""
    tables: dict[str, Table] = {}
    year = f"TAHUN {board.year}" if board.year else ""

    def add(name: str, title: str, note: str, declared: Sequence[Column], tab: str = "#1F3864") -> None:
        tables[name] = paper.sheet(name, f"{title} {year}".strip(), note, declared, tab)

    add(PAPAN, "PAPAN STATUS KANTOR", headline(board), columns.PAPAN, RED if problems(board) else GREEN)
    add(
        UANG,
        "ANGGARAN DAN REALISASI PER KANTOR",
        "Jumlah tiap kantor dari lembarnya sendiri; kolom Asal membuka selnya.",
        columns.UANG,
    )
    for view in views:
        name, code, noun, key = VIEW_SHEETS[view]
        lead = [Column(code, 16)] if code else []
        note = f"Rumusnya menjumlahkan baris lembar Data {key.title()}; saring di sana untuk melihat kantor dan selnya."
        add(
            name,
            f"ANGGARAN DAN REALISASI PER {noun.upper()}",
            note,
            [*lead, Column(noun, 60, "panjang"), *columns.VIEW],
        )
    note = "Rata-rata sederhana indikator yang dapat dihitung. Sebanding antarkantor bila skala dan batasnya sama."
    add(KINERJA, "KINERJA PER KANTOR", note, columns.KINERJA)
    add(
        SEBARAN,
        "SEBARAN CAPAIAN DAN SERAPAN",
        "Banyaknya kantor dan indikator di tiap rentang, dalam persen.",
        columns.SEBARAN,
    )
    add(
        PEGAWAI,
        "PEGAWAI PER KANTOR",
        "Menurut kelompok pertama yang lengkap pada lembar Pegawai tiap kantor.",
        columns.PEGAWAI,
    )
    add(LINTAS, "TEMUAN ANTARKANTOR", "Yang baru tampak bila workbook kantor dijajarkan.", columns.LINTAS, AMBER)
    return Front(paper, places, board, last, tables)
